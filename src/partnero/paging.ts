// Where a list goes on. Partnero documents the paging of lists, but not that of a customer's transactions: a server may page with links,
// page without links, ignore the parameters, or send one page. All of these end here in the same pages, none shown twice, none lost.
//
// Lists move while they are read: rows that are added at the top push others onto the next page. A row that comes a second time is one that
// moved, one that has a twin (transaction keys are not unique), or a sign that the server ignores the page it is asked for. The page that it
// was on, asked once more, tells which. Rows that left the top pull others onto pages that were read already; those are seen at the next refresh.
import { hash } from 'node:crypto';
import { PartneroError } from './errors.ts';
import { isJsonObject } from './json.ts';
import type { Json, JsonObject, Page, PageCursor, ShownPages } from './types.ts';

/** Rows asked for at once: within both the documentation's 1–250 and the n8n node's 10–100. */
const pageLimit = 100;
/** The documented page size of a server that was not told one, or did not listen. */
const defaultLimit = 15;
/** Pages in a row, on top of those that were shown, that may bring nothing new. */
const maxBarren = 50;
/** Rows of one page: far more than was asked for, for servers that answer with the whole list; what is beyond keeps the editor busy too long. */
const maxRows = 50_000;
/** A longer one is no place in a list. */
const maxCursorLength = 2000;

/** The query of a list's first page. */
const firstQuery = new URLSearchParams({ limit: String(pageLimit), page: '1' }).toString();

/** What is new on a page. */
export interface NewRows extends Pick<Page<never>, 'number' | 'next'> {
	readonly rows: readonly Json[];
}

/**
 * The pages of a list, each with the rows that are new on it. `ask` gets the answer to a query, `from` goes on after an earlier page.
 * @throws PartneroError `not-understood` where an answer is no list, or where the server repeats itself although it says that there is more
 * (`PAGE_LOOP`); `too-large` where a page has more than 50,000 rows; and what `ask` throws.
 */
export async function* readPages(ask: (query: string) => Promise<Json>, from?: PageCursor): AsyncGenerator<NewRows> {
	let cursor = from;
	do {
		const query = cursor?.query ?? firstQuery;
		const list = readList(await ask(query), query, cursor?.page);
		const before = cursor && shownBefore(list, cursor);
		const page = newRows(list, cursor, before && { ...before, now: readList(await ask(before.query), before.query).fingerprint });
		cursor = page.next;
		// A page that brings nothing new is no page to the user, unless it is the last one.
		if (cursor === undefined || cursor.barren === 0) {
			yield page;
		}
	} while (cursor !== undefined);
}

/** One answer of a list. */
interface ListAnswer {
	readonly query: string;
	readonly elements: readonly Json[];
	/** What tells each element from others. */
	readonly identities: readonly string[];
	/** Of all elements together. */
	readonly fingerprint: string;
	readonly next: NextQuery | undefined;
}

interface NextQuery {
	readonly query: string;
	/** The server itself named the next page. */
	readonly certain: boolean;
}

/**
 * Reads the answer to `query`, which asked for that page.
 * @throws PartneroError `not-understood` where the answer is no list, `too-large` where it has more than 50,000 rows.
 */
export function readList(answer: Json, query: string, page = 1): ListAnswer {
	const data = isJsonObject(answer) ? answer.data : answer;
	if (!Array.isArray(data)) {
		throw new PartneroError('not-understood');
	}
	if (data.length > maxRows) {
		throw new PartneroError('too-large');
	}
	const elements = data as readonly Json[];
	const next = elements.length === 0 ? undefined : nextQuery(isJsonObject(answer) ? answer : {}, elements.length, page, query);
	const identities = elements.map(identityOf);
	return { query, elements, identities, fingerprint: fingerprintOf(identities.join()), next };
}

/**
 * What is new in an answer. `from` asked for it (absent for the first page). `again` is there where rows came twice: the fingerprint of the
 * page that they were on, then and now.
 */
function newRows(list: ListAnswer, from?: PageCursor, again?: { readonly fingerprint: string; readonly now: string }): NewRows {
	const { elements, fingerprint, next } = list;
	const number = from?.page ?? 1;
	const moved = again !== undefined && again.now !== again.fingerprint;
	const unknown = from === undefined ? elements : unshown(list, from);
	const repeated = again !== undefined && unknown.length === 0;
	const barren = repeated ? (from?.barren ?? 0) + 1 : 0;
	// A last page may be all twins. All that was shown can have moved here, and a little more while it is read.
	const loops = next !== undefined && (!moved || barren > number - barren + maxBarren);
	if (repeated && (loops || again.now === fingerprint)) {
		if (next?.certain) {
			throw new PartneroError('not-understood', { code: 'PAGE_LOOP' });
		}
		return { number, rows: [] };
	}
	const shown = from?.shown ?? { pages: new Map(), rows: new Map() };
	remember(shown, list, number, !moved);
	const rows = moved ? unknown : elements;
	return next === undefined ? { number, rows } : { number, rows, next: { page: number + 1, query: next.query, barren, shown } };
}

/** The page that the first of the rows was on that come a second time. Undefined where all are new. */
function shownBefore({ identities }: ListAnswer, { shown, page }: PageCursor) {
	const earlier = identities.map((identity) => shown.rows.get(`${identity}#1`) ?? page).find((number) => number < page);
	return earlier === undefined ? undefined : shown.pages.get(earlier);
}

/** The elements that are more than the same ones on earlier pages. */
function unshown({ elements, identities }: ListAnswer, { shown, page }: PageCursor): readonly Json[] {
	const met = new Map<string, number>();
	return elements.filter((_element, index) => {
		const identity = identities[index] ?? '';
		const count = (met.get(identity) ?? 0) + 1;
		met.set(identity, count);
		return (shown.rows.get(`${identity}#${count}`) ?? page) >= page;
	});
}

/** Writes down on which page each of the same rows was shown first. A page that is read again changes nothing for the pages before it. */
function remember({ pages, rows }: ShownPages, { query, fingerprint, identities }: ListAnswer, page: number, asNew: boolean): void {
	pages.set(page, { query, fingerprint });
	const met = new Map<string, number>();
	for (const identity of identities) {
		let count = (met.get(identity) ?? 0) + 1;
		while (asNew && (rows.get(`${identity}#${count}`) ?? page) < page) {
			count++;
		}
		met.set(identity, count);
		const name = `${identity}#${count}`;
		rows.set(name, Math.min(rows.get(name) ?? page, page));
	}
}

/** A row is known by what never changes in it, so that one that was edited while it moved is still the same. */
function identityOf(element: Json): string {
	const { id = null, key = null, created_at: createdAt = null } = isJsonObject(element) ? element : {};
	const named = createdAt !== null && (id ?? key) !== null;
	return fingerprintOf(JSON.stringify(named ? [id, key, createdAt] : element));
}

/** Short, since 100,000 of them may be held. */
function fingerprintOf(text: string): string {
	return hash('sha256', text, 'base64').slice(0, 20);
}

function nextQuery(answer: JsonObject, count: number, page: number, query: string): NextQuery | undefined {
	const links = isJsonObject(answer.links) ? answer.links : {};
	if (typeof links.next === 'string' && links.next !== '') {
		return { query: followingQuery(links.next, query, page), certain: true };
	}
	if (links.next === null) {
		return undefined;
	}
	// Without a word of the server, a full page may have a successor; more rows than asked for are the whole list.
	const meta = isJsonObject(answer.meta) ? answer.meta : {};
	const size = Number(meta.per_page ?? Number.NaN);
	const full = size > 0 ? count >= size : count === pageLimit || count === defaultLimit;
	return full ? { query: withPage(query, page + 1), certain: false } : undefined;
}

/** Of a link only its query counts: the address stays ours, whatever host the link names. Our own `page` goes on where the link's does not. */
function followingQuery(link: string, query: string, page: number): string {
	const cursor = URL.parse(link, 'https://ignored.invalid')?.searchParams.get('cursor');
	if (!cursor || cursor.length > maxCursorLength) {
		return withPage(query, page + 1);
	}
	const params = new URLSearchParams(query);
	params.delete('page');
	params.set('cursor', cursor);
	return params.toString();
}

function withPage(query: string, page: number): string {
	const params = new URLSearchParams(query);
	params.set('page', String(page));
	return params.toString();
}
