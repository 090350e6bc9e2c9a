// What the user reads before anything is asked or sent: which program, which customer, and what the language model will get. Program and key
// are texts of others (a model made up the key), so they are shown as code.
import * as vscode from 'vscode';
import { markdownCode } from '../format/markdown.ts';
import { singleLine } from '../format/names.ts';
import { maxCustomerKeyLength } from '../partnero/customerKey.ts';
import type { ConnectedProgram } from '../programs/registry.ts';
import type { ToolInput } from './input.ts';
import type { ToolName } from './register.ts';

/** The question before a call that can be answered. */
export function askedBefore(tool: ToolName, input: ToolInput, program: ConnectedProgram): vscode.PreparedToolInvocation {
	const key = shown(input.key, maxCustomerKeyLength);
	const name = shown(program.name, 80);
	const place = program.sample
		? vscode.l10n.t('Customer {0} of the program {1} (made-up sample data).', key, name)
		: vscode.l10n.t('Customer {0} of the program {1}.', key, name);
	return {
		invocationMessage: new vscode.MarkdownString(vscode.l10n.t('Asking Partnero for {0} of {1}', key, name)),
		confirmationMessages: { title: titleOf(tool), message: new vscode.MarkdownString(`${place}\n\n${sentOf(tool, input)}`) },
	};
}

/** The question before a call that will only be told why it is refused. */
export function askedBeforeRefusal(tool: ToolName): vscode.PreparedToolInvocation {
	return {
		confirmationMessages: {
			title: titleOf(tool),
			message: new vscode.MarkdownString(
				vscode.l10n.t(
					'This call cannot be answered, so no customer data is sent. The language model is told why, and the names of the connected programs if it has to choose one.',
				),
			),
		},
	};
}

/** Without any text of others: some places read a title as Markdown, others as plain text. */
function titleOf(tool: ToolName): string {
	return tool === 'partnero_get_customer'
		? vscode.l10n.t('Send a Partnero customer to the language model?')
		: vscode.l10n.t("Send a Partnero customer's transactions to the language model?");
}

function sentOf(tool: ToolName, { detail, limit }: ToolInput): string {
	if (tool === 'partnero_get_customer') {
		return detail
			? vscode.l10n.t('The language model gets every field that Partnero has of this customer, personal data included.')
			: vscode.l10n.t("The language model gets the customer's name, e-mail address, status, partner, tags and dates.");
	}
	return detail
		? vscode.l10n.t('The language model gets transactions (at most {0}) with every field that Partnero has of them, and sums.', limit)
		: vscode.l10n.t('The language model gets transactions (at most {0}) with key, action, amount, dates and rewards, and sums.', limit);
}

function shown(text: string, most: number): string {
	return markdownCode(singleLine(text, most));
}
