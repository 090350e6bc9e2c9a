// A client of Partnero whose answers a test gives when it wants to, and the values that it answers with.

import type { Ask, AskList, PartneroClient } from '../../../src/partnero/client.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import type { Customer, JsonObject, Page, PageCursor, Partner, Program, Transaction } from '../../../src/partnero/types.ts';

export type Question = 'customer' | 'transactions' | 'customers' | 'search' | 'partner';

/** One question that was asked, and how to answer it. */
export interface Call {
	readonly question: Question;
	/** The customer key, e-mail address or partner; empty for the list of customers. */
	readonly about: string;
	readonly from: PageCursor | undefined;
	readonly signal: AbortSignal | undefined;
	readonly answer: (value: unknown) => void;
	readonly fail: (error: unknown) => void;
}

export class ScriptedClient implements PartneroClient {
	readonly calls: Call[] = [];
	/** Whether it goes on after an abort, as a client that hangs in the system does. */
	deaf = false;
	closed = false;

	getCustomer(key: string, ask: Ask = {}): Promise<Customer> {
		return this.ask<Customer>('customer', key, ask);
	}

	async *listCustomerTransactions(key: string, ask: AskList = {}): AsyncIterable<Page<Transaction>> {
		yield await this.ask<Page<Transaction>>('transactions', key, ask);
	}

	async *listCustomers(ask: AskList = {}): AsyncIterable<Page<Customer>> {
		yield await this.ask<Page<Customer>>('customers', '', ask);
	}

	searchCustomers(email: string, ask: Ask = {}): Promise<readonly Customer[]> {
		return this.ask<readonly Customer[]>('search', email, ask);
	}

	getPartner(idOrKey: string, ask: Ask = {}): Promise<Partner> {
		return this.ask<Partner>('partner', idOrKey, ask);
	}

	verify(): Promise<Program> {
		return Promise.resolve({});
	}

	close(): void {
		this.closed = true;
	}

	/** The newest question of that kind. */
	last(question: Question): Call {
		const call = this.calls.findLast((asked) => asked.question === question);
		if (call === undefined) {
			throw new Error(`nobody asked for ${question}`);
		}
		return call;
	}

	private ask<Value>(question: Question, about: string, { signal, from }: AskList): Promise<Value> {
		const { promise, resolve, reject } = Promise.withResolvers<Value>();
		if (!this.deaf) {
			signal?.addEventListener('abort', () => reject(new PartneroError('cancelled')), { once: true });
		}
		this.calls.push({ question, about, from, signal, answer: (value) => resolve(value as Value), fail: reject });
		return promise;
	}
}

export function customerOf(key: string, fields: Partial<Customer> = {}): Customer {
	return { kind: 'affiliate', key, deleted: false, tags: [], other: {}, raw: { key }, ...fields };
}

export function transactionOf(key: string | undefined, fields: Partial<Transaction> = {}): Transaction {
	const named = key === undefined ? {} : { key };
	const raw = { ...named, ...fields } as unknown as JsonObject;
	return { ...named, isCurrency: true, credit: false, rewards: [], other: {}, raw, ...fields };
}

export function pageOf<Item>(items: readonly Item[], next?: PageCursor, number = 1): Page<Item> {
	return { items, number, unreadable: 0, ...(next === undefined ? {} : { next }) };
}

/** A cursor as the store sees it: opaque, one object for each place. */
export function cursorTo(page: number): PageCursor {
	return { page, query: `page=${page}` } as PageCursor;
}

/** Lets everything run that is ready to run. */
export function settled(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
