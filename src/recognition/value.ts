// The literal that a name is given, in whatever way a language writes it, quoted or bare.

import { canBeKey, decodeEntities, decodePercent, decodeString, MAX_KEY_LENGTH } from './literal.ts';
import { BLOCK, CLOSE, COMMENT, INSIDE_STRING, ITEMS, OPEN, PUNCT, SECTION, STRING, WORD } from './reading.ts';
import { BRACE, PAREN, SQUARE, type Structure } from './structure.ts';
import type { Found } from './url.ts';

/** Whether a bare word can be a value in this kind of file (data), cannot (code), or only where the line says so (unknown). */
export type Tongue = 'code' | 'data' | 'unknown';

const CODE = new Set(
	'javascript javascriptreact typescript typescriptreact python php blade ruby erb haml slim go java csharp razor aspnetcorerazor kotlin swift rust scala dart elixir erlang lua perl perl6 raku r julia c cpp cuda-cpp objective-c objective-cpp fsharp vb groovy clojure haskell ocaml nim crystal zig sql plsql json jsonc json5 jsonl graphql terraform hcl vue svelte astro css scss less powershell coffeescript proto proto3 textproto xml html xhtml xsl twig liquid handlebars jinja django-html solidity apex elm reason rescript gleam v toml'.split(
		' ',
	),
);
const DATA = new Set(
	'yaml dockercompose dockerfile dotenv env shellscript fish bat properties ini log plaintext text markdown mdx http rest restructuredtext asciidoc makefile csv tsv csv-semicolon git-commit git-rebase diff ansible ignore ssh_config nginx systemd conf editorconfig output'.split(
		' ',
	),
);

/** What VS Code's language id says about bare words. */
export function tongueOf(languageId: string): Tongue {
	const id = languageId.toLowerCase();
	return CODE.has(id) ? 'code' : DATA.has(id) ? 'data' : 'unknown';
}

/** Functions that hand their only literal through: constructors of strings, optionals, pointers, encoders. */
const PASSES_THROUGH =
	/^(?:string|str|text|some|just|from|of|to|ptr|pointer|stringptr|strptr|char|cstring|cow|box|arc|qstring|symbol|encodeuricomponent|quote|urlencode|rawurlencode|escape|value|literal|stringvalue|jsonprimitive|bson|owned|optional|ok|right|valueof|tostring|box_string|std|nsstring|customerkey|customer_key|customerid)$/i;
const STRING_PREFIX = /^(?:[fFrRbBuUNELqSsc@$]|[rRbBfF]{2}|u8|qq)$/;
const CONCATENATES = new Set(['+', '..', '<>', '++', '~', '&', '.']);
const NOTHING = /^(?:null|nil|none|undefined|true|false|yes|no|on|off|~|nan|pending|tbd|todo|n\/a|unset|empty)$/i;

/** A literal in the text. */
export interface Literal extends Found {
	/** The token that it is, or the name that it stands behind when it is bare. */
	readonly token: number;
	readonly bare: boolean;
}

export class Values {
	readonly s: Structure;
	readonly tongue: Tongue;
	readonly languageId: string;

	constructor(structure: Structure, languageId: string) {
		this.s = structure;
		this.tongue = tongueOf(languageId);
		this.languageId = languageId.toLowerCase();
	}

	/** The literal that begins with a token, through prefixes and wrappers; undefined when there is none or when it is a piece of a key. */
	literal(token: number, depth = 0): Literal | undefined {
		const { s } = this;
		if (token < 0 || depth > 6) {
			return undefined;
		}
		const kind = s.kind(token);
		if (kind === STRING) {
			return this.isJoined(token) ? undefined : this.string(token);
		}
		if (kind === WORD) {
			return this.wordLiteral(token, depth);
		}
		if (kind === OPEN) {
			return this.bracketLiteral(token, depth);
		}
		const sign = s.text(token);
		const next = s.next(token);
		if (sign === '-' && next >= 0 && s.adjacent(token, next) && /^\d+$/.test(s.text(next))) {
			return this.made(s.r.start[token] ?? 0, s.r.end[next] ?? 0, next, false);
		}
		return /^(?:[&@*]|<<|`|\.)$/.test(sign) && next >= 0 && s.adjacent(token, next) ? this.literal(next, depth + 1) : undefined;
	}

	private wordLiteral(token: number, depth: number): Literal | undefined {
		const { s } = this;
		const word = s.text(token);
		const next = s.next(token);
		if (/^\d+$/.test(word)) {
			const decimal = s.isPunct(next, '.') && s.adjacent(token, next);
			const before = s.previous(token);
			const part = s.isPunct(before, '.') && s.adjacent(before, token);
			return decimal || part || this.isJoined(token) ? undefined : this.made(s.r.start[token] ?? 0, s.r.end[token] ?? 0, token, false);
		}
		if (next < 0) {
			return undefined;
		}
		if (s.kind(next) === STRING && s.adjacent(token, next) && STRING_PREFIX.test(word)) {
			return this.literal(next, depth + 1);
		}
		if (word === 'new' || word === 'String' || /^(?:std|const|await|return|try|as|q|lazy)$/.test(word)) {
			return s.kind(next) === WORD || s.kind(next) === OPEN ? this.literal(next, depth + 1) : this.afterPath(next, depth);
		}
		if (s.kind(next) === OPEN && s.text(next) === '(' && PASSES_THROUGH.test(word)) {
			const inside = s.sole(s.opened(next));
			return inside >= 0 && !this.isJoined(next) ? this.literal(inside, depth + 1) : undefined;
		}
		return this.afterPath(next, depth);
	}

	/** `String::from("x")`, `aws.String("x")`: what stands behind the dot. */
	private afterPath(dot: number, depth: number): Literal | undefined {
		const { s } = this;
		if (!s.isPunct(dot, '.') && !s.isPunct(dot, '::')) {
			return undefined;
		}
		const next = s.next(dot);
		const call = s.next(next);
		const passes = s.kind(next) === WORD && s.kind(call) === OPEN && s.text(call) === '(' && PASSES_THROUGH.test(s.text(next));
		return passes ? this.literal(next, depth + 1) : undefined;
	}

	private bracketLiteral(token: number, depth: number): Literal | undefined {
		const { s } = this;
		const inside = s.opened(token);
		const sole = s.sole(inside);
		if (s.text(token) === '[' || this.isJoined(token)) {
			return undefined;
		}
		if (sole >= 0) {
			// `{'x'}` is JSX, `("x")` a group.
			return s.kind(sole) === STRING || s.text(token) === '(' ? this.literal(sole, depth + 1) : undefined;
		}
		const items = s.children(inside, 4);
		const first = items[0] ?? -1;
		if (s.text(token) === '(' && s.kind(first) === STRING && s.text(items[1] ?? -1) === 'as') {
			return this.literal(first, depth + 1);
		}
		const behind = s.next(s.r.scopeEnd[inside] ?? -1);
		return s.text(token) === '(' && items.length === 1 && behind >= 0 ? this.literal(behind, depth + 1) : undefined;
	}

	/** The string's content as a key, when it can be one. */
	string(token: number): Literal | undefined {
		const { r } = this.s;
		return this.made(r.start[token] ?? 0, r.end[token] ?? 0, token, false);
	}

	private made(start: number, end: number, token: number, bare: boolean): Literal | undefined {
		const { r } = this.s;
		const raw = r.text.slice(start, end);
		if (end - start > MAX_KEY_LENGTH || !canBeKey(raw)) {
			return undefined;
		}
		const quote = r.kind[token] === STRING ? (r.quote[token] ?? 0) : 0;
		const layers = bare ? 0 : 1 + Math.round(Math.log2(((quote >> 8) & 255) + 1));
		const doubled = (quote & 65536) === 0 ? '' : String.fromCharCode(quote & 255);
		return { key: decodeString(raw, layers, doubled), start, end, token, bare };
	}

	/** True when an operator joins the literal with more: then it is a piece of a key that is put together at run time. */
	isJoined(token: number): boolean {
		const { s } = this;
		const behind = s.kind(token) === OPEN ? (s.r.scopeEnd[s.opened(token)] ?? -1) : token;
		const next = s.next(behind);
		if (next < 0) {
			return false;
		}
		const text = s.text(next);
		if (s.isPunct(next, '|')) {
			// A union of types.
			return true;
		}
		if (s.kind(next) !== PUNCT || !CONCATENATES.has(text)) {
			return text === '||' && /sql/.test(this.languageId);
		}
		const more = s.next(next);
		if (text === '&') {
			return !s.adjacent(token, next) && more >= 0;
		}
		if (text !== '.') {
			return more >= 0;
		}
		if (s.kind(more) === WORD && s.adjacent(next, more)) {
			return /^\$|^(?:format|concat|plus)$/.test(s.text(more));
		}
		return s.kind(more) === STRING || (more >= 0 && !s.adjacent(token, next));
	}

	/** The first token of what a name is given, behind a separator and behind a type annotation; -1 when it is given nothing. */
	valueBehind(nameEnd: number): { readonly token: number; readonly separator: number } | undefined {
		const { s } = this;
		let separator = s.next(nameEnd);
		if (s.isPunct(separator, '?') || s.isPunct(separator, '!')) {
			separator = s.next(separator);
		}
		if (separator < 0) {
			return undefined;
		}
		const annotated = this.behindAnnotation(nameEnd, separator);
		if (annotated >= 0) {
			return { token: s.next(annotated), separator: annotated };
		}
		const compares = /^(?:<>|\|\||\?\?|\?:|eq|ne|is|or|===|!==|==)$/.test(s.text(separator));
		if (!compares && !s.isSeparator(separator)) {
			return undefined;
		}
		return { token: s.next(separator), separator };
	}

	/** The `=` in `name: Type = …`, `name Type = …`, `name As String = …`, or -1. */
	private behindAnnotation(nameEnd: number, first: number): number {
		const { s } = this;
		const colon = s.isPunct(first, ':') || s.isPunct(first, '::');
		if (!colon && s.kind(first) !== WORD && !s.isPunct(first, '*')) {
			return -1;
		}
		const line = s.line(nameEnd);
		let at = colon ? s.next(first) : first;
		for (let steps = 0; steps < 14 && at >= 0 && s.line(at) === line; steps += 1) {
			if (s.isPunct(at, '=')) {
				return at;
			}
			const kind = s.kind(at);
			if (kind === STRING || (kind === PUNCT && !/^[.<>?|&*!]$|^::$|^>>$/.test(s.text(at)))) {
				return -1;
			}
			if (kind === OPEN && (s.text(at) === '{' || s.text(at) === '(')) {
				return -1;
			}
			at = s.next(at);
		}
		return -1;
	}

	/** Literals that an expression may come down to: both branches of `? :`, and what stands behind `??`, `||` and `or`. */
	branches(token: number): Literal[] {
		const { s } = this;
		const found: Literal[] = [];
		let before = token;
		let asked = s.isPunct(token, '?');
		for (let at = s.next(token), steps = 0; at >= 0 && steps < 24; at = s.next(at), steps += 1) {
			const text = s.text(at);
			if (s.kind(at) === PUNCT && (text === ',' || text === ';' || text === '=' || text === '=>' || text === '&')) {
				break;
			}
			if (s.startsLine(at) && s.kind(at) !== PUNCT && s.kind(before) !== PUNCT) {
				break;
			}
			asked ||= text === '?';
			if (s.kind(at) === STRING && (asked ? /^(?:[?:]|\?\?|\|\|)$/ : /^(?:\?\?|\|\||\?:|or|else)$/).test(s.text(before))) {
				const literal = this.literal(at);
				if (literal !== undefined) {
					found.push(literal);
				}
			}
			before = at;
		}
		return found;
	}

	/** The bare word or phrase behind a name and its separator, where the language and the line allow one. */
	bare(nameStart: number, nameEnd: number, separator: number): Literal | undefined {
		const { s } = this;
		const sign = s.text(separator);
		const from = s.r.end[separator] ?? 0;
		const scopeKind = s.scopeKind(s.scopeOf(nameStart));
		if (sign === '=' || sign === ':=') {
			const tight = s.adjacent(nameEnd, separator) && !isSpace(s.r.text.charCodeAt(from));
			return tight ? this.tightBare(nameStart, from, scopeKind) : this.spacedBare(nameStart, from, scopeKind);
		}
		if (sign !== ':' || !isSpace(s.r.text.charCodeAt(from))) {
			return undefined;
		}
		if (scopeKind === BRACE || scopeKind === SQUARE) {
			return this.isFlow(nameStart) ? this.bareUntil(from, nameStart, /[,;}\]\r\n]|\s#/) : undefined;
		}
		return this.isLineEntry(nameStart) ? this.scalar(from, nameStart) : undefined;
	}

	private tightBare(name: number, from: number, scopeKind: number): Literal | undefined {
		const { s } = this;
		const preset = /^"?\$\{\w{1,60}:?[-=]([^\s"'`$(){}]{1,200})\}/.exec(s.r.text.slice(from, from + 280));
		if (preset !== null && this.tongue !== 'code') {
			const start = from + preset[0].indexOf(preset[1] ?? '', preset[0].search(/[-=]/));
			return this.made(start, start + (preset[1] ?? '').length, name, true);
		}
		if (scopeKind === INSIDE_STRING) {
			const limit = s.r.end[s.r.scopeOwner[s.scopeOf(name)] ?? -1] ?? s.r.text.length;
			const literal = this.bareUntil(from, name, /[&\s"'`<>()[\]{},;|#\\]/, limit);
			return literal === undefined ? undefined : { ...literal, key: decodePercent(literal.key) };
		}
		const inBrackets = scopeKind >= PAREN;
		const logs = this.languageId === 'log' || this.languageId === 'plaintext';
		const allowed =
			scopeKind === COMMENT || (this.tongue === 'data' && (!inBrackets || logs)) || (this.tongue === 'unknown' && !inBrackets);
		if (!allowed) {
			return undefined;
		}
		const literal = this.bareUntil(from, name, /[&\s"'`<>()[\]{},;|]/);
		if (literal === undefined || (this.tongue === 'unknown' && !this.isEnvironmentLine(name) && /^[A-Za-z_.]+$/.test(literal.key))) {
			return undefined;
		}
		return { ...literal, key: decodePercent(literal.key) };
	}

	private spacedBare(name: number, from: number, scopeKind: number): Literal | undefined {
		const ini = scopeKind === SECTION || /^(?:ini|properties|http|rest|conf|systemd|editorconfig|makefile)$/.test(this.languageId);
		const variable = this.s.isPunct(this.s.previous(name), '@');
		const lineLevel = this.isLineEntry(name) || variable;
		const unclear = this.tongue === 'code' && this.languageId !== 'toml';
		return lineLevel && !unclear && (ini || variable || this.tongue === 'unknown') ? this.scalar(from, name) : undefined;
	}

	/** A value to the end of the line, as YAML and INI have it. */
	private scalar(from: number, name: number): Literal | undefined {
		const { text } = this.s.r;
		let start = from;
		while (isBlankOrTab(text.charCodeAt(start))) {
			start += 1;
		}
		const tag = /^(?:[&!][\w!.-]+[ \t]+)+/.exec(text.slice(start, start + 80));
		start += tag?.[0].length ?? 0;
		const limit = Math.min(this.stringEnd(name), start + MAX_KEY_LENGTH + 2);
		let end = start;
		while (end < limit && !/[\r\n]/.test(text.charAt(end)) && !(text.charAt(end) === '#' && isBlankOrTab(text.charCodeAt(end - 1)))) {
			end += 1;
		}
		while (end > start && isBlankOrTab(text.charCodeAt(end - 1))) {
			end -= 1;
		}
		// `**customer_key: x**`: what emphasises the whole is no part of the value.
		for (
			let before = (this.s.r.start[name] ?? 0) - 1;
			end > start && text.charAt(before) === '*' && text.charAt(end - 1) === '*';
			before -= 1
		) {
			end -= 1;
		}
		const raw = text.slice(start, end);
		// The end of a statement or of a declaration, or an expression, and not a value that somebody left unquoted.
		if (/^["'`|>*&!%@[{(<$-]|[,;{([=]$| = |=>|\(\)|^[A-Za-z.]+\(/.test(raw) || NOTHING.test(raw)) {
			return undefined;
		}
		if (this.tongue !== 'data' && /[<>[\]|()]|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(raw)) {
			return undefined;
		}
		if (/^(?:markdown|plaintext|text|log|git-commit|asciidoc|restructuredtext|mdx|)$/.test(this.languageId) && / /.test(raw)) {
			// Prose goes on behind a value; its first word is one only when it looks like no word.
			const first = /^[^\s,;()]*/.exec(raw)?.[0].replace(/[.:!?]+$/, '') ?? '';
			return /[\d@_]/.test(first) ? this.made(start, start + first.length, name, true) : undefined;
		}
		return this.made(start, end, name, true);
	}

	/** Where the string or the inline code ends that a name stands in: no bare value goes on behind it. */
	private stringEnd(name: number): number {
		const { s } = this;
		let scope = s.scopeOf(name);
		for (let steps = 0; steps < 8 && scope >= 0; steps += 1) {
			if (s.scopeKind(scope) === INSIDE_STRING) {
				return s.r.end[s.r.scopeOwner[scope] ?? -1] ?? s.r.text.length;
			}
			scope = s.parent(scope);
		}
		return s.r.text.length;
	}

	private bareUntil(from: number, name: number, stop: RegExp, most = Number.POSITIVE_INFINITY): Literal | undefined {
		const { text } = this.s.r;
		let start = from;
		while (isBlankOrTab(text.charCodeAt(start))) {
			start += 1;
		}
		const part = text.slice(start, Math.min(start + MAX_KEY_LENGTH + 1, most));
		const length = stop.exec(part)?.index ?? part.length;
		const raw = part.slice(0, length).replace(/[\s.,:!?]+$/, '');
		if (NOTHING.test(raw) || /^[$*&!|>@%{[<]|["'`()]/.test(raw) || /^[({[]/.test(part.slice(length, length + 1)) || /^\$/.test(raw)) {
			return undefined;
		}
		return this.made(start, start + raw.length, name, true);
	}

	/** True for a name that begins its line, after dashes, quotes, `export` and the like, outside brackets. */
	isLineEntry(name: number): boolean {
		const { s } = this;
		const kind = s.scopeKind(s.scopeOf(name));
		if (this.tongue === 'code' && this.languageId !== 'toml') {
			return kind === COMMENT ? false : kind === INSIDE_STRING;
		}
		if (kind >= PAREN) {
			return false;
		}
		let first = name;
		let steps = 0;
		for (let before = s.previous(first); before >= 0 && s.line(before) === s.line(name); before = s.previous(first)) {
			steps += 1;
			if (steps > 24) {
				return false;
			}
			if (s.kind(before) === WORD ? !/^(?:export|set|ENV|ARG|env)$/.test(s.text(before)) : !/^[-.>*@+?]$/.test(s.text(before))) {
				if (s.kind(before) !== WORD || !s.isPunct(s.next(before), '.')) {
					return false;
				}
			}
			first = before;
		}
		return true;
	}

	private isEnvironmentLine(name: number): boolean {
		return /^[A-Z][A-Z0-9_]*$/.test(this.s.text(name)) || this.s.isPunct(this.s.previous(name), '-');
	}

	/** True inside the braces of a YAML flow mapping: the line that they begin in is a YAML line, and no bracket was open before it. */
	private isFlow(name: number): boolean {
		const { s } = this;
		if (this.tongue === 'code') {
			return false;
		}
		let scope = s.scopeOf(name);
		let owner = name;
		while (s.scopeKind(scope) === BRACE || s.scopeKind(scope) === SQUARE) {
			owner = s.r.scopeOwner[scope] ?? -1;
			scope = s.parent(scope);
		}
		if (s.scopeKind(scope) >= PAREN || owner < 0 || (s.line(owner) !== s.line(name) && this.languageId !== 'yaml')) {
			return false;
		}
		if (/^(?:yaml|dockercompose|ansible|log|plaintext)$/.test(this.languageId)) {
			return true;
		}
		const before = s.previous(owner);
		const dashed = s.scopeKind(scope) === BLOCK && before < 0;
		const labelled = s.isPunct(before, ':') && this.isLineEntry(s.previous(before));
		return this.tongue === 'unknown' && (dashed || labelled);
	}

	/** `customer%5Bkey%5D=x`: a form field with its brackets encoded. */
	encodedField(name: number): Literal | undefined {
		const { r } = this.s;
		const start = r.start[name] ?? 0;
		const field = /^customer%5Bkey%5D=([^&\s"'`<>#;,]+)/i.exec(r.text.slice(Math.max(0, start - 9), start + MAX_KEY_LENGTH + 12));
		if (field === null) {
			return undefined;
		}
		const from = Math.max(0, start - 9) + field[0].length - (field[1] ?? '').length;
		const literal = this.made(from, from + (field[1] ?? '').length, name, true);
		return literal === undefined ? undefined : { ...literal, key: decodePercent(literal.key) };
	}

	/** A bare item of a YAML flow list: `[a, b]`. */
	flowItem(token: number): Literal | undefined {
		const { s } = this;
		if (s.kind(token) !== WORD || !this.isFlow(token)) {
			return undefined;
		}
		return this.bareUntil(s.r.start[token] ?? 0, token, /[,;}\]\r\n]|\s#/);
	}

	/** The items of a YAML list that a name labels, each a line of its own. */
	blockItems(name: number): Literal[] {
		const { s } = this;
		const found: Literal[] = [];
		if (!s.isPunct(name + 1, ':')) {
			return found;
		}
		for (let token = name + 2; token < s.r.count && found.length < 200; token += 1) {
			const scope = s.scopeOf(token);
			const list = s.parent(scope);
			if (s.r.scopeOwner[list] !== name || s.scopeKind(list) !== ITEMS || s.first(scope) !== token) {
				// Between a label and its list stand comments alone.
				const beside = s.line(token) === s.line(name) ? s.kind(token) === PUNCT : false;
				if (!beside && (s.scopeKind(scope) !== COMMENT || scope === s.scopeOf(name))) {
					break;
				}
				continue;
			}
			const literal = s.kind(token) === STRING ? this.literal(token) : this.scalar(s.r.start[token] ?? 0, token);
			if (literal !== undefined) {
				found.push(literal);
			}
			token = (s.r.scopeEnd[scope] ?? token + 1) - 1;
		}
		return found;
	}

	/** What a function of that name returns: `def customer_key(): return "x"`, `customerKey() { return 'x'; }`, `customerKey = () => 'x'`. */
	returned(open: number): Literal | undefined {
		const { r } = this.s;
		const from = r.start[open] ?? 0;
		const body =
			/^\([^()\n]{0,80}\)\s*(?:(?:->|:)\s*[\w.?| ]{1,40})?\s*(?:[:{]\s*return\s+|=>\s*|=\s*)(["'`])([^"'`\r\n\\]{1,512})\1[ \t]*(?:[;}\r\n]|$)/.exec(
				r.text.slice(from, from + 700),
			);
		if (body === null) {
			return undefined;
		}
		const start = from + body[0].lastIndexOf(body[2] ?? '');
		return this.made(start, start + (body[2] ?? '').length, open, false);
	}

	/** A string that its line does not close, as it is while somebody types it. */
	unclosed(separator: number): Literal | undefined {
		const { text } = this.s.r;
		const from = this.s.r.end[separator] ?? 0;
		const typed = /^[ \t]*["'`]([^\s"'`,;()[\]{}]+)[ \t]*\r?(?:\n|$)/.exec(text.slice(from, from + MAX_KEY_LENGTH + 20));
		if (typed === null) {
			return undefined;
		}
		const start = from + typed[0].search(/["'`]/) + 1;
		return this.made(start, start + (typed[1] ?? '').length, separator, false);
	}

	/** The word behind an option: `--customer-key x`. */
	optionValue(name: number): Literal | undefined {
		const { s } = this;
		const { text } = s.r;
		const from = s.r.end[name] ?? 0;
		const kind = s.scopeKind(s.scopeOf(name));
		const shell = this.tongue !== 'code' || this.languageId === 'powershell' || kind === INSIDE_STRING || kind === COMMENT;
		if (!isBlankOrTab(text.charCodeAt(from)) || kind >= PAREN || !shell) {
			return undefined;
		}
		const next = s.next(name);
		if (s.kind(next) === STRING && s.line(next) === s.line(name)) {
			return this.literal(next);
		}
		const literal = this.bareUntil(
			from,
			name,
			/[\s"'`<>()[\]{},;|&\\]/,
			kind === INSIDE_STRING ? (s.r.end[s.r.scopeOwner[s.scopeOf(name)] ?? -1] ?? 0) : undefined,
		);
		return literal === undefined || literal.key.startsWith('-') ? undefined : literal;
	}

	/** Text between two tags, or an attribute's value: with its entities undone. */
	markup(start: number, end: number, name: number): Literal | undefined {
		const literal = this.made(start, end, name, true);
		return literal === undefined ? undefined : { ...literal, key: decodeEntities(literal.key) };
	}

	/** True when the token is the closing bracket of a subscript. */
	isSubscript(scope: number): boolean {
		const { s } = this;
		const kind = s.scopeKind(scope);
		const owner = s.r.scopeOwner[scope] ?? -1;
		if (kind !== SQUARE && kind !== BRACE) {
			return false;
		}
		const before = s.previous(owner);
		const joined = before >= 0 && (s.adjacent(before, owner) || s.isPunct(before, '->') || s.isPunct(before, '.'));
		const holder =
			s.kind(before) === WORD || s.kind(before) === CLOSE || s.isPunct(before, '->') || s.isPunct(before, '?.') || s.isPunct(before, '.');
		return joined && holder;
	}
}

function isSpace(code: number): boolean {
	return code <= 32 || Number.isNaN(code);
}

function isBlankOrTab(code: number): boolean {
	return code === 32 || code === 9;
}
