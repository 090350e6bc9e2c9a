// The Customers view with the mouse: several customers at once, and keys dragged into code.
import assert from 'node:assert/strict';
import { sampleKeys } from '../../src/sandbox/index.ts';
import { useSandbox, useSession } from './journey.ts';

describe('A support engineer in the side bar', () => {
	const sandbox = useSandbox();
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
		// As VS Code's own hint says: with Shift a drop goes into the text.
		await page.keyboard.down('Shift');
		await page.mouse.move(to.x + 60, to.y + 10, { steps: 10 });
		await page.mouse.up();
		await page.keyboard.up('Shift');
		await line(/^\/\/.*customer_123/).waitFor();
	});
});
