// A local Partnero of ten million customers, one of whom has ten million transactions, made page by page when they are asked for; behind a rate
// limit if it is told one. Runs in a process of its own, so that what is measured beside it is the asking side alone.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer } from '../../../src/sandbox/calls.ts';
import { Customers, type SampleCustomer } from '../../../src/sandbox/customers.ts';
import { send } from '../../../src/sandbox/delivery.ts';
import { sampleProgram } from '../../../src/sandbox/program.ts';
import { refusal } from '../../../src/sandbox/reply.ts';
import { Transactions } from '../../../src/sandbox/transactions.ts';
import { type ServerSetup, type ServerState, whale } from './setup.ts';

const seed = 1;
const now = Date.parse('2026-06-30T12:00:00Z');

/** Everybody can be found by `customer_` and a number, from which the place follows: a list of all keys would be a gigabyte. */
class ManyCustomers extends Customers {
	override find(key: string): SampleCustomer | undefined {
		const place = Number(/^customer_(\d+)$/.exec(key)?.[1] ?? Number.NaN) - 1000;
		const customer = Number.isNaN(place) ? undefined : this.at(place);
		return customer && { ...customer, key, fields: { ...customer.fields, key } };
	}
}

/** So many requests in each stretch of time, as servers commonly count; then 429 until the next one begins. */
class RateLimit {
	readonly #setup: ServerSetup;
	#stretch = 0;
	#count = 0;

	constructor(setup: ServerSetup) {
		this.#setup = setup;
	}

	/** Seconds to wait; undefined where the request may go on. */
	refuses(): number | undefined {
		const { limit, perSeconds, clock } = this.#setup;
		if (limit === undefined) {
			return undefined;
		}
		const seconds = (performance.now() / 1000) * clock;
		const stretch = Math.floor(seconds / perSeconds);
		this.#count = stretch === this.#stretch ? this.#count + 1 : 1;
		this.#stretch = stretch;
		return this.#count <= limit ? undefined : Math.ceil((stretch + 1) * perSeconds - seconds);
	}
}

const setup = JSON.parse(process.argv[2] ?? '{}') as ServerSetup;
const customers = new ManyCustomers({ kind: 'affiliate', seed, count: setup.customers, now });
const data = {
	kind: 'affiliate',
	seed,
	paging: 'links',
	program: sampleProgram('affiliate', 'Ten million'),
	customers,
	transactionsOf: (customer: SampleCustomer) => {
		const many = { ...customer, transactions: { count: setup.transactions, style: 'mixed' } } as const;
		return new Transactions({ seed, now, order: 'newest-first', customer: customer.key === whale ? many : customer });
	},
} as const;
const limit = new RateLimit(setup);
let state: ServerState = { requests: 0, refused: 0 };

const server = createServer((request, response) => {
	state = { ...state, requests: state.requests + 1 };
	const wait = limit.refuses();
	if (wait !== undefined) {
		state = { ...state, refused: state.refused + 1 };
		void send(refusal(429, 'Too Many Attempts.', { 'retry-after': String(wait) }), response);
		return;
	}
	const baseUrl = `http://${request.headers.host}/v1`;
	void send(answer(data, { method: 'GET', target: request.url ?? '', access: 'accepted', baseUrl }), response);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
	process.send?.(state);
	state = { requests: 0, refused: 0 };
});
process.on('disconnect', () => process.exit());
