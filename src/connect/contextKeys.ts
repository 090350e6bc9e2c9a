// What `when` clauses know of the programs and of what the user did: welcome texts, menus and the steps of the walkthrough depend on it.
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';
import { connectionState } from '../programs/connectionState.ts';
import type { ProgramRegistry } from '../programs/registry.ts';

export class ContextKeys extends Disposable {
	readonly #told = new Map<string, unknown>();

	/** Tells of the programs as they are, and of each change. */
	follow(programs: ProgramRegistry): void {
		const follow = () => {
			this.#set('partnero.state', connectionState(programs));
			// Whether there is a program to work with, whatever state it is in.
			this.#set('partnero.programs', programs.all.length);
		};
		follow();
		this._register(programs.onDidChange(follow));
	}

	/** Ticks the step "Look up a customer" of the walkthrough. */
	lookedUp(): void {
		this.#set('partnero.lookedUp', true);
	}

	/** Ticks the step "Rest the mouse on a key" of the walkthrough. */
	hovered(): void {
		this.#set('partnero.hovered', true);
	}

	#set(key: string, value: unknown): void {
		if (this.#told.get(key) !== value) {
			this.#told.set(key, value);
			vscode.commands.executeCommand('setContext', key, value).then(undefined, () => undefined);
		}
	}
}
