// A customer with 100,000 transactions: the first rows are there at once, and scrolling is smooth.
import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import type { LoadedTransaction } from '../../src/customers/types.ts';
import type { ToApp, TransactionsMessage } from '../../src/panel/protocol.ts';
import { TransactionFeed } from '../../src/panel/transactionFeed.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { type BuiltApp, buildApp, openPanel, type PanelPage } from './lab.ts';
import { alice, customerMessage, initMessage, transactions } from './scenarios.ts';

const count = 100_000;

/** Milliseconds, and a count of elements. */
interface Figures {
	/** From the data to the rows on the screen: by the clock, and of the page's own work. */
	readonly firstRows: number;
	readonly firstRowsWork: number;
	/** Until all 100,000 have arrived. */
	readonly allRows: number;
	/** The 95th percentile of frames while scrolling: by the clock, and of the page's own work. */
	readonly p95Frame: number;
	readonly p95FrameWork: number;
	readonly nodes: number;
	/** From a letter typed into the filter to the rows that it leaves. */
	readonly filter: number;
}

function median(times: readonly number[]): number {
	return times.toSorted((left, right) => left - right)[times.length >> 1] ?? 0;
}

function p95(frames: readonly number[]): number {
	return frames.toSorted((left, right) => left - right)[Math.floor(frames.length * 0.95)] ?? Number.POSITIVE_INFINITY;
}

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
		let figures = await measure();
		for (let tries = 1; tries < 3 && (figures.firstRowsWork > 150 || figures.p95FrameWork >= 33); tries += 1) {
			figures = await measure();
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

	async function measure(): Promise<Figures> {
		const panel = await openPanel(browser, app, { height: 900 });
		const work = await workOf(panel);
		await panel.send(initMessage('customer_123'), customerMessage(alice));
		await holdParts(panel, parts);
		const before = await work();
		const { first: firstRows } = await panel.page.evaluate<{ first: number }>(`${measureArrival}.first`);
		const firstRowsWork = (await work()) - before;
		const allRows = await panel.page.evaluate<number>('window.arrival.all');
		const frames = await panel.page.evaluate<number[]>(measureScrolling);
		const step = async (script: string) => {
			const start = await work();
			await panel.page.evaluate(`${script}; new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))`);
			return (await work()) - start;
		};
		const idle: number[] = [];
		const worked: number[] = [];
		for (let count = 1; count <= 120; count += 1) {
			// What the measuring itself costs is taken off.
			idle.push(await step(''));
			worked.push(await step(`window.scrollBy(0, ${count % 30 === 0 ? -200_000 : 240})`));
		}
		const p95FrameWork = p95(worked) - median(idle);
		const nodes = await panel.page.evaluate<number>('document.querySelectorAll("*").length');
		const filter = await panel.page.evaluate<number>(measureFilter);
		assert.deepEqual(panel.complaints, []);
		await panel.page.context().close();
		return { firstRows, firstRowsWork, allRows, p95Frame: p95(frames), p95FrameWork, nodes, filter };
	}

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

/** The list in the parts that the host sends. */
function partsOf(rows: readonly LoadedTransaction[]): ToApp[] {
	const sent: TransactionsMessage[] = [];
	const feed = new TransactionFeed((message) => sent.push(message));
	feed.update(rows, { complete: true, unreadable: 0, age: 0, loading: false, loadingAll: false, watched: false });
	for (let last = sent.at(-1); last !== undefined && last.start + last.rows.length < rows.length; last = sent.at(-1)) {
		feed.received(last.epoch, last.start + last.rows.length);
	}
	return sent;
}

/** Puts the parts into the page, where the measurement finds them. */
async function holdParts(panel: PanelPage, parts: readonly ToApp[]): Promise<void> {
	await panel.page.evaluate('window.parts = []');
	for (const part of parts) {
		await panel.page.evaluate(`window.parts.push(${JSON.stringify(part)})`);
	}
}

function report(figures: Readonly<Record<string, number>>): void {
	const line = Object.entries(figures).map(([name, value]) => `${name} ${Math.round(value * 10) / 10}`);
	process.stdout.write(`      ${line.join(', ')}\n`);
	if (process.env.PARTNERO_BENCH_FILE !== undefined) {
		appendFileSync(process.env.PARTNERO_BENCH_FILE, `${JSON.stringify(figures)}\n`);
	}
}

/** Reads the time, in milliseconds, that the page's main thread has worked so far. */
async function workOf(panel: PanelPage): Promise<() => Promise<number>> {
	const session = await panel.page.context().newCDPSession(panel.page);
	await session.send('Performance.enable', { timeDomain: 'threadTicks' });
	return async () => {
		const { metrics } = await session.send('Performance.getMetrics');
		return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
	};
}

/**
 * Plays the host: sends the first part, and a quarter of a second after its rows are painted each next part when the app has taken the one
 * before. `window.arrival.first` resolves when the first rows are painted, `.all` when everything is there: both with milliseconds.
 */
const measureArrival = `(window.arrival = (() => {
	const started = performance.now();
	let restarted;
	let next = 1;
	let landed;
	const all = new Promise((done) => { landed = done; });
	const sendNext = () => {
		if (restarted !== undefined && next < window.parts.length) {
			window.postMessage(window.parts[next++], '*');
		} else if (next === window.parts.length) {
			requestAnimationFrame(() => requestAnimationFrame(() => landed(performance.now() - restarted)));
		}
	};
	const post = window.sentToHost.push.bind(window.sentToHost);
	window.sentToHost.push = (message) => {
		if (message.type === 'received') {
			sendNext();
		}
		return post(message);
	};
	const first = new Promise((done) => {
		const look = () => {
			if (document.querySelector('.row.transaction') === null) {
				requestAnimationFrame(look);
				return;
			}
			// A message is handled after the frame that was just prepared is painted.
			const channel = new MessageChannel();
			channel.port1.onmessage = () => {
				done({ first: performance.now() - started });
				setTimeout(() => { restarted = performance.now(); sendNext(); }, 250);
			};
			channel.port2.postMessage(undefined);
		};
		requestAnimationFrame(look);
	});
	window.postMessage(window.parts[0], '*');
	return { first, all };
})())`;

/** Scrolls through the list, by wheels and by leaps; resolves with the length of each frame. */
const measureScrolling = `new Promise((done) => {
	const frames = [];
	let last = performance.now();
	let step = 0;
	const scroll = () => {
		const now = performance.now();
		frames.push(now - last);
		last = now;
		step += 1;
		if (step > 300) { done(frames.slice(1)); return; }
		window.scrollBy(0, step % 50 === 0 ? 200000 : 240);
		requestAnimationFrame(scroll);
	};
	requestAnimationFrame(scroll);
})`;

/** Types into the filter; resolves with the time until the rows are drawn. */
const measureFilter = `new Promise((done) => {
	const field = document.querySelector('vscode-textfield');
	const started = performance.now();
	field.value = 'txn_0999';
	field.dispatchEvent(new InputEvent('input', { bubbles: true }));
	requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
})`;
