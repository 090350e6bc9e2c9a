// Text of others where VS Code reads more than text: `$(name)` becomes an icon in quick picks and the status bar, and `[text](command:…)` a
// link in notifications, progress titles and the messages of input boxes.

/** Keeps a text what it says: no icon and no link comes of it. An invisible space parts what would make one. */
export function inert(text: string): string {
	return text.replaceAll('$(', '$\u200b(').replaceAll('](', ']\u200b(');
}
