// Puts one fault between a Partnero and a user: the real client and the real store, a local Partnero over loopback, and the sentence that the
// user reads in the end. What was seen becomes a row of the table in CONTRIBUTING.md.
import assert from 'node:assert/strict';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerSnapshot, TransactionsSnapshot } from '../../../src/customers/types.ts';
import { fullName } from '../../../src/format/names.ts';
import { PartneroError, type PartneroErrorKind } from '../../../src/partnero/errors.ts';
import { createPartneroClient, type PartneroClient } from '../../../src/partnero/index.ts';
import type { Customer, JsonObject } from '../../../src/partnero/types.ts';
import { type Fault, type FaultKind, type FaultRule, type Sandbox, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { describeError, notACustomer } from '../../../src/wording/errors.ts';

/** The API key of every question in here. */
export const labKey = 'lab-key/0123456789+abcdef';
export const programName = 'ACME';
/** Milliseconds between what was known before a fault and the question that meets it. */
const meanwhile = 120_000;

/** What a user asks for. */
export type Question =
	/** One customer: hover, look-up, panel, tree. */
	| 'customer'
	/** All transactions of a customer, page by page. */
	| 'transactions'
	/** The first page of all customers. */
	| 'customers'
	/** The customers with an e-mail address. */
	| 'search'
	/** Whether an API key is accepted. */
	| 'check';

/** One fault and what comes of it. All texts are exactly what the user reads. */
export interface FaultRow {
	/** As it stands in the table. */
	readonly fault: string;
	readonly faults: readonly Fault[];
	/** Which requests meet it; all of them where it is left out. */
	readonly when?: FaultRule['when'];
	/** Done before the question, in place of a fault or beside it. */
	readonly before?: (sandbox: Sandbox) => void;
	/** Where the client looks for Partnero. */
	readonly baseUrl?: (sandbox: Sandbox) => string | Promise<string>;
	/** Whose transactions are asked for. */
	readonly key?: string;
	/** The kind of error; absent where an answer came. */
	readonly kind?: PartneroErrorKind;
	readonly sees: string;
	/** Requests that the question made. */
	readonly sent: number;
	/** Seconds that it waited before each further attempt, and after a 429 that was the last. */
	readonly waited?: readonly number[];
	/** Pages that are asked for at the most, of a list without end. */
	readonly pages?: number;
	/** Why the same question is not answered as soon as the fault is over. */
	readonly afterwards?: string;
	/** Milliseconds that one request may take. */
	readonly timeout?: number;
}

export interface SeenRow {
	readonly fault: string;
	readonly sees: string;
	readonly sent: string;
	readonly stays: string;
}

/** The system's clock, but that waits end at once and move it on. */
class LabClock {
	#ahead = 0;
	/** What was waited for, in milliseconds. */
	readonly waits: number[] = [];

	readonly now = () => Math.round(Date.now() + this.#ahead);

	readonly sleep = async (milliseconds: number, signal: AbortSignal): Promise<void> => {
		signal.throwIfAborted();
		this.waits.push(milliseconds);
		await new Promise((resolve) => setImmediate(resolve));
		this.pass(milliseconds);
		signal.throwIfAborted();
	};

	pass(milliseconds: number): void {
		this.#ahead += milliseconds;
	}
}

/** A client and a store of their own on the sandbox. */
class Scene implements Disposable {
	readonly clock = new LabClock();
	readonly client: PartneroClient;
	readonly store: CustomerStore;
	readonly log: string[] = [];

	constructor(baseUrl: string, timeout: number) {
		const { now, sleep } = this.clock;
		this.client = createPartneroClient({
			baseUrl,
			apiKey: labKey,
			now,
			sleep,
			timeout,
			random: () => 0.5,
			onAttempt: (attempt) => this.log.push(JSON.stringify(attempt)),
		});
		this.store = new CustomerStore({ client: async () => this.client, timeToLive: () => 60_000, now });
	}

	[Symbol.dispose](): void {
		this.store.dispose();
		this.client.close();
	}
}

/** What one question came to. */
interface Outcome {
	readonly kind: PartneroErrorKind | undefined;
	readonly sees: string;
}

/** Proves one row after the other, on a Partnero of its own. */
export class FaultLaboratory implements AsyncDisposable {
	readonly sandbox: Sandbox;

	private constructor(sandbox: Sandbox) {
		this.sandbox = sandbox;
	}

	static async open(): Promise<FaultLaboratory> {
		return new FaultLaboratory(await startSandbox({ apiKey: labKey, customers: 1, programName }));
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.sandbox.close();
	}

	/**
	 * Asks while nothing is known, then asks again for what is known for two minutes, then once more when the fault is over; fails where any of it
	 * is not as the row says.
	 */
	async prove(question: Question, row: FaultRow): Promise<SeenRow> {
		const { sandbox } = this;
		const baseUrl = (await row.baseUrl?.(sandbox)) ?? sandbox.baseUrl;
		using scene = new Scene(baseUrl, row.timeout ?? 5000);
		const first = await this.#under(row, scene, () => ask(scene, question, row));
		assert.deepEqual({ kind: first.outcome.kind, sees: first.outcome.sees }, { kind: row.kind, sees: row.sees });
		assert.equal(first.sent, row.sent, 'requests');
		const waited = scene.clock.waits.map((milliseconds) => milliseconds / 1000);
		assert.deepEqual(waited, row.waited ?? [], 'seconds waited');
		assertReadable(scene.log.join('\n'));

		const stays = question === 'check' ? '–' : await this.#again(question, row);
		await this.#after(scene, question, row);
		return {
			fault: row.fault,
			sees: row.sees,
			// After a 429 that is the last one the program pauses too.
			sent: sentWords(first.sent, row.kind === 'rate-limited' ? waited.slice(0, -1) : waited),
			stays: `${stays}${row.afterwards === undefined ? '' : ` (${row.afterwards})`}`,
		};
	}

	/** Asks with the fault in force, and counts. */
	async #under(row: FaultRow, scene: Scene, run: () => Promise<Outcome>): Promise<{ readonly outcome: Outcome; readonly sent: number }> {
		const { sandbox } = this;
		sandbox.requests.clear();
		const rule = sandbox.faults.add({ faults: row.faults, ...(row.when && { when: row.when }) });
		try {
			row.before?.(sandbox);
			scene.clock.waits.length = 0;
			const outcome = await run();
			const sent = sandbox.requests.count;
			await sandbox.requests.until(({ inFlight }) => inFlight === 0);
			return { outcome, sent };
		} finally {
			rule.remove();
		}
	}

	/** What stays of what was known when the fault came. */
	async #again(question: Question, row: FaultRow): Promise<string> {
		if (row.baseUrl !== undefined) {
			return '–';
		}
		using scene = new Scene(this.sandbox.baseUrl, row.timeout ?? 5000);
		await ask(scene, question, row);
		const known = picture(scene, question, row);
		scene.clock.pass(meanwhile);
		const { outcome } = await this.#under(row, scene, () => ask(scene, question, row));
		const sentence = (sees: string) => sees.replace(/^\d+ transactions, and: /, '');
		if (!row.faults.some(({ kind }) => kind === 'shift-pages')) {
			assert.equal(sentence(outcome.sees), sentence(row.sees), 'the same with something known');
		}
		const now = picture(scene, question, row);
		if (row.kind === undefined) {
			if (question === 'transactions' && !row.faults.some(({ kind }) => changesRows.has(kind))) {
				assert.deepEqual(now.content, known.content, 'each row once, in its place');
			}
			return '';
		}
		// A list that is asked for anew begins with its first page.
		assert.deepEqual(now.content, known.content.slice(0, now.content.length), 'what was known is still there');
		assert.ok(now.content.length >= Math.min(known.content.length, 100));
		return now.words;
	}

	/** When the fault is over, the same question is answered at once: no error is remembered longer than it lasts. */
	async #after(scene: Scene, question: Question, row: FaultRow): Promise<void> {
		if (row.baseUrl !== undefined) {
			return;
		}
		// What it asked to wait for is over too.
		await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
		if (row.kind === undefined) {
			// An answer is not asked for again while it is fresh; an error is.
			scene.clock.pass(meanwhile);
		}
		using honest = new Scene(this.sandbox.baseUrl, 5000);
		const { sees } = await ask(scene, question, row);
		const wanted = await ask(honest, question, row);
		assert.equal(wanted.kind, undefined, 'the sandbox itself is well');
		assert.equal(sees, row.afterwards === undefined ? wanted.sees : row.sees, 'when the fault is over');
	}
}

/** Faults after which rows are not those of the server's list. */
const changesRows: ReadonlySet<FaultKind> = new Set(['status', 'nulls', 'wrong-types', 'shift-pages', 'endless-pages']);

const programId = 'acme';
const email = 'alice.brown@partnero.com';

function refOf(row: FaultRow) {
	return { programId, key: row.key ?? sampleKeys.documented };
}

/** Asks as the surfaces do: from the store, and for lists until their end or an error. */
async function ask(scene: Scene, question: Question, row: FaultRow): Promise<Outcome> {
	const ref = refOf(row);
	try {
		return { kind: undefined, sees: await answerOf(scene, question, row) };
	} catch (error) {
		assert.ok(PartneroError.is(error), `${error}`);
		// The reader of a list is told which part of it is there.
		const loaded = question === 'transactions' ? scene.store.peekTransactions(ref).rows.length : 0;
		const sentence = describeError(error, {
			program: programName,
			...(question === 'customers' || question === 'check' ? {} : { key: ref.key }),
		});
		assertReadable(sentence);
		return { kind: error.kind, sees: loaded > 0 ? `${loaded} transactions, and: ${sentence}` : sentence };
	}
}

async function answerOf({ store, client }: Scene, question: Question, row: FaultRow): Promise<string> {
	const ref = refOf(row);
	switch (question) {
		case 'customer': {
			const { customer, absent } = await store.get(ref);
			return absent || customer === undefined ? notACustomer(ref.key, programName) : wordsOf(customer);
		}
		case 'transactions': {
			let list = await store.loadTransactions(ref);
			for (let page = 1; !list.complete && page < (row.pages ?? 1000); page++) {
				list = await store.loadMoreTransactions(ref);
			}
			return listWords(list);
		}
		case 'customers':
			return `customers: ${(await store.listCustomers(programId, undefined)).items.length}`;
		case 'search':
			return `found: ${(await store.searchCustomers(programId, email)).map((customer) => fullName(customer)).join(', ') || 'nobody'}`;
		case 'check': {
			const { name } = await client.verify();
			return `the key is accepted${name === undefined ? '' : `, of ${name}`}`;
		}
	}
}

/** A customer in words: the name, and what could not be read and is shown as it came. */
function wordsOf(customer: Customer): string {
	const other = Object.keys(customer.other);
	const name = fullName(customer) ?? `${customer.key}, without a name`;
	return other.length === 0 ? name : `${name}; as it came: ${other.length > 4 ? `${other.length} fields` : other.join(', ')}`;
}

function listWords({ rows, unreadable, complete }: TransactionsSnapshot): string {
	assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, 'no row stands twice');
	return `${complete ? 'all ' : ''}${rows.length} transactions${complete ? '' : ', with more to load'}${unreadable > 0 ? `, ${unreadable} unreadable` : ''}`;
}

/** What surfaces show without asking. */
function picture(scene: Scene, question: Question, row: FaultRow): { readonly words: string; readonly content: readonly JsonObject[] } {
	const { store, clock } = scene;
	const age = (loadedAt = 0) => `${Math.floor((clock.now() - loadedAt) / 60_000)} min old`;
	if (question === 'transactions') {
		const list = store.peekTransactions(refOf(row));
		return { words: `${list.rows.length} transactions, ${age(list.loadedAt)}`, content: list.rows.map(({ raw }) => raw) };
	}
	const snapshot: CustomerSnapshot = store.peek(refOf(row));
	const { customer } = snapshot;
	if (question !== 'customer' || customer === undefined) {
		return { words: '–', content: [] };
	}
	return { words: `${fullName(customer)}, ${age(snapshot.loadedAt)}`, content: [customer.raw] };
}

function sentWords(sent: number, waited: readonly number[]): string {
	const times = ['never', 'once', 'twice'][sent] ?? `${sent} times`;
	const waits = waited.map((seconds) => `${seconds} s`);
	return waits.length === 0 ? times : `${times}, after ${waits.join(' and ')}`;
}

/** No stack, no raw body, no key, no value that was printed by mistake. */
export function assertReadable(text: string): void {
	assert.doesNotMatch(text, /undefined|\bnull\b|NaN|Infinity|\[object|\n\s+at |<html|<!DOCTYPE|"data"/i, text);
	for (const secret of [labKey, encodeURIComponent(labKey), Buffer.from(labKey).toString('base64').slice(0, 30)]) {
		assert.ok(!text.toLowerCase().includes(secret.toLowerCase()), text);
	}
}
