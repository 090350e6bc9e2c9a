// The table shows what it says it shows, in the order it says, however the rows came.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareDecimals } from '../../../src/format/decimals.ts';
import { totalsOf } from '../../../src/format/totals.ts';
import { type Filter, Ledger, noFilter, type Sort, subRowCount } from '../../../src/panel/app/ledger.ts';
import type { TransactionView } from '../../../src/panel/protocol.ts';
import { transactionView } from '../../../src/panel/view.ts';
import { transactions } from '../../panel/scenarios.ts';

const rows = transactions(300).map(transactionView);

function ledgerOf(all: readonly TransactionView[], part = all.length, set: (ledger: Ledger) => void = () => undefined): Ledger {
	const ledger = new Ledger();
	set(ledger);
	for (let at = 0; at < all.length; at += part) {
		ledger.append(all.slice(at, at + part));
	}
	return ledger;
}

function shownIds(ledger: Ledger): string[] {
	return Array.from({ length: ledger.lineCount }, (_, line) => ledger.lineAt(line))
		.filter((item) => item?.sub === -1)
		.map((item) => item?.transaction.id ?? '');
}

const sorts = fc.record({
	column: fc.constantFrom('date' as const, 'action' as const, 'key' as const, 'amount' as const),
	descending: fc.boolean(),
});
const filters: fc.Arbitrary<Filter> = fc
	.record({
		text: fc.constantFrom('', 'txn_0001', 'sale ok', 'USD', 'nothing like it'),
		action: fc.constantFrom(undefined, 'sale', 'upgrade', ''),
		kind: fc.constantFrom(undefined, 'money' as const, 'units' as const, 'credit' as const),
		from: fc.constantFrom('', '2026-03-01'),
		to: fc.constantFrom('', '2026-10-31'),
		archived: fc.constantFrom('shown' as const, 'hidden' as const, 'only' as const),
	})
	.map(({ action, kind, ...rest }) => ({ ...rest, ...(action === undefined ? {} : { action }), ...(kind === undefined ? {} : { kind }) }));

describe('The transactions table', () => {
	it('shows the same rows in the same order, however many parts they came in and whenever it was sorted and filtered', () => {
		fc.assert(
			fc.property(sorts, filters, fc.integer({ min: 1, max: 120 }), (sort, filter, part) => {
				const set = (ledger: Ledger) => {
					ledger.setSort(sort);
					ledger.setFilter(filter);
				};
				const before = ledgerOf(rows, part, set);
				const after = ledgerOf(rows);
				set(after);
				assert.deepEqual(shownIds(before), shownIds(after));
				assert.equal(before.shownCount, after.shownCount);
			}),
			{ numRuns: 60 },
		);
	});

	it('sums exactly what it shows', () => {
		fc.assert(
			fc.property(filters, (filter) => {
				const ledger = ledgerOf(rows, 70, (made) => made.setFilter(filter));
				const shown = new Set(shownIds(ledger));
				const sums = totalsOf(rows.filter(({ id }) => shown.has(id)));
				assert.deepEqual(ledger.shownTotals.sales.list(), sums.sales.list());
				assert.deepEqual(ledger.shownTotals.credits.list(), sums.credits.list());
				assert.deepEqual(ledger.totals.sales.list(), totalsOf(rows).sales.list());
			}),
			{ numRuns: 60 },
		);
	});

	it('puts the newest first until the user wants it otherwise', () => {
		const dates = shownIds(ledgerOf(rows)).map((id) => rows.find((row) => row.id === id)?.createdAt ?? '');
		assert.deepEqual(dates, dates.toSorted().reverse());
	});

	it('compares amounts within one currency only, to the last digit', () => {
		const sort: Sort = { column: 'amount', descending: true };
		const more = [
			...rows,
			...['0.30000000000000004', '0.3', '0.30000000000000001'].map(
				(value, index): TransactionView => ({
					id: `close${index}`,
					value,
					units: 'USD',
					isCurrency: true,
					credit: false,
					rewards: [],
					fields: [],
				}),
			),
		];
		const ids = shownIds(ledgerOf(more, 50, (ledger) => ledger.setSort(sort)));
		const inOrder = ids.map((id) => more.find((row) => row.id === id)).filter((row) => row !== undefined);
		const units = inOrder.map((row) => row.units);
		assert.equal(units.filter((unit, index) => unit !== units[index - 1]).length, new Set(units).size, 'each unit stands together');
		for (const unit of new Set(units)) {
			const values = inOrder.filter((row) => row.units === unit).map((row) => row.value ?? '0');
			assert.deepEqual(values, values.toSorted(compareDecimals).reverse());
		}
	});

	it('keeps what has no date or no amount at the end, either way round', () => {
		const odd: TransactionView = { id: 'odd', isCurrency: false, credit: false, rewards: [], fields: [] };
		for (const column of ['date', 'amount', 'key', 'action'] as const) {
			for (const descending of [true, false]) {
				const ledger = ledgerOf([odd, ...rows.filter((row) => row.units === 'USD')], 20, (made) => made.setSort({ column, descending }));
				const last = shownIds(ledger).at(-1);
				assert.ok(column === 'amount' || last === 'odd', `${column} ${descending}`);
			}
		}
	});

	it("takes both ends of a date range in the user's days", () => {
		const at = new Date(2026, 4, 5, 23, 59).toISOString();
		const row: TransactionView = { id: 'x', createdAt: at, isCurrency: false, credit: false, rewards: [], fields: [] };
		const shown = (from: string, to: string) => ledgerOf([row], 1, (ledger) => ledger.setFilter({ ...noFilter, from, to })).shownCount;
		assert.equal(shown('2026-05-05', '2026-05-05'), 1);
		assert.equal(shown('2026-05-06', ''), 0);
		assert.equal(shown('', '2026-05-04'), 0);
	});

	it('has a line for each reward and each field under an opened transaction, and finds every line again', () => {
		fc.assert(
			fc.property(fc.array(fc.nat({ max: rows.length - 1 })), fc.boolean(), (opened, all) => {
				const ledger = ledgerOf(rows);
				ledger.openAll(all);
				for (const index of opened) {
					ledger.toggle(rows[index] as TransactionView);
				}
				const expected = rows.reduce((sum, row) => sum + 1 + (ledger.isOpened(row) ? subRowCount(row) : 0), 0);
				assert.equal(ledger.lineCount, expected);
				for (let line = 0; line < ledger.lineCount; line += 7) {
					const item = ledger.lineAt(line);
					assert.equal(ledger.lineOf(item?.transaction.id ?? '', item?.sub ?? -1), line);
				}
				assert.equal(ledger.lineAt(ledger.lineCount), undefined);
			}),
			{ numRuns: 30 },
		);
	});
});
