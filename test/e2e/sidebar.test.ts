// The Customers view of a large program, as it is worked with all day: several customers at once, keys dragged into code, the filter, long lists that
// grow while they are read, and a reload of the window.
import assert from 'node:assert/strict';
import { sampleKeys } from '../../src/sandbox/index.ts';
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';
import { readBrowserStorage } from './stored.ts';

describe('A support engineer in the side bar', () => {
	const sandbox = useSandbox({ customers: 10_000 });
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));
	const customers = () => session().workbench.treeView('Customers');
	const first = 'Alice Brown';
	const second = 'Mei-Ling Tan';
	/** A line of the file in front. */
	const line = (text: RegExp) => session().page.locator('.editor-group-container.active .view-line').filter({ hasText: text }).first();

	before(async function () {
		this.timeout(60_000);
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem(sandbox().program.name).waitFor();
		await workbench.lookUp(sampleKeys.currencies);
		await workbench.lookUp(sampleKeys.documented);
		await workbench.closeAllEditors();
		await customers().open('Partnero');
		await customers().row(first).waitFor();
	});

	it('copies the keys of all selected customers, one a line', async () => {
		const { page, workbench } = session();
		const selected = customers().pane.locator('[role=treeitem][aria-selected=true]');
		// A click alone would open the row.
		await customers()
			.row(first)
			.click({ modifiers: ['ControlOrMeta'] });
		await customers()
			.row(second)
			.click({ modifiers: ['ControlOrMeta'] });
		await selected.nth(1).waitFor();
		await customers().pickFromContextMenu(first, 'Copy key');
		await workbench.openFile('README.md');
		await workbench.editor.putCursorInto('billing');
		await page.keyboard.press('Control+Home');
		await page.keyboard.press('Control+v');
		await line(/^customer_123$/).waitFor();
		await line(/^customer_currencies/).waitFor();
	});

	it('reaches what can be done with a customer by the keyboard alone', async () => {
		const { page, workbench } = session();
		await customers().open('Partnero');
		await customers().row(first).waitFor();
		await customers().pane.locator('.monaco-list').focus();
		await page.keyboard.press('Home');
		await page.keyboard.press('ArrowDown');
		await customers().pane.locator('.monaco-list-row.focused').filter({ hasText: first }).waitFor();
		await page.keyboard.press('Shift+F10');
		const entry = page.locator('.context-view').getByRole('menuitem', { name: 'Open details', exact: true });
		await entry.waitFor();
		// A menu that has just opened takes no key yet.
		await retry(async () => {
			await page.keyboard.press('ArrowDown');
			await page.locator('.context-view .action-item.focused').filter({ hasText: 'Open details' }).waitFor({ timeout: 1000 });
		});
		await page.keyboard.press('Enter');
		await workbench.webviewPanel(sampleKeys.documented).waitUntilOpen();
		await workbench.webviewPanel(sampleKeys.documented).close();
	});

	it('drags a customer into an editor, and the key stands there', async () => {
		const { page, workbench } = session();
		await workbench.openFile('src/sale.ts');
		await customers().open('Partnero');
		await customers().row(first).waitFor();
		const from = await customers().row(first).boundingBox();
		const to = await line(/Reports/).boundingBox();
		assert.ok(from !== null && to !== null);
		await page.mouse.move(from.x + 80, from.y + from.height / 2);
		await page.mouse.down();
		await page.mouse.move(from.x + 120, from.y + 40, { steps: 5 });
		await page.mouse.move(to.x + 60, to.y + 10, { steps: 10 });
		// The editor shows where the text will go, and takes it from then on.
		await page.locator('.monaco-editor .dnd-target').first().waitFor();
		await page.mouse.up();
		await line(/^\/\/.*customer_123/).waitFor();
	});

	/** The user presses "Load more…", the last row of what is open. */
	async function loadMore(): Promise<void> {
		const { page } = session();
		await customers().pane.locator('.monaco-list').focus();
		await page.keyboard.press('End');
		await customers().pane.locator('.monaco-list-row.focused').filter({ hasText: 'Load more…' }).waitFor();
		await page.keyboard.press('Enter');
	}

	/** Waits until so many rows stand in the list of that level, "Load more…" included. */
	async function untilRows(level: number, count: number): Promise<void> {
		await customers().pane.locator(`[role=treeitem][aria-level="${level}"][aria-setsize="${count}"]`).first().waitFor();
	}

	it('loads one page of 10,000 customers at a time, and sees none twice when somebody signs up meanwhile', async () => {
		const { requests } = sandbox();
		requests.clear();
		await customers().expand('All customers');
		await untilRows(2, 101);
		assert.equal(requests.count, 1);
		await loadMore();
		await untilRows(2, 201);
		assert.equal(requests.count, 2);
		sandbox().addCustomer();
		await loadMore();
		// The row that moved down from the page before is known already; that page is asked for once more to tell.
		await untilRows(2, 300);
		assert.equal(requests.count, 4);
	});

	it('filters the rows that are loaded by VS Code’s own search, without asking', async () => {
		const { page } = session();
		const { requests } = sandbox();
		const before = requests.count;
		await customers().pressTitleAction('Filter customers');
		await page.locator('.monaco-tree-type-filter input').fill('Mei-Ling Tan');
		await customers().pane.locator('.monaco-list-row').filter({ hasText: second }).locator('.highlight').first().waitFor();
		assert.equal(requests.count, before);
		await page.keyboard.press('Escape');
		await page.locator('.monaco-tree-type-filter').waitFor({ state: 'detached' });
	});

	it('finds the same rows open after the window was reloaded, for which nothing is asked before a click', async () => {
		const { workbench, page } = session();
		await customers().pane.locator('.monaco-list').focus();
		await page.keyboard.press('Home');
		await customers().row(first).first().locator('.monaco-tl-twistie').click();
		await customers().pane.getByRole('treeitem', { level: 3 }).first().waitFor();
		await retry(async () => assert.match(await page.evaluate(readBrowserStorage), /partnero\.openRows/), 60_000);
		await retry(async () => assert.equal((await page.evaluate(readBrowserStorage)).match(/openRows[^}]*true[^}]*true/)?.length, 1), 60_000);
		sandbox().requests.clear();
		await workbench.reload();
		await workbench.programItem(sandbox().program.name).waitFor();
		await customers().row('Load…').nth(1).waitFor();
		const shown = (await customers().rows()).map(({ label, level }) => `${level} ${label}`);
		assert.deepEqual(shown, [
			'1 Recent',
			`2 ${sampleKeys.documented}`,
			'3 Load…',
			`2 ${sampleKeys.currencies}`,
			'1 All customers',
			'2 Load…',
		]);
		assert.equal(sandbox().requests.count, 0);

		await customers().row('Load…').nth(1).click();
		await untilRows(2, 101);
		assert.equal(sandbox().requests.count, 1);
		await customers().row('Load…').first().click();
		await customers().pane.getByRole('treeitem', { level: 3 }).nth(5).waitFor();
		await customers().row(first).first().waitFor();
		assert.equal(sandbox().requests.count, 3);
	}).timeout(120_000);
});
