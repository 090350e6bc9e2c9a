// The keys of the customers that are made for a purpose: what a test, a benchmark or a curious user looks up by name. All other customers
// of the sandbox are generated. `purposeful.ts` says what stands behind each.

/** Longest key that the product accepts, in characters (UTF-16 code units). */
const longestKey = 512;

/** Customers that exist in every sandbox, whatever its seed. */
export const sampleKeys = {
	/** The customer of Partnero's page "Get customer", Alice Brown, field for field. 130 transactions. */
	documented: 'customer_123',
	noTransactions: 'customer_without_transactions',
	oneTransaction: 'customer_with_one_transaction',
	/** 100,000 transactions, made while they are served. */
	hundredThousand: 'customer_with_100000_transactions',
	/** Exactly 250 transactions, the largest page: no row is left for a second one. */
	fullPage: 'customer_with_full_page',
	/** USD, EUR, GBP, JPY, KWD, lower-case codes and a code that is none. */
	currencies: 'customer_currencies',
	credits: 'customer_credits',
	/** Points, seats, gigabytes: `is_currency` is false. */
	units: 'customer_units',
	/** Every third transaction archived (`deleted_at`). */
	archived: 'customer_archived_transactions',
	/** Rewards `ok`, `review_period`, `rejected`, of an unknown status, several, `[]`, null and absent; product_type_data `{}`. */
	rewards: 'customer_rewards',
	/** Amounts as strings, and as strings that are no numbers. */
	stringAmounts: 'customer_string_amounts',
	/** Many decimals, very large, very small, negative and zero amounts. */
	extremeAmounts: 'customer_extreme_amounts',
	/** Several transactions under one key. */
	duplicateTransactionKeys: 'customer_duplicate_transaction_keys',
	/** Transactions with `key` and `amount` alone. */
	sparseTransactions: 'customer_sparse_transactions',
	/** Transactions whose key, action and units are hostile text. */
	hostileTransactions: 'customer_hostile_transactions',
	deleted: 'customer_deleted',
	suspended: 'customer_suspended',
	/** `status` is a word that Partnero does not document. */
	unknownStatus: 'customer_unknown_status',
	/** name, surname, email, partner and tags are null. */
	nullFields: 'customer_null_fields',
	/** The same fields are absent. */
	absentFields: 'customer_absent_fields',
	/** Carries fields that no page describes, nested ones too. */
	unknownFields: 'customer_unknown_fields',
	/** `partner` holds a referral key (`ref_…`), not an id. */
	partnerByReferralKey: 'customer_partner_by_referral_key',
	/** `partner` names a partner whom the partner calls do not find. */
	unknownPartner: 'customer_unknown_partner',
	manyTags: 'customer_many_tags',
	/** Two customers with one e-mail address. */
	sharedEmailFirst: 'customer_shared_email_1',
	sharedEmailSecond: 'customer_shared_email_2',

	arabic: 'customer_arabic',
	hebrew: 'customer_hebrew',
	chinese: 'customer_chinese',
	japanese: 'customer_japanese',
	korean: 'customer_korean',
	thai: 'customer_thai',
	devanagari: 'customer_devanagari',
	cyrillic: 'customer_cyrillic',
	greek: 'customer_greek',
	emoji: 'customer_emoji',
	combiningMarks: 'customer_combining_marks',
	/** One name of 100,000 characters. */
	longName: 'customer_long_name',

	hostileMarkdown: 'customer_hostile_markdown',
	hostileHtml: 'customer_hostile_html',
	hostileIcons: 'customer_hostile_icons',
	hostileBidi: 'customer_hostile_bidi',
	hostileControls: 'customer_hostile_controls',
	hostileAnsi: 'customer_hostile_ansi',
	hostileTable: 'customer_hostile_table',
	hostileFormula: 'customer_hostile_formula',
	hostileReplacement: 'customer_hostile_replacement',
	hostileLoneSurrogate: 'customer_hostile_lone_surrogate',
	hostileProto: '__proto__',

	keySlash: 'tenant/42/customer',
	keyPlus: 'customer+plus',
	keyPercent: '100%25 customer%2F',
	keyAt: 'user@tenant@example.org',
	keySpace: 'customer with spaces',
	keyEmoji: 'customer_🦊',
	keyQuery: 'customer?x#y',
	keyBackslash: 'DOMAIN\\customer',
	keyQuote: `customer'"\``,
	keyNonLatin: 'عميل_顧客',
	keyColon: 'customers:search',
	keyUpperCase: 'CUSTOMER_UPPER',
	/** Differs from the above by case alone. */
	keyLowerCase: 'customer_upper',
	keyLongest: `customer_${'k'.repeat(longestKey - 'customer_'.length)}`,
	email: 'jane.doe+shop@example.com',
	uuid: '3f2b8c1e-6a4d-4d57-9b0e-2f1c7a9d5e60',
	integer: '40712',
	leadingZeros: '000123',
} as const;

/** A key that no sandbox has: 404. */
export const absentKey = 'customer_nobody';

/** Partners that exist in every sandbox. */
export const samplePartners = {
	/** Partner of the documented customer. */
	documented: { id: 'partner_123', key: 'ref_123', email: 'john.doe@partnero.com' },
	/** Whom `partnerByReferralKey` names. */
	byReferralKey: { id: 'partner_204', key: 'ref_204' },
	/** In no sandbox. */
	absent: 'partner_nobody',
} as const;
