// A tree view as VS Code drives its data provider: it asks for the rows of what is open, asks again after every change, refuses two rows of one
// id, and keeps open what the user opened, by id.
import assert from 'node:assert/strict';
import type { Event, TreeItem } from 'vscode';
import { EventEmitter } from './vscode.ts';

interface Provider<Node> {
	readonly onDidChangeTreeData: Event<Node | Node[] | undefined>;
	getChildren(node?: Node): Promise<Node[]>;
	getTreeItem(node: Node): TreeItem;
}

interface Row<Node> {
	readonly node: Node;
	readonly item: TreeItem;
	readonly depth: number;
}

/** After so many rounds without the user doing anything, a provider goes round for ever. */
const mostRounds = 50;

export class FakeTree<Node> {
	private readonly expansions = new EventEmitter<{ readonly element: Node }>();
	private readonly collapses = new EventEmitter<{ readonly element: Node }>();
	/** `vscode.TreeView`, as far as providers use it. */
	readonly view: {
		description: string;
		badge?: { readonly value: number; readonly tooltip: string } | undefined;
		readonly onDidExpandElement: Event<{ readonly element: Node }>;
		readonly onDidCollapseElement: Event<{ readonly element: Node }>;
	} = { description: '', onDidExpandElement: this.expansions.event, onDidCollapseElement: this.collapses.event };
	private provider: Provider<Node> | undefined;
	private readonly open = new Set<string>();
	private readonly closed = new Set<string>();
	private rows: readonly Row<Node>[] = [];
	private due = false;
	private rounds = 0;
	/** How often all rows were made anew: what the user opens at such a moment, VS Code closes again. */
	madeAnew = 0;

	/** The user looks at the view. */
	async show(provider: Provider<Node>): Promise<void> {
		this.provider = provider;
		provider.onDidChangeTreeData((changed) => {
			this.due = true;
			this.madeAnew += changed === undefined ? 1 : 0;
		});
		this.due = true;
		await this.settle();
	}

	/** The user opens the row of that label. */
	async expand(label: string): Promise<void> {
		const { node, item } = this.row(label);
		this.open.add(item.id ?? '');
		this.due = true;
		this.expansions.fire({ element: node });
		await this.settle();
	}

	async collapse(label: string): Promise<void> {
		const { node, item } = this.row(label);
		this.open.delete(item.id ?? '');
		this.closed.add(item.id ?? '');
		this.collapses.fire({ element: node });
		await this.settle();
	}

	row(label: string): Row<Node> {
		const row = this.rows.find(({ item }) => item.label === label);
		assert.ok(row !== undefined, `no row "${label}" in\n${this.lines.join('\n')}`);
		return row;
	}

	/** The nodes of all rows, from top to bottom. */
	get nodes(): readonly Node[] {
		return this.rows.map(({ node }) => node);
	}

	/** What is seen: labels, indented. */
	get lines(): readonly string[] {
		return this.rows.map(({ item, depth }) => `${'  '.repeat(depth)}${item.label}`);
	}

	/** Lets the provider and the view come to rest, and fails where they do not. */
	async settle(): Promise<void> {
		this.rounds = 0;
		for (let idle = 0; idle < 5; idle++) {
			await new Promise((resolve) => setImmediate(resolve));
			if (this.due) {
				idle = 0;
				this.due = false;
				this.rounds++;
				assert.ok(this.rounds < mostRounds, 'the view asks and asks although nobody does anything');
				await this.read();
			}
		}
	}

	private async read(): Promise<void> {
		const rows: Row<Node>[] = [];
		const ids = new Set<string>();
		await this.readChildren(undefined, 0, rows, ids);
		this.rows = rows;
	}

	private async readChildren(parent: Node | undefined, depth: number, rows: Row<Node>[], ids: Set<string>): Promise<void> {
		for (const node of (await this.provider?.getChildren(parent)) ?? []) {
			const item = this.provider?.getTreeItem(node);
			const id = item?.id ?? '';
			assert.ok(item !== undefined && id !== '');
			assert.ok(!ids.has(id), `Element with id ${id} is already registered`);
			ids.add(id);
			rows.push({ node, item, depth });
			if (this.open.has(id) || (item.collapsibleState === 2 && !this.closed.has(id))) {
				await this.readChildren(node, depth + 1, rows, ids);
			}
		}
	}
}
