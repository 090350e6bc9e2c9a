// `npm run sandbox`: what somebody at a terminal sees and can do.
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src/sandbox/main.ts', import.meta.url));

interface Run {
	readonly child: ChildProcess;
	readonly output: () => string;
	readonly errors: () => string;
	/** Resolves with everything that was printed as soon as it matches. */
	printed(pattern: RegExp): Promise<string>;
	readonly ended: Promise<number | null>;
}

function run(...args: readonly string[]): Run {
	const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let errors = '';
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
	const printed = (pattern: RegExp) =>
		new Promise<string>((resolve, reject) => {
			const look = () => pattern.test(output) && resolve(output);
			child.stdout.on('data', look);
			look();
			ended.then(() => reject(new Error(`ended without printing ${pattern}: ${output}${errors}`)), reject);
		});
	return { child, output: () => output, errors: () => errors, printed, ended };
}

describe('Sandbox: npm run sandbox', function () {
	// Each test starts processes, several of them at once.
	this.timeout(30_000);
	const running: ChildProcess[] = [];

	afterEach(() => {
		for (const child of running.splice(0)) {
			child.kill('SIGKILL');
		}
	});

	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		it(`prints its address, its API key and two curl lines that work, and ends cleanly on ${signal}`, async () => {
			const { child, printed, ended, errors } = run(
				'--key',
				"it's",
				'--seed',
				'7',
				'--kind',
				signal === 'SIGINT' ? 'affiliate' : 'referral',
			);
			running.push(child);
			const text = await printed(/curl .*transactions' .*\n/);
			const baseUrl = /Base URL {2}(http:\/\/127\.0\.0\.1:\d+\/v1)\n/.exec(text)?.[1];
			assert.match(text, /API key {3}it's\n/);
			const lines = text.split('\n').filter((line) => line.trimStart().startsWith('curl '));
			assert.deepEqual(
				lines.map((line) => line.trim()),
				[
					`curl '${baseUrl}/customers/customer_123' --header 'Accept: application/json' --header 'Authorization: Bearer it'\\''s'`,
					`curl '${baseUrl}/customers/customer_123/transactions' --header 'Accept: application/json' --header 'Authorization: Bearer it'\\''s'`,
				],
			);
			const answer = await fetch(`${baseUrl}/customers/customer_123`, { headers: { authorization: "Bearer it's" } });
			assert.match(await answer.text(), /"name":"Alice"/);
			child.kill(signal);
			if (process.platform !== 'win32') {
				assert.equal(await ended, 0);
			}
			assert.equal(errors(), '');
		});
	}

	it('answers a mistake with one sentence that says what to do', async () => {
		const { ended, errors, output } = run('--port', 'http');
		assert.equal(await ended, 1);
		assert.deepEqual([errors(), output()], ['--port takes a whole number from 0 to 65535, not "http". --help shows all options.\n', '']);
	});

	it('says so when the port is taken', async () => {
		const first = run();
		running.push(first.child);
		const port = /127\.0\.0\.1:(\d+)/.exec(await first.printed(/127\.0\.0\.1:\d+\//))?.[1] ?? '';
		const second = run('--port', port);
		assert.equal(await second.ended, 1);
		assert.equal(second.errors(), 'The port is in use. Choose another one with --port, or leave --port out for a free one.\n');
	});

	it('explains its options', async () => {
		const { ended, output } = run('--help');
		assert.equal(await ended, 0);
		for (const option of ['port', 'kind', 'paging', 'key', 'seed', 'customers', 'help']) {
			assert.ok(output().includes(`--${option} `), option);
		}
	});
});
