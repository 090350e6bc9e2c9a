// The HTTP proxy of a company network, as a test sees it: it remembers who asked for what and every byte that it could read, and leads every
// name to a port of this machine, so that no name is ever looked up.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a client asked the proxy for. */
export interface ProxyQuestion {
	/** `partnero.test:443` of a tunnel, a whole address of a question in clear. */
	readonly target: string;
	readonly tunnel: boolean;
	/** The header `Proxy-Authorization`. */
	readonly credentials: string | undefined;
	/** What the proxy answered. */
	readonly status: number;
}

export interface ProxyOptions {
	/** The only hosts that the proxy leads to; it answers a 502 for others. */
	readonly hosts: readonly string[];
}

export class TestProxy implements AsyncDisposable {
	readonly #hosts: readonly string[];
	#port = 0;
	readonly #tunnels = new Set<Duplex>();
	readonly #heard: Buffer[] = [];
	readonly #server = createServer((incoming, response) => this.#answerInClear(incoming, response));
	/** What was asked of it for its hosts, in the order of arrival. */
	readonly questions: ProxyQuestion[] = [];
	/** The port of this machine that it leads to. */
	leadsTo = 0;
	/** `NAME:PASSWORD` that it asks for. */
	credentials: string | undefined;
	/** Answers every question with this status and leads nobody anywhere. */
	refuses: number | undefined;

	private constructor({ hosts }: ProxyOptions) {
		this.#hosts = hosts;
		this.#server.on('connect', (incoming, client, head) => this.#answerTunnel(incoming, client, head));
	}

	/** Starts on a free port of 127.0.0.1. */
	static async start(options: ProxyOptions): Promise<TestProxy> {
		const proxy = new TestProxy(options);
		await proxy.listen();
		proxy.#port = (proxy.#server.address() as AddressInfo).port;
		return proxy;
	}

	/** Listens again, on the port that it had. */
	listen(): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#server.once('error', reject).listen(this.#port, '127.0.0.1', resolve);
		});
	}

	/** Ends, with all tunnels: nobody listens on its port. */
	close(): Promise<void> {
		return new Promise((resolve) => {
			this.#server.close(() => resolve());
			this.#server.closeAllConnections();
			for (const socket of this.#tunnels) {
				socket.destroy();
			}
		});
	}

	/** What clients take for a proxy's address, with credentials where some are given. */
	address(credentials?: string): string {
		return `http://${credentials === undefined ? '' : `${credentials}@`}127.0.0.1:${this.#port}`;
	}

	/** Every byte that its clients sent, and could be read by it. */
	get heard(): string {
		return Buffer.concat(this.#heard).toString('latin1');
	}

	get openTunnels(): number {
		return this.#tunnels.size;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.close();
	}

	#answerInClear(incoming: IncomingMessage, response: ServerResponse): void {
		const target = incoming.url ?? '';
		this.#heard.push(Buffer.from([target, ...incoming.rawHeaders].join('\n')));
		incoming.on('data', (data: Buffer) => this.#heard.push(data));
		const status = this.#decide(URL.parse(target)?.hostname, incoming) ?? 501;
		this.#note({ target, tunnel: false, status }, incoming);
		response.writeHead(status, headersOf(status)).end();
	}

	#answerTunnel(incoming: IncomingMessage, client: Duplex, head: Buffer): void {
		const target = incoming.url ?? '';
		this.#heard.push(Buffer.from([target, ...incoming.rawHeaders].join('\n')), head);
		client.on('data', (data: Buffer) => this.#heard.push(data));
		client.on('error', () => client.destroy());
		const refusal = this.#decide(target.replace(/:\d+$/, ''), incoming);
		this.#note({ target, tunnel: true, status: refusal ?? 200 }, incoming);
		if (refusal !== undefined) {
			const headers = Object.entries(headersOf(refusal)).map(([name, value]) => `${name}: ${value}\r\n`);
			client.end(`HTTP/1.1 ${refusal} No\r\n${headers.join('')}content-length: 0\r\nconnection: close\r\n\r\n`);
			return;
		}
		const server = connect(this.leadsTo, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection established\r\n\r\n');
			server.write(head);
			server.pipe(client).pipe(server);
		});
		this.#join(client, server);
	}

	/** The status of a refusal. */
	#decide(host: string | undefined, { headers }: IncomingMessage): number | undefined {
		if (host === undefined || !this.#hosts.includes(host)) {
			return 502;
		}
		const wanted = this.credentials === undefined ? undefined : `Basic ${Buffer.from(this.credentials).toString('base64')}`;
		return this.refuses ?? (wanted === undefined || headers['proxy-authorization'] === wanted ? undefined : 407);
	}

	#note(question: Omit<ProxyQuestion, 'credentials'>, { headers }: IncomingMessage): void {
		// VS Code has questions of its own, to hosts that a test does not know.
		if (this.#hosts.some((host) => question.target.includes(host))) {
			this.questions.push({ ...question, credentials: headers['proxy-authorization'] });
		}
	}

	#join(client: Duplex, server: Socket): void {
		this.#tunnels.add(client);
		client.once('close', () => {
			this.#tunnels.delete(client);
			server.destroy();
		});
		server.on('error', () => client.destroy());
		server.once('close', () => client.destroy());
	}
}

function headersOf(status: number): Readonly<Record<string, string>> {
	return status === 407 ? { 'proxy-authenticate': 'Basic realm="test"' } : {};
}
