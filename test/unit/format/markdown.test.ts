// Text of others in Markdown stays text.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown, markdownCode } from '../../../src/format/markdown.ts';

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

describe('Text as code', () => {
	it('is one code span that reads as it was, whatever backticks, spaces and backslashes are in it', () => {
		const unit = fc.constantFrom('`', ' ', '\\', '*', '<b>', '](x)', 'a', '😀');
		fc.assert(
			fc.property(fc.string({ unit, minLength: 1 }).filter(isNotBlank), (text) => {
				assert.deepEqual(readCode(`before ${markdownCode(text)} after`), { text, rest: ' after' });
			}),
		);
	});
});

function isNotBlank(text: string): boolean {
	return text.trim() !== '';
}

/** The first code span of a text and what stands behind it, by CommonMark 6.1: it ends at the first run of as many backticks. */
function readCode(markdown: string): { readonly text: string; readonly rest: string } {
	const runs = [...markdown.matchAll(/`+/g)];
	const [open] = runs;
	const close = runs.find((run, index) => index > 0 && run[0].length === open?.[0].length);
	assert.ok(open !== undefined && close !== undefined, markdown);
	const inside = markdown.slice(open.index + open[0].length, close.index);
	const text = inside.startsWith(' ') && inside.endsWith(' ') && isNotBlank(inside) ? inside.slice(1, -1) : inside;
	return { text, rest: markdown.slice(close.index + close[0].length) };
}
