// Whatever a server, a proxy or a network answers ends in the customer or in one clear error with its facts.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { PartneroErrorKind } from '../../../src/partnero/errors.ts';
import { createPartneroClient, type PartneroClientOptions } from '../../../src/partnero/index.ts';
import { type Fault, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { all, FastClock, failureOf, startRawServer, useLab } from './lab.ts';

const key = sampleKeys.documented;

interface Ending {
	readonly kind: PartneroErrorKind;
	readonly status?: number;
	readonly code?: string;
	readonly retryAfter?: number;
	readonly said?: string;
	/** Requests it took: 1 unless told otherwise. */
	readonly requests?: number;
}

function status(number: number, body?: string | Uint8Array, headers?: Readonly<Record<string, string>>): Fault {
	return { kind: 'status', status: number, ...(body === undefined ? {} : { body }), ...(headers === undefined ? {} : { headers }) };
}

const html = '<!DOCTYPE html><html><body><h1>Bad Gateway</h1></body></html>';
const validation = '{ "status": 0, "errors": { "website": ["The website format is invalid."] } }';
/** Far beyond the limit, so that the test cannot pass by reading it. */
const eleven = 11 << 20;

const endings: readonly (readonly [string, readonly Fault[], Ending])[] = [
	['401', [status(401)], { kind: 'key-rejected', status: 401, said: 'Unauthenticated.' }],
	['403', [status(403)], { kind: 'no-permission', status: 403, said: 'This action is unauthorized.' }],
	['404', [status(404)], { kind: 'not-found', status: 404, said: 'Not found.' }],
	['404 with a page of HTML', [status(404, html)], { kind: 'not-found', status: 404 }],
	['405', [status(405)], { kind: 'refused', status: 405, said: 'Status 405' }],
	['400 without a body', [status(400, '')], { kind: 'refused', status: 400 }],
	['408', [status(408)], { kind: 'timed-out', status: 408, said: 'Status 408', requests: 3 }],
	['409', [status(409, '{"message":null,"errors":"Conflict"}')], { kind: 'refused', status: 409, said: 'Conflict' }],
	['422 in the documented shape', [status(422, validation)], { kind: 'refused', status: 422, said: 'The website format is invalid.' }],
	['422 with a list', [status(422, '{"errors":["First.","Second."]}')], { kind: 'refused', status: 422, said: 'First.' }],
	['422 with a message and errors', [status(422, '{"message":"All.","errors":["One."]}')], { kind: 'refused', status: 422, said: 'All.' }],
	['422 with odd errors', [status(422, '{"message":7,"errors":{"a":[null,{"b":{"c":"too deep"}}]}}')], { kind: 'refused', status: 422 }],
	['422 whose body breaks off', [status(422, '{"message":"Half')], { kind: 'refused', status: 422 }],
	['429', [status(429)], { kind: 'rate-limited', status: 429, said: 'Too Many Attempts.', requests: 3 }],
	['500', [status(500)], { kind: 'server-fault', status: 500, said: 'Server Error' }],
	['501', [status(501)], { kind: 'server-fault', status: 501, said: 'Status 501' }],
	['502 with a page of HTML', [status(502, html, { 'content-type': 'text/html' })], { kind: 'server-fault', status: 502, requests: 3 }],
	['503', [status(503)], { kind: 'server-fault', status: 503, said: 'Service Unavailable', requests: 3 }],
	['504', [status(504)], { kind: 'server-fault', status: 504, said: 'Status 504', requests: 3 }],
	['522', [status(522)], { kind: 'server-fault', status: 522, said: 'Status 522' }],
	['999', [status(999)], { kind: 'server-fault', status: 999, said: 'Status 999' }],
	['304', [status(304)], { kind: 'redirected', status: 304 }],
	['a redirect to itself', [{ kind: 'redirect', location: 'self' }], { kind: 'redirected', status: 302 }],
	['a redirect to another host', [{ kind: 'redirect', location: 'https://evil.example/' }], { kind: 'redirected', status: 302 }],
	['a redirect to http', [{ kind: 'redirect', location: 'http://api.partnero.com/v1', status: 301 }], { kind: 'redirected', status: 301 }],
	['a redirect by 307', [{ kind: 'redirect', location: '/v2', status: 307 }], { kind: 'redirected', status: 307 }],
	['a redirect by 308', [{ kind: 'redirect', location: '//evil.example', status: 308 }], { kind: 'redirected', status: 308 }],
	['the page of a proxy with 200', [{ kind: 'html' }], { kind: 'not-understood', status: 200 }],
	['nothing with 200', [{ kind: 'empty' }], { kind: 'not-understood', status: 200 }],
	['204', [status(204)], { kind: 'not-understood', status: 204 }],
	['JSON that breaks off', [{ kind: 'truncated-json' }], { kind: 'not-understood', status: 200 }],
	['UTF-16', [{ kind: 'utf16' }], { kind: 'not-understood', status: 200 }],
	['bytes that are no UTF-8', [{ kind: 'invalid-utf8' }], { kind: 'not-understood', status: 200 }],
	['100,000 arrays in each other', [{ kind: 'deep-nesting' }], { kind: 'not-understood', status: 200 }],
	['a list', [status(200, '{"data":[]}')], { kind: 'not-understood' }],
	['a text', [status(200, '"customer"')], { kind: 'not-understood' }],
	['null', [status(200, 'null')], { kind: 'not-understood' }],
	['no data', [status(200, '{"status":1}')], { kind: 'not-understood' }],
	[
		'the documented error body with 200',
		[status(200, validation)],
		{ kind: 'refused', status: 200, said: 'The website format is invalid.' },
	],
	[
		'a body that is not the gzip it claims to be',
		[{ kind: 'headers', headers: { 'content-encoding': 'gzip' } }],
		{ kind: 'not-understood', code: 'Z_DATA_ERROR' },
	],
	[
		'a body that is not the brotli it claims to be',
		[{ kind: 'headers', headers: { 'content-encoding': 'br' } }],
		{ kind: 'not-understood', code: 'ERR__ERROR_FORMAT_PADDING_2' },
	],
	[
		'gzip that breaks off',
		[status(200, gzipSync('{"data":{"key":"a"}}').subarray(0, 25), { 'content-encoding': 'gzip' })],
		{ kind: 'not-understood', code: 'Z_BUF_ERROR' },
	],
	[
		'an unknown compression',
		[{ kind: 'headers', headers: { 'content-encoding': 'unknown' } }, status(200, '\u0001\u0002')],
		{ kind: 'not-understood', status: 200 },
	],
	['a gzip bomb', [{ kind: 'gzip-bomb' }], { kind: 'too-large' }],
	['11 MB', [{ kind: 'oversize' }], { kind: 'too-large' }],
	[
		'11 MB and no end',
		[
			{ kind: 'oversize', bytes: eleven * 2 },
			{ kind: 'stall', afterBytes: eleven },
		],
		{ kind: 'too-large' },
	],
	['401 with 11 MB', [status(401, ' '.repeat(eleven))], { kind: 'key-rejected', status: 401 }],
	['401 whose body breaks off', [status(401), { kind: 'truncate', bytes: 9 }], { kind: 'key-rejected', status: 401 }],
	['404 whose body cannot be unpacked', [status(404, 'x', { 'content-encoding': 'gzip' })], { kind: 'not-found', status: 404 }],
	['fewer bytes than it announces', [{ kind: 'truncate', bytes: 30 }], { kind: 'unreachable', code: 'ECONNRESET', requests: 3 }],
	['more bytes than it announces', [{ kind: 'content-length', by: -10 }], { kind: 'not-understood', code: 'HPE_INVALID_CONSTANT' }],
	['a reset before the first byte', [{ kind: 'reset', atByte: 0 }], { kind: 'unreachable', code: 'ECONNRESET', requests: 3 }],
	['a reset in the status line', [{ kind: 'reset', atByte: 7 }], { kind: 'unreachable', code: 'ECONNRESET', requests: 3 }],
	['a reset in the headers', [{ kind: 'reset', atByte: 60 }], { kind: 'unreachable', code: 'ECONNRESET', requests: 3 }],
];

describe('An answer that is', () => {
	const lab = useLab();
	for (const [name, faults, expected] of endings) {
		it(`${name} ends as ${expected.kind}`, async () => {
			lab.sandbox.faults.add({ faults });
			const error = await failureOf(lab.client().getCustomer(key));
			const { requests = 1, said, ...facts } = expected;
			const found = {
				kind: error.kind,
				status: error.status,
				code: error.code,
				retryAfter: error.retryAfter,
				serverMessage: error.serverMessage,
			};
			assert.deepEqual(JSON.parse(JSON.stringify(found)), { ...facts, ...(said === undefined ? {} : { serverMessage: said }) });
			assert.equal(lab.sandbox.requests.count, requests);
		});
	}

	const good: readonly (readonly [string, readonly Fault[]])[] = [
		['behind a byte order mark', [{ kind: 'bom' }]],
		['of the wrong content type', [{ kind: 'headers', headers: { 'content-type': 'image/png' } }]],
		['without a content type', [{ kind: 'headers', headers: { 'content-type': null } }]],
		['with status 201', [status(201, '{"data":{"key":"customer_123","name":"Alice"}}')]],
		['with every field twice', [{ kind: 'duplicate-names' }]],
		['with 400 arrays in each other', [{ kind: 'deep-nesting', depth: 400 }]],
		['of 9 MB', [{ kind: 'oversize', bytes: 9 << 20 }]],
		['in gzip', [status(200, gzipSync('{"data":{"key":"customer_123","name":"Alice"}}'), { 'content-encoding': 'GZIP' })]],
		['a byte at a time', [{ kind: 'drip', bytes: 100, ms: 1 }]],
	];
	for (const [name, faults] of good) {
		it(`a customer ${name} is read`, async () => {
			lab.sandbox.faults.add({ faults });
			assert.equal((await lab.client().getCustomer(key)).name, 'Alice');
		});
	}

	it('made of wrong types or nulls is still the customer who was asked for', async () => {
		for (const fault of [
			{ kind: 'nulls' },
			...(['array', 'object', 'boolean'] as const).map((as) => ({ kind: 'wrong-types', as }) as const),
		] satisfies Fault[]) {
			lab.sandbox.faults.clear();
			lab.sandbox.faults.add({ faults: [fault] });
			const customer = await lab.client().getCustomer(key);
			assert.equal(customer.key, key);
			assert.equal(customer.name, undefined);
		}
	});
});

describe('A wait that the server asks for', () => {
	const lab = useLab();
	const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
	const waits: readonly (readonly [string, Readonly<Record<string, string>>, number | undefined])[] = [
		['in seconds', { 'retry-after': '7' }, 7000],
		['in fractions of a second', { 'retry-after': '0.5' }, 500],
		['of nothing', { 'retry-after': '0' }, 0],
		['as a date', { 'retry-after': 'Thu, 01 Jan 2026 00:00:09 GMT' }, 9000],
		[
			'as a date by a clock that is an hour off',
			{ 'retry-after': 'Thu, 01 Jan 2026 01:00:09 GMT', date: 'Thu, 01 Jan 2026 01:00:00 GMT' },
			9000,
		],
		['as a date in the past', { 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
		['of an hour', { 'retry-after': '3600' }, 3_600_000],
		['of more than a lifetime', { 'retry-after': '99999999999999999999' }, 86_400_000],
		['of more than a number holds', { 'retry-after': '9'.repeat(400) }, 86_400_000],
		['as a date in the year 9999', { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' }, 86_400_000],
		['as a negative number', { 'retry-after': '-5' }, undefined],
		['as words', { 'retry-after': 'soon' }, undefined],
		['as a blank', { 'retry-after': ' ' }, undefined],
		['by the end of a window in seconds', { 'x-ratelimit-reset': '30' }, 30_000],
		['by the end of a window as a time', { 'x-ratelimit-reset': String(Date.parse(date) / 1000 + 20) }, 20_000],
		['by both', { 'retry-after': '3', 'x-ratelimit-reset': '30' }, 3000],
		['by a window that cannot be read', { 'x-ratelimit-reset': 'x' }, undefined],
		['by no word', {}, undefined],
	];
	for (const [name, headers, retryAfter] of waits) {
		it(`${name} is told as ${retryAfter} ms`, async () => {
			lab.sandbox.faults.add({ faults: [status(429, undefined, { date, ...headers })] });
			const error = await failureOf(lab.client().getCustomer(key), 'rate-limited');
			assert.equal(error.retryAfter, retryAfter);
		});
	}

	it('is no wait where a window is only mentioned', async () => {
		lab.sandbox.faults.add({ faults: [status(503, undefined, { 'x-ratelimit-reset': '1999999999' })] });
		const error = await failureOf(lab.client().getCustomer(key), 'server-fault');
		assert.equal(error.retryAfter, undefined);
		assert.equal(lab.sandbox.requests.count, 3);
	});
});

describe('A server that does not speak HTTP as it should', () => {
	async function ask(write: string | Uint8Array, options: Partial<PartneroClientOptions> = {}) {
		await using server = await startRawServer((socket) => socket.end(write));
		const { now, sleep } = new FastClock();
		const client = createPartneroClient({ baseUrl: server.baseUrl, apiKey: 'key', now, sleep, timeout: 300, ...options });
		try {
			return await client.getCustomer('a').then(
				({ key: found }) => `customer ${found}`,
				async (error: unknown) => (await failureOf(Promise.reject(error))).kind,
			);
		} finally {
			client.close();
		}
	}

	const body = '{"data":{"key":"a"}}';
	const answers: readonly (readonly [string, string, string])[] = [
		['no HTTP at all', 'SSH-2.0-OpenSSH_9.9\r\n', 'not-understood'],
		['HTTP/0.9', body, 'not-understood'],
		['a bad status', 'HTTP/1.1 abc OK\r\n\r\n', 'not-understood'],
		['a bad header', 'HTTP/1.1 200 OK\r\nbad header\r\n\r\n', 'not-understood'],
		['two lengths', `HTTP/1.1 200 OK\r\ncontent-length: 20\r\ncontent-length: 5\r\n\r\n${body}`, 'not-understood'],
		['a length that is none', `HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n${body}`, 'not-understood'],
		['too many headers', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(100_000)}\r\n\r\n${body}`, 'not-understood'],
		['chunks that are none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n', 'not-understood'],
		['chunks that break off', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"dat', 'unreachable'],
		['a switch of protocols', 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n', 'timed-out'],
		['a provisional answer alone', 'HTTP/1.1 100 Continue\r\n\r\n', 'unreachable'],
		['nothing', '', 'unreachable'],
		[
			'a provisional answer and then the answer',
			`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n${body}`,
			'customer a',
		],
		['a body that ends with the connection', `HTTP/1.1 200 OK\r\n\r\n${body}`, 'customer a'],
		[
			'chunks',
			`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n${body.slice(0, 5)}\r\nf\r\n${body.slice(5)}\r\n0\r\n\r\n`,
			'customer a',
		],
		['HTTP/1.0', `HTTP/1.0 200 OK\r\n\r\n${body}`, 'customer a'],
	];
	for (const [name, written, ending] of answers) {
		it(`but ${name} ends as ${ending}`, async () => {
			assert.equal(await ask(written), ending);
		});
	}

	it('is told apart from a customer, whatever bytes it sends', async () => {
		await using server = await startRawServer((socket, request) => socket.end(sent[request - 1] ?? ''));
		const sent: Uint8Array[] = [];
		const { now, sleep } = new FastClock();
		const client = createPartneroClient({ baseUrl: server.baseUrl, apiKey: 'key', now, sleep, timeout: 500 });
		const head = fc.constantFrom(
			'',
			'HTTP/1.1 200 OK\r\n\r\n',
			'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n',
			'HTTP/1.1 500 X\r\n\r\n',
			'HTTP/1.1 429 X\r\nretry-after: ',
		);
		await fc.assert(
			fc.asyncProperty(head, fc.uint8Array({ maxLength: 200 }), async (start, bytes) => {
				for (let attempt = 0; attempt < 3; attempt++) {
					sent[server.requests.length + attempt] = Buffer.concat([Buffer.from(start), bytes]);
				}
				await failureOf(client.getCustomer('a'));
			}),
			{ numRuns: 60 },
		);
		client.close();
	});

	it("is unreachable where nobody listens, and where the name is nobody's", async () => {
		const { port, close } = await startSandbox().then((sandbox) => ({ port: sandbox.port, close: () => sandbox.close() }));
		await close();
		const { now, sleep } = new FastClock();
		for (const [baseUrl, code] of [
			[`http://127.0.0.1:${port}/v1`, /ECONNREFUSED/],
			['https://partnero.invalid/v1', /ENOTFOUND|EAI_AGAIN/],
		] as const) {
			const client = createPartneroClient({ baseUrl, apiKey: 'key', now, sleep });
			const error = await failureOf(client.getCustomer('a'), 'unreachable');
			assert.match(error.code ?? '', code);
			client.close();
		}
	});
});

describe('Any JSON', () => {
	const lab = useLab();

	it("ends in the customer whose raw object is the answer's, or in a PartneroError", async () => {
		let body = '';
		await using server = await startRawServer((socket) => {
			socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
		});
		const client = lab.client({ baseUrl: server.baseUrl });
		const data = fc.oneof(
			fc.json({ maxDepth: 4 }),
			fc
				.dictionary(fc.constantFrom('key', 'id', 'name', 'tags', 'partner', '__proto__', 'amount'), fc.jsonValue())
				.map((value) => JSON.stringify(value)),
		);
		await fc.assert(
			fc.asyncProperty(fc.constantFrom('{"data":$,"status":1}', '{"data":[$]}', '$'), data, async (envelope, value) => {
				body = envelope.replace('$', () => value);
				const parsed: unknown = JSON.parse(body);
				const answered: unknown = typeof parsed === 'object' && parsed !== null ? Reflect.get(parsed, 'data') : undefined;
				try {
					const customer = await client.getCustomer('asked');
					assert.deepStrictEqual(customer.raw, answered);
				} catch (error) {
					await failureOf(Promise.reject(error));
					assert.ok(typeof answered !== 'object' || answered === null || Array.isArray(answered));
				}
				await all(client.listCustomerTransactions('asked')).catch((error: unknown) => failureOf(Promise.reject(error), 'not-understood'));
				await client.searchCustomers('a@b.c').catch((error: unknown) => failureOf(Promise.reject(error), 'not-understood'));
			}),
			{ numRuns: 100 },
		);
	});
});

describe('Looking for an e-mail address', () => {
	const lab = useLab();

	it('finds both customers who share it, and nobody for one that is unknown', async () => {
		const client = lab.client();
		const [first] = await all(client.listCustomers());
		const shared = first?.items.find(({ key: found }) => found === sampleKeys.sharedEmailFirst)?.email ?? '';
		const found = await client.searchCustomers(shared.toUpperCase());
		assert.deepEqual(found.map((customer) => customer.key).toSorted(), [sampleKeys.sharedEmailFirst, sampleKeys.sharedEmailSecond]);
		assert.deepEqual(await client.searchCustomers('nobody@example.com'), []);
	});

	it('finds nobody else where the server ignores what it is asked for', async () => {
		lab.sandbox.faults.add({ faults: [status(200, '{"data":[{"key":"a","email":"A@b.c"},{"key":"b","email":"x@y.z"},{"key":"c"},7]}')] });
		const found = await lab.client().searchCustomers('a@B.c');
		assert.deepEqual(
			found.map((customer) => customer.key),
			['a'],
		);
	});
});

describe('The check of an API key', () => {
	const lab = useLab();

	it('tells the program that it belongs to', async () => {
		assert.equal((await lab.client().verify()).name, lab.sandbox.program.name);
	});

	it('fails where Partnero does not accept it, or does not allow anything', async () => {
		await failureOf(lab.client({ apiKey: 'wrong' }).verify(), 'key-rejected');
		lab.sandbox.access = 'forbidden';
		await failureOf(lab.client().verify(), 'no-permission');
		lab.sandbox.access = 'granted';
	});

	for (const fault of [status(404), status(405), status(200, ''), status(204), status(200, 'OK')]) {
		it(`goes by the list of customers where the call for it answers ${fault.kind === 'status' ? `${fault.status} ${fault.body ?? ''}` : ''}`, async () => {
			lab.sandbox.faults.add({ path: '/v1/test', faults: [fault] });
			assert.equal((await lab.client().verify()).name, lab.sandbox.program.name);
		});
	}

	it('fails on a web server that answers everything with a page of its own', async () => {
		lab.sandbox.faults.add({ faults: [{ kind: 'html' }] });
		await failureOf(lab.client().verify(), 'not-understood');
	});

	it('passes without a name where the program cannot be asked', async () => {
		lab.sandbox.faults.add({ path: '/v1/program', faults: [status(403)] });
		assert.deepEqual(await lab.client().verify(), {});
	});
});
