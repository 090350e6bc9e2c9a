// What the sandbox answers to each of the calls that the product makes.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { absentKey, type Sandbox, sampleKeys, samplePartners, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, askJson, askRows, customerPath, objectOf, rowsOf, sendRaw } from './bareClient.ts';

/** Partnero's page "Get customer", as it stands there. */
const documentedPage = `  {
    "data": {
      "key": "customer_123",
      "partner": "partner_123",
      "deleted": false,
      "name": "Alice",
      "surname": "Brown",
      "email": "alice.brown@partnero.com",
      "status": "active",
      "created_at": "2025-05-02T16:12:39.000000Z",
      "updated_at": "2025-05-02T16:12:39.000000Z",
      "deleted_at": null,
      "tags": [
        {
          "value": "premium"
        }
      ]
    },
    "status": 1
  }`;

/** Partnero's page "Refer-a-friend: customers", with the e-mail address that its text hides. */
const documentedFriend = {
	data: {
		email: 'alice.brown@partnero.com',
		created_at: '2025-05-09T17:42:13.000000Z',
		updated_at: '2025-05-09T17:42:13.000000Z',
		id: 'customer_123',
		name: 'Alice',
		surname: 'Brown',
		approved: true,
		status: 'active',
		referring_customer: null,
		referrals_count: 0,
		metadata: { date_of_birth: null },
		referral_link: 'https://shop.example.com?ref=customer_123',
		referral_links: ['https://shop.example.com?ref=customer_123'],
		custom_fields: {},
	},
	status: 1,
};

describe('Sandbox: the calls', function () {
	this.timeout(10_000);
	let sandbox: Sandbox;
	let friends: Sandbox;

	before(async () => {
		sandbox = await startSandbox();
		friends = await startSandbox({ kind: 'referral' });
	});
	after(async () => {
		await sandbox.close();
		await friends.close();
	});

	it("answers the page's curl line with the page's JSON, byte for byte but for white space", async () => {
		const { status, headers, text } = await ask(sandbox, '/customers/customer_123');
		assert.equal(status, 200);
		assert.equal(headers['content-type'], 'application/json');
		assert.equal(text, JSON.stringify(JSON.parse(documentedPage)));
	});

	it('answers the documented customer the same way whatever the seed, the number of customers and the day', async () => {
		for (const options of [{ seed: 99 }, { customers: 5000 }, { now: new Date('2025-06-01T00:00:00Z') }]) {
			await using other = await startSandbox(options);
			assert.equal((await ask(other, '/customers/customer_123')).text, JSON.stringify(JSON.parse(documentedPage)));
		}
	});

	it('answers the documented refer-a-friend customer in a refer-a-friend program', async () => {
		assert.equal((await ask(friends, '/customers/customer_123')).text, JSON.stringify(documentedFriend));
	});

	it('shows in a refer-a-friend program who was referred by whom, and no partner', async () => {
		const rows = await askRows(friends, '/customers?limit=100');
		const referred = rows.filter((row) => row.referring_customer !== null);
		assert.ok(referred.length > 0 && referred.length < rows.length);
		assert.deepEqual(Object.keys(Object(referred[0]?.referring_customer)), ['id', 'key', 'email']);
		assert.ok(rows.every((row) => typeof row.id === 'string' && !('partner' in row)));
		assert.ok(rows.some((row) => !('key' in row)) && rows.some((row) => typeof row.key === 'string'));
		assert.deepEqual(rowsOf(await askJson(friends, '/customers?limit=100&refer_status=referred')).slice(0, 5), referred.slice(0, 5));
	});

	it('takes every working key percent-encoded as one path segment', async () => {
		for (const key of Object.values(sampleKeys)) {
			for (const [program, field] of [
				[sandbox, 'key'],
				[friends, 'id'],
			] as const) {
				const { data } = await askJson(program, customerPath(key));
				assert.equal(Object(data)[field], key);
			}
		}
	});

	it('says 404 to a customer, a partner and a path that do not exist', async () => {
		for (const path of [
			customerPath(absentKey),
			customerPath(absentKey, '/transactions'),
			'/partners/nobody',
			'/partner?key=nobody',
			'/nothing',
			'/',
		]) {
			const { status, text } = await ask(sandbox, path);
			assert.equal(status, 404, path);
			assert.deepEqual(Object.keys(objectOf(text)), ['status', 'message']);
		}
	});

	it('says 401 in JSON without the right API key, and 404 to an unknown path even then', async () => {
		for (const apiKey of [null, 'wrong', `${sandbox.apiKey}x`, '']) {
			const { status, text } = await ask(sandbox, '/customers/customer_123', { apiKey });
			assert.equal(status, 401);
			assert.equal(text, '{"status":0,"message":"Unauthenticated."}');
		}
		assert.equal((await ask(sandbox, '/nothing', { apiKey: null })).status, 404);
		assert.equal((await ask(sandbox, '/test', { apiKey: null, headers: { authorization: `bearer  ${sandbox.apiKey}` } })).status, 200);
		assert.equal((await ask(sandbox, '/test', { apiKey: null, headers: { authorization: `Basic ${sandbox.apiKey}` } })).status, 401);
	});

	it('accepts a new API key in place of the old one, and can refuse access altogether', async () => {
		await using own = await startSandbox({ apiKey: 'first' });
		own.replaceApiKey('second');
		assert.equal(own.apiKey, 'second');
		assert.equal((await ask(own, '/test', { apiKey: 'first' })).status, 401);
		assert.equal((await ask(own, '/test', { apiKey: 'second' })).status, 200);
		own.access = 'forbidden';
		assert.equal((await ask(own, '/test')).status, 403);
		own.access = 'granted';
		assert.equal((await ask(own, '/test')).status, 200);
	});

	it('says 405 with the methods that are allowed to everything that would write', async () => {
		for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
			const { status, headers } = await ask(sandbox, '/customers/customer_123', { method });
			assert.equal(status, 405);
			assert.equal(headers.allow, 'GET, HEAD, OPTIONS');
		}
		const options = await ask(sandbox, '/customers', { method: 'OPTIONS', apiKey: null });
		assert.deepEqual([options.status, options.headers.allow, options.text], [204, 'GET, HEAD, OPTIONS', '']);
	});

	it('answers HEAD as GET, without the body', async () => {
		const got = await ask(sandbox, '/customers/customer_123');
		const head = await ask(sandbox, '/customers/customer_123', { method: 'HEAD' });
		assert.deepEqual([head.status, head.headers['content-length'], head.body.length], [200, String(got.body.length), 0]);
	});

	it('says 422 in the documented form to a wrong limit, page and e-mail address', async () => {
		const cases = [
			['/customers?limit=0', 'limit', 'The limit must be at least 1.'],
			['/customers?limit=251', 'limit', 'The limit must not be greater than 250.'],
			['/customers?limit=ten', 'limit', 'The limit must be an integer.'],
			['/customers?limit=', 'limit', 'The limit must be an integer.'],
			['/customers?page=0', 'page', 'The page must be at least 1.'],
			['/customers?page=1.5', 'page', 'The page must be an integer.'],
			['/customers/customer_123/transactions?limit=1000', 'limit', 'The limit must not be greater than 250.'],
			['/customers:search?email=nobody', 'email', 'The email must be a valid email address.'],
			['/customers:search', 'email', 'The email field is required when none of key / id are present.'],
			['/partner', 'key', 'The key field is required when none of id / email are present.'],
		] as const;
		for (const [path, field, message] of cases) {
			const { status, text } = await ask(sandbox, path);
			assert.equal(status, 422, path);
			assert.deepEqual(objectOf(text), { status: 0, errors: { [field]: [message] } });
		}
	});

	it('lists all customers once, page by page, in the documented envelope', async () => {
		const keys: unknown[] = [];
		for (let page = 1, next: unknown = ''; next !== null; page++) {
			const answer = await askJson(sandbox, `/customers?limit=100&page=${page}`);
			assert.deepEqual(Object.keys(answer), ['data', 'links', 'meta', 'status']);
			const rows = rowsOf(answer);
			assert.deepEqual(answer.meta, {
				current_page: page,
				from: keys.length + 1,
				path: `${sandbox.baseUrl}/customers`,
				per_page: 100,
				to: keys.length + rows.length,
			});
			keys.push(...rows.map((row) => row.key));
			next = Object(answer.links).next;
		}
		assert.deepEqual(keys, [...sandbox.customerKeys()]);
		assert.equal(new Set(keys).size, 600);
		assert.equal(keys[0], sampleKeys.documented);
	});

	it('defaults to 15 customers a page, without tags and status as in the documented list', async () => {
		const rows = await askRows(sandbox, '/customers');
		assert.equal(rows.length, 15);
		assert.ok(rows.every((row) => !('tags' in row) && !('status' in row)));
	});

	it('answers a page behind the last one with an empty list', async () => {
		const answer = await askJson(sandbox, '/customers?limit=250&page=99');
		assert.deepEqual(answer.data, []);
		const meta = Object(answer.meta);
		assert.deepEqual([meta.from, meta.to, Object(answer.links).next], [null, null, null]);
	});

	it("filters the customers by a partner's referral key", async () => {
		const expected = await askRows(sandbox, '/customers?limit=250&partner.key=ref_123');
		assert.ok(expected.length > 1);
		assert.ok(expected.every((row) => row.partner === samplePartners.documented.id));
		assert.deepEqual(await askRows(sandbox, '/customers?limit=250&partner_key=ref_123'), expected);
		assert.deepEqual(await askRows(sandbox, '/customers?partner_key=nobody'), []);
	});

	it('finds customers by e-mail address in any case, several where several have it, and by key or id', async () => {
		const found = async (program: Sandbox, query: string) =>
			(await askRows(program, `/customers:search?${query}`)).map((row) => row.id ?? row.key);
		assert.deepEqual(await found(sandbox, 'email=ALICE.Brown@partnero.com'), [sampleKeys.documented]);
		assert.deepEqual(await found(sandbox, `email=${encodeURIComponent(sampleKeys.email)}`), [sampleKeys.email]);
		assert.deepEqual(await found(sandbox, 'email=team@shared.example.com'), [sampleKeys.sharedEmailFirst, sampleKeys.sharedEmailSecond]);
		assert.deepEqual(await found(sandbox, 'email=nobody@example.com'), []);
		assert.deepEqual(await found(sandbox, `key=${sampleKeys.uuid}`), [sampleKeys.uuid]);
		assert.deepEqual(await found(friends, `id=${sampleKeys.uuid}`), [sampleKeys.uuid]);
		const [referrer] = (await askRows(friends, '/customers?limit=50')).filter((row) => typeof row.key === 'string');
		assert.deepEqual(await found(friends, `key=${referrer?.key}`), [referrer?.id]);
	});

	it('answers /test, and tells the program that the key belongs to', async () => {
		assert.equal((await ask(sandbox, '/test')).status, 200);
		const { program, program_settings: settings } = Object((await askJson(sandbox, '/program')).data);
		assert.deepEqual([program.type, program.name, settings.currency], ['Affiliate', sandbox.program.name, 'USD']);
		assert.equal(Object((await askJson(friends, '/program')).data).program.type, 'Referral');
		await using named = await startSandbox({ programName: 'Acme <b>&' });
		assert.equal(Object((await askJson(named, '/program')).data).program.name, 'Acme <b>&');
	});

	it('finds a partner by id in one call and by key, id or e-mail address in the other, and never by the wrong one', async () => {
		const { documented } = samplePartners;
		const { data: partner } = await askJson(sandbox, `/partners/${documented.id}`);
		assert.deepEqual([Object(partner).id, Object(partner).name, Object(partner).surname], [documented.id, 'John', 'Doe']);
		for (const query of [`key=${documented.key}`, `id=${documented.id}`, `email=${documented.email}`]) {
			assert.deepEqual((await askJson(sandbox, `/partner?${query}`)).data, partner);
		}
		assert.equal((await ask(sandbox, `/partners/${documented.key}`)).status, 404);
		assert.equal((await ask(sandbox, `/partner?key=${documented.id}`)).status, 404);
		assert.equal((await ask(friends, `/partners/${documented.id}`)).status, 404);
	});

	it('names for most customers a partner whom the partner calls find', async () => {
		const rows = await askRows(sandbox, '/customers?limit=30');
		const ids = new Set(
			rows.map((row) => row.partner).filter((id) => id !== samplePartners.absent && id !== samplePartners.byReferralKey.key),
		);
		for (const id of ids) {
			assert.equal((await ask(sandbox, `/partners/${id}`)).status, 200, String(id));
		}
		assert.equal((await ask(sandbox, `/partner?key=${samplePartners.byReferralKey.key}`)).status, 200);
	});

	it('says 400 to a path that is no percent-encoded UTF-8', async () => {
		for (const path of ['/customers/%', '/customers/%zz', '/customers/%E0%A4%A', '/customers/%FF', '/customers/a%C3']) {
			assert.equal((await ask(sandbox, path)).status, 400, path);
		}
	});

	it('answers every path with a status, and never ends', async () => {
		const byte = fc.integer({ min: 0, max: 255 }).map((value) => `%${value.toString(16).padStart(2, '0')}`);
		const piece = fc.oneof(
			byte,
			fc.constantFrom(
				'/',
				'..',
				'.',
				'?',
				'&',
				'=',
				':',
				'%',
				'%2',
				'customers',
				'transactions',
				'limit',
				'page',
				'#',
				'+',
				'\\',
				'1e9',
				'-1',
			),
		);
		await fc.assert(
			fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
				const { status } = await ask(sandbox, `/${pieces.join('')}`);
				assert.ok([200, 400, 404, 422].includes(status), String(status));
			}),
			{ numRuns: 200 },
		);
	});

	it('survives requests that are no HTTP', async () => {
		for (const bytes of [
			'\x16\x03\x01\x02\x00',
			'GET\r\n\r\n',
			'GET / HTTP/9.9\r\n\r\n',
			'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
		]) {
			assert.match((await sendRaw(sandbox, bytes)).text, /^HTTP\/1\.1 (400|404|505) /);
		}
		assert.equal((await ask(sandbox, '/test')).status, 200);
	});
});
