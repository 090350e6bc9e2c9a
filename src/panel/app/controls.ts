// The few controls that every part of the panel uses: native elements, which panel.css makes look like VS Code's own.
import { html, nothing, type TemplateResult } from 'lit';
import { type IconName, icon } from './icon.ts';

/** A button with words on it. */
export function button(label: string, onClick: () => void, { secondary = false }: { readonly secondary?: boolean } = {}): TemplateResult {
	return html`<button type="button" class="button ${secondary ? 'secondary' : ''}" @click=${onClick}>${label}</button>`;
}

/** A button that is an icon; the label is its tooltip, and what a screen reader says. */
export function iconButton(name: IconName, label: string, onClick: () => void, classes = ''): TemplateResult {
	return html`<button type="button" class="icon-button ${classes}" title=${label} @click=${onClick}>${icon(name)}</button>`;
}

/** A short word that is set apart from the text around it. */
export function badge(text: string): TemplateResult {
	return html`<span class="badge">${foreign(text, 'clip')}</span>`;
}

/** That something goes on whose end is not known. */
export function progressBar(label: string): TemplateResult {
	return html`<div class="progress-bar" role="progressbar" aria-label=${label}></div>`;
}

/** Text of somebody else: kept from reordering or styling what stands around it. */
export function foreign(text: string, classes = ''): TemplateResult {
	return html`<bdi class=${classes}>${text}</bdi>`;
}

/** A moment in the user's words, with the exact one in its title. */
export function moment(text: string, exact: string, iso: string): TemplateResult {
	return html`<time datetime=${iso} title=${exact}>${text}</time>`;
}

/** A line across the page that something has to be known about; `actions` are what to do next. */
export function banner(
	kind: 'info' | 'warning' | 'error',
	content: unknown,
	{ iconName = kind, actions = nothing }: { readonly iconName?: IconName; readonly actions?: unknown } = {},
): TemplateResult {
	return html`<div class="banner ${kind}">
		${icon(iconName)}
		<div class="banner-text">${content}</div>
		<div class="banner-actions">${actions}</div>
	</div>`;
}
