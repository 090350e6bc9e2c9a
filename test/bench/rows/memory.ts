// How much the extension host grows by when 10,000 customers are looked up by the installed extension, after a collection.
import type { Row } from '../bench.ts';
import { figure } from '../figures.ts';

const customers = 10_000;
const budget = 15;

export const memory: Row = {
	name: 'memory',
	measure: async (bench) => {
		const window = await bench.window();
		await window.reload();
		const keys = [...window.sandbox.customerKeys()].filter((key) => /^[\w@.-]+$/.test(key)).slice(0, customers + 1);
		const [warmUp = '', ...all] = keys;
		const before = await window.runTask({ task: 'memory' });
		// The code for it is loaded by the first one, which is told apart.
		await window.runTask({ task: 'lookUpAll', keys: [warmUp] });
		const loaded = await window.runTask({ task: 'memory' });
		window.sandbox.requests.clear();
		const { shown } = await window.runTask({ task: 'lookUpAll', keys: all });
		const asked = window.sandbox.requests.count;
		const after = await window.runTask({ task: 'memory' });
		// Rows before this one may have left a few of them in the cache.
		if (shown !== customers || asked < 0.99 * customers) {
			throw new Error(`${shown} cards and ${asked} requests for ${customers} customers`);
		}
		const megabytes = (bytes: number) => bytes / 1e6;
		const grown = megabytes(after.used - before.used);
		const resident = megabytes(after.rss - before.rss).toFixed(1);
		const code = megabytes(loaded.used - before.used).toFixed(1);
		return [
			figure({
				name: 'memory for 10,000 looked-up customers',
				value: grown,
				unit: 'MB',
				budget,
				runs: [grown],
				note: `of that ${code} MB came with the first one, code included; resident memory, which is given back late, ${resident} MB`,
			}),
		];
	},
};
