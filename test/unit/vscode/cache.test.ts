// The folder in which downloads are kept: an entry is whole or not there.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cached, makerOfUnfinished } from '../../vscode/cache.ts';
import { installationName } from '../../vscode/install.ts';

describe('What is downloaded once', () => {
	let folder = '';
	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'cache-'));
	});
	afterEach(() => rm(folder, { recursive: true, force: true }));

	/** Makes an entry with this text in it, and counts how often. */
	function maker(text: string): { make: (scratch: string) => Promise<string>; made: () => number } {
		let count = 0;
		return {
			made: () => count,
			make: async (scratch) => {
				count += 1;
				const whole = path.join(scratch, 'whole');
				await mkdir(whole);
				await writeFile(path.join(whole, 'text'), text);
				return whole;
			},
		};
	}

	it('is made on first use and only found after that', async () => {
		const { make, made } = maker('a');
		const first = await cached({ folder, name: 'entry', make });
		assert.equal(await cached({ folder, name: 'entry', make }), first);
		assert.equal(made(), 1);
		assert.equal(await readFile(path.join(first, 'text'), 'utf8'), 'a');
		assert.deepEqual(await readdir(folder), ['entry']);
	});

	it('is not there after a download that failed, and is made by the next', async () => {
		const failing = cached({ folder, name: 'entry', make: () => Promise.reject(new Error('no network')) });
		await assert.rejects(failing, /no network/);
		assert.deepEqual(await readdir(folder), []);
		await cached({ folder, name: 'entry', make: maker('b').make });
		assert.deepEqual(await readdir(folder), ['entry']);
	});

	it('is whole when two runs make it at once', async () => {
		const slow = maker('slow');
		const make = async (scratch: string) => {
			const whole = await slow.make(scratch);
			// The other run is done first.
			await mkdir(path.join(folder, 'entry'));
			await writeFile(path.join(folder, 'entry/text'), 'quick');
			return whole;
		};
		const entry = await cached({ folder, name: 'entry', make });
		assert.equal(await readFile(path.join(entry, 'text'), 'utf8'), 'quick');
		assert.deepEqual(await readdir(folder), ['entry']);
	});

	it('is cleared of what an ended run left, and of nothing that a running one makes', async () => {
		// Process 1 runs on every system, and no process has the largest number.
		const ended = path.join(folder, 'unfinished-2147483647-entry');
		const running = path.join(folder, 'unfinished-1-entry');
		const other = path.join(folder, 'vscode-linux-x64-1.110.0');
		await Promise.all([ended, running, other].map((name) => mkdir(name)));
		await cached({ folder, name: 'entry', make: maker('c').make });
		assert.deepEqual([ended, running, other].map(existsSync), [false, true, true]);
	});

	it('tells whose unfinished work a folder is', () => {
		assert.equal(makerOfUnfinished('unfinished-42-server-1.139.1'), 42);
		assert.equal(makerOfUnfinished('server-1.139.1-unfinished-42-'), undefined);
	});

	it('is made anew when the lock changes', () => {
		const lock = Buffer.from('{}');
		const name = installationName('1.139.1', [lock, Buffer.from('a')]);
		assert.equal(installationName('1.139.1', [Buffer.from('{}'), Buffer.from('a')]), name);
		assert.notEqual(installationName('1.139.1', [lock, Buffer.from('b')]), name);
		assert.notEqual(installationName('1.139.1', [Buffer.from('{}a'), Buffer.from('')]), name);
		assert.match(name, /^server-1\.139\.1-[0-9a-f]{12}$/);
	});
});
