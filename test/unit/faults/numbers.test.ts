// The promises that are numbers: how many requests, how many at once, how many may wait, for how long nothing leaves.
import assert from 'node:assert/strict';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { PartneroError } from '../../../src/partnero/errors.ts';
import { createPartneroClient } from '../../../src/partnero/index.ts';
import { ProgramRegistry } from '../../../src/programs/registry.ts';
import { type Fault, sampleKeys } from '../../../src/sandbox/index.ts';
import { FakeKeyring, FakeMemento, FakeWindows } from '../../fake-vscode/storage.ts';
import { failureOf, HeldClock, useLab } from '../partnero/lab.ts';

const key = sampleKeys.documented;
const programId = 'id';

function keysOf(count: number): readonly string[] {
	return Array.from({ length: count }, (_, index) => `somebody-${index}`);
}

/** Time enough for what must not happen. */
function aWhile(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, 30));
}

describe('However many ask at once', () => {
	const lab = useLab();

	function store(): CustomerStore {
		const client = lab.client();
		return new CustomerStore({ client: async () => client, timeToLive: () => 60_000, now: lab.clock.now });
	}

	it('a thousand questions for one customer are three requests where Partnero fails, and one more when it is back', async () => {
		const asked = store();
		const rule = lab.sandbox.faults.add({ faults: [{ kind: 'reset', atByte: 0 }] });
		const answers = await Promise.allSettled(Array.from({ length: 1000 }, () => asked.get({ programId, key })));
		assert.ok(answers.every(({ status }) => status === 'rejected'));
		assert.equal(lab.sandbox.requests.count, 3);
		rule.remove();
		const again = await Promise.all(Array.from({ length: 1000 }, () => asked.get({ programId, key })));
		assert.ok(again.every(({ customer }) => customer?.name === 'Alice'));
		assert.equal(lab.sandbox.requests.count, 4);
		asked.dispose();
	});

	it('500 customers are 500 requests, never more than four at a time, and four connections', async () => {
		const asked = store();
		const four = lab.sandbox.requests.until(({ inFlight }) => inFlight === 4);
		lab.sandbox.faults.add({ when: { first: 4 }, faults: [{ kind: 'hold', until: four }] });
		const answers = await Promise.all(keysOf(500).map((name) => asked.get({ programId, key: name })));
		assert.ok(answers.every(({ absent }) => absent));
		const { count, mostInFlight, connections } = lab.sandbox.requests;
		assert.deepEqual({ count, mostInFlight, connections }, { count: 500, mostInFlight: 4, connections: 4 });
		asked.dispose();
	});

	it('10,000 questions may wait; one more is told so at once, and none of the others suffers', async () => {
		const clock = new HeldClock();
		const client = lab.client({ now: clock.now, sleep: clock.sleep, pausedUntil: clock.time + 60_000 });
		const abort = new AbortController();
		const waiting = keysOf(9_999).map((name) =>
			client.getCustomer(name, { signal: abort.signal }).catch((error: PartneroError) => error.kind),
		);
		const patient = client.getCustomer(key);
		await failureOf(client.getCustomer('one-more'), 'busy');
		abort.abort();
		assert.deepEqual(new Set(await Promise.all(waiting)), new Set(['cancelled']));
		clock.pass(60_000);
		assert.equal((await patient).name, 'Alice');
		assert.equal(lab.sandbox.requests.count, 1);
	});
});

describe('Where nobody is answered any more', () => {
	const lab = useLab();
	const dead: readonly (readonly [string, Fault, number])[] = [
		['a server that is silent', { kind: 'stall' }, 100],
		['a network that is gone', { kind: 'reset', atByte: 0 }, 5000],
		['a gateway without a server', { kind: 'status', status: 502 }, 5000],
	];
	for (const [name, fault, timeout] of dead) {
		it(`${name} is asked by four questions, not by all 300 that wait, and the next one is asked anew`, async () => {
			const rule = lab.sandbox.faults.add({ faults: [fault] });
			let late = 0;
			const now = timeout < 1000 ? () => (late += timeout) : lab.clock.now;
			const client = lab.client({ timeout, now });
			const errors = await Promise.all(keysOf(300).map((asked) => failureOf(client.getCustomer(asked))));
			assert.equal(new Set(errors.map(({ kind }) => kind)).size, 1);
			const { count } = lab.sandbox.requests;
			assert.ok(count <= 4 * 3 * 2, `${count} requests`);
			rule.remove();
			assert.equal((await client.getCustomer(key)).name, 'Alice');
		});
	}

	it('but none of those that wait fails as long as some are answered', async () => {
		lab.sandbox.faults.add({ path: '/v1/customers/somebody-3', faults: [{ kind: 'status', status: 502 }] });
		const client = lab.client();
		const errors = await Promise.all(keysOf(200).map((asked) => failureOf(client.getCustomer(asked))));
		const faults = errors.filter(({ kind }) => kind !== 'not-found');
		assert.deepEqual(
			faults.map(({ kind }) => kind),
			['server-fault'],
		);
		assert.equal(lab.sandbox.requests.count, 202);
	});
});

describe('After a 429 nothing of the program leaves before the time is up', () => {
	const lab = useLab();
	const limited: Fault = { kind: 'status', status: 429, headers: { 'retry-after': '30' } };

	interface Scene extends AsyncDisposable {
		readonly clock: HeldClock;
		readonly programs: ProgramRegistry;
		readonly store: CustomerStore;
	}

	/** A connected program, as the extension has it. */
	async function connected(): Promise<Scene> {
		const clock = new HeldClock();
		const programs = new ProgramRegistry({
			globalState: new FakeMemento(),
			workspaceState: new FakeMemento(),
			secrets: new FakeKeyring().inWindow(),
			windows: async () => new FakeWindows().inWindow(),
			baseUrl: () => lab.sandbox.baseUrl,
			timeout: () => 5000,
			createClient: async (options) => createPartneroClient({ ...options, now: clock.now, sleep: clock.sleep, random: () => 0.5 }),
			sampleServer: () => Promise.reject(new Error('no sample')),
			newId: () => programId,
			now: clock.now,
			log: () => undefined,
			after: () => ({ dispose: () => undefined }),
		});
		const { apiKey } = lab.sandbox;
		await programs.connect('ACME', apiKey, await programs.verify(apiKey));
		const store = new CustomerStore({ client: (id) => programs.client(id), timeToLive: () => 0, now: clock.now });
		programs.onDidChangeKey((id) => store.forgetProgram(id));
		lab.sandbox.requests.clear();
		return {
			clock,
			programs,
			store,
			async [Symbol.asyncDispose]() {
				store.dispose();
				programs.dispose();
			},
		};
	}

	/** Meets the 429, which asks for 30 seconds. The question that met it goes on waiting. */
	async function limit({ store, clock }: Scene): Promise<void> {
		lab.sandbox.faults.add({ when: { first: 1 }, faults: [limited] });
		store.get({ programId, key }).catch(() => undefined);
		await clock.sleeperUntil(clock.time + 30_000);
	}

	it('whichever surface asks: a customer, transactions, the list, a search, a partner, an export', async () => {
		await using scene = await connected();
		const { store, clock } = scene;
		lab.sandbox.faults.add({ when: { first: 1 }, faults: [limited] });
		const first = store.get({ programId, key });
		await clock.sleeperUntil(clock.time + 30_000);
		const { signal } = new AbortController();
		const others = [
			store.get({ programId, key: 'somebody' }),
			store.loadTransactions({ programId, key }),
			store.loadArrivals({ programId, key: sampleKeys.oneTransaction }),
			store.listCustomers(programId, undefined),
			store.searchCustomers(programId, 'a@b.c'),
			store.getPartner(programId, 'partner_123'),
			store.eachTransactionPage({ programId, key: sampleKeys.fullPage }, signal).next(),
		];
		clock.pass(29_999);
		await aWhile();
		assert.equal(lab.sandbox.requests.count, 1);
		clock.pass(1);
		await Promise.all([first, ...others]);
		assert.equal(lab.sandbox.requests.count, 9);
	});

	it('nor does the check of another API key for it: that says how long to wait', async () => {
		await using scene = await connected();
		const { programs, clock } = scene;
		await limit(scene);
		clock.pass(10_000);
		const error = await failureOf(programs.verify('another-key', undefined, programId), 'rate-limited');
		assert.equal(error.retryAfter, 20_000);
		assert.equal(lab.sandbox.requests.count, 1);
		clock.pass(20_000);
		await failureOf(programs.verify('another-key', undefined, programId), 'key-rejected');
	});

	it('nor one check after the other, where it was a check that met it', async () => {
		await using scene = await connected();
		const { programs, clock } = scene;
		lab.sandbox.faults.add({ when: { first: 1 }, faults: [limited] });
		const abort = new AbortController();
		const first = failureOf(programs.verify('a-new-key', abort.signal), 'cancelled');
		await clock.sleeperUntil(clock.time + 30_000);
		abort.abort();
		await first;
		await failureOf(programs.verify('a-new-key'), 'rate-limited');
		assert.equal(lab.sandbox.requests.count, 1);
		clock.pass(30_000);
		await failureOf(programs.verify('a-new-key'), 'key-rejected');
	});

	it('although a setting changed meanwhile, for which the client is made anew', async () => {
		await using scene = await connected();
		const { programs, store, clock } = scene;
		await limit(scene);
		programs.dropClients();
		assert.equal(programs.state(programId).pausedUntil, clock.time + 30_000);
		const asked = store.get({ programId, key });
		clock.pass(29_999);
		await aWhile();
		assert.equal(lab.sandbox.requests.count, 1);
		clock.pass(1);
		assert.equal((await asked).customer?.name, 'Alice');
		assert.equal(lab.sandbox.requests.count, 2);
	});
});
