// "Watch for new transactions" with its timer held: when it asks, what it tells, and what ends it.
import assert from 'node:assert/strict';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerRef } from '../../../src/customers/types.ts';
import { WatchCommand, type WatchCommandOptions } from '../../../src/lookup/watch.ts';
import { PartneroError, type PartneroErrorKind } from '../../../src/partnero/errors.ts';
import { EventEmitter, window } from '../../fake-vscode/vscode.ts';
import { cursorTo, customerOf, pageOf, ScriptedClient, settled, transactionOf } from '../customers/scriptedClient.ts';

const alice: CustomerRef = { programId: 'acme', key: 'alice' };
const bob: CustomerRef = { programId: 'acme', key: 'bob' };

/** A status bar item as VS Code hands one out. */
class FakeItem {
	text = '';
	tooltip = '';
	shown = false;
	show(): void {
		this.shown = true;
	}
	dispose(): void {
		this.shown = false;
	}
}

/** Something that will run, unless it is given up. */
interface Later {
	readonly run: () => void;
	readonly milliseconds: number;
}

class Setup {
	readonly client = new ScriptedClient();
	readonly store: CustomerStore;
	readonly closed = new EventEmitter<CustomerRef>();
	readonly programChanges = new EventEmitter<void>();
	readonly timers = new Set<Later>();
	readonly items: FakeItem[] = [];
	readonly told: string[] = [];
	readonly notified: string[] = [];
	readonly watch: WatchCommand;
	now = 1_000_000;
	notify = false;
	connected = true;
	pausedUntil: number | undefined;

	constructor() {
		const client = () => (this.connected ? Promise.resolve(this.client) : Promise.reject(new PartneroError('no-program')));
		this.store = new CustomerStore({ client, timeToLive: () => 60_000, now: () => this.now });
		const options = {
			store: this.store,
			programs: {
				get: () => (this.connected ? { id: 'acme', name: 'ACME', sample: false } : undefined),
				state: () => ({ rejected: false, ...(this.pausedUntil !== undefined && { pausedUntil: this.pausedUntil }) }),
				onDidChange: this.programChanges.event,
			},
			activePanel: () => alice,
			onDidClosePanel: this.closed.event,
			notify: () => this.notify,
			now: () => this.now,
			later: (run: () => void, milliseconds: number) => {
				const timer = { run, milliseconds };
				this.timers.add(timer);
				return { dispose: () => this.timers.delete(timer) };
			},
		};
		this.watch = new WatchCommand(options as unknown as WatchCommandOptions);
		Object.assign(window, {
			createStatusBarItem: () => {
				const item = new FakeItem();
				this.items.push(item);
				return item;
			},
			setStatusBarMessage: (text: string) => this.told.push(text),
			showInformationMessage: async (text: string) => {
				this.notified.push(text);
			},
		});
	}

	run(argument?: unknown): void {
		this.watch.commands['partnero.watchCustomer'](argument);
	}

	get asked(): number {
		return this.client.calls.length;
	}

	get shown(): readonly FakeItem[] {
		return this.items.filter(({ shown }) => shown);
	}

	/** Answers the open question with transactions of these amounts, the newest first. */
	async answer(...amounts: readonly number[]): Promise<void> {
		await settled();
		const rows = amounts.map((amount) =>
			transactionOf(`t${amount}`, { value: String(amount), units: 'USD', createdAt: new Date(amount * 1000).toISOString() }),
		);
		this.client.last('transactions').answer(pageOf(rows));
		await settled();
	}

	async fail(kind: PartneroErrorKind): Promise<void> {
		await settled();
		this.client.last('transactions').fail(new PartneroError(kind, kind === 'rate-limited' ? { status: 429, retryAfter: 60_000 } : {}));
		await settled();
	}

	/** Lets the time pass that the one timer waits for, and gives it in seconds. */
	async wait(): Promise<number> {
		assert.equal(this.timers.size, 1);
		const [timer] = this.timers;
		const { run, milliseconds } = timer as Later;
		this.timers.clear();
		this.now += milliseconds;
		run();
		await settled();
		return milliseconds / 1000;
	}
}

describe('A customer who is watched', () => {
	let setup: Setup;
	const original = { ...window };

	beforeEach(() => {
		setup = new Setup();
	});
	afterEach(() => {
		setup.watch.dispose();
		setup.store.dispose();
		Object.assign(window, original);
	});

	/** Watches alice, who has one transaction. */
	async function watching(): Promise<void> {
		setup.run(alice);
		await setup.answer(1);
	}

	it('is asked for every ten seconds after an answer, by one timer, and never twice at a time', async () => {
		await watching();
		assert.equal(setup.asked, 1);
		assert.equal(await setup.wait(), 10);
		assert.equal(setup.asked, 2);
		assert.equal(setup.timers.size, 0, 'nothing waits while Partnero is being asked');
		await setup.answer(1);
		assert.equal(await setup.wait(), 10);
		assert.equal(setup.asked, 3);
	});

	it('has each arrival told once in the status bar, with its amount, and in no notification', async () => {
		await watching();
		await setup.wait();
		await setup.answer(2, 1);
		assert.deepEqual(setup.told, ['$(bell-dot) New transaction of alice: $2.00']);
		assert.equal(setup.shown[0]?.text, '$(eye) alice +1');
		await setup.wait();
		await setup.answer(2, 1);
		assert.equal(setup.told.length, 1);
		await setup.wait();
		await setup.answer(4, 3, 2, 1);
		assert.equal(setup.told[1], '$(bell-dot) 2 new transactions of alice');
		assert.equal(setup.shown[0]?.text, '$(eye) alice +3');
		assert.deepEqual(setup.notified, []);
	});

	it('has arrivals told in a notification as well if the user chose it, also in the midst of a watch', async () => {
		await watching();
		setup.notify = true;
		await setup.wait();
		await setup.answer(2, 1);
		assert.deepEqual(setup.notified, ['New transaction of alice: $2.00']);
	});

	it('has an arrival told that another surface asked for', async () => {
		await watching();
		const refresh = setup.store.loadTransactions(alice, { fresh: true });
		await setup.answer(2, 1);
		await refresh;
		assert.equal(setup.told.length, 1);
		await setup.wait();
		await setup.answer(2, 1);
		assert.equal(setup.told.length, 1);
	});

	it('is watched for fifteen minutes and no longer, however long the answers take', async () => {
		const start = setup.now;
		setup.run(alice);
		let answers = 0;
		while (setup.shown.length > 0) {
			setup.now += 7000;
			await setup.answer(1);
			await setup.wait();
			assert.ok(++answers < 100);
		}
		assert.equal(setup.timers.size, 0);
		assert.equal(setup.store.isWatched(alice), false);
		assert.ok(setup.now - start <= 15 * 60_000 + 7000, String(setup.now - start));
		assert.deepEqual(setup.told, ['$(eye-closed) Stopped watching alice after 15 minutes.']);
		const { asked } = setup;
		await settled();
		assert.equal(setup.asked, asked);
	});

	const ends: Readonly<Record<string, () => void | Promise<void>>> = {
		'the same command': () => setup.run(alice),
		'the same command without an argument, for the panel in front': () => setup.run(),
		'its panel being closed': () => setup.closed.fire(alice),
		'a 429': async () => {
			await setup.wait();
			await setup.fail('rate-limited');
		},
		'a pause that Partnero asked for in another answer': () => {
			setup.pausedUntil = setup.now + 5000;
			setup.programChanges.fire();
		},
		'a rejected API key': async () => {
			await setup.wait();
			await setup.fail('key-rejected');
		},
		'its program being disconnected': () => {
			setup.connected = false;
			setup.programChanges.fire();
		},
		'the end of the extension': () => setup.watch.dispose(),
	};
	for (const [name, end] of Object.entries(ends)) {
		it(`is not asked for any more after ${name}`, async () => {
			await watching();
			await end();
			assert.equal(setup.store.isWatched(alice), false);
			assert.equal(setup.timers.size, 0);
			assert.deepEqual(setup.shown, []);
			assert.equal(setup.programChanges.listenerCount, 0);
		});
	}

	it('is not asked for any more after the command came during a question', async () => {
		await watching();
		await setup.wait();
		setup.run(alice);
		await settled();
		assert.equal(setup.client.last('transactions').signal?.aborted, true);
		assert.equal(setup.timers.size, 0);
	});

	it('stays watched when the panel of somebody else is closed, and when others are watched', async () => {
		await watching();
		setup.closed.fire(bob);
		setup.run(bob);
		await setup.answer(1);
		assert.deepEqual(
			setup.shown.map(({ text }) => text),
			['$(eye) alice', '$(eye) bob'],
		);
		setup.run(bob);
		assert.equal(setup.store.isWatched(alice), true);
		assert.equal(setup.timers.size, 1);
	});

	for (const kind of ['unreachable', 'timed-out', 'server-fault'] as const) {
		it(`stays watched over a failure that may pass (${kind}), which is shown as long as it lasts`, async () => {
			await watching();
			await setup.wait();
			await setup.fail(kind);
			assert.equal(setup.shown[0]?.text, '$(warning) alice');
			assert.equal(await setup.wait(), 10);
			await setup.answer(2, 1);
			assert.equal(setup.shown[0]?.text, '$(eye) alice +1');
		});
	}

	it('may be somebody whom Partnero does not know yet: the first sale is an arrival, and the customer is asked for', async () => {
		const asking = setup.store.get(alice);
		await settled();
		setup.client.last('customer').fail(new PartneroError('not-found', { status: 404 }));
		await asking;
		setup.run(alice);
		await setup.fail('not-found');
		setup.client.last('customer').fail(new PartneroError('not-found', { status: 404 }));
		await settled();
		await setup.wait();
		await setup.answer(1);
		setup.client.last('customer').answer(customerOf('alice'));
		await settled();
		assert.deepEqual(setup.told, ['$(bell-dot) New transaction of alice: $1.00']);
		assert.equal(setup.store.peek(alice).absent, false);
	});

	it('has a name that becomes no icon and no second line in the status bar', async () => {
		setup.run({ programId: 'acme', key: '$(trash)\n[x](command:y)' });
		await setup.answer(1);
		assert.doesNotMatch(setup.shown[0]?.text ?? '', /\$\(trash\)|\n|\]\(/);
	});

	it('is said to be seen in part where new transactions may stand behind what is loaded', async () => {
		await watching();
		assert.doesNotMatch(setup.shown[0]?.tooltip ?? '', /load all/);
		setup.run(bob);
		await settled();
		const rows = [1, 2].map((day) => transactionOf(`t${day}`, { createdAt: `2026-01-0${day}T00:00:00Z` }));
		setup.client.last('transactions').answer(pageOf(rows, cursorTo(2)));
		await settled();
		assert.match(setup.shown[1]?.tooltip ?? '', /load all/);
	});

	it('is nobody where an argument names nobody', () => {
		setup.run({ key: 'alice' });
		setup.run('alice');
		assert.deepEqual(setup.shown, []);
		assert.equal(setup.asked, 0);
	});
});
