// What is new in a list that is asked for again while its customer is watched. Partnero does not document the order of transactions, so a new
// one may stand on the first page or on the last.
import type { Page, PageCursor, Transaction } from '../partnero/types.ts';
import { emptyList, identified, isSame, type TransactionList, withPage } from './transactionList.ts';
import type { LoadedTransaction } from './types.ts';

/** Where the new transactions of a list stand, by the dates of what is loaded. */
export function arrivesAt({ rows }: Pick<TransactionList, 'rows'>): 'top' | 'end' | 'unknown' {
	const times = rows.map(({ createdAt }) => Date.parse(createdAt ?? ''));
	const sorted = (before: (one: number, next: number) => boolean) =>
		times.every((time, index) => index === 0 || before(times[index - 1] ?? Number.NaN, time));
	if (times.length < 2 || times[0] === times.at(-1)) {
		return 'unknown';
	}
	return sorted((one, next) => one >= next) ? 'top' : sorted((one, next) => one <= next) ? 'end' : 'unknown';
}

/**
 * The list with what the answer for one of its pages has new, each new row marked and in its place, and with rows that changed; the same list
 * where nothing is. Rows of other pages stay. Where the list goes on behind its loaded rows, unknown rows at the end of the page are no
 * arrivals: they may always have stood there. A first page without any known row is the list, begun anew.
 */
export function withArrivals(list: TransactionList, page: Page<Transaction>, which: 'first' | 'later', now: number): TransactionList {
	const byId = new Map(list.rows.map((row) => [row.id, row]));
	const counted = new Map<string, number>();
	const answered = page.items.map((row) => identified(row, counted));
	const lastKnown = answered.findLastIndex(({ id }) => byId.has(id));
	if (lastKnown === -1 && which === 'first') {
		const begun = answered.length === 0 ? list : markedAgain(withPage(emptyList(list.ref), page, now), list);
		return { ...begun, loadedAt: now };
	}
	const taken = list.next === undefined ? answered : answered.slice(0, lastKnown + 1);
	const changed = new Map<string, LoadedTransaction>();
	/** New rows by the known one that they stand before. */
	const before = new Map<string, LoadedTransaction[]>();
	let arrived: LoadedTransaction[] = [];
	for (const row of taken) {
		const known = byId.get(row.id);
		if (known === undefined) {
			arrived.push({ ...identified(row, list.occurrences), arrived: true });
			continue;
		}
		if (!isSame(known, row)) {
			changed.set(row.id, { ...row, ...(known.arrived && { arrived: true }) });
		}
		if (arrived.length > 0) {
			before.set(row.id, arrived);
			arrived = [];
		}
	}
	const isNew = before.size > 0 || changed.size > 0 || arrived.length > 0;
	const rows = isNew ? [...list.rows.flatMap((row) => [...(before.get(row.id) ?? []), changed.get(row.id) ?? row]), ...arrived] : list.rows;
	const { error: _answered, ...rest } = list;
	return { ...rest, rows, loadedAt: which === 'first' ? now : (list.loadedAt ?? now) };
}

/**
 * A list that was loaded anew, with the marks of the one before, and new ones on what stands above or between rows that were known: a refresh
 * takes no arrival away from the one who watches.
 */
export function markedAgain(list: TransactionList, before: TransactionList): TransactionList {
	const byId = new Map(before.rows.map((row) => [row.id, row]));
	const lastKnown = before.next === undefined ? list.rows.length : list.rows.findLastIndex(({ id }) => byId.has(id));
	const rows = list.rows.map((row, index): LoadedTransaction => {
		const known = byId.get(row.id);
		return (known === undefined && index < lastKnown) || known?.arrived ? { ...row, arrived: true } : row;
	});
	return { ...list, rows };
}

/**
 * Where a watch goes on after the first page of a list that is loaded to its end: nowhere if what is new stands on top, else to the last page
 * that is known, or behind a first page that was the only one.
 */
export function furtherPage(list: TransactionList, first: Page<Transaction>): PageCursor | undefined {
	return list.next !== undefined || arrivesAt(list) === 'top' ? undefined : (list.last ?? first.next);
}
