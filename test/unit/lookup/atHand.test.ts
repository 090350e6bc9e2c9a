// What is offered from the selection and the clipboard: one key, a list of keys, and nothing that looks like a text or a token.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { oneKey, severalKeys } from '../../../src/lookup/atHand.ts';

describe('Text at hand', () => {
	it('is one key where it is one short word or an e-mail address', () => {
		assert.equal(oneKey(' customer_123\n'), 'customer_123');
		assert.equal(
			oneKey('alice.brown+test@a-rather-long-company-name.partnero.example'),
			'alice.brown+test@a-rather-long-company-name.partnero.example',
		);
		for (const text of [
			undefined,
			'',
			' ',
			'..',
			'two words',
			'a\nb',
			'x'.repeat(49),
			'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U',
		]) {
			assert.equal(oneKey(text), undefined, text);
		}
	});

	it('is a list of keys with any of the usual separators, each key once', () => {
		assert.deepEqual(severalKeys('a\r\nb\n\n"c", d;e\tf, a'), ['a', 'b', 'c', 'd', 'e', 'f']);
		assert.equal(severalKeys('one'), undefined);
		assert.equal(severalKeys('Dear Alice,\nthank you'), undefined);
		assert.equal(severalKeys(undefined), undefined);
		assert.equal(severalKeys('x,'.repeat(1_000_000)), undefined);
	});

	it('may be anything', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const keys = severalKeys(text) ?? [];
				assert.equal(new Set(keys).size, keys.length);
				assert.ok(keys.every((key) => oneKey(key) === key));
			}),
		);
	});
});
