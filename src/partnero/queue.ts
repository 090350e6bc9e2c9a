// Who may go on: so many at a time, the others wait for their turn. A package for it would take a tenth of the time of a look-up.

interface Waiter {
	readonly priority: number;
	readonly start: () => void;
}

/** Runs tasks, so many at a time. */
export class Queue {
	#free: number;
	#held = false;
	/** Those that go first stand first; of the same priority, those that came first. */
	readonly #waiting: Waiter[] = [];

	constructor(places: number) {
		this.#free = places;
	}

	/** How many wait for their turn. */
	get size(): number {
		return this.#waiting.length;
	}

	/**
	 * Runs the task as soon as a place is free, at once where one is. Of those that wait, the one with the highest priority goes first.
	 * Rejects with what the task rejects with, or with the signal's reason where it is aborted before the task has begun.
	 */
	add<Result>(task: () => Promise<Result>, signal: AbortSignal, priority: number): Promise<Result> {
		if (signal.aborted) {
			return Promise.reject(signal.reason);
		}
		return this.#free > 0 && !this.#held ? this.#run(task) : this.#wait(task, signal, priority);
	}

	/** Starts nothing until `resume`. What has begun goes on. */
	hold(): void {
		this.#held = true;
	}

	resume(): void {
		this.#held = false;
		this.#startWaiting();
	}

	async #run<Result>(task: () => Promise<Result>): Promise<Result> {
		this.#free--;
		try {
			return await task();
		} finally {
			this.#free++;
			this.#startWaiting();
		}
	}

	#wait<Result>(task: () => Promise<Result>, signal: AbortSignal, priority: number): Promise<Result> {
		return new Promise((resolve, reject) => {
			const leave = () => {
				this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
				reject(signal.reason);
			};
			const start = () => {
				signal.removeEventListener('abort', leave);
				resolve(this.#run(task));
			};
			const waiter = { priority, start };
			signal.addEventListener('abort', leave, { once: true });
			this.#waiting.splice(this.#waiting.findLastIndex((other) => other.priority >= priority) + 1, 0, waiter);
		});
	}

	#startWaiting(): void {
		while (this.#free > 0 && !this.#held && this.#waiting.length > 0) {
			this.#waiting.shift()?.start();
		}
	}
}
