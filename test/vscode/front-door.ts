// The address under which a browser reaches a VS Code server: a reverse proxy on a loopback port, for HTTP and WebSockets.
//
// It is there for two reasons. The workbench asks its server for the key that encrypts SecretStorage (`POST /mint-key`, 32 bytes), which the bare
// server does not answer: secrets would be lost at a window reload. And the bare server, which can run programs, takes requests from everybody
// who reaches it: so it listens on a socket of this user (see `server.ts`), and the door lets only pages of its own through.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** Where a VS Code server listens: on a socket in the file system, or on a port of 127.0.0.1. */
export type ServerPlace = { readonly socketPath: string } | { readonly port: number };

export interface FrontDoorOptions {
	readonly server: ServerPlace;
	/** The port to open; 0, the default, takes a free one. */
	readonly port?: number;
}

export interface FrontDoor {
	/** For example `http://127.0.0.1:41235`. */
	readonly origin: string;
	close(): Promise<void>;
}

/**
 * Whether the request was made under a loopback name, and by nobody but the user or a page that was itself loaded from there. Links and pictures
 * of other sites carry no `Origin`, and the address of a window can name code to run; browsers say of them where they come from.
 */
export function isFromLoopback({
	host,
	origin,
	'sec-fetch-site': site,
}: Readonly<Pick<IncomingHttpHeaders, 'host' | 'origin' | 'sec-fetch-site'>>): boolean {
	const isOwnPage = origin === undefined || origin === `http://${host}`;
	return isLoopbackHost(host) && isOwnPage && (site === undefined || site === 'same-origin' || site === 'none');
}

function isLoopbackHost(host: string | undefined): boolean {
	return host !== undefined && /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
}

/** Opens the door to a server that already listens. */
export async function openFrontDoor({ server: place, port = 0 }: FrontDoorOptions): Promise<FrontDoor> {
	const secretStorageKey = randomBytes(32);
	const sockets = new Set<Duplex>();
	const server = createServer((incoming, response) => {
		if (!isFromLoopback(incoming.headers)) {
			response.writeHead(403).end();
		} else if (incoming.method === 'POST' && incoming.url === '/mint-key') {
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(secretStorageKey);
		} else {
			forward(incoming, response, place);
		}
	});
	server.on('upgrade', (incoming, socket, head) => {
		if (isFromLoopback(incoming.headers)) {
			sockets.add(socket.once('close', () => sockets.delete(socket)));
			tunnel(incoming, socket, head, place);
		} else {
			socket.destroy();
		}
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(port, '127.0.0.1', resolve);
	});
	return {
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
				for (const socket of sockets) {
					socket.destroy();
				}
			}),
	};
}

function forward(incoming: IncomingMessage, response: ServerResponse, place: ServerPlace): void {
	const { method, url: path, headers } = incoming;
	const outgoing = request({ host: '127.0.0.1', ...place, method, path, headers }, (answer) => {
		response.writeHead(answer.statusCode ?? 502, answer.statusMessage, answer.rawHeaders);
		answer.pipe(response);
		answer.on('error', () => response.destroy());
	});
	outgoing.on('error', () => {
		if (response.headersSent) {
			response.destroy();
		} else {
			response.writeHead(502).end();
		}
	});
	response.on('close', () => outgoing.destroy());
	incoming.pipe(outgoing);
}

/** Joins a connection that is to become a WebSocket with one to the server, which sees the request as the browser sent it. */
function tunnel(incoming: IncomingMessage, socket: Duplex, head: Buffer, place: ServerPlace): void {
	const target = 'socketPath' in place ? { path: place.socketPath } : { host: '127.0.0.1', ...place };
	const server: Socket = connect(target, () => {
		const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
		for (let index = 0; index < incoming.rawHeaders.length; index += 2) {
			lines.push(`${incoming.rawHeaders[index]}: ${incoming.rawHeaders[index + 1]}`);
		}
		server.write(`${lines.join('\r\n')}\r\n\r\n`);
		server.write(head);
		server.pipe(socket).pipe(server);
	});
	for (const [end, other] of [
		[server, socket],
		[socket, server],
	] as const) {
		end.on('error', () => other.destroy());
		end.on('close', () => other.destroy());
	}
	server.setNoDelay(true);
}
