// What can be done with one customer: for the customer that is named and no other, with no API key in what is copied.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import type { CancellationToken } from 'vscode';
import { customerUri } from '../../../src/customers/ref.ts';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerRef } from '../../../src/customers/types.ts';
import { CustomerCommands, type CustomerCommandsOptions, CustomerJson, curlOf } from '../../../src/lookup/customerCommands.ts';
import { customerKeyProblem } from '../../../src/partnero/customerKey.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { env, window } from '../../fake-vscode/vscode.ts';
import { ScriptedClient, settled } from '../customers/scriptedClient.ts';

describe('The cURL line of a customer', () => {
	it('is the one of Partnero’s page, with a variable in place of the API key', () => {
		assert.equal(
			curlOf('https://api.partnero.com/v1', 'customer_123'),
			[
				"curl --location 'https://api.partnero.com/v1/customers/customer_123' \\",
				"  --header 'Accept: application/json' \\",
				'  --header "Authorization: Bearer $PARTNERO_API_KEY"',
			].join('\n'),
		);
	});

	it('asks for exactly this customer in a shell, whatever the key is, and runs nothing else', function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const keys = ["it's", '$(touch x)', '`id`', 'a;b', "'; id; '", 'a/b', '%41', '../..', '\\', '!', 'ü 😀', '"', '\n'];
		for (const key of keys.filter((text) => customerKeyProblem(text) === undefined)) {
			const script = `curl() { printf '%s\\n' "$@"; }\n${curlOf('https://api.partnero.com/v1', key)}`;
			const told = execFileSync('sh', ['-c', script], { encoding: 'utf8', env: { PARTNERO_API_KEY: 'KEY' } }).split('\n');
			const url = told.find((line) => line.startsWith('https://')) ?? '';
			assert.equal(decodeURIComponent(url.slice('https://api.partnero.com/v1/customers/'.length)), key);
			assert.equal(told.filter((line) => line !== '').length, 6, told.join('|'));
		}
	});
});

describe('A command for one customer', () => {
	const panel: CustomerRef = { programId: 'acme', key: 'in the panel' };
	let opened: CustomerRef[];
	let commands: CustomerCommands;

	beforeEach(() => {
		opened = [];
		const store = new CustomerStore({ client: async () => new ScriptedClient(), timeToLive: () => 0, now: () => 0 });
		const options: Partial<CustomerCommandsOptions> = {
			store,
			activePanel: () => panel,
			showPanel: async (ref) => {
				opened.push(ref);
			},
		};
		commands = new CustomerCommands(options as CustomerCommandsOptions);
	});

	it('is for the customer that its argument names, or without one for the panel in front', async () => {
		await commands.commands['partnero.openDetails']({ programId: 'beta', key: 'k' });
		await commands.commands['partnero.openDetails']({ kind: 'customer', ref: { programId: 'beta', key: 'k2' } });
		await commands.commands['partnero.openDetails'](undefined);
		assert.deepEqual(opened, [{ programId: 'beta', key: 'k' }, { programId: 'beta', key: 'k2' }, panel]);
	});

	describe('that copies keys', () => {
		const rows = ['a', 'b', 'a', 'c'].map((key) => ({ kind: 'customer', ref: { programId: 'acme', key } }));
		const [first, , , last] = rows;
		let copied: string[];
		const copyKey = (argument?: unknown, selection?: unknown) => commands.commands['partnero.copyKey'](argument, selection);

		beforeEach(() => {
			copied = [];
			Object.assign(env, { clipboard: { writeText: async (text: string) => copied.push(text) } });
			Object.assign(window, { setStatusBarMessage: () => undefined });
		});

		it('takes all selected customers, one a line and none twice, and leaves rows out that are none', async () => {
			await copyKey(first, [...rows, { kind: 'more' }, null]);
			assert.deepEqual(copied, ['a\nb\nc']);
		});

		it('takes the row that it was called on alone, where that is not among the selected ones', async () => {
			await copyKey(last, rows.slice(0, 2));
			await copyKey(first);
			await copyKey(first, 'no list');
			assert.deepEqual(copied, ['c', 'a', 'a']);
		});

		it('takes the customer of the panel in front without a row, and nothing where rows name nobody', async () => {
			await copyKey();
			await copyKey({}, rows);
			assert.deepEqual(copied, ['in the panel']);
		});
	});

	it('is for nobody where an argument names nobody: never for another customer', () => {
		fc.assert(
			fc.property(fc.anything(), (argument) => {
				fc.pre(argument !== undefined);
				opened = [];
				commands.commands['partnero.openDetails'](argument);
				assert.deepEqual(opened, []);
			}),
		);
		commands.commands['partnero.openDetails']({ programId: 'acme', key: '..' });
		assert.deepEqual(opened, []);
	});

	it('as JSON asks once when Partnero fails, and not again because it was told of the failure', async () => {
		const client = new ScriptedClient();
		const store = new CustomerStore({ client: async () => client, timeToLive: () => 0, now: () => 0 });
		const ref = { programId: 'acme', key: 'k' };
		const programs = { get: () => ({ id: 'acme', name: 'ACME', sample: false }) } as unknown as CustomerCommandsOptions['programs'];
		const json = new CustomerJson({ store, programs });
		const token = {
			isCancellationRequested: false,
			onCancellationRequested: () => ({ dispose: () => undefined }),
		} as unknown as CancellationToken;
		const first = json.provideTextDocumentContent(customerUri(ref), token);
		await settled();
		client.last('customer').fail(new PartneroError('server-fault', { status: 500 }));
		assert.match(await first, /^\/\/ Partnero has a fault of its own \(500\)/);
		// VS Code asks again for every change that it is told of.
		assert.match(await json.provideTextDocumentContent(customerUri(ref), token), /^\/\/ Partnero has a fault of its own \(500\)/);
		assert.equal(client.calls.length, 1);
	});
});
