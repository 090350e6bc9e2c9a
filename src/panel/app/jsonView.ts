// The customer as answered: indented JSON, coloured with the tokens that VS Code's debugger uses for values.
import { html, nothing, type TemplateResult } from 'lit';
import type { CustomerView } from '../protocol.ts';
import { banner, button } from './controls.ts';
import type { PanelModel } from './model.ts';

/** Colouring more than this costs more than it tells; it is shown plain. */
const mostColoured = 20_000;

export function jsonView(model: PanelModel, customer: CustomerView): TemplateResult {
	const { strings } = model;
	const { json, jsonCut } = customer;
	return html`<div class="json">
		${jsonCut ? banner('info', strings.json.cut, { actions: button(strings.actions.openJson, () => model.run('partnero.openJson'), { secondary: true }) }) : nothing}
		<pre tabindex="0" role="region" aria-label=${strings.json.label}><code dir="ltr">${json.length > mostColoured ? json : coloured(json)}</code></pre>
	</div>`;
}

/** A string that a colon follows, a string, a number, a word. */
const token = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g;

function coloured(json: string): unknown[] {
	const parts: unknown[] = [];
	let end = 0;
	for (const match of json.matchAll(token)) {
		const [text, string, colon = '', number] = match;
		parts.push(json.slice(end, match.index));
		end = match.index + text.length;
		if (string !== undefined) {
			parts.push(html`<span class=${colon === '' ? 'json-string' : 'json-name'}>${string}</span>${colon}`);
		} else {
			parts.push(html`<span class=${number === undefined ? 'json-word' : 'json-number'}>${text}</span>`);
		}
	}
	parts.push(json.slice(end));
	return parts;
}
