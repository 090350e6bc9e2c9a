// Customer keys in URLs: the segment behind `/customers/`, in any text, from the characters around it alone.

import { canBeKey, decodePercent, decodeString, MAX_KEY_LENGTH } from './literal.ts';
import { isWordCode } from './reading.ts';
import { FOREIGN_SERVICE, isForeignBase } from './words.ts';

/** A key found by its position, before overlaps are settled. */
export interface Found {
	readonly key: string;
	readonly start: number;
	readonly end: number;
}

const RESOURCE = 'customers';
/** How far the URL before the segment is read back, and how far the line before the URL. In UTF-16 units. */
const PREFIX_REACH = 400;
const LINE_REACH = 200;
/** How much of an expression before `+ '/customers/…'` is looked at. */
const BASE_REACH = 160;
/** Where a base address is looked for: at the head of the file, and in what comes right before. */
const HEAD_REACH = 16_384;
const NEAR_REACH = 4_096;

const FILE_NAME =
	/^[^@]+\.(?:csv|json|jsonl|ts|tsx|js|jsx|mjs|cjs|py|rb|php|go|java|kt|cs|rs|vue|svelte|html?|css|scss|md|mdx|ya?ml|xml|sql|txt|png|jpe?g|svg|gif|webp|pdf|erb|haml|slim|twig|blade|hbs|ex|exs|heex|toml|ini|log|parquet|xlsx?|zip|gz|tar|avro|proto|graphql|dart|swift|scala|lua|pl|sh)$/i;
/** Words that an application's own routes have where a key would stand. */
const ROUTE_WORD = /^(?:new|edit|create|search|list|export|import|index|invite|show|add|count|bulk|batch|page|get|find)$/i;
/** What stands right before a literal that is a module, a file, a template or a page, and no path of an API. */
const NOT_AN_API =
	/(?:\b(?:from|import|require|require_relative|require_once|include|include_once|import_module|render|renders|view|template|partial|layout|redirect\w*|navigate\w*|visit|goto|href|src|action|Redirect|Link|Route|url_for|asset|readFile\w*|writeFile\w*|readdir\w*|fopen|file_get_contents|open|glob|join|resolve_path|Path|File|file|dir|folder|bucket|Key|prefix|mountPath|aria-label|className|class|use|mod|namespace|package)|\b(?:router|history|navigation|location|Router|nav)\.(?:push|replace|assign|navigate|go)|\b(?:cache|redis|storage|Cache|Redis|Storage)\w*(?:\.|->|::)\w+|\bto)\s*(?:\(|=>|[=:]|\s)?\s*[({]?\s*:?$/;
const VERB_BEFORE = /\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\s+$/;
const API_HOST = /^(?:[^@/]*@)?api\.partnero\.com(?::\d+)?$/i;
const HOLE_IN_HOST = /[${}%<>]/;
/** Calls around a literal that only encode it. */
const ENCODERS =
	/^(?:[\w$.]*\b)?(?:encodeURIComponent|encodeURI|urlencode|rawurlencode|quote|quote_plus|escape|urlEncode|url_encode|uri_encode|encode|QueryEscape|PathEscape|EscapeDataString|UrlEncode|CGI\.escape|encode_www_form_component|toString|String|str|encodeComponent)\s*\(\s*/;
const CONCATENATION = /^\s*(?:\+\+?|\.\.?|<>|&|~|\|\|)\s*/;

/** The stretch of text that `customers/` is looked for in, and what is known of it. */
export interface UrlSource {
	readonly text: string;
	/** Whether the whole document is about Partnero: asked only for paths without a host. */
	readonly about: () => boolean;
}

/** All keys in URLs whose `/customers/` begins between two offsets. */
export function urlKeys(source: UrlSource, from: number, to: number): Found[] {
	const { text } = source;
	const found: Found[] = [];
	// Looked for in the stretch alone: a search that finds nothing would read on to the end of the text.
	const part = text.slice(from, to);
	for (let offset = part.indexOf(RESOURCE); offset >= 0; offset = part.indexOf(RESOURCE, offset + RESOURCE.length)) {
		const at = from + offset;
		const slash = slashAt(text, at + RESOURCE.length);
		if (slash > 0 && !(at > 0 && isWordCode(text.charCodeAt(at - 1)))) {
			const key = keyBehind(source, at, at + RESOURCE.length + slash);
			if (key !== undefined) {
				found.push(key);
			}
		}
	}
	return found;
}

/** How many characters the slash here takes (`/`, `\/`, `%2F`), or 0. */
function slashAt(text: string, at: number): number {
	if (text.charCodeAt(at) === 47) {
		return 1;
	}
	if (text.charCodeAt(at) !== 92) {
		return 0;
	}
	let slash = at;
	while (slash < at + 4 && text.charCodeAt(slash) === 92) {
		slash += 1;
	}
	return text.charCodeAt(slash) === 47 ? slash + 1 - at : 0;
}

function keyBehind(source: UrlSource, resource: number, from: number): Found | undefined {
	const { text } = source;
	const prefix = prefixBefore(text, resource);
	const base = judgePrefix(text, prefix);
	if (base === 'no') {
		return undefined;
	}
	const found = segmentAt(text, from, delimiterBefore(text, prefix.start)) ?? concatenated(text, from);
	if (found === undefined || !canBeKey(text.slice(found.start, found.end))) {
		return undefined;
	}
	if (base === 'partnero') {
		return found;
	}
	return isApiPath(text, prefix, found.key) && source.about() ? found : undefined;
}

interface Prefix {
	readonly start: number;
	/** All that stands before `customers`, from where the URL begins, with its slashes plain. */
	readonly url: string;
}

/** The part of the URL before `customers`, holes included. */
function prefixBefore(text: string, resource: number): Prefix {
	const limit = Math.max(0, resource - PREFIX_REACH);
	let at = resource;
	while (at > limit) {
		const code = text.charCodeAt(at - 1);
		if (code === 125 || code === 41 || code === 62) {
			if (/^(?:https?:|api\.)/i.test(text.slice(at, at + 6))) {
				break;
			}
			const hole = holeBefore(text, at, limit);
			if (hole < 0) {
				break;
			}
			at = hole;
		} else if (isUrlCode(code)) {
			at -= 1;
		} else {
			break;
		}
	}
	return { start: at, url: text.slice(at, resource).replace(/\\+([/.\-:])/g, '$1') };
}

const NOT_URL = '"\'`()[]{}<>=,;|*';
const NOT_URL_BEYOND = '\u201c\u201d\u2018\u2019\u00ab\u00bb\u300c\u300d';
const URL_CODE = Uint8Array.from({ length: 128 }, (_, code) => (code > 32 && !NOT_URL.includes(String.fromCharCode(code)) ? 1 : 0));

/** False for white space, quotes, opening brackets, `=`, `,`, `;`, `|` and `*`, which no URL goes on behind. */
function isUrlCode(code: number): boolean {
	return code < 128 ? URL_CODE[code] === 1 : !NOT_URL_BEYOND.includes(String.fromCharCode(code));
}

/** Where the template hole begins that ends here (`${base}`, `{{ base }}`, `#{base}`, `\(base)`, `<?= $base ?>`), or -1. */
function holeBefore(text: string, end: number, limit: number): number {
	const lowest = Math.max(limit, end - 120);
	const close = text.charCodeAt(end - 1);
	const open = close === 125 ? 123 : close === 41 ? 40 : 60;
	let depth = 0;
	for (let at = end - 1; at >= lowest; at -= 1) {
		const code = text.charCodeAt(at);
		if (code === 10) {
			return -1;
		}
		depth += code === close ? 1 : code === open ? -1 : 0;
		if (depth === 0) {
			const sign = text.charAt(at - 1);
			if (close === 41 && sign !== '$' && sign !== '\\') {
				return -1;
			}
			return sign === '$' || sign === '#' || sign === '\\' || sign === '@' ? at - 1 : at;
		}
	}
	return -1;
}

type Base = 'partnero' | 'relative' | 'no';

function judgePrefix(text: string, prefix: Prefix): Base {
	const url = prefix.url.replace(/^[\^~!@?#]+(?=\/|https?:)/, '').replace(/^[\w.-]+:(?=\/(?!\/)|https?:)/, '');
	const scheme = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/]*)(?:\/|$)/i.exec(url);
	if (scheme !== null) {
		return judgeHost(text, prefix.start, scheme[1] ?? '');
	}
	const host = /^([\w.-]+\.[a-z]{2,}(?::\d+)?|localhost(?::\d+)?|[\d.]+:\d+)\//i.exec(url);
	if (host !== null) {
		return API_HOST.test(host[1] ?? '') ? 'partnero' : 'no';
	}
	if (/^\/?(?:v\d+\/)?$/.test(url)) {
		return 'relative';
	}
	const variable = /^\/?(\$\w[\w>-]*|%[sv@]|%\w+%|\$env:\w+|(?:[$#\\@])?[{(<].*[)}>])\/?(?:v\d+\/)?$/.exec(url);
	return variable === null ? 'no' : judgeVariable(text, prefix.start, variable[1] ?? '');
}

function judgeHost(text: string, at: number, host: string): Base {
	if (API_HOST.test(host)) {
		return 'partnero';
	}
	return HOLE_IN_HOST.test(host) ? judgeVariable(text, at, host) : 'no';
}

/** A base address by name: not one of another service or of the application, and not one that the file gives another host. */
function judgeVariable(text: string, at: number, expression: string): Base {
	if (isForeignBase(expression)) {
		return 'no';
	}
	const names = expression.match(/[A-Za-z_]\w*/g) ?? [];
	const host = definedHost(text, at, names.at(-1) ?? '');
	if (host === undefined) {
		return 'relative';
	}
	return API_HOST.test(host) || HOLE_IN_HOST.test(host) ? 'relative' : 'no';
}

/** The host of the URL that a name is given at the head of the file or right before, if it is. */
function definedHost(text: string, at: number, name: string): string | undefined {
	if (name.length < 2) {
		return undefined;
	}
	const near = Math.max(0, at - NEAR_REACH);
	return definedIn(text, name, near, at) ?? definedIn(text, name, 0, Math.min(HEAD_REACH, near));
}

function definedIn(text: string, name: string, from: number, to: number): string | undefined {
	const definition = /^["'\]]?\s*(?::\s*[\w.&' ]+)?\s*(?:=>|:=|[=:])\s*(?:[\w.]+\(\s*)?["'`]?https?:\/\/([^/"'`\s)]+)/;
	const part = text.slice(from, to);
	let at = part.lastIndexOf(name);
	for (let tries = 0; at >= 0 && tries < 12; tries += 1) {
		if (at === 0 || !isWordCode(part.charCodeAt(at - 1)) || part.charCodeAt(at - 1) === 36) {
			const host = definition.exec(part.slice(at + name.length, at + name.length + 160))?.[1];
			if (host !== undefined) {
				return host;
			}
		}
		at = at === 0 ? -1 : part.lastIndexOf(name, at - 1);
	}
	return undefined;
}

/** The quote, with its backslashes, that a URL stands in; '' when it stands in none. */
function delimiterBefore(text: string, start: number): string {
	const quote = text.charAt(start - 1);
	if (quote !== '"' && quote !== "'" && quote !== '`') {
		return '';
	}
	let from = start - 1;
	while (from > 0 && start - from < 8 && text.charCodeAt(from - 1) === 92) {
		from -= 1;
	}
	return text.slice(from, start);
}

/** Whether a path without a host can be one of Partnero's API, by what stands before it. */
function isApiPath(text: string, prefix: Prefix, key: string): boolean {
	if (FILE_NAME.test(key) || ROUTE_WORD.test(key)) {
		return false;
	}
	const quoted = delimiterBefore(text, prefix.start) !== '';
	const reach = Math.max(0, prefix.start - LINE_REACH);
	const lineStart = reach + text.slice(reach, prefix.start).lastIndexOf('\n') + 1;
	let before = text.slice(lineStart, prefix.start);
	if (prefix.url === '' && !quoted) {
		return VERB_BEFORE.test(before);
	}
	if (quoted) {
		before = before.replace(/\\*["'`]$/, '');
		if (NOT_AN_API.test(before)) {
			return false;
		}
		if (/^\s*(?:\w+\s*[=:]\s*)?$/.test(before)) {
			before = `${text.slice(Math.max(0, lineStart - LINE_REACH), lineStart)}${before}`;
		}
		before = before.slice(before.lastIndexOf(';') + 1);
		if (/(?:[+.]|<>)\s*$/.test(before)) {
			const base = /([\w$.[\]()'"-]+)\s*(?:\+|\.|\.\.|<>)\s*$/.exec(before.slice(-BASE_REACH))?.[1] ?? '';
			if (base !== '' && judgeVariable(text, lineStart, base) === 'no') {
				return false;
			}
		}
	} else if (/\b(?:href|to|src)=$|\]\($/.test(before)) {
		return false;
	}
	return !isForeignTalk(before);
}

/** True when the last service that is named is not Partnero. */
function isForeignTalk(before: string): boolean {
	const ours = before.toLowerCase().lastIndexOf('partnero');
	return FOREIGN_SERVICE.test(ours < 0 ? before : before.slice(ours));
}

/** The segment that begins here, or undefined when there is none, or when it is only a piece of a key. */
function segmentAt(text: string, from: number, delimiter: string): Found | undefined {
	let end = from;
	const limit = Math.min(text.length, from + MAX_KEY_LENGTH + 8);
	while (end < limit) {
		const step = segmentStep(text, end, delimiter);
		if (step < 0) {
			return undefined;
		}
		if (step === 0) {
			break;
		}
		end += step;
	}
	if (end === from || end >= limit) {
		return end === from || text.length > limit ? undefined : trimmed(text, from, end);
	}
	if (/[([{]/.test(text.charAt(end)) || isPieceOfKey(text, end)) {
		return undefined;
	}
	return trimmed(text, from, end);
}

/** Sentence punctuation behind a URL does not belong to it. */
function trimmed(text: string, from: number, to: number): Found | undefined {
	let end = to;
	while (end > from && '.,;:!?…_~'.includes(text.charAt(end - 1)) && !(text.charAt(end - 1) === '_' && /\w/.test(text.charAt(end - 2)))) {
		end -= 1;
	}
	if (end === from) {
		return undefined;
	}
	const key = decodePercent(decodeString(text.slice(from, end), 1, ''));
	return { key, start: from, end };
}

/** How many characters of the segment stand here; 0 where it ends, -1 where it turns out to be a hole, a glob or a regular expression. */
function segmentStep(text: string, at: number, delimiter: string): number {
	const char = text.charAt(at);
	if (char === '\\') {
		return escapeStep(text, at, delimiter);
	}
	const next = text.charAt(at + 1);
	if (char === '%') {
		return /^[0-9A-Fa-f]{2}$/.test(text.slice(at + 1, at + 3)) ? 3 : /[\w@($]/.test(next) ? -1 : 1;
	}
	if (char === '$') {
		return /[\w{(]/.test(next) ? -1 : 0;
	}
	if (char === '#') {
		return next === '{' ? -1 : 0;
	}
	if (char === '*') {
		return /[\s*)._]/.test(next) || next === '' ? 0 : -1;
	}
	if (char === '<') {
		return next === '/' || /^<[a-z]+[ >/]/.test(text.slice(at, at + 12)) ? 0 : -1;
	}
	return isUrlCode(char.charCodeAt(0)) && !'/?^\u2026\u3002\u3001\uff0c\uff09'.includes(char) ? 1 : 0;
}

function escapeStep(text: string, at: number, delimiter: string): number {
	const rest = text.slice(at, at + 8);
	const run = /^\\+/.exec(rest)?.[0].length ?? 1;
	const next = rest.charAt(run);
	if (next === '/' || next === '' || /\s/.test(next)) {
		return 0;
	}
	if (next === '"' || next === "'" || next === '`') {
		return delimiter === next && run === 1 ? 2 : 0;
	}
	if (/^u[0-9A-Fa-f]{4}/.test(rest.slice(run))) {
		return run + 5;
	}
	if (/[nrt]/.test(next)) {
		return 0;
	}
	return /\w/.test(next) ? -1 : run + 1;
}

/** True when the literal ends here but the key goes on: `'/customers/acct-' + id`. */
function isPieceOfKey(text: string, end: number): boolean {
	const rest = text.slice(end, end + 80);
	const close = /^\\*["'`]/.exec(rest);
	if (close === null) {
		return false;
	}
	const behind = rest.slice(close[0].length);
	const operator = CONCATENATION.exec(behind);
	if (operator === null || (operator[0].trim() === '.' && (close[0] === '`' || !/^\s*\.\s*["'$]|^\s+\.\s/.test(behind)))) {
		return false;
	}
	return !/^\\*["'`](?:[/?#"'`]|\\\/)/.test(behind.slice(operator[0].length));
}

/** The literal that a string ending in `customers/` is joined with: `'…/customers/' + 'x'`. */
function concatenated(text: string, from: number): Found | undefined {
	const close = /^\\*["'`]/.exec(text.slice(from, from + 4));
	if (close === null) {
		return undefined;
	}
	const behind = text.slice(from + close[0].length, from + close[0].length + 80);
	const operator = CONCATENATION.exec(behind);
	if (operator === null) {
		return undefined;
	}
	let start = from + close[0].length + operator[0].length;
	start += ENCODERS.exec(text.slice(start, start + 60))?.[0].length ?? 0;
	const quote = /^[fbru]?(\\*["'`])/.exec(text.slice(start, start + 6));
	if (quote === null) {
		return undefined;
	}
	start += quote[0].length;
	const end = literalEnd(text, start, quote[1] ?? '');
	if (end < 0 || isPieceOfKey(text, end) || !canBeKey(text.slice(start, end))) {
		return undefined;
	}
	return { key: decodePercent(decodeString(text.slice(start, end), 1, '')), start, end };
}

function literalEnd(text: string, from: number, delimiter: string): number {
	const limit = Math.min(text.length, from + MAX_KEY_LENGTH + 8);
	for (let at = from; at < limit; at += 1) {
		const char = text.charAt(at);
		if (char === '\n') {
			return -1;
		}
		if (text.startsWith(delimiter, at)) {
			return at;
		}
		at += char === '\\' ? 1 : 0;
	}
	return -1;
}
