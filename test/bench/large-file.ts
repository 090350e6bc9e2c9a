// A large source file, as somebody may have open: the lines of our own sources, with code for Partnero in between.
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../vscode/cache.ts';

/** So many lines of TypeScript, every so-manieth of them with a customer key. */
export function largeFile(lines: number, every: number): string {
	const files = globSync('src/**/*.ts', { cwd: projectRoot }).toSorted();
	const pool = files.flatMap((file) => readFileSync(path.join(projectRoot, file), 'utf8').split('\n'));
	const line = (number: number) =>
		number % every === every - 1
			? `\tawait partnero.transactions.create({ customer: { key: 'user_${(number - every + 1) / every}' }, amount: 49 });`
			: (pool[number % pool.length] ?? '');
	return Array.from({ length: lines }, (_, number) => line(number)).join('\n');
}
