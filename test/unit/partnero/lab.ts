// What the tests of the client share: a clock that passes as fast as it is read, and a sandbox for each test.
import assert from 'node:assert/strict';
import { createServer, type Socket } from 'node:net';
import type { PartneroErrorKind } from '../../../src/partnero/errors.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { createPartneroClient, type PartneroClient, type PartneroClientOptions } from '../../../src/partnero/index.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.ts';

/** A clock whose waits end at once and move it on. */
export class FastClock {
	time = Date.parse('2026-01-01T00:00:00Z');
	/** What was waited for, in milliseconds. */
	readonly waits: number[] = [];

	readonly now = () => this.time;

	readonly sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
		this.waits.push(milliseconds);
		this.time += milliseconds;
		await new Promise((resolve) => setImmediate(resolve));
		signal.throwIfAborted();
	};
}

/** A clock that stands still until a test moves it. */
export class HeldClock {
	time = Date.parse('2026-01-01T00:00:00Z');
	#sleepers: { readonly until: number; readonly wake: () => void }[] = [];
	#watchers: (() => void)[] = [];

	readonly now = () => this.time;

	readonly sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
		new Promise((resolve, reject) => {
			signal.throwIfAborted();
			signal.addEventListener('abort', () => reject(signal.reason), { once: true });
			this.#sleepers.push({ until: this.time + milliseconds, wake: resolve });
			for (const seen of this.#watchers.splice(0)) {
				seen();
			}
		});

	/** Resolves when somebody sleeps until then or longer. */
	async sleeperUntil(time: number): Promise<void> {
		while (!this.#sleepers.some(({ until }) => until >= time)) {
			await new Promise<void>((resolve) => this.#watchers.push(resolve));
		}
	}

	pass(milliseconds: number): void {
		this.time += milliseconds;
		const due = this.#sleepers.filter(({ until }) => until <= this.time);
		this.#sleepers = this.#sleepers.filter(({ until }) => until > this.time);
		for (const { wake } of due) {
			wake();
		}
	}
}

export interface Lab {
	readonly sandbox: Sandbox;
	readonly clock: FastClock;
	/** A client of the sandbox on the lab's clock, closed after the test. */
	client(options?: Partial<PartneroClientOptions>): PartneroClient;
}

/** A sandbox for the tests of this `describe`, without faults and with an empty log before each. */
export function useLab(options: SandboxOptions = {}): Lab {
	let sandbox: Sandbox | undefined;
	const clients: PartneroClient[] = [];
	const lab = {
		clock: new FastClock(),
		get sandbox(): Sandbox {
			assert.ok(sandbox, 'The sandbox runs inside of tests only');
			return sandbox;
		},
		client(changes: Partial<PartneroClientOptions> = {}): PartneroClient {
			const { baseUrl, apiKey } = lab.sandbox;
			const { now, sleep } = lab.clock;
			const client = createPartneroClient({ baseUrl, apiKey, now, sleep, random: () => 0.5, timeout: 5000, ...changes });
			clients.push(client);
			return client;
		},
	};
	before(async () => {
		sandbox = await startSandbox({ apiKey: 'test-key-0123456789', ...options });
	});
	beforeEach(() => {
		lab.clock = new FastClock();
	});
	afterEach(() => {
		for (const client of clients.splice(0)) {
			client.close();
		}
		sandbox?.faults.clear();
		sandbox?.requests.clear();
	});
	after(() => sandbox?.close());
	return lab;
}

/** The PartneroError that the promise rejects with; anything else fails the test. */
export async function failureOf(promise: Promise<unknown>, kind?: PartneroErrorKind): Promise<PartneroError> {
	try {
		const value = await promise;
		assert.fail(`Nothing failed; the answer was ${JSON.stringify(value)?.slice(0, 200)}`);
	} catch (error) {
		if (!PartneroError.is(error)) {
			throw error;
		}
		if (kind !== undefined) {
			assert.equal(error.kind, kind);
		}
		return error;
	}
}

export interface RawServer extends AsyncDisposable {
	readonly baseUrl: string;
	/** Requests that came, each as its text. */
	readonly requests: readonly string[];
}

/** A server that writes what it is told to the socket, whether that is HTTP or not. `answer` gets the number of the request, from 1. */
export async function startRawServer(answer: (socket: Socket, request: number) => void): Promise<RawServer> {
	const sockets = new Set<Socket>();
	const requests: string[] = [];
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('error', () => {});
		socket.on('close', () => sockets.delete(socket));
		socket.on('data', (bytes) => {
			requests.push(bytes.toString('latin1'));
			answer(socket, requests.length);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		baseUrl: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/v1`,
		requests,
		async [Symbol.asyncDispose]() {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of sockets) {
				socket.destroy();
			}
			await closed;
		},
	};
}

/** All that an async iterable yields. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
	const result: Item[] = [];
	for await (const item of items) {
		result.push(item);
	}
	return result;
}
