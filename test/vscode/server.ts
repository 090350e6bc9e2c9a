// Starts and ends a real VS Code server, with the extension host that runs extensions and the workbench that a browser shows.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type FrontDoor, openFrontDoor, type ServerPlace } from './front-door.ts';
import type { VsCodeInstallation } from './install.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** What keeps the window quiet, so that nothing but the extension under test changes what is seen. */
export const quietSettings: Settings = {
	'chat.disableAIFeatures': true,
	'extensions.autoCheckUpdates': false,
	'extensions.ignoreRecommendations': true,
	'git.openRepositoryInParentFolders': 'never',
	'security.workspace.trust.enabled': false,
	'telemetry.telemetryLevel': 'off',
	'workbench.secondarySideBar.defaultVisibility': 'hidden',
	'workbench.startupEditor': 'none',
	'workbench.tips.enabled': false,
};

export interface ServerOptions {
	readonly installation: VsCodeInstallation;
	/** Where the server keeps everything; by default a new folder, which goes when the server is stopped. */
	readonly dataFolder?: string;
	/** Settings beside {@link quietSettings}; any scope but `application`. */
	readonly machineSettings?: Settings;
	/** Settings of the user, the only place for those of scope `application`; by default what the data folder already has. */
	readonly userSettings?: Settings;
	/** Packaged extensions to install before the start. */
	readonly vsix?: readonly string[];
	/** Makes the workbench run extension tests that its address names. Error notifications do not show then. */
	readonly extensionTests?: boolean;
	/** Whether the window may be in Restricted Mode; needs `security.workspace.trust.enabled` too. */
	readonly workspaceTrust?: boolean;
	/** Variables for the server and its extension host, beside those of this process. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Modules that the server and its extension host load before anything else, as URLs. */
	readonly imports?: readonly string[];
	/** The port for the browser; by default a free one. */
	readonly port?: number;
}

export interface VsCodeServer extends AsyncDisposable {
	/** For example `http://127.0.0.1:41235`. */
	readonly origin: string;
	readonly dataFolder: string;
	/** The address that shows a folder. */
	address(folder: string): string;
	/** Adds machine settings to those that the server was started with; an open window takes them up. */
	changeSettings(settings: Settings): Promise<void>;
	/** Installs a packaged extension, or updates it; an open window has it after a reload. */
	install(vsix: string): Promise<void>;
	/** Uninstalls an extension by its id; an open window is without it after a reload. */
	uninstall(id: string): Promise<void>;
	/** Copies the server's own output and all log files (the extension host's, those of its log channels) into a folder. */
	saveLogs(folder: string): Promise<void>;
	/** All that was logged so far, one text: for a test that something is not in it. */
	logs(): Promise<string>;
	/** Ends the server and all of its processes, and removes its data folder if it was made here. */
	stop(): Promise<void>;
}

/** Milliseconds for a server to come up on a busy machine. */
const startTimeout = 60_000;
/** Milliseconds from the polite to the hard end. */
const endTimeout = 5_000;

/**
 * Ends the whole process group as soon as the process that started the server is gone, even if that one was killed: its end of the pipe closes.
 * Node hands this to the server's own child processes too, hence the first condition.
 */
const endWithStarter =
	"data:text/javascript,if(process.argv[1]?.endsWith('server-main.js'))process.stdin.on('end',()=>process.kill(0,'SIGTERM')).resume()";

/**
 * Starts a VS Code server and waits until it takes requests.
 *
 * @throws Error with the server's output when it ends or stays silent instead.
 */
export async function startServer(options: ServerOptions): Promise<VsCodeServer> {
	const dataFolder = options.dataFolder ?? (await mkdtemp(path.join(tmpdir(), 'partnero-vscode-')));
	const socketFolder = await makeSocketFolder();
	const removeData = async () => {
		const made = [socketFolder, options.dataFolder === undefined ? dataFolder : undefined];
		await Promise.all(made.map((folder) => folder && rm(folder, { recursive: true, force: true })));
	};
	try {
		const machineSettings = { ...quietSettings, ...options.machineSettings };
		const changeSettings = (settings: Settings) =>
			writeSettings(path.join(dataFolder, 'data/Machine'), { ...machineSettings, ...settings });
		await changeSettings({});
		if (options.userSettings !== undefined) {
			await writeSettings(path.join(dataFolder, 'data/User'), options.userSettings);
		}
		for (const vsix of options.vsix ?? []) {
			await changeExtensions(options.installation, dataFolder, '--install-extension', vsix, '--force');
		}
		const output = path.join(dataFolder, 'server.log');
		const socketPath = socketFolder && path.join(socketFolder, 'server');
		const child = launch(options, dataFolder, output, socketPath);
		try {
			const place = await untilListening(child, socketPath);
			const door = await openFrontDoor({ server: place, ...(options.port === undefined ? {} : { port: options.port }) });
			return runningServer({ installation: options.installation, child, door, dataFolder, changeSettings, removeData });
		} catch (error) {
			await endProcessGroup(child);
			throw new Error(`VS Code ${options.installation.version} did not start: ${error}\n${await readFile(output, 'utf8')}`);
		}
	} catch (error) {
		await removeData();
		throw error;
	}
}

/**
 * A folder that only this user can enter, for the socket that the server listens on: other users of the machine and pages in a browser reach a
 * port. It is no data folder, since those may have longer names than a socket's may be. Undefined on Windows, where the server needs a port.
 */
function makeSocketFolder(): Promise<string | undefined> {
	return process.platform === 'win32' ? Promise.resolve(undefined) : mkdtemp(path.join(tmpdir(), 'partnero-'));
}

interface Running {
	readonly installation: VsCodeInstallation;
	readonly child: ChildProcess;
	readonly door: FrontDoor;
	readonly dataFolder: string;
	readonly changeSettings: (settings: Settings) => Promise<void>;
	readonly removeData: () => Promise<void>;
}

function runningServer({ installation, child, door, dataFolder, changeSettings, removeData }: Running): VsCodeServer {
	const stop = async () => {
		await door.close();
		await endProcessGroup(child);
		await removeData();
	};
	return {
		origin: door.origin,
		dataFolder,
		address: (folder) => `${door.origin}/?folder=${encodeURI(folder)}`,
		changeSettings,
		install: (vsix) => changeExtensions(installation, dataFolder, '--install-extension', vsix, '--force'),
		uninstall: (id) => changeExtensions(installation, dataFolder, '--uninstall-extension', id),
		saveLogs: (folder) => saveLogs(dataFolder, folder),
		logs: async () => (await logFiles(dataFolder)).map(({ text }) => text).join('\n'),
		stop,
		[Symbol.asyncDispose]: stop,
	};
}

async function writeSettings(folder: string, settings: Settings): Promise<void> {
	await mkdir(folder, { recursive: true });
	await writeFile(path.join(folder, 'settings.json'), JSON.stringify(settings, undefined, '\t'));
}

async function changeExtensions({ node, main }: VsCodeInstallation, dataFolder: string, ...change: readonly string[]): Promise<void> {
	await promisify(execFile)(node, [main, '--server-data-dir', dataFolder, '--accept-server-license-terms', ...change]);
}

function launch(options: ServerOptions, dataFolder: string, output: string, socketPath?: string): ChildProcess {
	const { node, main } = options.installation;
	const imports = [endWithStarter, ...(options.imports ?? [])].flatMap((url) => ['--import', url]);
	const place = socketPath === undefined ? ['--host', '127.0.0.1', '--port', '0'] : ['--socket-path', socketPath];
	const args = [...imports, main, ...place, '--without-connection-token'];
	args.push('--accept-server-license-terms', '--telemetry-level', 'off', '--server-data-dir', dataFolder);
	args.push(...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']));
	args.push(...(options.extensionTests === true ? ['--enable-smoke-test-driver'] : []));
	const env = { ...serverEnvironment(), ...options.environment };
	const child = spawn(node, args, { stdio: ['pipe', 'pipe', 'pipe'], detached: process.platform !== 'win32', env });
	const log = createWriteStream(output);
	child.stdout.pipe(log, { end: false });
	child.stderr.pipe(log, { end: false });
	child.once('close', () => log.end());
	return child;
}

/** Our environment without what npm and another VS Code put into it, which would change how the server and its extensions behave. */
function serverEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$)/i.test(name)));
}

/** Resolves when requests are answered, with where to send them. */
function untilListening(child: ChildProcess, socketPath?: string): Promise<ServerPlace> {
	const { promise, resolve, reject } = Promise.withResolvers<ServerPlace>();
	const timer = setTimeout(() => reject(new Error(`not ready after ${startTimeout / 1000} s`)), startTimeout);
	let output = '';
	child.stdout?.on('data', (data: Buffer) => {
		output += data;
		const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
		const place = socketPath === undefined ? port && { port: Number(port) } : { socketPath };
		// Only after this line has everything been set up that answers requests.
		if (place && output.includes('Extension host agent started')) {
			resolve(place);
		}
	});
	child.once('error', reject);
	child.once('exit', (code, signal) => reject(new Error(`it ended with ${signal ?? code}`)));
	return promise.finally(() => clearTimeout(timer));
}

async function endProcessGroup(child: ChildProcess): Promise<void> {
	const { pid } = child;
	if (pid === undefined) {
		return;
	}
	if (process.platform === 'win32') {
		await promisify(execFile)('taskkill', ['/pid', String(pid), '/T', '/F']).catch(() => undefined);
		return;
	}
	for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
		if (!signalGroup(pid, signal) || (await groupIsGone(pid))) {
			return;
		}
	}
}

async function groupIsGone(pid: number): Promise<boolean> {
	for (const deadline = Date.now() + endTimeout; Date.now() < deadline; ) {
		if (!signalGroup(pid, 0)) {
			return true;
		}
		await delay(20);
	}
	return false;
}

/** Whether there was a process in the group to take the signal. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(-pid, signal);
	} catch {
		return false;
	}
}

async function logFiles(dataFolder: string): Promise<readonly { readonly file: string; readonly text: string }[]> {
	const names = await readdir(path.join(dataFolder, 'data/logs'), { recursive: true }).catch(() => []);
	const files = ['server.log', ...names.filter((name) => name.endsWith('.log')).map((name) => path.join('data/logs', name))];
	return Promise.all(files.map(async (file) => ({ file, text: await readFile(path.join(dataFolder, file), 'utf8').catch(() => '') })));
}

/**
 * What VS Code logged as an error with our extension in the stack: an exception that nobody caught, or a promise that was rejected and that
 * nobody listened to for a second. It attributes neither otherwise, and shows neither to the user.
 */
export function complaintsAboutUs(logs: string): readonly string[] {
	return logs
		.split(/^(?=\d{4}-\d\d-\d\d [\d:.]+ \[)/m)
		.filter((entry) => /^[\d:. -]+\[error\]/.test(entry) && entry.includes('partnero-community.partnero'));
}

async function saveLogs(dataFolder: string, target: string): Promise<void> {
	await mkdir(target, { recursive: true });
	await cp(path.join(dataFolder, 'server.log'), path.join(target, 'server.log'));
	await cp(path.join(dataFolder, 'data/logs'), target, { recursive: true }).catch(() => undefined);
}
