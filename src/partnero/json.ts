// JSON as Partnero sends it, without losing digits: amounts and integer keys may be longer than a double holds.
import type { Json, JsonObject } from './types.ts';

/** A double keeps every decimal of up to 15 significant digits. */
const safeDigits = 15;

/**
 * Parses JSON text. A number whose digits a double would change comes back as a string of those digits.
 * @throws SyntaxError where the text is no JSON, RangeError where it nests too deep.
 */
export function parseJson(text: string): Json {
	return JSON.parse(text, keepDigits) as Json;
}

function keepDigits(_name: string, value: unknown, context?: { source?: string }): unknown {
	if (typeof value !== 'number' || context?.source === undefined || context.source.length <= safeDigits) {
		return value;
	}
	return String(value) === context.source ? value : context.source;
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
