// The recognised keys of open documents: one question to the recogniser per version of a document, however many surfaces ask.
import type * as vscode from 'vscode';
import {
	aboutPartnero,
	type CustomerKeyMatch,
	customerKeyAt,
	findCustomerKeys,
	type KeyPattern,
	type Spare,
} from '../recognition/index.ts';

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
	/** Whether a document speaks of Partnero at all: a question to the whole text, so it is asked once per version. */
	private readonly about = new WeakMap<vscode.TextDocument, { readonly version: number; readonly partnero: boolean }>();

	private readonly spare: Spare = {};

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
		const matches = findCustomerKeys(document.getText(), { ...this.optionsFor(document), knownKeys, patterns });
		this.recognised.set(document, { version: document.version, knownKeys, patterns, matches });
		return matches;
	}

	/** The recognised key at that place. Reads only what is around it. */
	at(document: vscode.TextDocument, position: vscode.Position): CustomerKeyMatch | undefined {
		const options = { ...this.optionsFor(document), knownKeys: this.options.knownKeys(), patterns: this.options.patterns() };
		return customerKeyAt(document.getText(), document.offsetAt(position), options);
	}

	private optionsFor(document: vscode.TextDocument): {
		readonly languageId: string;
		readonly aboutPartnero: boolean;
		readonly spare: Spare;
	} {
		const known = this.about.get(document);
		const partnero = known?.version === document.version ? known.partnero : aboutPartnero(document.getText());
		this.about.set(document, { version: document.version, partnero });
		return { languageId: document.languageId, aboutPartnero: partnero, spare: this.spare };
	}

	/** The recognised keys of one line of a terminal, which is no document. */
	ofLine(line: string): readonly CustomerKeyMatch[] {
		return findCustomerKeys(line, { languageId: 'log', knownKeys: this.options.knownKeys(), patterns: this.options.patterns() });
	}
}
