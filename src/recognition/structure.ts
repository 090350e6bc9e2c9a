// Questions about a reading: what stands beside a token, what a scope is called, what entries it has, which literal a name is given.

import { CLOSE, COMMENT, INSIDE_STRING, ITEMS, isWordCode, OPEN, PUNCT, type Reading, ROOT, STRING, WORD } from './reading.ts';

export const PAREN = 40;
export const SQUARE = 91;
export const BRACE = 123;

/** `name sep value` directly inside a scope; `value` is the token that the value begins with, or -1 for a shorthand. */
export interface Entry {
	readonly name: number;
	/** The name in lower case, without sigils; of `customer[key]` only `key`. */
	readonly label: string;
	readonly value: number;
}

/** What leads to a scope: the label that it is the value of, and the call or constructor whose arguments or body it is. */
export interface Heading {
	/** Token of the label (`customer` in `customer: {`), or -1. */
	readonly label: number;
	/** The call or constructor as written, from its first word: `$partnero->customers()->create`, `CustomerRef`; '' when there is none. */
	readonly callee: string;
	/** Token behind which the heading begins. */
	readonly before: number;
	/** True when the label and the scope are joined by `=>`, which may be an arrow function. */
	readonly arrow: boolean;
}

const SEPARATORS = new Set([':', '=', '=>', ':=', '->', '.=', '==', '===', '<-', '!=', '!==', '||=', '??=']);
const LABEL_SEPARATORS = new Set([':', '=', '=>', ':=', '->', '.=', '<-', '||=', '??=', '+=']);
const PAIR_CALLEES = /^(?:entry|pair|keyvaluepair|kv|tuple|kvp|param|field)$/i;
/** Calls whose arguments are names and values by turns; in any other call a string before an object is merely the argument before it. */
const MAKES_MAP =
	/(?:^|[^A-Za-z])(?:of|ofEntries|entry|put\w*|set\w*|add\w*|with\w*|append\w*|hash\w*|mapOf|map|dict|object|obj|jsonb?_build_object|json_object|array|pair|tuple|kv|assoc\w*|insert|property|field|std::make_pair|make_pair)\W*$|^$/i;
const PUTS = /^(?:put|set|add|append|field|property)$/;
const MAX_ENTRIES = 400;

export class Structure {
	readonly r: Reading;
	private readonly entryCache = new Map<number, readonly Entry[]>();
	private readonly lineCache = new Map<number, readonly Entry[]>();
	private readonly itemCache = new Map<number, number[][]>();
	private readonly headings = new Map<number, Heading>();

	constructor(reading: Reading) {
		this.r = reading;
	}

	text(token: number): string {
		const { r } = this;
		return token < 0 || token >= r.count ? '' : r.text.slice(r.start[token], r.end[token]);
	}

	kind(token: number): number {
		return token < this.r.count ? (this.r.kind[token] ?? 0) : 0;
	}

	scopeOf(token: number): number {
		return this.r.scope[token] ?? 0;
	}

	scopeKind(scope: number): number {
		return this.r.scopeKind[scope] ?? ROOT;
	}

	parent(scope: number): number {
		return this.r.scopeParent[scope] ?? -1;
	}

	line(token: number): number {
		return this.r.line[token] ?? -1;
	}

	startsLine(token: number): boolean {
		return this.line(token) !== this.line(token - 1);
	}

	isPunct(token: number, what: string): boolean {
		const { r } = this;
		if (this.kind(token) !== PUNCT) {
			return false;
		}
		const start = r.start[token] ?? 0;
		return (r.end[token] ?? 0) - start === what.length && r.text.startsWith(what, start);
	}

	/** True when nothing but the given number of characters (by default none) lies between two tokens, quotes included. */
	adjacent(left: number, right: number): boolean {
		const { r } = this;
		const quoted = r.kind[right] === STRING ? this.quoteLength(right) : 0;
		const unquoted = r.kind[left] === STRING ? this.quoteLength(left) : 0;
		return (r.end[left] ?? -1) + unquoted === (r.start[right] ?? -2) - quoted;
	}

	quoteLength(token: number): number {
		const quote = this.r.quote[token] ?? 0;
		return 1 + ((quote >> 8) & 255);
	}

	/** The scope that a bracket or a string opens, or -1. */
	opened(token: number): number {
		return this.kind(token) === OPEN || this.kind(token) === STRING ? (this.r.opens[token] ?? -1) : -1;
	}

	/** The next token of the same scope, what is inside brackets and strings left out; -1 at the end of the scope. */
	next(token: number): number {
		const { r } = this;
		const scope = this.scopeOf(token);
		const inside = this.opened(token);
		let at = inside >= 0 ? (r.scopeEnd[inside] ?? r.count) : token + 1;
		const end = r.scopeEnd[scope] ?? r.count;
		while (at < end && this.scopeOf(at) !== scope) {
			const child = this.childUnder(scope, at);
			at = child < 0 ? end : Math.max(at + 1, r.scopeEnd[child] ?? end);
		}
		return at < end ? at : -1;
	}

	/** The token before, in the same scope; a closing bracket stands for all that it closes. -1 at the beginning of the scope. */
	previous(token: number): number {
		const { r } = this;
		const scope = this.scopeOf(token);
		const first = r.scopeFirst[scope] ?? 0;
		let at = token - 1;
		if (this.kind(token) === CLOSE) {
			at = (r.scopeOwner[r.opens[token] ?? -1] ?? 0) - 1;
		}
		while (at >= first && this.scopeOf(at) !== scope) {
			const child = this.childUnder(scope, at);
			at = child < 0 ? first - 1 : Math.min(at - 1, this.ownerInside(child));
		}
		return at >= first ? at : -1;
	}

	/** The token that a scope seen from behind stands for: the string around it, or what came before it. */
	private ownerInside(scope: number): number {
		const owner = this.r.scopeOwner[scope] ?? -1;
		const first = this.r.scopeFirst[scope] ?? 0;
		return this.scopeKind(scope) === INSIDE_STRING || this.scopeKind(scope) >= PAREN ? owner : first - 1;
	}

	/** The group that a closing bracket closes, as its opening token; the token itself for anything else. */
	opening(token: number): number {
		return this.kind(token) === CLOSE ? (this.r.scopeOwner[this.r.opens[token] ?? -1] ?? token) : token;
	}

	private childUnder(scope: number, token: number): number {
		let child = this.scopeOf(token);
		for (let parent = this.parent(child); parent !== scope; parent = this.parent(child)) {
			if (parent < 0) {
				return -1;
			}
			child = parent;
		}
		return child;
	}

	/** The tokens directly inside a scope, in order, at most so many. */
	children(scope: number, most = 4 * MAX_ENTRIES): number[] {
		const found: number[] = [];
		for (let token = this.first(scope); token >= 0 && found.length < most; token = this.next(token)) {
			found.push(token);
		}
		return found;
	}

	/** The first token directly inside a scope, or -1. */
	first(scope: number): number {
		const { r } = this;
		const end = r.scopeEnd[scope] ?? 0;
		let at = r.scopeFirst[scope] ?? 0;
		while (at < end && this.scopeOf(at) !== scope) {
			const child = this.childUnder(scope, at);
			at = child < 0 ? end : Math.max(at + 1, r.scopeEnd[child] ?? end);
		}
		return at < end ? at : -1;
	}

	/** The only token directly inside a scope (a `:` before it left out), or -1. */
	sole(scope: number): number {
		let only = this.first(scope);
		if (only >= 0 && this.kind(only) === PUNCT && /^[:@&]$/.test(this.text(only))) {
			only = this.next(only);
		}
		if (only < 0) {
			return -1;
		}
		const more = this.next(only);
		return more < 0 || (this.kind(more) === CLOSE && this.next(more) < 0 && this.opening(more) === only) ? only : -1;
	}

	/** The arguments or items of a scope: runs of its tokens between commas. */
	items(scope: number): number[][] {
		let items = this.itemCache.get(scope);
		if (items === undefined) {
			items = this.readItems(scope);
			this.itemCache.set(scope, items);
		}
		return items;
	}

	private readItems(scope: number): number[][] {
		const found: number[][] = [[]];
		let generics = 0;
		for (const token of this.children(scope, 200)) {
			const text = this.kind(token) === PUNCT ? this.text(token) : '';
			// The comma of `Dictionary<string, object>` separates nothing here.
			if (text === '<' && this.kind(this.previous(token)) === WORD && this.adjacent(this.previous(token), token)) {
				generics += 1;
			} else if (text === '>' || text === '>>') {
				generics = Math.max(0, generics - text.length);
			}
			if (text === ';' || (text === ',' && generics === 0)) {
				found.push([]);
			} else if (this.kind(token) !== CLOSE) {
				found.at(-1)?.push(token);
			}
		}
		return found.filter((item) => item.length > 0);
	}

	/** The string arguments directly inside a scope. */
	stringsIn(scope: number): string[] {
		return this.children(scope, 60)
			.filter((token) => this.kind(token) === STRING)
			.map((token) => this.text(token));
	}

	isSeparator(token: number): boolean {
		const { r } = this;
		const start = r.start[token] ?? 0;
		const length = (r.end[token] ?? 0) - start;
		if (this.kind(token) === PUNCT) {
			const code = r.text.charCodeAt(start);
			return length === 1 ? code === 58 || code === 61 : length < 4 && SEPARATORS.has(this.text(token));
		}
		return length === 2 && this.kind(token) === WORD && this.text(token) === 'to';
	}

	/** The entries of a scope. In one that is no bracket (a whole file, a comment) only those on the line of the token asked about. */
	entries(scope: number, near = -1): readonly Entry[] {
		const kind = this.scopeKind(scope);
		if (kind === ROOT || kind === COMMENT) {
			return near < 0 ? [] : this.lineEntries(scope, near);
		}
		const known = this.entryCache.get(scope);
		if (known !== undefined) {
			return known;
		}
		const found = this.readEntries(this.children(scope), kind);
		this.entryCache.set(scope, found);
		return found;
	}

	private lineEntries(scope: number, token: number): readonly Entry[] {
		const line = this.line(token);
		const place = scope * 65536 + line;
		const known = this.lineCache.get(place);
		if (known !== undefined) {
			return known;
		}
		const found = this.readLineEntries(token, line);
		this.lineCache.set(place, found);
		return found;
	}

	private readLineEntries(token: number, line: number): readonly Entry[] {
		let first = token;
		for (let before = this.previous(first); before >= 0 && this.line(before) === line; before = this.previous(first)) {
			first = before;
		}
		const tokens: number[] = [];
		for (let at = first; at >= 0 && this.line(at) === line && tokens.length < MAX_ENTRIES; at = this.next(at)) {
			tokens.push(at);
		}
		return this.readEntries(tokens, ROOT);
	}

	private readEntries(tokens: readonly number[], kind: number): readonly Entry[] {
		const found: Entry[] = [];
		for (let index = 0; index < tokens.length && found.length < MAX_ENTRIES; index += 1) {
			const token = tokens[index] ?? -1;
			const entry = this.entryAt(tokens, index, kind);
			if (entry !== undefined) {
				found.push(entry);
				index = this.behindValue(tokens, index, kind);
			} else if (kind >= PAREN && this.kind(token) === OPEN) {
				const pair = this.pairIn(token);
				if (pair !== undefined) {
					found.push(pair);
				}
			}
		}
		return found.length === 0 && kind === PAREN ? this.argumentPairs(tokens) : found;
	}

	private entryAt(tokens: readonly number[], index: number, kind: number): Entry | undefined {
		const token = tokens[index] ?? -1;
		const name = this.nameAt(token);
		if (name < 0) {
			return undefined;
		}
		let after = tokens[index + (this.kind(token) === OPEN ? 2 : 1)] ?? -1;
		const before = tokens[index - 1] ?? -1;
		if (this.isPunct(after, '?') && this.isPunct(this.next(after), ':')) {
			after = this.next(after);
		}
		if (after >= 0 && this.isSeparator(after)) {
			return { name, label: this.labelOf(name), value: this.next(after) };
		}
		const atEdge = before < 0 || this.isPunct(before, ',') || this.line(before) !== this.line(token);
		if (kind === BRACE && this.kind(token) === WORD && atEdge && (after < 0 || this.isPunct(after, ','))) {
			return { name, label: this.labelOf(name), value: -1 };
		}
		if (this.kind(after) === PUNCT) {
			return undefined;
		}
		const block = this.kind(token) === WORD && this.kind(after) === OPEN && this.text(after) === '{' && kind !== PAREN;
		const keyword = this.isPunct(before, ':') && this.adjacent(before, token) && after >= 0;
		return block || keyword ? { name, label: this.labelOf(name), value: after } : undefined;
	}

	private labelOf(name: number): string {
		const text = this.text(name).toLowerCase();
		const inner = text.endsWith(']') ? text.slice(text.lastIndexOf('[') + 1, -1) : text;
		return inner.startsWith('$') || inner.startsWith('@') || inner.startsWith(':') ? inner.slice(1) : inner;
	}

	/** A name, or what stands in `["name"]` at the beginning of an entry. */
	private nameAt(token: number): number {
		if (this.kind(token) === WORD || this.kind(token) === STRING) {
			return token;
		}
		if (this.kind(token) === OPEN && this.text(token) === '[') {
			const before = this.previous(token);
			const inside = this.sole(this.opened(token));
			const bare = before < 0 || this.isPunct(before, ',') || this.isPunct(before, ';') || this.line(before) !== this.line(token);
			return bare && inside >= 0 && this.kind(inside) === STRING ? inside : -1;
		}
		return -1;
	}

	/** The index of the last token of the value that begins behind the name and the separator. */
	private behindValue(tokens: readonly number[], index: number, kind: number): number {
		const separator = tokens[index + 1] ?? -1;
		if (separator < 0 || !this.isSeparator(separator)) {
			return index;
		}
		const tight = this.text(separator) === '=' && this.adjacent(tokens[index] ?? -1, separator);
		let at = index + 2;
		while (at < tokens.length && !(tight && kind !== BRACE && kind !== PAREN)) {
			const token = tokens[at] ?? -1;
			if (this.isPunct(token, ',') || this.isPunct(token, ';') || this.isPunct(token, '&')) {
				break;
			}
			if (at > index + 2 && this.startsLine(token) && !/^[?:+.|&-]/.test(this.text(token))) {
				return at - 1;
			}
			if (at > index + 2 && this.isSeparator(tokens[at + 1] ?? -1) && !this.isPunct(tokens[at - 1] ?? -1, '?')) {
				return at - 1;
			}
			at += 1;
		}
		return Math.min(at, index + 1 + (tight ? 1 : at));
	}

	/** `["key", "x"]`, `("key", "x")`, `{ "key", "x" }`: an entry of the scope around. */
	private pairIn(open: number): Entry | undefined {
		const inside = this.opened(open);
		const before = this.previous(open);
		if (this.text(open) === '(' && this.kind(before) === WORD && !PAIR_CALLEES.test(this.text(before))) {
			// `put("key", "x")` without a receiver fills the object that is being built around it.
			if (!PUTS.test(this.text(before)) || this.kind(this.previous(before)) === PUNCT) {
				return undefined;
			}
		}
		const items = this.items(inside);
		const name = items[0]?.[0] ?? -1;
		const value = items[1]?.[0] ?? -1;
		const isPair = items.length === 2 && items[0]?.length === 1 && this.kind(name) === STRING;
		return isPair ? { name, label: this.labelOf(name), value } : undefined;
	}

	/** `Map.of("key", "x", "amount", 3)`: names and values by turns. */
	private argumentPairs(tokens: readonly number[]): readonly Entry[] {
		const first = tokens[0] ?? -1;
		const items = first < 0 ? [] : this.items(this.scopeOf(first));
		if (items.length < 2 || items.length % 2 !== 0) {
			return [];
		}
		const found: Entry[] = [];
		for (let index = 0; index < items.length; index += 2) {
			const name = items[index]?.[0] ?? -1;
			if (items[index]?.length !== 1 || this.kind(name) !== STRING) {
				return [];
			}
			found.push({ name, label: this.labelOf(name), value: items[index + 1]?.[0] ?? -1 });
		}
		return found;
	}

	/** What leads to a scope. */
	heading(scope: number): Heading {
		let heading = this.headings.get(scope);
		if (heading === undefined) {
			heading = this.readHeading(scope);
			this.headings.set(scope, heading);
		}
		return heading;
	}

	private readHeading(scope: number): Heading {
		const kind = this.scopeKind(scope);
		const owner = this.r.scopeOwner[scope] ?? -1;
		if (kind < PAREN && kind !== INSIDE_STRING) {
			const labelled = owner >= 0 && kind !== ROOT && kind !== COMMENT;
			return { label: labelled ? owner : -1, callee: '', before: owner, arrow: false };
		}
		const calleeFrom = this.expressionStart(owner);
		const callee = calleeFrom === owner ? '' : this.r.text.slice(this.r.start[calleeFrom], this.r.start[owner]).slice(-200);
		const before = this.previous(calleeFrom);
		return { ...this.labelBefore(before), callee: kind === INSIDE_STRING ? '' : callee.trim() };
	}

	/** The first token of the call, constructor or type that ends right before an opening bracket. */
	private expressionStart(open: number): number {
		let start = open;
		for (let steps = 0; steps < 24; steps += 1) {
			const before = this.previous(start);
			if (before < 0 || !this.belongs(before, start, open)) {
				return start;
			}
			start = this.isPunct(before, '>') || this.isPunct(before, '>>') ? this.genericStart(before) : this.opening(before);
		}
		return start;
	}

	/** The `<` of `<string, object>`, seen from its end; the end itself when there is none near. */
	private genericStart(end: number): number {
		let depth = 0;
		let at = end;
		for (let steps = 0; steps < 24 && at >= 0; steps += 1) {
			const text = this.text(at);
			depth += text === '>>' ? 2 : text === '>' ? 1 : text === '<' ? -1 : 0;
			if (depth <= 0) {
				return at;
			}
			at = this.previous(at);
		}
		return end;
	}

	private belongs(token: number, after: number, open: number): boolean {
		const kind = this.kind(token);
		if (kind === WORD) {
			const word = this.text(token);
			if (word === 'to' || word === 'return' || word === 'in' || word === 'await' || word === 'yield' || word === 'and' || word === 'or') {
				return false;
			}
			// Two words in a row are a type and its constructor only behind `new`; `foo bar {` is a block with a label.
			const joined = this.kind(after) !== WORD || this.isKeyword(word);
			return joined && (this.line(token) === this.line(after) || this.kind(after) === PUNCT);
		}
		if (kind === CLOSE) {
			return this.text(token) !== '}' && (this.kind(after) !== WORD || this.text(token) === ']');
		}
		if (kind === PUNCT) {
			const text = this.text(token);
			if (text === '<' || text === '>' || text === '>>') {
				return this.kind(after) === WORD || after === open || this.kind(after) === OPEN || this.kind(after) === PUNCT;
			}
			if (text === ',') {
				return false;
			}
			return /^(?:[.%#@&*!?$\\~]|::|\?\.|!!)$/.test(text) || (text === '->' && this.kind(this.previous(token)) !== STRING);
		}
		return false;
	}

	private isKeyword(word: string): boolean {
		return (
			word === 'new' || word === 'struct' || word === 'object' || word === 'array' || word === 'vec' || word === 'map' || word === 'mut'
		);
	}

	private labelBefore(before: number): Heading {
		const none: Heading = { label: -1, callee: '', before, arrow: false };
		if (before < 0) {
			return none;
		}
		if (this.kind(before) === PUNCT || this.text(before) === 'to') {
			const text = this.text(before);
			if (text === 'to' || LABEL_SEPARATORS.has(text)) {
				return { label: this.labelAt(this.annotated(this.previous(before), text)), callee: '', before, arrow: text === '=>' };
			}
			if (text === ',') {
				return { ...none, label: this.pairLabel(before) };
			}
		}
		return none;
	}

	/** Steps over a type between the name and `=`: `customer: CustomerRef = {`, `customer CustomerRef =`. */
	private annotated(token: number, separator: string): number {
		if (separator !== '=' || token < 0) {
			return token;
		}
		const line = this.line(token);
		let at = token;
		for (let steps = 0; steps < 16 && at >= 0 && this.line(at) === line; steps += 1) {
			if (this.isPunct(at, ':')) {
				return this.previous(at);
			}
			const part = this.kind(at) === WORD || this.kind(at) === CLOSE || /^[.<>?|&*,]$|^::$/.test(this.text(at));
			if (!part) {
				break;
			}
			at = this.previous(at);
		}
		return token;
	}

	/** The token that a label ends with, seen from its end: a word, a string, or what stands in the last subscript. */
	labelAt(token: number): number {
		if (this.kind(token) === WORD || this.kind(token) === STRING) {
			return token;
		}
		if (this.isPunct(token, '?') || this.isPunct(token, '!')) {
			return this.labelAt(this.previous(token));
		}
		if (this.kind(token) === CLOSE && this.text(token) !== ')') {
			return this.sole(this.r.opens[token] ?? -1);
		}
		return -1;
	}

	/** The name in `"customer", {`, when that is a pair and not one of a list of arguments that merely follow each other. */
	private pairLabel(comma: number): number {
		const name = this.previous(comma);
		if (this.kind(name) !== STRING) {
			return -1;
		}
		const scope = this.scopeOf(name);
		const holder = this.scopeKind(scope) === PAREN ? scope : this.parent(scope);
		const makesMap = this.scopeKind(holder) !== PAREN || MAKES_MAP.test(this.heading(holder).callee);
		if (!makesMap || !this.isBracket(holder)) {
			return -1;
		}
		const items = this.items(scope);
		const index = items.findIndex((item) => item.length === 1 && item[0] === name);
		if (index < 0 || index % 2 !== 0 || items.length % 2 !== 0) {
			return -1;
		}
		const named = items.every((item, position) => position % 2 !== 0 || (item.length === 1 && this.kind(item[0] ?? -1) === STRING));
		return named ? name : -1;
	}

	/** True for a scope that is the body of brackets. */
	isBracket(scope: number): boolean {
		return this.scopeKind(scope) >= PAREN;
	}

	/** True for a list: `[…]`, the items of a YAML list, and nothing that is a subscript. */
	isList(scope: number): boolean {
		return this.scopeKind(scope) === ITEMS || this.scopeKind(scope) === SQUARE;
	}

	/** What an object, a list or a call is reached through, from `scope` outwards, at most so many steps. */
	ancestry(scope: number, most: number): number[] {
		const found: number[] = [];
		for (let at = scope; at >= 0 && found.length < most; at = this.parent(at)) {
			found.push(at);
		}
		return found;
	}

	/** True when the character before the token is one that a word may hold. */
	glued(token: number): boolean {
		const from = this.r.start[token] ?? 0;
		return from > 0 && isWordCode(this.r.text.charCodeAt(from - 1));
	}
}
