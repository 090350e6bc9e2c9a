// The sample program inside a real extension host: everything that VS Code asks the extension for, without a window to click in.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until.ts';

const alice = { programId: 'sample', key: 'customer_123' };

async function documentWith(content: string, language = 'typescript'): Promise<vscode.TextDocument> {
	return vscode.workspace.openTextDocument({ content, language });
}

/** The texts of all hovers at the first place of `text`. */
async function hoversOver(document: vscode.TextDocument, text: string): Promise<vscode.Hover[]> {
	const position = document.positionAt(document.getText().indexOf(text) + 2);
	return vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, position);
}

function textOf(hovers: readonly vscode.Hover[]): string {
	return hovers
		.flatMap(({ contents }) => contents)
		.map((content) => (content instanceof vscode.MarkdownString ? content.value : String(content)))
		.join('\n');
}

describe('With the sample program', () => {
	before(() => vscode.commands.executeCommand('partnero.exploreSampleData'));
	after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

	it('a hover over a key in a Partnero URL shows whose it is, at exactly the key', async () => {
		const document = await documentWith("await fetch('https://api.partnero.com/v1/customers/customer_123/transactions');");
		const [hover] = await hoversOver(document, 'customer_123');
		assert.ok(hover?.range);
		assert.equal(document.getText(hover.range), 'customer_123');
		assert.match(textOf([hover]), /Alice Brown/);
		assert.match(textOf([hover]), /alice\\\.brown\\@partnero\\\.com/);
	});

	for (const [language, text] of [
		['typescript', "await partnero.sales.create({ customer: { key: 'customer_123' }, amount: 10 }); // Partnero"],
		['python', 'partnero.archive(customer_key="customer_123")'],
		['json', '{ "partnero": { "customer": { "key": "customer_123" } } }'],
	] as const) {
		it(`a hover knows the key in ${language}: ${text}`, async () => {
			assert.match(textOf(await hoversOver(await documentWith(text, language), 'customer_123')), /Alice Brown/);
		});
	}

	it('a hover over somebody unknown is one quiet line', async () => {
		const document = await documentWith("fetch('https://api.partnero.com/v1/customers/customer_nobody')");
		assert.match(textOf(await hoversOver(document, 'customer_nobody')), /^customer\\_nobody is not a customer of Sample program\\\.$/);
	});

	it('there is no hover in a file that has nothing to do with Partnero', async () => {
		const document = await documentWith("stripe.charges.create({ customer: 'cus_Nffrfeuf', key: 'abc' });");
		assert.deepEqual(await hoversOver(document, 'cus_'), []);
	});

	it('nothing that a customer is called takes effect in a hover', async () => {
		const document = await documentWith("fetch('https://api.partnero.com/v1/customers/customer_hostile_markdown')");
		const hovers = await hoversOver(document, 'customer_hostile_markdown');
		const trusted = hovers
			.flatMap(({ contents }) => contents)
			.filter((content) => content instanceof vscode.MarkdownString && content.isTrusted);
		assert.equal(trusted.length, 1, 'only the line with our own commands is trusted');
		const all = textOf(hovers).replace(/\[[^\]]*\]\(command:partnero\.(?:openDetails|copyKey)\?[^)]*\)/g, '');
		assert.doesNotMatch(all, /(?<!\\)\]\(/, 'no link is left beside our own');
	});

	it('"Go to definition" on a key leads to the customer as JSON', async () => {
		const document = await documentWith("await fetch('https://api.partnero.com/v1/customers/customer_123');");
		const position = document.positionAt(document.getText().indexOf('customer_123') + 2);
		const [link] = await vscode.commands.executeCommand<vscode.LocationLink[]>('vscode.executeDefinitionProvider', document.uri, position);
		assert.ok(link?.targetUri);
		const json = await vscode.workspace.openTextDocument(link.targetUri);
		assert.equal((JSON.parse(json.getText()) as { email: string }).email, 'alice.brown@partnero.com');
	});

	it('"Open details" opens one panel per customer, with the key as its title', async () => {
		const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(({ label }) => label === 'customer_123');
		await vscode.commands.executeCommand('partnero.openDetails', alice);
		await vscode.commands.executeCommand('partnero.openDetails', alice);
		await vscode.commands.executeCommand('partnero.openJson', alice);
		// What was opened after it is there, so nothing of it is still to come.
		await until(() => vscode.window.activeTextEditor?.document.uri.path.includes(alice.key) === true && tabs().length > 0);
		assert.equal(tabs().length, 1);
	});

	it('commands that need a customer do nothing without one, or with a wrong one', async () => {
		await vscode.commands.executeCommand('workbench.action.closeAllEditors');
		const wrong: readonly unknown[] = [
			undefined,
			null,
			42,
			'customer_123',
			{},
			{ programId: 'sample' },
			{ programId: 'sample', key: '..' },
		];
		for (const argument of wrong) {
			await vscode.commands.executeCommand('partnero.openDetails', argument);
			await vscode.commands.executeCommand('partnero.pin', argument);
		}
		assert.deepEqual(
			vscode.window.tabGroups.all.flatMap((group) => group.tabs),
			[],
		);
	});
});
