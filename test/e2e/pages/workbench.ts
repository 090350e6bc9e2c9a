// The window of VS Code as its user handles it. Page objects of one part of it are made here.
import assert from 'node:assert/strict';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Settings, VsCodeServer } from '../../vscode/server.ts';
import { readBrowserStorage, storedPanels } from '../stored.ts';
import { Editor } from './editor.ts';
import { QuickInput } from './quick-input.ts';
import { retry } from './retry.ts';
import { TreeView } from './tree-view.ts';
import { WebviewPanel } from './webview-panel.ts';

/** The four kinds of colour themes, each with VS Code's own theme of that kind and the class that the window then has. */
export const themes = {
	light: { name: 'Light Modern', windowClass: 'vs' },
	dark: { name: 'Dark Modern', windowClass: 'vs-dark' },
	'hc-dark': { name: 'Dark High Contrast', windowClass: 'hc-black' },
	'hc-light': { name: 'Light High Contrast', windowClass: 'hc-light' },
} as const;
export type Theme = keyof typeof themes;

export class Workbench {
	readonly page: Page;
	readonly quickInput: QuickInput;
	readonly editor: Editor;
	readonly #server: VsCodeServer;
	readonly #folder: string;
	#settingsChanges = 0;

	/** @param folder what the window shows */
	constructor(page: Page, server: VsCodeServer, folder: string) {
		this.page = page;
		this.quickInput = new QuickInput(page);
		this.editor = new Editor(page);
		this.#server = server;
		this.#folder = folder;
	}

	async open(): Promise<void> {
		await this.page.goto(this.#server.address(this.#folder));
		await this.#waitUntilReady();
	}

	/**
	 * Reloads the window, as "Developer: Reload Window" does. In a browser, VS Code stores every few seconds what is open: a reload before that
	 * would bring back the panels that were open then.
	 */
	async reload(): Promise<void> {
		await retry(async () => {
			const open = await this.page.locator('.tabs-container [role=tab][data-resource-name^="webview-"] .label-name').allInnerTexts();
			assert.deepEqual(storedPanels(await this.page.evaluate(readBrowserStorage)), open);
		}, 90_000);
		await this.page.reload();
		await this.#waitUntilReady();
	}

	/** The window takes commands once it shows files and the state of the remote connection, whose extension host runs extensions. */
	async #waitUntilReady(): Promise<void> {
		await this.page.locator('.monaco-workbench .part.statusbar [id="status.host"]').waitFor();
		await this.page.locator('.explorer-viewlet, .part.sidebar .composite').first().waitFor();
	}

	/**
	 * Runs a command by its title in the command palette, for example `Partnero: Look up customer`, and waits until the palette is gone. The palette
	 * lists what is registered when it opens, and extensions come a little after the window: so it is opened again until it has the command.
	 */
	async runCommand(title: string): Promise<void> {
		await retry(async () => {
			await this.#openPalette(title);
			await this.quickInput.item(title).click({ timeout: 1_500 });
		});
		// What the command asks is asked in the same box.
		const palette = this.page.locator('.quick-input-widget:visible input[aria-label^="Type the name of a command"]');
		await palette.waitFor({ state: 'detached' });
	}

	/** Connects a program under the name that Partnero proposes. */
	async connectProgram(apiKey: string): Promise<void> {
		await this.runCommand('Partnero: Connect a program');
		await this.quickInput.type(apiKey);
		await this.quickInput.accept();
		await this.nameProgram();
	}

	/** Makes a connected program the one that the window works with. */
	async switchProgram(name: string): Promise<void> {
		await this.runCommand('Partnero: Switch program');
		await this.quickInput.pick(name);
		await this.quickInput.waitUntilClosed();
		await this.programItem(name).waitFor();
	}

	/** Answers the second question of "Connect a program": with a name, or as proposed. */
	async nameProgram(name?: string): Promise<void> {
		await this.quickInput.box.locator('.quick-input-title').filter({ hasText: '(2/2)' }).waitFor();
		if (name !== undefined) {
			await this.quickInput.type(name);
		}
		await this.quickInput.accept();
		await this.quickInput.waitUntilClosed();
	}

	/** Looks a customer up by "Look up customer" and waits for the detail panel. */
	async lookUp(key: string): Promise<void> {
		await this.runCommand('Partnero: Look up customer');
		await this.quickInput.type(key);
		await this.quickInput.accept();
		await this.webviewPanel(key).waitUntilOpen();
	}

	async #openPalette(text: string): Promise<void> {
		if (await this.quickInput.box.isVisible()) {
			// In the box: the page of a walkthrough may have taken the focus, and Escape leads that one elsewhere.
			await this.quickInput.input.press('Escape', { timeout: 1_500 });
			await this.quickInput.box.waitFor({ state: 'hidden', timeout: 1_500 });
		}
		await this.page.keyboard.press('F1');
		await this.quickInput.input.fill(`>${text}`, { timeout: 1_500 });
	}

	/** The titles that the command palette offers for some text. */
	async commandsFor(text: string): Promise<string[]> {
		await retry(() => this.#openPalette(text));
		await this.quickInput.rows.first().waitFor();
		const items = await this.quickInput.items();
		await this.quickInput.cancel();
		return items.map(({ label }) => label);
	}

	/** Opens a file of the folder by the Explorer: quick open finds no files in the oldest VS Code here. */
	async openFile(file: string): Promise<void> {
		await this.#showExplorer();
		const segments = file.split('/');
		for (const [index, segment] of segments.entries()) {
			const row = this.#explorerRow(segment, index + 1);
			await row.waitFor();
			if (index === segments.length - 1) {
				await row.dblclick();
			} else if ((await row.getAttribute('aria-expanded')) === 'false') {
				await row.click();
			}
		}
		await this.editor.waitUntilOpen(path.posix.basename(file));
	}

	async #showExplorer(): Promise<void> {
		const tab = this.page.locator('.activitybar').getByRole('tab', { name: /^Explorer/ });
		if ((await tab.getAttribute('aria-selected')) !== 'true') {
			await tab.click();
		}
	}

	#explorerRow(name: string, level: number): Locator {
		return this.page
			.locator(`.explorer-folders-view [role=treeitem][aria-level="${level}"]`)
			.filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) });
	}

	treeView(name: string): TreeView {
		return new TreeView(this.page, name);
	}

	webviewPanel(title: string): WebviewPanel {
		return new WebviewPanel(this.page, title);
	}

	/** The item in the status bar that names the active program. */
	programItem(program: string | RegExp): Locator {
		return this.page.locator('[id="partnero-community.partnero.partnero.program"]').filter({ hasText: program });
	}

	statusBarItem(text: string | RegExp): Locator {
		return this.page.locator('.part.statusbar .statusbar-item').filter({ hasText: text });
	}

	/** A notification that shows this text. */
	notification(text: string | RegExp): Locator {
		return this.page.locator('.notification-toast').filter({ hasText: text });
	}

	/** A modal question that shows this text. */
	dialog(text: string | RegExp): Locator {
		return this.page.locator('.monaco-dialog-box').filter({ hasText: text });
	}

	/** Closes every notification that is shown. */
	async clearNotifications(): Promise<void> {
		await this.runCommand('Notifications: Clear All Notifications');
		await this.page.locator('.notification-toast').first().waitFor({ state: 'hidden' });
	}

	/**
	 * Adds settings while the window is open, and waits until it has them. Not for those of scope `application`: the server does not notice when their
	 * file changes. Give these to the session.
	 */
	async changeSettings(settings: Settings): Promise<void> {
		const title = `settings ${this.#settingsChanges++}`;
		await this.#server.changeSettings({ ...settings, 'window.title': title });
		await this.page.waitForFunction(`document.title.includes('${title}')`);
	}

	async closeEditor(): Promise<void> {
		await this.runCommand('View: Close Editor');
	}

	async closeAllEditors(): Promise<void> {
		await this.runCommand('View: Close All Editors');
		await this.page.locator('.tabs-container .tab').first().waitFor({ state: 'detached' });
	}

	async switchTheme(theme: Theme): Promise<void> {
		const { name, windowClass } = themes[theme];
		// The list has no themes yet when it is opened together with the window, and does not get them later.
		await retry(async () => {
			await this.runCommand('Preferences: Color Theme');
			await this.quickInput.type(name);
			await this.quickInput.item(name).click({ timeout: 2_000 });
		});
		await this.quickInput.waitUntilClosed();
		await this.page.locator(`.monaco-workbench.${windowClass}`).waitFor();
	}

	/** Takes a picture of the window as it is, the hover under the mouse included. */
	async screenshot(file: string): Promise<void> {
		await this.page.screenshot({ path: file, animations: 'disabled', caret: 'hide' });
	}
}
