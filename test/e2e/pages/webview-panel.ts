// A webview in an editor tab, such as the detail panel. VS Code nests its content in two frames.
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

export class WebviewPanel {
	readonly #page: Page;
	readonly tab: Locator;
	/** The content: finds elements again after the panel was drawn anew. */
	readonly content: FrameLocator;

	constructor(page: Page, title: string) {
		this.#page = page;
		this.tab = page
			.locator('.tabs-container')
			.locator('[role=tab][data-resource-name^="webview-"]')
			.filter({ has: page.locator('.label-name').getByText(title, { exact: true }) });
		this.content = page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe#active-frame');
	}

	/** Waits until the panel is there, brings it to the front, and waits until it has content. */
	async waitUntilOpen(): Promise<void> {
		await this.tab.waitFor();
		if ((await this.tab.getAttribute('aria-selected')) !== 'true') {
			await this.tab.click();
		}
		await this.content.locator('body').waitFor();
	}

	/** The frame with the content, for what is no locator's: evaluating, accessibility checks. */
	async frame(): Promise<Frame> {
		await this.waitUntilOpen();
		const handle = await this.content.locator('html').elementHandle();
		const frame = await handle?.ownerFrame();
		if (!frame) {
			throw new Error('The panel was closed meanwhile');
		}
		return frame;
	}

	async close(): Promise<void> {
		await this.tab.hover();
		await this.tab.getByRole('button', { name: /^Close/ }).click();
		await this.tab.waitFor({ state: 'detached' });
		await this.#page.mouse.move(0, 0);
	}
}
