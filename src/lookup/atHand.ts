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

/** The text as one customer key, where it looks like one: one word, not too long. */
export function oneKey(text: string | undefined): string | undefined {
	const key = text?.trim() ?? '';
	const longest = key.includes('@') ? longestEmail : longestKey;
	return key.length > longest || /\s/.test(key) || customerKeyProblem(key) !== undefined ? undefined : key;
}

/** The text as a list of customer keys, one a line or separated by commas, semicolons or tabs; undefined where it is no such list. */
export function severalKeys(text: string | undefined): readonly string[] | undefined {
	if (text === undefined || text.length > mostKeys * longestEmail) {
		return undefined;
	}
	const parts = text
		.split(/[\r\n,;\t]+/)
		.map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
		.filter((part) => part !== '');
	const keys = [...new Set(parts)];
	const all = keys.every((key) => oneKey(key) !== undefined);
	return all && keys.length > 1 && keys.length <= mostKeys ? keys : undefined;
}
