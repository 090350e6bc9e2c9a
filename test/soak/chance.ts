// Chance that a seed decides: the same seed makes the same soak, as far as the machine's speed lets it.

export interface Chance {
	/** From 0 up to 1. */
	next(): number;
	/** One of a list that is not empty. */
	oneOf<Item>(items: readonly Item[]): Item;
}

/** The generator "mulberry32". */
export function chanceOf(seed: number): Chance {
	let state = seed >>> 0;
	const next = () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	return {
		next,
		oneOf: (items) => {
			const item = items[Math.floor(next() * items.length)];
			if (item === undefined) {
				throw new RangeError('There is nothing to choose from');
			}
			return item;
		},
	};
}
