// Which customers the user works with: recent and pinned keys per program. Keys alone: nothing else of a customer is written to disk.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import type { CustomerRef } from './types.ts';

const storageKey = 'partnero.history';

interface ProgramHistory {
	/** Newest first. */
	readonly recent: readonly string[];
	/** In the order of pinning. */
	readonly pinned: readonly string[];
}

export interface KeyHistoryOptions {
	readonly storage: vscode.Memento;
	/** Whether recent keys are kept at all, and how many per program. Settings, so read at every use. */
	readonly enabled: () => boolean;
	readonly size: () => number;
}

export class KeyHistory extends Disposable {
	readonly #changes = this._register(new vscode.EventEmitter<void>());
	readonly onDidChange = this.#changes.event;
	readonly #options: KeyHistoryOptions;

	constructor(options: KeyHistoryOptions) {
		super();
		this.#options = options;
	}

	/** Recent keys that are not pinned, newest first. */
	recent(programId: string): readonly string[] {
		const { recent, pinned } = this.#of(programId);
		return this.#options.enabled() ? recent.filter((key) => !pinned.includes(key)).slice(0, this.#options.size()) : [];
	}

	pinned(programId: string): readonly string[] {
		return this.#of(programId).pinned;
	}

	isPinned(ref: CustomerRef): boolean {
		return this.#of(ref.programId).pinned.includes(ref.key);
	}

	/** Puts the key on top of the recent ones. */
	async add(ref: CustomerRef): Promise<void> {
		if (this.#options.enabled()) {
			await this.#change(ref, ({ recent, pinned }) => ({
				recent: [ref.key, ...recent.filter((key) => key !== ref.key)].slice(0, this.#options.size() + pinned.length),
				pinned,
			}));
		}
	}

	async removeFromRecent(ref: CustomerRef): Promise<void> {
		await this.#change(ref, ({ recent, pinned }) => ({ recent: recent.filter((key) => key !== ref.key), pinned }));
	}

	async pin(ref: CustomerRef): Promise<void> {
		await this.#change(ref, ({ recent, pinned }) => ({ recent, pinned: [...pinned.filter((key) => key !== ref.key), ref.key] }));
	}

	async unpin(ref: CustomerRef): Promise<void> {
		await this.#change(ref, ({ recent, pinned }) => ({ recent, pinned: pinned.filter((key) => key !== ref.key) }));
	}

	/** Brings what is stored in line with the settings: switched off, nothing of what was looked up stays on disk; pins stay, being asked for. */
	async prune(): Promise<void> {
		const most = this.#options.enabled() ? this.#options.size() : 0;
		const kept = Object.keys(this.#all()).map((programId) => {
			const { recent, pinned } = this.#of(programId);
			return [programId, { recent: recent.filter((key) => !pinned.includes(key)).slice(0, most), pinned }] as const;
		});
		await this.#options.storage.update(storageKey, Object.fromEntries(kept));
		this.#changes.fire();
	}

	/** Forgets everything of a program. */
	async forgetProgram(programId: string): Promise<void> {
		const { [programId]: _forgotten, ...rest } = this.#all();
		await this.#options.storage.update(storageKey, rest);
		this.#changes.fire();
	}

	async #change(ref: CustomerRef, changed: (history: ProgramHistory) => ProgramHistory): Promise<void> {
		await this.#options.storage.update(storageKey, { ...this.#all(), [ref.programId]: changed(this.#of(ref.programId)) });
		this.#changes.fire();
	}

	#of(programId: string): ProgramHistory {
		const stored: unknown = this.#all()[programId];
		const lists = typeof stored === 'object' && stored !== null ? stored : {};
		return { recent: keysIn(Reflect.get(lists, 'recent')), pinned: keysIn(Reflect.get(lists, 'pinned')) };
	}

	#all(): Readonly<Record<string, unknown>> {
		const stored: unknown = this.#options.storage.get(storageKey);
		return typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? (stored as Record<string, unknown>) : {};
	}
}

/** What was stored may be of another version, or damaged. No key stands twice: a tree refuses two rows of one identity. */
function keysIn(list: unknown): readonly string[] {
	const isKey = (key: unknown): key is string => typeof key === 'string' && customerKeyProblem(key) === undefined;
	return Array.isArray(list) ? [...new Set(list.filter(isKey))] : [];
}
