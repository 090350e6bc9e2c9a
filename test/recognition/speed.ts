// How fast recognition is: `node test/recognition/speed.ts`. Prints throughput on ordinary sources beside that of `indexOf`, the time of a hover in
// a file of 50,000 lines, and how time grows when hostile inputs double. CPU time of all threads is measured, garbage collection included.
// `node test/recognition/speed.ts 'deep nesting'` measures the growth of one input alone.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { aboutPartnero, customerKeyAt, findCustomerKeys } from '../../src/recognition/index.ts';
import { HOSTILE } from './hostile.ts';
import { labelledFiles } from './labelled.ts';

const require = createRequire(import.meta.url);
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Milliseconds of CPU, the best of several runs. */
function cpu(runs: number, work: () => void): number {
	let best = Number.POSITIVE_INFINITY;
	for (let run = 0; run < runs; run += 1) {
		const before = process.cpuUsage();
		work();
		const used = process.cpuUsage(before);
		best = Math.min(best, (used.user + used.system) / 1000);
	}
	return Math.max(best, 0.001);
}

function repeated(text: string, length: number): string {
	return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

function throughput(name: string, text: string, languageId: string): void {
	const recognition = cpu(5, () => findCustomerKeys(text, { languageId }));
	const search = cpu(5, () => text.indexOf('customer key that is not there'));
	const rate = (milliseconds: number) => (text.length / 1e6 / (milliseconds / 1000)).toFixed(1).padStart(8);
	const keys = findCustomerKeys(text, { languageId }).length;
	print(
		`  ${name.padEnd(44)}${(text.length / 1e6).toFixed(1)} MB ${String(keys).padStart(6)} keys ${rate(recognition)} MB/s   indexOf ${rate(search)} MB/s`,
	);
}

/** An ordinary source of so many lines: module after module of an installed package, with Partnero code every so many lines. */
function largeFile(lines: number, every: number): string {
	const ordinary = readFileSync(require.resolve('fast-check'), 'utf8').split('\n');
	const partnero = "await partnero.post('/transactions', { customer: { key: 'user_4821' }, key: 'order-7', amount: 49 });";
	const typescript = readFileSync(require.resolve('esbuild'), 'utf8').split('\n');
	const pool = [...ordinary, ...typescript];
	return Array.from({ length: lines }, (_, line) => (line % every === every - 1 ? partnero : (pool[line % pool.length] ?? ''))).join('\n');
}

function hovers(name: string, text: string, about: boolean | undefined): void {
	const options = { languageId: 'typescript', ...(about === undefined ? {} : { aboutPartnero: about }) };
	const keys = findCustomerKeys(text, options).map((match) => match.start);
	const offsets = Array.from({ length: 2000 }, (_, index) =>
		index % 2 === 0 && keys.length > 0 ? (keys[(index * 7919) % keys.length] ?? 0) : (index * 104_729) % text.length,
	);
	for (const offset of offsets.slice(0, 300)) {
		customerKeyAt(text, offset, options);
	}
	const times = offsets
		.map((offset) => {
			const before = performance.now();
			customerKeyAt(text, offset, options);
			return performance.now() - before;
		})
		.sort((a, b) => a - b);
	const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(3);
	print(`  ${name.padEnd(44)}${keys.length} keys   p50 ${at(0.5)} ms   p99 ${at(0.99)} ms   max ${at(1)} ms`);
}

/** Sizes that hostile inputs are measured at, each twice the one before, in UTF-16 units. */
const SIZES = [1.25e6, 2.5e6, 5e6, 10e6] as const;
const ROUNDS = 3;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/**
 * How the time of one hostile input grows. It has this process for itself, so that no other input has shaped the compiled code or the heap; the
 * code is warm; garbage of the run before is collected before the clock starts; the sizes take turns, so that a slower moment of the machine
 * meets all of them; and the medians of the turns are compared.
 */
function growth(name: string): void {
	const make = HOSTILE[name];
	if (make === undefined) {
		throw new Error(`No hostile input is called ${name}`);
	}
	const collect = (globalThis as { gc?: () => void }).gc;
	const options = { languageId: 'plaintext', aboutPartnero: true };
	const texts = SIZES.map((size) => make(size));
	for (let run = 0; run < 3; run += 1) {
		findCustomerKeys(make(6e5), options);
	}
	const times: number[][] = SIZES.map(() => []);
	for (let round = 0; round < ROUNDS; round += 1) {
		texts.forEach((text, index) => {
			collect?.();
			times[index]?.push(cpu(1, () => findCustomerKeys(text, options)));
		});
	}
	const medians = times.map(median);
	const ratios = medians.slice(1).map((time, index) => time / (medians[index] ?? 1));
	const cells = [...medians.map((time) => `${time.toFixed(0)} ms`.padStart(9)), ...ratios.map((ratio) => ratio.toFixed(2).padStart(7))];
	print(`  ${name.padEnd(44)}${cells.join('')}`);
}

if (process.argv[2] !== undefined) {
	growth(process.argv[2]);
} else {
	everything();
}

function everything(): void {
	print('throughput');
	const labelled = labelledFiles('given').map((file) => file.code);
	throughput('an installed package, bundled', repeated(readFileSync(require.resolve('esbuild'), 'utf8'), 4e6), 'javascript');
	throughput('50,000 lines, Partnero code every 1,000', largeFile(50_000, 1000), 'typescript');
	throughput('50,000 lines, Partnero code every 100', largeFile(50_000, 100), 'typescript');
	throughput('the labelled files one after another', repeated(labelled.join('\n\n'), 4e6), 'typescript');

	print('hover in 50,000 lines');
	const large = largeFile(50_000, 100);
	hovers('about Partnero is worked out each time', large, undefined);
	hovers('about Partnero is known', large, aboutPartnero(large));
	hovers('nothing to do with Partnero', large.replaceAll('partnero', 'supplier'), undefined);

	const sizes = SIZES.map((size) => `${size / 1e6} MB`.padStart(9)).join('');
	print(`growth: medians of ${ROUNDS} turns, and each over the one before\n  ${''.padEnd(44)}${sizes}`);
	for (const name of Object.keys(HOSTILE)) {
		execFileSync(process.execPath, ['--expose-gc', import.meta.filename, name], { stdio: 'inherit' });
	}
}
