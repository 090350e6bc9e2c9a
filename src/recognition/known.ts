// Literals that are recognised by what they are and not by where they stand: keys that are already known, and the user's own formats.

import { MAX_KEY_LENGTH } from './literal.ts';
import type { KeyPattern } from './patterns.ts';

/** Longest literal that user patterns are run on. In UTF-16 units. */
export const MAX_CANDIDATE = 256;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/** True for a key that is nobody else's word: an e-mail address, a UUID, or at least 8 characters with letters and digits. */
export function isDistinctive(key: string): boolean {
	return EMAIL.test(key) || UUID.test(key) || (key.length >= 8 && /\p{L}/u.test(key) && /\p{Nd}/u.test(key) && !/\s/.test(key));
}

/** What is looked for. */
export interface Wanted {
	readonly known: ReadonlySet<string>;
	readonly patterns: readonly KeyPattern[];
	/** Whether the whole document is about Partnero: asked only for known keys that are not distinctive. */
	readonly about: () => boolean;
}

export interface Seen {
	readonly key: string;
	readonly start: number;
	readonly end: number;
	readonly role: 'known' | 'pattern';
}

const DELIMITER = 1;
const QUOTE = 2;

const CLASS = (() => {
	const table = new Uint8Array(128);
	for (let code = 0; code < 128; code += 1) {
		const char = String.fromCharCode(code);
		table[code] = /["'`]/.test(char) ? QUOTE : code <= 32 || '()[]{}<>,;=|\\'.includes(char) ? DELIMITER : 0;
	}
	return table;
})();

/**
 * The literals of a stretch that are wanted, by their beginning: what stands between two of the same quotes in a line, and bare words. Both are
 * told from the characters around them alone, so that it does not matter where reading begins.
 */
export function wantedLiterals(text: string, wanted: Wanted, from: number, to: number): Seen[] {
	const found: Seen[] = [];
	const begin = Math.max(0, from - MAX_KEY_LENGTH - 2);
	const end = Math.min(text.length, to + MAX_KEY_LENGTH + 2);
	const quotes = [-1, -1, -1];
	let word = -1;
	for (let at = begin; at <= end; at += 1) {
		const code = at < text.length ? text.charCodeAt(at) : 10;
		const kind = code < 128 ? CLASS[code] : 0;
		if (kind === 0) {
			word = word < 0 ? at : word;
			continue;
		}
		if (word >= from && word < to) {
			addWord(text, wanted, word, at, found);
		}
		word = -1;
		if (kind === QUOTE) {
			const index = code === 34 ? 0 : code === 39 ? 1 : 2;
			const open = quotes[index] ?? -1;
			if (open >= 0 && open + 1 >= from && open + 1 < to) {
				addQuoted(text, wanted, open + 1, at, found);
			}
			quotes[index] = at;
		} else if (code === 10) {
			quotes.fill(-1);
		}
	}
	return found;
}

function addQuoted(text: string, wanted: Wanted, start: number, close: number, found: Seen[]): void {
	let end = close;
	while (end > start && text.charCodeAt(end - 1) === 92) {
		end -= 1;
	}
	if (end > start && end - start <= MAX_KEY_LENGTH) {
		add(text, wanted, start, end, true, found);
	}
}

function addWord(text: string, wanted: Wanted, start: number, close: number, found: Seen[]): void {
	let end = close;
	while (end > start && '.:!?'.includes(text.charAt(end - 1))) {
		end -= 1;
	}
	if (end > start && end - start <= MAX_KEY_LENGTH) {
		add(text, wanted, start, end, false, found);
	}
	// `customer:jo@example.com`: the last of several parts.
	const colon = text.slice(Math.max(start, end - MAX_CANDIDATE), end).lastIndexOf(':');
	const from = colon < 0 ? end : Math.max(start, end - MAX_CANDIDATE) + colon + 1;
	if (from > start && from < end) {
		add(text, wanted, from, end, false, found);
	}
}

function add(text: string, wanted: Wanted, start: number, end: number, quoted: boolean, found: Seen[]): void {
	if (wanted.known.size > 0) {
		const key = text.slice(start, end);
		const counts = wanted.known.has(key) && (isDistinctive(key) || ((quoted || /^\d+$/.test(key)) && wanted.about()));
		if (counts) {
			found.push({ key, start, end, role: 'known' });
			return;
		}
	}
	if (wanted.patterns.length > 0 && end - start <= MAX_CANDIDATE) {
		const key = text.slice(start, end);
		if (wanted.patterns.some((pattern) => pattern.matches(key))) {
			found.push({ key, start, end, role: 'pattern' });
		}
	}
}
