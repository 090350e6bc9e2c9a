// What a model asks for. VS Code does not hold a call to the schema of package.json, and other extensions can call the tools as well, so
// everything is read here as if it were written by a stranger.
import { customerKeyProblem } from '../partnero/customerKey.ts';
import type { ConnectedProgram } from '../programs/registry.ts';
import { Refusal, refusals } from './refusals.ts';

/** Transactions that one call gives at most, and those that it gives where the model names no number. */
export const mostRows = 100;
const usualRows = 20;

/** One call, read. */
export interface ToolInput {
	readonly key: string;
	/** The name of a program, as the model wrote it. */
	readonly program?: string;
	/** All fields instead of the usual ones. */
	readonly detail: boolean;
	/** Transactions to give. */
	readonly limit: number;
	/** Where to go on, from an earlier answer. */
	readonly cursor?: string;
}

/** Reads the input of either tool. @throws Refusal which tells the model what to mend. */
export function readInput(input: unknown): ToolInput {
	const { customer_key: key, program, detail, limit, cursor } = Object(input) as Readonly<Record<string, unknown>>;
	if (typeof key !== 'string') {
		throw new Refusal(refusals.noKey);
	}
	const problem = customerKeyProblem(key);
	if (problem !== undefined) {
		throw new Refusal(refusals.badKey[problem]);
	}
	if (!isTextOrAbsent(program) || !isTextOrAbsent(cursor)) {
		throw new Refusal(refusals.notText);
	}
	const rows = typeof limit === 'number' && Number.isFinite(limit) ? Math.trunc(limit) : usualRows;
	return {
		key,
		// A model fills what it has no value for with an empty text.
		...(program ? { program } : {}),
		...(cursor ? { cursor } : {}),
		detail: detail === true,
		limit: Math.min(Math.max(rows, 1), mostRows),
	};
}

/** The program that is meant: the one of that name, or the only one. @throws Refusal */
export function chooseProgram(programs: readonly ConnectedProgram[], name: string | undefined): ConnectedProgram {
	const [only, another] = programs;
	if (only === undefined) {
		throw new Refusal(refusals.noProgram);
	}
	if (name === undefined) {
		if (another !== undefined) {
			throw new Refusal(refusals.whichProgram(programs.map((program) => program.name)));
		}
		return only;
	}
	const wanted = plain(name);
	const matching = programs.filter((program) => plain(program.name) === wanted);
	const program = programs.find((candidate) => candidate.name === name) ?? (matching.length === 1 ? matching[0] : undefined);
	if (program === undefined) {
		throw new Refusal(refusals.unknownProgram(programs.map((known) => known.name)));
	}
	return program;
}

/** Names are told apart as they are written; only where that finds none, a model may have changed the case. */
function plain(name: string): string {
	return name.trim().toLowerCase();
}

function isTextOrAbsent(value: unknown): value is string | undefined | null {
	return value === undefined || value === null || typeof value === 'string';
}
