// The window of VS Code that figures are taken in: the packaged extension, connected to the local Partnero, the bench's own extensions beside
// it, and a probe in every frame that tells when things happened.
import assert from 'node:assert/strict';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Sandbox } from '../../src/sandbox/index.ts';
import { retry } from '../e2e/pages/retry.ts';
import type { Workbench } from '../e2e/pages/workbench.ts';
import { type Session, startSession } from '../e2e/session.ts';
import { readBrowserStorage } from '../e2e/stored.ts';
import type { Task, TaskResult } from './companion/tasks.ts';
import { packCompanions } from './companions.ts';

/** What the probe or the server told, in milliseconds since 1970. */
interface Happened {
	readonly what: string;
	readonly time: number;
}

export class BenchWindow implements AsyncDisposable {
	readonly session: Session;
	readonly sandbox: Sandbox;
	#happened: Happened[] = [];
	#waiting: { readonly what: string; readonly resolve: (time: number) => void }[] = [];
	readonly #closed = new AsyncDisposableStack();

	constructor(session: Session, sandbox: Sandbox) {
		this.session = session;
		this.sandbox = sandbox;
		this.#followServer();
	}

	get workbench(): Workbench {
		return this.session.workbench;
	}

	get page(): Page {
		return this.session.page;
	}

	/** Forgets what happened so far. */
	forget(): void {
		this.#happened = [];
	}

	/** When something first happened since `forget`: waits for it. */
	async when(what: string): Promise<number> {
		const known = this.firstTime(what);
		if (known !== undefined) {
			return known;
		}
		const { promise, resolve } = Promise.withResolvers<number>();
		this.#waiting.push({ what, resolve });
		const ended = new AbortController();
		const late = delay(30_000, undefined, { signal: ended.signal }).then(() => {
			throw new Error(`Nothing told of "${what}"; it told of ${this.#happened.map((one) => one.what).join(', ')}`);
		});
		return Promise.race([promise, late]).finally(() => {
			late.catch(() => undefined);
			ended.abort();
		});
	}

	firstTime(what: string): number | undefined {
		return this.#happened.find((one) => one.what === what)?.time;
	}

	/** Milliseconds between two times in which the local Partnero worked on a request. */
	serverTime(from: number, to: number): number {
		let busy = 0;
		let until = from;
		let begun: number | undefined;
		let open = 0;
		for (const { what, time } of this.#happened) {
			if (what === 'asked') {
				open += 1;
				begun ??= time;
			} else if (what === 'answered') {
				open -= 1;
				if (open === 0 && begun !== undefined) {
					const start = Math.max(begun, until);
					const end = Math.min(time, to);
					busy += Math.max(0, end - start);
					until = Math.max(until, end);
					begun = undefined;
				}
			}
		}
		return busy;
	}

	/** Waits until VS Code has stored what the next window is to know: it writes a little later. */
	async whenStored(text: string): Promise<void> {
		await retry(async () => assert.ok((await this.page.evaluate(readBrowserStorage)).includes(text), `${text} is not stored yet`));
	}

	/** Gives a fresh window that shows the Explorer and nothing of ours. VS Code stores a little later what a window showed, so it may take several. */
	async reloadWithoutView(): Promise<void> {
		const explorer = this.page.locator('.activitybar').getByRole('tab', { name: /^Explorer/ });
		await retry(async () => {
			if ((await explorer.getAttribute('aria-selected')) !== 'true') {
				await explorer.click();
			}
			await this.reload();
			assert.equal(await explorer.getAttribute('aria-selected'), 'true', 'the window shows another view again');
		}, 60_000);
	}

	/** Gives a fresh window, with the program connected. */
	async reload(): Promise<void> {
		await this.workbench.reload();
		await this.workbench.programItem(this.sandbox.program.name).waitFor();
	}

	/** Runs a command by the palette, again where a window that is busy swallows the keys. */
	async runCommand(title: string): Promise<void> {
		for (let tries = 1; ; tries += 1) {
			try {
				await this.workbench.runCommand(title);
				return;
			} catch (error) {
				if (tries === 3) {
					throw error;
				}
			}
		}
	}

	/** Types into the command palette and waits until Enter would run this command. */
	async chooseCommand(title: string): Promise<void> {
		const { quickInput } = this.workbench;
		await retry(async () => {
			if (await quickInput.box.isVisible()) {
				await this.page.keyboard.press('Escape');
				await quickInput.box.waitFor({ state: 'hidden', timeout: 1_500 });
			}
			await this.page.keyboard.press('F1');
			await quickInput.input.fill(`>${title}`, { timeout: 1_500 });
			await quickInput.box.locator('.monaco-list-row.focused .label-name').getByText(title, { exact: true }).waitFor({ timeout: 1_500 });
		});
	}

	/** Has the companion work a task off inside the extension host. */
	async runTask<Name extends Task['task']>(task: Extract<Task, { readonly task: Name }>): Promise<TaskResult<Name>> {
		const answer = path.join(this.session.workspace, 'bench-answer.json');
		await rm(answer, { force: true });
		await writeFile(path.join(this.session.workspace, 'bench-task.json'), JSON.stringify(task));
		await this.runCommand('Bench: Run Task');
		const deadline = Date.now() + 180_000;
		for (;;) {
			const text = await readFile(answer, 'utf8').catch(() => undefined);
			if (text !== undefined) {
				const { result, error } = JSON.parse(text) as { readonly result: TaskResult<Name>; readonly error?: string };
				if (error !== undefined) {
					throw new Error(`In the extension host: ${error}`);
				}
				return result;
			}
			if (Date.now() > deadline) {
				throw new Error(`The extension host did not end the task "${task.task}"`);
			}
			await delay(50);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.#closed.disposeAsync();
		await this.session.close();
	}

	/** What the probe tells. */
	tell(what: string, time: number): void {
		this.#happened.push({ what, time });
		for (const { resolve } of this.#waiting.filter((one) => one.what === what)) {
			resolve(time);
		}
		this.#waiting = this.#waiting.filter((one) => one.what !== what);
	}

	/** The server runs in this process: Node tells of each request that it begins and each answer that is out. */
	#followServer(): void {
		const isOurs = (message: unknown) => {
			const { request } = message as { readonly request: IncomingMessage };
			return request.socket.localPort === this.sandbox.port;
		};
		const now = () => performance.timeOrigin + performance.now();
		const asked = (message: unknown) => (isOurs(message) ? this.tell('asked', now()) : undefined);
		const answered = (message: unknown) => (isOurs(message) ? this.tell('answered', now()) : undefined);
		subscribe('http.server.request.start', asked);
		subscribe('http.server.response.finish', answered);
		this.#closed.defer(() => {
			unsubscribe('http.server.request.start', asked);
			unsubscribe('http.server.response.finish', answered);
		});
	}
}

/** Starts the window and connects the program. */
export async function openBenchWindow(sandbox: Sandbox): Promise<BenchWindow> {
	await using stack = new AsyncDisposableStack();
	const session = await startSession({
		furtherExtensions: await packCompanions(),
		userSettings: { 'partnero.apiBaseUrl': sandbox.baseUrl },
		machineSettings: { 'workbench.reduceMotion': 'on' },
	});
	const window = stack.use(new BenchWindow(session, sandbox));
	await session.workbench.connectProgram(sandbox.apiKey);
	await window.whenStored('partnero.activeProgram');
	await session.context.exposeFunction('tellBench', (what: string, time: number) => window.tell(what, time));
	await session.context.addInitScript({ path: path.join(import.meta.dirname, 'probe.js') });
	await window.reload();
	stack.move();
	return window;
}
