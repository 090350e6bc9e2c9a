// Nothing outlives its owner: the base of every class that holds something.

export interface Disposes {
	dispose(): unknown;
}

/** Disposes of what it registered, last first, once. */
export abstract class Disposable implements Disposes {
	readonly #owned: Disposes[] = [];
	#isDisposed = false;

	/** Whether `dispose` was called: for answers that arrive afterwards. */
	protected get disposed(): boolean {
		return this.#isDisposed;
	}

	dispose(): void {
		if (this.#isDisposed) {
			return;
		}
		this.#isDisposed = true;
		const failures: unknown[] = [];
		for (const owned of this.#owned.splice(0).reverse()) {
			try {
				owned.dispose();
			} catch (error) {
				failures.push(error);
			}
		}
		// One that fails must not keep the others open.
		if (failures.length > 0) {
			throw failures[0];
		}
	}

	/** Hands something over to be disposed of with this. What comes too late is disposed of at once. */
	protected _register<T extends Disposes>(owned: T): T {
		if (this.#isDisposed) {
			owned.dispose();
		} else {
			this.#owned.push(owned);
		}
		return owned;
	}
}
