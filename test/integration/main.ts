// Runs the integration tests inside VS Code, one version after the other: `node test/integration/main.ts [VERSION…]`.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { type Outcome, readOutcome, readReport, resultsVariable } from '../mocha.ts';
import { projectRoot } from '../vscode/cache.ts';
import { runInEditor } from '../vscode/editor.ts';
import { type VsCodeVersion, vsCodeVersions } from '../vscode/install.ts';
import { buildIntegrationTests } from './build.ts';

/** Keeps what the editor says, which is long and matters only when something failed. */
class Kept extends Writable {
	readonly #chunks: Buffer[] = [];

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
		this.#chunks.push(chunk);
		done();
	}

	text(): string {
		return Buffer.concat(this.#chunks).toString();
	}
}

async function runVersion(version: VsCodeVersion, tests: string): Promise<Outcome> {
	const results = path.join(projectRoot, 'test-results', `integration-${version}`);
	rmSync(results, { recursive: true, force: true });
	mkdirSync(results, { recursive: true });
	const output = new Kept();
	const failure = await runInEditor({
		version,
		extensionFolder: projectRoot,
		tests,
		workspace: path.join(projectRoot, 'test/workspace'),
		environment: { [resultsVariable]: results },
		output,
	}).then(
		() => undefined,
		(error: unknown) => error,
	);
	writeFileSync(path.join(results, 'editor.log'), output.text());
	process.stdout.write(`\nIn the extension host of VS Code ${version}\n${readReport(results)}`);
	const outcome = readOutcome(results);
	if (outcome === undefined || (failure !== undefined && outcome.failed === 0)) {
		process.stdout.write(`VS Code ${version} did not run the tests to their end: ${failure}\n${output.text()}\n`);
		return { passed: outcome?.passed ?? 0, failed: 1, pending: 0 };
	}
	if (outcome.failed > 0) {
		process.stdout.write(`What VS Code ${version} said meanwhile, with its logs: ${path.join(results, 'editor.log')}\n`);
	}
	return outcome;
}

const wanted = process.argv.slice(2);
const tests = await buildIntegrationTests();
const outcomes: Outcome[] = [];
for (const version of vsCodeVersions.filter((known) => wanted.length === 0 || wanted.includes(known))) {
	outcomes.push(await runVersion(version, tests));
}
const sum = (field: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[field], 0);
const total: Outcome = { passed: sum('passed'), failed: sum('failed'), pending: sum('pending') };
const folder = process.env[resultsVariable];
if (folder !== undefined) {
	mkdirSync(folder, { recursive: true });
	writeFileSync(path.join(folder, 'outcome.json'), JSON.stringify(total));
}
process.exitCode = total.failed === 0 && outcomes.every(({ passed }) => passed > 0) ? 0 : 1;
