// Packs the built extension: `node test/vscode/pack.ts`.
//
// vsce looks through every file below the folder that it packs, whatever `.vscodeignore` says. With the VS Code servers of `.vscode-test/` in the
// project that takes a quarter of a minute, so it packs a folder which has only what could be meant to go in: JSON without its blanks, and
// translations under short keys.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { shortKey } from '../../src/wording/shortKeys.ts';
import { cacheFolder, projectRoot } from './cache.ts';

/** The file to run vsce by, with Node. */
export const vsceProgram = path.join(projectRoot, 'node_modules/@vscode/vsce/vsce');

/** How the extension is packed: it has no repository yet, and a README of its own. */
export const packOptions = [
	'--no-dependencies',
	'--allow-missing-repository',
	'--no-rewrite-relative-links',
	'--readme-path',
	'dist/README.md',
] as const;

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
	await pressJson(stage);
	return stage;
}

/** Parts of package.json that mean something where the sources are. */
const forMaintainers = new Set(['scripts', 'allowScripts', 'dependencies', 'devDependencies']);

/** Takes out what nobody reads in a package. */
async function pressJson(stage: string): Promise<void> {
	const bundles = (await readdir(path.join(stage, 'l10n'))).map((name) => path.join('l10n', name));
	const manifests = (await readdir(stage)).filter((name) => /^package(?:\.nls.*)?\.json$/.test(name));
	for (const name of [...bundles, ...manifests]) {
		const file = path.join(stage, name);
		const json = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
		await writeFile(
			file,
			JSON.stringify(bundles.includes(name) ? underShortKeys(json) : json, (key, value) => (forMaintainers.has(key) ? undefined : value)),
		);
	}
}

/**
 * A bundle of translations as the packed code looks for them.
 *
 * @throws Error where two texts have one key: change a word of either.
 */
export function underShortKeys(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
	const result = new Map<string, string>();
	for (const [message, translation] of Object.entries(texts)) {
		if (result.has(shortKey(message))) {
			throw new Error(`Another text has the same short key as ${JSON.stringify(message)}`);
		}
		result.set(shortKey(message), translation);
	}
	return Object.fromEntries(result);
}

if (import.meta.main) {
	const options = [...packOptions, '--out', projectRoot];
	try {
		execFileSync(process.execPath, [vsceProgram, 'package', ...options], { cwd: await stagePackage(), stdio: 'inherit' });
	} catch {
		// vsce has said what is wrong.
		process.exitCode = 1;
	}
}
