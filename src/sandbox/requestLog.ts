// What was asked of the sandbox: tests prove with it how many requests, connections and simultaneous requests an act of the user cost.
import type { IncomingHttpHeaders } from 'node:http';

export interface LoggedRequest {
	/** From 1, in the order of arrival. */
	readonly number: number;
	readonly method: string;
	/** Path and query as they stand in the request line. */
	readonly path: string;
	/** From 1, in the order in which the connections were opened. */
	readonly connection: number;
	/** Milliseconds since 1970. */
	readonly arrivedAt: number;
	/** `none` without an `Authorization` header. */
	readonly authorization: 'accepted' | 'rejected' | 'none';
	/** As received; of the `authorization` header only its presence is told, above. */
	readonly headers: Readonly<IncomingHttpHeaders>;
	/** Sent, or about to be; absent while the answer is held back and where the connection was cut before it. */
	readonly status?: number;
	/** `answered`: all of it was handed to the network. `broken`: the connection ended first, by either side. */
	readonly outcome: 'open' | 'answered' | 'broken';
}

/** Writes down one request's end. */
export interface OpenRequest {
	readonly number: number;
	answeredWith(status: number): void;
	ended(outcome: 'answered' | 'broken'): void;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

export class RequestLog {
	readonly #size: number;
	#entries: Mutable<LoggedRequest>[] = [];
	#waiting: { readonly condition: (log: RequestLog) => boolean; readonly resolve: () => void }[] = [];
	#total = 0;
	#connections = 0;
	#inFlight = 0;
	#mostInFlight = 0;

	/** @param size entries that are kept; older ones are forgotten, and only counted */
	constructor(size: number) {
		this.#size = size;
	}

	/** The newest requests, the oldest of them first. */
	get entries(): readonly LoggedRequest[] {
		return this.#entries;
	}

	/** Requests since the start or the last `clear`. */
	get count(): number {
		return this.#total;
	}

	/** Connections since the start or the last `clear`. */
	get connections(): number {
		return this.#connections;
	}

	/** Requests whose answer is not complete. */
	get inFlight(): number {
		return this.#inFlight;
	}

	/** The most requests that were in flight together since the start or the last `clear`. */
	get mostInFlight(): number {
		return this.#mostInFlight;
	}

	/** Forgets what was; what is in flight stays so. */
	clear(): void {
		this.#entries = [];
		this.#total = 0;
		this.#connections = 0;
		this.#mostInFlight = this.#inFlight;
	}

	/** Resolves as soon as the log fulfils a condition: at once, or with the request or the end of one that makes it so. */
	until(condition: (log: RequestLog) => boolean): Promise<void> {
		return condition(this) ? Promise.resolve() : new Promise((resolve) => this.#waiting.push({ condition, resolve }));
	}

	/** For the server: a connection was opened. */
	connected(): void {
		this.#connections++;
		this.#changed();
	}

	/** For the server: a request came. */
	arrived(request: Omit<LoggedRequest, 'number' | 'status' | 'outcome'>): OpenRequest {
		const entry: Mutable<LoggedRequest> = { number: ++this.#total, ...request, outcome: 'open' };
		this.#entries.push(entry);
		if (this.#entries.length > this.#size) {
			this.#entries.shift();
		}
		this.#mostInFlight = Math.max(this.#mostInFlight, ++this.#inFlight);
		this.#changed();
		return {
			number: entry.number,
			answeredWith: (status) => {
				entry.status = status;
			},
			ended: (outcome) => {
				if (entry.outcome === 'open') {
					entry.outcome = outcome;
					this.#inFlight--;
					this.#changed();
				}
			},
		};
	}

	#changed(): void {
		const fulfilled = this.#waiting.filter(({ condition }) => condition(this));
		this.#waiting = this.#waiting.filter((waiting) => !fulfilled.includes(waiting));
		for (const { resolve } of fulfilled) {
			resolve();
		}
	}
}
