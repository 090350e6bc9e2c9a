// What the table shows: a text to look for, and behind a button the action, the kind, the dates and what is archived. Each is there only
// where it has something to choose from.
import { html, nothing, type TemplateResult } from 'lit';
import { iconButton } from './controls.ts';
import { icon } from './icon.ts';
import type { PanelModel } from './model.ts';

/** The filters; nothing where there is hardly a row to filter. */
export function filtersView(model: PanelModel): unknown {
	const { strings, ui, ledger } = model;
	if (ledger.rows.length < 2 && !model.isFiltered) {
		return nothing;
	}
	const { filter } = strings;
	const toggle = () => model.setUi({ moreFilters: !ui.moreFilters });
	return html`<search class="filters" aria-label=${filter.label}>
		<span class="filter-text">${icon('search')}<input
			class="input"
			type="search"
			aria-label=${filter.text}
			placeholder=${filter.placeholder}
			.value=${ui.filter.text}
			@input=${(event: Event) => model.setFilter({ text: enteredIn(event) })}
			@keydown=${(event: KeyboardEvent) => {
				if (event.key === 'Escape' && model.ui.filter.text !== '') {
					model.setFilter({ text: '' });
				}
			}}
		/></span>
		<button
			type="button"
			class="icon-button"
			role="switch"
			aria-checked=${ui.moreFilters ? 'true' : 'false'}
			title=${filter.more}
			@click=${toggle}
		>${icon('filter')}</button>
		${model.isFiltered ? iconButton('close', filter.clear, () => model.setFilter(undefined)) : nothing}
	</search>`;
}

/** The filters behind the button; nothing while they are closed. */
export function moreFiltersView(model: PanelModel): unknown {
	const { strings, ui, ledger } = model;
	if (!ui.moreFilters || (ledger.rows.length < 2 && !model.isFiltered)) {
		return nothing;
	}
	const { filter: texts } = strings;
	const { filter } = ui;
	const actions = [...ledger.actions.keys()].sort();
	const kinds = (['money', 'units', 'credit'] as const).filter((kind) => ledger.kinds.has(kind) || filter.kind === kind);
	return html`<div class="more-filters" role="group" aria-label=${texts.more}>
		${actions.length < 2 && filter.action === undefined ? nothing : actionSelect(model, actions)}
		${
			kinds.length < 2 && filter.kind === undefined
				? nothing
				: select(
						texts.kind,
						[{ value: '', name: texts.all }, ...kinds.map((kind) => ({ value: kind, name: texts[kind] }))],
						filter.kind ?? '',
						(value) => model.setFilter({ kind: kinds.find((kind) => kind === value) }),
					)
		}
		${dateField(texts.from, filter.from, (from) => model.setFilter({ from }))}
		${dateField(texts.to, filter.to, (to) => model.setFilter({ to }))}
		${
			ledger.archivedCount === 0 && filter.archived === 'shown'
				? nothing
				: select(
						texts.archived,
						[
							{ value: 'shown', name: texts.archivedShown },
							{ value: 'hidden', name: texts.archivedHidden },
							{ value: 'only', name: texts.archivedOnly },
						],
						filter.archived,
						(value) => model.setFilter({ archived: value === 'hidden' || value === 'only' ? value : 'shown' }),
					)
		}
	</div>`;
}

function actionSelect(model: PanelModel, actions: readonly string[]): TemplateResult {
	const { filter: texts } = model.strings;
	const { action } = model.ui.filter;
	// An action is any text, the empty one included: positions are told apart, not names.
	const options = [
		{ value: 'all', name: texts.all },
		...actions.map((name, index) => ({ value: String(index), name: name === '' ? texts.noAction : name })),
	];
	const selected = action === undefined ? 'all' : String(actions.indexOf(action));
	return select(texts.action, options, selected, (value) =>
		model.setFilter({ action: value === 'all' ? undefined : actions[Number(value)] }),
	);
}

interface Option {
	readonly value: string;
	readonly name: string;
}

/** A native select: it is what VS Code itself uses for settings, and screen readers know it best. */
function select(label: string, options: readonly Option[], selected: string, choose: (value: string) => void): TemplateResult {
	return html`<label class="field"><span>${label}</span>
		<select class="select" @change=${(event: Event) => choose(enteredIn(event))}>
			${options.map(({ value, name }) => html`<option value=${value} .selected=${value === selected}>${name}</option>`)}
		</select>
	</label>`;
}

function dateField(label: string, value: string, choose: (value: string) => void): TemplateResult {
	return html`<label class="field"><span>${label}</span>
		<input class="input" type="date" .value=${value} @change=${(event: Event) => choose(enteredIn(event))} />
	</label>`;
}

function enteredIn(event: Event): string {
	const { target } = event;
	return target !== null && 'value' in target && typeof target.value === 'string' ? target.value : '';
}
