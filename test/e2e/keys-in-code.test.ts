// Customer keys in source code, in a real window: the view, the check, the jump to the customer's JSON, and names that try to be more than
// text.
import assert from 'node:assert/strict';
import { sampleKeys } from '../../src/sandbox/index.ts';
import { useSandbox, useSession } from './journey.ts';

const hostile = [sampleKeys.hostileMarkdown, sampleKeys.hostileHtml, sampleKeys.hostileIcons] as const;
const urls = [...hostile, 'customer_nobody'].map((key) => `curl https://api.partnero.com/v1/customers/${key}\n`).join('\n\n\n\n\n');

describe('A developer with customer keys in the code', () => {
	const sandbox = useSandbox();
	const session = useSession(() => ({
		userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl, 'partnero.inlayHints.enabled': true },
		workspaceFiles: { 'hostile.sh': urls },
	}));

	before(async function () {
		this.timeout(60_000);
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem(sandbox().program.name).waitFor();
	});

	it('sees the recognised keys of the active file in the side bar, each leading to its place', async () => {
		const { workbench, page } = session();
		await workbench.openFile('src/sale.ts');
		const keys = workbench.treeView('Keys in this file');
		await keys.open('Partnero');
		await keys.row('customer_currencies').waitFor();
		const rows = await keys.rows();
		assert.deepEqual(
			rows.map(({ label }) => label),
			['customer_123', 'customer_currencies'],
		);
		await keys.row('customer_currencies').click();
		await page.locator('.part.statusbar').getByText('(19 selected)').waitFor();
	});

	it('keeps them in view, and can check them, while the details of one have the focus, until the file is closed', async () => {
		const { workbench, page } = session();
		const keys = workbench.treeView('Keys in this file');
		await keys.pressInlineAction('customer_currencies', 'Open details');
		const panel = workbench.webviewPanel('customer_currencies');
		await panel.content.getByRole('heading', { level: 1 }).click();
		await keys.row('customer_currencies').filter({ hasText: 'found' }).waitFor();
		await keys.row('customer_123').waitFor();
		await keys.pressTitleAction('Check customer keys in this file');
		await keys.row('Alice Brown').or(keys.row('customer_123')).filter({ hasText: 'found' }).waitFor();
		await page.locator('.tabs-container [role=tab]').filter({ hasText: 'sale.ts' }).click({ button: 'middle' });
		await keys.row('customer_currencies').waitFor({ state: 'detached' });
		await panel.close();
	});

	it('checks all keys of the file at once, and is told which are no customers', async () => {
		const { workbench, page } = session();
		await workbench.openFile('hostile.sh');
		await workbench.runCommand('Partnero: Check customer keys in this file');
		const keys = workbench.treeView('Keys in this file');
		await keys.pane.getByRole('treeitem').filter({ hasText: 'customer_nobody' }).filter({ hasText: 'not found' }).waitFor();
		await page.locator('.monaco-editor .squiggly-info').first().waitFor();
		assert.equal(sandbox().requests.mostInFlight <= 4, true);
	});

	it('is told so no longer when the key is gone from the text', async () => {
		const { workbench, page } = session();
		await workbench.editor.putCursorInto('customer_nobody');
		await page.keyboard.press('ControlOrMeta+A');
		await page.keyboard.press('Delete');
		await page.locator('.monaco-editor .squiggly-info').first().waitFor({ state: 'detached' });
		await page.keyboard.press('ControlOrMeta+Z');
		await page.locator('.monaco-editor .squiggly-info').first().waitFor();
	});

	it('sees the names of known customers behind their keys', async () => {
		const { page } = session();
		await page.locator('.monaco-editor .view-lines').getByText('not a customer').first().waitFor();
	});

	for (const key of hostile) {
		it(`can click whatever the customer ${key} is called, and nothing happens`, async () => {
			const { workbench, page } = session();
			await workbench.openFile('hostile.sh');
			const hover = await workbench.editor.hoverOver(key);
			await hover.getByText('Open details').first().waitFor();
			assert.deepEqual(
				(await hover.locator('a').allInnerTexts()).filter((text) => !['Open details', 'Copy key', 'Follow link'].includes(text)),
				[],
			);
			assert.equal(await hover.locator('img, .codicon-alert, .codicon-error').count(), 0);
			await hover
				.locator('.hover-contents')
				.first()
				.click({ position: { x: 40, y: 12 } });
			await page.locator('.monaco-workbench .part.statusbar').waitFor();
			assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
		});
	}

	it('jumps from a key to the customer as JSON', async () => {
		const { workbench, page } = session();
		await workbench.openFile('src/attribution.ts');
		await workbench.editor.putCursorInto('customer_123');
		await page.keyboard.press('F12');
		await workbench.editor.waitUntilOpen('customer_123.json');
		await page.locator('.monaco-editor .view-lines').getByText('alice.brown@partnero.com').first().waitFor();
	});

	it('looks the key at the cursor up by one command', async () => {
		const { workbench } = session();
		await workbench.openFile('src/attribution.ts');
		await workbench.editor.putCursorInto('customer_123');
		await workbench.runCommand('Partnero: Look up customer at cursor');
		await workbench.webviewPanel('customer_123').waitUntilOpen();
	});
});
