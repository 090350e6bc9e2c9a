// The box of "Look up customer" for what people paste: a key with something around it, and many keys at once.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerRef } from '../../../src/customers/types.ts';
import { LookupPick, type LookupPickOptions } from '../../../src/lookup/lookupPick.ts';
import { EventEmitter, type FakeQuickPick, shownQuickPick } from '../../fake-vscode/vscode.ts';
import { customerOf, ScriptedClient, settled } from '../customers/scriptedClient.ts';

const acme = { id: 'acme', name: 'ACME', sample: false };

describe('The box of the look-up', () => {
	let client: ScriptedClient;
	let store: CustomerStore;
	let found: CustomerRef[];
	let checked: (readonly string[])[];
	let pick: FakeQuickPick;

	async function open(lastKeys?: readonly string[]): Promise<void> {
		const options = {
			program: acme,
			store,
			history: { onDidChange: new EventEmitter<void>().event, pinned: () => [], recent: () => ['customer_123'] },
			programs: { elsewhere: () => [], isApiKey: async () => false },
			keyAtCursor: async () => undefined,
			find: async (ref: CustomerRef) => {
				found.push(ref);
				return [ref];
			},
			open: async () => undefined,
			lastKeys,
			check: async (keys: readonly string[]) => checked.push(keys),
		};
		new LookupPick(options as unknown as LookupPickOptions);
		pick = shownQuickPick ?? assert.fail('there is no box');
		await settled();
	}

	/** Types, and pauses. */
	async function type(text: string): Promise<void> {
		pick.type(text);
		mock.timers.tick(1000);
		await settled();
	}

	beforeEach(async () => {
		mock.timers.enable({ apis: ['setTimeout', 'Date'] });
		client = new ScriptedClient();
		store = new CustomerStore({ client: async () => client, timeToLive: () => 60_000, now: () => 0 });
		found = [];
		checked = [];
		await open();
	});
	afterEach(() => {
		pick.dispose();
		store.dispose();
		mock.timers.reset();
	});

	it('looks a key up without the quotes, label and comma that were pasted with it, or exactly as it stands', async () => {
		await type('customer: "customer_7",');
		assert.deepEqual(
			client.calls.map(({ about }) => about),
			['customer_7'],
		);
		client.last('customer').answer(customerOf('customer_7', { name: 'Seven' }));
		await settled();
		assert.deepEqual(pick.rows.slice(0, 2), ['customer: "customer_7", | customer_7 · Seven', 'customer: "customer_7", | Look up']);
		mock.timers.tick(1000);
		pick.selectedItems = pick.items.slice(1, 2);
		pick.choose(pick.items[0]?.label ?? '');
		await settled();
		assert.deepEqual(found, [{ programId: 'acme', key: 'customer_7' }]);
	});

	it('checks many keys that were pasted into it, also where they are longer than a key, and asks nothing for them as one key', async () => {
		await type('customer_1 customer_2 customer_3 customer_4');
		const keys = Array.from({ length: 40 }, (_, index) => `customer_number_${index}`);
		await type(keys.join(' '));
		assert.equal(client.calls.length, 0);
		assert.equal(pick.rows[0], 'Check these 40 keys | customer_number_0, customer_number_1, customer_number_2');
		// At once: before the list has come to rest.
		pick.choose('');
		await settled();
		assert.deepEqual(checked, [keys]);
	});

	it('takes a few words for one key first, and for several second', async () => {
		await type('customer with spaces');
		assert.deepEqual(
			client.calls.map(({ about }) => about),
			['customer with spaces'],
		);
		assert.deepEqual(pick.rows.slice(0, 2), ['customer with spaces | Look up', 'Check these 3 keys | customer, with, spaces']);
	});

	it('offers the list that was checked last, so that one can go on with it', async () => {
		pick.dispose();
		await open(['a', 'b']);
		pick.choose('Check these 2 keys');
		assert.deepEqual(checked, []);
		mock.timers.tick(1000);
		pick.choose('Check these 2 keys');
		await settled();
		assert.deepEqual(checked, [['a', 'b']]);
	});
});
