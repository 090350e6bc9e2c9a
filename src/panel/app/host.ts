// The app's door to the extension host: typed messages out, checked messages in, and the state that VS Code keeps over a reload.
import type { PanelRef, ToApp, ToHost } from '../protocol.ts';
import { isToApp } from '../protocol.ts';
import { type Filter, newestFirst, type Sort } from './ledger.ts';

/** How the user set the panel up. `filter.text` is the user's own words; what Partnero answered is not in what is saved of it. */
export interface UiState {
	readonly tab: 'overview' | 'json';
	readonly sort: Sort;
	readonly filter: Filter;
	readonly moreFilters: boolean;
	readonly chartOpen: boolean;
	readonly chartUnit?: string;
	readonly allOpened: boolean;
	/** Pixels. */
	readonly scroll: number;
}

export interface Host {
	post(message: ToHost): void;
	listen(listener: (message: ToApp) => void): void;
	readUiState(): UiState;
	saveUiState(ref: PanelRef, state: UiState): void;
}

/** Connects to the webview's VS Code. May be called once per page. */
export function connectHost(): Host {
	const api = acquireVsCodeApi();
	return {
		post: (message) => {
			api.postMessage(message);
		},
		listen: (listener) => {
			window.addEventListener('message', (event: MessageEvent<unknown>) => {
				if (isToApp(event.data)) {
					listener(event.data);
				}
			});
		},
		readUiState: () => uiStateOf(api.getState()),
		saveUiState: (ref, state) => {
			// VS Code writes it to disk, so what is chosen from Partnero's own words (an action, a unit) stays behind.
			const { chartUnit: _unit, ...ui } = state;
			const { action: _action, ...filter } = state.filter;
			api.setState({ programId: ref.programId, key: ref.key, ui: { ...ui, filter } });
		},
	};
}

/** The state as far as it is one: an older version of the extension may have written it. */
function uiStateOf(stored: unknown): UiState {
	const ui = record(record(stored).ui);
	const sort = record(ui.sort);
	const filter = record(ui.filter);
	const column = (['date', 'action', 'key', 'amount'] as const).find((name) => name === sort.column);
	const kind = (['money', 'units', 'credit'] as const).find((name) => name === filter.kind);
	return {
		tab: ui.tab === 'json' ? 'json' : 'overview',
		sort: column === undefined ? newestFirst : { column, descending: sort.descending === true },
		filter: {
			text: text(filter.text),
			...(typeof filter.action === 'string' ? { action: filter.action } : {}),
			...(kind === undefined ? {} : { kind }),
			from: day(filter.from),
			to: day(filter.to),
			archived: filter.archived === 'hidden' || filter.archived === 'only' ? filter.archived : 'shown',
		},
		moreFilters: ui.moreFilters === true,
		chartOpen: ui.chartOpen !== false,
		...(typeof ui.chartUnit === 'string' ? { chartUnit: ui.chartUnit } : {}),
		allOpened: ui.allOpened === true,
		scroll: typeof ui.scroll === 'number' && ui.scroll > 0 ? ui.scroll : 0,
	};
}

function record(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

function text(value: unknown): string {
	return typeof value === 'string' ? value : '';
}

function day(value: unknown): string {
	return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : '';
}
