// The keys of a program that are known to be customers or to matter to the user: looked up, listed, pinned, recent. They are recognised in
// code wherever they stand.
import { Disposable } from '../lifecycle/disposable.ts';
import type { KeyHistory } from './history.ts';
import type { CustomerStore } from './store.ts';

export class KnownKeys extends Disposable {
	private readonly store: CustomerStore;
	private readonly history: KeyHistory;
	private readonly sets = new Map<string, ReadonlySet<string>>();

	constructor(store: CustomerStore, history: KeyHistory) {
		super();
		this.store = store;
		this.history = history;
		this._register(store.onDidChange(({ ref, what }) => (what === 'customer' ? this.sets.delete(ref.programId) : undefined)));
		this._register(history.onDidChange(() => this.sets.clear()));
	}

	/** The same set as long as nothing changes: recognition of a document is remembered by it. */
	of(programId: string): ReadonlySet<string> {
		const known = this.sets.get(programId);
		if (known !== undefined) {
			return known;
		}
		const { store, history } = this;
		const set = new Set([...store.knownKeys(programId), ...history.pinned(programId), ...history.recent(programId)]);
		this.sets.set(programId, set);
		return set;
	}
}
