// Whose question is sent when.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Queue } from '../../../src/partnero/queue.ts';

const never = new AbortController().signal;

/** A task that begins when the queue lets it, and ends when it is told to. */
class HeldTask {
	readonly name: string;
	readonly #begun: string[];
	readonly #ended = Promise.withResolvers<string>();

	constructor(name: string, begun: string[]) {
		this.name = name;
		this.#begun = begun;
	}

	readonly run = (): Promise<string> => {
		this.#begun.push(this.name);
		return this.#ended.promise;
	};

	end(): void {
		this.#ended.resolve(this.name);
	}

	fail(): void {
		this.#ended.reject(new Error(this.name));
	}
}

/** Until all that can go on has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Questions that wait for their turn', () => {
	it('begin at once where there is a place, within the call itself', () => {
		const begun: string[] = [];
		const queue = new Queue(2);
		void queue.add(new HeldTask('a', begun).run, never, 0);
		void queue.add(new HeldTask('b', begun).run, never, 0);
		void queue.add(new HeldTask('c', begun).run, never, 0);
		assert.deepEqual(begun, ['a', 'b']);
		assert.equal(queue.size, 1);
	});

	it('leave their place whether they are answered or fail', async () => {
		const begun: string[] = [];
		const queue = new Queue(1);
		const [first, second, third] = ['first', 'second', 'third'].map((name) => new HeldTask(name, begun));
		assert.ok(first && second && third);
		const failed = assert.rejects(queue.add(first.run, never, 0), /first/);
		const answered = queue.add(second.run, never, 0);
		const last = queue.add(third.run, never, 0);
		first.fail();
		await failed;
		second.end();
		assert.equal(await answered, 'second');
		third.end();
		assert.equal(await last, 'third');
		assert.deepEqual(begun, ['first', 'second', 'third']);
	});

	it('never begin once they are given up, and take nobody else along', async () => {
		const begun: string[] = [];
		const queue = new Queue(1);
		const running = new HeldTask('running', begun);
		const abort = new AbortController();
		const answer = queue.add(running.run, never, 0);
		const given = assert.rejects(queue.add(new HeldTask('given up', begun).run, abort.signal, 0), /no longer/);
		const wanted = new HeldTask('wanted', begun);
		const other = queue.add(wanted.run, never, 0);
		abort.abort(new Error('no longer'));
		await given;
		await assert.rejects(queue.add(new HeldTask('too late', begun).run, abort.signal, 0), /no longer/);
		assert.equal(queue.size, 1);
		running.end();
		wanted.end();
		assert.deepEqual([await answer, await other], ['running', 'wanted']);
		assert.deepEqual(begun, ['running', 'wanted']);
	});

	it('do not begin while all are held, though places are free', async () => {
		const begun: string[] = [];
		const queue = new Queue(2);
		const tasks = ['a', 'b', 'c'].map((name) => new HeldTask(name, begun));
		queue.hold();
		for (const task of tasks) {
			void queue.add(task.run, never, 0);
		}
		await settled();
		assert.deepEqual(begun, []);
		queue.resume();
		assert.deepEqual(begun, ['a', 'b']);
	});

	it('are at most so many at a time, and begin by their priority, then in the order in which they came, whatever happens', async () => {
		const act = fc.oneof(
			{ weight: 3, arbitrary: fc.record({ act: fc.constant('add' as const), priority: fc.integer({ min: 0, max: 3 }) }) },
			{ weight: 2, arbitrary: fc.record({ act: fc.constant('end' as const), which: fc.nat(9), fails: fc.boolean() }) },
			{ weight: 1, arbitrary: fc.record({ act: fc.constant('give up' as const), which: fc.nat(9) }) },
			{ weight: 1, arbitrary: fc.constantFrom({ act: 'hold' as const }, { act: 'resume' as const }) },
		);
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 40 }), async (places, acts) => {
				const queue = new Queue(places);
				const begun: string[] = [];
				const all = new Map<string, { readonly task: HeldTask; readonly priority: number; readonly abort: AbortController }>();
				// What a reader of the promise would do by hand.
				let [waiting, running, expected, held]: [string[], string[], string[], boolean] = [[], [], [], false];
				const letIn = () => {
					while (!held && running.length < places && waiting.length > 0) {
						const highest = Math.max(...waiting.map((name) => all.get(name)?.priority ?? 0));
						const next = waiting.find((name) => all.get(name)?.priority === highest) ?? '';
						waiting = waiting.filter((name) => name !== next);
						running.push(next);
						expected.push(next);
					}
				};
				for (const [index, step] of acts.entries()) {
					if (step.act === 'add') {
						const entry = { task: new HeldTask(`${index}`, begun), priority: step.priority, abort: new AbortController() };
						all.set(entry.task.name, entry);
						queue.add(entry.task.run, entry.abort.signal, step.priority).catch(() => {});
						waiting.push(entry.task.name);
					} else if (step.act === 'end') {
						const name = running[step.which % Math.max(1, running.length)];
						const task = all.get(name ?? '')?.task;
						(step.fails ? task?.fail : task?.end)?.call(task);
						running = running.filter((other) => other !== name);
					} else if (step.act === 'give up') {
						const name = waiting[step.which % Math.max(1, waiting.length)];
						all.get(name ?? '')?.abort.abort();
						waiting = waiting.filter((other) => other !== name);
					} else {
						held = step.act === 'hold';
						queue[step.act]();
					}
					letIn();
					await settled();
					assert.deepEqual(begun, expected);
					assert.equal(queue.size, waiting.length);
				}
			}),
			{ numRuns: 150 },
		);
	});
});
