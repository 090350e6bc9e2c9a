// A customer with 100,000 transactions: the first rows are there at once, and scrolling is smooth.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ToApp, TransactionsMessage } from '../../src/panel/protocol.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { type BuiltApp, buildApp, openPanel } from './lab.ts';
import { holdParts, measureArrival, measureScale, partsOf } from './scale.ts';
import { alice, customerMessage, initMessage, transactions } from './scenarios.ts';

const count = 100_000;

describe('A customer with 100,000 transactions', function () {
	this.timeout(180_000);
	let browser: Browser;
	let app: BuiltApp;
	let parts: ToApp[];

	before(async () => {
		browser = await launchBrowser();
		app = await buildApp();
		parts = partsOf(transactions(count));
	});
	after(async () => browser.close());

	// What is held to the budgets is the time that the page's main thread works, which other programs on the machine hardly lengthen; where
	// they do, a second try tells. The times by the clock are reported; on an idle machine they keep to the same budgets.
	it('is shown within 150 ms of the data, scrolls at 30 frames a second and more, and keeps the document small', async () => {
		let figures = await measureScale(browser, app, parts);
		for (let tries = 1; tries < 3 && (figures.firstRowsWork > 150 || figures.p95FrameWork >= 33); tries += 1) {
			figures = await measureScale(browser, app, parts);
		}
		report({ ...figures });
		assert.ok(figures.firstRowsWork <= 150, `first rows after ${figures.firstRowsWork} ms`);
		assert.ok(figures.p95FrameWork < 33, `p95 frame ${figures.p95FrameWork} ms`);
		assert.ok(figures.nodes <= 2000, `${figures.nodes} nodes`);
	});

	it('keeps the document small on the tallest screen', async () => {
		const panel = await openPanel(browser, app, { width: 1400, height: 2160 });
		await panel.send(initMessage('customer_123'), customerMessage(alice), ...parts.slice(0, 2));
		await panel.page.evaluate('window.scrollTo(0, 20000)');
		await panel.settle();
		const nodes = await panel.page.evaluate<number>('document.querySelectorAll("*").length');
		assert.ok(nodes <= 2000, `${nodes} nodes`);
		await panel.page.context().close();
	});

	it('gives its memory back when the panel closes', async () => {
		const panel = await openPanel(browser, app, { height: 900 });
		const session = await panel.page.context().newCDPSession(panel.page);
		const heap = async () => {
			await session.send('HeapProfiler.collectGarbage');
			return (await session.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
		};
		const empty = await heap();
		await panel.send(initMessage('customer_123'), customerMessage(alice));
		await holdParts(panel, parts);
		await panel.page.evaluate(`${measureArrival}.first`);
		await panel.page.evaluate('window.arrival.all');
		await panel.page.evaluate('window.parts = undefined; window.arrival = undefined');
		const full = await heap();
		await panel.send({ ...(parts[0] as TransactionsMessage), epoch: 9, rows: [], loaded: 0 });
		const closed = await heap();
		report({ heapEmpty: empty, heapFull: full, heapAfterwards: closed });
		assert.ok(full - empty < 200, `${full - empty} MB for 100,000 rows`);
		assert.ok(closed - empty < 12, `${closed - empty} MB stayed`);
		await panel.page.context().close();
	});
});

function report(figures: Readonly<Record<string, number>>): void {
	const line = Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`);
	process.stdout.write(`      ${line.join(', ')}\n`);
}
