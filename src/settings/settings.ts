// The settings `partnero.*`, read when they are needed and never trusted to have the type that package.json promises: users edit JSON.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import { defaultBaseUrl } from '../partnero/baseUrl.ts';

/** The part of a setting's id after `partnero.`. */
export type SettingName =
	| 'apiBaseUrl'
	| 'hover.enabled'
	| 'inlayHints.enabled'
	| 'definitions.enabled'
	| 'customerKeyPatterns'
	| 'cache.ttlSeconds'
	| 'requestTimeoutSeconds'
	| 'history.enabled'
	| 'history.size'
	| 'watch.notify'
	| 'languageModelTools.enabled';

export class Settings extends Disposable {
	readonly #changes = this._register(new vscode.EventEmitter<(name: SettingName) => boolean>());
	/** Fires with a question that tells which settings changed. */
	readonly onDidChange = this.#changes.event;

	constructor() {
		super();
		this._register(
			vscode.workspace.onDidChangeConfiguration((event) => {
				if (event.affectsConfiguration('partnero')) {
					this.#changes.fire((name) => event.affectsConfiguration(`partnero.${name}`));
				}
			}),
		);
	}

	/** As written by the user: `parseBaseUrl` tells whether it can be used. */
	get apiBaseUrl(): string {
		const value = this.#read('apiBaseUrl');
		return typeof value === 'string' && value.trim() !== '' ? value : defaultBaseUrl;
	}

	get hoverEnabled(): boolean {
		return this.#read('hover.enabled') !== false;
	}

	get inlayHintsEnabled(): boolean {
		return this.#read('inlayHints.enabled') === true;
	}

	get definitionsEnabled(): boolean {
		return this.#read('definitions.enabled') !== false;
	}

	/** Sources of regular expressions, as the user wrote them. Whatever is no text is left out. */
	get customerKeyPatterns(): readonly string[] {
		const value = this.#read('customerKeyPatterns');
		return Array.isArray(value) ? value.filter((source): source is string => typeof source === 'string') : [];
	}

	/** Milliseconds. */
	get timeToLive(): number {
		return this.#number('cache.ttlSeconds', 60, 0, 86_400) * 1000;
	}

	/** Milliseconds. */
	get requestTimeout(): number {
		return this.#number('requestTimeoutSeconds', 30, 1, 600) * 1000;
	}

	get historyEnabled(): boolean {
		return this.#read('history.enabled') !== false;
	}

	/** Recent customer keys that are kept per program. */
	get historySize(): number {
		return Math.floor(this.#number('history.size', 25, 1, 1000));
	}

	/** Whether a transaction that arrives while its customer is watched is told in a notification as well. */
	get watchNotify(): boolean {
		return this.#read('watch.notify') === true;
	}

	/** Whether assistants may be given customers at all, each time after a confirmation. */
	get languageModelToolsEnabled(): boolean {
		return this.#read('languageModelTools.enabled') !== false;
	}

	#number(name: SettingName, fallback: number, least: number, most: number): number {
		const value = this.#read(name);
		return typeof value === 'number' && Number.isFinite(value) ? Math.min(Math.max(value, least), most) : fallback;
	}

	#read(name: SettingName): unknown {
		return vscode.workspace.getConfiguration('partnero').get(name);
	}
}
