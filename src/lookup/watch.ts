// "Watch for new transactions", for someone who tests an integration: asks again every ten seconds through the store, which marks what is new
// for every surface, and tells each arrival once in the status bar. The same command ends it, and so does anything that makes it pointless.
import * as vscode from 'vscode';
import { arrivesAt } from '../customers/arrivals.ts';
import { customerRefOf } from '../customers/ref.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef, LoadedTransaction } from '../customers/types.ts';
import { DateFormat } from '../format/dates.ts';
import { inert } from '../format/labels.ts';
import { AmountFormat } from '../format/money.ts';
import { singleLine } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { Disposable, type Disposes } from '../lifecycle/disposable.ts';
import { PartneroError, type PartneroErrorKind } from '../partnero/errors.ts';
import type { ProgramRegistry } from '../programs/registry.ts';
import { describeError } from '../wording/errors.ts';

/** Milliseconds from an answer to the next question. */
const interval = 10_000;
/** Milliseconds after which a watch ends by itself. */
const longest = 15 * 60_000;
/** Milliseconds for which the status bar says what happened. */
const toldFor = 15_000;

/** Failures that the next question may not have. A customer who is not in Partnero yet may be the very one that a test is about to make. */
const passing: ReadonlySet<PartneroErrorKind> = new Set(['not-found', 'server-fault', 'unreachable', 'timed-out', 'cancelled']);

export interface WatchCommandOptions {
	readonly store: CustomerStore;
	readonly programs: Pick<ProgramRegistry, 'get' | 'state' | 'onDidChange'>;
	/** The customer of the detail panel that has the focus. */
	readonly activePanel: () => CustomerRef | undefined;
	/** Fires when a customer's panel is closed. */
	readonly onDidClosePanel: vscode.Event<CustomerRef>;
	/** Whether an arrival is worth a notification. A setting, so read at every arrival. */
	readonly notify: () => boolean;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Runs something after so many milliseconds, unless it is disposed of before. */
	readonly later: (run: () => void, milliseconds: number) => Disposes;
}

export class WatchCommand extends Disposable {
	readonly #options: WatchCommandOptions;
	readonly #watches = new Map<string, Watch>();
	#started = 0;
	readonly commands: Commands<'partnero.watchCustomer'> = {
		'partnero.watchCustomer': (argument) => {
			const ref = argument === undefined ? this.#options.activePanel() : customerRefOf(argument);
			return ref === undefined ? undefined : this.#toggle(ref);
		},
	};

	constructor(options: WatchCommandOptions) {
		super();
		this.#options = options;
		this._register(options.onDidClosePanel((ref) => this.#watches.get(nameOf(ref))?.dispose()));
		this._register({ dispose: () => this.#endAll() });
	}

	#toggle({ programId, key }: CustomerRef): void {
		const ref: CustomerRef = { programId, key };
		const name = nameOf(ref);
		const running = this.#watches.get(name);
		if (running !== undefined) {
			running.end(vscode.l10n.t('{0} is not watched any more.', labelOf(ref)));
			return;
		}
		const watch = new Watch(ref, ++this.#started, this.#options, () => this.#watches.delete(name));
		this.#watches.set(name, watch);
		watch.ask();
	}

	#endAll(): void {
		for (const watch of [...this.#watches.values()]) {
			watch.dispose();
		}
	}
}

/** One customer that is watched, from the command to its end. */
class Watch extends Disposable {
	readonly #ref: CustomerRef;
	readonly #options: WatchCommandOptions;
	readonly #until: number;
	readonly #item: vscode.StatusBarItem;
	readonly #amounts = new AmountFormat(vscode.env.language);
	readonly #dates = new DateFormat(vscode.env.language);
	/** Ids of the arrivals that need no telling any more. */
	readonly #told: Set<string>;
	#arrivals = 0;
	#failure: PartneroError | undefined;
	#timer: Disposes | undefined;
	readonly #asking = new AbortController();

	constructor(ref: CustomerRef, number: number, options: WatchCommandOptions, ended: () => void) {
		super();
		this.#ref = ref;
		this.#options = options;
		this.#until = options.now() + longest;
		this.#told = new Set(this.#marked().map(({ id }) => id));
		this._register({ dispose: ended });
		this._register({ dispose: () => this.#asking.abort() });
		this._register({ dispose: () => this.#timer?.dispose() });
		this.#item = this._register(vscode.window.createStatusBarItem(`partnero.watch.${number}`, vscode.StatusBarAlignment.Right, 89));
		this.#item.name = vscode.l10n.t('Partnero: watched customer');
		this.#item.command = { command: 'partnero.watchCustomer', title: vscode.l10n.t('Watch for new transactions'), arguments: [ref] };
		this._register(options.programs.onDidChange(() => this.#followProgram()));
		this._register(options.store.onDidChange((change) => (isSame(change.ref, ref) ? this.#follow() : undefined)));
		this._register(options.store.watch(ref));
		this.#show();
		this.#item.show();
	}

	/** Ends the watch, and says why. */
	end(why: string): void {
		this.dispose();
		vscode.window.setStatusBarMessage(`$(eye-closed) ${why}`, toldFor);
	}

	/** Asks now, and again after each answer. */
	ask(): void {
		this.#question().then(
			() => this.#goOn(undefined),
			(error: unknown) => this.#goOn(PartneroError.is(error) ? error : new PartneroError('not-understood')),
		);
	}

	async #question(): Promise<void> {
		const { store } = this.#options;
		const { signal } = this.#asking;
		const known = store.peekTransactions(this.#ref);
		if (known.loadedAt === undefined && known.error === undefined) {
			// What is there before the first question is no arrival.
			await store.loadTransactions(this.#ref, { signal });
		} else {
			await store.loadArrivals(this.#ref, { signal });
		}
		if (store.peek(this.#ref).absent) {
			await store.get(this.#ref, { signal, fresh: true });
		}
	}

	#goOn(failure: PartneroError | undefined): void {
		if (this.disposed) {
			return;
		}
		this.#failure = failure;
		if (failure !== undefined && !passing.has(failure.kind)) {
			this.end(vscode.l10n.t('{0} is not watched any more: {1}', labelOf(this.#ref), this.#sentence(failure)));
			return;
		}
		this.#show();
		const left = this.#until - this.#options.now();
		this.#timer = this.#options.later(() => (this.#options.now() < this.#until ? this.ask() : this.#endOfTime()), Math.min(interval, left));
	}

	#endOfTime(): void {
		this.end(vscode.l10n.t('Stopped watching {0} after {1} minutes.', labelOf(this.#ref), longest / 60_000));
	}

	/** A program that is gone is not asked; one that asks to slow down is not asked for the sake of watching. */
	#followProgram(): void {
		const { programs } = this.#options;
		if (programs.get(this.#ref.programId) === undefined) {
			this.dispose();
		} else if (programs.state(this.#ref.programId).pausedUntil !== undefined) {
			const sentence = this.#sentence(new PartneroError('rate-limited', { status: 429 }));
			this.end(vscode.l10n.t('{0} is not watched any more: {1}', labelOf(this.#ref), sentence));
		}
	}

	#follow(): void {
		if (this.disposed) {
			return;
		}
		const arrived = this.#marked().filter(({ id }) => !this.#told.has(id));
		for (const { id } of arrived) {
			this.#told.add(id);
		}
		if (arrived.length > 0) {
			this.#arrivals += arrived.length;
			this.#tell(this.#arrival(arrived));
		}
		this.#show();
	}

	#marked(): readonly LoadedTransaction[] {
		return this.#options.store.peekTransactions(this.#ref).rows.filter(({ arrived }) => arrived);
	}

	#arrival(rows: readonly LoadedTransaction[]): string {
		const [row] = rows;
		const label = labelOf(this.#ref);
		const amount = rows.length === 1 && row !== undefined ? this.#amounts.amount(row) : undefined;
		if (rows.length > 1) {
			return vscode.l10n.t('{0} new transactions of {1}', rows.length, label);
		}
		return amount === undefined
			? vscode.l10n.t('New transaction of {0}', label)
			: vscode.l10n.t('New transaction of {0}: {1}', label, inert(singleLine(amount, 80)));
	}

	#tell(text: string): void {
		vscode.window.setStatusBarMessage(`$(bell-dot) ${text}`, toldFor);
		if (this.#options.notify()) {
			const open = vscode.l10n.t('Open details');
			vscode.window
				.showInformationMessage(text, open)
				.then((choice) => (choice === open ? vscode.commands.executeCommand('partnero.openDetails', this.#ref) : undefined))
				.then(undefined, () => undefined);
		}
	}

	#show(): void {
		const label = labelOf(this.#ref);
		const count = this.#arrivals === 0 ? '' : ` +${this.#arrivals}`;
		this.#item.text = `$(${this.#failure === undefined ? 'eye' : 'warning'}) ${label}${count}`;
		const lines = [
			vscode.l10n.t('Watching for new transactions of {0} until {1}. Click to stop.', label, this.#dates.dateTime(isoOf(this.#until))),
			this.#arrivals === 0 ? vscode.l10n.t('Nothing new so far.') : vscode.l10n.t('{0} new so far.', this.#arrivals),
			...(this.#failure === undefined ? [] : [this.#sentence(this.#failure)]),
			...(this.#seesTheEnd() ? [] : [vscode.l10n.t('New ones may stand behind what is loaded: load all of the list to see them.')]),
		];
		this.#item.tooltip = lines.join('\n');
		this.#item.accessibilityInformation = { label: vscode.l10n.t('Partnero watches {0}, {1} new', label, this.#arrivals), role: 'button' };
	}

	/** Whether an arrival would be noticed wherever Partnero puts new transactions. */
	#seesTheEnd(): boolean {
		const { complete, loadedAt, rows } = this.#options.store.peekTransactions(this.#ref);
		return complete || loadedAt === undefined || arrivesAt({ rows }) === 'top';
	}

	#sentence(error: PartneroError): string {
		return describeError(error, { program: this.#options.programs.get(this.#ref.programId)?.name ?? '', key: this.#ref.key });
	}
}

function labelOf({ key }: CustomerRef): string {
	return inert(singleLine(key, 60));
}

function isoOf(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}

function isSame(one: CustomerRef, other: CustomerRef): boolean {
	return one.programId === other.programId && one.key === other.key;
}

/** Program ids hold no line break, so no key of one program can be taken for one of another. */
function nameOf(ref: CustomerRef): string {
	return `${ref.programId}\n${ref.key}`;
}
