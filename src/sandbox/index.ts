// A local Partnero: serves the calls of Partnero's API that the product makes, on the loopback interface, with data that a seed decides.
// It is the built-in sample program, and what tests, benchmarks and `npm start` talk to.
//
// It stands on node:http and on no web framework. Every answer has to pass a place where a fault can still break it at any byte, on the
// socket itself, so a framework would be gone round for each of them; what remains for it are eight read-only paths. Hono with its Node
// adapter was measured for that: 34 kB of bundle and 40 ms to load it, and in an extension host either the global Request and Response of
// all other extensions are replaced, or every answer is copied through web streams.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { answer, type SampleData } from './calls.ts';
import { Customers, type ProgramKind, type SampleCustomer } from './customers.ts';
import type { PagingHabit } from './paging.ts';
import { type SampleProgram, sampleProgram } from './program.ts';
import type { Reply } from './reply.ts';
import { RequestLog } from './requestLog.ts';
import { type TransactionOrder, type TransactionRow, Transactions } from './transactions.ts';

export type { ProgramKind } from './customers.ts';
export type { PagingHabit } from './paging.ts';
export type { SampleProgram } from './program.ts';
export type { LoggedRequest, RequestLog } from './requestLog.ts';
export { absentKey, sampleKeys, samplePartners } from './sampleKeys.ts';
export type { TransactionOrder, TransactionRow } from './transactions.ts';

export interface SandboxOptions {
	/** 0, the default, takes a free one. */
	readonly port?: number;
	/** The API key to ask for; a random one by default. */
	readonly apiKey?: string;
	readonly kind?: ProgramKind;
	/** Decides all that is generated. The same seed answers the same bytes. */
	readonly seed?: number;
	/** How many customers there are: 600 by default, and never fewer than the purposeful ones. */
	readonly customers?: number;
	/** What the call for a customer's transactions does with `limit` and `page`. */
	readonly paging?: PagingHabit;
	/** Where new transactions stand in a customer's list. */
	readonly order?: TransactionOrder;
	readonly programName?: string;
	/** The newest time that generated data has. A fixed day by default, so that the bytes stay the same. */
	readonly now?: Date;
	/** Serves https with this certificate. */
	readonly tls?: { readonly key: string; readonly cert: string };
	/** Requests that the log keeps. */
	readonly logSize?: number;
}

export interface Sandbox extends AsyncDisposable {
	/** `http://127.0.0.1:PORT/v1`. */
	readonly baseUrl: string;
	readonly apiKey: string;
	readonly port: number;
	readonly program: SampleProgram;
	readonly requests: RequestLog;
	/** `forbidden` answers every call with 403, whatever the API key. */
	access: 'granted' | 'forbidden';
	/** From now on only this API key is accepted. */
	replaceApiKey(apiKey: string): void;
	/** The keys of all customers, in the order of the list. */
	customerKeys(): Generator<string>;
	/** How many transactions a customer has now. Throws a RangeError for a key that is nobody's. */
	transactionCount(key: string): number;
	/** A transaction arrives for a customer; fields not given are made up. Throws a RangeError for a key that is nobody's. */
	addTransaction(key: string, fields?: Readonly<Record<string, unknown>>): TransactionRow;
	/** The first row of a customer's list disappears. Throws a RangeError for a key that is nobody's. */
	removeFirstTransaction(key: string): void;
	/** Ends all connections, as a server does with idle ones; new ones are accepted. */
	closeConnections(): void;
	/** Ends at once, with all connections. */
	close(): Promise<void>;
}

const defaults = { seed: 1, customers: 600, now: Date.parse('2026-06-30T12:00:00Z'), logSize: 1000 };
/** As long as servers usually keep an idle connection, in milliseconds: longer than the pauses of somebody who is reading. */
const keepAliveTimeout = 75_000;

/**
 * Starts a sandbox on 127.0.0.1.
 *
 * @throws the system's error where the port cannot be had (`EADDRINUSE`, `EACCES`)
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const sandbox = new RunningSandbox(options);
	await sandbox.listen(options.port ?? 0);
	return sandbox;
}

class RunningSandbox implements Sandbox {
	readonly requests: RequestLog;
	access: 'granted' | 'forbidden' = 'granted';
	#apiKey: string;
	readonly #data: SampleData;
	readonly #server: Server;
	readonly #scheme: string;
	/** Open connections and their numbers. */
	readonly #sockets = new Map<Socket, number>();
	readonly #transactions = new Map<string, Transactions>();
	readonly #transactionOptions: { readonly seed: number; readonly now: number; readonly order: TransactionOrder };

	constructor(options: SandboxOptions) {
		const {
			kind = 'affiliate',
			seed = defaults.seed,
			customers: count = defaults.customers,
			paging = 'links',
			order = 'newest-first',
		} = options;
		const now = options.now?.getTime() ?? defaults.now;
		this.#apiKey = options.apiKey ?? `sandbox_${randomBytes(24).toString('base64url')}`;
		this.#transactionOptions = { seed, now, order };
		this.requests = new RequestLog(options.logSize ?? defaults.logSize);
		this.#data = {
			kind,
			seed,
			paging,
			program: sampleProgram(kind, options.programName),
			customers: new Customers({ kind, seed, count, now }),
			transactionsOf: (customer) => this.#transactionsOf(customer),
		};
		const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => this.#serve(incoming, outgoing);
		this.#scheme = options.tls === undefined ? 'http' : 'https';
		this.#server =
			options.tls === undefined
				? createServer({ keepAliveTimeout }, listener)
				: createTlsServer({ keepAliveTimeout, ...options.tls }, listener);
		this.#server.on(options.tls === undefined ? 'connection' : 'secureConnection', (socket: Socket) => this.#connected(socket));
	}

	get apiKey(): string {
		return this.#apiKey;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo | null)?.port ?? 0;
	}

	get baseUrl(): string {
		return `${this.#scheme}://127.0.0.1:${this.port}/v1`;
	}

	get program(): SampleProgram {
		return this.#data.program;
	}

	listen(port: number): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen({ port, host: '127.0.0.1' }, () => {
				this.#server.off('error', reject);
				resolve();
			});
		});
	}

	replaceApiKey(apiKey: string): void {
		this.#apiKey = apiKey;
	}

	*customerKeys(): Generator<string> {
		yield* this.#data.customers.keys();
	}

	transactionCount(key: string): number {
		return this.#transactionsFor(key).count;
	}

	addTransaction(key: string, fields?: Readonly<Record<string, unknown>>): TransactionRow {
		return this.#transactionsFor(key).add(fields);
	}

	removeFirstTransaction(key: string): void {
		this.#transactionsFor(key).removeFirst();
	}

	closeConnections(): void {
		for (const socket of this.#sockets.keys()) {
			socket.destroy();
		}
	}

	close(): Promise<void> {
		return new Promise((resolve) => {
			// The callback's error says that the server was closed before, which is what is wanted.
			this.#server.close(() => resolve());
			this.closeConnections();
		});
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	#connected(socket: Socket): void {
		this.requests.connected();
		this.#sockets.set(socket, this.requests.connections);
		socket.on('close', () => this.#sockets.delete(socket));
	}

	#serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
		const { authorization, ...headers } = incoming.headers;
		const accepted = authorization === undefined ? 'none' : isBearer(authorization, this.#apiKey) ? 'accepted' : 'rejected';
		const request = this.requests.arrived({
			method: incoming.method ?? '',
			path: incoming.url ?? '',
			connection: this.#sockets.get(incoming.socket) ?? 0,
			arrivedAt: Date.now(),
			authorization: accepted,
			headers,
		});
		outgoing.on('close', () => request.ended(outgoing.writableFinished ? 'answered' : 'broken'));
		incoming.resume();
		const access = this.access === 'forbidden' ? 'forbidden' : accepted === 'accepted' ? 'accepted' : 'rejected';
		const reply = answer(this.#data, { method: incoming.method ?? '', target: incoming.url ?? '', access, baseUrl: this.baseUrl });
		request.answeredWith(reply.status);
		send(reply, outgoing);
	}

	#transactionsFor(key: string): Transactions {
		const customer = this.#data.customers.find(key);
		if (customer === undefined) {
			throw new RangeError(`The sandbox has no customer ${JSON.stringify(key)}`);
		}
		return this.#transactionsOf(customer);
	}

	#transactionsOf(customer: SampleCustomer): Transactions {
		const known = this.#transactions.get(customer.key) ?? new Transactions({ ...this.#transactionOptions, customer });
		this.#transactions.set(customer.key, known);
		return known;
	}
}

function isBearer(authorization: string, apiKey: string): boolean {
	return /^bearer /i.test(authorization) && authorization.slice('bearer '.length).trim() === apiKey;
}

function send({ status, headers, body }: Reply, outgoing: ServerResponse): void {
	if (typeof body === 'string') {
		outgoing.writeHead(status, { ...headers, ...(status !== 204 && { 'content-length': Buffer.byteLength(body) }) });
		outgoing.end(body);
		return;
	}
	outgoing.writeHead(status, headers);
	Readable.from(body).pipe(outgoing);
}
