// Builds the bundles in dist/. A dynamic `import()` of our own code in src/ is a border between two bundles: what stands behind it is
// loaded on first use (design rule "lazy by construction"), so `extension.js` holds registrations alone.
//
//   node esbuild.js               once, readable, with source maps
//   node esbuild.js --production  once, minified, without source maps
//   node esbuild.js --watch       again after every change
'use strict';
const { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const terser = require('terser');
const { shortOutline } = require('./test/vscode/outlines.ts');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const outdir = path.join(__dirname, 'dist');

/** Bundle name → entry file. The name is what `extension.js` requires at run time. */
const lazyBundles = {
	assistant: 'src/assistant/index.ts',
	client: 'src/partnero/index.ts',
	connect: 'src/connect/index.ts',
	customers: 'src/customers/store.ts',
	explorer: 'src/explorer/index.ts',
	lookup: 'src/lookup/index.ts',
	editor: 'src/editor/index.ts',
	panel: 'src/panel/index.ts',
	sandbox: 'src/sandbox/index.ts',
	windows: 'src/programs/otherWindows.ts',
};

/**
 * What most of the lazy bundles say to the user, so large that it stands once, in a bundle of its own that they require. Bundle name → file.
 * Nothing that is loaded at activation may import it.
 */
const sharedBundles = { wording: 'src/wording/errors.ts' };

/** Turns `import('…/partnero/index.ts')` into `require('./client.js')`; any other dynamic import is a mistake and fails the build. */
const lazyBundlePlugin = {
	name: 'lazy-bundles',
	setup(build) {
		const byFile = (bundles) => new Map(Object.entries(bundles).map(([name, file]) => [path.join(__dirname, file), name]));
		const lazy = byFile(lazyBundles);
		const shared = byFile(sharedBundles);
		build.onResolve({ filter: /^\./ }, (args) => {
			const file = path.resolve(args.resolveDir, args.path);
			if (args.kind !== 'dynamic-import') {
				return args.kind === 'import-statement' && shared.has(file) ? { path: `./${shared.get(file)}.js`, external: true } : undefined;
			}
			const name = lazy.get(file);
			return name === undefined
				? { errors: [{ text: `${args.path} is imported dynamically but is no bundle of esbuild.js` }] }
				: { path: `./${name}.js`, external: true };
		});
	},
};

/** The sample program needs no fault laboratory. */
const faultlessPlugin = {
	name: 'faultless',
	setup(build) {
		build.onResolve({ filter: /^\.\/faults\.ts$/ }, ({ resolveDir }) => ({ path: path.join(resolveDir, 'noFaults.ts') }));
	},
};

/** Throws where it is used. */
function leftOut(part, names = []) {
	const body = `constructor() { super(${JSON.stringify(`${part} is left out of this bundle`)}); throw this; }`;
	return `export default class LeftOut extends Error { ${body} }\n${names.map((name) => `export { LeftOut as ${name} };`).join('\n')}`;
}

/** The source with a body for that function which ends before its own begins. */
function withBody(source, head, body) {
	const [before, after, ...more] = source.split(`${head} {`);
	if (after === undefined || more.length > 0) {
		throw new Error(`${head} is no longer part of got: mend "unusedParts"`);
	}
	return `${before}${head} {\n${body}\n${after}`;
}

/**
 * Parts of got that the client does not need, and what stands in their place: they are a quarter of the whole package and of a
 * request's time. `npm test` runs the client's unit tests on the packed client too.
 *
 * Only options load its cache, HTTP/2, its DNS cache, its lists of pages and its promises (the client reads a stream), and none of them is set.
 * The others work at every request, for nobody: nothing listens to its diagnostics channels, its timings, or the events that it hands on, and
 * the client's own `request` looks at neither a user nor the path of a socket in an address.
 */
const unusedParts = {
	// The kinds that got tells apart. Its checks of its options stand in for types, which the client has.
	'@sindresorhus/is/distribution/index.js': () => `
		const isFunction = (value) => typeof value === 'function';
		const isObject = (value) => typeof value === 'object' ? value !== null : isFunction(value);
		const is = {
			array: Array.isArray,
			asyncIterable: (value) => isFunction(value?.[Symbol.asyncIterator]),
			boolean: (value) => typeof value === 'boolean',
			buffer: Buffer.isBuffer,
			function: isFunction,
			iterable: (value) => isFunction(value?.[Symbol.iterator]),
			nodeStream: (value) => isObject(value) && isFunction(value.pipe),
			nonEmptyString: (value) => typeof value === 'string' && value !== '',
			null: (value) => value === null,
			number: (value) => typeof value === 'number' && value === value,
			object: isObject,
			plainObject: (value) => isObject(value) && [null, Object.prototype].includes(Object.getPrototypeOf(value)),
			promise: (value) => isFunction(value?.then),
			string: (value) => typeof value === 'string',
			undefined: (value) => value === undefined,
			urlInstance: (value) => value instanceof URL,
		};
		export default is;
		export const isBuffer = is.buffer;
		const unchecked = () => {};
		const checks = ['any', 'boolean', 'function', 'number', 'object', 'plainObject', 'string', 'truthy', 'undefined'];
		export const assert = Object.fromEntries(checks.map((name) => [name, unchecked]));`,
	'cacheable-request/dist/index.js': (part) => leftOut(part, ['CacheError']),
	'got/dist/source/as-promise/index.js': (part) => leftOut(part),
	'got/dist/source/core/calculate-retry-delay.js': (part) => leftOut(part),
	// Of some forty options for Node, the client takes the headers alone.
	'got/dist/source/core/options.js': (_, source) =>
		withBody(source, 'createNativeRequestOptions()', 'return { headers: this.#internals.headers };'),
	'got/dist/source/core/parse-link-header.js': (part) => leftOut(part),
	'got/dist/source/core/utils/dns-cache.js': (part) => leftOut(part),
	'got/dist/source/core/utils/http2-client.js': (part) => leftOut(part),
	'got/dist/source/core/diagnostics-channel.js': () => {
		const names = ['RequestCreate', 'RequestStart', 'ResponseStart', 'ResponseEnd', 'Retry', 'Error', 'Redirect'];
		const silent = ['generateRequestId', ...names.map((name) => `publish${name}`)];
		return `const nothing = () => {};\n${silent.map((name) => `export { nothing as ${name} };`).join('\n')}`;
	},
	// The time of the whole request, which the client sets, is kept elsewhere.
	'got/dist/source/core/timed-out.js': () => `
		export class TimeoutError extends Error {
			constructor(milliseconds, event) { super(\`No \${event} within \${milliseconds} ms\`); this.event = event; }
		}
		export const isArmableTimerDelay = (milliseconds) => milliseconds < 2 ** 31;
		export default () => {};`,
	'got/dist/source/core/utils/is-unix-socket-url.js': () => 'export const getUnixSocketPath = () => {}; export default () => false;',
	'got/dist/source/core/utils/proxy-events.js': () => 'export default () => {};',
	'got/dist/source/core/utils/strip-url-auth.js': () => 'export default (url) => url.href;',
	'got/dist/source/core/utils/timer.js': () => 'export default () => {};',
};

const unusedPartsPlugin = {
	name: 'unused-parts',
	setup(build) {
		const met = new Set();
		build.onLoad({ filter: /node_modules/ }, ({ path: file }) => {
			const part = Object.keys(unusedParts).find((name) => file.endsWith(path.join('node_modules', name)));
			if (part === undefined) {
				return undefined;
			}
			met.add(part);
			return { contents: unusedParts[part](part, readFileSync(file, 'utf8')) };
		});
		build.onEnd(() => {
			const missed = Object.keys(unusedParts).filter((part) => !met.has(part));
			return { errors: missed.map((part) => ({ text: `${part} is no longer part of got: mend "unusedParts"` })) };
		});
	},
};

const shortKeysFile = 'src/wording/shortKeys.ts';

/**
 * One `require('vscode')` per bundle. By itself esbuild makes one for each of our files, and a copy of the whole interface with it, all of them
 * while the extension is activated. Its `l10n` is the one that finds the packed translations.
 */
const oneVsCodePlugin = {
	name: 'one-vscode',
	setup(build) {
		build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path: file }) => {
			const contents = readFileSync(file, 'utf8')
				.replace("import * as vscode from 'vscode';", "import vscode from 'one:vscode';")
				.replace("import { l10n } from 'vscode';", "import { l10n } from 'one:vscode';");
			return { contents, loader: 'ts' };
		});
		build.onResolve({ filter: /^vscode$/ }, ({ kind, importer }) =>
			kind === 'import-statement' ? { errors: [{ text: `${importer}: import * as vscode, or { l10n } alone` }] } : undefined,
		);
		build.onResolve({ filter: /^one:vscode$/ }, () => ({ path: 'vscode', namespace: 'one' }));
		build.onLoad({ filter: /.*/, namespace: 'one' }, () => ({
			contents: `
				import { withShortKeys } from ${JSON.stringify(`./${shortKeysFile}`)};
				const vscode = require('vscode');
				export const l10n = withShortKeys(vscode.l10n);
				export default Object.create(vscode, { l10n: { value: l10n } });`,
			resolveDir: __dirname,
		}));
	},
};

const outlinesPlugin = {
	name: 'outlines',
	setup(build) {
		build.onLoad({ filter: /[\\/]icons\.css$/ }, ({ path: file }) => ({
			contents: readFileSync(file, 'utf8').replace(/(path\([^"]*")([^"]+)/g, (_, before, outline) => before + shortOutline(outline)),
			loader: 'css',
		}));
	},
};

const shared = {
	bundle: true,
	outdir,
	minify: production,
	sourcemap: production ? false : 'linked',
	legalComments: 'none',
	metafile: true,
	logLevel: 'info',
};

const onNode = {
	...shared,
	platform: 'node',
	format: 'cjs',
	target: 'node22',
	external: ['vscode'],
	// Node has them, and written as literals they go where nobody uses them.
	supported: { 'dynamic-import': false, 'regexp-unicode-property-escapes': true },
	plugins: [oneVsCodePlugin, lazyBundlePlugin],
};

/** @type {import('esbuild').BuildOptions[]} */
const builds = [
	{
		...onNode,
		entryPoints: { extension: 'src/extension.ts' },
	},
	{
		...onNode,
		entryPoints: { ...lazyBundles, ...sharedBundles },
		plugins: [...onNode.plugins, faultlessPlugin, unusedPartsPlugin],
	},
	{
		...shared,
		entryPoints: { 'panel-app': 'src/panel/app/main.ts' },
		platform: 'browser',
		format: 'iife',
		target: 'chrome140',
		tsconfig: 'src/panel/app/tsconfig.json',
		plugins: [outlinesPlugin],
	},
];

/** Takes out what esbuild leaves in, which looks at each statement by itself: a twentieth of the package. Each file is a module or one function. */
async function press(file) {
	const { code } = await terser.minify(readFileSync(file, 'utf8'), { ecma: 2022, toplevel: true, compress: { ecma: 2022, passes: 2 } });
	writeFileSync(file, code);
}

/** The README as it is packed: without its pictures, which would be larger than the extension, and without what needs the sources. */
function packedReadme() {
	const readme = readFileSync(path.join(__dirname, 'README.md'), 'utf8');
	return readme.replace(/^!\[.*\]\(.*\)\n\n/gm, '').replace(/^## (?:Try it|How fast it is)\n(?:(?!## ).*\n)*/gm, '');
}

/**
 * The licences of what is bundled, as they ask for: of the packages in the bundles, and of the icons whose outlines are in the panel's styles.
 * Most have the same licence, so its text stands once, behind their copyright lines.
 */
function thirdPartyNotices(inputs) {
	const bundled = Object.keys(inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1]);
	const names = [...new Set([...bundled, '@vscode/codicons'])].filter((name) => name !== undefined).sort();
	let mit = '';
	const notices = names.map((name) => {
		const folder = path.join(__dirname, 'node_modules', name);
		const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
		const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(entry));
		const text = file === undefined ? '' : readFileSync(path.join(folder, file), 'utf8').trim();
		const title = `${name} ${version}, ${license}`;
		if (license === 'CC-BY-4.0') {
			return `${title}\nCopyright (c) Microsoft Corporation. https://creativecommons.org/licenses/by/4.0/`;
		}
		if (license !== 'MIT') {
			return `${title}\n${text}`;
		}
		mit ||= text.slice(Math.max(0, text.indexOf('Permission is hereby granted')));
		return [title, ...text.split('\n').filter((line) => /^copyright /i.test(line.trim()))].join('\n');
	});
	return `This extension contains the following software of others.\n\n${notices.join('\n\n')}\n\nThe MIT License\n\n${mit}\n`;
}

async function main() {
	rmSync(outdir, { recursive: true, force: true });
	mkdirSync(outdir, { recursive: true });
	if (watch) {
		const contexts = await Promise.all(builds.map((options) => esbuild.context(options)));
		await Promise.all(contexts.map((context) => context.watch()));
		return;
	}
	const results = await Promise.all(builds.map((options) => esbuild.build(options)));
	if (production) {
		await Promise.all(readdirSync(outdir).map((name) => (name.endsWith('.js') ? press(path.join(outdir, name)) : undefined)));
	}
	const inputs = Object.assign({}, ...results.map((result) => result.metafile.inputs));
	const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));
	// The size gates read this; it is not packed.
	writeFileSync(path.join(outdir, 'metafile.json'), JSON.stringify({ inputs, outputs }));
	writeFileSync(path.join(outdir, 'README.md'), packedReadme());
	writeFileSync(path.join(outdir, 'ThirdPartyNotices.txt'), thirdPartyNotices(inputs));
}

main().catch((error) => {
	// esbuild has told its own errors.
	if (error.errors === undefined) {
		process.stderr.write(`${error}\n`);
	}
	process.exit(1);
});
