// A browser lab for the detail panel: the built app in the document that the host makes, its content security policy included, with a
// stand-in for VS Code's API and the colours of VS Code 1.139's own themes.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { type PanelApp, panelDocument } from '../../src/panel/document.ts';
import type { ToApp, ToHost } from '../../src/panel/protocol.ts';
import type { Scenario } from './scenarios.ts';

const root = path.join(import.meta.dirname, '../..');
const origin = 'https://panel.test';

export const themes = ['light', 'dark', 'hc-light', 'hc-dark'] as const;
export type Theme = (typeof themes)[number];

const bodyClasses: Readonly<Record<Theme, string>> = {
	light: 'vscode-light',
	dark: 'vscode-dark',
	'hc-light': 'vscode-high-contrast vscode-high-contrast-light',
	'hc-dark': 'vscode-high-contrast',
};

const standIn = readFileSync(path.join(import.meta.dirname, 'stand-in.js'), 'utf8');
const tokens = JSON.parse(readFileSync(path.join(import.meta.dirname, 'themes.json'), 'utf8')) as Record<Theme, Record<string, string>>;

export type BuiltApp = PanelApp;

/** Bundles the app as esbuild.js does for a release. */
export async function buildApp(): Promise<BuiltApp> {
	const { outputFiles } = await build({
		entryPoints: { 'panel-app': path.join(root, 'src/panel/app/main.ts') },
		bundle: true,
		minify: true,
		write: false,
		platform: 'browser',
		format: 'iife',
		target: 'chrome140',
		tsconfig: path.join(root, 'src/panel/app/tsconfig.json'),
		outdir: '/',
	});
	const text = (name: string) => outputFiles.find((file) => file.path.endsWith(name))?.text ?? '';
	return { script: text('.js'), style: text('.css') };
}

export interface OpenPanel {
	readonly theme?: Theme;
	readonly width?: number;
	readonly height?: number;
	readonly scale?: number;
	readonly ui?: Readonly<Record<string, unknown>>;
	readonly direction?: 'rtl' | undefined;
	/** What the browser says of its machine; by default what it is. */
	readonly platform?: string;
	readonly reducedMotion?: boolean;
}

/** An open panel. */
export class PanelPage {
	readonly page: Page;
	/** Errors and console complaints of the page. */
	readonly complaints: string[] = [];

	constructor(page: Page) {
		this.page = page;
		page.on('pageerror', (error) => this.complaints.push(String(error)));
		page.on('console', (message) => {
			if (message.type() === 'error' || message.type() === 'warning') {
				this.complaints.push(message.text());
			}
		});
	}

	/** Sends messages as the host does, and waits until they are drawn. */
	async send(...messages: readonly ToApp[]): Promise<void> {
		await this.page.evaluate(`for (const message of ${JSON.stringify(messages)}) window.postMessage(message, '*');`);
		await this.settle();
	}

	/** Waits until what happened is drawn. */
	async settle(): Promise<void> {
		await this.page.evaluate('new Promise((done) => setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(done)), 0))');
	}

	/** Waits until an expression is true in the page. (Playwright's own waiting evaluates code in a way that the panel's policy refuses.) */
	async until(expression: string): Promise<void> {
		const deadline = Date.now() + 10_000;
		while (!(await this.page.evaluate<boolean>(`Boolean(${expression})`))) {
			if (Date.now() > deadline) {
				throw new Error(`It did not become true: ${expression}`);
			}
			await this.settle();
		}
	}

	/** Puts on another theme, as VS Code does without loading the webview anew. */
	async dress(theme: Theme): Promise<void> {
		await this.page.evaluate(`window.dress(${JSON.stringify({ tokens: tokens[theme], bodyClass: bodyClasses[theme] })})`);
		await this.page.emulateMedia({ colorScheme: theme.endsWith('dark') ? 'dark' : 'light' });
		await this.settle();
	}

	/** What the app said to the host. */
	async sent(): Promise<ToHost[]> {
		return this.page.evaluate('window.sentToHost');
	}

	/** What the app had VS Code keep. */
	async keptState(): Promise<unknown> {
		return this.page.evaluate('window.keptState');
	}

	/** What the content security policy refused. */
	async violations(): Promise<string[]> {
		return this.page.evaluate('window.violations');
	}
}

/** Opens an empty panel: the app is loaded and waits for the host. */
export async function openPanel(browser: Browser, app: BuiltApp, options: OpenPanel = {}): Promise<PanelPage> {
	const { theme = 'dark', width = 1100, height = 900, scale = 1, ui, direction, reducedMotion = false, platform } = options;
	const context = await browser.newContext({
		viewport: { width, height },
		deviceScaleFactor: scale,
		colorScheme: theme.endsWith('dark') ? 'dark' : 'light',
		reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
		timezoneId: 'Europe/Berlin',
		bypassCSP: false,
	});
	const page = await context.newPage();
	if (platform !== undefined) {
		await page.addInitScript({ content: `Object.defineProperty(navigator, 'platform', { value: ${JSON.stringify(platform)} })` });
	}
	const panel = new PanelPage(page);
	await serve(page, app);
	const lab = {
		state: ui === undefined ? undefined : { programId: 'p1', key: 'customer_123', ui },
		tokens: tokens[theme],
		bodyClass: bodyClasses[theme],
		direction,
	};
	await page.addInitScript({ content: `{ const lab = ${JSON.stringify(lab)};\n${standIn} }` });
	await page.goto(`${origin}/`);
	await panel.until('window.sentToHost.length > 0');
	return panel;
}

/** Opens a panel in one of its states. */
export async function openScenario(browser: Browser, app: BuiltApp, scenario: Scenario, options: OpenPanel = {}): Promise<PanelPage> {
	const panel = await openPanel(browser, app, {
		...(scenario.ui === undefined ? {} : { ui: scenario.ui }),
		direction: scenario.direction,
		...options,
	});
	await panel.send(...scenario.messages);
	return panel;
}

async function serve(page: Page, app: BuiltApp): Promise<void> {
	const html = panelDocument({ ...app, language: 'en', title: 'customer_123' });
	await page.route('**/*', async (route) => {
		const isDocument = new URL(route.request().url()).pathname === '/';
		await (isDocument ? route.fulfill({ contentType: 'text/html', body: html }) : route.abort());
	});
}
