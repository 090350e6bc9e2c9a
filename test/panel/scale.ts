// Measures the detail panel with very many transactions in a bare browser: for the test that holds it to its budgets, and for the bench.
import type { Browser } from 'playwright-core';
import type { LoadedTransaction } from '../../src/customers/types.ts';
import type { ToApp, TransactionsMessage } from '../../src/panel/protocol.ts';
import { TransactionFeed } from '../../src/panel/transactionFeed.ts';
import { type BuiltApp, openPanel, type PanelPage } from './lab.ts';
import { alice, customerMessage, initMessage } from './scenarios.ts';

/** Milliseconds, and a count of elements. */
export interface ScaleFigures {
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

/** Opens the panel, gives it the list and scrolls, filters and counts. */
export async function measureScale(browser: Browser, app: BuiltApp, parts: readonly ToApp[]): Promise<ScaleFigures> {
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
	if (panel.complaints.length > 0) {
		throw new Error(panel.complaints.join('\n'));
	}
	await panel.page.context().close();
	return { firstRows, firstRowsWork, allRows, p95Frame: p95(frames), p95FrameWork, nodes, filter };
}

/** The list in the parts that the host sends. */
export function partsOf(rows: readonly LoadedTransaction[]): ToApp[] {
	const sent: TransactionsMessage[] = [];
	const feed = new TransactionFeed((message) => sent.push(message));
	feed.update(rows, { complete: true, unreadable: 0, age: 0, loading: false, loadingAll: false, watched: false });
	for (let last = sent.at(-1); last !== undefined && last.start + last.rows.length < rows.length; last = sent.at(-1)) {
		feed.received(last.epoch, last.start + last.rows.length);
	}
	return sent;
}

/** Puts the parts into the page, where the measurement finds them. */
export async function holdParts(panel: PanelPage, parts: readonly ToApp[]): Promise<void> {
	await panel.page.evaluate('window.parts = []');
	for (const part of parts) {
		await panel.page.evaluate(`window.parts.push(${JSON.stringify(part)})`);
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
export const measureArrival = `(window.arrival = (() => {
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
	const field = document.querySelector('.filter-text input');
	const started = performance.now();
	field.value = 'txn_0999';
	field.dispatchEvent(new InputEvent('input', { bubbles: true }));
	requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - started)));
})`;
