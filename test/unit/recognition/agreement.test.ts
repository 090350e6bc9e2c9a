// One offset is judged as the whole document is, and nothing that a text may hold breaks either.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
	type CustomerKeyMatch,
	customerKeyAt,
	findCustomerKeys,
	type RecognitionOptions,
	type Spare,
} from '../../../src/recognition/index.ts';
import { type LabelledFile, labelledFiles } from '../../recognition/labelled.ts';

const files = [...labelledFiles('given'), ...labelledFiles('own'), ...labelledFiles('held-out')];

function expectedAt(matches: readonly CustomerKeyMatch[], offset: number): CustomerKeyMatch | undefined {
	return matches.find((match) => match.start <= offset && offset < match.end) ?? matches.find((match) => match.end === offset);
}

function assertAgreement(text: string, offsets: Iterable<number>, options: RecognitionOptions): void {
	const matches = findCustomerKeys(text, options);
	for (const offset of offsets) {
		assert.deepEqual(customerKeyAt(text, offset, options), expectedAt(matches, offset), `offset ${offset}`);
	}
}

function assertOrdered(text: string, matches: readonly CustomerKeyMatch[]): void {
	let end = 0;
	for (const match of matches) {
		assert.ok(match.start >= end && match.end > match.start && match.end <= text.length, JSON.stringify(match));
		assert.ok(match.key.length > 0 && match.key.length <= 512);
		end = match.end;
	}
}

/** Every offset of a short text; of a long one those around each match, and every so manieth. */
function* offsetsOf(text: string, matches: readonly CustomerKeyMatch[], step: number): Generator<number> {
	for (const match of matches) {
		for (const edge of [match.start, match.end]) {
			yield* [edge - 1, edge, edge + 1].filter((offset) => offset >= 0);
		}
		yield Math.floor((match.start + match.end) / 2);
	}
	for (let offset = 0; offset <= text.length; offset += step) {
		yield offset;
	}
}

/** A labelled file after a few cuts, insertions and repetitions, as an editor leaves it. */
const mutated: fc.Arbitrary<{ text: string; languageId: string }> = fc
	.record({
		file: fc.constantFrom(...files.filter((file) => file.code.length < 12_000)),
		edits: fc.array(
			fc.record({
				at: fc.double({ min: 0, max: 1, noNaN: true }),
				span: fc.nat(60),
				kind: fc.nat(4),
				piece: fc.string({ unit: 'binary', maxLength: 6 }),
			}),
			{
				minLength: 1,
				maxLength: 4,
			},
		),
	})
	.map(({ file, edits }: { file: LabelledFile; edits: { at: number; span: number; kind: number; piece: string }[] }) => {
		let text = file.code;
		for (const { at, span, kind, piece } of edits) {
			const from = Math.floor(at * text.length);
			const part = text.slice(from, from + span);
			const signs = ['"', "'", '{', '}', '(', '\\', '\n', '`', '/*', '\ud800', '\0'];
			text =
				kind === 0
					? text.slice(0, from)
					: kind === 1
						? text.slice(0, from) + text.slice(from + span)
						: kind === 2
							? text.slice(0, from) + part + part + text.slice(from)
							: kind === 3
								? text.slice(0, from) + (signs[span % signs.length] ?? '') + text.slice(from)
								: text.slice(0, from) + piece + text.slice(from);
		}
		return { text, languageId: file.languageId };
	});

describe('A hover and a list of all keys', () => {
	it('agree on the offsets of every labelled file', function () {
		// Some seconds of work, which a busy machine stretches.
		this.timeout(240_000);
		for (const file of files) {
			const options = { languageId: file.languageId };
			const step = file.code.length < 1200 ? 1 : file.code.length < 20_000 ? 23 : 501;
			assertAgreement(file.code, offsetsOf(file.code, findCustomerKeys(file.code, options), step), options);
		}
	});

	it('agree across the pages of a long document', function () {
		this.timeout(60_000);
		const text = files.map((file) => file.code).join('\n\n');
		for (const options of [{ languageId: 'typescript' }, { languageId: 'plaintext' }]) {
			const matches = findCustomerKeys(text, options);
			assert.ok(matches.length > 150);
			assertOrdered(text, matches);
			const offsets = matches.filter((_, index) => index % 3 === 0).flatMap((match) => [match.start, match.end - 1, match.end]);
			assertAgreement(text, [...offsets, ...[0, 8191, 8192, 8193, 16_384, text.length]], options);
		}
	});

	it('agree in a document so long that its pages are longer', function () {
		this.timeout(60_000);
		const once = files.map((file) => file.code).join('\n\n');
		const text = once.repeat(Math.ceil(1_200_000 / once.length));
		const options = { languageId: 'typescript', aboutPartnero: true };
		const matches = findCustomerKeys(text, options);
		assertOrdered(text, matches);
		const asked = matches.filter((_, index) => index % 25 === 0);
		for (const match of asked) {
			assert.deepEqual(customerKeyAt(text, match.start, options), match);
		}
		assert.ok(asked.length > 50);
	});

	it('agree after any edit, in order and without overlaps, and never throw', function () {
		this.timeout(60_000);
		fc.assert(
			fc.property(mutated, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 6 }), ({ text, languageId }, places) => {
				const options = { languageId };
				const matches = findCustomerKeys(text, options);
				assertOrdered(text, matches);
				const edges = matches.slice(0, 6).flatMap((match) => [match.start, match.end]);
				assertAgreement(text, [...edges, ...places.map((place) => Math.floor(place * text.length))], options);
			}),
			{ numRuns: 150 },
		);
	});

	it('agree about tables whose rows go over the edges of pages', () => {
		const wide = 'x'.repeat(1500);
		const csv = `note,customer_key\n${Array.from({ length: 40 }, (_, row) => `${wide},partnero-${row}`).join('\r\n')}`;
		const bars = `| note | customer_key |\n| --- | --- |\n${Array.from({ length: 12 }, (_, row) => `| ${wide} | partnero-${row} |`).join('\n')}`;
		const sql = `INSERT INTO partnero (customer_key, b) VALUES\n${Array.from({ length: 150 }, (_, row) => `('sql-${row}', 'b')`).join(',\n')};`;
		for (const [text, languageId, least] of [
			[csv, 'csv', 40],
			[bars, 'markdown', 2],
			[`${'-- x\n'.repeat(4000)}${sql}`, 'sql', 100],
		] as const) {
			const matches = findCustomerKeys(text, { languageId });
			assert.ok(matches.length >= least, `${languageId} ${matches.length}`);
			assertAgreement(text, offsetsOf(text, matches, 400), { languageId });
		}
	});

	it('agree about known keys and patterns, too', () => {
		const text = 'a = "known-1234"; b = \'jo@example.com\'; c = jo@example.com, "K-77" K-77 customer_key = "K-77"\n'.repeat(300);
		const matches = (key: string) => /^K-\d+$/.test(key);
		const options = {
			languageId: 'python',
			knownKeys: new Set(['known-1234', 'jo@example.com']),
			patterns: [{ source: 'K-\\d+', matches }],
		};
		const all = findCustomerKeys(text, options);
		assert.equal(all.length, 300 * 6);
		assertOrdered(text, all);
		assertAgreement(text, [0, 5, 6, 16, 8190, 8192, 8195, 9000, 9001, 9002, 9003, 12_000, text.length], options);
	});

	it('answer alike, whatever was read before into the lists that are used again', function () {
		this.timeout(60_000);
		const spare: Spare = {};
		const shuffled = [...files].sort((one, other) => (one.code.length % 97) - (other.code.length % 97));
		for (const { code, languageId } of shuffled) {
			const matches = findCustomerKeys(code, { languageId });
			assert.deepEqual(findCustomerKeys(code, { languageId, spare }), matches);
			for (const { start } of matches.slice(0, 2)) {
				assert.deepEqual(customerKeyAt(code, start, { languageId, spare }), expectedAt(matches, start));
			}
			assert.ok(!spare.reading?.text, 'the text of a closed document');
		}
	});

	it('take any string and any offset', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'binary', maxLength: 400 }),
				fc.integer({ min: -5, max: 500 }),
				fc.string(),
				(text, offset, languageId) => {
					const options = { languageId, aboutPartnero: true };
					assertOrdered(text, findCustomerKeys(text, options));
					customerKeyAt(text, offset, options);
				},
			),
			{ numRuns: 200 },
		);
		for (const offset of [-1, Number.NaN, 4.5, Number.POSITIVE_INFINITY]) {
			assert.equal(customerKeyAt('customers/a1', offset, { languageId: 'x' }), undefined);
		}
	});
});
