// The panel's HTML document and its content security policy: nothing but our own script and style, each by its nonce; no network, and no code that
// somebody else put in. Both stand in the document itself: each file that a webview asks for goes through the window and the extension's
// machine and back before anything is painted.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The browser's side of the panel, as it was built. */
export interface PanelApp {
	readonly script: string;
	readonly style: string;
}

export interface PanelDocument extends PanelApp {
	/** Language tag of the texts. */
	readonly language: string;
	readonly title: string;
	readonly nonce?: string;
}

/** Reads the app from the folder of the bundles. */
export function readPanelApp(dist: string): PanelApp {
	const read = (name: string) => readFileSync(path.join(dist, name), 'utf8');
	return { script: read('panel-app.js'), style: read('panel-app.css') };
}

/** The document that carries the app. Nothing of a customer but the title (the key) is in it; the rest travels in messages. */
export function panelDocument({ script, style, language, title, nonce = randomBytes(18).toString('base64') }: PanelDocument): string {
	const policy = [
		`default-src 'none'`,
		`script-src 'nonce-${nonce}'`,
		`style-src 'nonce-${nonce}'`,
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
<style nonce="${escapeHtml(nonce)}">${style}</style>
</head>
<body>
<div id="app"></div>
<script nonce="${escapeHtml(nonce)}">${script}</script>
</body>
</html>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
	return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
