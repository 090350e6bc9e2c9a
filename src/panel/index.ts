// The detail panels: one per program and customer, shown on request and restored after a reload of the window. Loaded on first use.
import * as vscode from 'vscode';
import type { CustomerRef } from '../customers/types.ts';
import { singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { CustomerPanel, type CustomerPanelOptions } from './customerPanel.ts';
import { isPanelRef } from './protocol.ts';

export interface CustomerPanelsOptions extends CustomerPanelOptions {
	/** Told of each panel that is closed. */
	readonly closed?: (ref: CustomerRef) => void;
}

// The sentences come with this bundle, so that `extension.js` needs none of them.
export { describeError } from '../wording/errors.ts';

/** The panels' view type: what a serializer is registered for, and what `activeWebviewPanelId` is in a `when` clause. */
const customerPanelViewType = 'partnero.customer';

export interface ShowPanel {
	/** Where a new panel opens, and where an open one is moved to. Without it: the active column, and where it is. */
	readonly column?: vscode.ViewColumn;
	readonly preserveFocus?: boolean;
}

export class CustomerPanels extends Disposable {
	private readonly options: CustomerPanelsOptions;
	private readonly panels = new Map<string, CustomerPanel>();
	private readonly activeChanges = this._register(new vscode.EventEmitter<CustomerRef | undefined>());
	/** Fires with the customer of the panel that became active, or with undefined. */
	readonly onDidChangeActive = this.activeChanges.event;

	constructor(options: CustomerPanelsOptions) {
		super();
		this.options = options;
		this._register({ dispose: () => this.closeAll() });
	}

	/** The customer whose panel is the active editor: what a command without an argument is about. */
	get active(): CustomerRef | undefined {
		return [...this.panels.values()].find((panel) => panel.isActive)?.ref;
	}

	/** Opens the customer's panel, or reveals the one that is open. */
	show(ref: CustomerRef, { column, preserveFocus = false }: ShowPanel = {}): void {
		const open = this.panels.get(nameOf(ref));
		if (open !== undefined) {
			open.reveal(column);
			return;
		}
		const place = { viewColumn: column ?? vscode.ViewColumn.Active, preserveFocus };
		this.adopt(vscode.window.createWebviewPanel(customerPanelViewType, singleLine(ref.key, 100), place), ref);
	}

	/**
	 * Brings a panel back after a reload of the window, from what `setState` stored. A state that names no customer closes it, and so does
	 * one whose customer has a panel already.
	 */
	restore(panel: vscode.WebviewPanel, state: unknown): void {
		if (!isPanelRef(state) || this.panels.has(nameOf(state))) {
			panel.dispose();
			return;
		}
		this.adopt(panel, { programId: state.programId, key: state.key });
	}

	private adopt(panel: vscode.WebviewPanel, ref: CustomerRef): void {
		const name = nameOf(ref);
		const adopted = new CustomerPanel(panel, ref, this.options);
		this.panels.set(name, adopted);
		panel.onDidChangeViewState(() => this.activeChanges.fire(this.active));
		panel.onDidDispose(() => {
			if (this.panels.get(name) === adopted) {
				this.panels.delete(name);
				this.activeChanges.fire(this.active);
				this.options.closed?.(ref);
			}
		});
		this.activeChanges.fire(this.active);
	}

	/** Stops following the store. The tabs stay: VS Code restores them, and closing them is the user's business. */
	private closeAll(): void {
		for (const panel of this.panels.values()) {
			panel.dispose();
		}
		this.panels.clear();
	}
}

/** Program ids hold no line break, so no key of one program can be taken for one of another. */
function nameOf(ref: CustomerRef): string {
	return `${ref.programId}\n${ref.key}`;
}
