// Which literals of source code are customer keys: over the labelled files, and position by position.

import assert from 'node:assert/strict';
import { findCustomerKeys, type RecognitionOptions } from '../../../src/recognition/index.ts';
import { type LabelledSet, labelledFiles, scoreOf, THRESHOLDS, total } from '../../recognition/labelled.ts';

const keysIn = (text: string, languageId = 'typescript', options: Partial<RecognitionOptions> = {}) =>
	findCustomerKeys(text, { languageId, aboutPartnero: true, ...options }).map((match) => match.key);

describe('Customer keys in source text', () => {
	for (const set of ['given', 'own', 'held-out'] satisfies LabelledSet[]) {
		it(`are found, and nothing else, over the labelled files of ${set}/`, () => {
			const scores = labelledFiles(set).map((file) => scoreOf(file));
			const sum = total(scores);
			const misses = scores.flatMap((score) => [...score.missed, ...score.wrong]).join('\n');
			assert.ok(scores.length >= 40);
			assert.ok(sum.recall >= THRESHOLDS[set], `recall ${sum.recall}\n${misses}`);
			assert.ok(sum.precision >= THRESHOLDS[set], `precision ${sum.precision}\n${misses}`);
		});

		it(`are found as well when nobody knows the language of the files of ${set}/`, () => {
			for (const languageId of ['plaintext', '']) {
				const sum = total(labelledFiles(set).map((file) => scoreOf(file, languageId)));
				assert.ok(sum.recall >= 0.95 && sum.precision >= 0.95, `${languageId}: ${JSON.stringify(sum)}`);
			}
		});
	}

	it('stand behind /customers/ of Partnero and of no other host', () => {
		assert.deepEqual(keysIn("get('https://api.partnero.com/v1/customers/a1/transactions')"), ['a1']);
		assert.deepEqual(keysIn('see https://api.partnero.com/v1/customers/a1.'), ['a1']);
		assert.deepEqual(keysIn('https:\\/\\/api.partnero.com\\/v1\\/customers\\/a1\\/transactions'), ['a1']);
		assert.deepEqual(keysIn("get('https://api.partnero.com.evil.example/v1/customers/a1')"), []);
		assert.deepEqual(keysIn("get('https://docs.partnero.com/customers/a1')"), []);
		assert.deepEqual(keysIn("get('https://api.stripe.com/v1/customers/a1')"), []);
	});

	it('stand in a path without a host, unless the path is a module, a file, a page, or another base', () => {
		assert.deepEqual(keysIn("api.get('/customers/a1')"), ['a1']);
		assert.deepEqual(keysIn('api.get(`\u0024{BASE}/customers/a1/transactions`)'), ['a1']);
		assert.deepEqual(keysIn("import x from './customers/a1'; import y from 'customers/a1';"), []);
		assert.deepEqual(keysIn("open('customers/2024.csv')"), []);
		assert.deepEqual(keysIn('<a href="/customers/a1">', 'html'), []);
		assert.deepEqual(keysIn("const SHOP = 'https://shop.example.com';\nget(`\u0024{SHOP}/customers/a1`)"), []);
		assert.deepEqual(keysIn("const host = 'https://shop.example.com';\nget(host + '/customers/a1')"), []);
	});

	it('are whole literals: no holes, no globs, no pieces of what is put together', () => {
		for (const path of [
			'{key}',
			'\u0024{key}',
			'{{ key }}',
			':key',
			'<key>',
			'#{key}',
			'%s',
			'$key',
			'*',
			'[^/]+',
			'(\\w+)',
			'acct-\u0024{id}',
			'acct-{id}',
		]) {
			assert.deepEqual(keysIn(`"https://api.partnero.com/v1/customers/${path}"`), [], path);
		}
		assert.deepEqual(keysIn("base + '/customers/acct-' + id"), []);
		assert.deepEqual(keysIn("base + '/customers/' + 'a1' + '/transactions'"), ['a1']);
		assert.deepEqual(keysIn("{ customer: { key: 'acct-' + id } }"), []);
		assert.deepEqual(keysIn("'customer' => ['key' => 'acct-' . $id]", 'php'), []);
	});

	it('are decoded, and their place is the literal as it is written', () => {
		const cases: [string, string, string, string][] = [
			["'https://api.partnero.com/v1/customers/caf%C3%A9%20m'", 'javascript', 'caf%C3%A9%20m', 'café m'],
			["customer: { key: 'o\\'neil' }", 'javascript', "o\\'neil", "o'neil"],
			['"customer": { "key": "org\\/7" }', 'json', 'org\\/7', 'org/7'],
			['"customer": { "key": "\\u00e9" }', 'json', '\\u00e9', 'é'],
			["UPDATE t SET customer_key = 'o''neil'", 'sql', "o''neil", "o'neil"],
			['send("{\\"customer\\":{\\"key\\":\\"a\\\\/1\\"}}")', 'java', 'a\\\\/1', 'a/1'],
			['<customerKey>M&amp;S</customerKey>', 'xml', 'M&amp;S', 'M&S'],
			["'https://api.partnero.com/v1/customers/100%'", 'javascript', '100%', '100%'],
		];
		for (const [text, languageId, raw, key] of cases) {
			const [match] = findCustomerKeys(text, { languageId, aboutPartnero: true });
			assert.equal(match?.key, key, text);
			assert.equal(text.slice(match.start, match.end), raw);
		}
	});

	it('are those of the customer and not of the partner, the transaction or the referral code beside it', () => {
		assert.deepEqual(keysIn("{ key: 'tx', amount: 1, customer: { partner: { key: 'p' }, key: 'c' } }"), ['c']);
		assert.deepEqual(keysIn("{ customer: { key: 'c' }, transactions: [{ key: 't1', amount: 1 }] }"), ['c']);
		assert.deepEqual(keysIn("{ email: 'a@b.example', referring_customer: { id: 'c', key: 'CODE' } }"), ['c']);
		assert.deepEqual(keysIn('{"data":{"key":"c","partner":"p","email":"a@b.example"},"status":1}', 'json'), ['c']);
		assert.deepEqual(keysIn('{"key":"t","amount":1,"customer":"c","partner":"p"}', 'json'), ['c']);
	});

	it('are not those of other services in the same file', () => {
		assert.deepEqual(keysIn("stripe.charges.create({ amount: 5, currency: 'eur', customer: 'cus_1' })"), []);
		assert.deepEqual(keysIn("stripe.customers.retrieve('cus_1'); gateway.customer.find('bt_1');"), []);
		assert.deepEqual(keysIn("const stripe_customer_key = 'x'; const SSECustomerKey = 'y';"), []);
	});

	it('are not found in a file that has nothing to do with Partnero', () => {
		const text = "const customer = { key: 'a1', customer_key: 'b2' }; get('/customers/c3'); fetch('https://x.example/v1/customers/d4');";
		assert.deepEqual(findCustomerKeys(text, { languageId: 'typescript' }), []);
		assert.deepEqual(findCustomerKeys(`// partnerorganisation, Partneroffice\n${text}`, { languageId: 'typescript' }), []);
		assert.equal(findCustomerKeys(`// Partnero\n${text}`, { languageId: 'typescript' }).length, 3);
	});

	it('are found where the browser snippet is called, whatever else the page says', () => {
		const text = "po('customers', 'signup', { data: { email: me, key: 'a1' } }); po('createCustomer', { key: 'b2' });";
		assert.deepEqual(
			findCustomerKeys(text, { languageId: 'html' }).map((match) => match.role),
			['snippet', 'snippet'],
		);
	});

	it('are found in code that somebody is still typing', () => {
		assert.deepEqual(keysIn("post('/transactions', {\n  customer: {\n    key: 'a1'\n"), ['a1']);
		assert.deepEqual(keysIn("if (x === 404 {\n  post({ customer: { key: 'a1'\n  });\n}\nconst tabs = [{ key: 'overview' }];\n"), ['a1']);
		assert.deepEqual(keysIn("const url = 'https://api.partnero.com/v1/customers/a1\nconst next = 1;"), ['a1']);
	});

	it('are found under a column of that name', () => {
		assert.deepEqual(keysIn('source,customer_key,note\npartnero,a1,x\npartnero,"b, 2",y\n', 'csv'), ['a1', 'b, 2']);
		assert.deepEqual(keysIn("INSERT INTO t (id, customer_key) VALUES (1, 'a1'), (2, 'b2');", 'sql'), ['a1', 'b2']);
		assert.deepEqual(keysIn('| customer_key | amount |\n| --- | --- |\n| a1 | 2 |\n', 'markdown'), ['a1']);
	});

	it('are found behind a bare name only where a bare word is a value', () => {
		assert.deepEqual(keysIn('customer:\n  key: a1\n', 'yaml'), ['a1']);
		assert.deepEqual(keysIn('CUSTOMER_KEY=a1\nCUSTOMER_KEY=\nAPI_KEY=x\n', 'dotenv'), ['a1']);
		assert.deepEqual(keysIn('run --customer-key a1 --partner-key p1', 'shellscript'), ['a1']);
		assert.deepEqual(keysIn('interface Row { customerKey: string }\nconst row = { customerKey: key };', 'typescript'), []);
		assert.deepEqual(keysIn('def create(customer_key: str, amount):\n    return post(customer_key=customer_key)', 'python'), []);
	});
});
