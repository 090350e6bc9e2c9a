// Support engineers work in several programs all day: the people of one never appear in another, a rejected key stops its program alone, and
// what is disconnected is gone.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';
import { filesBelow, readBrowserStorage } from './stored.ts';

/** A customer as the local Partnero answers. */
interface Person {
	readonly name: string;
	readonly transactions: number;
}

describe('A support engineer with two programs', () => {
	const acme = useSandbox({ seed: 1, programName: 'ACME' });
	const beta = useSandbox({ seed: 2, programName: 'BETA' });
	const origin = useOneOrigin(() => [acme(), beta()]);
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': origin() } }));
	/** Keys that both programs know, each for another person, and one that only BETA knows. */
	const keys = { first: '', held: '', onlyBeta: '' };

	before(async () => {
		const inBeta = [...beta().customerKeys()].filter(isPlain);
		const inAcme = new Set(acme().customerKeys());
		const shared: string[] = [];
		for (const key of inBeta.filter((key) => inAcme.has(key))) {
			const people = [await personOf(acme(), key), await personOf(beta(), key)];
			if (people.every(({ name, transactions }) => /^[A-Z][a-z]+ [A-Z][a-z]+$/.test(name) && transactions > 0)) {
				shared.push(key);
			}
		}
		const [first, held] = shared;
		const onlyBeta = inBeta.find((key) => !inAcme.has(key));
		assert.ok(first && held && onlyBeta, 'The two seeds make programs that have enough in common');
		Object.assign(keys, { first, held, onlyBeta });
		const lines = [first, held].map((key) => `fetch('https://api.partnero.com/v1/customers/${key}');`);
		await writeFile(path.join(session().workspace, 'src/shared.ts'), `${lines.join('\n')}\n`);
	});

	const nameIn = async (sandbox: Sandbox, key: string) => (await personOf(sandbox, key)).name;

	it('connects both under the names that Partnero tells', async () => {
		const { workbench } = session();
		await workbench.connectProgram(acme().apiKey);
		await workbench.programItem('ACME').waitFor();
		await workbench.connectProgram(beta().apiKey);
		await workbench.programItem('BETA').waitFor();
	});

	for (const program of ['BETA', 'ACME'] as const) {
		it(`sees the customer of ${program} in the look-up, the panel, the tree and the hover`, async () => {
			const { workbench } = session();
			const [own, other] = program === 'ACME' ? [acme(), beta()] : [beta(), acme()];
			const [name, otherName] = [await nameIn(own, keys.first), await nameIn(other, keys.first)];
			assert.notEqual(name, otherName);
			await workbench.switchProgram(program);

			await workbench.runCommand('Partnero: Look up customer');
			await workbench.quickInput.type(keys.first);
			await workbench.quickInput.row(name).waitFor();
			assert.equal(await workbench.quickInput.row(otherName).count(), 0);
			await workbench.quickInput.accept();
			const panel = workbench.webviewPanel(keys.first);
			await panel.content.getByRole('heading', { level: 1, name }).waitFor();
			await panel.close();

			const customers = workbench.treeView('Customers');
			await customers.open('Partnero');
			await customers.expand(name);
			await customers.pane.getByRole('treeitem', { level: 3 }).first().waitFor();
			assert.equal(await customers.row(otherName).count(), 0);

			await workbench.openFile('src/shared.ts');
			const hover = await workbench.editor.hoverOver(keys.first);
			await hover.getByText(name).first().waitFor();
			assert.doesNotMatch(await hover.innerText(), new RegExp(otherName));
			await workbench.editor.leave();
		});
	}

	it('never sees an answer of the program before, which comes after the switch', async () => {
		const { workbench } = session();
		const [name, otherName] = [await nameIn(beta(), keys.held), await nameIn(acme(), keys.held)];
		await workbench.switchProgram('ACME');
		using held = holdBack(acme(), new RegExp(`/v1/customers/${keys.held}`));
		// Asked in ACME by the hover and by the look-up, and not answered.
		await workbench.openFile('src/shared.ts');
		await workbench.editor.putCursorInto(keys.held);
		await workbench.runCommand('Partnero: Look up customer');
		await workbench.quickInput.type(keys.held);
		await acme().requests.until(({ entries }) => entries.some(({ path }) => path === `/v1/customers/${keys.held}`));
		await workbench.quickInput.accept();
		const heldPanel = workbench.webviewPanel(keys.held);
		await heldPanel.waitUntilOpen();

		await workbench.switchProgram('BETA');
		await workbench.openFile('src/shared.ts');
		const hover = await workbench.editor.hoverOver(keys.held);
		await hover.getByText(name).first().waitFor();
		held.release();
		// The panel belongs to the program that it was opened for, whatever the window works with now.
		await heldPanel.waitUntilOpen();
		await heldPanel.content.getByRole('heading', { level: 1, name: otherName }).waitFor();
		await heldPanel.content.getByText('ACME').first().waitFor();
		await heldPanel.close();

		await workbench.openFile('src/shared.ts');
		const again = await workbench.editor.hoverOver(keys.held);
		await again.getByText(name).first().waitFor();
		assert.doesNotMatch(await again.innerText(), new RegExp(otherName));
		await workbench.editor.leave();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		assert.equal(await customers.row(otherName).count(), 0);
	});

	it('never sees rows of the program before, which come after the switch', async () => {
		const { workbench } = session();
		await workbench.switchProgram('ACME');
		using held = holdBack(acme(), /^\/v1\/customers\?/);
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.row('All customers').locator('.monaco-tl-twistie').click();
		await acme().requests.until(({ entries }) => entries.some(({ path }) => path.startsWith('/v1/customers?')));
		await workbench.switchProgram('BETA');
		// The rows of the program before stand there until the view is drawn anew.
		await retry(async () => {
			await customers.expand('All customers');
			await customers.pane.getByRole('treeitem', { level: 2 }).nth(5).waitFor({ timeout: 1500 });
		});
		await beta().requests.until(({ entries }) => entries.some(({ path }) => path.startsWith('/v1/customers?')));
		await customers.pane.getByRole('treeitem', { level: 2 }).nth(5).waitFor();
		const before = await customers.rows();
		held.release();
		await acme().requests.until(({ inFlight }) => inFlight === 0);
		assert.deepEqual(await customers.rows(), before);
		await customers.row('All customers').locator('.monaco-tl-twistie').click();
	});

	it('finds somebody who is no customer of ACME in BETA', async () => {
		const { workbench } = session();
		await workbench.switchProgram('ACME');
		await workbench.runCommand('Partnero: Look up customer');
		await workbench.quickInput.type(keys.onlyBeta);
		await workbench.quickInput.row('not a customer of ACME').waitFor();
		await workbench.quickInput.waitUntilRead();
		await workbench.quickInput.row('Look in BETA').click();
		const panel = workbench.webviewPanel(keys.onlyBeta);
		await panel.content.getByRole('heading', { level: 1 }).waitFor();
		await panel.content.getByText('BETA').first().waitFor();
		await workbench.programItem('ACME').waitFor();
		await panel.close();
	});

	it('goes from the panel that says "not a customer of ACME" to the customer of BETA', async () => {
		const { workbench, page } = session();
		await workbench.lookUp(keys.onlyBeta);
		const { content } = workbench.webviewPanel(keys.onlyBeta);
		await content.getByRole('heading', { name: `${keys.onlyBeta} is not a customer of ACME` }).waitFor();
		await content.getByRole('button', { name: 'Look in BETA' }).click();
		// A tab of its own, beside the one of ACME.
		await page.locator('.tabs-container [role=tab][aria-selected=true]').filter({ hasText: keys.onlyBeta }).waitFor();
		await content.locator('header').getByText('BETA').first().waitFor();
		await content.getByRole('heading', { name: 'Transactions', exact: true }).waitFor();
		await workbench.programItem('ACME').waitFor();
		await workbench.closeAllEditors();
	});

	it('reads in the status bar, the panel and the tree that the key of one program is rejected, whose traffic then stops', async () => {
		const { workbench } = session();
		await workbench.switchProgram('ACME');
		await workbench.lookUp(keys.first);
		const panel = workbench.webviewPanel(keys.first);
		await panel.content.getByRole('heading', { level: 1 }).waitFor();
		acme().replaceApiKey('the_key_after_the_rejected_one');
		await panel.content.getByRole('button', { name: 'Refresh' }).click();
		await workbench.programItem('ACME').getByRole('button', { name: 'Partnero: the API key of ACME is rejected' }).waitFor();
		await panel.content.getByText('Partnero does not accept the API key of ACME').first().waitFor();
		await acme().requests.until(({ inFlight }) => inFlight === 0);
		const before = acme().requests.count;

		await panel.content.getByRole('button', { name: 'Refresh' }).click();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.expand('All customers');
		await customers.pane
			.getByText(/does not accept the API key of ACME/)
			.first()
			.waitFor();
		await workbench.lookUp('customer_asked_in_vain');
		const vain = workbench.webviewPanel('customer_asked_in_vain');
		await vain.content.getByRole('button', { name: 'Replace API key' }).waitFor();
		await vain.close();
		await workbench.openFile('src/shared.ts');
		await workbench.editor.hoverOver(keys.held);
		await workbench.editor.leave();
		assert.equal(acme().requests.count, before);
		assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
	});

	it('works on in the other program meanwhile', async () => {
		const { workbench } = session();
		const name = await nameIn(beta(), keys.held);
		await workbench.switchProgram('BETA');
		await workbench.programItem('BETA').getByRole('button', { name: 'Partnero program: BETA' }).waitFor();
		await workbench.lookUp(keys.held);
		const panel = workbench.webviewPanel(keys.held);
		await panel.content.getByRole('heading', { level: 1, name }).waitFor();
		await panel.close();
		await workbench.switchProgram('ACME');
	});

	it('goes on with a new key, in everything that was open', async () => {
		const { workbench } = session();
		await workbench.programItem('ACME').click();
		await workbench.quickInput.type(acme().apiKey);
		assert.equal(await workbench.quickInput.isMasked(), true);
		await workbench.quickInput.accept();
		await workbench.quickInput.waitUntilClosed();
		await workbench.programItem('ACME').getByRole('button', { name: 'Partnero program: ACME' }).waitFor();
		const panel = workbench.webviewPanel(keys.first);
		await panel.waitUntilOpen();
		await panel.content
			.getByText(/does not accept the API key/)
			.first()
			.waitFor({ state: 'detached' });
		await panel.content.getByRole('heading', { level: 1, name: await nameIn(acme(), keys.first) }).waitFor();
		await panel.close();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.pane
			.getByText(/does not accept the API key/)
			.first()
			.waitFor({ state: 'detached' });
		await customers.pane.getByRole('treeitem', { level: 2 }).nth(5).waitFor();
	});

	it('finds programs, pinned and recent customers again after the window was reloaded', async () => {
		const { workbench, page } = session();
		const pinned = await nameIn(acme(), keys.first);
		await workbench.closeAllEditors();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.pane.getByRole('treeitem', { level: 1 }).filter({ hasText: 'All customers' }).locator('.monaco-tl-twistie').click();
		await customers.pickFromContextMenu(pinned, 'Pin');
		await customers.row('Pinned').waitFor();
		await retry(async () => assert.match(await page.evaluate(readBrowserStorage), new RegExp(`pinned[^\\]]+${keys.first}`)), 60_000);
		await workbench.reload();

		await workbench.programItem('ACME').waitFor();
		await customers.open('Partnero');
		await customers.row('Pinned').waitFor();
		// The rows of a group come after the group.
		await retry(async () =>
			assert.deepEqual(
				(await customers.children('Pinned')).map(({ label }) => label),
				[keys.first],
			),
		);
		assert.ok((await customers.children('Recent')).some(({ label }) => label === keys.held));
		await customers.expand(keys.first);
		await customers.row(pinned).waitFor();
		await workbench.runCommand('Partnero: Switch program');
		await workbench.quickInput.row('Connect a program…').waitFor();
		const programs = (await workbench.quickInput.items()).map(({ label }) => label);
		assert.deepEqual(programs, ['ACME', 'BETA', 'Connect a program…']);
		await workbench.quickInput.cancel();
	}).timeout(120_000);

	it('reads that Partnero cannot be reached, and goes on when it can', async () => {
		const { workbench } = session();
		const name = await nameIn(acme(), keys.held);
		const offline = acme().faults.add({ faults: [{ kind: 'reset', atByte: 0 }] });
		acme().closeConnections();
		await workbench.lookUp(keys.held);
		const panel = workbench.webviewPanel(keys.held);
		await panel.content
			.getByText(/could not be reached/)
			.first()
			.waitFor();
		const customers = workbench.treeView('Customers');
		await customers.open('Partnero');
		await customers.expand('All customers');
		const failed = customers.pane.getByRole('treeitem', { level: 2 }).filter({ hasText: /could not be reached/ });
		await failed.first().waitFor();
		assert.equal(await workbench.page.locator('.notification-toast').count(), 0);

		offline.remove();
		await failed.first().click();
		await customers.pane.getByRole('treeitem', { level: 2 }).nth(5).waitFor();
		await panel.content
			.getByRole('button', { name: /Try again/ })
			.first()
			.click();
		await panel.content.getByRole('heading', { level: 1, name }).waitFor();
		await panel.close();
	});

	it('leaves nothing behind after disconnecting', async () => {
		const { workbench, page, server } = session();
		await workbench.closeAllEditors();
		const secrets = () => page.evaluate("localStorage.getItem('secrets.provider')?.length ?? 0") as Promise<number>;
		const both = await secrets();
		await workbench.runCommand('Partnero: Disconnect a program');
		await workbench.quickInput.pick('ACME');
		await workbench.dialog('Disconnect ACME?').getByRole('button', { name: 'Disconnect' }).click();
		await workbench.programItem('BETA').waitFor();
		await retry(async () => assert.ok((await secrets()) < both));
		await workbench.runCommand('Partnero: Disconnect a program');
		await workbench.dialog('Disconnect BETA?').getByRole('button', { name: 'Disconnect' }).click();
		await page.getByRole('button', { name: 'Explore sample data', exact: true }).waitFor();
		// What is left is the encryption of nothing.
		assert.ok((await secrets()) < both / 4);
		const traces = new RegExp(`ACME|BETA|${keys.first}|${keys.held}|${keys.onlyBeta}`);
		await retry(async () => assert.doesNotMatch(await page.evaluate(readBrowserStorage), traces), 30_000);
		// What windows tell each other of a program is a file for ten seconds.
		await retry(async () => {
			for await (const [file, content] of filesBelow(path.join(server.dataFolder, 'data'))) {
				assert.doesNotMatch(content, new RegExp(`${traces.source}|${acme().apiKey}|${beta().apiKey}`), file);
			}
		});
	});
});

/**
 * One address for several programs, as Partnero itself has: each request is handed on by its API key, and to the first program where nobody
 * knows the key.
 */
function useOneOrigin(programs: () => readonly Sandbox[]): () => string {
	let server: Server | undefined;
	let port = 0;
	before(async () => {
		server = createServer((incoming, outgoing) => {
			const { authorization = '' } = incoming.headers;
			const owner = programs().find(({ apiKey }) => authorization === `Bearer ${apiKey}`) ?? programs()[0];
			const { method, url: path, headers } = incoming;
			const onward = request({ host: '127.0.0.1', port: owner?.port, method, path, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
				answer.on('error', () => outgoing.destroy());
			});
			onward.on('error', () => outgoing.destroy());
			outgoing.on('close', () => onward.destroy());
			incoming.pipe(onward);
		});
		await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
		port = (server.address() as AddressInfo).port;
	});
	after(async () => {
		await new Promise((resolve) => {
			server?.close(resolve);
			server?.closeAllConnections();
		});
	});
	return () => `http://127.0.0.1:${port}/v1`;
}

/** Answers come only after `release`. */
function holdBack(sandbox: Sandbox, path: RegExp): Disposable & { release(): void } {
	const late = Promise.withResolvers<void>();
	const rule = sandbox.faults.add({ path, faults: [{ kind: 'hold', until: late.promise }] });
	const release = () => {
		rule.remove();
		late.resolve();
	};
	return { release, [Symbol.dispose]: release };
}

function isPlain(key: string): boolean {
	return /^customer_\d+$/.test(key) && key !== 'customer_123';
}

async function personOf(sandbox: Sandbox, key: string): Promise<Person> {
	const headers = { authorization: `Bearer ${sandbox.apiKey}` };
	const answer = await fetch(`${sandbox.baseUrl}/customers/${encodeURIComponent(key)}`, { headers });
	const { data } = (await answer.json()) as { data: { name?: string; surname?: string } };
	return { name: [data.name, data.surname].filter(Boolean).join(' '), transactions: sandbox.transactionCount(key) };
}
