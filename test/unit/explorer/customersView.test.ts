// The Customers view as a user works with it: what it asks, when, and what its rows say while Partnero answers, fails or is asked again.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import fc from 'fast-check';
import type { Memento } from 'vscode';
import { KeyHistory } from '../../../src/customers/history.ts';
import { CustomerStore } from '../../../src/customers/store.ts';
import { CustomersView, type CustomersViewOptions } from '../../../src/explorer/customersView.ts';
import type { ExplorerNode } from '../../../src/explorer/nodes.ts';
import { OpenRows } from '../../../src/explorer/openRows.ts';
import type { Ask, AskList } from '../../../src/partnero/client.ts';
import { PartneroError, type PartneroErrorKind } from '../../../src/partnero/errors.ts';
import type { Customer, Page, Transaction } from '../../../src/partnero/types.ts';
import type { ConnectedProgram, ProgramState } from '../../../src/programs/registry.ts';
import { FakeMemento } from '../../fake-vscode/storage.ts';
import { FakeTree } from '../../fake-vscode/tree.ts';
import { EventEmitter, ranCommands } from '../../fake-vscode/vscode.ts';
import { cursorTo, customerOf, pageOf, ScriptedClient, transactionOf } from '../customers/scriptedClient.ts';

/** Answers at once: every customer exists and has two pages of transactions; all of it fails while `failure` is set. */
class ReadyClient extends ScriptedClient {
	failure: PartneroErrorKind | undefined;
	readonly asked: string[] = [];
	/** Further customers of the first page, and rows of each page that could not be read. */
	further: readonly Customer[] = [];
	unreadable = 0;
	/** What the customer is called. */
	name = 'Name of';
	firstAmount = 10;
	/** Answers come when this is resolved. */
	held: Promise<void> | undefined;

	override async getCustomer(key: string, { signal }: Ask = {}): Promise<Customer> {
		this.note(`customer ${key}`, signal);
		await this.held;
		return customerOf(key, { name: this.name === 'Name of' ? `Name of ${key}` : this.name });
	}

	override async *listCustomerTransactions(key: string, { from, signal }: AskList = {}): AsyncIterable<Page<Transaction>> {
		const page = from?.page ?? 1;
		this.note(`transactions ${key} ${page}`, signal);
		await this.held;
		const rows = [1, 2].map((row) => transactionOf('t', { value: String(page * this.firstAmount + row), createdAt: `${page}-${row}` }));
		yield { ...pageOf(rows, page === 1 ? cursorTo(2) : undefined), unreadable: this.unreadable };
	}

	override async *listCustomers({ from, signal }: AskList = {}): AsyncIterable<Page<Customer>> {
		const page = from?.page ?? 1;
		this.note(`all ${page}`, signal);
		await this.held;
		const rows = [1, 2].map((row) => customerOf(`${page}-${row}`));
		yield { ...pageOf([...rows, ...(page === 1 ? this.further : [])], page === 1 ? cursorTo(2) : undefined), unreadable: this.unreadable };
	}

	private note(question: string, signal: AbortSignal | undefined): void {
		signal?.throwIfAborted();
		this.asked.push(question);
		if (this.failure !== undefined) {
			throw new PartneroError(this.failure, this.failure === 'not-found' ? { status: 404 } : {});
		}
	}
}

/** The registry, as far as the view uses it. */
class Programs {
	private readonly changes = new EventEmitter<void>();
	private readonly keyChanges = new EventEmitter<string>();
	readonly onDidChange = this.changes.event;
	readonly onDidChangeKey = this.keyChanges.event;
	all: readonly ConnectedProgram[] = ['acme', 'beta'].map((id) => ({ id, name: id.toUpperCase(), sample: false }));
	active: ConnectedProgram | undefined = this.all[0];
	checking = false;
	now: ProgramState = { rejected: false };

	state(): ProgramState {
		return this.now;
	}

	get(id: string): ConnectedProgram | undefined {
		return this.all.find((program) => program.id === id);
	}

	activate(id: string): void {
		this.active = this.get(id);
		this.changes.fire();
	}

	/** A pause, a rejected key: something that all surfaces are told. */
	tell(): void {
		this.changes.fire();
	}

	changeKey(id: string): void {
		this.keyChanges.fire(id);
		this.changes.fire();
	}
}

describe('CustomersView', () => {
	let clients: Map<string, ReadyClient>;
	let client: ReadyClient;
	let store: CustomerStore;
	let history: KeyHistory;
	let programs: Programs;
	let tree: FakeTree<ExplorerNode>;
	let view: CustomersView;
	let timeToLive: number;
	let state: FakeMemento;

	/** The window is opened or reloaded: only what is stored is left. */
	async function openWindow(): Promise<void> {
		store = new CustomerStore({ client: async (id) => clients.get(id) ?? client, timeToLive: () => timeToLive, now: () => Date.now() });
		tree = new FakeTree();
		// The registry and the view are large; the view uses what is faked here.
		const options = { store, history, programs, view: tree.view, state, gatherTime: 0 } as unknown as CustomersViewOptions;
		view = new CustomersView(options);
		await tree.show(view);
	}

	beforeEach(async () => {
		client = new ReadyClient();
		clients = new Map([
			['acme', client],
			['beta', new ReadyClient()],
		]);
		timeToLive = 60_000;
		state = new FakeMemento();
		history = new KeyHistory({ storage: new FakeMemento(), enabled: () => true, size: () => 25 });
		programs = new Programs();
		programs.onDidChangeKey((id) => store.forgetProgram(id));
		await history.add({ programId: 'acme', key: 'alice' });
		await openWindow();
	});
	afterEach(() => {
		view.dispose();
		store.dispose();
	});

	it('asks nothing before the user opens something', () => {
		assert.deepEqual(client.asked, []);
		assert.deepEqual(tree.lines, ['Recent', '  alice', 'All customers']);
	});

	it('makes no row anew for what no row at the top shows, or VS Code would close what the user opens just then', async () => {
		const { madeAnew } = tree;
		programs.tell();
		programs.now = { rejected: false, pausedUntil: Date.now() + 60_000 };
		programs.tell();
		programs.changeKey('acme');
		programs.changeKey('beta');
		await history.add({ programId: 'acme', key: 'bob' });
		await tree.settle();
		assert.equal(tree.madeAnew, madeAnew);
		assert.deepEqual(tree.lines, ['Recent', '  bob', '  alice', 'All customers']);
		programs.now = { rejected: false, offline: true };
		programs.tell();
		await tree.settle();
		assert.equal(tree.madeAnew, madeAnew + 1);
		assert.equal(tree.lines.length, 5, 'a row says that Partnero is out of reach');
	});

	it('suggests the example customer of the sample program until it is pinned, then to look somebody up', async () => {
		programs.all = [{ id: 'sample', name: 'Sample', sample: true }];
		programs.activate('sample');
		await tree.settle();
		assert.deepEqual(tree.lines, ['Recent', '  Start with customer_123', 'All customers']);
		await history.pin({ programId: 'sample', key: 'customer_123' });
		await tree.settle();
		assert.deepEqual(tree.lines.slice(-3), ['Recent', '  Look up a customer to find it here', 'All customers']);
	});

	it('shows a customer’s transactions page by page, the customer asked for once and each page once', async () => {
		await tree.expand('alice');
		assert.deepEqual(client.asked.sort(), ['customer alice', 'transactions alice 1']);
		assert.deepEqual(tree.lines, ['Recent', '  Name of alice', '    11', '    12', '    Load more…', 'All customers']);
		await view.commands['partnero.loadMore'](tree.row('Load more…').node);
		await tree.settle();
		assert.deepEqual(tree.lines, ['Recent', '  Name of alice', '    11', '    12', '    21', '    22', 'All customers']);
		assert.equal(client.asked.length, 3);
	});

	for (const failure of ['not-found', 'server-fault', 'key-rejected', 'rate-limited', 'unreachable', 'not-understood'] as const) {
		it(`asks once when the answer is "${failure}", says so in one row, and asks again only when the user does`, async () => {
			client.failure = failure;
			await tree.expand('alice');
			const asked = client.asked.length;
			assert.ok(asked <= 4, client.asked.join());
			assert.equal(tree.lines.filter((line) => line.startsWith('    ')).length, 1, tree.lines.join('\n'));
			programs.tell();
			await tree.settle();
			assert.equal(client.asked.length, asked, 'a change of the program asks nothing');
			client.failure = undefined;
			await view.commands['partnero.refresh'](
				tree.row(tree.lines.find((line) => line.startsWith('  ') && !line.startsWith('    '))?.trim() ?? '').node,
			);
			await tree.settle();
			assert.ok(tree.lines.includes('    11'), tree.lines.join('\n'));
		});
	}

	it('comes to rest even where nothing is ever fresh', async () => {
		timeToLive = 0;
		await tree.expand('alice');
		assert.ok(client.asked.length <= 4, client.asked.join());
		assert.ok(tree.lines.includes('    11'));
	});

	it('keeps the rows that are loaded when a further page fails, and tries that page again', async () => {
		await tree.expand('alice');
		client.failure = 'timed-out';
		await view.commands['partnero.loadMore'](tree.row('Load more…').node);
		await tree.settle();
		assert.ok(tree.lines.includes('    12'));
		const failure = tree.lines.at(-2)?.trim() ?? '';
		assert.match(failure, /did not answer in time/);
		const { command } = tree.row(failure).item;
		client.failure = undefined;
		assert.equal(command?.command, 'partnero.loadMore');
		await view.commands['partnero.loadMore'](command?.arguments?.[0]);
		await tree.settle();
		assert.deepEqual(tree.lines.slice(1, 6), ['  Name of alice', '    11', '    12', '    21', '    22']);
	});

	it('lists all customers page by page, and never says that there are none while it asks', async () => {
		const expanding = tree.expand('All customers');
		programs.tell();
		await history.add({ programId: 'acme', key: 'bob' });
		await expanding;
		assert.deepEqual(client.asked, ['all 1']);
		assert.deepEqual(tree.lines.slice(-4), ['All customers', '  1-1', '  1-2', '  Load more…']);
		await view.commands['partnero.loadMore'](tree.row('Load more…').node);
		await tree.settle();
		assert.deepEqual(tree.lines.slice(-5), ['All customers', '  1-1', '  1-2', '  2-1', '  2-2']);
	});

	it('never mixes two programs, also when "Load more…" of one is pressed while the other is being shown', async () => {
		await tree.expand('All customers');
		const { node } = tree.row('Load more…');
		programs.activate('beta');
		await tree.settle();
		assert.deepEqual(tree.lines, ['Recent', '  Look up a customer to find it here', 'All customers']);
		await view.commands['partnero.loadMore'](node);
		await tree.settle();
		assert.deepEqual(clients.get('beta')?.asked, []);
		await tree.expand('All customers');
		assert.deepEqual(clients.get('beta')?.asked, ['all 1']);
		assert.deepEqual(tree.lines.slice(-4), ['All customers', '  1-1', '  1-2', '  Load more…']);
	});

	it('gives every row an id of its own, whatever keys customers and transactions have', async () => {
		for (const key of ['x', 'x/more', 'x/message', 'x/t/t@1-1#1', 'x"', '"x"']) {
			await history.add({ programId: 'acme', key });
		}
		await tree.settle();
		for (const key of ['x', 'x/more', 'x"']) {
			await tree.expand(key);
		}
		assert.ok(tree.lines.length > 12);
	});

	it('names no customer and no transaction in the ids of rows, which VS Code writes to its logs', async () => {
		await tree.expand('alice');
		await tree.expand('All customers');
		for (const node of tree.nodes) {
			assert.match(view.getTreeItem(node).id ?? '', /^[\w-]{12}$/);
		}
	});

	it('makes the rows of one group anew for a look-up, and of all for a pin, which shows everywhere', async () => {
		await tree.expand('All customers');
		const changed: (ExplorerNode | undefined)[] = [];
		view.onDidChangeTreeData((nodes) => changed.push(...[nodes].flat()));
		await history.add({ programId: 'acme', key: 'bob' });
		await store.get({ programId: 'acme', key: 'alice' });
		await tree.settle();
		assert.deepEqual(
			changed.map((node) => (node?.kind === 'group' ? node.group : node)),
			['recent'],
			'with it the row of alice, who has a name now',
		);
		assert.deepEqual(tree.lines.slice(0, 4), ['Recent', '  bob', '  Name of alice', 'All customers']);
		await history.removeFromRecent({ programId: 'acme', key: 'alice' });
		await tree.settle();
		assert.deepEqual(tree.lines.slice(0, 3), ['Recent', '  bob', 'All customers']);
		await history.pin({ programId: 'acme', key: 'bob' });
		await tree.settle();
		assert.equal(changed.at(-1), undefined);
		assert.deepEqual(tree.lines.slice(0, 3), ['Pinned', '  bob', 'Recent']);
		await history.unpin({ programId: 'acme', key: 'bob' });
		assert.equal(changed.at(-1), undefined);
	});

	describe('of whom something changes', () => {
		const alice = { programId: 'acme', key: 'alice' };
		const refreshed = async () => {
			await Promise.all([store.get(alice, { fresh: true }), store.loadTransactions(alice, { fresh: true })]);
			await tree.settle();
		};
		beforeEach(async () => {
			await tree.expand('alice');
			await tree.expand('All customers');
		});

		it('has no row made anew for an answer that says the same', async () => {
			const { rowsMade } = tree;
			const asked = client.asked.length;
			await refreshed();
			await store.listCustomers('acme', undefined);
			await tree.settle();
			assert.equal(client.asked.length, asked + 3);
			assert.equal(tree.rowsMade, rowsMade);
		});

		it('has its rows made anew, once, for an answer that says something else', async () => {
			const { rowsMade } = tree;
			client.name = 'Alicia';
			await refreshed();
			assert.deepEqual(tree.lines.slice(0, 5), ['Recent', '  Alicia', '    11', '    12', '    Load more…']);
			assert.equal(tree.rowsMade, rowsMade + 4);
			client.firstAmount = 500;
			await refreshed();
			assert.deepEqual(tree.lines.slice(0, 5), ['Recent', '  Alicia', '    501', '    502', '    Load more…']);
			assert.equal(tree.rowsMade, rowsMade + 8);
		});

		it('keeps its rows as they are while it is asked for again, and spins only where nothing is known', async () => {
			const answer = Promise.withResolvers<void>();
			client.held = answer.promise;
			const { rowsMade } = tree;
			const refreshing = Promise.all([
				refreshed(),
				store.get({ programId: 'acme', key: '1-1' }),
				history.add({ programId: 'acme', key: 'new' }),
			]);
			await tree.settle();
			store.get({ programId: 'acme', key: 'new' }).catch(() => undefined);
			await tree.settle();
			const icon = (label: string) => (tree.row(label).item.iconPath as { readonly id: string }).id;
			assert.deepEqual([icon('Name of alice'), icon('1-1'), icon('new')], ['person', 'person', 'loading~spin']);
			answer.resolve();
			await refreshing;
			await tree.settle();
			assert.equal(icon('Name of new'), 'person');
			assert.ok(tree.rowsMade > rowsMade);
		});

		it('says on "Load more…" that a page is on its way', async () => {
			const answer = Promise.withResolvers<void>();
			client.held = answer.promise;
			const { rowsMade } = tree;
			const loading = view.commands['partnero.loadMore'](tree.row('Load more…').node);
			await tree.settle();
			assert.deepEqual(tree.lines.slice(2, 5), ['    11', '    12', '    Loading…']);
			assert.equal(tree.rowsMade, rowsMade + 1);
			answer.resolve();
			await loading;
			await tree.settle();
			assert.deepEqual(tree.lines.slice(2, 6), ['    11', '    12', '    21', '    22']);
		});

		it('has no row but one made anew while the next page of all customers is on its way', async () => {
			const answer = Promise.withResolvers<void>();
			client.held = answer.promise;
			const { rowsMade } = tree;
			const more = tree.nodes.find((node) => node.kind === 'more' && node.of.kind === 'group');
			const loading = view.commands['partnero.loadMore'](more);
			await tree.settle();
			assert.deepEqual(tree.lines.slice(-3), ['  1-1', '  1-2', '  Loading…']);
			assert.equal(tree.rowsMade, rowsMade + 1);
			answer.resolve();
			await loading;
			await tree.settle();
			assert.deepEqual(tree.lines.slice(-4), ['  1-1', '  1-2', '  2-1', '  2-2']);
		});

		it('is as of now in a tooltip that was shown before', async () => {
			const { node, item } = tree.row('Name of alice');
			const shown = view.resolveTreeItem(item, node).tooltip;
			mock.timers.enable({ apis: ['Date'], now: Date.now() + 3_600_000 });
			try {
				await refreshed();
			} finally {
				mock.timers.reset();
			}
			const row = tree.row('Name of alice');
			assert.equal(row.item.tooltip, undefined, 'VS Code asks for it again');
			assert.notDeepEqual(view.resolveTreeItem(row.item, row.node).tooltip, shown);
		});
	});

	it('shows a customer in Pinned as well as in All, each with rows of its own', async () => {
		await history.pin({ programId: 'acme', key: '1-1' });
		await tree.settle();
		await tree.expand('All customers');
		assert.equal(tree.lines.filter((line) => line === '  1-1').length, 2);
	});

	it('says of a customer whose key cannot be asked for why it cannot be opened, on a row without commands', async () => {
		client.further = [customerOf('..', { name: 'Dot Dot' }), customerOf('k'.repeat(600)), customerOf('\u{d800}broken'), customerOf('fine')];
		await tree.expand('All customers');
		const rows = tree.nodes.filter((node) => node.kind === 'message' && node.of.kind === 'group' && node.of.group === 'all');
		const items = rows.map((node) => view.getTreeItem(node));
		assert.deepEqual(
			items.map(({ label }) => String(label).replace(/k{10,}/, 'k…')),
			[
				'Dot Dot: "." and ".." cannot be customer keys.',
				'k……: A customer key has at most 512 characters.',
				'\u{fffd}broken: This text has broken characters and cannot be a customer key. Copy it again.',
			],
		);
		for (const { command, contextValue } of items) {
			assert.deepEqual([command, contextValue], [undefined, 'message']);
		}
		assert.ok(tree.lines.includes('  fine'));
	});

	it('counts the rows that could not be read, of customers and of transactions, over all pages', async () => {
		client.unreadable = 1;
		await tree.expand('alice');
		await tree.expand('All customers');
		assert.ok(tree.lines.includes('    1 row of the answer could not be read.'), tree.lines.join('\n'));
		assert.ok(tree.lines.includes('  1 row of the answer could not be read.'));
		for (const node of tree.nodes.filter(({ kind }) => kind === 'more')) {
			await view.commands['partnero.loadMore'](node);
		}
		await tree.settle();
		assert.equal(tree.lines.filter((line) => line.trim() === '2 rows of the answer could not be read.').length, 2);
	});

	it('shows a name that only a list told wherever the customer stands', async () => {
		await history.add({ programId: 'acme', key: 'bob' });
		client.further = [customerOf('bob', { name: 'Bob', surname: 'Stone', status: 'suspended', email: 'bob@example.com' })];
		await tree.expand('All customers');
		// As if the store had many others to remember since.
		store.forgetProgram('acme');
		programs.tell();
		await tree.settle();
		assert.equal(tree.lines.filter((line) => line === '  Bob Stone').length, 2);
		const { item } = tree.row('Bob Stone');
		assert.equal(item.description, 'bob · suspended');
		assert.match(item.contextValue ?? '', /\bemail\b/);
	});

	it('survives whatever a keybinding or another extension hands to its commands', async () => {
		const trap = new Proxy(
			{},
			{
				get: () => {
					throw new Error('a trap');
				},
			},
		);
		const forged = fc.oneof(
			fc.anything(),
			fc.constant(trap),
			fc.record({
				kind: fc.constantFrom('more', 'group', 'customer', 'message'),
				of: fc.oneof(
					fc.anything(),
					fc.record({ kind: fc.constantFrom('group', 'customer'), programId: fc.constantFrom('acme', 'nobody', 5) }),
				),
				ref: fc.anything(),
				group: fc.constantFrom('all', 'pinned', 'recent', '__proto__', 7),
				programId: fc.constantFrom('acme', 'nobody', 5),
			}),
		);
		await fc.assert(
			fc.asyncProperty(forged, async (argument) => {
				await view.commands['partnero.loadMore'](argument);
				await view.commands['partnero.refresh'](argument);
			}),
			{ numRuns: 200 },
		);
	});

	describe('in a window that was reloaded', () => {
		const reload = async () => {
			view.dispose();
			store.dispose();
			client.asked.length = 0;
			await openWindow();
		};

		it('has the same rows open, and asks for nothing until the user does', async () => {
			await tree.expand('All customers');
			await tree.expand('1-1');
			await tree.expand('alice');
			await reload();
			assert.deepEqual(client.asked, []);
			assert.deepEqual(tree.lines, ['Recent', '  alice', '    Load…', 'All customers', '  Load…']);
			programs.tell();
			await tree.settle();
			assert.deepEqual(client.asked, [], 'nor by itself later');

			await view.commands['partnero.loadMore'](tree.nodes.find((node) => node.kind === 'more' && node.of.kind === 'group'));
			await tree.settle();
			assert.deepEqual(client.asked, ['all 1'], 'a click asks for that list alone');
			assert.deepEqual(tree.lines.slice(3), ['All customers', '  1-1', '    Load…', '  1-2', '  Load more…']);
			await view.commands['partnero.loadMore'](tree.nodes.find((node) => node.kind === 'more' && node.of.kind === 'customer'));
			await tree.settle();
			assert.deepEqual(client.asked.slice(1).sort(), ['customer alice', 'transactions alice 1']);
			assert.deepEqual(tree.lines.slice(0, 4), ['Recent', '  Name of alice', '    11', '    12']);
		});

		it('asks for all that was left open when it is refreshed', async () => {
			await tree.expand('All customers');
			await tree.expand('alice');
			await reload();
			await view.commands['partnero.refresh']();
			await tree.settle();
			assert.deepEqual(client.asked.sort(), ['all 1', 'customer alice', 'transactions alice 1']);
			assert.ok(!tree.lines.some((line) => line.endsWith('Load…')), tree.lines.join('\n'));
		});

		it('has closed what the user closed, and asks as usual when it is opened again', async () => {
			await tree.expand('alice');
			await tree.collapse('Name of alice');
			await tree.collapse('Recent');
			await reload();
			assert.deepEqual(tree.lines, ['Recent', 'All customers']);
			await tree.expand('Recent');
			await tree.expand('alice');
			assert.deepEqual(tree.lines.slice(0, 3), ['Recent', '  Name of alice', '    11']);
		});

		it('asks when a row that was left open is closed and opened', async () => {
			await tree.expand('All customers');
			await reload();
			await tree.collapse('All customers');
			await tree.expand('All customers');
			assert.deepEqual(client.asked, ['all 1']);
		});

		it('finds no customer’s key in what was kept, and nothing of a program that is gone', async () => {
			await tree.expand('alice');
			assert.doesNotMatch(state.text, /alice/);
			assert.match(state.text, /acme/);
			programs.all = programs.all.filter(({ id }) => id !== 'acme');
			programs.activate('beta');
			await tree.settle();
			assert.doesNotMatch(state.text, /acme/);
		});

		it('survives whatever is stored, and keeps no more than 200 rows', async () => {
			await fc.assert(
				fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom('acme', 'beta'), fc.jsonValue())), async (stored) => {
					await state.update('partnero.openRows', stored);
					await reload();
					assert.deepEqual(client.asked, []);
				}),
				{ numRuns: 30 },
			);
			const open = new OpenRows(state as unknown as Memento);
			for (let row = 0; row < 300; row++) {
				await open.set('acme', `row ${row}`, true);
			}
			assert.equal(open.isOpen('acme', 'row 50'), undefined);
			assert.equal(open.isOpen('acme', 'row 299'), true);
		});
	});

	it('opens VS Code’s own search in the list', async () => {
		await view.commands['partnero.filterCustomers']();
		assert.deepEqual(ranCommands.splice(0), ['partnero.customers.focus', 'list.find']);
	});

	it('says first that the key is rejected, with the way to replace it and a badge, and keeps what is known', async () => {
		await tree.expand('alice');
		programs.now = { rejected: true };
		programs.tell();
		await tree.settle();
		const [first = '', ...others] = tree.lines;
		assert.match(first, /key rejected/);
		assert.match(String(tree.row(first).item.tooltip), /API key of ACME \(401\)/);
		assert.equal(tree.row(first).item.command?.command, 'partnero.replaceApiKey');
		assert.ok(others.includes('  Name of alice'));
		assert.equal(tree.view.badge?.value, 1);
		programs.checking = true;
		programs.tell();
		await tree.settle();
		assert.match(tree.lines[0] ?? '', /Checking the API key/);
		programs.checking = false;
		programs.now = { rejected: false };
		programs.tell();
		await tree.settle();
		assert.equal(tree.lines[0], 'Recent');
		assert.equal(tree.view.badge, undefined);
	});

	it('says first that Partnero cannot be reached, and a click asks again, also where nothing was asked in the view', async () => {
		programs.now = { rejected: false, offline: true };
		programs.tell();
		await tree.settle();
		const first = tree.lines[0] ?? '';
		assert.match(first, /Cannot reach Partnero/);
		assert.equal(tree.view.badge, undefined, 'nothing that the user can do');
		assert.deepEqual(client.asked, []);
		assert.equal(tree.row(first).item.command?.command, 'partnero.refresh');
		await view.commands['partnero.refresh']();
		assert.deepEqual(client.asked, ['all 1']);
	});

	it('marks sample data in the title of the view, and leads to the first sample customer', async () => {
		const sample: ConnectedProgram = { id: 'sample', name: 'Sample program', sample: true };
		programs.all = [...programs.all, sample];
		assert.equal(tree.view.description, 'ACME');
		programs.activate('sample');
		await tree.settle();
		assert.equal(tree.view.description, 'Sample program · sample data');
		const { command } = tree.row(tree.lines[1]?.trim() ?? '').item;
		assert.deepEqual([command?.command, command?.arguments], ['partnero.openDetails', [{ programId: 'sample', key: 'customer_123' }]]);
		assert.deepEqual(client.asked, []);
	});

	it('forgets "All customers" with the key that listed them', async () => {
		await tree.expand('All customers');
		client.asked.length = 0;
		programs.changeKey('acme');
		await tree.settle();
		assert.deepEqual(client.asked, ['all 1'], 'what is open is asked for anew, from the first page');
	});
});
