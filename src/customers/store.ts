// The one door to Partnero for every surface: what is known, for how long, what is being asked, and who is told. Surfaces read snapshots and
// follow `onDidChange`; so a refresh anywhere shows everywhere.
import QuickLru from 'quick-lru';
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { PartneroClient } from '../partnero/index.ts';
import type { Customer, Page, PageCursor, Partner, Transaction } from '../partnero/types.ts';
import { furtherPage, markedAgain, withArrivals } from './arrivals.ts';
import { SingleFlight } from './singleFlight.ts';
import { emptyList, snapshotOf, type TransactionList, withPage, withRowsOf } from './transactionList.ts';
import type { CustomerChange, CustomerRef, CustomerSnapshot, TransactionsSnapshot } from './types.ts';

/** Customers that are remembered (the cache holds up to twice as many); what was looked at longest ago is forgotten first. */
const maxCustomers = 1000;
/** Customers whose transactions are remembered. */
const maxTransactionLists = 25;
/** Transactions of all lists together, unless one list alone has more. With what came of each, one takes about a kilobyte. */
const maxRows = 200_000;

export interface CustomerStoreOptions {
	/** The client of a program. Rejects with a PartneroError where the program cannot be asked (unknown, or no API key). */
	readonly client: (programId: string) => Promise<PartneroClient>;
	/** Milliseconds after which an answer is asked for again. Read at every question, since it is a setting. */
	readonly timeToLive: () => number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Told of a mistake of ours in asking or reading, for the log: to the user it is an answer that was not understood. */
	readonly onUnexpected?: (error: unknown) => void;
}

export interface AskStore {
	/** Ends the waiting at once; the request too, if nobody else waits for it. */
	readonly signal?: AbortSignal | undefined;
	/** Asks again even if the answer is still fresh. */
	readonly fresh?: boolean;
}

type KnownCustomer = Omit<CustomerSnapshot, 'loading'>;

interface KnownPartner {
	readonly partner: Partner;
	readonly loadedAt: number;
}

/** A page of "All customers". */
export type CustomersPage = Page<Customer>;

export class CustomerStore extends Disposable {
	readonly #changes = this._register(new vscode.EventEmitter<CustomerChange>());
	/** Fires after every change of a snapshot, `loading` included. What is forgotten because it was looked at longest ago is not told. */
	readonly onDidChange = this.#changes.event;

	readonly #options: CustomerStoreOptions;
	readonly #customers = new QuickLru<string, KnownCustomer>({ maxSize: maxCustomers });
	readonly #lists = new QuickLru<string, TransactionList>({ maxSize: maxTransactionLists });
	readonly #partners = new QuickLru<string, KnownPartner>({ maxSize: 500 });
	readonly #customerFlights = new SingleFlight<void>();
	readonly #listFlights = new SingleFlight<void>();
	readonly #arrivalFlights = new SingleFlight<void>();
	/** Names of the customers that are watched, and how many times. */
	readonly #watched = new Map<string, number>();
	readonly #partnerFlights = new SingleFlight<Partner>();
	readonly #exportFlights = new SingleFlight<Page<Transaction>>();
	readonly #pageFlights = new SingleFlight<CustomersPage>();
	readonly #places = new WeakMap<PageCursor, string>();
	#placeCount = 0;
	readonly #searchFlights = new SingleFlight<readonly Customer[]>();

	constructor(options: CustomerStoreOptions) {
		super();
		this.#options = options;
	}

	/** What is known of the customer. Never asks. */
	peek(ref: CustomerRef): CustomerSnapshot {
		const name = nameOf(ref);
		return { ...(this.#customers.get(name) ?? { ref, absent: false }), loading: this.#customerFlights.has(name) };
	}

	/**
	 * The customer, from the cache while it is fresh. Resolves for "not a customer" as well (`absent`).
	 * @throws PartneroError where Partnero could not answer; what was known before stays in `peek`.
	 */
	async get(ref: CustomerRef, ask: AskStore = {}): Promise<CustomerSnapshot> {
		const name = nameOf(ref);
		const known = this.#customers.get(name);
		if (ask.fresh || known?.error !== undefined || !this.#isFresh(known?.loadedAt)) {
			const tell = () => this.#tell({ ref, what: 'customer' });
			await this.#share(this.#customerFlights, name, (signal) => this.#loadCustomer(ref, signal), ask.signal, tell);
		}
		return this.peek(ref);
	}

	/** What is loaded of the customer's transactions. Never asks. */
	peekTransactions(ref: CustomerRef): TransactionsSnapshot {
		const name = nameOf(ref);
		const loading = this.#listFlights.has(flightOf(name, 'first')) || this.#listFlights.has(flightOf(name, 'next'));
		return snapshotOf(this.#lists.get(name) ?? emptyList(ref), loading);
	}

	/**
	 * The first page of the transactions, unless pages are loaded already and still fresh (or `fresh` asks for them anew).
	 * @throws PartneroError; rows that were loaded before stay.
	 */
	async loadTransactions(ref: CustomerRef, ask: AskStore = {}): Promise<TransactionsSnapshot> {
		const known = this.peekTransactions(ref);
		const growing = this.#listFlights.has(flightOf(nameOf(ref), 'next'));
		if (!ask.fresh && known.loadedAt !== undefined && (growing || this.#isFresh(known.loadedAt))) {
			return known;
		}
		return this.#loadPage(ref, 'first', ask.signal);
	}

	/** One more page, if there is one. @throws PartneroError; rows that were loaded before stay. */
	async loadMoreTransactions(ref: CustomerRef, ask: Pick<AskStore, 'signal'> = {}): Promise<TransactionsSnapshot> {
		if (this.peekTransactions(ref).loadedAt === undefined) {
			return this.#loadPage(ref, 'first', ask.signal);
		}
		if (this.#listFlights.has(flightOf(nameOf(ref), 'first'))) {
			// The successor of an old page would be thrown away.
			await this.#loadPage(ref, 'first', ask.signal);
		}
		const known = this.peekTransactions(ref);
		return known.complete ? known : this.#loadPage(ref, 'next', ask.signal);
	}

	/**
	 * From now on what is new in the customer's transactions is marked (`arrived`), whoever asked for it, until the watch is disposed of. Marks
	 * stay until the list is refreshed without a watch.
	 */
	watch(ref: CustomerRef): { dispose(): void } {
		const name = nameOf(ref);
		const count = (change: 1 | -1) => {
			const times = (this.#watched.get(name) ?? 0) + change;
			if (times > 0) {
				this.#watched.set(name, times);
			} else {
				this.#watched.delete(name);
			}
			this.#tell({ ref, what: 'transactions' });
		};
		count(1);
		let ended = false;
		const dispose = () => {
			if (!ended) {
				ended = true;
				count(-1);
			}
		};
		return { dispose };
	}

	isWatched(ref: CustomerRef): boolean {
		return this.#watched.has(nameOf(ref));
	}

	/**
	 * Asks again for the transactions of a watched customer, in silence, and adds what is new to the list as far as it is loaded: the first page,
	 * and the last one of a list that is loaded to its end and does not have its newest on top. No page that is loaded is taken away. What
	 * was put between the first and the last page is seen at the next refresh alone.
	 * @throws PartneroError, which is not kept in the snapshot
	 */
	async loadArrivals(ref: CustomerRef, ask: Pick<AskStore, 'signal'> = {}): Promise<TransactionsSnapshot> {
		await this.#share(this.#arrivalFlights, nameOf(ref), (signal) => this.#askForArrivals(ref, signal), ask.signal);
		return this.peekTransactions(ref);
	}

	/**
	 * All transactions of the customer, page by page, asked for anew and not remembered: for an export, which must not depend on what is
	 * refreshed meanwhile. Ends with a PartneroError where a page fails.
	 */
	async *eachTransactionPage(ref: CustomerRef, signal: AbortSignal): AsyncGenerator<Page<Transaction>> {
		let from: PageCursor | undefined;
		do {
			const start = from;
			const name = nameOf({ ...ref, key: `${ref.key}\n${this.#placeOf(start)}` });
			const page = await this.#share(this.#exportFlights, name, (unwanted) => this.#askPage(ref, start, unwanted), signal);
			yield page;
			from = page.next;
		} while (from !== undefined);
	}

	/**
	 * One page of the program's customers. Each of them is known from then on, as far as a list tells.
	 * @throws PartneroError
	 */
	listCustomers(programId: string, from: PageCursor | undefined, ask: Pick<AskStore, 'signal'> = {}): Promise<CustomersPage> {
		const list = async (signal: AbortSignal) => {
			const client = await this.#clientOf(programId, signal);
			const page = await firstOf(client.listCustomers({ from, signal }));
			this.#learn(programId, page.items, signal);
			return page;
		};
		return this.#share(this.#pageFlights, nameOf({ programId, key: this.#placeOf(from) }), list, ask.signal);
	}

	/** The customers with exactly this e-mail address. Each is known from then on, as far as a list tells. @throws PartneroError */
	searchCustomers(programId: string, email: string, ask: Pick<AskStore, 'signal'> = {}): Promise<readonly Customer[]> {
		const search = async (signal: AbortSignal) => {
			const client = await this.#clientOf(programId, signal);
			const customers = await client.searchCustomers(email, { signal });
			this.#learn(programId, customers, signal);
			return customers;
		};
		return this.#share(this.#searchFlights, nameOf({ programId, key: email }), search, ask.signal);
	}

	/** The partner behind a customer's `partner`, or undefined where that cannot be told: it is an extra, and its failure is silent. */
	async getPartner(programId: string, idOrKey: string, ask: Pick<AskStore, 'signal'> = {}): Promise<Partner | undefined> {
		const name = nameOf({ programId, key: idOrKey });
		const known = this.#partners.get(name);
		if (known !== undefined && this.#isFresh(known.loadedAt)) {
			return known.partner;
		}
		const load = async (signal: AbortSignal) => {
			const partner = await (await this.#clientOf(programId, signal)).getPartner(idOrKey, { signal });
			signal.throwIfAborted();
			this.#partners.set(name, { partner, loadedAt: this.#options.now() });
			return partner;
		};
		return this.#share(this.#partnerFlights, name, load, ask.signal).catch(() => this.#partners.get(name)?.partner);
	}

	/** Keys of the program that are known to be customers, for the recognition of keys in code. */
	knownKeys(programId: string): ReadonlySet<string> {
		const keys = new Set<string>();
		for (const [, { ref, customer }] of this.#customers) {
			if (customer !== undefined && ref.programId === programId) {
				keys.add(ref.key);
			}
		}
		return keys;
	}

	/** Forgets all of a program, and ends what is being asked of it: who waits for it gets `cancelled`. */
	forgetProgram(programId: string): void {
		const matches = (name: string) => name.startsWith(prefixOf(programId));
		const customers = [...this.#customers].filter(([name]) => matches(name));
		const lists = [...this.#lists].filter(([name]) => matches(name));
		for (const cache of [this.#customers, this.#lists, this.#partners]) {
			for (const name of [...cache.keys()].filter(matches)) {
				cache.delete(name);
			}
		}
		this.#abort(matches);
		for (const [, { ref }] of customers) {
			this.#tell({ ref, what: 'customer' });
		}
		for (const [, { ref }] of lists) {
			this.#tell({ ref, what: 'transactions' });
		}
	}

	override dispose(): void {
		super.dispose();
		this.#abort(() => true);
	}

	#abort(matches: (name: string) => boolean): void {
		const lists = [this.#listFlights, this.#arrivalFlights, this.#exportFlights, this.#pageFlights];
		for (const flights of [this.#customerFlights, ...lists, this.#partnerFlights, this.#searchFlights]) {
			flights.abort(matches);
		}
	}

	/**
	 * Asks, or joins who is asking. `tell` is called when the asking starts and when it ends.
	 * @throws PartneroError, and nothing else
	 */
	async #share<Value>(
		flights: SingleFlight<Value>,
		name: string,
		start: (signal: AbortSignal) => Promise<Value>,
		signal: AbortSignal | undefined,
		tell?: () => void,
	): Promise<Value> {
		if (this.disposed || signal?.aborted) {
			throw new PartneroError('cancelled');
		}
		const joins = flights.has(name);
		const flight = flights.join(name, { start, ...(tell && { ended: tell }) }, signal);
		if (!joins) {
			tell?.();
		}
		try {
			return await flight;
		} catch (error) {
			// A caller that gave up gets `cancelled`, whatever reason its signal carries.
			throw isAbort(error) || signal?.aborted ? new PartneroError('cancelled') : this.#failureOf(error);
		}
	}

	#failureOf(error: unknown): PartneroError {
		if (PartneroError.is(error)) {
			return error;
		}
		this.#options.onUnexpected?.(error);
		return new PartneroError('not-understood');
	}

	/** A name for a place in a list. Each cursor is its own: two of the same page may have come of different answers. */
	#placeOf(from: PageCursor | undefined): string {
		if (from === undefined) {
			return '';
		}
		const place = this.#places.get(from) ?? String(++this.#placeCount);
		this.#places.set(from, place);
		return place;
	}

	async #clientOf(programId: string, signal: AbortSignal): Promise<PartneroClient> {
		const client = await this.#options.client(programId);
		signal.throwIfAborted();
		return client;
	}

	async #loadCustomer(ref: CustomerRef, signal: AbortSignal): Promise<void> {
		const name = nameOf(ref);
		const set = (known: KnownCustomer) => this.#customers.set(name, known);
		try {
			const customer = await (await this.#clientOf(ref.programId, signal)).getCustomer(ref.key, { signal });
			signal.throwIfAborted();
			set({ ref, customer, absent: false, loadedAt: this.#options.now() });
		} catch (error) {
			signal.throwIfAborted();
			if (!PartneroError.is(error, 'not-found')) {
				const failure = this.#failureOf(error);
				set({ ref, absent: false, ...this.#customers.get(name), error: failure });
				throw failure;
			}
			set({ ref, absent: true, loadedAt: this.#options.now() });
		}
	}

	async #loadPage(ref: CustomerRef, which: 'first' | 'next', signal?: AbortSignal): Promise<TransactionsSnapshot> {
		const load = which === 'first' ? this.#loadFirst : this.#loadNext;
		const tell = () => this.#tell({ ref, what: 'transactions' });
		await this.#share(this.#listFlights, flightOf(nameOf(ref), which), (unwanted) => load.call(this, ref, unwanted), signal, tell);
		return this.peekTransactions(ref);
	}

	async #loadFirst(ref: CustomerRef, signal: AbortSignal): Promise<void> {
		try {
			const page = await this.#askPage(ref, undefined, signal);
			const list = withPage(emptyList(ref), page, this.#options.now());
			const before = this.#watched.has(nameOf(ref)) ? this.#beforeArrivals(ref) : undefined;
			const known = this.#lists.get(nameOf(ref))?.rows ?? [];
			this.#keepList(withRowsOf(before === undefined ? list : markedAgain(list, before), known));
		} catch (error) {
			throw this.#failedPage(ref, error, signal);
		}
	}

	async #loadNext(ref: CustomerRef, signal: AbortSignal): Promise<void> {
		for (;;) {
			const next = this.#lists.get(nameOf(ref))?.next;
			if (next === undefined) {
				return;
			}
			// A list that was loaded anew meanwhile has no use for the successor of an old page, nor for its failure: it goes on from its own.
			const current = () => {
				const list = this.#lists.get(nameOf(ref));
				return list?.next === next ? list : undefined;
			};
			try {
				const page = await this.#askPage(ref, next, signal);
				const list = current();
				if (list !== undefined) {
					this.#keepList(withPage(list, page, this.#options.now(), next));
					return;
				}
			} catch (error) {
				if (signal.aborted || current() !== undefined) {
					throw this.#failedPage(ref, error, signal);
				}
			}
		}
	}

	async #askForArrivals(ref: CustomerRef, signal: AbortSignal): Promise<void> {
		const first = await this.#askPage(ref, undefined, signal);
		const now = this.#options.now();
		const before = this.#beforeArrivals(ref);
		const merged = before === undefined ? withPage(emptyList(ref), first, now) : withArrivals(before, first, 'first', now);
		let from = before === undefined ? undefined : furtherPage(merged, first);
		// What is known to go on is not complete before it is loaded.
		this.#keepArrivals(from !== undefined && from === first.next ? { ...merged, next: from } : merged);
		while (from !== undefined) {
			const page: Page<Transaction> = await this.#askPage(ref, from, signal);
			const { next, ...list } = this.#lists.get(nameOf(ref)) ?? emptyList(ref);
			if (list.loadedAt === undefined || (next !== undefined && next !== from)) {
				// Loaded anew meanwhile: the next question is about that list.
				return;
			}
			const longer = { ...withArrivals(list, page, 'later', this.#options.now()), last: from };
			this.#keepArrivals(page.next === undefined ? longer : { ...longer, next: page.next });
			from = page.next;
		}
	}

	/** The list that arrivals are new to; a customer that was not in Partnero had none. Undefined where nothing is known. */
	#beforeArrivals(ref: CustomerRef): TransactionList | undefined {
		const list = this.#lists.get(nameOf(ref));
		return list?.loadedAt !== undefined ? list : PartneroError.is(list?.error, 'not-found') ? emptyList(ref) : undefined;
	}

	/** Tells of a list only if it says something else than before. */
	#keepArrivals(list: TransactionList): void {
		const before = this.#lists.get(nameOf(list.ref));
		const isNew = before?.rows !== list.rows || before.error !== list.error || before.next !== list.next || before.loadedAt === undefined;
		this.#keepList(isNew ? list : { ...list, loadedAt: before.loadedAt });
		if (isNew) {
			this.#tell({ ref: list.ref, what: 'transactions' });
		}
	}

	async #askPage(ref: CustomerRef, from: PageCursor | undefined, signal: AbortSignal) {
		const client = await this.#clientOf(ref.programId, signal);
		const page = await firstOf(client.listCustomerTransactions(ref.key, { signal, from }));
		signal.throwIfAborted();
		return page;
	}

	/** Keeps the failure beside the rows that are known. */
	#failedPage(ref: CustomerRef, error: unknown, signal: AbortSignal): unknown {
		if (signal.aborted) {
			return error;
		}
		const failure = this.#failureOf(error);
		this.#keepList({ ...(this.#lists.get(nameOf(ref)) ?? emptyList(ref)), error: failure });
		return failure;
	}

	#keepList(list: TransactionList): void {
		const name = nameOf(list.ref);
		// Anew, so that it is the last one to be forgotten.
		this.#lists.delete(name);
		this.#lists.set(name, list);
		let rows = 0;
		for (const [, kept] of this.#lists) {
			rows += kept.rows.length;
		}
		const oldest = rows > maxRows ? [...this.#lists.entriesAscending()] : [];
		for (const [other, { rows: forgotten }] of oldest) {
			if (rows > maxRows && other !== name) {
				this.#lists.delete(other);
				rows -= forgotten.length;
			}
		}
	}

	/** A list's row is worth showing; it is no answer to a question for the customer, since lists leave fields out. */
	#learn(programId: string, customers: readonly Customer[], signal: AbortSignal): void {
		signal.throwIfAborted();
		for (const row of customers) {
			const ref = { programId, key: row.key };
			const { customer: before, loadedAt } = this.#customers.get(nameOf(ref)) ?? {};
			if (loadedAt === undefined || before?.updatedAt === undefined || before.updatedAt !== row.updatedAt) {
				const customer = before === undefined ? row : withoutGaps(row, before);
				this.#customers.set(nameOf(ref), { ref, customer, absent: false });
				this.#tell({ ref, what: 'customer' });
			}
		}
	}

	#tell(change: CustomerChange): void {
		if (!this.disposed) {
			this.#changes.fire(change);
		}
	}

	/** An answer from the future was given before the clock was set back: nobody knows its age. */
	#isFresh(loadedAt: number | undefined): boolean {
		const age = loadedAt === undefined ? -1 : this.#options.now() - loadedAt;
		return age >= 0 && age < this.#options.timeToLive();
	}
}

/** A quoted id ends where it ends, so no key of one program can be taken for one of another. */
function prefixOf(programId: string): string {
	return JSON.stringify(programId);
}

function nameOf(ref: CustomerRef): string {
	return prefixOf(ref.programId) + ref.key;
}

function flightOf(name: string, page: 'first' | 'next'): string {
	return `${name}\n${page}`;
}

/** A list's row with what Partnero's list calls leave out as it was before, until the customer itself is asked for. */
function withoutGaps(row: Customer, before: Customer): Customer {
	const status = 'status' in row.raw || before.status === undefined ? {} : { status: before.status };
	return { ...row, ...status, tags: 'tags' in row.raw ? row.tags : before.tags };
}

async function firstOf<Item>(pages: AsyncIterable<Page<Item>>): Promise<Page<Item>> {
	for await (const page of pages) {
		return page;
	}
	return { items: [], number: 1, unreadable: 0 };
}

function isAbort(error: unknown): boolean {
	return error instanceof Error && error.name === 'AbortError';
}
