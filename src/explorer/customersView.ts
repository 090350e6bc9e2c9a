// The Customers view: pinned, recent and all customers; below a customer its transactions, below a transaction its rewards. The store is
// asked when a node is opened, one page at a time, however deep a list is; hidden, the view costs nothing.
import * as vscode from 'vscode';
import type { KeyHistory } from '../customers/history.ts';
import { customerRefOf } from '../customers/ref.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerChange, CustomerRef, LoadedTransaction } from '../customers/types.ts';
import { shorten } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import { PartneroError } from '../partnero/errors.ts';
import { connectionState } from '../programs/connectionState.ts';
import type { ProgramRegistry } from '../programs/registry.ts';
import { describeError, describeKeyProblem, notACustomer, reloadWindow } from '../wording/errors.ts';
import { AllCustomers, type ListedCustomer } from './allCustomers.ts';
import { ExplorerItems } from './items.ts';
import {
	type CustomerNode,
	type ExplorerNode,
	type GroupNode,
	groupNames,
	type MoreNode,
	nodeId,
	programOf,
	type TransactionNode,
} from './nodes.ts';
import { OpenRows } from './openRows.ts';

/** Customers that one refresh asks for, besides those whose rows are open. */
const mostRefreshed = 25;

/** The customer of Partnero's page "Get customer", whom the sample program has as well. */
const exampleKey = 'customer_123';

/** What VS Code was told last of a customer's row and of the rows below it, if it asked for those. */
interface Drawn {
	face: string;
	tooltip: string | undefined;
	below: Below | undefined;
}

/** The rows below a customer. */
interface Below {
	readonly rows: readonly LoadedTransaction[];
	/** What comes after the transactions. */
	readonly ending: readonly ExplorerNode[];
}

/** How far a list is. */
interface ListState {
	readonly complete: boolean;
	readonly error: unknown;
	/** What is said of a list without rows. */
	readonly empty: string;
}

export interface CustomersViewOptions {
	readonly store: CustomerStore;
	readonly history: KeyHistory;
	readonly programs: ProgramRegistry;
	/** The view that shows this; its provider stands in until this is loaded. */
	readonly view: vscode.TreeView<ExplorerNode>;
	/** Of the workspace: where it is kept which rows are open. */
	readonly state: vscode.Memento;
	/** Milliseconds for which changes of customers are gathered; 100 unless told. What is answered within that time never spins, and is drawn once. */
	readonly gatherTime?: number;
}

export class CustomersView extends Disposable implements vscode.TreeDataProvider<ExplorerNode> {
	readonly #changes = this._register(new vscode.EventEmitter<ExplorerNode | ExplorerNode[] | undefined>());
	readonly onDidChangeTreeData = this.#changes.event;

	readonly #options: CustomersViewOptions;
	readonly #items: ExplorerItems;
	readonly commands: Commands<'partnero.loadMore' | 'partnero.refresh' | 'partnero.filterCustomers'> = {
		'partnero.loadMore': (node) => withProgress(() => this.#loadMore(node)),
		'partnero.refresh': (node) => withProgress(() => this.#refresh(node)),
		'partnero.filterCustomers': () => this.#filter(),
	};
	/** VS Code knows nodes by object, so groups and customers keep theirs. Of the active program only. */
	readonly #nodes = new Map<string, ExplorerNode>();
	readonly #all = new Map<string, AllCustomers>();
	/**
	 * What the rows at the top depend on, with the pinned customers, who are marked wherever they stand. While VS Code makes all rows anew, it knows none of them: a row that the user opens at that moment is
	 * closed again. So it happens only where these rows change.
	 */
	#shownRoots = '';
	readonly #drawn = new WeakMap<CustomerNode, Drawn>();
	/** Groups that have other customers, and customers of whom something changed, since the view was told last. */
	readonly #changed = new Set<GroupNode | CustomerNode>();
	#gathering: NodeJS.Timeout | undefined;
	/** Customers of whom one more page of transactions is being asked for. */
	readonly #growing = new Set<string>();
	/** Customers whose rows are open: what a refresh of the view asks for anew. */
	readonly #expanded = new Set<CustomerNode>();
	readonly #open: OpenRows;
	/**
	 * Rows, and programs as a whole, that the user worked with since the window opened. What is open without that was left open by the window before: it is shown open, but
	 * not asked for, since nothing is sent before the user acts.
	 */
	readonly #touched = new Set<string>();
	#shownProgram: string | undefined;
	/** Resolves when another program is shown. */
	#switched = Promise.withResolvers<void>();

	constructor(options: CustomersViewOptions) {
		super();
		this.#options = options;
		this.#items = new ExplorerItems({
			snapshot: (node) => options.store.peek(node.ref),
			listed: ({ ref }) => this.#all.get(ref.programId)?.get(ref.key),
			isPinned: (node) => options.history.isPinned(node.ref),
			programName: (node) => options.programs.get(node.programId)?.name ?? '',
			isWatched: (node) => options.store.isWatched(node.ref),
			isLoading: ({ of }) => (of.kind === 'group' ? this.#allOf(of.programId).loading : this.#growing.has(nameOf(of.ref))),
			isOpen: (node) => this.#open.isOpen(programOf(node), nodeId(node)),
		});
		this.#open = new OpenRows(options.state);
		this._register(options.programs.onDidChange(() => this.#followProgram()));
		this._register(
			options.programs.onDidChangeKey((programId) => {
				this.#all.delete(programId);
				const groups = groupNames.map((group) => this.#nodes.get(nodeId({ kind: 'group', programId, group })));
				const shown = groups.filter((node) => node !== undefined);
				if (shown.length > 0) {
					this.#changes.fire(shown);
				}
			}),
		);
		this._register(options.history.onDidChange(() => this.#followHistory()));
		this._register(options.store.onDidChange((change) => this.#follow(change)));
		this._register(options.view.onDidExpandElement(({ element }) => this.#followExpanded(element)));
		this._register(
			options.view.onDidCollapseElement(({ element }) => {
				this.#expanded.delete(element as CustomerNode);
				this.#rememberOpen(element, false);
			}),
		);
		this._register({ dispose: () => clearTimeout(this.#gathering) });
		this.#followProgram();
	}

	getTreeItem(node: ExplorerNode): vscode.TreeItem {
		const item = this.#items.item(node);
		if (node.kind === 'customer') {
			this.#drawn.set(node, { face: faceOf(item), tooltip: undefined, below: this.#drawn.get(node)?.below });
		}
		return item;
	}

	resolveTreeItem(item: vscode.TreeItem, node: ExplorerNode): vscode.TreeItem {
		const tooltip = this.#items.tooltip(node);
		if (tooltip !== undefined) {
			item.tooltip = tooltip;
		}
		const drawn = node.kind === 'customer' ? this.#drawn.get(node) : undefined;
		if (drawn !== undefined) {
			drawn.tooltip = tooltip?.value;
		}
		return item;
	}

	getParent(node: ExplorerNode): ExplorerNode | undefined {
		switch (node.kind) {
			case 'state':
			case 'group':
				return undefined;
			case 'customer':
				return this.#group(node.ref.programId, node.group);
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
				return this.#roots();
			case 'group':
				return this.#customersOf(node);
			case 'customer':
				return this.#transactionsOf(node);
			case 'transaction':
				return node.row.rewards.map((reward, index) => ({ kind: 'reward', parent: node, reward, index }));
			default:
				return [];
		}
	}

	#roots(): ExplorerNode[] {
		const program = this.#options.programs.active;
		if (program === undefined) {
			return [];
		}
		const pinned = this.#options.history.pinned(program.id).length > 0 ? [this.#group(program.id, 'pinned')] : [];
		return [...this.#stateRow(program.id), ...pinned, this.#group(program.id, 'recent'), this.#group(program.id, 'all')];
	}

	/** What is known stays below it. */
	#stateRow(programId: string): ExplorerNode[] {
		const state = connectionState(this.#options.programs);
		return state === 'none' || state === 'ready' ? [] : [{ kind: 'state', programId, state }];
	}

	async #customersOf(node: GroupNode): Promise<ExplorerNode[]> {
		const { history } = this.#options;
		switch (node.group) {
			case 'pinned':
				return history.pinned(node.programId).map((key) => this.#customer({ programId: node.programId, key }, 'pinned'));
			case 'recent': {
				const keys = history.recent(node.programId);
				return keys.length === 0
					? [this.#emptyRecent(node)]
					: keys.map((key) => this.#customer({ programId: node.programId, key }, 'recent'));
			}
			case 'all': {
				const all = this.#allOf(node.programId);
				if (!all.asked && this.#isLeftOpen(node)) {
					return [{ kind: 'more', of: node, first: true }];
				}
				if (!all.asked) {
					await this.#whileShown(all.loadMore());
				}
				return this.#allRows(node, all);
			}
		}
	}

	#emptyRecent(node: GroupNode): ExplorerNode {
		const argument: CustomerRef = { programId: node.programId, key: exampleKey };
		if (this.#options.programs.get(node.programId)?.sample && !this.#options.history.isPinned(argument)) {
			const open = { id: 'partnero.openDetails', title: vscode.l10n.t('Open details'), argument };
			return { kind: 'message', of: node, text: vscode.l10n.t('Start with {0}', exampleKey), icon: 'info', command: open };
		}
		const command = { id: 'partnero.lookUpCustomer', title: vscode.l10n.t('Look up customer') };
		return { kind: 'message', of: node, text: vscode.l10n.t('Look up a customer to find it here'), icon: 'info', command };
	}

	#allOf(programId: string): AllCustomers {
		const known = this.#all.get(programId) ?? new AllCustomers(this.#options.store, programId);
		this.#all.set(programId, known);
		return known;
	}

	#allRows(node: GroupNode, { customers, complete, error, unreadable }: AllCustomers): ExplorerNode[] {
		const rows = Array.from(customers, (customer) => this.#listedRow(node, customer));
		return [
			...rows,
			...unreadableRow(node, unreadable),
			...this.#lastRow(node, rows.length, { complete, error, empty: vscode.l10n.t('This program has no customers yet') }),
		];
	}

	/** A key that cannot be asked for can be neither opened nor pinned, so its row says why. */
	#listedRow(of: GroupNode, { key, label }: ListedCustomer): ExplorerNode {
		const problem = customerKeyProblem(key);
		return problem === undefined
			? this.#customer({ programId: of.programId, key }, 'all')
			: {
					kind: 'message',
					of,
					about: JSON.stringify(key),
					text: vscode.l10n.t('{0}: {1}', shorten(label, 60), describeKeyProblem(problem)),
					icon: 'info',
				};
	}

	/**
	 * Asks only what was never asked: VS Code calls this at every change of the node, so that asking again here would go round for ever.
	 * Opening the node or refreshing it asks anew.
	 */
	async #transactionsOf(node: CustomerNode): Promise<ExplorerNode[]> {
		const { store } = this.#options;
		const before = store.peekTransactions(node.ref);
		const unknown = before.loadedAt === undefined && before.error === undefined;
		if (!unknown || !this.#isLeftOpen(node)) {
			const customer = store.peek(node.ref);
			if (customer.loadedAt === undefined && customer.error === undefined) {
				// The label of a recent key is unknown until now; now that the user opens it, it is worth asking.
				store.get(node.ref).catch(() => undefined);
			}
			if (unknown) {
				await this.#whileShown(store.loadTransactions(node.ref).catch(() => undefined));
			}
		}
		const below = this.#below(node);
		const drawn = this.#drawn.get(node);
		if (drawn !== undefined) {
			drawn.below = below;
		}
		return [...below.rows.map((row): TransactionNode => ({ kind: 'transaction', parent: node, row })), ...below.ending];
	}

	/** What stands below a customer by what is known. */
	#below(node: CustomerNode): Below {
		const { rows, complete, error, unreadable, loadedAt } = this.#options.store.peekTransactions(node.ref);
		if (loadedAt === undefined && error === undefined && this.#isLeftOpen(node)) {
			return { rows, ending: [{ kind: 'more', of: node, first: true }] };
		}
		const last = this.#lastRow(node, rows.length, { complete, error, empty: vscode.l10n.t('No transactions yet') });
		return { rows, ending: [...unreadableRow(node, unreadable), ...last] };
	}

	/** What ends a list: why it does not go on, the way to more, or that there is nothing. */
	#lastRow(of: CustomerNode | GroupNode, count: number, list: ListState): ExplorerNode[] {
		if (list.error !== undefined && !PartneroError.is(list.error, 'cancelled')) {
			return [this.#failure(of, list.error, count)];
		}
		if (!list.complete) {
			return [{ kind: 'more', of }];
		}
		return count === 0 ? [{ kind: 'message', of, text: list.empty, icon: 'info' }] : [];
	}

	/** An error is a row that says what to do; a click does it. */
	#failure(node: CustomerNode | GroupNode, error: unknown, loaded: number): ExplorerNode {
		const programId = node.kind === 'group' ? node.programId : node.ref.programId;
		const program = this.#options.programs.get(programId)?.name ?? '';
		if (node.kind === 'customer' && PartneroError.is(error, 'not-found')) {
			return { kind: 'message', of: node, text: notACustomer(node.ref.key, program), icon: 'info' };
		}
		const rejected =
			PartneroError.is(error, 'key-rejected') || PartneroError.is(error, 'key-missing') || PartneroError.is(error, 'origin-changed');
		const again: MoreNode = { kind: 'more', of: node };
		const elsewhere = PartneroError.is(error, 'key-missing') && error.code === 'elsewhere';
		const command = elsewhere
			? { id: reloadWindow, title: vscode.l10n.t('Reload window') }
			: rejected
				? { id: 'partnero.replaceApiKey', title: vscode.l10n.t('Replace API key') }
				: loaded > 0
					? { id: 'partnero.loadMore', title: vscode.l10n.t('Load more'), argument: again }
					: { id: 'partnero.refresh', title: vscode.l10n.t('Refresh'), argument: node };
		return { kind: 'message', of: node, text: describeError(error, { program }), icon: rejected ? 'error' : 'warning', command };
	}

	async #loadMore(node: unknown): Promise<void> {
		// VS Code passes over what is no row that it shows.
		const row = node as ExplorerNode;
		const of = partOf(node, 'of');
		const ref = customerRefOf(of);
		const programId = this.#groupProgram(of);
		if (ref !== undefined) {
			this.#touch(ref);
			this.#growing.add(nameOf(ref));
			this.#changes.fire(row);
			await this.#options.store.loadMoreTransactions(ref).catch(() => undefined);
			this.#growing.delete(nameOf(ref));
			this.#changes.fire(row);
		} else if (programId !== undefined) {
			const group = this.#group(programId, 'all');
			this.#touched.add(nodeId(group));
			const loading = this.#allOf(programId).loadMore();
			this.#changes.fire(row);
			await loading;
			this.#changes.fire(group);
		}
	}

	/** VS Code's own search within the rows that are loaded. It works on the list that has the focus. */
	async #filter(): Promise<void> {
		await vscode.commands.executeCommand('partnero.customers.focus');
		await vscode.commands.executeCommand('list.find');
	}

	/** Asks anew for one node, or for all that the view shows. */
	async #refresh(argument: unknown): Promise<void> {
		const groupProgram = this.#groupProgram(argument);
		if (groupProgram !== undefined) {
			await this.#refreshGroup(groupProgram, partOf(argument, 'group'));
			return;
		}
		const ref = customerRefOf(argument);
		if (ref !== undefined) {
			await this.#refreshCustomer(ref);
			return;
		}
		const { active } = this.#options.programs;
		if (active !== undefined) {
			// What the window before left open is asked for as well now.
			const all = this.#touched.has(active.id) ? this.#group(active.id, 'all') : undefined;
			this.#all.delete(active.id);
			this.#touched.add(active.id);
			this.#changes.fire(all);
			const refs = this.#refsToRefresh(active.id);
			await Promise.all(refs.map((shownRef) => this.#refreshCustomer(shownRef)));
			if (refs.length === 0 && this.#options.programs.state(active.id).offline) {
				// Something has to be asked to know whether Partnero is back.
				await this.#allOf(active.id).loadMore();
				this.#changes.fire(this.#group(active.id, 'all'));
			}
		}
	}

	async #refreshGroup(programId: string, group: unknown): Promise<void> {
		if (group === 'all') {
			this.#touched.add(nodeId(this.#group(programId, group)));
			this.#all.delete(programId);
			this.#changes.fire(this.#group(programId, group));
			return;
		}
		const { history } = this.#options;
		const keys = group === 'pinned' ? history.pinned(programId) : history.recent(programId);
		await Promise.all(keys.slice(0, mostRefreshed).map((key) => this.#refreshCustomer({ programId, key })));
	}

	/** The program whose group a command's argument is; undefined for anything else. */
	#groupProgram(argument: unknown): string | undefined {
		const programId = partOf(argument, 'programId');
		const known = typeof programId === 'string' && this.#options.programs.get(programId) !== undefined;
		return known && partOf(argument, 'kind') === 'group' ? programId : undefined;
	}

	/** The customer, and its transactions if they were looked at. */
	async #refreshCustomer(ref: CustomerRef): Promise<void> {
		const { store } = this.#options;
		this.#touch(ref);
		const { loadedAt, error } = store.peekTransactions(ref);
		const asked = [store.get(ref, { fresh: true })];
		const transactions = loadedAt !== undefined || error !== undefined ? [store.loadTransactions(ref, { fresh: true })] : [];
		await Promise.allSettled([...asked, ...transactions]);
	}

	/** The customers whose rows are open, and the first of the lists that were looked up already; more would be asked without anyone looking. */
	#refsToRefresh(programId: string): readonly CustomerRef[] {
		const { history, store } = this.#options;
		const open = [...this.#expanded].map(({ ref }) => ref).filter((ref) => ref.programId === programId);
		const listed = [...history.pinned(programId), ...history.recent(programId)]
			.map((key) => ({ programId, key }))
			.filter((ref) => store.peek(ref).loadedAt !== undefined || store.peek(ref).error !== undefined);
		const byKey = new Map([...open, ...listed.slice(0, mostRefreshed)].map((ref) => [ref.key, ref]));
		return [...byKey.values()];
	}

	/** Opening a customer is a user's question: what is stale or failed is asked for again. */
	async #followExpanded(node: ExplorerNode): Promise<void> {
		this.#rememberOpen(node, true);
		if (node.kind === 'customer') {
			this.#expanded.add(node);
			await Promise.allSettled([this.#options.store.get(node.ref), this.#options.store.loadTransactions(node.ref)]);
		}
	}

	/** Whether nobody but the window before opened the row. */
	#isLeftOpen(node: GroupNode | CustomerNode): boolean {
		const id = nodeId(node);
		const programId = programOf(node);
		return !this.#touched.has(programId) && !this.#touched.has(id) && this.#open.isOpen(programId, id) === true;
	}

	/** The user asks for this customer, on whatever row. */
	#touch(ref: CustomerRef): void {
		for (const group of groupNames) {
			this.#touched.add(nodeId({ kind: 'customer', ref, group }));
		}
	}

	#rememberOpen(node: ExplorerNode, open: boolean): void {
		if (node.kind === 'group' || node.kind === 'customer' || node.kind === 'transaction') {
			const id = nodeId(node);
			this.#touched.add(id);
			// Where it cannot be kept, the next window shows the row as it comes.
			this.#open.set(programOf(node), id, open).catch(() => undefined);
		}
	}

	/**
	 * VS Code draws the view anew only when it has all rows that it asked for before: what Partnero still owes for one program would keep its
	 * people in view under the name of the next.
	 */
	async #whileShown(loading: Promise<unknown>): Promise<void> {
		await Promise.race([loading, this.#switched.promise]);
	}

	#followProgram(): void {
		const { active } = this.#options.programs;
		const { view } = this.#options;
		view.description = active?.sample ? vscode.l10n.t('{0} · sample data', active.name) : (active?.name ?? '');
		// A badge asks for an act of the user, and nothing but a rejected key does.
		view.badge =
			connectionState(this.#options.programs) === 'rejected'
				? { value: 1, tooltip: vscode.l10n.t('Partnero does not accept the API key of {0}', active?.name ?? '') }
				: undefined;
		this.#open.keepOnly(this.#options.programs.all.map(({ id }) => id)).catch(() => undefined);
		if (this.#shownProgram !== active?.id) {
			this.#shownProgram = active?.id;
			this.#switched.resolve();
			this.#switched = Promise.withResolvers<void>();
			this.#nodes.clear();
			this.#changed.clear();
			this.#expanded.clear();
			this.#all.clear();
		}
		this.#followRoots();
	}

	/** Returns whether all rows are made anew. */
	#followRoots(): boolean {
		const { active } = this.#options.programs;
		const pinned = active === undefined ? [] : this.#options.history.pinned(active.id);
		const roots = JSON.stringify([active?.id, connectionState(this.#options.programs), pinned]);
		const changed = this.#shownRoots !== roots;
		if (changed) {
			this.#shownRoots = roots;
			this.#changed.clear();
			this.#changes.fire(undefined);
		}
		return changed;
	}

	/** A look-up changes one group. The rows of the others are not made anew for it: VS Code keeps something of every row that was ever made. */
	#followHistory(): void {
		const { active } = this.#options.programs;
		if (!this.#followRoots() && active !== undefined) {
			this.#drawSoon(this.#group(active.id, 'recent'));
		}
	}

	#follow({ ref }: CustomerChange): void {
		for (const group of groupNames) {
			const node = this.#nodes.get(nodeId({ kind: 'customer', ref, group }));
			if (node?.kind === 'customer') {
				this.#drawSoon(node);
			}
		}
	}

	#drawSoon(node: GroupNode | CustomerNode): void {
		this.#changed.add(node);
		this.#gathering ??= setTimeout(() => this.#drawChanged(), this.#options.gatherTime ?? 100);
	}

	/**
	 * A row that is made anew has all rows below it made anew as well. So it happens to a customer only where one of them says something else, and
	 * not once more to one whose group is made anew.
	 */
	#drawChanged(): void {
		this.#gathering = undefined;
		const isOutdated = (node: GroupNode | CustomerNode) =>
			node.kind === 'group' || (!this.#changed.has(this.#group(node.ref.programId, node.group)) && this.#isOutdated(node));
		const outdated = [...this.#changed].filter(isOutdated);
		this.#changed.clear();
		if (outdated.length > 0) {
			this.#changes.fire(outdated);
		}
	}

	#isOutdated(node: CustomerNode): boolean {
		const drawn = this.#drawn.get(node);
		return (
			drawn !== undefined &&
			(drawn.face !== faceOf(this.#items.item(node)) ||
				(drawn.tooltip !== undefined && drawn.tooltip !== this.#items.tooltip(node)?.value) ||
				(drawn.below !== undefined && !isSameBelow(drawn.below, this.#below(node))))
		);
	}

	#group(programId: string, group: GroupNode['group']): GroupNode {
		return this.#kept({ kind: 'group', group, programId });
	}

	#customer(ref: CustomerRef, group: CustomerNode['group']): CustomerNode {
		return this.#kept({ kind: 'customer', ref, group });
	}

	#kept<Node extends GroupNode | CustomerNode>(node: Node): Node {
		const id = nodeId(node);
		const known = this.#nodes.get(id) as Node | undefined;
		if (known === undefined) {
			this.#nodes.set(id, node);
		}
		return known ?? node;
	}
}

/** A line that runs at the top of the view: rows themselves change only with what they say. */
async function withProgress(task: () => Promise<void>): Promise<void> {
	await vscode.window.withProgress({ location: { viewId: 'partnero.customers' } }, task);
}

function nameOf({ programId, key }: CustomerRef): string {
	return JSON.stringify([programId, key]);
}

/** What a customer's row shows, its state of being open apart: that is the user's. */
function faceOf({ label, description, iconPath, contextValue }: vscode.TreeItem): string {
	return JSON.stringify([label, description, iconPath, contextValue]);
}

/** The store keeps the rows that a new answer did not change. */
function isSameBelow(one: Below, other: Below): boolean {
	return (
		one.rows.length === other.rows.length &&
		(one.rows === other.rows || one.rows.every((row, index) => row === other.rows[index])) &&
		JSON.stringify(one.ending) === JSON.stringify(other.ending)
	);
}

/** What of a list cannot be shown is at least counted. */
function unreadableRow(of: CustomerNode | GroupNode, count: number): ExplorerNode[] {
	const text =
		count === 1
			? vscode.l10n.t('{count} row of the answer could not be read.', { count })
			: vscode.l10n.t('{count} rows of the answer could not be read.', { count });
	return count === 0 ? [] : [{ kind: 'message', of, about: 'unreadable', text, icon: 'warning' }];
}

/** Command arguments come from anywhere: other extensions and keybindings can pass what they like. */
function partOf(value: unknown, name: string): unknown {
	try {
		return Reflect.get(Object(value), name);
	} catch {
		// A getter or a proxy of somebody else.
		return undefined;
	}
}
