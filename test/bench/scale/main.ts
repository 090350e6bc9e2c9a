// `npm run simulate`: the figures of docs/scale.md. What the extension's own parts ask of a local Partnero of ten million customers, hold and
// show; and what becomes of a thousand colleagues behind one rate limit.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CustomerStore } from '../../../src/customers/store.ts';
import { AllCustomers } from '../../../src/explorer/allCustomers.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { createPartneroClient, type PartneroClientOptions } from '../../../src/partnero/index.ts';
import { median, quantile } from '../figures.ts';
import { type ServerSetup, type ServerState, whale } from './setup.ts';

const millions = 10_000_000;
const print = (line: string) => process.stdout.write(`${line}\n`);

class Server implements AsyncDisposable {
	readonly #child: ChildProcess;
	readonly baseUrl: string;

	private constructor(child: ChildProcess, port: number) {
		this.#child = child;
		this.baseUrl = `http://127.0.0.1:${port}/v1`;
	}

	static async start(setup: Partial<ServerSetup> = {}): Promise<Server> {
		const whole: ServerSetup = { customers: millions, transactions: millions, perSeconds: 60, clock: 1, ...setup };
		const child = fork(path.join(import.meta.dirname, 'server.ts'), [JSON.stringify(whole)]);
		const [{ port }] = (await once(child, 'message')) as [{ readonly port: number }];
		return new Server(child, port);
	}

	/** What it was asked since the last call. */
	async state(): Promise<ServerState> {
		this.#child.send('state');
		const [state] = (await once(this.#child, 'message')) as [ServerState];
		return state;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#child.disconnect();
		await once(this.#child, 'exit');
	}
}

function storeFor(server: Server, options: Partial<PartneroClientOptions> = {}) {
	const client = createPartneroClient({ baseUrl: server.baseUrl, apiKey: 'simulated', ...options });
	const store = new CustomerStore({ client: async () => client, timeToLive: () => 60_000, now: options.now ?? Date.now });
	return { store, client };
}

/** Megabytes in use after a collection. */
async function memory(): Promise<number> {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	for (let round = 0; round < 3; round += 1) {
		collect();
		await delay(20);
	}
	const { heapUsed, external } = process.memoryUsage();
	return (heapUsed + external) / 1e6;
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly took: number }> {
	const begun = performance.now();
	const value = await work();
	return { value, took: performance.now() - begun };
}

const whaleRef = { programId: 'p', key: whale };

async function tenMillionCustomers(): Promise<void> {
	await using server = await Server.start();
	const { store, client } = storeFor(server);
	print('A program with 10,000,000 customers');
	const found = await timed(() => store.get(whaleRef));
	print(`  look one up: ${(await server.state()).requests} request, ${found.took.toFixed(0)} ms, key ${found.value.customer?.key}`);
	const before = await memory();
	const all = new AllCustomers(store, 'p');
	const first = await timed(() => all.loadMore());
	print(
		`  open "All customers": ${(await server.state()).requests} request, ${[...all.customers].length} rows, ${first.took.toFixed(0)} ms`,
	);
	const times: number[] = [];
	for (let page = 1; page < 200; page += 1) {
		times.push((await timed(() => all.loadMore())).took);
	}
	const { requests } = await server.state();
	const grown = (await memory()) - before;
	print(`  "Load more…" 199 times: ${requests} requests, ${[...all.customers].length} rows, median ${median(times).toFixed(1)} ms a page`);
	print(`  held then: ${grown.toFixed(1)} MB, ${((grown * 1e6) / [...all.customers].length).toFixed(0)} bytes a row`);
	store.dispose();
	client.close();
}

async function tenMillionTransactions(): Promise<void> {
	await using server = await Server.start();
	const { store, client } = storeFor(server);
	print('A customer with 10,000,000 transactions');
	const before = await memory();
	const first = await timed(() => store.loadTransactions(whaleRef));
	const { rows, complete } = first.value;
	print(`  open: ${(await server.state()).requests} request, ${rows.length} rows, complete: ${complete}, ${first.took.toFixed(0)} ms`);
	const loading = await timed(async () => {
		for (let page = 1; page < 1000; page += 1) {
			await store.loadMoreTransactions(whaleRef);
		}
	});
	const loaded = store.peekTransactions(whaleRef).rows.length;
	const held = (await memory()) - before;
	const perSecond = loaded / (loading.took / 1000);
	print(
		`  "Load all", stopped at ${loaded} rows: ${(await server.state()).requests} requests, ${(loading.took / 1000).toFixed(1)} s, ${perSecond.toFixed(0)} rows/s`,
	);
	print(
		`  held then: ${held.toFixed(0)} MB, ${((held * 1e6) / loaded).toFixed(0)} bytes a row; all of them at that pace: ${(millions / perSecond / 60).toFixed(0)} min, ${(((held / loaded) * millions) / 1000).toFixed(1)} GB`,
	);
	store.dispose();
	const exporting = storeFor(server);
	const start = await memory();
	let most = 0;
	let pages = 0;
	const stop = new AbortController();
	const walked = await timed(async () => {
		for await (const page of exporting.store.eachTransactionPage(whaleRef, stop.signal)) {
			pages += page.items.length > 0 ? 1 : 0;
			if (pages % 250 === 0) {
				most = Math.max(most, (await memory()) - start);
			}
			if (pages === 1000) {
				return;
			}
		}
	});
	const minutes = ((walked.took / pages) * (millions / 100)) / 60_000;
	print(
		`  export, stopped after ${pages} pages: ${most.toFixed(1)} MB held at the most, ${(walked.took / pages).toFixed(1)} ms a page; all pages ${minutes.toFixed(0)} min`,
	);
	exporting.store.dispose();
	exporting.client.close();
	client.close();
}

async function manyHovers(): Promise<void> {
	await using server = await Server.start();
	const { store, client } = storeFor(server);
	print('One user');
	await Promise.all(Array.from({ length: 1000 }, () => store.get(whaleRef)));
	print(`  1,000 hovers on one key at once: ${(await server.state()).requests} request`);
	const keys = Array.from({ length: 1000 }, (_, index) => `customer_${2_000_000 + index}`);
	await Promise.all(keys.map((key) => store.get({ programId: 'p', key })));
	print(`  1,000 hovers on 1,000 keys at once: ${(await server.state()).requests} requests`);
	store.dispose();
	client.close();
}

interface Colleagues {
	readonly people: number;
	/** Simulated seconds. */
	readonly withinSeconds: number;
	/** Requests that are answered in a simulated minute. */
	readonly limit: number;
	/** Simulated seconds in a real one: few enough that this machine's own work is no matter. */
	readonly clock: number;
}

/** Everybody looks one customer up, at some moment of so many seconds; each look-up is two requests. */
async function colleagues({ people, withinSeconds, limit, clock }: Colleagues): Promise<void> {
	await using server = await Server.start({ limit, perSeconds: 60, clock });
	const now = () => performance.now() * clock;
	const sleep = (milliseconds: number, signal: AbortSignal) => delay(milliseconds / clock, undefined, { signal });
	const waits: number[] = [];
	const failures = new Map<string, number>();
	const lookUp = async (person: number) => {
		const { store, client } = storeFor(server, { now, sleep });
		await delay((((person * 7919) % people) / people) * withinSeconds * (1000 / clock));
		const begun = now();
		const ref = { programId: 'p', key: `customer_${3_000_000 + person * 10}` };
		try {
			await Promise.all([store.get(ref), store.loadTransactions(ref).catch(notFound)]);
			waits.push((now() - begun) / 1000);
		} catch (error) {
			const kind = PartneroError.is(error) ? error.kind : 'unknown';
			failures.set(kind, (failures.get(kind) ?? 0) + 1);
		}
		store.dispose();
		client.close();
	};
	await Promise.all(Array.from({ length: people }, (_, person) => lookUp(person)));
	const { requests, refused } = await server.state();
	const failed = [...failures].map(([kind, count]) => `${count} ${kind}`).join(', ') || 'none';
	print(`${people} colleagues, each one look-up (two requests) within ${withinSeconds} s, ${limit} requests a minute for all`);
	print(`  ${requests} requests, ${refused} of them refused; ${(requests / (people * 2)).toFixed(2)} for each that was needed`);
	const shown = (share: number) => quantile(waits, share).toFixed(1);
	print(
		`  ${waits.length} got their customer: half within ${shown(0.5)} s, 95 % within ${shown(0.95)} s, all within ${shown(1)} s; told to wait: ${failed}`,
	);
}

function notFound(error: unknown): void {
	if (!PartneroError.is(error, 'not-found')) {
		throw error;
	}
}

await tenMillionCustomers();
await tenMillionTransactions();
await manyHovers();
await colleagues({ people: 1000, withinSeconds: 600, limit: 600, clock: 20 });
await colleagues({ people: 1000, withinSeconds: 60, limit: 600, clock: 5 });
