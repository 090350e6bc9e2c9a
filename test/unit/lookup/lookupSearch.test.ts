// Searching while the user types: one question at a time, after a pause, and never an answer to an older text.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CustomerStore } from '../../../src/customers/store.ts';
import { LookupSearch } from '../../../src/lookup/lookupSearch.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { customerOf, ScriptedClient, settled } from '../customers/scriptedClient.ts';

describe('LookupSearch', () => {
	let client: ScriptedClient;
	let store: CustomerStore;
	let search: LookupSearch;
	let changes: number;

	beforeEach(() => {
		mock.timers.enable({ apis: ['setTimeout'] });
		client = new ScriptedClient();
		store = new CustomerStore({ client: async () => client, timeToLive: () => 60_000, now: () => 0 });
		search = new LookupSearch(store, 'acme');
		changes = 0;
		search.onDidChange(() => changes++);
	});
	afterEach(() => {
		search.dispose();
		store.dispose();
		mock.timers.reset();
	});

	/** Types, and pauses. */
	async function type(text: string): Promise<void> {
		search.type(text);
		mock.timers.tick(1000);
		await settled();
	}

	it('asks once for what is typed in one go', async () => {
		for (const text of ['a', 'al', 'ali', 'alice']) {
			search.type(text);
			mock.timers.tick(50);
		}
		assert.equal(client.calls.length, 0);
		mock.timers.tick(1000);
		await settled();
		assert.deepEqual(
			client.calls.map(({ about }) => about),
			['alice'],
		);
		assert.equal(search.busy, true);
		client.last('customer').answer(customerOf('alice', { name: 'Alice' }));
		await settled();
		assert.deepEqual([search.busy, search.result?.exact?.customer?.name, changes], [false, 'Alice', 1]);
	});

	it('ends the question to an older text and drops its answer', async () => {
		client.deaf = true;
		await type('first');
		const first = client.last('customer');
		await type('second');
		assert.equal(first.signal?.aborted, true);
		first.answer(customerOf('first'));
		await settled();
		assert.equal(search.result?.text, undefined);
		client.last('customer').answer(customerOf('second'));
		await settled();
		assert.equal(search.result?.text, 'second');
	});

	it('looks for an e-mail address as a key first, then as an address, and names nobody twice', async () => {
		await type('a@b.example');
		client.last('customer').answer(customerOf('a@b.example'));
		await settled();
		client.last('search').answer([customerOf('a@b.example'), customerOf('k1'), customerOf('k2')]);
		await settled();
		assert.equal(search.result?.exact?.customer?.key, 'a@b.example');
		assert.deepEqual(
			search.result?.byEmail.map(({ key }) => key),
			['k1', 'k2'],
		);
	});

	it('tells what went wrong, and asks nothing for what cannot be a key', async () => {
		await type('k');
		client.last('customer').fail(new PartneroError('timed-out'));
		await settled();
		assert.ok(PartneroError.is(search.result?.error, 'timed-out'));
		for (const text of ['', '.', '..', 'x'.repeat(513)]) {
			await type(text);
			assert.equal(search.busy, false);
		}
		assert.equal(client.calls.length, 1);
	});

	it('is silent after it is disposed of', async () => {
		await type('k');
		search.dispose();
		assert.equal(client.last('customer').signal?.aborted, true);
		search.type('another');
		await settled();
		assert.equal(changes, 0);
	});
});
