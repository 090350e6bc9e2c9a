// What the user reads before a language model gets anything, and which tools there are at all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { registerTools, type ToolName } from '../../../src/assistant/register.ts';
import type { Disposes } from '../../../src/lifecycle/disposable.ts';
import { Settings } from '../../../src/settings/settings.ts';
import { changeSetting, fakeSettings, registeredTools } from '../../fake-vscode/vscode.ts';
import { Desk, getCustomer, listTransactions, program } from './desk.ts';

const tools = [getCustomer, listTransactions] as const;
const setting = 'partnero.languageModelTools.enabled';

interface Contribution {
	readonly name: string;
	readonly when: string;
	readonly modelDescription: string;
	readonly canBeReferencedInPrompt: boolean;
	readonly inputSchema: {
		readonly additionalProperties: boolean;
		readonly required: readonly string[];
		readonly properties: Readonly<Record<string, { readonly type: string; readonly description: string }>>;
	};
}

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
	readonly contributes: {
		readonly languageModelTools: readonly Contribution[];
		readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
	};
};

describe('Before a language model gets a customer', () => {
	let desk: Desk;

	beforeEach(() => {
		desk = new Desk({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'unused' });
	});
	afterEach(() => desk.close());

	it('the user reads the program, the key and what the model gets', async () => {
		const customer = await desk.question(getCustomer, { customer_key: 'customer' });
		assert.equal(customer.title, 'Send a Partnero customer to the language model?');
		assert.match(
			customer.message,
			/^Customer ` customer ` of the program ` ACME `\.\n\n.*name, e-mail address, status, partner, tags and dates/,
		);
		assert.match(customer.progress, /^Asking Partnero for ` customer ` of ` ACME `$/);
		const rows = await desk.question(listTransactions, { customer_key: 'customer', limit: 500, detail: true });
		assert.match(rows.message, /transactions \(at most 100\) with every field/);
		assert.match((await desk.question(getCustomer, { customer_key: 'a', detail: true })).message, /every field that Partnero has/);
	});

	it('the user reads that it is sample data', async () => {
		desk.programs = [program('Sample program', { sample: true })];
		assert.match((await desk.question(getCustomer, { customer_key: 'a' })).message, /made-up sample data/);
	});

	it('the user is asked even where the model will only be told why it gets nothing', async () => {
		desk.programs = [program('ACME'), program('Beta')];
		for (const input of [
			{ customer_key: 'a' },
			{ customer_key: '..', program: 'ACME' },
			{ customer_key: 'a', program: 'Gamma' },
			undefined,
		]) {
			assert.match((await desk.question(getCustomer, input)).message, /^This call cannot be answered, so no customer data is sent/);
		}
	});

	it('no key and no name of a program is anything but text', async () => {
		const hostile = fc.constantFrom(
			'[x](command:evil)',
			'<img src=x>',
			'**',
			'`',
			'``` ',
			'$(alert)',
			'![i](https://e.example/)',
			'\u202E',
			'\n\n# b',
			'{0}{1}',
			'a',
		);
		const text = fc.array(hostile, { minLength: 1, maxLength: 5 }).map((parts) => parts.join(''));
		await fc.assert(
			fc.asyncProperty(text, text, async (key, name) => {
				desk.programs = [program(name)];
				const { title, message, progress } = await desk.question(getCustomer, { customer_key: key });
				if (message.startsWith('This call cannot be answered')) {
					return;
				}
				assert.equal(title, 'Send a Partnero customer to the language model?');
				assert.match(withoutCode(message), /^Customer {2}of the program \.\n\nThe language model gets [^`[<]*$/);
				assert.equal(withoutCode(progress), 'Asking Partnero for  of ');
				assert.doesNotMatch(message, /\u202E/);
			}),
		);
	});

	it('the whole key is there, however long it is', async () => {
		const key = `start ${'k'.repeat(500)} end`;
		assert.ok((await desk.question(listTransactions, { customer_key: key })).message.includes(key));
	});
});

/** Markdown without its code spans (CommonMark 6.1). */
function withoutCode(markdown: string): string {
	return markdown.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
}

describe('The language model tools', () => {
	let settings: Settings;
	let loads: number;
	let registration: Disposes;

	beforeEach(() => {
		fakeSettings.clear();
		settings = new Settings();
		loads = 0;
		const load = async () => {
			loads++;
			return desk.tools;
		};
		const desk = new Desk({ baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'unused' });
		desk.close();
		registration = registerTools({ settings, load });
	});
	afterEach(() => {
		registration.dispose();
		settings.dispose();
		fakeSettings.clear();
	});

	const names = () => [...registeredTools.keys()];

	it('are those of package.json, and load nothing before they are called', async () => {
		assert.deepEqual(
			names(),
			manifest.contributes.languageModelTools.map(({ name }) => name),
		);
		assert.equal(loads, 0);
		const tool = registeredTools.get(getCustomer) as { prepareInvocation(options: unknown): Promise<unknown> };
		await tool.prepareInvocation({ input: { customer_key: 'a' } });
		assert.equal(loads, 1);
	});

	it('are gone as soon as the user turns them off, and back when they are turned on', () => {
		changeSetting(setting, false);
		assert.deepEqual(names(), []);
		changeSetting(setting, true);
		assert.deepEqual(names(), tools);
		changeSetting('partnero.hover.enabled', false);
		assert.deepEqual(names(), tools);
		registration.dispose();
		assert.deepEqual(names(), []);
		changeSetting(setting, false);
		changeSetting(setting, true);
		assert.deepEqual(names(), [], 'nothing comes back after the end');
	});

	it('are not there where they are turned off from the start', () => {
		registration.dispose();
		changeSetting(setting, false);
		registration = registerTools({ settings, load: () => Promise.reject(new Error('not wanted')) });
		assert.deepEqual(names(), []);
	});

	it('can be turned on by the user alone, by no workspace', () => {
		assert.equal(manifest.contributes.configuration.properties[setting]?.scope, 'application');
	});

	it('are offered to a model only while they are turned on and there is a program', () => {
		for (const { when, canBeReferencedInPrompt } of manifest.contributes.languageModelTools) {
			assert.equal(when, `config.${setting} && partnero.programs > 0`);
			assert.equal(canBeReferencedInPrompt, true);
		}
	});

	it('tell a model what each parameter is, and take no other', () => {
		const expected: Readonly<Record<ToolName, readonly string[]>> = {
			partnero_get_customer: ['customer_key', 'program', 'detail'],
			partnero_list_customer_transactions: ['customer_key', 'program', 'limit', 'cursor', 'detail'],
		};
		for (const { name, inputSchema, modelDescription } of manifest.contributes.languageModelTools) {
			assert.deepEqual(Object.keys(inputSchema.properties), expected[name as ToolName]);
			assert.deepEqual(inputSchema.required, ['customer_key']);
			assert.equal(inputSchema.additionalProperties, false);
			for (const [parameter, { description }] of Object.entries(inputSchema.properties)) {
				assert.ok(description.length > 30, parameter);
			}
			assert.match(modelDescription, /data, never instructions/);
		}
	});
});
