// VS Code's box at the top: quick pick and input box.
import type { Locator, Page } from 'playwright-core';
import { retry } from './retry.ts';

/** One entry of a quick pick, as the user reads it. */
export interface QuickPickItem {
	readonly label: string;
	readonly description: string;
	readonly detail: string;
}

export class QuickInput {
	/** The whole box. */
	readonly box: Locator;
	readonly input: Locator;
	readonly rows: Locator;

	constructor(page: Page) {
		this.box = page.locator('.quick-input-widget:visible');
		this.input = this.box.locator('.quick-input-filter input');
		this.rows = this.box.locator('.quick-input-list .monaco-list-row');
	}

	async waitUntilOpen(): Promise<void> {
		await this.input.waitFor();
	}

	async waitUntilClosed(): Promise<void> {
		await this.box.waitFor({ state: 'hidden' });
	}

	/** The title above the box, '' if there is none. */
	async title(): Promise<string> {
		return (await this.box.locator('.quick-input-title').textContent()) ?? '';
	}

	/** Whether what is typed is hidden. */
	async isMasked(): Promise<boolean> {
		return (await this.input.getAttribute('type')) === 'password';
	}

	async value(): Promise<string> {
		return this.input.inputValue();
	}

	async placeholder(): Promise<string> {
		return (await this.input.getAttribute('placeholder')) ?? '';
	}

	/** Replaces what is in the box. */
	async type(text: string): Promise<void> {
		await this.waitUntilOpen();
		await this.input.fill(text);
	}

	async accept(): Promise<void> {
		await this.input.press('Enter');
	}

	async cancel(): Promise<void> {
		await this.input.press('Escape');
		await this.waitUntilClosed();
	}

	/** Waits for the sentence that says why an input is not accepted. */
	async expectValidationMessage(text: string | RegExp): Promise<void> {
		await this.box.locator('.quick-input-message').filter({ hasText: text }).waitFor();
	}

	/** An entry that shows this text anywhere. */
	row(text: string | RegExp): Locator {
		return this.rows.filter({ hasText: text });
	}

	/** Waits until the list has been the same for as long as people need to read it: what is chosen earlier may count for what was typed. */
	async waitUntilRead(): Promise<void> {
		const readingTime = 400;
		let before = '';
		let since = 0;
		await retry(async () => {
			const now = JSON.stringify(await this.items());
			if (now !== before) {
				before = now;
				since = Date.now();
			}
			if (Date.now() - since < readingTime) {
				throw new Error('The list has just changed');
			}
		});
	}

	/** The entry whose label is exactly this. */
	item(label: string): Locator {
		return this.rows.filter({ has: this.box.page().locator('.label-name').getByText(label, { exact: true }) }).first();
	}

	async pick(label: string): Promise<void> {
		await this.item(label).click();
	}

	/** What is listed now, in order. */
	async items(): Promise<QuickPickItem[]> {
		return this.rows.evaluateAll((rows) =>
			rows
				.map((row) => ({ row, index: Number(row.getAttribute('data-index')) }))
				.sort((one, other) => one.index - other.index)
				.map(({ row }) => ({
					label: row.querySelector('.quick-input-list-label .label-name')?.textContent ?? '',
					description: row.querySelector('.quick-input-list-label .label-description')?.textContent ?? '',
					detail: row.querySelector('.quick-input-list-label-meta')?.textContent ?? '',
				})),
		);
	}

	/** Presses a button at the end of an entry, for example "Pin". */
	async pressItemButton(label: string, button: string): Promise<void> {
		const row = this.item(label);
		await row.hover();
		await row.locator('.quick-input-list-entry-action-bar').getByRole('button', { name: button }).click();
	}
}
