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
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';
import { oneKey, selectedText } from './atHand.ts';
import { LookupPick, labelOf } from './lookupPick.ts';

export interface LookupCommandsOptions {
	readonly store: CustomerStore;
	readonly history: KeyHistory;
	readonly programs: ProgramRegistry;
	readonly showPanel: (ref: CustomerRef) => Promise<void>;
	/** The recognised key at the cursor of the active editor, if there is one. */
	readonly keyAtCursor: () => Promise<string | undefined>;
}

export class LookupCommands extends Disposable {
	readonly #options: LookupCommandsOptions;
	#pick: LookupPick | undefined;
	#lastKeys: readonly string[] | undefined;
	readonly commands: Commands<'partnero.lookUpCustomer' | 'partnero.lookUpCustomerAtCursor'> = {
		'partnero.lookUpCustomer': (key) => this.#lookUp(key),
		'partnero.lookUpCustomerAtCursor': () => this.#lookUpAtCursor(),
	};

	constructor(options: LookupCommandsOptions) {
		super();
		this.#options = options;
		this._register({ dispose: () => this.#pick?.dispose() });
	}

	async #lookUp(given: unknown): Promise<void> {
		const program = await this.#activeProgram();
		if (program === undefined) {
			return;
		}
		if (typeof given === 'string' && customerKeyProblem(given.trim()) === undefined) {
			await this.#open(program, await this.#candidates({ programId: program.id, key: given.trim() }));
			return;
		}
		this.#pick?.dispose();
		this.#pick = new LookupPick({
			...this.#options,
			program,
			find: (ref, signal) => this.#candidates(ref, signal),
			open: (candidates) => this.#open(program, candidates),
			lastKeys: this.#lastKeys,
			check: async (keys) => {
				this.#lastKeys = keys;
				await vscode.commands.executeCommand('partnero.checkKeys', keys);
			},
		});
	}

	async #lookUpAtCursor(): Promise<void> {
		const key = (await this.#options.keyAtCursor()) ?? oneKey(selectedText());
		await this.#lookUp(key);
	}

	/** Without a program there is nothing to ask, so the way to one is offered instead of an error. */
	async #activeProgram(): Promise<ConnectedProgram | undefined> {
		const { active } = this.#options.programs;
		if (active !== undefined) {
			return active;
		}
		const connect = vscode.l10n.t('Connect a program');
		const sample = vscode.l10n.t('Explore sample data');
		// In the box that the command would have opened, since a notification has no focus.
		const choice = await vscode.window.showQuickPick([connect, sample], { title: vscode.l10n.t('Connect a Partnero program first.') });
		if (choice === undefined) {
			return undefined;
		}
		await vscode.commands.executeCommand(choice === connect ? 'partnero.connectProgram' : 'partnero.exploreSampleData');
		return this.#options.programs.active;
	}

	/** Opens the panel of the only candidate, or of the one that the user chooses. */
	async #open(program: ConnectedProgram, candidates: readonly CustomerRef[]): Promise<void> {
		const [only, ...others] = candidates;
		const chosen = others.length === 0 ? only : await this.#choose(program, candidates);
		if (chosen !== undefined) {
			await this.#options.showPanel(chosen);
		}
	}

	/**
	 * Whom a text may mean: the customer with that key, or, for an e-mail address that is no key, the customers who have it. Where that cannot
	 * be told the text stands for a key, and the panel tells what is wrong.
	 */
	async #candidates(ref: CustomerRef, signal?: AbortSignal): Promise<readonly CustomerRef[]> {
		if (!ref.key.includes('@')) {
			return [ref];
		}
		try {
			const { absent } = await this.#options.store.get(ref, { signal });
			const customers = absent ? await this.#options.store.searchCustomers(ref.programId, ref.key, { signal }) : [];
			return customers.length === 0 ? [ref] : customers.map(({ key }) => ({ programId: ref.programId, key }));
		} catch {
			return [ref];
		}
	}

	async #choose(program: ConnectedProgram, candidates: readonly CustomerRef[]): Promise<CustomerRef | undefined> {
		const items = candidates.map((ref) => {
			const { customer } = this.#options.store.peek(ref);
			return { label: customer === undefined ? labelOf(ref.key) : labelOf(customerLabel(customer)), description: labelOf(ref.key), ref };
		});
		const title = vscode.l10n.t('Several customers of {0} have this e-mail address', singleLine(program.name));
		return (await vscode.window.showQuickPick(items, { title }))?.ref;
	}
}
