// Registers what the editor shows, before its bundle is loaded: the first hover, jump, hint or terminal line loads it.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import type { Settings } from '../settings/settings.ts';
import type { CustomerTerminalLink, EditorFeatures } from './index.ts';

export interface EditorRegistrationOptions {
	readonly settings: Settings;
	/** Whether there is a program to ask; without one nothing is loaded. */
	readonly ready: () => boolean;
	readonly load: () => Promise<EditorFeatures>;
	/** Fire when a name behind a key may have changed. */
	readonly onDidChangeNames: readonly vscode.Event<unknown>[];
	/** Called whenever a card is shown. */
	readonly hovered: () => void;
}

/** Every document: files, untitled, git, diff and virtual ones, and the cells of notebooks. */
const everywhere: vscode.DocumentSelector = '*';

export class EditorRegistration extends Disposable {
	readonly #hints = this._register(new vscode.EventEmitter<void>());

	constructor({ settings, ready, load, onDidChangeNames, hovered }: EditorRegistrationOptions) {
		super();
		this._register(
			vscode.languages.registerHoverProvider(everywhere, {
				provideHover: async (document, position, token) => {
					const card = settings.hoverEnabled && ready() ? await (await load()).hover(document, position, token) : undefined;
					if (card !== undefined) {
						hovered();
					}
					return card;
				},
			}),
		);
		this._register(
			vscode.languages.registerDefinitionProvider(everywhere, {
				provideDefinition: async (document, position) =>
					settings.definitionsEnabled && ready() ? (await load()).definition(document, position) : undefined,
			}),
		);
		this._register(
			vscode.languages.registerInlayHintsProvider(everywhere, {
				onDidChangeInlayHints: this.#hints.event,
				provideInlayHints: async (document, range) =>
					settings.inlayHintsEnabled && ready() ? (await load()).inlayHints(document, range) : undefined,
			}),
		);
		const links: vscode.TerminalLinkProvider<CustomerTerminalLink> = {
			provideTerminalLinks: async ({ line }) => (ready() ? (await load()).terminalLinks(line) : []),
			handleTerminalLink: ({ ref }) => vscode.commands.executeCommand('partnero.openDetails', ref),
		};
		this._register(vscode.window.registerTerminalLinkProvider(links));
		const showNames = () => {
			if (settings.inlayHintsEnabled) {
				this.#hints.fire();
			}
		};
		for (const onDidChange of onDidChangeNames) {
			this._register(onDidChange(showNames));
		}
		this._register(settings.onDidChange((changed) => (changed('inlayHints.enabled') ? this.#hints.fire() : undefined)));
	}
}
