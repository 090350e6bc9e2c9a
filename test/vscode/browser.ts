// Finds and starts the browser that shows the workbench: the one that PARTNERO_BROWSER names, an installed Chrome or Chromium, else the headless
// Chromium of the npm package `@sparticuz/chromium`.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { cached } from './cache.ts';

/** No browser that could be used; the message is one sentence that says what to install. */
export class NoBrowserError extends Error {
	override readonly name = 'NoBrowserError';
}

interface FoundBrowser {
	readonly executablePath: string;
	readonly env: Readonly<Record<string, string>>;
}

const installedPrograms: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
	linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'],
	darwin: [
		'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
		'/Applications/Chromium.app/Contents/MacOS/Chromium',
		'/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
	],
	win32: [
		'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
		'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
		'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
	],
};

const whatToInstall = 'install Chrome or Chromium, or name one by the environment variable PARTNERO_BROWSER';

/**
 * Starts a headless browser.
 *
 * @throws NoBrowserError when there is none, or when the system lacks what it needs.
 */
export async function launchBrowser(): Promise<Browser> {
	const { executablePath, env } = await findBrowser(process.env, process.platform);
	// VS Code's panels are frames of another process: the flags of `@sparticuz/chromium`, which put all in one, are not for this.
	const args = ['--no-sandbox', '--font-render-hinting=none', '--disable-dev-shm-usage'];
	try {
		return await chromium.launch({ executablePath, args, headless: true, env: { ...definedEnvironment(), ...env } });
	} catch (error) {
		throw new NoBrowserError(explainFailedLaunch(executablePath, String(error)), { cause: error });
	}
}

/** The one sentence for a browser that does not start. */
export function explainFailedLaunch(executablePath: string, error: string): string {
	const missing = /error while loading shared libraries: ([\w.+-]+)/.exec(error)?.[1];
	if (missing !== undefined) {
		return `The browser ${executablePath} cannot start because the system lacks ${missing}: run "apt-get install libnss3 libnspr4 libexpat1", or ${whatToInstall}.`;
	}
	return `The browser ${executablePath} does not start: ${whatToInstall}. It says: ${error.split('\n', 1)[0]}`;
}

/** Where the browser is. */
export async function findBrowser(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): Promise<FoundBrowser> {
	const named = environment.PARTNERO_BROWSER;
	if (named !== undefined && named !== '') {
		if (!existsSync(named)) {
			throw new NoBrowserError(`PARTNERO_BROWSER names ${named}, which does not exist: ${whatToInstall}.`);
		}
		return { executablePath: named, env: {} };
	}
	const installed = installedBrowser(environment, platform);
	if (installed !== undefined) {
		return { executablePath: installed, env: {} };
	}
	if (platform === 'linux' && process.arch === 'x64') {
		return unpackedChromium();
	}
	throw new NoBrowserError(`There is no browser for the UI tests: ${whatToInstall}.`);
}

function installedBrowser(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | undefined {
	const folders = (environment.PATH ?? '').split(path.delimiter);
	return (installedPrograms[platform] ?? [])
		.flatMap((program) => (path.isAbsolute(program) ? [program] : folders.map((folder) => path.join(folder, program))))
		.find((file) => existsSync(file));
}

/** `@sparticuz/chromium` unpacks into the temporary folder under fixed names; here that folder is an entry of our cache, so that two runs do not meet in it. */
async function unpackedChromium(): Promise<FoundBrowser> {
	const require = createRequire(import.meta.url);
	const packageFile = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '../package.json');
	const { version } = require(packageFile) as { version: string };
	const folder = await cached({
		name: `chromium-${version}`,
		make: async (scratch) => {
			const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
			await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
				cwd: import.meta.dirname,
				env: { ...process.env, TMPDIR: scratch },
			});
			return scratch;
		},
	});
	// Its own fonts and their configuration are for machines that have none.
	const env: Record<string, string> = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: path.join(folder, 'fonts') };
	return { executablePath: path.join(folder, 'chromium'), env };
}

function definedEnvironment(): Record<string, string> {
	return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
