// What a watch finds in a customer's list: every arrival that can be noticed is marked once, and nothing that is loaded goes away.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerRef } from '../../../src/customers/types.ts';
import { createPartneroClient } from '../../../src/partnero/client.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import type { Transaction } from '../../../src/partnero/types.ts';
import { type Sandbox, type SandboxOptions, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { cursorTo, pageOf, ScriptedClient, settled, transactionOf } from './scriptedClient.ts';

const alice: CustomerRef = { programId: 'acme', key: 'alice' };

/** A row named by its day, `a` the first. */
function row(name: string, fields: Partial<Transaction> = {}): Transaction {
	const day = String((name.codePointAt(0) ?? 96) - 96).padStart(2, '0');
	return transactionOf(name, { createdAt: `2026-01-${day}T00:00:00Z`, ...fields });
}

const rowsOf = (names: string): readonly Transaction[] => [...names].map((name) => row(name));

describe('CustomerStore: arrivals while a customer is watched', () => {
	let client: ScriptedClient;
	let store: CustomerStore;
	let told: number;

	beforeEach(() => {
		client = new ScriptedClient();
		store = new CustomerStore({ client: () => Promise.resolve(client), timeToLive: () => 60_000, now: () => 1_000_000 });
		told = 0;
		store.onDidChange(() => {
			told++;
		});
	});
	afterEach(() => store.dispose());

	/** The list as a user reads it: new rows in brackets, and a dot behind a complete one. */
	function shown(): string {
		const { rows, complete } = store.peekTransactions(alice);
		return rows.map(({ key, arrived }) => (arrived ? `[${key}]` : key)).join('') + (complete ? '.' : '');
	}

	/** Loads pages of rows, all of them or with more to come. */
	async function loaded(...pages: readonly string[]): Promise<{ dispose(): void }> {
		for (const [index, names] of pages.entries()) {
			const last = index === pages.length - 1 && !names.endsWith('…');
			const asking = index === 0 ? store.loadTransactions(alice, { fresh: true }) : store.loadMoreTransactions(alice);
			await settled();
			client.last('transactions').answer(pageOf(rowsOf(names.replace('…', '')), last ? undefined : cursorTo(index + 2)));
			await asking;
		}
		return store.watch(alice);
	}

	/** Asks for arrivals, and answers each question in turn: a page's rows, with more behind them where they end in "…". */
	async function arrivals(...answers: readonly string[]): Promise<readonly number[]> {
		const before = client.calls.length;
		const asking = store.loadArrivals(alice);
		for (const names of answers) {
			await settled();
			const { from, answer } = client.last('transactions');
			answer(pageOf(rowsOf(names.replace('…', '')), names.endsWith('…') ? cursorTo((from?.page ?? 1) + 1) : undefined));
		}
		await asking;
		return client.calls.slice(before).map(({ from }) => from?.page ?? 1);
	}

	it('on top of a list with the newest first are found by its first page alone, and other pages stay', async () => {
		await loaded('fed', 'cba');
		assert.deepEqual(await arrivals('hgf…'), [1]);
		assert.equal(shown(), '[h][g]fedcba.');
	});

	it('at the end of a list with the oldest first are found by its last page', async () => {
		await loaded('abc', 'def');
		assert.deepEqual(await arrivals('abc…', 'defg'), [1, 2]);
		assert.equal(shown(), 'abcdef[g].');
		assert.deepEqual(await arrivals('abc…', 'defg…', 'h'), [1, 2, 3]);
		assert.equal(shown(), 'abcdef[g][h].');
		assert.deepEqual(await arrivals('abc…', 'hi'), [1, 3], 'the last page is another one now');
		assert.equal(shown(), 'abcdef[g][h][i].');
	});

	it('on a second page that was not there before are found', async () => {
		await loaded('abc');
		assert.deepEqual(await arrivals('abc…', 'd'), [1, 2]);
		assert.equal(shown(), 'abc[d].');
	});

	it('are looked for on both ends where dates do not tell the order', async () => {
		const watch = await loaded('b');
		assert.deepEqual(await arrivals('cb'), [1]);
		assert.equal(shown(), '[c]b.');
		watch.dispose();
		await loaded('bab', 'aba');
		assert.deepEqual(await arrivals('bab…', 'abac'), [1, 2]);
		assert.equal(shown(), 'bababa[c].');
	});

	it('are all that comes to a customer without transactions', async () => {
		await loaded('');
		await arrivals('ba');
		assert.equal(shown(), '[b][a].');
	});

	it('are all that comes to a customer who was not in Partnero yet', async () => {
		const asking = store.loadTransactions(alice);
		await settled();
		client.last('transactions').fail(new PartneroError('not-found', { status: 404 }));
		await assert.rejects(asking);
		store.watch(alice);
		await arrivals('ba');
		assert.equal(shown(), '[b][a].');
		assert.equal(store.peekTransactions(alice).error, undefined);
	});

	it('are none where nothing was known before', async () => {
		store.watch(alice);
		await arrivals('cba…');
		assert.equal(shown(), 'cba');
	});

	it('are not taken for rows that a removal pulled up from a page that is not loaded', async () => {
		await loaded('fed…');
		await arrivals('edc…');
		assert.equal(shown(), 'fed');
		await arrivals('ged…');
		assert.equal(shown(), 'f[g]ed');
	});

	it('leave the place where "Load more…" goes on, and keep their marks beside new pages', async () => {
		await loaded('fed…');
		await arrivals('gfe…');
		const more = store.loadMoreTransactions(alice);
		await settled();
		assert.equal(client.last('transactions').from?.page, 2);
		client.last('transactions').answer(pageOf(rowsOf('cba')));
		await more;
		assert.equal(shown(), '[g]fedcba.');
	});

	it('tell nobody where nothing is new, and leave the same rows', async () => {
		await loaded('cba');
		const { rows } = store.peekTransactions(alice);
		told = 0;
		await arrivals('cba');
		assert.equal(told, 0);
		assert.equal(store.peekTransactions(alice).rows, rows);
		assert.equal(store.peekTransactions(alice).loading, false);
	});

	it('bring rows along that changed, such as a refunded sale', async () => {
		await loaded('cba');
		const asking = store.loadArrivals(alice);
		await settled();
		const refunded = row('b', { deletedAt: '2026-02-01T00:00:00Z', raw: { key: 'b', deleted_at: '2026-02-01T00:00:00Z' } });
		client.last('transactions').answer(pageOf([row('c'), refunded, row('a')]));
		await asking;
		assert.deepEqual(
			store.peekTransactions(alice).rows.map(({ deletedAt }) => deletedAt !== undefined),
			[false, true, false],
		);
		assert.equal(shown(), 'cba.');
	});

	it('are marked by a refresh as well while the customer is watched, keep their marks over it, and lose them by one after the watch', async () => {
		const watch = await loaded('cba');
		await arrivals('dcba');
		const refresh = async (names: string) => {
			const asking = store.loadTransactions(alice, { fresh: true });
			await settled();
			client.last('transactions').answer(pageOf(rowsOf(names)));
			await asking;
		};
		await refresh('edcba');
		assert.equal(shown(), '[e][d]cba.');
		watch.dispose();
		assert.equal(store.isWatched(alice), false);
		await refresh('fedcba');
		assert.equal(shown(), 'fedcba.');
	});

	it('leave the list and its error as they are when a question fails', async () => {
		await loaded('cba');
		told = 0;
		const asking = store.loadArrivals(alice);
		await settled();
		client.last('transactions').fail(new PartneroError('unreachable'));
		await assert.rejects(asking, (error) => PartneroError.is(error, 'unreachable'));
		assert.equal(shown(), 'cba.');
		assert.equal(store.peekTransactions(alice).error, undefined);
		assert.equal(told, 0);
	});

	it('never claim a list to be complete that is known to go on', async () => {
		await loaded('abc');
		const asking = store.loadArrivals(alice);
		await settled();
		client.last('transactions').answer(pageOf(rowsOf('abc'), cursorTo(2)));
		await settled();
		client.last('transactions').fail(new PartneroError('server-fault'));
		await assert.rejects(asking);
		assert.equal(shown(), 'abc');
	});
});

describe('A watched customer of the local Partnero', () => {
	const ref: CustomerRef = { programId: 'acme', key: sampleKeys.documented };
	let sandbox: Sandbox;
	let store: CustomerStore;

	async function start(options: SandboxOptions): Promise<void> {
		sandbox = await startSandbox(options);
		const client = createPartneroClient({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
		store = new CustomerStore({ client: async () => client, timeToLive: () => 60_000, now: Date.now });
	}
	afterEach(async () => {
		store.dispose();
		await sandbox.close();
	});

	for (const order of ['newest-first', 'oldest-first'] as const) {
		for (const pages of [1, 2]) {
			it(`has every sale that lands marked once, in its place, with ${pages} of 2 pages loaded and the ${order}`, async () => {
				await start({ order });
				await store.loadTransactions(ref);
				for (let page = 1; page < pages; page++) {
					await store.loadMoreTransactions(ref);
				}
				store.watch(ref);
				const noticed = order === 'newest-first' || pages === 2;
				let expected = 0;
				for (const count of [1, 0, 3, 70]) {
					for (let sale = 0; sale < count; sale++) {
						sandbox.addTransaction(ref.key, {});
					}
					expected += noticed ? count : 0;
					await store.loadArrivals(ref);
					const { rows, complete } = store.peekTransactions(ref);
					assert.equal(rows.filter(({ arrived }) => arrived).length, expected);
					assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
					assert.equal(complete, pages === 2);
				}
				while (!store.peekTransactions(ref).complete) {
					await store.loadMoreTransactions(ref);
				}
				const { rows } = store.peekTransactions(ref);
				assert.equal(rows.length, sandbox.transactionCount(ref.key), 'none lost, none twice');
			});
		}
	}
});

describe('Watching, whatever lands and leaves between two questions', () => {
	it('marks exactly what came to a list on one page', async () => {
		const day = (at: number) => new Date(Date.UTC(2026, 0, 1) + at * 86_400_000).toISOString();
		await fc.assert(
			fc.asyncProperty(
				fc.nat({ max: 5 }),
				fc.array(fc.nat({ max: 4 }), { maxLength: 6 }),
				fc.boolean(),
				async (start, rounds, newestFirst) => {
					const client = new ScriptedClient();
					const store = new CustomerStore({ client: async () => client, timeToLive: () => 60_000, now: () => 0 });
					const listed = (count: number) => {
						const rows = Array.from({ length: count }, (_, at) => transactionOf(`t${at}`, { createdAt: day(at) }));
						return pageOf(newestFirst ? rows.reverse() : rows);
					};
					const answer = async (asking: Promise<unknown>, count: number) => {
						await settled();
						client.last('transactions').answer(listed(count));
						await asking;
					};
					await answer(store.loadTransactions(alice), start);
					store.watch(alice);
					let count = start;
					for (const more of rounds) {
						count += more;
						await answer(store.loadArrivals(alice), count);
					}
					const { rows, complete } = store.peekTransactions(alice);
					assert.ok(complete);
					assert.deepEqual(
						rows.map(({ key }) => key),
						listed(count).items.map(({ key }) => key),
					);
					assert.deepEqual(
						rows.filter(({ arrived }) => arrived).map(({ key }) => Number(key?.slice(1)) >= start),
						Array.from({ length: count - start }, () => true),
					);
					store.dispose();
				},
			),
		);
	});
});
