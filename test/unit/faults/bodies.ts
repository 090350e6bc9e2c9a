// What a 200 may hold in place of the customer.
import { gzipSync } from 'node:zlib';
import type { Fault } from '../../../src/sandbox/index.ts';
import { type FaultRow, labKey } from './laboratory.ts';
import { alice, notUnderstood, tooLarge } from './sentences.ts';

function answer(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): readonly Fault[] {
	return [{ kind: 'status', status: 200, body, headers }];
}

function unreadable(fault: string, faults: readonly Fault[]): FaultRow {
	return { fault, faults, kind: 'not-understood', sees: notUnderstood, sent: 1 };
}

function readable(fault: string, faults: readonly Fault[], sees = alice): FaultRow {
	return { fault, faults, sees, sent: 1 };
}

const nameless = 'customer_123, without a name';

export const bodies: readonly FaultRow[] = [
	unreadable('no bytes', [{ kind: 'empty' }]),
	unreadable('white space', answer(' \r\n\t ')),
	unreadable('JSON that breaks off in its middle', [{ kind: 'truncated-json' }]),
	unreadable('JSON that breaks off after its first byte', [{ kind: 'truncated-json', bytes: 1 }]),
	unreadable('JSON with a comment', answer('{"data":{"key":"customer_123"} /* all */}')),
	unreadable('JSON with a comma too many', answer('{"data":{"key":"customer_123",}}')),
	unreadable('two JSON values', answer('{"data":{}}{"data":{}}')),
	unreadable('JSONP', answer('callback({"data":{"key":"customer_123"}})')),
	unreadable('XML', answer('<?xml version="1.0"?><customer key="customer_123"/>')),
	unreadable("a proxy's page", [{ kind: 'html' }]),
	unreadable('the text of a crash', answer('PHP Fatal error:  Uncaught Error in /var/www/index.php:12\nStack trace:\n#0 {main}')),
	...[
		'null',
		'true',
		'42',
		'"customer_123"',
		'[]',
		'{}',
		'{"data":null}',
		'{"data":[]}',
		'{"data":"customer_123"}',
		'{"data":1}',
		'{"customer":{}}',
	].map((body) => unreadable(`the JSON \`${body}\``, answer(body))),
	readable('the JSON `{"data":{}}`', answer('{"data":{}}'), nameless),
	readable('a byte order mark', [{ kind: 'bom' }]),
	unreadable('UTF-16', [{ kind: 'utf16' }]),
	unreadable('bytes that are no UTF-8', [{ kind: 'invalid-utf8' }]),
	unreadable(
		'Latin-1',
		answer(Buffer.from('{"data":{"key":"customer_123","name":"André"}}', 'latin1'), {
			'content-type': 'application/json; charset=iso-8859-1',
		}),
	),
	{ fault: 'a gzip bomb of 200 MB', faults: [{ kind: 'gzip-bomb' }], kind: 'too-large', sees: tooLarge, sent: 1 },
	{ fault: '11 MB', faults: [{ kind: 'oversize' }], kind: 'too-large', sees: tooLarge, sent: 1 },
	readable('9 MB of white space before it', [{ kind: 'oversize', bytes: 9 << 20 }]),
	readable(
		'packed twice and said so',
		answer(gzipSync(gzipSync('{"data":{"key":"customer_123","name":"Alice","surname":"Brown"}}')), { 'content-encoding': 'gzip, gzip' }),
	),
	unreadable(
		'a packed body that breaks off',
		answer(gzipSync('{"data":{"key":"customer_123"}}').subarray(0, 20), { 'content-encoding': 'gzip' }),
	),
	unreadable('gzip that is none', answer('{"data":{"key":"customer_123"}}', { 'content-encoding': 'gzip' })),
	unreadable('Brotli that is none', answer('{"data":{"key":"customer_123"}}', { 'content-encoding': 'br' })),
	unreadable('Zstandard that is none', answer('{"data":{"key":"customer_123"}}', { 'content-encoding': 'zstd' })),
	readable(
		'a text in every field',
		[{ kind: 'wrong-types', as: 'string' }],
		'not what it should be not what it should be; as it came: deleted, tags',
	),
	readable('a number in every field', [{ kind: 'wrong-types', as: 'number' }], '42 42; as it came: deleted, tags'),
	readable('true in every field', [{ kind: 'wrong-types', as: 'boolean' }], `${nameless}; as it came: 10 fields`),
	readable('a list in every field', [{ kind: 'wrong-types', as: 'array' }], `${nameless}; as it came: 11 fields`),
	readable('an object in every field', [{ kind: 'wrong-types', as: 'object' }], `${nameless}; as it came: 11 fields`),
	readable('null in every field', [{ kind: 'nulls' }], nameless),
	readable('every field twice', [{ kind: 'duplicate-names' }]),
	unreadable('100,000 arrays in arrays', [{ kind: 'deep-nesting' }]),
	readable('200 arrays in arrays', [{ kind: 'deep-nesting', depth: 200 }], `${alice}; as it came: deep`),
	readable(
		'a field called `__proto__`',
		answer('{"data":{"key":"customer_123","name":"Alice","surname":"Brown","__proto__":{"name":"Eve"}}}'),
		`${alice}; as it came: __proto__`,
	),
	readable('a key of 20 digits, as a number', answer('{"data":{"key":12345678901234567890,"name":"Alice","surname":"Brown"}}')),
	readable('the API key in a field', answer(JSON.stringify({ data: { key: 'customer_123', name: labKey } })), '[API key removed]'),
	readable(
		'the API key in a name, with its slash escaped',
		answer(`{"data":{"key":"customer_123","name":"Alice","surname":"Brown","${labKey.replace('/', '\\/')}":1}}`),
		`${alice}; as it came: [API key removed]`,
	),
];
