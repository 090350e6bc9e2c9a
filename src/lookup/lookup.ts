// "Look up customer": a quick pick that takes a key or an e-mail address as typed or pasted, and offers what is at hand: the recognised key
// at the cursor, the selection, the clipboard, pinned and recent customers. Enter opens the detail panel.
import * as vscode from 'vscode';
import type { KeyHistory } from '../customers/history.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { customerLabel, singleLine } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import type { Customer } from '../partnero/types.ts';
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
			await this.open(program, given.trim());
			return;
		}
		this.pick?.dispose();
		this.pick = new LookupPick(this.options, program, (key, signal) => this.open(program, key, signal));
	}

	private async lookUpAtCursor(): Promise<void> {
		const key = (await this.options.keyAtCursor()) ?? selectedText();
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

	/** Opens the panel of the customer with that key, or, for an e-mail address that is no key, of the customer who has it. */
	private async open(program: ConnectedProgram, key: string, signal?: AbortSignal): Promise<void> {
		const ref = { programId: program.id, key };
		const found = key.includes('@') ? await this.findByEmail(ref, signal) : ref;
		if (found === undefined || signal?.aborted) {
			return;
		}
		await this.options.showPanel(found);
	}

	/** An e-mail address may itself be a key, and then wins. What fails here fails again in the panel, which says so. */
	private async findByEmail(ref: CustomerRef, signal?: AbortSignal): Promise<CustomerRef | undefined> {
		try {
			const { absent } = await this.options.store.get(ref, { signal });
			if (!absent) {
				return ref;
			}
			const customers = await this.options.store.searchCustomers(ref.programId, ref.key, { signal });
			const [only] = customers;
			if (only === undefined) {
				return ref;
			}
			const chosen = customers.length === 1 ? only : await pickCustomer(customers, ref.key);
			return chosen === undefined ? undefined : { programId: ref.programId, key: chosen.key };
		} catch {
			return ref;
		}
	}
}

/** The quick pick while it is open. */
class LookupPick extends Disposable {
	private readonly options: LookupCommandsOptions;
	private readonly program: ConnectedProgram;
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

	constructor(options: LookupCommandsOptions, program: ConnectedProgram, open: (key: string, signal: AbortSignal) => Promise<void>) {
		super();
		this.options = options;
		this.program = program;
		const { pick } = this;
		pick.title = vscode.l10n.t('Look up customer in {0}', singleLine(program.name));
		pick.placeholder = vscode.l10n.t('Customer key or e-mail address');
		pick.matchOnDescription = true;
		pick.matchOnDetail = true;
		this._register(pick.onDidChangeValue(() => this.show()));
		this._register(options.history.onDidChange(() => this.show()));
		this._register(pick.onDidTriggerItemButton((event) => this.press(event)));
		this._register(
			pick.onDidAccept(async () => {
				const key = this.chosenKey();
				if (key !== undefined) {
					pick.busy = true;
					await open(key, this.asking.signal);
					this.dispose();
				}
			}),
		);
		this._register(pick.onDidHide(() => this.dispose()));
		this._register({ dispose: () => this.asking.abort() });
		this.show();
		pick.show();
		this.offerSurroundings().catch(() => undefined);
	}

	/** The key to open, or undefined, with the reason shown, where the text cannot be one. */
	private chosenKey(): string | undefined {
		const key = (this.pick.selectedItems[0]?.key ?? this.pick.value).trim();
		const problem = customerKeyProblem(key);
		this.pick.items = problem === undefined ? this.pick.items : [{ label: describeKeyProblem(problem), alwaysShow: true }];
		return problem === undefined ? key : undefined;
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
			return [{ label: `$(warning) ${describeKeyProblem(problem)}`, alwaysShow: true }];
		}
		const label = `$(search) ${vscode.l10n.t('Look up {0}', label200(typed))}`;
		return [{ label, alwaysShow: true, key: typed }];
	}

	private known(key: string, pinned: boolean): Item {
		const { customer } = this.options.store.peek({ programId: this.program.id, key });
		const name = customer === undefined ? '' : customerLabel(customer);
		return {
			label: label200(key),
			description: name === key ? '' : iconless(name),
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

/** Several customers with the same e-mail address. */
async function pickCustomer(customers: readonly Customer[], email: string): Promise<Customer | undefined> {
	const items = customers.map((customer) => ({ label: iconless(customerLabel(customer)), description: label200(customer.key), customer }));
	const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Several customers have the address {0}', email) });
	return picked?.customer;
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

/** Labels of a quick pick turn `$(name)` into an icon; text from outside must not. */
function iconless(text: string): string {
	return text.replaceAll('$(', '$\u200b(');
}

function label200(text: string): string {
	return iconless(singleLine(text, 200));
}
