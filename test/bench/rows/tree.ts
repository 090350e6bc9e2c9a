// The node of a customer with 100,000 transactions in the Customers view: what is asked for when it is opened and scrolled to its end.
import { sampleKeys } from '../../../src/sandbox/index.ts';
import type { Row } from '../bench.ts';
import { figure } from '../figures.ts';

export const tree: Row = {
	name: 'tree',
	measure: async (bench) => {
		const window = await bench.window();
		const { workbench, page, sandbox } = window;
		const key = sampleKeys.hundredThousand;
		await workbench.lookUp(key);
		await workbench.webviewPanel(key).content.locator('h1').waitFor();
		await workbench.closeAllEditors();
		// The panel's answers are forgotten with the window; that somebody was looked up is not.
		await window.whenStored(key);
		await window.reload();
		const asked = () => sandbox.requests.entries.filter(({ path }) => path.includes(`${key}/transactions`)).length;
		const before = asked();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		const row = customers.pane
			.getByRole('treeitem')
			.filter({ hasText: key })
			.or(customers.pane.getByRole('treeitem', { name: key }))
			.first();
		await row.waitFor();
		const begun = performance.now();
		await row.locator('.monaco-tl-twistie').click();
		await customers.pane.getByRole('treeitem', { level: 3 }).first().waitFor();
		const opened = performance.now() - begun;
		await customers.pane.getByRole('treeitem', { level: 3 }).first().click();
		await page.keyboard.press('End');
		const more = customers.row('Load more…').first();
		while ((await more.count()) === 0) {
			await page.keyboard.press('PageDown');
		}
		const pages = asked() - before;
		return [
			figure({ name: 'tree node with 100,000 transactions, pages asked for', value: pages, unit: 'pages', budget: 1, runs: [pages] }),
			figure({ name: 'tree node with 100,000 transactions, until it is open', unit: 'ms', runs: [opened] }),
		];
	},
};
