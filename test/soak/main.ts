// `npm run soak [-- --minutes 10] [--seed 1]`: the packaged extension in a real VS Code, with acts of a user and faults of the network as a seed
// chooses them. Tells minute by minute what the extension host holds, and ends with 1 if memory grew or anything is left when all is closed.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { startSandbox } from '../../src/sandbox/index.ts';
import { retry } from '../e2e/pages/retry.ts';
import { resultsFolder, startSession } from '../e2e/session.ts';
import { acts, changeWeather, chooseAct, clearTheWay, rest, type Scene, soakKeys, tidyUp } from './acts.ts';
import { chanceOf } from './chance.ts';
import { portFileVariable, type Sample } from './probe.ts';
import { Relay } from './relay.ts';
import { describeHandles, type End, leftHandles, type Minute, megabytes, objections, table } from './verdict.ts';

/** Milliseconds that one step of an act may take. */
const stepTimeout = 8_000;
/** Milliseconds of one weather. */
const weatherTime = 7_000;
/** Milliseconds until a handle that is on its way out must be gone: VS Code keeps idle connections for a while. */
const endTimeout = 60_000;

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes);
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 32) : Number(values.seed);
if (!(minutes > 0) || !Number.isInteger(seed)) {
	throw new Error('Say for example: npm run soak -- --minutes 10 --seed 1');
}
process.stdout.write(`A soak of ${minutes} minutes with seed ${seed}\n`);

await using stack = new AsyncDisposableStack();
const temporary = await mkdtemp(path.join(tmpdir(), 'partnero-soak-'));
stack.defer(() => rm(temporary, { recursive: true, force: true }));
const portFile = path.join(temporary, 'port');
const sandbox = stack.use(await startSandbox());
const relay = stack.use(await Relay.start(sandbox.port));
const session = stack.use(
	await startSession({
		// A client of many connections a minute, with answers that go stale.
		userSettings: {
			'partnero.apiBaseUrl': `http://127.0.0.1:${relay.port}/v1`,
			'partnero.requestTimeoutSeconds': 2,
			'partnero.cache.ttlSeconds': 5,
		},
		environment: { [portFileVariable]: portFile },
		imports: [pathToFileURL(path.join(import.meta.dirname, 'probe.ts')).href],
	}),
);
session.page.setDefaultTimeout(stepTimeout);
const scene: Scene = { session, sandbox, relay, chance: chanceOf(seed), keys: soakKeys(sandbox), programs: ['ACME', 'BETA'] };

await warmUp(scene);
const rows: Minute[] = [];
const done = new Map(acts.map(({ name }) => [name, { finished: 0, unfinished: 0 }]));
// A disconnected program is watched for a few seconds more.
await sampleWhen(({ ours }) => ours.Timeout === undefined);
await note(0, { acts: 0, unfinished: 0 });
await connectAll(scene);
const start = Date.now();
for (let minute = 1; minute <= minutes; minute++) {
	await note(minute, await soakUntil(start + minute * 60_000));
}
const end = await finish();
process.stdout.write(`\n${table(rows)}\n\n`);
for (const [name, { finished, unfinished }] of done) {
	process.stdout.write(`${name}: ${finished} times${unfinished === 0 ? '' : `, and ${unfinished} times not to the end`}\n`);
}
process.stdout.write(
	`\nAt the end: heap ${megabytes(end.sample.heap)} MB, code ${megabytes(end.sample.code)} MB, ${end.connections} connections, ours ${describeHandles(end.sample.ours)}; ${describeHandles(end.sample.handles)}\n`,
);
const wrong = [
	...objections(rows, end),
	...[...done]
		.filter(([, { finished, unfinished }]) => finished < unfinished)
		.map(([name]) => `The act "${name}" mostly did not come to its end.`),
];
process.stdout.write(wrong.length === 0 ? 'Steady: nothing grew and nothing is left.\n' : `${wrong.join('\n')}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
if (wrong.length > 0) {
	await session.saveEvidence(path.join(resultsFolder, 'soak'));
}

/** Loads every part of the extension, so that what is compared is not the first use of anything. */
async function warmUp(scene: Scene): Promise<void> {
	await connectAll(scene);
	for (const act of acts) {
		await act.run(scene).catch(() => clearTheWay(scene));
	}
	await disconnectAll(scene);
}

async function connectAll({ session: { workbench }, sandbox, programs }: Scene): Promise<void> {
	for (const name of programs) {
		await workbench.runCommand('Partnero: Connect a program');
		await workbench.quickInput.type(sandbox.apiKey);
		await workbench.quickInput.accept();
		await workbench.nameProgram(name);
		await workbench.programItem(name).waitFor();
	}
}

/** The window as it was before the first program was connected. */
async function disconnectAll(scene: Scene): Promise<void> {
	const { workbench, page } = scene.session;
	await rest(scene);
	for (const name of scene.programs) {
		await workbench.runCommand('Partnero: Disconnect a program');
		if (name !== scene.programs.at(-1)) {
			await workbench.quickInput.pick(name);
		}
		await workbench.dialog(`Disconnect ${name}?`).getByRole('button', { name: 'Disconnect', exact: true }).click();
		await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
	}
	await workbench.programItem(/ACME|BETA/).waitFor({ state: 'detached' });
}

/** Acts until a time, and rests. */
async function soakUntil(deadline: number): Promise<{ acts: number; unfinished: number }> {
	const count = { acts: 0, unfinished: 0 };
	let weatherUntil = 0;
	while (Date.now() < deadline) {
		if (Date.now() > weatherUntil) {
			changeWeather(scene);
			weatherUntil = Date.now() + weatherTime;
		}
		const act = chooseAct(scene.chance);
		const tally = done.get(act.name) ?? { finished: 0, unfinished: 0 };
		count.acts++;
		try {
			await act.run(scene);
			tally.finished++;
		} catch (error) {
			if (session.page.isClosed()) {
				throw error;
			}
			tally.unfinished++;
			count.unfinished++;
			process.stdout.write(`  ${act.name}: ${String(error).split('\n', 1)[0]}\n`);
			await clearTheWay(scene);
		}
		await tidyUp(scene).catch(() => clearTheWay(scene));
	}
	await retry(() => rest(scene));
	return count;
}

async function note(minute: number, counts: { readonly acts: number; readonly unfinished: number }): Promise<void> {
	const sample = await takeSample();
	const row = { minute, ...counts, requests: sandbox.requests.count, connections: relay.open, sample };
	sandbox.requests.clear();
	rows.push(row);
	process.stdout.write(
		`minute ${minute}: ${counts.acts} acts, heap ${megabytes(sample.heap)} MB, code ${megabytes(sample.code)} MB, ours ${describeHandles(sample.ours)}; ${describeHandles(sample.handles)}\n`,
	);
}

async function takeSample(): Promise<Sample> {
	const socket = connect(Number(await readFile(portFile, 'utf8')), '127.0.0.1');
	return JSON.parse(await text(socket)) as Sample;
}

/** Closes and disconnects everything, and waits until it is gone. */
async function finish(): Promise<End> {
	await retry(() => disconnectAll(scene));
	const before = rows[0]?.sample;
	const sample = await sampleWhen((now) => relay.open === 0 && before !== undefined && leftHandles(before, now).length === 0);
	return { sample, connections: relay.open, stacks: stacksOfOurs(await session.server.logs()) };
}

/** The first sample that fulfils a condition, or the one at the end of patience. */
async function sampleWhen(condition: (sample: Sample) => boolean): Promise<Sample> {
	const deadline = Date.now() + endTimeout;
	for (;;) {
		const sample = await takeSample();
		if (condition(sample) || Date.now() > deadline) {
			return sample;
		}
		await delay(500);
	}
}

/** Lines of the logs that say where in our code an error was. */
function stacksOfOurs(logs: string): readonly string[] {
	return [...new Set(logs.split('\n').filter((line) => /^\s*at .*partnero-community\.partnero-/.test(line)))];
}
