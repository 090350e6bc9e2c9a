// One look-up by the packed client over a warm connection on loopback, against a bare keep-alive request and against `fetch`, one after the
// other in turn, all inside the extension host. The bare request ends with the text of the answer, which is the least that asking can cost;
// `fetch` ends with its JSON, since that is how one would ask for a customer by it: it reads no fields, keeps no limits and has no time-out.
import type { Row } from '../bench.ts';
import { figure, median, quantile } from '../figures.ts';

const lookUps = 400;
/** The engine has compiled all three by then. */
const warmUp = 1000;
const budgets = { bare: 2, fetch: 1 };

export const client: Row = {
	name: 'client',
	measure: async (bench) => {
		const window = await bench.window();
		const { baseUrl, apiKey } = window.sandbox;
		const keys = Array.from({ length: warmUp + lookUps }, () => 'customer_123');
		const times = await window.runTask({ task: 'client', baseUrl, apiKey, keys, warmUp });
		const [ours, bare, fetched] = [median(times.client), median(times.bare), median(times.fetch)];
		const p99 = quantile(times.client, 0.99).toFixed(2);
		// On a busy machine the quick ones tell more: nothing came between.
		const quick = (['client', 'bare', 'fetch'] as const).map((way) => quantile(times[way], 0.1).toFixed(2)).join(', ');
		// The many runs are told by their deciles.
		const deciles = (runs: readonly number[]) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => quantile(runs, tenth / 10));
		return [
			figure({
				name: 'client, against a bare keep-alive request',
				value: ours / bare,
				unit: '×',
				budget: budgets.bare,
				runs: deciles(times.client.map((time, index) => time / (times.bare[index] ?? Number.NaN))),
				note: `medians of ${lookUps}: client ${ours.toFixed(2)} ms, bare ${bare.toFixed(2)} ms, fetch ${fetched.toFixed(2)} ms; client p99 ${p99} ms; the quickest tenth is under ${quick} ms`,
			}),
			figure({
				name: 'client, against fetch and its JSON',
				value: ours / fetched,
				unit: '×',
				budget: budgets.fetch,
				limit: 'below',
				runs: deciles(times.client.map((time, index) => time / (times.fetch[index] ?? Number.NaN))),
			}),
		];
	},
};
