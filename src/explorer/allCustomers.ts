// "All customers" of one program as far as it is loaded: what their rows show, in the server's order, page by page. The store remembers only
// so many customers; a row must not lose its name for that.
import type { CustomerStore } from '../customers/store.ts';
import { customerLabel, singleLine } from '../format/names.ts';
import type { Customer, PageCursor } from '../partnero/types.ts';

/** What the row of a customer shows, as the list told it: short, since there may be tens of thousands. */
export interface ListedCustomer {
	readonly key: string;
	/** On one line. */
	readonly label: string;
	readonly status?: string;
	readonly deleted: boolean;
	readonly hasEmail: boolean;
}

export class AllCustomers {
	readonly #store: CustomerStore;
	readonly #programId: string;
	readonly #listed = new Map<string, ListedCustomer>();
	#next: PageCursor | undefined;
	#started = false;
	#underWay: Promise<void> | undefined;
	/** Why the newest page did not come; undefined after one that did. */
	error: unknown;
	/** Rows of the pages so far that could not be read. */
	unreadable = 0;

	constructor(store: CustomerStore, programId: string) {
		this.#store = store;
		this.#programId = programId;
	}

	/** The customers that are loaded. */
	get customers(): Iterable<ListedCustomer> {
		return this.#listed.values();
	}

	/** What the list told of a customer. */
	get(key: string): ListedCustomer | undefined {
		return this.#listed.get(key);
	}

	get loading(): boolean {
		return this.#underWay !== undefined;
	}

	/** Every page is loaded. */
	get complete(): boolean {
		return this.#started && this.#next === undefined;
	}

	/** Whether anything was asked yet, with whatever outcome. */
	get asked(): boolean {
		return this.#started || this.error !== undefined;
	}

	/** One more page, or the first one. Never rejects: a failure stands in `error`. Whoever asks meanwhile waits for the same page. */
	loadMore(): Promise<void> {
		this.#underWay ??= this.#load().finally(() => {
			this.#underWay = undefined;
		});
		return this.#underWay;
	}

	async #load(): Promise<void> {
		if (this.complete) {
			return;
		}
		try {
			const page = await this.#store.listCustomers(this.#programId, this.#next);
			for (const customer of page.items) {
				this.#listed.set(customer.key, listedOf(customer));
			}
			this.unreadable += page.unreadable;
			this.#next = page.next;
			this.#started = true;
			this.error = undefined;
		} catch (error) {
			this.error = error;
		}
	}
}

/** What a row shows of a customer. */
export function listedOf(customer: Customer): ListedCustomer {
	const { key, status, deleted, email } = customer;
	const label = singleLine(customerLabel(customer), 200);
	return {
		key,
		label,
		...(status === undefined ? {} : { status: singleLine(status, 40) }),
		deleted,
		hasEmail: email !== undefined && email !== '',
	};
}
