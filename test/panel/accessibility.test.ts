// WCAG 2.2 AA, as far as a machine can tell, of every state of the panel in every theme.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../vscode/browser.ts';
import { type BuiltApp, buildApp, openScenario, type PanelPage, themes } from './lab.ts';
import { scenario, scenarios } from './scenarios.ts';

describe('The detail panel is accessible', function () {
	this.timeout(120_000);
	let browser: Browser;
	let app: BuiltApp;

	before(async () => {
		browser = await launchBrowser();
		app = await buildApp();
	});
	after(async () => browser.close());

	for (const scenario of scenarios) {
		it(`in the state "${scenario.name}", in every theme`, async () => {
			const panel = await openScenario(browser, app, scenario, { theme: 'dark', height: 560, reducedMotion: true });
			assert.deepEqual(await violationsOf(panel), [], 'dark');
			for (const theme of themes.filter((name) => name !== 'dark')) {
				await panel.dress(theme);
				// All that a theme can change.
				assert.deepEqual(await violationsOf(panel, ['color-contrast', 'link-in-text-block']), [], theme);
			}
			assert.deepEqual(panel.complaints, []);
			assert.deepEqual(await panel.violations(), []);
			await panel.page.context().close();
		});
	}

	it('on every button that the pointer is on or that has the focus, in every theme', async () => {
		const panel = await openScenario(browser, app, scenario('failed'));
		for (const theme of themes) {
			await panel.dress(theme);
			for (const button of await panel.page.locator('.button').all()) {
				await button.hover();
				assert.deepEqual(await violationsOf(panel, ['color-contrast']), [], theme);
				await panel.page.mouse.move(0, 0);
				await panel.page.keyboard.press('Tab');
				await button.focus();
				assert.ok(await button.evaluate((element) => element.matches(':focus-visible')));
				assert.deepEqual(await violationsOf(panel, ['color-contrast']), [], theme);
			}
		}
		await panel.page.context().close();
	});

	for (const width of [320, 640]) {
		it(`and nothing has to be scrolled sideways at ${width} pixels, in any state`, async () => {
			for (const scenario of scenarios) {
				const panel = await openScenario(browser, app, scenario, { width, height: 600 });
				const overflow = await panel.page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
				assert.equal(overflow, 0, scenario.name);
				await panel.page.context().close();
			}
		});
	}
});

/** One line for each finding. */
async function violationsOf(panel: PanelPage, rules?: string[]): Promise<string[]> {
	const axe = new AxeBuilder({ page: panel.page });
	const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
	const { violations } = await (rules === undefined ? axe.withTags(tags) : axe.withRules(rules)).analyze();
	return violations.map(
		({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`).join('\n  ')}`,
	);
}
