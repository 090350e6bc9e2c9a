// One open detail panel: the host's side of it. It follows the store, the programs and the history, sends the app what they know, and does
// what the app asks for, for its own customer alone.
import * as vscode from 'vscode';
import type { CustomerChange, CustomerRef, CustomerSnapshot, TransactionsSnapshot } from '../customers/types.ts';
import { singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import type { PartneroError } from '../partnero/errors.ts';
import type { Partner } from '../partnero/types.ts';
import { type PanelApp, panelDocument } from './document.ts';
import { type ErrorView, isToHost, type OtherProgram, type ProgramView, type ToApp, type ToHost } from './protocol.ts';
import { panelStrings } from './strings.ts';
import { TransactionFeed } from './transactionFeed.ts';
import { customerView } from './view.ts';

interface Ask {
	readonly signal?: AbortSignal | undefined;
	readonly fresh?: boolean;
}

/** What the panel needs of the customer store. */
interface PanelStore {
	readonly onDidChange: vscode.Event<CustomerChange>;
	peek(ref: CustomerRef): CustomerSnapshot;
	get(ref: CustomerRef, ask?: Ask): Promise<CustomerSnapshot>;
	peekTransactions(ref: CustomerRef): TransactionsSnapshot;
	loadTransactions(ref: CustomerRef, ask?: Ask): Promise<TransactionsSnapshot>;
	loadMoreTransactions(ref: CustomerRef, ask?: Pick<Ask, 'signal'>): Promise<TransactionsSnapshot>;
	isWatched(ref: CustomerRef): boolean;
	/** The partner behind `Customer.partner`; undefined where that cannot be told. Never rejects for Partnero's reasons. */
	getPartner(programId: string, idOrKey: string, ask?: Pick<Ask, 'signal'>): Promise<Partner | undefined>;
}

/** What the panel needs of the history of keys. */
interface PanelHistory {
	readonly onDidChange: vscode.Event<unknown>;
	isPinned(ref: CustomerRef): boolean;
}

/** What the panel needs of the connected programs. */
interface PanelPrograms {
	readonly onDidChange: vscode.Event<unknown>;
	elsewhere(id: string): readonly { readonly id: string; readonly name: string }[];
	get(id: string): { readonly name: string; readonly sample: boolean; readonly rejected: boolean } | undefined;
}

export interface CustomerPanelOptions {
	readonly app: () => PanelApp;
	readonly store: PanelStore;
	readonly history: PanelHistory;
	readonly programs: PanelPrograms;
	/** The sentence for the user: what happened, whose fault it may be, what to do next. */
	readonly describeError: (error: PartneroError, context: { readonly program: string; readonly key?: string }) => string;
	/** Told when a customer who was looked up is one. */
	readonly found?: (ref: CustomerRef) => void;
	/** Milliseconds since 1970. */
	readonly now?: () => number;
}

/** Other programs that are offered for somebody who is absent: the look-up has the rest. */
const mostOthers = 5;
/** Rows that "Load all" adds before it has to be pressed again: a row takes more than a kilobyte here, and as much again in the panel. */
const mostAtOnce = 200_000;

/** Questions of one kind: a new one ends the one before. */
type Asking = 'customer' | 'transactions' | 'loadAll' | 'partner';

export class CustomerPanel extends Disposable {
	readonly ref: CustomerRef;
	readonly #panel: vscode.WebviewPanel;
	readonly #options: CustomerPanelOptions;
	readonly #now: () => number;
	readonly #asking = new Map<Asking, AbortController>();
	readonly #feed: TransactionFeed;
	/** When each failure was first seen: a wait runs from there. */
	readonly #failedAt = new WeakMap<PartneroError, number>();
	#partner: { readonly idOrKey: string; readonly partner?: Partner } | undefined;
	#wasConnected: boolean;
	/** The app is loaded: before, and while the tab is hidden, nothing can be sent. */
	#appReady = false;
	#wasReady = false;
	/** The app that is being loaded was told already. */
	#greeted = false;
	#askedBefore = false;
	/** The user looked the customer up, and nobody was told yet that there is one. */
	#lookedUp = false;

	constructor(panel: vscode.WebviewPanel, ref: CustomerRef, options: CustomerPanelOptions) {
		super();
		this.#panel = panel;
		this.ref = ref;
		this.#options = options;
		this.#now = options.now ?? Date.now;
		this.#wasConnected = this.#program.connected;
		this.#feed = new TransactionFeed((message) => this.#post(message));
		this._register(panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message)));
		this._register(options.store.onDidChange((change) => this.#follow(change)));
		this._register(options.history.onDidChange(() => this.#sendCustomer()));
		this._register(options.programs.onDidChange(() => this.#followPrograms()));
		this._register(panel.onDidDispose(() => this.dispose()));
		this._register(panel.onDidChangeViewState(() => this.#followVisibility()));
		this._register({ dispose: () => this.#endAsking() });
		this.#load();
		this.#greet();
	}

	/** The user looks the customer up. */
	show(): void {
		this.#lookedUp = true;
		this.#panel.reveal();
		this.ask();
	}

	#tellFound(): void {
		if (this.#lookedUp && !this.disposed && this.#options.store.peek(this.ref).customer !== undefined) {
			this.#lookedUp = false;
			this.#options.found?.(this.ref);
		}
	}

	get isActive(): boolean {
		return this.#panel.active;
	}

	#load(): void {
		const { webview } = this.#panel;
		this.#panel.title = singleLine(this.ref.key, 100);
		this.#panel.iconPath = new vscode.ThemeIcon('account');
		webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [], enableCommandUris: false };
		webview.html = panelDocument({
			...this.#options.app(),
			language: vscode.env.language,
			title: this.ref.key,
		});
	}

	#receive(message: unknown): void {
		if (this.disposed || !isToHost(message)) {
			return;
		}
		switch (message.type) {
			case 'ready':
				this.#welcome();
				break;
			case 'refresh':
				this.ask({ fresh: true });
				break;
			case 'loadMore':
				this.#loadMore();
				break;
			case 'loadAll':
				this.#loadAll();
				break;
			case 'cancelLoadAll':
				this.#stopLoadingAll();
				break;
			case 'received':
				this.#feed.received(message.epoch, message.count);
				break;
			case 'resend':
				this.#feed.forget();
				this.#sendTransactions();
				break;
			default:
				this.#act(message);
		}
	}

	#act(message: Extract<ToHost, { type: 'run' | 'copyText' | 'copyTransaction' | 'lookIn' }>): void {
		if (message.type === 'run') {
			runCommand(message.command, this.ref);
		} else if (message.type === 'lookIn') {
			const other = this.#others.find(({ id }) => id === message.programId);
			if (other !== undefined) {
				runCommand('partnero.openDetails', { programId: other.id, key: this.ref.key });
			}
		} else if (message.type === 'copyText') {
			this.#copy(message.text);
		} else {
			const row = this.#options.store.peekTransactions(this.ref).rows.find(({ id }) => id === message.id);
			if (row !== undefined) {
				this.#copy(JSON.stringify(row.raw, undefined, 2));
			}
		}
	}

	#copy(text: string): void {
		vscode.env.clipboard.writeText(text).then(
			() => this.#post({ type: 'announce', what: 'copied' }),
			() => undefined,
		);
	}

	/** The app was loaded, at first or because its tab was shown again: it knows nothing but what it was sent on its way. */
	#welcome(): void {
		if (!this.#greeted) {
			this.#greet();
		}
		this.#greeted = false;
		this.#wasReady = true;
		this.ask();
	}

	/**
	 * Tells the app all that there is. VS Code keeps messages for a webview that is being loaded and hands them over with its document, so a new
	 * panel is told at once: asking for it first would cost a way there and back. Should they be lost, the app says again that it is there.
	 */
	#greet(): void {
		this.#greeted = true;
		this.#appReady = true;
		this.#post({ type: 'init', ref: this.ref, locale: vscode.env.language, strings: panelStrings() });
		this.#feed.forget();
		this.#sendCustomer();
		this.#sendTransactions();
	}

	/**
	 * Asks for the customer and the first page, as far as they are not known and fresh. A question that is under way already is not asked again,
	 * unless the answer is to be fresher.
	 */
	ask(how: { readonly fresh?: boolean } = {}): void {
		if (!this.#program.connected) {
			return;
		}
		const { store } = this.#options;
		const { fresh = false } = how;
		if (fresh || !this.#asking.has('customer')) {
			this.#askFor('customer', async (signal) => {
				await store.get(this.ref, { signal, fresh }).finally(() => this.#tellFound());
			});
		}
		// Showing a tab again must not make a list of many pages a list of one: it is asked for anew when the user says so.
		const known = store.peekTransactions(this.ref).loadedAt !== undefined;
		if (fresh || !(this.#asking.has('transactions') || (this.#askedBefore && known))) {
			this.#asking.get('loadAll')?.abort();
			this.#askFor('transactions', async (signal) => {
				await store.loadTransactions(this.ref, { signal, fresh });
			});
		}
		this.#askedBefore = true;
	}

	#loadMore(): void {
		if (this.#asking.has('transactions') || this.#asking.has('loadAll')) {
			return;
		}
		const { store } = this.#options;
		this.#askFor('transactions', async (signal) => {
			const { loadedAt } = store.peekTransactions(this.ref);
			await (loadedAt === undefined ? store.loadTransactions(this.ref, { signal }) : store.loadMoreTransactions(this.ref, { signal }));
		});
	}

	#loadAll(): void {
		if (this.#asking.has('loadAll')) {
			return;
		}
		const { store } = this.#options;
		this.#askFor('loadAll', async (signal) => {
			// A list that is begun is continued, however old its first page is.
			const known = store.peekTransactions(this.ref);
			let loaded = known.loadedAt === undefined ? await store.loadTransactions(this.ref, { signal }) : known;
			const enough = loaded.rows.length + mostAtOnce;
			while (!loaded.complete && loaded.rows.length < enough && !signal.aborted) {
				const before = loaded.rows.length;
				loaded = await store.loadMoreTransactions(this.ref, { signal });
				// A list that stands still will not come to an end.
				if (loaded.rows.length === before && !loaded.complete) {
					return;
				}
			}
		});
		this.#sendTransactions();
	}

	#stopLoadingAll(): void {
		this.#asking.get('loadAll')?.abort();
		this.#asking.delete('loadAll');
		this.#sendTransactions();
		this.#post({ type: 'announce', what: 'loadAllStopped' });
	}

	/** Asks one question of a kind; a newer one of the same kind ends it. Failures are in the store's snapshots. */
	#askFor(what: Asking, question: (signal: AbortSignal) => Promise<void>): void {
		this.#asking.get(what)?.abort();
		const controller = new AbortController();
		this.#asking.set(what, controller);
		const landed = () => {
			if (this.#asking.get(what) === controller) {
				this.#asking.delete(what);
				if (what === 'loadAll') {
					this.#sendTransactions();
				}
				this.#askAfterForgetting();
			}
		};
		question(controller.signal).then(landed, landed);
	}

	#endAsking(): void {
		for (const controller of this.#asking.values()) {
			controller.abort();
		}
		this.#asking.clear();
	}

	#follow({ ref, what }: CustomerChange): void {
		if (ref.programId !== this.ref.programId || ref.key !== this.ref.key) {
			return;
		}
		if (what === 'customer') {
			this.#sendCustomer();
		} else {
			this.#sendTransactions();
		}
		this.#askAfterForgetting();
	}

	/** The store forgets a program whose key or address changed. Who looks at the panel then wants the new answer. */
	#askAfterForgetting(): void {
		const { customer, absent, error, loading } = this.#options.store.peek(this.ref);
		const nothing = customer === undefined && !absent && error === undefined && !loading;
		if (nothing && !this.disposed && this.#askedBefore && this.#panel.visible && this.#asking.size === 0) {
			// The partner may have been told by the key that was replaced.
			this.#partner = undefined;
			this.ask();
		}
	}

	#followPrograms(): void {
		const { connected } = this.#program;
		if (!connected) {
			this.#endAsking();
			this.#partner = undefined;
		}
		this.#sendCustomer();
		this.#sendTransactions();
		if (connected && !this.#wasConnected) {
			this.ask();
		}
		this.#wasConnected = connected;
	}

	/** A hidden webview is unloaded and takes no messages; its app says `ready` anew when it is shown, or goes on if it was kept after all. */
	#followVisibility(): void {
		if (!this.#panel.visible) {
			this.#appReady = false;
			this.#greeted = false;
		} else if (this.#wasReady && !this.#appReady) {
			this.#appReady = true;
			this.#sendCustomer();
			this.#sendTransactions();
			this.#askAfterForgetting();
		}
	}

	get #program(): ProgramView {
		const program = this.#options.programs.get(this.ref.programId);
		return program === undefined
			? { name: '', sample: false, rejected: false, connected: false }
			: { name: program.name, sample: program.sample, rejected: program.rejected, connected: true };
	}

	get #others(): readonly OtherProgram[] {
		const others = this.#options.programs.elsewhere(this.ref.programId);
		return others.slice(0, mostOthers).map(({ id, name }) => ({ id, name: singleLine(name, 200) }));
	}

	#sendCustomer(): void {
		if (!this.#appReady || this.disposed) {
			return;
		}
		const program = this.#program;
		const pinned = this.#options.history.isPinned(this.ref);
		if (!program.connected) {
			this.#post({ type: 'customer', program, pinned, absent: false, loading: false });
			return;
		}
		const { customer, absent, loadedAt, error, loading } = this.#options.store.peek(this.ref);
		this.#post({
			type: 'customer',
			program,
			pinned,
			absent,
			...(absent && { others: this.#others }),
			loading,
			...(customer === undefined ? {} : { customer: customerView(customer, this.#partnerOf(customer.partner)) }),
			...this.#agedSince(loadedAt),
			...this.#failed(error, program),
		});
	}

	#sendTransactions(): void {
		if (!this.#appReady || this.disposed) {
			return;
		}
		const program = this.#program;
		const snapshot = program.connected ? this.#options.store.peekTransactions(this.ref) : undefined;
		this.#feed.update(snapshot?.rows ?? [], {
			complete: snapshot?.complete ?? false,
			unreadable: snapshot?.unreadable ?? 0,
			loading: snapshot?.loading ?? false,
			loadingAll: this.#asking.has('loadAll'),
			watched: program.connected && this.#options.store.isWatched(this.ref),
			...this.#agedSince(snapshot?.loadedAt),
			...this.#failed(snapshot?.error, program),
		});
	}

	/** What is known of the referring partner; asked for once for each partner, in silence. */
	#partnerOf(idOrKey: string | undefined): Partner | undefined {
		if (idOrKey === undefined || this.#partner?.idOrKey === idOrKey) {
			return this.#partner?.idOrKey === idOrKey ? this.#partner?.partner : undefined;
		}
		this.#partner = { idOrKey };
		this.#askFor('partner', async (signal) => {
			const partner = await this.#options.store.getPartner(this.ref.programId, idOrKey, { signal });
			if (partner !== undefined && !signal.aborted) {
				this.#partner = { idOrKey, partner };
				this.#sendCustomer();
			}
		});
		return undefined;
	}

	#agedSince(loadedAt: number | undefined): { age?: number } {
		return loadedAt === undefined ? {} : { age: Math.max(0, this.#now() - loadedAt) };
	}

	#failed(error: PartneroError | undefined, program: ProgramView): { error?: ErrorView } {
		if (error === undefined || error.kind === 'cancelled') {
			return {};
		}
		const since = this.#failedAt.get(error) ?? this.#now();
		this.#failedAt.set(error, since);
		const retryIn = error.retryAfter === undefined ? {} : { retryIn: Math.max(0, since + error.retryAfter - this.#now()) };
		const message = this.#options.describeError(error, { program: program.name, key: this.ref.key });
		return { error: { kind: error.kind, message, ...retryIn } };
	}

	#post(message: ToApp): void {
		if (this.#appReady && !this.disposed) {
			this.#panel.webview.postMessage(message).then(undefined, () => undefined);
		}
	}
}

/** A command tells the user itself when it fails: see how `extension.ts` offers them. */
function runCommand(command: string, { programId, key }: CustomerRef): void {
	vscode.commands.executeCommand(command, { programId, key }).then(undefined, () => undefined);
}
