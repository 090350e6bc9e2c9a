// Connected programs: where their keys are and where they are not, what is sent to whom, and what other windows see.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PartneroError, type PartneroErrorKind } from '../../../src/partnero/errors.ts';
import type { PartneroClientOptions } from '../../../src/partnero/index.ts';
import type { Program } from '../../../src/partnero/types.ts';
import { ProgramRegistry } from '../../../src/programs/registry.ts';
import { FakeKeyring, FakeMemento, FakeWindows } from '../../fake-vscode/storage.ts';
import { focusWindow } from '../../fake-vscode/vscode.ts';
import { ScriptedClient, settled } from '../customers/scriptedClient.ts';

const apiKey = 'sk_live_verysecret123';
const otherKey = 'sk_live_anothersecret';

/** A client that notes what it was made with. */
class NotedClient extends ScriptedClient {
	readonly options: PartneroClientOptions;
	private readonly accepts: (apiKey: string) => boolean;

	constructor(options: PartneroClientOptions, accepts: (apiKey: string) => boolean) {
		super();
		this.options = options;
		this.accepts = accepts;
	}

	override async verify(): Promise<Program> {
		if (!this.accepts(this.options.apiKey)) {
			throw new PartneroError('key-rejected', { status: 401 });
		}
		return { name: 'ACME', type: 'Affiliate' };
	}
}

/** One window of VS Code on a machine. */
class Window {
	readonly clients: NotedClient[] = [];
	readonly log: string[] = [];
	readonly timers: (() => void)[] = [];
	readonly dropped: string[] = [];
	readonly globalState: FakeMemento;
	readonly workspaceState = new FakeMemento();
	readonly keyring: FakeKeyring;
	readonly windows: FakeWindows;
	private readonly inBrowser: boolean;
	readonly registry: ProgramRegistry;
	baseUrl = 'https://api.partnero.com/v1';
	accepted: readonly string[] = [apiKey, otherKey];
	sampleFailure: Error | undefined;
	now = 1_000_000;
	changes = 0;

	constructor({ keyring = new FakeKeyring(), globalState = new FakeMemento(), windows = new FakeWindows(), inBrowser = false } = {}) {
		this.windows = windows;
		this.inBrowser = inBrowser;
		this.keyring = keyring;
		this.globalState = globalState;
		let ids = 0;
		this.registry = new ProgramRegistry({
			globalState,
			workspaceState: this.workspaceState,
			secrets: inBrowser ? keyring.inBrowserWindow() : keyring.inWindow(),
			windows: async () => windows.inWindow(),
			baseUrl: () => this.baseUrl,
			timeout: () => 30_000,
			createClient: async (options) => {
				// No two keys are stored at the same time.
				this.now++;
				const client = new NotedClient(options, (key) => this.accepted.includes(key));
				this.clients.push(client);
				return client;
			},
			sampleServer: async () => {
				if (this.sampleFailure !== undefined) {
					throw this.sampleFailure;
				}
				return { baseUrl: 'http://127.0.0.1:1234/v1', apiKey: 'sample-token' };
			},
			newId: () => `id-${++ids}-${Math.random()}`,
			now: () => this.now,
			log: (line) => this.log.push(line),
			after: (_milliseconds, run) => {
				this.timers.push(run);
				return { dispose: () => this.timers.splice(this.timers.indexOf(run), 1) };
			},
		});
		this.registry.onDidChange(() => this.changes++);
		this.registry.onDidChangeKey((id) => this.dropped.push(id));
	}

	/** Verifies and stores a key, as the command does. */
	async connect(name = 'ACME', key = apiKey) {
		const told = await this.registry.verify(key);
		return this.registry.connect(name, key, told);
	}

	async connected(name = 'ACME', key = apiKey) {
		const program = await this.connect(name, key);
		await settled();
		assert.ok(program !== undefined);
		return program;
	}

	/** The clients that were made to ask, without those that verified. */
	get askers(): readonly NotedClient[] {
		return this.clients.filter(({ options }) => options.onAttempt !== undefined);
	}

	/** Another window of the same machine. */
	another(windows = this.windows): Window {
		const { keyring, inBrowser } = this;
		return new Window({ keyring, globalState: this.globalState.inAnotherWindow(), windows, inBrowser });
	}

	runTimers(): void {
		for (const run of [...this.timers]) {
			run();
		}
	}
}

const kind = (expected: PartneroError['kind']) => (error: unknown) => PartneroError.is(error, expected);

describe('ProgramRegistry', () => {
	let window: Window;

	beforeEach(() => {
		window = new Window();
	});
	afterEach(() => window.registry.dispose());

	describe('an API key', () => {
		it('is in SecretStorage and nowhere else: not in any state, log line, error or description of the program', async () => {
			const program = await window.connected();
			const client = (await window.registry.client(program.id)) as NotedClient;
			client.options.onAttempt?.({ resource: 'customers/{key}', outcome: '200', milliseconds: 12 });
			window.keyring.failure = 'throws on store';
			await window.registry.verify(otherKey);
			assert.equal(await window.registry.replaceKey(program.id, otherKey), false);
			window.keyring.failure = 'throws on delete';
			const error: unknown = await window.registry.disconnect(program.id).catch((caught: unknown) => caught);

			const everywhere = [window.globalState.text, window.workspaceState.text, ...window.log, JSON.stringify(window.registry.all)];
			const errors = [String(error), JSON.stringify(error, Object.getOwnPropertyNames(error))];
			for (const text of [...everywhere, ...errors]) {
				assert.doesNotMatch(text, /secret\d|anothersecret|sk_live/);
			}
			assert.ok(window.log.includes('GET customers/{key} → 200, 12 ms'));
			assert.deepEqual([...window.keyring.stored.keys()], [`partnero.program.${program.id}`]);
		});

		it('is never stored before Partnero has accepted it', async () => {
			window.accepted = [];
			await assert.rejects(window.connect(), kind('key-rejected'));
			await assert.rejects(window.registry.connect('ACME', apiKey, {}), /verified before it is stored/);
			assert.deepEqual(window.keyring.everStored, []);

			window.accepted = [apiKey];
			const program = await window.connected();
			await assert.rejects(window.registry.replaceKey(program.id, otherKey), /verified before it is stored/);
			await assert.rejects(window.registry.connect('B', apiKey, {}), /verified before it is stored/, 'one verification, one program');
			assert.equal(window.keyring.everStored.length, 1);
		});

		it('is being checked as long as Partnero is asked about it, accepted or not, and surfaces are told', async () => {
			const told: boolean[] = [];
			window.registry.onDidChange(() => told.push(window.registry.checking));
			await window.registry.verify(apiKey);
			await assert.rejects(window.registry.verify('wrong'));
			assert.deepEqual(told, [true, false, true, false]);
		});

		it('closes the connection that verified it, accepted or not', async () => {
			await window.registry.verify(apiKey);
			await assert.rejects(window.registry.verify('wrong'));
			assert.deepEqual(
				window.clients.map(({ closed }) => closed),
				[true, true],
			);
			assert.deepEqual(window.keyring.everStored, []);
		});

		it('goes to the origin that it was given for alone: under another origin nothing is sent', async () => {
			const program = await window.connected();
			const verifiers = window.clients.length;
			for (const baseUrl of ['https://evil.example/v1', 'http://127.0.0.1:9/v1', 'https://api.partnero.com:8443/v1']) {
				window.baseUrl = baseUrl;
				window.registry.dropClients();
				await assert.rejects(window.registry.client(program.id), kind('origin-changed'), baseUrl);
			}
			assert.equal(window.clients.length, verifiers, 'no client was made');
			window.baseUrl = 'https://api.partnero.com/v2';
			window.registry.dropClients();
			const client = (await window.registry.client(program.id)) as NotedClient;
			assert.deepEqual([client.options.baseUrl, client.options.apiKey], ['https://api.partnero.com/v2', apiKey]);
		});

		it('is bound to the origin that verified it, even if the setting changes before it is stored', async () => {
			const told = await window.registry.verify(apiKey);
			window.baseUrl = 'https://evil.example/v1';
			const program = await window.registry.connect('ACME', apiKey, told);
			assert.ok(program !== undefined);
			await assert.rejects(window.registry.client(program.id), kind('origin-changed'));
		});

		it('is not sent to an address that cannot be used', async () => {
			const program = await window.connected();
			window.registry.dropClients();
			for (const baseUrl of ['', 'http://api.partnero.com/v1', 'https://user:pass@api.partnero.com', 'file:///etc/passwd']) {
				window.baseUrl = baseUrl;
				await assert.rejects(window.registry.client(program.id), kind('invalid-base-url'));
				await assert.rejects(window.registry.verify(apiKey), kind('invalid-base-url'));
			}
			assert.equal(window.askers.length, 0);
		});
	});

	it('knows its API keys by sight, so that none is shown from the clipboard', async () => {
		await window.registry.connectSample('Sample');
		assert.equal(await window.registry.isApiKey(apiKey), false);
		await window.connected();
		assert.equal(await window.registry.isApiKey(apiKey), true);
		assert.equal(await window.registry.isApiKey('customer_123'), false);
		assert.equal(await window.registry.isApiKey(''), false);
	});

	it('asks the keyring for no key that it knows: a look-up would wait for it', async () => {
		await window.connected();
		await settled();
		window.keyring.failure = 'throws on get';
		const logged = window.log.length;
		assert.equal(await window.registry.isApiKey(apiKey), true);
		assert.equal(window.log.length, logged);
		window.keyring.failure = undefined;
		const other = window.another();
		await window.registry.verify(otherKey);
		await window.registry.replaceKey(window.registry.all[0]?.id ?? '', otherKey);
		await settled();
		assert.deepEqual(
			[await other.registry.isApiKey(otherKey), await other.registry.isApiKey(apiKey)],
			[true, false],
			'a change is followed',
		);
		const third = 'sk_live_storedwhilelocked';
		const { id } = Object(window.registry.all[0]) as { readonly id: string };
		other.keyring.failure = 'throws on get';
		await other.keyring.inWindow().store(`partnero.program.${id}`, JSON.stringify({ apiKey: third, origin: 'https://api.partnero.com' }));
		await settled();
		other.keyring.failure = undefined;
		assert.equal(await other.registry.isApiKey(third), true, 'and read later where it could not be read at once');
		other.registry.dispose();
	});

	it('tells each client of the keys of all programs, so that none is put into an address by another', async () => {
		const [acme] = [await window.connected(), await window.connected('BETA', otherKey)];
		const client = (await window.registry.client(acme.id)) as NotedClient;
		assert.equal(client.options.isSecret?.(`key=${otherKey}`), true);
		assert.equal(client.options.isSecret?.('customer_123'), false);
		const third = 'sk_live_connectedlater';
		window.accepted = [third];
		await window.connected('GAMMA', third);
		assert.equal(client.options.isSecret?.(third), true);
		// Another window has read none of them before.
		const other = window.another();
		const elsewhere = (await other.registry.client(acme.id)) as NotedClient;
		assert.equal(elsewhere.options.isSecret?.(otherKey), true);
		other.registry.dispose();
	});

	describe('on a machine without a working keyring', () => {
		for (const failure of ['loses', 'alters', 'throws on store', 'throws on get'] as const) {
			it(`connecting leaves nothing behind where the keyring ${failure}`, async () => {
				window.keyring.failure = failure;
				assert.equal(await window.connect(), undefined);
				assert.deepEqual(window.registry.all, []);
				assert.equal(window.registry.active, undefined);
				assert.deepEqual([...window.keyring.stored.keys()], []);
				assert.deepEqual(window.globalState.keys(), []);
				assert.deepEqual(window.workspaceState.keys(), []);
				assert.equal(window.log.length > 0, true, 'the log says why');
			});
		}

		it('replacing puts the old key back as far as it can', async () => {
			const program = await window.connected();
			await window.registry.verify(otherKey);
			window.keyring.failure = 'throws on store';
			assert.equal(await window.registry.replaceKey(program.id, otherKey), false);
			window.keyring.failure = undefined;
			const client = (await window.registry.client(program.id)) as NotedClient;
			assert.equal(client.options.apiKey, apiKey);
		});

		it('a key that got lost is told as that, and found again when it is there', async () => {
			const program = await window.connected();
			window.registry.dropClients();
			window.keyring.failure = 'throws on get';
			await assert.rejects(window.registry.client(program.id), kind('key-missing'));
			window.keyring.failure = undefined;
			assert.ok(await window.registry.client(program.id));
		});

		it('disconnecting keeps the program until its key is really gone, so that it can be tried again', async () => {
			const program = await window.connected();
			window.keyring.failure = 'throws on delete';
			await assert.rejects(window.registry.disconnect(program.id), /did not delete/);
			assert.equal(window.registry.all.length, 1);
			window.keyring.failure = undefined;
			await window.registry.disconnect(program.id);
			assert.equal(window.registry.all.length, 0);
		});

		it('a full disk leaves no key of a program that nobody can see', async () => {
			window.globalState.broken = true;
			await assert.rejects(window.connect());
			assert.deepEqual([...window.keyring.stored.keys()], []);
		});
	});

	describe('programs', () => {
		it('have unique names, and the one that was connected last is active', async () => {
			await window.connected('ACME');
			await window.connected('ACME');
			const third = await window.connected('ACME');
			assert.deepEqual(
				window.registry.all.map(({ name }) => name),
				['ACME', 'ACME (2)', 'ACME (3)'],
			);
			assert.equal(window.registry.active?.id, third.id);
			assert.equal(third.type, 'Affiliate');
		});

		it('remember which of Partnero’s programs they are, so that the key of another one is noticed', async () => {
			await window.registry.verify(apiKey);
			const program = await window.registry.connect('ACME', apiKey, { id: 'program_1' });
			assert.equal(window.registry.active?.partneroId, 'program_1');
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program?.id ?? '', otherKey, { id: 'program_2' });
			assert.equal(window.registry.active?.partneroId, 'program_2');
		});

		it('are chosen per workspace', async () => {
			const first = await window.connected('First');
			await window.connected('Second');
			await window.registry.activate(first.id);
			window.globalState.arriveElsewhere();
			const elsewhere = window.another();
			assert.equal(window.registry.active?.name, 'First');
			assert.equal(elsewhere.registry.active?.name, 'Second');
			elsewhere.registry.dispose();
		});

		it('leave nothing behind when they are disconnected', async () => {
			const program = await window.connected();
			const client = (await window.registry.client(program.id)) as NotedClient;
			client.options.onKeyRejected?.();
			await window.registry.disconnect(program.id);
			await settled();
			assert.equal(client.closed, true);
			assert.deepEqual([...window.keyring.stored.keys()], []);
			const left = [window.globalState.text, window.workspaceState.text].join('\n');
			assert.doesNotMatch(left, new RegExp(`ACME|${program.id}`));
			assert.deepEqual(window.registry.state(program.id), { rejected: false });
			assert.ok(window.dropped.includes(program.id), 'whoever holds its data is told to forget it');
			await assert.rejects(window.registry.client(program.id), kind('no-program'));
		});

		it('share one client for all who ask, until something about them changes', async () => {
			const program = await window.connected();
			const clients = await Promise.all([1, 2, 3].map(() => window.registry.client(program.id)));
			assert.equal(new Set(clients).size, 1);
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			const next = (await window.registry.client(program.id)) as NotedClient;
			assert.notEqual(next, clients[0]);
			assert.equal(next.options.apiKey, otherKey);
			assert.equal((clients[0] as NotedClient).closed, true);
		});

		it('do not use a client that was being made when the key was replaced', async () => {
			const program = await window.connected();
			await window.registry.verify(otherKey);
			const old = window.registry.client(program.id);
			window.registry.dropClients();
			await assert.rejects(old, kind('cancelled'));
			assert.equal(window.askers.length, 0);
		});
	});

	describe('what Partnero says of a program', () => {
		it('is a rejected key until it is replaced, and a pause until its end', async () => {
			const program = await window.connected();
			const client = (await window.registry.client(program.id)) as NotedClient;
			client.options.onPause?.(window.now + 5000);
			assert.deepEqual(window.registry.state(program.id), { rejected: false, pausedUntil: window.now + 5000 });
			window.now += 5000;
			assert.deepEqual(window.registry.state(program.id), { rejected: false });
			const before = window.changes;
			client.options.onKeyRejected?.();
			assert.deepEqual(window.registry.state(program.id), { rejected: true });
			assert.equal(window.changes, before + 1);
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			assert.deepEqual(window.registry.state(program.id), { rejected: false });
		});

		it('is out of reach from the first question that does not arrive to the first that does', async () => {
			const program = await window.connected();
			const client = (await window.registry.client(program.id)) as NotedClient;
			const attempt = (failure?: PartneroErrorKind) =>
				client.options.onAttempt?.({ resource: 'customers/{key}', outcome: '', ...(failure && { failure }), milliseconds: 1 });
			const offline = () => window.registry.state(program.id).offline ?? false;
			const before = window.changes;
			attempt();
			attempt('cancelled');
			assert.deepEqual([offline(), window.changes], [false, before]);
			attempt('unreachable');
			attempt('unreachable');
			attempt('cancelled');
			attempt('timed-out');
			assert.deepEqual([offline(), window.changes], [true, before + 1], 'told once');
			attempt('server-fault');
			assert.deepEqual([offline(), window.changes], [false, before + 2]);
		});

		it('concerns the key that it was said of: a late answer to the old one marks nothing', async () => {
			const program = await window.connected();
			const old = (await window.registry.client(program.id)) as NotedClient;
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			await window.registry.client(program.id);
			old.options.onKeyRejected?.();
			old.options.onPause?.(window.now + 60_000);
			assert.deepEqual(window.registry.state(program.id), { rejected: false });
		});
	});

	describe('two windows', () => {
		it('the echo of our own change disturbs no question that is under way', async () => {
			const program = await window.connected();
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			const client = (await window.registry.client(program.id)) as NotedClient;
			const dropped = window.dropped.length;
			await settled();
			await settled();
			assert.equal(client.closed, false);
			assert.equal(window.dropped.length, dropped);
			assert.equal(await window.registry.client(program.id), client);
		});

		it('a replaced key makes surfaces forget once, not again for the echo', async () => {
			const program = await window.connected();
			await window.registry.client(program.id);
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			await settled();
			await settled();
			assert.deepEqual(window.dropped, [program.id]);
		});

		it('a window that opens a moment after a key was stored has nothing to forget, and nothing changes in it', async () => {
			const program = await window.connected();
			window.globalState.arriveElsewhere();
			const other = window.another();
			await settled();
			let changes = 0;
			other.registry.onDidChange(() => changes++);
			await window.windows.inWindow().tell({ id: program.id, program, keyStoredAt: window.now - 1 });
			await settled();
			assert.deepEqual([changes, other.dropped], [0, []]);
			other.registry.dispose();
		});

		it('a key replaced in one is used in the other, which forgets what the old one brought', async () => {
			const program = await window.connected();
			window.globalState.arriveElsewhere();
			const other = window.another();
			const old = (await other.registry.client(program.id)) as NotedClient;
			old.options.onKeyRejected?.();
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			await settled();
			await settled();
			assert.equal(old.closed, true);
			assert.deepEqual(other.dropped, [program.id]);
			assert.deepEqual(other.registry.state(program.id), { rejected: false });
			assert.equal(((await other.registry.client(program.id)) as NotedClient).options.apiKey, otherKey);
			other.registry.dispose();
		});

		it('a program connected in one appears in the other, although its name arrives later than its key and without an event', async () => {
			// On another machine, as with two remote windows: neither hears the other's news.
			const other = window.another(new FakeWindows());
			await window.connected();
			await settled();
			assert.equal(other.registry.all.length, 0);
			const before = other.changes;
			other.runTimers();
			assert.equal(other.changes, before, 'nothing to tell yet');
			window.globalState.arriveElsewhere();
			other.runTimers();
			assert.equal(other.registry.all[0]?.name, 'ACME');
			assert.equal(other.changes, before + 1);
			other.runTimers();
			assert.equal(other.changes, before + 1, 'told once');
			other.registry.dispose();
		});

		it('a program disconnected in one disappears from the other, its client closed', async () => {
			const program = await window.connected();
			window.globalState.arriveElsewhere();
			const other = window.another();
			const client = (await other.registry.client(program.id)) as NotedClient;
			await window.registry.disconnect(program.id);
			window.globalState.arriveElsewhere();
			await settled();
			await settled();
			other.runTimers();
			assert.equal(client.closed, true);
			assert.equal(other.registry.all.length, 0);
			assert.ok(other.dropped.includes(program.id));
			other.registry.dispose();
		});

		it('a program that is connected, renamed by nobody, and disconnected in one is at once so in the other, sample data too', async () => {
			const other = window.another();
			await settled();
			const program = await window.connected();
			await settled();
			assert.deepEqual(other.registry.all, [program]);
			assert.ok(await other.registry.client(program.id));
			await window.registry.client(program.id);
			await window.registry.connectSample('Sample');
			await settled();
			assert.deepEqual(other.registry.all, window.registry.all);
			await window.registry.disconnect('sample');
			await settled();
			await other.registry.disconnect(program.id);
			await settled();
			assert.deepEqual([window.registry.all, other.registry.all], [[], []]);
			assert.ok(window.dropped.includes(program.id), 'what it brought is forgotten');
			assert.deepEqual([...window.keyring.stored], []);
			assert.doesNotMatch(window.windows.text, /sk_live|verysecret/);
			other.registry.dispose();
		});

		it('lose nothing when both connect at once: both programs are in both, and stored', async () => {
			const other = window.another();
			await settled();
			await Promise.all([window.connect('ACME', apiKey), other.connect('BETA', otherKey)]);
			await settled();
			await settled();
			const names = ({ registry }: Window) => registry.all.map(({ name }) => name).sort();
			// The last one who wrote was right, for VS Code.
			window.globalState.arriveElsewhere();
			const both = ['ACME', 'BETA'];
			assert.deepEqual([names(window), names(other)], [both, both]);
			window.runTimers();
			other.runTimers();
			await settled();
			assert.deepEqual([names(window), names(other)], [both, both]);
			for (const { globalState } of [window, other]) {
				assert.match(globalState.text, /ACME/);
				assert.match(globalState.text, /BETA/);
			}
			other.registry.dispose();
		});

		it('write nothing because of what another did, once that has arrived: what else is kept there may be newer elsewhere', async () => {
			const other = window.another();
			await settled();
			const program = await window.connected();
			await settled();
			assert.deepEqual(other.registry.all, [program]);
			assert.equal(other.globalState.text, '');
			await window.globalState.update('pins', ['customer_123']);
			window.globalState.arriveElsewhere();
			other.globalState.broken = true;
			const { text } = other.globalState;
			other.runTimers();
			await settled();
			assert.equal(other.globalState.text, text);
			assert.deepEqual(other.registry.all, [program]);
			other.registry.dispose();
		});

		it('a key replaced in one window of a browser is never sent in its old form by the other, which says that it needs a reload', async () => {
			window = new Window({ inBrowser: true });
			const program = await window.connected();
			window.globalState.arriveElsewhere();
			const other = window.another();
			const old = (await other.registry.client(program.id)) as NotedClient;
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			await settled();
			for (let look = 0; look < 5; look++) {
				for (const run of other.timers.splice(0)) {
					run();
				}
				await settled();
			}
			assert.equal(old.closed, true);
			assert.deepEqual(other.registry.state(program.id), { rejected: false, keyElsewhere: true });
			const refused = (error: unknown) => PartneroError.is(error, 'key-missing') && error.code === 'elsewhere';
			await assert.rejects(other.registry.client(program.id), refused);
			other.registry.dropClients();
			await assert.rejects(other.registry.client(program.id), refused, 'nor after a setting changed');

			const reloaded = window.another();
			assert.equal(((await reloaded.registry.client(program.id)) as NotedClient).options.apiKey, otherKey);
			assert.deepEqual(reloaded.registry.state(program.id), { rejected: false });
			await other.registry.verify(apiKey);
			await other.registry.replaceKey(program.id, apiKey);
			assert.deepEqual(other.registry.state(program.id), { rejected: false }, 'or the user replaces it here');
			assert.ok(await other.registry.client(program.id));
			for (const { registry } of [other, reloaded]) {
				registry.dispose();
			}
		});

		it('uses a replaced key as soon as it arrives, also where the news of it come first, and goes on with the old one until then', async () => {
			const program = await window.connected();
			window.globalState.arriveElsewhere();
			const other = window.another();
			const old = (await other.registry.client(program.id)) as NotedClient;
			await settled();
			await window.windows.inWindow().tell({ id: program.id, program, keyStoredAt: window.now + 100 });
			await settled();
			assert.deepEqual([old.closed, other.registry.state(program.id).keyElsewhere], [false, undefined]);
			window.now += 100;
			await window.registry.verify(otherKey);
			await window.registry.replaceKey(program.id, otherKey);
			await settled();
			await settled();
			other.runTimers();
			await settled();
			assert.equal(old.closed, true);
			assert.deepEqual(other.registry.state(program.id), { rejected: false });
			assert.equal(((await other.registry.client(program.id)) as NotedClient).options.apiKey, otherKey);
			other.registry.dispose();
		});

		it('a key that is replaced in one while its program is disconnected in the other is not kept', async () => {
			const program = await window.connected();
			const other = window.another();
			await other.registry.verify(otherKey);
			await window.registry.disconnect(program.id);
			await settled();
			await assert.rejects(other.registry.replaceKey(program.id, otherKey), kind('no-program'));
			assert.deepEqual([...window.keyring.stored.keys()], []);
			other.registry.dispose();
		});

		it('takes no news that make no sense', async () => {
			const program = await window.connected();
			const part = fc.oneof(fc.jsonValue(), fc.constantFrom(program.id, 'other', 'sample', ''));
			await fc.assert(
				fc.asyncProperty(
					fc.oneof(
						fc.jsonValue(),
						fc.record({ id: part, program: fc.oneof(fc.jsonValue(), fc.record({ id: part, name: part })), keyStoredAt: part }),
					),
					async (news) => {
						await window.windows.inWindow().tell(Object(news));
						await settled();
						for (const known of window.registry.all) {
							assert.ok(known.id !== '' && typeof known.name === 'string');
						}
					},
				),
			);
		});

		it('the sample program, which has no key to be heard of, appears when the user comes to the other window', async () => {
			const other = window.another();
			await window.registry.connectSample('Sample');
			window.globalState.arriveElsewhere();
			focusWindow(false);
			assert.equal(other.changes, 0);
			focusWindow();
			assert.equal(other.changes, 1);
			other.registry.dispose();
		});
	});

	describe('the sample program', () => {
		it('needs no secret, is there once, and is active only where it was chosen or alone', async () => {
			window.keyring.failure = 'throws on get';
			const sample = await window.registry.connectSample('Sample program');
			assert.equal((await window.registry.connectSample('Sample program')).id, sample.id);
			assert.equal(window.registry.all.length, 1);
			assert.deepEqual([sample.sample, window.registry.active?.id], [true, sample.id]);
			const client = (await window.registry.client(sample.id)) as NotedClient;
			assert.equal(client.options.baseUrl, 'http://127.0.0.1:1234/v1');
			assert.deepEqual(window.keyring.everStored, []);
			assert.doesNotMatch(window.globalState.text, /sample-token/);

			window.keyring.failure = undefined;
			await window.connected('ACME');
			await window.registry.connectSample('Sample program');
			window.globalState.arriveElsewhere();
			const elsewhere = window.another();
			assert.equal(elsewhere.registry.active?.name, 'ACME', 'a workspace that chose nothing does not slip into sample data');
			elsewhere.registry.dispose();

			window.keyring.failure = 'throws on delete';
			await window.registry.disconnect(sample.id);
			assert.equal(window.registry.get(sample.id), undefined);
		});

		it('is not where somebody is looked for who is missing in another program, while somebody missing there may be real', async () => {
			const [acme, beta] = [await window.connected('ACME'), await window.connected('BETA')];
			const sample = await window.registry.connectSample('Sample program');
			const elsewhere = (id: string) => window.registry.elsewhere(id).map(({ name }) => name);
			assert.deepEqual([elsewhere(acme.id), elsewhere(beta.id), elsewhere(sample.id)], [['BETA'], ['ACME'], ['ACME', 'BETA']]);
		});

		it('works whatever the address of Partnero is set to', async () => {
			window.baseUrl = 'nonsense';
			const sample = await window.registry.connectSample('Sample program');
			assert.ok(await window.registry.client(sample.id));
			assert.equal(await window.registry.baseUrlOf(sample.id), 'http://127.0.0.1:1234/v1');
		});

		it('says that it cannot be reached where its server does not start', async () => {
			const sample = await window.registry.connectSample('Sample program');
			window.sampleFailure = Object.assign(new Error('listen EACCES 127.0.0.1 token=sample-token'), { code: 'EACCES' });
			await assert.rejects(window.registry.client(sample.id), (error) => PartneroError.is(error, 'unreachable') && error.code === 'EACCES');
			assert.doesNotMatch(window.log.join('\n'), /token/);
			window.sampleFailure = undefined;
			assert.ok(await window.registry.client(sample.id));
		});
	});

	describe('damaged storage', () => {
		it('is survived, whatever stands in the state, and shows only programs that can be told apart', () => {
			const entry = fc.oneof(
				fc.jsonValue(),
				fc.record(
					{
						id: fc.oneof(fc.constantFrom('a', 'b', 'sample', ''), fc.jsonValue()),
						name: fc.oneof(fc.string(), fc.jsonValue()),
						type: fc.jsonValue(),
						sample: fc.jsonValue(),
					},
					{ requiredKeys: [] },
				),
			);
			fc.assert(
				fc.property(fc.oneof(fc.array(entry), fc.jsonValue()), fc.jsonValue(), (programs, chosen) => {
					window.globalState.update('partnero.programs', programs).catch(() => undefined);
					window.workspaceState.update('partnero.activeProgram', chosen).catch(() => undefined);
					const { all, active } = window.registry;
					assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
					for (const program of all) {
						assert.ok(typeof program.id === 'string' && typeof program.name === 'string' && typeof program.sample === 'boolean');
						assert.ok(program.type === undefined || typeof program.type === 'string');
						assert.equal(program.sample, program.id === 'sample');
					}
					assert.equal(active === undefined, all.length === 0);
				}),
			);
		});

		it('in the keyring is told as a missing key, whatever stands there, and no client is made with it', async () => {
			const program = await window.connected();
			const secret = fc.oneof(fc.string(), fc.json(), fc.constant('{"apiKey":5,"origin":"https://api.partnero.com"}'), fc.constant('null'));
			await fc.assert(
				fc.asyncProperty(secret, async (text) => {
					window.keyring.stored.set(`partnero.program.${program.id}`, text);
					window.registry.dropClients();
					await assert.rejects(window.registry.client(program.id), kind('key-missing'));
				}),
			);
			assert.equal(window.askers.length, 0);
		});
	});

	it('after disposal opens no client, hears of nothing and has closed what was open', async () => {
		const program = await window.connected();
		const client = (await window.registry.client(program.id)) as NotedClient;
		window.registry.dispose();
		await settled();
		assert.equal(client.closed, true);
		const { changes } = window;
		await window.keyring.inWindow().store(`partnero.program.${program.id}`, 'changed');
		await settled();
		client.options.onKeyRejected?.();
		focusWindow();
		await assert.rejects(window.registry.client(program.id), kind('cancelled'));
		assert.equal(window.changes, changes);
		assert.deepEqual(window.timers, []);
		assert.equal(window.keyring.listenerCount, 0);
	});
});
