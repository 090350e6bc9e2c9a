// One request for a thousand who ask: who waits, who gives up, and what becomes of the work.
import assert from 'node:assert/strict';
import { SingleFlight } from '../../../src/customers/singleFlight.ts';
import { settled } from './scriptedClient.ts';

describe('SingleFlight', () => {
	/** Work whose end the test decides. */
	function work() {
		const { promise, resolve, reject } = Promise.withResolvers<string>();
		const started: AbortSignal[] = [];
		let ended = 0;
		const start = (signal: AbortSignal) => {
			started.push(signal);
			return promise;
		};
		return { start, ended: () => ended++, resolve, reject, started, endings: () => ended };
	}

	it('starts once for a thousand callers, and all of them get the answer', async () => {
		const flights = new SingleFlight<string>();
		const shared = work();
		const callers = Array.from({ length: 1000 }, () => flights.join('a', shared));
		shared.resolve('answer');
		assert.deepEqual(new Set(await Promise.all(callers)), new Set(['answer']));
		assert.equal(shared.started.length, 1);
		assert.equal(shared.endings(), 1);
		assert.equal(flights.has('a'), false);
	});

	it('tells all callers of a failure, and the next one starts anew', async () => {
		const flights = new SingleFlight<string>();
		const failing = work();
		const callers = [flights.join('a', failing), flights.join('a', failing)];
		failing.reject(new Error('broken'));
		for (const caller of callers) {
			await assert.rejects(caller, /broken/);
		}
		const next = work();
		const caller = flights.join('a', next);
		next.resolve('fine');
		assert.equal(await caller, 'fine');
	});

	it('lets go of a caller that gives up at once, while the work goes on for the others', async () => {
		const flights = new SingleFlight<string>();
		const shared = work();
		const impatient = new AbortController();
		const gaveUp = flights.join('a', shared, impatient.signal);
		const patient = flights.join('a', shared);
		const reason = new Error('no longer wanted');
		impatient.abort(reason);
		await assert.rejects(gaveUp, reason);
		assert.equal(shared.started[0]?.aborted, false);
		assert.equal(flights.has('a'), true);
		shared.resolve('answer');
		assert.equal(await patient, 'answer');
	});

	it('aborts the work when the last caller has given up, and whoever comes next does not join it', async () => {
		const flights = new SingleFlight<string>();
		const old = work();
		const first = new AbortController();
		const second = new AbortController();
		const callers = [flights.join('a', old, first.signal), flights.join('a', old, second.signal)];
		first.abort();
		assert.equal(old.started[0]?.aborted, false);
		second.abort();
		assert.equal(old.started[0]?.aborted, true);
		assert.equal(flights.has('a'), false);
		assert.equal(old.endings(), 1);
		await Promise.allSettled(callers);

		const fresh = work();
		const caller = flights.join('a', fresh);
		old.resolve('late');
		await settled();
		assert.equal(flights.has('a'), true, 'the late answer of the old work does not end the new one');
		assert.equal(old.endings(), 1);
		fresh.resolve('new');
		assert.equal(await caller, 'new');
	});

	it('rejects who waits at once when a flight is aborted, even if the work does not hear of it', async () => {
		const flights = new SingleFlight<string>();
		const deaf = work();
		const caller = flights.join('a', deaf);
		const other = work();
		const untouched = flights.join('b', other);
		flights.abort((name) => name === 'a');
		await assert.rejects(caller, { name: 'AbortError' });
		assert.equal(deaf.started[0]?.aborted, true);
		other.resolve('b');
		assert.equal(await untouched, 'b');
	});

	it('does not start for a caller that has given up already', async () => {
		const flights = new SingleFlight<string>();
		const unwanted = work();
		await assert.rejects(flights.join('a', unwanted, AbortSignal.abort(new Error('gone'))), /gone/);
		assert.equal(unwanted.started.length, 0);
		assert.equal(flights.has('a'), false);
	});

	it('says that nothing is under way before those who waited go on', async () => {
		const flights = new SingleFlight<string>();
		const shared = work();
		const seen: boolean[] = [];
		const caller = flights
			.join('a', { start: shared.start, ended: () => seen.push(flights.has('a')) })
			.then(() => seen.push(flights.has('a')));
		shared.resolve('answer');
		await caller;
		assert.deepEqual(seen, [false, false]);
	});
});
