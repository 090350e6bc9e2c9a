// Has the VS Code server of a pinned version ready in `.vscode-test/`: installs it from the npm registry when it is not there yet.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { transform } from 'esbuild';
import { cached } from './cache.ts';

/** The VS Code versions that the tests run in: the newest, and the oldest that package.json's `engines.vscode` promises. */
export const newestVersion = '1.139.1';
export const oldestVersion = '1.110.0';
export const vsCodeVersions = [newestVersion, oldestVersion] as const;
export type VsCodeVersion = (typeof vsCodeVersions)[number];

/** A VS Code server that is ready to be started. */
export interface VsCodeInstallation {
	readonly version: VsCodeVersion;
	/** The Node program that this version of the server runs on. */
	readonly node: string;
	/** The server's entry file. */
	readonly main: string;
}

export interface InstallOptions {
	/** Is told in one sentence that an install begins. */
	readonly tell?: (sentence: string) => void;
	/** Ends the install. */
	readonly signal?: AbortSignal;
}

/** How npm is started: the one that runs us, if one does. */
export function npmCommand(): { readonly file: string; readonly args: readonly string[] } {
	const runningNpm = process.env.npm_execpath;
	return runningNpm?.endsWith('.js') ? { file: process.execPath, args: [runningNpm] } : { file: 'npm', args: [] };
}

/** Whether the Node that runs us is of this major version. */
export function runsOn(nodeMajor: string): boolean {
	return process.versions.node.split('.')[0] === nodeMajor;
}

/** The cache entry of a server made from these files. Another lock gives another entry, so that a changed pin is never served by an old install. */
export function installationName(version: string, sources: readonly Buffer[]): string {
	const hash = createHash('sha256');
	for (const source of sources) {
		hash.update(String(source.length)).update('\n').update(source);
	}
	return `server-${version}-${hash.digest('hex').slice(0, 12)}`;
}

/**
 * Gives the installed server of a version, after installing it if need be (about 15 s and 500 MB).
 *
 * @throws Error with npm's own output when the install fails.
 */
export async function ensureServer(version: VsCodeVersion, { tell, signal }: InstallOptions = {}): Promise<VsCodeInstallation> {
	const pins = path.join(import.meta.dirname, version);
	const logWriter = await readFile(path.join(import.meta.dirname, 'log-writer.ts'));
	const sources = [await readFile(path.join(pins, 'package-lock.json')), logWriter, await readFile(import.meta.filename)];
	const folder = await cached({
		name: installationName(version, sources),
		make: (scratch) => {
			tell?.(`Installing VS Code ${version} from the npm registry. This happens once.`);
			return install(pins, scratch, logWriter.toString(), signal);
		},
	});
	return { version, node: await nodeProgram(pins, folder), main: path.join(folder, 'out/server-main.js') };
}

/** Installs into `scratch` and gives the folder of the finished server. */
async function install(pins: string, scratch: string, logWriter: string, signal: AbortSignal | undefined): Promise<string> {
	for (const name of ['package.json', 'package-lock.json']) {
		await copyFile(path.join(pins, name), path.join(scratch, name));
	}
	await npmCi(scratch, signal);
	const packages = path.join(scratch, 'node_modules');
	const vscode = path.join(scratch, 'vscode');
	await rename(path.join(packages, 'code-server/lib/vscode'), vscode);
	await rm(path.join(packages, 'code-server'), { recursive: true });
	// The server looks for its packages beside itself.
	await rename(packages, path.join(vscode, 'node_modules'));
	// VS Code's own TypeScript support looks for its compiler here, and complains to the user when there is none.
	const forExtensions = path.join(vscode, 'extensions/node_modules');
	await mkdir(forExtensions, { recursive: true });
	await rename(path.join(vscode, 'node_modules/typescript'), path.join(forExtensions, 'typescript'));
	const spdlog = path.join(vscode, 'node_modules/@vscode/spdlog');
	await rm(spdlog, { recursive: true });
	await mkdir(spdlog);
	await writeFile(path.join(spdlog, 'package.json'), '{ "name": "@vscode/spdlog", "type": "module", "main": "index.js" }');
	const { code } = await transform(logWriter, { loader: 'ts', target: 'node22' });
	await writeFile(path.join(spdlog, 'index.js'), code);
	return vscode;
}

/** Installs what the lock in `folder` says. Install scripts stay off: they would compile native modules, which the server does without. */
function npmCi(folder: string, signal: AbortSignal | undefined): Promise<void> {
	const { file, args } = npmCommand();
	const allArgs = [...args, 'ci', '--prefix', folder, '--ignore-scripts', '--no-bin-links', '--prefer-offline', '--loglevel=error'];
	return new Promise((resolve, reject) => {
		const npm = spawn(file, allArgs, {
			cwd: folder,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && file === 'npm',
			...(signal === undefined ? {} : { signal }),
		});
		const output: Buffer[] = [];
		npm.stdout.on('data', (data: Buffer) => output.push(data));
		npm.stderr.on('data', (data: Buffer) => output.push(data));
		npm.on('error', reject);
		npm.on('close', (code) => {
			if (code === 0) {
				resolve();
			} else {
				reject(
					new Error(`VS Code could not be installed from the npm registry (npm ended with ${code}):\n${Buffer.concat(output).toString()}`),
				);
			}
		});
	});
}

/** The Node program for a server, as each VS Code runs on one major version only: ours if it fits, else the one that was installed with it. */
async function nodeProgram(pins: string, vscode: string): Promise<string> {
	const { engines } = JSON.parse(await readFile(path.join(pins, 'package.json'), 'utf8')) as { engines: { node: string } };
	if (runsOn(engines.node)) {
		return process.execPath;
	}
	const system = process.platform === 'win32' ? 'win' : process.platform;
	const program = path.join(vscode, 'node_modules', `node-${system}-${process.arch}`, 'bin', system === 'win' ? 'node.exe' : 'node');
	if (!existsSync(program)) {
		throw new Error(`This VS Code server runs on Node ${engines.node}, which the npm registry lacks for ${system}-${process.arch}.`);
	}
	return program;
}
