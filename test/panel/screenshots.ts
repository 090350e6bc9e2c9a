// Pictures of the detail panel in every state and theme:
// `node --import ./test/fake-vscode/register.ts test/panel/screenshots.ts [folder] [state or state:theme …]`.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../vscode/browser.ts';
import { buildApp, type OpenPanel, openScenario, themes } from './lab.ts';
import { scenarios } from './scenarios.ts';

const [folder = path.join(import.meta.dirname, '../../dist-test/panel'), ...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const wide = themes.map((theme): OpenPanel & { readonly suffix: string } => ({ theme, suffix: theme }));
const views = [
	...wide,
	{ theme: 'dark' as const, width: 320, height: 800, suffix: 'narrow' },
	{ theme: 'light' as const, width: 640, height: 480, suffix: 'zoomed' },
];

const browser = await launchBrowser();
const app = await buildApp();
for (const scenario of scenarios.filter(({ name }) => names.length === 0 || names.some((wanted) => name === wanted.split(':')[0]))) {
	const wanted = names
		.filter((name) => name.startsWith(`${scenario.name}:`))
		.flatMap((name) => name.slice(scenario.name.length + 1).split(','));
	for (const { suffix, ...options } of views.filter((view) => wanted.length === 0 || wanted.includes(view.suffix))) {
		const panel = await openScenario(browser, app, scenario, options);
		await panel.page.screenshot({ path: path.join(folder, `${scenario.name}-${suffix}.png`) });
		await panel.page.context().close();
	}
}
await browser.close();
