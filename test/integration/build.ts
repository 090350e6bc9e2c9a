// Bundles the integration tests into `dist-test/index.js`, which VS Code's extension host can load: `node test/integration/build.ts`.
import { globSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';

const projectRoot = path.resolve(import.meta.dirname, '../..');

/** Gives the module that imports all test files. It is loaded only once Mocha has made `describe` and `it`. */
const allTests: Plugin = {
	name: 'all-integration-tests',
	setup(build) {
		build.onResolve({ filter: /^all-integration-tests$/ }, ({ path }) => ({ path, namespace: 'tests' }));
		build.onLoad({ filter: /.*/, namespace: 'tests' }, () => ({
			contents: globSync('**/*.test.ts', { cwd: import.meta.dirname })
				.sort()
				.map((file) => `import ${JSON.stringify(`./${file.replaceAll('\\', '/')}`)};`)
				.join('\n'),
			resolveDir: import.meta.dirname,
		}));
	},
};

/** Writes the bundle and gives its path. */
export async function buildIntegrationTests(): Promise<string> {
	const outfile = path.join(projectRoot, 'dist-test/index.js');
	await build({
		entryPoints: [path.join(import.meta.dirname, 'index.ts')],
		outfile,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'node22',
		external: ['vscode', 'mocha'],
		plugins: [allTests],
		logLevel: 'warning',
	});
	return outfile;
}

if (import.meta.main) {
	await buildIntegrationTests();
}
