// The export of a customer's transactions, from the packaged extension to the file.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleKeys } from '../../src/sandbox/index.ts';
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';

describe('A support engineer who exports transactions', () => {
	const sandbox = useSandbox();
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));

	before(async function () {
		this.timeout(60_000);
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem(sandbox().program.name).waitFor();
		await workbench.lookUp('customer_123');
		await workbench.treeView('Customers').open('Partnero');
		await workbench.treeView('Customers').row('Alice Brown').waitFor();
	});

	async function exportTo(file: string, customer = 'Alice Brown'): Promise<void> {
		const { workbench } = session();
		await workbench.treeView('Customers').pickFromContextMenu(customer, 'Export transactions');
		// The box proposes a name first; what is typed before would be replaced by it.
		await retry(async () => assert.match(await workbench.quickInput.value(), /-transactions\.csv$/));
		await workbench.quickInput.type(file);
		await workbench.quickInput.accept();
	}

	it('finds every page in the CSV file, a line for each transaction and each reward', async () => {
		const { workbench, workspace } = session();
		const file = path.join(workspace, 'alice.csv');
		await exportTo(file);
		await workbench.notification('Transactions exported: 130').waitFor();
		const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
		assert.match(lines[0] ?? '', /^\uFEFFtype,transaction_key,reward_key,action,status,amount,/);
		assert.equal(lines.filter((line) => line.startsWith('transaction,')).length, 130);
		assert.ok(lines.some((line) => line.startsWith('reward,')));
		await workbench.clearNotifications();
	});

	it('finds what Partnero answered in the JSON file', async () => {
		const { workbench, workspace } = session();
		const file = path.join(workspace, 'alice.json');
		await exportTo(file);
		await workbench.notification('Transactions exported: 130').waitFor();
		const rows = JSON.parse(await readFile(file, 'utf8')) as { key: string; amount: number }[];
		assert.equal(rows.length, 130);
		assert.deepEqual({ key: rows.at(-1)?.key, amount: rows.at(-1)?.amount }, { key: 'transaction_123', amount: 99.99 });
		await workbench.clearNotifications();
	});

	it('finds no file and no half of one when a page fails, and is told why', async () => {
		const { workbench, workspace } = session();
		const rule = sandbox().faults.add({ path: /page=2/, faults: [{ kind: 'status', status: 403 }] });
		await exportTo(path.join(workspace, 'failed.csv'));
		await workbench.notification(/Nothing was exported\. .*not allowed to read this \(403\)/).waitFor();
		rule.remove();
		assert.deepEqual(
			(await readdir(workspace)).filter((name) => name.includes('failed') || name.includes('partial')),
			[],
		);
		await workbench.clearNotifications();
	});

	it('cancels a long export, and finds no file', async () => {
		const { workbench, page, workspace } = session();
		await workbench.lookUp(sampleKeys.hundredThousand);
		await workbench.treeView('Customers').open('Partnero');
		const { label } =
			(await workbench.treeView('Customers').rows()).find(({ description }) => description.startsWith(sampleKeys.hundredThousand)) ?? {};
		assert.ok(label);
		await exportTo(path.join(workspace, 'cancelled.csv'), label);
		await workbench.notification(/Exporting the transactions of/).waitFor();
		await page.getByRole('button', { name: 'Cancel' }).click();
		await workbench.notification(/Exporting the transactions of/).waitFor({ state: 'detached' });
		const { count } = sandbox().requests;
		assert.deepEqual(
			(await readdir(workspace)).filter((name) => name.includes('cancelled') || name.includes('partial')),
			[],
		);
		assert.ok(count < 900, `${count} requests`);
	});
});
