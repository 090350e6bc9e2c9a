// What names mean: whether a name in source text speaks of a customer, a partner, a transaction, or of somebody else's customers.

/** Services that have customers of their own; a `customer` of theirs is none of Partnero's. */
export const FOREIGN_SERVICE =
	/stripe|shopify|braintree|chargebee|recurly|paddle|paypal|squareup|hubspot|intercom|klaviyo|zendesk|xero|quickbooks|salesforce|mailchimp|customer[._-]?io(?![a-z])|chartmogul|woocommerce|bigcommerce|magento|adyen|razorpay|mollie|gocardless|freshdesk|rewardful|tapfiliate|firstpromoter|lemon_?squeezy|zuora|maxio|salesmanago|pipedrive|lexoffice|sevdesk/i;

/** Words in the name of a base address that say: this is the application itself, or a system other than Partnero. */
const OWN_BASE = new Set(
	'app site frontend web website admin dashboard shop store storefront crm erp wms cms docs intranet backend gateway own billing warehouse local localhost ui portal page'.split(
		' ',
	),
);

/** What may follow the noun in the name of a type or a variable without changing what it is. */
const TYPE_SUFFIX = new Set(
	'ref reference input data dto params param request req body payload attributes attrs attribute model record info resource fixture object obj json hash entity args details stub mock row node builder map dict struct type properties props spec response answer reply result'.split(
		' ',
	),
);

/** Words that make a key a key of something else, whatever stands before them. */
const OTHER_THING = new Set(
	'partner partners transaction transactions sale sales order orders purchase purchases payment payments reward rewards webhook webhooks link links subscriber subscribers coupon coupons product products plan plans program programs cache redis commission commissions invoice invoices subscription subscriptions metadata headers header query params variable variables event events column columns route routes option options config settings affiliate affiliates'.split(
		' ',
	),
);

const NEITHER = 0;
/** Digits are no capitals: `v2Customer` is two words. */
const LOWER = 1;
const UPPER = 2;
/** A letter beyond ASCII: it is part of a word, and no change of case. */
const OTHER_LETTER = 3;
const NINE = 57;
const LETTERS = Uint8Array.from({ length: 128 }, (_, code) => {
	const char = String.fromCharCode(code);
	return /[a-z0-9]/.test(char) ? LOWER : /[A-Z]/.test(char) ? UPPER : NEITHER;
});

/** What a character is to a name; behind its end, where the code is NaN, nothing. */
function letterKind(code: number): number {
	return code < 128 ? (LETTERS[code] ?? NEITHER) : code > 0 ? OTHER_LETTER : NEITHER;
}

/** Splits a name at case changes, `_`, `-`, `.`, `:` and spaces: `PARTNERO_testCustomer-key` → partnero, test, customer, key. */
export function wordsOf(name: string): string[] {
	const words: string[] = [];
	let from = Math.max(0, name.length - 160);
	let before = NEITHER;
	for (let at = from; at <= name.length; at += 1) {
		const kind = letterKind(name.charCodeAt(at));
		if (
			kind === NEITHER ||
			(kind === UPPER &&
				(before === LOWER || (before === UPPER && name.charCodeAt(at + 1) > NINE && letterKind(name.charCodeAt(at + 1)) === LOWER)))
		) {
			if (at > from) {
				words.push(name.slice(from, at).toLowerCase());
			}
			from = kind === NEITHER ? at + 1 : at;
		}
		before = kind;
	}
	return words;
}

/** What the thing that a name names is, as far as recognition cares. */
export type Thing = 'customer' | 'customers' | 'referring-customer' | 'other' | 'foreign' | 'unknown';

/** Tells what a label, a variable, a constructor or a type of this name is. */
export function thingOf(name: string): Thing {
	const words = wordsOf(name);
	while (words.length > 1 && TYPE_SUFFIX.has(words.at(-1) ?? '')) {
		words.pop();
	}
	const last = words.at(-1);
	if (last === undefined) {
		return 'unknown';
	}
	if (FOREIGN_SERVICE.test(name)) {
		return 'foreign';
	}
	const noun = last.replace(/\d+$/, '');
	if (noun === 'customer') {
		return words.at(-2)?.startsWith('referr') === true && words.at(-2) !== 'referred' ? 'referring-customer' : 'customer';
	}
	if (noun === 'customers') {
		return 'customers';
	}
	return OTHER_THING.has(noun) ? 'other' : 'unknown';
}

/** True for a name that is the customer key itself: `customer_key`, `partneroCustomerKey`, `--customer-key`, `customer[key]`, `customer.key`. */
export function isCustomerKeyName(name: string): boolean {
	if (name.length < 11 || !/customer/i.test(name)) {
		return false;
	}
	// Django's look-ups take the same value: `customer_key__in`.
	const words = wordsOf(name.replace(/__(?:in|exact)$/i, ''));
	const last = words.at(-1);
	if (last === 'key' ? words.at(-2) !== 'customer' : last !== 'customerkey') {
		return false;
	}
	// Amazon S3 calls the secret of a customer-provided encryption key so.
	return !words.includes('sse') && !words.includes('referring') && !FOREIGN_SERVICE.test(name);
}

/** True for the plural, whose items are customer keys. */
export function isCustomerKeysName(name: string): boolean {
	const words = wordsOf(name);
	return words.at(-1) === 'keys' && words.at(-2) === 'customer' && !words.includes('sse') && !FOREIGN_SERVICE.test(name);
}

/** True for the name of a base address that cannot be Partnero's. */
export function isForeignBase(name: string): boolean {
	if (/partnero/i.test(name)) {
		return false;
	}
	return FOREIGN_SERVICE.test(name) || wordsOf(name).some((word) => OWN_BASE.has(word));
}

/** What names are, remembered while one text is read: most names of a file come again and again. */
export class Vocabulary {
	private readonly things = new Map<string, Thing>();

	thing(name: string): Thing {
		let thing = this.things.get(name);
		if (thing === undefined) {
			thing = thingOf(name);
			this.things.set(name, thing);
		}
		return thing;
	}
}
