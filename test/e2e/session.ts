// A real VS Code with the packaged extension, as one user has it: a fresh server, a fresh browser context, a copy of the sample workspace.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../vscode/browser.ts';
import { projectRoot } from '../vscode/cache.ts';
import { ensureServer, newestVersion, type VsCodeVersion } from '../vscode/install.ts';
import { complaintsAboutUs, type Settings, startServer, type VsCodeServer } from '../vscode/server.ts';
import { Workbench } from './pages/workbench.ts';

/** Where failed UI tests leave what they saw. */
export const resultsFolder = path.join(projectRoot, 'test-results/e2e');

export interface SessionOptions {
	readonly version?: VsCodeVersion;
	readonly userSettings?: Settings;
	readonly machineSettings?: Settings;
	/** Variables for the extension host. */
	readonly environment?: Readonly<Record<string, string>>;
	/** Modules that the extension host loads before anything else, as URLs. */
	readonly imports?: readonly string[];
	/** Leaves workspace trust on, so that the window opens in Restricted Mode. */
	readonly workspaceTrust?: boolean;
	/** Files that the workspace has beside those of `test/workspace`: their content by their path. */
	readonly workspaceFiles?: Readonly<Record<string, string>>;
	readonly viewport?: { readonly width: number; readonly height: number };
	/** Our packaged extension, where it is not the one to test. */
	readonly extension?: string;
	/** Packaged extensions to install beside ours. */
	readonly furtherExtensions?: readonly string[];
	/** The language of the window, as VS Code names it; VS Code's own texts stay English. */
	readonly language?: string;
	/** Files that are put into the installed extension: their content by their path. */
	readonly extensionFiles?: Readonly<Record<string, string>>;
}

export interface Session extends AsyncDisposable {
	readonly workbench: Workbench;
	readonly page: Page;
	readonly context: BrowserContext;
	readonly server: VsCodeServer;
	/** The copy of `test/workspace` that the window shows. */
	readonly workspace: string;
	/** Opens one more window of the same user on the same folder. */
	openWindow(): Promise<Workbench>;
	/** Writes a screenshot of each window, the log files and the console of the first window into a folder. */
	saveEvidence(folder: string): Promise<void>;
	close(): Promise<void>;
}

/** The packaged extension: what PARTNERO_VSIX names, else what `npm run package` made. */
export async function packagedExtension(): Promise<string> {
	const named = process.env.PARTNERO_VSIX;
	if (named !== undefined && named !== '') {
		return path.resolve(named);
	}
	const { version } = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string };
	return path.join(projectRoot, `partnero-${version}.vsix`);
}

/** Starts everything and waits until the window takes commands. What was started ends again if anything fails. */
export async function startSession(options: SessionOptions = {}): Promise<Session> {
	await using stack = new AsyncDisposableStack();
	const temporary = await mkdtemp(path.join(tmpdir(), 'partnero-session-'));
	stack.defer(() => rm(temporary, { recursive: true, force: true }));
	const workspace = path.join(temporary, 'billing-sample');
	await cp(path.join(projectRoot, 'test/workspace'), workspace, { recursive: true });
	for (const [file, content] of Object.entries(options.workspaceFiles ?? {})) {
		await mkdir(path.dirname(path.join(workspace, file)), { recursive: true });
		await writeFile(path.join(workspace, file), content);
	}
	const { version = newestVersion, viewport = { width: 1280, height: 800 }, workspaceTrust = false } = options;
	const installation = await ensureServer(version);
	const trust = workspaceTrust ? { 'security.workspace.trust.enabled': true } : {};
	const server = stack.use(
		await startServer({
			installation,
			vsix: [options.extension ?? (await packagedExtension()), ...(options.furtherExtensions ?? [])],
			userSettings: options.userSettings ?? {},
			machineSettings: { ...trust, ...options.machineSettings },
			workspaceTrust,
			environment: options.environment ?? {},
			imports: options.imports ?? [],
		}),
	);
	for (const [file, content] of Object.entries(options.extensionFiles ?? {})) {
		await writeFile(path.join(await installedExtension(server), file), content);
	}
	const browser = stack.use(await launchBrowser());
	const context = await browser.newContext({ viewport, permissions: ['clipboard-write'] });
	if (options.language !== undefined) {
		// What the texts of a language pack would set.
		await context.addInitScript({ content: `globalThis._VSCODE_NLS_LANGUAGE = ${JSON.stringify(options.language)};` });
	}
	const page = await context.newPage();
	const windowConsole: string[] = [];
	page.on('console', (message) => windowConsole.push(`[${message.type()}] ${message.text()}`));
	page.on('pageerror', (error) => windowConsole.push(`[uncaught] ${error.stack ?? error.message}`));
	const workbench = new Workbench(page, server, workspace);
	try {
		await workbench.open();
	} catch (error) {
		const evidence = path.join(resultsFolder, 'window-did-not-open');
		await saveEvidence(evidence, page, server, windowConsole);
		throw new Error(`The window did not open; see ${evidence}`, { cause: error });
	}
	const running = stack.move();
	const close = async () => {
		const complaints = complaintsAboutUs(await server.logs());
		await running.disposeAsync();
		if (complaints.length > 0) {
			throw new Error(`The extension host has errors of ours in its log:\n${complaints.join('\n')}`);
		}
	};
	return {
		workbench,
		page,
		context,
		server,
		workspace,
		openWindow: async () => {
			const other = new Workbench(await context.newPage(), server, workspace);
			await other.open();
			return other;
		},
		saveEvidence: (folder) => saveEvidence(folder, page, server, windowConsole),
		close,
		[Symbol.asyncDispose]: close,
	};
}

/** The folder that the extension was installed into. */
async function installedExtension({ dataFolder }: VsCodeServer): Promise<string> {
	const folder = path.join(dataFolder, 'extensions');
	const name = (await readdir(folder)).find((entry) => entry.startsWith('partnero-community.partnero-'));
	if (name === undefined) {
		throw new Error(`The extension is not in ${folder}`);
	}
	return path.join(folder, name);
}

async function saveEvidence(folder: string, page: Page, server: VsCodeServer, windowConsole: readonly string[]): Promise<void> {
	await mkdir(folder, { recursive: true });
	for (const [index, open] of page.context().pages().entries()) {
		await open.screenshot({ path: path.join(folder, index === 0 ? 'screenshot.png' : `screenshot-${index + 1}.png`) });
	}
	await writeFile(path.join(folder, 'window-console.log'), windowConsole.join('\n'));
	await server.saveLogs(path.join(folder, 'logs'));
}
