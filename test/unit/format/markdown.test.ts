// Text of others in Markdown stays text.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown } from '../../../src/format/markdown.ts';

/** What a CommonMark reader makes of backslash escapes (CommonMark 2.4): the character itself. */
function read(markdown: string): string {
	return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1');
}

describe('Escaped text', () => {
	it('leaves no character that Markdown, its GitHub extensions, HTML or VS Code’s icons begin with', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (text) => {
				const escaped = escapeMarkdown(text);
				assert.doesNotMatch(escaped.replace(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
				assert.equal(read(escaped), text, 'and reads as it was');
			}),
		);
	});

	it('shows links, autolinks, icons, tables, entities and code as they were typed', () => {
		const examples = {
			'[x](command:workbench.action.quit)': '\\[x\\]\\(command\\:workbench\\.action\\.quit\\)',
			'www.evil.example': 'www\\.evil\\.example',
			'a@b.example': 'a\\@b\\.example',
			'$(alert)': '\\$\\(alert\\)',
			'&#x41;': '\\&\\#x41\\;',
			'a|b': 'a\\|b',
			'`x`': '\\`x\\`',
			'\\*': '\\\\\\*',
			'Zoë O’Neil 李 😀': 'Zoë O’Neil 李 😀',
		};
		for (const [text, escaped] of Object.entries(examples)) {
			assert.equal(escapeMarkdown(text), escaped);
		}
	});
});
