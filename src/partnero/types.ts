// What Partnero answers, as the rest of the product sees it: read tolerantly, nothing dropped. Field meanings come from Partnero's pages
// "Get customer" and "Create transaction"; a field that is absent, null or of an unexpected type is left out here and kept in `raw`.

/** Any value that JSON can hold. A number that a double cannot hold exactly is kept as a string of its digits. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [name: string]: Json };

/** Which of Partnero's two customer objects was answered: a refer-a-friend program identifies by `id`, an affiliate program by `key`. */
export type CustomerKind = 'affiliate' | 'referral';

export interface Customer {
	readonly kind: CustomerKind;
	/** The identifier that goes into the path of a request: `key`, or `id` in a refer-a-friend program. */
	readonly key: string;
	/** Refer-a-friend only: the public referral code (the field `key` of that object). */
	readonly referralCode?: string;
	readonly name?: string;
	readonly surname?: string;
	readonly email?: string;
	/** Any string; `active` is the only one that the page shows. */
	readonly status?: string;
	/** Key (or id: Partnero's documentation uses both) of the referring partner. Shown as it is. */
	readonly partner?: string;
	/** Refer-a-friend only: the customer who referred this one. */
	readonly referringCustomer?: { readonly id?: string; readonly key?: string; readonly email?: string };
	readonly deleted: boolean;
	/** ISO 8601, UTC, as answered. */
	readonly createdAt?: string;
	readonly updatedAt?: string;
	readonly deletedAt?: string;
	readonly tags: readonly string[];
	/** Fields that this type has no place for, under their own names, in the order of the answer. */
	readonly other: JsonObject;
	/** The object as answered. */
	readonly raw: JsonObject;
}

/** A sum as Partnero states it. Money only where `isCurrency` holds and `units` is an ISO 4217 code. */
export interface Amount {
	/** A decimal number in plain notation, in major units (`"99.99"`), exactly as answered; absent where the answer had none. */
	readonly value?: string;
	/** `USD`, `points`, … as answered. */
	readonly units?: string;
	readonly isCurrency: boolean;
	/** The flag `credit` as answered. */
	readonly credit: boolean;
}

export interface Reward extends Amount {
	readonly key?: string;
	readonly action?: string;
	/** `ok`, `review_period`, `rejected` are documented; any string may come. */
	readonly status?: string;
	readonly partner?: string;
	readonly customer?: string;
	readonly createdAt?: string;
	/** Set when archived. */
	readonly deletedAt?: string;
	/** `product_type_data`, where it holds anything. */
	readonly product?: JsonObject;
	readonly other: JsonObject;
	readonly raw: JsonObject;
}

export interface Transaction extends Amount {
	/** Not unique: Partnero accepts a second transaction under the same key. */
	readonly key?: string;
	readonly action?: string;
	readonly partner?: string;
	readonly customer?: string;
	readonly createdAt?: string;
	/** Set when archived or refunded: shown so, and left out of sums. */
	readonly deletedAt?: string;
	readonly rewards: readonly Reward[];
	readonly other: JsonObject;
	readonly raw: JsonObject;
}

/**
 * Where the next page of a list starts. Opaque: made by one page, handed back to ask for the following one, also again after an error or a
 * while later. Carries what is needed to notice rows that moved and pages that repeat.
 */
export interface PageCursor {
	readonly page: number;
	/** Query of the next request, without the base. */
	readonly query: string;
	/** Pages before this one, without a gap, that brought nothing new. */
	readonly barren: number;
	/** What is known of the pages so far. Shared along the list, and right for every page of it. */
	readonly shown: ShownPages;
}

/** The pages of a list that were shown. */
export interface ShownPages {
	/** Each page's query, and the fingerprint of all of its rows. */
	readonly pages: Map<number, { readonly query: string; readonly fingerprint: string }>;
	/** Fingerprints of rows, and the page that they were shown on. */
	readonly rows: Map<string, number>;
}

/** One page of a list. */
export interface Page<Item> {
	readonly items: readonly Item[];
	/** 1 for the first page. */
	readonly number: number;
	/** Absent on the last page. */
	readonly next?: PageCursor;
	/** Elements of the answer that were no objects or lacked a key where one is needed, and therefore could not be shown. */
	readonly unreadable: number;
}

/** What `GET /program` tells of the program that an API key belongs to. */
export interface Program {
	readonly id?: string;
	readonly name?: string;
	/** `Affiliate`, `Referral` or `Newsletter` by the documentation. */
	readonly type?: string;
}

/** What the panel shows of a partner. */
export interface Partner {
	/** Opaque (`partner_123`). */
	readonly id?: string;
	/** Readable referral key (`ref_123`). */
	readonly key?: string;
	readonly name?: string;
	readonly surname?: string;
	readonly email?: string;
	readonly status?: string;
	readonly raw: JsonObject;
}
