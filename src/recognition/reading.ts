// A tolerant reading of a stretch of source text in any language: tokens, and the scopes that they stand in.
//
// There is no grammar. Brackets, short strings, comments, indentation and section headers make scopes; whatever is broken (an unclosed
// string, a bracket that nothing closes) costs one token, not the rest of the file. A string that holds JSON, a query or a command line is
// read again inside, in a scope of its own.

/** What a token is. */
export const WORD = 1;
export const STRING = 2;
export const OPEN = 3;
export const CLOSE = 4;
export const PUNCT = 5;

/** What makes a scope. Bracket scopes carry the char code of their opening bracket instead. */
export const ROOT = 1;
export const INSIDE_STRING = 2;
export const COMMENT = 3;
export const BLOCK = 4;
export const ITEMS = 5;
export const SECTION = 6;

/** Names that recognition looks at, marked while reading so that nothing has to be searched again. */
export const KEY_NAME = 1;
export const KEYS_NAME = 2;
export const ID_NAME = 3;
export const CUSTOMER_NAME = 4;
export const CUSTOMERS_NAME = 5;
export const REFERRALS_NAME = 6;

/** A number for each token, or for each scope. */
type Numbers = Int32Array<ArrayBuffer>;

/** Tokens and scopes as parallel lists; a token's and a scope's number is its index. */
export interface Reading {
	readonly text: string;
	/** The stretch that was read. */
	readonly from: number;
	readonly to: number;
	/** How many tokens there are; the lists may be longer. */
	readonly count: number;
	/** WORD, STRING, … */
	readonly kind: Numbers;
	/** Offsets of a token; a string's are those of its content, without quotes. */
	readonly start: Numbers;
	readonly end: Numbers;
	/** The scope that a token stands in; an opening or closing bracket stands in the scope outside. */
	readonly scope: Numbers;
	/** The scope that a bracket or a string opens or closes, or -1; of other tokens nothing. */
	readonly opens: Numbers;
	/** Of a string alone: char code of its quote, plus 256 × the backslashes before it, plus 65536 when doubling escapes the quote. */
	readonly quote: Numbers;
	/** The line that a token is in, counted from where the reading began. */
	readonly line: Numbers;
	/** Interesting tokens, as pairs of token and name mark. */
	readonly names: number[];
	readonly scopeKind: Numbers;
	readonly scopeParent: Numbers;
	/** The token that opened the scope (a bracket, a string, the label of a block), or -1. */
	readonly scopeOwner: Numbers;
	/** First token inside, and the first behind it. */
	readonly scopeFirst: Numbers;
	readonly scopeEnd: Numbers;
	/** Line and column of the line in which a scope opened, its content's column, and whether it is indented (1), not (0) or unknown (-1). */
	readonly scopeLine: Numbers;
	readonly scopeColumn: Numbers;
	readonly scopeIndented: Numbers;
}

const OPEN_PAREN = 40;
const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;
const BACKSLASH = 92;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;
const BACKTICK = 96;
const NEWLINE = 10;
const HASH = 35;
const DASH = 45;
const SLASH = 47;
const STAR = 42;
const SPACE = 32;

/** Strings are read inside at most so deep: JSON in a string in JSON in a string. */
const MAX_REGIONS = 6;

const SPACES = 1;
const WORD_CHAR = 2;
const QUOTE_CHAR = 3;
const OPENING = 4;
const CLOSING = 5;

const CLASS = (() => {
	const table = new Uint8Array(128).fill(0);
	for (let code = 0; code < 128; code += 1) {
		const char = String.fromCharCode(code);
		if (code <= SPACE) {
			table[code] = SPACES;
		} else if (/[\w$]/.test(char)) {
			table[code] = WORD_CHAR;
		} else if (/["'`]/.test(char)) {
			table[code] = QUOTE_CHAR;
		} else if (/[([{]/.test(char)) {
			table[code] = OPENING;
		} else if (/[)\]}]/.test(char)) {
			table[code] = CLOSING;
		}
	}
	return table;
})();

function classOf(code: number): number {
	return code < 128 ? (CLASS[code] ?? 0) : WORD_CHAR;
}

/** True for a letter, digit, `_`, `$` or anything beyond ASCII. */
export function isWordCode(code: number): boolean {
	return classOf(code) === WORD_CHAR;
}

/** Of two characters in a row: 1 when they are one sign, plus twice the char code of the third that may belong to it. */
const PAIRS = (() => {
	const table = new Uint8Array(128 * 128);
	for (const sign of '=== !== ->> <=> ... ??= ||= => == != -> :: := ?. ?? || && <- << >> .. <> <= >= += .= ++ :- =~ |> ?: ~>'.split(' ')) {
		const index = 128 * sign.charCodeAt(0) + sign.charCodeAt(1);
		table[index] = (table[index] ?? 0) | (sign.length === 2 ? 1 : 2 * sign.charCodeAt(2));
	}
	return table;
})();
const STRING_PREFIX = /(?:^|[^\w$])(?:[fFrRbBuUNELqSsc]|[rRbBfF]{2}|u8|qq|qw)$/;

/** A stretch that is read by rules of its own: the inside of a string, or a comment. */
interface Region {
	readonly end: number;
	readonly resume: number;
	/** So many scopes are open at least while this is read: those of the text around, and its own. */
	readonly base: number;
	/** How many (, [ and { were open before. */
	readonly parens: number;
	readonly squares: number;
	readonly braces: number;
	/** A quote that is escaped by doubling in the string around, else 0. */
	readonly doubled: number;
	/** The marker that opens each line of a comment, else ''. */
	readonly marker: string;
	/** The scope that it makes. */
	readonly scope: number;
}

class Reader implements Reading {
	readonly text: string;
	readonly from: number;
	readonly to: number;
	count = 0;
	kind: Numbers;
	start: Numbers;
	end: Numbers;
	scope: Numbers;
	opens: Numbers;
	quote: Numbers;
	line: Numbers;
	readonly names: number[] = [];
	scopeKind: Numbers;
	scopeParent: Numbers;
	scopeOwner: Numbers;
	scopeFirst: Numbers;
	scopeEnd: Numbers;
	scopeLine: Numbers;
	scopeColumn: Numbers;
	scopeIndented: Numbers;
	private scopes = 0;
	private readonly open: number[] = [];
	/** The last of them. */
	private current = -1;
	/** How many (, [ and { are open in the present region. */
	private parens = 0;
	private squares = 0;
	private braces = 0;
	private readonly regions: Region[];
	private at: number;
	private lineNumber = 0;
	private lineColumn = 0;
	private lineStart: number;
	private freshLine = true;
	private rawString = false;
	/** Up to here, no comment that is opened behind the one that was tried last is closed. */
	private unclosedUntil = 0;
	/** Up to here, no string is closed that an escaped back-tick opens. */
	private unclosedTicks = 0;
	/** The last token of a comment, and the last before the comment: a label stays one when a comment follows it. */
	private readonly commented = new Map<number, number>();
	private readonly sectionHeader = /\[{1,2}[ \t]*[\w.\-" :/]{1,120}\]{1,2}[ \t]*(?:[#;][^\n]*)?\r?$/my;
	private readonly logLine = /\[?\d{4}-\d\d-\d\d[T ]|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [ \d]\d \d\d:/y;

	constructor(text: string, from: number, to: number, spare: Reading | undefined) {
		this.text = text;
		this.from = from;
		this.to = to;
		// A token and the space behind it take some three characters; dense text makes the lists grow.
		const room = 64 + Math.ceil((to - from) / 3);
		const list = (used: Numbers | undefined, least = room) => (used !== undefined && used.length >= least ? used : new Int32Array(least));
		const scopes = (used: Numbers | undefined) => list(used, 64);
		this.kind = list(spare?.kind);
		this.start = list(spare?.start);
		this.end = list(spare?.end);
		this.scope = list(spare?.scope);
		this.opens = list(spare?.opens);
		this.quote = list(spare?.quote);
		this.line = list(spare?.line);
		this.scopeKind = scopes(spare?.scopeKind);
		this.scopeParent = scopes(spare?.scopeParent);
		this.scopeOwner = scopes(spare?.scopeOwner);
		this.scopeFirst = scopes(spare?.scopeFirst);
		this.scopeEnd = scopes(spare?.scopeEnd);
		this.scopeLine = scopes(spare?.scopeLine);
		this.scopeColumn = scopes(spare?.scopeColumn);
		this.scopeIndented = scopes(spare?.scopeIndented);
		this.push(ROOT, -1, -1);
		this.at = from;
		this.lineStart = from;
		while (this.lineStart > from - 400 && text.charCodeAt(this.lineStart - 1) !== NEWLINE && this.lineStart > 0) {
			this.lineStart -= 1;
		}
		this.regions = [{ end: to, resume: to, base: 1, parens: 0, squares: 0, braces: 0, doubled: 0, marker: '', scope: 0 }];
	}

	read(): Reading {
		for (let region = this.regions.at(-1); region !== undefined; region = this.regions.at(-1)) {
			this.readRegion(region);
			if (this.regions.at(-1) === region) {
				this.leave(region);
			}
		}
		// Behind the last token stands nothing, and not what was read into these lists before.
		this.token(0, 0, 0);
		this.scope[this.count - 1] = 0;
		this.count -= 1;
		return this;
	}

	/** Reads until the region ends or another begins inside it. */
	private readRegion(region: Region): void {
		const { text } = this;
		const depth = this.regions.length;
		while (this.at < region.end) {
			const code = text.charCodeAt(this.at);
			const kind = classOf(code);
			if (kind === SPACES) {
				this.at += 1;
				if (code === NEWLINE) {
					this.newLine(region);
				}
				continue;
			}
			if (this.freshLine && this.startLine(region)) {
				continue;
			}
			if (kind === WORD_CHAR) {
				this.readWord(region.end);
			} else if (kind === QUOTE_CHAR) {
				this.readQuote(region, code, 0);
			} else if (kind === OPENING) {
				this.openBracket(code);
			} else if (kind === CLOSING) {
				this.closeBracket(code);
			} else if (code === BACKSLASH) {
				this.readBackslashes(region);
			} else {
				this.readPunctuation(region, code);
			}
			if (this.regions.length !== depth) {
				return;
			}
		}
	}

	private leave(region: Region): void {
		if (this.kindOf(region.scope) === COMMENT && this.count > (this.scopeFirst[region.scope] ?? 0)) {
			this.commented.set(this.count - 1, (this.scopeFirst[region.scope] ?? 0) - 1);
		}
		this.popTo(region.base - 1);
		this.at = region.resume;
		this.parens = region.parens;
		this.squares = region.squares;
		this.braces = region.braces;
		this.regions.pop();
	}

	private newLine(region: Region): void {
		this.lineNumber += 1;
		this.lineStart = this.at;
		this.freshLine = true;
		if (region.marker !== '') {
			this.skipMarker(region);
		}
	}

	/** Inside a comment of several lines, the marker of each line is no part of what is said. */
	private skipMarker(region: Region): void {
		let at = this.at;
		while (at < region.end && isBlank(this.text.charCodeAt(at))) {
			at += 1;
		}
		if (this.text.startsWith(region.marker, at)) {
			at += region.marker.length;
			while (at < region.end && this.text.charCodeAt(at) === region.marker.charCodeAt(0)) {
				at += 1;
			}
			this.at = at;
		}
	}

	/** What the first token of a line says about structure; true when it was read here. */
	private startLine(region: Region): boolean {
		this.freshLine = false;
		const column = Math.min(400, this.at - this.lineStart);
		this.lineColumn = column;
		if (this.readLineComment(region, true)) {
			return true;
		}
		if (this.isBoundary()) {
			this.popTo(region.base);
		}
		const code = this.text.charCodeAt(this.at);
		if (classOf(code) !== CLOSING) {
			this.recoverByIndent(region, column);
		}
		if (this.scopeKindOnTop() < OPEN_PAREN) {
			return this.startBlockLine(region, column, code);
		}
		return false;
	}

	/** Lines behind which nothing can still be open: fences, separators, the next entry of a log. */
	private isBoundary(): boolean {
		const { text, at } = this;
		const code = text.charCodeAt(at);
		if (code === BACKTICK) {
			return text.startsWith('```', at);
		}
		if (code === DASH) {
			return this.lineColumn === 0 && text.startsWith('---', at) && text.charCodeAt(at + 3) <= SPACE;
		}
		if (this.lineColumn === 0 && this.regions.length === 1) {
			this.logLine.lastIndex = at;
			return this.logLine.test(text);
		}
		return false;
	}

	/** A bracket whose lines are indented is over when a line comes that is not, closed or not: code is often half-typed. */
	private recoverByIndent(region: Region, column: number): void {
		while (this.open.length > region.base) {
			const top = this.top();
			if (this.kindOf(top) < OPEN_PAREN || this.scopeLine[top] === this.lineNumber) {
				return;
			}
			const opened = this.scopeColumn[top] ?? 0;
			if (this.scopeIndented[top] === -1) {
				this.scopeIndented[top] = column > opened ? 1 : 0;
				return;
			}
			if (this.scopeIndented[top] === 0 || column > opened) {
				return;
			}
			const line = this.scopeLine[top];
			while (this.open.length > region.base && this.scopeLine[this.top()] === line && this.kindOf(this.top()) >= OPEN_PAREN) {
				this.pop();
			}
		}
	}

	/** Indentation and section headers, where no bracket is open: YAML, INI, TOML, and plain text, which has neither. */
	private startBlockLine(region: Region, column: number, code: number): boolean {
		const { text } = this;
		if (code === OPEN_BRACKET) {
			this.sectionHeader.lastIndex = this.at;
			if (this.sectionHeader.test(text)) {
				this.popTo(region.base);
				this.push(SECTION, this.count);
				this.token(WORD, this.at + 1, text.indexOf(']', this.at));
				this.at = this.sectionHeader.lastIndex;
				return true;
			}
		}
		this.popBlocks(region, column, code === DASH && text.charCodeAt(this.at + 1) === SPACE);
		let entryColumn = column;
		while (text.charCodeAt(this.at) === DASH && text.charCodeAt(this.at + 1) === SPACE) {
			this.pushItems(entryColumn);
			const before = this.at;
			this.at += 1;
			while (this.at < region.end && text.charCodeAt(this.at) === SPACE) {
				this.at += 1;
			}
			entryColumn += this.at - before;
			this.lineColumn = entryColumn;
			this.push(BLOCK, -1, entryColumn);
		}
		if (entryColumn > this.blockColumn() && this.isBlockEntry()) {
			this.push(BLOCK, this.lastLabel(), entryColumn);
		}
		// Behind a dash, the first character has yet to be looked at.
		return entryColumn > column;
	}

	private popBlocks(region: Region, column: number, dashed: boolean): void {
		while (this.open.length > region.base) {
			const top = this.top();
			const kind = this.kindOf(top);
			const indent = this.scopeColumn[top] ?? 0;
			if ((kind === BLOCK && indent > column) || (kind === ITEMS && (dashed ? indent > column : indent >= column))) {
				this.pop();
			} else {
				return;
			}
		}
	}

	private pushItems(column: number): void {
		const top = this.top();
		if (this.kindOf(top) !== ITEMS || this.scopeColumn[top] !== column) {
			this.push(ITEMS, this.lastLabel(), column);
		}
	}

	private blockColumn(): number {
		const top = this.top();
		return this.kindOf(top) === BLOCK ? (this.scopeColumn[top] ?? -1) : -1;
	}

	/** `name:` at the end of its line or before a space, where the name may be quoted, a path, a template or of several words. */
	private isBlockEntry(): boolean {
		const { text } = this;
		const from = isQuote(text.charCodeAt(this.at)) ? this.at + 1 : this.at;
		const limit = Math.min(text.length, from + MAX_LABEL);
		let at = from;
		while (at < limit && isLabelCode(text.charCodeAt(at))) {
			at += 1;
		}
		if (at === from) {
			return false;
		}
		at += isQuote(text.charCodeAt(at)) ? 1 : 0;
		return text.charCodeAt(at) === 58 && !(text.charCodeAt(at + 1) > SPACE);
	}

	/** The name at the end of `name:`, when that was the last that was read: it labels the block that is about to open. */
	private lastLabel(): number {
		let last = this.count - 1;
		for (let before = this.commented.get(last); before !== undefined; before = this.commented.get(last)) {
			last = before;
		}
		while (last >= 0 && this.kind[last] === PUNCT && /^[|>+\-&*!]/.test(this.slice(last))) {
			last -= 1;
		}
		if (last < 1 || this.kind[last] !== PUNCT || this.slice(last) !== ':') {
			return -1;
		}
		const name = last - 1;
		return this.kind[name] === WORD || this.kind[name] === STRING ? name : -1;
	}

	private slice(token: number): string {
		return this.text.slice(this.start[token], this.end[token]);
	}

	private readWord(limit: number): void {
		const { text } = this;
		const from = this.at;
		let at = from + 1;
		while (at < limit) {
			const code = text.charCodeAt(at);
			if (classOf(code) !== WORD_CHAR && !(code === DASH && at + 1 < limit && classOf(text.charCodeAt(at + 1)) === WORD_CHAR)) {
				break;
			}
			at += 1;
		}
		this.at = at;
		this.token(WORD, from, at);
		this.mark(from, at);
	}

	/** Remembers a name that recognition will ask for. */
	private mark(from: number, to: number): void {
		const name = nameMark(this.text, from, to);
		if (name !== 0) {
			this.names.push(this.count - 1, name);
		}
	}

	private readBackslashes(region: Region): void {
		const { text } = this;
		let at = this.at;
		while (at < region.end && text.charCodeAt(at) === BACKSLASH) {
			at += 1;
		}
		const count = at - this.at;
		const code = text.charCodeAt(at);
		if (at < region.end && (code === DOUBLE_QUOTE || code === SINGLE_QUOTE)) {
			this.at = at;
			if (count === 1 || count === 3 || count === 7) {
				this.readQuote(region, code, count);
			} else {
				this.at = at + 1;
			}
			return;
		}
		// `\n` and `\t` between the tokens of JSON in a string are white space; a namespace separator is punctuation.
		const whiteSpace = region.end !== region.resume && (code === 110 || code === 116 || code === 114);
		if (!whiteSpace) {
			this.token(PUNCT, this.at, at);
		}
		this.at = whiteSpace ? at + 1 : at;
	}

	private readQuote(region: Region, code: number, backslashes: number): void {
		const { text } = this;
		const at = this.at;
		if (backslashes === 0 && this.isLooseQuote(code)) {
			return;
		}
		const doubled = region.doubled === code && text.charCodeAt(at + 1) === code;
		const from = at + (doubled ? 2 : 1);
		const close = doubled ? findDoubled(text, from, region.end, code) : this.closeOf(region, code, backslashes);
		if (close < 0) {
			this.at = from;
			return;
		}
		const flags = contentFlags(text, from, close, code, backslashes);
		const binary = this.dropBinaryMark(at, close + 1);
		this.token(STRING, from, close);
		const token = this.count - 1;
		this.opens[token] = -1;
		this.quote[token] = code + 256 * backslashes + (doubled || (flags & DOUBLED) !== 0 ? 65536 : 0);
		this.mark(from, close);
		const resume = close + backslashes + (doubled ? 2 : 1) + (binary ? 2 : 0);
		this.at = resume;
		if ((flags & STRUCTURED) !== 0 && this.regions.length < MAX_REGIONS) {
			this.enter(INSIDE_STRING, token, from, close, resume, (flags & DOUBLED) !== 0 ? code : 0, '');
		}
	}

	private closeOf(region: Region, code: number, backslashes: number): number {
		const { text, at } = this;
		const escaped = code === BACKTICK && text.charCodeAt(at - 1) === BACKSLASH;
		if (escaped && at < this.unclosedTicks) {
			return -1;
		}
		const close = findClose(text, at + 1, region.end, code, backslashes);
		if (close < 0 && code === BACKTICK) {
			this.unclosedTicks = lineEnd(text, at, region.end);
		}
		return close;
	}

	/** `<<"x">>` is how Erlang writes a string: the marks go. */
	private dropBinaryMark(open: number, behind: number): boolean {
		const last = this.count - 1;
		const marked = this.kind[last] === PUNCT && this.end[last] === open && this.text.startsWith('<<', open - 2);
		if (!marked || !this.text.startsWith('>>', behind)) {
			return false;
		}
		this.count -= 1;
		return true;
	}

	/** Skips a quote that opens or closes no short string: an apostrophe, a triple quote, a fence, the end of a string of several lines. */
	private isLooseQuote(code: number): boolean {
		const { text, at } = this;
		if (text.charCodeAt(at + 1) === code && text.charCodeAt(at + 2) === code) {
			this.at = at + 3;
			return true;
		}
		const before = at > 0 ? text.charCodeAt(at - 1) : SPACE;
		const apostrophe = code === SINGLE_QUOTE && isWordCode(before) && !STRING_PREFIX.test(text.slice(Math.max(0, at - 4), at));
		const afterBracket = (before === 125 || before === 93) && code !== BACKTICK;
		// Rust and Swift write `#"…"#`, C++ writes `R"(…)"`.
		const opensRaw = code === DOUBLE_QUOTE && (before === HASH || (before === 82 && text.charCodeAt(at + 1) === OPEN_PAREN));
		const closesRaw = code === DOUBLE_QUOTE && this.rawString && (text.charCodeAt(at + 1) === HASH || before === 41);
		if (!apostrophe && !afterBracket && !opensRaw && !closesRaw) {
			return false;
		}
		this.rawString = opensRaw || (this.rawString && !closesRaw);
		this.at = at + 1;
		return true;
	}

	private enter(kind: number, owner: number, from: number, end: number, resume: number, doubled: number, marker: string): void {
		const { parens, squares, braces } = this;
		this.push(kind, owner);
		if (owner >= 0) {
			this.opens[owner] = this.top();
		}
		this.regions.push({ end, resume, base: this.open.length, parens, squares, braces, doubled, marker, scope: this.top() });
		this.parens = 0;
		this.squares = 0;
		this.braces = 0;
		this.at = from;
	}

	private readPunctuation(region: Region, code: number): void {
		if ((code === HASH || code === SLASH || code === DASH) && this.readLineComment(region, false)) {
			return;
		}
		const { text, at } = this;
		if (code === SLASH && text.charCodeAt(at + 1) === STAR && this.readBlockComment(region)) {
			return;
		}
		let length = 1;
		const next = text.charCodeAt(at + 1);
		if (next > SPACE && next < 128 && CLASS[next] === 0 && code < 128) {
			const pair = PAIRS[128 * code + next] ?? 0;
			length = pair > 1 && text.charCodeAt(at + 2) === pair >> 1 ? 3 : (pair & 1) + 1;
		}
		this.at = Math.min(at + length, region.end);
		this.token(PUNCT, at, this.at);
	}

	/** A comment to the end of the line; a block of lines that all begin so is one comment. */
	private readLineComment(region: Region, first: boolean): boolean {
		if (region.marker !== '') {
			return false;
		}
		const marker = this.commentMarker(first);
		if (marker === '' || this.regions.length >= MAX_REGIONS) {
			return false;
		}
		let end = lineEnd(this.text, this.at, region.end);
		while (first && end < region.end) {
			let next = end + 1;
			while (next < region.end && isBlank(this.text.charCodeAt(next))) {
				next += 1;
			}
			if (!this.text.startsWith(marker, next)) {
				break;
			}
			end = lineEnd(this.text, next, region.end);
		}
		const from = this.at + marker.length;
		this.enter(COMMENT, -1, Math.min(from, end), end, end, region.doubled, marker);
		this.freshLine = first;
		return true;
	}

	private commentMarker(first: boolean): string {
		const { text, at } = this;
		const code = text.charCodeAt(at);
		const next = text.charCodeAt(at + 1);
		const spaced = first || text.charCodeAt(at - 1) <= SPACE;
		if (code === SLASH && next === SLASH) {
			return spaced || text.charCodeAt(at - 1) === 59 || text.charCodeAt(at - 1) === 44 ? '//' : '';
		}
		if (code === HASH) {
			const heading = next <= SPACE || next === HASH || next === 33;
			const attribute = next === OPEN_BRACKET || next === OPEN_BRACE || next === DOUBLE_QUOTE;
			return (first && !attribute) || (spaced && heading) ? '#' : '';
		}
		if (code === DASH && next === DASH) {
			return spaced && text.charCodeAt(at + 2) <= SPACE ? '--' : '';
		}
		return '';
	}

	private readBlockComment(region: Region): boolean {
		const { text, at } = this;
		const before = at > 0 ? text.charCodeAt(at - 1) : SPACE;
		if (isWordCode(before) || before === SLASH || this.regions.length >= MAX_REGIONS) {
			return false;
		}
		const close = at < this.unclosedUntil ? -1 : indexOfWithin(text, '*/', at + 2, region.end);
		if (close < 0) {
			// Whatever else opens a comment in this region before its end, nothing closes that either.
			this.unclosedUntil = Math.max(this.unclosedUntil, region.end);
			return false;
		}
		this.enter(COMMENT, -1, at + 2, close, close + 2, region.doubled, '*');
		return true;
	}

	private openBracket(code: number): void {
		this.token(OPEN, this.at, this.at + 1);
		const token = this.count - 1;
		this.push(code, token);
		this.opens[token] = this.top();
		this.tally(code, 1);
		this.at += 1;
	}

	private closeBracket(code: number): void {
		const opening = code === 41 ? OPEN_PAREN : code - 2;
		const known = opening === OPEN_PAREN ? this.parens : opening === OPEN_BRACKET ? this.squares : this.braces;
		if (known > 0) {
			while (this.kindOf(this.top()) !== opening) {
				this.pop();
			}
			const closed = this.top();
			this.pop();
			this.token(CLOSE, this.at, this.at + 1);
			this.opens[this.count - 1] = closed;
		} else {
			this.token(PUNCT, this.at, this.at + 1);
		}
		this.at += 1;
	}

	private tally(code: number, by: number): void {
		if (code === OPEN_PAREN) {
			this.parens += by;
		} else if (code === OPEN_BRACKET) {
			this.squares += by;
		} else if (code === OPEN_BRACE) {
			this.braces += by;
		}
	}

	private token(kind: number, start: number, end: number): void {
		const at = this.count;
		if (at >= this.kind.length) {
			this.grow();
		}
		this.kind[at] = kind;
		this.start[at] = start;
		this.end[at] = end;
		this.scope[at] = this.current;
		this.line[at] = this.lineNumber;
		this.count = at + 1;
	}

	private grow(): void {
		this.kind = twiceAsLong(this.kind);
		this.start = twiceAsLong(this.start);
		this.end = twiceAsLong(this.end);
		this.scope = twiceAsLong(this.scope);
		this.opens = twiceAsLong(this.opens);
		this.quote = twiceAsLong(this.quote);
		this.line = twiceAsLong(this.line);
	}

	private growScopes(): void {
		this.scopeKind = twiceAsLong(this.scopeKind);
		this.scopeParent = twiceAsLong(this.scopeParent);
		this.scopeOwner = twiceAsLong(this.scopeOwner);
		this.scopeFirst = twiceAsLong(this.scopeFirst);
		this.scopeEnd = twiceAsLong(this.scopeEnd);
		this.scopeLine = twiceAsLong(this.scopeLine);
		this.scopeColumn = twiceAsLong(this.scopeColumn);
		this.scopeIndented = twiceAsLong(this.scopeIndented);
	}

	private push(kind: number, owner: number, column = this.lineColumn): void {
		const scope = this.scopes;
		if (scope >= this.scopeKind.length) {
			this.growScopes();
		}
		this.scopeKind[scope] = kind;
		this.scopeParent[scope] = this.current;
		this.scopeOwner[scope] = owner;
		this.scopeFirst[scope] = this.count;
		this.scopeEnd[scope] = -1;
		this.scopeLine[scope] = this.lineNumber;
		this.scopeColumn[scope] = column;
		this.scopeIndented[scope] = -1;
		this.scopes = scope + 1;
		this.open.push(scope);
		this.current = scope;
	}

	private pop(): void {
		const scope = this.open.pop() ?? 0;
		this.current = this.open.at(-1) ?? 0;
		this.scopeEnd[scope] = this.count;
		this.tally(this.kindOf(scope), -1);
	}

	private popTo(base: number): void {
		while (this.open.length > base) {
			this.pop();
		}
	}

	private top(): number {
		return this.current;
	}

	private kindOf(scope: number): number {
		return this.scopeKind[scope] ?? ROOT;
	}

	private scopeKindOnTop(): number {
		return this.kindOf(this.top());
	}
}

function twiceAsLong(list: Numbers): Numbers {
	const grown = new Int32Array(2 * list.length);
	grown.set(list);
	return grown;
}

/** The label of a block is no longer. */
const MAX_LABEL = 120;

function isQuote(code: number): boolean {
	return code === DOUBLE_QUOTE || code === SINGLE_QUOTE;
}

const LABEL_CODE = Uint8Array.from({ length: 128 }, (_, code) => (/[\w.\-/ {}$@%[\]]/.test(String.fromCharCode(code)) ? 1 : 0));

function isLabelCode(code: number): boolean {
	return code < 128 && LABEL_CODE[code] === 1;
}

function isBlank(code: number): boolean {
	return code === SPACE || code === 9;
}

function lineEnd(text: string, from: number, limit: number): number {
	let at = from;
	while (at < limit && text.charCodeAt(at) !== NEWLINE) {
		at += 1;
	}
	return at;
}

function indexOfWithin(text: string, what: string, from: number, limit: number): number {
	const first = what.charCodeAt(0);
	for (let at = from; at + what.length <= limit; at += 1) {
		if (text.charCodeAt(at) === first && text.startsWith(what, at)) {
			return at;
		}
	}
	return -1;
}

/** Where the string ends that a quote behind so many backslashes opened, or -1 when its line does not say. */
function findClose(text: string, from: number, limit: number, quote: number, backslashes: number): number {
	const period = 2 * (backslashes + 1);
	let run = 0;
	for (let at = from; at < limit; at += 1) {
		const code = text.charCodeAt(at);
		if (code === BACKSLASH) {
			run += 1;
			continue;
		}
		if (code === NEWLINE) {
			return -1;
		}
		if (code === quote) {
			if (run % period === backslashes) {
				if (backslashes > 0 || at === from || text.charCodeAt(at + 1) !== quote || at + 1 >= limit) {
					return at - backslashes;
				}
				at += 1;
			} else if (run < backslashes) {
				return -1;
			}
		}
		run = 0;
	}
	return -1;
}

function findDoubled(text: string, from: number, limit: number, quote: number): number {
	for (let at = from; at + 1 < limit; at += 1) {
		const code = text.charCodeAt(at);
		if (code === NEWLINE) {
			return -1;
		}
		if (code === quote && text.charCodeAt(at + 1) === quote) {
			return at;
		}
	}
	return -1;
}

const STRUCTURED = 1;
const DOUBLED = 2;

/** Whether a string is worth reading inside (JSON, a query, a command line, `name: value`), and whether doubling escapes its quote. */
function contentFlags(text: string, from: number, to: number, quote: number, backslashes: number): number {
	let flags = 0;
	for (let at = from; at < to; at += 1) {
		const code = text.charCodeAt(at);
		if (code === 61 || code === OPEN_BRACE || (code === DASH && text.charCodeAt(at + 1) === DASH)) {
			flags |= STRUCTURED;
		} else if (code === 58) {
			const next = at + 1 < to ? text.charCodeAt(at + 1) : 0;
			flags |= next === SPACE || next === DOUBLE_QUOTE || next === SINGLE_QUOTE || next === BACKSLASH ? STRUCTURED : 0;
		} else if (code === 60 && to - from > 8) {
			flags |= STRUCTURED;
		} else if (code === quote && backslashes === 0 && text.charCodeAt(at + 1) === quote && text.charCodeAt(at - 1) !== BACKSLASH) {
			flags |= DOUBLED;
		}
	}
	return to - from < 6 ? flags & DOUBLED : flags;
}

/** Which of the names that recognition asks for ends here, or 0. Compares without slicing: this runs for every word. */
function nameMark(text: string, from: number, to: number): number {
	const length = to - from;
	if (length < 2 || length > 80) {
		return 0;
	}
	const last = text.charCodeAt(to - 1) | 32;
	const before = text.charCodeAt(to - 2) | 32;
	if (last === 121) {
		return before === 101 && endsWith(text, from, to, 'key') ? KEY_NAME : 0;
	}
	if (last === 114) {
		return before === 101 && endsWith(text, from, to, 'customer') ? CUSTOMER_NAME : 0;
	}
	if (last === 100) {
		return before === 105 && length <= 3 && endsWith(text, from, to, 'id') ? ID_NAME : 0;
	}
	if (last === 115) {
		return pluralMark(text, from, to, before);
	}
	if ((last === 110 && before === 105) || (last === 116 && before === 99)) {
		return endsWith(text, from, to, 'key__in') || endsWith(text, from, to, 'key__exact') ? KEY_NAME : 0;
	}
	// `customer[key]` as one string.
	return text.charCodeAt(to - 1) === 93 && endsWith(text, from, to - 1, 'key') ? KEY_NAME : 0;
}

function pluralMark(text: string, from: number, to: number, before: number): number {
	if (before === 121) {
		return endsWith(text, from, to, 'keys') ? KEYS_NAME : 0;
	}
	if (before === 114) {
		return endsWith(text, from, to, 'customers') ? CUSTOMERS_NAME : 0;
	}
	return before === 108 && endsWith(text, from, to, 'referrals') ? REFERRALS_NAME : 0;
}

function endsWith(text: string, from: number, to: number, lower: string): boolean {
	const offset = to - lower.length;
	if (offset < from) {
		return false;
	}
	for (let index = 0; index < lower.length; index += 1) {
		if ((text.charCodeAt(offset + index) | 32) !== (lower.charCodeAt(index) | 32)) {
			return false;
		}
	}
	return true;
}

/**
 * Reads `text` from one offset to another. Never throws; time and space are linear in the stretch. `spare` is a reading that is needed no longer:
 * its lists are used again.
 */
export function readSource(text: string, from: number, to: number, spare: Reading | undefined): Reading {
	return new Reader(text, from, to, spare).read();
}
