// What `npm start` reads and says.
import assert from 'node:assert/strict';
import { readStartArguments, welcome } from '../../vscode/start-words.ts';

describe('npm start', () => {
	it('takes a free port when none is named, and the named one otherwise', () => {
		assert.deepEqual(readStartArguments([]), {});
		assert.deepEqual(readStartArguments(['--port', '8080']), { port: 8080 });
		assert.deepEqual(readStartArguments(['--port=0']), { port: 0 });
	});

	it('refuses what is no port, and what it does not know, in a sentence', () => {
		for (const port of ['http', '-1', '65536', '80.5', '']) {
			assert.throws(() => readStartArguments([`--port=${port}`]), /--port wants a number from 0 to 65535/, port);
		}
		assert.throws(() => readStartArguments(['--prot', '8080']), /--prot/);
		assert.throws(() => readStartArguments(['8080']), /8080/);
	});

	it('tells a newcomer the address, the API key and whom to look up', () => {
		const words = welcome({
			version: '1.139.1',
			address: 'http://127.0.0.1:1/?folder=/x',
			baseUrl: 'http://127.0.0.1:2/v1',
			apiKey: 'sandbox_x',
		});
		for (const word of [
			'http://127.0.0.1:1/?folder=/x',
			'http://127.0.0.1:2/v1',
			'sandbox_x',
			'Partnero: Connect a program',
			'customer_123',
		]) {
			assert.ok(words.includes(word), word);
		}
	});
});
