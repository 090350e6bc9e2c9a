// The fault laboratory: everything that a server, a proxy or a network can do to an answer, each under a name. A rule says which requests
// meet which faults; each fault changes the delivery of the honest answer, so that several can meet one request.
import { validateHeaderName, validateHeaderValue } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Delivery } from './delivery.ts';
import { deeplyNested, withDuplicateNames, withEveryField } from './spoiledJson.ts';

/** One thing that goes wrong. Sizes are in bytes, times in milliseconds. */
export type Fault =
	/** Answers this in place of the honest answer; without a body, what servers usually say with the status. */
	| { readonly kind: 'status'; readonly status: number; readonly body?: string | Uint8Array; readonly headers?: Headers }
	/** Adds or replaces headers of the answer; null takes one away. Also for a wrong content-length or content-type. */
	| { readonly kind: 'headers'; readonly headers: Readonly<Record<string, string | null>> }
	/** Announces more bytes than come (the client waits for the rest) or, negative, fewer. */
	| { readonly kind: 'content-length'; readonly by: number }
	/** Redirects, by 302 unless told otherwise. `self` redirects to the address that was asked for. */
	| { readonly kind: 'redirect'; readonly location: string; readonly status?: 301 | 302 | 303 | 307 | 308 }

	/** Waits before the first byte. */
	| { readonly kind: 'delay-headers'; readonly ms: number }
	/** Waits before the first byte until the promise is settled. */
	| { readonly kind: 'hold'; readonly until: Promise<unknown> }
	/** Pauses inside the body, in its middle unless told otherwise. */
	| { readonly kind: 'delay-body'; readonly ms: number; readonly afterBytes?: number }
	/** Sends the body so many bytes at a time, with a pause before each but the first. */
	| { readonly kind: 'drip'; readonly bytes: number; readonly ms: number }
	/** Falls silent after so many bytes of the body and keeps the connection; without `afterBytes` before the headers. */
	| { readonly kind: 'stall'; readonly afterBytes?: number }
	/** Resets the connection (TCP RST) before the byte of the whole answer, status line and headers counted, from 0. */
	| { readonly kind: 'reset'; readonly atByte: number }
	/** Ends the connection after so many bytes of the body, short of the announced length. */
	| { readonly kind: 'truncate'; readonly bytes: number }
	/** Answers well, then closes the connection without having announced it. */
	| { readonly kind: 'close-connection' }
	/** Writes these bytes to the socket in place of an answer, whether they are HTTP or not, and closes it. Gets the body as it would have been. */
	| { readonly kind: 'raw'; readonly bytes: string | Uint8Array | ((body: Buffer) => string | Uint8Array) }

	/** A body of no bytes. */
	| { readonly kind: 'empty' }
	/** JSON that breaks off after so many bytes, in its middle unless told otherwise, in an HTTP answer that is whole. */
	| { readonly kind: 'truncated-json'; readonly bytes?: number }
	/** The page of a proxy. The status stays as it is. */
	| { readonly kind: 'html' }
	/** A byte order mark before the body. */
	| { readonly kind: 'bom' }
	/** The body in UTF-16, little endian, with its byte order mark. */
	| { readonly kind: 'utf16' }
	/** Bytes that are no UTF-8 inside the first text of the body. */
	| { readonly kind: 'invalid-utf8' }
	/** The honest body behind so many megabytes of white space (default 200), compressed to about a thousandth. */
	| { readonly kind: 'gzip-bomb'; readonly megabytes?: number }
	/** The honest body behind so much white space that it has this size: 11 MiB unless told otherwise. */
	| { readonly kind: 'oversize'; readonly bytes?: number }
	/** Every field of the data holds a value of this type, whatever it should be. */
	| { readonly kind: 'wrong-types'; readonly as: 'string' | 'number' | 'boolean' | 'array' | 'object' }
	/** Every field of the data is null. */
	| { readonly kind: 'nulls' }
	/** Every field stands twice, first with another value. */
	| { readonly kind: 'duplicate-names' }
	/** An unknown field of the data holds arrays in arrays, 100,000 deep unless told otherwise. */
	| { readonly kind: 'deep-nesting'; readonly depth?: number }

	/** `links.next` leads to page 1, to the page itself, or always one page further, past the end of the list too. */
	| { readonly kind: 'next-link'; readonly to: 'first' | 'self' | 'further' }
	/** `links.next` is this: another host, another scheme, no address, no text. */
	| { readonly kind: 'next-link-value'; readonly value: unknown }
	/** Page 1 comes whatever page is asked for, and `links.next` leads on. */
	| { readonly kind: 'same-page' }
	/** The list never ends: past its end come rows that are made up, and `links.next` leads on. */
	| { readonly kind: 'endless-pages' }
	/** Before a customer's transactions are answered, so many rows arrive at the front of the list, or, negative, leave it. */
	| { readonly kind: 'shift-pages'; readonly by: number };

export type FaultKind = Fault['kind'];
type Headers = Readonly<Record<string, string>>;

export interface FaultRule {
	/** The whole path as it stands in the request line, without the query (`/v1/customers/customer_123`), or a pattern for path and query. All paths where it is left out. */
	readonly path?: string | RegExp;
	/** All methods where it is left out. */
	readonly method?: string;
	/** Which of the requests that the rule fits, counted from 1: the nth, every nth, the first n, all after the first n. All of them where it is left out. */
	readonly when?: { readonly nth: number } | { readonly every: number } | { readonly first: number } | { readonly after: number };
	/** Applied in this order: what changes the body before what cuts or delays it. */
	readonly faults: readonly Fault[];
}

export interface InstalledRule {
	/** Requests that the rule fitted by path and method. */
	readonly requests: number;
	/** Those that met its faults. */
	readonly hits: number;
	remove(): void;
}

interface Counted {
	readonly rule: FaultRule;
	requests: number;
	hits: number;
}

/** The rules in force. Where several fit a request, their faults meet it in the order in which the rules were added. */
export class FaultRules {
	#rules: Counted[] = [];

	/** Throws a TypeError or RangeError for a fault that could not be carried out. */
	add(rule: FaultRule): InstalledRule {
		for (const fault of rule.faults) {
			assertPossible(fault);
			if (fault.kind === 'hold') {
				// Settled is settled: a promise that fails before the first request must not count as unhandled.
				fault.until.catch(() => {});
			}
		}
		const counted: Counted = { rule, requests: 0, hits: 0 };
		this.#rules.push(counted);
		return {
			get requests() {
				return counted.requests;
			},
			get hits() {
				return counted.hits;
			},
			remove: () => {
				this.#rules = this.#rules.filter((other) => other !== counted);
			},
		};
	}

	clear(): void {
		this.#rules = [];
	}

	/** The faults that a request meets. Counts it. */
	take(method: string, target: string): readonly Fault[] {
		return this.#rules.flatMap((counted) => {
			if (!fits(counted.rule, method, target)) {
				return [];
			}
			counted.requests++;
			if (!isDue(counted.rule.when, counted.requests)) {
				return [];
			}
			counted.hits++;
			return counted.rule.faults;
		});
	}
}

function fits({ path, method }: FaultRule, askedMethod: string, target: string): boolean {
	if (method !== undefined && method !== askedMethod) {
		return false;
	}
	// `search` and not `test`: a pattern with the flag `g` or `y` must not remember where it was.
	return path === undefined || (typeof path === 'string' ? path === target.split('?', 1)[0] : target.search(path) >= 0);
}

function isDue(when: FaultRule['when'], number: number): boolean {
	if (when === undefined) {
		return true;
	}
	if ('nth' in when) {
		return number === when.nth;
	}
	if ('every' in when) {
		return number % when.every === 0;
	}
	return 'first' in when ? number <= when.first : number > when.after;
}

function assertPossible(fault: Fault): void {
	if (fault.kind === 'status' && !(Number.isInteger(fault.status) && fault.status >= 200 && fault.status <= 999)) {
		throw new RangeError('A final status is an integer from 200 to 999');
	}
	const headers = fault.kind === 'redirect' ? { location: fault.location } : 'headers' in fault ? fault.headers : undefined;
	for (const [name, value] of Object.entries(headers ?? {})) {
		validateHeaderName(name);
		if (value !== null) {
			validateHeaderValue(name, value);
		}
	}
}

/** What a fault may want to know of the request. */
export interface FaultScene {
	/** Whole address that was asked for. */
	readonly address: URL;
}

/** The delivery with one fault more. */
export function withFault(delivery: Delivery, fault: Fault, { address }: FaultScene): Delivery {
	switch (fault.kind) {
		case 'status': {
			const headers = lowerCased(fault.headers ?? {});
			const body = Buffer.from(fault.body ?? JSON.stringify({ status: 0, message: usualMessage(fault.status) }));
			return { ...delivery, status: fault.status, headers: { 'content-type': 'application/json', ...headers }, body };
		}
		case 'headers':
			return withHeaders(delivery, fault.headers);
		case 'content-length':
			return withHeaders(delivery, { 'content-length': String(Math.max(delivery.body.length + fault.by, 0)) });
		case 'redirect': {
			const location = fault.location === 'self' ? address.href : fault.location;
			return {
				...delivery,
				status: fault.status ?? 302,
				headers: { 'content-type': 'text/html', location },
				body: Buffer.from('Redirecting'),
			};
		}
		case 'delay-headers':
			return { ...delivery, waits: [...delivery.waits, fault.ms] };
		case 'hold':
			return { ...delivery, waits: [...delivery.waits, fault.until] };
		case 'delay-body':
			return { ...delivery, pauses: [...delivery.pauses, { at: fault.afterBytes ?? delivery.body.length >> 1, ms: fault.ms }] };
		case 'drip':
			return { ...delivery, pauses: [...delivery.pauses, ...dripPauses(delivery.body.length, fault.bytes, fault.ms)] };
		case 'stall':
			return {
				...delivery,
				ending: { how: 'stall', at: fault.afterBytes ?? 0, counted: fault.afterBytes === undefined ? 'answer' : 'body' },
			};
		case 'reset':
			return { ...delivery, ending: { how: 'reset', at: fault.atByte, counted: 'answer' } };
		case 'truncate':
			return { ...delivery, ending: { how: 'close', at: fault.bytes, counted: 'body' } };
		case 'close-connection':
			return { ...delivery, hangUp: true };
		case 'raw':
			return { ...delivery, raw: Buffer.from(typeof fault.bytes === 'function' ? fault.bytes(delivery.body) : fault.bytes) };
		case 'shift-pages':
			// Happens to the list, before it is answered.
			return delivery;
		default:
			return withBodyFault(delivery, fault, address);
	}
}

type BodyFault = Extract<
	Fault,
	{
		kind:
			| 'empty'
			| 'truncated-json'
			| 'html'
			| 'bom'
			| 'utf16'
			| 'invalid-utf8'
			| 'gzip-bomb'
			| 'oversize'
			| 'wrong-types'
			| 'nulls'
			| 'duplicate-names'
			| 'deep-nesting'
			| 'next-link'
			| 'next-link-value'
			| 'same-page'
			| 'endless-pages';
	}
>;

function withBodyFault(delivery: Delivery, fault: BodyFault, address: URL): Delivery {
	const { body } = delivery;
	const text = body.toString();
	switch (fault.kind) {
		case 'empty':
			return { ...delivery, body: Buffer.alloc(0) };
		case 'truncated-json':
			return { ...delivery, body: body.subarray(0, fault.bytes ?? body.length >> 1) };
		case 'html':
			return withHeaders({ ...delivery, body: Buffer.from(proxyPage) }, { 'content-type': 'text/html; charset=utf-8' });
		case 'bom':
			return { ...delivery, body: Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]) };
		case 'utf16':
			return { ...delivery, body: Buffer.from(`\uFEFF${text}`, 'utf16le') };
		case 'invalid-utf8':
			return { ...delivery, body: withInvalidBytes(body) };
		case 'gzip-bomb':
			return withHeaders({ ...delivery, body: bomb(body, fault.megabytes ?? 200) }, { 'content-encoding': 'gzip' });
		case 'oversize':
			return { ...delivery, body: Buffer.concat([Buffer.alloc(Math.max((fault.bytes ?? 11 << 20) - body.length, 0), ' '), body]) };
		case 'wrong-types':
			return { ...delivery, body: Buffer.from(withEveryField(text, wrongValues[fault.as])) };
		case 'nulls':
			return { ...delivery, body: Buffer.from(withEveryField(text, null)) };
		case 'duplicate-names':
			return { ...delivery, body: Buffer.from(withDuplicateNames(text)) };
		case 'deep-nesting':
			return { ...delivery, body: Buffer.from(deeplyNested(text, fault.depth ?? 100_000)) };
		default:
			return { ...delivery, body: Buffer.from(withPageFault(text, fault, address)) };
	}
}

type PageFault = Extract<Fault, { kind: 'next-link' | 'next-link-value' | 'same-page' | 'endless-pages' }>;

/** Rewrites `links.next` of a list. The links of the sandbox carry the page alone, and so do these. */
function withPageFault(text: string, fault: PageFault, address: URL): string {
	const list: unknown = parsed(text);
	if (typeof list !== 'object' || list === null || !('data' in list) || !Array.isArray(list.data)) {
		return text;
	}
	const asked = Number(address.searchParams.get('page') ?? 1);
	const pageAddress = (page: number) => `${address.origin}${address.pathname}?page=${page}`;
	const further = pageAddress(asked + 1);
	const next = {
		'next-link': () => pageAddress('to' in fault ? { first: 1, self: asked, further: asked + 1 }[fault.to] : 1),
		'next-link-value': () => ('value' in fault ? fault.value : null),
		'same-page': () => further,
		'endless-pages': () => further,
	}[fault.kind]();
	const data =
		fault.kind === 'endless-pages' && list.data.length === 0
			? madeUpRows(asked, Number(address.searchParams.get('limit') ?? 15))
			: list.data;
	return JSON.stringify({ ...list, data, links: { first: pageAddress(1), last: null, prev: null, next } });
}

function madeUpRows(page: number, count: number): readonly unknown[] {
	return Array.from({ length: count }, (_, row) => ({
		key: `transaction_endless_${page}_${row}`,
		action: 'sale',
		amount: 1,
		amount_units: 'USD',
		is_currency: true,
	}));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function withHeaders(delivery: Delivery, changes: Readonly<Record<string, string | null>>): Delivery {
	const all = Object.entries({ ...delivery.headers, ...lowerCased(changes) });
	return { ...delivery, headers: Object.fromEntries(all.filter((entry): entry is [string, string] => entry[1] !== null)) };
}

function lowerCased<Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function dripPauses(length: number, bytes: number, ms: number) {
	return Array.from({ length: Math.max(Math.ceil(length / bytes) - 1, 0) }, (_, place) => ({ at: (place + 1) * bytes, ms }));
}

/** A two-byte sequence cut short, a lone continuation byte, and a byte that UTF-8 never has. */
function withInvalidBytes(body: Buffer): Buffer {
	const at = Math.max(body.indexOf('":"') + 3, 0);
	return Buffer.concat([body.subarray(0, at), Buffer.from([0xc3, 0x28, 0x80, 0xff]), body.subarray(at)]);
}

/** A gzip file is a row of members, each of which unpacks by itself: one megabyte, packed once, stands there as often as it is wanted. */
function bomb(body: Buffer, megabytes: number): Buffer {
	const member = gzipSync(Buffer.alloc(1 << 20, ' '));
	return Buffer.concat([...Array<Buffer>(megabytes).fill(member), gzipSync(body)]);
}

const wrongValues = {
	string: 'not what it should be',
	number: 42,
	boolean: true,
	array: [1, 'two', null],
	object: { unexpected: { object: true } },
} as const;

const proxyPage = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><h1>502 Bad Gateway</h1><p>The proxy server received an invalid response from an upstream server.</p></body></html>
`;

function usualMessage(status: number): string {
	const messages: Readonly<Record<number, string>> = {
		401: 'Unauthenticated.',
		403: 'This action is unauthorized.',
		404: 'Not found.',
		429: 'Too Many Attempts.',
		500: 'Server Error',
		503: 'Service Unavailable',
	};
	return messages[status] ?? `Status ${status}`;
}
