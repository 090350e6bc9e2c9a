// Text of others inside labels that VS Code reads for icons: quick pick, status bar.

/** Makes `$(name)` in a text stay text: where VS Code renders icons, it would become one. */
export function iconless(text: string): string {
	return text.replaceAll('$(', '$\u200b(');
}
