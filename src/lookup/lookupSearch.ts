// Asks while the user types: the exact key first, customers with that e-mail address where the text has an `@`. One question at a time; a new
// text ends the old question, and an answer that comes too late is dropped.
import * as vscode from 'vscode';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef, CustomerSnapshot } from '../customers/types.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';

/** Typing pauses that long before Partnero is asked, milliseconds. */
const pause = 300;

/** What Partnero said of a typed text. */
export interface SearchResult {
	readonly text: string;
	/** The customer whose key the text is, or that there is none. Absent where that could not be asked. */
	readonly exact?: CustomerSnapshot;
	/** Customers with this e-mail address, without the one above. */
	readonly byEmail: readonly CustomerRef[];
	readonly error?: unknown;
}

export class LookupSearch extends Disposable {
	readonly #changes = this._register(new vscode.EventEmitter<void>());
	/** Fires when there is a result, or when the one before does not fit the text any more. */
	readonly onDidChange = this.#changes.event;
	readonly #store: CustomerStore;
	readonly #programId: string;
	#timer: NodeJS.Timeout | undefined;
	#asking: AbortController | undefined;
	/** What is known of the newest text. */
	result: SearchResult | undefined;

	constructor(store: CustomerStore, programId: string) {
		super();
		this.#store = store;
		this.#programId = programId;
		this._register({ dispose: () => this.#end() });
	}

	/** Whether an answer is awaited. */
	get busy(): boolean {
		return this.#timer !== undefined || this.#asking !== undefined;
	}

	/** Follows the text. */
	type(text: string): void {
		if (text === this.result?.text) {
			return;
		}
		this.#end();
		this.result = undefined;
		if (customerKeyProblem(text) === undefined) {
			this.#timer = setTimeout(() => this.#ask(text), pause);
		}
	}

	async #ask(text: string): Promise<void> {
		this.#timer = undefined;
		const asking = new AbortController();
		this.#asking = asking;
		const result = await this.#search(text, asking.signal);
		if (this.#asking === asking && !asking.signal.aborted) {
			this.#asking = undefined;
			this.result = result;
			this.#changes.fire();
		}
	}

	async #search(text: string, signal: AbortSignal): Promise<SearchResult> {
		try {
			const exact = await this.#store.get({ programId: this.#programId, key: text }, { signal });
			const found = text.includes('@') ? await this.#store.searchCustomers(this.#programId, text, { signal }) : [];
			const byEmail = found.filter(({ key }) => key !== text).map(({ key }) => ({ programId: this.#programId, key }));
			return { text, exact, byEmail };
		} catch (error) {
			return { text, byEmail: [], error };
		}
	}

	#end(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#asking?.abort();
		this.#asking = undefined;
	}
}
