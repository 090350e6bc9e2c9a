// The keys of a program that are known to be customers or to matter to the user: looked up, listed, pinned, recent. They are recognised in
// code wherever they stand.
import { Disposable } from '../lifecycle/disposable.ts';
import type { KeyHistory } from './history.ts';
import type { CustomerStore } from './store.ts';

export class KnownKeys extends Disposable {
	readonly #store: CustomerStore;
	readonly #history: KeyHistory;
	readonly #sets = new Map<string, ReadonlySet<string>>();
	/** Programs of which something changed, perhaps no key. */
	readonly #changed = new Set<string>();

	constructor(store: CustomerStore, history: KeyHistory) {
		super();
		this.#store = store;
		this.#history = history;
		this._register(store.onDidChange(({ ref, what }) => (what === 'customer' ? this.#changed.add(ref.programId) : undefined)));
		this._register(
			history.onDidChange(() => {
				for (const programId of this.#sets.keys()) {
					this.#changed.add(programId);
				}
			}),
		);
	}

	/** The same set as long as no key comes or goes: recognition of a document is remembered by it. */
	of(programId: string): ReadonlySet<string> {
		const known = this.#sets.get(programId);
		if (known !== undefined && !this.#changed.has(programId)) {
			return known;
		}
		this.#changed.delete(programId);
		const store = this.#store;
		const history = this.#history;
		const now = new Set([...store.knownKeys(programId), ...history.pinned(programId), ...history.recent(programId)]);
		if (known !== undefined && known.size === now.size && [...now].every((key) => known.has(key))) {
			return known;
		}
		this.#sets.set(programId, now);
		return now;
	}
}
