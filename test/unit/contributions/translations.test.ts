// Every text of the extension can be read in each of its languages, says the same there, and leads to the same places.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { withShortKeys } from '../../../src/wording/shortKeys.ts';
import { pseudoText } from '../../l10n/pseudo.ts';
import { bundleFile, languages, manifestFile, readTexts, sourceTexts, type Texts, textsOf } from '../../l10n/source.ts';
import { projectRoot } from '../../vscode/cache.ts';
import { underShortKeys } from '../../vscode/pack.ts';

const source = sourceTexts();
const english = readTexts('package.nls.json');
const own: Texts = Object.fromEntries(source.messages.map((message) => [message, message]));

/** What a translation has to keep: placeholders, where links lead, code, icons. */
function fixedParts(text: string): readonly string[] {
	return [...text.matchAll(/\{\w+\}|\]\([^)]*\)|`+[^`]+`+|"(?:partnero|http)\.[\w.]+"|\$\([\w~-]+\)|https?:\/\/[\w./-]*\w/g)]
		.map(([part]) => part)
		.sort();
}

function difference(texts: Texts, translated: Texts): { missing: string[]; left: string[] } {
	return {
		missing: Object.keys(texts).filter((key) => translated[key] === undefined),
		left: Object.keys(translated).filter((key) => texts[key] === undefined),
	};
}

/** Titles of our commands, in English and in the other language. */
function commandTitles(translated: Texts): readonly (readonly [string, string])[] {
	return Object.entries(english)
		.filter(([key]) => key.startsWith('command.'))
		.map(([key, title]) => [title, translated[key] ?? ''] as const);
}

describe('Texts of the code', () => {
	it('all pass through l10n.t, each as a plain string', () => {
		assert.deepEqual(source.unreadable, []);
		assert.deepEqual(source.untranslated, []);
	});

	it('are found where somebody forgets to translate one', () => {
		const { messages, unreadable, untranslated } = textsOf(
			'view.ts',
			`item.label = 'Look up customer'; item.tooltip = \`Sales of \${name}\`; l10n.t(text); vscode.l10n.t('One {0}', 1); throw new Error('Not for users');`,
		);
		assert.deepEqual(messages, ['One {0}']);
		assert.equal(unreadable.length, 1);
		assert.equal(untranslated.length, 2);
	});
});

describe('Short keys of the packed translations', () => {
	const translated = (bundle: Texts | undefined) =>
		withShortKeys({ bundle, t: (message: string, ...values: unknown[]) => `${message}|${values.join('|')}` } as never);

	it('find the translation of a text, and leave it in English where there is none', () => {
		assert.equal(translated(underShortKeys({ 'Key {0}': 'Schlüssel {0}' })).t('Key {0}', 7), 'Schlüssel {0}|7');
		assert.equal(translated(underShortKeys({})).t('Key {0}', 7), 'Key {0}|7');
		assert.equal(translated(undefined).t('Key {0}', 7), 'Key {0}|7');
	});

	it('are different for different texts', () => {
		assert.equal(Object.keys(underShortKeys(own)).length, source.messages.length);
	});
});

describe('The pseudo language', () => {
	it('leaves alone what VS Code reads', () => {
		assert.equal(pseudoText('Key {0} of `code`, [open](command:a.b)'), '⟦Këy {0} øf `code`, [øpën](command:a.b)⟧');
		assert.equal(pseudoText('[Open](command:a.b)'), '[⟦Øpën⟧](command:a.b)');
	});
});

it('There is no translation beside those of the languages that we say we have', () => {
	const files = [...readdirSync(path.join(projectRoot, 'l10n')).map((name) => `l10n/${name}`), ...readdirSync(projectRoot)];
	const bundles = files.filter((name) => name.startsWith('l10n/') || /^package\.nls\..+\.json$/.test(name)).sort();
	assert.deepEqual(bundles, languages.flatMap((language) => [bundleFile(language), manifestFile(language)]).sort());
});

for (const language of languages) {
	describe(`Texts in ${language}`, () => {
		const translations = [
			{ file: bundleFile(language), texts: own, translated: readTexts(bundleFile(language)) },
			{ file: manifestFile(language), texts: english, translated: readTexts(manifestFile(language)) },
		];
		const titles = commandTitles(readTexts(manifestFile(language)));

		for (const { file, texts, translated } of translations) {
			it(`are all in ${file}, and no others`, () => {
				assert.deepEqual(difference(texts, translated), { missing: [], left: [] });
			});

			it(`keep in ${file} what is filled in, linked, or typed by the user`, () => {
				for (const [key, text] of Object.entries(texts)) {
					assert.deepEqual(fixedParts(translated[key] ?? ''), fixedParts(text), text);
				}
			});

			it(`are in ${file} neither empty nor padded, and have no control characters`, () => {
				for (const [key, text] of Object.entries(translated)) {
					assert.match(text, /^\S(?:[^\p{Cc}]|\n)*$/u, key);
					assert.equal(text, text.trim(), key);
				}
			});

			it(`name in ${file} each command as the palette does`, () => {
				for (const [key, text] of Object.entries(texts)) {
					for (const [title, translatedTitle] of titles) {
						if (text.includes(`Partnero: ${title}"`)) {
							assert.ok(translated[key]?.includes(`Partnero: ${translatedTitle}`), `${key}: ${translatedTitle}`);
						}
					}
				}
			});
		}
	});
}
