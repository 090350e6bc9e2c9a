// What the customer store costs with 100,000 transactions of one customer, inside the extension host.
import { sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import type { Row } from '../bench.ts';
import { figure, median, quantile } from '../figures.ts';

const transactions = 100_000;

export const store: Row = {
	name: 'store',
	measure: async (bench) => {
		const window = await bench.window();
		await using sandbox = await startSandbox();
		const { baseUrl, apiKey } = sandbox;
		const found = await window.runTask({ task: 'store', baseUrl, apiKey, key: sampleKeys.hundredThousand, transactions });
		if (found.rows !== transactions) {
			throw new Error(`${found.rows} rows of ${transactions}`);
		}
		const tenth = (share: number) => found.page.slice(Math.floor(found.page.length * share), Math.floor(found.page.length * (share + 0.1)));
		return [
			figure({ name: 'store with 100,000 transactions, memory', value: found.bytes / 1e6, unit: 'MB', runs: [found.bytes / 1e6] }),
			figure({
				name: 'store with 100,000 transactions, all pages through the client',
				value: found.filling / 1000,
				unit: 's',
				runs: [found.filling / 1000],
				note: `one page: median ${median(found.page).toFixed(1)} ms; of the first tenth ${median(tenth(0)).toFixed(1)} ms, of the last ${median(tenth(0.9)).toFixed(1)} ms`,
			}),
			figure({
				name: 'store with 100,000 transactions, one look at them',
				unit: 'ms',
				runs: [1, 2, 3, 4, 5, 6, 7, 8, 9].map((share) => quantile(found.peek, share / 10)),
			}),
		];
	},
};
