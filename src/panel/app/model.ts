// All that the app knows: what the host said, how the user set the panel up, and what follows from both. The views read it and call it;
// it tells them when to draw again. No DOM in here.
import { DateFormat } from '../../format/dates.ts';
import { AmountFormat } from '../../format/money.ts';
import type {
	CustomerMessage,
	ErrorView,
	PanelCommand,
	PanelRef,
	ToApp,
	ToHost,
	TransactionsMessage,
	TransactionView,
} from '../protocol.ts';
import type { PanelStrings } from '../strings.ts';
import type { Host, UiState } from './host.ts';
import { type Filter, isUnfiltered, Ledger, noFilter, type Sort } from './ledger.ts';
import { TimelineData } from './timeline.ts';

/** What the host said, and when it came. */
interface Received<Message> {
	readonly message: Message;
	/** As `now` gives it. */
	readonly at: number;
}

/** After that many tries in a row that Partnero put off, the user has to ask. */
const mostRetries = 3;

export interface PanelModelOptions {
	readonly host: Host;
	/** Milliseconds on a clock that never goes back. */
	readonly now: () => number;
	/** Called when something has to be drawn again. */
	readonly changed: () => void;
}

export class PanelModel {
	readonly ledger = new Ledger();
	readonly timeline = new TimelineData();
	/** What a screen reader is to say. */
	announcement = '';
	ui: UiState;

	readonly #host: Host;
	readonly #now: () => number;
	readonly #changed: () => void;
	#init:
		| {
				readonly ref: PanelRef;
				readonly strings: PanelStrings;
				readonly amounts: AmountFormat;
				readonly dates: DateFormat;
				readonly locale: string;
		  }
		| undefined;
	#customer: Received<CustomerMessage> | undefined;
	#list: Received<Omit<TransactionsMessage, 'rows'>> | undefined;
	/** Ids of the arrivals that were announced. */
	readonly #announced = new Set<string>();
	/** What a screen reader is to say with the next drawing. */
	readonly #toSay = new Set<string>();
	/** What the host told is about to be drawn. */
	#isDue = false;
	#retries = 0;
	#retried: unknown;
	#plural = new Intl.PluralRules();

	constructor({ host, now, changed }: PanelModelOptions) {
		this.#host = host;
		this.#now = now;
		this.#changed = changed;
		this.ui = host.readUiState();
		this.ledger.setSort(this.ui.sort);
		this.ledger.setFilter(this.ui.filter);
		this.ledger.openAll(this.ui.allOpened);
		host.listen((message) => this.#receive(message));
		this.sayReady();
	}

	/** Says that the app is there. The host has told all on the app's way here; where that was lost, this is said again. */
	sayReady(): void {
		this.#host.post({ type: 'ready' });
	}

	/** Nothing can be drawn before the host has said what this panel is. */
	get isReady(): boolean {
		return this.#init !== undefined;
	}

	get strings(): PanelStrings {
		return this.#ready.strings;
	}

	get ref(): PanelRef {
		return this.#ready.ref;
	}

	get amounts(): AmountFormat {
		return this.#ready.amounts;
	}

	get dates(): DateFormat {
		return this.#ready.dates;
	}

	get locale(): string {
		return this.#ready.locale;
	}

	get customer(): CustomerMessage | undefined {
		return this.#customer?.message;
	}

	get list(): Omit<TransactionsMessage, 'rows'> | undefined {
		return this.#list?.message;
	}

	/** Every transaction that there is has arrived: only now is a sum a total. */
	get isComplete(): boolean {
		const list = this.list;
		return list?.complete === true && list.loaded === this.ledger.rows.length;
	}

	get isFiltered(): boolean {
		return !isUnfiltered(this.ui.filter);
	}

	/** Milliseconds since the customer was answered, now. */
	get age(): number | undefined {
		const received = this.#customer;
		return received?.message.age === undefined ? undefined : received.message.age + this.#now() - received.at;
	}

	/** Whole seconds until the next try is worth it; undefined where no wait is known. */
	secondsLeft(of: 'customer' | 'list'): number | undefined {
		const received = of === 'customer' ? this.#customer : this.#list;
		const retryIn = received?.message.error?.retryIn;
		return received === undefined || retryIn === undefined
			? undefined
			: Math.max(0, Math.ceil((retryIn - (this.#now() - received.at)) / 1000));
	}

	/** A new try will be made when the wait is over. */
	get retriesByItself(): boolean {
		return this.#retries < mostRetries;
	}

	/** To be called every second while a wait is shown: asks again when it is over. */
	tick(): void {
		for (const of of ['customer', 'list'] as const) {
			const received = of === 'customer' ? this.#customer : this.#list;
			const waited = this.secondsLeft(of) === 0 && received?.message.loading === false;
			if (waited && this.retriesByItself && this.#retried !== received.message.error) {
				this.#retried = received.message.error;
				this.#retries += 1;
				this.send({ type: of === 'customer' || this.ledger.rows.length === 0 ? 'refresh' : 'loadMore' });
				return;
			}
		}
	}

	send(message: ToHost): void {
		this.#host.post(message);
	}

	run(command: PanelCommand): void {
		this.send({ type: 'run', command });
	}

	/** The user asks for everything anew. */
	refresh(): void {
		this.#retries = 0;
		this.send({ type: 'refresh' });
		this.announce(this.strings.header.refreshing);
	}

	setUi(change: Partial<UiState>): void {
		this.ui = { ...this.ui, ...change };
		this.save();
		this.#changed();
	}

	/** Where the page is scrolled to: kept, but nothing to draw. */
	keepScroll(scroll: number): void {
		this.ui = { ...this.ui, scroll };
	}

	save(): void {
		if (this.#init !== undefined) {
			this.#host.saveUiState(this.#init.ref, this.ui);
		}
	}

	setSort(sort: Sort): void {
		this.ledger.setSort(sort);
		this.setUi({ sort });
	}

	setFilter(change: { [Name in keyof Filter]?: Filter[Name] | undefined } | undefined): void {
		const filter = change === undefined ? noFilter : dropUndefined({ ...this.ui.filter, ...change });
		this.ledger.setFilter(filter);
		this.setUi({ filter });
		this.announce(this.countText());
	}

	openAll(open: boolean): void {
		this.ledger.openAll(open);
		this.setUi({ allOpened: open });
	}

	toggle(id: string): void {
		const transaction = this.ledger.rows.find((row) => row.id === id);
		if (transaction !== undefined) {
			this.ledger.toggle(transaction);
			this.#changed();
		}
	}

	/** Has a screen reader say something. */
	announce(text: string): void {
		this.#toSay.add(text);
		this.#draw();
	}

	#draw(): void {
		const text = [...this.#toSay].join(' ');
		this.#toSay.clear();
		if (text !== '') {
			// The same words again would not be said: a no-break space makes them others.
			this.announcement = this.announcement === text ? `${text}\u00A0` : text;
		}
		this.#changed();
	}

	/** Picks the plural form, with the count filled in. */
	counted(forms: { readonly one: string; readonly other: string }, count: number): string {
		return fill(this.#plural.select(count) === 'one' ? forms.one : forms.other, { count: this.amounts.count(count) });
	}

	/** How many transactions are loaded and shown, in words. */
	countText(): string {
		const { table } = this.strings;
		const count = this.ledger.rows.length;
		if (!this.isFiltered) {
			return this.counted(this.isComplete ? table.count : table.countLoaded, count);
		}
		const shown = this.amounts.count(this.ledger.shownCount);
		return fill(this.isComplete ? table.countShown : table.countShownLoaded, { shown, count: this.amounts.count(count) });
	}

	#receive(message: ToApp): void {
		switch (message.type) {
			case 'init': {
				const { ref, strings, locale } = message;
				this.#init = { ref, strings, locale, amounts: new AmountFormat(locale), dates: new DateFormat(locale) };
				this.#plural = new Intl.PluralRules(locale);
				this.save();
				break;
			}
			case 'customer':
				this.#takeCustomer(message);
				break;
			case 'transactions':
				this.#takeTransactions(message);
				break;
			case 'announce':
				this.#toSay.add(message.what === 'copied' ? this.strings.actions.copied : this.strings.table.loadAllStopped);
				break;
		}
		this.#drawSoon();
	}

	/** The host tells several things at a time, above all while the app is being loaded: they are drawn once, when all of them were read. */
	#drawSoon(): void {
		if (!this.#isDue) {
			this.#isDue = true;
			setTimeout(() => {
				this.#isDue = false;
				this.#draw();
			});
		}
	}

	#takeCustomer(message: CustomerMessage): void {
		const before = this.customer;
		this.#customer = { message, at: this.#now() };
		if (before?.loading && !message.loading) {
			this.#landed(message.error);
			this.#toSay.add(message.error?.message ?? this.strings.header.refreshed);
		}
	}

	#takeTransactions({ rows, ...message }: TransactionsMessage): void {
		const before = this.list;
		if (message.start === 0 && message.epoch !== before?.epoch) {
			this.ledger.clear();
			this.timeline.clear();
		} else if (message.epoch !== before?.epoch || message.start !== this.ledger.rows.length) {
			this.send({ type: 'resend' });
			return;
		}
		this.#list = { message, at: this.#now() };
		if (rows.length > 0) {
			this.ledger.append(rows);
			this.timeline.append(rows);
			this.send({ type: 'received', epoch: message.epoch, count: this.ledger.rows.length });
		}
		if (before?.loading && !message.loading) {
			this.#landed(message.error);
			if (!message.loadingAll) {
				this.#toSay.add(message.error?.message ?? this.countText());
			}
		}
		this.#announceArrivals(rows, before !== undefined);
	}

	/** What came while the customer is watched. A tab that is shown again says nothing of what came before. */
	#announceArrivals(rows: readonly TransactionView[], asNews: boolean): void {
		const arrived = rows.filter((row) => row.arrived && !this.#announced.has(row.id));
		for (const { id } of arrived) {
			this.#announced.add(id);
		}
		if (asNews && arrived.length > 0) {
			this.#toSay.add(this.counted(this.strings.table.arrivals, arrived.length));
		}
	}

	#landed(error: ErrorView | undefined): void {
		if (error === undefined) {
			this.#retries = 0;
		}
	}

	get #ready() {
		if (this.#init === undefined) {
			throw new Error('The panel is drawn before it is initialised.');
		}
		return this.#init;
	}
}

/** Puts values into the places that a text has for them: `{count} of {shown}`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);
}

function dropUndefined(filter: { [Name in keyof Filter]: Filter[Name] | undefined }): Filter {
	const { action, kind, text = '', from = '', to = '', archived = 'shown' } = filter;
	return { text, from, to, archived, ...(action === undefined ? {} : { action }), ...(kind === undefined ? {} : { kind }) };
}
