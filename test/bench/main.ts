// `npm run bench`: every row of the budgets, or those that are named (`npm run bench -- details hover`). Prints each figure with its budget, and
// writes all to `bench-results.json`. Ends with 1 when a budget is not kept. With `--readme` the figures go into the README.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../vscode/cache.ts';
import { npmCommand } from '../vscode/install.ts';
import { Bench, type Row } from './bench.ts';
import { type Figure, spread } from './figures.ts';
import { limitSign, withFigures } from './readme.ts';
import { activation } from './rows/activation.ts';
import { client } from './rows/client.ts';
import { code } from './rows/code.ts';
import { connections } from './rows/connections.ts';
import { details } from './rows/details.ts';
import { hiddenTree } from './rows/hidden-tree.ts';
import { hover } from './rows/hover.ts';
import { memory } from './rows/memory.ts';
import { message } from './rows/message.ts';
import { recognition } from './rows/recognition.ts';
import { store } from './rows/store.ts';
import { table } from './rows/table.ts';
import { tree } from './rows/tree.ts';
import { vsix } from './rows/vsix.ts';

/** In the order of the table of budgets; what is told and not judged comes last. */
const rows: readonly Row[] = [
	activation,
	details,
	code,
	vsix,
	client,
	connections,
	hover,
	recognition,
	table,
	tree,
	memory,
	hiddenTree,
	message,
	store,
];

function chosenRows(names: readonly string[]): readonly Row[] {
	const unknown = names.find((name) => !rows.some((row) => row.name === name));
	if (unknown !== undefined) {
		throw new Error(`There is no row "${unknown}"; there are ${rows.map(({ name }) => name).join(', ')}`);
	}
	return rows.filter(({ name }) => names.length === 0 || names.includes(name));
}

function machine(): string {
	const [cpu] = cpus();
	const memory = Math.round(totalmem() / 2 ** 30);
	return `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory} GB, ${type()} ${release()}, Node ${process.version}`;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

function printFigure({ name, value, unit, budget, limit, ok, runs, note }: Figure): void {
	const judged = budget === null ? '  told' : ok ? '✔ pass' : '✘ FAIL';
	const numbers = `${value} ${unit}${budget === null ? '' : ` (${limitSign(limit)} ${budget})`}`;
	const runsText = runs.length < 2 ? '' : `   ${runs.length} runs, ${spread(runs)}`;
	print(`${judged}  ${name.padEnd(62)} ${numbers}${runsText}${note === undefined ? '' : `\n          ${note}`}`);
}

const asked = process.argv.slice(2);
const chosen = chosenRows(asked.filter((name) => name !== '--readme'));
if (process.env.PARTNERO_VSIX === undefined) {
	const { file, args } = npmCommand();
	execFileSync(file, [...args, 'run', '--silent', 'package'], { cwd: projectRoot, stdio: ['ignore', 'ignore', 'inherit'] });
}
print(`On ${machine()}, load ${loadavg()[0]?.toFixed(2)}`);
const started = performance.now();
const figures: Figure[] = [];
await using bench = new Bench();
for (const row of chosen) {
	const begun = performance.now();
	const found = await row.measure(bench).catch((error: unknown): readonly Figure[] => {
		print(error instanceof Error ? (error.stack ?? error.message) : String(error));
		return [{ name: row.name, value: Number.NaN, unit: '', budget: null, ok: false, runs: [], note: 'could not be measured' }];
	});
	for (const one of found) {
		printFigure(one);
	}
	print(`          ${row.name} took ${((performance.now() - begun) / 1000).toFixed(1)} s, load ${loadavg()[0]?.toFixed(2)}`);
	figures.push(...found.map((one) => ({ ...one, spread: spread(one.runs), machine: machine(), load: loadavg()[0] })));
}
const file = path.join(projectRoot, 'bench-results.json');
writeFileSync(file, `${JSON.stringify(figures, undefined, '\t')}\n`);
if (asked.includes('--readme')) {
	const readme = path.join(projectRoot, 'README.md');
	writeFileSync(
		readme,
		withFigures(readFileSync(readme, 'utf8'), figures, `${cpus().length} cores, ${type()}, Node ${process.version}, headless Chromium`),
	);
}
const failed = figures.filter(({ ok }) => !ok).length;
print(
	`${figures.length - failed} passed, ${failed} failed, ${Math.round((performance.now() - started) / 1000)} s; all in bench-results.json`,
);
process.exitCode = failed === 0 ? 0 : 1;
