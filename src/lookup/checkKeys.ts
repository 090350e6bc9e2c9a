// "Check these keys": several keys at once, with results as they come. Enter opens one; the list can be copied with its results.
import * as vscode from 'vscode';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { defused } from '../format/csv.ts';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';
import { describeError } from '../wording/errors.ts';
import { labelOf } from './lookupPick.ts';

export interface CheckKeysOptions {
	readonly store: CustomerStore;
	readonly programs: ProgramRegistry;
	readonly showPanel: (ref: CustomerRef) => Promise<void>;
}

export class CheckKeysCommand {
	readonly #options: CheckKeysOptions;
	readonly commands: Commands<'partnero.checkKeys'> = {
		'partnero.checkKeys': (argument) => this.#check(argument),
	};

	constructor(options: CheckKeysOptions) {
		this.#options = options;
	}

	#check(argument: unknown): void {
		const program = this.#options.programs.active;
		const keys = Array.isArray(argument) ? argument.filter((key): key is string => typeof key === 'string') : [];
		const usable = keys.filter((key) => customerKeyProblem(key) === undefined);
		if (program !== undefined && usable.length > 0) {
			new KeysPick(this.#options, program, usable);
		}
	}
}

/** Milliseconds between two lists of results. */
const pause = 100;

interface Item extends vscode.QuickPickItem {
	readonly ref?: CustomerRef;
	/** Where to look for the keys that are not found here. */
	readonly elsewhere?: ConnectedProgram;
}

class KeysPick extends Disposable {
	readonly #options: CheckKeysOptions;
	readonly #program: ConnectedProgram;
	readonly #keys: readonly string[];
	readonly #pick = this._register(vscode.window.createQuickPick<Item>());
	readonly #asking = new AbortController();
	readonly #errors = new Map<string, unknown>();
	/** The customers who have an e-mail address that is no key; none where nobody has it. */
	readonly #byEmail = new Map<string, readonly CustomerRef[]>();
	#showing: NodeJS.Timeout | undefined;
	readonly #copyButton: vscode.QuickInputButton = {
		iconPath: new vscode.ThemeIcon('copy'),
		tooltip: vscode.l10n.t('Copy the list with its results'),
	};
	readonly #againButton: vscode.QuickInputButton = {
		iconPath: new vscode.ThemeIcon('refresh'),
		tooltip: vscode.l10n.t('Try again'),
	};

	constructor(options: CheckKeysOptions, program: ConnectedProgram, keys: readonly string[]) {
		super();
		this.#options = options;
		this.#program = program;
		this.#keys = keys;
		const pick = this.#pick;
		pick.placeholder = vscode.l10n.t('Enter opens the details of a customer');
		pick.matchOnDescription = true;
		pick.ignoreFocusOut = true;
		pick.keepScrollPosition = true;
		this._register(
			pick.onDidTriggerButton((button) => {
				const pressed = button === this.#copyButton ? this.#copy() : this.#ask(this.#keys.filter((key) => this.#stateOf(key) === 'failed'));
				pressed.catch(this.#fail);
			}),
		);
		this._register(pick.onDidAccept(() => this.#accept().catch(this.#fail)));
		this._register(pick.onDidHide(() => this.dispose()));
		this._register({ dispose: () => this.#asking.abort() });
		this._register({ dispose: () => clearTimeout(this.#showing) });
		this.#ask(keys).catch(() => undefined);
		pick.show();
	}

	/** The client lets four questions out at a time. */
	async #ask(keys: readonly string[]): Promise<void> {
		this.#pick.busy = true;
		for (const key of keys) {
			this.#errors.delete(key);
		}
		this.#show();
		await Promise.all(
			keys.map(async (key) => {
				try {
					await this.#askFor(key);
				} catch (error) {
					if (!PartneroError.is(error, 'cancelled')) {
						this.#errors.set(key, error);
					}
				}
				this.#showSoon();
			}),
		);
		if (!this.disposed) {
			this.#pick.busy = false;
			this.#show();
		}
	}

	async #askFor(key: string): Promise<void> {
		const { store } = this.#options;
		const { signal } = this.#asking;
		const programId = this.#program.id;
		const { absent } = await store.get({ programId, key }, { signal });
		if (absent && key.includes('@')) {
			const found = await store.searchCustomers(programId, key, { signal });
			this.#byEmail.set(
				key,
				found.map((customer) => ({ programId, key: customer.key })),
			);
		}
	}

	/** Answers come in bursts; each list travels to the window as a whole. */
	#showSoon(): void {
		this.#showing ??= setTimeout(() => {
			this.#showing = undefined;
			this.#show();
		}, pause);
	}

	#show(): void {
		const pick = this.#pick;
		const active = pick.activeItems[0]?.label;
		const states = this.#keys.map((key) => this.#stateOf(key));
		const count = (wanted: KeyState) => states.filter((state) => state === wanted).length;
		const [found, absent, failed, open] = [count('found'), count('absent'), count('failed'), count('open')];
		const program = singleLine(this.#program.name, 20);
		pick.title = pick.busy
			? vscode.l10n.t('{0} of {1} keys checked in {2}', found + absent, this.#keys.length, program)
			: `${program} · ${vscode.l10n.t('Keys: {0}. Found: {1}, not found: {2}, failed: {3}, not checked: {4}', this.#keys.length, found, absent, failed, open)}`;
		pick.buttons = pick.busy || failed === 0 ? [this.#copyButton] : [this.#againButton, this.#copyButton];
		const items = this.#keys.flatMap((key) => this.#refsOf(key).map((ref) => this.#item(key, ref)));
		pick.items = pick.busy || absent === 0 ? items : [...items, ...this.#elsewhere()];
		pick.activeItems = pick.items.filter(({ label }, index) => label === active || (active === undefined && index === 0)).slice(0, 1);
	}

	#missing(): readonly string[] {
		return this.#keys.filter((key) => this.#stateOf(key) === 'absent');
	}

	#elsewhere(): readonly Item[] {
		return this.#options.programs.elsewhere(this.#program.id).map((program) => ({
			label: vscode.l10n.t('Look in {0}', inert(singleLine(program.name, 80))),
			description: labelOf(this.#missing().join(', ')),
			iconPath: new vscode.ThemeIcon('arrow-right'),
			alwaysShow: true,
			elsewhere: program,
		}));
	}

	/** Whom a key or an e-mail address means, as far as it is known. */
	#refsOf(key: string): readonly CustomerRef[] {
		const found = this.#byEmail.get(key) ?? [];
		return found.length > 0 ? found : [{ programId: this.#program.id, key }];
	}

	#stateOf(key: string): KeyState {
		const { customer, absent } = this.#options.store.peek({ programId: this.#program.id, key });
		if (customer !== undefined || (this.#byEmail.get(key)?.length ?? 0) > 0) {
			return 'found';
		}
		if (this.#errors.has(key)) {
			return 'failed';
		}
		return absent && (!key.includes('@') || this.#byEmail.has(key)) ? 'absent' : 'open';
	}

	#item(key: string, ref: CustomerRef): Item {
		const icon = icons[this.#stateOf(key)] ?? (this.#pick.busy ? 'loading~spin' : 'circle-slash');
		return { label: labelOf(key), description: labelOf(this.#resultOf(key, ref)), iconPath: new vscode.ThemeIcon(icon), ref };
	}

	#resultOf(key: string, ref: CustomerRef): string {
		const { customer } = this.#options.store.peek(ref);
		switch (this.#stateOf(key)) {
			case 'found': {
				const name = [customer?.name, customer?.surname].filter((part) => part).join(' ');
				const partner = customer?.partner === undefined ? vscode.l10n.t('no partner') : vscode.l10n.t('partner {0}', customer.partner);
				const status = customer?.deleted ? vscode.l10n.t('deleted') : customer?.status;
				return [ref.key === key ? '' : ref.key, name, status, partner].filter((part) => part).join(' · ');
			}
			case 'absent':
				return vscode.l10n.t('not a customer of {0}', this.#program.name);
			case 'failed':
				return describeError(this.#errors.get(key), { program: this.#program.name, key });
			default:
				return this.#pick.busy ? '' : vscode.l10n.t('not checked');
		}
	}

	async #copy(): Promise<void> {
		// Made to be pasted into a spreadsheet, where a cell that starts like a formula would be one.
		const lines = this.#keys.flatMap((key) =>
			this.#refsOf(key).map((ref) => [key, this.#resultOf(key, ref)].map((cell) => defused(singleLine(cell))).join('\t')),
		);
		await vscode.env.clipboard.writeText(lines.join('\n'));
		vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Results copied: {0}', lines.length)}`, 3000);
	}

	/** VS Code drops the promises of its events' listeners. */
	readonly #fail = (error: unknown): void => {
		vscode.window.showErrorMessage(describeError(error, { program: this.#program.name })).then(undefined, () => undefined);
	};

	async #accept(): Promise<void> {
		const { ref, elsewhere } = this.#pick.selectedItems[0] ?? {};
		if (elsewhere !== undefined) {
			const missing = this.#missing();
			this.dispose();
			new KeysPick(this.#options, elsewhere, missing);
		} else if (ref !== undefined) {
			this.dispose();
			await this.#options.showPanel(ref);
		}
	}
}

/** How far the check of a key is. */
type KeyState = 'found' | 'absent' | 'failed' | 'open';

const icons: Readonly<Partial<Record<KeyState, string>>> = { found: 'person', absent: 'question', failed: 'warning' };
