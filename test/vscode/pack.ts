// Packs the built extension: `node test/vscode/pack.ts OPTION…` hands the options to `vsce package`.
//
// vsce looks through every file below the folder that it packs, whatever `.vscodeignore` says. With the VS Code servers of `.vscode-test/` in the
// project that takes a quarter of a minute, so it packs a folder which has only what could be meant to go in.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { cacheFolder, projectRoot } from './cache.ts';

/** The file to run vsce by, with Node. */
export const vsceProgram = path.join(projectRoot, 'node_modules/@vscode/vsce/vsce');

/** Folders that nothing is packed from. */
const leftOut = new Set(['.git', '.github', '.ci', '.vscode-test', 'dist-test', 'node_modules', 'src', 'test', 'test-results']);

/** Copies what may be packed into a folder of the cache, and gives its path. */
export async function stagePackage(): Promise<string> {
	const stage = path.join(cacheFolder, 'package');
	await rm(stage, { recursive: true, force: true });
	await mkdir(stage, { recursive: true });
	for (const name of await readdir(projectRoot)) {
		if (!leftOut.has(name) && !name.endsWith('.vsix')) {
			await cp(path.join(projectRoot, name), path.join(stage, name), { recursive: true });
		}
	}
	return stage;
}

if (import.meta.main) {
	const options = ['--out', projectRoot, ...process.argv.slice(2)];
	try {
		execFileSync(process.execPath, [vsceProgram, 'package', ...options], { cwd: await stagePackage(), stdio: 'inherit' });
	} catch {
		// vsce has said what is wrong.
		process.exitCode = 1;
	}
}
