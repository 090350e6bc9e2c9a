// Texts that are made to be slow to recognise: whatever is looked for in a neighbourhood stands there again and again, and mostly in vain.

/** A text of about so many UTF-16 units, by what it is. */
export const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
	'deep nesting': (length) => repeated('{customer:[', length),
	'a million brackets': (length) => `${repeated('([{', length / 2)} customer key ${repeated(')]}', length / 2)}`,
	'brackets that do not match': (length) => repeated('customer({)}]key', length),
	'unclosed strings': (length) => repeated('customer: "key\n key: \'x\n', length),
	'quotes and backslashes': (length) => repeated('customer_key=\\"\\\\\\"\'"`', length),
	'one long line': (length) => repeated('{"customer":{"key":"a"},"amount":1},', length),
	'customers/ again and again': (length) => repeated('customers/', length),
	'paths again and again': (length) => repeated('/customers/a', length),
	'half a comment': (length) => repeated('/*customer key', length),
	'half a tag': (length) => repeated('<customer key ', length),
	'one long name': (length) => repeated('customer.key.', length),
	'a very wide table': (length) => `| customer_key ${repeated('| a ', length)}`,
	'names that are given nothing': (length) => repeated('customer_key=', length),
	'white space': (length) => `customer: { key: ${' '.repeat(length)}`,
	dashes: (length) => repeated('- - customer: key\n', length),
	'lists that no label has': (length) => repeated('{customer_keys:<new ', length),
	'comments that nothing closes': (length) => repeated('=> +/* ?customer_key', length),
	'elements that are closed again': (length) => repeated(' customer<key>/</key>', length),
	'strings that an escaped back-tick opens': (length) => repeated('\\`customers/url:"/customers"--customer-key ', length),
	'one object of many keys': (length) => repeated("key: 'a', ", length),
};

function repeated(piece: string, length: number): string {
	return piece.repeat(Math.ceil(length / piece.length));
}
