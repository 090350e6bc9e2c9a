// A hover over a known customer's key in a file of 50,000 lines, from the cache, by the packed editor features inside the extension host.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Row } from '../bench.ts';
import { figure, median, quantile } from '../figures.ts';
import { largeFile } from '../large-file.ts';

const lines = 50_000;
const every = 100;
const hovers = 2_000;
const edits = 30;
const rounds = 3;

export const hover: Row = {
	name: 'hover',
	measure: async (bench) => {
		const window = await bench.window();
		const file = path.join(window.session.workspace, 'large.ts');
		const text = largeFile(lines, every);
		await writeFile(file, text);
		const p99: number[] = [];
		const p50: number[] = [];
		const afterEdit: number[] = [];
		for (let round = 0; round < rounds; round += 1) {
			const found = await window.runTask({ task: 'hover', file, hovers, edits });
			if (found.cards !== hovers + edits) {
				throw new Error(`${found.cards} cards of ${hovers + edits}`);
			}
			p99.push(quantile(found.cached, 0.99));
			p50.push(median(found.cached));
			afterEdit.push(median(found.afterEdit));
		}
		return [
			figure({
				name: 'hover from the cache in 50,000 lines, p99',
				unit: 'ms',
				budget: 1,
				runs: p99,
				note: `${(text.length / 1e6).toFixed(1)} MB, ${lines / every} keys, ${hovers} hovers a run; median ${median(p50).toFixed(3)} ms`,
			}),
			figure({ name: 'hover, the first one after an edit of that file', unit: 'ms', runs: afterEdit }),
		];
	},
};
