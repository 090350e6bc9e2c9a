// The language model tools as another extension, or an assistant, calls them in the real editor. In a test run VS Code answers its own questions
// with yes, so what stands in them is proved in the unit tests, and that they are asked in the UI journeys.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { until } from './until.ts';

const getCustomer = 'partnero_get_customer';
const listTransactions = 'partnero_list_customer_transactions';
const names = [getCustomer, listTransactions];

interface Answer {
	readonly notice: string;
	readonly program: string;
	readonly sample_data?: boolean;
	readonly found: boolean;
	readonly customer?: { readonly email?: string; readonly name?: string };
	readonly complete?: boolean;
	readonly next_cursor?: string;
	readonly totals?: { readonly transactions: number };
	readonly transactions?: readonly { readonly key?: string }[];
}

async function invoke(name: string, input: object, token?: vscode.CancellationToken): Promise<Answer> {
	const { content } = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, token);
	const [text, data] = content;
	assert.ok(text instanceof vscode.LanguageModelTextPart && data instanceof vscode.LanguageModelDataPart && content.length === 2);
	assert.equal(data.mimeType, 'application/json');
	assert.deepEqual(JSON.parse(new TextDecoder().decode(data.data)), JSON.parse(text.value));
	return JSON.parse(text.value) as Answer;
}

const offered = () => vscode.lm.tools.filter(({ name }) => names.includes(name));

describe('The language model tools, with the sample program', () => {
	const settings = vscode.workspace.getConfiguration('partnero');

	before(() => vscode.commands.executeCommand('partnero.exploreSampleData'));

	it('are known to every extension, with what a model has to be told', async () => {
		await until(() => offered().length === 2);
		for (const { description, inputSchema } of offered()) {
			assert.match(description, /customer/);
			assert.ok(Reflect.get(Object(inputSchema), 'properties') !== undefined);
		}
	});

	it('give one customer, marked as sample data', async () => {
		const answer = await invoke(getCustomer, { customer_key: 'customer_123' });
		assert.equal(answer.sample_data, true);
		assert.equal(answer.program, 'Sample program');
		assert.equal(answer.customer?.email, 'alice.brown@partnero.com');
	});

	it('give all transactions in parts, each once, and totals at the end', async () => {
		const keys: unknown[] = [];
		let cursor: string | undefined;
		let answer: Answer;
		do {
			answer = await invoke(listTransactions, { customer_key: 'customer_123', limit: 60, ...(cursor === undefined ? {} : { cursor }) });
			keys.push(...(answer.transactions ?? []).map(({ key }) => key));
			cursor = answer.next_cursor;
		} while (cursor !== undefined);
		assert.equal(new Set(keys).size, 130);
		assert.deepEqual([answer.complete, answer.totals?.transactions], [true, 130]);
	});

	it('give an ordinary answer for somebody unknown, and data for somebody hostile', async () => {
		assert.equal((await invoke(getCustomer, { customer_key: 'customer_nobody' })).found, false);
		const hostile = await invoke(getCustomer, { customer_key: 'customer_hostile_controls' });
		assert.doesNotMatch(hostile.customer?.name ?? '', /\p{Cc}/u);
	});

	for (const [what, input, sentence] of [
		['".."', { customer_key: '..' }, /are no customer keys/],
		['600 characters', { customer_key: 'k'.repeat(600) }, /at most 512 characters/],
		['no key', {}, /customer_key is missing/],
		['another program', { customer_key: 'a', program: 'Not connected' }, /No program of that name is connected.*"Sample program"/],
	] as const) {
		it(`tell a model in a sentence why ${what} cannot be looked up`, async () => {
			for (const name of names) {
				await assert.rejects(invoke(name, input), sentence);
			}
		});
	}

	it('keep to the number of tokens that the caller names', async () => {
		let counted = 0;
		const { content } = await vscode.lm.invokeTool(listTransactions, {
			input: { customer_key: 'customer_123', limit: 100 },
			toolInvocationToken: undefined,
			tokenizationOptions: {
				tokenBudget: 4000,
				countTokens: async (text) => {
					counted++;
					return text.length / 4;
				},
			},
		});
		const [text] = content;
		assert.ok(text instanceof vscode.LanguageModelTextPart);
		const { transactions = [], next_cursor: cursor } = JSON.parse(text.value) as Answer;
		assert.ok(counted > 0 && text.value.length / 4 <= 2000 && transactions.length > 0 && transactions.length < 100 && cursor !== undefined);
	});

	it('end at once for a call that is cancelled', async () => {
		const cancelled = new vscode.CancellationTokenSource();
		cancelled.cancel();
		await assert.rejects(invoke(getCustomer, { customer_key: 'customer_123' }, cancelled.token), (error: unknown) => {
			assert.ok(error instanceof Error);
			return error.name === 'Canceled' || error instanceof vscode.CancellationError;
		});
	});

	it('cannot be called any more while the user has turned them off', async () => {
		await settings.update('languageModelTools.enabled', false, vscode.ConfigurationTarget.Global);
		try {
			for (const name of names) {
				await assert.rejects(
					invoke(name, { customer_key: 'customer_123' }),
					/does not have an implementation|Unknown tool|turned the Partnero tools off/,
				);
			}
		} finally {
			await settings.update('languageModelTools.enabled', undefined, vscode.ConfigurationTarget.Global);
		}
		assert.equal((await invoke(getCustomer, { customer_key: 'customer_123' })).found, true);
	});
});
