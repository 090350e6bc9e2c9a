// A life with the extension, in the oldest and the newest VS Code: installed from the package, updated to the next version, uninstalled.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { vsCodeVersions } from '../vscode/install.ts';
import { packOptions, stagePackage, vsceProgram } from '../vscode/pack.ts';
import { useSandbox, useSession } from './journey.ts';
import { retry } from './pages/retry.ts';
import { packagedExtension } from './session.ts';
import { filesBelow, readBrowserStorage } from './stored.ts';

const id = 'partnero-community.partnero';
const earlierVersion = '0.0.1';

/** Packs what was built as an earlier version. */
async function packEarlierVersion(folder: string): Promise<string> {
	const stage = await stagePackage();
	const manifest = path.join(stage, 'package.json');
	const content = JSON.parse(await readFile(manifest, 'utf8')) as Record<string, unknown>;
	await writeFile(manifest, JSON.stringify({ ...content, version: earlierVersion }));
	const vsix = path.join(folder, 'earlier.vsix');
	await promisify(execFile)(process.execPath, [vsceProgram, 'package', ...packOptions, '--out', vsix], { cwd: stage });
	return vsix;
}

for (const version of vsCodeVersions) {
	describe(`A user of VS Code ${version}`, () => {
		let folder: string;
		let earlier: string;
		before(async () => {
			folder = await mkdtemp(path.join(tmpdir(), 'partnero-earlier-'));
			earlier = await packEarlierVersion(folder);
		});
		after(() => rm(folder, { recursive: true, force: true }));
		const sandbox = useSandbox({ programName: 'ACME' });
		const session = useSession(() => ({ version, extension: earlier, userSettings: { 'partnero.apiBaseUrl': sandbox().baseUrl } }));
		const versions = () => new Set(sandbox().requests.entries.map(({ headers }) => headers['user-agent']));
		let current: string;
		before(async () => {
			const { version: now } = JSON.parse(await readFile(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
				version: string;
			};
			current = now;
		});

		it('installs the package and works with it', async () => {
			const { workbench } = session();
			await workbench.treeView('Customers').open('Partnero');
			await workbench.connectProgram(sandbox().apiKey);
			await workbench.programItem('ACME').waitFor();
			await workbench.lookUp('customer_123');
			await workbench.treeView('Customers').pickFromContextMenu('Alice Brown', 'Pin');
			await workbench.treeView('Customers').row('Pinned').waitFor();
			assert.deepEqual(versions(), new Set([`partnero-vscode/${earlierVersion}`]));
		});

		it('updates it, and has the program, its API key and the pinned customer as before', async () => {
			const { workbench, page, server } = session();
			await workbench.closeAllEditors();
			// VS Code in a browser writes its state a moment after it changed.
			await retry(async () => {
				const stored = await page.evaluate(readBrowserStorage);
				assert.match(stored, /pinned[^\]]+customer_123/);
				assert.match(stored, /ACME/);
			}, 60_000);
			await server.install(await packagedExtension());
			sandbox().requests.clear();
			await workbench.reload();
			await workbench.programItem('ACME').waitFor();
			const customers = workbench.treeView('Customers');
			await customers.open('Partnero');
			await customers.row('Pinned').waitFor();
			// By its key, or by the name where a panel that came back has asked for it.
			await customers.pane.getByRole('treeitem').filter({ hasText: 'customer_123' }).waitFor();
			await workbench.lookUp('customer_123');
			await workbench.webviewPanel('customer_123').content.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
			assert.deepEqual(versions(), new Set([`partnero-vscode/${current}`]));
		});

		it('uninstalls it, and nothing of it is left in the window, nor any API key or customer on the disk', async () => {
			const { workbench, page, server } = session();
			await workbench.closeAllEditors();
			await server.uninstall(id);
			await workbench.reload();
			await page
				.locator('.activitybar')
				.getByRole('tab', { name: /^Explorer/ })
				.waitFor();
			assert.deepEqual(
				(await workbench.commandsFor('Partnero:')).filter((title) => title.startsWith('Partnero:')),
				[],
			);
			// VS Code shows the view container from its memory until it knows all extensions.
			await page
				.locator('.activitybar')
				.getByRole('tab', { name: /^Partnero/ })
				.waitFor({ state: 'detached' });
			const listed = JSON.parse(await readFile(path.join(server.dataFolder, 'extensions/extensions.json'), 'utf8')) as {
				readonly identifier: { readonly id: string };
			}[];
			assert.deepEqual(
				listed.filter(({ identifier }) => identifier.id === id),
				[],
			);
			// VS Code removes the extension's own files some time later; a picture of theirs shows the sample's Alice Brown.
			const ownFiles = path.join(server.dataFolder, 'extensions', id);
			for await (const [file, text] of filesBelow(server.dataFolder)) {
				if (file.startsWith(ownFiles)) {
					continue;
				}
				assert.ok(!text.includes(sandbox().apiKey), file);
				assert.ok(!text.includes('alice.brown@partnero.com'), file);
			}
		});
	});
}
