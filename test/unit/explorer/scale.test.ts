// The Customers view over the real client and a large local Partnero, while rows are added at the top: one page at a time, no row twice, none lost,
// and names stay where the store has forgotten the customer.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { KeyHistory } from '../../../src/customers/history.ts';
import { CustomerStore } from '../../../src/customers/store.ts';
import { CustomersView, type CustomersViewOptions } from '../../../src/explorer/customersView.ts';
import type { ExplorerNode } from '../../../src/explorer/nodes.ts';
import { createPartneroClient, type PartneroClient } from '../../../src/partnero/index.ts';
import { type Sandbox, type SandboxOptions, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { FakeMemento } from '../../fake-vscode/storage.ts';
import { FakeTree } from '../../fake-vscode/tree.ts';
import { EventEmitter } from '../../fake-vscode/vscode.ts';

const program = { id: 'acme', name: 'ACME', sample: false };
const pageSize = 100;

/** The view of a program, from the tree down to the server. */
class Stack {
	readonly sandbox: Sandbox;
	readonly tree = new FakeTree<ExplorerNode>();
	readonly store: CustomerStore;
	readonly view: CustomersView;
	private readonly client: PartneroClient;

	private constructor(sandbox: Sandbox, history: KeyHistory) {
		this.sandbox = sandbox;
		this.client = createPartneroClient({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey });
		this.store = new CustomerStore({ client: async () => this.client, timeToLive: () => 600_000, now: Date.now });
		const never = new EventEmitter<never>().event;
		const programs = {
			all: [program],
			active: program,
			checking: false,
			state: () => ({ rejected: false }),
			get: () => program,
			onDidChange: never,
			onDidChangeKey: never,
		};
		this.view = new CustomersView({
			store: this.store,
			history,
			programs,
			view: this.tree.view,
			state: new FakeMemento(),
			gatherTime: 0,
		} as unknown as CustomersViewOptions);
	}

	static async start(options: SandboxOptions, recent: readonly string[] = []): Promise<Stack> {
		const history = new KeyHistory({ storage: new FakeMemento(), enabled: () => true, size: () => 25 });
		for (const key of recent) {
			await history.add({ programId: program.id, key });
		}
		const stack = new Stack(await startSandbox(options), history);
		await stack.tree.show(stack.view);
		return stack;
	}

	/** The user presses "Load more…". Returns false where the list is at its end. */
	async loadMore(): Promise<boolean> {
		const more = this.tree.nodes.find(({ kind }) => kind === 'more');
		await this.view.commands['partnero.loadMore'](more);
		await this.tree.settle();
		return more !== undefined;
	}

	/** The user opens a row, and waits for what is below it. */
	async expand(label: string): Promise<void> {
		await this.tree.expand(label);
		await this.sandbox.requests.until(({ count, inFlight }) => count > 0 && inFlight === 0);
		await this.tree.settle();
	}

	/** Keys of the rows below "All customers". */
	get keys(): string[] {
		return this.tree.nodes.flatMap((node) => (node.kind === 'customer' && node.group === 'all' ? [node.ref.key] : []));
	}

	/** Keys of the transactions that are shown. */
	get transactions(): string[] {
		return this.tree.nodes.flatMap((node) => (node.kind === 'transaction' ? [node.row.key ?? ''] : []));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.view.dispose();
		this.store.dispose();
		this.client.close();
		await this.sandbox.close();
	}
}

/** Rows that are added at the top before each page. */
const arrivals = fc.array(fc.integer({ min: 0, max: 7 }), { minLength: 1, maxLength: 6 });

describe('The Customers view of a large program', () => {
	it('lists every customer once, whoever signs up between two pages', async () => {
		await fc.assert(
			fc.asyncProperty(arrivals, async (before) => {
				await using stack = await Stack.start({ customers: 430 });
				const there = [...stack.sandbox.customerKeys()];
				await stack.expand('All customers');
				for (let page = 0; await stack.loadMore(); page++) {
					for (let count = before[page % before.length] ?? 0; count > 0; count--) {
						stack.sandbox.addCustomer();
					}
					assert.ok(page < 20, 'the list ends');
				}
				const { keys } = stack;
				assert.equal(new Set(keys).size, keys.length, 'none twice');
				const shown = new Set(keys);
				assert.deepEqual(
					there.filter((key) => !shown.has(key)),
					[],
					'none lost',
				);
			}),
			{ numRuns: 6 },
		);
	}).timeout(30_000);

	it('lists every transaction once, whatever arrives between two pages', async () => {
		await fc.assert(
			fc.asyncProperty(arrivals, async (before) => {
				await using stack = await Stack.start({}, [sampleKeys.fullPage]);
				const count = stack.sandbox.transactionCount(sampleKeys.fullPage);
				await stack.expand(sampleKeys.fullPage);
				let arrived = 0;
				for (let page = 0; await stack.loadMore(); page++) {
					for (let rows = before[page % before.length] ?? 0; rows > 0; rows--) {
						stack.sandbox.addTransaction(sampleKeys.fullPage, { key: `arrived-${arrived++}` });
					}
					assert.ok(page < 20, 'the list ends');
				}
				const loaded = stack.transactions.filter((key) => !key.startsWith('arrived-'));
				assert.equal(new Set(loaded).size, loaded.length, 'none twice');
				assert.equal(loaded.length, count, 'none lost');
			}),
			{ numRuns: 6 },
		);
	}).timeout(30_000);

	it('asks for one page of 100,000 transactions at a time, however deep the list', async () => {
		await using stack = await Stack.start({}, [sampleKeys.hundredThousand]);
		await stack.expand(sampleKeys.hundredThousand);
		assert.equal(stack.sandbox.requests.count, 2, 'the customer, and the first page');
		assert.equal(stack.transactions.length, pageSize);
		for (let pages = 2; pages <= 6; pages++) {
			await stack.loadMore();
			assert.equal(stack.transactions.length, pages * pageSize);
			assert.equal(stack.sandbox.requests.count, pages + 1);
		}
		stack.sandbox.addTransaction(sampleKeys.hundredThousand);
		await stack.loadMore();
		assert.equal(stack.transactions.length, 7 * pageSize - 1, 'the row that moved down is not shown again');
		assert.equal(stack.sandbox.requests.count, 9, 'the page that it was on is asked for once more');
	}).timeout(10_000);

	it('asks for one page of 10,000 customers at a time, and keeps all their names', async () => {
		await using stack = await Stack.start({ customers: 10_000 });
		await stack.expand('All customers');
		assert.equal(stack.sandbox.requests.count, 1);
		const names = stack.tree.lines.slice(0, pageSize);
		let pages = 1;
		while (pages < 25 && (await stack.loadMore())) {
			pages++;
			assert.equal(stack.sandbox.requests.count, pages);
			assert.equal(stack.keys.length, pages * pageSize);
		}
		const [first = ''] = stack.keys;
		assert.equal(stack.store.peek({ programId: program.id, key: first }).customer, undefined, 'the store has forgotten the first ones');
		assert.deepEqual(stack.tree.lines.slice(0, pageSize), names);
	}).timeout(30_000);
});
