// What leaves the machine, and that nothing else does.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type BaseUrlProblem, defaultBaseUrl, parseBaseUrl } from '../../../src/partnero/baseUrl.ts';
import { type CustomerKeyProblem, customerKeyProblem, encodeCustomerKey } from '../../../src/partnero/customerKey.ts';
import { createPartneroClient } from '../../../src/partnero/index.ts';
import { absentKey, sampleKeys } from '../../../src/sandbox/index.ts';
import { all, failureOf, startRawServer, useLab } from './lab.ts';

const customerAnswer = 'HTTP/1.1 200 OK\r\ncontent-length: 26\r\n\r\n{"data":{"key":"a"},"x":1}';

describe('A request to Partnero', () => {
	const lab = useLab();

	it('is the one of the page "Get customer": its path, its Accept and its Bearer header, by GET and without a body', async () => {
		await using server = await startRawServer((socket) => socket.write(customerAnswer));
		const client = createPartneroClient({ baseUrl: server.baseUrl, apiKey: 'YOUR_API_KEY', userAgent: 'partnero-vscode/1.2.3' });
		await client.getCustomer('customer_123');
		client.close();
		const [head, ...lines] = server.requests.join('').split('\r\n');
		const headers = new Map(lines.filter(Boolean).map((line) => [line.split(': ')[0]?.toLowerCase(), line.split(': ')[1]]));
		assert.equal(head, 'GET /v1/customers/customer_123 HTTP/1.1');
		assert.equal(headers.get('accept'), 'application/json');
		assert.equal(headers.get('authorization'), 'Bearer YOUR_API_KEY');
		assert.equal(headers.get('connection'), 'keep-alive');
		assert.equal(headers.get('user-agent'), 'partnero-vscode/1.2.3');
		assert.deepEqual(
			[...headers.keys()].toSorted(),
			['accept', 'accept-encoding', 'authorization', 'connection', 'host', 'user-agent'],
			'nothing else is told',
		);
	});

	it('of the transactions asks for the first page of 100 at the documented path', async () => {
		await all(lab.client().listCustomerTransactions(sampleKeys.oneTransaction));
		assert.deepEqual(
			lab.sandbox.requests.entries.map(({ method, path }) => `${method} ${path}`),
			['GET /v1/customers/customer_with_one_transaction/transactions?limit=100&page=1'],
		);
	});

	it('of a search, a partner and a verification has the documented path', async () => {
		const client = lab.client();
		await client.searchCustomers('a+b@c.d?e#f');
		await client.getPartner('partner_123');
		await failureOf(client.getPartner('a/b c'), 'not-found');
		await client.verify();
		assert.deepEqual(
			lab.sandbox.requests.entries.map(({ path }) => path),
			[
				'/v1/customers:search?email=a%2Bb%40c.d%3Fe%23f',
				'/v1/partners/partner_123',
				'/v1/partners/a%2Fb%20c',
				'/v1/partner?key=a%2Fb+c',
				'/v1/test',
				'/v1/program',
			],
		);
	});

	it('takes one connection for 200 look-ups after each other', async () => {
		const client = lab.client();
		for (let index = 0; index < 200; index++) {
			await client.getCustomer(sampleKeys.documented);
		}
		assert.equal(lab.sandbox.requests.count, 200);
		assert.equal(lab.sandbox.requests.connections, 1);
	});

	it('keeps the connection after "not a customer" as well', async () => {
		const client = lab.client();
		for (let index = 0; index < 10; index++) {
			await failureOf(client.getCustomer(absentKey), 'not-found');
		}
		assert.equal(lab.sandbox.requests.connections, 1);
	});

	it('is one of at most four at a time, over at most four connections, whoever asks', async () => {
		const client = lab.client();
		const four = lab.sandbox.requests.until((log) => log.inFlight === 4);
		lab.sandbox.faults.add({
			faults: [
				{ kind: 'hold', until: four },
				{ kind: 'delay-headers', ms: 2 },
			],
		});
		const keys = [...lab.sandbox.customerKeys()].filter((key) => key.startsWith('customer_')).slice(0, 60);
		await Promise.all(
			keys.map((key, index) => (index % 2 ? client.getCustomer(key) : all(client.listCustomerTransactions(absentKey)).catch(() => {}))),
		);
		assert.equal(lab.sandbox.requests.count, 60);
		assert.equal(lab.sandbox.requests.mostInFlight, 4);
		assert.ok(lab.sandbox.requests.connections <= 4);
	});

	it('survives that the server closes the connections between two look-ups', async () => {
		const client = lab.client();
		for (let index = 0; index < 5; index++) {
			await client.getCustomer(sampleKeys.documented);
			lab.sandbox.closeConnections();
		}
	});
});

describe('A search for an e-mail address', () => {
	const lab = useLab();
	const rows = [
		{ key: 'nobody' },
		{ key: 'null', email: null },
		{ key: 'empty', email: '' },
		{ key: 'list', email: ['jo@example.com'] },
		{ key: 'other', email: 'joe@example.com' },
		{ key: 'found', email: 'jo@example.com' },
		{ key: 'capitals', email: ' Jo@Example.COM ' },
	];

	it('finds those who have it, and no stranger, where the server answers with everybody', async () => {
		lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 200, body: JSON.stringify({ data: rows }) }] });
		for (const email of ['jo@example.com', ' JO@example.com']) {
			const found = await lab.client().searchCustomers(email);
			assert.deepEqual(
				found.map(({ key }) => key),
				['found', 'capitals'],
			);
		}
	});

	it('finds nobody where the one customer of the answer has no e-mail address', async () => {
		for (const row of rows.slice(0, 3)) {
			const fault = lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 200, body: JSON.stringify({ data: row }) }] });
			assert.deepEqual(await lab.client().searchCustomers('jo@example.com'), []);
			fault.remove();
		}
	});
});

describe('A customer key in a request', () => {
	const lab = useLab();

	for (const [name, key] of Object.entries(sampleKeys)) {
		if (name.startsWith('key') || ['email', 'uuid', 'integer', 'leadingZeros', 'hostileProto'].includes(name)) {
			it(`finds the customer ${JSON.stringify(key.slice(0, 40))}`, async () => {
				const customer = await lab.client().getCustomer(key);
				assert.equal(customer.key, key);
			});
		}
	}

	it('is exactly one path segment, whatever characters it has', async () => {
		const client = lab.client();
		await fc.assert(
			fc.asyncProperty(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), async (key) => {
				fc.pre(customerKeyProblem(key) === undefined);
				lab.sandbox.requests.clear();
				await client.getCustomer(key).catch(() => {});
				const [, version, room, segment, ...rest] = lab.sandbox.requests.entries[0]?.path.split('/') ?? [];
				assert.deepEqual([version, room, rest], ['v1', 'customers', []]);
				assert.equal(decodeURIComponent(segment ?? ''), key);
				assert.doesNotMatch(segment ?? '', /[?#]/);
			}),
			{ numRuns: 60 },
		);
	});

	const refused: readonly (readonly [string, string, CustomerKeyProblem])[] = [
		['nothing', '', 'empty'],
		['white space alone', ' \t\n\u00a0\u2003', 'empty'],
		['.', '.', 'dots'],
		['..', '..', 'dots'],
		['513 characters', 'k'.repeat(513), 'too-long'],
		['600 characters', 'k'.repeat(600), 'too-long'],
		['half an emoji', 'customer_\ud83e', 'broken-unicode'],
	];
	for (const [name, key, problem] of refused) {
		it(`is refused before a request is made: ${name}`, async () => {
			const client = lab.client();
			assert.equal((await failureOf(client.getCustomer(key), 'invalid-key')).code, problem);
			assert.equal((await failureOf(all(client.listCustomerTransactions(key)), 'invalid-key')).code, problem);
			assert.equal((await failureOf(client.getPartner(key), 'invalid-key')).code, problem);
			assert.equal(lab.sandbox.requests.count, 0);
		});
	}

	it('may look like a path step without being one', () => {
		for (const key of ['...', '%2e', '%2E%2e', './a', '../..', '. ', '.\u200b']) {
			assert.equal(customerKeyProblem(key), undefined);
			const url = new URL(`https://api.partnero.com/v1/customers/${encodeCustomerKey(key)}`);
			assert.equal(url.pathname.split('/').length, 4, key);
			assert.equal(decodeURIComponent(url.pathname.slice('/v1/customers/'.length)), key);
		}
	});
});

describe('The base URL', () => {
	const good: readonly (readonly [string, string])[] = [
		[defaultBaseUrl, 'https://api.partnero.com/v1'],
		[' https://api.partnero.com/v1/ ', 'https://api.partnero.com/v1'],
		['HTTPS://API.Partnero.com:443/v1//', 'https://api.partnero.com/v1'],
		['https://proxy.example:8443', 'https://proxy.example:8443'],
		['https://proxy.example/a/b', 'https://proxy.example/a/b'],
		['http://127.0.0.1:4000/v1', 'http://127.0.0.1:4000/v1'],
		['http://127.1:4000', 'http://127.0.0.1:4000'],
		['http://localhost:4000/v1', 'http://localhost:4000/v1'],
		['http://[::1]:4000/v1', 'http://[::1]:4000/v1'],
	];
	for (const [text, href] of good) {
		it(`may be ${text}`, () => {
			assert.deepEqual(parseBaseUrl(text), { href, origin: new URL(href).origin });
		});
	}

	const bad: readonly (readonly [string, BaseUrlProblem])[] = [
		['', 'not-a-url'],
		['api.partnero.com/v1', 'not-a-url'],
		['https://', 'not-a-url'],
		['https://a:99999', 'not-a-url'],
		['file:///etc/passwd', 'not-a-url'],
		['http://api.partnero.com/v1', 'not-https'],
		['http://127.0.0.1.example/v1', 'not-https'],
		['http://localhost.example/v1', 'not-https'],
		['http://0.0.0.0/v1', 'not-https'],
		// A proxy is not bypassed for these, though they are this machine as well.
		['http://127.0.0.2/v1', 'not-https'],
		['http://127.9:4000/v1', 'not-https'],
		['http://[::ffff:127.0.0.1]/v1', 'not-https'],
		['http://app.localhost/v1', 'not-https'],
		['http://192.168.1.1/v1', 'not-https'],
		['ftp://api.partnero.com/v1', 'not-https'],
		['javascript://api.partnero.com/v1', 'not-https'],
		['https://user@api.partnero.com/v1', 'credentials'],
		['https://:word@api.partnero.com/v1', 'credentials'],
		['https://api.partnero.com/v1?', 'query-or-fragment'],
		['https://api.partnero.com/v1?a=b', 'query-or-fragment'],
		['https://api.partnero.com/v1#', 'query-or-fragment'],
	];
	for (const [text, problem] of bad) {
		it(`cannot be ${JSON.stringify(text)}`, async () => {
			assert.deepEqual(parseBaseUrl(text), { problem });
			const error = await failureOf((async () => createPartneroClient({ baseUrl: text, apiKey: 'key' }))(), 'invalid-base-url');
			assert.equal(error.code, problem);
		});
	}
});

describe('The API key', () => {
	const lab = useLab();

	const slips: Readonly<Record<string, (apiKey: string) => string>> = {
		'as it is': (apiKey) => apiKey,
		'with white space around it': (apiKey) => ` ${apiKey}\n`,
		'as a header': (apiKey) => `Authorization: Bearer ${apiKey}`,
		'as a line of an .env file': (apiKey) => `PARTNERO_API_KEY="${apiKey}"`,
		'in a list': (apiKey) => `customer_1,${apiKey},customer_2`,
		'broken over lines': (apiKey) => apiKey.replace(/.{5}/g, '$&\r\n'),
		'with an invisible character in it': (apiKey) => `${apiKey.slice(0, 4)}\u200b${apiKey.slice(4)}`,
	};
	for (const [name, slip] of Object.entries(slips)) {
		it(`is never part of an address when it is pasted for a customer key, ${name}`, async () => {
			const client = lab.client();
			const text = slip(lab.sandbox.apiKey);
			const questions = [
				() => client.getCustomer(text),
				() => all(client.listCustomerTransactions(text)),
				() => client.getPartner(text),
				() => client.searchCustomers(text),
			];
			for (const ask of questions) {
				assert.equal((await failureOf(ask(), 'invalid-key')).code, 'api-key');
			}
			assert.equal(lab.sandbox.requests.count, 0);
		});
	}

	it('of another program is never part of an address either', async () => {
		const client = lab.client({ isSecret: (text) => text.includes('sk_of_another') });
		for (const text of ['sk_of_another', 'key: sk_of_another', 'sk_of_\u200banother']) {
			assert.equal((await failureOf(client.getCustomer(text), 'invalid-key')).code, 'api-key', text);
			assert.equal((await failureOf(client.searchCustomers(text), 'invalid-key')).code, 'api-key', text);
		}
		assert.equal(lab.sandbox.requests.count, 0);
	});

	it('is never part of an address when a server names it as the place where a list goes on', async () => {
		const link = `?cursor=${lab.sandbox.apiKey}`;
		lab.sandbox.faults.add({ faults: [{ kind: 'next-link-value', value: link }] });
		await failureOf(all(lab.client().listCustomerTransactions(sampleKeys.fullPage)), 'not-understood');
		assert.ok(lab.sandbox.requests.entries.every(({ path }) => !path.includes(lab.sandbox.apiKey)));
	});

	it('does not stand in the way of a customer whose key shares some of its characters', async () => {
		const error = await failureOf(lab.client().getCustomer(lab.sandbox.apiKey.slice(0, -1)), 'not-found');
		assert.equal(error.status, 404);
	});

	for (const apiKey of ['a', 'sk_live_0123', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~']) {
		it(`may be of any printable shape: ${apiKey}`, () => {
			createPartneroClient({ baseUrl: defaultBaseUrl, apiKey }).close();
		});
	}

	for (const apiKey of ['', ' ', 'a b', 'key\n', 'key\r\nx-injected: 1', 'kéy', 'key\0', '🔑', '\u2028']) {
		it(`is refused before anything is sent where no header can carry it: ${JSON.stringify(apiKey)}`, async () => {
			await failureOf((async () => createPartneroClient({ baseUrl: defaultBaseUrl, apiKey }))(), 'invalid-api-key');
		});
	}
});
