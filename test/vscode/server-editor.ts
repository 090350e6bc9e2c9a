// Takes the place of the desktop VS Code's program when tests run in the VS Code server: reads the arguments that `@vscode/test-electron` gives
// a desktop VS Code, shows the folder in a headless browser, and ends with the code of the tests in the extension host.
import path from 'node:path';
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser.ts';
import { type EditorArguments, readEditorArguments } from './editor-arguments.ts';
import { ensureServer } from './install.ts';
import { startServer, type VsCodeServer } from './server.ts';

/** Milliseconds for all tests of one run. */
const runTimeout = 10 * 60_000;

/** Opens the address whose payload makes the workbench run the tests, and gives their exit code. */
async function runTestsIn(page: Page, server: VsCodeServer, { workspace, extension, tests }: EditorArguments): Promise<number> {
	const { promise, resolve } = Promise.withResolvers<number>();
	await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
		const stream = type === 'error' ? process.stderr : process.stdout;
		stream.write(`${args.map(String).join(' ')}\n`);
	});
	await page.exposeFunction('codeAutomationExit', (code: number) => resolve(code));
	const timer = setTimeout(() => {
		process.stderr.write(`The tests did not end within ${runTimeout / 60_000} minutes.\n`);
		resolve(1);
	}, runTimeout);
	const remote = (file: string) => `vscode-remote://${new URL(server.origin).host}${file}`;
	const payload = [
		['extensionDevelopmentPath', remote(extension)],
		['extensionTestsPath', remote(tests)],
	];
	await page.goto(`${server.address(workspace)}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
	return promise.finally(() => clearTimeout(timer));
}

async function main(): Promise<number> {
	const given = readEditorArguments(process.argv.slice(2));
	const installation = await ensureServer(given.version);
	// The user's settings are already where the server looks for them: `data/User/settings.json`.
	await using server = await startServer({ installation, dataFolder: path.dirname(given.userData), extensionTests: true });
	await using browser = await launchBrowser();
	const page = await browser.newPage();
	const code = await runTestsIn(page, server, given);
	if (code !== 0) {
		process.stderr.write(`\nLogs of VS Code ${given.version}:\n${await server.logs()}\n`);
	}
	return code;
}

process.exitCode = await main();
