// The connected programs: what is known of each, its state and its client. The API keys are in the keyring; everything else may be read by
// anyone and is in globalState.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import { type BaseUrl, parseBaseUrl } from '../partnero/baseUrl.ts';
import { PartneroError, type PartneroErrorKind } from '../partnero/errors.ts';
import type { PartneroClient, PartneroClientOptions } from '../partnero/index.ts';
import type { Program } from '../partnero/types.ts';
import { type KeyChange, Keyring, type StoredKey } from './keyring.ts';
import type { OtherWindows } from './otherWindows.ts';

const programsKey = 'partnero.programs';
const activeKey = 'partnero.activeProgram';

/** The sample program is the same everywhere, so it needs no id of its own making. */
export const sampleProgramId = 'sample';

/** A program that the user connected. */
export interface ConnectedProgram {
	/** Ours, opaque; holds no line break. */
	readonly id: string;
	/** What the user calls it. Unique. */
	readonly name: string;
	/** `Affiliate`, `Referral`, … as far as Partnero told. */
	readonly type?: string;
	/** Partnero's own id of the program, as far as it told: a key of another one must not take this one's place. */
	readonly partneroId?: string;
	/** The built-in sample program: its server runs on this machine, and it has no API key to keep. */
	readonly sample: boolean;
}

/** What the status bar and the views say about a program. */
export interface ProgramState {
	/** Partnero answered 401: nothing is sent until the key is replaced. */
	readonly rejected: boolean;
	/** All requests wait until then because of a 429: milliseconds since 1970. */
	readonly pausedUntil?: number;
	/** The newest question did not reach Partnero. */
	readonly offline?: boolean;
	/** Another window stored the API key, and this one will see it when it is reloaded: so VS Code does it in a browser. */
	readonly keyElsewhere?: boolean;
}

/** The server of the sample program. */
export interface SampleServer {
	readonly baseUrl: string;
	readonly apiKey: string;
}

export interface ProgramRegistryOptions {
	readonly globalState: vscode.Memento;
	readonly workspaceState: vscode.Memento;
	readonly secrets: vscode.SecretStorage;
	/** The other windows of the user. Loads the bundle of what connects them. */
	readonly windows: () => Promise<Pick<OtherWindows, 'tell' | 'onDidHear'>>;
	/** The setting `partnero.apiBaseUrl`, as it is now. */
	readonly baseUrl: () => string;
	/** Milliseconds per request: a setting. */
	readonly timeout: () => number;
	/** Makes a client; loads the client's bundle. */
	readonly createClient: (options: PartneroClientOptions) => Promise<PartneroClient>;
	/** Starts the sample program's server, or returns the running one. */
	readonly sampleServer: () => Promise<SampleServer>;
	/** Makes an id for a new program. */
	readonly newId: () => string;
	readonly now: () => number;
	/** One line per attempt, without any secret or customer in it. */
	readonly log: (line: string) => void;
	/** Runs something later, unless it is cancelled: `setTimeout` by default. */
	readonly after?: (milliseconds: number, run: () => void) => { dispose(): void };
}

/**
 * When to look for what another window changed and has announced: the list of programs arrives some time after a secret, without an event, and
 * a secret some time after the news of it.
 */
const looksAfter: readonly number[] = [100, 300, 700, 1500, 4000];
/** Milliseconds after which what one window stored has arrived in all of them. */
const settlesAfter = 15_000;
/** As many of these looks go by before a key counts as one that does not arrive. */
const looksForKey = 2;

/** What windows tell each other. */
interface ProgramNews {
	readonly id: string;
	/** Absent where it was disconnected. */
	readonly program?: ConnectedProgram;
	/** Where its API key was stored: milliseconds since 1970. */
	readonly keyStoredAt?: number;
}

export class ProgramRegistry extends Disposable {
	readonly #changes = this._register(new vscode.EventEmitter<void>());
	/** Fires when a program comes, goes, becomes active, or when its state changes. */
	readonly onDidChange = this.#changes.event;
	readonly #keyChanges = this._register(new vscode.EventEmitter<string>());
	/** Fires with the id of a program whose data must be forgotten: its key changed or it is gone. */
	readonly onDidChangeKey = this.#keyChanges.event;

	readonly #options: ProgramRegistryOptions;
	readonly #keyring: Keyring;
	readonly #windows: ReturnType<ProgramRegistryOptions['windows']>;
	readonly #clients = new Map<string, Promise<PartneroClient>>();
	/** Programs whose client somebody wanted, whether it could be made or not: others have nothing that a change of key concerns. */
	readonly #wanted = new Set<string>();
	readonly #states = new Map<string, ProgramState>();
	/** The key that Partnero accepted last, with where: what is stored is this and nothing else. */
	#verified: StoredKey | undefined;
	#checks = 0;
	/** Until when no API key is checked, because of a 429: milliseconds since 1970. */
	#checksPausedUntil = 0;
	/** The programs as surfaces were last told. */
	#told: string;
	readonly #looks = new Set<{ dispose(): void }>();
	/**
	 * What changed a moment ago, here or elsewhere: globalState may not have it yet, or no longer where two windows wrote at once. It is one value
	 * for all that this extension keeps there, so nothing is written merely because another window did.
	 */
	readonly #recent = new Map<string, Pick<ProgramNews, 'program'>>();
	/** When other windows stored keys that this one has not seen yet. */
	readonly #awaited = new Map<string, number>();
	/** When the keys of other windows that this one uses were stored. */
	readonly #followed = new Map<string, number>();

	constructor(options: ProgramRegistryOptions) {
		super();
		this.#options = options;
		this.#told = JSON.stringify(this.all);
		this.#keyring = this._register(new Keyring(options));
		this._register(this.#keyring.onDidChange((change) => this.#followKey(change)));
		this.#windows = options.windows();
		this.#windows.then(({ onDidHear }) => this._register(onDidHear((news) => this.#followWindow(news)))).catch(() => undefined);
		// Not all windows need share a disk, and the sample program has no key whose change would be heard.
		this._register(vscode.window.onDidChangeWindowState(({ focused }) => (focused ? this.#look() : undefined)));
	}

	/** All programs, in the order of connecting. */
	get all(): readonly ConnectedProgram[] {
		const programs = this.#stored();
		for (const [id, { program }] of this.#recent) {
			if (program === undefined) {
				programs.delete(id);
			} else {
				programs.set(id, program);
			}
		}
		return [...programs.values()];
	}

	/**
	 * Where else somebody may be who is missing in a program: an API key belongs to one program. Without the sample program, in which nobody is
	 * real.
	 */
	elsewhere(id: string): readonly ConnectedProgram[] {
		return this.all.filter((program) => program.id !== id && !program.sample);
	}

	get(id: string): ConnectedProgram | undefined {
		return this.all.find((program) => program.id === id);
	}

	/**
	 * The program that this workspace works with: the one it chose, else the one that was connected last; sample data only where there is
	 * nothing else.
	 */
	get active(): ConnectedProgram | undefined {
		const { all } = this;
		const chosen = this.#options.workspaceState.get<unknown>(activeKey);
		return all.find((program) => program.id === chosen) ?? all.findLast((program) => !program.sample) ?? all.at(-1);
	}

	async activate(id: string): Promise<void> {
		await this.#options.workspaceState.update(activeKey, id);
		this.#changes.fire();
	}

	state(id: string): ProgramState {
		const state = this.#states.get(id);
		if (state?.pausedUntil !== undefined && state.pausedUntil <= this.#options.now()) {
			const { pausedUntil, ...others } = state;
			return others;
		}
		return state ?? { rejected: false };
	}

	/**
	 * Asks Partnero whether it accepts the API key, without storing anything. `id` names the program that it is meant for, if that is connected.
	 * @throws PartneroError; `rate-limited` without asking while the program, or the check of another key, has to wait
	 */
	async verify(apiKey: string, signal?: AbortSignal, id = ''): Promise<Program> {
		const { href, origin } = this.#address();
		const retryAfter = Math.max(this.#checksPausedUntil, this.state(id).pausedUntil ?? 0) - this.#options.now();
		if (retryAfter > 0) {
			throw new PartneroError('rate-limited', { status: 429, retryAfter });
		}
		const client = await this.#options.createClient({
			baseUrl: href,
			apiKey,
			timeout: this.#options.timeout(),
			onPause: (until) => {
				this.#checksPausedUntil = until;
			},
		});
		this.#countChecks(1);
		try {
			const program = await client.verify(signal === undefined ? {} : { signal });
			this.#verified = { apiKey, origin, storedAt: this.#options.now() };
			return program;
		} finally {
			client.close();
			this.#countChecks(-1);
		}
	}

	/** Whether Partnero is being asked about an API key. */
	get checking(): boolean {
		return this.#checks > 0;
	}

	#countChecks(change: number): void {
		this.#checks += change;
		this.#changes.fire();
	}

	/**
	 * Stores the API key that `verify` accepted last as a new program and makes it the active one. It is bound to the origin that accepted it.
	 * Returns undefined, with nothing left behind, where the key could not be read back: some machines have no working keyring.
	 */
	async connect(name: string, apiKey: string, told: Program): Promise<ConnectedProgram | undefined> {
		const program: ConnectedProgram = {
			id: this.#options.newId(),
			name: this.#freeName(name),
			...(told.type === undefined ? {} : { type: told.type }),
			...(told.id === undefined ? {} : { partneroId: told.id }),
			sample: false,
		};
		const key = this.#takeVerified(apiKey);
		if (!(await this.#keyring.store(program.id, key))) {
			return undefined;
		}
		try {
			await this.#store(program.id, program);
		} catch (error) {
			await this.#keyring.delete(program.id);
			throw error;
		}
		this.#tellWindows(program.id, key);
		await this.activate(program.id);
		return program;
	}

	/** Adds the sample program, or finds it, and makes it the active one. */
	async connectSample(name: string): Promise<ConnectedProgram> {
		const known = this.get(sampleProgramId);
		const program = known ?? { id: sampleProgramId, name: this.#freeName(name), sample: true };
		if (known === undefined) {
			await this.#store(program.id, program);
			this.#tellWindows(program.id);
		}
		await this.activate(program.id);
		return program;
	}

	/**
	 * Stores the API key that `verify` accepted last for a program. Returns false where it could not be read back; the old one is put back as
	 * far as the keyring can.
	 * @throws PartneroError `no-program` where it was disconnected meanwhile; nothing is left behind then
	 */
	async replaceKey(id: string, apiKey: string, told: Program = {}): Promise<boolean> {
		const key = this.#takeVerified(apiKey);
		const stored = await this.#keyring.store(id, key);
		const program = this.get(id);
		if (program === undefined) {
			// Disconnected while the key was asked for, here or in another window: nobody could ever delete it.
			await this.#keyring.delete(id);
			throw new PartneroError('no-program');
		}
		if (stored && told.id !== undefined) {
			await this.#store(id, { ...program, partneroId: told.id });
		}
		if (stored) {
			this.#awaited.delete(id);
			this.#tellWindows(id, key);
		}
		this.#dropClient(id);
		return stored;
	}

	/**
	 * Deletes the program and its API key.
	 * @throws Error where the key could not be deleted: the program stays, so that it can be tried again
	 */
	async disconnect(id: string): Promise<void> {
		if (id !== sampleProgramId) {
			await this.#keyring.delete(id);
		}
		try {
			await this.#store(id, undefined);
			this.#tellWindows(id);
			if (this.#options.workspaceState.get<unknown>(activeKey) === id) {
				await this.#options.workspaceState.update(activeKey, undefined);
			}
		} finally {
			this.#dropClient(id);
		}
	}

	/**
	 * The client of a program; the same one as long as key, address and settings stay.
	 * @throws PartneroError `no-program`, `key-missing`, `origin-changed`, `invalid-base-url`
	 */
	client(id: string): Promise<PartneroClient> {
		if (this.disposed) {
			return Promise.reject(new PartneroError('cancelled'));
		}
		const known = this.#clients.get(id);
		if (known !== undefined) {
			return known;
		}
		this.#wanted.add(id);
		// What a client that was dropped still has to tell concerns another key.
		const made = this.#createClient(id, () => this.#clients.get(id) === made);
		this.#clients.set(id, made);
		made.catch(() => {
			// The reason may be gone the next time: a key stored again, a setting corrected.
			if (this.#clients.get(id) === made) {
				this.#clients.delete(id);
			}
		});
		return made;
	}

	/**
	 * Where the program's API stands, without a slash at the end.
	 * @throws PartneroError `invalid-base-url`
	 */
	async baseUrlOf(id: string): Promise<string> {
		return this.get(id)?.sample ? (await this.#options.sampleServer()).baseUrl : this.#address().href;
	}

	/** Whether the API key of a connected program stands in a text: such a text is never shown, asked for or made a title. */
	async isApiKey(text: string): Promise<boolean> {
		await this.#readKeys();
		return this.#keyring.standsIn(text);
	}

	/** What was read is kept up to date: a look-up waits for no key that is known. */
	async #readKeys(): Promise<void> {
		const unknown = this.all.filter(({ id, sample }) => !sample && !this.#keyring.isKnown(id));
		await Promise.all(unknown.map(({ id }) => this.#keyring.read(id)));
	}

	/** Drops all clients, and what a failure to make one left behind: an address or a time-out was set differently. */
	dropClients(): void {
		for (const id of new Set([...this.#clients.keys(), ...this.all.map((program) => program.id)])) {
			this.#dropClient(id);
		}
	}

	override dispose(): void {
		for (const client of this.#clients.values()) {
			close(client);
		}
		this.#clients.clear();
		for (const look of this.#looks) {
			look.dispose();
		}
		this.#looks.clear();
		super.dispose();
	}

	#tellWindows(id: string, key?: StoredKey): void {
		const program = this.get(id);
		const news: ProgramNews = { id, ...(program && { program }), ...(key?.storedAt && { keyStoredAt: key.storedAt }) };
		this.#windows.then((windows) => windows.tell(news)).catch(() => undefined);
	}

	/** Another window has connected, replaced or disconnected. */
	async #followWindow(news: unknown): Promise<void> {
		const { id, program: told, keyStoredAt } = Object(news) as { readonly [Name in keyof ProgramNews]?: unknown };
		const program = readProgram(told);
		if (typeof id !== 'string' || (told !== undefined && program?.id !== id)) {
			return;
		}
		this.#note(id, program);
		this.#look();
		if (program === undefined) {
			this.#awaited.delete(id);
			this.#dropClient(id);
		} else if (typeof keyStoredAt === 'number') {
			this.#awaited.set(id, keyStoredAt);
			await this.#lookForKey(id, keyStoredAt);
		}
	}

	/** Uses a key of another window as soon as it has arrived. Where it does not, the one that it took the place of is not used any more. */
	async #lookForKey(id: string, storedAt: number, looks = 0): Promise<void> {
		const key = await this.#keyring.read(id);
		if (this.disposed || this.#awaited.get(id) !== storedAt) {
			return;
		}
		const wait = looksAfter[looks];
		if (isSince(key, storedAt)) {
			this.#followStored(id, key?.storedAt);
		} else if (wait !== undefined && looks < looksForKey) {
			this.#later(wait, () => this.#lookForKey(id, storedAt, looks + 1));
		} else {
			this.#dropClient(id);
			this.#setState(id, { rejected: false, keyElsewhere: true });
		}
	}

	/** Another window may have connected, replaced or disconnected. */
	#followKey({ programId, elsewhere, storedAt }: KeyChange): void {
		if (elsewhere) {
			this.#followStored(programId, storedAt);
		}
		this.#look();
		for (const wait of looksAfter) {
			this.#later(wait, () => this.#look());
		}
	}

	/** The same change may be heard of twice: as news and as a secret. */
	#followStored(id: string, storedAt: number | undefined): void {
		if (storedAt === undefined || this.#followed.get(id) !== storedAt) {
			this.#followed.set(id, storedAt ?? 0);
			this.#awaited.delete(id);
			this.#dropClient(id);
		}
	}

	/** Tells surfaces where the list of programs is not what they were told. */
	#look(): void {
		const now = JSON.stringify(this.all);
		if (now !== this.#told) {
			this.#told = now;
			this.#changes.fire();
		}
	}

	#later(milliseconds: number, run: () => unknown): void {
		const after = this.#options.after ?? afterTimeout;
		const look = after(milliseconds, () => {
			this.#looks.delete(look);
			Promise.resolve(run()).catch(() => undefined);
		});
		this.#looks.add(look);
	}

	async #createClient(id: string, isCurrent: () => boolean): Promise<PartneroClient> {
		const program = this.get(id);
		if (program === undefined) {
			throw new PartneroError('no-program');
		}
		const { baseUrl, apiKey } = program.sample ? await this.#sample() : await this.#connection(id);
		await this.#readKeys();
		if (!isCurrent()) {
			throw new PartneroError('cancelled');
		}
		const ifCurrent = (change: () => void) => (isCurrent() ? change() : undefined);
		return this.#options.createClient({
			baseUrl,
			apiKey,
			isSecret: (text) => this.#keyring.standsIn(text),
			timeout: this.#options.timeout(),
			pausedUntil: this.state(id).pausedUntil,
			onKeyRejected: () => ifCurrent(() => this.#setState(id, { rejected: true })),
			onPause: (pausedUntil) => ifCurrent(() => this.#setState(id, { ...this.state(id), pausedUntil })),
			onAttempt: ({ resource, outcome, failure, milliseconds }) => {
				this.#options.log(`GET ${resource} → ${outcome}, ${milliseconds} ms`);
				ifCurrent(() => this.#followReach(id, failure));
			},
		});
	}

	/** An answer, of whatever kind, was given by somebody; what was cancelled or took too long tells nothing of the network. */
	#followReach(id: string, failure: PartneroErrorKind | undefined): void {
		const offline = failure === 'unreachable';
		if (failure !== 'cancelled' && failure !== 'timed-out' && offline !== (this.state(id).offline ?? false)) {
			this.#setState(id, { ...this.state(id), offline });
		}
	}

	async #sample(): Promise<SampleServer> {
		try {
			return await this.#options.sampleServer();
		} catch (error) {
			const code: unknown = Reflect.get(Object(error), 'code');
			this.#options.log(`The server of the sample program did not start${typeof code === 'string' ? `: ${code}` : ''}.`);
			throw new PartneroError('unreachable', typeof code === 'string' ? { code } : {});
		}
	}

	/** The key goes to the origin that it was given for and to no other. */
	async #connection(id: string): Promise<SampleServer> {
		const { href, origin } = this.#address();
		const key = await this.#keyring.read(id);
		if (!isSince(key, this.#awaited.get(id))) {
			throw new PartneroError('key-missing', { code: 'elsewhere' });
		}
		if (key === undefined) {
			throw new PartneroError('key-missing');
		}
		if (key.origin !== origin) {
			throw new PartneroError('origin-changed');
		}
		return { baseUrl: href, apiKey: key.apiKey };
	}

	/** The setting `partnero.apiBaseUrl`. @throws PartneroError `invalid-base-url` */
	#address(): BaseUrl {
		const baseUrl = parseBaseUrl(this.#options.baseUrl());
		if ('problem' in baseUrl) {
			throw new PartneroError('invalid-base-url', { code: baseUrl.problem });
		}
		return baseUrl;
	}

	/** The key as Partnero accepted it. Nothing else is ever stored. */
	#takeVerified(apiKey: string): StoredKey {
		const verified = this.#verified;
		this.#verified = undefined;
		if (verified?.apiKey !== apiKey) {
			throw new Error('An API key is verified before it is stored.');
		}
		return verified;
	}

	/** As it stands in globalState. Damaged, it may have the same id twice, which would show one program under two names. */
	#stored(): Map<string, ConnectedProgram> {
		const stored: unknown = this.#options.globalState.get(programsKey);
		const programs = Array.isArray(stored) ? stored.map(readProgram).filter((program) => program !== undefined) : [];
		return new Map(programs.map((program) => [program.id, program]));
	}

	#note(id: string, program: ConnectedProgram | undefined): void {
		const change = program === undefined ? {} : { program };
		this.#recent.set(id, change);
		this.#later(settlesAfter, async () => {
			if (this.#recent.get(id) === change) {
				if (JSON.stringify(this.#stored().get(id)) !== JSON.stringify(program)) {
					await this.#options.globalState.update(programsKey, this.all);
				}
				this.#recent.delete(id);
			}
		});
	}

	/** The program as it is from now on; undefined where it is gone. */
	async #store(id: string, program: ConnectedProgram | undefined): Promise<void> {
		this.#note(id, program);
		try {
			await this.#options.globalState.update(programsKey, this.all);
		} catch (error) {
			this.#recent.delete(id);
			throw error;
		}
		this.#told = JSON.stringify(this.all);
		this.#changes.fire();
	}

	#setState(id: string, state: ProgramState): void {
		this.#states.set(id, state);
		this.#changes.fire();
	}

	#dropClient(id: string): void {
		if (!this.#wanted.delete(id) && !this.#states.has(id)) {
			return;
		}
		const client = this.#clients.get(id);
		this.#clients.delete(id);
		if (client !== undefined) {
			close(client);
		}
		// A new key or address does not end the time for which Partnero wants no questions.
		const { pausedUntil } = this.state(id);
		this.#states.delete(id);
		if (pausedUntil !== undefined) {
			this.#states.set(id, { rejected: false, pausedUntil });
		}
		this.#keyChanges.fire(id);
		this.#changes.fire();
	}

	/** Names are how users tell programs apart, so no two are the same: `ACME`, `ACME (2)`, … */
	#freeName(wanted: string): string {
		const taken = new Set(this.all.map(({ name }) => name));
		let name = wanted;
		for (let count = 2; taken.has(name); count++) {
			name = `${wanted} (${count})`;
		}
		return name;
	}
}

/** What was stored may be of another version, or damaged. */
function readProgram(value: unknown): ConnectedProgram | undefined {
	const { id, name, type, partneroId } = Object(value) as { readonly [Name in keyof ConnectedProgram]?: unknown };
	if (typeof id !== 'string' || id === '' || typeof name !== 'string') {
		return undefined;
	}
	return {
		id,
		name,
		...(typeof type === 'string' ? { type } : {}),
		...(typeof partneroId === 'string' ? { partneroId } : {}),
		sample: id === sampleProgramId,
	};
}

/** Whether a key was stored then or later. */
function isSince(key: StoredKey | undefined, storedAt: number | undefined): boolean {
	return storedAt === undefined || (key?.storedAt ?? 0) >= storedAt;
}

/** Closes a client, also one that is still being made. */
function close(client: Promise<PartneroClient>): void {
	client.then(
		(open) => open.close(),
		() => undefined,
	);
}

function afterTimeout(milliseconds: number, run: () => void): { dispose(): void } {
	const timer = setTimeout(run, milliseconds);
	return { dispose: () => clearTimeout(timer) };
}
