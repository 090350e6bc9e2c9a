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
import type { Socket } from 'node:net';
import { answer, type SampleData, transactionsOwner } from './calls.ts';
import { Customers, type ProgramKind, type SampleCustomer } from './customers.ts';
import { deliver, send, wholeDelivery } from './delivery.ts';
import { type Fault, FaultRules, withFault } from './faults.ts';
import type { PagingHabit } from './paging.ts';
import { type SampleProgram, sampleProgram } from './program.ts';
import type { Reply } from './reply.ts';
import { RequestLog } from './requestLog.ts';
import { type TransactionOrder, type TransactionRow, Transactions } from './transactions.ts';

export type { ProgramKind } from './customers.ts';
export type { Fault, FaultKind, FaultRule, FaultRules, InstalledRule } from './faults.ts';
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
	/** What goes wrong, and when. */
	readonly faults: FaultRules;
	/** `forbidden` answers every call with 403, whatever the API key. */
	access: 'granted' | 'forbidden';
	/** From now on only this API key is accepted. */
	replaceApiKey(apiKey: string): void;
	/** The keys of all customers, in the order of the list. */
	customerKeys(): Generator<string>;
	/** Somebody signs up, and stands at the top of the list of customers. Returns the key. */
	addCustomer(): string;
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
	readonly faults = new FaultRules();
	access: 'granted' | 'forbidden' = 'granted';
	#apiKey: string;
	#port = 0;
	#opened = 0;
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
		return this.#port;
	}

	get baseUrl(): string {
		return `${this.#scheme}://127.0.0.1:${this.#port}/v1`;
	}

	get program(): SampleProgram {
		return this.#data.program;
	}

	listen(port: number): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen({ port, host: '127.0.0.1' }, () => {
				this.#server.off('error', reject);
				this.#port = portOf(this.#server.address());
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

	addCustomer(): string {
		return this.#data.customers.add();
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
		this.#sockets.set(socket, ++this.#opened);
		socket.on('close', () => this.#sockets.delete(socket));
	}

	#serve(incoming: IncomingMessage, outgoing: ServerResponse): void {
		const { authorization, ...headers } = incoming.headers;
		const accepted = authorization === undefined ? 'none' : isBearer(authorization, this.#apiKey) ? 'accepted' : 'rejected';
		const { method = '', url: target = '' } = incoming;
		const request = this.requests.arrived({
			method,
			path: target,
			connection: this.#sockets.get(incoming.socket) ?? 0,
			arrivedAt: Date.now(),
			authorization: accepted,
			headers,
		});
		outgoing.on('close', () => request.ended(outgoing.writableFinished ? 'answered' : 'broken'));
		incoming.resume();
		const faults = this.faults.take(method, target);
		const reply = this.#answer(method, target, accepted === 'accepted', faults);
		if (faults.length === 0) {
			request.answeredWith(reply.status);
			void send(reply, outgoing);
			return;
		}
		const scene = { address: URL.parse(target, this.baseUrl) ?? new URL(this.baseUrl) };
		const delivery = faults.reduce((spoiled, fault) => withFault(spoiled, fault, scene), wholeDelivery(reply));
		void deliver(delivery, outgoing, () => request.answeredWith(delivery.status));
	}

	/** Answers, after the faults that befall the list or the question itself. */
	#answer(method: string, target: string, accepted: boolean, faults: readonly Fault[]): Reply {
		for (const fault of faults) {
			if (fault.kind === 'shift-pages') {
				this.#shift(target, fault.by);
			}
		}
		const access = this.access === 'forbidden' ? 'forbidden' : accepted ? 'accepted' : 'rejected';
		const asked = faults.some(({ kind }) => kind === 'same-page')
			? target.replace(/([?&]page=)[^&]*/, (_, name: string) => `${name}1`)
			: target;
		return answer(this.#data, { method, target: asked, access, baseUrl: this.baseUrl });
	}

	#shift(target: string, by: number): void {
		const key = transactionsOwner(target);
		const customer = key === undefined ? undefined : this.#data.customers.find(key);
		if (customer !== undefined) {
			const transactions = this.#transactionsOf(customer);
			for (let row = 0; row < Math.abs(by); row++) {
				if (by > 0) {
					transactions.addFirst();
				} else {
					transactions.removeFirst();
				}
			}
		}
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

function portOf(address: ReturnType<Server['address']>): number {
	return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

function isBearer(authorization: string, apiKey: string): boolean {
	return /^bearer /i.test(authorization) && authorization.slice('bearer '.length).trim() === apiKey;
}
