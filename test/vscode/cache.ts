// The folder `.vscode-test/`, where what the tests download or unpack is kept from one run to the next.
//
// An entry gets its name by one rename after everything else is done. So an entry that exists is whole, an interrupted run leaves
// only a folder that the next run removes, and of two runs at once the first to finish wins.
import { existsSync } from 'node:fs';
import { mkdir, readdir, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** The root of the project. */
export const projectRoot = path.resolve(import.meta.dirname, '../..');
/** Git ignores it, and `@vscode/test-electron` keeps its own editors there too. */
export const cacheFolder = path.join(projectRoot, '.vscode-test');

export interface CacheOptions {
	/** The folder to keep entries in. */
	readonly folder?: string;
	/** The entry's name; it says everything that the content depends on, so that nothing stale is ever served. */
	readonly name: string;
	/** Makes the content, in `scratch`, an empty folder, and tells which folder in there is to become the entry. */
	readonly make: (scratch: string) => Promise<string>;
}

/** The process that an unfinished entry belongs to, or undefined when the folder is something else. */
export function makerOfUnfinished(folderName: string): number | undefined {
	const pid = /^unfinished-(\d+)-/.exec(folderName)?.[1];
	return pid === undefined ? undefined : Number(pid);
}

/** Gives the path of an entry of the cache, after making it if it is not there yet. */
export async function cached({ folder = cacheFolder, name, make }: CacheOptions): Promise<string> {
	const entry = path.join(folder, name);
	if (existsSync(entry)) {
		return entry;
	}
	await mkdir(folder, { recursive: true });
	await removeAbandoned(folder);
	const scratch = path.join(folder, `unfinished-${process.pid}-${name}`);
	await mkdir(scratch);
	try {
		// npm gets confused by a path that leads through a symbolic link.
		const whole = await make(await realpath(scratch));
		await rename(whole, entry).catch((error: unknown) => {
			if (!existsSync(entry)) {
				throw error;
			}
		});
		return entry;
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}

async function removeAbandoned(folder: string): Promise<void> {
	for (const name of await readdir(folder)) {
		const pid = makerOfUnfinished(name);
		if (pid !== undefined && !isRunning(pid)) {
			await rm(path.join(folder, name), { recursive: true, force: true });
		}
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}
