// Customer keys in tables: cells under a column that is called customer key, in CSV, in SQL's INSERT, and in tables drawn with bars.

import { canBeKey, decodeString, MAX_KEY_LENGTH } from './literal.ts';
import { OPEN } from './reading.ts';
import { PAREN } from './structure.ts';
import type { Found } from './url.ts';
import type { Literal, Values } from './value.ts';
import { isCustomerKeyName } from './words.ts';

/** Rows and header lines longer than this are no table. In UTF-16 units. */
const MAX_ROW = 4000;
const MAX_ROWS = 2000;

/** The column of customer keys in a file of delimited values, and what delimits them. */
export interface CsvHeader {
	readonly delimiter: string;
	readonly column: number;
	readonly columns: number;
	/** Offset behind the header line. */
	readonly end: number;
}

/** The header of a CSV file, when its first line is one that names a customer key column. */
export function csvHeader(text: string, languageId: string): CsvHeader | undefined {
	if (!/^(?:csv|tsv|plaintext|text|dynamic csv|csv \(.*|)$/i.test(languageId) && !/csv|tsv/i.test(languageId)) {
		return undefined;
	}
	const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
	const line = /^[^\r\n]*/.exec(text.slice(start, start + MAX_ROW))?.[0] ?? '';
	const delimiter = [',', ';', '\t', '|'].find((each) => line.includes(each)) ?? '';
	if (delimiter === '' || line.length >= MAX_ROW || /[(){}]/.test(line)) {
		return undefined;
	}
	const cells = line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
	const column = cells.findIndex((cell) => cell.length < 80 && isCustomerKeyName(cell) && /^[\w\s.-]+$/.test(cell));
	return column < 0 ? undefined : { delimiter, column, columns: cells.length, end: start + line.length };
}

/** The customer keys of a CSV file that stand between two offsets. A row that is longer than any row counts for none. */
export function csvKeys(text: string, header: CsvHeader, from: number, to: number): Found[] {
	const found: Found[] = [];
	let at = Math.max(header.end, from - MAX_ROW);
	while (at < to) {
		const end = lineEnd(text, at, to + MAX_ROW);
		const begins = at > header.end && text.charCodeAt(at - 1) === 10;
		const cell = begins && end - at < MAX_ROW ? cellOf(text, header, at, end) : undefined;
		if (cell !== undefined) {
			found.push(cell);
		}
		at = end + 1;
	}
	return found;
}

function cellOf(text: string, header: CsvHeader, from: number, to: number): Found | undefined {
	const cells: { start: number; end: number; quoted: boolean }[] = [];
	let at = from;
	while (at <= to && cells.length <= 500) {
		const quoted = text.charCodeAt(at) === 34;
		let end = at + (quoted ? 1 : 0);
		while (end < to && (quoted ? text.charCodeAt(end) !== 34 || text.charCodeAt(end + 1) === 34 : text.charAt(end) !== header.delimiter)) {
			end += quoted && text.charCodeAt(end) === 34 ? 2 : 1;
		}
		cells.push({ start: at + (quoted ? 1 : 0), end: Math.min(end, to), quoted });
		at = end + (quoted ? 2 : 1);
	}
	const cell = cells[header.column];
	if (cell === undefined || Math.abs(cells.length - header.columns) > 1) {
		return undefined;
	}
	return keyIn(text, cell.start, cell.end, cell.quoted ? '"' : '');
}

function keyIn(text: string, from: number, to: number, doubled: string): Found | undefined {
	let start = from;
	let end = to;
	while (start < end && text.charCodeAt(start) <= 32) {
		start += 1;
	}
	while (end > start && text.charCodeAt(end - 1) <= 32) {
		end -= 1;
	}
	const raw = text.slice(start, end);
	return end - start <= MAX_KEY_LENGTH && canBeKey(raw) ? { key: decodeString(raw, 0, doubled), start, end } : undefined;
}

/** `INSERT INTO t (…, customer_key, …) VALUES (…), (…)`: what stands in that place of every tuple that is read here. */
export function columnKeys(values: Values, name: number): Literal[] {
	const { s } = values;
	const scope = s.scopeOf(name);
	if (s.scopeKind(scope) !== PAREN) {
		return [];
	}
	const items = s.items(scope);
	const column = items.findIndex((item) => item.includes(name));
	let at = s.next(s.r.scopeEnd[scope] ?? -1);
	for (let steps = 0; steps < 6 && at >= 0 && !/^values?$/i.test(s.text(at)); steps += 1) {
		at = s.next(at);
	}
	if (at < 0 || !/^values?$/i.test(s.text(at)) || items[column]?.length !== 1) {
		return [];
	}
	const found: Literal[] = [];
	at = s.next(at);
	for (let rows = 0; rows < MAX_ROWS && s.kind(at) === OPEN && s.text(at) === '('; rows += 1) {
		const literal = values.literal(s.items(s.opened(at))[column]?.[0] ?? -1);
		if (literal !== undefined) {
			found.push(literal);
		}
		const comma = s.next(s.r.scopeEnd[s.opened(at)] ?? -1);
		at = s.isPunct(comma, ',') ? s.next(comma) : -1;
	}
	return found;
}

/** Cells under a customer key column of a table that is drawn with bars, from where a window begins. */
export function barKeys(text: string, windowFrom: number, to: number): Found[] {
	const found: Found[] = [];
	let column = -1;
	let first = true;
	let at = windowFrom;
	while (at < to) {
		const end = lineEnd(text, at, at + 4 * MAX_ROW);
		const line = text.slice(at, Math.min(end, at + MAX_ROW));
		if (!line.includes('|')) {
			// psql draws its rule without bars.
			const rule = /^[ +-]*-[ +-]*\r?$/.test(line);
			column = rule ? column : -1;
			first = rule ? first : true;
		} else if (first) {
			column = barCells(line).findIndex((cell) => isCustomerKeyName(cell.text) && /^[`*\w\s.-]+$/.test(cell.text));
			first = false;
		} else if (column >= 0 && end - at < MAX_ROW) {
			const cell = barCells(line)[column];
			const key = cell === undefined ? undefined : keyIn(text, at + cell.start, at + cell.end, '');
			if (key !== undefined) {
				found.push(key);
			}
		}
		at = end + 1;
	}
	return found;
}

function barCells(line: string): { text: string; start: number; end: number }[] {
	const cells: { text: string; start: number; end: number }[] = [];
	let start = 0;
	for (let at = 0; at <= line.length; at += 1) {
		if (at < line.length && line.charAt(at) !== '|') {
			continue;
		}
		let from = start;
		let to = at;
		while (from < to && ' \t\r`*'.includes(line.charAt(from))) {
			from += 1;
		}
		while (to > from && ' \t\r`*'.includes(line.charAt(to - 1))) {
			to -= 1;
		}
		cells.push({ text: line.slice(from, to), start: from, end: to });
		start = at + 1;
	}
	return cells;
}

/** Where the line ends, or the limit. */
function lineEnd(text: string, from: number, limit: number): number {
	const last = Math.min(text.length, limit);
	let at = from;
	while (at < last && text.charCodeAt(at) !== 10) {
		at += 1;
	}
	return at;
}
