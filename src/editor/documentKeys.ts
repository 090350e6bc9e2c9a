// The recognised keys of open documents: one question to the recogniser per version of a document, however many surfaces ask.
import type * as vscode from 'vscode';
import { type CustomerKeyMatch, customerKeyAt, findCustomerKeys, type KeyPattern } from '../recognition/index.ts';

export interface DocumentKeysOptions {
	/** Keys that count wherever they stand: looked up, pinned, recent. The same set as long as nothing changes. */
	readonly knownKeys: () => ReadonlySet<string>;
	/** The user's own patterns (`partnero.customerKeyPatterns`). The same list as long as nothing changes. */
	readonly patterns: () => readonly KeyPattern[];
}

interface Recognised {
	readonly version: number;
	readonly knownKeys: ReadonlySet<string>;
	readonly patterns: readonly KeyPattern[];
	readonly matches: readonly CustomerKeyMatch[];
}

export class DocumentKeys {
	private readonly options: DocumentKeysOptions;
	/** Goes with the document. */
	private readonly recognised = new WeakMap<vscode.TextDocument, Recognised>();

	constructor(options: DocumentKeysOptions) {
		this.options = options;
	}

	/** All recognised keys, in the order of the text. */
	all(document: vscode.TextDocument): readonly CustomerKeyMatch[] {
		const knownKeys = this.options.knownKeys();
		const patterns = this.options.patterns();
		const before = this.recognised.get(document);
		if (before?.version === document.version && before.knownKeys === knownKeys && before.patterns === patterns) {
			return before.matches;
		}
		const matches = findCustomerKeys(document.getText(), { languageId: document.languageId, knownKeys, patterns });
		this.recognised.set(document, { version: document.version, knownKeys, patterns, matches });
		return matches;
	}

	/** The recognised key at that place. Reads only what is around it. */
	at(document: vscode.TextDocument, position: vscode.Position): CustomerKeyMatch | undefined {
		const options = { languageId: document.languageId, knownKeys: this.options.knownKeys(), patterns: this.options.patterns() };
		return customerKeyAt(document.getText(), document.offsetAt(position), options);
	}

	/** The recognised keys of one line of a terminal, which is no document. */
	ofLine(line: string): readonly CustomerKeyMatch[] {
		return findCustomerKeys(line, { languageId: 'log', knownKeys: this.options.knownKeys(), patterns: this.options.patterns() });
	}
}
