// The panel's HTML document and its content security policy: nothing but our own script and style; no network, no inline code.
import { randomBytes } from 'node:crypto';

export interface PanelDocument {
	readonly scriptUri: string;
	readonly styleUri: string;
	/** Where the webview may load from, as VS Code names it. */
	readonly cspSource: string;
	/** Language tag of the texts. */
	readonly language: string;
	readonly title: string;
	readonly nonce?: string;
}

/** The document that carries the app. Nothing of a customer but the title (the key) is in it; the rest travels in messages. */
export function panelDocument({
	scriptUri,
	styleUri,
	cspSource,
	language,
	title,
	nonce = randomBytes(18).toString('base64'),
}: PanelDocument): string {
	const policy = [
		`default-src 'none'`,
		`script-src 'nonce-${nonce}'`,
		`style-src ${cspSource}`,
		`connect-src 'none'`,
		`img-src 'none'`,
		`base-uri 'none'`,
		`form-action 'none'`,
	].join('; ');
	return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${escapeHtml(styleUri)}">
</head>
<body>
<div id="app"></div>
<script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
