// Every text of the extension that a user can see: what the code hands to `l10n.t`, found in the syntax tree, and what package.nls.json holds.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { projectRoot } from '../vscode/cache.ts';

/** English text, or key of package.nls.json → the text in one language. */
export type Texts = Readonly<Record<string, string>>;

/** Languages that the extension is translated to, as VS Code names them. */
export const languages = ['de', 'fr', 'es', 'ja', 'zh-cn'] as const;

export interface SourceTexts {
	/** What stands in calls of `l10n.t`, each once, in the order of the files. */
	readonly messages: readonly string[];
	/** Places (`file:offset`) where something else than a plain string is handed to it, so that nobody could translate it. */
	readonly unreadable: readonly string[];
	/** Sentences in the code that pass by `l10n.t`, with their places. */
	readonly untranslated: readonly string[];
}

/** Rooms whose readers are no users: what a server answers a program, and what a language model is told. */
const speaksEnglish = /^(?:sandbox|assistant)\b/;

/** Reads all of src/. */
export function sourceTexts(): SourceTexts {
	const messages = new Set<string>();
	const unreadable: string[] = [];
	const untranslated: string[] = [];
	const folder = path.join(projectRoot, 'src');
	for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
		if (name.endsWith('.ts') && !name.endsWith('.d.ts')) {
			const found = textsOf(name, readFileSync(path.join(folder, name), 'utf8'));
			for (const message of found.messages) {
				messages.add(message);
			}
			unreadable.push(...found.unreadable);
			untranslated.push(...(speaksEnglish.test(name) ? [] : found.untranslated));
		}
	}
	return { messages: [...messages], unreadable, untranslated };
}

/** Calls whose strings no user reads, by the last part of their names. */
const unseen = /^(?:Error|TypeError|RangeError|SyntaxError|info|warn|error|debug|trace|log|logFailure)$/;
/** Two words with a blank between them, the first with a capital: a sentence or a label. */
const sentence = /^[A-Z][a-z]+(?: [\w"'{$-]+)+/;

/** The texts of one file. */
export function textsOf(name: string, source: string): SourceTexts {
	const messages: string[] = [];
	const unreadable: string[] = [];
	const untranslated: string[] = [];
	/** Starts of strings that are accounted for. */
	const known = new Set<number>();
	const place = (node: Node) => `${name}:${source.slice(0, node.start).split('\n').length}`;
	const { program, errors } = parseSync(name, source);
	if (errors.length > 0) {
		throw new Error(`${name} cannot be read: ${errors[0]?.message}`);
	}
	const know = (node: Node) => {
		known.add(node.start);
	};
	new Visitor({
		CallExpression({ callee, arguments: given }) {
			if (isTranslation(callee)) {
				const [first] = given;
				if (first?.type === 'Literal' && typeof first.value === 'string') {
					messages.push(first.value);
					know(first);
				} else {
					unreadable.push(place(callee));
				}
			} else if (unseen.test(lastName(callee))) {
				given.forEach(know);
			}
		},
		NewExpression({ callee, arguments: given }) {
			if (unseen.test(lastName(callee))) {
				given.forEach(know);
			}
		},
	}).visit(program);
	new Visitor({
		Literal(node) {
			if (typeof node.value === 'string' && !known.has(node.start) && sentence.test(node.value)) {
				untranslated.push(`${place(node)} ${node.value}`);
			}
		},
		TemplateLiteral(node) {
			const [head] = node.quasis;
			if (head !== undefined && !known.has(node.start) && sentence.test(head.value.raw)) {
				untranslated.push(`${place(node)} ${head.value.raw}`);
			}
		},
	}).visit(program);
	return { messages, unreadable, untranslated };
}

function isTranslation(callee: Node): boolean {
	return (
		callee.type === 'MemberExpression' &&
		callee.property.type === 'Identifier' &&
		callee.property.name === 't' &&
		lastName(callee.object) === 'l10n'
	);
}

function lastName(node: Node): string {
	if (node.type === 'Identifier') {
		return node.name;
	}
	return node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : '';
}

/** Texts of a file of the project; none where the file is missing. */
export function readTexts(file: string): Texts {
	try {
		return JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8')) as Texts;
	} catch (error) {
		if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') {
			return {};
		}
		throw error;
	}
}

/** Where the translations of the code's texts stand. */
export const bundleFile = (language: string): string => `l10n/bundle.l10n.${language}.json`;
/** Where the translations of the manifest's texts stand. */
export const manifestFile = (language: string): string => `package.nls.${language}.json`;
