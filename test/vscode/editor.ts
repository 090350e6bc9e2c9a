// Runs tests inside an extension host, of the desktop VS Code where there can be one, else of the VS Code server from the npm registry. Both go
// through `runTests` of `@vscode/test-electron`; for the server, the program that it starts is Node with `server-editor.ts`.
//
// PARTNERO_VSCODE chooses: `server`, `desktop` (downloads the version that is asked for), or the path of a desktop VS Code. Without it the
// desktop is taken where there is a screen and the download is within reach, which is found out within three seconds.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { cacheFolder } from './cache.ts';
import type { VsCodeVersion } from './install.ts';
import { quietSettings, type Settings } from './server.ts';

export type EditorChoice = { readonly kind: 'server' } | { readonly kind: 'desktop'; readonly executable?: string };

export interface EditorRun {
	readonly version: VsCodeVersion;
	/** The folder of the extension under test. */
	readonly extensionFolder: string;
	/** The bundle whose `run()` is called in the extension host. */
	readonly tests: string;
	/** The folder that the window shows. */
	readonly workspace: string;
	readonly userSettings?: Settings;
	readonly environment?: Readonly<Record<string, string>>;
	/** Takes everything that the editor says. */
	readonly output: NodeJS.WritableStream;
}

/** Milliseconds that it may take to find out whether the desktop VS Code can be downloaded. */
const probeTimeout = 3_000;

/** Which VS Code to run. `canDownload` is asked only when nothing else decides. */
export async function chooseEditor(
	environment: NodeJS.ProcessEnv,
	platform: NodeJS.Platform,
	canDownload: () => Promise<boolean>,
): Promise<EditorChoice> {
	const wanted = environment.PARTNERO_VSCODE;
	if (wanted === 'server' || wanted === 'desktop') {
		return { kind: wanted };
	}
	if (wanted !== undefined && wanted !== '') {
		return { kind: 'desktop', executable: wanted };
	}
	const hasScreen = platform !== 'linux' || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
	return { kind: hasScreen && (await canDownload()) ? 'desktop' : 'server' };
}

/**
 * Runs `tests` in the extension host of a fresh window.
 *
 * @throws TestRunFailedError when a test fails or the editor does not come up.
 */
export async function runInEditor(run: EditorRun): Promise<void> {
	const editor = await chooseEditor(process.env, process.platform, () => desktopIsWithinReach(run.version));
	const folder = await mkdtemp(path.join(tmpdir(), 'partnero-vscode-'));
	try {
		const userData = path.join(folder, 'data');
		await mkdir(path.join(userData, 'User'), { recursive: true });
		await writeFile(path.join(userData, 'User/settings.json'), JSON.stringify({ ...quietSettings, ...run.userSettings }));
		const profile = [`--user-data-dir=${userData}`, `--extensions-dir=${path.join(folder, 'extensions')}`];
		const serverEditor = [path.join(import.meta.dirname, 'server-editor.ts'), `--version=${run.version}`];
		const executable = editor.kind === 'server' ? process.execPath : editor.executable;
		await runTests({
			...(executable === undefined ? { version: run.version, cachePath: cacheFolder } : { vscodeExecutablePath: executable }),
			launchArgs: [...(editor.kind === 'server' ? serverEditor : []), run.workspace, ...profile],
			extensionDevelopmentPath: run.extensionFolder,
			extensionTestsPath: run.tests,
			extensionTestsEnv: { ...run.environment },
			stdout: run.output,
			stderr: run.output,
		});
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

/** Whether the desktop VS Code is there already or can be downloaded; answers within three seconds. */
export async function desktopIsWithinReach(version: string): Promise<boolean> {
	if (existsSync(path.join(cacheFolder, `vscode-${process.platform}-${process.arch}-${version}`))) {
		return true;
	}
	try {
		const signal = AbortSignal.timeout(probeTimeout);
		const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', { method: 'HEAD', signal });
		return answer.ok;
	} catch {
		return false;
	}
}
