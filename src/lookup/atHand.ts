// Customer keys that the user has at hand when the look-up opens: selected text and the clipboard. The clipboard may hold anything, an API
// key or a password among it, and what is offered is shown.
import * as vscode from 'vscode';
import { customerKeyProblem } from '../partnero/customerKey.ts';

/** Longer text without an `@` looks more like a token than like a key that somebody copied. */
const longestKey = 48;
const longestEmail = 254;
/** More keys than that were hardly copied to be looked up one by one. */
const mostKeys = 500;

export function selectedText(): string | undefined {
	const editor = vscode.window.activeTextEditor;
	return editor === undefined || editor.selection.isEmpty ? undefined : editor.document.getText(editor.selection);
}

/**
 * What is on the clipboard. Nothing in a browser: there VS Code would first ask the user for a permission, or complain that it has none, and
 * pasting is as near.
 */
export async function copiedText(): Promise<string> {
	return vscode.env.uiKind === vscode.UIKind.Desktop ? vscode.env.clipboard.readText() : '';
}

/** Longer text is no key with something around it. */
const longestPaste = 600;
/** White space and characters without a width, which spreadsheets and chats leave behind. */
const edges = /^[\s\u200B-\u200D\u2060]+|[\s\u200B-\u200D\u2060]+$/g;
/** The sign of a list item before its text. */
const bullet = /^(?:[-*•‣·–—]|\d{1,3}[.)])\s+/;
/** What the text behind it is: `customer: `, `"key": `, `customer_key = `. */
const label = /^["'`]?[\p{L}\p{N}_ -]{1,40}["'`]?\s*[:=](?:\s+|(?=["'`]))/u;
/** A quote on either side, also without its other half, where the text inside holds none. */
const quoted = /^["'`“”„‘’«»<]?([^"'`“”„‘’«»<>]+)["'`“”„‘’«»>]?$/;
/** How mail programs write an address. */
const mailbox = /^[^<>]*<([^<>\s]+@[^<>\s]+)>$/;

/**
 * The customer key or e-mail address in what people paste: without the white space, bullet, label (`customer: `), quotes, `<>` and the comma around
 * it. What is found in that again is the same.
 */
export function bareKey(pasted: string): string {
	let key = pasted.length > longestPaste ? pasted.trim() : pasted;
	for (let before: string | undefined; key !== before && key.length <= longestPaste; ) {
		before = key;
		key = before
			.replace(edges, '')
			.replace(/[,;]+$/, '')
			.replace(bullet, '')
			.replace(label, '')
			.replace(mailbox, '$1')
			.replace(quoted, '$1');
	}
	return key;
}

/** The text as one customer key, where it looks like one: one word, not too long, whatever stands around it. */
export function oneKey(text: string | undefined): string | undefined {
	const key = bareKey(text ?? '');
	const longest = key.includes('@') ? longestEmail : longestKey;
	return key.length > longest || /\s/.test(key) || customerKeyProblem(key) !== undefined ? undefined : key;
}

/** Several keys in one text. */
export interface KeyList {
	/** Each once, in the order of the text. */
	readonly keys: readonly string[];
	/** How many parts of the text are no keys: a heading, a name beside its key. */
	readonly leftOut: number;
}

/**
 * The text as a list of customer keys, one a line or separated by commas, semicolons or tabs. Undefined where it is no such list: at least half
 * of it has to look like keys.
 */
export function severalKeys(text: string | undefined): KeyList | undefined {
	return text === undefined ? undefined : listOf(text);
}

/**
 * The same for a text that was put into a box of one line, where line breaks have become spaces. `certain` where the text can hardly be one key:
 * with separators, or more than three words.
 */
export function typedKeys(text: string): (KeyList & { readonly certain: boolean }) | undefined {
	// A bullet or a label is a word of its own here.
	const words = text.split(/[\s,;]+/).filter((word) => !/[:=]$|^(?:[-*•‣·–—]|\d{1,3}[.)])$/.test(word));
	const list = listOf(words.join('\n'));
	return list && { ...list, certain: list.keys.length > 3 || /[,;\t]/.test(text) };
}

function listOf(text: string): KeyList | undefined {
	if (text.length > mostKeys * longestEmail) {
		return undefined;
	}
	const parts = text
		.split(/[\r\n,;\t]+/)
		.map(bareKey)
		.filter((part) => part !== '');
	const found = parts.filter((part) => oneKey(part) !== undefined);
	const keys = [...new Set(found)];
	const leftOut = parts.length - found.length;
	return keys.length > 1 && keys.length <= mostKeys && leftOut <= found.length ? { keys, leftOut } : undefined;
}
