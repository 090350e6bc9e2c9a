// The chart shows all the money that it is given, in as many bars as can be told apart.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { totalsOf, UnitSums } from '../../../src/format/totals.ts';
import { TimelineData } from '../../../src/panel/app/timeline.ts';
import type { TransactionView } from '../../../src/panel/protocol.ts';
import { transactionView } from '../../../src/panel/view.ts';
import { transactions } from '../../panel/scenarios.ts';

function sale(createdAt: string, value = '1.10'): TransactionView {
	return { id: createdAt, createdAt, value, units: 'USD', isCurrency: true, credit: false, rewards: [], fields: [] };
}

function timelineOf(rows: readonly TransactionView[], unit = 'money:USD') {
	const data = new TimelineData();
	data.append(rows);
	return data.timeline(unit);
}

describe('The chart of amounts over time', () => {
	it('adds up to the totals, to the last digit', () => {
		const rows = transactions(500).map(transactionView);
		const timeline = timelineOf(rows);
		const sum = new UnitSums();
		for (const { sums } of timeline?.buckets ?? []) {
			sum.add({ value: sums.sales, units: 'USD', isCurrency: true });
		}
		const total = totalsOf(rows)
			.sales.list()
			.find(({ unit }) => unit.name === 'USD');
		assert.equal(sum.list()[0]?.value, total?.value);
	});

	it('has days for a month, weeks for half a year, months for years, and years for longer', () => {
		const size = (last: string) => timelineOf([sale('2020-01-01T12:00:00Z'), sale(last)])?.size;
		assert.equal(size('2020-01-30T12:00:00Z'), 'day');
		assert.equal(size('2020-07-01T12:00:00Z'), 'week');
		assert.equal(size('2022-12-01T12:00:00Z'), 'month');
		assert.equal(size('2029-12-01T12:00:00Z'), 'year');
	});

	it('leaves no gap and never has too many bars, whatever the dates are', () => {
		fc.assert(
			fc.property(
				fc.array(fc.date({ min: new Date('1970-01-02'), max: new Date('2999-12-30'), noInvalidDate: true }), { minLength: 1 }),
				(dates) => {
					const buckets = timelineOf(dates.map((date) => sale(date.toISOString())))?.buckets ?? [];
					assert.ok(buckets.length >= 1 && buckets.length <= 40, String(buckets.length));
					assert.deepEqual(
						buckets.map(({ start }) => start),
						buckets.map(({ start }) => start).toSorted((left, right) => left - right),
					);
				},
			),
		);
	});

	it('keeps archived amounts apart and leaves credits out', () => {
		const [first] =
			timelineOf([
				sale('2026-01-01T12:00:00Z'),
				{ ...sale('2026-01-01T13:00:00Z'), deletedAt: 'x' },
				{ ...sale('2026-01-01T14:00:00Z'), credit: true },
			])?.buckets ?? [];
		assert.deepEqual(first?.sums, { sales: '1.1', rewards: '0', archived: '1.1' });
	});

	it('says how many amounts have no date', () => {
		const data = new TimelineData();
		data.append([sale('someday')]);
		assert.equal(data.undated, 1);
		assert.deepEqual(data.units, []);
	});
});

describe('A date at the end of time', () => {
	for (const iso of ['-271821-04-20T00:00:00.000Z', '+275760-09-13T00:00:00.000Z']) {
		it(`${iso} does not take the chart of all other amounts with it`, () => {
			assert.equal(timelineOf([sale('2026-01-01T12:00:00Z'), sale(iso)])?.buckets.length, 1);
		});
	}
});
