// Recent and pinned customers: in which order, how many, for which program, and what becomes of a damaged storage.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyHistory } from '../../../src/customers/history.ts';
import { FakeMemento } from '../../fake-vscode/storage.ts';

describe('KeyHistory', () => {
	let storage: FakeMemento;
	let enabled: boolean;
	let size: number;
	let history: KeyHistory;
	let changes: number;

	beforeEach(() => {
		storage = new FakeMemento();
		enabled = true;
		size = 3;
		history = new KeyHistory({ storage, enabled: () => enabled, size: () => size });
		changes = 0;
		history.onDidChange(() => changes++);
	});

	const acme = (key: string) => ({ programId: 'acme', key });
	const addAll = async (...keys: readonly string[]) => {
		for (const key of keys) {
			await history.add(acme(key));
		}
	};

	it('keeps the newest on top, each key once, no more than the setting says', async () => {
		await addAll('a', 'b', 'a', 'c', 'd');
		assert.deepEqual(history.recent('acme'), ['d', 'c', 'a']);
		assert.equal(changes, 5);
	});

	it('follows the setting at once when it gets smaller, and when history is switched off', async () => {
		await addAll('a', 'b', 'c');
		size = 1;
		assert.deepEqual(history.recent('acme'), ['c']);
		enabled = false;
		assert.deepEqual(history.recent('acme'), []);
		await addAll('z');
		enabled = true;
		size = 3;
		assert.deepEqual(history.recent('acme'), ['c', 'b', 'a'], 'nothing was noted meanwhile');
	});

	it('keeps pinned customers in the order of pinning, out of the recent ones, and also when history is off', async () => {
		await addAll('a', 'b', 'c');
		await history.pin(acme('a'));
		await history.pin(acme('x'));
		assert.deepEqual(history.pinned('acme'), ['a', 'x']);
		assert.deepEqual(history.recent('acme'), ['c', 'b']);
		assert.equal(history.isPinned(acme('a')), true);
		enabled = false;
		assert.deepEqual(history.pinned('acme'), ['a', 'x']);
		enabled = true;
		await history.unpin(acme('a'));
		assert.deepEqual(history.pinned('acme'), ['x']);
		assert.deepEqual(history.recent('acme'), ['c', 'b', 'a'], 'an unpinned customer is where it was');
	});

	it('fills the recent list to its size beside pinned ones', async () => {
		await addAll('a', 'b');
		await history.pin(acme('a'));
		await history.pin(acme('b'));
		await addAll('c', 'd', 'e');
		assert.deepEqual(history.recent('acme'), ['e', 'd', 'c']);
	});

	it('removes a customer from the recent ones alone', async () => {
		await addAll('a', 'b');
		await history.pin(acme('a'));
		await history.removeFromRecent(acme('a'));
		await history.removeFromRecent(acme('b'));
		assert.deepEqual([history.recent('acme'), history.pinned('acme')], [[], ['a']]);
	});

	it('keeps programs apart and forgets one of them without a trace', async () => {
		await addAll('secret-customer');
		await history.pin(acme('secret-pin'));
		await history.add({ programId: 'beta', key: 'secret-customer' });
		await history.forgetProgram('acme');
		assert.deepEqual([history.recent('acme'), history.pinned('acme')], [[], []]);
		assert.deepEqual(history.recent('beta'), ['secret-customer']);
		await history.forgetProgram('beta');
		assert.doesNotMatch(storage.text, /secret|acme|beta/);
	});

	it('stores keys and nothing else of a customer', async () => {
		const withMore = { ...acme('a'), email: 'a@private.example', name: 'Alice' };
		await history.add(withMore);
		await history.pin(withMore);
		assert.deepEqual(storage.get('partnero.history'), { acme: { recent: ['a'], pinned: ['a'] } });
	});

	it('takes any program id, also one that is a name of every object', async () => {
		for (const programId of ['__proto__', 'constructor', 'toString', '']) {
			assert.deepEqual(history.recent(programId), []);
			await history.add({ programId, key: 'a' });
			assert.deepEqual(history.recent(programId), ['a'], programId);
		}
	});

	it('survives whatever is stored, shows no key twice and none that cannot be one, and can be used from there', async () => {
		const keys = fc.array(fc.oneof(fc.constantFrom('a', 'b', '', '.', '..', 'x'.repeat(513), '\ud800'), fc.jsonValue()));
		const lists = fc.record({ recent: fc.oneof(keys, fc.jsonValue()), pinned: fc.oneof(keys, fc.jsonValue()) }, { requiredKeys: [] });
		const damaged = fc.oneof(fc.jsonValue(), fc.record({ acme: fc.oneof(lists, fc.jsonValue()) }));
		await fc.assert(
			fc.asyncProperty(damaged, async (value) => {
				await storage.update('partnero.history', value);
				for (const list of [history.recent('acme'), history.pinned('acme')]) {
					assert.equal(new Set(list).size, list.length);
					assert.ok(list.every((key) => typeof key === 'string' && key !== '' && key !== '..' && key.length <= 512 && key.isWellFormed()));
				}
				await history.unpin(acme('new'));
				await history.add(acme('new'));
				assert.equal(history.recent('acme')[0], 'new');
				await history.forgetProgram('acme');
				assert.deepEqual(history.recent('acme'), []);
			}),
		);
	});
});
