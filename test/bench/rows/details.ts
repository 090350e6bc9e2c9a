// From Enter in "Look up customer" to the painted details, against an empty webview panel opened by the palette in the same window, one after
// the other in turn. The local Partnero's own time is taken off.
import type { Row } from '../bench.ts';
import { type Figure, figure, median } from '../figures.ts';
import type { BenchWindow } from '../window.ts';

const turns = 10;
/** Windows in which the details, or the empty panel, are the very first thing that is opened. */
const firsts = 3;
const budgets = { warm: 1.5, first: 2, open: 60 };

/** Milliseconds since Enter, the server's time taken off where it lies before. */
interface Phases {
	readonly request: number;
	readonly created: number;
	readonly app: number;
	readonly customer: number;
	readonly rows: number;
	readonly server: number;
}

async function closePanels({ workbench, page }: BenchWindow): Promise<void> {
	await workbench.closeAllEditors();
	await page.locator('iframe.webview').first().waitFor({ state: 'detached' });
}

async function openEmpty(window: BenchWindow): Promise<{ readonly created: number; readonly painted: number }> {
	await window.chooseCommand('Bench: Open Empty Panel');
	window.forget();
	await window.page.keyboard.press('Enter');
	const [enter, created, painted] = [await window.when('enter'), await window.when('created'), await window.when('empty')];
	return { created: created - enter, painted: painted - enter };
}

async function typeKey(window: BenchWindow, key: string): Promise<void> {
	const { workbench, page } = window;
	await workbench.runCommand('Partnero: Look up customer');
	await workbench.quickInput.box.locator('.quick-input-title').filter({ hasText: 'Look up customer' }).waitFor();
	await workbench.quickInput.type(key);
	await workbench.quickInput.item(key).waitFor();
	window.forget();
	await page.keyboard.press('Enter');
}

/** Looks a customer up who was never looked up before: what is typed is not asked for before Enter is pressed, which is at once. */
async function openDetails(window: BenchWindow, key: string): Promise<Phases> {
	await typeKey(window, key);
	const [enter, rows, customer] = [await window.when('enter'), await window.when('rows'), await window.when('customer')];
	const since = (time: number | undefined) => (time === undefined ? Number.NaN : time - enter);
	const server = window.serverTime(enter, customer);
	return {
		request: since(window.firstTime('asked')),
		created: since(window.firstTime('created')),
		app: since(window.firstTime('app')),
		customer: since(customer) - server,
		rows: since(rows) - window.serverTime(enter, rows),
		server,
	};
}

/** Looks the customer up whose details are in front: until the box is gone and the panel has the focus, and that is painted. */
async function openAgain(window: BenchWindow, key: string): Promise<number> {
	await typeKey(window, key);
	return (await window.when('focused')) - (await window.when('enter'));
}

function phasesOf(all: readonly Phases[]): string {
	const at = (name: keyof Phases) => Math.round(median(all.map((phases) => phases[name])));
	return `request out ${at('request')}, panel created ${at('created')}, app loaded ${at('app')}, customer painted ${at('customer')}, rows painted ${at('rows')} ms; server ${at('server')} ms taken off`;
}

async function veryFirst(window: BenchWindow, keys: Iterator<string>): Promise<readonly Figure[]> {
	const empty: number[] = [];
	const details: Phases[] = [];
	for (let count = 0; count < firsts; count += 1) {
		await window.reload();
		empty.push((await openEmpty(window)).painted);
		await closePanels(window);
		await window.reload();
		details.push(await openDetails(window, nextKey(keys)));
		await closePanels(window);
	}
	const times = details.map(({ customer }) => customer);
	return [
		figure({
			name: 'details, the very first ones of a window',
			value: median(times) / median(empty),
			unit: '×',
			budget: budgets.first,
			runs: times.map((time, index) => time / (empty[index] ?? Number.NaN)),
			note: `medians: details ${Math.round(median(times))} ms, empty panel ${Math.round(median(empty))} ms; ${phasesOf(details)}`,
		}),
	];
}

function nextKey(keys: Iterator<string>): string {
	const { value, done } = keys.next();
	if (done) {
		throw new Error('The local Partnero has too few customers');
	}
	return value;
}

/** Customers with transactions and an ordinary key. */
function* plainKeys({ sandbox }: BenchWindow): Generator<string> {
	for (const key of sandbox.customerKeys()) {
		if (/^customer_\d+$/.test(key) && sandbox.transactionCount(key) > 5) {
			yield key;
		}
	}
}

export const details: Row = {
	name: 'details',
	measure: async (bench) => {
		const window = await bench.window();
		const keys = plainKeys(window);
		const first = await veryFirst(window, keys);
		const empty: number[] = [];
		const emptyCreated: number[] = [];
		const opened: Phases[] = [];
		const again: number[] = [];
		for (let turn = 0; turn < turns; turn += 1) {
			const { created, painted } = await openEmpty(window);
			emptyCreated.push(created);
			empty.push(painted);
			await closePanels(window);
			const key = nextKey(keys);
			opened.push(await openDetails(window, key));
			again.push(await openAgain(window, key));
			await closePanels(window);
		}
		const times = opened.map(({ customer }) => customer);
		return [
			figure({
				name: 'details, Enter to painted panel, against an empty panel',
				value: median(times) / median(empty),
				unit: '×',
				budget: budgets.warm,
				runs: times.map((time, index) => time / (empty[index] ?? Number.NaN)),
				note: `medians: details ${Math.round(median(times))} ms, empty panel ${Math.round(median(empty))} ms, created ${Math.round(median(emptyCreated))}; ${phasesOf(opened)}`,
			}),
			...first,
			figure({ name: 'details, a panel that is already open', unit: 'ms', budget: budgets.open, runs: again }),
			figure({ name: 'details, Enter to painted panel', unit: 'ms', runs: times }),
			figure({ name: 'details, empty webview panel', unit: 'ms', runs: empty }),
		];
	},
};
