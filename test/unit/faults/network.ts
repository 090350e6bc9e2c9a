// What the way to Partnero may do to a question.
import { createServer } from 'node:net';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { selfSigned } from '../sandbox/selfSigned.ts';
import type { FaultRow } from './laboratory.ts';
import { alice, timedOut, unreachable, untrusted } from './sentences.ts';
import { backOff } from './statuses.ts';

const cutOff = { kind: 'unreachable', sees: unreachable('ECONNRESET'), sent: 3, waited: backOff } as const;
const silent = { kind: 'timed-out', sees: timedOut, sent: 2, waited: [0.75], timeout: 600 } as const;

/** An address where nobody listens. */
async function closedPort(): Promise<string> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' ? address?.port : 0;
	await new Promise((resolve) => server.close(resolve));
	return `http://127.0.0.1:${port}/v1`;
}

export const network: readonly FaultRow[] = [
	{
		fault: 'nobody listens',
		faults: [],
		baseUrl: closedPort,
		kind: 'unreachable',
		sees: unreachable('ECONNREFUSED'),
		sent: 0,
		waited: backOff,
	},
	{
		fault: 'a certificate that is not trusted',
		faults: [],
		baseUrl: async () => {
			const server = await startSandbox({ tls: selfSigned });
			after(() => server.close());
			return server.baseUrl;
		},
		kind: 'unreachable',
		sees: untrusted('DEPTH_ZERO_SELF_SIGNED_CERT'),
		sent: 0,
	},
	{
		fault: 'plain http where https was expected',
		faults: [],
		baseUrl: ({ baseUrl }) => baseUrl.replace('http:', 'https:'),
		kind: 'unreachable',
		sees: unreachable('EPROTO'),
		sent: 0,
	},
	{ fault: 'a reset before the answer', faults: [{ kind: 'reset', atByte: 0 }], ...cutOff },
	{ fault: 'a reset in the status line', faults: [{ kind: 'reset', atByte: 9 }], ...cutOff },
	{ fault: 'a reset in the headers', faults: [{ kind: 'reset', atByte: 40 }], ...cutOff },
	{ fault: 'a reset in the body', faults: [{ kind: 'reset', atByte: 300 }], ...cutOff },
	{
		fault: 'a reset before the answer, once',
		faults: [{ kind: 'reset', atByte: 0 }],
		when: { first: 1 },
		sees: alice,
		sent: 2,
		waited: [0.75],
	},
	{
		fault: 'a reset in the body, twice',
		faults: [{ kind: 'reset', atByte: 300 }],
		when: { first: 2 },
		sees: alice,
		sent: 3,
		waited: backOff,
	},
	{ fault: 'the end of the connection in the body', faults: [{ kind: 'truncate', bytes: 40 }], ...cutOff },
	{ fault: 'the end of the connection before the body', faults: [{ kind: 'truncate', bytes: 0 }], ...cutOff },
	{ fault: 'silence before the answer', faults: [{ kind: 'stall' }], ...silent },
	{ fault: 'silence in the body', faults: [{ kind: 'stall', afterBytes: 40 }], ...silent },
	{ fault: 'silence after the headers', faults: [{ kind: 'stall', afterBytes: 0 }], ...silent },
	{ fault: 'a byte from time to time', faults: [{ kind: 'drip', bytes: 1, ms: 40 }], ...silent },
	{ fault: 'an answer that comes too late', faults: [{ kind: 'delay-headers', ms: 4000 }], ...silent },
	{ fault: 'a rest of the body that comes too late', faults: [{ kind: 'delay-body', ms: 4000 }], ...silent },
	{ fault: 'silence, once', faults: [{ kind: 'stall' }], when: { first: 1 }, sees: alice, sent: 2, waited: [0.75], timeout: 1500 },
	{ fault: 'an answer that is slow, but in time', faults: [{ kind: 'delay-headers', ms: 30 }], sees: alice, sent: 1 },
	{ fault: 'a body that is slow, but in time', faults: [{ kind: 'drip', bytes: 100, ms: 5 }], sees: alice, sent: 1 },
	{
		fault: 'kept connections that were closed meanwhile',
		faults: [],
		before: (sandbox) => sandbox.closeConnections(),
		sees: alice,
		sent: 1,
	},
	{ fault: 'a connection that is closed after each answer, unannounced', faults: [{ kind: 'close-connection' }], sees: alice, sent: 1 },
];
