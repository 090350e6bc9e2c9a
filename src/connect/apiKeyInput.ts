// Asks for an API key in a masked box that stays open until Partnero has accepted it, so that a wrong paste costs one more paste.
import * as vscode from 'vscode';
import { inert } from '../format/labels.ts';
import type { Program } from '../partnero/types.ts';

export interface ApiKeyInputOptions {
	readonly title: string;
	readonly step?: number;
	readonly totalSteps?: number;
	/** The value of the environment variable PARTNERO_API_KEY, offered by a button and never taken silently. */
	readonly environmentKey?: string | undefined;
	/** The origin that the key is sent to, where that is not Partnero's own. */
	readonly sentTo?: string | undefined;
	/** Asks Partnero. Rejects with the error to show. */
	readonly verify: (apiKey: string, signal: AbortSignal) => Promise<Program>;
	/** The sentence for an error of `verify`. */
	readonly describe: (error: unknown) => string;
}

export interface VerifiedApiKey {
	readonly apiKey: string;
	/** What Partnero told of the program. */
	readonly program: Program;
}

/** Resolves with a key that Partnero accepted, or undefined where the user gave up. */
export function askForApiKey(options: ApiKeyInputOptions): Promise<VerifiedApiKey | undefined> {
	const box = vscode.window.createInputBox();
	box.title = options.title;
	box.step = options.step;
	box.totalSteps = options.totalSteps;
	box.password = true;
	box.ignoreFocusOut = true;
	box.placeholder = vscode.l10n.t('API key');
	const sentTo = options.sentTo === undefined ? [] : [vscode.l10n.t('It is sent to {0}.', inert(options.sentTo))];
	const prompt = vscode.l10n.t(
		'Paste the API key of the program. In Partnero: the program → Integration → API. It is checked first, then kept in the secret storage of this machine.',
	);
	box.prompt = [prompt, ...sentTo].join(' ');
	const tooltip = [vscode.l10n.t('Use PARTNERO_API_KEY of the environment'), ...sentTo].join(' · ');
	const fromEnvironment = { iconPath: new vscode.ThemeIcon('terminal'), tooltip };
	box.buttons = options.environmentKey ? [fromEnvironment] : [];
	return new Promise((resolve) => {
		let asking: AbortController | undefined;
		const finish = (result: VerifiedApiKey | undefined) => {
			asking?.abort();
			resolve(result);
			box.dispose();
		};
		box.onDidChangeValue(() => {
			asking?.abort();
			box.validationMessage = undefined;
		});
		box.onDidHide(() => finish(undefined));
		const accept = async () => {
			const apiKey = cleanApiKey(box.value);
			if (apiKey === '') {
				box.validationMessage = vscode.l10n.t('Paste the API key first.');
				return;
			}
			asking?.abort();
			const attempt = new AbortController();
			asking = attempt;
			box.busy = true;
			try {
				const program = await options.verify(apiKey, attempt.signal);
				if (!attempt.signal.aborted) {
					finish({ apiKey, program });
				}
			} catch (error) {
				if (!attempt.signal.aborted) {
					box.validationMessage = options.describe(error);
				}
			} finally {
				if (asking === attempt) {
					box.busy = false;
				}
			}
		};
		box.onDidAccept(accept);
		box.onDidTriggerButton(() => {
			box.value = options.environmentKey ?? '';
			return accept();
		});
		box.show();
	});
}

/** What people paste around a key: white space, quotes, the header or the variable that it stood in. */
export function cleanApiKey(pasted: string): string {
	const bare = unquoted(pasted)
		.replace(/^(?:export\s+)?PARTNERO_API_KEY\s*=\s*/, '')
		.replace(/^(?:Authorization:\s*)?Bearer\s+/i, '');
	return unquoted(bare);
}

function unquoted(text: string): string {
	return text
		.trim()
		.replace(/^(["'`])(.*)\1$/s, '$2')
		.trim();
}
