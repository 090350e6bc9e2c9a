// The extensions that the bench measures against, packed as ours is: one that does nothing, for activation, and a companion that opens an
// empty webview panel and works off tasks inside the extension host.
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { cacheFolder, projectRoot } from '../vscode/cache.ts';
import { vsceProgram } from '../vscode/pack.ts';

/** The name of the extension that does nothing, as "Show Running Extensions" shows it. */
export const emptyExtensionName = 'Empty Extension';

/** Packs both and gives the paths of their packages. */
export async function packCompanions(): Promise<readonly string[]> {
	const ours = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as Readonly<Record<string, unknown>>;
	const { engines, extensionKind, activationEvents } = ours;
	const shared = { publisher: 'bench', version: '0.0.1', engines, extensionKind, main: './extension.js' };
	const commands = [
		{ command: 'bench.openEmptyPanel', title: 'Open Empty Panel', category: 'Bench' },
		{ command: 'bench.runTask', title: 'Run Task', category: 'Bench' },
	];
	return [
		await pack({ ...shared, name: 'empty', displayName: emptyExtensionName, activationEvents }, 'companion/empty.ts'),
		await pack({ ...shared, name: 'companion', displayName: 'Bench', contributes: { commands } }, 'companion/companion.ts'),
	];
}

async function pack(manifest: Readonly<Record<string, unknown>> & { readonly name: string }, source: string): Promise<string> {
	const folder = path.join(cacheFolder, `bench-${manifest.name}-${process.pid}`);
	await mkdir(folder, { recursive: true });
	try {
		await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
		await writeFile(path.join(folder, 'README.md'), 'For the bench alone.\n');
		await build({
			entryPoints: [path.join(import.meta.dirname, source)],
			outfile: path.join(folder, 'extension.js'),
			bundle: true,
			minify: true,
			platform: 'node',
			format: 'cjs',
			target: 'node22',
			external: ['vscode'],
			logLevel: 'warning',
		});
		const vsix = path.join(cacheFolder, `bench-${manifest.name}.vsix`);
		const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
		await promisify(execFile)(process.execPath, [vsceProgram, 'package', ...options], { cwd: folder });
		return vsix;
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
