// The panel's host side: it follows the store, asks as little as it can, drops what comes too late, and leaves nothing behind.
import assert from 'node:assert/strict';
import type {
	CustomerChange,
	CustomerRef,
	CustomerSnapshot,
	LoadedTransaction,
	TransactionsSnapshot,
} from '../../../src/customers/types.ts';
import { CustomerPanels, type CustomerPanelsOptions } from '../../../src/panel/index.ts';
import { isToApp, type ToApp } from '../../../src/panel/protocol.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { commands, EventEmitter, env, Uri, window } from '../../fake-vscode/vscode.ts';
import { alice, transactions } from '../../panel/scenarios.ts';

const ref: CustomerRef = { programId: 'p1', key: 'customer_123' };
const rows = transactions(250);

/** A webview panel as VS Code hands one out, with the app's side of it. */
class FakeWebviewPanel {
	readonly fromApp = new EventEmitter<unknown>();
	readonly disposed = new EventEmitter<void>();
	readonly viewState = new EventEmitter<unknown>();
	readonly received: ToApp[] = [];
	readonly webview = {
		options: {},
		html: '',
		cspSource: 'https://panel.test',
		asWebviewUri: (uri: Uri) => uri,
		onDidReceiveMessage: this.fromApp.event,
		postMessage: (message: ToApp) => {
			assert.ok(isToApp(JSON.parse(JSON.stringify(message))));
			this.received.push(message);
			return Promise.resolve(true);
		},
	};
	readonly onDidDispose = this.disposed.event;
	readonly onDidChangeViewState = this.viewState.event;
	title = '';
	active = true;
	visible = true;
	revealed = 0;
	isDisposed = false;

	reveal(): void {
		this.revealed += 1;
	}

	dispose(): void {
		if (!this.isDisposed) {
			this.isDisposed = true;
			this.disposed.fire();
		}
	}

	say(message: unknown): void {
		this.fromApp.fire(message);
	}

	/** The newest message of a type. */
	last<Type extends ToApp['type']>(type: Type): Extract<ToApp, { type: Type }> | undefined {
		return this.received.findLast((message): message is Extract<ToApp, { type: Type }> => message.type === type);
	}
}

interface Question {
	readonly what: string;
	readonly fresh: boolean;
	readonly signal: AbortSignal | undefined;
	readonly answer: () => void;
	readonly fail: (error: PartneroError) => void;
}

/** A store whose answers the test gives. */
class FakeStore {
	readonly changes = new EventEmitter<CustomerChange>();
	readonly onDidChange = this.changes.event;
	readonly questions: Question[] = [];
	customer: CustomerSnapshot = { ref, absent: false, loading: false };
	list: TransactionsSnapshot = { ref, rows: [], complete: false, unreadable: 0, loading: false };

	peek = () => this.customer;
	peekTransactions = () => this.list;
	isWatched = () => this.watched;
	watched = false;
	get = (_: CustomerRef, ask: { signal?: AbortSignal | undefined; fresh?: boolean } = {}) => this.ask('customer', ask, () => this.customer);
	loadTransactions = (_: CustomerRef, ask: { signal?: AbortSignal | undefined; fresh?: boolean } = {}) =>
		this.ask('first', ask, () => this.list);
	loadMoreTransactions = (_: CustomerRef, ask: { signal?: AbortSignal | undefined } = {}) => this.ask('more', ask, () => this.list);
	getPartner = (_: string, idOrKey: string, ask: { signal?: AbortSignal | undefined } = {}) =>
		this.ask('partner', ask, () => ({ id: idOrKey, name: 'Jamie', surname: 'Rivera', raw: {} }));

	knows(change: Partial<CustomerSnapshot>): void {
		this.customer = { ...this.customer, ...change };
		this.changes.fire({ ref, what: 'customer' });
	}

	lists(list: readonly LoadedTransaction[], complete: boolean): void {
		this.list = { ...this.list, rows: list, complete, loadedAt: 1000 };
		this.changes.fire({ ref, what: 'transactions' });
	}

	open(what: string): Question[] {
		return this.questions.filter((question) => question.what === what);
	}

	private ask<T>(
		what: string,
		{ signal, fresh = false }: { signal?: AbortSignal | undefined; fresh?: boolean },
		answer: () => T,
	): Promise<T> {
		return new Promise((resolve, reject) => {
			signal?.addEventListener('abort', () => reject(new PartneroError('cancelled')));
			this.questions.push({ what, fresh, signal, answer: () => resolve(answer()), fail: reject });
		});
	}
}

class Setup {
	readonly store = new FakeStore();
	readonly historyChanges = new EventEmitter<void>();
	readonly programChanges = new EventEmitter<void>();
	readonly copied: string[] = [];
	/** Keys of customers who were looked up and found. */
	readonly found: string[] = [];
	pinned = false;
	program: { name: string; sample: boolean; rejected: boolean } | undefined = { name: 'Acme', sample: false, rejected: false };
	now = 61_000;
	readonly panels: CustomerPanels;

	constructor() {
		const options = {
			viewType: 'partnero.customer',
			found: (one: CustomerRef) => this.found.push(one.key),
			extensionUri: Uri.from({ scheme: 'file', path: '/extension' }),
			readApp: () => ({ script: 'theApp();', style: '.the-style {}' }),
			store: this.store,
			history: { onDidChange: this.historyChanges.event, isPinned: () => this.pinned },
			programs: {
				onDidChange: this.programChanges.event,
				elsewhere: () => [{ id: 'p2', name: 'Program p2' }],
				get: (id: string) => (id === 'p1' ? this.program : undefined),
			},
			describeError: (error: PartneroError) => `It failed: ${error.kind}.`,
			now: () => this.now,
		};
		this.panels = new CustomerPanels(options as unknown as CustomerPanelsOptions);
		Object.assign(env, { clipboard: { writeText: (text: string) => Promise.resolve(this.copied.push(text)) } });
	}

	/** A panel that VS Code brought back after a reload of the window. */
	restored(state: unknown = { ...ref, ui: { tab: 'json' } }): FakeWebviewPanel {
		const panel = new FakeWebviewPanel();
		this.panels.restore(panel as never, state);
		return panel;
	}

	/** One that the user opens by looking the customer up. */
	shown(): FakeWebviewPanel {
		const panel = new FakeWebviewPanel();
		Object.assign(window, { createWebviewPanel: () => panel });
		this.panels.show(ref);
		return panel;
	}

	/** One whose app is loaded. */
	ready(): FakeWebviewPanel {
		const panel = this.restored();
		panel.say({ type: 'ready' });
		return panel;
	}
}

/** Lets what was answered take effect. */
const settled = () => new Promise((done) => setImmediate(done));

describe('A detail panel', () => {
	it('is titled by the key, and its document holds nothing else of the customer and no code but its own', () => {
		const panel = new Setup().restored();
		assert.equal(panel.title, 'customer_123');
		assert.match(panel.webview.html, /default-src 'none'/);
		assert.doesNotMatch(panel.webview.html, /unsafe-inline|unsafe-eval|onerror|Alice/);
		const nonce = /script-src &#39;nonce-([^&]+)&#39;|script-src 'nonce-([^']+)'/.exec(panel.webview.html)?.slice(1).find(Boolean);
		assert.deepEqual(panel.webview.html.match(/<(?:script|style|link)[^>]*>[^<]*/g), [
			`<style nonce="${nonce}">.the-style {}`,
			`<script nonce="${nonce}">theApp();`,
		]);
	});

	it('is told all that is known while its app still loads, once', () => {
		const setup = new Setup();
		setup.store.customer = { ref, customer: alice, absent: false, loadedAt: 1000, loading: false };
		const panel = setup.shown();
		assert.deepEqual(
			panel.received.slice(0, 3).map(({ type }) => type),
			['init', 'customer', 'transactions'],
		);
		assert.equal(panel.last('customer')?.customer?.name, 'Alice Brown');
		panel.say({ type: 'ready' });
		assert.equal(panel.received.filter(({ type }) => type === 'init').length, 1);
	});

	it('is told again where what was sent before its app was there got lost', () => {
		const setup = new Setup();
		const panel = setup.shown();
		panel.say({ type: 'ready' });
		panel.received.length = 0;
		panel.say({ type: 'ready' });
		assert.deepEqual(
			panel.received.slice(0, 3).map(({ type }) => type),
			['init', 'customer', 'transactions'],
		);
	});

	it('asks nothing before its app is there', () => {
		const setup = new Setup();
		const panel = setup.restored();
		assert.deepEqual(setup.store.questions, []);
		panel.say({ type: 'ready' });
		assert.deepEqual(
			setup.store.questions.map(({ what }) => what),
			['customer', 'first'],
		);
	});

	it('asks for a customer who is looked up while its app still loads, once', () => {
		const setup = new Setup();
		const panel = setup.shown();
		panel.say({ type: 'ready' });
		setup.panels.show(ref);
		assert.deepEqual(
			setup.store.questions.map(({ what, signal }) => [what, signal?.aborted]),
			[
				['customer', false],
				['first', false],
			],
		);
	});

	it('ends its questions when it is closed at once', () => {
		const setup = new Setup();
		setup.shown().dispose();
		assert.deepEqual(
			setup.store.questions.map(({ signal }) => signal?.aborted),
			[true, true],
		);
	});

	it('tells once that a customer who was looked up is one, and never of one that a reload brought back', async () => {
		const setup = new Setup();
		setup.store.customer = { ...setup.store.customer, customer: alice, loadedAt: 1000 };
		setup.ready();
		setup.store.open('customer')[0]?.answer();
		await settled();
		assert.deepEqual(setup.found, []);
		setup.panels.show(ref);
		setup.store.open('customer')[1]?.answer();
		await settled();
		assert.deepEqual(setup.found, ['customer_123']);
	});

	it('tells of no customer who was looked up and is none', async () => {
		const setup = new Setup();
		setup.store.customer = { ...setup.store.customer, absent: true };
		setup.shown();
		setup.store.open('customer')[0]?.answer();
		await settled();
		assert.deepEqual(setup.found, []);
	});

	it('offers to look in the other programs for who is not a customer of this one, and looks in none that is not connected', () => {
		const setup = new Setup();
		setup.store.customer = { ...setup.store.customer, absent: true };
		const panel = setup.ready();
		assert.deepEqual(panel.last('customer')?.others, [{ id: 'p2', name: 'Program p2' }]);
		const ran: unknown[] = [];
		const { executeCommand } = commands;
		Object.assign(commands, { executeCommand: async (...command: unknown[]) => ran.push(command) });
		for (const programId of ['p1', 'p3', 'p2']) {
			panel.say({ type: 'lookIn', programId });
		}
		Object.assign(commands, { executeCommand });
		assert.deepEqual(ran, [['partnero.openDetails', { programId: 'p2', key: 'customer_123' }]]);
	});

	it('comes back after a reload by program and key, and refuses a state that names no customer', () => {
		const setup = new Setup();
		const panel = setup.ready();
		assert.deepEqual(panel.last('init')?.ref, ref);
		for (const state of [undefined, {}, { programId: 'p1' }, { programId: 'p1', key: 7 }]) {
			assert.equal(setup.restored(state).isDisposed, true);
		}
		assert.equal(setup.restored().isDisposed, true, 'a second panel of the same customer');
	});

	it('shows what is known at once, and what comes as it comes', () => {
		const setup = new Setup();
		setup.store.customer = { ...setup.store.customer, customer: alice, loadedAt: 1000 };
		const panel = setup.ready();
		assert.equal(panel.last('customer')?.customer?.name, 'Alice Brown');
		assert.equal(panel.last('customer')?.age, 60_000);
		setup.store.lists(rows.slice(0, 100), false);
		assert.equal(panel.last('transactions')?.rows.length, 100);
		setup.pinned = true;
		setup.historyChanges.fire();
		assert.equal(panel.last('customer')?.pinned, true);
	});

	it('takes no notice of other customers, nor of the same key in another program', () => {
		const setup = new Setup();
		const panel = setup.ready();
		const before = panel.received.length;
		setup.store.changes.fire({ ref: { programId: 'p2', key: ref.key }, what: 'customer' });
		setup.store.changes.fire({ ref: { programId: 'p1', key: 'other' }, what: 'transactions' });
		assert.equal(panel.received.length, before);
	});

	it('asks anew for customer and first page on refresh, ending the questions before', () => {
		const setup = new Setup();
		const panel = setup.ready();
		panel.say({ type: 'refresh' });
		const [first, second] = setup.store.open('customer');
		assert.equal(first?.signal?.aborted, true);
		assert.equal(second?.fresh, true);
		assert.equal(setup.store.open('first').at(-1)?.fresh, true);
	});

	it('does not shrink a list of many pages when its tab is shown again', async () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.lists(rows, false);
		panel.visible = false;
		panel.viewState.fire(undefined);
		panel.visible = true;
		panel.say({ type: 'ready' });
		await settled();
		assert.equal(setup.store.open('first').length, 1);
		assert.equal(panel.last('transactions')?.start, 0);
	});

	it('sends nothing to a hidden tab', () => {
		const setup = new Setup();
		const panel = setup.ready();
		panel.visible = false;
		panel.viewState.fire(undefined);
		const before = panel.received.length;
		setup.store.knows({ customer: alice });
		assert.equal(panel.received.length, before);
	});

	it('tells an app that was kept while its tab was hidden what it missed', () => {
		const setup = new Setup();
		const panel = setup.ready();
		panel.visible = false;
		panel.viewState.fire(undefined);
		setup.store.knows({ customer: alice });
		panel.visible = true;
		panel.viewState.fire(undefined);
		assert.equal(panel.last('customer')?.customer?.name, 'Alice Brown');
	});

	it('loads page after page on "Load all" until every page is there, and stops when told to', async () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.lists(rows.slice(0, 100), false);
		panel.say({ type: 'loadAll' });
		assert.equal(panel.last('transactions')?.loadingAll, true);
		for (const count of [150, 200]) {
			setup.store.lists(rows.slice(0, count), false);
			setup.store.open('more').at(-1)?.answer();
			await settled();
		}
		assert.equal(setup.store.open('more').length, 3);
		const running = setup.store.questions.at(-1);
		panel.say({ type: 'cancelLoadAll' });
		await settled();
		assert.equal(running?.signal?.aborted, true);
		assert.equal(panel.last('transactions')?.loadingAll, false);
		assert.equal(setup.store.open('more').length, 3);
	});

	it('stops "Load all" after 200,000 rows, so that no list takes all memory, and goes on when it is pressed again', async () => {
		const setup = new Setup();
		const panel = setup.ready();
		const [row] = rows;
		assert.ok(row);
		const many = (count: number) => Array.from({ length: count }, () => row);
		setup.store.lists(many(100), false);
		panel.say({ type: 'loadAll' });
		setup.store.lists(many(200_099), false);
		setup.store.open('more').at(-1)?.answer();
		await settled();
		assert.equal(setup.store.open('more').length, 2);
		setup.store.lists(many(200_100), false);
		setup.store.open('more').at(-1)?.answer();
		await settled();
		assert.equal(setup.store.open('more').length, 2);
		assert.equal(panel.last('transactions')?.loadingAll, false);
		assert.equal(panel.last('transactions')?.complete, false);
		panel.say({ type: 'loadAll' });
		assert.equal(setup.store.open('more').length, 3);
	});

	it('is no longer loading when "Load all" has come to the end', async () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.lists(rows.slice(0, 100), false);
		panel.say({ type: 'loadAll' });
		setup.store.lists(rows, true);
		setup.store.open('more').at(-1)?.answer();
		await settled();
		assert.equal(setup.store.open('more').length, 1);
		assert.equal(panel.last('transactions')?.loadingAll, false);
		assert.equal(panel.last('transactions')?.complete, true);
	});

	it('ends "Load all" where a list stands still', async () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.lists(rows.slice(0, 100), false);
		panel.say({ type: 'loadAll' });
		for (let page = 0; page < 3; page += 1) {
			setup.store.questions.at(-1)?.answer();
			await settled();
		}
		assert.equal(setup.store.open('more').length, 1);
		assert.equal(panel.last('transactions')?.loadingAll, false);
	});

	it('says why a question failed, and how long to wait from then on', () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.knows({ error: new PartneroError('rate-limited', { status: 429, retryAfter: 30_000 }) });
		assert.deepEqual(panel.last('customer')?.error, { kind: 'rate-limited', message: 'It failed: rate-limited.', retryIn: 30_000 });
		setup.now += 12_000;
		setup.historyChanges.fire();
		assert.equal(panel.last('customer')?.error?.retryIn, 18_000);
	});

	it('does not call it a failure when a question was given up', () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.knows({ error: new PartneroError('cancelled') });
		assert.equal(panel.last('customer')?.error, undefined);
	});

	it('shows nothing of the customer any more when the program is disconnected, and asks again when it is back', () => {
		const setup = new Setup();
		setup.store.customer = { ...setup.store.customer, customer: alice, loadedAt: 1000 };
		const panel = setup.ready();
		setup.store.lists(rows, true);
		setup.program = undefined;
		setup.programChanges.fire();
		assert.equal(panel.last('customer')?.customer, undefined);
		assert.equal(panel.last('customer')?.program.connected, false);
		assert.equal(panel.last('transactions')?.loaded, 0);
		const asked = setup.store.open('customer').length;
		setup.program = { name: 'Acme', sample: false, rejected: false };
		setup.programChanges.fire();
		assert.equal(setup.store.open('customer').length, asked + 1);
	});

	it("adds the partner's name when it is known, asked for once", async () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.knows({ customer: alice });
		assert.equal(panel.last('customer')?.customer?.partnerName, undefined);
		setup.store.open('partner')[0]?.answer();
		await settled();
		setup.store.knows({ customer: { ...alice } });
		assert.equal(panel.last('customer')?.customer?.partnerName, 'Jamie Rivera');
		assert.equal(setup.store.open('partner').length, 1);
	});

	it('copies a transaction as Partnero answered it', async () => {
		const setup = new Setup();
		const panel = setup.ready();
		setup.store.lists(rows, true);
		panel.say({ type: 'copyTransaction', id: rows[3]?.id });
		panel.say({ type: 'copyTransaction', id: 'no such one' });
		panel.say({ type: 'copyText', text: '$5.00' });
		await settled();
		assert.deepEqual(setup.copied, [JSON.stringify(rows[3]?.raw, undefined, 2), '$5.00']);
		assert.equal(panel.last('announce')?.what, 'copied');
	});

	it('takes no harm from messages that are none', () => {
		const panel = new Setup().ready();
		for (const message of [
			undefined,
			null,
			7,
			'ready',
			{},
			{ type: 'run', command: 'workbench.action.quit' },
			{ type: 'received', epoch: 'x' },
		]) {
			panel.say(message);
		}
	});

	it('leaves no listener and no question behind when it is closed', () => {
		const setup = new Setup();
		const panel = setup.ready();
		panel.dispose();
		assert.equal(setup.store.changes.listenerCount, 0);
		assert.equal(setup.historyChanges.listenerCount, 0);
		assert.equal(setup.programChanges.listenerCount, 0);
		assert.ok(setup.store.questions.every(({ signal }) => signal?.aborted));
		assert.equal(setup.panels.active, undefined);
	});
});
