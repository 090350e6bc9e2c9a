// What the Customers view costs while nobody looks at it: no code is loaded for it and nothing is asked, at the start and when customers are
// looked up.
import type { Row } from '../bench.ts';
import { figure } from '../figures.ts';

export const hiddenTree: Row = {
	name: 'hidden-tree',
	measure: async (bench) => {
		const window = await bench.window();
		const { workbench, sandbox } = window;
		await window.reloadWithoutView();
		sandbox.requests.clear();
		const atStart = await window.runTask({ task: 'loaded' });
		const askedAtStart = sandbox.requests.count;
		await workbench.lookUp('customer_123');
		await workbench.webviewPanel('customer_123').content.locator('h1').waitFor();
		await workbench.webviewPanel('customer_123').content.locator('.row.transaction').first().waitFor();
		const later = await window.runTask({ task: 'loaded' });
		await workbench.closeAllEditors();
		const forTree = (bundles: readonly string[]) => bundles.filter((name) => name === 'explorer').length;
		const lists = sandbox.requests.entries.filter(({ path }) => /\/customers\?/.test(path)).length;
		const cost = forTree(atStart.bundles) + forTree(later.bundles) + askedAtStart + lists;
		return [
			figure({
				name: 'hidden tree, bundles loaded and requests made for it',
				value: cost,
				unit: 'bundles and requests',
				budget: 0,
				runs: [cost],
				note: `loaded after the start: ${atStart.bundles.join(', ')}; after a look-up: ${later.bundles.join(', ')}`,
			}),
		];
	},
};
