// Labelled source files: what stands between ⟦ and ⟧ is a customer key, what stands between ⟪ and ⟫ only looks like one. See given/README.md.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCustomerKeys } from '../../src/recognition/index.ts';

export interface Span {
	readonly kind: 'key' | 'trap';
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

export interface LabelledFile {
	readonly set: LabelledSet;
	readonly name: string;
	readonly languageId: string;
	readonly code: string;
	readonly spans: readonly Span[];
}

export type LabelledSet = 'given' | 'own' | 'held-out';

const here = dirname(fileURLToPath(import.meta.url));

/** VS Code's language ids for the endings that occur; an ending that is not here opens as plain text there, too. */
const LANGUAGE_IDS: Readonly<Record<string, string>> = {
	'.js': 'javascript',
	'.mjs': 'javascript',
	'.cjs': 'javascript',
	'.jsx': 'javascriptreact',
	'.ts': 'typescript',
	'.tsx': 'typescriptreact',
	'.vue': 'vue',
	'.svelte': 'svelte',
	'.json': 'json',
	'.har': 'json',
	'.ipynb': 'json',
	'.jsonc': 'jsonc',
	'.py': 'python',
	'.php': 'php',
	'.rb': 'ruby',
	'.go': 'go',
	'.java': 'java',
	'.cs': 'csharp',
	'.kt': 'kotlin',
	'.rs': 'rust',
	'.sh': 'shellscript',
	'.zsh': 'shellscript',
	'.yaml': 'yaml',
	'.yml': 'yaml',
	'.env': 'dotenv',
	'.md': 'markdown',
	'.html': 'html',
	'.sql': 'sql',
	'.http': 'http',
	'.log': 'log',
	'.csv': 'csv',
	'.tsv': 'tsv',
	'.ex': 'elixir',
	'.exs': 'elixir',
	'.swift': 'swift',
	'.scala': 'scala',
	'.dart': 'dart',
	'.pl': 'perl',
	'.lua': 'lua',
	'.r': 'r',
	'.R': 'r',
	'.ps1': 'powershell',
	'.tf': 'terraform',
	'.graphql': 'graphql',
	'.xml': 'xml',
	'.toml': 'toml',
	'.ini': 'ini',
	'.properties': 'properties',
	'.clj': 'clojure',
	'.groovy': 'groovy',
	'.cpp': 'cpp',
	'.c': 'c',
	'.hs': 'haskell',
	'.erl': 'erlang',
	'.fs': 'fsharp',
	'.jl': 'julia',
	'.m': 'objective-c',
	'.vb': 'vb',
	'.txtpb': 'plaintext',
	'.txt': 'plaintext',
	'.diff': 'diff',
	'.bat': 'bat',
	'.mdx': 'mdx',
	'.erb': 'erb',
	'.twig': 'twig',
};

/** Strips the markers; spans are UTF-16 offsets into the code without them. */
export function unmark(marked: string): { readonly code: string; readonly spans: readonly Span[] } {
	let code = '';
	let open: { readonly kind: 'key' | 'trap'; readonly start: number } | undefined;
	const spans: Span[] = [];
	for (const char of marked) {
		if (char === '⟦' || char === '⟪') {
			open = { kind: char === '⟦' ? 'key' : 'trap', start: code.length };
		} else if (char === '⟧' || char === '⟫') {
			if (open !== undefined) {
				spans.push({ ...open, end: code.length, text: code.slice(open.start) });
			}
			open = undefined;
		} else {
			code += char;
		}
	}
	return { code, spans };
}

/** The language of a file by its name; `.sample` behind an ending keeps compilers and test runners off the file. */
export function languageIdOf(file: string): string {
	const name = file.replace(/\.sample$/, '');
	if (/dockerfile/i.test(name)) {
		return 'dockerfile';
	}
	if (/COMMIT_EDITMSG/.test(name)) {
		return 'git-commit';
	}
	return LANGUAGE_IDS[extname(name)] ?? LANGUAGE_IDS[`.${basename(name).split('.').pop() ?? ''}`] ?? 'plaintext';
}

/** The files of a set, in order. */
export function labelledFiles(set: LabelledSet): LabelledFile[] {
	const folder = join(here, set);
	return readdirSync(folder)
		.filter((name) => /^\d+-/.test(name))
		.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
		.map((name) => ({ set, name, languageId: languageIdOf(name), ...unmark(readFileSync(join(folder, name), 'utf8')) }));
}

export interface Score {
	readonly keys: number;
	readonly found: number;
	readonly right: number;
	readonly missed: readonly string[];
	readonly wrong: readonly string[];
}

/** What recognition makes of a file, with the misses as lines to read. */
export function scoreOf(file: LabelledFile, languageId = file.languageId): Score {
	const matches = findCustomerKeys(file.code, { languageId });
	const keys = file.spans.filter((span) => span.kind === 'key');
	const isKey = (start: number, end: number) => keys.some((key) => key.start === start && key.end === end);
	const right = matches.filter((match) => isKey(match.start, match.end));
	const where = (offset: number) => `${file.set}/${file.name}:${file.code.slice(0, offset).split('\n').length}`;
	return {
		keys: keys.length,
		found: matches.length,
		right: right.length,
		missed: keys
			.filter((key) => !right.some((match) => match.start === key.start))
			.map((key) => `missed  ${where(key.start)}  ${excerpt(file.code, key.start, key.end)}`),
		wrong: matches
			.filter((match) => !isKey(match.start, match.end))
			.map((match) => `wrong   ${where(match.start)}  ${excerpt(file.code, match.start, match.end)}  (${match.role})`),
	};
}

function excerpt(code: string, start: number, end: number): string {
	const before =
		code
			.slice(Math.max(0, start - 40), start)
			.split('\n')
			.pop() ?? '';
	const behind = code.slice(end, end + 20).split('\n')[0] ?? '';
	return `${before}»${code.slice(start, end)}«${behind}`.replace(/\r/g, '');
}

/** Sums of several scores, with recall and precision between 0 and 1; nothing to find and nothing found is perfect. */
export function total(scores: readonly Score[]): { keys: number; found: number; right: number; recall: number; precision: number } {
	const sum = (part: 'keys' | 'found' | 'right') => scores.reduce((all, score) => all + score[part], 0);
	const [keys, found, right] = [sum('keys'), sum('found'), sum('right')];
	return { keys, found, right, recall: keys === 0 ? 1 : right / keys, precision: found === 0 ? 1 : right / found };
}

/** What each set has to reach, in recall and in precision. */
export const THRESHOLDS: Readonly<Record<LabelledSet, number>> = { given: 0.98, own: 0.95, 'held-out': 0.95 };
