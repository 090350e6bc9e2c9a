// Loaded into the extension host before anything else: tells on a loopback port how much memory and which handles the host has. Node hands the
// module to all processes of the VS Code server; it wakes up in the extension host alone.
import { createHook } from 'node:async_hooks';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Names the file that the port is written to. */
export const portFileVariable = 'PARTNERO_SOAK_PORT_FILE';

/** The extension host at one moment, after a collection. */
export interface Sample {
	/** Bytes of what is held, without `code`. */
	readonly heap: number;
	/** Bytes of what V8 made of functions that were called: it makes that when it likes, and throws it away when it likes. */
	readonly code: number;
	/** What keeps the process from ending, counted by its kind: `TCPSocketWrap`, `Timeout`, … */
	readonly handles: Readonly<Record<string, number>>;
	/** Those that the code of our extension made and that still live, of whatever kind (timers that keep nothing from ending too). */
	readonly ours: Readonly<Record<string, number>>;
	/** Where in our code they were made. */
	readonly places: readonly string[];
	/** Stacks of promises that were rejected without being handled, since the start. */
	readonly unhandled: readonly string[];
}

const portFile = process.env[portFileVariable];
if (portFile !== undefined && process.argv.includes('--type=extensionHost')) {
	setFlagsFromString('--expose-gc');
	const collect: unknown = runInNewContext('gc');
	const ours = watchOurs();
	const unhandled: string[] = [];
	process.on('unhandledRejection', (reason) => {
		unhandled.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
	});
	const server = createServer((socket) => {
		socket.on('error', () => socket.destroy());
		void sample(collect, ours, unhandled).then((all) => socket.end(JSON.stringify(all)));
	});
	server.listen(0, '127.0.0.1', () => writeFileSync(portFile, String((server.address() as AddressInfo).port)));
}

interface Made {
	readonly kind: string;
	readonly place: string;
}

/** Follows everything asynchronous that is made while a function of our extension runs, by its kind; promises and turns of the loop apart. */
function watchOurs(): ReadonlyMap<number, Made> {
	const ours = new Map<number, Made>();
	createHook({
		init: (id, kind) => {
			if (!/^(?:PROMISE|TickObject|Immediate|Microtask|RANDOMBYTESREQUEST)$/.test(kind)) {
				const { stackTraceLimit } = Error;
				Error.stackTraceLimit = 40;
				const place = new Error().stack?.split('\n').find((line) => line.includes('partnero-community.partnero-'));
				if (place !== undefined) {
					ours.set(id, { kind, place: place.trim() });
				}
				Error.stackTraceLimit = stackTraceLimit;
			}
		},
		destroy: (id) => {
			ours.delete(id);
		},
	}).enable();
	return ours;
}

async function sample(collect: unknown, ours: ReadonlyMap<number, Made>, unhandled: readonly string[]): Promise<Sample> {
	// What the first collection lets go of is gone after the turn in which its finalizers ran.
	for (let round = 0; round < 3; round++) {
		if (typeof collect === 'function') {
			collect();
		}
		await nextTurn();
	}
	const spaces = getHeapSpaceStatistics();
	const used = (of: typeof spaces) => of.reduce((sum, { space_used_size: size }) => sum + size, 0);
	const code = used(spaces.filter(({ space_name: name }) => /^(?:code|trusted)_/.test(name)));
	return {
		heap: used(spaces) - code,
		code,
		handles: countByKind(process.getActiveResourcesInfo()),
		ours: countByKind([...ours.values()].map(({ kind }) => kind)),
		places: [...ours.values()].map(({ kind, place }) => `${kind} ${place}`),
		unhandled,
	};
}

function countByKind(kinds: Iterable<string>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const kind of kinds) {
		counts[kind] = (counts[kind] ?? 0) + 1;
	}
	return counts;
}
