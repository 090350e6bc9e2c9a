// The transactions as a tree grid. Only the rows on the screen are in the document: all rows are equally high, so which ones those are is a
// division. (A general virtualiser measures every row and moves the focus with the node; neither is wanted here.) The focus stays on
// the grid, as in VS Code's own lists, and `aria-activedescendant` says where it is, so scrolling can take no focus away.
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { exactUtc } from '../../format/dates.ts';
import { type UnitSum, UnitSums } from '../../format/totals.ts';
import type { RewardView, TransactionView } from '../protocol.ts';
import { icon } from './icon.ts';
import { type Item, type SortColumn, type SubRow, subRowCount, subRows } from './ledger.ts';
import { fill, type PanelModel } from './model.ts';
import { statusesOf, statusIcon, statusText } from './rewardStatus.ts';

const columns = ['date', 'action', 'key', 'amount', 'commission', 'status'] as const;
type Column = (typeof columns)[number];
const sortable: ReadonlySet<Column> = new Set<SortColumn>(['date', 'action', 'key', 'amount']);

/** Rows above and below the screen, so that a fast wheel finds them drawn. */
const overscan = 4;
/** The panel is narrower than this, in font sizes: two lines a row. The style sheet's columns need as much. */
const narrowWidth = 56;
const headerLine = -1;
/** Of the machine that shows the panel; the extension may run on another. */
const isMac = navigator.platform.startsWith('Mac');
const macCopyKeys = { copy: '⌘C', copyJson: '⇧⌘C' };

/** A place in the grid; a line is found again by its transaction when the order changes. */
interface Place {
	readonly line: number;
	readonly column: number;
	readonly id?: string;
	readonly sub?: number;
}

interface CellText {
	readonly text: string;
	readonly view: unknown;
}

export class TransactionTable extends LitElement {
	static override properties = { model: { attribute: false }, version: { attribute: false } };

	declare model: PanelModel;
	/** Goes up with every change of the model. */
	declare version: number;

	#active: Place | undefined;
	#first = 0;
	#last = 0;
	#rowHeight = 24;
	#narrow = false;
	#drawnVersion = -1;
	#resized = new ResizeObserver(() => this.#measure());
	readonly #onScroll = () => this.#followScroll();

	/** Its content is in the page itself, where the page's styles and the grid's ids are. */
	protected override createRenderRoot(): HTMLElement {
		return this;
	}

	override connectedCallback(): void {
		super.connectedCallback();
		this.#resized.observe(this);
		window.addEventListener('scroll', this.#onScroll, { passive: true });
		window.addEventListener('resize', this.#onScroll);
	}

	override disconnectedCallback(): void {
		super.disconnectedCallback();
		this.#resized.disconnect();
		window.removeEventListener('scroll', this.#onScroll);
		window.removeEventListener('resize', this.#onScroll);
	}

	protected override willUpdate(): void {
		const { ledger } = this.model;
		if (ledger.version !== this.#drawnVersion) {
			this.#drawnVersion = ledger.version;
			this.#findActive();
		}
		this.#place();
	}

	protected override updated(changed: PropertyValues): void {
		super.updated(changed);
		const body = this.querySelector<HTMLElement>('.body');
		body?.style.setProperty('height', `${this.model.ledger.lineCount * this.#rowHeight}px`);
		body?.style.setProperty('padding-top', `${this.#first * this.#rowHeight}px`);
		this.style.setProperty('--row', `${this.#rowHeight}px`);
	}

	protected override render(): TemplateResult {
		const { strings, ledger, list } = this.model;
		const active = this.#active;
		const activeDrawn = active !== undefined && (active.line === headerLine || (active.line >= this.#first && active.line < this.#last));
		return html`<div
			role="treegrid"
			class="grid ${this.#narrow ? 'narrow' : ''}"
			tabindex="0"
			aria-label=${strings.table.label}
			aria-describedby="grid-help"
			aria-rowcount=${ledger.lineCount + 1}
			aria-colcount=${columns.length}
			aria-busy=${list?.loading ? 'true' : 'false'}
			aria-activedescendant=${activeDrawn ? cellId(active.line, active.column) : nothing}
			@keydown=${this.#onKey}
			@focus=${this.#onFocus}
			@click=${this.#onClick}
			@dblclick=${this.#onDoubleClick}
		>
			<div role="rowgroup" class="head">
				<div role="row" class="row" aria-rowindex="1">${columns.map((column, index) => this.#headerCell(column, index))}</div>
			</div>
			<div role="rowgroup" class="body">${repeat(
				this.#lines(),
				(line) => line,
				(line) => this.#row(line),
			)}</div>
		</div>
		<p id="grid-help" class="visually-hidden">${fill(strings.table.help, isMac ? macCopyKeys : strings.table.copyKeys)}</p>`;
	}

	#headerCell(column: Column, index: number): TemplateResult {
		const { strings, ledger } = this.model;
		const { sort } = ledger;
		const sorted = sort.column === column;
		const active = this.#active?.line === headerLine && this.#active.column === index;
		const name = strings.table[column];
		return html`<div
			role="columnheader"
			id=${cellId(headerLine, index)}
			class="cell ${column} ${active ? 'active' : ''} ${sortable.has(column) ? 'sortable' : ''}"
			aria-colindex=${index + 1}
			aria-sort=${sorted ? (sort.descending ? 'descending' : 'ascending') : nothing}
			title=${sortable.has(column) ? fill(strings.table.sortBy, { name }) : name}
			data-line=${headerLine}
			data-column=${index}
		><span class="clip">${name}</span>${sorted ? icon(sort.descending ? 'arrow-down' : 'arrow-up') : nothing}</div>`;
	}

	/** The lines on the screen. Each keeps its nodes while it stays there, so that scrolling draws the new ones alone. */
	#lines(): number[] {
		return Array.from({ length: Math.max(0, this.#last - this.#first) }, (_, index) => this.#first + index);
	}

	#row(line: number): unknown {
		const { ledger } = this.model;
		const item = ledger.lineAt(line);
		if (item === undefined) {
			return nothing;
		}
		const { transaction, sub } = item;
		const isActive = this.#active?.line === line;
		const canOpen = sub < 0 && subRowCount(transaction) > 0;
		const open = canOpen && ledger.isOpened(transaction);
		const below = sub < 0 ? undefined : subRows(transaction)[sub];
		const archived = below === undefined ? transaction.deletedAt : below.type === 'reward' ? below.reward.deletedAt : undefined;
		return html`<div
			role="row"
			class="row ${below === undefined ? 'transaction' : `sub sub-${below.type}`} ${archived === undefined ? '' : 'archived'} ${isActive ? 'active-row' : ''}"
			aria-rowindex=${line + 2}
			aria-level=${sub < 0 ? 1 : 2}
			aria-expanded=${canOpen ? String(open) : nothing}
		>${columns.map((column, index) => {
			const { text, view } = below === undefined ? this.#transactionCell(transaction, column) : this.#subCell(below, column);
			const isActiveCell = isActive && this.#active?.column === index;
			return html`<div
				role="gridcell"
				id=${cellId(line, index)}
				class="cell ${column} ${isActiveCell ? 'active' : ''}"
				aria-colindex=${index + 1}
				data-line=${line}
				data-column=${index}
			>${index === 0 ? twistie(canOpen, open) : nothing}${text === '' ? nothing : html`<bdi class="clip" title=${text}>${view}</bdi>`}${
				isActive && sub < 0 && index === columns.length - 1 ? this.#copyButton() : nothing
			}</div>`;
		})}</div>`;
	}

	/** For the mouse, on the active row; the keyboard has a key for it. */
	#copyButton(): TemplateResult {
		return html`<span class="row-copy" title=${this.model.strings.table.copyRow} aria-hidden="true">${icon('copy')}</span>`;
	}

	#transactionCell(row: TransactionView, column: Column): CellText {
		const { strings, amounts } = this.model;
		switch (column) {
			case 'date':
				return this.#date(row.createdAt);
			case 'action':
				return this.#action(row.action, row.deletedAt, row.arrived);
			case 'key':
				return plain(row.key ?? '');
			case 'amount': {
				const amount = amounts.amount(row);
				return amount === undefined || !row.credit ? plain(amount ?? '') : plain(`${amount} ${strings.table.credit}`);
			}
			case 'commission':
				return plain(this.#commission(row).join(' + '));
			case 'status':
				return this.#statuses(statusesOf(row));
		}
	}

	#subCell(row: SubRow, column: Column): CellText {
		const { table } = this.model.strings;
		if (row.type === 'reward') {
			return this.#rewardCell(row.reward, column);
		}
		if (column === 'action') {
			return plain(row.type === 'partner' ? table.partner : row.field.name);
		}
		return plain(column !== 'key' ? '' : row.type === 'partner' ? row.value : row.field.value);
	}

	#rewardCell(reward: RewardView, column: Column): CellText {
		const { strings, amounts } = this.model;
		switch (column) {
			case 'date':
				return this.#date(reward.createdAt);
			case 'action':
				return this.#action(strings.table.reward, reward.deletedAt);
			case 'key':
				return plain(reward.key ?? '');
			case 'amount':
				return plain('');
			case 'commission': {
				const amount = amounts.amount(reward);
				return amount === undefined || !reward.credit ? plain(amount ?? '') : plain(`${amount} ${strings.table.credit}`);
			}
			case 'status':
				return this.#statuses([reward.deletedAt === undefined ? (reward.status ?? '') : 'archived']);
		}
	}

	#date(iso: string | undefined): CellText {
		if (iso === undefined) {
			return plain('');
		}
		return { text: exactUtc(iso), view: this.model.dates.dateTime(iso) };
	}

	#action(action: string | undefined, deletedAt: string | undefined, arrived?: true): CellText {
		const { strings, dates } = this.model;
		const mark = arrived ? html`<span class="arrived">${strings.table.arrived}</span> ` : nothing;
		if (deletedAt === undefined) {
			return arrived
				? { text: [strings.table.arrived, action].filter(Boolean).join(' · '), view: html`${mark}<bdi>${action}</bdi>` }
				: plain(action ?? '');
		}
		return {
			text: [arrived && strings.table.arrived, action, fill(strings.table.archivedOn, { date: dates.dateTime(deletedAt) })]
				.filter(Boolean)
				.join(' · '),
			view: html`${mark}<bdi>${action}</bdi> ${icon('archive')}<span class="visually-hidden">${strings.table.archived}</span>`,
		};
	}

	/** The sum of a transaction's rewards, one for each unit; archived and rejected ones are none. */
	#commission(row: TransactionView): string[] {
		const sums = new UnitSums();
		for (const reward of row.rewards) {
			if (reward.deletedAt === undefined && reward.status !== 'rejected') {
				sums.add(reward);
			}
		}
		return sums.list().map((sum: UnitSum) => this.model.amounts.value(sum.value, sum.unit));
	}

	#statuses(statuses: readonly string[]): CellText {
		const { strings } = this.model;
		if (statuses.length === 0) {
			return plain('');
		}
		const text = statuses.map((status) => statusText(strings, status)).join(', ');
		return { text, view: html`${statuses.map((status) => icon(statusIcon(status), 'tinted'))}<span class="words">${text}</span>` };
	}

	/** Which lines are on the screen now. */
	#place(): void {
		const body = this.querySelector('.body');
		const { lineCount } = this.model.ledger;
		const above = body === null ? 0 : Math.max(0, -body.getBoundingClientRect().top);
		const seen = Math.ceil(window.innerHeight / this.#rowHeight);
		this.#first = Math.max(0, Math.min(Math.floor(above / this.#rowHeight), lineCount - seen) - overscan);
		this.#last = Math.min(lineCount, this.#first + seen + 2 * overscan);
	}

	#followScroll(): void {
		const [first, last] = [this.#first, this.#last];
		this.#place();
		if (first !== this.#first || last !== this.#last) {
			this.requestUpdate();
		}
	}

	#measure(): void {
		const fontSize = Number.parseFloat(getComputedStyle(this).fontSize) || 13;
		const narrow = this.clientWidth < narrowWidth * fontSize;
		const rowHeight = Math.round(fontSize * (narrow ? 3.5 : 1.85));
		if (narrow !== this.#narrow || rowHeight !== this.#rowHeight) {
			this.#narrow = narrow;
			this.#rowHeight = rowHeight;
			this.requestUpdate();
		}
	}

	/** After a change of the rows the same transaction is active, wherever it is now. */
	#findActive(): void {
		const active = this.#active;
		if (active?.id === undefined) {
			return;
		}
		const line = this.model.ledger.lineOf(active.id, active.sub ?? -1);
		this.#active = line === undefined ? undefined : this.#placeAt(line, active.column);
	}

	#placeAt(line: number, column: number): Place {
		const item = line < 0 ? undefined : this.model.ledger.lineAt(line);
		return item === undefined ? { line, column } : { line, column, id: item.transaction.id, sub: item.sub };
	}

	readonly #onFocus = () => {
		if (this.#active === undefined && this.model.ledger.lineCount > 0) {
			const body = this.querySelector('.body');
			const above = body === null ? 0 : Math.max(0, -body.getBoundingClientRect().top);
			this.#active = this.#placeAt(Math.min(Math.ceil(above / this.#rowHeight), this.model.ledger.lineCount - 1), 0);
			this.requestUpdate();
		}
	};

	readonly #onClick = (event: MouseEvent) => {
		const place = placeOf(event);
		if (place === undefined) {
			return;
		}
		this.#active = this.#placeAt(place.line, place.column);
		const { target } = event;
		if (place.line === headerLine) {
			this.#sortBy(place.column);
		} else if (target instanceof Element && target.closest('.row-copy') !== null) {
			this.#copyTransaction();
		} else if (target instanceof Element && target.closest('.twistie') !== null) {
			this.#toggle();
		}
		this.requestUpdate();
	};

	readonly #onDoubleClick = (event: MouseEvent) => {
		const { target } = event;
		if (
			(placeOf(event)?.line ?? headerLine) !== headerLine &&
			target instanceof Element &&
			target.closest('.twistie, .row-copy') === null
		) {
			this.#toggle();
		}
	};

	readonly #onKey = (event: KeyboardEvent) => {
		if (this.#act(event) || this.#move(event)) {
			event.preventDefault();
		}
	};

	#act(event: KeyboardEvent): boolean {
		const active = this.#active;
		if (active === undefined) {
			return false;
		}
		const control = event.ctrlKey || event.metaKey;
		if (control && event.key.toLowerCase() === 'c' && (event.shiftKey || document.getSelection()?.isCollapsed !== false)) {
			return event.shiftKey ? this.#copyTransaction() : this.#copyCell();
		}
		if (event.key === 'Enter' || event.key === ' ') {
			return active.line === headerLine ? this.#sortBy(active.column) : this.#toggle();
		}
		return false;
	}

	/** Moves as grids do: a cell, a line, a page, to an end. */
	#move(event: KeyboardEvent): boolean {
		const { line, column } = this.#active ?? { line: 0, column: 0 };
		const control = event.ctrlKey || event.metaKey;
		const last = this.model.ledger.lineCount - 1;
		const page = Math.max(1, Math.floor(window.innerHeight / this.#rowHeight) - 3);
		const forward = getComputedStyle(this).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
		const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft';
		const moves: Readonly<Record<string, readonly [number, number]>> = {
			ArrowDown: [line + 1, column],
			ArrowUp: [line - 1, column],
			[forward]: [line, column + 1],
			[backward]: [line, column - 1],
			PageDown: [line + page, column],
			PageUp: [Math.max(line - page, Math.min(line, 0)), column],
			Home: [control ? 0 : line, control ? column : 0],
			End: [control ? last : line, control ? column : columns.length - 1],
		};
		const to = moves[event.key];
		if (to === undefined || event.altKey) {
			return false;
		}
		const nextLine = Math.max(headerLine, Math.min(to[0], last));
		this.#active = this.#placeAt(nextLine, Math.max(0, Math.min(to[1], columns.length - 1)));
		this.#reveal(nextLine);
		if (nextLine === last && event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') {
			this.dispatchEvent(new CustomEvent('end-reached'));
		}
		this.requestUpdate();
		return true;
	}

	/** Scrolls just as far as a line needs to be seen, below the head that stays. */
	#reveal(line: number): void {
		const body = this.querySelector('.body');
		const head = this.querySelector('.head');
		if (body === null || head === null) {
			return;
		}
		const top = body.getBoundingClientRect().top + line * this.#rowHeight;
		const headHeight = head.getBoundingClientRect().height;
		if (line === headerLine || top < headHeight) {
			window.scrollBy({ top: line === headerLine ? Math.min(0, top) : top - headHeight, behavior: 'instant' });
		} else if (top + this.#rowHeight > window.innerHeight) {
			window.scrollBy({ top: top + this.#rowHeight - window.innerHeight + 2, behavior: 'instant' });
		}
	}

	#sortBy(index: number): boolean {
		const column = (['date', 'action', 'key', 'amount'] as const).find((name) => name === columns[index]);
		if (column === undefined) {
			return false;
		}
		const { sort } = this.model.ledger;
		this.model.setSort({ column, descending: sort.column === column ? !sort.descending : column === 'date' || column === 'amount' });
		return true;
	}

	#toggle(): boolean {
		const item = this.#active === undefined ? undefined : this.model.ledger.lineAt(this.#active.line);
		if (item === undefined || subRowCount(item.transaction) === 0) {
			return false;
		}
		if (item.sub >= 0 && this.#active !== undefined) {
			this.#active = this.#placeAt(this.#active.line - item.sub - 1, 0);
		}
		this.model.toggle(item.transaction.id);
		return true;
	}

	#copyCell(): boolean {
		const { line, column } = this.#active ?? { line: headerLine, column: 0 };
		const item = this.model.ledger.lineAt(line);
		const name = columns[column];
		if (line === headerLine || item === undefined || name === undefined) {
			return false;
		}
		const below = item.sub < 0 ? undefined : subRows(item.transaction)[item.sub];
		const { text } = below === undefined ? this.#transactionCell(item.transaction, name) : this.#subCell(below, name);
		this.model.send({ type: 'copyText', text: name === 'date' ? (dateOf(item, below) ?? text) : text });
		return true;
	}

	#copyTransaction(): boolean {
		const id = this.#active?.id;
		if (id === undefined) {
			return false;
		}
		this.model.send({ type: 'copyTransaction', id });
		return true;
	}
}

customElements.define('partnero-transactions', TransactionTable);

/** A date is copied as answered: exact, and in a form that other programs read. */
function dateOf(item: Item, below: SubRow | undefined): string | undefined {
	return below === undefined ? item.transaction.createdAt : below.type === 'reward' ? below.reward.createdAt : undefined;
}

function cellId(line: number, column: number): string {
	return `cell-${line}-${column}`;
}

function plain(text: string): CellText {
	return { text, view: text };
}

function twistie(canOpen: boolean, open: boolean): TemplateResult {
	return canOpen ? icon(open ? 'chevron-down' : 'chevron-right', 'twistie') : html`<span class="twistie"></span>`;
}

function placeOf(event: Event): { line: number; column: number } | undefined {
	const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-line]') : null;
	return cell === null ? undefined : { line: Number(cell.dataset.line), column: Number(cell.dataset.column) };
}
