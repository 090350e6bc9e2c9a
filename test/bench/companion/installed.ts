// What the bench asks of the installed extension itself, in the extension host that it runs in.
import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import type { Asked, TaskResult } from './tasks.ts';

/** The folder of the extension as it was installed from its package. */
function installedFolder(): string {
	const extension = vscode.extensions.getExtension('partnero-community.partnero');
	if (extension === undefined) {
		throw new Error('The extension is not installed');
	}
	return extension.extensionPath;
}

/** A bundle of the installed extension. */
export function loadBundle<Exports>(name: string): Exports {
	const folder = installedFolder();
	// A bundle asks for `vscode` in its own name: VS Code looks at the path of who requires it.
	return createRequire(path.join(folder, 'package.json'))(`./dist/${name}.js`) as Exports;
}

export async function loadedBundles(): Promise<TaskResult<'loaded'>> {
	const dist = path.join(installedFolder(), 'dist');
	const { cache } = createRequire(path.join(dist, 'extension.js'));
	const files = Object.keys(cache).filter((file) => path.dirname(file) === dist);
	return { bundles: files.map((file) => path.basename(file, '.js')) };
}

export async function memoryInUse(): Promise<TaskResult<'memory'>> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	// What a finalizer lets go, the next collection takes.
	for (let round = 0; round < 4; round += 1) {
		collect();
		await nextTurn();
		await delay(100);
	}
	const { heapUsed, external, rss } = process.memoryUsage();
	return { used: heapUsed + external, rss };
}

/** Hovers over a key in each line of a file, sixteen at a time. */
export async function lookUpAll({ keys }: Asked<'lookUpAll'>): Promise<TaskResult<'lookUpAll'>> {
	const content = keys.map((key) => `https://api.partnero.com/v1/customers/${encodeURIComponent(key)}`).join('\n');
	const file = path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', 'keys.txt');
	await writeFile(file, content);
	const document = await vscode.workspace.openTextDocument(file);
	const lines = keys.keys();
	let shown = 0;
	const hover = async () => {
		for (const line of lines) {
			const place = new vscode.Position(line, 'https://api.partnero.com/v1/customers/'.length + 1);
			const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, place);
			shown += hovers.length > 0 ? 1 : 0;
		}
	};
	await Promise.all(Array.from({ length: 16 }, hover));
	return { shown };
}
