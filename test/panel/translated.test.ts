// No text of the panel is left in English: with every text in the pseudo language, and numbers and dates in Japanese, what else has words in
// Latin letters is what Partnero answered.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import type { ToApp } from '../../src/panel/protocol.ts';
import { pseudoText } from '../l10n/pseudo.ts';
import { shownTexts, untranslatedIn } from '../l10n/shown.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { type BuiltApp, buildApp, openScenario } from './lab.ts';
import { type Scenario, scenarios } from './scenarios.ts';

type Strings = Extract<ToApp, { type: 'init' }>['strings'];

/** All texts of the panel in the pseudo language. */
function pseudoStrings<Part>(part: Part): Part {
	if (typeof part === 'string') {
		return pseudoText(part) as Part;
	}
	return Object.fromEntries(Object.entries(part as object).map(([name, inner]) => [name, pseudoStrings(inner)])) as Part;
}

/** The message as a host would send it that speaks the pseudo language. */
function translated(message: ToApp): ToApp {
	if (message.type === 'init') {
		return { ...message, locale: 'ja', strings: pseudoStrings<Strings>(message.strings) };
	}
	if ('error' in message && message.error !== undefined) {
		return { ...message, error: { ...message.error, message: pseudoText(message.error.message) } };
	}
	return message;
}

/** What Partnero answered, as far as the panel was sent it. */
const answered = ({ messages }: Scenario) => JSON.stringify(messages.filter(({ type }) => type !== 'init'));

describe('The detail panel, in a language that is not English', function () {
	this.timeout(60_000);
	let browser: Browser;
	let app: BuiltApp;

	before(async () => {
		browser = await launchBrowser();
		app = await buildApp();
	});
	after(async () => browser.close());

	for (const scenario of scenarios.filter(({ locale, name }) => locale === undefined && name !== 'hostile')) {
		it(`has no English word of its own in the state "${scenario.name}"`, async () => {
			const messages = scenario.messages.map(translated);
			const panel = await openScenario(browser, app, { ...scenario, messages });
			const texts = await panel.page.evaluate<string[]>(`(${shownTexts})([document.body])`);
			assert.ok(texts.some((text) => text.includes('⟦')));
			assert.deepEqual(untranslatedIn(texts, answered(scenario)), []);
			await panel.page.context().close();
		});
	}
});
