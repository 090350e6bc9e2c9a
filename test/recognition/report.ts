// `npm run recognition`: precision and recall of customer-key recognition per language over both labelled sets, and every miss. Exits with 1 when
// a set is below its threshold.

import { type LabelledSet, labelledFiles, scoreOf, THRESHOLDS, total } from './labelled.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`.padStart(8);

function report(set: LabelledSet): boolean {
	const scored = labelledFiles(set).map((file) => ({ file, score: scoreOf(file) }));
	const languages = Map.groupBy(scored, ({ file }) => file.languageId);
	const lines = [`${set}/`, `  ${'language'.padEnd(18)}files  keys   recall precision`];
	const line = (name: string, files: number, scores: Parameters<typeof total>[0]) => {
		const sum = total(scores);
		return `  ${name.padEnd(18)}${String(files).padStart(5)} ${String(sum.keys).padStart(5)} ${percent(sum.recall)}  ${percent(sum.precision)}`;
	};
	for (const [language, files] of [...languages].sort(([a], [b]) => a.localeCompare(b))) {
		lines.push(
			line(
				language,
				files.length,
				files.map(({ score }) => score),
			),
		);
	}
	const scores = scored.map(({ score }) => score);
	lines.push(line('all', scored.length, scores));
	for (const score of scores) {
		lines.push(...score.missed.map((miss) => `  ${miss}`), ...score.wrong.map((wrong) => `  ${wrong}`));
	}
	process.stdout.write(`${lines.join('\n')}\n\n`);
	const sum = total(scores);
	return sum.recall >= THRESHOLDS[set] && sum.precision >= THRESHOLDS[set];
}

const sets: readonly LabelledSet[] = ['given', 'own', 'held-out'];
if (!sets.map(report).every((good) => good)) {
	process.exitCode = 1;
}
