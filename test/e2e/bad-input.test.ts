// What a user can get wrong, and what the other side can: each ends in a sentence that says what to do, and nothing is lost or leaked.
import assert from 'node:assert/strict';
import { absentKey, sampleKeys } from '../../src/sandbox/index.ts';
import { useSandbox, useSession } from './journey.ts';
import { filesBelow, readBrowserStorage } from './stored.ts';

describe('A user who gets things wrong', () => {
	const sandbox = useSandbox();
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));

	it('sends nothing to Partnero by merely having the extension', async () => {
		const { workbench } = session();
		await workbench.treeView('Customers').open('Partnero');
		await workbench.openFile('src/attribution.ts');
		assert.deepEqual(sandbox().requests.entries, []);
	});

	it('is told that an API key is wrong while the box is still open, and nothing is stored', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Connect a program');
		await workbench.quickInput.type('wrong-key');
		await workbench.quickInput.accept();
		await workbench.quickInput.expectValidationMessage(/does not accept this API key \(401\)/);
		assert.equal(await workbench.quickInput.isMasked(), true);
		await workbench.quickInput.cancel();
		await workbench.treeView('Customers').open('Partnero');
		await workbench.page.getByRole('button', { name: 'Explore sample data' }).waitFor();
	});

	it('is told that an API key with foreign letters cannot be sent', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Connect a program');
		await workbench.quickInput.type('käy with spaces');
		await workbench.quickInput.accept();
		await workbench.quickInput.expectValidationMessage(/characters that cannot be sent/);
		await workbench.quickInput.cancel();
	});

	it('connects with a key that was pasted together with its header', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Connect a program');
		await workbench.quickInput.type(`"Authorization: Bearer ${sandbox().apiKey}"`);
		await workbench.quickInput.accept();
		await workbench.nameProgram();
		await workbench.programItem(sandbox().program.name).waitFor();
	});

	for (const [key, sentence] of [
		['.', '"." and ".." cannot be customer keys.'],
		['..', '"." and ".." cannot be customer keys.'],
		['x'.repeat(600), 'A customer key has at most 512 characters.'],
	] as const) {
		it(`is told why ${key.length > 10 ? 'a text of 600 characters' : `"${key}"`} cannot be looked up`, async () => {
			const { workbench } = session();
			const before = sandbox().requests.count;
			await workbench.runCommand('Partnero: Look up customer');
			await workbench.quickInput.type(key);
			await workbench.quickInput.accept();
			await workbench.quickInput.row(sentence).waitFor();
			await workbench.quickInput.cancel();
			assert.equal(sandbox().requests.count, before);
		});
	}

	it('is told to type something when the box is empty', async () => {
		const { workbench } = session();
		await workbench.runCommand('Partnero: Look up customer');
		await workbench.quickInput.type('   ');
		await workbench.quickInput.accept();
		await workbench.quickInput.row('Type or paste a customer key.').waitFor();
		await workbench.quickInput.cancel();
	});

	it('checks many keys that were pasted with all that stands around them, and goes back to the list', async () => {
		const { workbench, page } = session();
		await workbench.runCommand('Partnero: Look up customer');
		const others = Array.from({ length: 30 }, (_, index) => `nobody_${index}`).join(' ');
		await workbench.quickInput.type(
			`customer: ${sampleKeys.documented} - "${sampleKeys.currencies}", nobody alice.brown@partnero.com ${others}`,
		);
		await workbench.quickInput.row(/Check these 34 keys/).waitFor();
		await workbench.quickInput.accept();
		await workbench.quickInput.box.getByText('Keys: 34. Found: 3, not found: 31, failed: 0, not checked: 0').waitFor();
		await workbench.quickInput.row(/alice\.brown@partnero\.com\s*customer_123 · Alice Brown/).waitFor();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		const panel = workbench.webviewPanel(sampleKeys.currencies);
		await panel.content.getByRole('heading', { level: 1, name: 'Mei-Ling Tan' }).waitFor();
		await panel.close();
		await workbench.runCommand('Partnero: Look up customer');
		await workbench.quickInput.row(/Check these 34 keys/).waitFor();
		await workbench.quickInput.cancel();
	});

	it('reads quietly that somebody is not a customer', async () => {
		const { workbench } = session();
		await workbench.lookUp(absentKey);
		const panel = workbench.webviewPanel(absentKey);
		await panel.content.getByText(`${absentKey} is not a customer of ${sandbox().program.name}`).first().waitFor();
		assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
		await panel.close();
	});

	for (const key of [
		sampleKeys.keySlash,
		sampleKeys.keyPlus,
		sampleKeys.keyPercent,
		sampleKeys.keyAt,
		sampleKeys.keySpace,
		sampleKeys.keyEmoji,
		sampleKeys.keyQuery,
	]) {
		it(`looks up the key ${key}`, async () => {
			const { workbench } = session();
			const before = sandbox().requests.count;
			await workbench.lookUp(key);
			const panel = workbench.webviewPanel(key);
			await panel.content.getByRole('heading', { level: 1 }).waitFor();
			await panel.content.getByText(key, { exact: true }).first().waitFor();
			const asked = sandbox().requests.entries.filter(({ number }) => number > before);
			assert.equal(asked[0]?.path, `/v1/customers/${encodeURIComponent(key)}`);
			assert.equal(asked[0]?.status, 200);
			await panel.close();
		});
	}

	it('is told what to do when Partnero cannot be reached, and gets the answer when it is back', async () => {
		const { workbench } = session();
		const rule = sandbox().faults.add({ path: /\/v1\/customers\/customer_deleted/, faults: [{ kind: 'reset', atByte: 0 }] });
		await workbench.lookUp(sampleKeys.deleted);
		const panel = workbench.webviewPanel(sampleKeys.deleted);
		await panel.content
			.getByText(/Partnero could not be reached/)
			.first()
			.waitFor();
		rule.remove();
		await panel.content
			.getByRole('button', { name: /Try again|Refresh/ })
			.first()
			.click();
		await panel.content
			.getByText(/deleted/i)
			.first()
			.waitFor();
		await panel.close();
	});

	it('leaves the API key nowhere but in the secret storage', async () => {
		const { apiKey } = sandbox();
		const { server, page } = session();
		assert.equal((await server.logs()).includes(apiKey), false);
		for await (const [file, content] of filesBelow(server.dataFolder)) {
			assert.equal(content.includes(apiKey), false, file);
		}
		for (const frame of page.frames()) {
			assert.equal((await frame.content()).includes(apiKey), false, frame.url());
		}
		const stored = await page.evaluate(readBrowserStorage);
		// What proves that the reading reads: the programs stand there, and the secret beside them is encrypted.
		assert.match(stored, /Sample affiliate program/);
		assert.equal(stored.includes(apiKey), false);
	});
});
