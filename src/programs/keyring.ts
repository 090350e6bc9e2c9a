// The API keys of the programs in SecretStorage, each with the origin that it was given for. Some machines have no working keyring: what is
// stored is read back, and what could not be kept leaves nothing behind.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';

const prefix = 'partnero.program.';

/** An API key and the origin that accepted it. */
export interface StoredKey {
	readonly apiKey: string;
	readonly origin: string;
	/** Milliseconds since 1970. Tells a key from the one that it took the place of. */
	readonly storedAt?: number;
}

export interface KeyringOptions {
	readonly secrets: vscode.SecretStorage;
	/** Told of failures, without anything secret in it. */
	readonly log: (line: string) => void;
}

/** A key was stored or deleted. */
export interface KeyChange {
	readonly programId: string;
	/** Not what this window stored or read last. */
	readonly elsewhere: boolean;
	readonly storedAt?: number | undefined;
}

export class Keyring extends Disposable {
	readonly #changes = this._register(new vscode.EventEmitter<KeyChange>());
	/** Fires for changes of other windows, and for the echo of our own. */
	readonly onDidChange = this.#changes.event;
	readonly #options: KeyringOptions;
	/** The stored texts as this window last wrote or read them. */
	readonly #known = new Map<string, string>();
	/** Programs whose text changed and could not be read since. */
	readonly #stale = new Set<string>();
	/** Counts changes, not what was merely read: what was read before one is old. */
	#changed = 0;

	constructor(options: KeyringOptions) {
		super();
		this.#options = options;
		this._register(
			options.secrets.onDidChange(({ key }) => {
				if (key.startsWith(prefix)) {
					const programId = key.slice(prefix.length);
					this.#follow(programId).catch(() => {
						this.#stale.add(programId);
						this.#logFailure();
					});
				}
			}),
		);
	}

	/** The key of a program, or undefined where there is none that can be read: a keyring that fails has, for us, lost it. */
	async read(programId: string): Promise<StoredKey | undefined> {
		return parse(await this.#readText(programId));
	}

	/** Whether this window stored or read the key of a program, and nobody changed it since. */
	isKnown(programId: string): boolean {
		return this.#known.has(programId) && !this.#stale.has(programId);
	}

	/** Whether a key that this window stored or read stands in a text. */
	standsIn(text: string): boolean {
		return [...this.#known.values()].some((stored) => {
			const key = parse(stored);
			return key !== undefined && text.includes(key.apiKey);
		});
	}

	/** Keeps a key. Returns false where it could not be read back; what was there before is then put back as far as the keyring can. */
	async store(programId: string, key: StoredKey): Promise<boolean> {
		const before = await this.#readText(programId);
		const text = JSON.stringify(key);
		this.#change(programId, text);
		try {
			await this.#options.secrets.store(prefix + programId, text);
			if ((await this.#options.secrets.get(prefix + programId)) === text) {
				return true;
			}
			this.#options.log('The secret storage of this machine did not keep an API key.');
		} catch {
			this.#logFailure();
		}
		await this.#restore(programId, before);
		return false;
	}

	/** @throws Error where the key could not be deleted */
	async delete(programId: string): Promise<void> {
		const known = this.#known.get(programId);
		this.#change(programId, undefined);
		try {
			await this.#options.secrets.delete(prefix + programId);
		} catch {
			this.#change(programId, known);
			this.#logFailure();
			throw new Error(vscode.l10n.t('The secret storage of this machine did not delete the API key. Try again.'));
		}
	}

	async #follow(programId: string): Promise<void> {
		const stored = await this.#options.secrets.get(prefix + programId);
		const elsewhere = stored !== this.#known.get(programId);
		this.#change(programId, stored);
		this.#changes.fire({ programId, elsewhere, storedAt: parse(stored)?.storedAt });
	}

	async #readText(programId: string): Promise<string | undefined> {
		const changed = this.#changed;
		try {
			const text = await this.#options.secrets.get(prefix + programId);
			if (changed === this.#changed) {
				this.#remember(programId, text);
			}
			return text;
		} catch {
			this.#logFailure();
			return undefined;
		}
	}

	async #restore(programId: string, before: string | undefined): Promise<void> {
		const { secrets } = this.#options;
		this.#change(programId, before);
		const name = prefix + programId;
		const restored = before === undefined ? secrets.delete(name) : secrets.store(name, before);
		await restored.then(undefined, () => this.#logFailure());
	}

	#change(programId: string, text: string | undefined): void {
		this.#changed++;
		this.#remember(programId, text);
	}

	#remember(programId: string, text: string | undefined): void {
		this.#stale.delete(programId);
		if (text === undefined) {
			this.#known.delete(programId);
		} else {
			this.#known.set(programId, text);
		}
	}

	#logFailure(): void {
		// VS Code's own text may repeat what it could not store.
		this.#options.log('The secret storage of this machine failed.');
	}
}

/** What was stored may be of another version, or damaged. */
function parse(text: string | undefined): StoredKey | undefined {
	try {
		const { apiKey, origin, storedAt } = Object(JSON.parse(text ?? 'null')) as { readonly [Name in keyof StoredKey]?: unknown };
		const known = typeof apiKey === 'string' && typeof origin === 'string';
		return known ? { apiKey, origin, ...(typeof storedAt === 'number' && { storedAt }) } : undefined;
	} catch {
		return undefined;
	}
}
