// The one door to customer keys in source text. A key has no format of its own: it is recognised by its position, in any language, in code that
// is half-typed or broken, in time linear in the text, and by the same rules for a whole document and for one offset in it.

import { aboutPartnero } from './about.ts';
import { wantedLiterals } from './known.ts';
import { MAX_KEY_LENGTH } from './literal.ts';
import { type Page, pagesAround, pagesOf, type Spare, structuralKeys } from './pages.ts';
import type { KeyPattern } from './patterns.ts';
import { type CsvHeader, csvHeader } from './tables.ts';
import { Vocabulary } from './words.ts';

export { aboutPartnero } from './about.ts';
export type { Spare } from './pages.ts';
export { compileKeyPatterns, type KeyPattern, type PatternProblem } from './patterns.ts';

/**
 * The position that a key was recognised by.
 * - `url`: the segment after `/customers/`
 * - `customer-object`: `key` (in refer-a-friend code `id`) directly inside something called customer
 * - `named`: a name that means customer key
 * - `snippet`: the browser snippet's sign-up call
 * - `creation-body`: `key` of a body that creates, updates, deletes or answers a customer
 * - `sdk`: an argument of an SDK's call
 * - `transaction-customer`: `customer: "…"` in a transaction or reward
 * - `column`: a cell under a customer key column
 * - `known`: equal to a key that is already known
 * - `pattern`: matches one of the user's own formats
 */
export type CustomerKeyRole =
	| 'url'
	| 'customer-object'
	| 'named'
	| 'snippet'
	| 'creation-body'
	| 'sdk'
	| 'transaction-customer'
	| 'column'
	| 'known'
	| 'pattern';

/** A customer key in a text. */
export interface CustomerKeyMatch {
	/** The key itself: percent-encoding and escapes undone. */
	readonly key: string;
	/** UTF-16 offsets of the literal as it is written, without its quotes. */
	readonly start: number;
	readonly end: number;
	readonly role: CustomerKeyRole;
}

export interface RecognitionOptions {
	/** VS Code's language id; a hint at most, and nothing breaks when it is wrong. */
	readonly languageId: string;
	/** The user's own formats, from `compileKeyPatterns`. They are looked for in every document. */
	readonly patterns?: readonly KeyPattern[];
	/** Keys that have been seen already: distinctive ones count in every document, others only in one about Partnero. */
	readonly knownKeys?: ReadonlySet<string>;
	/** `aboutPartnero(text)`, when the caller has it already. */
	readonly aboutPartnero?: boolean;
	/** Where texts are read into. A caller that asks often saves its making by handing the same one in, empty at first. */
	readonly spare?: Spare;
}

/** When two matches overlap, the one whose role comes first is kept. */
const STRENGTH: readonly CustomerKeyRole[] = [
	'url',
	'named',
	'customer-object',
	'snippet',
	'creation-body',
	'sdk',
	'transaction-customer',
	'column',
	'pattern',
	'known',
];

/** All customer keys of a text, in order, not overlapping. Never throws. */
export function findCustomerKeys(text: string, options: RecognitionOptions): CustomerKeyMatch[] {
	const recogniser = new Recogniser(text, options);
	const found: CustomerKeyMatch[] = [];
	for (const page of pagesOf(text)) {
		found.push(...recogniser.page(page));
	}
	return settled(found);
}

/** The customer key that covers an offset, its end included, or undefined: always one of those that `findCustomerKeys` gives. Never throws. */
export function customerKeyAt(text: string, offset: number, options: RecognitionOptions): CustomerKeyMatch | undefined {
	if (!(offset >= 0 && offset <= text.length)) {
		return undefined;
	}
	// Whether a large document is about Partnero takes longer to tell than what stands at one offset: that is asked last, and mostly not at all.
	if (options.aboutPartnero === undefined) {
		const supposed = keyAt(text, offset, { ...options, aboutPartnero: true });
		return supposed === undefined || aboutPartnero(text) ? supposed : keyAt(text, offset, { ...options, aboutPartnero: false });
	}
	return keyAt(text, offset, options);
}

function keyAt(text: string, offset: number, options: RecognitionOptions): CustomerKeyMatch | undefined {
	const recogniser = new Recogniser(text, options);
	// No key goes over the end of a line, so that nothing else can cover the offset, or overlap what does.
	const from = lineEdge(text, offset, -1, 2 * MAX_KEY_LENGTH);
	const around = recogniser.between(from, lineEdge(text, offset, 1, MAX_KEY_LENGTH));
	const covering = settled(around).filter((match) => match.start <= offset && offset <= match.end);
	return covering.find((match) => offset < match.end) ?? covering[0];
}

/** The beginning (-1) or the end (1) of the line around an offset, but no further than so many units. */
function lineEdge(text: string, offset: number, direction: -1 | 1, most: number): number {
	let at = offset;
	for (let steps = 0; steps < most; steps += 1) {
		const next = direction < 0 ? at - 1 : at;
		if (next < 0 || next >= text.length || text.charCodeAt(next) === 10) {
			break;
		}
		at += direction;
	}
	return at;
}

class Recogniser {
	private readonly text: string;
	private readonly options: RecognitionOptions;
	private readonly vocabulary = new Vocabulary();
	private readonly spare: Spare;
	private isAbout: boolean | undefined;
	private header: CsvHeader | undefined | 'unread' = 'unread';

	constructor(text: string, options: RecognitionOptions) {
		this.text = text;
		this.options = options;
		this.isAbout = options.aboutPartnero;
		this.spare = options.spare ?? {};
	}

	/** What begins at one of these offsets, the last one included. */
	between(from: number, to: number): CustomerKeyMatch[] {
		return pagesAround(this.text, from, to).flatMap((page) =>
			this.page({ ...page, from: Math.max(page.from, from), to: Math.min(page.to, to + 1) }),
		);
	}

	page(page: Page): CustomerKeyMatch[] {
		const { languageId, knownKeys, patterns } = this.options;
		const about = () => this.about();
		const found: CustomerKeyMatch[] = structuralKeys({
			text: this.text,
			page,
			languageId,
			about,
			csv: () => this.csv(),
			vocabulary: this.vocabulary,
			spare: this.spare,
		});
		const known = knownKeys ?? new Set<string>();
		if (known.size > 0 || (patterns?.length ?? 0) > 0) {
			found.push(...wantedLiterals(this.text, { known, patterns: patterns ?? [], about }, page.from, page.to));
		}
		return found;
	}

	private about(): boolean {
		this.isAbout ??= aboutPartnero(this.text);
		return this.isAbout;
	}

	private csv(): CsvHeader | undefined {
		if (this.header === 'unread') {
			this.header = csvHeader(this.text, this.options.languageId);
		}
		return this.header;
	}
}

/** In order, without overlaps: a match goes when a stronger one overlaps it, whether or not that one stays. */
function settled(all: CustomerKeyMatch[]): CustomerKeyMatch[] {
	all.sort((a, b) => a.start - b.start || compareStrength(a, b));
	const found = all.filter((match, index) => {
		const before = all[index - 1];
		return before === undefined || before.start !== match.start || compareStrength(before, match) !== 0;
	});
	const kept: CustomerKeyMatch[] = [];
	found.forEach((match, index) => {
		let stays = true;
		for (let other = index - 1; other >= 0 && stays; other -= 1) {
			const before = found[other];
			if (before === undefined || before.start < match.start - MAX_KEY_LENGTH) {
				break;
			}
			stays = before.end <= match.start || compareStrength(match, before) < 0;
		}
		for (let other = index + 1; other < found.length && stays; other += 1) {
			const behind = found[other];
			if (behind === undefined || behind.start >= match.end) {
				break;
			}
			stays = compareStrength(match, behind) < 0;
		}
		if (stays) {
			kept.push(match);
		}
	});
	return kept;
}

/** Negative when the first is stronger: by role, then by where it begins, then by its length; never 0 for two that differ. */
function compareStrength(a: CustomerKeyMatch, b: CustomerKeyMatch): number {
	return STRENGTH.indexOf(a.role) - STRENGTH.indexOf(b.role) || a.start - b.start || b.end - a.end;
}
