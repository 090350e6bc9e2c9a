// The sandbox as a server: where it listens, how it ends, and what its log tells.
import assert from 'node:assert/strict';
import { Agent, get } from 'node:http';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Sandbox, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, customerPath } from './bareClient.ts';
import { selfSigned } from './selfSigned.ts';

const path = customerPath(sampleKeys.documented);

describe('Sandbox: the server', function () {
	this.timeout(10_000);
	it('listens on the loopback interface alone, on a free port, with a key of its own each time', async () => {
		await using first = await startSandbox();
		await using second = await startSandbox();
		assert.equal(first.baseUrl, `http://127.0.0.1:${first.port}/v1`);
		assert.notEqual(first.port, second.port);
		assert.notEqual(first.apiKey, second.apiKey);
		assert.match(first.apiKey, /^sandbox_[\w-]{32}$/);
		const outside = Object.values(networkInterfaces())
			.flatMap((all) => all ?? [])
			.find(({ family, internal }) => family === 'IPv4' && !internal);
		if (outside !== undefined) {
			await assert.rejects(connected(first.port, outside.address), { code: 'ECONNREFUSED' });
		}
	});

	it('takes the port and the key that it is given, and says when the port is taken', async () => {
		await using first = await startSandbox({ apiKey: 'my key' });
		await assert.rejects(startSandbox({ port: first.port }), { code: 'EADDRINUSE' });
		await first.close();
		await using second = await startSandbox({ port: first.port, apiKey: 'my-key' });
		assert.equal(second.port, first.port);
		assert.equal((await ask(second, '/test', { apiKey: 'my-key' })).status, 200);
	});

	it('starts quickly, however many customers it has', async () => {
		const started = performance.now();
		await using sandbox = await startSandbox({ customers: 1_000_000 });
		assert.ok(performance.now() - started < 1000);
		assert.ok(sandbox.port > 0);
	});

	it('ends at once with idle, silent and answering connections, and may be ended twice', async () => {
		const sandbox = await startSandbox();
		const agent = new Agent({ keepAlive: true });
		await ask(sandbox, path, { agent });
		sandbox.faults.add({ faults: [{ kind: 'stall' }] });
		const stalled = ask(sandbox, path, { agent }).catch((error: unknown) => error);
		const silent = await connected(sandbox.port, '127.0.0.1');
		const gone = new Promise((resolve) => silent.once('close', resolve));
		await sandbox.requests.until(({ inFlight, connections }) => inFlight === 1 && connections === 2);
		const started = performance.now();
		await Promise.all([sandbox.close(), sandbox.close()]);
		assert.ok(performance.now() - started < 2000);
		assert.ok((await stalled) instanceof Error);
		await gone;
		await assert.rejects(ask(sandbox, path), { code: 'ECONNREFUSED' });
		assert.equal(sandbox.requests.inFlight, 0);
		agent.destroy();
	});

	it('keeps a connection for many requests, and opens anew after it has closed all', async () => {
		await using sandbox = await startSandbox();
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		for (let number = 0; number < 50; number++) {
			await ask(sandbox, path, { agent });
		}
		assert.equal(sandbox.requests.connections, 1);
		assert.ok(sandbox.requests.entries.every(({ connection }) => connection === 1));
		const [socket] = Object.values(agent.freeSockets).flatMap((sockets) => sockets ?? []);
		const closed = new Promise((resolve) => socket?.once('close', resolve));
		sandbox.closeConnections();
		await closed;
		assert.equal((await ask(sandbox, path, { agent })).status, 200);
		assert.equal(sandbox.requests.entries.at(-1)?.connection, 2);
		agent.destroy();
	});

	it('writes down every request as it came, but never the API key', async () => {
		await using sandbox = await startSandbox();
		await ask(sandbox, '/customers/a%2Fb?x=%20', { headers: { 'x-trace': 'seven' } });
		await ask(sandbox, path, { method: 'DELETE', apiKey: 'wrong' });
		await ask(sandbox, '/test', { apiKey: null });
		await sandbox.requests.until(({ inFlight }) => inFlight === 0);
		const told = sandbox.requests.entries.map(({ number, method, path: asked, status, authorization, outcome }) => [
			number,
			method,
			asked,
			status,
			authorization,
			outcome,
		]);
		assert.deepEqual(told, [
			[1, 'GET', '/v1/customers/a%2Fb?x=%20', 404, 'accepted', 'answered'],
			[2, 'DELETE', '/v1/customers/customer_123', 405, 'rejected', 'answered'],
			[3, 'GET', '/v1/test', 401, 'none', 'answered'],
		]);
		assert.equal(sandbox.requests.entries[0]?.headers['x-trace'], 'seven');
		assert.ok(!JSON.stringify(sandbox.requests.entries).includes(sandbox.apiKey));
	});

	it('forgets old requests, counts them all the same, and starts anew when told to', async () => {
		await using sandbox = await startSandbox({ logSize: 3 });
		for (let number = 0; number < 5; number++) {
			await ask(sandbox, '/test');
		}
		assert.deepEqual([sandbox.requests.count, sandbox.requests.connections], [5, 5]);
		assert.deepEqual(
			sandbox.requests.entries.map(({ number }) => number),
			[3, 4, 5],
		);
		sandbox.requests.clear();
		assert.deepEqual([sandbox.requests.count, sandbox.requests.connections, sandbox.requests.entries], [0, 0, []]);
	});

	it('tells how many requests were in flight together, and who left before the answer', async () => {
		await using sandbox = await startSandbox();
		const { promise, resolve } = Promise.withResolvers<void>();
		sandbox.faults.add({ faults: [{ kind: 'hold', until: promise }] });
		const cancel = new AbortController();
		const staying = [1, 2, 3].map(() => ask(sandbox, path));
		const leaving = ask(sandbox, path, { signal: cancel.signal }).catch(() => 'left');
		await sandbox.requests.until(({ inFlight }) => inFlight === 4);
		cancel.abort();
		assert.equal(await leaving, 'left');
		await sandbox.requests.until(({ inFlight }) => inFlight === 3);
		resolve();
		assert.deepEqual(
			(await Promise.all(staying)).map(({ status }) => status),
			[200, 200, 200],
		);
		await sandbox.requests.until(({ inFlight }) => inFlight === 0);
		assert.equal(sandbox.requests.mostInFlight, 4);
		assert.deepEqual(sandbox.requests.entries.map(({ outcome }) => outcome).sort(), ['answered', 'answered', 'answered', 'broken']);
	});

	it('speaks TLS with a certificate that it is given, faults included', async () => {
		await using sandbox = await startSandbox({ tls: selfSigned });
		assert.match(sandbox.baseUrl, /^https:\/\/127\.0\.0\.1:\d+\/v1$/);
		assert.match(await askSecurely(sandbox, path), /^200 .*Alice/);
		await assert.rejects(new Promise((_, reject) => get(sandbox.baseUrl.replace('https', 'http')).on('error', reject)), {
			code: 'ECONNRESET',
		});
		sandbox.faults.add({ faults: [{ kind: 'reset', atByte: 10 }] });
		await assert.rejects(askSecurely(sandbox, path), { code: 'ECONNRESET' });
		assert.equal(sandbox.requests.connections, 2);
	});
});

function connected(port: number, host: string): Promise<ReturnType<typeof connect>> {
	return new Promise((resolve, reject) => {
		const socket = connect(port, host, () => resolve(socket.on('error', () => {})));
		socket.once('error', reject);
	});
}

/** Trusts the certificate of the test and no other. */
function askSecurely(sandbox: Sandbox, asked: string): Promise<string> {
	const options = { ca: selfSigned.cert, agent: false, headers: { authorization: `Bearer ${sandbox.apiKey}` } } as const;
	return new Promise((resolve, reject) => {
		const asking = secureRequest(`${sandbox.baseUrl}${asked}`, options, (answer) => {
			let text = '';
			answer.setEncoding('utf8').on('data', (piece: string) => {
				text += piece;
			});
			answer.on('end', () => resolve(`${answer.statusCode} ${text}`)).on('error', reject);
		});
		asking.on('error', reject).end();
	});
}
