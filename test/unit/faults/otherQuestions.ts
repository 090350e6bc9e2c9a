// What the other questions make of faults: the list of customers, the search by e-mail address, and the check of an API key.
import type { Fault } from '../../../src/sandbox/index.ts';
import type { FaultRow } from './laboratory.ts';
import {
	itSaid,
	keyRejected,
	noPermission,
	nothingHere,
	notUnderstood,
	serverFault,
	slowDownFor,
	timedOut,
	unreachable,
} from './sentences.ts';
import { backOff } from './statuses.ts';

function status(number: number, body?: string, headers: Readonly<Record<string, string>> = {}): readonly Fault[] {
	return [{ kind: 'status', status: number, headers, ...(body === undefined ? {} : { body }) }];
}

export const customerLists: readonly FaultRow[] = [
	{ fault: '404', faults: status(404), kind: 'not-found', sees: nothingHere, sent: 1 },
	{ fault: '500', faults: status(500, ''), kind: 'server-fault', sees: serverFault(500), sent: 1 },
	{ fault: 'no list', faults: status(200, '{"data":{}}'), kind: 'not-understood', sees: notUnderstood, sent: 1 },
	{
		fault: 'customers without a key',
		faults: status(200, '{"data":[{"name":"Alice"},{"key":null},{"key":"a"}]}'),
		sees: 'customers: 1',
		sent: 1,
	},
	{ fault: 'a reset, once', faults: [{ kind: 'reset', atByte: 0 }], when: { first: 1 }, sees: 'customers: 67', sent: 2, waited: [0.75] },
];

export const searches: readonly FaultRow[] = [
	{ fault: '404', faults: status(404), sees: 'found: nobody', sent: 1 },
	{
		fault: 'everybody, whatever is asked for',
		faults: status(
			200,
			'{"data":[{"key":"a","name":"Eve","email":"eve@example.com"},{"key":"b","name":"Al","email":"Alice.Brown@partnero.com"},{"key":"c"}]}',
		),
		sees: 'found: Al',
		sent: 1,
	},
	{
		fault: 'one customer in place of a list',
		faults: status(200, '{"data":{"key":"b","name":"Al","email":"alice.brown@partnero.com"}}'),
		sees: 'found: Al',
		sent: 1,
	},
	{ fault: 'a text in place of a list', faults: status(200, '{"data":"nobody"}'), kind: 'not-understood', sees: notUnderstood, sent: 1 },
	{ fault: 'silence', faults: [{ kind: 'stall' }], kind: 'timed-out', sees: timedOut, sent: 2, waited: [0.75], timeout: 600 },
];

export const checks: readonly FaultRow[] = [
	{ fault: '401', faults: status(401), kind: 'key-rejected', sees: keyRejected, sent: 1, afterwards: 'until the key is replaced' },
	{ fault: '403', faults: status(403), kind: 'no-permission', sees: noPermission + itSaid('This action is unauthorized.'), sent: 1 },
	{ fault: '404 for the check itself', faults: status(404), when: { first: 1 }, sees: 'the key is accepted, of ACME', sent: 3 },
	{ fault: "a proxy's page for everything", faults: [{ kind: 'html' }], kind: 'not-understood', sees: notUnderstood, sent: 2 },
	{ fault: '500 for the program', faults: status(500), when: { nth: 2 }, sees: 'the key is accepted', sent: 2 },
	{
		fault: '429, `Retry-After: 600`',
		faults: status(429, undefined, { 'retry-after': '600' }),
		kind: 'rate-limited',
		sees: slowDownFor('10 min'),
		sent: 1,
		waited: [60],
	},
	{
		fault: 'a reset',
		faults: [{ kind: 'reset', atByte: 0 }],
		kind: 'unreachable',
		sees: unreachable('ECONNRESET'),
		sent: 3,
		waited: backOff,
	},
];
