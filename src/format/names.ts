// Names and other text of customers, made fit to be shown in one line. Escaping for Markdown or HTML is the business of the surface that
// writes those; nothing here makes text safe to interpret.
import type { Customer } from '../partnero/types.ts';

/** The full name, in the order that Partnero has it; undefined where there is none. */
export function fullName(customer: Pick<Customer, 'name' | 'surname'>): string | undefined {
	const name = [customer.name, customer.surname]
		.map((part) => singleLine(part ?? ''))
		.filter((part) => part !== '')
		.join(' ');
	return name === '' ? undefined : name;
}

/** What a customer is called in a list: the name, else the e-mail address, else the key. */
export function customerLabel(customer: Pick<Customer, 'name' | 'surname' | 'email' | 'key'>): string {
	return fullName(customer) ?? (singleLine(customer.email ?? '') || customer.key);
}

/** Characters that reorder the text around them; a name with one could make a line say something else than it does. */
const reordering = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Control characters, line and paragraph separators. */
const control = /[\p{Cc}\u2028\u2029\uFEFF]+/gu;

/**
 * Text in one line: control characters and line breaks become one space, characters that reorder text are left out, lone surrogates are
 * replaced, and what is longer than `most` characters (code points) ends in an ellipsis.
 */
export function singleLine(text: string, most = 1000): string {
	// Twice the length holds `most` code points whatever they are, and spares the work on text that is cut anyway.
	const whole = text.length > most * 2 + 64 ? text.slice(0, most * 2 + 64) : text;
	return shorten(whole.toWellFormed().replace(control, ' ').replace(reordering, '').trim(), most);
}

/** Text of at most `most` characters (code points); what is longer ends in an ellipsis. Never cuts a character in two. */
export function shorten(text: string, most: number): string {
	if (text.length <= most) {
		return text;
	}
	const points = Array.from(text.slice(0, most * 2));
	return points.length <= most && text.length <= most * 2 ? text : `${points.slice(0, Math.max(0, most - 1)).join('')}…`;
}
