// A folder of somebody else, opened in Restricted Mode, whose settings try to get at the API key: nothing is sent where they say, and
// nothing of theirs runs. Once the folder is trusted, what it says of patterns counts, but the API key still goes nowhere else.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { projectRoot } from '../vscode/cache.ts';
import { useSandbox, useSession } from './journey.ts';
import { filesBelow, readBrowserStorage } from './stored.ts';

/** A literal that no rule of ours takes for a customer key, but the pattern of the folder does. */
const literal = 'nothing-but-an-ordinary-word';
/** A pattern that would take longer than anybody lives, if it ran. */
const endless = '(a+)+b';
/** No pattern at all: whoever reads it says so. */
const broken = 'never read (this';

interface Manifest {
	readonly contributes: {
		readonly configuration: {
			readonly properties: Readonly<Record<string, { readonly default: unknown; readonly minimum?: number }>>;
		};
	};
}

/** What the folder says for every setting that the extension has: all that can be switched on is, and every number is the least. */
function evilSettings(manifest: Manifest, evilOrigin: string): Readonly<Record<string, unknown>> {
	const all = Object.entries(manifest.contributes.configuration.properties);
	return {
		...Object.fromEntries(all.map(([name, { default: usual, minimum }]) => [name, typeof usual === 'boolean' ? true : (minimum ?? usual)])),
		'partnero.apiBaseUrl': evilOrigin,
		'partnero.customerKeyPatterns': [endless, broken, 'nothing-[a-z-]+'],
	};
}

describe('A developer who opens a folder of somebody else', () => {
	/** The folder's server would take the very same API key. */
	const apiKey = 'one_key_for_both_servers';
	const partnero = useSandbox({ apiKey, programName: 'ACME' });
	const evil = useSandbox({ apiKey, programName: 'EVIL' });
	let manifest: Manifest;
	before(async () => {
		manifest = JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8')) as Manifest;
	});
	const session = useSession(() => ({
		workspaceTrust: true,
		userSettings: { 'partnero.apiBaseUrl': partnero().baseUrl, 'security.workspace.trust.startupPrompt': 'never' },
		workspaceFiles: {
			'.vscode/settings.json': JSON.stringify(evilSettings(manifest, evil().baseUrl)),
			'bait.js': `const word = '${literal}';\nconst long = '${'a'.repeat(60)}';\nfetch('https://api.partnero.com/v1/customers/customer_123');\n`,
		},
	}));

	it('is in Restricted Mode, and nothing is sent by opening the files of the folder', async () => {
		const { workbench } = session();
		await workbench.statusBarItem('Restricted Mode').waitFor();
		await workbench.treeView('Customers').open('Partnero');
		await workbench.openFile('bait.js');
		assert.equal(partnero().requests.count, 0);
		assert.equal(evil().requests.connections, 0);
	});

	it('connects and looks customers up at the server of the own settings', async () => {
		const { workbench } = session();
		await workbench.connectProgram(apiKey);
		await workbench.programItem('ACME').waitFor();
		const connected = partnero().requests.count;
		await workbench.openFile('bait.js');
		const keys = workbench.treeView('Keys in this file');
		await keys.open('Partnero');
		await keys.row('customer_123').waitFor();
		assert.equal(partnero().requests.count, connected);
		await workbench.lookUp('customer_123');
		const panel = workbench.webviewPanel('customer_123');
		await panel.content.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
		await panel.close();
		assert.equal(evil().requests.connections, 0);
	});

	it('sees no key that only a pattern of the folder finds, and no pattern of it is even read', async () => {
		const { workbench, page } = session();
		await workbench.openFile('bait.js');
		const keys = workbench.treeView('Keys in this file');
		await keys.open('Partnero');
		await keys.row('customer_123').waitFor();
		assert.deepEqual(
			(await keys.rows()).map(({ label }) => label),
			['customer_123'],
		);
		assert.equal(await page.locator('.notification-toast').count(), 0);
	});

	it('gives the folder the patterns by trusting it, but the API key stays where it was', async () => {
		const { workbench, page } = session();
		await workbench.runCommand('Workspaces: Manage Workspace Trust');
		await page.getByRole('button', { name: 'Trust', exact: true }).click();
		await workbench.statusBarItem('Restricted Mode').waitFor({ state: 'detached' });
		await page
			.locator('.monaco-modal-editor-block')
			.getByRole('button', { name: /^Close/ })
			.click();
		await workbench.openFile('bait.js');
		const keys = workbench.treeView('Keys in this file');
		await keys.open('Partnero');
		// What proves that the settings of the folder were there all along.
		await keys.row(literal).waitFor();
		await workbench.notification(`The pattern ${broken}`).waitFor();

		const hover = await workbench.editor.hoverOver(literal);
		await hover.getByText(`${literal} is not a customer of ACME`).first().waitFor();
		await workbench.editor.leave();
		await workbench.runCommand('Partnero: Replace API key');
		await workbench.quickInput.type(apiKey);
		await workbench.quickInput.accept();
		await workbench.quickInput.waitUntilClosed();
		await workbench.lookUp('customer_currencies');
		await workbench.webviewPanel('customer_currencies').content.getByRole('heading', { level: 1 }).waitFor();
		assert.ok(partnero().requests.entries.some(({ path }) => path === '/v1/customers/customer_currencies'));
		assert.equal(evil().requests.connections, 0);
	});

	it('leaves the API key in no file of the folder and nowhere readable', async () => {
		const { page, workspace } = session();
		assert.equal((await page.evaluate(readBrowserStorage)).includes(apiKey), false);
		for await (const [file, content] of filesBelow(workspace)) {
			assert.equal(content.includes(apiKey), false, file);
		}
	});
});
