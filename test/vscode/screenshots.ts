// Pictures of the packaged extension in a real VS Code, each scene in each kind of theme: `node test/vscode/screenshots.ts [SCENE…]`.
//
// They go to `test-results/screenshots`; those that README.md shows also to where it looks for them.
import { copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { startSandbox } from '../../src/sandbox/index.ts';
import { type Theme, themes, type Workbench } from '../e2e/pages/workbench.ts';
import { startSession } from '../e2e/session.ts';
import { projectRoot } from './cache.ts';

interface Scene {
	readonly name: string;
	/** Whether a program is connected in it. */
	readonly connected: boolean;
	/** Brings the window to what is to be seen, from a window without open editors. */
	readonly show: (workbench: Workbench) => Promise<void>;
}

const scenes: readonly Scene[] = [
	{
		name: 'welcome',
		connected: false,
		show: async (workbench) => {
			await workbench.treeView('Customers').open('Partnero');
			await workbench.page.getByRole('button', { name: 'Explore sample data', exact: true }).waitFor();
		},
	},
	{
		name: 'look-up',
		connected: true,
		show: async (workbench) => {
			await workbench.runCommand('Partnero: Look up customer');
			// Somebody who is not among the recent ones, so that the name is Partnero's answer.
			await workbench.quickInput.type('customer_currencies');
			await workbench.quickInput.row(/Mei-Ling Tan/).waitFor();
		},
	},
	{
		name: 'details',
		connected: true,
		show: async (workbench) => {
			await workbench.lookUp('customer_123');
			await workbench.webviewPanel('customer_123').content.getByText('transaction_252').first().waitFor();
			const customers = workbench.treeView('Customers');
			await customers.open('Partnero');
			await customers.expand('Alice Brown');
			await customers.pane.getByRole('treeitem', { level: 3 }).first().waitFor();
			await workbench.editor.leave();
		},
	},
	{
		name: 'hover',
		connected: true,
		show: async (workbench) => {
			await workbench.openFile('src/attribution.ts');
			const hover = await workbench.editor.hoverOver('customer_123');
			await hover.getByText('Alice Brown').first().waitFor();
		},
	},
	{
		name: 'not-a-customer',
		connected: true,
		show: async (workbench) => {
			await workbench.lookUp('customer_never_referred');
			await workbench.webviewPanel('customer_never_referred').content.getByText('is not a customer').first().waitFor();
			await workbench.editor.leave();
		},
	},
];

/** The largest picture in bytes: they are kept in the repository. */
const largestPicture = 300_000;
const folder = path.join(projectRoot, 'test-results/screenshots');

async function picture(workbench: Workbench, scene: Scene, theme: Theme): Promise<void> {
	const file = path.join(folder, `${scene.name}-${theme}.png`);
	await scene.show(workbench);
	await workbench.screenshot(file);
	const { size } = await stat(file);
	if (size > largestPicture) {
		throw new Error(`${file} has ${size} bytes, more than ${largestPicture}`);
	}
	process.stdout.write(`${path.relative(projectRoot, file)} (${Math.ceil(size / 1000)} kB)\n`);
	await workbench.page.keyboard.press('Escape');
	await workbench.editor.leave();
	await workbench.closeAllEditors();
}

/** Copies the pictures that README.md names, `media/readme/SCENE-THEME.png`, to where it looks for them. */
async function copyToReadme(): Promise<void> {
	const readme = await readFile(path.join(projectRoot, 'README.md'), 'utf8');
	for (const [file, name = ''] of readme.matchAll(/media\/readme\/([\w-]+\.png)/g)) {
		const source = path.join(folder, name);
		const made = await stat(source).catch(() => undefined);
		if (made !== undefined) {
			await mkdir(path.join(projectRoot, 'media/readme'), { recursive: true });
			await copyFile(source, path.join(projectRoot, file));
		}
	}
}

const names = process.argv.slice(2);
await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
await using sandbox = await startSandbox();
await using session = await startSession({ userSettings: { 'partnero.apiBaseUrl': sandbox.baseUrl } });
const { workbench } = session;
try {
	for (const connected of [false, true]) {
		if (connected) {
			await workbench.connectProgram(sandbox.apiKey);
			await workbench.clearNotifications();
		}
		const wanted = scenes.filter((scene) => scene.connected === connected && (names.length === 0 || names.includes(scene.name)));
		for (const theme of wanted.length === 0 ? [] : (Object.keys(themes) as Theme[])) {
			await workbench.switchTheme(theme);
			for (const scene of wanted) {
				await picture(workbench, scene, theme);
			}
		}
	}
} catch (error) {
	await session.saveEvidence(path.join(folder, 'failed'));
	throw error;
}
await copyToReadme();
