// The active program in the status bar; a click switches it. It says when a key is rejected and when requests wait.
import * as vscode from 'vscode';
import { inert } from '../format/labels.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';

export interface ProgramStatusBarOptions {
	readonly programs: ProgramRegistry;
	readonly now: () => number;
}

export class ProgramStatusBar extends Disposable {
	private readonly options: ProgramStatusBarOptions;
	private readonly item: vscode.StatusBarItem;
	private countdown: NodeJS.Timeout | undefined;

	constructor(options: ProgramStatusBarOptions) {
		super();
		this.options = options;
		this.item = this._register(vscode.window.createStatusBarItem('partnero.program', vscode.StatusBarAlignment.Right, 90));
		this.item.name = vscode.l10n.t('Partnero program');
		this._register(options.programs.onDidChange(() => this.show()));
		this._register({ dispose: () => clearTimeout(this.countdown) });
		this.show();
	}

	private show(): void {
		clearTimeout(this.countdown);
		const program = this.options.programs.active;
		if (program === undefined) {
			this.item.hide();
			return;
		}
		const state = this.options.programs.state(program.id);
		if (state.rejected) {
			this.showRejected(program);
		} else if (state.pausedUntil !== undefined) {
			this.showPaused(program, state.pausedUntil);
		} else {
			this.showReady(program);
		}
		this.item.show();
	}

	private showReady(program: ConnectedProgram): void {
		this.item.text = `$(${program.sample ? 'beaker' : 'organization'}) ${inert(program.name)}`;
		this.item.tooltip = program.sample
			? vscode.l10n.t('Partnero: {0} (sample data on this machine). Click to switch the program.', program.name)
			: vscode.l10n.t('Partnero: {0}. Click to switch the program.', program.name);
		this.item.command = 'partnero.switchProgram';
		this.item.backgroundColor = undefined;
		const label = program.sample
			? vscode.l10n.t('Partnero program: {0}, sample data', program.name)
			: vscode.l10n.t('Partnero program: {0}', program.name);
		this.item.accessibilityInformation = { label, role: 'button' };
	}

	private showRejected(program: ConnectedProgram): void {
		this.item.text = `$(error) ${inert(program.name)}`;
		this.item.tooltip = vscode.l10n.t('Partnero does not accept the API key of {0}. Click to replace it.', program.name);
		this.item.command = 'partnero.replaceApiKey';
		this.item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
		this.item.accessibilityInformation = { label: vscode.l10n.t('Partnero: the API key of {0} is rejected', program.name), role: 'button' };
	}

	private showPaused(program: ConnectedProgram, until: number): void {
		const seconds = Math.max(1, Math.ceil((until - this.options.now()) / 1000));
		this.item.text = `$(watch) ${inert(program.name)} ${vscode.l10n.t('{0} s', seconds)}`;
		this.item.tooltip = vscode.l10n.t('Partnero asked to slow down (429). Requests of {0} go on by themselves.', program.name);
		this.item.command = 'partnero.switchProgram';
		this.item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
		this.item.accessibilityInformation = {
			label: vscode.l10n.t('Partnero: requests of {0} wait because of a rate limit', program.name),
			role: 'button',
		};
		this.countdown = setTimeout(() => this.show(), 1000);
	}
}
