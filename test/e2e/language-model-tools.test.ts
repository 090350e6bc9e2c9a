// An assistant asks for a customer: the user reads what it would get before anything is asked of Partnero, and decides.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { vsceProgram } from '../vscode/pack.ts';
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';

const getCustomer = 'partnero_get_customer';

interface Outcome {
	readonly answer?: { readonly program: string; readonly found: boolean; readonly customer?: { readonly email: string } };
	readonly failure?: string;
}

describe('A user whose assistant asks for a customer', () => {
	const sandbox = useSandbox({ programName: 'ACME' });
	const assistant = useStandInAssistant();
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl }, furtherExtensions: [assistant()] }));

	before(async function () {
		this.timeout(60_000);
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem('ACME').waitFor();
	});
	beforeEach(() => sandbox().requests.clear());

	/** The assistant calls the tool; gives the question that the user is asked. */
	async function call(input: object, tool = getCustomer) {
		const { workbench, workspace } = session();
		await rm(path.join(workspace, 'outcome.json'), { force: true });
		await writeFile(path.join(workspace, 'call.json'), JSON.stringify({ tool, input }));
		await workbench.runCommand('Assistant: Call the tool');
		const dialog = workbench.dialog(/to the language model\?/);
		await dialog.waitFor();
		return dialog;
	}

	async function outcome(): Promise<Outcome> {
		let text = '';
		await retry(async () => {
			text = await readFile(path.join(session().workspace, 'outcome.json'), 'utf8');
			assert.notEqual(text, '');
		});
		return JSON.parse(text) as Outcome;
	}

	const asked = () => sandbox().requests.entries.map(({ path }) => path);

	it('reads which customer of which program the model would get, and by "Cancel" nothing is asked of Partnero', async () => {
		const dialog = await call({ customer_key: 'customer_123' });
		const text = await dialog.innerText();
		assert.match(text, /Customer customer_123 of the program ACME\./);
		assert.match(text, /name, e-mail address, status, partner, tags and dates/);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		assert.match((await outcome()).failure ?? '', /cancel/i);
		assert.deepEqual(asked(), []);
	});

	it('lets the model have the customer by "Yes", with one request', async () => {
		const dialog = await call({ customer_key: 'customer_123' });
		assert.deepEqual(asked(), []);
		await dialog.getByRole('button', { name: 'Yes' }).click();
		const { answer } = await outcome();
		assert.deepEqual([answer?.program, answer?.found, answer?.customer?.email], ['ACME', true, 'alice.brown@partnero.com']);
		assert.deepEqual(asked(), ['/v1/customers/customer_123']);
	});

	it('reads a key that a model made up as it is, whatever stands in it', async () => {
		const dialog = await call(
			{ customer_key: '[here](command:evil) **bold** <b>tag</b> $(alert) `code`' },
			'partnero_list_customer_transactions',
		);
		assert.match(
			await dialog.innerText(),
			/Customer \[here\]\(command:evil\) \*\*bold\*\* <b>tag<\/b> \$\(alert\) `code` of the program ACME\./,
		);
		assert.equal(await dialog.locator('b, code, img, .codicon-alert, a[href], a[data-href]').count(), 0);
		await dialog.getByRole('button', { name: 'Cancel' }).click();
		assert.match((await outcome()).failure ?? '', /cancel/i);
	});
});

/** Packs the stand-in for an assistant before the tests of the suite that calls this. Gives its VSIX inside of tests. */
function useStandInAssistant(): () => string {
	let folder = '';
	before(async function () {
		this.timeout(60_000);
		folder = await mkdtemp(path.join(tmpdir(), 'partnero-assistant-'));
		const source = path.join(folder, 'source');
		await cp(path.join(import.meta.dirname, 'stand-in-assistant'), source, { recursive: true });
		const options = ['--out', path.join(folder, 'assistant.vsix'), '--allow-missing-repository', '--skip-license', '--no-dependencies'];
		await promisify(execFile)(process.execPath, [vsceProgram, 'package', ...options], { cwd: source });
	});
	after(() => rm(folder, { recursive: true, force: true }));
	return () => path.join(folder, 'assistant.vsix');
}
