// The main job, as a newcomer does it with the packaged extension: from typing the API key to a customer's card over a line of source code.
import assert from 'node:assert/strict';
import { useSandbox, useSession } from './journey.ts';

describe('A support engineer with a new installation', () => {
	const sandbox = useSandbox();
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));

	it('connects a program by typing its API key into a masked box', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Connect a program');
		await workbench.quickInput.waitUntilOpen();
		assert.equal(await workbench.quickInput.isMasked(), true);
		await workbench.quickInput.type(sandbox().apiKey);
		await workbench.quickInput.accept();
		await workbench.nameProgram();
		await workbench.statusBarItem(sandbox().program.name).waitFor();
	});

	it('looks a customer up by key and sees who that is', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Look up customer');
		await workbench.quickInput.type('customer_123');
		await workbench.quickInput.accept();
		const panel = workbench.webviewPanel('customer_123');
		await panel.waitUntilOpen();
		await panel.content.getByText('Alice Brown').first().waitFor();
	});

	it('finds the customer in the side bar, with the transactions below', async () => {
		const { workbench } = session();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.row('customer_123').waitFor();
		await customers.expand('customer_123');
		await customers.pane.getByRole('treeitem', { level: 3 }).first().waitFor();
		assert.ok((await customers.children('customer_123')).length > 0);
	});

	it('sees the customer when the mouse rests on the key in source code', async () => {
		const { workbench } = session();
		await workbench.openFile('src/attribution.ts');
		const hover = await workbench.editor.hoverOver('customer_123');
		await hover.getByText('Alice Brown').first().waitFor();
	});

	it('finds the API key in no log', async () => {
		assert.equal((await session().server.logs()).includes(sandbox().apiKey), false);
	});
});
