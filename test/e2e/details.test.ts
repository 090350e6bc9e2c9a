/// <reference lib="dom" />
// The detail panel in a real window: over a reload, under attack, and leaving no trace.
import assert from 'node:assert/strict';
import path from 'node:path';
import { sampleKeys } from '../../src/sandbox/index.ts';
import { useSandbox, useSession } from './journey.ts';
import { filesBelow, readBrowserStorage } from './stored.ts';

describe('A support engineer with the details of a customer open', () => {
	const sandbox = useSandbox();
	const session = useSession(() => ({ userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));

	before(async function () {
		this.timeout(60_000);
		const { workbench } = session();
		await workbench.connectProgram(sandbox().apiKey);
		await workbench.programItem(sandbox().program.name).waitFor();
		await workbench.lookUp('customer_123');
		await workbench.webviewPanel('customer_123').content.getByText('transaction_252').first().waitFor();
	});

	it('has a panel that runs no script, loads no picture and sends no form but its own', async () => {
		const frame = await session().workbench.webviewPanel('customer_123').frame();
		const refused = await frame.evaluate(async () => {
			const violations: string[] = [];
			document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
			const script = document.createElement('script');
			script.textContent = 'window.hacked = true';
			const image = document.createElement('img');
			image.src = 'https://evil.example/p.png';
			const form = document.createElement('form');
			form.action = 'https://evil.example/';
			document.body.append(script, image, form);
			// What is called from here may evaluate whatever the policy says; what the page calls by itself may not.
			setTimeout('window.evaluated = true', 0);
			await fetch('https://evil.example/').catch(() => undefined);
			await new Promise((resolve) => setTimeout(resolve, 0));
			const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
			return { violations, evaluated: 'evaluated' in window, hacked: 'hacked' in window, policy };
		});
		assert.equal(refused.hacked, false);
		assert.equal(refused.evaluated, false);
		for (const directive of ['script-src-elem', 'img-src', 'connect-src']) {
			assert.ok(refused.violations.includes(directive), `${directive} among ${refused.violations.join()}`);
		}
		assert.match(refused.policy, /default-src 'none'/);
		assert.match(refused.policy, /form-action 'none'/);
		assert.doesNotMatch(refused.policy, /unsafe/);
	});

	it('sees a customer with a hostile name as text, and a click on it does nothing', async () => {
		const { workbench, page } = session();
		await workbench.lookUp(sampleKeys.hostileHtml);
		const panel = workbench.webviewPanel(sampleKeys.hostileHtml);
		const heading = panel.content.getByRole('heading', { level: 1 });
		await heading.filter({ hasText: '<img src=x onerror=alert(1)>' }).waitFor();
		await heading.click();
		assert.equal(await panel.content.locator('img, script[src*="evil"]').count(), 0);
		assert.equal(await page.locator('.monaco-dialog-box').count(), 0);
		await panel.close();
	});

	it('finds the panel again after the window was reloaded', async () => {
		const { workbench } = session();
		await workbench.webviewPanel('customer_123').waitUntilOpen();
		await workbench.reload();
		const panel = workbench.webviewPanel('customer_123');
		await panel.content.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
	}).timeout(150_000);

	it('leaves nothing of the customer but the key on disk and in the browser', async () => {
		const { server, page } = session();
		const traces = /alice\.brown|Alice Brown|transaction_252/;
		assert.doesNotMatch(await page.evaluate(readBrowserStorage), traces);
		for await (const [file, content] of filesBelow(path.join(server.dataFolder, 'data'))) {
			// VS Code keeps a copy of our own manifest there, whose walkthrough speaks of the sample customer.
			if (!file.includes('CachedProfilesData')) {
				assert.doesNotMatch(content, traces, file);
			}
		}
	});
});
