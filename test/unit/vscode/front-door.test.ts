// The address under which a browser reaches VS Code.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { type FrontDoor, isFromLoopback, openFrontDoor } from '../../vscode/front-door.ts';

interface Answer {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly body: Buffer;
}

function ask(origin: string, path: string, headers: Record<string, string> = {}, method = 'GET', body = ''): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const outgoing = request(new URL(path, origin), { method, headers }, async (answer) => {
			resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(await answer.toArray()) });
		});
		outgoing.on('error', reject).end(body);
	});
}

describe('The address of VS Code in the browser', () => {
	const server = createServer(async (incoming, response) => {
		const body = Buffer.concat(await incoming.toArray()).toString();
		response.writeHead(
			201,
			[
				['x-answer', 'yes'],
				['set-cookie', 'a=1'],
				['set-cookie', 'b=2'],
			].flat(),
		);
		response.end(JSON.stringify({ method: incoming.method, url: incoming.url, host: incoming.headers.host, body }));
	});
	server.on('upgrade', (incoming, socket: Duplex, head) => {
		socket.write(`HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\nx-host: ${incoming.headers.host}\r\n\r\n`);
		socket.write(head);
		socket.pipe(socket);
	});
	let door: FrontDoor;
	before(async () => {
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		door = await openFrontDoor({ server: { port: (server.address() as AddressInfo).port } });
	});
	after(async () => {
		await door.close();
		server.closeAllConnections();
		server.close();
	});

	it('passes requests and answers on as they are', async () => {
		const { status, headers, body } = await ask(door.origin, '/a?b=c', {}, 'POST', 'text');
		assert.equal(status, 201);
		assert.equal(headers['x-answer'], 'yes');
		assert.deepEqual(headers['set-cookie'], ['a=1', 'b=2']);
		assert.deepEqual(JSON.parse(body.toString()), { method: 'POST', url: '/a?b=c', host: new URL(door.origin).host, body: 'text' });
	});

	it('gives the key for secrets: the same one each time, so that they outlive a reload', async () => {
		const [first, second] = await Promise.all([1, 2].map(() => ask(door.origin, '/mint-key', {}, 'POST')));
		assert.equal(first?.status, 200);
		assert.equal(first?.body.length, 32);
		assert.deepEqual(first?.body, second?.body);
		await using other = { ...(await openFrontDoor({ server: { port: 1 } })), [Symbol.asyncDispose]: () => other.close() };
		assert.notDeepEqual((await ask(other.origin, '/mint-key', {}, 'POST')).body, first?.body);
	});

	it('joins WebSockets', async () => {
		const outgoing = request(door.origin, { headers: { connection: 'upgrade', upgrade: 'echo' } }).end();
		const [answer, socket] = (await once(outgoing, 'upgrade')) as [{ headers: IncomingHttpHeaders }, Duplex];
		assert.equal(answer.headers['x-host'], new URL(door.origin).host);
		socket.write('ping');
		const [data] = (await once(socket, 'data')) as [Buffer];
		assert.equal(data.toString(), 'ping');
		socket.destroy();
	});

	it('leads to a server that no port leads to: requests and WebSockets', async function () {
		if (process.platform === 'win32') {
			this.skip();
		}
		const folder = await mkdtemp(path.join(tmpdir(), 'partnero-door-'));
		const socketPath = path.join(folder, 'server');
		const hidden = createServer((incoming, response) => response.end(incoming.url));
		hidden.on(
			'upgrade',
			(_incoming, socket: Duplex) =>
				socket.write('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: echo\r\n\r\n') && socket.pipe(socket),
		);
		await once(hidden.listen(socketPath), 'listening');
		const other = await openFrontDoor({ server: { socketPath } });
		try {
			assert.equal((await ask(other.origin, '/a?b=c')).body.toString(), '/a?b=c');
			const outgoing = request(other.origin, { headers: { connection: 'upgrade', upgrade: 'echo' } }).end();
			const [, socket] = (await once(outgoing, 'upgrade')) as [unknown, Duplex];
			socket.write('ping');
			assert.equal(String(await once(socket, 'data')), 'ping');
			socket.destroy();
		} finally {
			await other.close();
			hidden.closeAllConnections();
			hidden.close();
			await rm(folder, { recursive: true, force: true });
		}
	});

	it('is closed to links, pictures and scripts of other sites, which name no origin', async () => {
		for (const site of ['cross-site', 'same-site']) {
			assert.equal((await ask(door.origin, '/?payload=%5B%5D', { 'sec-fetch-site': site })).status, 403, site);
			const outgoing = request(door.origin, { headers: { connection: 'upgrade', upgrade: 'echo', 'sec-fetch-site': site } }).end();
			await assert.rejects(once(outgoing, 'upgrade'), site);
		}
		for (const site of ['none', 'same-origin']) {
			assert.equal((await ask(door.origin, '/', { 'sec-fetch-site': site })).status, 201, site);
		}
	});

	it('is closed to a page that another site put under its own name', async () => {
		assert.equal((await ask(door.origin, '/', { host: 'evil.example' })).status, 403);
		assert.equal((await ask(door.origin, '/mint-key', { origin: 'https://evil.example' }, 'POST')).status, 403);
		const outgoing = request(door.origin, { headers: { connection: 'upgrade', upgrade: 'echo', origin: 'http://evil.example' } }).end();
		await assert.rejects(once(outgoing, 'upgrade'));
	});

	it('knows loopback names', () => {
		for (const host of ['127.0.0.1:80', 'localhost', 'localhost:8080', '[::1]:1']) {
			assert.equal(isFromLoopback({ host }), true, host);
			assert.equal(isFromLoopback({ host, origin: `http://${host}` }), true, host);
		}
		for (const host of ['127.0.0.1.example.com', 'localhost.example', '10.0.0.1', '', undefined]) {
			assert.equal(isFromLoopback({ host }), false, host);
		}
		assert.equal(isFromLoopback({ host: 'localhost:1', origin: 'http://localhost:2' }), false);
		assert.equal(isFromLoopback({ host: 'localhost:1', origin: 'null' }), false);
	});

	it('answers with an error, and stays open, when VS Code has gone', async () => {
		await using other = { ...(await openFrontDoor({ server: { port: 1 } })), [Symbol.asyncDispose]: () => other.close() };
		assert.equal((await ask(other.origin, '/')).status, 502);
		assert.equal((await ask(other.origin, '/')).status, 502);
	});
});
