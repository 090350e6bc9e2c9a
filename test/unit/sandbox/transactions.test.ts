// The lists of transactions: the documented row, the four habits of the call, long lists, and lists that change while they are read.
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type PagingHabit, type Sandbox, sampleKeys, startSandbox, type TransactionOrder } from '../../../src/sandbox/index.ts';
import { ask, askJson, askRows, customerPath, rowsOf } from './bareClient.ts';

/** The transaction of Partnero's documentation. */
const documentedTransaction = {
	key: 'transaction_123',
	action: 'sale',
	amount: 99.99,
	amount_units: 'USD',
	is_currency: true,
	credit: false,
	partner: 'partner_123',
	customer: 'customer_123',
	created_at: '2025-05-07T05:32:48.000000Z',
	deleted_at: null,
	rewards: [
		{
			key: 'transaction_123',
			action: 'sale',
			status: 'ok',
			customer: 'customer_123',
			partner: 'partner_123',
			amount: 29.997,
			amount_units: 'USD',
			is_currency: true,
			credit: false,
			created_at: '2025-05-07T05:32:48.000000Z',
			deleted_at: null,
			product_type_data: { product_id: 'prod_123', product_type: 'monthly' },
		},
	],
};

function transactions(key: string, query = ''): string {
	return customerPath(key, `/transactions${query}`);
}

/** Reads a list to its end by the links, and fails where they never end. */
async function readByLinks(sandbox: Sandbox, key: string, limit: number): Promise<readonly Record<string, unknown>[]> {
	const rows: Record<string, unknown>[] = [];
	for (let page = 1; page < 1000; page++) {
		const answer = await askJson(sandbox, transactions(key, `?limit=${limit}&page=${page}`));
		rows.push(...rowsOf(answer));
		if (Object(answer.links).next === null) {
			return rows;
		}
		assert.equal(Object(answer.links).next, `${sandbox.baseUrl}${transactions(key)}?page=${page + 1}`);
	}
	return assert.fail('the pages never end');
}

describe('Sandbox: transactions', function () {
	this.timeout(10_000);
	let sandbox: Sandbox;

	before(async () => {
		sandbox = await startSandbox();
	});
	after(() => sandbox.close());

	it("holds the documented transaction among the documented customer's, byte for byte, as her first", async () => {
		const { text } = await ask(sandbox, transactions(sampleKeys.documented, '?limit=250'));
		assert.ok(text.includes(JSON.stringify(documentedTransaction)));
		const rows = await askRows(sandbox, transactions(sampleKeys.documented, '?limit=250'));
		assert.equal(rows.length, 130);
		assert.deepEqual(rows.at(-1), documentedTransaction);
	});

	it('gives the documented customer the same number of transactions in a refer-a-friend program, without a partner', async () => {
		await using friends = await startSandbox({ kind: 'referral' });
		const rows = await askRows(friends, transactions(sampleKeys.documented, '?limit=250'));
		assert.equal(rows.length, 130);
		assert.equal(rows[0]?.partner, null);
	});

	describe('by habit', () => {
		for (const limit of [1, 7, 10, 26, 130, 131, 250]) {
			it(`links: pages of ${limit} end and repeat no row`, async () => {
				const rows = await readByLinks(sandbox, sampleKeys.documented, limit);
				assert.equal(rows.length, 130);
				assert.equal(new Set(rows.map((row) => row.key)).size, 130);
			});
		}

		it('links: 15 rows without parameters', async () => {
			assert.equal((await askRows(sandbox, transactions(sampleKeys.documented))).length, 15);
		});

		it('no-links: the same pages with neither links nor meta, the last one short or empty', async () => {
			await using plain = await startSandbox({ paging: 'no-links' });
			const whole = await readByLinks(sandbox, sampleKeys.documented, 100);
			const read: Record<string, unknown>[] = [];
			for (const [page, expected] of [100, 30, 0].entries()) {
				const answer = await askJson(plain, transactions(sampleKeys.documented, `?limit=100&page=${page + 1}`));
				assert.deepEqual(Object.keys(answer), ['data', 'status']);
				assert.equal(rowsOf(answer).length, expected);
				read.push(...rowsOf(answer));
			}
			assert.deepEqual(read, whole);
		});

		it('ignored: every page is the whole list, whatever the parameters say', async () => {
			await using plain = await startSandbox({ paging: 'ignored' });
			const { text } = await ask(plain, transactions(sampleKeys.documented));
			for (const query of ['?limit=10&page=1', '?limit=10&page=2', '?limit=x&page=-1']) {
				assert.equal((await ask(plain, transactions(sampleKeys.documented, query))).text, text);
			}
			assert.deepEqual(Object.keys(JSON.parse(text)), ['data', 'status']);
			assert.deepEqual(JSON.parse(text).data, await readByLinks(sandbox, sampleKeys.documented, 250));
		});

		it('single: the whole list in one page that leads nowhere, and nothing behind it', async () => {
			await using plain = await startSandbox({ paging: 'single' });
			const answer = await askJson(plain, transactions(sampleKeys.documented, '?limit=10&page=1'));
			assert.equal(rowsOf(answer).length, 130);
			assert.equal(Object(answer.links).next, null);
			assert.deepEqual([Object(answer.meta).from, Object(answer.meta).to], [1, 130]);
			assert.deepEqual((await askJson(plain, transactions(sampleKeys.documented, '?limit=10&page=2'))).data, []);
		});

		for (const paging of ['links', 'no-links', 'ignored', 'single'] satisfies PagingHabit[]) {
			it(`${paging}: a customer without transactions has an empty list, one with a single transaction has that one`, async () => {
				await using own = await startSandbox({ paging });
				assert.deepEqual((await askJson(own, transactions(sampleKeys.noTransactions))).data, []);
				assert.equal((await askRows(own, transactions(sampleKeys.oneTransaction))).length, 1);
			});
		}
	});

	describe('of a hundred thousand', () => {
		it('serves any page, the last one included, without making the ones before it', async () => {
			assert.equal(sandbox.transactionCount(sampleKeys.hundredThousand), 100_000);
			const started = performance.now();
			const last = await askJson(sandbox, transactions(sampleKeys.hundredThousand, '?limit=250&page=400'));
			assert.ok(performance.now() - started < 1000);
			assert.equal(rowsOf(last).length, 250);
			assert.equal(Object(last.links).next, null);
			assert.equal((await askRows(sandbox, transactions(sampleKeys.hundredThousand, '?limit=250&page=401'))).length, 0);
		});

		it('gives every transaction its own key, and dates that fall from page to page', async () => {
			const keys = new Set<unknown>();
			let newest = '9999';
			for (const page of [1, 2, 3, 199, 200, 399, 400]) {
				for (const row of await askRows(sandbox, transactions(sampleKeys.hundredThousand, `?limit=250&page=${page}`))) {
					keys.add(row.key);
					assert.ok(typeof row.created_at === 'string' && row.created_at <= newest);
					newest = row.created_at;
				}
			}
			assert.equal(keys.size, 7 * 250);
		});

		it('holds no more than a piece of a list that is sent at once', async function () {
			this.timeout(20_000);
			await using own = await startSandbox({ paging: 'ignored' });
			const before = heapInUse();
			let highest = 0;
			const bytes = await countBytes(own, transactions(sampleKeys.hundredThousand), 5_000_000, () => {
				highest = Math.max(highest, heapInUse());
			});
			assert.ok(bytes > 50_000_000, `${bytes} bytes`);
			assert.ok(highest - before < 20_000_000, `${Math.round((highest - before) / 1e6)} MB held for ${Math.round(bytes / 1e6)} MB`);
		});

		it('answers HEAD for it without making it', async () => {
			await using own = await startSandbox({ paging: 'ignored' });
			const started = performance.now();
			assert.equal((await ask(own, transactions(sampleKeys.hundredThousand), { method: 'HEAD' })).status, 200);
			assert.ok(performance.now() - started < 1000);
		});

		it('makes no more of a list than the client reads', async () => {
			await using own = await startSandbox({ paging: 'ignored' });
			const asking = request(`${own.baseUrl}${transactions(sampleKeys.hundredThousand)}`, {
				agent: false,
				headers: { authorization: `Bearer ${own.apiKey}` },
			});
			await new Promise<void>((resolve) =>
				asking.end().on('response', (answer) => answer.once('data', () => resolve(void answer.pause()))),
			);
			asking.on('error', () => {}).destroy();
			await own.requests.until(({ inFlight }) => inFlight === 0);
			assert.equal(own.requests.entries[0]?.outcome, 'broken');
		});
	});

	describe('that change', () => {
		for (const order of ['newest-first', 'oldest-first'] satisfies TransactionOrder[]) {
			it(`a new one stands where ${order} has its newest, with what was given and the rest made up`, async () => {
				await using own = await startSandbox({ order });
				const before = await askRows(own, transactions(sampleKeys.documented, '?limit=250'));
				const first = own.addTransaction(sampleKeys.documented, { amount: 12.5, amount_units: 'EUR', partner: undefined });
				const second = own.addTransaction(sampleKeys.documented, { key: 'transaction_given' });
				const after = await askRows(own, transactions(sampleKeys.documented, '?limit=250'));
				assert.deepEqual(after, order === 'newest-first' ? [second, first, ...before] : [...before, first, second]);
				assert.deepEqual(
					[first.amount, first.amount_units, first.customer, 'partner' in first],
					[12.5, 'EUR', sampleKeys.documented, false],
				);
				assert.ok(String(second.created_at) > String(first.created_at));
				assert.equal(own.transactionCount(sampleKeys.documented), 132);
				assert.equal(new Set(after.map((row) => row.key)).size, 132);
			});

			it(`the first one of a list in ${order} can leave it, and the others move up`, async () => {
				await using own = await startSandbox({ order });
				const before = await askRows(own, transactions(sampleKeys.documented, '?limit=250'));
				own.addTransaction(sampleKeys.documented);
				own.removeFirstTransaction(sampleKeys.documented);
				own.removeFirstTransaction(sampleKeys.documented);
				const after = await askRows(own, transactions(sampleKeys.documented, '?limit=250'));
				assert.deepEqual(after.slice(0, 128), before.slice(order === 'newest-first' ? 1 : 2).slice(0, 128));
				assert.equal(after.length, 129);
				own.removeFirstTransaction(sampleKeys.noTransactions);
				assert.equal(own.transactionCount(sampleKeys.noTransactions), 0);
			});
		}

		it('the two orders hold the same rows', async () => {
			await using other = await startSandbox({ order: 'oldest-first' });
			const newestFirst = await askRows(sandbox, transactions(sampleKeys.documented, '?limit=250'));
			assert.deepEqual(await askRows(other, transactions(sampleKeys.documented, '?limit=250')), newestFirst.toReversed());
		});

		it("names the key that is nobody's", () => {
			assert.throws(() => sandbox.addTransaction('customer_nobody'), new RangeError('The sandbox has no customer "customer_nobody"'));
			assert.throws(() => sandbox.transactionCount('customer_nobody'), RangeError);
		});
	});
});

/** Reads an answer without keeping it, and stops to look each time that so many bytes have come. */
function countBytes(sandbox: Sandbox, path: string, step: number, look: () => void): Promise<number> {
	return new Promise((resolve, reject) => {
		const headers = { authorization: `Bearer ${sandbox.apiKey}` };
		const asking = request(`${sandbox.baseUrl}${path}`, { agent: false, headers }, (answer) => {
			let bytes = 0;
			answer.on('data', (piece: Buffer) => {
				if (Math.floor((bytes + piece.length) / step) > Math.floor(bytes / step)) {
					look();
				}
				bytes += piece.length;
			});
			answer.on('end', () => resolve(bytes));
		});
		asking.on('error', reject).end();
	});
}

/** Bytes that a garbage collection leaves. */
function heapInUse(): number {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
