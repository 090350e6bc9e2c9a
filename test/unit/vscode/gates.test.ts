// What the package promises, held against packages that break it.
import assert from 'node:assert/strict';
import { bundledPackages, gates, type PackagedExtension } from '../../vscode/gates.ts';

const sound: PackagedExtension = {
	metafile: { outputs: { 'dist/extension.js': { inputs: { 'src/extension.ts': {}, 'node_modules/tiny/index.js': {} } } } },
	activationBytes: 40_000,
	vsixBytes: 250_000,
	packagingOutput: ' DONE  Packaged: partnero-0.1.0.vsix\nnpm warn Unknown user config\n',
	files: ['package.json', 'dist/extension.js'],
	intendedFiles: ['dist/extension.js', 'package.json'],
};

/** The findings about a package that differs from a sound one in this. */
function findings(difference: Partial<PackagedExtension>): string[] {
	return gates({ ...sound, ...difference }).flatMap((gate) => gate.findings);
}

describe('The packaged extension', () => {
	it('passes at its limits', () => {
		assert.deepEqual(findings({}), []);
	});

	it('is refused when more is loaded at activation than promised', () => {
		assert.deepEqual(findings({ activationBytes: 40_001 }), ['1 bytes too many']);
	});

	it('is refused when it is bigger to download than promised', () => {
		assert.deepEqual(findings({ vsixBytes: 250_100 }), ['100 bytes too many']);
	});

	it('is refused when the HTTP library is loaded at activation, wherever it is installed', () => {
		for (const input of ['node_modules/got/dist/index.js', '../shared/node_modules/got/index.js', 'node_modules/a/node_modules/got/x.js']) {
			assert.deepEqual(findings({ metafile: { outputs: { 'dist/extension.js': { inputs: { [input]: {} } } } } }), ['got'], input);
		}
	});

	it('is refused when vsce warns of something', () => {
		assert.deepEqual(findings({ packagingOutput: ' WARNING  LICENSE not found\n' }), [' WARNING  LICENSE not found']);
	});

	it('is refused when a file is missing or slipped in', () => {
		assert.deepEqual(findings({ files: ['package.json', 'test/secret.ts'] }), [
			'missing: dist/extension.js',
			'not meant to be in it: test/secret.ts',
		]);
	});

	it('is asked for a bundle that the build made', () => {
		assert.throws(() => bundledPackages(sound.metafile, 'dist/other.js'), /made no dist\/other\.js/);
		assert.deepEqual([...bundledPackages(sound.metafile, 'dist/extension.js')], ['tiny']);
	});
});
