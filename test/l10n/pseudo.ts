// A language that nobody speaks: each text in double brackets and with accents, so that a text without them on a screen was never translated.
import type { Texts } from './source.ts';

/** What VS Code calls the language. */
export const pseudoLanguage = 'qps-ploc';

const accents: Readonly<Record<string, string>> = { a: 'å', e: 'ë', i: 'ï', o: 'ø', u: 'ü', A: 'Å', E: 'Ë', I: 'Ï', O: 'Ø', U: 'Ü' };

/** Placeholders, links, code and icons mean something to VS Code and stay as they are. */
const untouched = /\{\w+\}|\]\([^)]*\)|`+[^`]*`+|\$\([\w~-]+\)/g;

/** One text in the pseudo language. */
export function pseudoText(text: string): string {
	let result = '';
	let end = 0;
	for (const match of text.matchAll(untouched)) {
		result += accented(text.slice(end, match.index)) + match[0];
		end = match.index + match[0].length;
	}
	// Each line by itself: a line that is a link alone is drawn as a button.
	return (result + accented(text.slice(end))).replace(/^.+$/gm, (line) =>
		line.startsWith('[') ? line.replace(/^\[(.*?)\]/, '[⟦$1⟧]') : `⟦${line}⟧`,
	);
}

/** All texts in the pseudo language. */
export function pseudoTexts(texts: Texts): Texts {
	return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudoText(text)]));
}

function accented(text: string): string {
	return text.replace(/[aeiou]/gi, (letter) => accents[letter] ?? letter);
}
