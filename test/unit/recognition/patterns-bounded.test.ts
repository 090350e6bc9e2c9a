// However hostile the user's own key formats are, and however many: what they cost is bounded when they are compiled, and small per character.

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileKeyPatterns, findCustomerKeys, type KeyPattern } from '../../../src/recognition/index.ts';

/** Patterns that took a second and more for some kilobytes, each character anew; and those that keep an automaton in ever new states. */
const HOSTILE: readonly string[] = [
	'(?:\\w?){900}x',
	'(?:\\w*\\w*){300}x',
	'(?:\\w?){200}x',
	'(?:\\w?\\w?){90}x',
	'(?:a|b)*a(?:a|b){9}',
	'(?:a|b)*a(?:a|b){40}',
	'.*a.{8}b.{8}c.{8}',
	'b(?:a{2})*|(?:a{3})*b|(?:a{5})*b|(?:a{7})*b|(?:a{11})*b|(?:a{13})*b|(?:a{17})*b',
	`(?:${'\\w*'.repeat(150)})x`,
	`(?:${'a?'.repeat(200)}){2}x`,
	`${'(?:'.repeat(80)}\\w?${')*'.repeat(80)}x`,
	`[${Array.from({ length: 200 }, (_, index) => String.fromCharCode(0x4e00 + 2 * index)).join('')}]{1,100}x`,
	'(?:(?:(?:){9999}){9999}){9999}x',
	'(a+)+$',
	'(a|a)*b',
	'(.*a){12}',
	'((a*)*)*c',
	'(a|aa)+b',
];

/** Those that only look hostile: they mean little, and stay usable. */
const USABLE = ['(?:\\w*\\w*){300}x', '(a+)+$', '(a|a)*b', '(.*a){12}', '((a*)*)*c', '(a|aa)+b'];

/** Literals of every kind of character that such patterns know, none of which ends as they want. */
const TEXT = ['a', 'ab', 'aab', 'abcabcabd', '_', 'a1-', '\u4e00\u4e01']
	.flatMap((unit) => [unit, `${unit}!`].map((part) => `"${part.repeat(240 / part.length)}" `))
	.join('')
	.repeat(10);

/** The least processor time of five runs, in microseconds. */
function cost(text: string, patterns: readonly KeyPattern[]): number {
	let best = Number.POSITIVE_INFINITY;
	for (let run = 0; run < 5; run += 1) {
		const before = process.cpuUsage();
		findCustomerKeys(text, { languageId: 'x', patterns });
		const used = process.cpuUsage(before);
		best = Math.min(best, used.user + used.system);
	}
	return best;
}

describe("Hostile formats among the user's own", () => {
	for (const source of HOSTILE) {
		it(`are refused by name, or cost no more than a plain one: ${source.slice(0, 60)}`, function () {
			this.timeout(60_000);
			const plain = compileKeyPatterns(['\\w*x']).patterns;
			const { patterns, problems } = compileKeyPatterns([source]);
			assert.equal(patterns.length + problems.length, 1);
			if (patterns.length === 0) {
				assert.equal(problems[0]?.reason, 'too-slow');
				return;
			}
			const usual = cost(TEXT, plain);
			const hostile = cost(TEXT, patterns);
			assert.ok(hostile < 8 * Math.max(usual, 2000), `${usual} µs, then ${hostile} µs`);
		});
	}

	it('stay usable where they only look hostile', () => {
		const { patterns, problems } = compileKeyPatterns(USABLE);
		assert.deepEqual(problems, []);
		assert.deepEqual(
			patterns.map((pattern) => pattern.matches('a'.repeat(200))),
			USABLE.map((source) => /^\(\.\*a|^\(a\+/.test(source)),
		);
	});

	it('are refused alike every time: work is counted, and no clock is asked', () => {
		const outcome = () => compileKeyPatterns(HOSTILE).problems.map(({ source, reason }) => `${source}: ${reason}`);
		const first = outcome();
		assert.ok(first.length > 0 && first.length < HOSTILE.length);
		assert.deepEqual(outcome(), first);
	});

	it('leave the first fifty of 2,000 at work, and what was left out is told in one sentence', function () {
		this.timeout(60_000);
		const sources = Array.from({ length: 2000 }, (_, index) => `K${index}-\\d{4}`);
		const { patterns, problems } = compileKeyPatterns([...sources, ...sources]);
		assert.equal(patterns.length, 50);
		assert.deepEqual(
			problems.map(({ source }) => source),
			['K50-\\d{4}'],
		);
		assert.equal(problems[0]?.reason, 'too-many');
		assert.deepEqual(
			findCustomerKeys('"K0-1234" "K49-1234" "K50-1234"', { languageId: 'x', patterns }).map(({ key }) => key),
			['K0-1234', 'K49-1234'],
		);
		const one = cost(TEXT, patterns.slice(0, 1));
		const fifty = cost(TEXT, patterns);
		assert.ok(fifty < 50 * Math.max(one, 2000), `${one} µs, then ${fifty} µs`);
	});

	it('use up what all formats together may cost, and leave the ordinary ones before them at work', () => {
		const slow = Array.from({ length: 40 }, (_, index) => `(?:a|b)*a(?:a|b){40}${index}`);
		const { patterns, problems } = compileKeyPatterns(['cus_\\w+', ...slow, 'user_\\d+']);
		assert.deepEqual(
			patterns.map(({ source }) => source),
			['cus_\\w+'],
		);
		assert.deepEqual(
			problems.map(({ source }) => source),
			[...slow, 'user_\\d+'],
		);
		assert.ok(problems.every(({ reason }) => reason === 'too-slow'));
	});

	it('take in proportion longer for a longer literal', () => {
		const patterns = HOSTILE.flatMap((source) => compileKeyPatterns([source]).patterns);
		const time = (length: number) => {
			const candidate = 'ab'.repeat(length / 2);
			const before = process.cpuUsage();
			for (let run = 0; run < 20; run += 1) {
				for (const pattern of patterns) {
					pattern.matches(candidate);
				}
			}
			const used = process.cpuUsage(before);
			return used.user + used.system;
		};
		time(20_000);
		const once = time(20_000);
		const fourfold = time(80_000);
		assert.ok(fourfold < 10 * Math.max(once, 3000), `${once} µs, then ${fourfold} µs`);
	});
});

describe("Ordinary formats among the user's own", () => {
	const ORDINARY: Readonly<Record<string, string>> = {
		'cus_[A-Za-z0-9]{24}': `cus_${'aZ09'.repeat(6)}`,
		'[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}': '9c1d3c1e-52d7-4f5a-9a53-0c1c7d6a0f11',
		'[0-9a-fA-F]{64}': 'aB'.repeat(32),
		'(?:ACME|BETA|GAMMA)[-_](?:EU|US)[-_]\\d{4,10}': 'BETA_EU-123456',
		'[\\w.+-]{1,64}@[\\w-]{1,63}(?:\\.[\\w-]{1,63}){1,4}': 'jo.doe+x@mail.example.com',
		'.{1,250}\\|acme': 'any thing|acme',
		'.*acme.*': 'my acme key',
		'eyJ[\\w-]{10,200}\\.[\\w-]{10,200}\\.[\\w-]{10,200}': `eyJ${'a'.repeat(50)}.${'b'.repeat(50)}.${'c'.repeat(50)}`,
		[`(?:${Array.from({ length: 60 }, (_, index) => `shop${index}`).join('|')})-\\d+`]: 'shop42-7',
		'[\u4e00-\u9fff]{2,20}-?\\d*': '\u4e2d\u6587-12',
		'\\d{1,20}|\\w{3,40}-\\w{1,40}': 'user-1',
	};
	for (const [source, key] of Object.entries(ORDINARY)) {
		it(`are all taken: ${source.slice(0, 60)}`, () => {
			const { patterns, problems } = compileKeyPatterns([source]);
			assert.deepEqual(problems, []);
			assert.ok(patterns[0]?.matches(key));
			assert.equal(patterns[0]?.matches(`${key}\n`), false);
		});
	}

	it('know the same classes of characters as JavaScript', () => {
		for (const source of ['\\d', '\\D', '\\w', '\\W', '\\s', '\\S', '.', '[^\\s]', '[\\S\\n]', '[^\\W_]']) {
			const pattern = compileKeyPatterns([source]).patterns[0];
			const expression = new RegExp(`^(?:${source})$`);
			for (let unit = 0; unit <= 0xffff; unit += 1) {
				const candidate = String.fromCharCode(unit);
				if (pattern?.matches(candidate) !== expression.test(candidate)) {
					assert.fail(`${source} on U+${unit.toString(16)}`);
				}
			}
		}
	});

	it('mean what they mean in JavaScript, whatever they are made of', () => {
		const atom = fc.constantFrom('a', 'b', '.', '\\d', '\\W', '[ab]', '[^a]', '[^\\w-]', '\\u00e9', '^', '$', '(?:)', '(?:^a|b$)');
		const { source } = fc.letrec<{ source: string }>((tie) => ({
			source: fc.oneof(
				{ depthSize: 'medium' },
				atom,
				fc.tuple(tie('source'), tie('source')).map(([one, other]) => one + other),
				fc.tuple(tie('source'), tie('source')).map(([one, other]) => `(?:${one}|${other})`),
				fc.tuple(tie('source'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}')).map(([one, many]) => `(?:${one})${many}`),
			),
		}));
		const candidate = fc.string({ unit: fc.constantFrom('a', 'b', '1', '-', '\u00e9', '\n', '\uffff'), maxLength: 6 });
		fc.assert(
			fc.property(source, fc.array(candidate, { minLength: 3, maxLength: 8 }), (text, candidates) => {
				const [pattern] = compileKeyPatterns([text]).patterns;
				for (const key of pattern === undefined ? [] : candidates) {
					assert.equal(pattern?.matches(key), new RegExp(`^(?:${text})$`).test(key), `${text} on ${JSON.stringify(key)}`);
				}
			}),
			{
				numRuns: 2000,
				examples: ['a$b', 'a^b', 'a?^b$', '(?:a|^)b', '(?:a$|b)a?', '(?:a|b$)+'].map((text) => [text, ['a', 'b', 'ab', 'ba', 'aab']]),
			},
		);
	});
});
