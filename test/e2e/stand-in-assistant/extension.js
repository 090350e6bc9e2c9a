// Another extension that calls a language model tool, without a chat: what to call stands in `call.json` of the workspace, and what came of it
// is written to `outcome.json`.
'use strict';
const vscode = require('vscode');

exports.activate = ({ subscriptions }) => {
	subscriptions.push(
		vscode.commands.registerCommand('standInAssistant.call', async () => {
			const [folder] = vscode.workspace.workspaceFolders;
			const { tool, input } = JSON.parse(Buffer.from(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'call.json'))));
			const outcome = await call(tool, input);
			await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, 'outcome.json'), Buffer.from(JSON.stringify(outcome)));
		}),
	);
};

async function call(tool, input) {
	try {
		const { content } = await vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined });
		return { answer: JSON.parse(content[0].value) };
	} catch (error) {
		return { failure: `${error.name}: ${error.message}` };
	}
}
