// The text editor that has the focus.
import type { Locator, Page } from 'playwright-core';
import { middleOfText } from './middle-of-text.ts';
import { retry } from './retry.ts';

export class Editor {
	readonly #page: Page;
	readonly #root: Locator;

	constructor(page: Page) {
		this.#page = page;
		this.#root = page.locator('.editor-group-container.active .monaco-editor[role=code]').first();
	}

	async waitUntilOpen(fileName: string): Promise<void> {
		await this.#page.locator('.editor-group-container.active .tab.active').filter({ hasText: fileName }).waitFor();
		await this.#root.locator('.view-line').first().waitFor();
	}

	/** The middle of a text that is in view, in pixels of the window. A line may show it in several pieces, in their colours. */
	async #middleOf(text: string): Promise<{ x: number; y: number }> {
		const line = this.#root.locator('.view-line').filter({ hasText: text }).first();
		await line.waitFor();
		return middleOfText(line, text);
	}

	/** Rests the mouse on a text and gives the hover that opens. */
	async hoverOver(text: string): Promise<Locator> {
		const hover = this.#page.locator('.monaco-editor .monaco-hover:visible, .monaco-resizable-hover .monaco-hover:visible').first();
		await retry(async () => {
			const { x, y } = await this.#middleOf(text);
			await this.#page.mouse.move(0, 0);
			// A single move would only enter the editor.
			await this.#page.mouse.move(x, y, { steps: 3 });
			await hover.waitFor({ timeout: 2_000 });
		});
		return hover;
	}

	/** Puts the cursor into a text. */
	async putCursorInto(text: string): Promise<void> {
		await retry(async () => {
			const { x, y } = await this.#middleOf(text);
			await this.#page.mouse.click(x, y);
			const cursor = await this.#root.locator('.cursors-layer .cursor').first().boundingBox({ timeout: 1_000 });
			if (cursor === null || y < cursor.y || y > cursor.y + cursor.height) {
				throw new Error(`The cursor is not in ${text}`);
			}
		});
	}

	/** Takes the mouse away, so that no hover is in the way. */
	async leave(): Promise<void> {
		await this.#page.mouse.move(0, 0);
		await this.#page.locator('.monaco-hover:visible').waitFor({ state: 'hidden' });
	}
}
