/// <reference lib="dom" />
// Two windows of one user: what is connected and disconnected in one is seen in the other when the user comes to it, without a reload. In a
// browser, VS Code tells other windows of globalState some seconds later, and of secrets never: so this is about the list of programs.
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';
import type { Workbench } from './pages/workbench.ts';

/** The user comes from elsewhere until the window shows this. A browser that is driven holds all of its pages for focused. */
async function comeUntil({ page }: Workbench, shown: () => Promise<void>): Promise<void> {
	await retry(async () => {
		await page.evaluate(() => {
			document.hasFocus = () => false;
			window.dispatchEvent(new Event('blur'));
			// The loss of the focus is noticed a turn later.
			return new Promise((resolve) => setTimeout(resolve, 0));
		});
		await page.evaluate(() => {
			document.hasFocus = () => true;
			window.dispatchEvent(new Event('focus'));
		});
		await shown();
	});
}

describe('A user with two windows', () => {
	const sandbox = useSandbox({ programName: 'ACME' });
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));
	let other: Workbench;

	before(async function () {
		this.timeout(60_000);
		other = await session().openWindow();
		await other.treeView('Customers').open('Partnero');
		await other.page.getByRole('button', { name: 'Explore sample data', exact: true }).waitFor();
	});

	it('sees a program in one window that was connected in the other', async () => {
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem('ACME').waitFor();
		await comeUntil(other, () => other.programItem('ACME').waitFor({ timeout: 1000 }));
		await other.treeView('Customers').row('All customers').waitFor();
	});

	it('sees no program any more in one window that was disconnected in the other', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Disconnect a program');
		await workbench.dialog('Disconnect ACME?').getByRole('button', { name: 'Disconnect' }).click();
		await workbench.page.getByRole('button', { name: 'Explore sample data', exact: true }).waitFor();
		await comeUntil(other, () => other.programItem('ACME').waitFor({ state: 'detached', timeout: 1000 }));
		await other.page.getByRole('button', { name: 'Explore sample data', exact: true }).waitFor();
	});
});
