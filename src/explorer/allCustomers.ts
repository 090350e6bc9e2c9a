// "All customers" of one program as far as it is loaded: the keys in the server's order, page by page.
import type { CustomerStore } from '../customers/store.ts';
import type { PageCursor } from '../partnero/types.ts';

export class AllCustomers {
	private readonly store: CustomerStore;
	private readonly programId: string;
	private readonly seen = new Set<string>();
	private next: PageCursor | undefined;
	private started = false;
	private underWay: Promise<void> | undefined;
	/** Why the newest page did not come; undefined after one that did. */
	error: unknown;

	constructor(store: CustomerStore, programId: string) {
		this.store = store;
		this.programId = programId;
	}

	/** Keys of the customers that are loaded. */
	get keys(): readonly string[] {
		return [...this.seen];
	}

	get loading(): boolean {
		return this.underWay !== undefined;
	}

	/** Every page is loaded. */
	get complete(): boolean {
		return this.started && this.next === undefined;
	}

	/** Whether anything was asked yet, with whatever outcome. */
	get asked(): boolean {
		return this.started || this.error !== undefined;
	}

	/** One more page, or the first one. Never rejects: a failure stands in `error`. Whoever asks meanwhile waits for the same page. */
	loadMore(): Promise<void> {
		this.underWay ??= this.load().finally(() => {
			this.underWay = undefined;
		});
		return this.underWay;
	}

	private async load(): Promise<void> {
		if (this.complete) {
			return;
		}
		try {
			const page = await this.store.listCustomers(this.programId, this.next);
			for (const { key } of page.items) {
				this.seen.add(key);
			}
			this.next = page.next;
			this.started = true;
			this.error = undefined;
		} catch (error) {
			this.error = error;
		}
	}
}
