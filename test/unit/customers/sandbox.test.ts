// The store over the real client, against a Partnero that is slow, broken or busy: programs never mix, nothing is asked twice, nothing hangs.
import assert from 'node:assert/strict';
import { CustomerStore } from '../../../src/customers/store.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { createPartneroClient, type PartneroClient } from '../../../src/partnero/index.ts';
import { ProgramRegistry } from '../../../src/programs/registry.ts';
import { type Sandbox, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { FakeKeyring, FakeMemento, FakeWindows } from '../../fake-vscode/storage.ts';
import { settled } from './scriptedClient.ts';

const key = 'customer_123';

describe('CustomerStore with the real client', () => {
	let acme: Sandbox;
	let beta: Sandbox;
	let clients: Map<string, PartneroClient>;
	let store: CustomerStore;

	before(async () => {
		acme = await startSandbox({ customers: 60, programName: 'ACME' });
		beta = await startSandbox({ customers: 60, programName: 'BETA', kind: 'referral' });
	});
	beforeEach(() => {
		clients = new Map(
			[acme, beta].map(({ program, baseUrl, apiKey }) => [program.name, createPartneroClient({ baseUrl, apiKey, sleep: () => settled() })]),
		);
		const client = async (programId: string) => {
			const known = clients.get(programId);
			if (known === undefined) {
				throw new PartneroError('no-program');
			}
			return known;
		};
		store = new CustomerStore({ client, timeToLive: () => 60_000, now: Date.now });
	});
	afterEach(() => {
		store.dispose();
		for (const client of clients.values()) {
			client.close();
		}
		for (const sandbox of [acme, beta]) {
			sandbox.faults.clear();
			sandbox.requests.clear();
		}
	});
	after(async () => {
		await acme.close();
		await beta.close();
	});

	/** Holds answers back until the test lets them go. */
	function hold(sandbox: Sandbox): () => void {
		const { promise, resolve } = Promise.withResolvers<void>();
		sandbox.faults.add({ faults: [{ kind: 'hold', until: promise }] });
		return resolve;
	}

	it('makes one request for a thousand questions', async () => {
		const asked = await Promise.all(Array.from({ length: 1000 }, () => store.get({ programId: 'ACME', key })));
		assert.equal(new Set(asked.map(({ customer }) => customer)).size, 1);
		assert.equal(asked[0]?.customer?.name, 'Alice');
		assert.equal(acme.requests.count, 1);
	});

	it('keeps the same key of two programs apart, although the answers come in the wrong order', async () => {
		const release = hold(acme);
		const inAcme = store.get({ programId: 'ACME', key });
		const inBeta = await store.get({ programId: 'BETA', key });
		assert.equal(inBeta.customer?.kind, 'referral');
		release();
		assert.equal((await inAcme).customer?.kind, 'affiliate');
		assert.equal(store.peek({ programId: 'BETA', key }).customer?.kind, 'referral');
	});

	it('lets go at once of who cancels while the answer is held back, and remembers nothing of it', async () => {
		const release = hold(acme);
		const abort = new AbortController();
		const asking = store.get({ programId: 'ACME', key }, { signal: abort.signal });
		await acme.requests.until(({ count }) => count > 0);
		abort.abort();
		await assert.rejects(asking, (error) => PartneroError.is(error, 'cancelled'));
		release();
		assert.deepEqual(store.peek({ programId: 'ACME', key }), { ref: { programId: 'ACME', key }, absent: false, loading: false });
	});

	it('loads every transaction once, also when some arrive at the top between two pages', async () => {
		const ref = { programId: 'ACME', key: sampleKeys.fullPage };
		const count = acme.transactionCount(ref.key);
		let list = await store.loadTransactions(ref);
		for (let pages = 1; !list.complete; pages++) {
			acme.addTransaction(ref.key, { key: `arrived-${pages}` });
			list = await store.loadMoreTransactions(ref);
			assert.ok(pages < 100);
		}
		const loaded = list.rows.filter(({ key: name }) => !name?.startsWith('arrived-'));
		assert.equal(new Set(list.rows.map(({ id }) => id)).size, list.rows.length);
		assert.equal(loaded.length, count);
	});

	it('says what is wrong and keeps what it had when Partnero breaks down, and recovers with it', async () => {
		const ref = { programId: 'ACME', key };
		await store.get(ref);
		const rule = acme.faults.add({ faults: [{ kind: 'status', status: 500 }] });
		await assert.rejects(store.get(ref, { fresh: true }), (error) => PartneroError.is(error, 'server-fault'));
		assert.equal(store.peek(ref).customer?.name, 'Alice');
		rule.remove();
		assert.equal((await store.get(ref)).error, undefined);
	});

	it('stops asking when the key is rejected, says so for the program, and goes on with the new key', async () => {
		const keyring = new FakeKeyring();
		const registry = new ProgramRegistry({
			globalState: new FakeMemento(),
			workspaceState: new FakeMemento(),
			secrets: keyring.inWindow(),
			windows: async () => new FakeWindows().inWindow(),
			baseUrl: () => acme.baseUrl,
			timeout: () => 5000,
			createClient: async (options) => createPartneroClient(options),
			sampleServer: () => Promise.reject(new Error('no sample')),
			newId: () => 'id',
			now: Date.now,
			log: (line) => assert.doesNotMatch(line, /sandbox_|customer_123/),
			after: () => ({ dispose: () => undefined }),
		});
		const connected = new CustomerStore({ client: (id) => registry.client(id), timeToLive: () => 0, now: Date.now });
		registry.onDidChangeKey((id) => connected.forgetProgram(id));
		const firstKey = acme.apiKey;
		const program = await registry.connect('ACME', firstKey, await registry.verify(firstKey));
		assert.equal(program?.name, 'ACME');
		const ref = { programId: 'id', key };
		assert.equal((await connected.get(ref)).customer?.name, 'Alice');

		acme.replaceApiKey('sandbox_second');
		await assert.rejects(connected.get(ref), (error) => PartneroError.is(error, 'key-rejected'));
		assert.deepEqual(registry.state('id'), { rejected: true });
		const sent = acme.requests.count;
		await assert.rejects(connected.get(ref), (error) => PartneroError.is(error, 'key-rejected'));
		assert.equal(acme.requests.count, sent, 'nothing more is sent');

		await assert.rejects(registry.verify(firstKey), (error) => PartneroError.is(error, 'key-rejected'));
		await registry.verify('sandbox_second');
		assert.equal(await registry.replaceKey('id', 'sandbox_second'), true);
		assert.equal(connected.peek(ref).customer, undefined, 'what the old key brought is forgotten');
		assert.equal((await connected.get(ref)).customer?.name, 'Alice');
		acme.replaceApiKey(firstKey);
		connected.dispose();
		registry.dispose();
	});
});
