// Any order of questions, answers, failures, cancels, refreshes and disconnections, over two programs with the same keys, held against a
// model: what surfaces see is always the last answer that was still wanted, of the right program, each list in one piece.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerRef } from '../../../src/customers/types.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import type { PageCursor } from '../../../src/partnero/types.ts';
import { type Call, cursorTo, customerOf, pageOf, ScriptedClient, settled, transactionOf } from './scriptedClient.ts';

const refs: readonly CustomerRef[] = ['acme', 'beta'].flatMap((programId) => ['k', 'k2'].map((key) => ({ programId, key })));

const operations = [
	'get',
	'refresh',
	'rows',
	'freshRows',
	'more',
	'cancel',
	'answer',
	'answer',
	'answer',
	'fail',
	'absent',
	'forget',
	'later',
] as const;
type Operation = (typeof operations)[number];
interface Step {
	readonly operation: Operation;
	readonly ref: CustomerRef;
	/** Which caller or question, of those that there are. */
	readonly at: number;
	/** Rows of a page. */
	readonly count: number;
}

interface Caller {
	readonly ref: CustomerRef;
	readonly abort: AbortController;
	outcome: 'waiting' | 'answered' | string;
}

/** Plays one run. Everything random was decided before. */
class Run {
	private readonly clients = new Map<string, ScriptedClient>();
	private readonly callers: Caller[] = [];
	private readonly answered = new Set<Call>();
	private readonly customers = new Map<CustomerRef, string>();
	private readonly told = new Map<string, string>();
	private readonly generations = new WeakMap<PageCursor, { readonly generation: number; readonly offset: number }>();
	private generation = 0;
	private now = 1_000_000;
	private readonly store = new CustomerStore({
		client: (programId) => Promise.resolve(this.client(programId)),
		timeToLive: () => 1000,
		now: () => this.now,
	});

	constructor() {
		for (const ref of refs) {
			this.note(ref, 'customer');
			this.note(ref, 'transactions');
		}
		this.store.onDidChange(({ ref, what }) => this.note(ref, what));
	}

	async step({ operation, ref, at, count }: Step): Promise<void> {
		switch (operation) {
			case 'get':
				this.ask(ref, (signal) => this.store.get(ref, { signal }));
				break;
			case 'refresh':
				this.ask(ref, (signal) => this.store.get(ref, { signal, fresh: true }));
				break;
			case 'rows':
				this.ask(ref, (signal) => this.store.loadTransactions(ref, { signal }));
				break;
			case 'freshRows':
				this.ask(ref, (signal) => this.store.loadTransactions(ref, { signal, fresh: true }));
				break;
			case 'more':
				this.ask(ref, (signal) => this.store.loadMoreTransactions(ref, { signal }));
				break;
			case 'cancel': {
				const waiting = this.callers.filter(({ outcome }) => outcome === 'waiting');
				const caller = waiting[at % waiting.length];
				caller?.abort.abort();
				await settled();
				assert.ok(caller === undefined || caller.outcome === 'cancelled', `a caller that cancels is let go, but was ${caller?.outcome}`);
				break;
			}
			case 'forget':
				this.forget(ref.programId);
				break;
			case 'later':
				this.now += 700;
				break;
			default:
				this.answer(operation, at, count);
		}
		await settled();
		this.check();
	}

	/** Answers everything that is still asked: nobody may wait for ever. */
	async finish(): Promise<void> {
		for (let round = 0; round < 200 && this.open().length > 0; round++) {
			this.answer('answer', 0, 1);
			await settled();
			this.check();
		}
		assert.deepEqual(
			this.callers.filter(({ outcome }) => outcome === 'waiting'),
			[],
		);
		this.store.dispose();
	}

	private client(programId: string): ScriptedClient {
		const client = this.clients.get(programId) ?? new ScriptedClient();
		this.clients.set(programId, client);
		client.deaf = true;
		return client;
	}

	private ask(ref: CustomerRef, question: (signal: AbortSignal) => Promise<unknown>): void {
		const caller: Caller = { ref, abort: new AbortController(), outcome: 'waiting' };
		this.callers.push(caller);
		question(caller.abort.signal).then(
			() => {
				caller.outcome = 'answered';
			},
			(error: unknown) => {
				assert.ok(PartneroError.is(error), String(error));
				caller.outcome = error.kind;
			},
		);
	}

	/** Questions that Partnero has not answered, those that nobody wants any more included. */
	private pending(): readonly (readonly [string, Call])[] {
		return [...this.clients].flatMap(([programId, { calls }]) =>
			calls.filter((call) => !this.answered.has(call)).map((call) => [programId, call] as const),
		);
	}

	private open(): readonly (readonly [string, Call])[] {
		return this.pending().filter(([, { signal }]) => signal?.aborted === false);
	}

	private answer(how: 'answer' | 'fail' | 'absent', at: number, count: number): void {
		const pending = this.pending();
		const [programId, call] = pending[at % pending.length] ?? [];
		if (programId === undefined || call === undefined) {
			return;
		}
		this.answered.add(call);
		const wanted = call.signal?.aborted === false;
		const ref = refs.find((known) => known.programId === programId && known.key === call.about) as CustomerRef;
		if (how === 'fail') {
			call.fail(new PartneroError('server-fault', { status: 500 }));
		} else if (how === 'absent') {
			call.fail(new PartneroError('not-found', { status: 404 }));
			if (wanted && call.question === 'customer') {
				this.customers.set(ref, 'absent');
			}
		} else if (call.question === 'customer') {
			const name = `${programId} ${++this.generation}`;
			call.answer(customerOf(call.about, { name }));
			if (wanted) {
				this.customers.set(ref, name);
			}
		} else {
			this.answerPage(programId, call, count);
		}
	}

	/** Rows are numbered within the list that their first page began, so that a gap, a repetition or a mixture shows. */
	private answerPage(programId: string, call: Call, count: number): void {
		const from = call.from === undefined ? { generation: ++this.generation, offset: 0 } : this.generations.get(call.from);
		assert.ok(from !== undefined);
		const { generation, offset } = from;
		const rows = Array.from({ length: count }, (_, index) => transactionOf(`${programId} ${call.about} ${generation} ${offset + index}`));
		const next = cursorTo(offset);
		this.generations.set(next, { generation, offset: offset + count });
		call.answer(pageOf(rows, offset < 6 ? next : undefined));
	}

	private forget(programId: string): void {
		this.store.forgetProgram(programId);
		for (const ref of refs) {
			if (ref.programId === programId) {
				this.customers.delete(ref);
				assert.deepEqual(this.store.peek(ref), { ref, absent: false, loading: false });
				assert.deepEqual(this.store.peekTransactions(ref), { ref, rows: [], complete: false, unreadable: 0, loading: false });
			}
		}
	}

	private note(ref: CustomerRef, what: 'customer' | 'transactions'): void {
		this.told.set(`${ref.programId} ${ref.key} ${what}`, this.seen(ref, what));
	}

	private seen(ref: CustomerRef, what: 'customer' | 'transactions'): string {
		return JSON.stringify(what === 'customer' ? this.store.peek(ref) : this.store.peekTransactions(ref));
	}

	private check(): void {
		const open = this.open();
		for (const ref of refs) {
			const asked = (question: string) =>
				open.filter(([programId, call]) => programId === ref.programId && call.about === ref.key && call.question === question).length;
			const { customer, absent, loading } = this.store.peek(ref);
			assert.equal(absent ? 'absent' : customer?.name, this.customers.get(ref), 'the last answer that was wanted');
			assert.equal(loading, asked('customer') > 0, 'loading while a question is open');
			assert.ok(asked('customer') <= 1, 'one request for one customer');

			const list = this.store.peekTransactions(ref);
			assert.equal(list.loading, asked('transactions') > 0);
			assert.ok(asked('transactions') <= 2, 'one request for the first page, one for the next');
			const generation = list.rows[0]?.key?.split(' ')[2];
			assert.deepEqual(
				list.rows.map(({ key }) => key),
				list.rows.map((_, index) => `${ref.programId} ${ref.key} ${generation} ${index}`),
				'the list in one piece',
			);
			for (const what of ['customer', 'transactions'] as const) {
				assert.equal(this.told.get(`${ref.programId} ${ref.key} ${what}`), this.seen(ref, what), 'surfaces have heard of what there is');
			}
		}
	}
}

describe('CustomerStore, in any order of events', () => {
	async function play(steps: readonly Step[]): Promise<void> {
		const run = new Run();
		for (const step of steps) {
			await run.step(step);
		}
		await run.finish();
	}

	const stepsOf = (ofRefs: readonly CustomerRef[], ofOperations: readonly Operation[]) =>
		fc.array(
			fc.record({
				operation: fc.constantFrom(...ofOperations),
				ref: fc.constantFrom(...ofRefs),
				at: fc.nat({ max: 20 }),
				count: fc.integer({ min: 1, max: 3 }),
			}),
			{ maxLength: 50, size: 'max' },
		);

	it('shows the last answer that was wanted, of the right program, with every list in one piece, and nobody waits for ever', async () => {
		await fc.assert(fc.asyncProperty(stepsOf(refs, operations), play), { numRuns: 200 });
	});

	it('keeps one list in one piece however it is refreshed, continued, cancelled and answered out of order', async () => {
		const onList: readonly Operation[] = ['freshRows', 'more', 'more', 'answer', 'answer', 'answer', 'fail', 'cancel'];
		await fc.assert(fc.asyncProperty(stepsOf(refs.slice(0, 1), onList), play), { numRuns: 300 });
	});
});
