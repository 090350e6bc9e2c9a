// The read calls of Partnero that the product needs. Usable in any Node program: nothing in this room knows VS Code.
import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises';
import { parseBaseUrl } from './baseUrl.ts';
import { type CustomerKeyProblem, customerKeyProblem, encodeCustomerKey } from './customerKey.ts';
import { PartneroError } from './errors.ts';
import { isJsonObject } from './json.ts';
import { readList, readPages } from './paging.ts';
import { Questions, type QuestionsOptions } from './questions.ts';
import { replacement } from './redaction.ts';
import { readCustomer, readPartner, readProgram, readTransaction } from './schemas.ts';
import { isSuccess } from './transport.ts';
import type { Customer, Json, JsonObject, Page, PageCursor, Partner, Program, Transaction } from './types.ts';

/** Rows that are read before other work gets its turn: an ordinary page never waits. */
const rowsPerTurn = 100;

export interface PartneroClientOptions extends Partial<Omit<QuestionsOptions, 'baseUrl' | 'apiKey'>> {
	/** For example `https://api.partnero.com/v1`. */
	readonly baseUrl: string;
	readonly apiKey: string;
	/** Whether another secret stands in a text, such as the API key of another program: like our own it is never part of an address. */
	readonly isSecret?: (text: string) => boolean;
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
	const questions = new Questions({
		timeout: 30_000,
		userAgent: 'partnero-vscode',
		now: Date.now,
		random: Math.random,
		sleep: (milliseconds, signal) => delay(milliseconds, undefined, { signal }),
		...options,
		baseUrl,
	});
	return new RestClient(questions, options);
}

class RestClient implements PartneroClient {
	readonly #questions: Questions;
	readonly #isSecret: (text: string) => boolean;

	constructor(questions: Questions, { apiKey, isSecret }: PartneroClientOptions) {
		this.#questions = questions;
		this.#isSecret = (text) => text.includes(apiKey) || isSecret?.(text) === true;
	}

	async getCustomer(key: string, ask: Ask = {}): Promise<Customer> {
		const answer = await this.#questions.get(`/customers/${this.#segment(key)}`, 'customers/{key}', ask.signal);
		const customer = readCustomer(dataOf(answer), key);
		if (customer === undefined) {
			throw new PartneroError('not-understood');
		}
		return customer;
	}

	listCustomerTransactions(key: string, ask: AskList = {}): AsyncIterable<Page<Transaction>> {
		return this.#pages(() => `/customers/${this.#segment(key)}/transactions`, 'customers/{key}/transactions', readTransaction, ask);
	}

	listCustomers(ask: AskList = {}): AsyncIterable<Page<Customer>> {
		return this.#pages(
			() => '/customers',
			'customers',
			(raw) => readCustomer(raw),
			ask,
		);
	}

	async searchCustomers(email: string, ask: Ask = {}): Promise<readonly Customer[]> {
		this.#assertWithoutApiKey(email);
		const query = new URLSearchParams({ email });
		const answer = await this.#questions.get(`/customers:search?${query}`, 'customers:search', ask.signal).catch(emptyIfNotFound);
		const data = isJsonObject(answer) ? answer.data : answer;
		const rows = Array.isArray(data) ? (data as readonly Json[]) : isJsonObject(data) ? [data] : undefined;
		if (rows === undefined) {
			throw new PartneroError('not-understood');
		}
		// A server that does not know the parameter answers with everybody, and some of them have no e-mail address.
		const asked = email.trim().toLowerCase();
		const isAsked = (customer: Customer) => customer.email?.trim().toLowerCase() === asked;
		return rows
			.filter(isJsonObject)
			.map((raw) => readCustomer(raw))
			.filter((customer) => customer !== undefined)
			.filter(isAsked);
	}

	async getPartner(idOrKey: string, ask: Ask = {}): Promise<Partner> {
		const byId = await this.#questions.get(`/partners/${this.#segment(idOrKey)}`, 'partners/{id}', ask.signal).catch((error: unknown) => {
			if (PartneroError.is(error, 'not-found')) {
				return undefined;
			}
			throw error;
		});
		const answer = byId ?? (await this.#questions.get(`/partner?${new URLSearchParams({ key: idOrKey })}`, 'partner', ask.signal));
		return readPartner(dataOf(answer));
	}

	async verify(ask: Ask = {}): Promise<Program> {
		await this.#checkKey(ask);
		try {
			return readProgram(dataOf(await this.#questions.get('/program', 'program', ask.signal)));
		} catch (error) {
			if (PartneroError.is(error, 'cancelled') || PartneroError.is(error, 'key-rejected')) {
				throw error;
			}
			return {};
		}
	}

	close(): void {
		this.#questions.close();
	}

	async #checkKey(ask: Ask): Promise<void> {
		try {
			await this.#questions.get('/test', 'test', ask.signal);
		} catch (error) {
			if (!isWithoutTestCall(error)) {
				throw error;
			}
			// Any web server may answer with a page of its own: only a list is a sign of Partnero.
			const query = 'limit=10&page=1';
			readList(await this.#questions.get(`/customers?${query}`, 'customers', ask.signal), query);
		}
	}

	async *#pages<Item>(
		path: () => string,
		resource: string,
		read: (raw: JsonObject) => Item | undefined,
		ask: AskList,
	): AsyncGenerator<Page<Item>> {
		const answers = (query: string) => {
			// The cursor is the server's own text.
			const cursor = new URLSearchParams(query).get('cursor') ?? '';
			if (this.#holdsApiKey(cursor) || cursor.includes(replacement)) {
				throw new PartneroError('not-understood');
			}
			return this.#questions.get(`${path()}?${query}`, resource, ask.signal);
		};
		for await (const { rows, ...page } of readPages(answers, ask.from)) {
			const items = await readRows(rows, read, ask.signal);
			yield { ...page, items, unreadable: rows.length - items.length };
		}
	}

	/** A customer key as one path segment. @throws PartneroError `invalid-key`. */
	#segment(key: string): string {
		const problem = customerKeyProblem(key);
		if (problem !== undefined) {
			throw invalidKey(problem);
		}
		this.#assertWithoutApiKey(key);
		return encodeCustomerKey(key);
	}

	/** Addresses end up in the logs of servers and proxies, so no API key is in one, whoever pasted it where. */
	#assertWithoutApiKey(text: string): void {
		if (this.#holdsApiKey(text)) {
			throw invalidKey('api-key');
		}
	}

	#holdsApiKey(text: string): boolean {
		return this.#isSecret(text) || this.#isSecret(text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ''));
	}
}

/** Those of the rows that can be read. @throws PartneroError `cancelled`. */
async function readRows<Item>(
	rows: readonly Json[],
	read: (raw: JsonObject) => Item | undefined,
	signal: AbortSignal | undefined,
): Promise<readonly Item[]> {
	const items: Item[] = [];
	for (const [index, row] of rows.entries()) {
		if (index > 0 && index % rowsPerTurn === 0) {
			await nextTurn();
			if (signal?.aborted) {
				throw new PartneroError('cancelled');
			}
		}
		const item = isJsonObject(row) ? read(row) : undefined;
		if (item !== undefined) {
			items.push(item);
		}
	}
	return items;
}

function invalidKey(code: CustomerKeyProblem): PartneroError {
	return new PartneroError('invalid-key', { code });
}

/** `data` of the envelope. @throws PartneroError `not-understood` where it is no object. */
function dataOf(answer: Json): JsonObject {
	if (!isJsonObject(answer) || !isJsonObject(answer.data)) {
		throw new PartneroError('not-understood');
	}
	return answer.data;
}

/** `GET /test` is missing (404, 405), or its body, which is not documented, is no JSON. */
function isWithoutTestCall(error: unknown): boolean {
	if (!PartneroError.is(error)) {
		return false;
	}
	return error.kind === 'not-found' || error.status === 405 || (error.kind === 'not-understood' && isSuccess(error.status));
}

function emptyIfNotFound(error: unknown): Json {
	if (PartneroError.is(error, 'not-found')) {
		return { data: [] };
	}
	throw error;
}
