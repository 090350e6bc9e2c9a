// Which VS Code the tests run in, and the command line that it gets.
import assert from 'node:assert/strict';
import { chooseEditor } from '../../vscode/editor.ts';
import { readEditorArguments } from '../../vscode/editor-arguments.ts';

const yes = async () => true;
const no = async () => false;
const mustNotAsk = () => assert.fail('asked the network');

describe('The VS Code that integration tests run in', () => {
	it('is the one that PARTNERO_VSCODE names, without asking the network', async () => {
		assert.deepEqual(await chooseEditor({ PARTNERO_VSCODE: 'server' }, 'darwin', mustNotAsk), { kind: 'server' });
		assert.deepEqual(await chooseEditor({ PARTNERO_VSCODE: 'desktop' }, 'linux', mustNotAsk), { kind: 'desktop' });
		assert.deepEqual(await chooseEditor({ PARTNERO_VSCODE: '/opt/code' }, 'linux', mustNotAsk), {
			kind: 'desktop',
			executable: '/opt/code',
		});
	});

	it('is the server on a Linux without a screen, without asking the network', async () => {
		assert.deepEqual(await chooseEditor({ PARTNERO_VSCODE: '' }, 'linux', mustNotAsk), { kind: 'server' });
	});

	it('is the desktop where there is a screen and it can be downloaded, else the server', async () => {
		assert.deepEqual(await chooseEditor({ DISPLAY: ':0' }, 'linux', yes), { kind: 'desktop' });
		assert.deepEqual(await chooseEditor({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', no), { kind: 'server' });
		assert.deepEqual(await chooseEditor({}, 'darwin', yes), { kind: 'desktop' });
		assert.deepEqual(await chooseEditor({}, 'win32', no), { kind: 'server' });
	});
});

describe('The command line of a VS Code program', () => {
	const args = [
		'--version=1.110.0',
		'/home/me/workspace',
		'--user-data-dir=/tmp/x/data',
		'--extensions-dir=/tmp/x/extensions',
		'--no-sandbox',
		'--extensionTestsPath=/home/me/dist-test/index.js',
		'--extensionDevelopmentPath=/home/me/a=b',
	];

	it('says what to run where', () => {
		assert.deepEqual(readEditorArguments(args), {
			version: '1.110.0',
			workspace: '/home/me/workspace',
			extension: '/home/me/a=b',
			tests: '/home/me/dist-test/index.js',
			userData: '/tmp/x/data',
		});
	});

	it('is refused by name when something is missing', () => {
		for (const missing of ['--version', '--user-data-dir', '--extensionTestsPath', '--extensionDevelopmentPath']) {
			assert.throws(() => readEditorArguments(args.filter((arg) => !arg.startsWith(missing))), new RegExp(`${missing}= is missing`));
		}
		assert.throws(() => readEditorArguments(args.filter((arg) => arg.startsWith('--'))), /folder to show is missing/);
	});

	it('is refused for a version that is not pinned', () => {
		assert.throws(() => readEditorArguments(['--version=1.109.0', ...args.slice(1)]), /1\.109\.0 is not one of the pinned versions/);
	});
});
