// Every status that a server or a proxy may answer with, and what error bodies may hold.
import type { Fault } from '../../../src/sandbox/index.ts';
import { type FaultRow, labKey } from './laboratory.ts';
import {
	alice,
	itSaid,
	keyRejected,
	noPermission,
	notACustomer,
	notUnderstood,
	proxyPassword,
	redirected,
	refused,
	serverFault,
	signIn,
} from './sentences.ts';

/** What the waits of a question are that is asked again without a word of the server, with the middle of the jitter. */
export const backOff = [0.75, 1.5] as const;

const page = '<!DOCTYPE html>\n<html><body><h1>Sign in to the network</h1><script>alert(1)</script></body></html>';

function status(number: number, body?: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): readonly Fault[] {
	return [{ kind: 'status', status: number, headers, ...(body === undefined ? {} : { body }) }];
}

function serverFaults(numbers: readonly number[]): readonly FaultRow[] {
	return numbers.map((number) => ({
		fault: `${number}`,
		faults: status(number, ''),
		kind: 'server-fault',
		sees: serverFault(number),
		sent: 1,
	}));
}

function refusals(numbers: readonly number[]): readonly FaultRow[] {
	return numbers.map((number) => ({
		fault: `${number}`,
		faults: status(number, ''),
		kind: 'refused',
		sees: refused(number),
		sent: 1,
	}));
}

export const statuses: readonly FaultRow[] = [
	...refusals([400, 402, 405, 406, 409, 410, 413, 415, 418, 422, 423, 425, 426, 428, 431, 451, 499]),
	{ fault: '401', faults: status(401), kind: 'key-rejected', sees: keyRejected, sent: 1, afterwards: 'until the key is replaced' },
	{
		fault: '401 with a body that breaks off',
		faults: [...status(401), { kind: 'truncate', bytes: 9 }],
		kind: 'key-rejected',
		sees: keyRejected,
		sent: 1,
		afterwards: 'until the key is replaced',
	},
	{ fault: '403', faults: status(403), kind: 'no-permission', sees: noPermission + itSaid('This action is unauthorized.'), sent: 1 },
	{ fault: '403 with the page of a proxy', faults: status(403, page), kind: 'no-permission', sees: noPermission, sent: 1 },
	{ fault: '404', faults: status(404), sees: notACustomer, sent: 1 },
	{ fault: '404 with an empty body', faults: status(404, ''), sees: notACustomer, sent: 1 },
	{ fault: '404 with the page of a web server', faults: status(404, page), sees: notACustomer, sent: 1 },
	{ fault: '407', faults: status(407), kind: 'refused', sees: proxyPassword, sent: 1 },
	{
		fault: '408',
		faults: status(408),
		kind: 'timed-out',
		sees: 'Partnero did not answer in time. Try again, or raise the setting "partnero.requestTimeoutSeconds".',
		sent: 3,
		waited: backOff,
	},
	{ fault: '408, once', faults: status(408), when: { first: 1 }, sees: alice, sent: 2, waited: [0.75] },
	...serverFaults([500, 501, 505, 507, 508, 510, 520, 521, 522, 523, 524, 525, 526, 530, 599, 600, 999]),
	{ fault: '500 that says what is wrong', faults: status(500), kind: 'server-fault', sees: serverFault(500, 'Server Error'), sent: 1 },
	{ fault: '511', faults: status(511, page), kind: 'server-fault', sees: signIn, sent: 1 },
	...[502, 503, 504].map(
		(number): FaultRow => ({
			fault: `${number}`,
			faults: status(number, ''),
			kind: 'server-fault',
			sees: serverFault(number),
			sent: 3,
			waited: backOff,
		}),
	),
	{
		fault: '502 with the page of a proxy',
		faults: [...status(502), { kind: 'html' }],
		kind: 'server-fault',
		sees: serverFault(502),
		sent: 3,
		waited: backOff,
	},
	{ fault: '502, once', faults: status(502), when: { first: 1 }, sees: alice, sent: 2, waited: [0.75] },
	{ fault: '503, twice', faults: status(503), when: { first: 2 }, sees: alice, sent: 3, waited: backOff },
	...[300, 301, 302, 303, 305, 306, 307, 308].map(
		(number): FaultRow => ({
			fault: `${number}`,
			faults: status(number, ''),
			kind: 'redirected',
			sees: redirected(number),
			sent: 1,
		}),
	),
	{ fault: '304', faults: status(304, ''), kind: 'redirected', sees: redirected(304), sent: 1 },
	...[201, 202, 203, 206, 226, 299].map(
		(number): FaultRow => ({
			fault: `${number} with the customer`,
			faults: status(number, '{"data":{"key":"customer_123","name":"Alice","surname":"Brown"}}'),
			sees: alice,
			sent: 1,
		}),
	),
	...[204, 205].map(
		(number): FaultRow => ({ fault: `${number}`, faults: status(number, ''), kind: 'not-understood', sees: notUnderstood, sent: 1 }),
	),
];

/** Bodies of a 422, which is the one that Partnero documents. */
function saying(fault: string, body: string | Uint8Array, said: string): FaultRow {
	return { fault, faults: status(422, body), kind: 'refused', sees: refused(422, said), sent: 1 };
}

export const errorBodies: readonly FaultRow[] = [
	saying(
		'the documented map of errors',
		'{"status":0,"errors":{"website":["The website format is invalid."]}}',
		'The website format is invalid.',
	),
	saying('a list of errors', '{"errors":["The first.","The second."]}', 'The first.'),
	saying('a message', '{"message":"The key is too short."}', 'The key is too short.'),
	saying(
		'a message over several lines, with control and bidirectional characters',
		JSON.stringify({ message: 'one\r\ntwo\u202e\u0007\u001b[31m three' }),
		'one two [31m three',
	),
	saying(
		'a message that would be a link and an icon',
		'{"message":"[click](command:x) $(alert)"}',
		'[click]\u200b(command:x) $\u200b(alert)',
	),
	saying(
		'a message with the API key',
		JSON.stringify({ message: `The key ${labKey} is unknown.` }),
		'The key [API key removed] is unknown.',
	),
	saying(
		'a message with half of the API key in base64',
		JSON.stringify({ message: `Basic ${Buffer.from(labKey).toString('base64').slice(0, 16)}` }),
		'Basic [API key removed]',
	),
	saying('a message with a token of somebody else', '{"message":"Bearer abcdef.ghi-1 has expired"}', '[API key removed] has expired'),
	saying('a message of 5,000 characters', JSON.stringify({ message: 'x'.repeat(5000) }), 'x'.repeat(300)),
	saying('a message that is an object', '{"message":{"text":"hidden"}}', ''),
	saying('a message that is null', '{"message":null,"errors":null}', ''),
	saying('an empty body', '', ''),
	saying('a JSON that breaks off', '{"message":"The key', ''),
	saying('the page of a proxy', page, ''),
	saying('a list', '["The key is too short."]', ''),
	saying('a number', '42', ''),
	saying('bytes that are no UTF-8', Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d), ''),
	saying('UTF-16', Buffer.from('\ufeff{"message":"hidden"}', 'utf16le'), ''),
	saying('100,000 arrays in arrays', `{"errors":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, ''),
	saying('11 MB', ' '.repeat(11 << 20), ''),
	{
		fault: 'a body that cannot be unpacked',
		faults: [...status(422, 'not gzip', { 'content-encoding': 'gzip' })],
		kind: 'refused',
		sees: refused(422),
		sent: 1,
	},
	{
		fault: 'the documented error under 200',
		faults: status(200, '{"status":0,"message":"No such program."}'),
		kind: 'refused',
		sees: refused(200, 'No such program.'),
		sent: 1,
	},
];
