// What the editor shows of recognised keys. A bundle of its own, loaded by the first hover or look-up at the cursor.
import * as vscode from 'vscode';
import type { CustomerStore } from '../customers/store.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { ConnectedProgram } from '../programs/registry.ts';
import { type CustomerKeyMatch, customerKeyAt } from '../recognition/index.ts';
import { customerCard, failureCard } from './hover.ts';

export interface EditorFeaturesOptions {
	readonly store: CustomerStore;
	readonly activeProgram: () => ConnectedProgram | undefined;
	/** Keys that count wherever they stand: looked up, pinned, recent. */
	readonly knownKeys: (programId: string) => ReadonlySet<string>;
}

export class EditorFeatures {
	private readonly options: EditorFeaturesOptions;

	constructor(options: EditorFeaturesOptions) {
		this.options = options;
	}

	/** The recognised key at that place of the document. */
	keyAt(document: vscode.TextDocument, position: vscode.Position): CustomerKeyMatch | undefined {
		const program = this.options.activeProgram();
		const knownKeys = program === undefined ? new Set<string>() : this.options.knownKeys(program.id);
		return customerKeyAt(document.getText(), document.offsetAt(position), { languageId: document.languageId, knownKeys });
	}

	/** The customer's card over a recognised key; nothing anywhere else, and nothing when the user has moved on. */
	async hover(
		document: vscode.TextDocument,
		position: vscode.Position,
		token: vscode.CancellationToken,
	): Promise<vscode.Hover | undefined> {
		const program = this.options.activeProgram();
		const match = program === undefined ? undefined : this.keyAt(document, position);
		if (program === undefined || match === undefined) {
			return undefined;
		}
		const ref = { programId: program.id, key: match.key };
		const range = new vscode.Range(document.positionAt(match.start), document.positionAt(match.end));
		const abort = new AbortController();
		const cancelling = token.onCancellationRequested(() => abort.abort());
		try {
			const snapshot = await this.options.store.get(ref, { signal: abort.signal });
			const transactions = this.options.store.peekTransactions(ref);
			return new vscode.Hover(customerCard({ snapshot, transactions, program: program.name }), range);
		} catch (error) {
			// A text that cannot be a key was no key after all.
			const silent = PartneroError.is(error, 'cancelled') || PartneroError.is(error, 'invalid-key');
			return silent ? undefined : new vscode.Hover(failureCard(error, match.key, program.name), range);
		} finally {
			cancelling.dispose();
		}
	}
}
