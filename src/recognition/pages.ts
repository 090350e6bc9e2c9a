// A document is judged page by page. What belongs to a page is decided from the page and a margin on both sides, and from nothing else, so that
// one page can be judged alone: the answer for an offset is the same as for the whole document, and costs the same in a file of any length.

import { Calls } from './calls.ts';
import { elementKey, plistKey } from './markup.ts';
import { type NamedKey, Names } from './names.ts';
import { Objects } from './objects.ts';
import { CUSTOMER_NAME, CUSTOMERS_NAME, ID_NAME, KEY_NAME, KEYS_NAME, REFERRALS_NAME, type Reading, readSource } from './reading.ts';
import { Structure } from './structure.ts';
import { barKeys, type CsvHeader, columnKeys, csvKeys } from './tables.ts';
import { urlKeys } from './url.ts';
import { type Literal, Values } from './value.ts';
import { isCustomerKeyName, type Vocabulary } from './words.ts';

/** Page and margins, in UTF-16 units. The one before is as far as a name can be from the object that it names; behind, what stands beside it is near. */
const PAGE = 8192;
/** Margins are read twice, so pages are longer in a large text: by so much for every so many units, up to the longest. */
const PAGE_STEP = 1536;
const STEP_EVERY = 524_288;
const LONGEST_PAGE = 32_768;
/** A text that is no longer is one page. */
const SMALL = 20_480;
const MARGIN = 3072;
const MARGIN_BEHIND = 1536;
/** How far a window is stretched to begin and end with a line. */
const STRETCH = 2048;
/** How far a key can be from the `key`, `id` or `customer` that it is recognised by: its own length, and what may stand between. */
const REACH = 800;

export interface Page {
	/** The page's number; its window follows from it. */
	readonly number: number;
	/** Keys that begin in from … to-1 are asked for: all of the page, or a part of it. */
	readonly from: number;
	readonly to: number;
}

export interface PageSource {
	readonly text: string;
	readonly page: Page;
	readonly languageId: string;
	readonly about: () => boolean;
	readonly csv: () => CsvHeader | undefined;
	readonly vocabulary: Vocabulary;
	readonly spare: Spare;
}

/** What the page before was read into; the next one is read into the same lists. */
export interface Spare {
	reading?: Reading;
}

export interface StructuralMatch {
	readonly key: string;
	readonly start: number;
	readonly end: number;
	readonly role: 'url' | NamedKey['role'] | 'sdk' | 'column';
}

/** The pages of a text, in order. */
export function pagesOf(text: string): Page[] {
	return pagesAround(text, 0, text.length);
}

/** The pages that hold the offsets between two. */
export function pagesAround(text: string, from: number, to: number): Page[] {
	if (text.length <= SMALL) {
		return [{ number: 0, from: 0, to: SMALL }];
	}
	const pages: Page[] = [];
	const length = pageLength(text);
	const last = Math.min(to, text.length);
	for (let start = Math.floor(Math.max(0, from) / length) * length; start <= last; start += length) {
		pages.push({ number: start / length, from: start, to: start + length });
	}
	return pages;
}

function pageLength(text: string): number {
	return Math.min(LONGEST_PAGE, PAGE + PAGE_STEP * Math.floor(text.length / STEP_EVERY));
}

/** The keys of a page that are recognised by their position. */
export function structuralKeys(source: PageSource): StructuralMatch[] {
	const { text, page } = source;
	const found: StructuralMatch[] = [];
	const length = pageLength(text);
	const from = windowStart(text, page.number * length - MARGIN);
	const to = text.length <= SMALL ? text.length : windowEnd(text, (page.number + 1) * length + MARGIN_BEHIND);
	const window = text.slice(from, to);
	if (/ustomer|USTOMER/.test(window)) {
		for (const key of urlKeys(source, Math.max(0, page.from - REACH), Math.min(text.length, page.to))) {
			found.push({ ...key, role: 'url' });
		}
	}
	if (/ustomer|USTOMER|artner|ARTNER|eferrals/.test(window) && /[kK]ey|KEY|[iI][dD]|ustomer|eferrals/.test(window) && source.about()) {
		found.push(...readWindow(source, from, to));
	}
	const csv = source.csv();
	if (csv !== undefined && source.about()) {
		for (const key of csvKeys(text, csv, page.from, page.to)) {
			found.push({ ...key, role: 'column' });
		}
	}
	return found.filter((match) => match.start >= page.from && match.start < page.to);
}

function readWindow(source: PageSource, from: number, to: number): StructuralMatch[] {
	const { text, page, languageId } = source;
	const reading = readSource(text, from, to, source.spare.reading);
	// The lists alone: a text would be held on to long after its document was closed.
	source.spare.reading = { ...reading, text: '' };
	const structure = new Structure(reading);
	const values = new Values(structure, languageId);
	const judge = new Judge(values, new Objects(structure, source.vocabulary));
	for (let index = 0; index < reading.names.length; index += 2) {
		const token = reading.names[index] ?? -1;
		const start = reading.start[token] ?? 0;
		const near = start >= page.from - REACH && start < page.to + REACH;
		judge.name(token, reading.names[index + 1] ?? 0, near);
	}
	if (judge.sawKeyName && text.slice(from, to).includes('|')) {
		for (const key of barKeys(text, from, page.to)) {
			judge.found.push({ ...key, role: 'column' });
		}
	}
	return judge.found;
}

/** Asks the rules about one name after another. */
class Judge {
	readonly found: StructuralMatch[] = [];
	sawKeyName = false;
	private readonly values: Values;
	private readonly calls: Calls;
	private readonly names: Names;

	constructor(values: Values, objects: Objects) {
		this.values = values;
		this.calls = new Calls(values);
		this.names = new Names(values, objects, this.calls);
	}

	/** `near` is false for a name in the margin: only one that means customer key, the head of a table or of a list, reaches from there into the page. */
	name(token: number, mark: number, near: boolean): void {
		if (mark === KEY_NAME && isCustomerKeyName(this.values.s.text(token))) {
			this.customerKeyName(token);
		} else if (mark === KEYS_NAME) {
			this.add(-1, this.names.keysName(token));
		} else if (near) {
			this.nearName(token, mark);
		}
	}

	private customerKeyName(token: number): void {
		this.sawKeyName = true;
		this.add(-1, this.names.keyName(token));
		this.addLiteral(-1, elementKey(this.values, token), 'named');
		this.addLiteral(-1, plistKey(this.values, token), 'named');
		for (const literal of columnKeys(this.values, token)) {
			this.addLiteral(-1, literal, 'column');
		}
	}

	private nearName(token: number, mark: number): void {
		switch (mark) {
			case KEY_NAME:
				this.add(token, this.names.keyName(token));
				this.addLiteral(token, elementKey(this.values, token), 'named');
				break;
			case ID_NAME:
				this.add(token, this.names.idName(token));
				break;
			case CUSTOMER_NAME:
				this.add(token, this.names.customerName(token));
				this.addLiteral(token, elementKey(this.values, token), 'transaction-customer');
				break;
			case CUSTOMERS_NAME:
			case REFERRALS_NAME:
				this.addLiteral(token, this.calls.sdkKey(token), 'sdk');
				this.addLiteral(token, this.calls.pathKey(token), 'url');
				break;
			default:
				break;
		}
	}

	private add(name: number, keys: readonly NamedKey[]): void {
		for (const { literal, role } of keys) {
			this.addLiteral(name, literal, role);
		}
	}

	/** `name` is -1 where the key may be far from it: a cell of a table, an item of a list. */
	private addLiteral(name: number, literal: Literal | undefined, role: StructuralMatch['role']): void {
		// Nothing further than that counts, or a part of a page could be judged otherwise than the whole.
		const distance = name < 0 ? 0 : Math.abs((literal?.start ?? 0) - (this.values.s.r.start[name] ?? 0));
		if (literal !== undefined && distance < REACH) {
			this.found.push({ key: literal.key, start: literal.start, end: literal.end, role });
		}
	}
}

/** Where a window begins: with a line, or in a very long line where a string surely begins or ends. */
function windowStart(text: string, nominal: number): number {
	if (nominal <= 0) {
		return 0;
	}
	for (let at = nominal; at > Math.max(0, nominal - STRETCH); at -= 1) {
		if (text.charCodeAt(at - 1) === 10) {
			return at;
		}
	}
	return stringEdge(text, nominal);
}

/** In a line without an end, the first quote whose neighbours say on which side its string is. */
function stringEdge(text: string, from: number): number {
	const part = text.slice(from, from + STRETCH);
	const edge = /[^\\]["']\s*[,:)\]};]\s*["'\w{[(]|[([{,:=]\s*["'](?![,:)\]};\s])/g.exec(part);
	if (edge === null) {
		return from;
	}
	const quote = from + edge.index + edge[0].search(/["']/);
	return /^[([{,:=]/.test(edge[0]) ? quote : quote + 1;
}

function windowEnd(text: string, nominal: number): number {
	if (nominal >= text.length) {
		return text.length;
	}
	for (let at = nominal; at < Math.min(text.length, nominal + STRETCH); at += 1) {
		if (text.charCodeAt(at) === 10) {
			return at;
		}
	}
	return nominal;
}
