// The transactions of a customer: a list of which any row is made when it is served, by its place, so that 100,000 of them cost nothing
// until somebody asks, and then one page. Rows that arrive while the sandbox runs stand at the end where new ones go.
import type { SampleCustomer } from './customers.ts';
import { sampleKeys, samplePartners } from './sampleKeys.ts';
import { choice, mix, pick } from './seeded.ts';
import { timestamp } from './timestamps.ts';

/** What is special about a customer's transactions. */
export type TransactionStyle =
	/** The documented customer's: the last row is the documented example, the others look like it. */
	| 'documented'
	/** One currency, ordinary amounts. */
	| 'plain'
	/** Everything ordinary at once: currencies, credits, units, archived ones, rewards in all states. */
	| 'mixed'
	| 'currencies'
	| 'credits'
	| 'units'
	| 'archived'
	| 'rewards'
	| 'string-amounts'
	| 'extreme-amounts'
	| 'duplicate-keys'
	| 'sparse'
	| 'hostile';

/** Where new transactions go: Partnero does not document its order. */
export type TransactionOrder = 'newest-first' | 'oldest-first';

/** A transaction as answered. */
export type TransactionRow = Readonly<Record<string, unknown>>;

/** The example of Partnero's documentation. */
const documentedExample = {
	key: 'transaction_123',
	action: 'sale',
	amount: 99.99,
	amount_units: 'USD',
	is_currency: true,
	credit: false,
	partner: samplePartners.documented.id,
	customer: sampleKeys.documented,
	created_at: '2025-05-07T05:32:48.000000Z',
	deleted_at: null,
	rewards: [
		{
			key: 'transaction_123',
			action: 'sale',
			status: 'ok',
			customer: sampleKeys.documented,
			partner: samplePartners.documented.id,
			amount: 29.997,
			amount_units: 'USD',
			is_currency: true,
			credit: false,
			created_at: '2025-05-07T05:32:48.000000Z',
			deleted_at: null,
			product_type_data: { product_id: 'prod_123', product_type: 'monthly' },
		},
	],
};

export interface TransactionsOptions {
	readonly seed: number;
	/** Milliseconds since 1970; nothing generated is dated later. */
	readonly now: number;
	readonly order: TransactionOrder;
	readonly customer: SampleCustomer;
}

/** One customer's list, in the order in which it is served. */
export class Transactions {
	readonly #options: TransactionsOptions;
	/** Rows that were put before the generated ones, the first of the list last. */
	readonly #front: TransactionRow[] = [];
	/** Rows that were put behind the generated ones. */
	readonly #back: TransactionRow[] = [];
	/** Generated rows that left the front of the list. */
	#gone = 0;
	#made = 0;

	constructor(options: TransactionsOptions) {
		this.#options = options;
	}

	get count(): number {
		return this.#front.length + this.#generated + this.#back.length;
	}

	/** Generated rows that are still there. */
	get #generated(): number {
		return this.#options.customer.transactions.count - this.#gone;
	}

	/** The rows at the places `from` up to `to` (excluded), from 0. */
	*rows(from: number, to: number): Generator<TransactionRow> {
		const end = Math.min(to, this.count);
		for (let place = Math.max(from, 0); place < end; place++) {
			const row = this.#at(place);
			if (row !== undefined) {
				yield row;
			}
		}
	}

	/** A new transaction arrives, where this order has its newest. What is not given is made up; a field given as `undefined` is left out. */
	add(fields: Readonly<Record<string, unknown>> = {}): TransactionRow {
		const row = this.#make(fields);
		(this.#options.order === 'newest-first' ? this.#front : this.#back).push(row);
		return row;
	}

	/** A row appears before all others, and they move down by one. */
	addFirst(): void {
		this.#front.push(this.#make({}));
	}

	/** The first row disappears, and all others move up by one. */
	removeFirst(): void {
		if (this.#front.length > 0) {
			this.#front.pop();
		} else if (this.#generated > 0) {
			this.#gone++;
		} else {
			this.#back.shift();
		}
	}

	#make(fields: Readonly<Record<string, unknown>>): TransactionRow {
		const { customer, now } = this.#options;
		const number = ++this.#made;
		const plain = plainRow(this.#options, customer.transactions.count + number);
		const key = `transaction_new_${customer.index}_${number}`;
		const made = { ...plain, key, created_at: timestamp(now + number * 1000), deleted_at: null, rewards: [] };
		return Object.fromEntries(Object.entries({ ...made, ...fields }).filter(([, value]) => value !== undefined));
	}

	#at(place: number): TransactionRow | undefined {
		const behind = place - this.#front.length;
		if (behind < 0) {
			return this.#front[-1 - behind];
		}
		if (behind >= this.#generated) {
			return this.#back[behind - this.#generated];
		}
		const newestFirst = this.#options.order === 'newest-first';
		return generatedRow(this.#options, newestFirst ? behind + this.#gone : this.#generated - 1 - behind);
	}
}

/** The generated row of a number, 0 being the newest. */
function generatedRow(options: TransactionsOptions, number: number): TransactionRow {
	const { customer, seed } = options;
	const { style, count } = customer.transactions;
	if (style === 'documented' && number === count - 1) {
		return documentedExample;
	}
	const plain = plainRow(options, number);
	if (style === 'mixed') {
		const styles = ['plain', 'plain', 'currencies', 'credits', 'units', 'archived', 'rewards'] as const;
		return styled(pick(styles, seed, customer.index, number, 21), plain, seed, mix(customer.index, number));
	}
	return styled(style, plain, seed, number);
}

function plainRow({ customer, seed, now }: TransactionsOptions, number: number): PlainRow {
	const { index, currency, key } = customer;
	const { count, style } = customer.transactions;
	const action = pick(['sale', 'sale', 'sale', 'subscription', 'renewal', 'upgrade', 'signup'], seed, index, number, 22);
	const price = pick([9, 19, 29, 49, 79, 99, 149, 249], seed, index, number, 23);
	const amount = atScaleOf(currency, price, seed, index, number);
	const serial = count - number;
	const transaction = style === 'documented' ? `transaction_${122 + serial}` : `transaction_${1000 + index}_${serial}`;
	const created = timestamp(createdAt(customer, now, number, choice(1000, seed, index, number, 24) / 1000));
	const partner = typeof customer.fields.partner === 'string' ? customer.fields.partner : null;
	const base = {
		key: transaction,
		action,
		amount,
		amount_units: currency,
		is_currency: true,
		credit: false,
		partner,
		customer: key,
		created_at: created,
		deleted_at: null,
	};
	const state = pick(['ok', 'ok', 'ok', 'ok', 'review_period', 'rejected'], seed, index, number, 25);
	const plan = pick(['monthly', 'yearly', 'one_time'], seed, index, number, 26);
	return { ...base, rewards: [rewardOf(base, state, { product_id: `prod_${100 + price}`, product_type: plan })] };
}

type PlainRow = Record<string, unknown> & { readonly key: string; readonly amount: number; readonly created_at: string; rewards: unknown };

/** A partner's share of thirty per cent, with the three decimals that it has in the documented example. */
function rewardOf(row: Readonly<Record<string, unknown>> & { readonly amount: number }, status: string, product: unknown) {
	const { key, action, customer, partner, amount_units, is_currency, credit, created_at } = row;
	const amount = Math.round(row.amount * 300) / 1000;
	return {
		key,
		action,
		status,
		customer,
		partner,
		amount,
		amount_units,
		is_currency,
		credit,
		created_at,
		deleted_at: null,
		product_type_data: product,
	};
}

/** Spreads the rows evenly from the customer's first day up to `now`; `jitter` (0 to 1) never lets two change places. */
function createdAt(
	{ createdAt: joined, transactions: { count, style } }: SampleCustomer,
	now: number,
	number: number,
	jitter: number,
): number {
	const first = style === 'documented' ? Date.parse(documentedExample.created_at) : joined;
	const step = Math.max(now - first, 0) / Math.max(count, 1);
	return Math.max(now - (number + jitter) * step, first);
}

/** A price in the money of the place: without decimals in yen and won, with three in dinars. */
function atScaleOf(currency: string, price: number, ...parts: readonly number[]): number {
	switch (currency) {
		case 'JPY':
			return price * 150 - 20;
		case 'KRW':
			return price * 1400;
		case 'KWD':
			return Math.round(price * 307 + choice(1000, ...parts)) / 1000;
		case 'INR':
		case 'THB':
			return price * 50 - 1;
		default:
			return Math.round(price * 100 + pick([0, 99, 50, 95], ...parts, 27)) / 100;
	}
}

function styled(style: TransactionStyle, row: PlainRow, seed: number, number: number): TransactionRow {
	switch (style) {
		case 'plain':
		case 'mixed':
			return row;
		case 'documented':
			return number % 17 === 5 ? { ...row, deleted_at: row.created_at } : number % 23 === 7 ? { ...row, credit: true } : row;
		case 'currencies':
			return inCurrency(row, pick(['USD', 'EUR', 'GBP', 'JPY', 'KWD', 'usd', 'Eur', 'CLF', 'XXX', 'BTC'], number));
		case 'credits':
			return { ...row, credit: number % 2 === 0, action: 'credit', rewards: [] };
		case 'units':
			return {
				...row,
				amount: 5 + (number % 40) * 2.5,
				amount_units: pick(['points', 'seats', 'GB', 'USD', '', 'h'], number),
				is_currency: false,
			};
		case 'archived':
			return number % 3 === 0 ? { ...row, deleted_at: row.created_at } : row;
		case 'rewards':
			return withRewards(row, number);
		case 'string-amounts':
			return {
				...row,
				amount: pick(['99.99', '1000', '0.10', ' 12.50 ', '1,234.56', '', 'NaN', '1e3', '12.5.1', '-3.00', '+7', '0x10'], number),
			};
		case 'extreme-amounts':
			return { ...row, amount: extremeAmount(number) };
		case 'duplicate-keys':
			return number % 4 === 3 ? row : { ...row, key: `transaction_twice_${Math.floor(number / 4)}` };
		case 'sparse':
			return { key: row.key, amount: row.amount };
		case 'hostile':
			return hostileRow(row, choice(hostileTexts.length, seed, number));
	}
}

function inCurrency(row: PlainRow, currency: string): TransactionRow {
	const amount = atScaleOf(currency.toUpperCase(), Math.round(row.amount), row.amount);
	const changed = { ...row, amount, amount_units: currency };
	return { ...changed, rewards: [rewardOf(changed, 'ok', {})] };
}

function withRewards(row: PlainRow, number: number): TransactionRow {
	const product = { product_id: 'prod_1', product_type: 'yearly' };
	switch (number % 9) {
		case 0:
			return { ...row, rewards: [rewardOf(row, 'ok', {})] };
		case 1:
			return { ...row, rewards: [rewardOf(row, 'review_period', product)] };
		case 2:
			return { ...row, rewards: [rewardOf(row, 'rejected', product)] };
		case 3:
			return { ...row, rewards: [] };
		case 4: {
			const { rewards: _, ...without } = row;
			return without;
		}
		case 5:
			return { ...row, rewards: [rewardOf(row, 'ok', product), rewardOf(row, 'review_period', {}), rewardOf(row, 'rejected', null)] };
		case 6:
			return { ...row, rewards: [{ ...rewardOf(row, 'ok', product), deleted_at: row.created_at }] };
		case 7:
			return { ...row, rewards: [{ ...rewardOf(row, 'ok', {}), amount: 150, amount_units: 'points', is_currency: false, credit: true }] };
		default:
			return { ...row, rewards: number % 2 === 0 ? null : [{ key: row.key, status: 'paid_out_by_hand' }] };
	}
}

/** Numbers that a double keeps badly or not at all stand in the answer digit by digit. */
function extremeAmount(number: number): unknown {
	const digits = [
		'0.1234567890123456789',
		'0.1',
		'0.2',
		'9007199254740993',
		'123456789012345678901234567890.12',
		'1e-7',
		'1E+400',
		'-99.99',
		'0',
		'-0',
		'0.000',
		'33.333333333333336',
		'1.005',
	] as const;
	return rawJson(pick(digits, number));
}

/** A JSON number with exactly these digits. Node's types do not know `JSON.rawJSON` yet. */
function rawJson(digits: string): unknown {
	const { rawJSON } = JSON as unknown as { rawJSON?: (text: string) => unknown };
	return rawJSON === undefined ? Number(digits) : rawJSON(digits);
}

const hostileTexts = [
	'[x](command:workbench.action.quit)',
	'<img src=x onerror=alert(1)>',
	'$(alert)',
	'\u202Eelas\u202C',
	'\u001B[2Jsale',
	`=cmd|' /C calc'!A0`,
	'a\u0000b\r\nc',
	'| sale | `x` |',
	'__proto__',
	'x'.repeat(5000),
];

function hostileRow(row: PlainRow, which: number): TransactionRow {
	const text = hostileTexts[which] ?? '';
	const product = { product_id: text, product_type: text, [text]: text };
	return {
		...row,
		key: text,
		action: text,
		amount_units: text,
		partner: text,
		rewards: [rewardOf({ ...row, key: text, action: text }, text, product)],
	};
}
