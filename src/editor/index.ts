// What the editor shows of recognised keys: hover, definition, inlay hints, terminal links, the view "Keys in this file" and the check. A
// bundle of its own, loaded by the first of them.
import * as vscode from 'vscode';
import { customerUri } from '../customers/ref.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef, CustomerSnapshot } from '../customers/types.ts';
import { customerLabel, shorten } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { ConnectedProgram } from '../programs/registry.ts';
import type { Settings } from '../settings/settings.ts';
import { ActiveFile } from './activeFile.ts';
import { DocumentKeys } from './documentKeys.ts';
import { customerCard, failureCard } from './hover.ts';
import { KeyCheck } from './keyCheck.ts';
import { KeyPatterns } from './keyPatterns.ts';
import { type KeyNode, KeysView } from './keysView.ts';

export { KnownKeys } from '../customers/knownKeys.ts';

export interface EditorFeaturesOptions {
	readonly store: CustomerStore;
	readonly activeProgram: () => ConnectedProgram | undefined;
	/** Keys that count wherever they stand: looked up, pinned, recent. The same set as long as nothing changes. */
	readonly knownKeys: (programId: string) => ReadonlySet<string>;
	readonly settings: Settings;
	/** Fires when another program may be active. */
	readonly onDidChangeProgram: vscode.Event<unknown>;
}

/** A key in a line of a terminal. */
export interface CustomerTerminalLink extends vscode.TerminalLink {
	readonly ref: CustomerRef;
}

const noKeys: ReadonlySet<string> = new Set();
/** Hints are asked for after every pause in typing, and cost a reading of the whole document: longer ones, in UTF-16 units, go without. */
const longestHinted = 1_000_000;

export class EditorFeatures extends Disposable {
	private readonly options: EditorFeaturesOptions;
	private readonly keys: DocumentKeys;
	private readonly check: KeyCheck;
	private readonly file = this._register(new ActiveFile());
	private readonly patterns: KeyPatterns;
	readonly commands: Commands<'partnero.checkKeysInFile'> = {
		'partnero.checkKeysInFile': () => this.checkActive(),
	};

	constructor(options: EditorFeaturesOptions) {
		super();
		this.options = options;
		const { store, activeProgram } = options;
		this.patterns = this._register(new KeyPatterns(options.settings));
		const knownKeys = () => {
			const program = activeProgram();
			return program === undefined ? noKeys : options.knownKeys(program.id);
		};
		this.keys = new DocumentKeys({ knownKeys, patterns: () => this.patterns.all });
		this.check = this._register(new KeyCheck({ store, keys: this.keys, activeProgram, onDidChangeProgram: options.onDidChangeProgram }));
	}

	/** The data of the view "Keys in this file". */
	keysView(view: vscode.TreeView<KeyNode>): KeysView {
		this.patterns.tellProblems();
		const { store, activeProgram, onDidChangeProgram } = this.options;
		return this._register(
			new KeysView({ store, keys: this.keys, check: this.check, file: this.file, activeProgram, onDidChangeProgram, view }),
		);
	}

	/** The recognised key at that place of the document. */
	keyAt(document: vscode.TextDocument, position: vscode.Position): string | undefined {
		return this.keys.at(document, position)?.key;
	}

	/** The customer's card over a recognised key; nothing anywhere else, and nothing when the user has moved on. */
	async hover(
		document: vscode.TextDocument,
		position: vscode.Position,
		token: vscode.CancellationToken,
	): Promise<vscode.Hover | undefined> {
		const program = this.options.activeProgram();
		const match = program === undefined ? undefined : this.keys.at(document, position);
		if (program === undefined || match === undefined) {
			return undefined;
		}
		const ref = { programId: program.id, key: match.key };
		const range = new vscode.Range(document.positionAt(match.start), document.positionAt(match.end));
		const abort = new AbortController();
		const cancelling = token.onCancellationRequested(() => abort.abort());
		const { store } = this.options;
		const facts = (snapshot: CustomerSnapshot) => ({ snapshot, transactions: store.peekTransactions(ref), program: program.name });
		try {
			const snapshot = await store.get(ref, { signal: abort.signal });
			return new vscode.Hover(customerCard(facts(snapshot)), range);
		} catch (error) {
			// A text that cannot be a key was no key after all.
			const silent = PartneroError.is(error, 'cancelled') || PartneroError.is(error, 'invalid-key');
			return silent ? undefined : new vscode.Hover(failureCard(error, facts(store.peek(ref))), range);
		} finally {
			cancelling.dispose();
		}
	}

	/** Leads from a recognised key to the customer's JSON. */
	definition(document: vscode.TextDocument, position: vscode.Position): vscode.LocationLink[] {
		const program = this.options.activeProgram();
		const match = program === undefined ? undefined : this.keys.at(document, position);
		if (program === undefined || match === undefined) {
			return [];
		}
		return [
			{
				originSelectionRange: new vscode.Range(document.positionAt(match.start), document.positionAt(match.end)),
				targetUri: customerUri({ programId: program.id, key: match.key }),
				targetRange: new vscode.Range(0, 0, 0, 0),
			},
		];
	}

	/** The names of customers that are known already, behind their keys. Asks nobody. */
	inlayHints(document: vscode.TextDocument, range: vscode.Range): vscode.InlayHint[] {
		const program = this.options.activeProgram();
		if (program === undefined || document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > longestHinted) {
			return [];
		}
		const from = document.offsetAt(range.start);
		const to = document.offsetAt(range.end);
		const hints: vscode.InlayHint[] = [];
		for (const { key, start, end } of this.keys.all(document)) {
			const { customer, absent } = start >= from && end <= to ? this.options.store.peek({ programId: program.id, key }) : {};
			const name = customer === undefined ? undefined : customerLabel(customer);
			const label = absent ? vscode.l10n.t('not a customer') : name === key ? undefined : name;
			if (label !== undefined) {
				const hint = new vscode.InlayHint(document.positionAt(end), shorten(label, 40));
				hint.paddingLeft = true;
				hints.push(hint);
			}
		}
		return hints;
	}

	/** The recognised keys of one line of a terminal. */
	terminalLinks(line: string): CustomerTerminalLink[] {
		const program = this.options.activeProgram();
		if (program === undefined) {
			return [];
		}
		return this.keys.ofLine(line).map(({ key, start, end }) => ({
			startIndex: start,
			length: end - start,
			tooltip: vscode.l10n.t('Open the details of this customer'),
			ref: { programId: program.id, key },
		}));
	}

	private async checkActive(): Promise<void> {
		const { document } = this.file;
		if (document === undefined) {
			await vscode.window.showInformationMessage(vscode.l10n.t('Open the file whose customer keys you want to check.'));
			return;
		}
		this.patterns.tellProblems();
		await vscode.commands.executeCommand('partnero.keysInFile.focus');
		await this.check.check(document);
	}
}
