// What a soak found: the table by minute, and what speaks against the extension.
import type { Sample } from './probe.ts';

/** A sample, with what the driver did until then. */
export interface Minute {
	/** From 1; 0 is the start. */
	readonly minute: number;
	readonly sample: Sample;
	/** Acts of the user since the sample before. */
	readonly acts: number;
	/** Those that did not come to their end, because a fault or a slow machine was in the way. */
	readonly unfinished: number;
	/** Requests since the sample before. */
	readonly requests: number;
	/** Connections to Partnero that are open. */
	readonly connections: number;
}

/** What is left when everything is closed and disconnected. */
export interface End {
	readonly sample: Sample;
	readonly connections: number;
	/** Stacks of our code in the logs. */
	readonly stacks: readonly string[];
}

/** Of the level of the first minute. */
const growthLimit = 1.1;

export function table(minutes: readonly Minute[]): string {
	const head = ['minute', 'acts', 'unfinished', 'requests', 'heap MB', 'code MB', 'connections', 'ours', 'handles'];
	const rows = minutes.map(({ minute, acts, unfinished, requests, sample, connections }) => [
		minute === 0 ? 'start' : String(minute),
		String(acts),
		String(unfinished),
		String(requests),
		megabytes(sample.heap),
		megabytes(sample.code),
		String(connections),
		describeHandles(sample.ours),
		describeHandles(sample.handles),
	]);
	const widths = head.map((title, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), title.length));
	return [head, ...rows].map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join('  ')).join('\n');
}

export function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(2);
}

export function describeHandles(counts: Sample['handles']): string {
	return (
		Object.entries(counts)
			.sort(([one], [other]) => one.localeCompare(other, 'en'))
			.map(([kind, count]) => `${kind} ${count}`)
			.join(', ') || '–'
	);
}

/** What of the whole host counts: its timers, pipes and processes come and go with the extensions that VS Code brings along. */
const connectionKind = /^(?:TCP|TLS|UDP)/;

/** Kinds of which there are more than at the start, with both counts: of connections in the whole host, of everything that our code made. */
export function leftHandles(start: Sample, end: Sample): readonly string[] {
	const left = (whose: string, before: Sample['handles'], after: Sample['handles']) =>
		Object.entries(after)
			.filter(([kind, count]) => count > (before[kind] ?? 0))
			.map(([kind, count]) => `${whose}${kind}: ${count}, ${before[kind] ?? 0} at the start`);
	const connections = ({ handles }: Sample) => Object.fromEntries(Object.entries(handles).filter(([kind]) => connectionKind.test(kind)));
	return [...left('', connections(start), connections(end)), ...left('of ours, ', start.ours, end.ours)];
}

/** Sentences for everything that is wrong; none is what we want. */
export function objections(minutes: readonly Minute[], end: End): readonly string[] {
	const [start, first] = minutes;
	const last = minutes.at(-1);
	if (start === undefined || first === undefined || last === undefined) {
		return ['The soak ended before its first minute was over.'];
	}
	const grown = [
		{ when: 'in the last minute', heap: last.sample.heap },
		{ when: 'at the end', heap: end.sample.heap },
	].filter(({ heap }) => heap > growthLimit * first.sample.heap);
	return [
		...grown.map(
			({ when, heap }) =>
				`The heap has ${megabytes(heap)} MB ${when}, more than 10 % above the ${megabytes(first.sample.heap)} MB of the first minute.`,
		),
		...leftHandles(start.sample, end.sample).map((left) => `A handle is left: ${left}.`),
		...(end.sample.ours.Timeout === undefined ? [] : end.sample.places.map((place) => `Still alive: ${place}`)),
		...(end.connections === 0 ? [] : [`${end.connections} connections to Partnero are left.`]),
		...end.sample.unhandled.map((stack) => `A promise was rejected without being handled: ${stack}`),
		...end.stacks.map((stack) => `A stack of ours stands in a log: ${stack}`),
	];
}
