// What the sandbox answers: the calls of Partnero's API that the product makes, each a function from a request to a reply. Nothing in here
// knows of sockets or faults.
import type { Customers, ProgramKind, SampleCustomer } from './customers.ts';
import { frame, type PagingHabit, readPageQuery, type ValidationErrors } from './paging.ts';
import { findPartner } from './partners.ts';
import { programAnswer, type SampleProgram } from './program.ts';
import { json, type Reply, refusal } from './reply.ts';
import type { Transactions } from './transactions.ts';

/** What the calls answer from. */
export interface SampleData {
	readonly kind: ProgramKind;
	readonly seed: number;
	readonly paging: PagingHabit;
	readonly program: SampleProgram;
	readonly customers: Customers;
	transactionsOf(customer: SampleCustomer): Transactions;
}

export interface Question {
	readonly method: string;
	/** As it stands in the request line: path and query, still percent-encoded. */
	readonly target: string;
	/** Of the `Authorization` header. */
	readonly access: 'accepted' | 'rejected' | 'forbidden';
	/** Where the sandbox is reached, with `/v1`. */
	readonly baseUrl: string;
}

interface Call {
	/** Segments after `/v1/`; `:` opens a parameter. */
	readonly segments: readonly string[];
	answer(data: SampleData, asked: AskedCall): Reply;
}

interface AskedCall {
	readonly parameter: string;
	readonly query: URLSearchParams;
	/** Whole address of the call, without its query. */
	readonly address: string;
}

const readMethods = 'GET, HEAD, OPTIONS';
/** Rows that are put into one piece of a list that is sent while it is made. */
const rowsPerPiece = 250;

const calls: readonly Call[] = [
	{ segments: ['test'], answer: () => json(200, { status: 1 }) },
	{ segments: ['program'], answer: ({ program, customers }) => json(200, programAnswer(program, customers.count)) },
	{ segments: ['customers'], answer: listCustomers },
	{ segments: ['customers:search'], answer: searchCustomers },
	{ segments: ['customers', ':key'], answer: getCustomer },
	{ segments: ['customers', ':key', 'transactions'], answer: listTransactions },
	{ segments: ['partners', ':id'], answer: ({ kind, seed }, { parameter }) => partnerReply(kind, seed, 'id', parameter) },
	{ segments: ['partner'], answer: getPartner },
];

/** Answers a request as Partnero would: unknown path, method and token are refused in this order, then the call answers. */
export function answer(data: SampleData, { method, target, access, baseUrl }: Question): Reply {
	const [path = '', query = ''] = splitOnce(target, '?');
	const segments = segmentsOf(path);
	if (segments === 'malformed') {
		return refusal(400, 'The request path is not valid percent-encoded UTF-8.');
	}
	const call = segments && calls.find((candidate) => matches(candidate.segments, segments));
	if (segments === undefined || call === undefined) {
		return refusal(404, 'The requested resource was not found.');
	}
	if (method === 'OPTIONS') {
		return { status: 204, headers: { allow: readMethods }, body: '' };
	}
	if (method !== 'GET' && method !== 'HEAD') {
		return refusal(405, `The ${method} method is not supported for this route. The sandbox is read-only.`, { allow: readMethods });
	}
	if (access === 'rejected') {
		return refusal(401, 'Unauthenticated.', { 'www-authenticate': 'Bearer' });
	}
	if (access === 'forbidden') {
		return refusal(403, 'This action is unauthorized.');
	}
	const address = `${baseUrl}${path.slice('/v1'.length).replace(/\/$/, '')}`;
	return call.answer(data, { parameter: segments[1] ?? '', query: new URLSearchParams(query), address });
}

/**
 * The decoded segments after `/v1/`; undefined for a path elsewhere. A slash at the end does not count, as with most servers: an empty
 * customer key therefore asks for the list of customers, which a client must not let happen.
 */
function segmentsOf(path: string): readonly string[] | 'malformed' | undefined {
	const rest = /^\/v1\/(.*?)\/?$/s.exec(path)?.[1];
	try {
		return rest?.split('/').map(decodeURIComponent);
	} catch {
		return 'malformed';
	}
}

/** The key of the customer whose transactions a request asks for. */
export function transactionsOwner(target: string): string | undefined {
	const segments = segmentsOf(splitOnce(target, '?')[0] ?? '');
	return Array.isArray(segments) && segments.length === 3 && segments[2] === 'transactions' ? segments[1] : undefined;
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
	return (
		pattern.length === segments.length &&
		pattern.every((part, place) => (part.startsWith(':') ? segments[place] !== '' : part === segments[place]))
	);
}

function splitOnce(text: string, separator: string): readonly string[] {
	const at = text.indexOf(separator);
	return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

function getCustomer({ customers }: SampleData, { parameter }: AskedCall): Reply {
	const customer = customers.find(parameter);
	return customer === undefined ? refusal(404, 'Customer not found.') : json(200, { data: customer.fields, status: 1 });
}

/** The list's items lack `tags` and `status`, as in the documented example. */
function listCustomers({ customers, seed, kind }: SampleData, { query, address }: AskedCall): Reply {
	const asked = readPageQuery(query);
	if ('errors' in asked) {
		return invalid(asked.errors);
	}
	const from = (asked.page - 1) * asked.limit;
	const wanted = customerFilter(kind, seed, query);
	const found: SampleCustomer[] = [];
	if (wanted === undefined) {
		for (let index = from; index < Math.min(from + asked.limit + 1, customers.count); index++) {
			found.push(...[customers.at(index)].filter((customer) => customer !== undefined));
		}
	} else {
		found.push(...[...customers.all()].filter(wanted).slice(from, from + asked.limit + 1));
	}
	const items = found.slice(0, asked.limit).map(({ fields: { tags: _tags, status: _status, ...shown } }) => shown);
	return json(200, { data: items, ...frame({ ...asked, address, count: items.length, hasMore: found.length > asked.limit }) });
}

/** By the partner's referral key (`partner.key` in the documentation, `partner_key` in a client), or whether a friend referred them. */
function customerFilter(kind: ProgramKind, seed: number, query: URLSearchParams): ((customer: SampleCustomer) => boolean) | undefined {
	const partnerKey = query.get('partner.key') ?? query.get('partner_key');
	if (kind === 'affiliate' && partnerKey !== null) {
		const id = findPartner(seed, 'key', partnerKey)?.id;
		return ({ fields }) => fields.partner === partnerKey || (id !== undefined && fields.partner === id);
	}
	const status = query.get('refer_status');
	if (kind === 'referral' && status !== null) {
		return ({ fields }) => (fields.referring_customer !== null) === (status === 'referred');
	}
	return undefined;
}

function searchCustomers({ customers, kind }: SampleData, { query }: AskedCall): Reply {
	const email = query.get('email');
	const key = query.get('key');
	const id = query.get('id');
	if (email !== null) {
		if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(email)) {
			return invalid({ email: ['The email must be a valid email address.'] });
		}
		const wanted = email.toLowerCase();
		return found([...customers.all()].filter(({ fields }) => typeof fields.email === 'string' && fields.email.toLowerCase() === wanted));
	}
	if (key !== null && kind === 'referral') {
		return found([...customers.all()].filter(({ fields }) => fields.key === key));
	}
	const identifier = id ?? key;
	if (identifier === null) {
		return invalid({ email: ['The email field is required when none of key / id are present.'] });
	}
	return found([customers.find(identifier)].filter((customer) => customer !== undefined));
}

function found(customers: readonly SampleCustomer[]): Reply {
	return json(200, { data: customers.map(({ fields }) => fields), status: 1 });
}

function listTransactions(data: SampleData, { parameter, query, address }: AskedCall): Reply {
	const customer = data.customers.find(parameter);
	if (customer === undefined) {
		return refusal(404, 'Customer not found.');
	}
	const transactions = data.transactionsOf(customer);
	if (data.paging === 'ignored') {
		return inPieces(transactions, { status: 1 });
	}
	const asked = readPageQuery(query);
	if ('errors' in asked) {
		return invalid(asked.errors);
	}
	if (data.paging === 'single') {
		const count = asked.page === 1 ? transactions.count : 0;
		const rest = frame({ address, page: asked.page, limit: transactions.count, count, hasMore: false });
		return asked.page === 1 ? inPieces(transactions, rest) : json(200, { data: [], ...rest });
	}
	const from = (asked.page - 1) * asked.limit;
	const items = [...transactions.rows(from, from + asked.limit)];
	const hasMore = from + asked.limit < transactions.count;
	const rest = data.paging === 'links' ? frame({ ...asked, address, count: items.length, hasMore }) : { status: 1 };
	return json(200, { data: items, ...rest });
}

/** The whole list, however long, a few rows at a time. */
function inPieces(transactions: Transactions, rest: Readonly<Record<string, unknown>>): Reply {
	function* pieces(): Generator<string> {
		for (let from = 0; from < transactions.count; from += rowsPerPiece) {
			const rows = [...transactions.rows(from, from + rowsPerPiece)].map((row) => JSON.stringify(row)).join(',');
			yield `${from === 0 ? '{"data":[' : ','}${rows}`;
		}
		yield `${transactions.count === 0 ? '{"data":[' : ''}],${JSON.stringify(rest).slice(1)}`;
	}
	return { status: 200, headers: { 'content-type': 'application/json' }, body: pieces() };
}

function getPartner({ kind, seed }: SampleData, { query }: AskedCall): Reply {
	for (const by of ['key', 'id', 'email'] as const) {
		const value = query.get(by);
		if (value !== null) {
			return partnerReply(kind, seed, by, value);
		}
	}
	return invalid({ key: ['The key field is required when none of id / email are present.'] });
}

/** Refer-a-friend programs have no partners. */
function partnerReply(kind: ProgramKind, seed: number, by: 'id' | 'key' | 'email', value: string): Reply {
	const partner = kind === 'affiliate' ? findPartner(seed, by, value) : undefined;
	return partner === undefined ? refusal(404, 'Partner not found.') : json(200, { data: partner, status: 1 });
}

/** The one documented form of an error. */
function invalid(errors: ValidationErrors): Reply {
	return json(422, { status: 0, errors });
}
