// What may become of a list while it is read page by page: the documented customer has 130 transactions on two pages, the other one 250 on three.
import { type Fault, sampleKeys } from '../../../src/sandbox/index.ts';
import type { FaultRow } from './laboratory.ts';
import {
	keyRejected,
	notACustomer,
	notUnderstood,
	pageLoop,
	serverFault,
	slowDownFor,
	timedOut,
	tooLarge,
	unreachable,
} from './sentences.ts';
import { backOff } from './statuses.ts';

const all = { sees: 'all 130 transactions', sent: 2 } as const;

function half(sentence: string): string {
	return `100 transactions, and: ${sentence}`;
}

/** A fault of the second page alone. */
function onSecondPage(fault: string, faults: readonly Fault[], outcome: Omit<FaultRow, 'fault' | 'faults' | 'when'>): FaultRow {
	return { fault: `page 2: ${fault}`, faults, when: { after: 1 }, ...outcome };
}

function nextLink(fault: string, value: unknown, outcome: Omit<FaultRow, 'fault' | 'faults'>): FaultRow {
	return { fault: `\`links.next\` ${fault}`, faults: [{ kind: 'next-link-value', value }], ...outcome };
}

function rows(body: unknown): readonly Fault[] {
	return [{ kind: 'status', status: 200, body: JSON.stringify(body) }];
}

const loops = { kind: 'not-understood', sees: half(pageLoop) } as const;

export const lists: readonly FaultRow[] = [
	{ fault: '`links.next` to page 1', faults: [{ kind: 'next-link', to: 'first' }], sees: 'all 130 transactions', sent: 3 },
	{ fault: '`links.next` to the page itself', faults: [{ kind: 'next-link', to: 'self' }], sees: 'all 130 transactions', sent: 3 },
	{ fault: '`links.next` past the end', faults: [{ kind: 'next-link', to: 'further' }], sees: 'all 130 transactions', sent: 3 },
	nextLink('on another host', 'https://evil.example/v1/customers/customer_123/transactions?page=2', {
		sees: 'all 130 transactions',
		sent: 3,
	}),
	nextLink('by plain http', 'http://api.partnero.com/v1/customers?page=2', { sees: 'all 130 transactions', sent: 3 }),
	nextLink('that is no address', 'ht!tp://%%', { sees: 'all 130 transactions', sent: 3 }),
	nextLink('that is a number', 2, { sees: 'all 130 transactions', sent: 2 }),
	nextLink('that is empty', '', { sees: 'all 130 transactions', sent: 2 }),
	nextLink('with the API key for a cursor', '?cursor=lab-key%2F0123456789%2Babcdef', {
		kind: 'not-understood',
		sees: half(notUnderstood),
		sent: 1,
		afterwards: 'until the list is refreshed',
	}),
	{ fault: 'page 1 under every number', faults: [{ kind: 'same-page' }], ...loops, sent: 3 },
	{ fault: 'pages without end', faults: [{ kind: 'endless-pages' }], pages: 6, sees: '530 transactions, with more to load', sent: 6 },
	{
		fault: '3 rows arrive between the pages',
		faults: [{ kind: 'shift-pages', by: 3 }],
		when: { nth: 2 },
		key: sampleKeys.fullPage,
		sees: 'all 250 transactions',
		sent: 4,
	},
	onSecondPage('500', [{ kind: 'status', status: 500 }], { kind: 'server-fault', sees: half(serverFault(500, 'Server Error')), sent: 2 }),
	onSecondPage('502', [{ kind: 'status', status: 502, body: '' }], {
		kind: 'server-fault',
		sees: half(serverFault(502)),
		sent: 4,
		waited: backOff,
	}),
	{
		fault: 'page 2: 502, once',
		faults: [{ kind: 'status', status: 502 }],
		when: { nth: 2 },
		sees: 'all 130 transactions',
		sent: 3,
		waited: [0.75],
	},
	onSecondPage('401', [{ kind: 'status', status: 401 }], {
		kind: 'key-rejected',
		sees: half(keyRejected),
		sent: 2,
		afterwards: 'until the key is replaced',
	}),
	onSecondPage('404', [{ kind: 'status', status: 404 }], { kind: 'not-found', sees: half(notACustomer), sent: 2 }),
	onSecondPage('429, `Retry-After: 3600`', [{ kind: 'status', status: 429, headers: { 'retry-after': '3600' } }], {
		kind: 'rate-limited',
		sees: half(slowDownFor('60 min')),
		sent: 2,
		waited: [60],
	}),
	onSecondPage('a reset in the body', [{ kind: 'reset', atByte: 3000 }], {
		kind: 'unreachable',
		sees: half(unreachable('ECONNRESET')),
		sent: 4,
		waited: backOff,
	}),
	onSecondPage('silence', [{ kind: 'stall' }], { kind: 'timed-out', sees: half(timedOut), sent: 3, waited: [0.75], timeout: 600 }),
	onSecondPage("a proxy's page", [{ kind: 'html' }], { kind: 'not-understood', sees: half(notUnderstood), sent: 2 }),
	onSecondPage('JSON that breaks off', [{ kind: 'truncated-json' }], { kind: 'not-understood', sees: half(notUnderstood), sent: 2 }),
	onSecondPage('11 MB', [{ kind: 'oversize' }], { kind: 'too-large', sees: half(tooLarge), sent: 2 }),
	onSecondPage('no list', rows({ data: { key: 'a' } }), { kind: 'not-understood', sees: half(notUnderstood), sent: 2 }),
	onSecondPage('no rows, although a next page is named', rows({ data: [], links: { next: '?page=3' } }), {
		sees: 'all 100 transactions',
		sent: 2,
	}),
	{ fault: '404', faults: [{ kind: 'status', status: 404 }], kind: 'not-found', sees: notACustomer, sent: 1 },
	{ fault: 'a list in place of the envelope', faults: rows([{ key: 'a' }, { key: 'b' }]), sees: 'all 2 transactions', sent: 1 },
	{
		fault: 'rows that are no objects',
		faults: rows({ data: [null, 1, 'text', [], { key: 'a' }] }),
		sees: 'all 1 transactions, 4 unreadable',
		sent: 1,
	},
	{
		fault: 'rows that are all the same',
		faults: rows({ data: Array(20).fill({ key: 'a', amount: 1 }) }),
		sees: 'all 20 transactions',
		sent: 1,
	},
	{ fault: 'null in every field of every row', faults: [{ kind: 'nulls' }], sees: 'all 130 transactions', sent: 3 },
	{
		fault: 'an object in every field of every row',
		faults: [{ kind: 'wrong-types', as: 'object' }],
		sees: 'all 130 transactions',
		sent: 3,
	},
	{ fault: 'every field of every row twice', faults: [{ kind: 'duplicate-names' }], ...all },
	{ fault: '`data` is null', faults: rows({ data: null, status: 1 }), kind: 'not-understood', sees: notUnderstood, sent: 1 },
	{ fault: '60,000 rows on one page', faults: rows({ data: Array(60_000).fill(1) }), kind: 'too-large', sees: tooLarge, sent: 1 },
];
