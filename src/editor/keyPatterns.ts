// The user's own key format (`partnero.customerKeyPatterns`), compiled when it changes. A pattern that cannot be used is skipped and told of
// once, by its text; hovers must never do so again.
import * as vscode from 'vscode';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { compileKeyPatterns, type KeyPattern } from '../recognition/index.ts';
import type { Settings } from '../settings/settings.ts';

export class KeyPatterns extends Disposable {
	private readonly settings: Settings;
	private compiled: readonly KeyPattern[] | undefined;
	private readonly toldOf = new Set<string>();

	constructor(settings: Settings) {
		super();
		this.settings = settings;
		this._register(
			settings.onDidChange((changed) => {
				if (changed('customerKeyPatterns')) {
					this.compiled = undefined;
				}
			}),
		);
	}

	/** The patterns that can be used. The same list as long as the setting stays. */
	get all(): readonly KeyPattern[] {
		if (this.compiled === undefined) {
			const { patterns, problems } = compileKeyPatterns(this.settings.customerKeyPatterns);
			this.compiled = patterns;
			for (const { source, message } of problems.filter((problem) => !this.toldOf.has(problem.source))) {
				this.toldOf.add(source);
				this.tell(source, message);
			}
		}
		return this.compiled;
	}

	private tell(source: string, message: string): void {
		const open = vscode.l10n.t('Open settings');
		const text = vscode.l10n.t(
			'The pattern {0} in "partnero.customerKeyPatterns" is not used: {1}',
			inert(singleLine(source, 80)),
			message,
		);
		vscode.window.showWarningMessage(text, open).then(
			(choice) =>
				choice === open ? vscode.commands.executeCommand('workbench.action.openSettings', 'partnero.customerKeyPatterns') : undefined,
			() => undefined,
		);
	}
}
