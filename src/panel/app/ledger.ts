// The loaded transactions of one customer, sorted and filtered for the table, with their sums. It grows by parts: a part of 2,000 rows is
// sorted and merged into the 100,000 that are there, so that no frame waits for the whole list. No DOM in here.
import { compareDecimals } from '../../format/decimals.ts';
import { unitOf } from '../../format/money.ts';
import { type AmountKind, kindOf, Totals } from '../../format/totals.ts';
import type { FieldView, RewardView, TransactionView } from '../protocol.ts';

export type SortColumn = 'date' | 'action' | 'key' | 'amount';

export interface Sort {
	readonly column: SortColumn;
	readonly descending: boolean;
}

export interface Filter {
	/** Every word of it has to occur. */
	readonly text: string;
	/** Only this action; `''` for those without one. */
	readonly action?: string;
	readonly kind?: AmountKind;
	/** Days (`2025-05-02`) in the machine's time zone, both included; `''` for no bound. */
	readonly from: string;
	readonly to: string;
	readonly archived: 'shown' | 'hidden' | 'only';
}

export const newestFirst: Sort = { column: 'date', descending: true };
export const noFilter: Filter = { text: '', from: '', to: '', archived: 'shown' };

/** Whether a filter lets everything through. */
export function isUnfiltered(filter: Filter): boolean {
	return (
		filter.text.trim() === '' &&
		filter.action === undefined &&
		filter.kind === undefined &&
		filter.from === '' &&
		filter.to === '' &&
		filter.archived === 'shown'
	);
}

/** A line under a transaction. */
export type SubRow =
	| { readonly type: 'reward'; readonly reward: RewardView }
	| { readonly type: 'partner'; readonly value: string }
	| { readonly type: 'field'; readonly field: FieldView };

/** A line of the table: a transaction, or one of the lines under it. */
export interface Item {
	readonly transaction: TransactionView;
	/** Position of the line under the transaction; -1 for the transaction itself. */
	readonly sub: number;
}

/** How many lines a transaction has under it. */
export function subRowCount(transaction: TransactionView): number {
	let count = transaction.fields.length + (transaction.partner === undefined ? 0 : 1);
	for (const reward of transaction.rewards) {
		count += 1 + reward.fields.length;
	}
	return count;
}

/** The lines under a transaction: rewards with their fields, the partner, fields that we do not know. */
export function subRows(transaction: TransactionView): SubRow[] {
	const rows: SubRow[] = [];
	for (const reward of transaction.rewards) {
		rows.push({ type: 'reward', reward });
		rows.push(...reward.fields.map((field): SubRow => ({ type: 'field', field })));
	}
	if (transaction.partner !== undefined) {
		rows.push({ type: 'partner', value: transaction.partner });
	}
	rows.push(...transaction.fields.map((field): SubRow => ({ type: 'field', field })));
	return rows;
}

export class Ledger {
	/** All loaded transactions, in Partnero's order. */
	readonly rows: TransactionView[] = [];
	/** Sums of all that is loaded. */
	totals = new Totals();
	/** Sums of what the filter shows. */
	shownTotals = new Totals();
	/** Goes up with every change of what is shown. */
	version = 0;
	/** How many transactions there are of each action, kind, and archived ones: what a filter can choose from. */
	actions = new Map<string, number>();
	kinds = new Map<AmountKind, number>();
	archivedCount = 0;

	#sort: Sort = newestFirst;
	#filter: Filter = noFilter;
	/** Positions in `rows` of what is shown, in the order of the sort. */
	#shown: number[] = [];
	/** Per row: milliseconds since 1970 or NaN; the amount as a double or NaN; the id of its unit. */
	#times: number[] = [];
	#amounts: number[] = [];
	#units: string[] = [];
	/** Per row, made at the first text filter: everything that it looks through, in lower case. */
	#texts: string[] = [];
	#opened = new Set<string>();
	#allOpened = false;
	/** First line of each shown transaction; undefined while no transaction is opened: then line and position are the same. */
	#firstLines: number[] | undefined;
	#lines = 0;

	get sort(): Sort {
		return this.#sort;
	}

	get filter(): Filter {
		return this.#filter;
	}

	get allOpened(): boolean {
		return this.#allOpened;
	}

	/** How many transactions the filter shows. */
	get shownCount(): number {
		return this.#shown.length;
	}

	/** How many lines the table has. */
	get lineCount(): number {
		return this.#lines;
	}

	/** Forgets all rows; sort, filter and what is opened stay. */
	clear(): void {
		this.rows.length = 0;
		this.#times.length = 0;
		this.#amounts.length = 0;
		this.#units.length = 0;
		this.#texts.length = 0;
		this.#shown = [];
		this.totals = new Totals();
		this.shownTotals = new Totals();
		this.actions.clear();
		this.kinds.clear();
		this.archivedCount = 0;
		this.#changed();
	}

	/** Adds rows behind those that are there. */
	append(rows: readonly TransactionView[]): void {
		const added: number[] = [];
		const passes = this.#filterTest();
		for (const row of rows) {
			const index = this.rows.push(row) - 1;
			this.#learn(row);
			this.totals.add(row);
			if (passes(index)) {
				added.push(index);
				this.shownTotals.add(row);
			}
		}
		const compare = this.#comparator();
		this.#shown = merge(this.#shown, added.sort(compare), compare);
		this.#changed();
	}

	setSort(sort: Sort): void {
		this.#sort = sort;
		this.#shown.sort(this.#comparator());
		this.#changed();
	}

	setFilter(filter: Filter): void {
		this.#filter = filter;
		const passes = this.#filterTest();
		const shown: number[] = [];
		const totals = new Totals();
		this.rows.forEach((row, index) => {
			if (passes(index)) {
				shown.push(index);
				totals.add(row);
			}
		});
		this.#shown = shown.sort(this.#comparator());
		this.shownTotals = totals;
		this.#changed();
	}

	isOpened(transaction: TransactionView): boolean {
		return this.#allOpened !== this.#opened.has(transaction.id);
	}

	/** Opens or closes a transaction. */
	toggle(transaction: TransactionView): void {
		if (!this.#opened.delete(transaction.id)) {
			this.#opened.add(transaction.id);
		}
		this.#changed();
	}

	/** Opens or closes all transactions. */
	openAll(open: boolean): void {
		this.#allOpened = open;
		this.#opened.clear();
		this.#changed();
	}

	/** The line at a position, counted from 0. */
	lineAt(line: number): Item | undefined {
		const position = this.#firstLines === undefined ? line : lastNotAbove(this.#firstLines, line);
		const transaction = this.rows[this.#shown[position] ?? -1];
		if (transaction === undefined || line >= this.#lines) {
			return undefined;
		}
		return { transaction, sub: line - (this.#firstLines?.[position] ?? line) - 1 };
	}

	/** Where a line of a transaction is now; undefined where it is not shown. */
	lineOf(id: string, sub: number): number | undefined {
		const position = this.#shown.findIndex((index) => this.rows[index]?.id === id);
		if (position < 0) {
			return undefined;
		}
		const first = this.#firstLines?.[position] ?? position;
		const last = (this.#firstLines?.[position + 1] ?? (this.#firstLines === undefined ? position + 1 : this.#lines)) - 1;
		return Math.min(first + sub + 1, last);
	}

	#learn(row: TransactionView): void {
		this.#times.push(row.createdAt === undefined ? Number.NaN : Date.parse(row.createdAt));
		this.#amounts.push(row.value === undefined ? Number.NaN : Number(row.value));
		this.#units.push(unitOf(row).id);
		const action = row.action ?? '';
		const kind = kindOf(row);
		this.actions.set(action, (this.actions.get(action) ?? 0) + 1);
		this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
		this.archivedCount += row.deletedAt === undefined ? 0 : 1;
	}

	#changed(): void {
		this.version += 1;
		if (!this.#allOpened && this.#opened.size === 0) {
			this.#firstLines = undefined;
			this.#lines = this.#shown.length;
			return;
		}
		const firstLines: number[] = [];
		let line = 0;
		for (const index of this.#shown) {
			firstLines.push(line);
			const row = this.rows[index];
			line += 1 + (row !== undefined && this.isOpened(row) ? subRowCount(row) : 0);
		}
		this.#firstLines = firstLines;
		this.#lines = line;
	}

	#filterTest(): (index: number) => boolean {
		const { action, kind, archived } = this.#filter;
		const words = this.#filter.text.toLowerCase().split(/\s+/).filter(Boolean);
		const from = this.#filter.from === '' ? Number.NEGATIVE_INFINITY : startOfDay(this.#filter.from, 0);
		const until = this.#filter.to === '' ? Number.POSITIVE_INFINITY : startOfDay(this.#filter.to, 1);
		const dated = this.#filter.from !== '' || this.#filter.to !== '';
		return (index) => {
			const row = this.rows[index];
			if (row === undefined) {
				return false;
			}
			const time = this.#times[index] ?? Number.NaN;
			return (
				(action === undefined || (row.action ?? '') === action) &&
				(kind === undefined || kindOf(row) === kind) &&
				(archived === 'shown' || (row.deletedAt === undefined) === (archived === 'hidden')) &&
				(!dated || (time >= from && time < until)) &&
				(words.length === 0 || this.#hasWords(index, row, words))
			);
		};
	}

	#hasWords(index: number, row: TransactionView, words: readonly string[]): boolean {
		const known = this.#texts[index];
		const text = known ?? searchText(row);
		if (known === undefined) {
			this.#texts[index] = text;
		}
		return words.every((word) => text.includes(word));
	}

	/** Orders positions; what has no value comes last either way, and Partnero's order decides between equals. */
	#comparator(): (left: number, right: number) => number {
		const { column, descending } = this.#sort;
		const direction = descending ? -1 : 1;
		if (column === 'date') {
			return (left, right) => byNumber(this.#times[left], this.#times[right], direction) || left - right;
		}
		if (column === 'amount') {
			return (left, right) => this.#byAmount(left, right, direction) || left - right;
		}
		return (left, right) => byText(this.rows[left]?.[column], this.rows[right]?.[column], direction) || left - right;
	}

	/** Amounts are compared within one unit; the units stand one after the other. */
	#byAmount(left: number, right: number, direction: number): number {
		const units = byText(this.#units[left], this.#units[right], 1);
		if (units !== 0) {
			return units;
		}
		const byDouble = byNumber(this.#amounts[left], this.#amounts[right], direction);
		const leftValue = this.rows[left]?.value;
		const rightValue = this.rows[right]?.value;
		if (byDouble !== 0 || leftValue === rightValue || leftValue === undefined || rightValue === undefined) {
			return byDouble;
		}
		return compareDecimals(leftValue, rightValue) * direction;
	}
}

function byNumber(left = Number.NaN, right = Number.NaN, direction: number): number {
	if (Number.isNaN(left) || Number.isNaN(right)) {
		return Number(Number.isNaN(left)) - Number(Number.isNaN(right));
	}
	return left === right ? 0 : left < right ? -direction : direction;
}

function byText(left: string | undefined, right: string | undefined, direction: number): number {
	if (left === undefined || right === undefined) {
		return Number(left === undefined) - Number(right === undefined);
	}
	return left === right ? 0 : left < right ? -direction : direction;
}

/** Two sorted lists made one. */
function merge(left: number[], right: number[], compare: (left: number, right: number) => number): number[] {
	if (left.length === 0 || right.length === 0) {
		return left.length === 0 ? right : left;
	}
	const merged: number[] = [];
	let rightAt = 0;
	for (const value of left) {
		for (let next = right[rightAt]; next !== undefined && compare(next, value) < 0; next = right[rightAt]) {
			merged.push(next);
			rightAt += 1;
		}
		merged.push(value);
	}
	return merged.concat(right.slice(rightAt));
}

/** Position of the last number that is not above `most`; the numbers ascend and begin with 0. */
function lastNotAbove(ascending: readonly number[], most: number): number {
	let low = 0;
	let high = ascending.length - 1;
	while (low < high) {
		const middle = (low + high + 1) >> 1;
		if ((ascending[middle] ?? 0) <= most) {
			low = middle;
		} else {
			high = middle - 1;
		}
	}
	return low;
}

/** The start of a day in the machine's time zone, or of one that many days later: milliseconds since 1970, NaN for no date. */
function startOfDay(day: string, later: number): number {
	const at = new Date(`${day}T00:00:00`);
	at.setDate(at.getDate() + later);
	return at.getTime();
}

function searchText(row: TransactionView): string {
	const parts = [row.key, row.action, row.partner, row.value, row.units, row.createdAt];
	for (const reward of row.rewards) {
		parts.push(reward.key, reward.action, reward.partner, reward.value, reward.units, reward.status);
	}
	for (const field of row.fields) {
		parts.push(field.value);
	}
	return parts
		.filter((part) => part !== undefined)
		.join('\n')
		.toLowerCase();
}
