// Icons of VS Code.
import { html, type TemplateResult } from 'lit';
import { glyphs } from './glyphs.ts';

export type IconName = keyof typeof glyphs;

/** Drawn on a grid of 24, unlike the others. */
const largeGrid: ReadonlySet<IconName> = new Set(['terminal']);

/** An icon that says nothing to a screen reader: the text beside it does. */
export function icon(name: IconName, classes = ''): TemplateResult {
	return html`<svg class="icon icon-${name} ${classes}" viewBox=${largeGrid.has(name) ? '0 0 24 24' : '0 0 16 16'} width="16" height="16" fill="currentColor" aria-hidden="true"><path d=${glyphs[name]} /></svg>`;
}
