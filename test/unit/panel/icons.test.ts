// The panel's icons are VS Code's own, unchanged, and none is missing.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

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
});
