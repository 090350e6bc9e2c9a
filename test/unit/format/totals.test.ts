// Sums follow Partnero's rules: archived out, credits apart, rewards by status, units never mixed.
import assert from 'node:assert/strict';
import Big from 'big.js';
import fc from 'fast-check';
import { type Totals, totalsOf, type UnitSums } from '../../../src/format/totals.ts';

const units = fc.constantFrom('USD', 'usd', 'EUR', 'JPY', 'points', 'USDT', undefined);
const amount = fc.record({
	value: fc.option(fc.stringMatching(/^-?[0-9]{1,12}(\.[0-9]{1,8})?$/), { nil: undefined }),
	units,
	isCurrency: fc.boolean(),
	credit: fc.boolean(),
	deletedAt: fc.option(fc.constant('2025-05-02T16:12:39.000000Z'), { nil: undefined }),
});
type AmountCase = typeof amount extends fc.Arbitrary<infer T> ? T : never;

const reward = fc
	.tuple(amount, fc.constantFrom('ok', 'review_period', 'rejected', 'odd', undefined))
	.map(([sum, status]) => ({ ...present(sum), ...present({ status }) }));
const transaction = fc
	.tuple(amount, fc.constantFrom('sale', 'refund', undefined), fc.array(reward, { maxLength: 4 }))
	.map(([sum, action, rewards]) => ({ ...present(sum), ...present({ action }), rewards }));

/** Leaves out what is undefined, as the client does. */
function present<T extends object>(from: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
	return Object.fromEntries(Object.entries(from).filter(([, value]) => value !== undefined)) as never;
}

/** The same sums, made another way: one big.js number for each unit. */
function expected(amounts: readonly AmountCase[]): Record<string, string> {
	const sums: Record<string, Big> = {};
	for (const { value, units: name = '', isCurrency } of amounts) {
		if (value !== undefined) {
			const id = isCurrency && ['USD', 'EUR', 'JPY'].includes(name.toUpperCase()) ? `money:${name.toUpperCase()}` : `units:${name}`;
			sums[id] = (sums[id] ?? new Big(0)).plus(value);
		}
	}
	return Object.fromEntries(Object.entries(sums).map(([id, sum]) => [id, sum.toFixed().replace(/^-0$/, '0')]));
}

function actual(sums: UnitSums | undefined): Record<string, string> {
	return Object.fromEntries((sums?.list() ?? []).map(({ unit, value }) => [unit.id, value]));
}

describe('The totals of a customer', () => {
	it('are right to the last digit for any mixture of currencies, credits, archived ones and other units', () => {
		fc.assert(
			fc.property(fc.array(transaction, { maxLength: 40 }), (transactions) => {
				const totals: Totals = totalsOf(transactions);
				const live = transactions.filter(({ deletedAt }) => deletedAt === undefined);
				assert.deepEqual(actual(totals.sales), expected(live.filter(({ credit }) => !credit)));
				assert.deepEqual(actual(totals.credits), expected(live.filter(({ credit }) => credit)));
				assert.deepEqual(actual(totals.archived), expected(transactions.filter(({ deletedAt }) => deletedAt !== undefined)));

				const rewards = transactions.flatMap((row) => row.rewards).filter(({ deletedAt }) => deletedAt === undefined);
				for (const status of ['ok', 'review_period', 'rejected', 'odd', '']) {
					const those = rewards.filter((one) => !one.credit && (one.status ?? '') === status);
					assert.deepEqual(actual(totals.rewards.get(status)), expected(those));
				}
				assert.deepEqual(actual(totals.rewardCredits), expected(rewards.filter(({ credit }) => credit)));
				assert.equal(totals.rewardCount, rewards.length);
				assert.equal(totals.count, transactions.length);
			}),
		);
	});

	it('say how many amounts could not be read, instead of taking them for nothing', () => {
		const { sales } = totalsOf([{ value: 'lots', units: 'USD', isCurrency: true, credit: false, rewards: [] }]);
		assert.equal(sales.count, 1);
		assert.equal(sales.withoutAmount, 1);
		assert.deepEqual(sales.list(), []);
	});

	it('put money before other units, and the commonest currency first', () => {
		const row = (value: string, unit: string, isCurrency = true) => ({ value, units: unit, isCurrency, credit: false, rewards: [] });
		const { sales } = totalsOf([row('1', 'points', false), row('2', 'points', false), row('3', 'EUR'), row('4', 'USD'), row('5', 'USD')]);
		assert.deepEqual(
			sales.list().map(({ unit, value, count }) => [unit.name, value, count]),
			[
				['USD', '9', 2],
				['EUR', '3', 1],
				['points', '3', 2],
			],
		);
	});
});
