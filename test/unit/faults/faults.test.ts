// Every fault that the laboratory knows, from the wire to the sentence that the user reads; then the table of it all in CONTRIBUTING.md.
import assert from 'node:assert/strict';
import { bodies } from './bodies.ts';
import { heads, waits } from './headers.ts';
import { FaultLaboratory, type FaultRow, type Question, type SeenRow } from './laboratory.ts';
import { lists } from './lists.ts';
import { network } from './network.ts';
import { checks, customerLists, searches } from './otherQuestions.ts';
import { errorBodies, statuses } from './statuses.ts';
import { faultTables, writeTables, writtenTables } from './table.ts';

interface Area {
	readonly title: string;
	readonly question: Question;
	readonly rows: readonly FaultRow[];
}

const areas: readonly Area[] = [
	{ title: 'A customer: the status', question: 'customer', rows: statuses },
	{ title: 'A customer: the body of a refusal', question: 'customer', rows: errorBodies },
	{ title: 'A customer: the body of a 200', question: 'customer', rows: bodies },
	{ title: 'A customer: how long to wait', question: 'customer', rows: waits },
	{ title: 'A customer: the head of the answer', question: 'customer', rows: heads },
	{ title: 'A customer: the network', question: 'customer', rows: network },
	{ title: 'All transactions of a customer', question: 'transactions', rows: lists },
	{ title: 'The list of customers', question: 'customers', rows: customerLists },
	{ title: 'The search for an e-mail address', question: 'search', rows: searches },
	{ title: 'The check of an API key', question: 'check', rows: checks },
];

/** So many faults the issue of this laboratory asked for. */
const fewest = 80;

describe('Whatever goes wrong between Partnero and the user', () => {
	const seen = new Map<FaultRow, Promise<SeenRow>>();
	let laboratory: FaultLaboratory;

	before(async function () {
		this.timeout(60_000);
		laboratory = await FaultLaboratory.open();
		const timed = areas
			.flatMap(({ question, rows }) => rows.map((row) => ({ question, row })))
			.filter(({ row }) => row.timeout !== undefined);
		for (const { question, row } of timed) {
			// Those that are about time wait side by side, each before a Partnero of its own, and with nothing else to keep them.
			seen.set(row, proveAlone(question, row));
		}
		await Promise.allSettled(seen.values());
	});
	after(() => laboratory[Symbol.asyncDispose]());

	for (const { title, question, rows } of areas) {
		describe(title, () => {
			for (const row of rows) {
				it(`${row.fault}: ${row.sees.slice(0, 80)}`, async () => {
					const proved = seen.get(row) ?? laboratory.prove(question, row);
					seen.set(row, proved);
					await proved;
				});
			}
		});
	}

	it('is many faults, each once', () => {
		for (const { rows } of areas) {
			assert.equal(new Set(rows.map(({ fault }) => fault)).size, rows.length);
		}
		assert.ok(areas.flatMap(({ rows }) => rows).length >= fewest);
	});

	// Mocha runs what stands in a suite of its own last.
	describe('is told to whoever works on it', () => {
		it('stands in the table of CONTRIBUTING.md as it was seen', async function () {
			const all = areas.flatMap(({ rows }) => rows);
			const results = await Promise.allSettled(seen.values());
			if (seen.size < all.length || results.some(({ status }) => status === 'rejected')) {
				// A part of the run, or one that failed, makes no table.
				this.skip();
			}
			const proved = await Promise.all(
				areas.map(async ({ title, rows }) => ({
					title,
					seen: (await Promise.all(rows.map((row) => seen.get(row)))).filter((row) => row !== undefined),
				})),
			);
			const tables = faultTables(proved);
			if (process.env.npm_lifecycle_event === 'faults') {
				writeTables(tables);
			}
			assert.equal(writtenTables(), tables.trim(), 'The table in CONTRIBUTING.md is not what was seen: write it anew by "npm run faults"');
		});
	});
});

async function proveAlone(question: Question, row: FaultRow): Promise<SeenRow> {
	await using own = await FaultLaboratory.open();
	return await own.prove(question, row);
}
