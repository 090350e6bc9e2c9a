// The fault laboratory: each fault does on the wire what its name says, seen by a client that hides nothing.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { type Fault, type FaultKind, type FaultRule, type Sandbox, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, askJson, askRows, type BareAnswer, objectOf, rowsOf, sendRaw } from './bareClient.ts';

const path = '/customers/customer_123';
const list = `${path}/transactions`;

describe('Sandbox: faults', function () {
	this.timeout(10_000);
	let sandbox: Sandbox;
	let honest: BareAnswer;

	before(async () => {
		sandbox = await startSandbox();
		honest = await ask(sandbox, path);
	});
	afterEach(() => {
		sandbox.faults.clear();
		sandbox.requests.clear();
	});
	after(() => sandbox.close());

	/** Asks once under faults. */
	async function askUnder(...faults: readonly Fault[]): Promise<BareAnswer> {
		const rule = sandbox.faults.add({ faults });
		try {
			return await ask(sandbox, path);
		} finally {
			rule.remove();
		}
	}

	/** Asks once under faults, on a bare socket. */
	async function sendUnder(...faults: readonly Fault[]): ReturnType<typeof sendRaw> {
		const rule = sandbox.faults.add({ faults });
		try {
			const lines = [`GET /v1${path} HTTP/1.1`, 'host: x', 'connection: close', `authorization: Bearer ${sandbox.apiKey}`, '', ''];
			return await sendRaw(sandbox, lines.join('\r\n'));
		} finally {
			rule.remove();
		}
	}

	describe('rules', () => {
		/** Which of the first six requests met the rule. */
		async function metBy(rule: Omit<FaultRule, 'faults'>, ask6: (number: number) => string = () => path): Promise<readonly number[]> {
			const installed = sandbox.faults.add({ ...rule, faults: [{ kind: 'status', status: 503 }] });
			const met: number[] = [];
			for (let number = 1; number <= 6; number++) {
				if ((await ask(sandbox, ask6(number))).status === 503) {
					met.push(number);
				}
			}
			assert.equal(installed.hits, met.length);
			installed.remove();
			assert.equal((await ask(sandbox, path)).status, 200);
			return met;
		}

		it('meet the nth request, every nth, the first n, those after n, or all', async () => {
			assert.deepEqual(await metBy({ when: { nth: 3 } }), [3]);
			assert.deepEqual(await metBy({ when: { every: 2 } }), [2, 4, 6]);
			assert.deepEqual(await metBy({ when: { first: 2 } }), [1, 2]);
			assert.deepEqual(await metBy({ when: { after: 4 } }), [5, 6]);
			assert.deepEqual(await metBy({}), [1, 2, 3, 4, 5, 6]);
		});

		it('count only requests that fit by path and method', async () => {
			const alternate = (number: number) => (number % 2 === 0 ? `${list}?page=${number}` : '/test');
			assert.deepEqual(await metBy({ path: `/v1${list}` }, alternate), [2, 4, 6]);
			assert.deepEqual(await metBy({ path: `/v1${list}`, when: { nth: 2 } }, alternate), [4]);
			assert.deepEqual(await metBy({ path: /[?&]page=6$/g }, alternate), [6]);
			assert.deepEqual(await metBy({ path: `/v1${path}` }, alternate), []);
			assert.deepEqual(await metBy({ method: 'HEAD' }, alternate), []);
		});

		it('meet a request together, in the order in which they were added', async () => {
			sandbox.faults.add({ faults: [{ kind: 'status', status: 429, headers: { 'Retry-After': '7' } }] });
			sandbox.faults.add({
				faults: [{ kind: 'headers', headers: { 'X-RateLimit-Remaining': '0', 'content-type': null } }, { kind: 'bom' }],
			});
			const { status, headers, body } = await ask(sandbox, path);
			assert.deepEqual(
				[status, headers['retry-after'], headers['x-ratelimit-remaining'], headers['content-type']],
				[429, '7', '0', undefined],
			);
			assert.equal(body.subarray(0, 4).toString('latin1'), '\xef\xbb\xbf{');
		});

		it('are refused when they could not be carried out', () => {
			const impossible: Fault[] = [
				{ kind: 'status', status: 99 },
				{ kind: 'status', status: 1000 },
				{ kind: 'status', status: 200, headers: { 'bad name': 'x' } },
				{ kind: 'headers', headers: { 'retry-after': 'a\nb' } },
				{ kind: 'redirect', location: 'http://x/\r\nset-cookie: a' },
			];
			for (const fault of impossible) {
				assert.throws(() => sandbox.faults.add({ faults: [fault] }), Error, JSON.stringify(fault));
			}
		});
	});

	describe('of the answer', () => {
		it('status: any status, with the usual words or any body and headers', async () => {
			const limited = await askUnder({ kind: 'status', status: 429, headers: { 'Retry-After': 'Wed, 21 Oct 2015 07:28:00 GMT' } });
			assert.deepEqual([limited.status, limited.headers['retry-after']], [429, 'Wed, 21 Oct 2015 07:28:00 GMT']);
			assert.deepEqual(objectOf(limited.text), { status: 0, message: 'Too Many Attempts.' });
			const odd = await askUnder({ kind: 'status', status: 799, body: Buffer.from([1, 2, 255]) });
			assert.deepEqual([odd.status, [...odd.body], odd.complete], [799, [1, 2, 255], true]);
		});

		it('headers: a wrong content-type goes out as it was given', async () => {
			const { headers, text } = await askUnder({ kind: 'headers', headers: { 'Content-Type': 'image/png' } });
			assert.deepEqual([headers['content-type'], text], ['image/png', honest.text]);
		});

		it('content-length: more than comes leaves the client waiting, fewer leaves bytes that belong to no answer', async () => {
			const { text: fewer } = await sendUnder({ kind: 'content-length', by: -10 });
			assert.ok(fewer.includes(`content-length: ${honest.body.length - 10}\r\n`) && fewer.endsWith(honest.text), fewer);
			sandbox.faults.add({ faults: [{ kind: 'content-length', by: 5 }] });
			const more = ask(sandbox, path);
			await sandbox.requests.until(({ entries }) => entries.at(-1)?.outcome === 'answered');
			sandbox.closeConnections();
			const { complete, headers, text } = await more;
			assert.deepEqual([complete, headers['content-length'], text], [false, String(honest.body.length + 5), honest.text]);
		});

		it('redirect: to itself, to elsewhere, by any of the statuses', async () => {
			const self = await askUnder({ kind: 'redirect', location: 'self' });
			assert.deepEqual([self.status, self.headers.location], [302, `${sandbox.baseUrl}${path}`]);
			const elsewhere = await askUnder({ kind: 'redirect', location: 'http://evil.example/', status: 308 });
			assert.deepEqual([elsewhere.status, elsewhere.headers.location], [308, 'http://evil.example/']);
		});

		it('empty, truncated-json, html: a whole HTTP answer without a whole JSON', async () => {
			assert.deepEqual(
				[(await askUnder({ kind: 'empty' })).text, (await askUnder({ kind: 'empty' })).headers['content-length']],
				['', '0'],
			);
			const half = await askUnder({ kind: 'truncated-json' });
			assert.deepEqual([half.text, half.complete], [honest.text.slice(0, honest.body.length >> 1), true]);
			assert.equal((await askUnder({ kind: 'truncated-json', bytes: 20 })).text, honest.text.slice(0, 20));
			const html = await askUnder({ kind: 'html' });
			assert.match(html.text, /^<!DOCTYPE html>/);
			assert.deepEqual([html.status, html.headers['content-type']], [200, 'text/html; charset=utf-8']);
		});

		it('bom, utf16, invalid-utf8: the honest text in another coat', async () => {
			assert.equal((await askUnder({ kind: 'bom' })).text, `\uFEFF${honest.text}`);
			assert.equal((await askUnder({ kind: 'utf16' })).body.toString('utf16le'), `\uFEFF${honest.text}`);
			const invalid = await askUnder({ kind: 'invalid-utf8' });
			assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(invalid.body), TypeError);
			assert.match(invalid.text, /^{"data":{"key":".*customer_123"/);
		});

		it('gzip-bomb: a small body that unpacks to as much as was asked for, with the honest one at its end', async () => {
			const { headers, body } = await askUnder({ kind: 'gzip-bomb', megabytes: 20 });
			assert.equal(headers['content-encoding'], 'gzip');
			assert.ok(body.length < 50_000);
			const unpacked = gunzipSync(body);
			assert.equal(unpacked.length, 20 * 2 ** 20 + honest.body.length);
			assert.equal(unpacked.subarray(-honest.body.length).toString(), honest.text);
		});

		it('oversize: more than 10 MB that would still be good JSON', async () => {
			const { body, text } = await askUnder({ kind: 'oversize' });
			assert.equal(body.length, 11 * 2 ** 20);
			assert.deepEqual(objectOf(text), objectOf(honest.text));
			assert.equal((await askUnder({ kind: 'oversize', bytes: 10_000_001 })).body.length, 10_000_001);
		});

		it('wrong-types, nulls: every field of the data, and nothing else', async () => {
			const values = {
				string: 'not what it should be',
				number: 42,
				boolean: true,
				array: [1, 'two', null],
				object: { unexpected: { object: true } },
			};
			const names = Object.keys(Object(objectOf(honest.text).data));
			for (const as of ['string', 'number', 'boolean', 'array', 'object'] as const) {
				const { data, status } = objectOf((await askUnder({ kind: 'wrong-types', as })).text);
				assert.deepEqual([data, status], [Object.fromEntries(names.map((name) => [name, values[as]])), 1]);
			}
			sandbox.faults.add({ faults: [{ kind: 'nulls' }] });
			const rows = await askRows(sandbox, `${list}?limit=3`);
			assert.equal(rows.length, 3);
			assert.ok(rows.every((row) => 'key' in row && Object.values(row).every((value) => value === null)));
		});

		it('duplicate-names: every field twice, of which a parser keeps the honest one', async () => {
			const { text } = await askUnder({ kind: 'duplicate-names' });
			assert.deepEqual(objectOf(text), objectOf(honest.text));
			assert.equal(text.split('"email":').length, 3);
			assert.ok(text.includes('"key":"decoy","key":"customer_123"'));
		});

		it('deep-nesting: as many arrays in arrays as were asked for, in the data or beside a list', async () => {
			const { text } = await askUnder({ kind: 'deep-nesting', depth: 50 });
			assert.ok(text.startsWith(`{"data":{"deep":${'['.repeat(50)}${']'.repeat(50)},"key":"customer_123"`));
			assert.equal((await askUnder({ kind: 'deep-nesting' })).body.length, honest.body.length + 200_000 + '"deep":,'.length);
			sandbox.faults.add({ faults: [{ kind: 'deep-nesting', depth: 2 }] });
			assert.deepEqual((await askJson(sandbox, list)).deep, [[]]);
		});
	});

	describe('of the connection', () => {
		it('delay-headers, hold: nothing comes before its time', async () => {
			const started = performance.now();
			assert.equal((await askUnder({ kind: 'delay-headers', ms: 40 })).text, honest.text);
			assert.ok(performance.now() - started >= 39);

			const { promise, resolve } = Promise.withResolvers<void>();
			sandbox.faults.add({ faults: [{ kind: 'hold', until: promise }], when: { nth: 1 } });
			const held = ask(sandbox, path);
			await sandbox.requests.until(({ inFlight }) => inFlight === 1);
			assert.equal((await ask(sandbox, path)).text, honest.text);
			assert.deepEqual([sandbox.requests.entries.at(-2)?.outcome, sandbox.requests.entries.at(-2)?.status], ['open', undefined]);
			resolve();
			assert.equal((await held).text, honest.text);
		});

		it('hold: a promise that fails lets the answer go as well', async () => {
			assert.equal((await askUnder({ kind: 'hold', until: Promise.reject(new Error('test')) })).status, 200);
		});

		it('delay-body, drip: the whole body, in pieces', async () => {
			for (const fault of [
				{ kind: 'delay-body', ms: 30 },
				{ kind: 'delay-body', ms: 30, afterBytes: 1 },
				{ kind: 'drip', bytes: 50, ms: 5 },
			] satisfies Fault[]) {
				const started = performance.now();
				const { text, complete } = await askUnder(fault);
				assert.deepEqual([text, complete], [honest.text, true]);
				assert.ok(performance.now() - started >= 29, JSON.stringify(fault));
			}
		});

		it('stall: silence before the headers or inside the body, until the client leaves', async () => {
			for (const afterBytes of [undefined, 0, 25]) {
				const rule = sandbox.faults.add({ faults: [{ kind: 'stall', ...(afterBytes !== undefined && { afterBytes }) }] });
				const asked = sandbox.requests.count;
				const cancel = new AbortController();
				const asking = ask(sandbox, path, { signal: cancel.signal });
				asking.catch(() => {});
				await sandbox.requests.until(({ count }) => count > asked);
				const outcome = await Promise.race([asking, new Promise((resolve) => setTimeout(resolve, 30, 'silent'))]);
				assert.equal(outcome, 'silent');
				cancel.abort();
				await sandbox.requests.until(({ inFlight }) => inFlight === 0);
				assert.equal(sandbox.requests.entries.at(-1)?.outcome, 'broken');
				rule.remove();
			}
		});

		it('reset: before the status line, inside the headers, at every place of the body', async () => {
			for (const atByte of [0, 1, 30]) {
				await assert.rejects(askUnder({ kind: 'reset', atByte }), { code: 'ECONNRESET' });
			}
			assert.deepEqual(await sendUnder({ kind: 'reset', atByte: 9 }), { text: 'HTTP/1.1 ', reset: true });
			const { complete, error, body } = await askUnder({ kind: 'reset', atByte: 400 });
			assert.deepEqual([complete, error], [false, 'ECONNRESET']);
			assert.ok(body.length > 0 && body.length < honest.body.length);
		});

		it('truncate: ends after so many bytes of a body announced in full', async () => {
			const { text, complete, headers } = await askUnder({ kind: 'truncate', bytes: 33 });
			assert.deepEqual([text, complete, headers['content-length']], [honest.text.slice(0, 33), false, String(honest.body.length)]);
			assert.equal((await sendUnder({ kind: 'truncate', bytes: 33 })).reset, false);
		});

		it('close-connection: a good answer on a connection that is gone afterwards, unannounced', async () => {
			const agent = new Agent({ keepAlive: true, maxSockets: 1 });
			sandbox.faults.add({ faults: [{ kind: 'close-connection' }], when: { nth: 1 } });
			const first = await ask(sandbox, path, { agent });
			assert.deepEqual([first.text, first.headers.connection], [honest.text, 'keep-alive']);
			await sandbox.requests.until(({ inFlight }) => inFlight === 0);
			for (;;) {
				// The client may still try the connection once before it learns of its end.
				const again = await ask(sandbox, path, { agent }).catch(() => undefined);
				if (again !== undefined) {
					assert.equal(again.text, honest.text);
					break;
				}
			}
			assert.equal(sandbox.requests.connections, 2);
			agent.destroy();
		});

		it('raw: the bytes as they were given, made of the body where they want it, and then the end', async () => {
			assert.deepEqual(await sendUnder({ kind: 'raw', bytes: 'SSH-2.0\r\n' }), { text: 'SSH-2.0\r\n', reset: false });
			const bytes = (body: Buffer) => `HTTP/1.1 200 OK\r\n\r\n${body.toString().toUpperCase()}`;
			const { text } = await askUnder({ kind: 'raw', bytes });
			assert.equal(text, honest.text.toUpperCase());
		});
	});

	describe('of paging', () => {
		async function nextOf(query: string, fault: Fault): Promise<unknown> {
			const rule = sandbox.faults.add({ faults: [fault] });
			const { links } = await askJson(sandbox, `${list}${query}`);
			rule.remove();
			return Object(links).next;
		}

		it('next-link: leads to page 1, to itself, or on and on', async () => {
			const address = `${sandbox.baseUrl}${list}?page=`;
			assert.equal(await nextOf('?limit=100&page=2', { kind: 'next-link', to: 'first' }), `${address}1`);
			assert.equal(await nextOf('?limit=100&page=2', { kind: 'next-link', to: 'self' }), `${address}2`);
			assert.equal(await nextOf('?limit=100&page=2', { kind: 'next-link', to: 'further' }), `${address}3`);
			assert.equal(await nextOf('?limit=100&page=900', { kind: 'next-link', to: 'further' }), `${address}901`);
		});

		it('next-link-value: leads anywhere', async () => {
			for (const value of ['https://evil.example/v1/customers?page=2', 'javascript:alert(1)', 'not an address', '', 17, {}, true]) {
				assert.deepEqual(await nextOf('', { kind: 'next-link-value', value }), value);
			}
		});

		it('same-page: the rows of page 1 under every number, and a link that leads on', async () => {
			const first = await askRows(sandbox, `${list}?limit=10`);
			sandbox.faults.add({ faults: [{ kind: 'same-page' }] });
			const answer = await askJson(sandbox, `${list}?limit=10&page=4`);
			assert.deepEqual(rowsOf(answer), first);
			assert.match(String(Object(answer.links).next), /\?page=5$/);
		});

		it('endless-pages: new rows behind the end of the list', async () => {
			sandbox.faults.add({ faults: [{ kind: 'endless-pages' }] });
			const rows = await askRows(sandbox, `${list}?limit=100&page=9000`);
			const more = await askRows(sandbox, `${list}?limit=100&page=9001`);
			assert.equal(new Set([...rows, ...more].map((row) => row.key)).size, 200);
		});

		it('shift-pages: rows slide from page to page while they are read, either way', async () => {
			await using own = await startSandbox();
			const page = (number: number) => askRows(own, `${list}?limit=10&page=${number}`);
			const before = [...(await page(1)), ...(await page(2))];
			const rule = own.faults.add({ path: `/v1${list}`, faults: [{ kind: 'shift-pages', by: 3 }] });
			assert.deepEqual((await page(1)).slice(3), before.slice(0, 7));
			assert.deepEqual(await page(2), before.slice(4, 14));
			rule.remove();
			own.faults.add({ path: `/v1${list}`, faults: [{ kind: 'shift-pages', by: -8 }] });
			assert.deepEqual(await page(1), before.slice(2, 12));
			assert.equal(own.transactionCount(sampleKeys.documented), 128);
		});

		it('leave alone what is no list', async () => {
			for (const fault of [
				{ kind: 'next-link', to: 'first' },
				{ kind: 'same-page' },
				{ kind: 'endless-pages' },
				{ kind: 'shift-pages', by: 5 },
			] satisfies Fault[]) {
				assert.equal((await askUnder(fault)).text, honest.text);
			}
			const spoiled: Fault[] = [{ kind: 'wrong-types', as: 'number' }, { kind: 'duplicate-names' }, { kind: 'next-link', to: 'self' }];
			assert.equal((await askUnder({ kind: 'html' }, ...spoiled)).text, (await askUnder({ kind: 'html' })).text);
		});
	});

	it('leave the sandbox whole: it answers well after each of them', async () => {
		const all: Record<FaultKind, Fault> = {
			status: { kind: 'status', status: 500 },
			headers: { kind: 'headers', headers: { 'transfer-encoding': 'chunked', 'content-length': '3' } },
			'content-length': { kind: 'content-length', by: -5 },
			redirect: { kind: 'redirect', location: 'self' },
			'delay-headers': { kind: 'delay-headers', ms: 1 },
			hold: { kind: 'hold', until: Promise.resolve() },
			'delay-body': { kind: 'delay-body', ms: 1 },
			drip: { kind: 'drip', bytes: 100, ms: 1 },
			stall: { kind: 'stall' },
			reset: { kind: 'reset', atByte: 5 },
			truncate: { kind: 'truncate', bytes: 5 },
			'close-connection': { kind: 'close-connection' },
			raw: { kind: 'raw', bytes: 'SSH-2.0-OpenSSH_9.7\r\n' },
			empty: { kind: 'empty' },
			'truncated-json': { kind: 'truncated-json' },
			html: { kind: 'html' },
			bom: { kind: 'bom' },
			utf16: { kind: 'utf16' },
			'invalid-utf8': { kind: 'invalid-utf8' },
			'gzip-bomb': { kind: 'gzip-bomb', megabytes: 1 },
			oversize: { kind: 'oversize', bytes: 1000 },
			'wrong-types': { kind: 'wrong-types', as: 'array' },
			nulls: { kind: 'nulls' },
			'duplicate-names': { kind: 'duplicate-names' },
			'deep-nesting': { kind: 'deep-nesting', depth: 10 },
			'next-link': { kind: 'next-link', to: 'self' },
			'next-link-value': { kind: 'next-link-value', value: null },
			'same-page': { kind: 'same-page' },
			'endless-pages': { kind: 'endless-pages' },
			'shift-pages': { kind: 'shift-pages', by: 1 },
		};
		for (const fault of Object.values(all)) {
			for (const method of ['GET', 'HEAD']) {
				const rule = sandbox.faults.add({ faults: [fault] });
				const asked = ask(sandbox, path, { method, signal: AbortSignal.timeout(fault.kind === 'stall' ? 20 : 2000) });
				await asked.catch(() => {});
				rule.remove();
				assert.equal((await ask(sandbox, path)).text, honest.text, `${method} ${fault.kind}`);
			}
		}
		await sandbox.requests.until(({ inFlight }) => inFlight === 0);
	});
});
