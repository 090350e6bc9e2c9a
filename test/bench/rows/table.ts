// The detail panel with 100,000 transactions, in a bare headless browser.

import { buildApp } from '../../panel/lab.ts';
import { measureScale, partsOf, type ScaleFigures } from '../../panel/scale.ts';
import { transactions } from '../../panel/scenarios.ts';
import { launchBrowser } from '../../vscode/browser.ts';
import type { Row } from '../bench.ts';
import { figure, median } from '../figures.ts';

const rounds = 3;

export const table: Row = {
	name: 'table',
	measure: async () => {
		await using browser = await launchBrowser();
		const app = await buildApp();
		const parts = partsOf(transactions(100_000));
		const found: ScaleFigures[] = [];
		for (let round = 0; round < rounds; round += 1) {
			found.push(await measureScale(browser, app, parts));
		}
		const runs = (name: keyof ScaleFigures) => found.map((figures) => figures[name]);
		const work = (name: keyof ScaleFigures) => `of that ${median(runs(name)).toFixed(1)} ms are the page's own work`;
		const what = 'table of 100,000 transactions';
		return [
			figure({ name: `${what}, first rows`, unit: 'ms', budget: 150, runs: runs('firstRows'), note: work('firstRowsWork') }),
			figure({
				name: `${what}, p95 frame while scrolling`,
				unit: 'ms',
				budget: 33,
				limit: 'below',
				runs: runs('p95Frame'),
				note: work('p95FrameWork'),
			}),
			figure({ name: `${what}, elements in the document`, unit: 'elements', budget: 2000, runs: runs('nodes') }),
			figure({ name: `${what}, all of them there`, unit: 'ms', runs: runs('allRows') }),
			figure({ name: `${what}, a letter typed into the filter`, unit: 'ms', runs: runs('filter') }),
		];
	},
};
