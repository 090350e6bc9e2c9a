// Recognition of customer keys in whole documents, against `indexOf` over the same text; and its growth on inputs that are made to hurt.
// Time of the processor is measured, which other programs on the machine hardly lengthen.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { findCustomerKeys } from '../../../src/recognition/index.ts';
import { labelledFiles } from '../../recognition/labelled.ts';
import type { Row } from '../bench.ts';
import { type Figure, figure, median } from '../figures.ts';
import { largeFile } from '../large-file.ts';

const rounds = 5;
const budgets = { rate: 20, growth: 2.5 };

function milliseconds(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return Math.max((user + system) / 1000, 0.001);
}

function repeated(text: string, length: number): string {
	return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

function throughput(name: string, text: string, languageId: string, budget?: number): Figure {
	const rates: number[] = [];
	const searches: number[] = [];
	const rate = (time: number) => text.length / 1e6 / (time / 1000);
	for (let round = 0; round < rounds; round += 1) {
		rates.push(rate(milliseconds(() => findCustomerKeys(text, { languageId }))));
		searches.push(rate(milliseconds(() => text.indexOf('customer key that is not there'))));
	}
	const share = median(rates) / median(searches);
	return figure({
		name: `recognition, ${name}`,
		unit: 'MB/s',
		...(budget === undefined ? {} : { budget, limit: 'least' as const }),
		runs: rates,
		note: `${(text.length / 1e6).toFixed(1)} MB; indexOf over it ${Math.round(median(searches))} MB/s, so 1/${Math.round(1 / share)} of that`,
	});
}

/** Pieces of which hostile documents are made by repeating them. */
const hostile: Readonly<Record<string, string>> = {
	'deep nesting': '{customer:[',
	'brackets that do not match': 'customer({)}]key',
	'unclosed strings': 'customer: "key\n key: \'x\n',
	'one long line': '{"customer":{"key":"a"},"amount":1},',
	'addresses alone': 'customers/',
	'quotes and backslashes': 'customer_key=\\"\\\\\\"\'"`',
	'one long name': 'customer.key.',
	'one long string': 'partnero customer key ',
	'open tags': '<customer key=',
};

/** How the time grows when a document doubles; 2 is linear. The least of several, since whatever disturbs only lengthens. */
function growth(piece: string): number {
	const text = (length: number) => repeated(piece, length);
	const [short, long] = [text(500_000), text(1_000_000)];
	const time = (document: string) => milliseconds(() => findCustomerKeys(document, { languageId: 'plaintext', aboutPartnero: true }));
	const short_ = [time(short)];
	const long_ = [time(long)];
	for (let round = 1; round < 3; round += 1) {
		short_.push(time(short));
		long_.push(time(long));
	}
	return Math.min(...long_) / Math.min(...short_);
}

export const recognition: Row = {
	name: 'recognition',
	measure: async () => {
		const bundled = readFileSync(createRequire(import.meta.url).resolve('esbuild'), 'utf8');
		const labelled = labelledFiles('given')
			.map(({ code }) => code)
			.join('\n\n');
		const growths = Object.entries(hostile).map(([name, piece]) => ({ name, ratio: growth(piece) }));
		const worst = growths.toSorted((one, other) => other.ratio - one.ratio)[0];
		return [
			throughput('an installed package', repeated(bundled, 4e6), 'javascript', budgets.rate),
			throughput('50,000 lines, a key every 1,000', largeFile(50_000, 1000), 'typescript', budgets.rate),
			throughput('50,000 lines, a key every 100', largeFile(50_000, 100), 'typescript', budgets.rate),
			figure({
				name: 'recognition, growth on the worst of the hostile inputs, 1 MB against 500 kB',
				value: worst?.ratio ?? Number.NaN,
				unit: '×',
				budget: budgets.growth,
				runs: growths.map(({ ratio }) => ratio),
				note: `2 is linear; the worst is ${worst?.name}`,
			}),
			// Denser in keys than any document: every line is a case of its own.
			throughput('the labelled files one after another', repeated(labelled, 4e6), 'typescript'),
		];
	},
};
