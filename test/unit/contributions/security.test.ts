// SECURITY.md claims that a test proves each of its rows: the tests are there, under the names that it gives.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const rows = read('SECURITY.md')
	.split('\n')
	.filter((line) => line.startsWith('| ') && !line.startsWith('| what is at stake') && !line.startsWith('| ---'))
	.map((line) => line.slice(2, -2).split(' | '));

describe('SECURITY.md', () => {
	it('names for each threat what is at stake, what holds, and a test', () => {
		assert.ok(rows.length > 20);
		for (const row of rows) {
			assert.equal(row.length, 4, row.join(' | '));
		}
	});

	for (const [stake, threat, , proof = ''] of rows) {
		it(`proves what holds for: ${stake}: ${threat}`, () => {
			const [, file = '', title = ''] = /^`(test\/[^`]+\.ts)`: (.+)$/.exec(proof) ?? [];
			assert.ok(file !== '' && title !== '', proof);
			assert.ok(read(file).includes(title), `${file} has no test "${title}"`);
		});
	}

	it('invents no address to write to', () => {
		assert.doesNotMatch(read('SECURITY.md'), /\S+@\S+\.\S+|mailto:/);
	});
});
