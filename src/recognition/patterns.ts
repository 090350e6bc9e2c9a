// The user's own key formats. A pattern is a regular expression, but it does not run on the JavaScript engine, which can take exponential time
// (`(a+)+$`) and cannot be stopped: it is compiled to a table in which reading a character is one look-up. What a table cannot do (look-around,
// references to a group) and what would need too large a one is refused by name. It has to match a whole literal, as if it stood between
// `^` and `$`.

/** A compiled pattern. */
export interface KeyPattern {
	readonly source: string;
	/** True when the pattern matches the whole candidate. Time is linear in its length. */
	matches(candidate: string): boolean;
}

/** A pattern that cannot be used, and why. */
export interface PatternProblem {
	readonly source: string;
	readonly reason: PatternRefusal;
	/** Number of the character where it was seen, from 1, as far as that can be told. */
	readonly place?: number;
}

/** No regular expression; a part that is not supported; too large or too slow; it matches everything; more patterns than are used. */
export type PatternRefusal = 'syntax' | 'unsupported' | 'too-slow' | 'everything' | 'too-many';

/** More states than this, after `{m,n}` is written out, are refused. */
const MAX_STATES = 2000;
const MAX_PATTERN_LENGTH = 500;
/** Patterns that are used: each is run on every literal of a file. */
const MAX_PATTERNS = 50;
/** Steps that compiling one pattern may take: some milliseconds, and the bound of its table's size. */
const MAX_STEPS = 200_000;
/** The same for all patterns together, since hovers wait for them once. */
const MAX_STEPS_OF_ALL = 1_000_000;

/** A set of UTF-16 units, as ranges; negated or not. */
interface CharSet {
	readonly ranges: readonly (readonly [number, number])[];
	readonly negated: boolean;
}

type Node =
	| { readonly kind: 'set'; readonly set: CharSet }
	| { readonly kind: 'sequence'; readonly parts: readonly Node[] }
	| { readonly kind: 'choice'; readonly parts: readonly Node[] }
	| { readonly kind: 'repeat'; readonly part: Node; readonly least: number; readonly most: number }
	| { readonly kind: 'begin' | 'end' };

/** Why a pattern is refused; caught where it is compiled, it never leaves this file. */
class Refusal extends Error {
	readonly reason: PatternRefusal;
	/** Number of the character where it was seen, from 1. */
	readonly place: number | undefined;

	constructor(reason: PatternRefusal, place?: number) {
		super(reason);
		this.reason = reason;
		this.place = place;
	}
}

const DIGIT: CharSet = { ranges: [[48, 57]], negated: false };
const WORD_SET: CharSet = {
	ranges: [
		[48, 57],
		[65, 90],
		[95, 95],
		[97, 122],
	],
	negated: false,
};
const SPACE_SET: CharSet = {
	ranges: [
		[9, 13],
		[32, 32],
		[160, 160],
		[0x1680, 0x1680],
		[0x2000, 0x200a],
		[0x2028, 0x2029],
		[0x202f, 0x202f],
		[0x205f, 0x205f],
		[0x3000, 0x3000],
		[0xfeff, 0xfeff],
	],
	negated: false,
};
const ANY: CharSet = {
	ranges: [
		[10, 10],
		[13, 13],
		[0x2028, 0x2029],
	],
	negated: true,
};

class Parser {
	private at = 0;
	private readonly source: string;

	constructor(source: string) {
		this.source = source;
	}

	parse(): Node {
		const node = this.choice();
		if (this.at < this.source.length) {
			throw new Refusal('syntax', this.at + 1);
		}
		return node;
	}

	private choice(): Node {
		const parts = [this.sequence()];
		while (this.take('|')) {
			parts.push(this.sequence());
		}
		return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'choice', parts };
	}

	private sequence(): Node {
		const parts: Node[] = [];
		while (this.at < this.source.length && this.peek() !== '|' && this.peek() !== ')') {
			parts.push(this.repeated(this.atom()));
		}
		return { kind: 'sequence', parts };
	}

	private repeated(part: Node): Node {
		let node = part;
		for (;;) {
			const bounds = this.bounds();
			if (bounds === undefined) {
				return node;
			}
			if (node.kind === 'begin' || node.kind === 'end') {
				throw new Refusal('syntax', this.at + 1);
			}
			// A lazy repetition matches the same whole literals.
			this.take('?');
			node = { kind: 'repeat', part: node, least: bounds[0], most: bounds[1] };
		}
	}

	private bounds(): readonly [number, number] | undefined {
		if (this.take('*')) {
			return [0, Number.POSITIVE_INFINITY];
		}
		if (this.take('+')) {
			return [1, Number.POSITIVE_INFINITY];
		}
		if (this.take('?')) {
			return [0, 1];
		}
		const counted = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.source.slice(this.at, this.at + 14));
		if (counted === null) {
			return undefined;
		}
		this.at += counted[0].length;
		const least = Number(counted[1]);
		const most = counted[2] === undefined ? least : counted[3] === undefined ? Number.POSITIVE_INFINITY : Number(counted[3]);
		if (most < least) {
			throw new Refusal('syntax', this.at + 1);
		}
		return [least, most];
	}

	private atom(): Node {
		const char = this.source.charAt(this.at);
		this.at += 1;
		if (char === '(') {
			return this.group();
		}
		if (char === '[') {
			return { kind: 'set', set: this.charClass() };
		}
		if (char === '\\') {
			return this.escape();
		}
		if (char === '^') {
			return { kind: 'begin' };
		}
		if (char === '$') {
			return { kind: 'end' };
		}
		if (char === '*' || char === '+' || char === '?') {
			throw new Refusal('syntax', this.at + 1);
		}
		return { kind: 'set', set: char === '.' ? ANY : single(char.charCodeAt(0)) };
	}

	private group(): Node {
		if (this.take('?')) {
			if (!this.take(':') && !/^<[A-Za-z_]\w*>/.test(this.source.slice(this.at))) {
				throw new Refusal('unsupported', this.at + 1);
			}
			this.at += /^<[A-Za-z_]\w*>/.exec(this.source.slice(this.at))?.[0].length ?? 0;
		}
		const node = this.choice();
		if (!this.take(')')) {
			throw new Refusal('syntax', this.at + 1);
		}
		return node;
	}

	private escape(): Node {
		const char = this.source.charAt(this.at);
		if (/[1-9kBbpP]/.test(char)) {
			throw new Refusal('unsupported', this.at + 1);
		}
		return { kind: 'set', set: this.escapedSet() };
	}

	private escapedSet(): CharSet {
		const char = this.source.charAt(this.at);
		this.at += 1;
		switch (char) {
			case '':
				throw new Refusal('syntax', this.at + 1);
			case 'd':
				return DIGIT;
			case 'D':
				return { ...DIGIT, negated: true };
			case 'w':
				return WORD_SET;
			case 'W':
				return { ...WORD_SET, negated: true };
			case 's':
				return SPACE_SET;
			case 'S':
				return { ...SPACE_SET, negated: true };
			default:
				return single(this.escapedCode(char));
		}
	}

	private escapedCode(char: string): number {
		const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4}))/.exec(this.source.slice(this.at - 1, this.at + 4));
		if (hex !== null) {
			this.at += hex[0].length - 1;
			return Number.parseInt(hex[1] ?? hex[2] ?? '0', 16);
		}
		const control = { n: 10, r: 13, t: 9, f: 12, v: 11, '0': 0 }[char];
		return control ?? char.charCodeAt(0);
	}

	private charClass(): CharSet {
		const negated = this.take('^');
		const ranges: (readonly [number, number])[] = [];
		while (!this.take(']')) {
			if (this.at >= this.source.length) {
				throw new Refusal('syntax', this.at + 1);
			}
			const low = this.classPart();
			if (
				low.ranges.length === 1 &&
				isSingle(low) &&
				this.peek() === '-' &&
				this.source.charAt(this.at + 1) !== ']' &&
				this.at + 1 < this.source.length
			) {
				this.at += 1;
				ranges.push(rangeOf(low, this.classPart()));
			} else if (low.negated) {
				ranges.push(...complement(low.ranges));
			} else {
				ranges.push(...low.ranges);
			}
		}
		return { ranges, negated };
	}

	private classPart(): CharSet {
		if (this.take('\\')) {
			return this.peek() === 'b' ? single(8) : this.escapedSet();
		}
		const code = this.source.charCodeAt(this.at);
		this.at += 1;
		return single(code);
	}

	private peek(): string {
		return this.source.charAt(this.at);
	}

	private take(char: string): boolean {
		if (this.peek() !== char) {
			return false;
		}
		this.at += 1;
		return true;
	}
}

function single(code: number): CharSet {
	return { ranges: [[code, code]], negated: false };
}

function isSingle(set: CharSet): boolean {
	return !set.negated && set.ranges.length === 1 && set.ranges[0]?.[0] === set.ranges[0]?.[1];
}

function rangeOf(low: CharSet, high: CharSet): readonly [number, number] {
	const from = low.ranges[0]?.[0] ?? 0;
	const to = high.ranges[0]?.[0] ?? 0;
	if (!isSingle(high) || to < from) {
		throw new Refusal('syntax');
	}
	return [from, to];
}

function complement(ranges: readonly (readonly [number, number])[]): (readonly [number, number])[] {
	const found: (readonly [number, number])[] = [];
	let from = 0;
	for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
		if (low > from) {
			found.push([from, low - 1]);
		}
		from = Math.max(from, high + 1);
	}
	found.push([from, 0xffff]);
	return found;
}

function holds(set: CharSet, code: number): boolean {
	return set.ranges.some(([low, high]) => code >= low && code <= high) !== set.negated;
}

/** A state of the automaton: it reads a unit of `set` and goes on to `to[0]`, or goes on to all of `to` without reading. */
interface State {
	readonly set: CharSet | undefined;
	readonly anchor: 'begin' | 'end' | undefined;
	to: readonly number[];
}

/** What compiling one pattern may cost, counted and not timed, so that a pattern is refused on every machine or on none. */
class Allowance {
	private readonly limit: number;
	spent = 0;

	constructor(limit: number) {
		this.limit = limit;
	}

	spend(steps: number): void {
		this.spent += steps;
		if (this.spent > this.limit) {
			throw new Refusal('too-slow');
		}
	}
}

/** The automaton as the pattern is written: it may be in many states at once. */
class Automaton {
	readonly states: State[] = [];
	readonly first: number;
	readonly last: number;
	private readonly allowance: Allowance;
	/** The last walk of `reach` that came by, for each state. */
	private readonly seen = new Uint32Array(MAX_STATES);
	private walk = 0;

	constructor(node: Node, allowance: Allowance) {
		this.allowance = allowance;
		this.last = this.add(undefined, []);
		this.first = this.compile(node, this.last);
	}

	/** Where one gets from these states without reading, in order: states that read, the last one, and anchors at which it ends for now. */
	reach(from: readonly number[], passing: { readonly begin: boolean; readonly end: boolean }): readonly number[] {
		this.walk += 1;
		const found: number[] = [];
		const open = [...from];
		for (let state = open.pop(); state !== undefined; state = open.pop()) {
			this.allowance.spend(1);
			const here = this.states[state];
			if (this.seen[state] === this.walk || here === undefined || (here.anchor === 'begin' && !passing.begin)) {
				continue;
			}
			this.seen[state] = this.walk;
			if (here.set !== undefined || state === this.last || (here.anchor === 'end' && !passing.end)) {
				found.push(state);
			} else {
				open.push(...here.to);
			}
		}
		return found.sort((a, b) => a - b);
	}

	private add(set: CharSet | undefined, to: readonly number[], anchor?: 'begin' | 'end'): number {
		if (this.states.length >= MAX_STATES) {
			throw new Refusal('too-slow');
		}
		this.states.push({ set, anchor, to });
		return this.states.length - 1;
	}

	/** Builds the states of a node, from its end: what comes behind it is known. */
	private compile(node: Node, behind: number): number {
		// An empty group makes no states, however often it is repeated.
		this.allowance.spend(1);
		switch (node.kind) {
			case 'set':
				return this.add(node.set, [behind]);
			case 'begin':
			case 'end':
				return this.add(undefined, [behind], node.kind);
			case 'sequence':
				return node.parts.reduceRight((next, part) => this.compile(part, next), behind);
			case 'choice':
				return this.add(
					undefined,
					node.parts.map((part) => this.compile(part, behind)),
				);
			case 'repeat':
				return this.compileRepeat(node, behind);
		}
	}

	private compileRepeat(node: Extract<Node, { kind: 'repeat' }>, behind: number): number {
		let next = behind;
		if (node.most === Number.POSITIVE_INFINITY) {
			next = this.add(undefined, []);
			const state = this.states[next];
			const part = this.compile(node.part, next);
			if (state !== undefined) {
				state.to = [part, behind];
			}
		} else {
			for (let count = node.least; count < node.most; count += 1) {
				next = this.add(undefined, [this.compile(node.part, next), behind]);
			}
		}
		for (let count = 0; count < node.least; count += 1) {
			next = this.compile(node.part, next);
		}
		return next;
	}
}

/** The UTF-16 units in groups: those of one group are alike to every set of a pattern. */
class Alphabet {
	/** A unit of each group. */
	readonly samples: readonly number[];
	/** Where a stretch of units of one group begins, in order, and its group. */
	private readonly starts: readonly number[];
	private readonly groups: readonly number[];
	/** The group of each ASCII unit, which are most. */
	private readonly ascii = new Uint16Array(128);

	constructor(sets: readonly CharSet[], allowance: Allowance) {
		const distinct = [...new Map(sets.map((set) => [`${set.negated} ${set.ranges.join()}`, set])).values()];
		const edges = distinct.flatMap(({ ranges }) => ranges.flatMap(([low, high]) => [low, high + 1]));
		this.starts = [...new Set([0, ...edges])].filter((unit) => unit <= 0xffff).sort((a, b) => a - b);
		allowance.spend(this.starts.length * distinct.reduce((sum, { ranges }) => sum + ranges.length, 0));
		const known = new Map<string, number>();
		const samples: number[] = [];
		this.groups = this.starts.map((unit) => {
			const name = distinct.map((set) => (holds(set, unit) ? 1 : 0)).join('');
			const group = known.get(name) ?? samples.push(unit) - 1;
			known.set(name, group);
			return group;
		});
		this.samples = samples;
		for (let unit = 0; unit < this.ascii.length; unit += 1) {
			this.ascii[unit] = this.search(unit);
		}
	}

	groupOf(unit: number): number {
		return this.ascii[unit] ?? this.search(unit);
	}

	private search(unit: number): number {
		let low = 0;
		let high = this.starts.length - 1;
		while (low < high) {
			const middle = (low + high + 1) >> 1;
			if ((this.starts[middle] ?? 0) <= unit) {
				low = middle;
			} else {
				high = middle - 1;
			}
		}
		return this.groups[low] ?? 0;
	}
}

/** No state of the automaton is present any more: nothing can match. */
const DEAD = 0;

/**
 * The automaton with each set of states that it can be in as one row of a table, all of them worked out beforehand: reading a unit is one
 * look-up, whatever the pattern is. A pattern with too many such sets is refused.
 */
class Table {
	private readonly alphabet: Alphabet;
	private readonly first: number;
	/** The row after a unit of each group, row by row. */
	private readonly next: Uint32Array;
	/** Whether a literal may end here, by row. */
	private readonly ends: readonly boolean[];

	constructor(automaton: Automaton, allowance: Allowance) {
		const { states, last } = automaton;
		this.alphabet = new Alphabet(
			states.map(({ set }) => set).filter((set) => set !== undefined),
			allowance,
		);
		const rows: (readonly number[])[] = [];
		const ids = new Map<string, number>();
		const rowOf = (present: readonly number[]): number => {
			// Fewer states than UTF-16 has units.
			const name = String.fromCharCode(...present);
			const id = ids.get(name) ?? rows.push(present) - 1;
			ids.set(name, id);
			return id;
		};
		rowOf([]);
		this.first = rowOf(automaton.reach([automaton.first], { begin: true, end: false }));
		const next: number[] = [];
		// Rows are added while it goes on.
		for (const present of rows) {
			for (const unit of this.alphabet.samples) {
				allowance.spend(present.length + 1);
				const read = present.flatMap((state) => readingFrom(states[state], unit));
				next.push(read.length === 0 ? DEAD : rowOf(automaton.reach(read, { begin: false, end: false })));
			}
		}
		this.next = Uint32Array.from(next);
		this.ends = rows.map((present) => automaton.reach(present, { begin: false, end: true }).includes(last));
	}

	matches(candidate: string): boolean {
		const width = this.alphabet.samples.length;
		let row = this.first;
		for (let at = 0; at < candidate.length && row !== DEAD; at += 1) {
			row = this.next[row * width + this.alphabet.groupOf(candidate.charCodeAt(at))] ?? DEAD;
		}
		return this.ends[row] ?? false;
	}
}

function readingFrom(state: State | undefined, unit: number): readonly number[] {
	return state?.set !== undefined && holds(state.set, unit) ? state.to : [];
}

/**
 * Compiles the patterns of `partnero.customerKeyPatterns`. A pattern has to match a whole literal. One that cannot be used is left out and
 * named in `problems`, each once; of more than 50 patterns the first 50 are used, and the next one is named for all that are not.
 */
export function compileKeyPatterns(sources: readonly string[]): {
	readonly patterns: readonly KeyPattern[];
	readonly problems: readonly PatternProblem[];
} {
	const patterns: KeyPattern[] = [];
	const problems: PatternProblem[] = [];
	const distinct = [...new Set(sources)];
	let left = MAX_STEPS_OF_ALL;
	for (const source of distinct.slice(0, MAX_PATTERNS)) {
		const allowance = new Allowance(Math.min(MAX_STEPS, left));
		try {
			patterns.push(compile(source, allowance));
		} catch (error) {
			// A stack that overflows on thousands of nested parentheses is a pattern that cannot be used, too.
			const { reason, place } = error instanceof Refusal ? error : new Refusal('too-slow');
			problems.push({ source, reason, ...(place === undefined ? {} : { place }) });
		}
		left -= allowance.spent;
	}
	const beyond = distinct[MAX_PATTERNS];
	if (beyond !== undefined) {
		problems.push({ source: beyond, reason: 'too-many' });
	}
	return { patterns, problems };
}

function compile(source: string, allowance: Allowance): KeyPattern {
	if (typeof source !== 'string' || source === '') {
		throw new Refusal('everything');
	}
	if (source.length > MAX_PATTERN_LENGTH) {
		throw new Refusal('too-slow');
	}
	const automaton = new Automaton(new Parser(source).parse(), allowance);
	if (automaton.reach([automaton.first], { begin: true, end: true }).includes(automaton.last)) {
		throw new Refusal('everything');
	}
	const table = new Table(automaton, allowance);
	return { source, matches: (candidate) => table.matches(candidate) };
}
