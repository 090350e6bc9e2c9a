// Customer keys in what a terminal prints, in a real window: the workbench's own terminal, whose lines an extension beside ours writes.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { sampleKeys } from '../../src/sandbox/index.ts';
import { vsceProgram } from '../vscode/pack.ts';
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';
import { Terminal } from './pages/terminal.ts';

const tooltip = 'Open the details of this customer';
/** Longer than the window is high: what comes behind it must still be served. */
const longLine = `partnero ${'customers/'.repeat(500)}${'customer_key='.repeat(400)} customer_key=customer_123`;
const requestLine = '$ curl https://api.partnero.com/v1/customers/customer_123/transactions';
const logLine = '12:00:01 partnero: sale booked customer_key=customer_currencies amount=49';
const colouredLine = `\u001b[32mpartnero\u001b[0m customer_key=\u001b[1m${sampleKeys.hostileMarkdown}\u001b[0m ok`;
/** Lines with no key in them, each with the text that looks like one. */
const otherLines: Readonly<Record<string, string>> = {
	'stripe: GET /v1/customers/cus_stripe 200': 'cus_stripe',
	'build of customer_777 finished in 200 ms': 'customer_777',
	'partnero: /customers/{template} and /customers:search': 'template',
	'partnero: transaction_key=order-7 booked': 'order-7',
};
/** The extension that prints links this word in every line: VS Code has its link together with ours. */
const asked = 'asked';
const lines = [
	longLine,
	requestLine,
	logLine,
	colouredLine,
	...Object.keys(otherLines),
	'\u202epartnero customers/\u202c\u0007',
	'printed all',
];

/** Packs an extension with one command that opens a terminal with these lines; gives the file. */
async function packedPrinter(folder: string): Promise<string> {
	const source = path.join(folder, 'printer');
	await mkdir(source);
	const manifest = {
		name: 'printer',
		publisher: 'partnero-test',
		version: '1.0.0',
		engines: { vscode: '^1.110.0' },
		main: 'printer.js',
		contributes: { commands: [{ command: 'printer.print', title: 'Print lines into a terminal' }] },
	};
	await writeFile(path.join(source, 'package.json'), JSON.stringify(manifest));
	await writeFile(path.join(source, 'printer.js'), printer);
	const vsix = path.join(folder, 'printer.vsix');
	const options = ['--allow-missing-repository', '--skip-license', '--no-dependencies', '--out', vsix];
	await promisify(execFile)(process.execPath, [vsceProgram, 'package', ...options], { cwd: source });
	return vsix;
}

const printer = `
const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
	subscriptions.push(vscode.commands.registerCommand('printer.print', () => {
		const written = new vscode.EventEmitter();
		const pty = { onDidWrite: written.event, open: () => written.fire(${JSON.stringify(lines.map((line) => `${line} ${asked}\r\n`).join(''))}), close: () => {} };
		vscode.window.createTerminal({ name: 'printer', pty }).show();
	}));
	subscriptions.push(vscode.window.registerTerminalLinkProvider({
		provideTerminalLinks: ({ line }) => line.includes(' ${asked}') ? [{ startIndex: line.indexOf(' ${asked}') + 1, length: ${asked.length} }] : [],
		handleTerminalLink: () => {},
	}));
};
`;

describe('A support engineer who reads a log in a terminal', () => {
	let folder = '';
	let vsix = '';
	before(async function () {
		this.timeout(60_000);
		folder = await mkdtemp(path.join(tmpdir(), 'partnero-printer-'));
		vsix = await packedPrinter(folder);
	});
	after(() => rm(folder, { recursive: true, force: true }));
	const sandbox = useSandbox();
	const session = useSession(() => ({
		furtherExtensions: [vsix],
		viewport: { width: 1280, height: 1000 },
		userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl },
		machineSettings: { 'terminal.integrated.gpuAcceleration': 'off', 'terminal.integrated.fontSize': 10 },
	}));
	const terminal = () => new Terminal(session().page);

	before(async function () {
		this.timeout(60_000);
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem(sandbox().program.name).waitFor();
		await workbench.runCommand('Print lines into a terminal');
		await terminal().row('printed all').waitFor();
	});

	/** Rests on a key until its link says what it does: the first line loads what finds it. */
	async function restOn(line: string, key: string): Promise<void> {
		await retry(async () => {
			await terminal().leave();
			await terminal().pointAt(line, key);
			await terminal().linkHover(tooltip).waitFor({ timeout: 3_000 });
		});
	}

	it('is told on a key what a click does, and a click opens this customer’s details', async () => {
		const { workbench } = session();
		await restOn('$ curl', 'customer_123');
		await terminal().followLink();
		await workbench.webviewPanel('customer_123').waitUntilOpen();
	});

	it('opens the customer of a log line as well, right behind a line of 10,000 characters', async () => {
		const { workbench } = session();
		assert.ok(longLine.length > 10_000);
		await restOn('sale booked', 'customer_currencies');
		await terminal().followLink();
		await workbench.webviewPanel('customer_currencies').waitUntilOpen();
	});

	it('opens a customer whatever colours the line has and whatever the customer is called', async () => {
		const { workbench } = session();
		await restOn(`${sampleKeys.hostileMarkdown} ok`, sampleKeys.hostileMarkdown);
		await terminal().followLink();
		await workbench.webviewPanel(sampleKeys.hostileMarkdown).waitUntilOpen();
		assert.equal(await session().page.locator('.monaco-dialog-box').count(), 0);
	});

	/** Whether a text of a line is a link, once VS Code has been told all links of the line. */
	async function isLink(line: string, text: string): Promise<boolean> {
		const askedLink = terminal().link.filter({ hasText: asked });
		await retry(async () => {
			await terminal().leave();
			await terminal().pointAt(line, asked);
			await askedLink.waitFor({ timeout: 3_000 });
		});
		// With the move to the text, its link is underlined, if it is one, and the other no longer.
		await terminal().pointAt(line, text);
		await askedLink.waitFor({ state: 'detached' });
		return (await terminal().link.count()) > 0;
	}

	for (const [line, text] of Object.entries(otherLines)) {
		it(`sees no link in a line without a customer key: ${line}`, async () => {
			assert.equal(await isLink(line, text), false);
			assert.equal(await isLink('sale booked', 'customer_currencies'), true);
		});
	}
});
