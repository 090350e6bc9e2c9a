// The terminal that is shown in the panel below the editors. It must be drawn as DOM: `terminal.integrated.gpuAcceleration` is off.
import type { Locator, Page } from 'playwright-core';
import { middleOfText } from './middle-of-text.ts';

export class Terminal {
	readonly #page: Page;
	readonly #root: Locator;

	constructor(page: Page) {
		this.#page = page;
		this.#root = page.locator('.terminal-wrapper.active');
	}

	/** The row that shows a text. */
	row(text: string): Locator {
		return this.#root.locator('.xterm-rows > div').filter({ hasText: text }).first();
	}

	/** The hover that says what a click on the link under the mouse does. */
	linkHover(text: string): Locator {
		return this.#page.locator('.monaco-hover:visible').filter({ hasText: text }).first();
	}

	/** Rests the mouse on a text in a row that is in view. */
	async pointAt(line: string, text: string): Promise<void> {
		const row = this.row(line);
		await row.waitFor();
		const { x, y } = await middleOfText(row, text);
		// A single move would only enter the terminal.
		await this.#page.mouse.move(x, y, { steps: 3 });
		// What the mouse did is handled with the next frame.
		await this.#page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
	}

	/** Takes the mouse away, so that the next move asks for links again. */
	async leave(): Promise<void> {
		await this.#page.mouse.move(0, 0);
	}

	/** The link under the mouse, which is underlined. */
	get link(): Locator {
		return this.#root.locator('.xterm-rows span[style*="underline"]');
	}

	/** Follows the link under the mouse. */
	async followLink(): Promise<void> {
		await this.#page.keyboard.down('ControlOrMeta');
		await this.#page.mouse.down();
		await this.#page.mouse.up();
		await this.#page.keyboard.up('ControlOrMeta');
	}
}
