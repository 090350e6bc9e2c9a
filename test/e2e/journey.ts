// What a suite of UI tests stands on: one fresh VS Code and, where it needs one, one fresh local Partnero, for all tests of the suite.
import path from 'node:path';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { resultsFolder, type Session, type SessionOptions, startSession } from './session.ts';

/** Milliseconds for the install of a VS Code server and its start. */
const startTimeout = 180_000;

/**
 * Starts a VS Code with the packaged extension before the tests of the suite that calls this, and ends it after them. A test that fails leaves a
 * screenshot and all logs in `test-results/e2e`.
 *
 * @returns gives the session inside of tests
 */
export function useSession(options: () => SessionOptions = () => ({})): () => Session {
	let session: Session | undefined;
	before(async function () {
		this.timeout(startTimeout);
		session = await startSession(options());
	});
	afterEach(async function () {
		if (this.currentTest?.state === 'failed' && session !== undefined) {
			const folder = path.join(
				resultsFolder,
				this.currentTest
					.fullTitle()
					.replaceAll(/[^\w]+/g, '-')
					.slice(0, 100),
			);
			await session.saveEvidence(folder);
			process.stdout.write(`      Screenshot and logs: ${folder}\n`);
		}
	});
	after(() => session?.close());
	return () => started(session, 'VS Code');
}

/** Starts a local Partnero before the tests of the suite that calls this, and ends it after them. Call it before `useSession`. */
export function useSandbox(options: SandboxOptions = {}): () => Sandbox {
	let sandbox: Sandbox | undefined;
	before(async () => {
		sandbox = await startSandbox(options);
	});
	after(() => sandbox?.close());
	return () => started(sandbox, 'the local Partnero');
}

function started<T>(value: T | undefined, name: string): T {
	if (value === undefined) {
		throw new Error(`Before the first test, there is no ${name} yet`);
	}
	return value;
}
