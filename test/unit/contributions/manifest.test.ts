// What package.json promises to users, held against itself: titles as the contract has them, nothing that leads nowhere, and no command in the
// palette that would have nothing to work on.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

interface Command {
	readonly command: string;
	readonly title: string;
	readonly category?: string;
	readonly icon?: string;
}

interface MenuItem {
	readonly command?: string;
	readonly when?: string;
	readonly group?: string;
}

interface WalkthroughStep {
	readonly id: string;
	readonly title: string;
	readonly description: string;
	readonly media: { readonly svg: string; readonly altText: string };
	readonly completionEvents: readonly string[];
}

interface Setting {
	readonly type: string;
	readonly default: unknown;
	readonly markdownDescription?: string;
	readonly scope?: string;
}

interface Manifest {
	readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
	readonly contributes: {
		readonly commands: readonly Command[];
		readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
		readonly keybindings?: readonly MenuItem[];
		readonly views: Readonly<Record<string, readonly { readonly id: string; readonly when?: string }[]>>;
		readonly viewsContainers: { readonly activitybar: readonly { readonly id: string }[] };
		readonly walkthroughs: readonly { readonly steps: readonly WalkthroughStep[] }[];
		readonly viewsWelcome: readonly { readonly view: string; readonly contents: string; readonly when?: string }[];
		readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
	};
}

const root = path.join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const text = read('package.json');
const manifest = JSON.parse(text) as Manifest;
const words = JSON.parse(read('package.nls.json')) as Readonly<Record<string, string>>;
const { commands, menus, keybindings = [], views, viewsContainers, viewsWelcome, walkthroughs, configuration } = manifest.contributes;
const menuItems = [...Object.values(menus).flat(), ...keybindings];

/** The titles are part of the product: documentation and users know them. */
const titles: Readonly<Record<string, string>> = {
	'partnero.lookUpCustomer': 'Look up customer',
	'partnero.lookUpCustomerAtCursor': 'Look up customer at cursor',
	'partnero.connectProgram': 'Connect a program',
	'partnero.switchProgram': 'Switch program',
	'partnero.replaceApiKey': 'Replace API key',
	'partnero.disconnectProgram': 'Disconnect a program',
	'partnero.exploreSampleData': 'Explore sample data',
	'partnero.refresh': 'Refresh',
	'partnero.openDetails': 'Open details',
	'partnero.openJson': 'Open as JSON',
	'partnero.copyKey': 'Copy key',
	'partnero.copyEmail': 'Copy e-mail',
	'partnero.copyAsCurl': 'Copy as cURL',
	'partnero.pin': 'Pin',
	'partnero.unpin': 'Unpin',
	'partnero.removeFromRecent': 'Remove from recent',
	'partnero.loadMore': 'Load more',
	'partnero.exportTransactions': 'Export transactions',
	'partnero.checkKeysInFile': 'Check customer keys in this file',
	'partnero.watchCustomer': 'Watch for new transactions',
	'partnero.filterCustomers': 'Filter customers',
	'partnero.showLog': 'Show log',
};

/** Commands that work on the node they are called from. */
const needNode = [
	'partnero.openDetails',
	'partnero.openJson',
	'partnero.copyKey',
	'partnero.copyEmail',
	'partnero.copyAsCurl',
	'partnero.pin',
	'partnero.unpin',
	'partnero.removeFromRecent',
	'partnero.loadMore',
	'partnero.exportTransactions',
];

/** What VS Code itself brings. */
const builtIn = /^workbench\./;

/** The text that a user reads where package.json has `%name%`. */
function worded(value: string | undefined): string {
	return (value ?? '').replace(/^%(.+)%$/, (_, name: string) => words[name] ?? '');
}

/** The commands that a Markdown text links to. */
function linkedCommands(markdown: string): string[] {
	return [...markdown.matchAll(/\(command:([\w.]+)[?)]/g)].map(([, id = '']) => id);
}

describe('package.json', () => {
	const ids = commands.map(({ command }) => command);

	it('gives every command the title and the category that users know it by', () => {
		for (const { command, title, category } of commands) {
			assert.equal(worded(title), titles[command], command);
			assert.equal(worded(category), 'Partnero', command);
		}
		assert.deepEqual(ids, [...new Set(ids)]);
	});

	it('has no command in the palette that would have nothing to work on', () => {
		const hidden = (menus.commandPalette ?? []).filter(({ when }) => when === 'false').map(({ command }) => command);
		assert.deepEqual(
			needNode.filter((id) => ids.includes(id) && !hidden.includes(id)),
			[],
		);
	});

	it('gives every command that needs a node a way by keyboard: the context menu of a row', () => {
		const onRows = new Set(menus['view/item/context']?.map(({ command }) => command));
		// "Load more" is a row itself, which Enter presses.
		assert.deepEqual(
			needNode.filter((id) => id !== 'partnero.loadMore' && !onRows.has(id)),
			[],
		);
		const inMenu = (menus['view/item/context'] ?? []).filter(({ group = '' }) => !group.startsWith('inline'));
		for (const { command } of menus['view/item/context'] ?? []) {
			assert.ok(
				inMenu.some((item) => item.command === command),
				`${command} is on the icons of rows alone`,
			);
		}
	});

	it('gives every command a way by keyboard: the palette, the context menu of a row, or a row that Enter presses', () => {
		const never = new Set((menus.commandPalette ?? []).filter(({ when }) => when === 'false').map(({ command }) => command));
		const onRows = (menus['view/item/context'] ?? []).filter(({ group = '' }) => !group.startsWith('inline')).map(({ command }) => command);
		const rows = [...read('src/explorer/items.ts').matchAll(/command: '(partnero\.\w+)'/g)].map(([, id]) => id);
		assert.ok(rows.includes('partnero.loadMore'));
		assert.deepEqual(
			ids.filter((id) => never.has(id) && !onRows.includes(id) && !rows.includes(id)),
			[],
		);
		// The palette takes only what would work where the user is: the rest of the time a row has it.
		const sometimes = (menus.commandPalette ?? []).filter(({ when = 'false' }) => when !== 'false' && when !== 'partnero.programs > 0');
		assert.deepEqual(
			sometimes.filter(({ command }) => !onRows.includes(command)).map(({ command }) => command),
			[],
		);
	});

	it('gives every command an icon that is shown as one', () => {
		const asIcons = Object.values(menus)
			.flat()
			.filter(({ group }) => /^(?:inline|navigation)/.test(group ?? ''));
		assert.ok(asIcons.length > 0);
		for (const { command } of asIcons) {
			assert.match(commands.find((known) => known.command === command)?.icon ?? '', /^\$\([a-z-]+\)$/, command);
		}
	});

	it('names only commands that exist, in menus, keys and links', () => {
		for (const { command = '' } of menuItems) {
			assert.ok(ids.includes(command), command);
		}
		// Links may lead to commands that stand in no menu and no palette.
		const answered = (id: string) => read('src/extension.ts').includes(`'${id}'`);
		for (const command of Object.values(words).flatMap(linkedCommands)) {
			assert.ok(answered(command) || builtIn.test(command), command);
		}
	});

	it('names only commands that something answers', () => {
		const source = read('src/extension.ts');
		for (const id of ids) {
			assert.ok(source.includes(`'${id}'`), id);
		}
	});

	it('names only views that exist', () => {
		const known = Object.values(views)
			.flat()
			.map(({ id }) => id);
		for (const { view } of viewsWelcome) {
			assert.ok(known.includes(view), view);
		}
		for (const { when = '' } of menuItems) {
			for (const [, view = ''] of when.matchAll(/\bview == ([\w.]+)/g)) {
				assert.ok(known.includes(view), view);
			}
			for (const [, pattern = ''] of when.matchAll(/\bview =~ \/(.+?)\/(?= |$)/g)) {
				assert.ok(
					known.some((id) => new RegExp(pattern).test(id)),
					pattern,
				);
			}
		}
		assert.deepEqual(
			Object.keys(views),
			viewsContainers.activitybar.map(({ id }) => id),
		);
	});

	it('has a walkthrough of four steps, each with a picture in the colours of the theme and an event that ticks it', () => {
		const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);
		assert.deepEqual(
			steps.map(({ id }) => id),
			['connect', 'lookUp', 'hover', 'programs'],
		);
		const source = read('src/connect/contextKeys.ts');
		for (const { id, title, description, media, completionEvents } of steps) {
			assert.ok(worded(title) !== '' && worded(description) !== '' && worded(media.altText) !== '', id);
			assert.ok(completionEvents.length > 0, id);
			for (const event of completionEvents) {
				const [, kind, name = ''] = /^(onCommand|onContext):([\w.]+)/.exec(event) ?? [];
				assert.ok(kind === 'onCommand' ? ids.includes(name) : source.includes(`'${name}'`), event);
			}
			const picture = read(media.svg);
			// VS Code draws it in a page that refuses `style`.
			assert.doesNotMatch(picture, /\bstyle=|<style|<script|href=/, id);
			for (const [, paint = ''] of picture.matchAll(/\b(?:fill|stroke)="([^"]+)"/g)) {
				assert.match(paint, /^(?:none|var\(--vscode-[a-zA-Z-]+, #[0-9a-f]{6}\))$/, `${id}: ${paint}`);
			}
		}
	});

	it('takes no command away from a program whose key is rejected or that cannot be reached', () => {
		for (const { command, when = '' } of menuItems) {
			assert.doesNotMatch(when, /partnero\.state/, command);
		}
	});

	it('uses every text that is written, and writes every text that is used', () => {
		const used = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map(([, name = '']) => name));
		assert.deepEqual([...used].sort(), Object.keys(words).sort());
		for (const [name, word] of Object.entries(words)) {
			assert.notEqual(word.trim(), '', name);
		}
	});

	it('describes every setting with its default, and what is counted in which unit', () => {
		for (const [name, { type, default: value, markdownDescription, scope }] of Object.entries(configuration.properties)) {
			const description = worded(markdownDescription);
			const shown = Array.isArray(value) && value.length === 0 ? 'none' : `\`${String(value)}\``;
			assert.ok(description.includes(`Default: ${shown}.`), `${name}: ${description}`);
			assert.ok(type !== 'number' || /^(?:Seconds|Milliseconds|Minutes|Number of)\b/.test(description), `${name}: ${description}`);
			assert.ok(scope !== undefined, name);
		}
	});

	it('lets no workspace decide what of customers is kept on disk, deleted from it, or given to assistants', () => {
		for (const name of ['partnero.history.enabled', 'partnero.history.size', 'partnero.languageModelTools.enabled']) {
			assert.equal(configuration.properties[name]?.scope, 'application', name);
		}
	});

	it('lets no workspace that is not trusted decide where a key goes or which pattern runs', () => {
		for (const name of ['partnero.apiBaseUrl', 'partnero.customerKeyPatterns']) {
			assert.ok(name in configuration.properties);
			assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name), name);
		}
	});
});
