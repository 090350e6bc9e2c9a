// "Look up customer": a quick pick that takes a key or an e-mail address as typed or pasted, and offers what is at hand: the recognised key
// at the cursor, the selection, the clipboard, pinned and recent customers. Enter opens the detail panel.
import * as vscode from 'vscode';
import type { KeyHistory } from '../customers/history.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { iconless } from '../format/labels.ts';
import { customerLabel, singleLine } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';
import { describeKeyProblem } from '../wording/errors.ts';

export interface LookupCommandsOptions {
	readonly store: CustomerStore;
	readonly history: KeyHistory;
	readonly programs: ProgramRegistry;
	readonly showPanel: (ref: CustomerRef) => Promise<void>;
	/** The recognised key at the cursor of the active editor, if there is one. */
	readonly keyAtCursor: () => Promise<string | undefined>;
}

type Item = vscode.QuickPickItem & { readonly key?: string };

/** A clipboard that holds more than that is no customer key that someone copied to look it up. */
const maxClipboardKey = 100;

export class LookupCommands extends Disposable {
	private readonly options: LookupCommandsOptions;
	private pick: LookupPick | undefined;
	readonly commands: Commands<'partnero.lookUpCustomer' | 'partnero.lookUpCustomerAtCursor'> = {
		'partnero.lookUpCustomer': (key) => this.lookUp(key),
		'partnero.lookUpCustomerAtCursor': () => this.lookUpAtCursor(),
	};

	constructor(options: LookupCommandsOptions) {
		super();
		this.options = options;
		this._register({ dispose: () => this.pick?.dispose() });
	}

	private async lookUp(given: unknown): Promise<void> {
		const program = await this.activeProgram();
		if (program === undefined) {
			return;
		}
		if (typeof given === 'string' && customerKeyProblem(given.trim()) === undefined) {
			await this.open(program, await this.candidates({ programId: program.id, key: given.trim() }));
			return;
		}
		this.pick?.dispose();
		this.pick = new LookupPick(this.options, program, {
			find: (key, signal) => this.candidates({ programId: program.id, key }, signal),
			open: (candidates) => this.open(program, candidates),
		});
	}

	private async lookUpAtCursor(): Promise<void> {
		const key = (await this.options.keyAtCursor()) ?? oneKey(selectedText());
		await this.lookUp(key);
	}

	/** Without a program there is nothing to ask, so the way to one is offered instead of an error. */
	private async activeProgram(): Promise<ConnectedProgram | undefined> {
		const { active } = this.options.programs;
		if (active !== undefined) {
			return active;
		}
		const connect = vscode.l10n.t('Connect a program');
		const sample = vscode.l10n.t('Explore sample data');
		const choice = await vscode.window.showInformationMessage(vscode.l10n.t('Connect a Partnero program first.'), connect, sample);
		if (choice === undefined) {
			return undefined;
		}
		await vscode.commands.executeCommand(choice === connect ? 'partnero.connectProgram' : 'partnero.exploreSampleData');
		return this.options.programs.active;
	}

	/** Opens the panel of the only candidate, or of the one that the user chooses. */
	private async open(program: ConnectedProgram, candidates: readonly CustomerRef[]): Promise<void> {
		const [only, ...others] = candidates;
		const chosen = others.length === 0 ? only : await this.choose(program, candidates);
		if (chosen !== undefined) {
			await this.options.showPanel(chosen);
		}
	}

	/**
	 * Whom a text may mean: the customer with that key, or, for an e-mail address that is no key, the customers who have it. Where that cannot
	 * be told the text stands for a key, and the panel tells what is wrong.
	 */
	private async candidates(ref: CustomerRef, signal?: AbortSignal): Promise<readonly CustomerRef[]> {
		if (!ref.key.includes('@')) {
			return [ref];
		}
		try {
			const { absent } = await this.options.store.get(ref, { signal });
			const customers = absent ? await this.options.store.searchCustomers(ref.programId, ref.key, { signal }) : [];
			return customers.length === 0 ? [ref] : customers.map(({ key }) => ({ programId: ref.programId, key }));
		} catch {
			return [ref];
		}
	}

	private async choose(program: ConnectedProgram, candidates: readonly CustomerRef[]): Promise<CustomerRef | undefined> {
		const items = candidates.map((ref) => {
			const { customer } = this.options.store.peek(ref);
			return { label: customer === undefined ? label200(ref.key) : label200(customerLabel(customer)), description: label200(ref.key), ref };
		});
		const title = vscode.l10n.t('Several customers of {0} have this e-mail address', singleLine(program.name));
		return (await vscode.window.showQuickPick(items, { title }))?.ref;
	}
}

interface LookupActions {
	/** Whom the text may mean. Never rejects. */
	readonly find: (key: string, signal: AbortSignal) => Promise<readonly CustomerRef[]>;
	readonly open: (candidates: readonly CustomerRef[]) => Promise<void>;
}

/** The quick pick while it is open. */
class LookupPick extends Disposable {
	private readonly options: LookupCommandsOptions;
	private readonly program: ConnectedProgram;
	private readonly actions: LookupActions;
	private readonly pick = this._register(vscode.window.createQuickPick<Item>());
	private readonly asking = new AbortController();
	/** Keys that the surroundings offer, each with where it stands. */
	private offered: readonly Item[] = [];

	private readonly pinButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('pin'), tooltip: vscode.l10n.t('Pin') };
	private readonly unpinButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('pinned'), tooltip: vscode.l10n.t('Unpin') };
	private readonly copyButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy key') };
	private readonly removeButton: vscode.QuickInputButton = {
		iconPath: new vscode.ThemeIcon('close'),
		tooltip: vscode.l10n.t('Remove from recent'),
	};

	constructor(options: LookupCommandsOptions, program: ConnectedProgram, actions: LookupActions) {
		super();
		this.options = options;
		this.program = program;
		this.actions = actions;
		const { pick } = this;
		pick.title = vscode.l10n.t('Look up customer in {0}', singleLine(program.name));
		pick.placeholder = vscode.l10n.t('Customer key or e-mail address');
		pick.matchOnDescription = true;
		this._register(pick.onDidChangeValue(() => this.show()));
		this._register(options.history.onDidChange(() => this.show()));
		this._register(pick.onDidTriggerItemButton((event) => this.press(event)));
		this._register(pick.onDidAccept(() => this.accept()));
		this._register(pick.onDidHide(() => this.dispose()));
		this._register({ dispose: () => this.asking.abort() });
		this.show();
		pick.show();
		this.offerSurroundings().catch(() => undefined);
	}

	/** Finds whom the text means while the pick is still open, so that Escape ends it; opens what was found when the pick is gone. */
	private async accept(): Promise<void> {
		const key = (this.pick.selectedItems[0]?.key ?? this.pick.value).trim();
		const problem = customerKeyProblem(key);
		if (problem !== undefined) {
			this.pick.items = [{ label: describeKeyProblem(problem), iconPath: new vscode.ThemeIcon('warning'), alwaysShow: true }];
			return;
		}
		if (this.pick.busy) {
			return;
		}
		this.pick.busy = true;
		const candidates = await this.actions.find(key, this.asking.signal);
		if (!this.disposed) {
			this.dispose();
			await this.actions.open(candidates);
		}
	}

	private show(): void {
		const typed = this.pick.value.trim();
		const { history } = this.options;
		const pinned = history.pinned(this.program.id).map((key) => this.known(key, true));
		const recent = history.recent(this.program.id).map((key) => this.known(key, false));
		this.pick.items = [
			...this.typedItem(typed),
			...group(
				vscode.l10n.t('At hand'),
				this.offered.filter(({ key }) => key !== typed),
			),
			...group(vscode.l10n.t('Pinned'), pinned),
			...group(vscode.l10n.t('Recent'), recent),
		];
	}

	private typedItem(typed: string): readonly Item[] {
		if (typed === '') {
			return [];
		}
		const problem = customerKeyProblem(typed);
		if (problem !== undefined) {
			return [{ label: describeKeyProblem(problem), iconPath: new vscode.ThemeIcon('warning'), alwaysShow: true }];
		}
		// VS Code puts the closest label first, and no other label is closer to the typed text than itself: Enter opens what was typed.
		return [
			{
				label: iconless(typed),
				description: vscode.l10n.t('Look up'),
				iconPath: new vscode.ThemeIcon('search'),
				alwaysShow: true,
				key: typed,
			},
		];
	}

	private known(key: string, pinned: boolean): Item {
		const { customer } = this.options.store.peek({ programId: this.program.id, key });
		const name = customer === undefined ? '' : customerLabel(customer);
		return {
			label: label200(key),
			description: name === key ? '' : label200(name),
			key,
			buttons: pinned ? [this.unpinButton, this.copyButton] : [this.pinButton, this.copyButton, this.removeButton],
		};
	}

	private async press({ item, button }: vscode.QuickPickItemButtonEvent<Item>): Promise<void> {
		if (item.key === undefined) {
			return;
		}
		const command = new Map([
			[this.pinButton, 'partnero.pin'],
			[this.unpinButton, 'partnero.unpin'],
			[this.copyButton, 'partnero.copyKey'],
			[this.removeButton, 'partnero.removeFromRecent'],
		]).get(button);
		if (command !== undefined) {
			await vscode.commands.executeCommand(command, { programId: this.program.id, key: item.key });
		}
	}

	private async offerSurroundings(): Promise<void> {
		const [atCursor, clipboard] = await Promise.all([this.options.keyAtCursor(), vscode.env.clipboard.readText()]);
		if (this.disposed) {
			return;
		}
		const candidates: readonly (readonly [string | undefined, string])[] = [
			[atCursor, vscode.l10n.t('at the cursor')],
			[oneKey(selectedText()), vscode.l10n.t('selected')],
			[oneKey(clipboard), vscode.l10n.t('on the clipboard')],
		];
		const items = new Map<string, Item>();
		for (const [key, place] of candidates) {
			if (key !== undefined && !items.has(key)) {
				items.set(key, { label: label200(key), description: place, key });
			}
		}
		this.offered = [...items.values()];
		this.show();
	}
}

function group(label: string, items: readonly Item[]): readonly Item[] {
	return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function selectedText(): string | undefined {
	const editor = vscode.window.activeTextEditor;
	return editor === undefined || editor.selection.isEmpty ? undefined : editor.document.getText(editor.selection);
}

/** Text that may be one key: one word or line, not too long, and no API token, which must not be shown. */
function oneKey(text: string | undefined): string | undefined {
	const key = text?.trim();
	if (key === undefined || key === '' || key.length > maxClipboardKey || /\s/.test(key) || /^eyJ/.test(key)) {
		return undefined;
	}
	return customerKeyProblem(key) === undefined ? key : undefined;
}

function label200(text: string): string {
	return iconless(singleLine(text, 200));
}
