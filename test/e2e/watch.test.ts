// A sale that lands while a customer is watched, in a real window: panel, side bar and status bar show it without anybody asking again.
import assert from 'node:assert/strict';
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';

/** Milliseconds: a watch asks every ten seconds, and the machine may be busy. */
const soon = { timeout: 30_000 };

describe('A developer who tests an integration', () => {
	const sandbox = useSandbox();
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));
	const watched = () => session().page.locator('[id^="partnero-community.partnero.partnero.watch."]').filter({ hasText: 'customer_123' });

	before(async function () {
		this.timeout(60_000);
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem(sandbox().program.name).waitFor();
		await workbench.lookUp('customer_123');
		await workbench.webviewPanel('customer_123').content.getByText('transaction_252').first().waitFor();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.expand('Alice Brown');
		await customers.row('$99.50').first().waitFor();
	});

	it('watches a customer from the context menu of its row, and sees so in the panel and the status bar', async () => {
		const { workbench } = session();
		await workbench.treeView('Customers').pickFromContextMenu('Alice Brown', 'Watch for new transactions');
		await watched().waitFor();
		await workbench.webviewPanel('customer_123').content.getByRole('button', { name: 'Stop watching for new transactions' }).waitFor();
		await retry(async () => {
			const rows = await workbench.treeView('Customers').rows();
			assert.match(rows.find(({ label }) => label === 'Alice Brown')?.description ?? '', /watched$/);
		});
	});

	it('sees a sale that lands, marked as new, in the status bar, the panel and the side bar', async () => {
		const { workbench } = session();
		const { content } = workbench.webviewPanel('customer_123');
		assert.equal(await content.getByText('sale_of_the_test').count(), 0);
		sandbox().addTransaction('customer_123', {
			key: 'sale_of_the_test',
			action: 'sale',
			amount: 12.5,
			amount_units: 'USD',
			is_currency: true,
		});
		await workbench.statusBarItem('New transaction of customer_123: $12.50').waitFor(soon);
		const row = content.getByRole('row').filter({ hasText: 'sale_of_the_test' });
		await row.waitFor();
		await row.getByText('new', { exact: true }).waitFor();
		await workbench.treeView('Customers').row('$12.50').waitFor();
		const [newest] = await workbench.treeView('Customers').children('Alice Brown');
		assert.equal(newest?.label, '$12.50');
		assert.match(newest?.description ?? '', /^new · sale · /);
		await watched().filter({ hasText: '+1' }).waitFor();
	}).timeout(90_000);

	it('was told in the status bar alone, and no page of the list was asked for twice at a time', async () => {
		assert.deepEqual(await session().page.locator('.notification-toast').allInnerTexts(), []);
		const pages = sandbox().requests.entries.filter(({ path }) => path.includes('/transactions'));
		assert.ok(
			pages.every(({ path }) => path.endsWith('page=1')),
			'the newest stand on top, so the first page tells all',
		);
	});

	it('stops by the button in the panel, and starts again from the palette while the panel is in front', async () => {
		const { workbench } = session();
		const { content } = workbench.webviewPanel('customer_123');
		await content.getByRole('button', { name: 'Stop watching for new transactions' }).click();
		await watched().waitFor({ state: 'detached' });
		await content.getByRole('button', { name: 'Watch for new transactions', exact: true }).waitFor();
		await workbench.runCommand('Partnero: Watch for new transactions');
		await watched().waitFor();
	});

	it('watches no more when the panel is closed', async () => {
		const { workbench } = session();
		await workbench.webviewPanel('customer_123').close();
		await watched().waitFor({ state: 'detached' });
		assert.ok(!(await workbench.commandsFor('Partnero: Watch')).includes('Partnero: Watch for new transactions'));
	});
});
