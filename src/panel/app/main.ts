// The detail panel's app. One element draws everything from the model; what changes often (the rows on the screen) draws itself.
import './panel.css';
import { html, LitElement, nothing, render, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { CustomerView } from '../protocol.ts';
import { chartView } from './chart.ts';
import { factsView } from './facts.ts';
import { bannersView, headerView } from './header.ts';
import { connectHost } from './host.ts';
import { jsonView } from './jsonView.ts';
import { PanelModel } from './model.ts';
import { stateView } from './states.ts';
import { summaryView } from './summary.ts';
import { loadMoreAtEnd, transactionsView } from './transactions.ts';

const second = 1000;
const ageShownEvery = 30;
/** Loading more begins that far above the end, in pixels. */
const nearEnd = 400;

class PanelApp extends LitElement {
	static override properties = { version: { state: true }, width: { state: true } };

	/** Goes up with every change of the model. */
	declare version: number;
	declare width: number;

	readonly #model: PanelModel;
	#seconds = 0;
	#clock: ReturnType<typeof setInterval> | undefined;
	#scrollRestored = false;
	#scrollSaved: ReturnType<typeof setTimeout> | undefined;
	/** The column that the chart is in; it is another element after every state without a customer. */
	#column: Element | null = null;
	readonly #resized = new ResizeObserver(([entry]) => {
		this.width = Math.max(120, Math.floor(entry?.contentRect.width ?? this.width));
	});
	readonly #onScroll = () => this.#followScroll();
	readonly #onKey = (event: KeyboardEvent) => this.#find(event);

	constructor() {
		super();
		this.version = 0;
		this.width = 600;
		this.#model = new PanelModel({
			host: connectHost(),
			now: () => performance.now(),
			changed: () => {
				this.version += 1;
			},
		});
	}

	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#clock = setInterval(() => this.#tick(), second);
		window.addEventListener('scroll', this.#onScroll, { passive: true });
		document.addEventListener('visibilitychange', this.#onScroll);
		window.addEventListener('keydown', this.#onKey);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#resized.disconnect();
		clearInterval(this.#clock);
		window.removeEventListener('scroll', this.#onScroll);
		document.removeEventListener('visibilitychange', this.#onScroll);
		window.removeEventListener('keydown', this.#onKey);
	}

	protected override render(): unknown {
		const model = this.#model;
		if (!model.isReady) {
			return nothing;
		}
		const state = stateView(model);
		const customer = model.customer?.customer;
		return html`${headerView(model)}
			<main>${state === undefined && customer !== undefined ? html`${bannersView(model)}${this.#customerView(customer)}` : state}</main>
			<div class="visually-hidden" role="status">${model.announcement}</div>`;
	}

	protected override updated(): void {
		const column = this.querySelector('.overview-main');
		if (column !== this.#column) {
			this.#column = column;
			this.#resized.disconnect();
			if (column !== null) {
				this.#resized.observe(column);
			}
		}
		this.#restoreScroll();
	}

	#customerView(customer: CustomerView): TemplateResult {
		const model = this.#model;
		const { tab } = model.ui;
		return html`${this.#tabsView()}
			<div id="panel-overview" role="tabpanel" aria-labelledby="tab-overview" ?hidden=${tab !== 'overview'}>
				<div class="overview">
					<div class="overview-main">
						${summaryView(model, customer)}
						${guard([model.timeline, model.ledger.rows.length, model.list?.epoch, model.ui.chartUnit, this.width], () => chartView(model, this.width))}
					</div>
					${guard([customer], () => factsView(model, customer))}
				</div>
				${transactionsView(model, this.version)}
			</div>
			<div id="panel-json" role="tabpanel" aria-labelledby="tab-json" ?hidden=${tab !== 'json'}>
				${tab === 'json' ? guard([customer.json], () => jsonView(model, customer)) : nothing}
			</div>`;
	}

	#tabsView(): TemplateResult {
		const model = this.#model;
		const names = ['overview', 'json'] as const;
		const choose = (name: (typeof names)[number]) => {
			const { scroll } = model.ui;
			model.setUi({ tab: name });
			// Each tab has a place of its own: JSON begins at its top, the overview is where it was left.
			requestAnimationFrame(() => window.scrollTo({ top: name === 'overview' ? scroll : 0, behavior: 'instant' }));
		};
		const onKey = (event: KeyboardEvent) => {
			if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
				event.preventDefault();
				const next = model.ui.tab === 'overview' ? 'json' : 'overview';
				choose(next);
				this.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
			}
		};
		return html`<div class="tabs" role="tablist" aria-label=${model.strings.tabs.label} @keydown=${onKey}>
			${names.map(
				(name) => html`<button
					type="button"
					role="tab"
					id="tab-${name}"
					class="tab"
					aria-selected=${model.ui.tab === name ? 'true' : 'false'}
					aria-controls="panel-${name}"
					tabindex=${model.ui.tab === name ? 0 : -1}
					@click=${() => choose(name)}
				>${model.strings.tabs[name]}</button>`,
			)}
		</div>`;
	}

	/** Ctrl+F goes to the filter: it looks through all rows, where a search of the page would see those on the screen alone. */
	#find(event: KeyboardEvent): void {
		const field = this.querySelector<HTMLElement>('.filter-text input');
		if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'f' && field?.offsetParent) {
			event.preventDefault();
			field.focus();
		}
	}

	#tick(): void {
		const model = this.#model;
		if (!model.isReady) {
			model.sayReady();
			return;
		}
		this.#seconds += 1;
		const waits = model.secondsLeft('customer') !== undefined || model.secondsLeft('list') !== undefined;
		if (waits) {
			model.tick();
		}
		if (waits || this.#seconds % ageShownEvery === 0) {
			this.version += 1;
		}
	}

	#followScroll(): void {
		const model = this.#model;
		if (!this.#scrollRestored || !model.isReady || model.ui.tab !== 'overview') {
			return;
		}
		model.keepScroll(window.scrollY);
		clearTimeout(this.#scrollSaved);
		this.#scrollSaved = setTimeout(() => model.save(), 200);
		if (window.scrollY > 0 && window.innerHeight + window.scrollY > document.documentElement.scrollHeight - nearEnd) {
			loadMoreAtEnd(model);
		}
	}

	/** Goes back to where the user was, once as much is there again as there was then. */
	#restoreScroll(): void {
		const model = this.#model;
		if (this.#scrollRestored || !model.isReady || model.list === undefined) {
			return;
		}
		const { scroll } = model.ui;
		const enough = document.documentElement.scrollHeight - window.innerHeight >= scroll;
		const all = model.ledger.rows.length > 0 && model.ledger.rows.length === model.list.loaded;
		if (scroll === 0 || enough || all) {
			this.#scrollRestored = true;
			requestAnimationFrame(() => window.scrollTo({ top: scroll, behavior: 'instant' }));
		}
	}
}

customElements.define('partnero-panel', PanelApp);

const place = document.getElementById('app');
if (place !== null) {
	render(html`<partnero-panel></partnero-panel>`, place);
}
