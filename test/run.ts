// `npm test`: every stage, or those that are named (with what they need): `npm test -- unit e2e`. Ends with the line "N passed, N failed".
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { readOutcome, resultsVariable } from './mocha.ts';
import { chosenStages, type FinishedStage, runStages, type Stage, type StageResult, totalLine } from './stages.ts';
import { launchBrowser, NoBrowserError } from './vscode/browser.ts';
import { projectRoot } from './vscode/cache.ts';
import { chooseEditor, desktopIsWithinReach } from './vscode/editor.ts';
import { type Gate, gates, type Metafile } from './vscode/gates.ts';
import { ensureServer, newestVersion, npmCommand, type VsCodeVersion, vsCodeVersions } from './vscode/install.ts';
import { stagePackage, vsceProgram } from './vscode/pack.ts';

/** Milliseconds after which a stage that does not end is ended. */
const stageTimeout = 13 * 60_000;
/** The stages that were asked for; none means all. */
const names = process.argv.slice(2);
const resultsFolder = path.join(projectRoot, 'test-results');

interface Ended {
	readonly code: number | null;
	readonly output: string;
}

function run(
	file: string,
	args: readonly string[],
	environment: Readonly<Record<string, string>> = {},
	cwd: string = projectRoot,
): Promise<Ended> {
	return new Promise((resolve, reject) => {
		const child = spawn(file, args, {
			cwd,
			env: { ...process.env, ...environment },
			stdio: ['ignore', 'pipe', 'pipe'],
			timeout: stageTimeout,
			shell: process.platform === 'win32' && file === 'npm',
		});
		const chunks: Buffer[] = [];
		child.stdout.on('data', (data: Buffer) => chunks.push(data));
		child.stderr.on('data', (data: Buffer) => chunks.push(data));
		child.on('error', reject);
		child.on('close', (code, signal) => {
			const end = signal === null ? '' : `\nEnded by ${signal}.\n`;
			resolve({ code, output: Buffer.concat(chunks).toString() + end });
		});
	});
}

function runScript(name: string): Promise<Ended> {
	const { file, args } = npmCommand();
	return run(file, [...args, 'run', '--silent', name]);
}

/** A script of package.json that counts as one check. */
async function check(script: string): Promise<StageResult> {
	const { code, output } = await runScript(script);
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output };
}

/** A program that leaves the counts of its tests where it is told to. */
async function tests(name: string, program: readonly string[]): Promise<StageResult> {
	const folder = path.join(resultsFolder, name);
	rmSync(folder, { recursive: true, force: true });
	const { code, output } = await run(process.execPath, program, { [resultsVariable]: folder });
	const outcome = readOutcome(folder);
	const skipped = outcome !== undefined && outcome.pending > 0 ? `${outcome.pending} skipped\n` : '';
	// Whatever ended the program badly after its tests, or kept it from running them, is a failure too.
	const failed = Math.max(outcome?.failed ?? 0, code === 0 ? 0 : 1);
	return { passed: outcome?.passed ?? 0, failed, output: output + skipped };
}

async function packageExtension(): Promise<StageResult> {
	const { version } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { version: string };
	const vsix = path.join(projectRoot, `partnero-${version}.vsix`);
	rmSync(vsix, { force: true });
	const packaging = await runScript('package');
	if (packaging.code !== 0) {
		return { passed: 0, failed: 1, output: packaging.output, blocks: true };
	}
	const listing = await run(process.execPath, [vsceProgram, 'ls', '--no-dependencies'], {}, await stagePackage());
	const lines = (text: string) => text.split('\n').filter((line) => line !== '');
	const checked = gates({
		metafile: JSON.parse(readFileSync(path.join(projectRoot, 'dist/metafile.json'), 'utf8')) as Metafile,
		activationBytes: statSync(path.join(projectRoot, 'dist/extension.js')).size,
		vsixBytes: statSync(vsix).size,
		packagingOutput: packaging.output,
		files: lines(listing.output),
		intendedFiles: lines(readFileSync(path.join(import.meta.dirname, 'vscode/packaged-files.txt'), 'utf8')),
	});
	const failed = checked.filter(({ findings }) => findings.length > 0).length;
	return { passed: checked.length - failed, failed, output: `${packaging.output}\n${checked.map(describeGate).join('\n')}\n` };
}

function describeGate({ promise, findings }: Gate): string {
	return findings.length === 0 ? `  ✔ ${promise}` : `  ✘ ${promise}\n${findings.map((finding) => `      ${finding}`).join('\n')}`;
}

/** Has everything ready that is downloaded or unpacked once, while the checks run that need none of it, and tries the browser. */
async function prepareEditors(): Promise<StageResult> {
	const forIntegration = (await chooseEditor(process.env, process.platform, () => desktopIsWithinReach(newestVersion))).kind === 'server';
	const isWanted = (name: string) => names.length === 0 || names.includes(name);
	const versions: readonly VsCodeVersion[] =
		forIntegration && isWanted('integration') ? vsCodeVersions : isWanted('e2e') ? [newestVersion] : [];
	for (const version of versions) {
		await ensureServer(version);
	}
	if (forIntegration || isWanted('e2e') || isWanted('panel')) {
		try {
			await (await launchBrowser()).close();
		} catch (error) {
			if (error instanceof NoBrowserError) {
				return { passed: 0, failed: 1, output: error.message, blocks: true };
			}
			throw error;
		}
	}
	return { passed: 0, failed: 0, output: '' };
}

/** Tests on Node of what speaks to VS Code run on a stand-in for it, as `.mocharc.json` says too. */
const onFakeVsCode = ['--import', './test/fake-vscode/register.ts'];

/** The promises of the client are those of the packed one too, which has only parts of got. */
const onPackedClient = ['--import', './test/packed-client/register.ts'];

const stages: readonly Stage[] = [
	{ name: 'editors', cores: 1, preparation: true, run: prepareEditors },
	{ name: 'package', cores: 1, run: packageExtension },
	{ name: 'types', cores: 1, run: () => check('check:types') },
	{ name: 'lint', cores: 1, run: () => check('lint') },
	{ name: 'knip', cores: 1, run: () => check('knip') },
	{ name: 'unit', cores: 1, run: () => tests('unit', [...onFakeVsCode, 'test/mocha-main.ts', '20000', 'test/unit/**/*.test.ts']) },
	{
		name: 'packed-client',
		cores: 1,
		needs: ['package'],
		run: () =>
			tests('packed-client', [
				...onFakeVsCode,
				...onPackedClient,
				'test/mocha-main.ts',
				'20000',
				'test/unit/partnero/*.test.ts',
				'test/unit/faults/*.test.ts',
			]),
	},
	{
		name: 'panel',
		cores: 2,
		needs: ['editors'],
		run: () => tests('panel', [...onFakeVsCode, 'test/mocha-main.ts', '60000', 'test/panel/**/*.test.ts']),
	},
	{ name: 'integration', cores: 2, needs: ['editors', 'package'], run: () => tests('integration', ['test/integration/main.ts']) },
	{
		name: 'e2e',
		cores: 2,
		needs: ['editors', 'package'],
		run: () => tests('e2e', ['test/mocha-main.ts', '90000', 'test/e2e/**/*.test.ts']),
	},
];

function tell(stage: FinishedStage): void {
	mkdirSync(resultsFolder, { recursive: true });
	writeFileSync(path.join(resultsFolder, `${stage.name}.log`), stage.output);
	const counts = `${stage.passed} passed, ${stage.failed} failed, ${(stage.took / 1000).toFixed(1)} s`;
	process.stdout.write(`${stage.failed === 0 ? '✔' : '✘'} ${stage.name}: ${counts}\n`);
	if (stage.failed > 0) {
		process.stdout.write(`${stage.output}\n`);
	}
}

const chosen = chosenStages(stages, names);
const results = await runStages({
	stages: chosen,
	cores: Math.min(availableParallelism(), 4),
	onFinished: tell,
	now: () => performance.now(),
});
process.stdout.write(`Output of each stage: ${resultsFolder}\n${totalLine(results)}\n`);
process.exitCode = results.some(({ failed }) => failed > 0) ? 1 : 0;
