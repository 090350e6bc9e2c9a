/// <reference lib="dom" />
// What VS Code keeps on disk and in the browser, to prove what is not among it.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Everything that VS Code keeps in the browser, globalState and secrets among it, as one text. Runs in the page. */
export async function readBrowserStorage(): Promise<string> {
	const whole = <Value>(request: IDBRequest<Value>): Promise<Value> =>
		new Promise((resolve, reject) => {
			request.onsuccess = () => resolve(request.result);
			request.onerror = () => reject(request.error);
		});
	const pieces: unknown[] = [{ ...localStorage }];
	for (const { name } of await indexedDB.databases()) {
		const database = await whole(indexedDB.open(name ?? ''));
		for (const store of database.objectStoreNames) {
			const all = database.transaction(store).objectStore(store).getAll();
			pieces.push((await whole(all)).map((value: unknown) => (value instanceof Uint8Array ? new TextDecoder().decode(value) : value)));
		}
		database.close();
	}
	return JSON.stringify(pieces);
}

/** The titles of the panels that would come back after a reload, in the order of their tabs; told from the text of the browser's storage. */
export function storedPanels(storage: string): readonly string[] {
	const state = textsOf(JSON.parse(storage)).find((text) => text.startsWith('{"editorpart.state"')) ?? '';
	return [...state.matchAll(/"id":"workbench\.editors\.webviewInput","value":("(?:[^"\\]|\\.)*")/g)].map(([, value = '""']) => {
		const { title } = JSON.parse(JSON.parse(value) as string) as { readonly title: string };
		return title;
	});
}

function textsOf(value: unknown): readonly string[] {
	if (typeof value === 'object' && value !== null) {
		return Object.values(value).flatMap(textsOf);
	}
	return typeof value === 'string' ? [value] : [];
}

/** All files of a folder, as text of one byte a character, so that nothing is skipped as binary. */
export async function* filesBelow(folder: string): AsyncGenerator<readonly [string, string]> {
	for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
		if (entry.isFile()) {
			const file = path.join(entry.parentPath, entry.name);
			yield [file, await readFile(file, 'latin1')];
		}
	}
}
