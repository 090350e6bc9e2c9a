// "Check these keys": several keys at once, with results as they come. Enter opens one; the list can be copied with its results.
import * as vscode from 'vscode';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { defused } from '../format/csv.ts';
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
	private readonly options: CheckKeysOptions;
	readonly commands: Commands<'partnero.checkKeys'> = {
		'partnero.checkKeys': (argument) => this.check(argument),
	};

	constructor(options: CheckKeysOptions) {
		this.options = options;
	}

	private check(argument: unknown): void {
		const program = this.options.programs.active;
		const keys = Array.isArray(argument) ? argument.filter((key): key is string => typeof key === 'string') : [];
		const usable = keys.filter((key) => customerKeyProblem(key) === undefined);
		if (program !== undefined && usable.length > 0) {
			new KeysPick(this.options, program, usable);
		}
	}
}

/** Milliseconds between two lists of results. */
const pause = 100;

interface Item extends vscode.QuickPickItem {
	readonly ref: CustomerRef;
}

class KeysPick extends Disposable {
	private readonly options: CheckKeysOptions;
	private readonly program: ConnectedProgram;
	private readonly keys: readonly string[];
	private readonly pick = this._register(vscode.window.createQuickPick<Item>());
	private readonly asking = new AbortController();
	private readonly errors = new Map<string, unknown>();
	private answered = 0;
	private showing: NodeJS.Timeout | undefined;
	private readonly copyButton: vscode.QuickInputButton = {
		iconPath: new vscode.ThemeIcon('copy'),
		tooltip: vscode.l10n.t('Copy the list with its results'),
	};

	constructor(options: CheckKeysOptions, program: ConnectedProgram, keys: readonly string[]) {
		super();
		this.options = options;
		this.program = program;
		this.keys = keys;
		const { pick } = this;
		pick.placeholder = vscode.l10n.t('Enter opens the details of a customer');
		pick.matchOnDescription = true;
		pick.ignoreFocusOut = true;
		pick.keepScrollPosition = true;
		pick.buttons = [this.copyButton];
		this._register(pick.onDidTriggerButton(() => this.copy().catch(this.fail)));
		this._register(pick.onDidAccept(() => this.accept().catch(this.fail)));
		this._register(pick.onDidHide(() => this.dispose()));
		this._register({ dispose: () => this.asking.abort() });
		this._register({ dispose: () => clearTimeout(this.showing) });
		this.show();
		pick.show();
		this.askAll().catch(() => undefined);
	}

	/** The client lets four questions out at a time. */
	private async askAll(): Promise<void> {
		this.pick.busy = true;
		await Promise.all(
			this.keys.map(async (key) => {
				try {
					await this.options.store.get({ programId: this.program.id, key }, { signal: this.asking.signal });
				} catch (error) {
					if (!PartneroError.is(error, 'cancelled')) {
						this.errors.set(key, error);
					}
				}
				this.answered++;
				this.showSoon();
			}),
		);
		if (!this.disposed) {
			this.pick.busy = false;
			this.show();
		}
	}

	/** Answers come in bursts; each list travels to the window as a whole. */
	private showSoon(): void {
		this.showing ??= setTimeout(() => {
			this.showing = undefined;
			this.show();
		}, pause);
	}

	private show(): void {
		const { pick } = this;
		const active = pick.activeItems[0]?.ref.key ?? this.keys[0];
		pick.title = vscode.l10n.t('{0} of {1} keys checked in {2}', this.answered, this.keys.length, singleLine(this.program.name));
		const items = this.keys.map((key) => this.item({ programId: this.program.id, key }));
		pick.items = items;
		pick.activeItems = items.filter(({ ref }) => ref.key === active);
	}

	private item(ref: CustomerRef): Item {
		const { customer, absent } = this.options.store.peek(ref);
		const icon =
			customer !== undefined
				? 'person'
				: absent
					? 'question'
					: this.errors.has(ref.key)
						? 'warning'
						: this.pick.busy
							? 'loading~spin'
							: 'circle-slash';
		return { label: labelOf(ref.key), description: labelOf(this.resultOf(ref)), iconPath: new vscode.ThemeIcon(icon), ref };
	}

	private resultOf(ref: CustomerRef): string {
		const { customer, absent } = this.options.store.peek(ref);
		if (customer !== undefined) {
			const name = [customer.name, customer.surname].filter((part) => part).join(' ');
			const partner = customer.partner === undefined ? vscode.l10n.t('no partner') : vscode.l10n.t('partner {0}', customer.partner);
			return [name, customer.deleted ? vscode.l10n.t('deleted') : customer.status, partner].filter((part) => part).join(' · ');
		}
		if (absent) {
			return vscode.l10n.t('not a customer of {0}', this.program.name);
		}
		const error = this.errors.get(ref.key);
		if (error !== undefined) {
			return describeError(error, { program: this.program.name, key: ref.key });
		}
		return this.pick.busy ? '' : vscode.l10n.t('not checked');
	}

	private async copy(): Promise<void> {
		// Made to be pasted into a spreadsheet, where a cell that starts like a formula would be one.
		const lines = this.keys.map((key) =>
			[key, this.resultOf({ programId: this.program.id, key })].map((cell) => defused(singleLine(cell))).join('\t'),
		);
		await vscode.env.clipboard.writeText(lines.join('\n'));
		vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Results copied: {0}', lines.length)}`, 3000);
	}

	/** VS Code drops the promises of its events' listeners. */
	private readonly fail = (error: unknown): void => {
		vscode.window.showErrorMessage(describeError(error, { program: this.program.name })).then(undefined, () => undefined);
	};

	private async accept(): Promise<void> {
		const ref = this.pick.selectedItems[0]?.ref;
		if (ref !== undefined) {
			this.dispose();
			await this.options.showPanel(ref);
		}
	}
}
