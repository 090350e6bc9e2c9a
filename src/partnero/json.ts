// JSON as Partnero sends it, without losing digits: amounts and integer keys may be longer than a double holds.
import type { Json, JsonObject } from './types.ts';

/** A double keeps every decimal of up to 15 significant digits. */
const safeDigits = 15;
/**
 * A number outside of strings that has more digits than that, or an exponent. It may find some in strings too, which costs time alone:
 * looking at the source of every number takes five times as long as parsing, and answers that need it are rare.
 */
const delicateNumber = /(?:^|[[:,\s])-?(?:\d[\d.]{14}|[\d.]+[eE])/;
/** As deep as PHP, which Partnero is written in, encodes by default. What is deeper would overflow the stack of whoever walks it. */
const maxDepth = 512;

/**
 * Parses JSON text. A number whose digits a double would change comes back as a string of those digits.
 * @throws SyntaxError where the text is no JSON, RangeError where it nests deeper than 512 levels.
 */
export function parseJson(text: string): Json {
	assertShallow(text);
	return (delicateNumber.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as Json;
}

function keepDigits(_name: string, value: unknown, context?: { source?: string }): unknown {
	const source = context?.source;
	if (typeof value !== 'number' || source === undefined) {
		return value;
	}
	// `1e999` would become Infinity, and `1e-999` zero.
	const safe = source.length <= safeDigits && !/e/i.test(source);
	return safe || String(value) === source || isSameNumber(source, value) ? value : source;
}

/** Whether a number with an exponent is still the same as a double: `9.9e1` is, `1e-999` is not. */
function isSameNumber(source: string, value: number): boolean {
	const written = /^-?(\d+)(?:\.(\d+))?e/i.exec(source);
	const digits = written === null ? '' : `${written[1]}${written[2] ?? ''}`.replace(/^0+/, '');
	return written !== null && Number.isFinite(value) && digits.length <= safeDigits && (value !== 0) === (digits !== '');
}

function assertShallow(text: string): void {
	// Looking at each character takes longer than parsing, and most answers have too few brackets for it.
	if (count(text, '{') + count(text, '[') <= maxDepth) {
		return;
	}
	let depth = 0;
	for (let index = 0; index >= 0 && index < text.length; index++) {
		switch (text[index]) {
			case '"':
				index = endOfString(text, index);
				break;
			case '[':
			case '{':
				depth++;
				break;
			case ']':
			case '}':
				depth--;
		}
		if (depth > maxDepth) {
			throw new RangeError('The JSON nests too deep');
		}
	}
}

function count(text: string, bracket: string): number {
	let found = 0;
	for (let at = text.indexOf(bracket); at >= 0 && found <= maxDepth; at = text.indexOf(bracket, at + 1)) {
		found++;
	}
	return found;
}

/** Where the string that starts at `start` ends; the end of the text where it does not. */
function endOfString(text: string, start: number): number {
	let end = text.indexOf('"', start + 1);
	while (end >= 0 && isEscaped(text, end)) {
		end = text.indexOf('"', end + 1);
	}
	return end < 0 ? text.length : end;
}

function isEscaped(text: string, index: number): boolean {
	let backslashes = 0;
	while (text[index - 1 - backslashes] === '\\') {
		backslashes++;
	}
	return backslashes % 2 === 1;
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
