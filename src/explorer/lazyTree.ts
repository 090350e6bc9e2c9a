// Stands in for a view's data provider until the view is looked at, so that a view that stays closed costs nothing.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';

type Provider<Node> = vscode.TreeDataProvider<Node> &
	Required<Pick<vscode.TreeDataProvider<Node>, 'onDidChangeTreeData' | 'getParent' | 'resolveTreeItem'>>;

/** A tree view whose data provider is loaded when VS Code first asks it for rows. */
export class LazyTree<Node> extends Disposable implements vscode.TreeDataProvider<Node> {
	readonly view: vscode.TreeView<Node>;
	readonly #changes = this._register(new vscode.EventEmitter<Node | Node[] | undefined | null>());
	readonly onDidChangeTreeData = this.#changes.event;
	readonly #load: () => Promise<Provider<Node>>;
	#provider: Promise<Provider<Node>> | undefined;

	constructor(
		viewId: string,
		load: (view: vscode.TreeView<Node>) => Promise<Provider<Node>>,
		options: Pick<vscode.TreeViewOptions<Node>, 'canSelectMany' | 'dragAndDropController'> = {},
	) {
		super();
		this.#load = () => load(this.view);
		this.view = this._register(vscode.window.createTreeView<Node>(viewId, { treeDataProvider: this, showCollapseAll: true, ...options }));
	}

	async getChildren(node?: Node): Promise<Node[]> {
		return (await (await this.#loaded()).getChildren(node)) ?? [];
	}

	async getTreeItem(node: Node): Promise<vscode.TreeItem> {
		return (await this.#loaded()).getTreeItem(node);
	}

	async getParent(node: Node): Promise<Node | undefined> {
		return (await (await this.#loaded()).getParent(node)) ?? undefined;
	}

	async resolveTreeItem(item: vscode.TreeItem, node: Node, token: vscode.CancellationToken): Promise<vscode.TreeItem> {
		return (await (await this.#loaded()).resolveTreeItem(item, node, token)) ?? item;
	}

	#loaded(): Promise<Provider<Node>> {
		this.#provider ??= this.#load().then(
			(provider) => {
				this._register(provider.onDidChangeTreeData((change) => this.#changes.fire(change ?? undefined)) ?? { dispose: () => undefined });
				return provider;
			},
			(error: unknown) => {
				this.#provider = undefined;
				throw error;
			},
		);
		return this.#provider;
	}
}
