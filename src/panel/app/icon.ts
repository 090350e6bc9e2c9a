// Icons of VS Code's own font. The glyphs that the app uses are named in panel.css, one rule each.
import { html, type TemplateResult } from 'lit';

export type IconName =
	| 'account'
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
	return html`<span class="codicon codicon-${name} ${classes}" aria-hidden="true"></span>`;
}
