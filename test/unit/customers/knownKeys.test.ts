// The keys that are recognised wherever they stand: the set stays the same object until a key comes or goes, because documents are read anew
// with every new set.
import assert from 'node:assert/strict';
import { KeyHistory } from '../../../src/customers/history.ts';
import { KnownKeys } from '../../../src/customers/knownKeys.ts';
import { CustomerStore } from '../../../src/customers/store.ts';
import { FakeMemento } from '../../fake-vscode/storage.ts';
import { customerOf, ScriptedClient, settled } from './scriptedClient.ts';

describe('KnownKeys', () => {
	it('are those looked up, pinned and recent, of one program', async () => {
		const client = new ScriptedClient();
		const store = new CustomerStore({ client: () => Promise.resolve(client), timeToLive: () => 0, now: () => 0 });
		const history = new KeyHistory({ storage: new FakeMemento(), enabled: () => true, size: () => 10 });
		const known = new KnownKeys(store, history);
		const ask = async (key: string) => {
			const asking = store.get({ programId: 'acme', key });
			await settled();
			client.last('customer').answer(customerOf(key));
			await asking;
		};
		await history.pin({ programId: 'acme', key: 'pinned' });
		await history.add({ programId: 'acme', key: 'recent' });
		await history.add({ programId: 'beta', key: 'elsewhere' });
		await ask('looked-up');
		const before = known.of('acme');
		assert.deepEqual([...before].sort(), ['looked-up', 'pinned', 'recent']);

		await ask('looked-up');
		await history.add({ programId: 'acme', key: 'recent' });
		assert.equal(known.of('acme'), before, 'the same set while no key comes or goes');

		await ask('another');
		assert.ok(known.of('acme').has('another'));
		store.forgetProgram('acme');
		assert.deepEqual([...known.of('acme')].sort(), ['pinned', 'recent']);
		await history.removeFromRecent({ programId: 'acme', key: 'recent' });
		assert.deepEqual([...known.of('acme')], ['pinned']);
		known.dispose();
		store.dispose();
	});
});
