// What is loaded at activation. A gate of `npm test` holds the same budget.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../vscode/cache.ts';
import { bundledPackages, type Metafile } from '../../vscode/gates.ts';
import type { Row } from '../bench.ts';
import { figure } from '../figures.ts';

export const code: Row = {
	name: 'code',
	measure: async () => {
		const bytes = statSync(path.join(projectRoot, 'dist/extension.js')).size;
		const metafile = JSON.parse(readFileSync(path.join(projectRoot, 'dist/metafile.json'), 'utf8')) as Metafile;
		const packages = [...bundledPackages(metafile, 'dist/extension.js')].join(', ');
		return [
			figure({
				name: 'code loaded at activation',
				value: bytes / 1000,
				unit: 'kB',
				budget: 40,
				runs: [bytes / 1000],
				note: `packages in it: ${packages}`,
			}),
		];
	},
};
