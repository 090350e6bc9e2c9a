// Sums are right to the last digit.
import assert from 'node:assert/strict';
import Big from 'big.js';
import fc from 'fast-check';
import { compareDecimals, DecimalSum, isDecimal } from '../../../src/format/decimals.ts';

/** Numbers as Partnero may answer them: any length, any number of fraction digits, leading and trailing zeros. */
const decimals = fc
	.tuple(fc.boolean(), fc.stringMatching(/^[0-9]{1,30}$/), fc.option(fc.stringMatching(/^[0-9]{1,20}$/), { nil: undefined }))
	.map(([negative, integer, fraction]) => `${negative ? '-' : ''}${integer}${fraction === undefined ? '' : `.${fraction}`}`);

function sumOf(numbers: readonly string[]): string {
	const sum = new DecimalSum();
	for (const number of numbers) {
		assert.ok(sum.add(number));
	}
	return sum.toString();
}

function bigSumOf(numbers: readonly string[]): string {
	return numbers.reduce((sum, number) => sum.plus(number), new Big(0)).toFixed();
}

describe('A sum of amounts', () => {
	it('of 0.1 and 0.2 is 0.3', () => {
		assert.equal(sumOf(['0.1', '0.2']), '0.3');
	});

	it('is right to the last digit, whatever the amounts are', () => {
		fc.assert(
			fc.property(fc.array(decimals, { maxLength: 50 }), (numbers) => assert.equal(sumOf(numbers), bigSumOf(numbers).replace(/^-0$/, '0'))),
		);
	});

	it('is the same in whatever order and in however many parts it is made', () => {
		fc.assert(
			fc.property(fc.array(decimals), fc.nat(), (numbers, at) => {
				const left = new DecimalSum();
				const right = new DecimalSum();
				numbers.forEach((number, index) => {
					assert.ok((index < at % (numbers.length + 1) ? left : right).add(number));
				});
				right.addSum(left);
				assert.equal(right.toString(), sumOf(numbers.toReversed()));
			}),
		);
	});

	it('leaves out, and says so, what is no plain decimal number', () => {
		for (const text of ['', '-', '.5', '5.', '1e3', '0x10', 'NaN', 'Infinity', '1,000', ' 1', '١٢', '--1']) {
			const sum = new DecimalSum();
			assert.equal(sum.add(text), false, text);
			assert.equal(sum.toString(), '0');
			assert.equal(isDecimal(text), false);
		}
	});
});

describe('Comparing amounts', () => {
	it('orders them by value, also where doubles cannot tell them apart', () => {
		assert.ok(compareDecimals('0.30000000000000001', '0.3') > 0);
		assert.ok(compareDecimals('9007199254740993', '9007199254740992') > 0);
		fc.assert(
			fc.property(decimals, decimals, (left, right) => assert.equal(Math.sign(compareDecimals(left, right)), new Big(left).cmp(right))),
		);
	});
});
