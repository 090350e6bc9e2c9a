// A large source file, as somebody may have open: the lines of installed packages, with code for Partnero in between.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** So many lines of TypeScript, every so-manieth of them with a customer key. */
export function largeFile(lines: number, every: number): string {
	const pool = ['fast-check', 'esbuild'].flatMap((name) => readFileSync(resolve(name), 'utf8').split('\n'));
	const line = (number: number) =>
		number % every === every - 1
			? `\tawait partnero.transactions.create({ customer: { key: 'user_${(number - every + 1) / every}' }, amount: 49 });`
			: (pool[number % pool.length] ?? '');
	return Array.from({ length: lines }, (_, number) => line(number)).join('\n');
}
