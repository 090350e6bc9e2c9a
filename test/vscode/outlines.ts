// The outlines of the panel's icons as they are packed: they are half of its styles.

/** How many numbers a command of an outline takes for one step. */
const counts = new Map([
	['M', 2],
	['L', 2],
	['H', 1],
	['V', 1],
	['C', 6],
	['Z', 0],
]);

const hundredths = (value: number) => Math.round(value * 100) / 100;

/**
 * The same outline in fewer characters: to a hundredth of a pixel, which nobody sees, and every point by its way from the one before.
 *
 * @param outline SVG path data whose points are absolute, as Codicons have them.
 * @throws Error for a command that they have not.
 */
export function shortOutline(outline: string): string {
	let start: readonly [number, number] = [0, 0];
	let [x, y] = start;
	return outline.replace(/\s*([a-z])([^a-z]*)/gi, (_, command: string, list: string) => {
		const count = counts.get(command);
		const points = (list.match(/-?[\d.]+/g) ?? []).map((text) => hundredths(Number(text)));
		if (count === undefined || (count === 0 ? points.length > 0 : points.length === 0 || points.length % count !== 0)) {
			throw new Error(`No outline of a Codicon: ${command}${list}`);
		}
		const steps: number[] = [];
		while (points.length > 0) {
			const step = points.splice(0, count);
			steps.push(...step.map((value, index) => hundredths(value - (command === 'V' || index % 2 === 1 ? y : x))));
			x = command === 'V' ? x : (step.at(command === 'H' ? 0 : -2) ?? x);
			y = command === 'H' ? y : (step.at(-1) ?? y);
			start = command === 'M' && steps.length === 2 ? [x, y] : start;
		}
		if (command === 'Z') {
			[x, y] = start;
		}
		return command.toLowerCase() + joined(steps);
	});
}

/** Numbers with only those blanks and zeros between them without which they would read as others. */
function joined(numbers: readonly number[]): string {
	return numbers
		.map((number) => String(number).replace(/^(-?)0\./, '$1.'))
		.reduce(
			(line, text) => line + (line === '' || text.startsWith('-') || (text.startsWith('.') && /\.\d+$/.test(line)) ? '' : ' ') + text,
			'',
		);
}
