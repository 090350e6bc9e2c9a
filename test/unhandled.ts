// A promise that is rejected while nobody listens fails the run, with the name of the test during which that happened. Mocha itself lets it pass: it hands the event on to
// the listeners of the process, and without one it is gone.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Context, RootHookObject } from 'mocha';

/** Mocha's hooks that watch. `isOurs` tells by what a promise was rejected with whether it concerns us, where others run in the same process. */
export function watchRejections(isOurs: (reason: unknown) => boolean = () => true): RootHookObject {
	const unhandled = new Map<unknown, unknown>();
	const complaints: string[] = [];
	// Mocha tells it a second time, of the same promise.
	const note = (reason: unknown, promise: unknown) => unhandled.set(promise, reason);
	const collect = async (during: string) => {
		await nextTurn();
		const reasons = [...unhandled.values()].filter(isOurs);
		unhandled.clear();
		complaints.push(...reasons.map((reason) => `${during}: ${reason instanceof Error ? reason.stack : String(reason)}`));
	};
	return {
		beforeAll: () => {
			process.on('unhandledRejection', note);
		},
		async afterEach(this: Context) {
			await collect(this.currentTest?.fullTitle() ?? '');
		},
		async afterAll() {
			await collect('after the last test');
			process.off('unhandledRejection', note);
			if (complaints.length > 0) {
				throw new Error(`Promises were rejected that nobody listened to, in\n${complaints.join('\n')}`);
			}
		},
	};
}

/** For Mocha's own command line, which `.mocharc.json` sends here. */
export const mochaHooks = watchRejections();
