// The sentences for failures: each says what happened and what to do, and shows nothing that is not meant for a reader.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BaseUrlProblem } from '../../../src/partnero/baseUrl.ts';
import type { CustomerKeyProblem } from '../../../src/partnero/customerKey.ts';
import { PartneroError, type PartneroErrorFacts, type PartneroErrorKind } from '../../../src/partnero/errors.ts';
import { describeBaseUrlProblem, describeError, describeKeyProblem, notACustomer } from '../../../src/wording/errors.ts';

/** What a user can do about each kind. The type makes this list complete. */
const todo: Readonly<Record<PartneroErrorKind, RegExp>> = {
	'invalid-key': /Copy it again|Type or paste/,
	'invalid-base-url': /setting "partnero\.apiBaseUrl"/,
	'invalid-api-key': /Copy it again from Partnero/,
	'key-missing': /Run "Partnero: Replace API key"/,
	'origin-changed': /Set it back, or run "Partnero: Replace API key"/,
	'no-program': /Run "Partnero: Connect a program"/,
	busy: /Try again when they are answered/,
	'key-rejected': /\(401\).*Run "Partnero: Replace API key"/,
	'no-permission': /\(403\).*Ask the program's owner/,
	'not-found': /Check the setting "partnero\.apiBaseUrl"/,
	'rate-limited': /\(429\).*wait|Try again in a minute/,
	refused: /will be refused again/,
	'server-fault': /try again in a while/,
	redirected: /Check the setting "partnero\.apiBaseUrl"/,
	unreachable: /Check the network|http\.systemCertificates/,
	'timed-out': /Try again/,
	'not-understood': /setting "partnero\.apiBaseUrl" may be wrong/,
	'too-large': /check the setting "partnero\.apiBaseUrl"/,
	cancelled: /^Cancelled\.$/,
};
const kinds = Object.keys(todo) as readonly PartneroErrorKind[];

/** What never belongs into a sentence. */
const unreadable = /undefined|null|NaN|Infinity|\[object|\{\d\}|\n|<html|at \w+ \(|Error:/;

const context = { program: 'ACME' };

describe('The sentence for a failure', () => {
	it('asks for a reload where another window has the key', () => {
		const sentence = describeError(new PartneroError('key-missing', { code: 'elsewhere' }), context);
		assert.match(sentence, /API key of ACME was entered in another window\. Reload this window/);
	});

	for (const kind of kinds) {
		it(`says what to do about "${kind}", with or without what is known of it`, () => {
			const facts: readonly PartneroErrorFacts[] = [
				{},
				{ status: 418, retryAfter: 1500, code: 'ECODE', serverMessage: 'Something was said.' },
				{ retryAfter: 0 },
				{ retryAfter: Number.POSITIVE_INFINITY, status: 0, code: '', serverMessage: '' },
			];
			for (const known of facts) {
				const sentence = describeError(new PartneroError(kind, known), context);
				assert.match(sentence, todo[kind]);
				assert.doesNotMatch(sentence, unreadable);
				assert.match(sentence, /^[A-Z"].*[.:]/);
			}
		});
	}

	it('names the program that was asked, and "this program" where it has no name', () => {
		for (const kind of ['key-missing', 'key-rejected', 'no-permission', 'origin-changed'] as const) {
			assert.match(describeError(new PartneroError(kind), context), /ACME/);
			assert.match(describeError(new PartneroError(kind), { program: '' }), /this program/);
		}
	});

	it('for a key that Partnero does not know is quiet, and stays one short line whatever the key is', () => {
		assert.equal(describeError(new PartneroError('not-found'), { program: 'ACME', key: 'x1' }), 'x1 is not a customer of ACME.');
		const hostile = notACustomer(`\u202Eevil\n\n${'x'.repeat(5000)}`, `AC\u2066ME\r\n${'y'.repeat(5000)}`);
		assert.match(hostile, /^evil x+… is not a customer of ACME y+…\.$/u);
		assert.ok(hostile.length < 250, hostile);
	});

	it('tells a certificate that was not trusted from a network that is not there', () => {
		const sentence = (code: string) => describeError(new PartneroError('unreachable', { code }), context);
		const certificates = [
			'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
			'SELF_SIGNED_CERT_IN_CHAIN',
			'DEPTH_ZERO_SELF_SIGNED_CERT',
			'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
		];
		for (const code of certificates) {
			assert.match(sentence(code), /certificate was not trusted .*http\.systemCertificates/, code);
		}
		for (const code of ['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']) {
			assert.match(sentence(code), /not valid today .*clock/, code);
		}
		assert.match(sentence('ERR_TLS_CERT_ALTNAME_INVALID'), /for another name .*API key was not sent.*partnero\.apiBaseUrl/);
		for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'ECONNRESET', 'EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER']) {
			assert.match(sentence(code), new RegExp(`could not be reached \\(${code}\\)`));
		}
	});

	it('tells a proxy that refuses or is not there from Partnero, and which setting is about it', () => {
		const sentence = (facts: PartneroErrorFacts) => describeError(new PartneroError('unreachable', { proxy: true, ...facts }), context);
		assert.match(sentence({ status: 407 }), /proxy of this network asks for a name and password \(407\).*"http\.proxy"/);
		assert.equal(sentence({ status: 407 }), describeError(new PartneroError('refused', { status: 407 }), context));
		assert.match(sentence({ status: 502 }), /proxy of this network did not let the question through to Partnero \(502\).*"http\.noProxy"/);
		assert.match(sentence({ code: 'ECONNREFUSED' }), /proxy of this network could not be reached \(ECONNREFUSED\).*"http\.proxy"/);
		assert.match(sentence({}), /proxy of this network could not be reached \(no answer\)/);
	});

	it('says how long Partnero asks to wait, never "0 s"', () => {
		const wait = (retryAfter: number) => describeError(new PartneroError('rate-limited', { retryAfter }), context);
		assert.match(wait(1), /wait 1 s/);
		assert.match(wait(0), /wait 1 s/);
		assert.match(wait(29_001), /wait 30 s/);
	});

	it('repeats what Partnero said, but no stack, message or field of an error that is not ours', () => {
		const said = describeError(new PartneroError('refused', { status: 422, serverMessage: 'The {0} email is $& invalid.' }), context);
		assert.match(said, /\(422\).*It said: The \{0\} email is \$& invalid\.$/);
		fc.assert(
			fc.property(fc.anything(), fc.string({ minLength: 8 }), (thrown, text) => {
				for (const error of [thrown, new Error(`sk_live_${text}`), Object.assign(new TypeError(text), { body: text })]) {
					const sentence = describeError(error, context);
					assert.equal(sentence, 'Something went wrong inside the extension. Run "Partnero: Show log" for the details.');
				}
			}),
		);
	});
});

describe('Whatever an error carries', () => {
	/** What comes along when something is very wrong: other types, stacks, bodies, markup, control characters, endless text. */
	const hostile = fc.oneof(
		fc.anything(),
		fc.string({ unit: 'binary', maxLength: 2000 }),
		fc.constantFrom(
			'Error: boom\n    at read (/home/me/x.js:1:2)\n    at async run (node:internal/x:3:4)',
			'<!DOCTYPE html><html><body>502</body></html>',
			'{"data":{"key":"customer_123"}}',
			'[click](command:workbench.action.quit) $(alert)',
			'\u202e\u0000\u001b[31m\r\n\u2028',
			'{0} {1} $& $1',
			'x'.repeat(100_000),
			Number.NaN,
			Number.POSITIVE_INFINITY,
			-1,
			1e300,
			{ toString: () => 'sneaky' },
			Symbol('s'),
			() => 'f',
		),
	);
	const facts = fc.record({ status: hostile, retryAfter: hostile, serverMessage: hostile, code: hostile }, { requiredKeys: [] });
	const texts = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', 'x'.repeat(100_000), '$(alert)\n[x](command:y)'));

	it('the sentence is one line of bounded length, without a stack, a body, a printed object, a link or an icon', () => {
		fc.assert(
			fc.property(fc.constantFrom(...kinds), facts, texts, texts, (kind, known, program, key) => {
				const error = Object.assign(new PartneroError(kind), known);
				const sentence = describeError(error, { program, key });
				assert.ok(sentence.length > 5 && sentence.length < 900, `${sentence.length} characters`);
				assert.doesNotMatch(sentence, /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
				assert.doesNotMatch(sentence, /\[object|NaN|Infinity|\]\(|\$\(|Symbol\(|sneaky/);
				assert.ok(sentence.isWellFormed());
				if (typeof known.serverMessage !== 'string') {
					assert.doesNotMatch(sentence, unreadable);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	it('nothing of an error that is not ours is told, whatever it carries and however it is made', () => {
		const sentence = 'Something went wrong inside the extension. Run "Partnero: Show log" for the details.';
		fc.assert(
			fc.property(
				fc.dictionary(fc.constantFrom('name', 'message', 'stack', 'cause', 'kind', 'status', 'serverMessage'), hostile),
				(fields) => {
					for (const error of [fields, Object.assign(Object.create(null), fields)]) {
						assert.equal(describeError(error, context), sentence);
					}
					const thrown = new Error('boom');
					for (const [name, value] of Object.entries(fields)) {
						Object.defineProperty(thrown, name, { value });
					}
					assert.equal(describeError(thrown, context), sentence);
				},
			),
		);
	});
});

describe('The sentence for a text that cannot be used', () => {
	it('says why it cannot be a customer key', () => {
		const sentences: Readonly<Record<CustomerKeyProblem, RegExp>> = {
			empty: /Type or paste/,
			dots: /"\." and "\.\."/,
			'too-long': /at most 512 characters/,
			'api-key': /API key/,
			'broken-unicode': /broken characters/,
		};
		for (const [problem, sentence] of Object.entries(sentences)) {
			assert.match(describeKeyProblem(problem as CustomerKeyProblem), sentence);
			assert.match(describeError(new PartneroError('invalid-key', { code: problem }), context), sentence);
		}
	});

	it('says why it cannot be the address of Partnero', () => {
		const sentences: Readonly<Record<BaseUrlProblem, RegExp>> = {
			'not-a-url': /is not an address such as https:/,
			'not-https': /must start with https:/,
			credentials: /user name or password/,
			'query-or-fragment': /"\?" or "#"/,
		};
		for (const [problem, sentence] of Object.entries(sentences)) {
			assert.match(describeBaseUrlProblem(problem as BaseUrlProblem), sentence);
			assert.match(describeError(new PartneroError('invalid-base-url', { code: problem }), context), sentence);
		}
	});
});
