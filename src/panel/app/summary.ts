// The answer to the user's question at a glance: who referred this customer, did sales land, what was taken back, what was earned.
import { html, nothing, type TemplateResult } from 'lit';
import type { UnitSum, UnitSums } from '../../format/totals.ts';
import type { CustomerView } from '../protocol.ts';
import { foreign } from './controls.ts';
import { icon } from './icon.ts';
import { fill, type PanelModel } from './model.ts';
import { inStatusOrder, statusIcon, statusText } from './rewardStatus.ts';

export function summaryView(model: PanelModel, customer: CustomerView): TemplateResult {
	const { strings, ledger } = model;
	const { summary } = strings;
	const { totals } = ledger;
	const onlySales = [...totals.actions.keys()].every((action) => action === 'sale' || action === '');
	const list = model.list;
	const waiting = list?.age === undefined && list?.error === undefined;
	return html`<section class="summary" aria-labelledby="summary-title" aria-busy=${waiting}>
		<h2 id="summary-title">${summary.label}</h2>
		<p><span class="summary-scope muted">${scopeText(model)}</span> ${loadAllLink(model)}</p>
		<div class="cards">
			${attributionCard(model, customer)}
			${
				list?.age === undefined
					? waiting
						? waitingCards()
						: unknownCards(model)
					: html`
				${sumsCard(model, onlySales ? summary.sales : summary.transactions, totals.sales)}
				${commissionsCard(model)}
				${totals.archived.count === 0 ? nothing : sumsCard(model, summary.archived, totals.archived)}
				${totals.credits.count === 0 ? nothing : sumsCard(model, summary.credits, totals.credits)}`
			}
		</div>
	</section>`;
}

/** The way from sums of a part to totals; nothing where all is loaded, or is being loaded. */
function loadAllLink(model: PanelModel): unknown {
	const { list, strings } = model;
	if (
		list === undefined ||
		list.complete ||
		list.loading ||
		list.loadingAll ||
		list.error !== undefined ||
		model.ledger.rows.length === 0
	) {
		return nothing;
	}
	return html`<button type="button" class="link" @click=${() => model.send({ type: 'loadAll' })}>${strings.summary.loadAll}</button>`;
}

/** What the sums are of: totals only when nothing is missing. */
function scopeText(model: PanelModel): string {
	const { summary } = model.strings;
	if (model.isComplete) {
		return summary.total;
	}
	const count = model.ledger.rows.length;
	return count === 0 ? '' : fill(summary.ofLoaded, { count: model.amounts.count(count) });
}

function attributionCard({ strings }: PanelModel, customer: CustomerView): TemplateResult {
	const { summary } = strings;
	const by = customer.referringCustomer;
	const referrer = customer.partner ?? by?.email ?? by?.id ?? by?.key;
	if (referrer === undefined) {
		return card(summary.referredBy, html`<p class="figure">${summary.notReferred}</p><p class="muted">${summary.notReferredText}</p>`);
	}
	const role = customer.partner === undefined ? summary.customer : summary.partner;
	return customer.partnerName === undefined
		? card(summary.referredBy, html`<p class="figure clip" title=${referrer}>${foreign(referrer)}</p><p class="muted">${role}</p>`)
		: card(
				summary.referredBy,
				html`<p class="figure clip" title=${customer.partnerName}>${foreign(customer.partnerName)}</p><p class="muted clip mono">${foreign(referrer)}</p>`,
			);
}

function sumsCard(model: PanelModel, label: string, sums: UnitSums): TemplateResult {
	const { summary, table } = model.strings;
	const list = sums.list();
	const countText = model.counted(table.count, sums.count);
	const missing = sums.withoutAmount === 0 ? '' : ` · ${model.counted(summary.withoutAmount, sums.withoutAmount)}`;
	return card(
		label,
		html`${list.length === 0 ? html`<p class="figure">${summary.none}</p>` : list.map((sum) => figure(model, sum))}
		<p class="muted">${countText}${missing}</p>`,
	);
}

function commissionsCard(model: PanelModel): TemplateResult {
	const { strings, ledger, amounts } = model;
	const { totals } = ledger;
	const line = (status: unknown, sums: UnitSums) => html`<li>
		<span class="status">${status}</span>
		<span class="number">${sums.list().map((sum) => html`<bdi>${amounts.value(sum.value, sum.unit)}</bdi>`)}</span>
	</li>`;
	const lines = inStatusOrder(totals.rewards).map(([status, sums]) =>
		line(html`${icon(statusIcon(status), 'tinted')} ${foreign(statusText(strings, status), 'clip')}`, sums),
	);
	const credits = totals.rewardCredits.count === 0 ? [] : [line(strings.summary.rewardCredits, totals.rewardCredits)];
	const all = [...lines, ...credits];
	return card(
		strings.summary.commissions,
		all.length === 0 ? html`<p class="figure">${strings.summary.none}</p>` : html`<ul class="by-status">${all}</ul>`,
		'broad',
	);
}

function figure({ amounts }: PanelModel, sum: UnitSum): TemplateResult {
	const text = amounts.value(sum.value, sum.unit);
	return html`<p class="figure number" title=${text}><bdi>${text}</bdi></p>`;
}

function card(label: string, content: unknown, classes = ''): TemplateResult {
	return html`<div class="card ${classes}"><h3>${label}</h3>${content}</div>`;
}

/** Nothing is known of the transactions: a sum of nothing would say that there are none. */
function unknownCards({ strings: { summary } }: PanelModel): TemplateResult[] {
	return [summary.sales, summary.commissions].map((label) => card(label, html`<p class="figure muted">${summary.unknown}</p>`));
}

function waitingCards(): TemplateResult[] {
	return [1, 2].map(
		() => html`<div class="card" aria-hidden="true"><div class="bone line-bone"></div><div class="bone line-bone short"></div></div>`,
	);
}
