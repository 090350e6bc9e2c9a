// Connecting, switching, replacing and disconnecting programs. Only these commands ask the user for anything; nothing in the background does.
import * as vscode from 'vscode';
import { customerRefOf } from '../customers/ref.ts';
import { inert } from '../format/labels.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { defaultBaseUrl } from '../partnero/baseUrl.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { Program } from '../partnero/types.ts';
import type { ConnectedProgram, ProgramRegistry } from '../programs/registry.ts';
import { describeError } from '../wording/errors.ts';
import { askForApiKey, type VerifiedApiKey } from './apiKeyInput.ts';

/** Where VS Code explains what a machine without a keyring needs. */
const keyringHelp = 'https://code.visualstudio.com/docs/configure/settings-sync#_troubleshooting-keychain-issues';

export interface ConnectCommandsOptions {
	readonly programs: ProgramRegistry;
	/** Forgets pins and recents of a program that is disconnected. */
	readonly forget: (programId: string) => Promise<void>;
}

export type ConnectCommandId =
	| 'partnero.connectProgram'
	| 'partnero.switchProgram'
	| 'partnero.replaceApiKey'
	| 'partnero.disconnectProgram'
	| 'partnero.exploreSampleData';

export class ConnectCommands {
	readonly #options: ConnectCommandsOptions;
	readonly commands: Commands<ConnectCommandId> = {
		'partnero.connectProgram': () => this.#connect(),
		'partnero.switchProgram': () => this.#switch(),
		'partnero.replaceApiKey': (argument) => this.#replaceKey(argument),
		'partnero.disconnectProgram': () => this.#disconnect(),
		'partnero.exploreSampleData': () => this.#exploreSample(),
	};

	constructor(options: ConnectCommandsOptions) {
		this.#options = options;
	}

	get #programs(): ProgramRegistry {
		return this.#options.programs;
	}

	async #connect(): Promise<void> {
		const title = vscode.l10n.t('Connect a program');
		const verified = await askForApiKey({
			title,
			step: 1,
			totalSteps: 2,
			environmentKey: process.env.PARTNERO_API_KEY,
			sentTo: await this.#otherServer(),
			verify: (apiKey, signal) => this.#programs.verify(apiKey, signal),
			describe: (error) => describeGivenKey(error, vscode.l10n.t('the program')),
		});
		if (verified !== undefined) {
			await this.#name(verified);
		}
	}

	/** Where a key goes by a setting that its user may have forgotten. A setting that cannot be used is told when the key is checked. */
	async #otherServer(): Promise<string | undefined> {
		const address = await this.#programs.baseUrlOf('').catch(() => defaultBaseUrl);
		const { origin } = new URL(address);
		return origin === new URL(defaultBaseUrl).origin ? undefined : origin;
	}

	async #name(verified: VerifiedApiKey): Promise<void> {
		const name = await vscode.window.showInputBox({
			title: `${vscode.l10n.t('Connect a program')} (2/2)`,
			prompt: vscode.l10n.t('What you call this program. It stands beside every customer of it.'),
			value: shown(verified.program.name ?? '') || vscode.l10n.t('My program'),
			ignoreFocusOut: true,
			validateInput: (value) => (shown(value) === '' ? vscode.l10n.t('Give the program a name.') : undefined),
		});
		if (name === undefined) {
			return;
		}
		const program = await this.#programs.connect(shown(name), verified.apiKey, verified.program);
		await (program === undefined ? this.#tellKeyringFailed() : this.#tellConnected(program));
	}

	async #exploreSample(): Promise<void> {
		await this.#programs.connectSample(vscode.l10n.t('Sample program'));
		await vscode.commands.executeCommand('partnero.customers.focus');
	}

	async #switch(): Promise<void> {
		const { all, active } = this.#programs;
		const items = all.map((program) => ({
			label: inert(program.name),
			...(program.id === active?.id ? { iconPath: new vscode.ThemeIcon('check') } : { iconPath: new vscode.ThemeIcon('blank') }),
			description: program.sample ? vscode.l10n.t('sample data') : inert(shown(program.type ?? '')),
			program,
		}));
		const connect = { label: vscode.l10n.t('Connect a program…'), iconPath: new vscode.ThemeIcon('add'), program: undefined };
		const picked = await vscode.window.showQuickPick([...items, connect], {
			title: vscode.l10n.t('Switch program'),
			placeHolder: vscode.l10n.t('The program that this workspace works with'),
		});
		if (picked === connect) {
			await this.#connect();
		} else if (picked?.program !== undefined) {
			await this.#programs.activate(picked.program.id);
		}
	}

	/** Of the program that the argument names (a panel's or a row's), else of the active one: never of another than the user looks at. */
	async #replaceKey(argument: unknown): Promise<void> {
		const named = customerRefOf(argument);
		const program = named === undefined ? this.#programs.active : this.#programs.get(named.programId);
		if (program === undefined) {
			await this.#connect();
			return;
		}
		if (program.sample) {
			const connect = vscode.l10n.t('Connect a program');
			const choice = await vscode.window.showInformationMessage(vscode.l10n.t('The sample program needs no API key.'), connect);
			if (choice === connect) {
				await this.#connect();
			}
			return;
		}
		const verified = await askForApiKey({
			title: vscode.l10n.t('Replace the API key of {0}', inert(program.name)),
			environmentKey: process.env.PARTNERO_API_KEY,
			sentTo: await this.#otherServer(),
			verify: (apiKey, signal) => this.#programs.verify(apiKey, signal, program.id),
			describe: (error) => describeGivenKey(error, program.name),
		});
		if (verified === undefined) {
			return;
		}
		if (isOtherProgram(program, verified.program)) {
			await this.#offerOwnProgram(program, verified);
		} else if (!(await this.#programs.replaceKey(program.id, verified.apiKey, verified.program))) {
			await this.#tellKeyringFailed();
		}
	}

	/** A key of another program under this one's name would show its people as this one's. */
	async #offerOwnProgram(program: ConnectedProgram, verified: VerifiedApiKey): Promise<void> {
		const connect = vscode.l10n.t('Connect it as a program of its own');
		const other = inert(shown(verified.program.name ?? '') || vscode.l10n.t('another program'));
		const answer = await vscode.window.showWarningMessage(
			vscode.l10n.t('This API key belongs to {0}, not to {1}. Nothing was replaced.', other, inert(program.name)),
			{ modal: true },
			connect,
		);
		if (answer === connect) {
			await this.#name(verified);
		}
	}

	async #disconnect(): Promise<void> {
		const { all, active } = this.#programs;
		const program = all.length > 1 ? await pickProgram(all) : active;
		if (program === undefined) {
			return;
		}
		const disconnect = vscode.l10n.t('Disconnect');
		const answer = await vscode.window.showWarningMessage(
			vscode.l10n.t('Disconnect {0}?', inert(program.name)),
			{
				modal: true,
				detail: vscode.l10n.t('Its API key, pinned and recent customers are deleted from this machine. Nothing changes in Partnero.'),
			},
			disconnect,
		);
		if (answer === disconnect) {
			await this.#programs.disconnect(program.id);
			await this.#options.forget(program.id);
		}
	}

	async #tellConnected(program: ConnectedProgram): Promise<void> {
		await vscode.commands.executeCommand('partnero.customers.focus');
		vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('{0} is connected.', inert(program.name))}`, 5000);
	}

	async #tellKeyringFailed(): Promise<void> {
		const help = vscode.l10n.t('Open help');
		const choice = await vscode.window.showErrorMessage(
			vscode.l10n.t(
				'The API key could not be kept: the secret storage of this machine did not give it back. On Linux this mostly means that no keyring (gnome-keyring, KWallet) is running.',
			),
			help,
		);
		if (choice === help) {
			await vscode.env.openExternal(vscode.Uri.parse(keyringHelp));
		}
	}
}

/** What is wrong with a key that was just given: the sentence for a stored one would send the user to the box that is open. */
function describeGivenKey(error: unknown, program: string): string {
	return PartneroError.is(error, 'key-rejected')
		? vscode.l10n.t('Partnero does not accept this API key (401). Copy it again from the program: Integration → API. Nothing was stored.')
		: describeError(error, { program });
}

/** Whether Partnero told of both which program they are, and they are not the same. */
function isOtherProgram(program: ConnectedProgram, told: Program): boolean {
	return program.partneroId !== undefined && told.id !== undefined && program.partneroId !== told.id;
}

async function pickProgram(programs: readonly ConnectedProgram[]): Promise<ConnectedProgram | undefined> {
	const items = programs.map((program) => ({
		label: inert(program.name),
		description: program.sample ? vscode.l10n.t('sample data') : '',
		program,
	}));
	return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Disconnect a program') }))?.program;
}

/** A name on one line, without what draws over its surroundings. */
function shown(name: string): string {
	return name
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.trim()
		.slice(0, 80)
		.toWellFormed();
}
