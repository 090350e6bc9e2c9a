// As much of the `vscode` module as the unit tests need, true to VS Code's documented behaviour. What depends on a window is proved in the
// integration tests and UI journeys instead.

export type Event<T> = (listener: (value: T) => unknown) => { dispose(): void };

export class EventEmitter<T> {
	private readonly listeners = new Set<(value: T) => unknown>();
	readonly event: Event<T> = (listener) => {
		// Each subscription is its own, even of the same function twice.
		const own = (value: T) => listener(value);
		this.listeners.add(own);
		return { dispose: () => this.listeners.delete(own) };
	};

	fire(value: T): void {
		for (const listener of [...this.listeners]) {
			listener(value);
		}
	}

	dispose(): void {
		this.listeners.clear();
	}

	/** For tests of leaks. */
	get listenerCount(): number {
		return this.listeners.size;
	}
}

export const l10n = {
	t(message: string, ...values: readonly (string | number | boolean | Readonly<Record<string, string | number | boolean>>)[]): string {
		const [first] = values;
		const named = typeof first === 'object' ? first : Object.fromEntries(Object.entries(values));
		return message.replace(/\{(\w+)\}/g, (hole, name: string) => String(named[name] ?? hole));
	},
};

export class MarkdownString {
	value: string;
	isTrusted: boolean | { readonly enabledCommands: readonly string[] } | undefined;
	supportHtml: boolean | undefined;
	supportThemeIcons: boolean | undefined;

	constructor(value = '') {
		this.value = value;
	}
}

export class Position {
	readonly line: number;
	readonly character: number;

	constructor(line: number, character: number) {
		this.line = line;
		this.character = character;
	}

	isEqual(other: Position): boolean {
		return this.line === other.line && this.character === other.character;
	}
}

export class Range {
	readonly start: Position;
	readonly end: Position;

	constructor(start: Position, end: Position) {
		this.start = start;
		this.end = end;
	}

	isEqual(other: Range): boolean {
		return this.start.isEqual(other.start) && this.end.isEqual(other.end);
	}
}

export class Hover {
	readonly contents: readonly MarkdownString[];
	readonly range: Range | undefined;

	constructor(contents: readonly MarkdownString[], range?: Range) {
		this.contents = contents;
		this.range = range;
	}
}

export class ThemeIcon {
	readonly id: string;

	constructor(id: string) {
		this.id = id;
	}
}

export class ThemeColor {
	readonly id: string;

	constructor(id: string) {
		this.id = id;
	}
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 } as const;
export const StatusBarAlignment = { Left: 1, Right: 2 } as const;
export const QuickPickItemKind = { Separator: -1, Default: 0 } as const;
export const ViewColumn = { Active: -1, Beside: -2, One: 1 } as const;

export class TreeItem {
	label: string;
	collapsibleState: number;
	id?: string;
	description?: string;

	constructor(label: string, collapsibleState = 0) {
		this.label = label;
		this.collapsibleState = collapsibleState;
	}
}

export const UIKind = { Desktop: 1, Web: 2 } as const;

/** A window in a browser, whose clipboard is not read. */
export const env = { language: 'en', uiKind: UIKind.Web };

interface UriParts {
	readonly scheme: string;
	readonly authority?: string;
	readonly path?: string;
	readonly query?: string;
	readonly fragment?: string;
}

export class Uri {
	readonly scheme: string;
	readonly authority: string;
	readonly path: string;
	readonly query: string;
	readonly fragment: string;

	private constructor(parts: UriParts) {
		this.scheme = parts.scheme;
		this.authority = parts.authority ?? '';
		this.path = parts.path ?? '';
		this.query = parts.query ?? '';
		this.fragment = parts.fragment ?? '';
	}

	/** @throws Error where the parts make no address, by the rules that VS Code checks. */
	static from(parts: UriParts): Uri {
		const uri = new Uri(parts);
		if (!/^\w[\w\d+.-]*$/.test(uri.scheme)) {
			throw new Error('[UriError]: Scheme contains illegal characters.');
		}
		if (uri.authority !== '' && uri.path !== '' && !uri.path.startsWith('/')) {
			throw new Error(
				'[UriError]: If a URI contains an authority component, then the path component must either be empty or begin with a slash',
			);
		}
		if (uri.authority === '' && uri.path.startsWith('//')) {
			throw new Error('[UriError]: If a URI does not contain an authority component, then the path cannot begin with two slash characters');
		}
		return uri;
	}

	/** Reads an address, with every part percent-decoded once. */
	static parse(text: string): Uri {
		const [, , scheme = 'file', , authority, path, , query, , fragment] =
			/^(([^:/?#]+?):)?(\/\/([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?/s.exec(text) ?? [];
		const parts = { scheme, authority: decoded(authority), path: decoded(path), query: decoded(query), fragment: decoded(fragment) };
		return Uri.from(parts);
	}

	static file(path: string): Uri {
		return Uri.from({ scheme: 'file', path });
	}

	with(change: Partial<UriParts>): Uri {
		return Uri.from({ ...this, ...change });
	}

	static joinPath(base: Uri, ...segments: readonly string[]): Uri {
		return base.with({ path: [base.path, ...segments].join('/') });
	}

	toString(): string {
		const authority = this.authority === '' && this.scheme !== 'file' ? '' : `//${encodeURIComponent(this.authority)}`;
		const query = this.query === '' ? '' : `?${encodeURIComponent(this.query)}`;
		const fragment = this.fragment === '' ? '' : `#${encodeURIComponent(this.fragment)}`;
		return `${this.scheme}:${authority}${this.path.split('/').map(encodeURIComponent).join('/')}${query}${fragment}`;
	}
}

/** What cannot be decoded stays as it is. */
function decoded(part = ''): string {
	return part.replace(/(?:%[0-9A-Fa-f]{2})+/g, (bytes) => {
		try {
			return decodeURIComponent(bytes);
		} catch {
			return bytes;
		}
	});
}

/** The settings of a test: `partnero.…` by full name. */
export const fakeSettings = new Map<string, unknown>();
const configurationChanges = new EventEmitter<{ affectsConfiguration(section: string): boolean }>();

export const workspace = {
	getConfiguration: (section: string) => ({ get: (name: string): unknown => fakeSettings.get(`${section}.${name}`) }),
	onDidChangeConfiguration: configurationChanges.event,
	onDidChangeTextDocument: new EventEmitter<unknown>().event,
	onDidCloseTextDocument: new EventEmitter<unknown>().event,
};

export const languages = {
	createDiagnosticCollection: () => ({ set: () => undefined, delete: () => undefined, dispose: () => undefined }),
};

/** Changes a setting as a user does. */
export function changeSetting(name: string, value: unknown): void {
	fakeSettings.set(name, value);
	configurationChanges.fire({ affectsConfiguration: (section) => name === section || name.startsWith(`${section}.`) });
}

const activeEditors = new EventEmitter<unknown>();
const tabChanges = new EventEmitter<unknown>();
const windowStates = new EventEmitter<{ readonly focused: boolean; readonly active: boolean }>();

export const window = {
	onDidChangeWindowState: windowStates.event,
	activeTextEditor: undefined as unknown,
	onDidChangeActiveTextEditor: activeEditors.event,
	visibleTextEditors: [] as unknown[],
	withProgress: <Value>(_options: unknown, task: () => Promise<Value>): Promise<Value> => task(),
	tabGroups: { all: [] as { readonly tabs: readonly { readonly input: unknown }[] }[], onDidChangeTabs: tabChanges.event },
	/** The box that was made last stands in `shownInputBox`. */
	createInputBox: (): FakeInputBox => {
		shownInputBox = new FakeInputBox();
		return shownInputBox;
	},
	/** The quick pick that was made last stands in `shownQuickPick`. */
	createQuickPick: (): FakeQuickPick => {
		shownQuickPick = new FakeQuickPick();
		return shownQuickPick;
	},
};

/** The user turns to another editor, or to something that is none. */
export function showEditor(editor: unknown): void {
	window.activeTextEditor = editor;
	activeEditors.fire(editor);
}

/** The user has exactly these tabs open. */
export function showTabs(...inputs: readonly unknown[]): void {
	window.tabGroups.all = [{ tabs: inputs.map((input) => ({ input })) }];
	tabChanges.fire({});
}

interface FakeQuickPickItem {
	readonly label: string;
	readonly description?: string;
	readonly kind?: number;
}

/** A quick pick with the user's side of it. It filters nothing. */
export class FakeQuickPick {
	value = '';
	title: string | undefined;
	placeholder: string | undefined;
	busy = false;
	visible = false;
	items: readonly FakeQuickPickItem[] = [];
	activeItems: readonly FakeQuickPickItem[] = [];
	selectedItems: readonly FakeQuickPickItem[] = [];
	buttons: readonly { readonly tooltip?: string }[] = [];
	private readonly values = new EventEmitter<string>();
	private readonly accepts = new EventEmitter<void>();
	private readonly hides = new EventEmitter<void>();
	private readonly presses = new EventEmitter<unknown>();
	readonly onDidChangeValue = this.values.event;
	readonly onDidAccept = this.accepts.event;
	readonly onDidHide = this.hides.event;
	readonly onDidTriggerButton = this.presses.event;
	readonly onDidTriggerItemButton = new EventEmitter<unknown>().event;

	show(): void {
		this.visible = true;
	}

	/** A pick that is disposed of while it is shown hides first. */
	dispose(): void {
		if (this.visible) {
			this.visible = false;
			this.hides.fire();
		}
	}

	/** The entries as the user reads them. */
	get rows(): readonly string[] {
		return this.items
			.filter(({ kind }) => kind !== QuickPickItemKind.Separator)
			.map(({ label, description = '' }) => [label, description].filter((part) => part !== '').join(' | '));
	}

	/** The user types or pastes. */
	type(value: string): void {
		this.value = value;
		this.values.fire(value);
	}

	/** The user chooses an entry. */
	choose(label: string): void {
		this.selectedItems = this.items.filter((item) => item.label === label).slice(0, 1);
		this.accepts.fire();
	}

	/** The user presses the button with that tooltip. */
	press(tooltip: string): void {
		this.presses.fire(this.buttons.find((button) => button.tooltip === tooltip));
	}
}

/** The quick pick that was made last. */
export let shownQuickPick: FakeQuickPick | undefined;

/** An input box with the user's side of it. */
export class FakeInputBox {
	value = '';
	title: string | undefined;
	step: number | undefined;
	totalSteps: number | undefined;
	password = false;
	ignoreFocusOut = false;
	placeholder: string | undefined;
	prompt: string | undefined;
	validationMessage: string | undefined;
	busy = false;
	visible = false;
	private readonly values = new EventEmitter<string>();
	private readonly accepts = new EventEmitter<void>();
	private readonly hides = new EventEmitter<void>();
	readonly onDidChangeValue = this.values.event;
	readonly onDidAccept = this.accepts.event;
	readonly onDidHide = this.hides.event;
	buttons: readonly { readonly tooltip?: string }[] = [];
	private readonly presses = new EventEmitter<unknown>();
	readonly onDidTriggerButton = this.presses.event;

	show(): void {
		this.visible = true;
	}

	hide(): void {
		if (this.visible) {
			this.visible = false;
			this.hides.fire();
		}
	}

	/** A box that is disposed of while it is shown hides first. */
	dispose(): void {
		this.hide();
	}

	/** The user types or pastes. */
	type(value: string): void {
		this.value = value;
		this.values.fire(value);
	}

	/** The user presses the button with that tooltip. */
	press(tooltip: string): void {
		this.presses.fire(this.buttons.find((button) => button.tooltip === tooltip));
	}

	/** The user presses Enter. */
	enter(): void {
		this.accepts.fire();
	}
}

/** The input box that was made last. */
export let shownInputBox: FakeInputBox | undefined;

/** The user comes back to the window, or leaves it. */
export function focusWindow(focused = true): void {
	windowStates.fire({ focused, active: focused });
}

/** Thrown by what was cancelled. */
export class CancellationError extends Error {
	override readonly name = 'Canceled';
}

export class CancellationTokenSource {
	private readonly cancellations = new EventEmitter<void>();
	readonly token = { isCancellationRequested: false, onCancellationRequested: this.cancellations.event };

	cancel(): void {
		this.token.isCancellationRequested = true;
		this.cancellations.fire();
	}

	/** For tests of leaks. */
	get listenerCount(): number {
		return this.cancellations.listenerCount;
	}
}

export class LanguageModelTextPart {
	readonly value: string;

	constructor(value: string) {
		this.value = value;
	}
}

export class LanguageModelDataPart {
	readonly data: Uint8Array;
	readonly mimeType: string;

	constructor(data: Uint8Array, mimeType: string) {
		this.data = data;
		this.mimeType = mimeType;
	}

	/** The default is what VS Code does, not what it documents. */
	static json(value: unknown, mimeType = 'text/x-json'): LanguageModelDataPart {
		return new LanguageModelDataPart(new TextEncoder().encode(JSON.stringify(value)), mimeType);
	}
}

export class LanguageModelToolResult {
	readonly content: readonly unknown[];

	constructor(content: readonly unknown[]) {
		this.content = content;
	}
}

/** The language model tools that are registered, by name. */
export const registeredTools = new Map<string, unknown>();

export const lm = {
	registerTool(name: string, tool: unknown) {
		registeredTools.set(name, tool);
		return { dispose: () => registeredTools.delete(name) };
	},
};

/** Commands that were run, in order. */
export const ranCommands: string[] = [];

export const commands = {
	executeCommand: async (id: string): Promise<void> => {
		ranCommands.push(id);
	},
};
