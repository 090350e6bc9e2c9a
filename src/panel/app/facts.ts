// The customer's own fields, those that we do not know among them: nothing that Partnero answered is dropped.
import { html, nothing, type TemplateResult } from 'lit';
import { exactUtc } from '../../format/dates.ts';
import type { CustomerView } from '../protocol.ts';
import { badge, foreign, iconButton, moment } from './controls.ts';
import { fill, type PanelModel } from './model.ts';

export function factsView(model: PanelModel, customer: CustomerView): TemplateResult {
	const { strings } = model;
	const { facts } = strings;
	return html`<section class="facts" aria-labelledby="facts-title">
		<h2 id="facts-title">${facts.label}</h2>
		<dl>
			${textFact(model, customer.kind === 'referral' ? facts.id : facts.key, customer.key, 'mono')}
			${textFact(model, facts.referralCode, customer.referralCode, 'mono')}
			${textFact(model, facts.name, customer.name)}
			${textFact(model, facts.email, customer.email)}
			${textFact(model, facts.status, customer.status)}
			${partnerFact(model, customer)}
			${fact(facts.tags, customer.tags.length === 0 ? html`<span class="muted">${facts.none}</span>` : tagsView(customer.tags))}
			${dateFact(model, facts.created, customer.createdAt)}
			${dateFact(model, facts.updated, customer.updatedAt)}
			${dateFact(model, facts.deleted, customer.deletedAt)}
			${customer.fields.map((field) => textFact(model, field.name, field.value, 'own-name'))}
		</dl>
	</section>`;
}

function partnerFact(model: PanelModel, customer: CustomerView): unknown {
	const { facts } = model.strings;
	if (customer.kind === 'affiliate') {
		return textFact(model, facts.partner, customer.partner, 'mono');
	}
	const by = customer.referringCustomer;
	return textFact(model, facts.referredBy, by?.email ?? by?.id ?? by?.key, 'mono');
}

function textFact(model: PanelModel, name: string, value: string | undefined, classes = ''): unknown {
	if (value === undefined) {
		return nothing;
	}
	const copyLabel = fill(model.strings.facts.copy, { name });
	const copy = () => model.send({ type: 'copyText', text: value });
	return fact(
		name,
		html`<span class="fact-value" title=${value.length > 60 ? value : nothing}>${foreign(value, classes)}</span>${iconButton('copy', copyLabel, copy, 'on-hover')}`,
		classes === 'own-name',
	);
}

function dateFact({ dates }: PanelModel, name: string, iso: string | undefined): unknown {
	return iso === undefined ? nothing : fact(name, moment(dates.dateTime(iso), exactUtc(iso), iso));
}

function fact(name: string, value: unknown, ownName = false): TemplateResult {
	return html`<div class="fact"><dt class=${ownName ? 'mono' : ''}>${foreign(name)}</dt><dd>${value}</dd></div>`;
}

function tagsView(tags: readonly string[]): TemplateResult {
	return html`<ul class="tags">${tags.map((tag) => html`<li>${badge(tag)}</li>`)}</ul>`;
}
