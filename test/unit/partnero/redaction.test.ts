// The API key never comes back out: not in an error, not in the log, in whatever spelling the server echoes it.
import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { createPartneroClient } from '../../../src/partnero/index.ts';
import { createRedactor, withoutEcho } from '../../../src/partnero/redaction.ts';
import { describeError } from '../../../src/wording/errors.ts';
import { FastClock, failureOf, startRawServer } from './lab.ts';

const apiKey = 'pk+Live/9f8e7d6c5b4a3z2y1x0w==';

/** How servers, proxies and frameworks write a value back. */
const echoes: Readonly<Record<string, (key: string) => string>> = {
	plain: (key) => key,
	'in capitals': (key) => key.toUpperCase(),
	'in small letters': (key) => key.toLowerCase(),
	'percent-encoded': encodeURIComponent,
	'percent-encoded twice': (key) => encodeURIComponent(encodeURIComponent(key)),
	'percent-encoded in every character': (key) => [...key].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(''),
	'as JSON escapes': (key) => [...key].map((character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
	'as character references': (key) => [...key].map((character) => `&#${character.charCodeAt(0)};`).join(''),
	'in base64': (key) => Buffer.from(key).toString('base64'),
	'in base64url': (key) => Buffer.from(key).toString('base64url'),
	'in hexadecimal': (key) => Buffer.from(key).toString('hex'),
	'in base64 of a header': (key) => Buffer.from(`Authorization: Bearer ${key}\r\nAccept: */*`).toString('base64'),
	'in base64 of a user name': (key) => Buffer.from(`x:${key}`).toString('base64'),
	'with a space in it': (key) => `${key.slice(0, 11)} ${key.slice(11)}`,
	'broken over lines': (key) => key.replace(/.{6}/g, '$&\r\n'),
	'with invisible characters in it': (key) => [...key].join('\u200b'),
	'its first half': (key) => key.slice(0, key.length / 2),
	'its second half': (key) => key.slice(key.length / 2),
	'its middle': (key) => key.slice(6, 18),
	'as a bearer header': (key) => `Bearer ${key}`,
	'after a long preface': (key) => `${' '.repeat(1990)}${key}`,
};

/** Fails where eight characters of the key in a row, in any spelling, are left. */
function assertSilent(text: string, secret: string, context: string): void {
	const seen = decodeURIComponent(text.replace(/%(?![0-9a-f]{2})/gi, '%25').replace(/%[89a-f][0-9a-f]/gi, ''))
		.replace(/[\s\p{Cf}]/gu, '')
		.toLowerCase();
	for (const spelling of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) {
		for (let start = 0; start + 8 <= spelling.length; start++) {
			const piece = spelling.slice(start, start + 8).toLowerCase();
			assert.ok(!seen.includes(piece), `${context} shows ${piece}`);
		}
	}
}

describe('The API key', () => {
	for (const [name, echo] of Object.entries(echoes)) {
		it(`is in nothing that an error tells when the server echoes it ${name}`, async () => {
			const told: string[] = [];
			for (const body of [{ message: `The key ${echo(apiKey)} is unknown.` }, { errors: { key: [`${echo(apiKey)}`, 'x'] } }]) {
				for (const head of [
					'HTTP/1.1 403 No',
					'HTTP/1.1 422 No',
					'HTTP/1.1 429 No',
					'HTTP/1.1 401 No',
					'HTTP/1.1 500 No',
					'HTTP/1.1 200 OK',
				]) {
					await using server = await startRawServer((socket) =>
						socket.end(`${head}\r\nx-key: ${apiKey}\r\n\r\n${JSON.stringify({ status: 0, ...body })}`),
					);
					const { now, sleep } = new FastClock();
					const client = createPartneroClient({
						baseUrl: server.baseUrl,
						apiKey,
						now,
						sleep,
						onAttempt: (attempt) => told.push(JSON.stringify(attempt)),
					});
					const error = await failureOf(client.getCustomer('a'));
					client.close();
					told.push(error.message, String(error.serverMessage), String(error.code), String(error.stack), String(error.cause));
					told.push(JSON.stringify(error), inspect(error, { depth: 20, showHidden: true, getters: true }), `${error}`);
				}
			}
			for (const text of told) {
				assertSilent(text, apiKey, name);
			}
		});
	}

	it('is in nothing that an error tells when there is no answer', async () => {
		await using server = await startRawServer((socket) => socket.destroy());
		const { now, sleep } = new FastClock();
		for (const baseUrl of [server.baseUrl, 'http://127.0.0.1:1/v1', server.baseUrl.replace('http:', 'https:')]) {
			const client = createPartneroClient({ baseUrl, apiKey, now, sleep });
			const error = await failureOf(client.getCustomer('a'), 'unreachable');
			assertSilent(inspect(error, { depth: 20, showHidden: true }) + JSON.stringify(error) + error.stack, apiKey, baseUrl);
			client.close();
		}
	});

	it('never comes through, whatever the key, the words around it and the spelling are', () => {
		const secret = fc.string({ unit: fc.constantFrom(...'abcXYZ019+/=._-~%&"\\'), minLength: 8, maxLength: 60 });
		const words = fc.string({ maxLength: 30 });
		fc.assert(
			fc.property(secret, fc.constantFrom(...Object.values(echoes)), words, words, (key, echo, before, after) => {
				assertSilent(createRedactor(key)(`${before} ${echo(key)} ${after}`), key, 'the text');
			}),
			{ numRuns: 500 },
		);
	});

	it('is in no sentence and no line of the log, in whatever places and spellings the server echoes it together', async () => {
		const spellings = Object.values(echoes);
		const spelling = fc.constantFrom(...spellings);
		// What no status line and no header can carry would be no answer at all.
		const inHead = (text: string) => text.replace(/[^\x20-\x7e]+/g, ' ');
		const told: string[] = [];
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(200, 302, 400, 401, 403, 404, 422, 429, 500, 502, 511),
				spelling,
				spelling,
				spelling,
				fc.constantFrom('message', 'errors', 'data'),
				async (status, reason, header, body, field) => {
					const text = `The key ${body(apiKey)} is unknown.`;
					const value = field === 'errors' ? { [text]: [text, { deep: text }] } : text;
					await using server = await startRawServer((socket) =>
						socket.end(
							`HTTP/1.1 ${status} ${inHead(reason(apiKey)).slice(0, 500)}\r\nx-echo: ${inHead(header(apiKey)).slice(-500)}\r\nlocation: /${encodeURIComponent(apiKey)}\r\nretry-after: 61\r\n\r\n${JSON.stringify({ status: 0, [field]: value })}`,
						),
					);
					const { now, sleep } = new FastClock();
					const onAttempt = (attempt: object) => told.push(JSON.stringify(attempt));
					const client = createPartneroClient({ baseUrl: server.baseUrl, apiKey, now, sleep, onAttempt });
					const error = await failureOf(client.getCustomer('a'));
					client.close();
					told.push(describeError(error, { program: 'ACME', key: 'a' }), inspect(error, { depth: 20, showHidden: true, getters: true }));
					for (const line of told.splice(0)) {
						assertSilent(line, apiKey, `${status} ${field}`);
					}
				},
			),
			{ numRuns: 60 },
		);
	});

	it('stands in no text of an answer that is shown, copied or exported, wherever the server puts it', () => {
		const secret = fc
			.string({ unit: fc.constantFrom(...'abcXYZ019+/=._-~%"\\'), minLength: 16, maxLength: 60 })
			.filter((key) => /[a-z]/i.test(key));
		const php = (text: string) => text.replaceAll('/', '\\/');
		fc.assert(
			fc.property(secret, fc.jsonValue(), fc.string(), (key, other, around) => {
				const holder = {
					data: { [key]: other, list: [other, `${around}${key}${around}`, { deep: key }], amount: 99.99, key: 'customer_123' },
				};
				for (const text of [JSON.stringify(holder), php(JSON.stringify(holder)), JSON.stringify(holder, undefined, 2)]) {
					const read = JSON.parse(withoutEcho(text, key)) as typeof holder;
					const strings: string[] = [];
					JSON.stringify(read, (name, value: unknown) => {
						strings.push(name, ...(typeof value === 'string' ? [value] : []));
						return value;
					});
					assert.ok(strings.every((string) => !string.includes(key)));
					assert.deepEqual([read.data.amount, read.data.key], [99.99, 'customer_123']);
				}
				const honest = JSON.stringify({ data: { key: 'customer_123', name: 'Alice' } });
				assert.equal(withoutEcho(honest, key), honest);
			}),
			{ numRuns: 300 },
		);
	});

	it('that is as short as a word of the data takes no word away', () => {
		const honest = '{"data":{"key":"customer_123","status":"active"}}';
		for (const key of ['a', 'key', 'status', 'customer_123']) {
			assert.equal(withoutEcho(honest, key), honest);
		}
	});

	it('is taken out where it holds what reads as an encoded character', () => {
		for (const key of ['a%aaaaaaaaa', 'abc%41defg%42hij', 'x\\u0041yzyzyz']) {
			for (const echo of Object.values(echoes)) {
				assertSilent(createRedactor(key)(`The key ${echo(key)}.`), key, key);
			}
		}
	});

	it('is taken out as a whole where it is short', () => {
		assert.equal(createRedactor('s3cr')('The key s3cr, s3c and S3CR.'), 'The key [API key removed], s3c and [API key removed].');
	});

	it('is replaced by a mark, and the words around it stay as they were', () => {
		const redact = createRedactor(apiKey);
		assert.equal(redact(`The key ${apiKey} is unknown.`), 'The key [API key removed] is unknown.');
		assert.equal(redact(`${apiKey}, ${apiKey}`), '[API key removed], [API key removed]');
		const harmless = 'The website format is invalid: 100% sure & <b> %41 &amp; \\u0041 🦊 عميل\n\t“x”';
		assert.equal(redact(harmless), harmless);
	});

	it('is not the only secret: bearer tokens and JWTs of others are taken out too', () => {
		const redact = createRedactor(apiKey);
		assert.equal(redact('sent Bearer abc.def-1 there'), 'sent [API key removed] there');
		assert.equal(redact('token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln!'), 'token [API key removed]!');
	});
});

describe('What the server says', () => {
	async function said(body: unknown): Promise<string | undefined> {
		await using server = await startRawServer((socket) => socket.end(`HTTP/1.1 422 No\r\n\r\n${JSON.stringify(body)}`));
		const client = createPartneroClient({ baseUrl: server.baseUrl, apiKey });
		const error = await failureOf(client.getCustomer('a'), 'refused');
		client.close();
		return error.serverMessage;
	}

	it('is one line without characters that could draw over our own words', async () => {
		assert.equal(await said({ message: ' a\r\nb\tc\u202ed\u0007\u001b[31me\u2028f\u00a0 g ' }), 'a b c d [31me f g');
	});

	it('is at most 300 characters long, and no character is cut in half', async () => {
		const text = await said({ message: `x${'🦊'.repeat(1000)}` });
		assert.equal(text?.length, 300);
		assert.ok(text?.isWellFormed());
	});

	it('is nothing where it says nothing', async () => {
		for (const body of [{}, { message: '' }, { message: ' \n' }, { errors: [] }, { errors: { a: [] } }, [], 'text', null]) {
			assert.equal(await said(body), undefined);
		}
	});
});
