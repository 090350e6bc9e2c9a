// The log files of a VS Code server, which tests and users read.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAsyncRotatingLogger } from '../../vscode/log-writer.ts';

describe('A log file of VS Code', () => {
	let folder = '';
	before(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'log-'));
	});
	after(() => rm(folder, { recursive: true, force: true }));

	it('has each message at once, with its time and level, from the level on that was set', async () => {
		const file = path.join(folder, 'deep/down/a.log');
		const logger = await createAsyncRotatingLogger('a', file);
		logger.debug('too fine');
		logger.info('first');
		logger.setLevel(1);
		logger.debug('second');
		logger.setLevel(6);
		logger.critical('switched off');
		const lines = (await readFile(file, 'utf8')).split('\n');
		assert.equal(lines.length, 3);
		assert.match(lines[0] ?? '', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} \[info\] first$/);
		assert.match(lines[1] ?? '', /\[debug\] second$/);
	});

	it('has the bare text of an output channel, and nothing after its end', async () => {
		const file = path.join(folder, 'b.log');
		const logger = await createAsyncRotatingLogger('b', file);
		logger.clearFormatters();
		logger.info('one ');
		logger.error('two\n');
		logger.drop();
		logger.error('three');
		assert.equal(await readFile(file, 'utf8'), 'one two\n');
	});
});
