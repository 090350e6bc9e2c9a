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
	readonly depth: number;
	item: TreeItem;
	/** Those of a row that is open. */
	below: Row<Node>[];
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
	private roots: Row<Node>[] = [];
	private due: (Node | undefined)[] = [];
	private rounds = 0;
	/** How often all rows were made anew: what the user opens at such a moment, VS Code closes again. */
	madeAnew = 0;
	/** How many rows were made: VS Code keeps something of each for as long as the window is open. */
	rowsMade = 0;

	/** The user looks at the view. */
	async show(provider: Provider<Node>): Promise<void> {
		this.provider = provider;
		provider.onDidChangeTreeData((changed) => {
			this.due.push(...(Array.isArray(changed) ? changed : [changed]));
			this.madeAnew += changed === undefined ? 1 : 0;
		});
		this.due.push(undefined);
		await this.settle();
	}

	/** The user opens the row of that label. */
	async expand(label: string): Promise<void> {
		const { node, item } = this.row(label);
		this.open.add(item.id ?? '');
		this.due.push(node);
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
		const row = this.rows().find(({ item }) => item.label === label);
		assert.ok(row !== undefined, `no row "${label}" in\n${this.lines.join('\n')}`);
		return row;
	}

	/** The nodes of all rows, from top to bottom. */
	get nodes(): readonly Node[] {
		return this.rows().map(({ node }) => node);
	}

	/** What is seen: labels, indented. */
	get lines(): readonly string[] {
		return this.rows().map(({ item, depth }) => `${'  '.repeat(depth)}${item.label}`);
	}

	/** Lets the provider and the view come to rest, and fails where they do not. */
	async settle(): Promise<void> {
		this.rounds = 0;
		for (let idle = 0; idle < 5; idle++) {
			await new Promise((resolve) => setTimeout(resolve, 1));
			const due = this.due.splice(0);
			if (due.length > 0) {
				idle = 0;
				this.rounds++;
				assert.ok(this.rounds < mostRounds, 'the view asks and asks although nobody does anything');
				await this.read(due);
			}
		}
	}

	/** As VS Code does: all rows, or those that changed with what stands below them. What it never asked for it does not know. */
	private async read(due: readonly (Node | undefined)[]): Promise<void> {
		if (due.includes(undefined)) {
			this.roots = await this.childrenOf(undefined, 0);
		} else {
			for (const row of this.rows().filter(({ node }) => due.includes(node))) {
				row.item = this.itemOf(row.node);
				row.below = this.isOpen(row.item) ? await this.childrenOf(row.node, row.depth + 1) : [];
			}
		}
		const ids = new Set<string>();
		for (const { item } of this.rows()) {
			const id = item.id ?? '';
			assert.ok(!ids.has(id), `Element with id ${id} is already registered`);
			ids.add(id);
		}
	}

	private async childrenOf(parent: Node | undefined, depth: number): Promise<Row<Node>[]> {
		const rows = ((await this.provider?.getChildren(parent)) ?? []).map((node) => ({
			node,
			depth,
			item: this.itemOf(node),
			below: [] as Row<Node>[],
		}));
		for (const row of rows.filter(({ item }) => this.isOpen(item))) {
			row.below = await this.childrenOf(row.node, depth + 1);
		}
		return rows;
	}

	private itemOf(node: Node): TreeItem {
		const item = this.provider?.getTreeItem(node);
		assert.ok(item?.id);
		this.rowsMade++;
		return item;
	}

	private isOpen({ id = '', collapsibleState }: TreeItem): boolean {
		return this.open.has(id) || (collapsibleState === 2 && !this.closed.has(id));
	}

	private rows(below = this.roots): readonly Row<Node>[] {
		return below.flatMap((row) => [row, ...this.rows(row.below)]);
	}
}
