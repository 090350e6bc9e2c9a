// The read calls of Partnero that the product needs. Usable in any Node program: nothing in this room knows VS Code.
import { setTimeout as delay } from 'node:timers/promises';
import { parseBaseUrl } from './baseUrl.ts';
import { customerKeyProblem, encodeCustomerKey } from './customerKey.ts';
import { PartneroError } from './errors.ts';
import { isJsonObject } from './json.ts';
import { firstQuery, readPage } from './paging.ts';
import { readCustomer, readPartner, readProgram, readTransaction } from './schemas.ts';
import { Transport, type TransportOptions } from './transport.ts';
import type { Customer, Json, JsonObject, Page, PageCursor, Partner, Program, Transaction } from './types.ts';

export interface PartneroClientOptions extends Partial<Omit<TransportOptions, 'baseUrl' | 'apiKey'>> {
	/** For example `https://api.partnero.com/v1`. */
	readonly baseUrl: string;
	readonly apiKey: string;
}

export interface Ask {
	/** Ends the request; the promise rejects with `cancelled`. */
	readonly signal?: AbortSignal;
}

export interface AskList extends Ask {
	/** Goes on after a page that was loaded before. */
	readonly from?: PageCursor | undefined;
}

/** One program of Partnero. Every method rejects with a `PartneroError` and nothing else. */
export interface PartneroClient {
	/** `GET /customers/{key}` (page "Get customer"). `not-found` is an ordinary answer: not a customer of this program. */
	getCustomer(key: string, ask?: Ask): Promise<Customer>;
	/** `GET /customers/{key}/transactions` (page "Get customer"; paging is not documented): pages in the server's order. */
	listCustomerTransactions(key: string, ask?: AskList): AsyncIterable<Page<Transaction>>;
	/** `GET /customers?limit&page`. */
	listCustomers(ask?: AskList): AsyncIterable<Page<Customer>>;
	/** `GET /customers:search?email=`: those with exactly this e-mail address. */
	searchCustomers(email: string, ask?: Ask): Promise<readonly Customer[]>;
	/** `GET /partners/{id}`, then `GET /partner?key=`: a customer's `partner` may be either. */
	getPartner(idOrKey: string, ask?: Ask): Promise<Partner>;
	/**
	 * Asks whether the API key is accepted (`GET /test`, or one page of customers where that call is missing), then what program it belongs to
	 * (`GET /program`; an empty object where that cannot be told).
	 */
	verify(ask?: Ask): Promise<Program>;
	/** Ends everything under way. */
	close(): void;
}

/**
 * A client for the program that `apiKey` belongs to.
 * @throws PartneroError `invalid-base-url` or `invalid-api-key`, before anything is sent.
 */
export function createPartneroClient(options: PartneroClientOptions): PartneroClient {
	const baseUrl = parseBaseUrl(options.baseUrl);
	if ('problem' in baseUrl) {
		throw new PartneroError('invalid-base-url', { code: baseUrl.problem });
	}
	// What no header can carry; the shape of a key is not documented, so nothing else is asked of it.
	if (!/^[\x21-\x7e]+$/.test(options.apiKey)) {
		throw new PartneroError('invalid-api-key');
	}
	const transport = new Transport({
		timeout: 30_000,
		userAgent: 'partnero-vscode',
		now: Date.now,
		random: Math.random,
		sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
		...options,
		baseUrl,
	});
	return new RestClient(transport);
}

class RestClient implements PartneroClient {
	private readonly transport: Transport;

	constructor(transport: Transport) {
		this.transport = transport;
	}

	async getCustomer(key: string, ask: Ask = {}): Promise<Customer> {
		const answer = await this.transport.get(`/customers/${segment(key)}`, 'customers/{key}', ask.signal);
		const customer = readCustomer(dataOf(answer), key);
		if (customer === undefined) {
			throw new PartneroError('not-understood');
		}
		return customer;
	}

	listCustomerTransactions(key: string, ask: AskList = {}): AsyncIterable<Page<Transaction>> {
		return this.pages(() => `/customers/${segment(key)}/transactions`, 'customers/{key}/transactions', readTransaction, ask);
	}

	listCustomers(ask: AskList = {}): AsyncIterable<Page<Customer>> {
		return this.pages(
			() => '/customers',
			'customers',
			(raw) => readCustomer(raw),
			ask,
		);
	}

	async searchCustomers(email: string, ask: Ask = {}): Promise<readonly Customer[]> {
		const query = new URLSearchParams({ email });
		const answer = await this.transport.get(`/customers:search?${query}`, 'customers:search', ask.signal).catch(emptyIfNotFound);
		const data = isJsonObject(answer) ? answer.data : answer;
		const rows = Array.isArray(data) ? (data as readonly Json[]) : isJsonObject(data) ? [data] : undefined;
		if (rows === undefined) {
			throw new PartneroError('not-understood');
		}
		return rows
			.filter(isJsonObject)
			.map((raw) => readCustomer(raw))
			.filter((customer) => customer !== undefined);
	}

	async getPartner(idOrKey: string, ask: Ask = {}): Promise<Partner> {
		const byId = await this.transport.get(`/partners/${segment(idOrKey)}`, 'partners/{id}', ask.signal).catch((error: unknown) => {
			if (PartneroError.is(error, 'not-found')) {
				return undefined;
			}
			throw error;
		});
		const answer = byId ?? (await this.transport.get(`/partner?${new URLSearchParams({ key: idOrKey })}`, 'partner', ask.signal));
		return readPartner(dataOf(answer));
	}

	async verify(ask: Ask = {}): Promise<Program> {
		try {
			await this.transport.get('/test', 'test', ask.signal);
		} catch (error) {
			if (PartneroError.is(error, 'not-found') || (PartneroError.is(error) && error.status === 405)) {
				await this.transport.get('/customers?limit=10&page=1', 'customers', ask.signal);
			} else if (!(PartneroError.is(error, 'not-understood') && isSuccess(error.status))) {
				// The body of `/test` is not documented: only its status counts.
				throw error;
			}
		}
		try {
			return readProgram(dataOf(await this.transport.get('/program', 'program', ask.signal)));
		} catch (error) {
			if (PartneroError.is(error, 'cancelled') || PartneroError.is(error, 'key-rejected')) {
				throw error;
			}
			return {};
		}
	}

	close(): void {
		this.transport.close();
	}

	private async *pages<Item>(
		path: () => string,
		resource: string,
		read: (raw: JsonObject) => Item | undefined,
		ask: AskList,
	): AsyncGenerator<Page<Item>> {
		let cursor = ask.from;
		do {
			const query = cursor?.query ?? firstQuery();
			const answer = await this.transport.get(`${path()}?${query}`, resource, ask.signal);
			const { rows, page } = readPage(answer, query, cursor);
			const items = rows.map(read).filter((item) => item !== undefined);
			cursor = page.next;
			yield { ...page, items, unreadable: page.unreadable + rows.length - items.length };
		} while (cursor !== undefined);
	}
}

/** `data` of the envelope. @throws PartneroError `not-understood` where it is no object. */
function dataOf(answer: Json): JsonObject {
	if (!isJsonObject(answer) || !isJsonObject(answer.data)) {
		throw new PartneroError('not-understood');
	}
	return answer.data;
}

function segment(key: string): string {
	const problem = customerKeyProblem(key);
	if (problem !== undefined) {
		throw new PartneroError('invalid-key', { code: problem });
	}
	return encodeCustomerKey(key);
}

function isSuccess(status: number | undefined): boolean {
	return status !== undefined && status >= 200 && status < 300;
}

function emptyIfNotFound(error: unknown): Json {
	if (PartneroError.is(error, 'not-found')) {
		return { data: [] };
	}
	throw error;
}
