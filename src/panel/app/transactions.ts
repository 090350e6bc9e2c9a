// The section around the table: how much of it there is, the filters, the sums of what is shown, and how more is loaded.
import { html, nothing, type TemplateResult } from 'lit';
import type { UnitSum } from '../../format/totals.ts';
import { banner, button, foreign, iconButton, progressBar } from './controls.ts';
import { filtersView, moreFiltersView } from './filters.ts';
import { waitView } from './header.ts';
import { icon } from './icon.ts';
import { subRowCount } from './ledger.ts';
import { fill, type PanelModel } from './model.ts';
import { inStatusOrder, statusIcon, statusText } from './rewardStatus.ts';
import { notice, tableSkeleton } from './states.ts';
import './transactionTable.ts';

export function transactionsView(model: PanelModel, version: number): TemplateResult {
	const { strings, ledger, list } = model;
	const waiting = list === undefined || (list.age === undefined && list.error === undefined);
	return html`<section class="transactions" aria-labelledby="transactions-title">
		<div class="section-head">
			<h2 id="transactions-title">${strings.table.label}</h2>
			${waiting || ledger.rows.length === 0 ? nothing : html`<span class="muted count">${model.countText()}</span>`}
			${rewardsToggle(model)}
			${filtersView(model)}
		</div>
		${moreFiltersView(model)}${shownSums(model)}
		${waiting ? waitingView(model) : tableView(model, version)}
	</section>`;
}

function waitingView({ strings }: PanelModel): TemplateResult {
	return html`<p class="visually-hidden">${strings.table.loading}</p>${tableSkeleton()}`;
}

function rewardsToggle(model: PanelModel): unknown {
	const { strings, ledger } = model;
	const first = ledger.rows.length > 1 && ledger.rows.some((row) => subRowCount(row) > 0);
	if (!first) {
		return nothing;
	}
	return ledger.allOpened
		? iconButton('collapse-all', strings.table.collapseAll, () => model.openAll(false))
		: iconButton('expand-all', strings.table.expandAll, () => model.openAll(true));
}

/** Sums of what the filter shows; without a filter the summary has them. */
function shownSums(model: PanelModel): unknown {
	const { strings, ledger, amounts } = model;
	if (!model.isFiltered || ledger.shownCount === 0) {
		return nothing;
	}
	const { sales, credits, archived, rewards } = ledger.shownTotals;
	const value = (sum: UnitSum) => amounts.value(sum.value, sum.unit);
	const parts = [
		...sales.list().map((sum) => html`<span class="number">${value(sum)}</span>`),
		...credits.list().map((sum) => html`<span class="number">${value(sum)} ${strings.table.credit}</span>`),
		...inStatusOrder(rewards).map(([status, sums]) => {
			const title = fill(strings.labelled, { label: strings.summary.commissions, value: statusText(strings, status) });
			return html`<span class="status number" title=${title}>${icon(statusIcon(status), 'tinted')}<span class="visually-hidden">${title}</span>${sums.list().map(value).join(' + ')}</span>`;
		}),
		archived.count === 0 ? nothing : html`<span class="muted">${strings.table.archivedApart}</span>`,
	];
	return html`<p class="shown-sums"><span class="muted">${strings.table.shownSum}</span> ${parts}</p>`;
}

function tableView(model: PanelModel, version: number): TemplateResult {
	const { strings, ledger, list } = model;
	if (ledger.rows.length === 0) {
		return html`${list?.error === undefined ? emptyView(model) : failedView(model)}${unreadableView(model)}`;
	}
	const loadMore = () => loadMoreAtEnd(model);
	return html`${unreadableView(model)}
		${
			ledger.shownCount === 0
				? notice(
						'search',
						strings.table.noMatch,
						model.isComplete ? '' : strings.table.noMatchText,
						[button(strings.filter.clear, () => model.setFilter(undefined), { secondary: true })],
						3,
					)
				: html`<partnero-transactions .model=${model} .version=${version} @end-reached=${loadMore}></partnero-transactions>`
		}
		${footView(model)}`;
}

function emptyView({ strings, list }: PanelModel): unknown {
	return list?.complete ? notice('info', strings.table.none, strings.table.noneText, [], 3) : nothing;
}

function failedView(model: PanelModel): TemplateResult {
	const { strings, list } = model;
	return notice(
		list?.error?.kind === 'rate-limited' ? 'watch' : 'error',
		strings.table.failed,
		html`${list?.error?.message} ${waitView(model, 'list')}`,
		[button(strings.actions.tryAgain, () => model.refresh(), { secondary: true })],
		3,
	);
}

function unreadableView(model: PanelModel): unknown {
	const { strings, list } = model;
	const count = list?.unreadable ?? 0;
	return count === 0 ? nothing : banner('warning', model.counted(strings.table.unreadable, count));
}

/** What stands under the last row: nothing when every page is loaded. */
function footView(model: PanelModel): unknown {
	const { strings, list, ledger, amounts } = model;
	if (list === undefined || model.isComplete) {
		return nothing;
	}
	const { table, actions } = strings;
	if (list.loadingAll) {
		return html`<div class="foot progress" role="group" aria-label=${table.loadAll}>
			${progressBar(table.loading)}
			<span class="number">${fill(table.loadingAll, { count: amounts.count(ledger.rows.length) })}</span>
			${button(table.cancel, () => model.send({ type: 'cancelLoadAll' }), { secondary: true })}
		</div>`;
	}
	if (list.error !== undefined) {
		return banner('warning', html`<strong>${table.moreFailed}</strong> ${foreign(list.error.message)} ${waitView(model, 'list')}`, {
			actions: button(actions.tryAgain, () => model.send({ type: 'loadMore' }), { secondary: true }),
		});
	}
	if (list.loading || list.complete) {
		return html`<div class="foot">${progressBar(table.loading)}<span class="muted">${table.loading}</span></div>`;
	}
	return html`<div class="foot">
		${button(table.loadMore, () => model.send({ type: 'loadMore' }), { secondary: true })}
		${button(table.loadAll, () => model.send({ type: 'loadAll' }), { secondary: true })}
	</div>`;
}

/**
 * One more page because the user came to the end of what is loaded. Not while a filter hides rows: the end is near then without
 * anybody having gone there, and one page after the other would be asked for.
 */
export function loadMoreAtEnd(model: PanelModel): void {
	const { list } = model;
	if (list !== undefined && !list.complete && !list.loading && !list.loadingAll && list.error === undefined && !model.isFiltered) {
		model.send({ type: 'loadMore' });
	}
}
