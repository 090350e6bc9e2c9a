// What is downloaded. A gate of `npm test` holds the same budget.
import { statSync } from 'node:fs';
import { packagedExtension } from '../../e2e/session.ts';
import type { Row } from '../bench.ts';
import { figure } from '../figures.ts';

export const vsix: Row = {
	name: 'vsix',
	measure: async () => {
		const kilobytes = statSync(await packagedExtension()).size / 1000;
		return [figure({ name: 'VSIX', value: kilobytes, unit: 'kB', budget: 250, runs: [kilobytes] })];
	},
};
