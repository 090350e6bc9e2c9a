// Customer keys as the text of XML elements: `<customer><key>x</key></customer>`, `<customerKey>x</customerKey>`.

import type { Literal, Values } from './value.ts';
import { isCustomerKeyName, thingOf } from './words.ts';

/** How far the elements around are looked for. In UTF-16 units. */
const REACH = 3000;

/** `<key>customer_key</key><string>x</string>`, as property lists have it. */
export function plistKey(values: Values, name: number): Literal | undefined {
	const { r } = values.s;
	const end = r.end[name] ?? 0;
	const pair = /^<\/key>\s*<string>([^<>]{1,512})<\/string>/.exec(r.text.slice(end, end + 600));
	if (pair === null || !r.text.startsWith('<key>', (r.start[name] ?? 0) - 5)) {
		return undefined;
	}
	const from = end + pair[0].indexOf('<string>') + '<string>'.length;
	return values.markup(from, from + (pair[1] ?? '').length, name);
}

/** The text of the element whose opening tag this name is, when that is a customer key. */
export function elementKey(values: Values, name: number): Literal | undefined {
	const { r } = values.s;
	const start = r.start[name] ?? 0;
	const end = r.end[name] ?? 0;
	const before = r.text.charAt(start - 1);
	const lead = before === '<' || before === ':' ? r.text.slice(Math.max(0, start - 60), start) : '';
	if (!lead.includes('<')) {
		return undefined;
	}
	const open = Math.max(0, start - 60) + lead.lastIndexOf('<');
	const tag = /^<(?:[\w-]+:)?([\w-]+)(\s[^<>]*)?>/.exec(r.text.slice(open, end + 200));
	if (tag === null) {
		return undefined;
	}
	const element = tag[1] ?? '';
	if (!r.text.slice(start, end).endsWith(element) && !element.endsWith(r.text.slice(start, end))) {
		return undefined;
	}
	const from = open + tag[0].length;
	const close = r.text.slice(from, from + 520).indexOf('</');
	if (close <= 0 || !isKeyElement(r.text, element, open, from + close)) {
		return undefined;
	}
	const raw = r.text.slice(from, from + close);
	const indent = raw.length - raw.trimStart().length;
	const literal = /[<>{]/.test(raw) ? undefined : values.markup(from + indent, from + indent + raw.trim().length, name);
	return literal === undefined || /^[\s]*$/.test(raw) ? undefined : literal;
}

function isKeyElement(text: string, element: string, open: number, behind: number): boolean {
	if (isCustomerKeyName(element)) {
		return true;
	}
	const parent = enclosing(text, open);
	if (element.toLowerCase() === 'key') {
		return thingOf(parent) === 'customer' && parent.toLowerCase() !== 'dict';
	}
	if (element.toLowerCase() !== 'customer') {
		return false;
	}
	const around = text.slice(Math.max(0, open - 400), open) + text.slice(behind, behind + 400);
	return /transaction|reward|sale/i.test(parent) && /<(?:amount|action|amount_units|partner)\b/i.test(around);
}

/** The name of the element that is open at an offset: tags are gone through backwards, each closing one hiding the opening one before it. */
function enclosing(text: string, at: number): string {
	const limit = Math.max(0, at - REACH);
	let closed = 0;
	let end = -1;
	for (let from = at - 1; from >= limit; from -= 1) {
		const code = text.charCodeAt(from);
		if (code === GREATER) {
			end = from;
		} else if (code === LESS && end >= 0) {
			const closes = text.charCodeAt(from + 1) === SLASH;
			if (isLetter(text.charCodeAt(closes ? from + 2 : from + 1))) {
				if (closes) {
					closed += 1;
				} else if (text.charCodeAt(end - 1) !== SLASH) {
					if (closed === 0) {
						return /^[\w:.-]*/.exec(text.slice(from + 1, end))?.[0].replace(/^.*:/, '') ?? '';
					}
					closed -= 1;
				}
			}
			end = -1;
		}
	}
	return '';
}

const LESS = 60;
const GREATER = 62;
const SLASH = 47;

function isLetter(code: number): boolean {
	return (code | 32) >= 97 && (code | 32) <= 122;
}
