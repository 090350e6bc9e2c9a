// Stands between the extension host and the local Partnero, and knows how many connections are open.
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class Relay implements AsyncDisposable {
	readonly #server: Server;
	readonly #open = new Set<Socket>();

	private constructor(port: number) {
		this.#server = createServer((client) => this.#join(client, connect(port, '127.0.0.1')));
	}

	/** Leads to a port of this machine, from a free one. */
	static async start(port: number): Promise<Relay> {
		const relay = new Relay(port);
		await new Promise<void>((resolve, reject) => {
			relay.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
		});
		return relay;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	/** Connections that are open now. */
	get open(): number {
		return this.#open.size;
	}

	/** Ends all connections, as a network does that goes away. */
	cut(): void {
		for (const socket of this.#open) {
			socket.resetAndDestroy();
		}
	}

	[Symbol.asyncDispose](): Promise<void> {
		return new Promise((resolve) => {
			this.#server.close(() => resolve());
			this.cut();
		});
	}

	#join(client: Socket, server: Socket): void {
		this.#open.add(client);
		client.once('close', () => {
			this.#open.delete(client);
			server.destroy();
		});
		server.once('close', () => client.destroy());
		client.on('error', () => client.destroy());
		server.on('error', () => client.destroy());
		client.pipe(server).pipe(client);
	}
}
