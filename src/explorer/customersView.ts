// The Customers view: pinned, recent and all customers; below a customer its transactions, below a transaction its rewards. The store is
// asked when a node is opened, one page at a time, however deep a list is; hidden, the view costs nothing.
import * as vscode from 'vscode';
import type { KeyHistory } from '../customers/history.ts';
import { customerRefOf } from '../customers/ref.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerChange, CustomerRef, TransactionsSnapshot } from '../customers/types.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { PageCursor } from '../partnero/types.ts';
import type { ProgramRegistry } from '../programs/registry.ts';
import { describeError, notACustomer } from '../wording/errors.ts';
import { ExplorerItems } from './items.ts';
import { type CustomerNode, type ExplorerNode, type GroupNode, nodeId, type TransactionNode } from './nodes.ts';

export interface CustomersViewOptions {
	readonly store: CustomerStore;
	readonly history: KeyHistory;
	readonly programs: ProgramRegistry;
	/** The view that shows this; its provider stands in until this is loaded. */
	readonly view: vscode.TreeView<ExplorerNode>;
}

/** What is loaded of "All customers" of one program. */
interface AllCustomers {
	readonly keys: readonly string[];
	readonly next?: PageCursor;
	readonly error?: unknown;
	readonly loading: boolean;
}

export class CustomersView extends Disposable implements vscode.TreeDataProvider<ExplorerNode> {
	private readonly changes = this._register(new vscode.EventEmitter<ExplorerNode | undefined>());
	readonly onDidChangeTreeData = this.changes.event;

	private readonly options: CustomersViewOptions;
	private readonly items: ExplorerItems;
	readonly commands: Commands<'partnero.loadMore' | 'partnero.refresh'> = {
		'partnero.loadMore': (node) => this.loadMore(node),
		'partnero.refresh': (node) => this.refresh(node),
	};
	/** VS Code knows nodes by object, so groups and customers keep theirs. Of the active program only. */
	private readonly nodes = new Map<string, ExplorerNode>();
	private all: AllCustomers = { keys: [], loading: false };
	private shownProgram: string | undefined;

	constructor(options: CustomersViewOptions) {
		super();
		this.options = options;
		this.items = new ExplorerItems({
			snapshot: (node) => options.store.peek(node.ref),
			isPinned: (node) => options.history.isPinned(node.ref),
		});
		this._register(options.programs.onDidChange(() => this.followProgram()));
		this._register(options.history.onDidChange(() => this.changes.fire(undefined)));
		this._register(options.store.onDidChange((change) => this.follow(change)));
		this._register(options.view.onDidExpandElement(({ element }) => this.refreshIfStale(element)));
		this.followProgram();
	}

	getTreeItem(node: ExplorerNode): vscode.TreeItem {
		return this.items.item(node);
	}

	resolveTreeItem(item: vscode.TreeItem, node: ExplorerNode): vscode.TreeItem {
		const tooltip = this.items.tooltip(node);
		if (tooltip !== undefined) {
			item.tooltip = tooltip;
		}
		return item;
	}

	getParent(node: ExplorerNode): ExplorerNode | undefined {
		switch (node.kind) {
			case 'group':
				return undefined;
			case 'customer':
				return this.group(node.ref.programId, node.group);
			case 'transaction':
			case 'reward':
				return node.parent;
			case 'more':
			case 'message':
				return node.of;
		}
	}

	async getChildren(node?: ExplorerNode): Promise<ExplorerNode[]> {
		switch (node?.kind) {
			case undefined:
				return this.roots();
			case 'group':
				return this.customersOf(node);
			case 'customer':
				return this.transactionsOf(node);
			case 'transaction':
				return node.row.rewards.map((reward, index) => ({ kind: 'reward', parent: node, reward, index }));
			default:
				return [];
		}
	}

	private roots(): ExplorerNode[] {
		const program = this.options.programs.active;
		if (program === undefined) {
			return [];
		}
		const pinned = this.options.history.pinned(program.id).length > 0 ? [this.group(program.id, 'pinned')] : [];
		return [...pinned, this.group(program.id, 'recent'), this.group(program.id, 'all')];
	}

	private async customersOf(node: GroupNode): Promise<ExplorerNode[]> {
		const { history } = this.options;
		switch (node.group) {
			case 'pinned':
				return history.pinned(node.programId).map((key) => this.customer({ programId: node.programId, key }, 'pinned'));
			case 'recent': {
				const keys = history.recent(node.programId);
				return keys.length === 0
					? [this.emptyRecent(node)]
					: keys.map((key) => this.customer({ programId: node.programId, key }, 'recent'));
			}
			case 'all':
				if (this.all.keys.length === 0 && this.all.error === undefined) {
					await this.loadMoreCustomers(node);
				}
				return this.allOf(node);
		}
	}

	private emptyRecent(node: GroupNode): ExplorerNode {
		const command = { id: 'partnero.lookUpCustomer', title: vscode.l10n.t('Look up customer') };
		return { kind: 'message', of: node, text: vscode.l10n.t('Look up a customer to find it here'), icon: 'info', command };
	}

	private allOf(node: GroupNode): ExplorerNode[] {
		const { keys, next, error, loading } = this.all;
		const rows: ExplorerNode[] = keys.map((key) => this.customer({ programId: node.programId, key }, 'all'));
		if (error !== undefined && !PartneroError.is(error, 'cancelled')) {
			rows.push(this.failure(node, error));
		} else if (next !== undefined) {
			rows.push({ kind: 'more', of: node, loading });
		} else if (rows.length === 0) {
			rows.push({ kind: 'message', of: node, text: vscode.l10n.t('This program has no customers yet'), icon: 'info' });
		}
		return rows;
	}

	private async transactionsOf(node: CustomerNode): Promise<ExplorerNode[]> {
		const { store } = this.options;
		// A label of a recent key may be unknown yet; now that the user opens it, it is worth asking.
		store.get(node.ref).catch(() => undefined);
		if (store.peekTransactions(node.ref).loadedAt === undefined) {
			await store.loadTransactions(node.ref).catch(() => undefined);
		}
		return this.rowsOf(node, store.peekTransactions(node.ref));
	}

	private rowsOf(node: CustomerNode, list: TransactionsSnapshot): ExplorerNode[] {
		const rows: ExplorerNode[] = list.rows.map((row): TransactionNode => ({ kind: 'transaction', parent: node, row }));
		if (list.error !== undefined && list.error.kind !== 'cancelled') {
			rows.push(this.failure(node, list.error));
		} else if (!list.complete && list.loadedAt !== undefined) {
			rows.push({ kind: 'more', of: node, loading: list.loading });
		} else if (rows.length === 0) {
			rows.push({ kind: 'message', of: node, text: vscode.l10n.t('No transactions yet'), icon: 'info' });
		}
		return rows;
	}

	/** An error is a row that says what to do; a click does it. */
	private failure(node: CustomerNode | GroupNode, error: unknown): ExplorerNode {
		const programId = node.kind === 'group' ? node.programId : node.ref.programId;
		const program = this.options.programs.get(programId)?.name ?? '';
		if (node.kind === 'customer' && PartneroError.is(error, 'not-found')) {
			return { kind: 'message', of: node, text: notACustomer(node.ref.key, program), icon: 'info' };
		}
		const rejected =
			PartneroError.is(error, 'key-rejected') || PartneroError.is(error, 'key-missing') || PartneroError.is(error, 'origin-changed');
		const command = rejected
			? { id: 'partnero.replaceApiKey', title: vscode.l10n.t('Replace API key') }
			: { id: 'partnero.refresh', title: vscode.l10n.t('Refresh'), argument: node };
		return { kind: 'message', of: node, text: describeError(error, { program }), icon: rejected ? 'error' : 'warning', command };
	}

	private async loadMore(node: unknown): Promise<void> {
		const of = isNode(node, 'more') ? node.of : undefined;
		if (of?.kind === 'customer') {
			await this.options.store.loadMoreTransactions(of.ref).catch(() => undefined);
		} else if (of?.kind === 'group') {
			await this.loadMoreCustomers(of);
			this.changes.fire(of);
		}
	}

	private async loadMoreCustomers(node: GroupNode): Promise<void> {
		if (this.all.loading) {
			return;
		}
		const { error: _old, ...before } = this.all;
		const loading = { ...before, loading: true };
		this.all = loading;
		let after: AllCustomers;
		try {
			const page = await this.options.store.listCustomers(node.programId, before.next);
			const keys = [...new Set([...before.keys, ...page.items.map(({ key }) => key)])];
			after = { keys, loading: false, ...(page.next === undefined ? {} : { next: page.next }) };
		} catch (error) {
			after = { ...before, error, loading: false };
		}
		// The program may have been switched, or the list refreshed, while the answer was under way.
		if (this.all === loading) {
			this.all = after;
		}
	}

	/** Asks anew for one node, or for all that the view shows. */
	private async refresh(argument: unknown): Promise<void> {
		if (isNode(argument, 'group')) {
			await this.refreshGroup(argument);
			return;
		}
		const ref = customerRefOf(argument);
		if (ref !== undefined) {
			await this.refreshCustomer(ref);
			return;
		}
		this.all = { keys: [], loading: false };
		const { active } = this.options.programs;
		const shown = active === undefined ? [] : this.loadedRefs(active.id);
		this.changes.fire(undefined);
		await Promise.all(shown.map((shownRef) => this.refreshCustomer(shownRef)));
	}

	private async refreshGroup(node: GroupNode): Promise<void> {
		if (node.group === 'all') {
			this.all = { keys: [], loading: false };
			this.changes.fire(node);
			return;
		}
		const keys = node.group === 'pinned' ? this.options.history.pinned(node.programId) : this.options.history.recent(node.programId);
		await Promise.all(keys.map((key) => this.refreshCustomer({ programId: node.programId, key })));
	}

	/** The customer, and its transactions if they were looked at. */
	private async refreshCustomer(ref: CustomerRef): Promise<void> {
		const { store } = this.options;
		const { loadedAt, error } = store.peekTransactions(ref);
		const asked = [store.get(ref, { fresh: true })];
		const transactions = loadedAt !== undefined || error !== undefined ? [store.loadTransactions(ref, { fresh: true })] : [];
		await Promise.allSettled([...asked, ...transactions]);
	}

	/** Customers of the view that were looked up already; the others would be asked for without anyone looking. */
	private loadedRefs(programId: string): readonly CustomerRef[] {
		const keys = new Set([...this.options.history.pinned(programId), ...this.options.history.recent(programId)]);
		return [...keys].map((key) => ({ programId, key })).filter((ref) => this.options.store.peek(ref).loadedAt !== undefined);
	}

	private async refreshIfStale(node: ExplorerNode): Promise<void> {
		if (node.kind === 'customer') {
			await Promise.allSettled([this.options.store.get(node.ref), this.options.store.loadTransactions(node.ref)]);
		}
	}

	private followProgram(): void {
		const { active } = this.options.programs;
		this.options.view.description = active?.name ?? '';
		if (this.shownProgram !== active?.id) {
			this.shownProgram = active?.id;
			this.nodes.clear();
			this.all = { keys: [], loading: false };
		}
		this.changes.fire(undefined);
	}

	private follow({ ref, what }: CustomerChange): void {
		if (what === 'transactions') {
			const list = this.options.store.peekTransactions(ref);
			if (list.loading && list.rows.length === 0) {
				return;
			}
		}
		for (const group of ['pinned', 'recent', 'all'] as const) {
			const node = this.nodes.get(nodeId({ kind: 'customer', ref, group }));
			if (node !== undefined) {
				this.changes.fire(node);
			}
		}
	}

	private group(programId: string, group: GroupNode['group']): GroupNode {
		return this.kept({ kind: 'group', group, programId });
	}

	private customer(ref: CustomerRef, group: CustomerNode['group']): CustomerNode {
		return this.kept({ kind: 'customer', ref, group });
	}

	private kept<Node extends GroupNode | CustomerNode>(node: Node): Node {
		const id = nodeId(node);
		const known = this.nodes.get(id) as Node | undefined;
		if (known === undefined) {
			this.nodes.set(id, node);
		}
		return known ?? node;
	}
}

/** Command arguments come from anywhere. */
function isNode<Kind extends ExplorerNode['kind']>(value: unknown, kind: Kind): value is Extract<ExplorerNode, { kind: Kind }> {
	return typeof value === 'object' && value !== null && Reflect.get(value, 'kind') === kind;
}
