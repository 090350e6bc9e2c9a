// The one door to Partnero for every surface: what is known, for how long, what is being asked, and who is told. Surfaces read snapshots and
// follow `onDidChange`; so a refresh anywhere shows everywhere.
import QuickLru from 'quick-lru';
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { PartneroClient } from '../partnero/index.ts';
import type { Customer, Page, PageCursor, Partner, Transaction } from '../partnero/types.ts';
import { SingleFlight } from './singleFlight.ts';
import type { CustomerChange, CustomerRef, CustomerSnapshot, LoadedTransaction, TransactionsSnapshot } from './types.ts';

/** Customers that are remembered (the cache holds up to twice as many); what was looked at longest ago is forgotten first. */
const maxCustomers = 1000;
/** Customers whose transactions are remembered. One of them may hold 100,000. */
const maxTransactionLists = 25;

export interface CustomerStoreOptions {
	/** The client of a program. Rejects with a PartneroError where the program cannot be asked (unknown, or no API key). */
	readonly client: (programId: string) => Promise<PartneroClient>;
	/** Milliseconds after which an answer is asked for again. Read at every question, since it is a setting. */
	readonly timeToLive: () => number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
}

export interface AskStore {
	/** Ends the waiting at once; the request too, if nobody else waits for it. */
	readonly signal?: AbortSignal | undefined;
	/** Asks again even if the answer is still fresh. */
	readonly fresh?: boolean;
}

interface CustomerRecord {
	customer?: Customer;
	absent: boolean;
	loadedAt?: number;
	error?: PartneroError;
}

interface TransactionsRecord {
	rows: readonly LoadedTransaction[];
	/** How often each key occurred so far, for the rows' ids. */
	occurrences: Map<string, number>;
	next?: PageCursor;
	started: boolean;
	unreadable: number;
	loadedAt?: number;
	error?: PartneroError;
}

/** A page of "All customers". */
export type CustomersPage = Page<Customer>;

export class CustomerStore extends Disposable {
	private readonly changes = this._register(new vscode.EventEmitter<CustomerChange>());
	/** Fires after every change of a snapshot, `loading` included. */
	readonly onDidChange = this.changes.event;

	private readonly options: CustomerStoreOptions;
	private readonly customers = new QuickLru<string, CustomerRecord>({ maxSize: maxCustomers });
	private readonly lists = new QuickLru<string, TransactionsRecord>({ maxSize: maxTransactionLists });
	private readonly partners = new QuickLru<string, Partner>({ maxSize: 500 });
	private readonly customerFlights = new SingleFlight<void>();
	private readonly listFlights = new SingleFlight<void>();

	constructor(options: CustomerStoreOptions) {
		super();
		this.options = options;
	}

	/** What is known of the customer. Never asks. */
	peek(ref: CustomerRef): CustomerSnapshot {
		const name = nameOf(ref);
		const record = this.customers.get(name);
		return { ref, absent: false, ...record, loading: this.customerFlights.has(name) };
	}

	/**
	 * The customer, from the cache while it is fresh. Resolves for "not a customer" as well (`absent`).
	 * @throws PartneroError where Partnero could not answer; what was known before stays in `peek`.
	 */
	async get(ref: CustomerRef, ask: AskStore = {}): Promise<CustomerSnapshot> {
		const known = this.peek(ref);
		if (!ask.fresh && this.isFresh(known.loadedAt) && known.error === undefined) {
			return known;
		}
		const name = nameOf(ref);
		const flight = this.customerFlights.join(name, (signal) => this.loadCustomer(ref, signal), ask.signal);
		if (!known.loading) {
			this.changes.fire({ ref, what: 'customer' });
		}
		await waited(flight);
		return this.peek(ref);
	}

	/** What is loaded of the customer's transactions. Never asks. */
	peekTransactions(ref: CustomerRef): TransactionsSnapshot {
		const name = nameOf(ref);
		const record = this.lists.get(name);
		const loading = this.listFlights.has(flightOf(name, 'first')) || this.listFlights.has(flightOf(name, 'next'));
		if (record === undefined) {
			return { ref, rows: [], complete: false, unreadable: 0, loading };
		}
		const { rows, unreadable, loadedAt, error } = record;
		return {
			ref,
			rows,
			complete: record.started && record.next === undefined,
			unreadable,
			...(loadedAt === undefined ? {} : { loadedAt }),
			...(error === undefined ? {} : { error }),
			loading,
		};
	}

	/**
	 * The first page of the transactions, unless pages are loaded already and still fresh (or `fresh` asks for them anew).
	 * @throws PartneroError; rows that were loaded before stay.
	 */
	async loadTransactions(ref: CustomerRef, ask: AskStore = {}): Promise<TransactionsSnapshot> {
		const known = this.peekTransactions(ref);
		if (!ask.fresh && known.loadedAt !== undefined && (this.isFresh(known.loadedAt) || known.loading)) {
			return known;
		}
		return this.nextTransactions(ref, 'first', ask.signal);
	}

	/** One more page, if there is one. @throws PartneroError; rows that were loaded before stay. */
	async loadMoreTransactions(ref: CustomerRef, ask: Pick<AskStore, 'signal'> = {}): Promise<TransactionsSnapshot> {
		const known = this.peekTransactions(ref);
		return known.complete ? known : this.nextTransactions(ref, 'next', ask.signal);
	}

	/**
	 * One page of the program's customers; each of them counts as looked up from then on.
	 * @throws PartneroError
	 */
	async listCustomers(programId: string, from: PageCursor | undefined, ask: Pick<AskStore, 'signal'> = {}): Promise<CustomersPage> {
		const client = await this.options.client(programId);
		const page = await firstOf(client.listCustomers({ from, ...signalOf(ask.signal) }));
		for (const customer of page.items) {
			this.learn(programId, customer);
		}
		return page;
	}

	/** The customers with exactly this e-mail address; each counts as looked up. @throws PartneroError */
	async searchCustomers(programId: string, email: string, ask: Pick<AskStore, 'signal'> = {}): Promise<readonly Customer[]> {
		const client = await this.options.client(programId);
		const customers = await client.searchCustomers(email, signalOf(ask.signal));
		for (const customer of customers) {
			this.learn(programId, customer);
		}
		return customers;
	}

	/** The partner behind a customer's `partner`, or undefined where that cannot be told: it is an extra, and its failure is silent. */
	async getPartner(programId: string, idOrKey: string, ask: Pick<AskStore, 'signal'> = {}): Promise<Partner | undefined> {
		const name = nameOf({ programId, key: idOrKey });
		const known = this.partners.get(name);
		if (known !== undefined) {
			return known;
		}
		try {
			const partner = await (await this.options.client(programId)).getPartner(idOrKey, signalOf(ask.signal));
			this.partners.set(name, partner);
			return partner;
		} catch {
			return undefined;
		}
	}

	/** Keys of the program that are known to be customers, for the recognition of keys in code. */
	knownKeys(programId: string): ReadonlySet<string> {
		const prefix = `${programId}\n`;
		const keys = new Set<string>();
		for (const [name, record] of this.customers.entries()) {
			if (record.customer !== undefined && name.startsWith(prefix)) {
				keys.add(name.slice(prefix.length));
			}
		}
		return keys;
	}

	/** Forgets all of a program, and ends what is being asked of it. */
	forgetProgram(programId: string): void {
		const prefix = `${programId}\n`;
		const matches = (name: string) => name.startsWith(prefix);
		this.customerFlights.abort(matches);
		this.listFlights.abort(matches);
		for (const cache of [this.customers, this.lists, this.partners]) {
			for (const name of [...cache.keys()].filter(matches)) {
				cache.delete(name);
			}
		}
	}

	override dispose(): void {
		this.customerFlights.abort(() => true);
		this.listFlights.abort(() => true);
		super.dispose();
	}

	private async loadCustomer(ref: CustomerRef, signal: AbortSignal): Promise<void> {
		const name = nameOf(ref);
		try {
			const client = await this.options.client(ref.programId);
			const customer = await client.getCustomer(ref.key, { signal });
			if (!signal.aborted) {
				this.customers.set(name, { customer, absent: false, loadedAt: this.options.now() });
			}
		} catch (error) {
			if (signal.aborted) {
				throw cancelled();
			}
			if (PartneroError.is(error, 'not-found')) {
				this.customers.set(name, { absent: true, loadedAt: this.options.now() });
			} else {
				const failure = asPartneroError(error);
				this.customers.set(name, { absent: false, ...this.customers.get(name), error: failure });
				throw failure;
			}
		} finally {
			this.fireAfterLanding({ ref, what: 'customer' });
		}
	}

	private async nextTransactions(ref: CustomerRef, page: 'first' | 'next', signal?: AbortSignal): Promise<TransactionsSnapshot> {
		const name = flightOf(nameOf(ref), page);
		const loading = this.listFlights.has(name);
		const flight = this.listFlights.join(name, (whenUnwanted) => this.loadPage(ref, page, whenUnwanted), signal);
		if (!loading) {
			this.changes.fire({ ref, what: 'transactions' });
		}
		await waited(flight);
		return this.peekTransactions(ref);
	}

	private async loadPage(ref: CustomerRef, which: 'first' | 'next', signal: AbortSignal): Promise<void> {
		const name = nameOf(ref);
		const before = which === 'next' ? this.lists.get(name) : undefined;
		try {
			const client = await this.options.client(ref.programId);
			const page = await firstOf(client.listCustomerTransactions(ref.key, { signal, from: before?.next }));
			// A list that was loaded anew meanwhile has no use for the successor of an old page.
			if (!signal.aborted && (which === 'first' || this.lists.get(name) === before)) {
				this.lists.set(name, this.withPage(before, page));
			}
		} catch (error) {
			if (signal.aborted) {
				throw cancelled();
			}
			const failure = asPartneroError(error);
			const known = this.lists.get(name) ?? { rows: [], occurrences: new Map(), started: false, unreadable: 0 };
			this.lists.set(name, { ...known, error: failure });
			throw failure;
		} finally {
			this.fireAfterLanding({ ref, what: 'transactions' });
		}
	}

	private withPage(before: TransactionsRecord | undefined, page: Page<Transaction>): TransactionsRecord {
		const occurrences = before?.occurrences ?? new Map<string, number>();
		const rows = page.items.map((row) => identified(row, occurrences));
		return {
			rows: before === undefined ? rows : [...before.rows, ...rows],
			occurrences,
			started: true,
			unreadable: (before?.unreadable ?? 0) + page.unreadable,
			loadedAt: before?.loadedAt ?? this.options.now(),
			...(page.next === undefined ? {} : { next: page.next }),
		};
	}

	private learn(programId: string, customer: Customer): void {
		const ref = { programId, key: customer.key };
		this.customers.set(nameOf(ref), { customer, absent: false, loadedAt: this.options.now() });
		this.changes.fire({ ref, what: 'customer' });
	}

	/** The flight ends a microtask after its work: `loading` is false only then. */
	private fireAfterLanding(change: CustomerChange): void {
		setImmediate(() => {
			if (!this.disposed) {
				this.changes.fire(change);
			}
		});
	}

	private isFresh(loadedAt: number | undefined): boolean {
		return loadedAt !== undefined && this.options.now() - loadedAt < this.options.timeToLive();
	}
}

/** Program ids hold no line break, so no key of one program can be taken for one of another. */
function nameOf(ref: CustomerRef): string {
	return `${ref.programId}\n${ref.key}`;
}

function flightOf(name: string, page: 'first' | 'next'): string {
	return `${name}\n${page}`;
}

/**
 * Gives a row its identity: its key and which one of that key it is. Rows without a key are told apart by their date.
 */
function identified(row: Transaction, occurrences: Map<string, number>): LoadedTransaction {
	const base = row.key ?? `@${row.createdAt ?? ''}`;
	const count = (occurrences.get(base) ?? 0) + 1;
	occurrences.set(base, count);
	return { ...row, id: `${base}#${count}` };
}

async function firstOf<Item>(pages: AsyncIterable<Page<Item>>): Promise<Page<Item>> {
	for await (const page of pages) {
		return page;
	}
	return { items: [], number: 1, unreadable: 0 };
}

function signalOf(signal: AbortSignal | undefined): { signal?: AbortSignal } {
	return signal === undefined ? {} : { signal };
}

/** A caller that gave up gets `cancelled`, whatever reason its signal carries. */
async function waited(flight: Promise<void>): Promise<void> {
	try {
		await flight;
	} catch (error) {
		throw PartneroError.is(error) ? error : cancelled();
	}
}

function asPartneroError(error: unknown): PartneroError {
	// Anything else is a mistake of ours in reading an answer; the user is better served by that sentence than by a stack.
	return PartneroError.is(error) ? error : new PartneroError('not-understood');
}

function cancelled(): PartneroError {
	return new PartneroError('cancelled');
}
