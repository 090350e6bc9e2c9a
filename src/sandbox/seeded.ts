// Chance that repeats itself: every choice of the sandbox is a function of the seed and of the place that the choice belongs to, so that
// any row can be made without making the ones before it, and the same seed always answers the same bytes.

/** Mixes integers into one of 32 bits, evenly spread. */
export function mix(...parts: readonly number[]): number {
	let hash = 0x9e3779b9;
	for (const part of parts) {
		hash = Math.imul(hash ^ part, 0x85ebca6b);
		hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
		hash ^= hash >>> 16;
	}
	return hash >>> 0;
}

/** An integer from 0 to `below - 1`. */
export function choice(below: number, ...parts: readonly number[]): number {
	return mix(...parts) % below;
}

/** One of `items`, which must not be empty. */
export function pick<Item>(items: readonly [Item, ...Item[]], ...parts: readonly number[]): Item {
	return items[choice(items.length, ...parts)] ?? items[0];
}
