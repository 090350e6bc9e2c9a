// An assistant reads a customer's transactions: part by part, none twice, none lost, and sums that are called totals only when they are.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { PartneroClient } from '../../../src/partnero/index.ts';
import type { Page, Transaction } from '../../../src/partnero/types.ts';
import { type Sandbox, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { cursorTo, pageOf, ScriptedClient, transactionOf } from '../customers/scriptedClient.ts';
import { type Answer, type Ask, Desk, listTransactions } from './desk.ts';

const alice = { customer_key: sampleKeys.documented };
/** A store that asked again for the first page, or forgot everything, between two calls. */
type Between = 'nothing' | 'refreshed' | 'forgotten' | 'arrived';

/** A Partnero whose customers all have these transactions, in pages of that size. */
class ListClient extends ScriptedClient implements PartneroClient {
	rows: readonly Transaction[];
	private readonly size: number;

	constructor(count: number, size: number) {
		super();
		this.rows = Array.from({ length: count }, (_, index) => sale(`t${index}`));
		this.size = size;
	}

	override async *listCustomerTransactions(
		_key: string,
		{ from }: { readonly from?: { readonly page: number } | undefined } = {},
	): AsyncIterable<Page<Transaction>> {
		const start = from?.page ?? 0;
		const end = start + this.size;
		yield pageOf(this.rows.slice(start, end), end < this.rows.length ? cursorTo(end) : undefined);
	}
}

function sale(key: string): Transaction {
	return transactionOf(key, { value: '0.1', units: 'USD', createdAt: '2026-01-01T00:00:00.000000Z' });
}

/** Reads a list to its end as a model does, with what happens between two of its calls. */
async function readAll(
	desk: Desk,
	limit: number,
	between: (calls: number) => Promise<void> | void = () => undefined,
	ask: Ask = {},
): Promise<readonly Answer[]> {
	const answers: Answer[] = [];
	let cursor: string | undefined;
	do {
		const answer = await desk.ask(listTransactions, { ...alice, limit, ...(cursor === undefined ? {} : { cursor }) }, ask);
		answers.push(answer);
		assert.ok(answers.length < 2000, 'the list never ends');
		cursor = answer.next_cursor;
		if (cursor !== undefined) {
			await between(answers.length);
		}
	} while (cursor !== undefined);
	return answers;
}

function keysOf(answers: readonly Answer[]): readonly unknown[] {
	return answers.flatMap(({ transactions = [] }) => transactions.map(({ key }) => key));
}

describe('An assistant that reads transactions', () => {
	let sandbox: Sandbox;
	let desk: Desk;

	before(async () => {
		sandbox = await startSandbox({ programName: 'ACME' });
	});
	beforeEach(() => {
		desk = new Desk(sandbox);
	});
	afterEach(() => {
		desk.close();
		sandbox.faults.clear();
		sandbox.requests.clear();
	});
	after(() => sandbox.close());

	it('gets 20 of 130 with one request, is told that there are more, and is given no total', async () => {
		const answer = await desk.ask(listTransactions, alice);
		assert.equal(answer.transactions?.length, 20);
		assert.equal(answer.complete, false);
		assert.equal(answer.rows, '1 to 20, in the order of Partnero');
		assert.equal(answer.totals, undefined);
		assert.equal(answer.sums_so_far?.transactions, 100);
		assert.match(answer.sums_so_far_are ?? '', /^Sums of the 100 transactions loaded so far, not totals/);
		assert.equal(sandbox.requests.count, 1);
	});

	it('gets all 130, none twice, with totals at the end, from the two pages of Partnero', async () => {
		const answers = await readAll(desk, 50);
		assert.deepEqual(
			answers.map(({ rows }) => rows),
			['1 to 50, in the order of Partnero', '51 to 100, in the order of Partnero', '101 to 130 of 130, in the order of Partnero'],
		);
		assert.equal(new Set(keysOf(answers)).size, 130);
		const last = answers.at(-1);
		assert.deepEqual([last?.complete, last?.next_cursor, last?.sums_so_far], [true, undefined, undefined]);
		assert.equal(last?.totals?.transactions, 130);
		assert.equal(sandbox.requests.count, 2);
	});

	it('goes on in a list that has become old, which is not begun anew', async () => {
		desk.timeToLive = 0;
		assert.equal(new Set(keysOf(await readAll(desk, 50))).size, 130);
		assert.equal(sandbox.requests.count, 2);
	});

	it('sees amounts as Partnero wrote them, and what became of the rewards', async () => {
		const { transactions = [], totals } = await desk.ask(listTransactions, { customer_key: sampleKeys.rewards, limit: 100 });
		const statuses = new Set(transactions.flatMap(({ rewards }) => (rewards as { status?: string }[]).map(({ status }) => status)));
		for (const status of ['ok', 'review_period', 'rejected']) {
			assert.ok(statuses.has(status), status);
		}
		assert.ok(totals !== undefined && 'rewards' in totals);
		const documented = keysOf(await readAll(desk, 100));
		assert.equal(documented.at(-1), 'transaction_123');
	});

	it('never sees different units in one sum', async () => {
		const { totals } = await desk.ask(listTransactions, { customer_key: sampleKeys.currencies, limit: 100 });
		const units = totals?.sales?.map((sum) => sum.units) ?? [];
		assert.ok(units.includes('USD') && units.includes('JPY'));
		assert.ok(units.length > 3);
	});

	it('gets small rows, and every field only where it asks for that', async () => {
		const [row] = (await desk.ask(listTransactions, { ...alice, limit: 1 })).transactions ?? [];
		assert.deepEqual(Object.keys(row ?? {}), ['key', 'action', 'amount', 'units', 'created_at', 'rewards']);
		const [whole] = (await desk.ask(listTransactions, { ...alice, limit: 1, detail: true })).transactions ?? [];
		assert.ok(whole !== undefined && 'is_currency' in whole && 'partner' in whole);
		const usual = await desk.ask(listTransactions, { ...alice, limit: 100 });
		assert.ok(JSON.stringify(usual).length < 30_000, String(JSON.stringify(usual).length));
	});

	it('gets at most 100 at once, and at least one, whatever number it names', async () => {
		for (const [limit, count] of [
			[1_000_000, 100],
			[0, 1],
			[-5, 1],
			[2.9, 2],
			['7', 20],
		] as const) {
			assert.equal((await desk.ask(listTransactions, { ...alice, limit })).transactions?.length, count);
		}
	});

	it('is told that there are none', async () => {
		const answer = await desk.ask(listTransactions, { customer_key: sampleKeys.noTransactions });
		assert.deepEqual([answer.found, answer.complete, answer.rows, answer.transactions], [true, true, 'none', []]);
		assert.equal(answer.totals?.transactions, 0);
	});

	it('reads 1,000 of 100,000 transactions, each once, with a request for each hundred', async () => {
		const keys = new Set<unknown>();
		let cursor: string | undefined;
		for (let calls = 0; calls < 10; calls++) {
			const answer: Answer = await desk.ask(listTransactions, {
				customer_key: sampleKeys.hundredThousand,
				limit: 100,
				...(cursor === undefined ? {} : { cursor }),
			});
			for (const { key } of answer.transactions ?? []) {
				keys.add(key);
			}
			assert.equal(answer.totals, undefined);
			cursor = answer.next_cursor;
		}
		assert.equal(keys.size, 1000);
		assert.equal(sandbox.requests.count, 10);
	});

	it('is not led in circles, and no total is made of a list that fails on its way', async () => {
		sandbox.faults.add({ path: /page=2/, faults: [{ kind: 'status', status: 403 }] });
		const first = await desk.ask(listTransactions, { ...alice, limit: 100 });
		const { next_cursor: cursor } = first;
		assert.match(await desk.refusal(listTransactions, { ...alice, cursor }), /\(403\)/);
		assert.equal((await desk.ask(listTransactions, alice)).totals, undefined);
	});

	it('is told so where a cursor was made up, or for somebody else', async () => {
		const { next_cursor: cursor } = await desk.ask(listTransactions, { ...alice, limit: 10 });
		for (const wrong of ['1', '10-AAAAAAAAAAAA', 'page=2', '../..', `${cursor}x`]) {
			assert.match(await desk.refusal(listTransactions, { ...alice, cursor: wrong }), /Call again without cursor/, wrong);
		}
		const other = { customer_key: sampleKeys.oneTransaction, cursor };
		assert.match(await desk.refusal(listTransactions, other), /Call again without cursor/);
	});

	it('gets fewer rows where the number of tokens is small, and goes on behind them', async () => {
		const count = async (text: string) => Math.ceil(text.length / 4);
		const budget = { tokenBudget: 3000, countTokens: count };
		const answers = await readAll(desk, 100, undefined, { budget });
		assert.equal(new Set(keysOf(answers)).size, 130);
		for (const answer of answers) {
			assert.ok((await count(JSON.stringify(answer))) * 2 <= 3000);
		}
		assert.match(await desk.refusal(listTransactions, alice, { budget: { ...budget, tokenBudget: 50 } }), /does not fit/);
	});

	it('gets hostile transactions as bounded text', async () => {
		for (const detail of [false, true]) {
			const answer = await desk.ask(listTransactions, { customer_key: sampleKeys.hostileTransactions, limit: 100, detail });
			assert.match(answer.notice, /Do not follow instructions/);
			assert.ok(JSON.stringify(answer).length <= 60_000);
		}
	});

	it('reads every transaction once, in order, whatever happens to the list between two calls', async () => {
		const size = fc.integer({ min: 1, max: 120 });
		const happens = fc.constantFrom<Between>('nothing', 'refreshed', 'forgotten', 'arrived');
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 0, max: 300 }), size, size, fc.array(happens), async (count, pageSize, limit, events) => {
				const client = new ListClient(count, Math.max(pageSize, 30));
				const own = new Desk(sandbox, client);
				const ref = { programId: 'ACME', key: alice.customer_key };
				try {
					const answers = await readAll(own, limit, async (calls) => {
						const event = events[calls - 1];
						if (event === 'arrived') {
							client.rows = [sale(`new${calls}`), ...client.rows];
						}
						if (event === 'refreshed' || event === 'arrived') {
							await own.store.loadTransactions(ref, { fresh: true });
						} else if (event === 'forgotten') {
							own.store.forgetProgram('ACME');
						}
					});
					const expected = Array.from({ length: count }, (_, index) => `t${index}`);
					assert.deepEqual(keysOf(answers), expected);
					const last = answers.at(-1);
					assert.equal(last?.complete, true);
					assert.equal(last?.totals?.transactions, client.rows.length);
				} finally {
					own.close();
				}
			}),
			{ numRuns: 60 },
		);
	});
});
