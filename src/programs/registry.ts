// The connected programs: what is known of each, where its API key is, and its client. The key is in SecretStorage together with the origin
// that it was given for; everything else may be read by anyone and is in globalState.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import { parseBaseUrl } from '../partnero/baseUrl.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { PartneroClient, PartneroClientOptions } from '../partnero/index.ts';
import type { Program } from '../partnero/types.ts';

const programsKey = 'partnero.programs';
const activeKey = 'partnero.activeProgram';
const secretPrefix = 'partnero.program.';

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
	/** The built-in sample program: its server runs on this machine, and it has no API key to keep. */
	readonly sample: boolean;
}

/** What the status bar and the views say about a program. */
export interface ProgramState {
	/** Partnero answered 401: nothing is sent until the key is replaced. */
	readonly rejected: boolean;
	/** All requests wait until then because of a 429: milliseconds since 1970. */
	readonly pausedUntil?: number;
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
}

interface Secret {
	readonly apiKey: string;
	readonly origin: string;
}

export class ProgramRegistry extends Disposable {
	private readonly changes = this._register(new vscode.EventEmitter<void>());
	/** Fires when a program comes, goes, becomes active, or when its state changes. */
	readonly onDidChange = this.changes.event;
	private readonly keyChanges = this._register(new vscode.EventEmitter<string>());
	/** Fires with the id of a program whose data must be forgotten: its key changed or it is gone. */
	readonly onDidChangeKey = this.keyChanges.event;

	private readonly options: ProgramRegistryOptions;
	private readonly clients = new Map<string, Promise<PartneroClient>>();
	/** The stored secrets that the clients were made with, to tell another window's change from the echo of our own. */
	private readonly usedSecrets = new Map<string, string>();
	private readonly states = new Map<string, ProgramState>();

	constructor(options: ProgramRegistryOptions) {
		super();
		this.options = options;
		this._register(
			options.secrets.onDidChange(({ key }) => {
				if (key.startsWith(secretPrefix)) {
					this.followSecret(key.slice(secretPrefix.length)).catch(() => undefined);
				}
			}),
		);
	}

	/** All programs, in the order of connecting. */
	get all(): readonly ConnectedProgram[] {
		const stored: unknown = this.options.globalState.get(programsKey);
		return Array.isArray(stored) ? stored.filter(isConnectedProgram) : [];
	}

	get(id: string): ConnectedProgram | undefined {
		return this.all.find((program) => program.id === id);
	}

	/** The program that this workspace works with: the one it chose, else the one that was connected last. */
	get active(): ConnectedProgram | undefined {
		const { all } = this;
		const chosen = this.options.workspaceState.get<unknown>(activeKey);
		return all.find((program) => program.id === chosen) ?? all.at(-1);
	}

	async activate(id: string): Promise<void> {
		await this.options.workspaceState.update(activeKey, id);
		this.changes.fire();
	}

	state(id: string): ProgramState {
		const state = this.states.get(id);
		if (state?.pausedUntil !== undefined && state.pausedUntil <= this.options.now()) {
			return { rejected: state.rejected };
		}
		return state ?? { rejected: false };
	}

	/**
	 * Asks Partnero whether it accepts the API key, without storing anything.
	 * @throws PartneroError
	 */
	async verify(apiKey: string, signal?: AbortSignal): Promise<Program> {
		const client = await this.options.createClient({ baseUrl: this.options.baseUrl(), apiKey, timeout: this.options.timeout() });
		try {
			return await client.verify(signal === undefined ? {} : { signal });
		} finally {
			client.close();
		}
	}

	/**
	 * Stores a verified API key as a new program and makes it the active one. Returns undefined, with nothing left behind, where the key
	 * could not be read back: some machines have no working keyring.
	 */
	async connect(name: string, apiKey: string, told: Program): Promise<ConnectedProgram | undefined> {
		const program: ConnectedProgram = {
			id: this.options.newId(),
			name: this.freeName(name),
			...(told.type === undefined ? {} : { type: told.type }),
			sample: false,
		};
		if (!(await this.storeSecret(program.id, apiKey))) {
			return undefined;
		}
		await this.store([...this.all, program]);
		await this.activate(program.id);
		return program;
	}

	/** Adds the sample program, or finds it, and makes it the active one. */
	async connectSample(name: string): Promise<ConnectedProgram> {
		const known = this.get(sampleProgramId);
		const program = known ?? { id: sampleProgramId, name: this.freeName(name), sample: true };
		if (known === undefined) {
			await this.store([...this.all, program]);
		}
		await this.activate(program.id);
		return program;
	}

	/** Stores another verified API key for a program. Returns false where it could not be read back; the old key is then lost as well. */
	async replaceKey(id: string, apiKey: string): Promise<boolean> {
		const stored = await this.storeSecret(id, apiKey);
		this.dropClient(id);
		return stored;
	}

	/** Deletes the program and its API key. */
	async disconnect(id: string): Promise<void> {
		await this.store(this.all.filter((program) => program.id !== id));
		await this.options.secrets.delete(secretPrefix + id);
		this.dropClient(id);
	}

	/**
	 * The client of a program; the same one as long as key, address and settings stay.
	 * @throws PartneroError `no-program`, `key-missing`, `origin-changed`, `invalid-base-url`
	 */
	client(id: string): Promise<PartneroClient> {
		const known = this.clients.get(id);
		if (known !== undefined) {
			return known;
		}
		const made = this.createClient(id);
		this.clients.set(id, made);
		made.catch(() => {
			// The reason may be gone the next time: a key stored again, a setting corrected.
			if (this.clients.get(id) === made) {
				this.clients.delete(id);
			}
		});
		return made;
	}

	/**
	 * Where the program's API stands, without a slash at the end.
	 * @throws PartneroError `invalid-base-url`
	 */
	async baseUrlOf(id: string): Promise<string> {
		if (this.get(id)?.sample) {
			return (await this.options.sampleServer()).baseUrl;
		}
		const baseUrl = parseBaseUrl(this.options.baseUrl());
		if ('problem' in baseUrl) {
			throw new PartneroError('invalid-base-url', { code: baseUrl.problem });
		}
		return baseUrl.href;
	}

	/** Whether a text is the API key of a connected program: such a text is never shown. */
	async isApiKey(text: string): Promise<boolean> {
		const stored = await Promise.all(this.all.map(({ id }) => this.options.secrets.get(secretPrefix + id)));
		return stored.some((secret) => readSecret(secret)?.apiKey === text);
	}

	/** Drops all clients: an address or a time-out was set differently. */
	dropClients(): void {
		for (const id of [...this.clients.keys()]) {
			this.dropClient(id);
		}
	}

	override dispose(): void {
		for (const client of this.clients.values()) {
			client.then(
				(open) => open.close(),
				() => undefined,
			);
		}
		this.clients.clear();
		super.dispose();
	}

	/** Another window may have connected, replaced or disconnected. */
	private async followSecret(id: string): Promise<void> {
		const stored = await this.options.secrets.get(secretPrefix + id);
		if (this.clients.has(id) && this.usedSecrets.get(id) !== stored) {
			this.dropClient(id);
		} else {
			this.changes.fire();
		}
	}

	private async createClient(id: string): Promise<PartneroClient> {
		const program = this.get(id);
		if (program === undefined) {
			throw new PartneroError('no-program');
		}
		const { baseUrl, apiKey } = program.sample ? await this.options.sampleServer() : await this.address(id);
		return this.options.createClient({
			baseUrl,
			apiKey,
			timeout: this.options.timeout(),
			onKeyRejected: () => this.setState(id, { rejected: true }),
			onPause: (pausedUntil) => this.setState(id, { ...this.state(id), pausedUntil }),
			onAttempt: ({ resource, outcome, milliseconds }) => this.options.log(`GET ${resource} → ${outcome}, ${milliseconds} ms`),
		});
	}

	/** The key goes to the origin that it was given for and to no other. */
	private async address(id: string): Promise<SampleServer> {
		const baseUrl = parseBaseUrl(this.options.baseUrl());
		if ('problem' in baseUrl) {
			throw new PartneroError('invalid-base-url', { code: baseUrl.problem });
		}
		const stored = await this.options.secrets.get(secretPrefix + id);
		const secret = readSecret(stored);
		if (stored === undefined || secret === undefined) {
			throw new PartneroError('key-missing');
		}
		this.usedSecrets.set(id, stored);
		if (secret.origin !== baseUrl.origin) {
			throw new PartneroError('origin-changed');
		}
		return { baseUrl: baseUrl.href, apiKey: secret.apiKey };
	}

	private async storeSecret(id: string, apiKey: string): Promise<boolean> {
		const baseUrl = parseBaseUrl(this.options.baseUrl());
		if ('problem' in baseUrl) {
			throw new PartneroError('invalid-base-url', { code: baseUrl.problem });
		}
		const name = secretPrefix + id;
		const secret = JSON.stringify({ apiKey, origin: baseUrl.origin } satisfies Secret);
		try {
			await this.options.secrets.store(name, secret);
			if ((await this.options.secrets.get(name)) === secret) {
				return true;
			}
			await this.options.secrets.delete(name);
		} catch {
			// VS Code's own text may repeat what it could not store.
			this.options.log('The secret storage of this machine failed.');
		}
		return false;
	}

	private async store(programs: readonly ConnectedProgram[]): Promise<void> {
		await this.options.globalState.update(programsKey, programs);
		this.changes.fire();
	}

	private setState(id: string, state: ProgramState): void {
		this.states.set(id, state);
		this.changes.fire();
	}

	private dropClient(id: string): void {
		const client = this.clients.get(id);
		this.clients.delete(id);
		this.usedSecrets.delete(id);
		client?.then(
			(open) => open.close(),
			() => undefined,
		);
		this.states.delete(id);
		this.keyChanges.fire(id);
		this.changes.fire();
	}

	/** Names are how users tell programs apart, so no two are the same: `ACME`, `ACME (2)`, … */
	private freeName(wanted: string): string {
		const taken = new Set(this.all.map(({ name }) => name));
		let name = wanted;
		for (let count = 2; taken.has(name); count++) {
			name = `${wanted} (${count})`;
		}
		return name;
	}
}

function isConnectedProgram(value: unknown): value is ConnectedProgram {
	return (
		typeof value === 'object' &&
		value !== null &&
		typeof Reflect.get(value, 'id') === 'string' &&
		typeof Reflect.get(value, 'name') === 'string' &&
		typeof Reflect.get(value, 'sample') === 'boolean'
	);
}

function readSecret(stored: string | undefined): Secret | undefined {
	try {
		const value: unknown = JSON.parse(stored ?? 'null');
		const { apiKey, origin } = (value ?? {}) as Partial<Secret>;
		return typeof apiKey === 'string' && typeof origin === 'string' ? { apiKey, origin } : undefined;
	} catch {
		return undefined;
	}
}
