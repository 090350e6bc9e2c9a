// Text of others inside Markdown that VS Code renders.

/**
 * Makes text stay text: no emphasis, link, autolink, image, code, table, HTML, entity, theme icon or command of it takes effect. Expects one
 * line (see `singleLine`). A backslash before any ASCII punctuation character stands for that character (CommonMark 2.4).
 */
export function escapeMarkdown(line: string): string {
	return line.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
