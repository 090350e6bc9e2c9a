// A customer's transactions as the store loads them: page by page, never a row twice, none lost, whatever comes in between.
import assert from 'node:assert/strict';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerRef } from '../../../src/customers/types.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import type { Transaction } from '../../../src/partnero/types.ts';
import { cursorTo, pageOf, ScriptedClient, settled, transactionOf } from './scriptedClient.ts';

const alice: CustomerRef = { programId: 'acme', key: 'alice' };

describe('CustomerStore: transactions', () => {
	let client: ScriptedClient;
	let store: CustomerStore;
	let now: number;
	let told: string[];

	beforeEach(() => {
		client = new ScriptedClient();
		now = 1_000_000;
		store = new CustomerStore({ client: () => Promise.resolve(client), timeToLive: () => 60_000, now: () => now });
		told = [];
		store.onDidChange(({ ref, what }) => {
			const { rows, loading } = store.peekTransactions(ref);
			told.push(`${what} ${rows.length} ${loading ? 'loading' : 'still'}`);
		});
	});
	afterEach(() => store.dispose());

	const keys = () => store.peekTransactions(alice).rows.map(({ key }) => key);
	const rowsOf = (...names: readonly string[]): readonly Transaction[] => names.map((name) => transactionOf(name));

	/** Loads a first page that goes on. */
	async function loadFirst(...names: readonly string[]): Promise<void> {
		const asking = store.loadTransactions(alice, { fresh: true });
		await settled();
		client.last('transactions').answer(pageOf(rowsOf(...names), cursorTo(2)));
		await asking;
	}

	it('load page by page, each from where the one before ended, and are complete only after the last', async () => {
		const first = store.loadTransactions(alice);
		assert.equal(store.peekTransactions(alice).complete, false);
		await settled();
		assert.equal(client.last('transactions').from, undefined);
		const next = cursorTo(2);
		client.last('transactions').answer(pageOf(rowsOf('a', 'b'), next));
		assert.equal((await first).complete, false);
		const more = store.loadMoreTransactions(alice);
		await settled();
		assert.equal(client.last('transactions').from, next);
		client.last('transactions').answer(pageOf(rowsOf('c')));
		assert.equal((await more).complete, true);
		assert.deepEqual(keys(), ['a', 'b', 'c']);
		assert.deepEqual(told, ['transactions 0 loading', 'transactions 2 still', 'transactions 2 loading', 'transactions 3 still']);

		await store.loadMoreTransactions(alice);
		assert.equal(client.calls.length, 2, 'a complete list has no more');
	});

	it('ask for the next page once, however often "Load more…" is pressed', async () => {
		await loadFirst('a');
		const pressed = [1, 2, 3].map(() => store.loadMoreTransactions(alice));
		await settled();
		assert.equal(client.calls.length, 2);
		client.last('transactions').answer(pageOf(rowsOf('b'), cursorTo(3)));
		await Promise.all(pressed);
		assert.deepEqual(keys(), ['a', 'b']);
	});

	it('begin with the first page where nothing is loaded yet, together with whoever asks for it', async () => {
		const asking = [store.loadMoreTransactions(alice), store.loadTransactions(alice)];
		await settled();
		assert.equal(client.calls.length, 1);
		client.last('transactions').answer(pageOf(rowsOf('a'), cursorTo(2)));
		await Promise.all(asking);
		assert.deepEqual(keys(), ['a']);
	});

	it('are not asked for again while they are fresh, and a stale list that is growing is left to grow', async () => {
		await loadFirst('a');
		await store.loadTransactions(alice);
		assert.equal(client.calls.length, 1);
		now += 60_000;
		const more = store.loadMoreTransactions(alice);
		assert.deepEqual((await store.loadTransactions(alice)).rows.length, 1);
		await settled();
		assert.equal(client.calls.length, 2);
		client.last('transactions').answer(pageOf(rowsOf('b')));
		await more;
		const anew = store.loadTransactions(alice);
		await settled();
		client.last('transactions').answer(pageOf(rowsOf('z')));
		await anew;
		assert.deepEqual(keys(), ['z']);
	});

	it('keep their rows when a further page fails, and "Load more…" tries the same page again', async () => {
		await loadFirst('a');
		const failure = new PartneroError('server-fault', { status: 502 });
		const more = store.loadMoreTransactions(alice);
		await settled();
		client.last('transactions').fail(failure);
		await assert.rejects(more, failure);
		assert.deepEqual(keys(), ['a']);
		assert.equal(store.peekTransactions(alice).error, failure);
		assert.equal(store.peekTransactions(alice).complete, false);

		const again = store.loadMoreTransactions(alice);
		await settled();
		assert.equal(client.last('transactions').from?.page, 2);
		client.last('transactions').answer(pageOf(rowsOf('b')));
		assert.equal((await again).error, undefined);
		assert.deepEqual(keys(), ['a', 'b']);
	});

	it('keep their rows when a refresh fails, and still go on from them', async () => {
		await loadFirst('a');
		const refresh = store.loadTransactions(alice, { fresh: true });
		await settled();
		client.last('transactions').fail(new PartneroError('unreachable'));
		await assert.rejects(refresh);
		assert.deepEqual(keys(), ['a']);
		const more = store.loadMoreTransactions(alice);
		await settled();
		client.last('transactions').answer(pageOf(rowsOf('b')));
		assert.deepEqual((await more).rows.length, 2);
	});

	it('say so when the customer is unknown or nothing can be asked, without pretending that the list is empty', async () => {
		const asking = store.loadTransactions(alice);
		await settled();
		client.last('transactions').fail(new PartneroError('not-found', { status: 404 }));
		await assert.rejects(asking);
		const { complete, loadedAt, error } = store.peekTransactions(alice);
		assert.deepEqual([complete, loadedAt, error?.kind], [false, undefined, 'not-found']);
	});

	describe('refreshed while "Load more…" is under way', () => {
		it('never get a page of the old list: the new list goes on from its own first page', async () => {
			await loadFirst('a', 'b');
			const more = store.loadMoreTransactions(alice);
			await settled();
			const oldPage = client.last('transactions');
			const refresh = store.loadTransactions(alice, { fresh: true });
			await settled();
			const anew = cursorTo(2);
			client.last('transactions').answer(pageOf(rowsOf('new', 'a'), anew));
			await refresh;
			oldPage.answer(pageOf(rowsOf('c')));
			await settled();
			assert.equal(client.last('transactions').from, anew);
			client.last('transactions').answer(pageOf(rowsOf('b', 'c')));
			await more;
			assert.deepEqual(keys(), ['new', 'a', 'b', 'c']);
			assert.equal(store.peekTransactions(alice).loading, false);
		});

		it('do not show the failure of a page that they no longer need', async () => {
			await loadFirst('a');
			const more = store.loadMoreTransactions(alice);
			await settled();
			const oldPage = client.last('transactions');
			const refresh = store.loadTransactions(alice, { fresh: true });
			await settled();
			client.last('transactions').answer(pageOf(rowsOf('a', 'b')));
			await refresh;
			oldPage.fail(new PartneroError('server-fault', { status: 500 }));
			assert.equal((await more).error, undefined);
			assert.deepEqual(keys(), ['a', 'b']);
			assert.equal(store.peekTransactions(alice).complete, true);
		});

		it('keep the page that arrives after the refresh has failed', async () => {
			await loadFirst('a');
			const more = store.loadMoreTransactions(alice);
			await settled();
			const page = client.last('transactions');
			const refresh = store.loadTransactions(alice, { fresh: true });
			await settled();
			client.last('transactions').fail(new PartneroError('timed-out'));
			await assert.rejects(refresh);
			page.answer(pageOf(rowsOf('b')));
			await more;
			assert.deepEqual(keys(), ['a', 'b']);
		});

		it('wait for the refresh when "Load more…" is pressed after it, and then bring the second page', async () => {
			await loadFirst('a');
			const refresh = store.loadTransactions(alice, { fresh: true });
			const more = store.loadMoreTransactions(alice);
			await settled();
			assert.equal(client.calls.length, 2);
			client.last('transactions').answer(pageOf(rowsOf('n'), cursorTo(2)));
			await refresh;
			await settled();
			client.last('transactions').answer(pageOf(rowsOf('a')));
			await more;
			assert.deepEqual(keys(), ['n', 'a']);
		});
	});

	describe('exported', () => {
		/** Collects the rows of all pages. */
		async function exportAll(signal: AbortSignal): Promise<readonly (string | undefined)[]> {
			const names: (string | undefined)[] = [];
			for await (const { items } of store.eachTransactionPage(alice, signal)) {
				names.push(...items.map(({ key }) => key));
			}
			return names;
		}

		it('are all of one list, whatever is refreshed meanwhile, and change nothing that is shown', async () => {
			await loadFirst('shown');
			told = [];
			const exporting = exportAll(new AbortController().signal);
			await settled();
			const next = cursorTo(2);
			client.last('transactions').answer(pageOf(rowsOf('a'), next));
			await settled();
			const second = client.last('transactions');
			assert.equal(second.from, next);
			await loadFirst('refreshed');
			second.answer(pageOf(rowsOf('b')));
			assert.deepEqual(await exporting, ['a', 'b']);
			assert.deepEqual(keys(), ['refreshed']);
			assert.deepEqual(told, ['transactions 1 loading', 'transactions 1 still'], 'only the refresh');
		});

		it('end at once with a cancel, with a page that fails, and with the program', async () => {
			client.deaf = true;
			const abort = new AbortController();
			const exporting = exportAll(abort.signal);
			await settled();
			abort.abort();
			await assert.rejects(exporting, (error) => PartneroError.is(error, 'cancelled'));
			assert.equal(client.last('transactions').signal?.aborted, true);

			const failing = exportAll(new AbortController().signal);
			await settled();
			client.last('transactions').fail(new PartneroError('timed-out'));
			await assert.rejects(failing, (error) => PartneroError.is(error, 'timed-out'));

			const forgotten = exportAll(new AbortController().signal);
			await settled();
			store.forgetProgram('acme');
			await assert.rejects(forgotten, (error) => PartneroError.is(error, 'cancelled'));
		});
	});

	describe('ids', () => {
		const ids = () => store.peekTransactions(alice).rows.map(({ id }) => id);

		it('are unique for equal, missing and hostile keys, across pages', async () => {
			const names = ['k', 'k', 'k#1', 'k@#1', '', '@', '#1'];
			const rows = [...names.map((name) => transactionOf(name)), transactionOf(undefined), transactionOf(undefined, { createdAt: '#1' })];
			const first = store.loadTransactions(alice);
			await settled();
			client.last('transactions').answer(pageOf(rows, cursorTo(2)));
			await first;
			const more = store.loadMoreTransactions(alice);
			await settled();
			client.last('transactions').answer(pageOf(rows));
			await more;
			assert.equal(new Set(ids()).size, rows.length * 2);
		});

		it('are the same after a reload, also when another row of the same key has arrived above', async () => {
			const load = async (rows: readonly Transaction[]) => {
				const asking = store.loadTransactions(alice, { fresh: true });
				await settled();
				client.last('transactions').answer(pageOf(rows));
				await asking;
				return ids();
			};
			const rows = ['03', '02', '01'].map((day) => transactionOf('again', { createdAt: `2025-01-${day}` }));
			const before = await load(rows);
			assert.deepEqual(await load(rows), before);
			const after = await load([transactionOf('again', { createdAt: '2025-01-04' }), ...rows]);
			assert.deepEqual(after.slice(1), before);
		});
	});
});
