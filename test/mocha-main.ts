// Runs test files on Node: `node test/mocha-main.ts TIMEOUT PATTERN…`, with the time in milliseconds that one test may take.
import { globSync } from 'node:fs';
import path from 'node:path';
import { runMocha } from './mocha.ts';

const [timeout, ...patterns] = process.argv.slice(2);
const files = globSync(patterns).sort();
const { passed, failed } = await runMocha({
	timeout: Number(timeout),
	load: async (mocha) => {
		for (const file of files) {
			mocha.addFile(path.resolve(file));
		}
		await mocha.loadFilesAsync();
	},
});
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
