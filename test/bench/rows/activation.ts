// Activation, as "Developer: Show Running Extensions" of the newest VS Code gives it, against an empty extension with the same activation
// events, both installed from packages, over reloads of one window.
import type { Page } from 'playwright-core';
import { retry } from '../../e2e/pages/retry.ts';
import type { Row } from '../bench.ts';
import { emptyExtensionName } from '../companions.ts';
import { figure, median } from '../figures.ts';

const reloads = 15;
const budget = 1.25;

/** Milliseconds by the name of the extension, as the view shows them. Undefined while one of them is still being activated. */
async function shownTimes(page: Page): Promise<Map<string, number>> {
	const rows = page.locator('.runtime-extensions-editor .extension');
	const texts = await rows.evaluateAll((elements) =>
		elements.map((element) => [
			element.querySelector('.name')?.textContent ?? '',
			element.querySelector('.activation-time')?.textContent ?? '',
		]),
	);
	return new Map(texts.map(([name = '', time = '']) => [name, Number(/(\d+)\s?ms/.exec(time)?.[1] ?? Number.NaN)]));
}

export const activation: Row = {
	name: 'activation',
	measure: async (bench) => {
		const window = await bench.window();
		const { page } = window;
		const ours: number[] = [];
		const empty: number[] = [];
		await window.reloadWithoutView();
		for (let count = 0; count < reloads; count += 1) {
			// The palette is opened when all is there: drawing it would take the processor from what is measured.
			await window.reload();
			await window.chooseCommand('Developer: Show Running Extensions');
			await page.keyboard.press('Enter');
			await retry(async () => {
				const times = await shownTimes(page);
				const [one = Number.NaN, other = Number.NaN] = [times.get('Partnero'), times.get(emptyExtensionName)];
				if (Number.isNaN(one + other)) {
					await page.waitForTimeout(100);
					throw new Error('Not all are activated yet');
				}
				ours.push(one);
				empty.push(other);
			});
			// VS Code shows it over the window, where the palette does not open, and would show it again after the reload.
			await retry(async () => {
				await page.keyboard.press('Escape');
				await page.locator('.runtime-extensions-editor').waitFor({ state: 'detached', timeout: 1_500 });
			});
		}
		return [
			figure({
				name: 'activation, against an empty extension',
				value: median(ours) / median(empty),
				unit: '×',
				budget,
				runs: ours.map((time, index) => time / (empty[index] ?? Number.NaN)),
				note: `medians: Partnero ${median(ours)} ms, empty ${median(empty)} ms`,
			}),
			figure({ name: 'activation, Partnero', unit: 'ms', runs: ours }),
			figure({ name: 'activation, empty extension', unit: 'ms', runs: empty }),
		];
	},
};
