// An export opens in a spreadsheet as what it is: exact, and never as a formula.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { csvCell, csvLine, transactionCsv, transactionCsvHeader, transactionJson, transactionsJsonEnd } from '../../../src/format/csv.ts';
import type { Transaction } from '../../../src/partnero/types.ts';

const sale: Transaction = {
	key: 'transaction_123',
	action: 'sale',
	partner: 'partner_123',
	customer: 'customer_123',
	createdAt: '2025-05-07T05:32:48.000000Z',
	value: '-99.990000000000000001',
	units: 'USD',
	isCurrency: true,
	credit: false,
	other: { note: 'a, "b"' },
	raw: { key: 'transaction_123', amount: 99.99 },
	rewards: [
		{
			key: 'r1',
			status: 'ok',
			value: '29.997',
			units: 'USD',
			isCurrency: true,
			credit: false,
			product: { product_id: 'p' },
			other: {},
			raw: {},
		},
	],
};

/** A reader of RFC 4180, for the way back. */
function readCsv(text: string): string[][] {
	const rows: string[][] = [];
	let row: string[] = [];
	for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
		row.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
		if (end === '\r\n') {
			rows.push(row);
			row = [];
		}
	}
	return rows;
}

describe('An export as CSV', () => {
	it('never lets a cell be a formula', () => {
		for (const attack of ['=1+1', '+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '  =1', '＝1', '-', '=HYPERLINK("http://x")']) {
			assert.ok(csvCell(attack).replace(/^"/, '').startsWith("'"), attack);
		}
	});

	it('leaves numbers numbers, to the last digit', () => {
		assert.equal(csvCell('-99.990000000000000001'), '-99.990000000000000001');
	});

	it('gives every text back as it was, but for the defused ones', () => {
		fc.assert(
			fc.property(fc.array(fc.array(fc.string({ unit: 'binary' }), { minLength: 2, maxLength: 5 })), (rows) => {
				const read = readCsv(rows.map(csvLine).join(''));
				assert.equal(read.length, rows.length);
				rows.forEach((row, index) => {
					row.forEach((cell, column) => {
						const found = read[index]?.[column];
						assert.ok(found === cell || found === `'${cell}`, JSON.stringify([cell, found]));
					});
				});
			}),
		);
	});

	it('has a line for the transaction and one for each reward, under the same columns', () => {
		const [head, transaction, reward, ...more] = readCsv(transactionCsvHeader().slice(1) + transactionCsv(sale));
		assert.deepEqual(more, []);
		const cell = (row: string[] | undefined, name: string) => row?.[head?.indexOf(name) ?? -1];
		assert.equal(cell(transaction, 'type'), 'transaction');
		assert.equal(cell(transaction, 'amount'), '-99.990000000000000001');
		assert.equal(cell(transaction, 'other'), '{"note":"a, \\"b\\""}');
		assert.equal(cell(reward, 'type'), 'reward');
		assert.equal(cell(reward, 'transaction_key'), 'transaction_123');
		assert.equal(cell(reward, 'status'), 'ok');
		assert.equal(cell(reward, 'product'), '{"product_id":"p"}');
	});
});

describe('An export as JSON', () => {
	it('is one array of the objects as answered, also where there are none', () => {
		const text = transactionJson(sale, true) + transactionJson(sale, false) + transactionsJsonEnd(false);
		assert.deepEqual(JSON.parse(text), [sale.raw, sale.raw]);
		assert.deepEqual(JSON.parse(transactionsJsonEnd(true)), []);
	});
});
