// The customers that are made for a purpose, each standing for something that a reader of Partnero's answers has to get right. Those in
// `shown` open the list of customers, so that a newcomer meets people; those in `hostile` close it.
import { sampleKeys as keys, samplePartners } from './sampleKeys.ts';
import type { TransactionStyle } from './transactions.ts';

/** Fields that a purposeful customer has otherwise than a generated one. A field that is `undefined` is left out of the answer. */
export interface PurposefulCustomer {
	readonly key: string;
	readonly fields: Readonly<Record<string, unknown>>;
	readonly transactions: { readonly count: number; readonly style: TransactionStyle };
}

const deletion = '2025-11-14T08:30:00.000000Z';
/** Length of the one very long name. */
const longNameLength = 100_000;

export const shown: readonly PurposefulCustomer[] = [
	person(keys.documented, 'Alice', 'Brown', 130, 'documented', {
		partner: samplePartners.documented.id,
		email: 'alice.brown@partnero.com',
		created_at: '2025-05-02T16:12:39.000000Z',
		updated_at: '2025-05-02T16:12:39.000000Z',
		tags: [{ value: 'premium' }],
	}),
	person(keys.hundredThousand, 'Ingrid', 'Lindqvist', 100_000, 'mixed', { tags: [{ value: 'enterprise' }] }),
	person(keys.oneTransaction, 'Tomás', 'Rivera', 1, 'plain'),
	person(keys.noTransactions, 'Noor', 'Haddad', 0, 'plain'),
	person(keys.currencies, 'Mei-Ling', 'Tan', 64, 'currencies', { tags: [{ value: 'reseller' }, { value: 'apac' }] }),
	person(keys.credits, 'Samuel', 'Okafor', 24, 'credits'),
	person(keys.units, 'Greta', 'Baumann', 24, 'units'),
	person(keys.archived, 'Priya', 'Nair', 30, 'archived'),
	person(keys.rewards, 'Lucas', 'Moreau', 36, 'rewards'),
	person(keys.deleted, 'Dana', 'Whitfield', 12, 'plain', { status: 'deleted', deleted: true, deleted_at: deletion, updated_at: deletion }),
	person(keys.suspended, 'Viktor', 'Hale', 18, 'plain', { status: 'suspended' }),
	person(keys.arabic, 'ليلى', 'المنصوري', 20, 'plain'),
	person(keys.hebrew, 'שירה', 'בן-דוד', 20, 'plain'),
	person(keys.chinese, '婷婷', '司马', 20, 'plain'),
	person(keys.japanese, '陽菜', '髙橋', 20, 'plain'),
	person(keys.korean, '지우', '최', 20, 'plain'),
	person(keys.thai, 'ณัฐพล', 'ตั้งจิตต์', 20, 'plain'),
	person(keys.devanagari, 'लक्ष्मी', 'त्रिपाठी', 20, 'plain'),
	person(keys.cyrillic, 'Ярослав', 'Щербаков', 20, 'plain'),
	person(keys.greek, 'Ευαγγελία', 'Χατζηδάκη', 20, 'plain'),
	person(keys.email, 'Jane', 'Doe', 16, 'plain', { email: keys.email }),
	person(keys.uuid, 'Rafael', 'Almeida', 16, 'plain'),
	person(keys.integer, 'Chidi', 'Eze', 16, 'plain'),
	person(keys.leadingZeros, 'Annika', 'Virtanen', 7, 'plain'),
	person(keys.sharedEmailFirst, 'Robin', 'Marsh', 5, 'plain', { email: 'team@shared.example.com' }),
	person(keys.sharedEmailSecond, 'Jordan', 'Marsh', 5, 'plain', { email: 'team@shared.example.com' }),
	person(keys.partnerByReferralKey, 'Elif', 'Demir', 9, 'plain', { partner: samplePartners.byReferralKey.key }),
	person(keys.unknownPartner, 'Hugo', 'Berg', 9, 'plain', { partner: samplePartners.absent }),
	person(keys.fullPage, 'Marisol', 'Vega', 250, 'plain'),
];

export const hostile: readonly PurposefulCustomer[] = [
	person(keys.unknownStatus, 'Uma', 'Kestrel', 3, 'plain', { status: 'Created, pending_review' }),
	person(keys.nullFields, null, null, 3, 'plain', { email: null, partner: null, tags: null, status: null }),
	person(keys.absentFields, undefined, undefined, 3, 'plain', {
		email: undefined,
		partner: undefined,
		tags: undefined,
		status: undefined,
		deleted: undefined,
		deleted_at: undefined,
		updated_at: undefined,
	}),
	person(keys.unknownFields, 'Felix', 'Novak', 3, 'plain', {
		lifetime_value: 1234.5,
		preferences: { newsletter: true, channels: ['email', 'sms'], nested: { deeper: { deepest: null } } },
		notes: ['first\nsecond', ''],
		verified: false,
	}),
	person(keys.manyTags, 'Tess', 'Tagger', 3, 'plain', { tags: Array.from({ length: 120 }, (_, index) => ({ value: `tag ${index + 1}` })) }),
	person(keys.stringAmounts, 'Stella', 'String', 24, 'string-amounts'),
	person(keys.extremeAmounts, 'Max', 'Extreme', 24, 'extreme-amounts'),
	person(keys.duplicateTransactionKeys, 'Dora', 'Double', 40, 'duplicate-keys'),
	person(keys.sparseTransactions, 'Skye', 'Sparse', 24, 'sparse'),
	person(keys.hostileTransactions, 'Hal', 'Hostile', 24, 'hostile'),
	person(keys.emoji, '👩‍💻🏳️‍🌈', '🦊👨‍👩‍👧‍👦', 4, 'plain', { tags: [{ value: '🔥' }] }),
	person(keys.combiningMarks, 'Z̸̧͚͐a̵̡͝l̷͇̈́g̸͎̈́o̶', 'e\u0301 vs \u00e9', 4, 'plain'),
	person(keys.longName, 'Long '.repeat(longNameLength / 5), 'Name', 2, 'plain'),
	named(
		keys.hostileMarkdown,
		'[click me](command:workbench.action.quit)',
		'![x](https://evil.example/p.png) **bold** `code` <https://evil.example>',
	),
	named(
		keys.hostileHtml,
		'<img src=x onerror=alert(1)>',
		'</script><script>alert(1)</script><a href="command:workbench.action.quit">x</a>',
	),
	named(keys.hostileIcons, '$(alert) $(sync~spin)', '$(trash)'),
	named(keys.hostileBidi, '\u202Enimda\u202C', '\u2066\u200Fabc\u2069\u200B'),
	named(keys.hostileControls, 'a\u0000b\u0007c\u0008d\tE', 'line one\r\nline two\u2028three\u2029four\u0085five'),
	named(keys.hostileAnsi, '\u001B[31mred\u001B[0m', '\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007'),
	named(keys.hostileTable, '| a | b |', '`` ` `` | --- | \\| *'),
	named(keys.hostileFormula, `=cmd|' /C calc'!A0`, '+1+1 @SUM(A1) -2 "quoted",comma;semicolon'),
	named(keys.hostileReplacement, `$& $1 $$ $\` %s %d {0} \${user}`, '\\u0041 \\n &amp; &#x41;'),
	named(keys.hostileLoneSurrogate, 'lone \uD83D high', 'lone \uDE00 low'),
	named(keys.hostileProto, 'constructor', 'toString'),
	person(keys.keySlash, 'Slash', 'Key', 4, 'plain'),
	person(keys.keyPlus, 'Plus', 'Key', 4, 'plain'),
	person(keys.keyPercent, 'Percent', 'Key', 4, 'plain'),
	person(keys.keyAt, 'At', 'Key', 4, 'plain'),
	person(keys.keySpace, 'Space', 'Key', 4, 'plain'),
	person(keys.keyEmoji, 'Emoji', 'Key', 4, 'plain'),
	person(keys.keyQuery, 'Query', 'Key', 4, 'plain'),
	person(keys.keyBackslash, 'Backslash', 'Key', 4, 'plain'),
	person(keys.keyQuote, 'Quote', 'Key', 4, 'plain'),
	person(keys.keyNonLatin, 'Non-Latin', 'Key', 4, 'plain'),
	person(keys.keyColon, 'Colon', 'Key', 4, 'plain'),
	person(keys.keyUpperCase, 'Upper', 'Case', 4, 'plain'),
	person(keys.keyLowerCase, 'Lower', 'Case', 4, 'plain'),
	person(keys.keyLongest, 'Longest', 'Key', 4, 'plain'),
];

function person(
	key: string,
	name: string | null | undefined,
	surname: string | null | undefined,
	count: number,
	style: TransactionStyle,
	fields: Readonly<Record<string, unknown>> = {},
): PurposefulCustomer {
	return { key, fields: { name, surname, email: emailOf(key, `${name}.${surname}`), ...fields }, transactions: { count, style } };
}

/** By the name where it can stand in an address, else by the key. */
function emailOf(key: string, name: string): string {
	const latin = name
		.normalize('NFD')
		.replace(/[\u0300-\u036f]/g, '')
		.toLowerCase();
	return `${/^[a-z.-]+$/.test(latin) ? latin : key.replace(/[^a-z0-9]+/g, '.')}@example.com`;
}

/** A customer whose every text is hostile: names, e-mail address, tag and status. */
function named(key: string, name: string, surname: string): PurposefulCustomer {
	return person(key, name, surname, 6, 'plain', {
		email: `${name}@example.com`,
		tags: [{ value: name }, { value: surname }],
		status: name,
	});
}
