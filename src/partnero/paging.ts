// Where a list goes on. Partnero documents the paging of lists, but not that of a customer's transactions: a server may page with links,
// page without links, ignore the parameters, or send one page. All of these end here in the same pages, none shown twice, none lost.
import { PartneroError } from './errors.ts';
import { isJsonObject } from './json.ts';
import type { Json, JsonObject, Page, PageCursor } from './types.ts';

/** Rows asked for at once: within both the documentation's 1–250 and the n8n node's 10–100. */
export const pageLimit = 100;
/** The documented page size of a server that was not told one, or did not listen. */
const defaultLimit = 15;

/** The query of a list's first page. */
export function firstQuery(filter: Readonly<Record<string, string>> = {}): string {
	return new URLSearchParams({ ...filter, limit: String(pageLimit), page: '1' }).toString();
}

export interface RawPage {
	readonly rows: readonly JsonObject[];
	readonly page: Pick<Page<never>, 'number' | 'next' | 'unreadable'>;
}

/**
 * Reads one answer of a list. `query` is what was asked, `from` the cursor that asked for it (absent for the first page).
 * @throws PartneroError `not-understood` where the answer is no list, or where pages come round again although the server says there is more.
 */
export function readPage(answer: Json, query: string, from?: PageCursor): RawPage {
	const data = isJsonObject(answer) ? answer.data : answer;
	if (!Array.isArray(data)) {
		throw new PartneroError('not-understood');
	}
	const all = data as readonly Json[];
	const objects = all.filter(isJsonObject);
	const unreadable = all.length - objects.length;
	const fingerprints = objects.map((row) => hash(JSON.stringify(row)));
	const number = from?.page ?? 1;
	const seenPages = from?.seenPages ?? new Map<string, number>();
	const identity = hash(fingerprints.join());
	const next = nextQuery(isJsonObject(answer) ? answer : {}, all.length, number, query);

	if (objects.length > 0 && (seenPages.get(identity) ?? number) !== number) {
		return repeatedPage(next, number);
	}
	seenPages.set(identity, number);
	// Rows that were added at the top since the page before push its last rows onto this one.
	const slid = overlap(from?.lastRows ?? [], fingerprints);
	const page = { number, unreadable };
	if (next === undefined || all.length === 0) {
		return { rows: objects.slice(slid), page };
	}
	const cursor: PageCursor = { page: number + 1, query: next.query, lastRows: fingerprints, seenPages };
	return { rows: objects.slice(slid), page: { ...page, next: cursor } };
}

/** A page that was there before ends the list where the server ignores `page`; where it names a further page, it contradicts itself. */
function repeatedPage(next: NextQuery | undefined, number: number): RawPage {
	if (next?.certain) {
		throw new PartneroError('not-understood', { code: 'PAGE_LOOP' });
	}
	return { rows: [], page: { number, unreadable: 0 } };
}

interface NextQuery {
	readonly query: string;
	/** The server itself named the next page. */
	readonly certain: boolean;
}

function nextQuery(answer: JsonObject, count: number, page: number, query: string): NextQuery | undefined {
	const links = isJsonObject(answer.links) ? answer.links : undefined;
	if (typeof links?.next === 'string' && links.next !== '') {
		return { query: followingQuery(links.next, query, page), certain: true };
	}
	if (links !== undefined && 'next' in links) {
		return undefined;
	}
	const meta = isJsonObject(answer.meta) ? answer.meta : {};
	const size = typeof meta.per_page === 'number' ? meta.per_page : undefined;
	// Without a word of the server, a full page may have a successor; more rows than asked for are the whole list.
	const full = size === undefined ? count === pageLimit || count === defaultLimit : count === size && size > 0;
	return full ? { query: withPage(query, page + 1), certain: false } : undefined;
}

/** Of a link only its query counts: the address stays ours, whatever host the link names. Our own `page` goes on where the link's does not. */
function followingQuery(link: string, query: string, page: number): string {
	const theirs = URL.parse(link, 'https://ignored.invalid')?.searchParams;
	const cursor = theirs?.get('cursor');
	if (cursor) {
		const params = new URLSearchParams(query);
		params.delete('page');
		params.set('cursor', cursor);
		return params.toString();
	}
	return withPage(query, page + 1);
}

function withPage(query: string, page: number): string {
	const params = new URLSearchParams(query);
	params.set('page', String(page));
	return params.toString();
}

/** How many rows at the start of `rows` are the last ones of `before`. Linear: the prefix function of the joined sequence. */
function overlap(before: readonly string[], rows: readonly string[]): number {
	const joined: readonly (string | undefined)[] = [...rows, undefined, ...before.slice(-rows.length)];
	const border = new Array<number>(joined.length).fill(0);
	for (let index = 1; index < joined.length; index++) {
		let length = border[index - 1] ?? 0;
		while (length > 0 && joined[index] !== joined[length]) {
			length = border[length - 1] ?? 0;
		}
		border[index] = joined[index] === joined[length] ? length + 1 : 0;
	}
	return rows.length === 0 || before.length === 0 ? 0 : (border.at(-1) ?? 0);
}

/** 64 bits, enough to tell the rows and pages of one list apart. Not for secrets. */
function hash(text: string): string {
	let high = 0x811c9dc5;
	let low = 0x01000193;
	for (let index = 0; index < text.length; index++) {
		const unit = text.charCodeAt(index);
		high = Math.imul(high ^ unit, 0x01000193);
		low = Math.imul(low + unit, 0x85ebca6b) ^ (low >>> 13);
	}
	return `${(high >>> 0).toString(36)}.${(low >>> 0).toString(36)}.${text.length.toString(36)}`;
}
