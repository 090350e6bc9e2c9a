// Runs Mocha the same way everywhere: on Node for unit tests and UI journeys, and inside VS Code's extension host.
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import type Mocha from 'mocha';
import { watchRejections } from './unhandled.ts';

/** How a run ended. */
export interface Outcome {
	readonly passed: number;
	readonly failed: number;
	/** Tests that were left out, for example by `it.skip`. */
	readonly pending: number;
}

export interface MochaRun {
	/** Loads the test files, which call `describe` and `it`. */
	readonly load: (mocha: Mocha) => Promise<void>;
	/** Milliseconds a test may take. */
	readonly timeout: number;
	/** Whether a promise that nobody heard of was ours, by what it was rejected with; all are where it is left out. */
	readonly isOurs?: (reason: unknown) => boolean;
}

/** The environment variable that names a folder for the outcome: `outcome.json`, and `report.txt` with every test. */
export const resultsVariable = 'PARTNERO_TEST_RESULTS';

/** Runs the tests, tells each on the console, and leaves the outcome in the folder of {@link resultsVariable}, if there is one. */
export async function runMocha({ load, timeout, isOurs }: MochaRun): Promise<Outcome> {
	const { default: MochaRunner } = await import('mocha');
	const folder = process.env[resultsVariable];
	if (folder !== undefined) {
		mkdirSync(folder, { recursive: true });
		const { consoleLog } = MochaRunner.reporters.Base;
		MochaRunner.reporters.Base.consoleLog = (...line) => {
			const text = format(...line);
			consoleLog(text);
			appendFileSync(path.join(folder, 'report.txt'), `${text}\n`);
		};
	}
	const mocha = new MochaRunner({ ui: 'bdd', reporter: 'spec', timeout, forbidOnly: true, color: false });
	mocha.rootHooks(watchRejections(isOurs));
	await load(mocha);
	const outcome = await new Promise<Outcome>((resolve) => {
		const runner = mocha.run(() => {
			const { passes, failures, pending } = runner.stats ?? { passes: 0, failures: 1, pending: 0 };
			resolve({ passed: passes, failed: failures, pending });
		});
	});
	if (folder !== undefined) {
		writeFileSync(path.join(folder, 'outcome.json'), JSON.stringify(outcome));
	}
	return outcome;
}

/** The report of a run as far as it came. */
export function readReport(folder: string): string {
	try {
		return readFileSync(path.join(folder, 'report.txt'), 'utf8');
	} catch {
		return '';
	}
}

/** Reads what {@link runMocha} left in a folder, or undefined when the run did not come to its end. */
export function readOutcome(folder: string): Outcome | undefined {
	try {
		return JSON.parse(readFileSync(path.join(folder, 'outcome.json'), 'utf8')) as Outcome;
	} catch {
		return undefined;
	}
}
