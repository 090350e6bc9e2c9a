// Settings as users write them: any JSON in any of them leaves the extension working, with the value that package.json promises.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type SettingName, Settings } from '../../../src/settings/settings.ts';
import { changeSetting, fakeSettings } from '../../fake-vscode/vscode.ts';

interface Manifest {
	readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> } };
	readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}

const manifest = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as Manifest;

/** How each setting is read, in the unit of package.json. The type makes this list complete. */
const readers: Readonly<Record<SettingName, (settings: Settings) => unknown>> = {
	apiBaseUrl: (settings) => settings.apiBaseUrl,
	'hover.enabled': (settings) => settings.hoverEnabled,
	'inlayHints.enabled': (settings) => settings.inlayHintsEnabled,
	'definitions.enabled': (settings) => settings.definitionsEnabled,
	customerKeyPatterns: (settings) => settings.customerKeyPatterns,
	'cache.ttlSeconds': (settings) => settings.timeToLive / 1000,
	requestTimeoutSeconds: (settings) => settings.requestTimeout / 1000,
	'history.enabled': (settings) => settings.historyEnabled,
	'history.size': (settings) => settings.historySize,
	'watch.notify': (settings) => settings.watchNotify,
	'languageModelTools.enabled': (settings) => settings.languageModelToolsEnabled,
};

describe('Settings', () => {
	let settings: Settings;

	beforeEach(() => {
		fakeSettings.clear();
		settings = new Settings();
	});
	afterEach(() => {
		settings.dispose();
		fakeSettings.clear();
	});

	for (const [name, read] of Object.entries(readers)) {
		const { default: promised } = manifest.contributes.configuration.properties[`partnero.${name}`] ?? {};

		it(`"${name}" is what package.json promises where the user has set nothing`, () => {
			assert.notEqual(promised, undefined);
			assert.deepEqual(read(settings), promised);
		});

		it(`"${name}" keeps its type and its bounds whatever JSON the user wrote`, () => {
			fc.assert(
				fc.property(fc.oneof(fc.jsonValue(), fc.double(), fc.constant(undefined)), (value) => {
					fakeSettings.set(`partnero.${name}`, value);
					const shown = read(settings);
					assert.equal(typeof shown, typeof promised);
					assert.equal(Array.isArray(shown), Array.isArray(promised));
					if (typeof shown === 'number') {
						assert.ok(Number.isFinite(shown) && shown >= 0 && shown <= 86_400, String(shown));
					}
					if (typeof value !== typeof promised) {
						assert.deepEqual(shown, promised, 'another type counts as not set');
					}
				}),
			);
		});
	}

	it('are read anew at every use, within their bounds', () => {
		changeSetting('partnero.cache.ttlSeconds', 0);
		assert.equal(settings.timeToLive, 0);
		changeSetting('partnero.cache.ttlSeconds', 1e9);
		assert.equal(settings.timeToLive, 86_400_000);
		changeSetting('partnero.requestTimeoutSeconds', -5);
		assert.equal(settings.requestTimeout, 1000);
		changeSetting('partnero.history.size', 7.9);
		assert.equal(settings.historySize, 7);
		changeSetting('partnero.customerKeyPatterns', ['cus_\\d+', 5, null, { evil: true }]);
		assert.deepEqual(settings.customerKeyPatterns, ['cus_\\d+']);
	});

	it('tell of their own changes alone, and which they are', () => {
		const changed: boolean[] = [];
		settings.onDidChange((is) => changed.push(is('apiBaseUrl'), is('hover.enabled')));
		changeSetting('editor.fontSize', 12);
		assert.deepEqual(changed, []);
		changeSetting('partnero.apiBaseUrl', 'https://other.example');
		assert.deepEqual(changed, [true, false]);
		settings.dispose();
		changeSetting('partnero.apiBaseUrl', 'https://third.example');
		assert.equal(changed.length, 2);
	});

	it('that decide where a secret goes or which pattern runs are out of a strange workspace’s hands', () => {
		const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
		assert.ok(restrictedConfigurations.includes('partnero.apiBaseUrl'));
		assert.ok(restrictedConfigurations.includes('partnero.customerKeyPatterns'));
	});
});
