// Text of others inside Markdown that VS Code renders.

/**
 * Makes text stay text: no emphasis, link, autolink, image, code, table, HTML, entity, theme icon or command of it takes effect. Expects one
 * line (see `singleLine`). A backslash before any ASCII punctuation character stands for that character (CommonMark 2.4).
 */
export function escapeMarkdown(line: string): string {
	return line.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/**
 * The text as code, where a backslash of `escapeMarkdown` would be seen: VS Code shows some Markdown as plain text and leaves those in. Nothing in
 * code takes effect (CommonMark 6.1). Expects one line (see `singleLine`).
 */
export function markdownCode(line: string): string {
	const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
	const fence = '`'.repeat(longest + 1);
	return `${fence} ${line} ${fence}`;
}
