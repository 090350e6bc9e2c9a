// Recognition is linear in the text: no file, however hostile, holds the extension host up.

import assert from 'node:assert/strict';
import { customerKeyAt, findCustomerKeys } from '../../../src/recognition/index.ts';

const HOSTILE: Readonly<Record<string, (length: number) => string>> = {
	'deep nesting': (length) => '{customer:['.repeat(length / 11),
	'a million brackets': (length) => `${'([{'.repeat(length / 6)} customer key ${')]}'.repeat(length / 6)}`,
	'brackets that do not match': (length) => 'customer({)}]key'.repeat(length / 16),
	'unclosed strings': (length) => 'customer: "key\n key: \'x\n'.repeat(length / 24),
	'quotes and backslashes': (length) => 'customer_key=\\"\\\\\\"\'"`'.repeat(length / 21),
	'one long line': (length) => '{"customer":{"key":"a"},"amount":1},'.repeat(length / 36),
	'customers/ again and again': (length) => 'customers/'.repeat(length / 10),
	'paths again and again': (length) => '/customers/a'.repeat(length / 12),
	'half a comment': (length) => '/*customer key'.repeat(length / 14),
	'half a tag': (length) => '<customer key '.repeat(length / 14),
	'one long name': (length) => 'customer.key.'.repeat(length / 13),
	'a very wide table': (length) => `| customer_key ${'| a '.repeat(length / 4)}`,
	'names that are given nothing': (length) => 'customer_key='.repeat(length / 13),
	'white space': (length) => `customer: { key: ${' '.repeat(length)}`,
	dashes: (length) => '- - customer: key\n'.repeat(length / 18),
};

function time(text: string): number {
	let best = Number.POSITIVE_INFINITY;
	for (let run = 0; run < 3; run += 1) {
		const before = process.cpuUsage();
		findCustomerKeys(text, { languageId: 'plaintext', aboutPartnero: true, knownKeys: new Set(['nobody@example.com']) });
		const used = process.cpuUsage(before);
		best = Math.min(best, (used.user + used.system) / 1000);
	}
	return best;
}

describe('Recognition of hostile files', () => {
	for (const [name, make] of Object.entries(HOSTILE)) {
		it(`takes at most in proportion longer for twice as much: ${name}`, function () {
			this.timeout(60_000);
			time(make(30_000));
			const once = time(make(60_000));
			const fourfold = time(make(240_000));
			// Quadratic time would be 16 fold; the floor keeps the clock's grain out of it.
			assert.ok(fourfold < 8 * Math.max(once, 6), `${once.toFixed(1)} ms, then ${fourfold.toFixed(1)} ms`);
		});
	}

	it('answers for one offset of a 5 MB line without reading the line', function () {
		this.timeout(60_000);
		const text = `{"partnero":[${'{"customer":{"key":"a1"},"amount":1},'.repeat(140_000)}`;
		const middle = text.indexOf('a1', 2_500_000);
		const before = process.cpuUsage();
		for (let run = 0; run < 20; run += 1) {
			assert.equal(customerKeyAt(text, middle, { languageId: 'json' })?.key, 'a1');
		}
		const used = process.cpuUsage(before);
		assert.ok((used.user + used.system) / 1000 / 20 < 60, `${(used.user + used.system) / 20_000} ms each`);
	});
});
