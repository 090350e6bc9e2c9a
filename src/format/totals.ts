// Sums of transactions and their rewards, by the rules of Partnero's API: what is archived (`deleted_at`) is left out, credits stand
// apart, rewards are summed by status, and different units are never added. A sum is a total only if every page was added; the
// caller, who knows that, has to say so.
import type { Amount, Reward, Transaction } from '../partnero/types.ts';
import { DecimalSum } from './decimals.ts';
import { type Unit, unitOf } from './money.ts';

/** A sum in one unit. `value` is in plain decimal notation. */
export interface UnitSum {
	readonly unit: Unit;
	readonly value: string;
	/** How many amounts went into it. */
	readonly count: number;
}

/** What is summed apart from each other. */
export type AmountKind = 'money' | 'units' | 'credit';

/** Whether an amount is money, a number of some unit, or a credit. */
export function kindOf(amount: Pick<Amount, 'isCurrency' | 'units' | 'credit'>): AmountKind {
	return amount.credit ? 'credit' : unitOf(amount).kind;
}

type Summed = Pick<Transaction, 'value' | 'units' | 'isCurrency' | 'credit' | 'action' | 'deletedAt'> & {
	readonly rewards: readonly Pick<Reward, 'value' | 'units' | 'isCurrency' | 'credit' | 'status' | 'deletedAt'>[];
};

/** Sums by unit that grow as amounts are added. */
export class UnitSums {
	readonly #sums = new Map<string, { unit: Unit; sum: DecimalSum; count: number }>();
	/** How many things were added, those without a readable amount included. */
	count = 0;
	/** How many of them had no amount that could be read, and are in no sum. */
	withoutAmount = 0;

	/** Adds one amount to the sum of its unit. */
	add(amount: Pick<Amount, 'value' | 'units' | 'isCurrency'>): void {
		this.count += 1;
		const unit = unitOf(amount);
		const entry = this.#sums.get(unit.id) ?? { unit, sum: new DecimalSum(), count: 0 };
		if (amount.value === undefined || !entry.sum.add(amount.value)) {
			this.withoutAmount += 1;
			return;
		}
		entry.count += 1;
		this.#sums.set(unit.id, entry);
	}

	/** The sums: money before other units, the commonest unit first. */
	list(): UnitSum[] {
		return [...this.#sums.values()].map(({ unit, sum, count }) => ({ unit, value: sum.toString(), count })).sort(commonestFirst);
	}
}

function commonestFirst(left: UnitSum, right: UnitSum): number {
	if (left.unit.kind !== right.unit.kind) {
		return left.unit.kind === 'money' ? -1 : 1;
	}
	return right.count - left.count || (left.unit.id < right.unit.id ? -1 : 1);
}

/** Running sums over transactions: add each one once. */
export class Totals {
	/** Neither archived nor a credit. */
	readonly sales = new UnitSums();
	/** Archived or refunded; the answer does not tell the two apart. */
	readonly archived = new UnitSums();
	readonly credits = new UnitSums();
	/** Rewards that are not archived, by status as answered; `''` where there was none. Credits apart, in `rewardCredits`. */
	readonly rewards = new Map<string, UnitSums>();
	readonly rewardCredits = new UnitSums();
	readonly archivedRewards = new UnitSums();
	/** Actions of the transactions in `sales`; `''` where there was none. */
	readonly actions = new Map<string, number>();
	/** All transactions that were added. */
	count = 0;

	/** Adds a transaction with its rewards. */
	add(transaction: Summed): void {
		this.count += 1;
		if (transaction.deletedAt !== undefined) {
			this.archived.add(transaction);
		} else if (transaction.credit) {
			this.credits.add(transaction);
		} else {
			this.sales.add(transaction);
			const action = transaction.action ?? '';
			this.actions.set(action, (this.actions.get(action) ?? 0) + 1);
		}
		for (const reward of transaction.rewards) {
			this.#addReward(reward);
		}
	}

	/** Rewards that are not archived, of every status. */
	get rewardCount(): number {
		let count = this.rewardCredits.count;
		for (const sums of this.rewards.values()) {
			count += sums.count;
		}
		return count;
	}

	#addReward(reward: Summed['rewards'][number]): void {
		if (reward.deletedAt !== undefined) {
			this.archivedRewards.add(reward);
			return;
		}
		if (reward.credit) {
			this.rewardCredits.add(reward);
			return;
		}
		const status = reward.status ?? '';
		const sums = this.rewards.get(status) ?? new UnitSums();
		sums.add(reward);
		this.rewards.set(status, sums);
	}
}

/** Sums over a list of transactions. */
export function totalsOf(transactions: Iterable<Summed>): Totals {
	const totals = new Totals();
	for (const transaction of transactions) {
		totals.add(transaction);
	}
	return totals;
}
