// Keys that are recognised by what they are: those that are already known, and the user's own formats.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileKeyPatterns, findCustomerKeys } from '../../../src/recognition/index.ts';

const found = (text: string, options: Parameters<typeof findCustomerKeys>[1]) =>
	findCustomerKeys(text, options).map((match) => `${match.role}:${match.key}@${match.start}`);

describe('Known keys', () => {
	it('count in every file when they are distinctive', () => {
		const knownKeys = new Set(['jo@example.com', '9c1d3c1e-52d7-4f5a-9a53-0c1c7d6a0f11', 'user_1234', 'café 22 Köln']);
		const text = `a = "jo@example.com"; b = <jo@example.com>, '9c1d3c1e-52d7-4f5a-9a53-0c1c7d6a0f11' user_1234.`;
		assert.deepEqual(
			findCustomerKeys(text, { languageId: 'x', knownKeys }).map((match) => match.key),
			['jo@example.com', 'jo@example.com', '9c1d3c1e-52d7-4f5a-9a53-0c1c7d6a0f11', 'user_1234'],
		);
	});

	it('count only in a file about Partnero when they are plain words or numbers', () => {
		const knownKeys = new Set(['42', 'acme', 'user']);
		assert.deepEqual(found("pick('acme', 42, user)", { languageId: 'javascript', knownKeys }), []);
		assert.deepEqual(found("pick('acme', 42, user) // Partnero", { languageId: 'javascript', knownKeys }), ['known:acme@6', 'known:42@13']);
	});

	it('count as whole literals only', () => {
		const knownKeys = new Set(['user_1234']);
		assert.deepEqual(found('"user_12345" xuser_1234 "my user_1234x" /orders/user_1234/', { languageId: 'x', knownKeys }), []);
	});

	it('keep the role of their position where they have one', () => {
		const knownKeys = new Set(['user_1234']);
		assert.deepEqual(found('// Partnero\nx = { customer: { key: "user_1234" } }', { languageId: 'javascript', knownKeys }), [
			'customer-object:user_1234@36',
		]);
	});
});

describe("The user's own key formats", () => {
	const matching = (source: string, ...candidates: string[]) => {
		const { patterns, problems } = compileKeyPatterns([source]);
		assert.deepEqual(problems, [], source);
		return candidates.filter((candidate) => patterns[0]?.matches(candidate));
	};

	it('are looked for in every file, as whole literals', () => {
		const { patterns } = compileKeyPatterns(['ACME-\\d{4}']);
		assert.deepEqual(found('a("ACME-1234", ACME-5678, "xACME-1234", "ACME-12345")', { languageId: 'javascript', patterns }), [
			'pattern:ACME-1234@3',
			'pattern:ACME-5678@15',
		]);
	});

	it('mean what they mean in JavaScript', () => {
		assert.deepEqual(matching('^cus_[a-z0-9]{3,5}$', 'cus_ab', 'cus_abc', 'cus_abcde', 'cus_abcdef', 'CUS_abc'), ['cus_abc', 'cus_abcde']);
		assert.deepEqual(matching('(?:a|bc)+\\.[^x-z\\]]?', 'a.', 'bca.q', 'bca.y', 'b.', 'aaaa.]'), ['a.', 'bca.q']);
		assert.deepEqual(matching('\\u0041\\x42[\\w-]*', 'AB', 'AB-c_1', 'AC'), ['AB', 'AB-c_1']);
		fc.assert(
			fc.property(
				fc.constantFrom('a*b', '(ab|a)c?', '[ab]{2,3}c*', 'a.c', '(a|b|c)+', 'a{2}b?', '\\w\\W?c', '(a*)*b', '^a|b$', '[^a]+'),
				fc.string({ unit: fc.constantFrom('a', 'b', 'c', '-'), maxLength: 7 }),
				(source, candidate) => {
					const { patterns } = compileKeyPatterns([source]);
					assert.equal(patterns[0]?.matches(candidate), new RegExp(`^(?:${source})$`).test(candidate));
				},
			),
		);
	});

	it('are named once each when they cannot be used, and the others still work', () => {
		const bad = ['(', '[a', 'a)', '*a', 'a{3,2}', '(?=a)b', '(a)\\1', '', '.*', '\\', 'x'.repeat(600), '(a{1000}){1000}', '[z-a]'];
		const { patterns, problems } = compileKeyPatterns([...bad, ...bad, 'K\\d']);
		assert.deepEqual(
			problems.map((problem) => problem.source),
			bad,
		);
		const syntax = 'syntax';
		assert.deepEqual(
			problems.map((problem) => problem.reason),
			[
				syntax,
				syntax,
				syntax,
				syntax,
				syntax,
				'unsupported',
				'unsupported',
				'everything',
				'everything',
				syntax,
				'too-slow',
				'too-slow',
				syntax,
			],
		);
		assert.deepEqual(
			patterns.map((pattern) => pattern.source),
			['K\\d'],
		);
	});

	it('never throw while they are read', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (source) => {
				const { patterns, problems } = compileKeyPatterns([source]);
				assert.equal(patterns.length + problems.length, 1);
				patterns[0]?.matches('abc-123');
			}),
			{ numRuns: 300 },
		);
	});
});
