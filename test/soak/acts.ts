// What the user of a soak does, and what the network does to them meanwhile.
import path from 'node:path';
import { type Fault, type Sandbox, sampleKeys } from '../../src/sandbox/index.ts';
import type { Session } from '../e2e/session.ts';
import type { Chance } from './chance.ts';
import type { Relay } from './relay.ts';

export interface Scene {
	readonly session: Session;
	readonly sandbox: Sandbox;
	readonly relay: Relay;
	readonly chance: Chance;
	/** Keys that are looked up again and again. */
	readonly keys: readonly string[];
	/** Names of the connected programs. */
	readonly programs: readonly string[];
}

/** Something that a user does. It waits for what a user would wait for, and may fail where a fault is in the way. */
export interface Act {
	readonly name: string;
	/** How often, beside the others. */
	readonly weight: number;
	readonly run: (scene: Scene) => Promise<void>;
}

const source = 'src/attribution.ts';
/** Editors that are left open at the most. */
const mostEditors = 5;

export const acts: readonly Act[] = [
	{ name: 'look up', weight: 6, run: ({ session, chance, keys }) => session.workbench.lookUp(chance.oneOf(keys)) },
	{
		name: 'look nobody up',
		weight: 2,
		// Each of them is another one: what is remembered of them must not grow for ever.
		run: ({ session, chance }) => session.workbench.lookUp(`nobody_${Math.floor(chance.next() * 1e9)}`),
	},
	{
		name: 'give a look-up up',
		weight: 4,
		run: async ({ session: { workbench }, chance, keys }) => {
			await workbench.runCommand('Partnero: Look up customer');
			await workbench.quickInput.type(chance.oneOf(keys));
			await workbench.quickInput.cancel();
		},
	},
	{
		name: 'refresh a panel',
		weight: 3,
		run: async ({ session: { workbench }, chance, keys }) => {
			const key = chance.oneOf(keys);
			await workbench.lookUp(key);
			await workbench.webviewPanel(key).content.getByRole('button', { name: 'Refresh' }).click();
		},
	},
	{ name: 'close an editor', weight: 3, run: ({ session }) => session.workbench.closeEditor() },
	{ name: 'unfold the tree', weight: 5, run: unfoldTree },
	{ name: 'refresh the tree', weight: 2, run: ({ session }) => session.workbench.runCommand('Partnero: Refresh') },
	{
		name: 'hover',
		weight: 4,
		run: async ({ session: { workbench } }) => {
			await workbench.openFile(source);
			await workbench.editor.hoverOver('customer_123');
			await workbench.editor.leave();
		},
	},
	{
		name: 'go to the JSON',
		weight: 2,
		run: async ({ session: { workbench, page } }) => {
			await workbench.openFile(source);
			await workbench.editor.putCursorInto('customer_123');
			await page.keyboard.press('F12');
			await page
				.locator('.tabs-container .tab')
				.filter({ hasText: /^customer_123\.json/ })
				.first()
				.waitFor();
		},
	},
	{
		name: 'check the keys of a file',
		weight: 2,
		run: async ({ session: { workbench } }) => {
			await workbench.openFile(source);
			await workbench.runCommand('Partnero: Check customer keys in this file');
		},
	},
	{
		name: 'switch the program',
		weight: 2,
		run: ({ session, chance, programs }) => session.workbench.switchProgram(chance.oneOf(programs)),
	},
	{ name: 'export', weight: 2, run: exportTransactions },
	{ name: 'watch', weight: 2, run: watch },
];

async function unfoldTree({ session: { workbench }, chance }: Scene): Promise<void> {
	const customers = workbench.treeView('Customers');
	await customers.open('Partnero');
	const rows = customers.pane.locator('[role=treeitem][aria-expanded]');
	await rows.first().waitFor();
	await rows
		.nth(Math.floor(chance.next() * (await rows.count())))
		.locator('.monaco-tl-twistie')
		.click();
}

async function exportTransactions({ session, chance, keys }: Scene): Promise<void> {
	const { workbench, page, workspace } = session;
	const key = chance.oneOf(keys);
	await workbench.lookUp(key);
	await workbench.webviewPanel(key).content.getByRole('button', { name: 'Export transactions' }).click();
	await workbench.quickInput.waitUntilOpen();
	await page.waitForFunction("document.querySelector('.quick-input-filter input')?.value.endsWith('-transactions.csv')");
	await workbench.quickInput.type(path.join(workspace, `${Math.floor(chance.next() * 1e9)}.csv`));
	await workbench.quickInput.accept();
	await workbench.notification(/exported/).waitFor();
	await workbench.clearNotifications();
}

/** Watches a customer until a transaction of theirs has arrived, or not; closing the panel ends the watch as well. */
async function watch({ session, sandbox, chance }: Scene): Promise<void> {
	const { workbench } = session;
	const key = 'customer_123';
	await workbench.lookUp(key);
	await workbench.runCommand('Partnero: Watch for new transactions');
	sandbox.addTransaction(key);
	if (chance.next() < 0.5) {
		await workbench.runCommand('Partnero: Watch for new transactions');
	}
}

/** One act, chosen by the weights. */
export function chooseAct(chance: Chance): Act {
	return chance.oneOf(acts.flatMap((act) => Array<Act>(act.weight).fill(act)));
}

/** What the network and the server do for a while; the most often nothing. */
const weathers: readonly (readonly Fault[])[] = [
	[],
	[],
	[],
	[{ kind: 'delay-headers', ms: 400 }],
	[{ kind: 'status', status: 500 }],
	[{ kind: 'status', status: 403 }],
	[{ kind: 'status', status: 503, headers: { 'retry-after': '1' } }],
	[{ kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
	[{ kind: 'reset', atByte: 40 }],
	[{ kind: 'truncate', bytes: 30 }],
	[{ kind: 'stall', afterBytes: 20 }],
	[{ kind: 'drip', bytes: 4000, ms: 20 }],
	[{ kind: 'html' }],
	[{ kind: 'truncated-json' }],
	[{ kind: 'wrong-types', as: 'object' }],
	[{ kind: 'oversize' }],
	[{ kind: 'close-connection' }],
	[{ kind: 'next-link', to: 'self' }],
	[{ kind: 'shift-pages', by: 1 }],
];

/** Another weather: the faults that from now on meet some of the requests. */
export function changeWeather({ sandbox, relay, chance }: Scene): void {
	sandbox.faults.clear();
	const faults = chance.oneOf(weathers);
	if (faults.length > 0) {
		sandbox.faults.add({ when: chance.oneOf([{ every: 1 }, { every: 2 }, { every: 3 }]), faults });
	}
	if (chance.next() < 0.2) {
		relay.cut();
	}
}

/** Closes editors where they are too many, as people do. */
export async function tidyUp({ session: { workbench, page } }: Scene): Promise<void> {
	if ((await page.locator('.tabs-container .tab').count()) > mostEditors) {
		await workbench.closeAllEditors();
	}
}

/** Takes away what an act that did not come to its end left in the way. */
export async function clearTheWay({ session: { page } }: Scene): Promise<void> {
	await page.mouse.move(0, 0);
	for (let times = 0; times < 3; times++) {
		await page.keyboard.press('Escape');
	}
}

/** Nothing is open and nothing under way: what is compared from minute to minute. */
export async function rest(scene: Scene): Promise<void> {
	const { session, sandbox } = scene;
	sandbox.faults.clear();
	await clearTheWay(scene);
	if ((await session.page.locator('.tabs-container .tab').count()) > 0) {
		await session.workbench.closeAllEditors();
	}
	await session.workbench.runCommand('Notifications: Clear All Notifications');
	await sandbox.requests.until(({ inFlight }) => inFlight === 0);
}

/** Customers with few and with many transactions, markdown and long names. */
export function soakKeys(sandbox: Sandbox): readonly string[] {
	const ordinary = [...sandbox.customerKeys()].filter((key) => /^[\w-]+$/.test(key) && !Object.values<string>(sampleKeys).includes(key));
	return ['customer_123', 'customer_hostile_markdown', ...ordinary.slice(0, 12)];
}
