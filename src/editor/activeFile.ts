// The file whose keys are listed and checked: the active one, and after it what is opened from its keys, while it is still open in a tab. To
// VS Code no file is active while a panel of details has the focus, and the text of an output channel is while that has it.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';

export class ActiveFile extends Disposable {
	private readonly changes = this._register(new vscode.EventEmitter<void>());
	/** Fires when it is another file, or none. */
	readonly onDidChange = this.changes.event;
	private current: vscode.TextDocument | undefined;

	constructor() {
		super();
		this.current = activeFile() ?? vscode.window.visibleTextEditors.map(({ document }) => document).find(isFile);
		this._register(vscode.window.onDidChangeActiveTextEditor(() => this.follow()));
		this._register(vscode.window.tabGroups.onDidChangeTabs(() => this.follow()));
	}

	get document(): vscode.TextDocument | undefined {
		return this.current;
	}

	private follow(): void {
		const before = this.current;
		this.current = activeFile() ?? (before !== undefined && isInTab(before) ? before : undefined);
		if (this.current !== before) {
			this.changes.fire();
		}
	}
}

function activeFile(): vscode.TextDocument | undefined {
	const document = vscode.window.activeTextEditor?.document;
	return document !== undefined && isFile(document) ? document : undefined;
}

function isFile({ uri }: vscode.TextDocument): boolean {
	return uri.scheme !== 'output';
}

/** A tab has one or two addresses, whatever its kind; a cell of a notebook has the path of the notebook. */
function isInTab({ uri }: vscode.TextDocument): boolean {
	const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }): unknown => input));
	return inputs.some((input) => Object.values(Object(input)).some((value) => value instanceof vscode.Uri && value.path === uri.path));
}
