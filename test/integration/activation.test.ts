// The extension as VS Code has it right after a start.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

function partnero(): vscode.Extension<unknown> {
	const extension = vscode.extensions.getExtension('partnero-community.partnero');
	assert.ok(extension, `not among ${vscode.extensions.all.map(({ id }) => id).join(', ')}`);
	return extension;
}

describe('The extension, right after a start', () => {
	it('is active in the VS Code that the user has', async () => {
		const extension = partnero();
		await extension.activate();
		assert.equal(extension.isActive, true);
	});

	it('has every command that package.json promises', async () => {
		const { contributes } = partnero().packageJSON as { contributes: { commands: { command: string }[] } };
		const known = new Set(await vscode.commands.getCommands(true));
		const missing = contributes.commands.map(({ command }) => command).filter((command) => !known.has(command));
		assert.deepEqual(missing, []);
		assert.ok(contributes.commands.length > 0);
	});
});
