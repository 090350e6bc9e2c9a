// Amounts are shown as money only where they are money, and with every digit that they have.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { AmountFormat, currencyOf, unitOf } from '../../../src/format/money.ts';

const money = (value: string, units: string) => ({ value, units, isCurrency: true, credit: false });
const english = new AmountFormat('en');

describe('An amount', () => {
	it('in a currency is shown as the user writes money', () => {
		assert.equal(english.amount(money('99.99', 'USD')), '$99.99');
		assert.equal(new AmountFormat('de').amount(money('1234.5', 'EUR')), '1.234,50\u00A0€');
		assert.equal(new AmountFormat('ja').amount(money('1500', 'JPY')), '￥1,500');
	});

	it('keeps every digit: no commission is rounded', () => {
		assert.equal(english.amount(money('29.997', 'USD')), '$29.997');
		assert.equal(
			english.amount(money('123456789012345678901234567890.123456789', 'USD')),
			'$123,456,789,012,345,678,901,234,567,890.123456789',
		);
		fc.assert(
			fc.property(fc.stringMatching(/^[1-9][0-9]{0,25}\.[0-9]{0,12}[1-9]$/), (value) => {
				assert.equal(english.amount({ ...money(value, ''), isCurrency: false })?.replaceAll(',', ''), value);
			}),
		);
	});

	it('takes a currency code in any case, and shows no digits that only pad', () => {
		assert.equal(english.amount(money('5.000000', 'usd')), '$5.00');
		assert.equal(unitOf(money('1', 'usd')).id, unitOf(money('1', 'USD')).id);
	});

	it('that is no money is a number and its units', () => {
		assert.equal(english.amount({ value: '1200.5', units: 'points', isCurrency: false, credit: false }), '1,200.5 points');
		assert.equal(english.amount({ value: '5', units: 'USD', isCurrency: false, credit: false }), '5 USD');
		assert.equal(english.amount(money('5', 'XQZ')), '5 XQZ');
		assert.equal(english.amount({ value: '5', isCurrency: true, credit: false }), '5');
	});

	it('is of another unit than a number that merely names a currency', () => {
		assert.notEqual(unitOf(money('1', 'USD')).id, unitOf({ units: 'USD', isCurrency: false }).id);
		assert.equal(currencyOf({ units: 'USD', isCurrency: false }), undefined);
	});

	it('without a value, or with one that is no number, never throws', () => {
		assert.equal(english.amount({ units: 'USD', isCurrency: true, credit: false }), undefined);
		fc.assert(
			fc.property(fc.string(), fc.string(), fc.boolean(), (value, units, isCurrency) => {
				assert.equal(typeof english.amount({ value, units, isCurrency, credit: false }), 'string');
			}),
		);
	});

	it('is shown in some locale even where the user has one that does not exist', () => {
		assert.match(new AmountFormat('no such locale').amount(money('1', 'USD')) ?? '', /1/);
	});

	it('on the axis of a chart takes little room, however large it is', () => {
		assert.equal(english.compact(12_000, unitOf(money('1', 'USD'))), '$12K');
		assert.ok(english.compact(1e60, unitOf(money('1', 'USD'))).length < 10);
	});
});
