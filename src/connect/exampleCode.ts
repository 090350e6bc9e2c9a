// The code that the walkthrough opens, so that there is a customer key to rest the mouse on.
import * as vscode from 'vscode';

/** Opens a new document, which nobody has to save, with a key that the sample program knows. */
export async function openExampleCode(): Promise<void> {
	const content = [
		`// ${vscode.l10n.t('Rest the mouse on the customer key below. With a program of your own, put one of its keys in its place.')}`,
		"const answer = await fetch('https://api.partnero.com/v1/customers/customer_123', {",
		"	headers: { authorization: 'Bearer ' + process.env.PARTNERO_API_KEY },",
		'});',
		'',
	].join('\n');
	await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'javascript', content }));
}
