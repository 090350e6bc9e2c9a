// The quick pick of "Look up customer" while it is open: what was typed and what Partnero says of it, keys at hand, pinned and recent
// customers.
import * as vscode from 'vscode';
import type { KeyHistory } from '../customers/history.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { inert } from '../format/labels.ts';
import { customerLabel, singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';
import { describeError, describeKeyProblem } from '../wording/errors.ts';
import { bareKey, copiedText, type KeyList, oneKey, selectedText, severalKeys, typedKeys } from './atHand.ts';
import { LookupSearch, type SearchResult } from './lookupSearch.ts';

/**
 * Milliseconds until what the user sees is what was sent last. VS Code's window names the chosen entry by its place in the list, so an Enter
 * that crosses a new list on its way would choose another customer; nobody reads a new list and chooses from it faster than this.
 */
const settling = 300;

export interface LookupPickOptions {
	readonly program: ConnectedProgram;
	readonly store: CustomerStore;
	readonly history: KeyHistory;
	readonly programs: ProgramRegistry;
	/** The recognised key at the cursor of the active editor, if there is one. */
	readonly keyAtCursor: () => Promise<string | undefined>;
	/** Whom a typed text may mean. Never rejects. */
	readonly find: (ref: CustomerRef, signal: AbortSignal) => Promise<readonly CustomerRef[]>;
	readonly open: (candidates: readonly CustomerRef[]) => Promise<void>;
	/** The list that was checked last, to be gone back to. */
	readonly lastKeys: readonly string[] | undefined;
	/** Checks several keys together. */
	readonly check: (keys: readonly string[]) => Promise<void>;
}

interface Item extends vscode.QuickPickItem {
	/** The customer that the item opens. */
	readonly ref?: CustomerRef;
	/** The text may be an e-mail address of somebody rather than a key. */
	readonly typed?: boolean;
	/** Several keys, to be checked together. */
	readonly keys?: readonly string[];
}

export class LookupPick extends Disposable {
	readonly #options: LookupPickOptions;
	readonly #pick = this._register(vscode.window.createQuickPick<Item>());
	readonly #search: LookupSearch;
	readonly #accepting = new AbortController();
	/** Keys that the surroundings offer, each with where it stands. */
	#offered: readonly Item[] = [];
	#accepted = false;
	/** Enter was pressed with nothing to look up. */
	#missedText = false;
	/** When the list was changed last, milliseconds since 1970. */
	#shownAt = 0;

	readonly #pinButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('pin'), tooltip: vscode.l10n.t('Pin') };
	readonly #unpinButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('pinned'), tooltip: vscode.l10n.t('Unpin') };
	readonly #copyButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('copy'), tooltip: vscode.l10n.t('Copy key') };
	readonly #removeButton: vscode.QuickInputButton = {
		iconPath: new vscode.ThemeIcon('close'),
		tooltip: vscode.l10n.t('Remove from recent'),
	};

	constructor(options: LookupPickOptions) {
		super();
		this.#options = options;
		this.#search = this._register(new LookupSearch(options.store, options.program.id));
		const pick = this.#pick;
		pick.title = vscode.l10n.t('Look up customer in {0}', singleLine(options.program.name));
		pick.placeholder = vscode.l10n.t('Customer key or e-mail address, or several of them');
		pick.matchOnDescription = true;
		this._register(
			pick.onDidChangeValue((value) => {
				this.#missedText = false;
				this.#search.type(typedKeys(value)?.certain ? '' : bareKey(value));
				this.#show();
			}),
		);
		this._register(this.#search.onDidChange(() => this.#show()));
		this._register(options.history.onDidChange(() => this.#show()));
		this._register(pick.onDidTriggerItemButton((event) => this.#press(event).catch(this.#fail)));
		this._register(pick.onDidAccept(() => this.#accept().catch(this.#fail)));
		this._register(pick.onDidHide(() => this.dispose()));
		this._register({ dispose: () => this.#accepting.abort() });
		this.#show();
		pick.show();
		this.#offerSurroundings().catch(() => undefined);
	}

	/** Finds whom the text means while the pick is still open, so that Escape ends it; opens what was found when the pick is gone. */
	async #accept(): Promise<void> {
		const chosen = this.#chosen();
		if (chosen?.keys !== undefined) {
			this.dispose();
			await this.#options.check(chosen.keys);
			return;
		}
		if (chosen?.ref === undefined || this.#accepted) {
			this.#missedText = chosen === undefined;
			this.#show();
			return;
		}
		this.#accepted = true;
		this.#pick.busy = true;
		const candidates = chosen.typed ? await this.#options.find(chosen.ref, this.#accepting.signal) : [chosen.ref];
		if (!this.disposed) {
			this.dispose();
			await this.#options.open(candidates);
		}
	}

	/** VS Code drops the promises of its events' listeners. */
	readonly #fail = (error: unknown): void => {
		vscode.window.showErrorMessage(describeError(error, { program: this.#options.program.name })).then(undefined, () => undefined);
	};

	/** What Enter means: the entry that the user chose, or the typed text as long as the list is still moving. */
	#chosen(): Item | undefined {
		const typed = this.#typedItems(this.#pick.value.trim())[0];
		const settled = Date.now() - this.#shownAt >= settling;
		return settled ? (this.#pick.selectedItems[0] ?? typed) : typed;
	}

	#show(): void {
		this.#shownAt = Date.now();
		const typed = this.#pick.value.trim();
		const own = bareKey(typed);
		const { history, program } = this.#options;
		const known = (keys: readonly string[], pinned: boolean) =>
			keys.filter((key) => key !== own).map((key) => this.#knownItem({ programId: program.id, key }, pinned));
		this.#pick.busy = this.#accepted || this.#search.busy;
		this.#pick.items = [
			...this.#typedItems(typed),
			...group(
				vscode.l10n.t('Suggestions'),
				this.#offered.filter(({ ref }) => ref?.key !== own),
			),
			...group(vscode.l10n.t('Pinned'), known(history.pinned(program.id), true)),
			...group(vscode.l10n.t('Recent'), known(history.recent(program.id), false)),
		];
	}

	/** What was typed, with what Partnero says of it, and where else to look. What is clearly a list is taken for one first. */
	#typedItems(typed: string): readonly Item[] {
		if (typed === '') {
			return this.#missedText ? [problemItem('')] : [];
		}
		const list = typedKeys(typed);
		const lists = list === undefined ? [] : [listItem(list, true)];
		return list?.certain
			? [...lists, ...this.#ownItems(typed, typed, { label: vscode.l10n.t('Look up'), description: labelOf(typed) })]
			: [...this.#ownItems(typed, bareKey(typed)), ...lists];
	}

	#ownItems(typed: string, key: string, shown?: Pick<Item, 'label' | 'description'>): readonly Item[] {
		if (customerKeyProblem(key) !== undefined) {
			return shown === undefined ? [problemItem(key)] : [];
		}
		const { program } = this.#options;
		const result = this.#search.result?.text === key ? this.#search.result : this.#knownResult(key);
		const description = this.#describe(result);
		const own: Item = {
			// VS Code puts the closest label first, and no other label is closer to the typed text than itself: Enter opens what was typed.
			label: inert(typed),
			description: key === typed ? description : `${labelOf(key)} · ${description}`,
			iconPath: new vscode.ThemeIcon(result?.exact?.customer === undefined ? 'search' : 'person'),
			alwaysShow: true,
			ref: { programId: program.id, key },
			typed: true,
			...shown,
		};
		const byEmail = (result?.byEmail ?? []).map((ref): Item => ({ ...this.#knownItem(ref, false), alwaysShow: true, buttons: [] }));
		// A key may hold anything, quotes too.
		const verbatim = { ...own, description: vscode.l10n.t('Look up'), ref: { programId: program.id, key: typed } };
		const others = key === typed || customerKeyProblem(typed) !== undefined ? [] : [verbatim];
		return [own, ...byEmail, ...others, ...(result?.exact?.absent ? this.#elsewhere(key) : [])];
	}

	/** What is known of a typed key without asking. */
	#knownResult(typed: string): SearchResult | undefined {
		const exact = this.#options.store.peek({ programId: this.#options.program.id, key: typed });
		return exact.customer === undefined && !exact.absent ? undefined : { text: typed, exact, byEmail: [] };
	}

	#elsewhere(key: string): readonly Item[] {
		return this.#options.programs.elsewhere(this.#options.program.id).map(({ id, name }) => ({
			label: inert(key),
			description: vscode.l10n.t('Look in {0}', inert(singleLine(name, 80))),
			iconPath: new vscode.ThemeIcon('arrow-right'),
			alwaysShow: true,
			ref: { programId: id, key },
		}));
	}

	#describe(result: SearchResult | undefined): string {
		const { program } = this.#options;
		if (result === undefined) {
			return vscode.l10n.t('Look up');
		}
		if (result.exact?.customer !== undefined) {
			return labelOf(customerLabel(result.exact.customer));
		}
		if (result.error !== undefined) {
			return inert(describeError(result.error, { program: program.name }));
		}
		return vscode.l10n.t('not a customer of {0}', inert(singleLine(program.name, 80)));
	}

	#knownItem(ref: CustomerRef, pinned: boolean): Item {
		const { customer } = this.#options.store.peek(ref);
		const name = customer === undefined ? '' : customerLabel(customer);
		return {
			label: labelOf(ref.key),
			description: name === ref.key ? '' : labelOf(name),
			iconPath: new vscode.ThemeIcon(pinned ? 'pinned' : 'history'),
			ref,
			buttons: pinned ? [this.#unpinButton, this.#copyButton] : [this.#pinButton, this.#copyButton, this.#removeButton],
		};
	}

	async #press({ item, button }: vscode.QuickPickItemButtonEvent<Item>): Promise<void> {
		const command = new Map([
			[this.#pinButton, 'partnero.pin'],
			[this.#unpinButton, 'partnero.unpin'],
			[this.#copyButton, 'partnero.copyKey'],
			[this.#removeButton, 'partnero.removeFromRecent'],
		]).get(button);
		if (item.ref !== undefined && command !== undefined) {
			await vscode.commands.executeCommand(command, item.ref);
		}
	}

	async #offerSurroundings(): Promise<void> {
		const { program, programs } = this.#options;
		const [atCursor, clipboard] = await Promise.all([this.#options.keyAtCursor(), copiedText()]);
		const isApiKey = await programs.isApiKey(clipboard);
		if (this.disposed) {
			return;
		}
		const copied = isApiKey ? undefined : clipboard;
		const candidates: readonly (readonly [string | undefined, string, string])[] = [
			[atCursor, vscode.l10n.t('at the cursor'), 'code'],
			[oneKey(selectedText()), vscode.l10n.t('selected'), 'selection'],
			[oneKey(copied), vscode.l10n.t('on the clipboard'), 'clippy'],
		];
		const items = new Map<string, Item>();
		for (const [key, place, icon] of candidates) {
			if (key !== undefined && !items.has(key)) {
				const ref = { programId: program.id, key };
				items.set(key, { label: labelOf(key), description: place, iconPath: new vscode.ThemeIcon(icon), ref, typed: true });
			}
		}
		const [list] = [severalKeys(selectedText()), severalKeys(copied)].filter((keys) => keys !== undefined);
		const last = this.#options.lastKeys;
		const lists = list === undefined ? [] : [list];
		const again = last === undefined || last.join('\n') === list?.keys.join('\n') ? [] : [{ keys: last, leftOut: 0 }];
		const checks = [...lists, ...again].map((keys) => listItem(keys));
		this.#offered = [...items.values(), ...checks];
		this.#show();
	}
}

function listItem({ keys, leftOut }: KeyList, alwaysShow = false): Item {
	const first = labelOf(keys.slice(0, 3).join(', '));
	return {
		label: vscode.l10n.t('Check these {0} keys', keys.length),
		description: leftOut === 0 ? first : `${first} · ${vscode.l10n.t('left out: {0}', leftOut)}`,
		iconPath: new vscode.ThemeIcon('checklist'),
		alwaysShow,
		keys,
	};
}

function problemItem(text: string): Item {
	return { label: describeKeyProblem(customerKeyProblem(text)), iconPath: new vscode.ThemeIcon('warning'), alwaysShow: true };
}

function group(label: string, items: readonly Item[]): readonly Item[] {
	return items.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...items];
}

/** Text of others as a label: one line, no icons, not endless. */
export function labelOf(text: string): string {
	return inert(singleLine(text, 200));
}
