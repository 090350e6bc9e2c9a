// The table of figures in the README, between its two marks.
import type { Figure } from './figures.ts';

const [start, end] = ['<!-- figures -->', '<!-- /figures -->'];

/** How a budget reads beside its figure. */
export function limitSign(limit: Figure['limit']): string {
	return limit === 'least' ? '≥' : limit === 'below' ? '<' : '≤';
}

/**
 * The README with these figures: those that have a budget.
 * @throws Error where it has no place for them
 */
export function withFigures(readme: string, figures: readonly Figure[], machine: string): string {
	const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
	if (from < 0 || to < from) {
		throw new Error(`The README has no ${start} … ${end}`);
	}
	const rows = figures.flatMap(({ name, value, unit, budget, limit, ok }) =>
		budget === null ? [] : [`| ${name} | ${shown(value)} ${unit}${ok ? '' : ' ✘'} | ${limitSign(limit)} ${budget} |`],
	);
	const told = `Measured on ${new Date().toISOString().slice(0, 10)} on ${machine}; medians of interleaved runs.`;
	const table = ['| what | measured | budget |', '| --- | --- | --- |', ...rows].join('\n');
	return `${readme.slice(0, from)}${start}\n${told}\n\n${table}\n${readme.slice(to)}`;
}

function shown(value: number): string {
	return String(Number(value.toPrecision(3)));
}
