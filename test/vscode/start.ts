// `npm start`: shows the packaged extension in a real VS Code, beside a local Partnero, until Ctrl+C.
//
//   npm start                  on a free port
//   npm start -- --port 8080   on this port
import { spawn } from 'node:child_process';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { packagedExtension } from '../e2e/session.ts';
import { projectRoot } from './cache.ts';
import { ensureServer, newestVersion, npmCommand } from './install.ts';
import { startServer, type VsCodeServer } from './server.ts';
import { readStartArguments, welcome } from './start-words.ts';

function tell(sentence: string): void {
	process.stdout.write(`${sentence}\n`);
}

/**
 * Aborts at the first signal that asks the program to end; a second one ends it at once, and the server then ends by itself. It also aborts when what
 * started us is gone: npm runs us by a shell, which does not hand on a signal that only npm got.
 */
function untilAskedToEnd(): AbortSignal {
	const controller = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(name, () => {
			if (controller.signal.aborted) {
				process.exit(1);
			}
			controller.abort();
		});
	}
	const starter = process.ppid;
	const watch = setInterval(() => {
		if (process.ppid !== starter) {
			controller.abort();
		}
	}, 500);
	watch.unref();
	return controller.signal;
}

/** Builds and packs the extension, and gives the path of the VSIX. */
async function packExtension(signal: AbortSignal): Promise<string> {
	const { file, args } = npmCommand();
	const shell = process.platform === 'win32' && file === 'npm';
	const npm = spawn(file, [...args, 'run', '--silent', 'package'], { cwd: projectRoot, stdio: ['ignore', 'pipe', 'pipe'], shell, signal });
	const output: Buffer[] = [];
	npm.stdout.on('data', (data: Buffer) => output.push(data));
	npm.stderr.on('data', (data: Buffer) => output.push(data));
	const code = await new Promise((resolve, reject) => {
		npm.on('error', reject).on('close', resolve);
	});
	if (code !== 0) {
		throw new Error(`The extension could not be packed:\n${Buffer.concat(output).toString()}`);
	}
	return packagedExtension();
}

async function main(): Promise<void> {
	const { port } = readStartArguments(process.argv.slice(2));
	const signal = untilAskedToEnd();
	// The terminal may be closed before we are done with cleaning up.
	process.stdout.on('error', () => undefined);
	await using stack = new AsyncDisposableStack();
	tell('Packing the extension …');
	const [installation, vsix] = await Promise.all([ensureServer(newestVersion, { tell, signal }), packExtension(signal)]);
	const temporary = await mkdtemp(path.join(tmpdir(), 'partnero-start-'));
	stack.defer(() => rm(temporary, { recursive: true, force: true }));
	// A copy, so that trying things out changes nothing in the project.
	const workspace = path.join(temporary, 'billing-sample');
	await cp(path.join(projectRoot, 'test/workspace'), workspace, { recursive: true });
	const sandbox: Sandbox = stack.use(await startSandbox());
	const server: VsCodeServer = stack.use(
		await startServer({
			installation,
			vsix: [vsix],
			userSettings: { 'partnero.apiBaseUrl': sandbox.baseUrl },
			...(port === undefined ? {} : { port }),
		}),
	);
	signal.throwIfAborted();
	tell(welcome({ version: newestVersion, address: server.address(workspace), baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey }));
	await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
	tell('Ending VS Code and the local Partnero …');
}

main().catch((error: unknown) => {
	if (!(error instanceof Error && error.name === 'AbortError')) {
		process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
		process.exitCode = 1;
	}
});
