// The detail panels: one per program and customer, shown on request and restored after a reload of the window. Loaded on first use.
import * as vscode from 'vscode';
import type { CustomerRef } from '../customers/types.ts';
import { singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { CustomerPanel, type CustomerPanelOptions } from './customerPanel.ts';
import { type PanelApp, readPanelApp } from './document.ts';
import { isPanelRef } from './protocol.ts';

export interface CustomerPanelsOptions extends Omit<CustomerPanelOptions, 'app'> {
	readonly extensionUri: vscode.Uri;
	/** Reads the app; by default from the extension's own bundles. */
	readonly readApp?: (dist: string) => PanelApp;
	/** What the serializer is registered for. */
	readonly viewType: string;
	/** Told of each panel that is closed. */
	readonly closed?: (ref: CustomerRef) => void;
}

// The sentences come with this bundle, so that `extension.js` needs none of them.
export { describeError } from '../wording/errors.ts';

export class CustomerPanels extends Disposable {
	readonly #options: CustomerPanelsOptions & CustomerPanelOptions;
	#app: PanelApp | undefined;
	readonly #panels = new Map<string, CustomerPanel>();

	constructor(options: CustomerPanelsOptions) {
		super();
		const { extensionUri, readApp = readPanelApp } = options;
		const app = () => {
			this.#app ??= readApp(vscode.Uri.joinPath(extensionUri, 'dist').fsPath);
			return this.#app;
		};
		this.#options = { ...options, app };
		this._register({ dispose: () => this.#closeAll() });
	}

	/** The customer whose panel is the active editor: what a command without an argument is about. */
	get active(): CustomerRef | undefined {
		return [...this.#panels.values()].find((panel) => panel.isActive)?.ref;
	}

	/** Opens the customer's panel, or reveals the one that is open, and asks for what it shows. */
	show(ref: CustomerRef): void {
		const open = this.#panels.get(nameOf(ref));
		if (open !== undefined) {
			open.show();
			return;
		}
		const panel = vscode.window.createWebviewPanel(this.#options.viewType, singleLine(ref.key, 100), vscode.ViewColumn.Active);
		this.#adopt(panel, ref).show();
	}

	/**
	 * Brings a panel back after a reload of the window, from what `setState` stored. A state that names no customer closes it, and so does
	 * one whose customer has a panel already.
	 */
	restore(panel: vscode.WebviewPanel, state: unknown): void {
		if (!isPanelRef(state) || this.#panels.has(nameOf(state))) {
			panel.dispose();
			return;
		}
		this.#adopt(panel, { programId: state.programId, key: state.key });
	}

	#adopt(panel: vscode.WebviewPanel, ref: CustomerRef): CustomerPanel {
		const name = nameOf(ref);
		const adopted = new CustomerPanel(panel, ref, this.#options);
		this.#panels.set(name, adopted);
		panel.onDidDispose(() => {
			if (this.#panels.get(name) === adopted) {
				this.#panels.delete(name);
				this.#options.closed?.(ref);
			}
		});
		return adopted;
	}

	/** Stops following the store. The tabs stay: VS Code restores them, and closing them is the user's business. */
	#closeAll(): void {
		for (const panel of this.#panels.values()) {
			panel.dispose();
		}
		this.#panels.clear();
	}
}

/** Program ids hold no line break, so no key of one program can be taken for one of another. */
function nameOf(ref: CustomerRef): string {
	return `${ref.programId}\n${ref.key}`;
}
