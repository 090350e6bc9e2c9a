// What the rows of the bench share: one window of VS Code and one local Partnero, started by the first row that wants them.
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import type { Figure } from './figures.ts';
import { type BenchWindow, openBenchWindow } from './window.ts';

/** One row of "Budgets". */
export interface Row {
	/** What `npm run bench -- NAME` takes. */
	readonly name: string;
	readonly measure: (bench: Bench) => Promise<readonly Figure[]>;
}

export class Bench implements AsyncDisposable {
	readonly #stack = new AsyncDisposableStack();
	#sandbox: Promise<Sandbox> | undefined;
	#window: Promise<BenchWindow> | undefined;

	/** The local Partnero that the window's program is. Its list is long enough that no two looks meet the same customer. */
	sandbox(): Promise<Sandbox> {
		this.#sandbox ??= startSandbox({ customers: 20_000, logSize: 50_000 }).then((sandbox) => this.#stack.use(sandbox));
		return this.#sandbox;
	}

	/** A window of the newest VS Code with the packaged extension, connected to the sandbox, and the bench's own extensions. */
	window(): Promise<BenchWindow> {
		this.#window ??= this.sandbox()
			.then(openBenchWindow)
			.then((window) => this.#stack.use(window));
		return this.#window;
	}

	[Symbol.asyncDispose](): Promise<void> {
		return this.#stack.disposeAsync();
	}
}
