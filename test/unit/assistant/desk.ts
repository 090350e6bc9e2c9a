// An assistant's side of the tools, on a real store and client, against the local Partnero.
import assert from 'node:assert/strict';
import type { LanguageModelToolTokenizationOptions } from 'vscode';
import { AssistantTools } from '../../../src/assistant/index.ts';
import type { ToolName } from '../../../src/assistant/register.ts';
import { CustomerStore } from '../../../src/customers/store.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { createPartneroClient, type PartneroClient } from '../../../src/partnero/index.ts';
import type { ConnectedProgram } from '../../../src/programs/registry.ts';
import type { Sandbox } from '../../../src/sandbox/index.ts';
import {
	CancellationTokenSource,
	LanguageModelDataPart,
	LanguageModelTextPart,
	type LanguageModelToolResult,
} from '../../fake-vscode/vscode.ts';
import { settled } from '../customers/scriptedClient.ts';

export const getCustomer = 'partnero_get_customer';
export const listTransactions = 'partnero_list_customer_transactions';

/** What a model reads, as far as tests look at it. */
export interface Answer {
	readonly notice: string;
	readonly sample_data?: boolean;
	readonly program: string;
	readonly customer_key: string;
	readonly found: boolean;
	readonly meaning?: string;
	readonly as_of?: string;
	readonly detail?: string;
	readonly customer?: Readonly<Record<string, unknown>>;
	readonly complete?: boolean;
	readonly next_cursor?: string;
	readonly rows?: string;
	readonly totals?: Sums;
	readonly sums_so_far?: Sums;
	readonly sums_so_far_are?: string;
	readonly transactions?: readonly Readonly<Record<string, unknown>>[];
}

export interface Sums {
	readonly transactions: number;
	readonly sales?: readonly { readonly amount: string; readonly units: string; readonly count: number }[];
}

export interface Ask {
	readonly token?: CancellationTokenSource;
	readonly budget?: LanguageModelToolTokenizationOptions;
}

export class Desk {
	programs: readonly ConnectedProgram[] = [program('ACME')];
	apiKeys: readonly string[] = [];
	enabled = true;
	/** Milliseconds. */
	timeToLive = 60_000;
	readonly store: CustomerStore;
	readonly tools: AssistantTools;
	private readonly clients: readonly PartneroClient[];

	/** Every program stands for the same sandbox, unless a client of one's own is given. */
	constructor(sandbox: Pick<Sandbox, 'baseUrl' | 'apiKey'>, own?: PartneroClient) {
		const client = own ?? createPartneroClient({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey, sleep: () => settled(), timeout: 5000 });
		this.clients = [client];
		this.store = new CustomerStore({
			client: async (id) => {
				if (!this.programs.some((known) => known.id === id)) {
					throw new PartneroError('no-program');
				}
				return client;
			},
			timeToLive: () => this.timeToLive,
			now: Date.now,
		});
		const desk = this;
		this.tools = new AssistantTools({
			store: this.store,
			programs: {
				get all() {
					return desk.programs;
				},
				isApiKey: async (text) => desk.apiKeys.some((key) => text.includes(key)),
			},
			settings: {
				get languageModelToolsEnabled() {
					return desk.enabled;
				},
			},
		});
	}

	/** Calls a tool, and reads its answer as a model and as a program would: both must read the same. */
	async ask(tool: ToolName, input: unknown, { token = new CancellationTokenSource(), budget }: Ask = {}): Promise<Answer> {
		const options = { input, toolInvocationToken: undefined, ...(budget === undefined ? {} : { tokenizationOptions: budget }) };
		const { content } = (await this.tools.invoke(tool, options, token.token)) as unknown as LanguageModelToolResult;
		const [text, data] = content;
		assert.ok(text instanceof LanguageModelTextPart && data instanceof LanguageModelDataPart && content.length === 2);
		assert.equal(data.mimeType, 'application/json');
		const answer = JSON.parse(text.value) as Answer;
		assert.deepEqual(JSON.parse(new TextDecoder().decode(data.data)), answer);
		assert.equal(token.listenerCount, 0, 'nobody listens to a call that has ended');
		return answer;
	}

	/** The sentence that a model reads where a call fails. */
	async refusal(tool: ToolName, input: unknown, ask: Ask = {}): Promise<string> {
		try {
			await this.ask(tool, input, ask);
		} catch (error) {
			assert.ok(error instanceof Error);
			return error.message;
		}
		throw new Error('the call was answered');
	}

	/** What the user reads before a call, as one Markdown text, and the title. */
	async question(tool: ToolName, input: unknown): Promise<{ readonly title: string; readonly message: string; readonly progress: string }> {
		const { confirmationMessages, invocationMessage } = await this.tools.prepare(tool, input);
		assert.ok(confirmationMessages, 'every call is asked for');
		return {
			title: confirmationMessages.title,
			message: markdown(confirmationMessages.message),
			progress: markdown(invocationMessage ?? ''),
		};
	}

	close(): void {
		this.store.dispose();
		for (const client of this.clients) {
			client.close();
		}
	}
}

export function program(name: string, fields: Partial<ConnectedProgram> = {}): ConnectedProgram {
	return { id: name, name, sample: false, ...fields };
}

function markdown(text: unknown): string {
	if (typeof text === 'string') {
		return text;
	}
	assert.ok(Reflect.get(Object(text), 'isTrusted') === undefined && Reflect.get(Object(text), 'supportHtml') === undefined);
	return String(Reflect.get(Object(text), 'value'));
}
