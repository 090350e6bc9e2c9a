// "Check customer keys in this file": looks every recognised key up and remembers what came of it, for the view and as diagnostics. Results
// stay as long as the text has the key.
import * as vscode from 'vscode';
import type { CustomerStore } from '../customers/store.ts';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { ConnectedProgram } from '../programs/registry.ts';
import { describeError, notACustomer } from '../wording/errors.ts';
import type { DocumentKeys } from './documentKeys.ts';

/** What came of looking a key up. */
export type KeyResult = 'found' | 'absent' | 'failed';

export interface KeyCheckOptions {
	readonly store: CustomerStore;
	readonly keys: DocumentKeys;
	readonly activeProgram: () => ConnectedProgram | undefined;
	/** Fires when another program may be active. */
	readonly onDidChangeProgram: vscode.Event<unknown>;
}

interface Checked {
	readonly program: ConnectedProgram;
	readonly results: Map<string, KeyResult>;
}

/** Changes are looked at when typing pauses, milliseconds. */
const pause = 300;

export class KeyCheck extends Disposable {
	private readonly options: KeyCheckOptions;
	private readonly diagnostics = this._register(vscode.languages.createDiagnosticCollection('partnero'));
	private readonly changes = this._register(new vscode.EventEmitter<void>());
	/** Fires when a result came. */
	readonly onDidChange = this.changes.event;
	private readonly checked = new Map<string, Checked>();
	private readonly pending = new Map<string, NodeJS.Timeout>();

	constructor(options: KeyCheckOptions) {
		super();
		this.options = options;
		this._register(vscode.workspace.onDidChangeTextDocument(({ document }) => this.followText(document)));
		this._register(options.onDidChangeProgram(() => this.followProgram()));
		this._register(vscode.workspace.onDidCloseTextDocument((document) => this.forget(document)));
		this._register({ dispose: () => this.pending.forEach((timer) => void clearTimeout(timer)) });
	}

	/** What is known of a key of this document; undefined before it was checked. */
	result(document: vscode.TextDocument, key: string): KeyResult | undefined {
		const checked = this.checked.get(document.uri.toString());
		return checked?.program.id === this.options.activeProgram()?.id ? checked?.results.get(key) : undefined;
	}

	/** Looks every recognised key of the document up, with progress and cancel; what was found until then is kept. */
	async check(document: vscode.TextDocument): Promise<void> {
		const program = this.options.activeProgram();
		if (program === undefined) {
			return;
		}
		const keys = [...new Set(this.options.keys.all(document).map(({ key }) => key))];
		if (keys.length === 0) {
			await vscode.window.showInformationMessage(vscode.l10n.t('No customer key was recognised in this file.'));
			return;
		}
		const checked: Checked = { program, results: new Map() };
		this.checked.set(document.uri.toString(), checked);
		const title = vscode.l10n.t('Checking customer keys in {0}', inert(program.name));
		const failure = await vscode.window.withProgress(
			{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
			(progress, token) => this.lookUpAll(keys, checked, progress, token),
		);
		this.show(document);
		this.changes.fire();
		this.tell(keys.length, checked, failure);
	}

	/** The client lets four questions out at a time and keeps to the rate limit, so all may be asked at once. */
	private async lookUpAll(
		keys: readonly string[],
		{ program, results }: Checked,
		progress: vscode.Progress<{ message?: string; increment?: number }>,
		token: vscode.CancellationToken,
	): Promise<unknown> {
		const abort = new AbortController();
		const cancelling = token.onCancellationRequested(() => abort.abort());
		let failure: unknown;
		try {
			await Promise.all(
				keys.map(async (key) => {
					try {
						const { absent } = await this.options.store.get({ programId: program.id, key }, { signal: abort.signal });
						results.set(key, absent ? 'absent' : 'found');
					} catch (error) {
						if (PartneroError.is(error, 'cancelled')) {
							return;
						}
						failure = error;
						results.set(key, 'failed');
						if (PartneroError.is(error, 'key-rejected')) {
							abort.abort();
						}
					}
					progress.report({ message: vscode.l10n.t('{0} of {1}', results.size, keys.length), increment: 100 / keys.length });
					this.changes.fire();
				}),
			);
		} finally {
			cancelling.dispose();
		}
		return failure;
	}

	private tell(count: number, { program, results }: Checked, failure: unknown): void {
		const of = (wanted: KeyResult) => [...results.values()].filter((result) => result === wanted).length;
		const told = vscode.l10n.t(
			'Keys: {0}. Found: {1}, not found: {2}, failed: {3}, not checked: {4}',
			count,
			of('found'),
			of('absent'),
			of('failed'),
			count - results.size,
		);
		vscode.window.setStatusBarMessage(`$(checklist) ${told}`, 10_000);
		if (failure !== undefined) {
			const why = describeError(failure, { program: program.name });
			vscode.window.showWarningMessage(vscode.l10n.t('{0}. {1}', told, why)).then(undefined, () => undefined);
		}
	}

	/** A diagnostic for each place of a key that is no customer, severity Information: it may well be right in a test. */
	private show(document: vscode.TextDocument): void {
		const checked = this.checked.get(document.uri.toString());
		if (checked === undefined) {
			return;
		}
		const absent = this.options.keys.all(document).filter(({ key }) => checked.results.get(key) === 'absent');
		const diagnostics = absent.map(({ key, start, end }) => {
			const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
			const message = notACustomer(singleLine(key, 80), checked.program.name);
			const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Information);
			diagnostic.source = 'Partnero';
			return diagnostic;
		});
		this.diagnostics.set(document.uri, diagnostics);
	}

	private followText(document: vscode.TextDocument): void {
		const name = document.uri.toString();
		if (!this.checked.has(name)) {
			return;
		}
		clearTimeout(this.pending.get(name));
		this.pending.set(
			name,
			setTimeout(() => {
				this.pending.delete(name);
				this.show(document);
			}, pause),
		);
	}

	/** What was found in another program says nothing about this one. */
	private followProgram(): void {
		const active = this.options.activeProgram()?.id;
		for (const [name, { program }] of this.checked) {
			if (program.id !== active) {
				this.checked.delete(name);
				this.diagnostics.delete(vscode.Uri.parse(name));
			}
		}
	}

	private forget(document: vscode.TextDocument): void {
		const name = document.uri.toString();
		clearTimeout(this.pending.get(name));
		this.pending.delete(name);
		this.checked.delete(name);
		this.diagnostics.delete(document.uri);
	}
}
