// What VS Code keeps for an extension: mementos and secrets, shared by the windows of one machine as VS Code shares them. A memento changes at
// once in its own window and, without any event, some time later in the others; a secret tells every window, the one that changed it included.
import { EventEmitter } from './vscode.ts';

/** `globalState` or `workspaceState` of one window. Values are stored as JSON, so nobody can change them from outside. */
export class FakeMemento {
	private stored = new Map<string, string>();
	private readonly others: FakeMemento[] = [];
	/** Whether the next updates fail, as on a full disk. */
	broken = false;

	get<Value>(key: string, fallback?: Value): Value | undefined {
		const text = this.stored.get(key);
		return text === undefined ? fallback : (JSON.parse(text) as Value);
	}

	async update(key: string, value: unknown): Promise<void> {
		if (this.broken) {
			throw new Error('the disk is full');
		}
		if (value === undefined) {
			this.stored.delete(key);
		} else {
			this.stored.set(key, JSON.stringify(value));
		}
	}

	keys(): readonly string[] {
		return [...this.stored.keys()];
	}

	setKeysForSync(): void {}

	/** The same state in another window, as it is now. */
	inAnotherWindow(): FakeMemento {
		const other = new FakeMemento();
		other.stored = new Map(this.stored);
		this.others.push(other);
		other.others.push(this);
		return other;
	}

	/** What was changed here arrives in the other windows. */
	arriveElsewhere(): void {
		for (const other of this.others) {
			other.stored = new Map(this.stored);
		}
	}

	/** All that is stored, for searches. */
	get text(): string {
		return [...this.stored].flat().join('\n');
	}
}

/** The keyring of a machine. */
export class FakeKeyring {
	readonly stored = new Map<string, string>();
	private readonly changes = new EventEmitter<{ readonly key: string }>();
	/** How it fails: what it is given is lost, comes back as something else, or every call throws. */
	failure: 'loses' | 'alters' | 'throws on store' | 'throws on get' | 'throws on delete' | undefined;
	/** Values that were ever stored, for searches. */
	readonly everStored: string[] = [];

	/** `context.secrets` of a window. */
	inWindow() {
		return {
			get: async (key: string): Promise<string | undefined> => {
				this.failIf('throws on get', key);
				const value = this.stored.get(key);
				return this.failure === 'alters' && value !== undefined ? `${value} ` : value;
			},
			store: async (key: string, value: string): Promise<void> => {
				this.failIf('throws on store', value);
				this.everStored.push(value);
				if (this.failure !== 'loses') {
					this.stored.set(key, value);
				}
				this.tell(key);
			},
			delete: async (key: string): Promise<void> => {
				this.failIf('throws on delete', key);
				this.stored.delete(key);
				this.tell(key);
			},
			keys: async (): Promise<string[]> => [...this.stored.keys()],
			onDidChange: this.changes.event,
		};
	}

	/** `context.secrets` of a window in a browser: a copy, made when the window opens, and written back as a whole. */
	inBrowserWindow(): ReturnType<FakeKeyring['inWindow']> {
		const copy = new FakeKeyring();
		for (const [key, value] of this.stored) {
			copy.stored.set(key, value);
		}
		const { store, delete: remove, ...others } = copy.inWindow();
		const writeBack = (value?: string) => {
			this.everStored.push(...(value === undefined ? [] : [value]));
			this.stored.clear();
			for (const [name, text] of copy.stored) {
				this.stored.set(name, text);
			}
		};
		return {
			...others,
			store: async (key, value) => store(key, value).then(() => writeBack(value)),
			delete: async (key) => remove(key).then(() => writeBack()),
		};
	}

	/** Windows that listen. */
	get listenerCount(): number {
		return this.changes.listenerCount;
	}

	private failIf(failure: FakeKeyring['failure'], about: string): void {
		if (this.failure === failure) {
			throw new Error(`the keyring failed on ${about}`);
		}
	}

	/** Windows hear of it from another process, a while later. */
	private tell(key: string): void {
		setImmediate(() => this.changes.fire({ key }));
	}
}

/** What the windows of a machine tell each other. A while passes before it is heard, and it arrives as a copy. */
export class FakeWindows {
	private readonly windows = new Set<EventEmitter<unknown>>();
	/** All that was told, for searches. */
	text = '';

	inWindow() {
		const heard = new EventEmitter<unknown>();
		this.windows.add(heard);
		return {
			onDidHear: heard.event,
			tell: async (news: object): Promise<void> => {
				const text = JSON.stringify(news);
				this.text += text;
				setImmediate(() => {
					for (const window of this.windows) {
						if (window !== heard) {
							window.fire(JSON.parse(text));
						}
					}
				});
			},
		};
	}
}
