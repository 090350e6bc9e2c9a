// The extension in other languages, in the real VS Code: German as it is packed, and the pseudo language, in which a text that was never
// translated is found on each screen.
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { pseudoLanguage, pseudoText, pseudoTexts } from '../l10n/pseudo.ts';
import { shownTexts, untranslatedIn } from '../l10n/shown.ts';
import { bundleFile, manifestFile, readTexts, sourceTexts } from '../l10n/source.ts';
import { useSandbox, useSession } from './journey.ts';

/** Texts of VS Code's own between ours, and what Intl writes in English where VS Code's language is none that it knows. */
const otherWords = [
	"Press Enter to confirm your input or Escape to cancel (Press 'Enter' to confirm or 'Escape' to cancel) Back Settings User Workspace Default Extensions Actions",
	'January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec',
	'second seconds minute minutes hour hours day days week weeks month months year years ago now today yesterday collapsed expanded submenu Progress Follow link ctrl click Copy Toggle dropdown Welcome Results Loading Control Shift Alt ACME John Doe',
].join(' ');

describe('Someone whose VS Code speaks another language', () => {
	const english = readTexts('package.nls.json');
	const names = { displayName: english.displayName ?? '', category: english.category ?? '' };
	const messages = Object.fromEntries(sourceTexts().messages.map((message) => [message, message]));
	const sandbox = useSandbox({ programName: 'ACME' });
	const session = useSession(() => ({
		language: pseudoLanguage,
		extensionFiles: {
			[bundleFile(pseudoLanguage)]: JSON.stringify(pseudoTexts(messages)),
			[manifestFile(pseudoLanguage)]: JSON.stringify({ ...pseudoTexts(english), ...names }),
		},
		userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl },
		machineSettings: { 'partnero.inlayHints.enabled': true },
		viewport: { width: 1500, height: 1000 },
	}));
	const palette = (title: string) => `Partnero: ${pseudoText(title)}`;
	let answered = otherWords;

	before(async () => {
		const headers = { authorization: `Bearer ${sandbox().apiKey}` };
		for (const path of [
			'/customers/customer_123',
			'/customers/customer_123/transactions?limit=100&page=1',
			'/customers?limit=100&page=1',
		]) {
			answered += await (await fetch(sandbox().baseUrl + path, { headers })).text();
		}
		sandbox().requests.clear();
	});

	/** Looks at all texts of a part of the window: some of ours, none of them English. */
	async function isTranslated(part: Locator, more = ''): Promise<void> {
		await part.first().waitFor();
		const texts = await part.evaluateAll(shownTexts);
		assert.ok(
			texts.some((text) => text.includes('⟦')),
			`no text of ours in ${JSON.stringify(texts)}`,
		);
		assert.deepEqual(untranslatedIn(texts, `${answered} ${more}`), []);
	}

	it('reads the welcome in that language', async () => {
		const { workbench, page } = session();
		await workbench.treeView(pseudoText('Customers')).open('Partnero');
		await isTranslated(page.locator('.welcome-view-content'));
	});

	it('finds each command in that language', async () => {
		const { workbench } = session();
		const labels = await workbench.commandsFor('Partnero:');
		assert.ok(labels.length >= 5, labels.join('\n'));
		for (const label of labels.filter((text) => text.startsWith('Partnero:') && !text.includes('Focus on'))) {
			assert.match(label, /^Partnero: ⟦.*⟧$/);
		}
	});

	it('is asked for the API key and a name in that language, and told why a key is not accepted', async () => {
		const { workbench } = session();
		const { quickInput } = workbench;
		await workbench.runCommand(palette('Connect a program'));
		await isTranslated(quickInput.box);
		await quickInput.type('no_such_key');
		await quickInput.accept();
		await quickInput.expectValidationMessage('⟦');
		await isTranslated(quickInput.box);
		await quickInput.type(sandbox().apiKey);
		await quickInput.accept();
		await quickInput.box.locator('.quick-input-title').filter({ hasText: '(2/2)' }).waitFor();
		await isTranslated(quickInput.box);
		await quickInput.accept();
		await quickInput.waitUntilClosed();
		await isTranslated(workbench.programItem('ACME'));
	});

	it('looks customers up in that language, those too who are none', async () => {
		const { workbench } = session();
		const { quickInput } = workbench;
		await workbench.runCommand(palette('Look up customer'));
		await isTranslated(quickInput.box);
		await quickInput.type('nobody_at_all');
		await quickInput.row('⟦').first().waitFor();
		await isTranslated(quickInput.box, 'nobody_at_all');
		await quickInput.type('customer_123');
		await quickInput.row('Alice Brown').waitFor();
		await quickInput.accept();
		const panel = workbench.webviewPanel('customer_123');
		await panel.waitUntilOpen();
		await panel.content.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
		await isTranslated(panel.content.locator('body'));
	});

	it('reads the side bar in that language, down to rewards, tooltips and menus', async () => {
		const { workbench, page } = session();
		const customers = workbench.treeView(pseudoText('Customers'));
		await customers.expand('Alice Brown');
		await customers.row('$99.50').first().locator('.monaco-tl-twistie').click();
		await customers.pane.getByRole('treeitem', { level: 4 }).first().waitFor();
		await isTranslated(customers.pane.getByRole('tree'));
		for (const row of ['Alice Brown', '$99.50']) {
			await customers.row(row).first().locator('.label-name').hover();
			await isTranslated(page.locator('.workbench-hover:visible'));
			await page.mouse.move(0, 0);
			await page.locator('.workbench-hover:visible').waitFor({ state: 'hidden' });
		}
		await customers.row('Alice Brown').click({ button: 'right' });
		await isTranslated(page.locator('.context-view .monaco-menu'));
		await page.keyboard.press('Escape');
	});

	it('reads hover, hints and the keys of a file in that language', async () => {
		const { workbench, page } = session();
		await workbench.openFile('src/attribution.ts');
		const hover = await workbench.editor.hoverOver('customer_123');
		await hover.getByText('Alice Brown').first().waitFor();
		await isTranslated(hover, 'customers transactions v1 api com');
		await workbench.editor.leave();
		const keys = workbench.treeView(pseudoText('Keys in this file'));
		await keys.open('Partnero');
		await keys.pane.getByRole('treeitem').first().waitFor();
		await workbench.runCommand(palette('Check customer keys in this file'));
		await workbench.statusBarItem('⟦').filter({ hasText: /\d/ }).first().waitFor();
		await isTranslated(keys.pane.getByRole('tree'), await page.locator('.view-lines').first().innerText());
	});

	it('is asked before a program goes in that language, and reads failures in it', async () => {
		const { workbench, page } = session();
		await workbench.runCommand(palette('Look up customer'));
		await workbench.quickInput.type('a'.repeat(600));
		await workbench.quickInput.accept();
		await isTranslated(workbench.quickInput.box, 'a'.repeat(600));
		await workbench.quickInput.cancel();
		await workbench.runCommand(palette('Disconnect a program'));
		const dialog = workbench.dialog('⟦');
		await isTranslated(dialog, 'Cancel Close Dialog Warning Info Question');
		await page.keyboard.press('Escape');
		await dialog.waitFor({ state: 'detached' });
	});

	it('reads the settings and the walkthrough in that language', async () => {
		const { page } = session();
		await page.keyboard.press('Control+,');
		const search = page.locator('.settings-editor .suggest-input-container .monaco-editor');
		await search.click();
		await page.keyboard.insertText('@ext:partnero-community.partnero');
		await page.locator('.setting-item-description').filter({ hasText: '⟦' }).first().waitFor();
		await isTranslated(page.locator('.setting-item-description'), `${JSON.stringify(english).match(/`[^`]+`/g)}`);
	});
});

describe('A German user', () => {
	const sandbox = useSandbox({ programName: 'ACME' });
	const session = useSession(() => ({ language: 'de', userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));
	const german = readTexts(bundleFile('de'));
	const titles = readTexts(manifestFile('de'));

	it('connects a program and looks a customer up with German words, amounts and dates', async () => {
		const { workbench, page } = session();
		await workbench.runCommand(`Partnero: ${titles['command.connectProgram']}`);
		await workbench.quickInput.type(sandbox().apiKey);
		await workbench.quickInput.accept();
		await workbench.nameProgram();
		await workbench.programItem('ACME').waitFor();
		await workbench.runCommand(`Partnero: ${titles['command.lookUpCustomer']}`);
		await workbench.quickInput.type('customer_123');
		await workbench.quickInput.row('Alice Brown').waitFor();
		await workbench.quickInput.accept();
		const panel = workbench.webviewPanel('customer_123');
		await panel.waitUntilOpen();
		await panel.content
			.getByText(german.Partner ?? '', { exact: true })
			.first()
			.waitFor();
		await panel.content.getByText('99,50\u00a0$').first().waitFor();
		await workbench.treeView(titles['view.customers'] ?? '').open('Partnero');
		await page
			.locator('.label-name')
			.getByText(german.Recent ?? '', { exact: true })
			.waitFor();
	});
});
