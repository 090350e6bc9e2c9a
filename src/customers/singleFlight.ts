// One request per resource, however many ask for it.

/** What is done once for all who ask for it. */
export interface Work<Value> {
	readonly start: (signal: AbortSignal) => Promise<Value>;
	/** Told when it has landed, failed or been given up: from then on nothing of that name is under way. Those who wait hear of it afterwards. */
	readonly ended?: () => void;
}

interface Flight<Value> {
	readonly promise: Promise<Value>;
	/** Aborts the work; who still waits for it is rejected at once, whatever the work makes of the abort. */
	readonly giveUp: () => void;
	waiting: number;
}

/**
 * Shares what is under way. A caller that gives up stops waiting at once; the work itself is aborted when nobody waits for it any more.
 */
export class SingleFlight<Value> {
	readonly #flights = new Map<string, Flight<Value>>();

	/** Joins the flight of that name, or starts one. Rejects with the signal's reason when the caller gives up, and when the flight is aborted. */
	join(name: string, work: Work<Value>, signal?: AbortSignal): Promise<Value> {
		if (signal?.aborted) {
			return Promise.reject(signal.reason);
		}
		const flight = this.#flights.get(name) ?? this.#start(name, work);
		flight.waiting++;
		return new Promise<Value>((resolve, reject) => {
			const leave = () => {
				reject(signal?.reason);
				flight.waiting--;
				if (flight.waiting === 0) {
					flight.giveUp();
				}
			};
			signal?.addEventListener('abort', leave, { once: true });
			flight.promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave));
		});
	}

	/** Whether something of that name is under way. */
	has(name: string): boolean {
		return this.#flights.has(name);
	}

	/** Aborts the flights whose names match. */
	abort(matches: (name: string) => boolean): void {
		for (const [name, flight] of [...this.#flights]) {
			if (matches(name)) {
				flight.giveUp();
			}
		}
	}

	#start(name: string, work: Work<Value>): Flight<Value> {
		const abort = new AbortController();
		const { promise, resolve, reject } = Promise.withResolvers<Value>();
		const end = (settle: () => void) => {
			// Whoever asks next starts anew instead of joining what is over, so a flight ends once.
			if (this.#flights.get(name) === flight) {
				this.#flights.delete(name);
				settle();
				work.ended?.();
			}
		};
		const giveUp = () =>
			end(() => {
				abort.abort();
				reject(abort.signal.reason);
			});
		const flight: Flight<Value> = { promise, giveUp, waiting: 0 };
		this.#flights.set(name, flight);
		// After the last caller has left, nobody is there to hear of the rejection.
		promise.catch(() => undefined);
		work.start(abort.signal).then(
			(value) => end(() => resolve(value)),
			(error: unknown) => end(() => reject(error)),
		);
		return flight;
	}
}
