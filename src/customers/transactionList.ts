// What the store keeps of one customer's transactions: the rows of the pages so far, each with an identity, and where the list goes on.
import type { PartneroError } from '../partnero/errors.ts';
import type { Page, PageCursor, Transaction } from '../partnero/types.ts';
import type { CustomerRef, LoadedTransaction, TransactionsSnapshot } from './types.ts';

/** Immutable but for `occurrences`, which all records of one list share. */
export interface TransactionList {
	readonly ref: CustomerRef;
	readonly rows: readonly LoadedTransaction[];
	/** How often each key and date occurred so far, for the rows' ids. */
	readonly occurrences: Map<string, number>;
	readonly next?: PageCursor;
	/** Where the page that was loaded last starts; absent where that is the first one. */
	readonly last?: PageCursor;
	readonly unreadable: number;
	/** When the first page was answered; absent where it never was. */
	readonly loadedAt?: number;
	readonly error?: PartneroError;
}

/** A list of which nothing is known. */
export function emptyList(ref: CustomerRef): TransactionList {
	return { ref, rows: [], occurrences: new Map(), unreadable: 0 };
}

/** The list with one more page, which starts at `from` and clears an error. `now` counts as its age where it is the first page. */
export function withPage(list: TransactionList, page: Page<Transaction>, now: number, from?: PageCursor): TransactionList {
	const rows = page.items.map((row) => identified(row, list.occurrences));
	return {
		ref: list.ref,
		rows: list.rows.length === 0 ? rows : [...list.rows, ...rows],
		occurrences: list.occurrences,
		unreadable: list.unreadable + page.unreadable,
		loadedAt: list.loadedAt ?? now,
		...(page.next === undefined ? {} : { next: page.next }),
		...(from === undefined ? {} : { last: from }),
	};
}

/**
 * The list with the rows of before where an answer did not change them, and with the very same array where it changed none: who shows them sees
 * at once what is new.
 */
export function withRowsOf(list: TransactionList, before: readonly LoadedTransaction[]): TransactionList {
	const rows = list.rows.map((row, index) => {
		const known = before[index];
		return known !== undefined && known.id === row.id && known.arrived === row.arrived && isSame(known, row) ? known : row;
	});
	const same = rows.length === before.length && rows.every((row, index) => row === before[index]);
	return { ...list, rows: same ? before : rows };
}

/** Whether Partnero told the same of both. */
export function isSame(one: Transaction, other: Transaction): boolean {
	return JSON.stringify(one.raw) === JSON.stringify(other.raw);
}

export function snapshotOf({ ref, rows, unreadable, loadedAt, next, error }: TransactionList, loading: boolean): TransactionsSnapshot {
	return {
		ref,
		rows,
		complete: loadedAt !== undefined && next === undefined,
		unreadable,
		...(loadedAt === undefined ? {} : { loadedAt }),
		...(error === undefined ? {} : { error }),
		loading,
	};
}

/**
 * Gives a row its identity: its key and date, and which one of those it is. Keys alone are not unique, and counting them alone would hand a
 * row's identity on to the next when another one of the same key arrives above it.
 */
export function identified(row: Transaction, occurrences: Map<string, number>): LoadedTransaction {
	const base = `${row.key ?? ''}@${row.createdAt ?? ''}`;
	const count = (occurrences.get(base) ?? 0) + 1;
	occurrences.set(base, count);
	return { ...row, id: `${base}#${count}` };
}
