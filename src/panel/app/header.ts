// The head of the panel: who this is, in which program, and what can be done; under it what the user has to know first.
import { html, nothing, type TemplateResult } from 'lit';
import { exactUtc } from '../../format/dates.ts';
import { badge, banner, button, foreign, iconButton, moment } from './controls.ts';
import { icon } from './icon.ts';
import { fill, type PanelModel } from './model.ts';

export function headerView(model: PanelModel): TemplateResult {
	const { customer: message, strings, ref } = model;
	const customer = message?.customer;
	const title = customer?.name ?? customer?.email ?? ref.key;
	return html`<header class="header">
		<div class="header-who">
			<h1 title=${title}>${foreign(title)}</h1>
			<ul class="header-line">
				${
					title === ref.key
						? nothing
						: html`<li class="mono"><span class="visually-hidden">${strings.facts.key}: </span>${foreign(ref.key)}</li>`
				}
				${
					customer?.status === undefined
						? nothing
						: html`<li><span class="visually-hidden">${strings.facts.status}: </span>${badge(customer.status)}</li>`
				}
				${message?.program.connected ? programView(model) : nothing}
				${ageView(model)}
			</ul>
		</div>
		${message?.program.connected ? toolbarView(model) : nothing}
	</header>`;
}

function programView({ customer, strings }: PanelModel): TemplateResult {
	const sample = customer?.program.sample ? html` <span class="muted">(${strings.header.sample})</span>` : nothing;
	return html`<li><span class="muted">${strings.header.program}</span> ${foreign(customer?.program.name ?? '')}${sample}</li>`;
}

function ageView(model: PanelModel): unknown {
	const { customer, strings, dates, age } = model;
	if (customer?.loading) {
		return html`<li class="muted">${age === undefined ? strings.header.loading : strings.header.refreshing}</li>`;
	}
	return age === undefined ? nothing : html`<li class="muted">${fill(strings.header.updated, { age: dates.age(age) })}</li>`;
}

function toolbarView(model: PanelModel): TemplateResult {
	const { customer: message, strings } = model;
	const { actions } = strings;
	const customer = message?.customer;
	const pinned = message?.pinned ?? false;
	return html`<div class="toolbar" role="group" aria-label=${actions.label}>
		${iconButton('refresh', actions.refresh, () => model.refresh())}
		${pinned ? iconButton('pinned', actions.unpin, () => model.run('partnero.unpin')) : iconButton('pin', actions.pin, () => model.run('partnero.pin'))}
		${iconButton('copy', actions.copyKey, () => model.run('partnero.copyKey'))}
		${customer?.email === undefined ? nothing : iconButton('mail', actions.copyEmail, () => model.run('partnero.copyEmail'))}
		${iconButton('terminal', actions.copyAsCurl, () => model.run('partnero.copyAsCurl'))}
		${
			customer === undefined
				? nothing
				: html`${iconButton('json', actions.openJson, () => model.run('partnero.openJson'))}
				${iconButton('export', actions.export, () => model.run('partnero.exportTransactions'))}`
		}
		${
			model.list?.watched
				? iconButton('circle-slash', actions.unwatch, () => model.run('partnero.watchCustomer'))
				: iconButton('eye', actions.watch, () => model.run('partnero.watchCustomer'))
		}
	</div>`;
}

/** What the user has to know before reading on: deletion, old figures, a rejected key. */
export function bannersView(model: PanelModel): TemplateResult {
	return html`<div class="banners">${rejectedBanner(model)}${staleBanner(model)}${deletedBanner(model)}</div>`;
}

function rejectedBanner(model: PanelModel): unknown {
	const { customer: message, strings } = model;
	if (!message?.program.rejected) {
		return nothing;
	}
	return banner(
		'error',
		html`<strong>${fill(strings.states.rejectedTitle, { program: message.program.name })}</strong> ${strings.states.rejectedText}`,
		{ iconName: 'key', actions: button(strings.actions.replaceApiKey, () => model.run('partnero.replaceApiKey')) },
	);
}

function staleBanner(model: PanelModel): unknown {
	const { customer: message, strings, dates, age = 0 } = model;
	if (message?.error === undefined || message.program.rejected) {
		return nothing;
	}
	const needsKey = ['key-missing', 'origin-changed', 'key-rejected'].includes(message.error.kind);
	return banner(
		'warning',
		html`<strong>${fill(strings.states.stale, { age: dates.age(age) })}</strong> ${foreign(message.error.message)} ${waitView(model, 'customer')}`,
		{
			iconName: message.error.kind === 'rate-limited' ? 'watch' : 'warning',
			actions: needsKey
				? button(strings.actions.replaceApiKey, () => model.run('partnero.replaceApiKey'))
				: button(strings.actions.tryAgain, () => model.refresh(), { secondary: true }),
		},
	);
}

function deletedBanner({ customer: message, strings, dates }: PanelModel): unknown {
	const customer = message?.customer;
	if (customer === undefined || !(customer.deleted || customer.deletedAt !== undefined)) {
		return nothing;
	}
	const { deletedAt } = customer;
	if (deletedAt === undefined) {
		return banner('warning', html`<strong>${strings.states.deletedUndated}</strong>`, { iconName: 'trash' });
	}
	const [before, after] = strings.states.deleted.split('{date}');
	return banner('warning', html`<strong>${before}${moment(dates.dateTime(deletedAt), exactUtc(deletedAt), deletedAt)}${after}</strong>`, {
		iconName: 'trash',
	});
}

/** How long to wait until asking again is worth it, counting down. Not announced: a screen reader would say every second. */
export function waitView(model: PanelModel, of: 'customer' | 'list'): unknown {
	const seconds = model.secondsLeft(of);
	if (seconds === undefined) {
		return nothing;
	}
	const { states } = model.strings;
	return seconds > 0 && model.retriesByItself
		? html`<span class="wait">${icon('watch')} ${fill(states.retryIn, { seconds: model.amounts.count(seconds) })}</span>`
		: html`<span class="wait">${states.retryNow}</span>`;
}
