// What is asked again and what is not, who waits for whom, and how questions end early.
import assert from 'node:assert/strict';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { createPartneroClient } from '../../../src/partnero/index.ts';
import { absentKey, type Fault, sampleKeys } from '../../../src/sandbox/index.ts';
import { all, FastClock, failureOf, HeldClock, startRawServer, useLab } from './lab.ts';

const key = sampleKeys.documented;

/** Time enough for what must not happen. */
function aWhile(): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, 30));
}

function status(number: number, headers: Readonly<Record<string, string>> = {}): Fault {
	return { kind: 'status', status: number, headers };
}

describe('A question is asked again', () => {
	const lab = useLab();

	const retried: readonly (readonly [string, Fault])[] = [
		['408', status(408)],
		['429', status(429)],
		['502', status(502)],
		['503', status(503)],
		['504', status(504)],
		['a reset', { kind: 'reset', atByte: 0 }],
		['a reset in the body', { kind: 'truncate', bytes: 20 }],
	];
	for (const [name, fault] of retried) {
		it(`after ${name}, and answers once that is over`, async () => {
			for (const failures of [1, 2]) {
				lab.sandbox.faults.clear();
				lab.sandbox.requests.clear();
				lab.sandbox.faults.add({ when: { first: failures }, faults: [fault] });
				assert.equal((await lab.client().getCustomer(key)).name, 'Alice');
				assert.equal(lab.sandbox.requests.count, failures + 1);
			}
		});

		it(`after ${name} twice and no more, with longer waits`, async () => {
			const waits: number[] = [];
			for (const random of [0, 0.5, 0.999]) {
				lab.sandbox.requests.clear();
				lab.clock.waits.length = 0;
				lab.sandbox.faults.add({ faults: [fault] });
				await failureOf(lab.client({ random: () => random }).getCustomer(key));
				assert.equal(lab.sandbox.requests.count, 3);
				waits.push(...lab.clock.waits.slice(0, 2));
			}
			assert.deepEqual(waits, [500, 1000, 750, 1500, 999.5, 1999]);
		});
	}

	it('after a reset before any byte of the answer', async () => {
		const body = '{"data":{"key":"a","name":"Alice"},"status":1}';
		const answer = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
		for (let at = 0; at < answer.length; at++) {
			await using server = await startRawServer((socket, request) => {
				if (request === 1) {
					socket.write(answer.slice(0, at), () => socket.resetAndDestroy());
				} else {
					socket.write(answer);
				}
			});
			const { now, sleep } = new FastClock();
			const client = createPartneroClient({ baseUrl: server.baseUrl, apiKey: 'key', now, sleep });
			assert.equal((await client.getCustomer('a')).name, 'Alice', `byte ${at}`);
			assert.equal(server.requests.length, 2);
			client.close();
		}
	});

	it('after a time-out, once: nobody waits three times for a server that is silent', async () => {
		for (const fault of [{ kind: 'stall' }, { kind: 'stall', afterBytes: 30 }, { kind: 'drip', bytes: 1, ms: 20 }] satisfies Fault[]) {
			lab.sandbox.faults.clear();
			lab.sandbox.faults.add({ faults: [fault] });
			const outcomes: string[] = [];
			let time = 0;
			const client = lab.client({ timeout: 100, now: () => (time += 100), onAttempt: ({ outcome }) => outcomes.push(outcome) });
			await failureOf(client.getCustomer(key), 'timed-out');
			assert.deepEqual(outcomes, ['timed-out', 'timed-out']);
		}
	});

	it('after a wait that a gateway asks for', async () => {
		lab.sandbox.faults.add({ when: { first: 1 }, faults: [status(503, { 'retry-after': '17' })] });
		await lab.client().getCustomer(key);
		assert.deepEqual(lab.clock.waits, [17_000]);
	});

	it('not at once where the asked wait is over already', async () => {
		lab.sandbox.faults.add({ when: { first: 1 }, faults: [status(503, { 'retry-after': '0' })] });
		await lab.client().getCustomer(key);
		assert.deepEqual(lab.clock.waits, [750]);
	});

	it('not at all where the asked wait is longer than a minute', async () => {
		for (const number of [429, 503]) {
			lab.sandbox.requests.clear();
			lab.sandbox.faults.add({ faults: [status(number, { 'retry-after': '61' })] });
			assert.equal((await failureOf(lab.client().getCustomer(key))).retryAfter, 61_000);
			assert.equal(lab.sandbox.requests.count, 1);
		}
	});

	for (const number of [301, 400, 401, 403, 404, 405, 422, 500, 501, 505]) {
		it(`never after ${number}`, async () => {
			lab.sandbox.faults.add({ faults: [status(number)] });
			await failureOf(lab.client().getCustomer(key));
			assert.equal(lab.sandbox.requests.count, 1);
			assert.deepEqual(lab.clock.waits, []);
		});
	}

	it('never where a certificate is not trusted', async () => {
		await using server = await startRawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
		const attempts: string[] = [];
		const { now, sleep } = new FastClock();
		const baseUrl = server.baseUrl.replace('http:', 'https:');
		const client = createPartneroClient({ baseUrl, apiKey: 'key', now, sleep, onAttempt: ({ outcome }) => attempts.push(outcome) });
		await failureOf(client.getCustomer(key), 'unreachable');
		assert.equal(attempts.length, 1);
		assert.match(attempts[0] ?? '', /SSL|EPROTO/);
		client.close();
	});

	it('and each attempt is told to the log by its kind, its outcome, why it failed, and its time', async () => {
		const told: unknown[] = [];
		lab.sandbox.faults.add({ when: { nth: 1 }, faults: [status(502)] });
		lab.sandbox.faults.add({ when: { nth: 2 }, faults: [{ kind: 'reset', atByte: 0 }] });
		await lab.client({ onAttempt: (attempt) => told.push(attempt) }).getCustomer('jane.doe+shop@example.com');
		assert.deepEqual(told, [
			{ resource: 'customers/{key}', outcome: '502', failure: 'server-fault', milliseconds: 0 },
			{ resource: 'customers/{key}', outcome: 'ECONNRESET', failure: 'unreachable', milliseconds: 0 },
			{ resource: 'customers/{key}', outcome: '200', milliseconds: 0 },
		]);
	});
});

describe('After a 429', () => {
	const lab = useLab();

	it('no request leaves before the time is up, whoever asks, and then all are answered', async () => {
		const clock = new HeldClock();
		const pauses: number[] = [];
		const client = lab.client({ ...clock, onPause: (until) => pauses.push(until - clock.time) });
		lab.sandbox.faults.add({ when: { nth: 2 }, faults: [status(429, { 'retry-after': '30' })] });
		const keys = [...lab.sandbox.customerKeys()].filter((name) => /^customer_\d/.test(name)).slice(0, 40);
		const answers = Promise.allSettled(keys.map((name) => client.getCustomer(name)));
		await clock.sleeperUntil(clock.time + 30_000);
		// What has left comes to its end.
		await lab.sandbox.requests.until(({ count, inFlight }) => count >= 4 && inFlight === 0);
		await aWhile();
		const before = lab.sandbox.requests.count;
		assert.ok(before <= 5, `${before} requests had left`);
		const late = Promise.allSettled([client.verify(), all(client.listCustomers()), client.searchCustomers('a@b.c')]);
		clock.pass(29_999);
		await aWhile();
		assert.equal(lab.sandbox.requests.count, before);
		assert.deepEqual(pauses, [30_000]);
		clock.pass(1);
		assert.ok([...(await answers), ...(await late)].every(({ status: ended }) => ended === 'fulfilled'));
		assert.deepEqual(pauses, [30_000]);
	});

	it('no further request leaves while the refusal is still being dealt with', async () => {
		const clock = new HeldClock();
		const client = lab.client({ now: clock.now, sleep: clock.sleep });
		lab.sandbox.faults.add({ faults: [status(429, { 'retry-after': '30' })] });
		const answers = Promise.allSettled(Array.from({ length: 50 }, () => client.getCustomer(key)));
		await clock.sleeperUntil(clock.time + 30_000);
		await lab.sandbox.requests.until(({ count, inFlight }) => count === 4 && inFlight === 0);
		await aWhile();
		assert.equal(lab.sandbox.requests.count, 4);
		client.close();
		assert.ok((await answers).every(({ status: ended }) => ended === 'rejected'));
	});

	it('whoever was sent back goes first', async () => {
		const client = lab.client();
		lab.sandbox.faults.add({ path: `/v1/customers/${absentKey}`, when: { first: 1 }, faults: [status(429, { 'retry-after': '1' })] });
		await Promise.allSettled([client.getCustomer(absentKey), ...Array.from({ length: 30 }, () => client.getCustomer(key))]);
		const paths = lab.sandbox.requests.entries.map(({ path }) => path);
		assert.ok(paths.lastIndexOf(`/v1/customers/${absentKey}`) < 10, 'it did not have to queue again');
	});

	it('that comes again and again, nobody waits more than twice, and nothing hangs', async () => {
		const clock = new HeldClock();
		const client = lab.client({ now: clock.now, sleep: clock.sleep });
		lab.sandbox.faults.add({ faults: [status(429, { 'retry-after': '60' })] });
		const asked = Array.from({ length: 100 }, () => failureOf(client.getCustomer(key), 'rate-limited'));
		for (let pause = 0; pause < 2; pause++) {
			await clock.sleeperUntil(clock.time + 60_000);
			await lab.sandbox.requests.until(({ count, inFlight }) => count === 4 * (pause + 1) && inFlight === 0);
			await aWhile();
			clock.pass(60_000);
		}
		const errors = await Promise.all(asked);
		assert.ok(errors.every(({ status: number, retryAfter }) => number === 429 && retryAfter === 60_000));
		assert.ok(lab.sandbox.requests.count <= 12, `${lab.sandbox.requests.count} requests`);
	});

	it('that asks for more than a minute, questions fail at once with the wait, and a minute later one is tried', async () => {
		const clock = new HeldClock();
		const client = lab.client({ now: clock.now, sleep: clock.sleep });
		lab.sandbox.faults.add({ when: { first: 1 }, faults: [status(429, { 'retry-after': '3600' })] });
		assert.equal((await failureOf(client.getCustomer(key), 'rate-limited')).retryAfter, 3_600_000);
		clock.pass(10_000);
		const error = await failureOf(client.getCustomer(absentKey), 'rate-limited');
		assert.deepEqual([error.retryAfter, error.status, error.serverMessage], [3_590_000, 429, 'Too Many Attempts.']);
		assert.equal(lab.sandbox.requests.count, 1);
		clock.pass(50_000);
		assert.equal((await client.getCustomer(key)).name, 'Alice');
	});

	it('a question that is given up does not wait for the time', async () => {
		const clock = new HeldClock();
		const client = lab.client({ now: clock.now, sleep: clock.sleep });
		lab.sandbox.faults.add({ faults: [status(429, { 'retry-after': '30' })] });
		const abort = new AbortController();
		const asked = failureOf(client.getCustomer(key, { signal: abort.signal }), 'cancelled');
		await clock.sleeperUntil(clock.time + 30_000);
		const waiting = failureOf(client.getCustomer(key, { signal: abort.signal }), 'cancelled');
		abort.abort();
		await Promise.all([asked, waiting]);
	});
});

describe('After a 401', () => {
	const lab = useLab();

	it('nothing more is sent, and it is told once', async () => {
		let told = 0;
		const client = lab.client({ apiKey: 'revoked-key', onKeyRejected: () => told++ });
		const errors = await Promise.all(Array.from({ length: 30 }, () => failureOf(client.getCustomer(key), 'key-rejected')));
		assert.ok(errors.every(({ status: number }) => number === 401));
		const sent = lab.sandbox.requests.count;
		assert.ok(sent <= 4);
		await failureOf(client.verify(), 'key-rejected');
		await failureOf(all(client.listCustomers()), 'key-rejected');
		assert.equal(lab.sandbox.requests.count, sent);
		assert.equal(told, 1);
	});
});

describe('A question that is given up', () => {
	const lab = useLab();

	it('makes no request where it was given up before', async () => {
		const client = lab.client();
		const signal = AbortSignal.abort();
		await failureOf(client.getCustomer(key, { signal }), 'cancelled');
		await failureOf(all(client.listCustomers({ signal })), 'cancelled');
		await failureOf(client.searchCustomers('a@b.c', { signal }), 'cancelled');
		await failureOf(client.getPartner('a', { signal }), 'cancelled');
		await failureOf(client.verify({ signal }), 'cancelled');
		assert.equal(lab.sandbox.requests.count, 0);
	});

	for (const [name, fault] of [
		['before the answer', { kind: 'stall' }],
		['in the middle of the answer', { kind: 'stall', afterBytes: 20 }],
	] satisfies [string, Fault][]) {
		it(`${name} ends at once, and its request too`, async () => {
			lab.sandbox.faults.add({ faults: [fault] });
			const abort = new AbortController();
			const asked = failureOf(lab.client().getCustomer(key, { signal: abort.signal }), 'cancelled');
			await lab.sandbox.requests.until(({ inFlight }) => inFlight === 1);
			abort.abort(new Error('a reason that holds a secret'));
			await asked;
			await lab.sandbox.requests.until(({ inFlight }) => inFlight === 0);
			assert.equal(lab.sandbox.requests.entries[0]?.outcome, 'broken');
			assert.equal(lab.sandbox.requests.count, 1);
		});
	}

	it('while it waits to be asked again ends at once', async () => {
		const clock = new HeldClock();
		lab.sandbox.faults.add({ faults: [status(502)] });
		const abort = new AbortController();
		const asked = failureOf(lab.client({ now: clock.now, sleep: clock.sleep }).getCustomer(key, { signal: abort.signal }), 'cancelled');
		await clock.sleeperUntil(clock.time);
		abort.abort();
		await asked;
		assert.equal(lab.sandbox.requests.count, 1);
	});

	it('leaves its place to the others, in flight and in the queue', async () => {
		const client = lab.client();
		lab.sandbox.faults.add({ path: `/v1/customers/${absentKey}`, faults: [{ kind: 'stall' }] });
		const abort = new AbortController();
		const given = Array.from({ length: 20 }, () => failureOf(client.getCustomer(absentKey, { signal: abort.signal }), 'cancelled'));
		const wanted = client.getCustomer(key);
		await lab.sandbox.requests.until(({ inFlight }) => inFlight === 4);
		abort.abort();
		await Promise.all(given);
		assert.equal((await wanted).name, 'Alice');
		assert.equal(lab.sandbox.requests.count, 5);
	});

	it('between two pages ends the list', async () => {
		const abort = new AbortController();
		const error = await failureOf(
			(async () => {
				for await (const _page of lab.client().listCustomerTransactions(sampleKeys.hundredThousand, { signal: abort.signal })) {
					abort.abort();
				}
			})(),
			'cancelled',
		);
		assert.ok(PartneroError.is(error));
		assert.equal(lab.sandbox.requests.count, 1);
	});

	it('leaves no listener behind on a signal that lives on', async () => {
		const abort = new AbortController();
		let added = 0;
		const { addEventListener, removeEventListener } = abort.signal;
		abort.signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
			added++;
			addEventListener.apply(abort.signal, args);
		};
		abort.signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
			added--;
			removeEventListener.apply(abort.signal, args);
		};
		const client = lab.client();
		for (let index = 0; index < 20; index++) {
			await client.getCustomer(key, { signal: abort.signal });
		}
		assert.equal(added, 0);
	});
});

describe('A client that is closed', () => {
	const lab = useLab();

	it('ends what is in flight, what queues, what waits, and every connection', async () => {
		const clock = new HeldClock();
		const client = lab.client({ now: clock.now, sleep: clock.sleep });
		lab.sandbox.faults.add({ path: `/v1/customers/${absentKey}`, faults: [{ kind: 'stall' }] });
		lab.sandbox.faults.add({ path: `/v1/customers/${key}`, faults: [status(503)] });
		const waiting = failureOf(client.getCustomer(key), 'cancelled');
		await clock.sleeperUntil(clock.time);
		const asked = Array.from({ length: 20 }, () => failureOf(client.getCustomer(absentKey), 'cancelled'));
		// One place is taken by the question that waits.
		await lab.sandbox.requests.until(({ inFlight }) => inFlight === 3);
		client.close();
		await Promise.all([waiting, ...asked]);
		await lab.sandbox.requests.until(({ inFlight }) => inFlight === 0);
		assert.equal(lab.sandbox.requests.count, 4);
	});

	it('ends what waits after a 429', async () => {
		const clock = new HeldClock();
		const client = lab.client({ now: clock.now, sleep: clock.sleep });
		lab.sandbox.faults.add({ faults: [status(429, { 'retry-after': '30' })] });
		const asked = Array.from({ length: 9 }, () => failureOf(client.getCustomer(key), 'cancelled'));
		await clock.sleeperUntil(clock.time + 30_000);
		await lab.sandbox.requests.until(({ count, inFlight }) => count === 4 && inFlight === 0);
		client.close();
		await Promise.all(asked);
	});

	it('answers nothing any more, however often it is closed', async () => {
		const client = lab.client();
		client.close();
		client.close();
		await failureOf(client.getCustomer(key), 'cancelled');
		await failureOf(all(client.listCustomers()), 'cancelled');
		assert.equal(lab.sandbox.requests.count, 0);
	});
});
