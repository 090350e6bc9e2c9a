// The language model tools: an assistant's look-up of one customer, and of their transactions. They ask the store as every surface does, give
// nothing that the user has not been asked for first, and change nothing.
import * as vscode from 'vscode';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { singleLine } from '../format/names.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { JsonObject } from '../partnero/types.ts';
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';
import type { Settings } from '../settings/settings.ts';
import { compactCustomer, compactTransaction, everyField, notice, sampleNotice, sumsOf } from './answers.ts';
import { askedBefore, askedBeforeRefusal } from './confirmation.ts';
import { chooseProgram, readInput, type ToolInput } from './input.ts';
import { notFound, Refusal, refusalOf, refusals } from './refusals.ts';
import type { ToolName } from './register.ts';
import { cursorBehind, loadStretch, type Stretch } from './transactions.ts';

/** Longest answer in UTF-16 units, where the caller names no number of tokens. */
const mostCharacters = 60_000;

export interface AssistantToolsOptions {
	readonly store: CustomerStore;
	readonly programs: Pick<ProgramRegistry, 'all' | 'isApiKey'>;
	readonly settings: Pick<Settings, 'languageModelToolsEnabled'>;
}

type Tokenization = vscode.LanguageModelToolTokenizationOptions | undefined;

/** One call that can be answered. */
interface Call {
	readonly input: ToolInput;
	readonly program: ConnectedProgram;
	readonly ref: CustomerRef;
}

/** Holds nothing of its own between two calls. */
export class AssistantTools {
	readonly #options: AssistantToolsOptions;

	constructor(options: AssistantToolsOptions) {
		this.#options = options;
	}

	/** What the user is asked before a call. Every call is asked for, those that will be refused too: a refusal names programs. */
	async prepare(tool: ToolName, input: unknown): Promise<vscode.PreparedToolInvocation> {
		try {
			const call = await this.#read(input);
			return askedBefore(tool, call.input, call.program);
		} catch (error) {
			if (error instanceof Refusal) {
				return askedBeforeRefusal(tool);
			}
			throw error;
		}
	}

	/** @throws Error with a sentence for the model; CancellationError */
	async invoke(
		tool: ToolName,
		{ input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<unknown>,
		token: vscode.CancellationToken,
	): Promise<vscode.LanguageModelToolResult> {
		const abort = new AbortController();
		if (token.isCancellationRequested) {
			abort.abort();
		}
		const cancelling = token.onCancellationRequested(() => abort.abort());
		let program = '';
		try {
			const call = await this.#read(input);
			program = call.program.name;
			const answers = tool === 'partnero_get_customer' ? this.#customer(call, abort.signal) : this.#transactions(call, abort.signal);
			return await this.#firstThatFits(await answers, tokenizationOptions, token);
		} catch (error) {
			if (token.isCancellationRequested) {
				throw new vscode.CancellationError();
			}
			throw error instanceof Refusal ? error : PartneroError.is(error) ? refusalOf(error, program) : new Refusal(refusals.unexpected);
		} finally {
			cancelling.dispose();
		}
	}

	/** @throws Refusal where nothing can be asked */
	async #read(input: unknown): Promise<Call> {
		if (!this.#options.settings.languageModelToolsEnabled) {
			throw new Refusal(refusals.turnedOff);
		}
		const read = readInput(input);
		if (await this.#options.programs.isApiKey(`${read.key}\n${read.program ?? ''}`)) {
			throw new Refusal(refusals.badKey['api-key']);
		}
		const program = chooseProgram(this.#options.programs.all, read.program);
		return { input: read, program, ref: { programId: program.id, key: read.key } };
	}

	/** The answers for a customer, from the one that says most to the one that says least. */
	async #customer(call: Call, signal: AbortSignal): Promise<Iterable<JsonObject>> {
		const { customer, loadedAt } = await this.#options.store.get(call.ref, { signal });
		if (customer === undefined) {
			return [absent(call)];
		}
		const facts = { found: true, as_of: timeOf(loadedAt) };
		const compact = { ...facts, customer: compactCustomer(customer) };
		return call.input.detail
			? [
					answerTo(call, { ...facts, customer: everyField(customer.raw) }),
					answerTo(call, { ...compact, detail: 'Left out: every field would not have fitted.' }),
				]
			: [answerTo(call, compact)];
	}

	/** The same for transactions: all rows that were asked for, then fewer and fewer. */
	async #transactions(call: Call, signal: AbortSignal): Promise<Iterable<JsonObject>> {
		const { cursor, limit } = call.input;
		try {
			return answersOf(call, await loadStretch(this.#options.store, call.ref, { cursor, limit, signal }));
		} catch (error) {
			if (PartneroError.is(error, 'not-found')) {
				return [absent(call)];
			}
			throw error;
		}
	}

	/**
	 * Every answer is there twice: as text, since VS Code's own chat shows models nothing else (microsoft/vscode#275300), and as JSON for callers
	 * that are programs (with its type named: VS Code's own default is another one than it documents). A number of tokens is meant for both together.
	 * @throws Refusal where not even the shortest one fits
	 */
	async #firstThatFits(
		answers: Iterable<JsonObject>,
		tokenization: Tokenization,
		token: vscode.CancellationToken,
	): Promise<vscode.LanguageModelToolResult> {
		for (const answer of answers) {
			const json = JSON.stringify(answer);
			const fits =
				json.length <= mostCharacters && (!tokenization || (await tokenization.countTokens(json, token)) * 2 <= tokenization.tokenBudget);
			if (fits) {
				// What the server echoes may be the key itself; JSON writes two of its characters in another way.
				if (await this.#options.programs.isApiKey(`${json}\n${json.replace(/\\(["\\])/g, '$1')}`)) {
					throw new Refusal(refusals.holdsApiKey);
				}
				return new vscode.LanguageModelToolResult([
					new vscode.LanguageModelTextPart(json),
					vscode.LanguageModelDataPart.json(answer, 'application/json'),
				]);
			}
		}
		throw new Refusal(refusals.tooLarge);
	}
}

function* answersOf(call: Call, { list, start }: Stretch): Generator<JsonObject> {
	const rows = list.rows.slice(start, start + call.input.limit);
	const shown = rows.map((row) => (call.input.detail ? everyField(row.raw) : compactTransaction(row)));
	const sums = sumsOf(list);
	for (let count = rows.length; ; count = Math.floor(count / 2)) {
		const end = start + count;
		const more = !list.complete || end < list.rows.length;
		yield answerTo(call, {
			found: true,
			as_of: timeOf(list.loadedAt),
			...sums,
			rows: count === 0 ? 'none' : `${start + 1} to ${end}${list.complete ? ` of ${list.rows.length}` : ''}, in the order of Partnero`,
			...(more
				? {
						complete: false,
						next_cursor: cursorBehind(list.rows, end),
						next: 'There are more, or may be: call again with cursor set to next_cursor.',
					}
				: { complete: true }),
			transactions: shown.slice(0, count),
		});
		if (count <= 1) {
			return;
		}
	}
}

/** What every answer starts with, so that nobody takes it for one about somebody else, or for more than data. */
function answerTo({ program, ref }: Call, facts: JsonObject): JsonObject {
	return {
		notice: program.sample ? `${sampleNotice} ${notice}` : notice,
		...(program.sample ? { sample_data: true } : {}),
		program: singleLine(program.name, 100),
		customer_key: ref.key,
		...facts,
	};
}

function absent(call: Call): JsonObject {
	return answerTo(call, { found: false, meaning: notFound(call.ref.key, call.program.name) });
}

/** ISO 8601, UTC. Partnero's answer may be as old as the setting `partnero.cache.ttlSeconds` allows. */
function timeOf(loadedAt = 0): string {
	return new Date(loadedAt).toISOString();
}
