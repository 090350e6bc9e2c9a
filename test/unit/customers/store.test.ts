// What every surface relies on: how often Partnero is asked, what is remembered, for how long, and who is told.
import assert from 'node:assert/strict';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerChange, CustomerRef } from '../../../src/customers/types.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { cursorTo, customerOf, pageOf, ScriptedClient, settled, transactionOf } from './scriptedClient.ts';

const alice: CustomerRef = { programId: 'acme', key: 'alice' };
const cancelled = (error: unknown) => PartneroError.is(error, 'cancelled');

describe('CustomerStore', () => {
	let client: ScriptedClient;
	let unexpected: unknown[];
	let store: CustomerStore;
	let now: number;
	let timeToLive: number;
	/** What was told, with the snapshot's `loading` at that moment. */
	let told: string[];

	beforeEach(() => {
		client = new ScriptedClient();
		now = 1_000_000;
		timeToLive = 60_000;
		unexpected = [];
		store = new CustomerStore({
			client: () => Promise.resolve(client),
			timeToLive: () => timeToLive,
			now: () => now,
			onUnexpected: (error) => unexpected.push(error),
		});
		told = [];
		store.onDidChange(({ ref, what }: CustomerChange) => {
			const { loading } = what === 'customer' ? store.peek(ref) : store.peekTransactions(ref);
			told.push(`${ref.key} ${what} ${loading ? 'loading' : 'still'}`);
		});
	});
	afterEach(() => store.dispose());

	/** Asks, and answers what was asked. */
	async function load(ref: CustomerRef, fields = {}): Promise<void> {
		const asking = store.get(ref, { fresh: true });
		await settled();
		client.last('customer').answer(customerOf(ref.key, fields));
		await asking;
	}

	describe('one customer', () => {
		it('is asked for once by a thousand hovers, and all of them get the answer', async () => {
			const asking = Array.from({ length: 1000 }, () => store.get(alice));
			assert.equal(store.peek(alice).loading, true);
			await settled();
			assert.equal(client.calls.length, 1);
			client.last('customer').answer(customerOf('alice', { name: 'Alice' }));
			const names = (await Promise.all(asking)).map(({ customer, loading }) => `${customer?.name} ${loading}`);
			assert.deepEqual(new Set(names), new Set(['Alice false']));
			assert.deepEqual(told, ['alice customer loading', 'alice customer still']);
		});

		it('is taken from memory while it is fresh, and the time to live is read at every question', async () => {
			await load(alice);
			now += 59_999;
			await store.get(alice);
			assert.equal(client.calls.length, 1);
			timeToLive = 10_000;
			const asking = store.get(alice);
			await settled();
			assert.equal(client.calls.length, 2);
			client.last('customer').answer(customerOf('alice'));
			await asking;
			timeToLive = 0;
			store.get(alice).catch(() => undefined);
			await settled();
			assert.equal(client.calls.length, 3);
		});

		it('is asked for again when the clock was set back, since nobody knows how old the answer is', async () => {
			await load(alice);
			now -= 86_400_000;
			store.get(alice).catch(() => undefined);
			await settled();
			assert.equal(client.calls.length, 2);
		});

		it('that Partnero does not know is an answer, remembered like any other', async () => {
			const asking = store.get(alice);
			await settled();
			client.last('customer').fail(new PartneroError('not-found', { status: 404 }));
			const snapshot = await asking;
			assert.deepEqual(snapshot, { ref: alice, absent: true, loadedAt: now, loading: false });
			assert.equal((await store.get(alice)).absent, true);
			assert.equal(client.calls.length, 1);
			assert.deepEqual([...store.knownKeys('acme')], []);
		});

		it('stays visible beside the error when a newer question fails, and the next question asks again', async () => {
			await load(alice, { name: 'Alice' });
			const failure = new PartneroError('unreachable', { code: 'ECONNREFUSED' });
			const asking = store.get(alice, { fresh: true });
			await settled();
			client.last('customer').fail(failure);
			await assert.rejects(asking, failure);
			const { customer, error, loadedAt } = store.peek(alice);
			assert.equal(customer?.name, 'Alice');
			assert.equal(error, failure);
			assert.equal(loadedAt, now);
			const again = store.get(alice);
			await settled();
			assert.equal(client.calls.length, 3);
			client.last('customer').answer(customerOf('alice', { name: 'Alice B.' }));
			assert.deepEqual((await again).error, undefined);
			assert.deepEqual(told.slice(2), ['alice customer loading', 'alice customer still', 'alice customer loading', 'alice customer still']);
		});

		it('lets go of a caller that cancels at once, whatever reason it gives and however deaf the client is', async () => {
			client.deaf = true;
			const abort = new AbortController();
			const asking = store.get(alice, { signal: abort.signal });
			await settled();
			abort.abort('typed on');
			await assert.rejects(asking, cancelled);
			assert.equal(store.peek(alice).loading, false);
			assert.deepEqual(told, ['alice customer loading', 'alice customer still'], 'surfaces hear at once that nothing is under way');
		});

		it('ends the request only when nobody waits for it any more', async () => {
			const hover = new AbortController();
			const panel = new AbortController();
			const asking = [store.get(alice, { signal: hover.signal }), store.get(alice, { signal: panel.signal })];
			await settled();
			hover.abort();
			assert.equal(client.last('customer').signal?.aborted, false);
			panel.abort();
			assert.equal(client.last('customer').signal?.aborted, true);
			await Promise.allSettled(asking);
		});

		it('makes no request and no event for a caller that has cancelled already', async () => {
			await assert.rejects(store.get(alice, { signal: AbortSignal.abort() }), cancelled);
			await settled();
			assert.equal(client.calls.length, 0);
			assert.deepEqual(told, []);
		});

		it('makes no request for a caller that cancels while the program is being opened', async () => {
			const opening = Promise.withResolvers<ScriptedClient>();
			const slow = new CustomerStore({ client: () => opening.promise, timeToLive: () => timeToLive, now: () => now });
			const abort = new AbortController();
			const asking = [
				slow.get(alice, { signal: abort.signal }),
				slow.loadTransactions(alice, { signal: abort.signal }),
				slow.listCustomers('acme', undefined, { signal: abort.signal }),
				slow.searchCustomers('acme', 'a@b.example', { signal: abort.signal }),
			];
			abort.abort();
			for (const asked of asking) {
				await assert.rejects(asked, cancelled);
			}
			opening.resolve(client);
			await settled();
			assert.equal(client.calls.length, 0);
			slow.dispose();
		});

		it('is not changed by an answer that comes after the cancel', async () => {
			client.deaf = true;
			const abort = new AbortController();
			const asking = store.get(alice, { signal: abort.signal });
			await settled();
			abort.abort();
			await assert.rejects(asking, cancelled);
			client.last('customer').answer(customerOf('alice'));
			await settled();
			assert.deepEqual(store.peek(alice), { ref: alice, absent: false, loading: false });
			assert.equal(told.length, 2);
		});

		it('fails in a sentence of ours even where our own code breaks, and the log is told once', async () => {
			const asking = store.get(alice);
			await settled();
			const mistake = new TypeError('x is not a function');
			client.last('customer').fail(mistake);
			await assert.rejects(asking, (error) => PartneroError.is(error, 'not-understood'));
			assert.deepEqual(unexpected, [mistake]);
		});
	});

	describe('programs', () => {
		const elsewhere: CustomerRef = { programId: 'beta', key: 'alice' };

		it('never mix, also while answers to the same key are under way in both', async () => {
			const asking = [store.get(alice), store.get(elsewhere), store.loadTransactions(alice), store.loadTransactions(elsewhere)];
			await settled();
			const [inAcme, inBeta, acmeRows, betaRows] = client.calls;
			betaRows?.answer(pageOf([transactionOf('t-beta')]));
			inBeta?.answer(customerOf('alice', { name: 'Beta' }));
			inAcme?.answer(customerOf('alice', { name: 'Acme' }));
			acmeRows?.answer(pageOf([transactionOf('t-acme')]));
			await Promise.all(asking);
			assert.equal(store.peek(alice).customer?.name, 'Acme');
			assert.equal(store.peek(elsewhere).customer?.name, 'Beta');
			assert.equal(store.peekTransactions(alice).rows[0]?.key, 't-acme');
			assert.equal(store.peekTransactions(elsewhere).rows[0]?.key, 't-beta');
		});

		it('do not mix where id and key together read the same, whatever characters they have', async () => {
			const pairs = [
				['a', 'b\nc'],
				['a\nb', 'c'],
				['a"', 'x'],
				['a', '"x'],
			] as const;
			for (const [programId, key] of pairs) {
				await load({ programId, key }, { name: JSON.stringify([programId, key]) });
			}
			for (const [programId, key] of pairs) {
				assert.equal(store.peek({ programId, key }).customer?.name, JSON.stringify([programId, key]));
			}
			store.forgetProgram('a');
			assert.notEqual(store.peek({ programId: 'a\nb', key: 'c' }).customer, undefined);
			assert.notEqual(store.peek({ programId: 'a"', key: 'x' }).customer, undefined);
			assert.equal(store.peek({ programId: 'a', key: '"x' }).customer, undefined);
		});

		it('leave nothing behind when they are forgotten, and surfaces hear of it', async () => {
			await load(alice, { name: 'Alice' });
			await load(elsewhere, { name: 'Beta' });
			const rows = store.loadTransactions(alice);
			await settled();
			client.last('transactions').answer(pageOf([transactionOf('t')], cursorTo(2)));
			await rows;
			const partner = store.getPartner('acme', 'p');
			await settled();
			client.last('partner').answer({ raw: {} });
			await partner;
			told = [];

			store.forgetProgram('acme');
			assert.deepEqual(told.sort(), ['alice customer still', 'alice transactions still']);
			assert.deepEqual(store.peek(alice), { ref: alice, absent: false, loading: false });
			assert.deepEqual(store.peekTransactions(alice).rows, []);
			assert.deepEqual([...store.knownKeys('acme')], []);
			assert.equal(store.peek(elsewhere).customer?.name, 'Beta');
			store.getPartner('acme', 'p').catch(() => undefined);
			await settled();
			assert.equal(client.calls.filter(({ question }) => question === 'partner').length, 2, 'the partner is asked for again');
		});

		it('end what is asked of them when they are forgotten: who waits is let go at once and no answer lands later', async () => {
			client.deaf = true;
			const asking = [
				store.get(alice),
				store.loadTransactions(alice),
				store.listCustomers('acme', undefined),
				store.searchCustomers('acme', 'alice@acme.example'),
			];
			const partner = store.getPartner('acme', 'p');
			await settled();
			store.forgetProgram('acme');
			for (const asked of asking) {
				await assert.rejects(asked, cancelled);
			}
			assert.equal(await partner, undefined);
			const answers = { customer: customerOf('alice'), transactions: pageOf([transactionOf('t')]), partner: { raw: {} } };
			const lists = { customers: pageOf([customerOf('alice')]), search: [customerOf('alice')] };
			for (const { question, answer, signal } of client.calls) {
				assert.equal(signal?.aborted, true, question);
				answer({ ...answers, ...lists }[question]);
			}
			await settled();
			assert.deepEqual([...store.knownKeys('acme')], []);
			assert.deepEqual(store.peekTransactions(alice).rows, []);
			store.getPartner('acme', 'p').catch(() => undefined);
			await settled();
			assert.equal(client.calls.length, 6);
		});
	});

	describe('lists of customers', () => {
		it('teach the names, but do not stand in for the whole customer, since Partnero leaves fields out of its lists', async () => {
			const listing = store.listCustomers('acme', undefined);
			await settled();
			client.last('customers').answer(pageOf([customerOf('alice', { name: 'Alice' })]));
			await listing;
			assert.equal(store.peek(alice).customer?.name, 'Alice');
			assert.equal(store.peek(alice).loadedAt, undefined);
			assert.deepEqual([...store.knownKeys('acme')], ['alice']);
			const asking = store.get(alice);
			await settled();
			client.last('customer').answer(customerOf('alice', { name: 'Alice', status: 'active', tags: ['vip'] }));
			assert.deepEqual((await asking).customer?.tags, ['vip']);
		});

		it('never take tags or status away from a customer that is known whole', async () => {
			const whole = { updatedAt: '2025-01-01', status: 'active', tags: ['vip'] };
			await load(alice, whole);
			for (const updatedAt of ['2025-01-01', '2025-02-02', '2025-03-03']) {
				const searching = store.searchCustomers('acme', 'alice@acme.example');
				await settled();
				client.last('search').answer([customerOf('alice', { updatedAt, name: updatedAt })]);
				await searching;
				const { customer } = store.peek(alice);
				assert.deepEqual([customer?.status, customer?.tags], ['active', ['vip']]);
			}
			assert.equal(store.peek(alice).customer?.name, '2025-03-03', 'what the list knows better is shown');
			store.get(alice).catch(() => undefined);
			await settled();
			assert.equal(client.calls.filter(({ question }) => question === 'customer').length, 2, 'and the rest is asked for when it matters');
		});

		it('leave a customer alone that has not changed since it was asked for', async () => {
			await load(alice, { updatedAt: '2025-01-01', tags: ['vip'] });
			told = [];
			const listing = store.listCustomers('acme', undefined);
			await settled();
			client.last('customers').answer(pageOf([customerOf('alice', { updatedAt: '2025-01-01' })]));
			await listing;
			assert.deepEqual(told, []);
			await store.get(alice);
			assert.equal(client.calls.filter(({ question }) => question === 'customer').length, 1);
		});

		it('are asked for once by all who want the same page', async () => {
			const first = [store.listCustomers('acme', undefined), store.listCustomers('acme', undefined)];
			const second = store.listCustomers('acme', cursorTo(2));
			await settled();
			assert.equal(client.calls.length, 2);
			client.calls[0]?.answer(pageOf([customerOf('alice')]));
			client.calls[1]?.answer(pageOf([customerOf('bob')]));
			assert.deepEqual(
				(await Promise.all([...first, second])).map(({ items }) => items[0]?.key),
				['alice', 'alice', 'bob'],
			);
		});
	});

	describe('partners', () => {
		it('are an extra: a failure is silent, and what was known before stays', async () => {
			const asking = store.getPartner('acme', 'p');
			await settled();
			client.last('partner').fail(new PartneroError('server-fault', { status: 500 }));
			assert.equal(await asking, undefined);

			const again = store.getPartner('acme', 'p');
			await settled();
			client.last('partner').answer({ name: 'Paula', raw: {} });
			assert.equal((await again)?.name, 'Paula');
			assert.equal((await store.getPartner('acme', 'p'))?.name, 'Paula');
			assert.equal(client.calls.length, 2);

			now += timeToLive;
			const stale = store.getPartner('acme', 'p');
			await settled();
			client.last('partner').fail(new PartneroError('unreachable'));
			assert.equal((await stale)?.name, 'Paula');
		});
	});

	describe('memory', () => {
		it('holds no more than 2,000 customers and 50 lists, and forgets what was looked at longest ago first', async () => {
			for (let count = 0; count < 3000; count += 100) {
				const listing = store.listCustomers('acme', undefined);
				await settled();
				client.last('customers').answer(pageOf(Array.from({ length: 100 }, (_, index) => customerOf(`c${count + index}`))));
				await listing;
			}
			const known = store.knownKeys('acme');
			assert.ok(known.size >= 1000 && known.size <= 2000, `${known.size} are known`);
			assert.ok(known.has('c2999') && !known.has('c0'));

			for (let index = 0; index < 80; index++) {
				await loadRows({ programId: 'acme', key: `c${index}` }, 1);
			}
			const kept = Array.from({ length: 80 }, (_, index) => store.peekTransactions({ programId: 'acme', key: `c${index}` }).rows.length);
			const count = kept.filter((rows) => rows > 0).length;
			assert.ok(count >= 25 && count <= 50, `${count} lists are kept`);
			assert.equal(kept.at(-1), 1);
		});

		it('holds no more than 200,000 transactions together, but one long list always whole', async () => {
			const long = (key: string) => ({ programId: 'acme', key });
			await loadRows(long('first'), 90_000);
			await loadRows(long('second'), 90_000);
			assert.equal(store.peekTransactions(long('first')).rows.length, 90_000);
			await loadRows(long('third'), 250_000);
			assert.equal(store.peekTransactions(long('third')).rows.length, 250_000);
			assert.equal(store.peekTransactions(long('first')).rows.length, 0);
			assert.equal(store.peekTransactions(long('second')).rows.length, 0);
		});

		async function loadRows(ref: CustomerRef, count: number): Promise<void> {
			const asking = store.loadTransactions(ref);
			await settled();
			client.last('transactions').answer(pageOf(Array.from({ length: count }, (_, index) => transactionOf(`t${index}`))));
			await asking;
		}
	});

	describe('after disposal', () => {
		it('makes no event and no request, lets everyone go, and leaves no rejection behind', async () => {
			const unhandled: unknown[] = [];
			const note = (reason: unknown) => unhandled.push(reason);
			process.on('unhandledRejection', note);
			client.deaf = true;
			const asking = [store.get(alice), store.loadTransactions(alice), store.listCustomers('acme', undefined)];
			await settled();
			told = [];
			store.dispose();
			for (const asked of asking) {
				await assert.rejects(asked, cancelled);
			}
			for (const call of client.calls) {
				call.fail(new PartneroError('unreachable'));
			}
			await assert.rejects(store.get(alice), cancelled);
			await assert.rejects(store.loadTransactions(alice), cancelled);
			await assert.rejects(store.loadMoreTransactions(alice), cancelled);
			await assert.rejects(store.listCustomers('acme', undefined), cancelled);
			await assert.rejects(store.searchCustomers('acme', 'a@b.example'), cancelled);
			assert.equal(await store.getPartner('acme', 'p'), undefined);
			store.forgetProgram('acme');
			store.dispose();
			await settled();
			await settled();
			process.off('unhandledRejection', note);
			assert.equal(client.calls.length, 3);
			assert.deepEqual(told, []);
			assert.deepEqual(unhandled, []);
		});
	});
});
