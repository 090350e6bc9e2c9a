// The first minutes of somebody who has just installed the extension: the sample program answers within three clicks, and the walkthrough leads
// through the rest.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { useSession } from './journey.ts';

/** Milliseconds from the first click to the first answer. */
const longestWait = 30_000;
const mostClicks = 3;

describe('A newcomer without an account', () => {
	const session = useSession();

	it('has the first answer after at most three clicks, and at once', async () => {
		const { page, workbench } = session();
		let clicks = 0;
		const click = async (target: Locator) => {
			await target.waitFor();
			await target.click();
			clicks++;
		};
		// The extension is ready when it has said that there is no program.
		const tab = page.locator('.activitybar').getByRole('tab', { name: 'Partnero', exact: true });
		await tab.waitFor();
		const start = Date.now();
		await click(tab);
		await click(page.getByRole('button', { name: 'Explore sample data', exact: true }));
		await click(workbench.treeView('Customers').pane.getByRole('treeitem').filter({ hasText: 'customer_123' }));
		const panel = workbench.webviewPanel('customer_123');
		await panel.waitUntilOpen();
		await panel.content.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
		await panel.content.getByText('transaction_252').first().waitFor();
		const took = Date.now() - start;
		process.stdout.write(`      ${clicks} clicks, ${took} ms\n`);
		assert.ok(clicks <= mostClicks, `${clicks} clicks`);
		assert.ok(took < longestWait, `${took} ms`);
	});

	it('sees everywhere that this is sample data: in the view, the panel and the status bar', async () => {
		const { page, workbench } = session();
		const header = workbench.treeView('Customers').pane.locator('.pane-header');
		await header.getByText('sample data').waitFor();
		await workbench.webviewPanel('customer_123').content.getByText('Sample data').first().waitFor();
		const item = workbench.programItem('Sample program');
		await item.locator('.codicon-beaker').waitFor();
		assert.match((await item.locator('[aria-label]').first().getAttribute('aria-label')) ?? '', /sample data/);
		assert.deepEqual(await page.locator('.notification-toast').allInnerTexts(), []);
	});
});

describe('The walkthrough', () => {
	const session = useSession(() => ({ viewport: { width: 1600, height: 1000 } }));
	const id = (step: string) => `partnero-community.partnero#start#${step}`;
	const step = (name: string) => session().page.locator(`[data-step-id="${id(name)}"]`);
	const ticked = (name: string) => session().page.locator(`[data-done-step-id="${id(name)}"].complete`);

	/** Back to the walkthrough. VS Code may show its overview instead, where ours is one of several. */
	async function back(): Promise<void> {
		const { page } = session();
		await page
			.locator('.tabs-container .tab')
			.filter({ hasText: /^(?:Welcome|Walkthrough)/ })
			.click();
		const overview = page.locator('.gettingStarted.showCategories');
		await page.locator('.gettingStarted.showDetails').or(overview).waitFor();
		if (await overview.isVisible()) {
			await overview.getByRole('button', { name: 'Get started with Partnero' }).click();
			await page.locator('.gettingStarted.showDetails').waitFor();
		}
	}

	/** Presses a button of a step, which unfolds first. */
	async function press(name: string, button: string): Promise<void> {
		if ((await step(name).getAttribute('aria-expanded')) !== 'true') {
			await step(name).click();
		}
		// A step that unfolds takes the focus a little later, and would take it from the box that its button opens.
		await session()
			.page.locator(`[data-step-id="${id(name)}"].expanded:focus-within`)
			.waitFor();
		await step(name).getByRole('button', { name: button, exact: true }).click();
	}

	it('opens from the welcome text of the side bar, and nothing is ticked', async () => {
		const { page, workbench } = session();
		await workbench.treeView('Customers').open('Partnero');
		await page.getByText('Take the tour').click();
		for (const name of ['connect', 'lookUp', 'hover', 'programs']) {
			await step(name).waitFor();
			assert.equal(await ticked(name).count(), 0, name);
		}
	});

	it('draws each picture in the colours of the theme', async () => {
		const { page } = session();
		for (const name of ['lookUp', 'hover', 'programs', 'connect']) {
			await step(name).click();
			const svg = page
				.frameLocator('.gettingStartedContainer iframe.webview, iframe.webview.ready:visible')
				.frameLocator('iframe#active-frame')
				.locator('svg');
			await svg.waitFor();
			const fill = await svg
				.locator('rect')
				.first()
				.evaluate((rect) => rect.ownerDocument.defaultView?.getComputedStyle(rect).fill);
			const background = await svg.evaluate((drawn) =>
				drawn.ownerDocument.defaultView
					?.getComputedStyle(drawn.ownerDocument.documentElement)
					.getPropertyValue('--vscode-editor-background'),
			);
			assert.ok(background, name);
			assert.notEqual(fill, 'rgb(0, 0, 0)', name);
		}
	});

	it('ticks the first step when sample data is there', async () => {
		await press('connect', 'Explore sample data');
		await session().workbench.programItem('Sample program').waitFor();
		await ticked('connect').waitFor();
		assert.equal(await ticked('lookUp').count(), 0);
	});

	it('ticks the second step when a customer was looked up, not when the box was opened', async () => {
		const { workbench } = session();
		await press('lookUp', 'Look up customer');
		await workbench.quickInput.waitUntilOpen();
		assert.equal(await ticked('lookUp').count(), 0);
		// The page of the walkthrough may take the focus back, which closes the box: the look-up itself goes by the palette. Escape would not
		// do, since it leads the page back to its overview.
		await workbench.lookUp('customer_123');
		await back();
		await ticked('lookUp').waitFor();
	});

	it('ticks the third step when the mouse has rested on a key of the example', async () => {
		const { workbench } = session();
		await press('hover', 'Open example code');
		await workbench.editor.waitUntilOpen('Untitled-1');
		const hover = await workbench.editor.hoverOver('customer_123');
		await hover.getByText('Alice Brown').first().waitFor();
		await workbench.editor.leave();
		await back();
		await ticked('hover').waitFor();
	});

	it('ticks the last step when a customer is pinned', async () => {
		const { workbench } = session();
		const customers = workbench.treeView('Customers');
		await customers.pickFromContextMenu('Alice Brown', 'Pin');
		await customers.row('Pinned').waitFor();
		await ticked('programs').waitFor();
	});
});
