// Builds the parts and wires them; nothing else. It loads what registers things: the store, the client, the panel, the editor features and the
// sample server come from bundles of their own on first use, and no request leaves before the user acts.
import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import { registerTools } from './assistant/register.ts';
import { ContextKeys } from './connect/contextKeys.ts';
import { ProgramStatusBar } from './connect/statusBar.ts';
import { KeyHistory } from './customers/history.ts';
import { customerScheme, customerUri } from './customers/ref.ts';
import type { CustomerChange, CustomerRef } from './customers/types.ts';
import type { KeyNode } from './editor/keysView.ts';
import { EditorRegistration } from './editor/register.ts';
import { dragsKeys } from './explorer/dragsKeys.ts';
import type { CustomersView } from './explorer/index.ts';
import { LazyTree } from './explorer/lazyTree.ts';
import type { ExplorerNode } from './explorer/nodes.ts';
import type { Commands } from './lifecycle/commands.ts';
import { PartneroError } from './partnero/errors.ts';
import { ProgramRegistry, sampleProgramId } from './programs/registry.ts';
import type { Sandbox } from './sandbox/index.ts';
import { Settings } from './settings/settings.ts';

/** View type of the detail panels; the serializer has to be registered before the panel's bundle is loaded. */
const panelViewType = 'partnero.customer';

const connectCommands = [
	'partnero.connectProgram',
	'partnero.switchProgram',
	'partnero.replaceApiKey',
	'partnero.disconnectProgram',
	'partnero.exploreSampleData',
] as const;
const customerCommands = [
	'partnero.lookUpCustomer',
	'partnero.lookUpCustomerAtCursor',
	'partnero.openDetails',
	'partnero.openJson',
	'partnero.copyKey',
	'partnero.copyEmail',
	'partnero.copyAsCurl',
	'partnero.pin',
	'partnero.unpin',
	'partnero.removeFromRecent',
	'partnero.exportTransactions',
	'partnero.checkKeys',
	'partnero.watchCustomer',
] as const;
const explorerCommands = ['partnero.loadMore', 'partnero.refresh', 'partnero.filterCustomers'] as const;

/** Keeps a part until the extension ends. */
type Own = <Part extends vscode.Disposable>(part: Part) => Part;

/**
 * In several turns of about a millisecond each, so that neither the user's keys nor other extensions wait for all of it at once. VS Code waits
 * for the last one before it goes on with the event that activated.
 */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
	let ended = false;
	const own: Own = (part) => {
		context.subscriptions.push(part);
		return part;
	};
	const log = new Log();
	const knowledge = buildKnowledge(context, own, log);
	const surfaces = buildSurfaces(context, own, log, knowledge);
	own({
		dispose: () => {
			ended = true;
		},
	});
	const turns = [
		() => offerCommands(own, log, knowledge, surfaces),
		() => {
			knowledge.contextKeys.follow(knowledge.programs);
			own(new ProgramStatusBar({ programs: knowledge.programs, now: Date.now }));
		},
		() => {
			offerEditorFeatures(own, knowledge, surfaces);
			offerDocumentsAndLinks(own, knowledge, surfaces);
			offerTools(own, knowledge);
			// Last: what ends before it may still have something to tell.
			own(log);
		},
	];
	for (const turn of turns) {
		await nextTurn();
		if (ended) {
			log.dispose();
			return;
		}
		turn();
	}
}

type Knowledge = ReturnType<typeof buildKnowledge>;

/** What the extension knows, and how its parts follow each other and the settings. */
function buildKnowledge(context: vscode.ExtensionContext, own: Own, log: Log) {
	const settings = own(new Settings());
	const sampleServer = own(new SampleServer());
	const windows = lazily(async () => {
		// Other windows can wait until this one is there.
		await new Promise((resolve) => later(() => resolve(undefined), 0));
		const { OtherWindows } = await import('./programs/otherWindows.ts');
		const folder = vscode.Uri.joinPath(context.globalStorageUri, 'windows').fsPath;
		return own(new OtherWindows({ folder, user: vscode.env.machineId, now: Date.now, log: (line) => log.channel.warn(line) }));
	});
	const programs = own(
		new ProgramRegistry({
			globalState: context.globalState,
			workspaceState: context.workspaceState,
			secrets: context.secrets,
			windows: () => windows.get(),
			baseUrl: () => settings.apiBaseUrl,
			timeout: () => settings.requestTimeout,
			createClient: async (options) => {
				const { createPartneroClient } = await import('./partnero/index.ts');
				const { version } = context.extension.packageJSON as { readonly version: string };
				return createPartneroClient({ ...options, userAgent: `partnero-vscode/${version}` });
			},
			sampleServer: () => sampleServer.running(),
			newId: randomUUID,
			now: Date.now,
			log: (line) => log.channel.info(line),
		}),
	);
	const customerChanges = own(new vscode.EventEmitter<CustomerChange>());
	const store = lazily(async () => {
		const { CustomerStore } = await import('./customers/store.ts');
		const made = own(
			new CustomerStore({
				client: (programId) => programs.client(programId),
				timeToLive: () => settings.timeToLive,
				now: Date.now,
				onUnexpected: (error) => logFailure(log, 'Asking Partnero', error),
			}),
		);
		own(made.onDidChange((change) => customerChanges.fire(change)));
		return made;
	});
	const history = own(
		new KeyHistory({ storage: context.globalState, enabled: () => settings.historyEnabled, size: () => settings.historySize }),
	);
	own(
		settings.onDidChange((changed) => {
			if (changed('history.enabled') || changed('history.size')) {
				history.prune().catch((error: unknown) => logFailure(log, 'Cutting the history', error));
			}
			if (changed('apiBaseUrl') || changed('requestTimeoutSeconds')) {
				programs.dropClients();
			}
		}),
	);
	own(programs.onDidChangeKey((programId) => store.loaded?.forgetProgram(programId)));
	own(programs.onDidChange(() => (programs.get(sampleProgramId) === undefined ? sampleServer.dispose() : undefined)));
	return { settings, programs, store, onDidChangeCustomer: customerChanges.event, history, contextKeys: own(new ContextKeys()) };
}

type Surfaces = ReturnType<typeof buildSurfaces>;

/** What shows things: each is loaded when it is used for the first time. */
function buildSurfaces(context: vscode.ExtensionContext, own: Own, log: Log, knowledge: Knowledge) {
	const { settings, programs, store, history, contextKeys } = knowledge;
	const closedPanels = own(new vscode.EventEmitter<CustomerRef>());
	const panels = lazily(async () => {
		const { CustomerPanels, describeError } = await import('./panel/index.ts');
		return own(
			new CustomerPanels({
				viewType: panelViewType,
				extensionUri: context.extensionUri,
				store: await store.get(),
				history,
				programs: {
					onDidChange: programs.onDidChange,
					elsewhere: (id) => programs.elsewhere(id),
					get: (id) => {
						const program = programs.get(id);
						return program && { ...program, rejected: programs.state(id).rejected };
					},
				},
				describeError,
				closed: (ref) => closedPanels.fire(ref),
				found: (ref) => {
					contextKeys.lookedUp();
					history.add(ref).catch((error: unknown) => logFailure(log, 'Remembering the customer key', error));
				},
			}),
		);
	});
	const showPanel = async (ref: CustomerRef): Promise<void> => {
		// A title is written to disk, and a key to look up is sent in an address: an API key pasted into the wrong box must be neither.
		if (await programs.isApiKey(ref.key)) {
			throw new PartneroError('invalid-key', { code: 'api-key' });
		}
		(await panels.get()).show(ref);
	};
	const editor = lazily(async () => {
		const { EditorFeatures, KnownKeys } = await import('./editor/index.ts');
		const customers = await store.get();
		const knownKeys = own(new KnownKeys(customers, history));
		return own(
			new EditorFeatures({
				store: customers,
				activeProgram: () => programs.active,
				knownKeys: (id) => knownKeys.of(id),
				settings,
				onDidChangeProgram: programs.onDidChange,
			}),
		);
	});
	const explorer = lazily(async (): Promise<CustomersView> => {
		const { CustomersView } = await import('./explorer/index.ts');
		return own(new CustomersView({ store: await store.get(), history, programs, view: customersTree.view, state: context.workspaceState }));
	});
	const customersTree: LazyTree<ExplorerNode> = own(
		new LazyTree('partnero.customers', () => explorer.get(), { canSelectMany: true, dragAndDropController: dragsKeys }),
	);
	const restorePanel: vscode.WebviewPanelSerializer['deserializeWebviewPanel'] = async (panel, state: unknown) =>
		(await panels.get()).restore(panel, state);
	return { showPanel, restorePanel, activePanel: () => panels.loaded?.active, onDidClosePanel: closedPanels.event, editor, explorer };
}

function offerEditorFeatures(own: Own, knowledge: Knowledge, { editor }: Surfaces): void {
	const { settings, programs, onDidChangeCustomer, contextKeys } = knowledge;
	own(new LazyTree<KeyNode>('partnero.keysInFile', async (view) => (await editor.get()).keysView(view)));
	own(
		new EditorRegistration({
			settings,
			ready: () => programs.active !== undefined,
			load: () => editor.get(),
			onDidChangeNames: [onDidChangeCustomer, programs.onDidChange],
			hovered: () => contextKeys.hovered(),
		}),
	);
}

function offerCommands(own: Own, log: Log, knowledge: Knowledge, surfaces: Surfaces): void {
	const { settings, programs, store, history } = knowledge;
	const { showPanel, activePanel, onDidClosePanel, editor, explorer } = surfaces;
	const offer = <Id extends string>(ids: readonly Id[], load: () => Promise<Commands<Id>>) => {
		const commands = lazily(load);
		for (const id of ids) {
			const run = async (argument?: unknown, selection?: unknown) => (await commands.get())[id](argument, selection);
			own(
				vscode.commands.registerCommand(id, (argument?: unknown, selection?: unknown) =>
					run(argument, selection).catch((error: unknown) => tellFailure(log, id, error, programs.active?.name)),
				),
			);
		}
	};
	const keyAtCursor = async () => {
		const active = vscode.window.activeTextEditor;
		return active === undefined ? undefined : (await editor.get()).keyAt(active.document, active.selection.active);
	};
	offer(connectCommands, async () => {
		const { ConnectCommands } = await import('./connect/index.ts');
		return new ConnectCommands({ programs, forget: (programId) => history.forgetProgram(programId) }).commands;
	});
	offer(customerCommands, async () => {
		const { CheckKeysCommand, CustomerCommands, ExportCommand, LookupCommands, WatchCommand } = await import('./lookup/index.ts');
		const options = { store: await store.get(), history, programs, showPanel, activePanel, keyAtCursor };
		const lookup = own(new LookupCommands(options));
		const watch = own(new WatchCommand({ ...options, onDidClosePanel, notify: () => settings.watchNotify, now: Date.now, later }));
		return {
			...lookup.commands,
			...new CustomerCommands(options).commands,
			...new ExportCommand(options).commands,
			...new CheckKeysCommand(options).commands,
			...watch.commands,
		};
	});
	offer(explorerCommands, async () => (await explorer.get()).commands);
	offer(['partnero.checkKeysInFile'], async () => (await editor.get()).commands);
	own(vscode.commands.registerCommand('partnero.showLog', () => log.channel.show()));
	own(vscode.commands.registerCommand('partnero.openExampleCode', async () => (await import('./connect/index.ts')).openExampleCode()));
}

/** Panels of the window before, customers as JSON documents, and links from outside. */
function offerDocumentsAndLinks(
	own: Own,
	{ programs, store, onDidChangeCustomer }: Knowledge,
	{ showPanel, restorePanel }: Surfaces,
): void {
	own(vscode.window.registerWebviewPanelSerializer(panelViewType, { deserializeWebviewPanel: restorePanel }));
	const jsonChanges = own(new vscode.EventEmitter<vscode.Uri>());
	own(
		onDidChangeCustomer(({ ref, what }) => {
			if (what === 'customer' && store.loaded?.peek(ref).loading === false) {
				jsonChanges.fire(customerUri(ref));
			}
		}),
	);
	own(
		vscode.workspace.registerTextDocumentContentProvider(customerScheme, {
			onDidChange: jsonChanges.event,
			provideTextDocumentContent: async (uri, token) => {
				const { CustomerJson } = await import('./lookup/index.ts');
				return new CustomerJson({ store: await store.get(), programs }).provideTextDocumentContent(uri, token);
			},
		}),
	);
	own(
		vscode.window.registerUriHandler({
			handleUri: async (uri) => {
				const { readDeepLink } = await import('./lookup/index.ts');
				const link = readDeepLink(uri, programs);
				await ('ref' in link ? showPanel(link.ref) : vscode.window.showErrorMessage(link.problem));
			},
		}),
	);
}

/** What assistants may call. */
function offerTools(own: Own, { settings, programs, store }: Knowledge): void {
	const load = async () => {
		const { AssistantTools } = await import('./assistant/index.ts');
		return new AssistantTools({ store: await store.get(), programs, settings });
	};
	own(registerTools({ settings, load }));
}

/** The log has the kind of a failure and its place in our code, but no message: that may hold what nobody else should read. */
function logFailure(log: Log, what: string, error: unknown): void {
	const place = error instanceof Error ? (error.stack?.split('\n').find((line) => line.trimStart().startsWith('at ')) ?? '').trim() : '';
	log.channel.error(`${what} failed: ${error instanceof Error ? error.name : typeof error} ${place}`);
}

/** A command that fails says so, whoever ran it: the window says nothing of commands that a panel or a hover ran. */
async function tellFailure(log: Log, command: string, error: unknown, program = ''): Promise<void> {
	const { describeError } = await import('./connect/index.ts');
	logFailure(log, command, error);
	await vscode.window.showErrorMessage(describeError(error, { program }));
}

/** Runs something after so many milliseconds, unless it is disposed of before. */
function later(run: () => void, milliseconds: number): vscode.Disposable {
	const timer = setTimeout(run, milliseconds);
	return { dispose: () => clearTimeout(timer) };
}

/** Something that is made on first use. A failure is not remembered: the next use tries again. */
interface Lazy<Value> {
	get(): Promise<Value>;
	/** Undefined until it is made. */
	readonly loaded: Value | undefined;
}

function lazily<Value>(make: () => Promise<Value>): Lazy<Value> {
	let making: Promise<Value> | undefined;
	let loaded: Value | undefined;
	return {
		get loaded() {
			return loaded;
		},
		get() {
			making ??= make().then(
				(value) => {
					loaded = value;
					return value;
				},
				(error: unknown) => {
					making = undefined;
					throw error;
				},
			);
			return making;
		},
	};
}

/** The log. Its channel costs a folder and a file, so it is made when something is first told. */
class Log implements vscode.Disposable {
	#opened: vscode.LogOutputChannel | undefined;

	get channel(): vscode.LogOutputChannel {
		this.#opened ??= vscode.window.createOutputChannel('Partnero', { log: true });
		return this.#opened;
	}

	dispose(): void {
		this.#opened?.dispose();
	}
}

/** The sample program's server: started by the first question to it, ended when the program is disconnected and with the extension. */
class SampleServer implements vscode.Disposable {
	#starting: Promise<Sandbox> | undefined;

	running(): Promise<Sandbox> {
		this.#starting ??= this.#start();
		return this.#starting;
	}

	async dispose(): Promise<void> {
		const starting = this.#starting;
		this.#starting = undefined;
		await (await starting?.catch(() => undefined))?.close();
	}

	async #start(): Promise<Sandbox> {
		try {
			const { startSandbox } = await import('./sandbox/index.ts');
			return await startSandbox();
		} catch (error) {
			this.#starting = undefined;
			throw error;
		}
	}
}
