// A stretch of a customer's transactions, and the cursor behind it. The store loads Partnero's pages; a call gives fewer rows than such a page
// has, so a cursor names a place between two rows, and stays right when the list was loaded anew meanwhile.
import { hash } from 'node:crypto';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef, LoadedTransaction, TransactionsSnapshot } from '../customers/types.ts';
import { Refusal, refusals } from './refusals.ts';

/** Pages of Partnero that one call asks for at most. */
const mostPages = 10;

/** Rows of a list as far as it is loaded; those to give start at `start`. */
export interface Stretch {
	readonly list: TransactionsSnapshot;
	readonly start: number;
}

/**
 * Loads a list until there are `limit` rows behind the cursor, or it ends.
 * @throws PartneroError; Refusal where the cursor leads nowhere
 */
export async function loadStretch(
	store: CustomerStore,
	ref: CustomerRef,
	{ cursor = '0', limit, signal }: { readonly cursor?: string | undefined; readonly limit: number; readonly signal: AbortSignal },
): Promise<Stretch> {
	const goesOn = cursor !== '0';
	// Whoever goes on wants the list that the cursor was made for, however old it is.
	let list = goesOn ? store.peekTransactions(ref) : await store.loadTransactions(ref, { signal });
	for (let asked = goesOn ? 0 : 1; ; asked++) {
		const start = placeOf(cursor, list.rows);
		const enough =
			list.loadedAt !== undefined && (list.complete || asked >= mostPages || (start !== undefined && list.rows.length >= start + limit));
		if (!enough) {
			list = await store.loadMoreTransactions(ref, { signal });
		} else if (start === undefined) {
			throw new Refusal(list.complete ? refusals.badCursor : refusals.cursorNotReached);
		} else {
			return { list, start };
		}
	}
}

/** The cursor behind that many rows. */
export function cursorBehind(rows: readonly LoadedTransaction[], count: number): string {
	const last = rows[count - 1];
	return last === undefined ? '0' : `${count}-${markOf(last)}`;
}

/** How many rows stand before the cursor, or undefined where its row is not among them. */
function placeOf(cursor: string, rows: readonly LoadedTransaction[]): number | undefined {
	const [, digits = '', mark] = /^(\d{1,9})(?:-([\w-]{12}))?$/.exec(cursor) ?? [];
	const count = Number(digits);
	if (mark === undefined) {
		return cursor === '0' ? 0 : undefined;
	}
	const known = rows[count - 1];
	if (known !== undefined && markOf(known) === mark) {
		return count;
	}
	const moved = rows.findIndex((row) => markOf(row) === mark);
	return moved === -1 ? undefined : moved + 1;
}

/** Tells rows apart without saying anything of them. */
function markOf({ id }: LoadedTransaction): string {
	return hash('sha256', id, 'base64url').slice(0, 12);
}
