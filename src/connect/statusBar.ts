// The active program in the status bar; a click switches it. It says when a key is rejected or out of date, and when requests wait.
import * as vscode from 'vscode';
import { inert } from '../format/labels.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';

export interface ProgramStatusBarOptions {
	readonly programs: ProgramRegistry;
	readonly now: () => number;
}

/** What the item says of a program. */
interface Said {
	readonly icon: string;
	/** Stands behind the program's name. */
	readonly more?: string;
	readonly tooltip: string;
	/** For those who listen. */
	readonly label: string;
	/** What a click does. */
	readonly command: string;
	readonly background?: 'error' | 'warning';
}

const switchProgram = 'partnero.switchProgram';

export class ProgramStatusBar extends Disposable {
	readonly #options: ProgramStatusBarOptions;
	readonly #item: vscode.StatusBarItem;
	#countdown: NodeJS.Timeout | undefined;

	constructor(options: ProgramStatusBarOptions) {
		super();
		this.#options = options;
		this.#item = this._register(vscode.window.createStatusBarItem('partnero.program', vscode.StatusBarAlignment.Right, 90));
		this.#item.name = vscode.l10n.t('Partnero program');
		this._register(options.programs.onDidChange(() => this.#show()));
		this._register({ dispose: () => clearTimeout(this.#countdown) });
		this.#show();
	}

	#show(): void {
		clearTimeout(this.#countdown);
		const program = this.#options.programs.active;
		if (program === undefined) {
			this.#item.hide();
			return;
		}
		const { icon, more = '', tooltip, label, command, background } = this.#said(program);
		this.#item.text = `$(${icon}) ${inert(program.name)}${more}`;
		this.#item.tooltip = tooltip;
		this.#item.command = command;
		this.#item.backgroundColor = background && new vscode.ThemeColor(`statusBarItem.${background}Background`);
		this.#item.accessibilityInformation = { label, role: 'button' };
		this.#item.show();
	}

	#said({ id, name, sample }: ConnectedProgram): Said {
		const { rejected, keyElsewhere, pausedUntil } = this.#options.programs.state(id);
		if (rejected) {
			return {
				icon: 'error',
				tooltip: vscode.l10n.t('Partnero does not accept the API key of {0}. Click to replace it.', name),
				label: vscode.l10n.t('Partnero: the API key of {0} is rejected', name),
				command: 'partnero.replaceApiKey',
				background: 'error',
			};
		}
		if (keyElsewhere) {
			const text = vscode.l10n.t('Partnero: the API key of {0} was entered in another window. Click to reload this one.', name);
			return { icon: 'refresh', tooltip: text, label: text, command: 'workbench.action.reloadWindow', background: 'warning' };
		}
		if (pausedUntil !== undefined) {
			this.#countdown = setTimeout(() => this.#show(), 1000);
			return {
				icon: 'watch',
				more: ` ${vscode.l10n.t('{0} s', Math.max(1, Math.ceil((pausedUntil - this.#options.now()) / 1000)))}`,
				tooltip: vscode.l10n.t('Partnero asked to slow down (429). Requests of {0} go on by themselves.', name),
				label: vscode.l10n.t('Partnero: requests of {0} wait because of a rate limit', name),
				command: switchProgram,
				background: 'warning',
			};
		}
		return sample
			? {
					icon: 'beaker',
					tooltip: vscode.l10n.t('Partnero: {0} (sample data on this machine). Click to switch the program.', name),
					label: vscode.l10n.t('Partnero program: {0}, sample data', name),
					command: switchProgram,
				}
			: {
					icon: 'organization',
					tooltip: vscode.l10n.t('Partnero: {0}. Click to switch the program.', name),
					label: vscode.l10n.t('Partnero program: {0}', name),
					command: switchProgram,
				};
	}
}
