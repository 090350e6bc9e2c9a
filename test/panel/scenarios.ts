// Every state that the detail panel can be in, as the messages that the host would send: made by the host's own code from Partnero's objects.
import type { LoadedTransaction } from '../../src/customers/types.ts';
import type { CustomerMessage, ErrorView, ToApp, TransactionsMessage } from '../../src/panel/protocol.ts';
import { panelStrings } from '../../src/panel/strings.ts';
import { customerView, transactionView } from '../../src/panel/view.ts';
import { PartneroError, type PartneroErrorFacts, type PartneroErrorKind } from '../../src/partnero/errors.ts';
import type { Customer, JsonObject, Partner, Reward } from '../../src/partnero/types.ts';
import { describeError } from '../../src/wording/errors.ts';

export interface Scenario {
	readonly name: string;
	readonly messages: readonly ToApp[];
	/** What the app finds as the state that VS Code kept. */
	readonly ui?: Readonly<Record<string, unknown>>;
	readonly direction?: 'rtl';
	readonly locale?: string;
}

const program = { name: 'Acme Affiliates', sample: false, rejected: false, connected: true };

/** The customer of Partnero's page "Get customer". */
export const alice: Customer = {
	kind: 'affiliate',
	key: 'customer_123',
	name: 'Alice',
	surname: 'Brown',
	email: 'alice.brown@partnero.com',
	status: 'active',
	partner: 'partner_123',
	deleted: false,
	createdAt: '2025-05-02T16:12:39.000000Z',
	updatedAt: '2025-05-02T16:12:39.000000Z',
	tags: ['premium'],
	other: {},
	raw: {
		key: 'customer_123',
		partner: 'partner_123',
		deleted: false,
		name: 'Alice',
		surname: 'Brown',
		email: 'alice.brown@partnero.com',
		status: 'active',
		created_at: '2025-05-02T16:12:39.000000Z',
		updated_at: '2025-05-02T16:12:39.000000Z',
		deleted_at: null,
		tags: [{ value: 'premium' }],
	},
};

const partner: Partner = { id: 'partner_123', key: 'ref_123', name: 'Jamie', surname: 'Rivera', raw: {} };

export function initMessage(key: string, locale = 'en'): ToApp {
	return { type: 'init', ref: { programId: 'p1', key }, locale, strings: panelStrings() };
}

export function customerMessage(customer: Customer | undefined, more: Partial<CustomerMessage> = {}): CustomerMessage {
	return {
		type: 'customer',
		program,
		pinned: false,
		absent: false,
		loading: false,
		...(customer === undefined ? {} : { customer: customerView(customer, partner), age: 150_000 }),
		...more,
	};
}

export function transactionsMessage(rows: readonly LoadedTransaction[], more: Partial<TransactionsMessage> = {}): TransactionsMessage {
	return {
		type: 'transactions',
		epoch: 1,
		start: 0,
		rows: rows.map(transactionView),
		loaded: rows.length,
		complete: true,
		unreadable: 0,
		age: 150_000,
		loading: false,
		loadingAll: false,
		watched: false,
		...more,
	};
}

const nothingAsked: TransactionsMessage = {
	type: 'transactions',
	epoch: 1,
	start: 0,
	rows: [],
	loaded: 0,
	complete: false,
	unreadable: 0,
	loading: true,
	loadingAll: false,
	watched: false,
};

function failure(kind: PartneroErrorKind, facts: PartneroErrorFacts = {}): ErrorView {
	const error = new PartneroError(kind, facts);
	return {
		kind,
		message: describeError(error, { program: program.name, key: alice.key }),
		...(error.retryAfter === undefined ? {} : { retryIn: error.retryAfter }),
	};
}

/** A sequence of numbers in [0, 1) that is the same every time. */
function seeded(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

const statuses = ['ok', 'ok', 'ok', 'review_period', 'rejected'];
const day = 86_400_000;

/** Transactions with everything that Partnero has: several currencies, credits, points, archived ones, rewards in all states. */
export function transactions(count: number, seed = 7): LoadedTransaction[] {
	const random = seeded(seed);
	const until = Date.parse('2026-11-20T09:00:00Z');
	return Array.from({ length: count }, (_, index) => {
		const at = new Date(until - Math.floor(random() * random() * 420 * day)).toISOString().replace('Z', '000Z');
		const units = random() < 0.82 ? 'USD' : random() < 0.7 ? 'EUR' : 'points';
		const archived = random() < 0.06;
		const credit = random() < 0.04;
		const value = units === 'points' ? String(Math.floor(random() * 400)) : (random() * 240 + 5).toFixed(2);
		const base = {
			key: `txn_${(index + 1).toString().padStart(6, '0')}`,
			action: random() < 0.9 ? 'sale' : 'upgrade',
			partner: 'partner_123',
			customer: 'customer_123',
			createdAt: at,
			...(archived ? { deletedAt: at } : {}),
			value,
			units,
			isCurrency: units !== 'points',
			credit,
			other: {},
		};
		const reward: Reward = {
			...base,
			status: statuses[Math.floor(random() * statuses.length)] ?? 'ok',
			credit: false,
			value: (Number(value) * 0.3).toFixed(3),
			product: random() < 0.3 ? { product_id: 'prod_123', product_type: 'monthly' } : {},
			raw: {},
		};
		return { ...base, rewards: random() < 0.9 ? [reward] : [], raw: { key: base.key }, id: `${base.key}#1` };
	});
}

const attack = '<img src=x onerror="document.title=1"> [x](command:workbench.action.quit) \u202Egnp.exe\u202C';
const hostileFields: JsonObject = {
	'<b>field</b>': attack,
	nested: { '</script>': ['"', "'"] },
	empty: null,
	['a very long name '.repeat(12)]: 1,
};

const hostile: Customer = {
	...alice,
	key: '"><script>alert(1)</script>',
	name: `${'Bartholomew-Maximilian '.repeat(40)}`,
	surname: attack,
	email: `${'x'.repeat(300)}@example.com`,
	status: attack,
	partner: attack,
	tags: [attack, 'tag '.repeat(200), ...Array.from({ length: 40 }, (_, index) => `tag-${index}`)],
	other: hostileFields,
	raw: { ...alice.raw, ...hostileFields },
};

const hostileRows = transactions(40, 3).map((row, index) => ({
	...row,
	key: index % 2 === 0 ? attack : 'k'.repeat(5000),
	action: attack,
	value: index % 3 === 0 ? '9'.repeat(60) : `0.${'1'.repeat(40)}`,
	other: hostileFields,
}));

const hebrew: Customer = {
	...alice,
	name: 'יעל',
	surname: 'בן־דוד',
	status: 'פעיל',
	tags: ['פרימיום', 'صديق'],
	other: { הערה: 'לקוחה ותיקה' },
};

const referral: Customer = {
	kind: 'referral',
	key: '4711',
	referralCode: 'TOMAS-X',
	name: 'Tomás',
	surname: 'Ångström',
	email: 'tomas@example.org',
	status: 'active',
	referringCustomer: { id: '4242', key: 'ALICE-B', email: 'alice@example.org' },
	deleted: false,
	createdAt: '2025-05-02T16:12:39.000000Z',
	tags: [],
	other: { referrals_count: 12, approved: true, referral_link: 'https://example.org/?ref=TOMAS-X', custom_fields: { plan: 'gold' } },
	raw: { id: '4711', key: 'TOMAS-X' },
};

const one: LoadedTransaction = {
	key: 'transaction_123',
	action: 'sale',
	partner: 'partner_123',
	customer: 'customer_123',
	createdAt: '2025-05-07T05:32:48.000000Z',
	value: '99.99',
	units: 'USD',
	isCurrency: true,
	credit: false,
	other: {},
	raw: {},
	id: 'transaction_123#1',
	rewards: [
		{
			key: 'transaction_123',
			action: 'sale',
			status: 'ok',
			partner: 'partner_123',
			createdAt: '2025-05-07T05:32:48.000000Z',
			value: '29.997',
			units: 'USD',
			isCurrency: true,
			credit: false,
			product: { product_id: 'prod_123', product_type: 'monthly' },
			other: {},
			raw: {},
		},
	],
};

const many = transactions(240);
const { partner: _, ...unreferred } = alice;

function state(name: string, customer: CustomerMessage, list: TransactionsMessage = nothingAsked, more: Partial<Scenario> = {}): Scenario {
	return { name, messages: [initMessage(customer.customer?.key ?? 'customer_123', more.locale), customer, list], ...more };
}

export const scenarios: readonly Scenario[] = [
	state('loading', customerMessage(undefined, { loading: true })),
	state('one', customerMessage(alice), transactionsMessage([one])),
	state('many', customerMessage(alice), transactionsMessage(many)),
	state('partial', customerMessage(alice, { pinned: true }), transactionsMessage(many.slice(0, 100), { complete: false })),
	state('opened', customerMessage(alice), transactionsMessage(many.slice(0, 12)), { ui: { allOpened: true } }),
	state('filtered', customerMessage(alice), transactionsMessage(many), {
		ui: { moreFilters: true, filter: { text: 'txn_0000', kind: 'money', archived: 'shown', from: '2025-11-01', to: '' } },
	}),
	state('nothing-matches', customerMessage(alice), transactionsMessage(many), { ui: { filter: { text: 'no such thing' } } }),
	state('no-transactions', customerMessage(unreferred), transactionsMessage([])),
	state('transactions-loading', customerMessage(alice)),
	state('transactions-failed', customerMessage(alice), {
		...nothingAsked,
		loading: false,
		error: failure('server-fault', { status: 502 }),
	}),
	state('next-page-limited', customerMessage(alice), {
		...transactionsMessage(many.slice(0, 100), { complete: false, unreadable: 2 }),
		error: failure('rate-limited', { status: 429, retryAfter: 42_000 }),
	}),
	state('loading-all', customerMessage(alice), transactionsMessage(many, { complete: false, loading: true, loadingAll: true })),
	state(
		'watched',
		customerMessage(alice),
		transactionsMessage(
			many.slice(0, 40).map((row) => (row.key === 'txn_000024' || row.key === 'txn_000021' ? { ...row, arrived: true } : row)),
			{ watched: true },
		),
	),
	state('deleted', customerMessage({ ...alice, deleted: true, deletedAt: '2025-09-01T08:00:00.000000Z' }), transactionsMessage([one])),
	state(
		'stale',
		customerMessage(alice, { age: 3 * 3_600_000, error: failure('unreachable', { code: 'ENOTFOUND' }) }),
		transactionsMessage([one]),
	),
	state('failed', customerMessage(undefined, { error: failure('timed-out') })),
	state('rate-limited', customerMessage(undefined, { error: failure('rate-limited', { status: 429, retryAfter: 30_000 }) })),
	state(
		'key-rejected',
		customerMessage(undefined, { program: { ...program, rejected: true }, error: failure('key-rejected', { status: 401 }) }),
	),
	state('key-rejected-later', customerMessage(alice, { program: { ...program, rejected: true } }), transactionsMessage([one])),
	state('absent', customerMessage(undefined, { absent: true, age: 20_000 })),
	state(
		'absent-elsewhere',
		customerMessage(undefined, {
			absent: true,
			others: [
				{ id: 'p2', name: 'BETA' },
				{ id: 'p3', name: '<b>[x](command:workbench.action.quit)</b>' },
			],
		}),
	),
	state('disconnected', customerMessage(undefined, { program: { ...program, connected: false } })),
	state(
		'referral',
		customerMessage(referral, { program: { ...program, name: 'Sample program', sample: true } }),
		transactionsMessage(many.slice(0, 30)),
	),
	state('json', customerMessage(alice), transactionsMessage([one]), { ui: { tab: 'json' } }),
	state('hostile', customerMessage(hostile), transactionsMessage(hostileRows), { ui: { allOpened: true } }),
	state('right-to-left', customerMessage(hebrew), transactionsMessage(many.slice(0, 40)), { direction: 'rtl', locale: 'he' }),
	state('german', customerMessage(alice), transactionsMessage(many.slice(0, 40)), { locale: 'de' }),
];

/** The scenario of a name. */
export function scenario(name: string): Scenario {
	const found = scenarios.find((candidate) => candidate.name === name);
	if (found === undefined) {
		throw new Error(`There is no scenario ${name}.`);
	}
	return found;
}
