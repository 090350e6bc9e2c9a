// The panel's icons are VS Code's own, unchanged, and none is missing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { shortOutline } from '../../vscode/outlines.ts';

const root = path.join(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe("The panel's icons", () => {
	const css = read('src/panel/app/icons.css');
	const drawn = new Map(
		[...css.matchAll(/\.icon-([a-z-]+) \{[^}]*?clip-path: path\(\s*(?:evenodd,\s*)?"([^"]+)"\s*\)/g)].map(([, name = '', outline = '']) => [
			name,
			outline,
		]),
	);
	const named = [...read('src/panel/app/icon.ts').matchAll(/^\t\| '([a-z-]+)'/gm)].map(([, name = '']) => name);

	it('are drawn, each one that has a name', () => {
		assert.ok(named.length > 20);
		assert.deepEqual([...drawn.keys()].sort(), named.toSorted());
	});

	it('have the outlines of the Codicons that VS Code shows', () => {
		for (const [name, outline] of drawn) {
			const svg = read(`node_modules/@vscode/codicons/src/icons/${name}.svg`);
			const own = [...svg.matchAll(/\sd="([^"]+)"/g)].map(([, path = '']) => path).join('');
			assert.equal(outline, own, name);
		}
	});

	it('look the same in the package, whose outlines are shorter', () => {
		for (const [name, outline] of drawn) {
			const short = shortOutline(outline);
			assert.ok(short.length < outline.length, name);
			const [own, packed] = [pointsOf(outline), pointsOf(short)];
			assert.equal(packed.length, own.length, name);
			for (const [index, value] of own.entries()) {
				assert.ok(Math.abs(value - (packed[index] ?? Number.NaN)) <= 0.0051, `${name}: ${value} became ${packed[index]}`);
			}
		}
		assert.throws(() => shortOutline('M1 1A2 2 0 0 0 3 3'), /No outline of a Codicon/);
	});
});

/** Where every point of an outline is, one number after the other, read by the rules of SVG alone. */
function pointsOf(outline: string): number[] {
	const places: number[] = [];
	let pen = { x: 0, y: 0 };
	let start = pen;
	for (const [, command = '', list = ''] of outline.matchAll(/([a-z])([^a-z]*)/gi)) {
		const values = [...list.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(([text]) => Number(text));
		const relative = command === command.toLowerCase();
		const axes = { h: ['x'], v: ['y'], c: ['x', 'y', 'x', 'y', 'x', 'y'] }[command.toLowerCase()] ?? ['x', 'y'];
		for (let first = 0; first < values.length; first += axes.length) {
			const from = relative ? pen : { x: 0, y: 0 };
			const step = values.slice(first, first + axes.length).map((value, index) => value + (axes[index] === 'x' ? from.x : from.y));
			places.push(...step);
			const last = (axis: string) => step.findLast((_, index) => axes[index] === axis);
			pen = { x: last('x') ?? pen.x, y: last('y') ?? pen.y };
			start = command.toLowerCase() === 'm' && first === 0 ? pen : start;
		}
		pen = command.toLowerCase() === 'z' ? start : pen;
	}
	return places;
}
