// The table of faults in CONTRIBUTING.md: made by the run that proved them, and compared with what stands there.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SeenRow } from './laboratory.ts';

const file = path.resolve(import.meta.dirname, '../../../CONTRIBUTING.md');
const start = '<!-- faults: written by "npm run faults" -->';
const end = '<!-- end of faults -->';

export interface SeenArea {
	readonly title: string;
	readonly seen: readonly SeenRow[];
}

/** The tables, one for each area. */
export function faultTables(areas: readonly SeenArea[]): string {
	return areas.map(({ title, seen }) => [`#### ${title}`, '', ...head, ...merged(seen).map(line), ''].join('\n')).join('\n');
}

/** Faults that look the same to the user, but for the number of the status, share a line. */
function merged(rows: readonly SeenRow[]): readonly SeenRow[] {
	const alike = Map.groupBy(rows, ({ fault, sees, sent, stays }) => JSON.stringify([sees.replace(`(${fault})`, '(…)'), sent, stays]));
	return [...alike.values()].flatMap(([first, ...others]) => {
		if (first === undefined || others.length === 0) {
			return first ?? [];
		}
		const fault = [first, ...others].map((row) => row.fault).join('; ');
		return { ...first, fault, sees: first.sees.replace(`(${first.fault})`, '(…)') };
	});
}

const head = ['| Fault | What the user sees | Sent | What stays |', '| --- | --- | --- | --- |'] as const;

function line({ fault, sees, sent, stays }: SeenRow): string {
	return `| ${[fault, sees, sent, stays].map(cell).join(' | ')} |`;
}

function cell(text: string): string {
	const short = text.replace(/(.)\1{30,}/g, '$1$1$1…');
	return short.replaceAll('\u200b', '').replace(/[|[\]<>*_\\$]/g, (character) => (short.includes('`') ? character : `\\${character}`));
}

function parts(): { readonly text: string; readonly from: number; readonly to: number } {
	const text = readFileSync(file, 'utf8');
	return { text, from: text.indexOf(start) + start.length, to: text.indexOf(end) };
}

/** What stands between the two markers. */
export function writtenTables(): string {
	const { text, from, to } = parts();
	return text.slice(from, to).replaceAll('\r\n', '\n').trim();
}

export function writeTables(tables: string): void {
	const { text, from, to } = parts();
	writeFileSync(file, `${text.slice(0, from)}\n\n${tables.trim()}\n\n${text.slice(to)}`);
}
