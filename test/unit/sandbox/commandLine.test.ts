// What `npm run sandbox` understands, and what it says to what it does not.
import assert from 'node:assert/strict';
import { readOptions, UsageError, usage } from '../../../src/sandbox/commandLine.ts';

describe('Sandbox: the command line', () => {
	it('hands on what was given, and nothing that was not', () => {
		assert.deepEqual(readOptions([]), {});
		const all = ['--port', '0', '--kind', 'referral', '--paging=no-links', '--key', 'a.b-c', '--seed', '42', '--customers', '1000'];
		assert.deepEqual(readOptions(all), { port: 0, kind: 'referral', paging: 'no-links', apiKey: 'a.b-c', seed: 42, customers: 1000 });
		assert.equal(readOptions(['--help', '--port', 'x']), 'help');
	});

	it('names in its help every option that it takes', () => {
		for (const option of ['port', 'kind', 'paging', 'key', 'seed', 'customers', 'help']) {
			assert.ok(usage.includes(`--${option} `), option);
		}
	});

	const mistakes: readonly (readonly [args: readonly string[], sentence: string])[] = [
		[['--port', 'http'], '--port takes a whole number from 0 to 65535, not "http".'],
		[['--port', '70000'], '--port takes a whole number from 0 to 65535, not "70000".'],
		[['--port', ''], '--port takes a whole number from 0 to 65535, not "".'],
		[['--seed=-1'], '--seed takes a whole number from 0 to 9007199254740991, not "-1".'],
		[['--customers', '1e3'], '--customers takes a whole number from 0 to 1000000, not "1e3".'],
		[['--kind', 'newsletter'], '--kind takes affiliate or referral, not "newsletter".'],
		[['--paging', 'none'], '--paging takes links, no-links, ignored or single, not "none".'],
		[['--key', 'a b'], '--key takes an API key of visible ASCII characters without spaces.'],
		[['--key', ''], '--key takes an API key of visible ASCII characters without spaces.'],
		[['--colour', 'red'], "Unknown option '--colour'."],
		[['customer_123'], "Unexpected argument 'customer_123'."],
	];
	for (const [args, sentence] of mistakes) {
		it(`says to ${JSON.stringify(args.join(' '))}: ${sentence}`, () => {
			assert.throws(
				() => readOptions(args),
				(error) => error instanceof UsageError && error.message === sentence,
			);
		});
	}
});
