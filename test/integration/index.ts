// What VS Code's extension host runs: every `*.test.ts` of this folder, bundled by `build.ts`.
import * as vscode from 'vscode';
import { runMocha } from '../mocha.ts';

/** Called by VS Code; a rejection makes the run fail. */
export async function run(): Promise<void> {
	const { passed, failed } = await runMocha({
		timeout: 20_000,
		isOurs: (reason) => !isOfAnotherExtension(reason),
		load: async (mocha) => {
			mocha.suite.emit('pre-require', globalThis, '', mocha);
			await import('all-integration-tests');
		},
	});
	if (failed > 0 || passed === 0) {
		throw new Error(`${failed} integration tests failed`);
	}
}

/** Whether the extensions that come with VS Code, which run in the same process, are to blame. */
function isOfAnotherExtension(reason: unknown): boolean {
	const stack = reason instanceof Error ? (reason.stack ?? '') : '';
	const [ours, others] = [true, false].map((own) =>
		vscode.extensions.all
			.filter(({ id }) => (id === 'partnero-community.partnero') === own)
			.some(({ extensionPath }) => stack.includes(extensionPath)),
	);
	return others === true && ours === false;
}
