// How lists are cut into pages: the documented envelope (Laravel's simple paginator: no total, no last page), and the four habits that a
// reader of the customer's transactions has to expect, because that call's answer is not documented.

/** What a server may do with `limit` and `page` of the customer's transactions. */
export type PagingHabit =
	/** Pages in the documented envelope. */
	| 'links'
	/** Pages, but without `links` and `meta`: a short or empty page is the end. */
	| 'no-links'
	/** The parameters are ignored: every page is the whole list, without `links` and `meta`. */
	| 'ignored'
	/** One page holds the whole list, in the envelope with `links.next` null; a second page is empty. */
	| 'single';

export interface PageQuery {
	readonly page: number;
	readonly limit: number;
}

export type ValidationErrors = Readonly<Record<string, readonly string[]>>;

/** Defaults and limits of Partnero's list calls. */
const limits = { default: 15, largest: 250 } as const;

/** Reads `limit` and `page`; of a repeated parameter the last one counts. */
export function readPageQuery(query: URLSearchParams): PageQuery | { readonly errors: ValidationErrors } {
	const limit = readInteger(query, 'limit', limits.default, limits.largest);
	const page = readInteger(query, 'page', 1, Number.MAX_SAFE_INTEGER);
	if (typeof limit === 'number' && typeof page === 'number') {
		return { limit, page };
	}
	return { errors: { ...(typeof limit === 'string' && { limit: [limit] }), ...(typeof page === 'string' && { page: [page] }) } };
}

/** The number, or the sentence that says what is wrong with it. */
function readInteger(query: URLSearchParams, name: string, standard: number, largest: number): number | string {
	const text = query.getAll(name).at(-1);
	if (text === undefined) {
		return standard;
	}
	if (!/^-?\d+$/.test(text)) {
		return `The ${name} must be an integer.`;
	}
	const number = Number(text);
	if (number < 1) {
		return `The ${name} must be at least 1.`;
	}
	return number > largest ? `The ${name} must not be greater than ${largest}.` : number;
}

export interface FrameOptions extends PageQuery {
	/** Whole address of the list, without a query. */
	readonly address: string;
	/** Rows on this page. */
	readonly count: number;
	readonly hasMore: boolean;
}

/** What stands behind `data` in the documented envelope. The links carry `page` alone, as the documented example does: the size is for the asker to repeat. */
export function frame({ address, count, page, limit, hasMore }: FrameOptions): Readonly<Record<string, unknown>> {
	const first = (page - 1) * limit + 1;
	const empty = count === 0;
	return {
		links: {
			first: `${address}?page=1`,
			last: null,
			prev: page > 1 ? `${address}?page=${page - 1}` : null,
			next: hasMore ? `${address}?page=${page + 1}` : null,
		},
		meta: {
			current_page: page,
			from: empty ? null : first,
			path: address,
			per_page: limit,
			to: empty ? null : first + count - 1,
		},
		status: 1,
	};
}
