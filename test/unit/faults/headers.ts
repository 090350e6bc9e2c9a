// What the head of an answer may say, and heads that are none.
import type { Fault } from '../../../src/sandbox/index.ts';
import type { FaultRow } from './laboratory.ts';
import { alice, notUnderstood, redirected, serverFault, slowDown, slowDownFor, timedOut, unreachable } from './sentences.ts';
import { backOff } from './statuses.ts';

function limited(headers: Readonly<Record<string, string>>): readonly Fault[] {
	return [{ kind: 'status', status: 429, headers }];
}

const day = 'Thu, 01 Jan 2026 00:00:00 GMT';
const inTenSeconds = { date: day, 'retry-after': 'Thu, 01 Jan 2026 00:00:10 GMT' };

/** Seconds that each of the two pauses lasts, and what the user reads in the end. */
function pauses(fault: string, headers: Readonly<Record<string, string>>, seconds: number, sees: string): FaultRow {
	return {
		fault: `429, ${fault}`,
		faults: limited(headers),
		kind: 'rate-limited',
		sees,
		sent: 3,
		waited: [seconds, seconds, seconds],
	};
}

export const waits: readonly FaultRow[] = [
	{ fault: '429, once, `Retry-After: 2`', faults: limited({ 'retry-after': '2' }), when: { first: 1 }, sees: alice, sent: 2, waited: [2] },
	{ fault: '429, once, without a wait', faults: limited({}), when: { first: 1 }, sees: alice, sent: 2, waited: [0.75] },
	{ fault: '429, once, `Retry-After` as a date', faults: limited(inTenSeconds), when: { first: 1 }, sees: alice, sent: 2, waited: [10] },
	{
		fault: '429, once, `Retry-After` as a date that is over',
		faults: limited({ 'retry-after': 'Thu, 01 Jan 2015 00:00:00 GMT' }),
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [0.75],
	},
	{
		fault: '429, once, `Retry-After: -5`',
		faults: limited({ 'retry-after': '-5' }),
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [0.75],
	},
	{
		fault: '429, once, `Retry-After: soon`',
		faults: limited({ 'retry-after': 'soon' }),
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [0.75],
	},
	{
		fault: '429, once, `Retry-After: 1.5`',
		faults: limited({ 'retry-after': '1.5' }),
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [1.5],
	},
	{
		fault: '429, once, `X-RateLimit-Reset: 7`',
		faults: limited({ 'x-ratelimit-reset': '7' }),
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [7],
	},
	{
		fault: '429, once, `X-RateLimit-Reset` as a Unix time',
		faults: limited({ date: day, 'x-ratelimit-reset': String(Date.parse(day) / 1000 + 20) }),
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [20],
	},
	pauses('`Retry-After: 30`', { 'retry-after': '30' }, 30, slowDownFor('30 s')),
	{
		fault: '429, `Retry-After: 60`',
		faults: limited({ 'retry-after': '60' }),
		kind: 'rate-limited',
		sees: slowDownFor('60 s'),
		sent: 3,
		waited: [60, 60, 60],
	},
	{
		fault: '429, `Retry-After: 3600`',
		faults: limited({ 'retry-after': '3600' }),
		kind: 'rate-limited',
		sees: slowDownFor('60 min'),
		sent: 1,
		waited: [60],
	},
	{
		fault: '429, `Retry-After: 99999999999`',
		faults: limited({ 'retry-after': '99999999999' }),
		kind: 'rate-limited',
		sees: slowDownFor('24 h'),
		sent: 1,
		waited: [60],
	},
	{ fault: '429, without a wait', faults: limited({}), kind: 'rate-limited', sees: slowDown, sent: 3, waited: [...backOff, 3] },
	{
		fault: '503, once, `Retry-After: 17`',
		faults: [{ kind: 'status', status: 503, headers: { 'retry-after': '17' } }],
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [17],
	},
	{
		fault: '503, `Retry-After: 3600`',
		faults: [{ kind: 'status', status: 503, body: '', headers: { 'retry-after': '3600' } }],
		kind: 'server-fault',
		sees: serverFault(503),
		sent: 1,
	},
];

function redirect(location: string, words: string, status: 301 | 302 | 303 | 307 | 308 = 302): FaultRow {
	return {
		fault: `${status} to ${words}`,
		faults: [{ kind: 'redirect', location, status }],
		kind: 'redirected',
		sees: redirected(status),
		sent: 1,
	};
}

function raw(fault: string, bytes: Extract<Fault, { kind: 'raw' }>['bytes'], outcome: Omit<FaultRow, 'fault' | 'faults'>): FaultRow {
	return { fault, faults: [{ kind: 'raw', bytes }], ...outcome };
}

const noHttp = { kind: 'not-understood', sees: notUnderstood, sent: 1 } as const;
const cutOff = { kind: 'unreachable', sees: unreachable('ECONNRESET'), sent: 3, waited: backOff } as const;
const answered = { sees: alice, sent: 1 } as const;
const ok = 'HTTP/1.1 200 OK\r\n';

function chunked(body: Buffer, end = '0\r\n\r\n'): string {
	return `${ok}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body.toString('latin1')}\r\n${end}`;
}

function plain(body: Buffer, head = ok): string {
	return `${head}content-length: ${body.length}\r\n\r\n${body.toString('latin1')}`;
}

export const heads: readonly FaultRow[] = [
	redirect('self', 'itself'),
	redirect('https://evil.example/v1/customers/customer_123', 'another origin', 301),
	redirect('http://api.partnero.com/v1', 'plain http', 307),
	redirect('/login', 'a login page', 303),
	redirect('javascript:alert(1)', 'a script', 308),
	{ fault: 'content-type text/html on the customer', faults: [{ kind: 'headers', headers: { 'content-type': 'text/html' } }], ...answered },
	{ fault: 'no content-type', faults: [{ kind: 'headers', headers: { 'content-type': null } }], ...answered },
	{
		fault: 'content-length longer than the body',
		faults: [{ kind: 'content-length', by: 10 }],
		kind: 'timed-out',
		sees: timedOut,
		sent: 2,
		waited: [0.75],
		timeout: 600,
	},
	{ fault: 'content-length shorter than the body', faults: [{ kind: 'content-length', by: -20 }], ...noHttp },
	{
		fault: 'a content-encoding that nobody knows',
		faults: [{ kind: 'headers', headers: { 'content-encoding': 'x-unknown' } }],
		...answered,
	},
	{ fault: 'a cookie', faults: [{ kind: 'headers', headers: { 'set-cookie': 'a=b; Secure' } }], ...answered },
	raw('the banner of an SSH server', 'SSH-2.0-OpenSSH_9.7\r\n', noHttp),
	raw('an answer of HTTP/0.9', '{"data":{"key":"customer_123"}}', noHttp),
	raw('an answer of HTTP/2', Uint8Array.of(0, 0, 0, 4, 0, 0, 0, 0, 0), noHttp),
	raw('no bytes and the end', '', cutOff),
	raw('a status that is no number', 'HTTP/1.1 OK 200\r\n\r\n', noHttp),
	raw('a status without a reason', (body) => plain(body, 'HTTP/1.1 200\r\n'), answered),
	raw('the API key for a reason', 'HTTP/1.1 500 lab-key/0123456789+abcdef\r\ncontent-length: 0\r\n\r\n', {
		kind: 'server-fault',
		sees: serverFault(500),
		sent: 1,
	}),
	raw('a head of 100 kB', `${ok}x-long: ${'x'.repeat(100_000)}\r\n\r\n{}`, noHttp),
	raw('a zero byte in a header', `${ok}x-zero: a\0b\r\n\r\n{}`, noHttp),
	raw('two content-lengths', `${ok}content-length: 5\r\ncontent-length: 2\r\n\r\n{}`, noHttp),
	raw('content-length and chunks together', `${ok}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`, noHttp),
	raw('early hints before the answer', (body) => `HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${plain(body)}`, answered),
	raw('"100 Continue" ten times before the answer', (body) => `${'HTTP/1.1 100 Continue\r\n\r\n'.repeat(10)}${plain(body)}`, answered),
	raw('101, another protocol', 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n', {
		kind: 'timed-out',
		sees: timedOut,
		sent: 2,
		waited: [0.75],
		timeout: 600,
	}),
	raw('chunks', (body) => chunked(body), answered),
	raw('chunks with a trailer that holds more headers', (body) => chunked(body, '0\r\nretry-after: 60\r\n\r\n'), answered),
	raw('chunks without their end', (body) => chunked(body, ''), cutOff),
	raw('a chunk whose size is no number', `${ok}transfer-encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n`, noHttp),
	raw('a body whose end is the end of the connection', (body) => `${ok}\r\n${body.toString('latin1')}`, answered),
	raw(
		'a second answer behind the first',
		(body) => plain(body) + plain(Buffer.from('{"data":{"key":"customer_123","name":"Eve"}}')),
		answered,
	),
];
