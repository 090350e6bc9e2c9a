// Amounts over time for the chart: exact sums per day, unit and series, gathered into as many buckets as a chart can show. No DOM in here.
import { DecimalSum } from '../../format/decimals.ts';
import { type Unit, unitOf } from '../../format/money.ts';
import type { TransactionView } from '../protocol.ts';

export const seriesNames = ['sales', 'rewards', 'archived'] as const;
export type SeriesName = (typeof seriesNames)[number];

type BucketSize = 'day' | 'week' | 'month' | 'year';

export interface Bucket {
	/** The first moment of it, in the machine's time zone: milliseconds since 1970. */
	readonly start: number;
	/** Sums in plain decimal notation. */
	readonly sums: Readonly<Record<SeriesName, string>>;
	readonly empty: boolean;
}

export interface Timeline {
	readonly unit: Unit;
	readonly size: BucketSize;
	/** In the order of time, empty ones between the first and the last included. */
	readonly buckets: readonly Bucket[];
}

/** More bars than this cannot be told apart in a narrow panel. */
const mostBuckets = 40;
const sizes: readonly BucketSize[] = ['day', 'week', 'month', 'year'];

type Days = Map<number, DecimalSum>;
interface UnitDays {
	readonly unit: Unit;
	count: number;
	readonly series: Record<SeriesName, Days>;
}

/** Collects amounts by day. Credits are left out: they are no money that came or went. */
export class TimelineData {
	readonly #units = new Map<string, UnitDays>();
	/** Transactions and rewards without a date that can be read. */
	undated = 0;

	clear(): void {
		this.#units.clear();
		this.undated = 0;
	}

	append(rows: readonly TransactionView[]): void {
		for (const row of rows) {
			this.#add(row, row.deletedAt === undefined ? 'sales' : 'archived', row.createdAt);
			for (const reward of row.rewards) {
				if (reward.deletedAt === undefined) {
					this.#add(reward, 'rewards', reward.createdAt ?? row.createdAt);
				}
			}
		}
	}

	/** The units that there are amounts of, the commonest first. */
	get units(): Unit[] {
		return [...this.#units.values()].sort((left, right) => right.count - left.count).map(({ unit }) => unit);
	}

	/** The amounts of one unit, in buckets that follow the range; undefined where there is none. */
	timeline(unitId: string): Timeline | undefined {
		const days = this.#units.get(unitId);
		if (days === undefined) {
			return undefined;
		}
		const all = seriesNames.flatMap((name) => [...days.series[name].keys()]);
		const first = all.reduce((least, day) => Math.min(least, day), Number.POSITIVE_INFINITY);
		const last = all.reduce((most, day) => Math.max(most, day), Number.NEGATIVE_INFINITY);
		const size = sizes.find((candidate) => starts(first, last, candidate, mostBuckets).length <= mostBuckets) ?? 'year';
		const buckets = starts(first, last, size, Number.POSITIVE_INFINITY).slice(-mostBuckets);
		return { unit: days.unit, size, buckets: fill(days, buckets, size) };
	}

	#add(
		amount: Pick<TransactionView, 'value' | 'units' | 'isCurrency' | 'credit'>,
		series: SeriesName,
		createdAt: string | undefined,
	): void {
		if (amount.credit || amount.value === undefined) {
			return;
		}
		const at = Date.parse(createdAt ?? '');
		// A date at the end of what a Date can hold has no day after it, and would take the chart of all others with it.
		if (Number.isNaN(at) || at < earliest || at > latest) {
			this.undated += 1;
			return;
		}
		const unit = unitOf(amount);
		const days = this.#units.get(unit.id) ?? { unit, count: 0, series: { sales: new Map(), rewards: new Map(), archived: new Map() } };
		const day = startOf(at, 'day');
		const sum = days.series[series].get(day) ?? new DecimalSum();
		if (sum.add(amount.value)) {
			days.count += 1;
			days.series[series].set(day, sum);
			this.#units.set(unit.id, days);
		}
	}
}

const earliest = Date.UTC(1000, 0, 1);
const latest = Date.UTC(9000, 0, 1);

function fill(days: UnitDays, buckets: readonly number[], size: BucketSize): Bucket[] {
	const sums = new Map(buckets.map((start) => [start, { sales: new DecimalSum(), rewards: new DecimalSum(), archived: new DecimalSum() }]));
	const filled = new Set<number>();
	for (const name of seriesNames) {
		for (const [day, sum] of days.series[name]) {
			const start = startOf(day, size);
			sums.get(start)?.[name].addSum(sum);
			filled.add(start);
		}
	}
	return [...sums].map(([start, { sales, rewards, archived }]) => ({
		start,
		sums: { sales: sales.toString(), rewards: rewards.toString(), archived: archived.toString() },
		empty: !filled.has(start),
	}));
}

/** The starts of all buckets from one moment to another; stops when there are more than `most`. */
function starts(first: number, last: number, size: BucketSize, most: number): number[] {
	const found: number[] = [];
	for (let start = startOf(first, size); start <= last && found.length <= most; start = nextStart(start, size)) {
		found.push(start);
	}
	return found;
}

function startOf(at: number, size: BucketSize): number {
	const date = new Date(at);
	date.setHours(0, 0, 0, 0);
	if (size === 'week') {
		// Weeks start on Monday (ISO 8601).
		date.setDate(date.getDate() - ((date.getDay() + 6) % 7));
	} else if (size === 'month') {
		date.setDate(1);
	} else if (size === 'year') {
		date.setMonth(0, 1);
	}
	return date.getTime();
}

function nextStart(at: number, size: BucketSize): number {
	const date = new Date(at);
	if (size === 'year') {
		date.setFullYear(date.getFullYear() + 1);
	} else if (size === 'month') {
		date.setMonth(date.getMonth() + 1);
	} else {
		date.setDate(date.getDate() + (size === 'week' ? 7 : 1));
	}
	return date.getTime();
}
