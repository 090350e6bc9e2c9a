// Which rows were opened and closed, so that a window that is reloaded shows them as they were: VS Code itself forgets it. Kept per workspace and
// program by fingerprints, which name no customer.
import type * as vscode from 'vscode';
import { fingerprintOf } from './nodes.ts';

const storageKey = 'partnero.openRows';
/** Rows that are remembered of one program; what was opened or closed longest ago is forgotten first. */
const mostRows = 200;

/** By fingerprint: open or closed. */
type Rows = Map<string, boolean>;

export class OpenRows {
	readonly #storage: vscode.Memento;
	readonly #programs: Map<string, Rows>;

	constructor(storage: vscode.Memento) {
		this.#storage = storage;
		this.#programs = new Map(entriesOf(storage.get<unknown>(storageKey)).map(([id, rows]) => [id, readRows(rows)]));
	}

	/** Whether the user opened or closed the row of that id; undefined for one that was left as it came. */
	isOpen(programId: string, rowId: string): boolean | undefined {
		return this.#programs.get(programId)?.get(fingerprintOf(rowId));
	}

	async set(programId: string, rowId: string, open: boolean): Promise<void> {
		const rows = this.#programs.get(programId) ?? new Map<string, boolean>();
		const name = fingerprintOf(rowId);
		rows.delete(name);
		rows.set(name, open);
		for (const oldest of [...rows.keys()].slice(0, -mostRows)) {
			rows.delete(oldest);
		}
		this.#programs.set(programId, rows);
		await this.#store();
	}

	/** Forgets all programs but these. */
	async keepOnly(programIds: readonly string[]): Promise<void> {
		const gone = [...this.#programs.keys()].filter((id) => !programIds.includes(id));
		for (const id of gone) {
			this.#programs.delete(id);
		}
		if (gone.length > 0) {
			await this.#store();
		}
	}

	async #store(): Promise<void> {
		const programs = [...this.#programs].map(([id, rows]) => [id, Object.fromEntries(rows)] as const);
		await this.#storage.update(storageKey, programs.length === 0 ? undefined : Object.fromEntries(programs));
	}
}

/** What was stored may be of another version, or damaged. */
function readRows(stored: unknown): Rows {
	return new Map(entriesOf(stored).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'));
}

function entriesOf(stored: unknown): [string, unknown][] {
	return typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
}
