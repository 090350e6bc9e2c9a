// Somebody else's text stays in its line and says what it says.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { customerLabel, fullName, shorten, singleLine } from '../../../src/format/names.ts';

describe('A text in one line', () => {
	it('has no line breaks, control characters or characters that reorder what stands around it', () => {
		assert.equal(singleLine('a\r\n\tb\u0000c'), 'a b c');
		assert.equal(singleLine('\u202Egnp.exe\u202C'), 'gnp.exe');
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				assert.doesNotMatch(singleLine(text), /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
				assert.ok(singleLine(text).isWellFormed());
			}),
		);
	});

	it('is never longer than asked for, and never ends in half a character', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) => {
				const short = shorten(text, most);
				assert.ok(short.isWellFormed());
				assert.ok(short === text || Array.from(short).length <= most);
			}),
		);
		assert.equal(shorten('👍👍👍', 2), '👍…');
	});

	it('of 100 kB is cut without delay', () => {
		assert.equal(singleLine('x'.repeat(100_000), 10), 'xxxxxxxxx…');
	});
});

describe('A customer without a name', () => {
	it('is called by the e-mail address, else by the key', () => {
		assert.equal(customerLabel({ key: 'k', name: ' Alice ', surname: 'Brown' }), 'Alice Brown');
		assert.equal(customerLabel({ key: 'k', email: 'a@b.c' }), 'a@b.c');
		assert.equal(customerLabel({ key: 'k', name: ' \n' }), 'k');
		assert.equal(fullName({ surname: 'Brown' }), 'Brown');
	});
});
