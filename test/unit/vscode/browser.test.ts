// What a user without a usable browser is told.
import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { explainFailedLaunch, findBrowser, NoBrowserError } from '../../vscode/browser.ts';

describe('The browser for the UI tests', () => {
	let folder = '';
	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'browser-'));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	async function program(name: string): Promise<string> {
		const file = path.join(folder, name);
		await writeFile(file, '');
		await chmod(file, 0o755);
		return file;
	}

	it('is the one that PARTNERO_BROWSER names, before any other', async () => {
		const named = await program('my-browser');
		await program('chromium');
		assert.equal((await findBrowser({ PARTNERO_BROWSER: named, PATH: folder }, 'linux')).executablePath, named);
	});

	it('is an installed one otherwise', async () => {
		const installed = await program('chromium');
		assert.equal((await findBrowser({ PATH: `/nowhere${path.delimiter}${folder}` }, 'linux')).executablePath, installed);
	});

	it('is missed in one sentence that says what to do', async () => {
		await assert.rejects(findBrowser({ PARTNERO_BROWSER: '/no/such/browser' }, 'linux'), (error: unknown) => {
			assert.ok(error instanceof NoBrowserError);
			assert.match(
				error.message,
				/^PARTNERO_BROWSER names \/no\/such\/browser, which does not exist: install Chrome or Chromium, or name one .*\.$/,
			);
			return true;
		});
		await assert.rejects(findBrowser({ PATH: '' }, 'freebsd'), /^NoBrowserError: There is no browser .* install Chrome or Chromium/);
	});

	it('is explained in one sentence when the system lacks a library', () => {
		const said =
			'browserType.launch: failed\n/x/chromium: error while loading shared libraries: libnspr4.so: cannot open shared object file';
		const sentence = explainFailedLaunch('/x/chromium', said);
		assert.match(sentence, /lacks libnspr4\.so: run "apt-get install libnss3 libnspr4 libexpat1", or install Chrome/);
		assert.equal(sentence.includes('\n'), false);
	});

	it('is explained in one sentence when it does not start for another reason', () => {
		const sentence = explainFailedLaunch('/x/chromium', 'browserType.launch: Permission denied\n    at somewhere');
		assert.match(sentence, /^The browser \/x\/chromium does not start: install Chrome .* It says: browserType\.launch: Permission denied$/);
	});
});
