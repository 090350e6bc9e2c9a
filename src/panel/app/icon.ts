// Icons of VS Code. Their outlines are in icons.css, one rule each; an icon is a single element, because a table has many.
import './icons.css';
import { html, type TemplateResult } from 'lit';

export type IconName =
	| 'archive'
	| 'arrow-down'
	| 'arrow-up'
	| 'check'
	| 'chevron-down'
	| 'chevron-right'
	| 'circle-slash'
	| 'close'
	| 'collapse-all'
	| 'copy'
	| 'debug-disconnect'
	| 'error'
	| 'expand-all'
	| 'export'
	| 'eye'
	| 'filter'
	| 'history'
	| 'info'
	| 'json'
	| 'key'
	| 'mail'
	| 'pin'
	| 'pinned'
	| 'question'
	| 'refresh'
	| 'search'
	| 'terminal'
	| 'trash'
	| 'warning'
	| 'watch';

/** An icon that says nothing to a screen reader: the text beside it does. */
export function icon(name: IconName, classes = ''): TemplateResult {
	return html`<span class="icon icon-${name} ${classes}" aria-hidden="true"></span>`;
}
