// What is offered from the selection and the clipboard: one key, a list of keys, and nothing that looks like a text or a token.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bareKey, oneKey, severalKeys, typedKeys } from '../../../src/lookup/atHand.ts';

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

	it('is the key in what a spreadsheet, a chat or a mail puts around it', () => {
		for (const text of [
			'"customer_123",',
			'“customer_123”',
			"'customer_123",
			' • customer_123\r\n',
			'3. customer_123',
			'customer: customer_123',
			'Customer key = `customer_123`;',
			'"customer_key": "customer_123",',
			'\u200bcustomer_123\u00a0',
		]) {
			assert.equal(oneKey(text), 'customer_123', text);
		}
		assert.equal(oneKey('Alice Brown <alice@partnero.example>'), 'alice@partnero.example');
	});

	it('stays as it is where its signs may be part of the key', () => {
		for (const key of ['customers:search', `customer'"\``, 'a=b', '-5', '100%25', 'user@tenant@example.org', 'x,y']) {
			assert.equal(bareKey(key), key);
		}
	});

	it('is a list of keys with any of the usual separators, each key once', () => {
		assert.deepEqual(severalKeys('a\r\nb\n\n"c", d;e\tf, a'), { keys: ['a', 'b', 'c', 'd', 'e', 'f'], leftOut: 0 });
		assert.equal(severalKeys('one'), undefined);
		assert.equal(severalKeys('Dear Alice,\nthank you'), undefined);
		assert.equal(severalKeys(undefined), undefined);
		assert.equal(severalKeys('x,'.repeat(1_000_000)), undefined);
	});

	it('is a list although headings and names stand in it, and tells how much is left out', () => {
		assert.deepEqual(severalKeys('Customer key\tFull name\r\n"cus_1"\tAlice Brown\r\n- cus_2\r\ncustomer: cus_3\r\njane@example.com'), {
			keys: ['cus_1', 'cus_2', 'cus_3', 'jane@example.com'],
			leftOut: 3,
		});
		assert.equal(severalKeys('cus_1\nplease have a look at\ncus_2\nand then at this\nor that one'), undefined);
	});

	it('is a list in a box of one line as well, where line breaks are spaces', () => {
		assert.deepEqual(typedKeys('customer: cus_1 customer: cus_2 - "cus_3" 4. jane@example.com'), {
			keys: ['cus_1', 'cus_2', 'cus_3', 'jane@example.com'],
			leftOut: 0,
			certain: true,
		});
		assert.equal(typedKeys('cus_1, cus_2')?.certain, true);
		assert.equal(typedKeys('customer with spaces')?.certain, false);
		assert.equal(typedKeys('customer: cus_1'), undefined);
		assert.equal(typedKeys('cus_1,'), undefined);
	});

	it('may be anything', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				for (const { keys } of [severalKeys(text), typedKeys(text)].filter((list) => list !== undefined)) {
					assert.equal(new Set(keys).size, keys.length);
					assert.ok(keys.every((key) => oneKey(key) === key));
				}
				assert.equal(bareKey(bareKey(text)), bareKey(text));
			}),
		);
	});
});
