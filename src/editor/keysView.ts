// The view "Keys in this file": the recognised keys of the active file, each leading to its place. It works only while it is shown.
import * as vscode from 'vscode';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { customerLabel, shorten, singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import type { ConnectedProgram } from '../programs/registry.ts';
import type { ActiveFile } from './activeFile.ts';
import type { DocumentKeys } from './documentKeys.ts';
import type { KeyCheck, KeyResult } from './keyCheck.ts';

/** One place of a recognised key. */
export interface KeyNode {
	readonly kind: 'key';
	readonly ref: CustomerRef;
	readonly document: vscode.TextDocument;
	readonly range: vscode.Range;
	/** Which one it is in the file, from 0. */
	readonly index: number;
}

export interface KeysViewOptions {
	readonly store: CustomerStore;
	readonly keys: DocumentKeys;
	readonly check: KeyCheck;
	readonly file: ActiveFile;
	readonly activeProgram: () => ConnectedProgram | undefined;
	/** Another program may be active: the same keys are other people there. */
	readonly onDidChangeProgram: vscode.Event<unknown>;
	readonly view: vscode.TreeView<KeyNode>;
}

/** Rows beyond that are no overview any more. */
const mostRows = 5000;
/** Changes are looked at when typing pauses, milliseconds. */
const pause = 300;

export class KeysView extends Disposable implements vscode.TreeDataProvider<KeyNode> {
	private readonly changes = this._register(new vscode.EventEmitter<KeyNode[] | undefined>());
	readonly onDidChangeTreeData = this.changes.event;
	private readonly options: KeysViewOptions;
	private pending: NodeJS.Timeout | undefined;
	private nodes: readonly KeyNode[] = [];
	/** What VS Code was told last of a row. */
	private readonly faces = new WeakMap<KeyNode, string>();

	constructor(options: KeysViewOptions) {
		super();
		this.options = options;
		this._register(options.file.onDidChange(() => this.refreshSoon(0)));
		this._register(
			vscode.workspace.onDidChangeTextDocument(({ document }) => {
				if (document === options.file.document) {
					this.refreshSoon(pause);
				}
			}),
		);
		this._register(options.onDidChangeProgram(() => this.refreshSoon(0)));
		this._register(options.check.onDidChange(() => this.refreshSoon(50)));
		this._register(options.store.onDidChange(({ what }) => (what === 'customer' ? this.refreshSoon(50) : undefined)));
		this._register(options.view.onDidChangeVisibility(() => this.refreshSoon(0)));
		this._register({ dispose: () => clearTimeout(this.pending) });
	}

	getChildren(node?: KeyNode): KeyNode[] {
		if (node !== undefined) {
			return [];
		}
		const nodes = this.read();
		this.nodes = nodes;
		return nodes;
	}

	getTreeItem(node: KeyNode): vscode.TreeItem {
		const item = this.item(node);
		this.faces.set(node, faceOf(item));
		return item;
	}

	/** The keys that are in the file now. */
	private read(): KeyNode[] {
		const { document } = this.options.file;
		const program = this.options.activeProgram();
		if (document === undefined || program === undefined) {
			return [];
		}
		const matches = this.options.keys.all(document);
		this.options.view.description = matches.length > mostRows ? vscode.l10n.t('the first {0} of {1}', mostRows, matches.length) : '';
		return matches.slice(0, mostRows).map(({ key, start, end }, index) => ({
			kind: 'key',
			ref: { programId: program.id, key },
			document,
			range: new vscode.Range(document.positionAt(start), document.positionAt(end)),
			index,
		}));
	}

	private item({ ref, document, range, index }: KeyNode): vscode.TreeItem {
		const key = singleLine(ref.key, 200);
		const item = new vscode.TreeItem(key);
		const { customer } = this.options.store.peek(ref);
		const result = this.options.check.result(document, ref.key) ?? (customer === undefined ? undefined : 'found');
		const name = customer === undefined ? '' : shorten(customerLabel(customer), 100);
		const line = vscode.l10n.t('line {0}', range.start.line + 1);
		item.description = [name === key ? '' : name, describeResult(result), line].filter((part) => part !== '').join(' · ');
		item.iconPath = iconOf(result);
		item.id = `${index}/${ref.key}`;
		item.contextValue = `customer key${customer?.email ? ' email' : ''}`;
		const selection = { selection: range, preserveFocus: false };
		item.command = { command: 'vscode.open', title: vscode.l10n.t('Go to the key'), arguments: [document.uri, selection] };
		item.accessibilityInformation = { label: `${key}, ${item.description}` };
		return item;
	}

	getParent(): undefined {
		return undefined;
	}

	resolveTreeItem(item: vscode.TreeItem): vscode.TreeItem {
		return item;
	}

	/** Hidden, the view neither reads the text nor tells anyone; shown again, it reads anew. */
	private refreshSoon(milliseconds: number): void {
		if (milliseconds >= pause) {
			// Typing goes on: what waits is put off.
			clearTimeout(this.pending);
			this.pending = undefined;
		}
		if (this.options.view.visible) {
			this.pending ??= setTimeout(() => {
				this.pending = undefined;
				this.draw();
			}, milliseconds);
		}
	}

	/** Rows are made anew only where they say something else: VS Code keeps something of every row that was ever made. */
	private draw(): void {
		const nodes = this.read();
		if (nodes.length !== this.nodes.length || nodes.some((node, index) => !isSame(node, this.nodes[index]))) {
			this.changes.fire(undefined);
			return;
		}
		const outdated = this.nodes.filter((node) => this.faces.get(node) !== faceOf(this.item(node)));
		if (outdated.length > 0) {
			this.changes.fire(outdated);
		}
	}
}

function isSame(one: KeyNode, other: KeyNode | undefined): boolean {
	return (
		one.document === other?.document &&
		one.ref.key === other.ref.key &&
		one.ref.programId === other.ref.programId &&
		one.range.isEqual(other.range)
	);
}

/** What a row shows. */
function faceOf({ description, iconPath, contextValue }: vscode.TreeItem): string {
	return JSON.stringify([description, iconPath, contextValue]);
}

function describeResult(result: KeyResult | undefined): string {
	switch (result) {
		case 'found':
			return vscode.l10n.t('found');
		case 'absent':
			return vscode.l10n.t('not found');
		case 'failed':
			return vscode.l10n.t('failed');
		default:
			return '';
	}
}

function iconOf(result: KeyResult | undefined): vscode.ThemeIcon {
	switch (result) {
		case 'found':
			return new vscode.ThemeIcon('person');
		case 'absent':
			return new vscode.ThemeIcon('question');
		case 'failed':
			return new vscode.ThemeIcon('warning');
		default:
			return new vscode.ThemeIcon('key');
	}
}
