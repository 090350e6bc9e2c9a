// The user's own key format (`partnero.customerKeyPatterns`), compiled when it changes. A pattern that cannot be used is skipped and told of
// once, by its text; hovers must never do so again.
import * as vscode from 'vscode';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import { Disposable } from '../lifecycle/disposable.ts';
import { compileKeyPatterns, type KeyPattern, type PatternProblem } from '../recognition/index.ts';
import type { Settings } from '../settings/settings.ts';

export class KeyPatterns extends Disposable {
	private readonly settings: Settings;
	private compiled: ReturnType<typeof compileKeyPatterns> | undefined;
	private readonly toldOf = new Set<string>();

	constructor(settings: Settings) {
		super();
		this.settings = settings;
		this._register(
			settings.onDidChange((changed) => {
				if (changed('customerKeyPatterns')) {
					this.compiled = undefined;
					this.tellProblems();
				}
			}),
		);
	}

	/** The patterns that can be used. The same list as long as the setting stays. Tells nobody of the others: a hover must not. */
	get all(): readonly KeyPattern[] {
		return this.compile().patterns;
	}

	/** Tells the user which patterns are not used and why, each once. For what the user does by himself: changes the setting, opens the view, checks. */
	tellProblems(): void {
		const fresh = this.compile().problems.filter(({ source }) => !this.toldOf.has(source));
		for (const { source } of fresh) {
			this.toldOf.add(source);
		}
		const [first] = fresh;
		if (first === undefined) {
			return;
		}
		const open = vscode.l10n.t('Open settings');
		const shown = inert(singleLine(first.source, 80));
		const text =
			fresh.length === 1
				? vscode.l10n.t('The pattern {0} in "partnero.customerKeyPatterns" is not used: {1}', shown, reasonOf(first))
				: vscode.l10n.t(
						'{0} patterns in "partnero.customerKeyPatterns" are not used. The first is {1}: {2}',
						fresh.length,
						shown,
						reasonOf(first),
					);
		vscode.window.showWarningMessage(text, open).then(
			(choice) =>
				choice === open ? vscode.commands.executeCommand('workbench.action.openSettings', 'partnero.customerKeyPatterns') : undefined,
			() => undefined,
		);
	}

	private compile(): ReturnType<typeof compileKeyPatterns> {
		this.compiled ??= compileKeyPatterns(this.settings.customerKeyPatterns);
		return this.compiled;
	}
}

function reasonOf({ reason, place }: PatternProblem): string {
	switch (reason) {
		case 'syntax':
			return place === undefined
				? vscode.l10n.t('it is no regular expression')
				: vscode.l10n.t('it is no regular expression (character {0})', place);
		case 'unsupported':
			return vscode.l10n.t('it has a part that is not supported (character {0})', place ?? 1);
		case 'too-slow':
			return vscode.l10n.t('it is too large or would be too slow');
		case 'everything':
			return vscode.l10n.t('it would match everything');
		case 'too-many':
			return vscode.l10n.t('there are too many before it');
	}
}
