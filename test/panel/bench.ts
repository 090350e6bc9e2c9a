// `npm run bench`: the figures of the detail panel with 100,000 transactions, as the scale test takes them, into `bench-results.json`. Speed is
// no matter for tests: what it is on this machine stands there.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from '../mocha.ts';

const root = path.join(import.meta.dirname, '../..');
const collected = path.join(root, 'bench-results.json');
rmSync(collected, { force: true });
process.env.PARTNERO_BENCH_FILE = collected;
const { failed } = await runMocha({
	timeout: 120_000,
	load: async (mocha) => {
		mocha.addFile(path.join(import.meta.dirname, 'scale.test.ts'));
		await mocha.loadFilesAsync();
	},
});
const figures = readFileSync(collected, 'utf8')
	.trim()
	.split('\n')
	.map((line) => JSON.parse(line) as Readonly<Record<string, number>>);
writeFileSync(collected, `${JSON.stringify(figures, undefined, 2)}\n`);
process.stdout.write(`Written to ${path.relative(process.cwd(), collected)}\n`);
process.exit(failed === 0 ? 0 : 1);
