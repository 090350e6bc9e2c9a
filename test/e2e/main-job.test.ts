// The main job, as a newcomer does it with the packaged extension: from typing the API key to a customer's card over a line of source code.
import assert from 'node:assert/strict';
import { useSandbox, useSession } from './journey.ts';

describe('A support engineer with a new installation', () => {
	const sandbox = useSandbox();
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));

	it('finds the way to a program in the side bar', async () => {
		const { workbench, page } = session();
		await workbench.treeView('Customers').open('Partnero');
		await page.getByRole('button', { name: 'Connect a program', exact: true }).waitFor();
		await page.getByRole('button', { name: 'Explore sample data', exact: true }).waitFor();
	});

	it('is led to a program by the look-up too, in a box that has the focus', async () => {
		const { workbench, page } = session();
		await workbench.runCommand('Partnero: Look up customer');
		await workbench.quickInput.row('Explore sample data').waitFor();
		await page.keyboard.press('Enter');
		await workbench.quickInput.box.locator('.quick-input-title').filter({ hasText: 'Connect a program (1/2)' }).waitFor();
		await workbench.quickInput.box.getByText(`It is sent to ${new URL(sandbox().baseUrl).origin}.`).waitFor();
		await workbench.quickInput.cancel();
	});

	it('connects a program by typing its API key into a masked box', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Connect a program');
		await workbench.quickInput.type(sandbox().apiKey);
		assert.equal(await workbench.quickInput.isMasked(), true);
		await workbench.quickInput.accept();
		await workbench.nameProgram('ACME');
		await workbench.programItem('ACME').waitFor();
	});

	it('sees what Partnero says of a key while typing it, and looks it up', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Look up customer');
		await workbench.quickInput.type('customer_123');
		await workbench.quickInput.row('Alice Brown').waitFor();
		await workbench.quickInput.accept();
		const panel = workbench.webviewPanel('customer_123');
		await panel.waitUntilOpen();
		await panel.content.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
		await panel.content.getByText('alice.brown@partnero.com').first().waitFor();
		await panel.content.getByText('premium').first().waitFor();
		await panel.content.getByText('transaction_252').first().waitFor();
	});

	it('finds the customer in the side bar, with the transactions as child nodes and the rewards below them', async () => {
		const { workbench } = session();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.expand('Alice Brown');
		await customers.row('$99.50').first().waitFor();
		const transactions = await customers.children('Alice Brown');
		assert.match(transactions[0]?.description ?? '', /^upgrade · /);
		await customers.row('$99.50').first().locator('.monaco-tl-twistie').click();
		await customers.pane.getByRole('treeitem', { level: 4 }).first().waitFor();
	});

	it('loads the next page of transactions by "Load more…", and every row is there once', async () => {
		const { workbench, page } = session();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		const before = sandbox().requests.entries.filter(({ path }) => path.includes('/transactions')).length;
		await customers.row('$99.50').first().click();
		await page.keyboard.press('End');
		while ((await customers.row('Load more…').count()) === 0) {
			await page.keyboard.press('PageDown');
		}
		await customers.row('Load more…').click();
		await sandbox().requests.until(({ entries }) => entries.filter(({ path }) => path.includes('/transactions')).length === before + 1);
		const asked = sandbox()
			.requests.entries.filter(({ path }) => path.includes('/transactions'))
			.map(({ path }) => path);
		assert.deepEqual(asked.slice(-1), ['/v1/customers/customer_123/transactions?limit=100&page=2']);
		await customers.row('Load more…').waitFor({ state: 'detached' });
	});

	it('sees the customer when the mouse rests on the key in source code', async () => {
		const { workbench } = session();
		await workbench.openFile('src/attribution.ts');
		const hover = await workbench.editor.hoverOver('customer_123');
		await hover.getByText('Alice Brown').first().waitFor();
		await hover.getByText('alice.brown@partnero.com').first().waitFor();
		await hover.getByRole('button', { name: 'Open details' }).or(hover.getByText('Open details')).first().waitFor();
	});

	it('opens the details from the hover, in the panel that is open already', async () => {
		const { workbench, page } = session();
		const hover = await workbench.editor.hoverOver('customer_123');
		await hover.getByText('Open details').first().click();
		await workbench.webviewPanel('customer_123').waitUntilOpen();
		assert.equal(
			await page
				.locator('.tabs-container .tab')
				.filter({ hasText: /^customer_123$/ })
				.count(),
			1,
		);
	});

	it('was bothered by no notification', async () => {
		assert.deepEqual(await session().page.locator('.notification-toast').allInnerTexts(), []);
	});

	it('has asked with one request for each question', async () => {
		const asked = sandbox().requests.entries.map(({ path }) => path);
		assert.equal(asked.filter((path) => path === '/v1/customers/customer_123').length, 1);
		assert.equal(asked.filter((path) => path === '/v1/customers/customer_123/transactions?limit=100&page=1').length, 1);
	});
});
