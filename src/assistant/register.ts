// Registers the language model tools before their bundle is loaded: the first call loads it. Where the setting turns them off there are none.
import * as vscode from 'vscode';
import type { Settings } from '../settings/settings.ts';
import type { AssistantTools } from './index.ts';

/** As package.json names them. */
const toolNames = ['partnero_get_customer', 'partnero_list_customer_transactions'] as const;
export type ToolName = (typeof toolNames)[number];

export interface ToolRegistrationOptions {
	readonly settings: Settings;
	readonly load: () => Promise<AssistantTools>;
}

/** Follows the setting until it is disposed of. */
export function registerTools({ settings, load }: ToolRegistrationOptions): vscode.Disposable {
	let tools: readonly vscode.Disposable[] = [];
	const follow = (wanted: boolean) => {
		for (const tool of tools) {
			tool.dispose();
		}
		tools = (wanted ? toolNames : []).map((name) =>
			vscode.lm.registerTool<unknown>(name, {
				prepareInvocation: async ({ input }) => (await load()).prepare(name, input),
				invoke: async (options, token) => (await load()).invoke(name, options, token),
			}),
		);
	};
	const followTheSetting = () => follow(settings.languageModelToolsEnabled);
	followTheSetting();
	const following = settings.onDidChange((changed) => (changed('languageModelTools.enabled') ? followTheSetting() : undefined));
	return {
		dispose: () => {
			following.dispose();
			follow(false);
		},
	};
}
