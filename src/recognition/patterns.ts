// The user's own key formats. A pattern is a regular expression, but it does not run on the JavaScript engine, which can take exponential time
// (`(a+)+$`) and cannot be stopped: it is compiled to a finite automaton that reads every character of a literal once. What an automaton
// cannot do (look-around, references to a group) is refused by name. It has to match a whole literal, as if it stood between `^` and `$`.

/** A compiled pattern. */
export interface KeyPattern {
	readonly source: string;
	/** True when the pattern matches the whole candidate. Time is linear in its length. */
	matches(candidate: string): boolean;
}

/** A pattern that cannot be used, and why. */
export interface PatternProblem {
	readonly source: string;
	readonly message: string;
}

/** More states than this, after `{m,n}` is written out, are refused. */
const MAX_STATES = 2000;
const MAX_PATTERN_LENGTH = 500;
const MAX_CACHED_SETS = 500;

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
class Refusal extends Error {}

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
		[0x2028, 0x2029],
		[0xfeff, 0xfeff],
	],
	negated: false,
};
const ANY: CharSet = {
	ranges: [
		[10, 10],
		[13, 13],
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
			throw new Refusal('a closing parenthesis has no opening one');
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
				throw new Refusal('an anchor cannot be repeated');
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
			throw new Refusal('the numbers of a repetition are out of order');
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
			throw new Refusal('there is nothing to repeat');
		}
		return { kind: 'set', set: char === '.' ? ANY : single(char.charCodeAt(0)) };
	}

	private group(): Node {
		if (this.take('?')) {
			if (!this.take(':') && !/^<[A-Za-z_]\w*>/.test(this.source.slice(this.at))) {
				throw new Refusal('look-around and flags inside a pattern are not supported');
			}
			this.at += /^<[A-Za-z_]\w*>/.exec(this.source.slice(this.at))?.[0].length ?? 0;
		}
		const node = this.choice();
		if (!this.take(')')) {
			throw new Refusal('a parenthesis is not closed');
		}
		return node;
	}

	private escape(): Node {
		const char = this.source.charAt(this.at);
		if (/[1-9kBbpP]/.test(char)) {
			throw new Refusal(`\\${char} is not supported`);
		}
		return { kind: 'set', set: this.escapedSet() };
	}

	private escapedSet(): CharSet {
		const char = this.source.charAt(this.at);
		this.at += 1;
		switch (char) {
			case '':
				throw new Refusal('it ends in a backslash');
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
				throw new Refusal('a square bracket is not closed');
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
		throw new Refusal('a range in square brackets is out of order');
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

class Automaton {
	readonly states: State[] = [];
	readonly first: number;
	readonly last: number;
	/** What a set of states comes to by one unit, remembered: most literals of a file take the same ways. */
	private readonly steps = new Map<string, Map<number, readonly number[]>>();

	constructor(node: Node) {
		this.last = this.add(undefined, []);
		this.first = this.compile(node, this.last);
	}

	matches(candidate: string): boolean {
		let present = this.closure([this.first], 0, candidate.length);
		for (let at = 0; at < candidate.length; at += 1) {
			if (present.length === 0) {
				return false;
			}
			present = this.closure(this.step(present, candidate.charCodeAt(at)), at + 1, candidate.length);
		}
		return present.includes(this.last);
	}

	private step(present: readonly number[], code: number): readonly number[] {
		const name = present.join();
		let known = this.steps.get(name);
		if (known === undefined) {
			if (this.steps.size >= MAX_CACHED_SETS) {
				this.steps.clear();
			}
			known = new Map();
			this.steps.set(name, known);
		}
		let next = known.get(code);
		if (next === undefined) {
			next = present.flatMap((state) => this.reads(state, code));
			if (known.size < 256) {
				known.set(code, next);
			}
		}
		return next;
	}

	private reads(state: number, code: number): readonly number[] {
		const { set, to } = this.states[state] ?? { set: undefined, to: [] };
		return set !== undefined && holds(set, code) ? to : [];
	}

	/** All states that are reached without reading. */
	private closure(from: readonly number[], at: number, length: number): readonly number[] {
		const seen = new Set<number>();
		const open = [...from];
		for (let state = open.pop(); state !== undefined; state = open.pop()) {
			const here = this.states[state];
			if (seen.has(state) || here === undefined || (here.anchor === 'begin' && at > 0) || (here.anchor === 'end' && at < length)) {
				continue;
			}
			seen.add(state);
			if (here.set === undefined) {
				open.push(...here.to);
			}
		}
		return [...seen].sort((a, b) => a - b);
	}

	private add(set: CharSet | undefined, to: readonly number[], anchor?: 'begin' | 'end'): number {
		if (this.states.length >= MAX_STATES) {
			throw new Refusal('it is too large');
		}
		this.states.push({ set, anchor, to });
		return this.states.length - 1;
	}

	/** Builds the states of a node, from its end: what comes behind it is known. */
	private compile(node: Node, behind: number): number {
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

/**
 * Compiles the patterns of `partnero.customerKeyPatterns`. A pattern has to match a whole literal. One that cannot be used is left out and
 * named in `problems`, each once.
 */
export function compileKeyPatterns(sources: readonly string[]): {
	readonly patterns: readonly KeyPattern[];
	readonly problems: readonly PatternProblem[];
} {
	const patterns: KeyPattern[] = [];
	const problems: PatternProblem[] = [];
	for (const source of new Set(sources)) {
		try {
			patterns.push(compile(source));
		} catch (error) {
			// A stack that overflows on thousands of nested parentheses is a pattern that cannot be used, too.
			problems.push({ source, message: error instanceof Refusal ? error.message : 'it cannot be read' });
		}
	}
	return { patterns, problems };
}

function compile(source: string): KeyPattern {
	if (typeof source !== 'string' || source === '') {
		throw new Refusal('it is empty');
	}
	if (source.length > MAX_PATTERN_LENGTH) {
		throw new Refusal(`it is longer than ${MAX_PATTERN_LENGTH} characters`);
	}
	const automaton = new Automaton(new Parser(source).parse());
	if (automaton.matches('')) {
		throw new Refusal('it matches nothing at all, and so everything');
	}
	return { source, matches: (candidate) => automaton.matches(candidate) };
}
