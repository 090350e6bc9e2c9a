// One request per resource, however many ask for it.

interface Flight<Value> {
	readonly promise: Promise<Value>;
	readonly abort: AbortController;
	waiting: number;
}

/**
 * Shares what is under way. A caller that gives up stops waiting at once; the work itself is aborted when nobody waits for it any more.
 */
export class SingleFlight<Value> {
	private readonly flights = new Map<string, Flight<Value>>();

	/** Joins the flight of that name, or starts one. Rejects with the signal's reason when the caller gives up. */
	join(name: string, start: (signal: AbortSignal) => Promise<Value>, signal?: AbortSignal): Promise<Value> {
		if (signal?.aborted) {
			return Promise.reject(signal.reason);
		}
		const flight = this.flights.get(name) ?? this.start(name, start);
		flight.waiting++;
		return new Promise<Value>((resolve, reject) => {
			const giveUp = () => {
				this.leave(name, flight);
				reject(signal?.reason);
			};
			signal?.addEventListener('abort', giveUp, { once: true });
			flight.promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', giveUp));
		});
	}

	/** Whether something of that name is under way. */
	has(name: string): boolean {
		return this.flights.has(name);
	}

	/** Aborts the flights whose names match. */
	abort(matches: (name: string) => boolean): void {
		for (const [name, flight] of this.flights) {
			if (matches(name)) {
				this.flights.delete(name);
				flight.abort.abort();
			}
		}
	}

	private start(name: string, start: (signal: AbortSignal) => Promise<Value>): Flight<Value> {
		const abort = new AbortController();
		const promise = start(abort.signal);
		const flight: Flight<Value> = { promise, abort, waiting: 0 };
		this.flights.set(name, flight);
		const land = () => {
			if (this.flights.get(name) === flight) {
				this.flights.delete(name);
			}
		};
		promise.then(land, land);
		return flight;
	}

	private leave(name: string, flight: Flight<Value>): void {
		flight.waiting--;
		if (flight.waiting === 0 && this.flights.get(name) === flight) {
			// Whoever asks next starts anew instead of joining what is being aborted.
			this.flights.delete(name);
			flight.abort.abort();
		}
	}
}
