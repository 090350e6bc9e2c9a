// Recognition is linear in the text: no file, however hostile, holds the extension host up.

import assert from 'node:assert/strict';
import { customerKeyAt, findCustomerKeys } from '../../../src/recognition/index.ts';
import { HOSTILE } from '../../recognition/hostile.ts';
import { labelledFiles } from '../../recognition/labelled.ts';

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

	it('takes for none of them much longer than for an ordinary file of that length', function () {
		this.timeout(60_000);
		const length = 30_000;
		const sources = labelledFiles('given').map((file) => file.code);
		const ordinary = sources.join('\n\n').slice(0, length);
		time(ordinary);
		const usual = time(ordinary);
		for (const [name, make] of Object.entries(HOSTILE)) {
			// It was 250 times as long before neighbourhoods were read once and not for every name in them.
			const hostile = time(make(length));
			assert.ok(hostile < 40 * usual, `${name}: ${hostile.toFixed(1)} ms, ordinary ${usual.toFixed(1)} ms`);
		}
	});

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
