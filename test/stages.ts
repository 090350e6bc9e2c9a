// The stages of `npm test`: runs them as far side by side as the machine bears, and adds their counts up.

export interface StageResult {
	readonly passed: number;
	readonly failed: number;
	/** Everything the stage said. */
	readonly output: string;
	/** Set when what later stages stand on was not made; they are not run then. */
	readonly blocks?: boolean;
}

export interface Stage {
	readonly name: string;
	/** The stages that must be done before. */
	readonly needs?: readonly string[];
	/** How many cores it keeps busy. */
	readonly cores: number;
	/** Set for what only prepares: it counts nothing. */
	readonly preparation?: boolean;
	readonly run: () => Promise<StageResult>;
}

export interface FinishedStage extends StageResult {
	readonly name: string;
	/** Milliseconds. */
	readonly took: number;
}

export interface StageRun {
	readonly stages: readonly Stage[];
	/** How many cores may be kept busy at a time. A stage that wants more runs alone. */
	readonly cores: number;
	readonly onFinished: (stage: FinishedStage) => void;
	/** Milliseconds since any fixed time. */
	readonly now: () => number;
}

/**
 * The stages with these names and all that they need, in their own order; all stages when no name is given.
 *
 * @throws Error when there is no stage of a name
 */
export function chosenStages(stages: readonly Stage[], names: readonly string[]): Stage[] {
	const wanted = new Set(names);
	for (const name of wanted) {
		const stage = stages.find((known) => known.name === name);
		if (stage === undefined) {
			throw new Error(`There is no stage "${name}"; there are ${stages.map((known) => known.name).join(', ')}`);
		}
		for (const need of stage.needs ?? []) {
			wanted.add(need);
		}
	}
	return stages.filter(({ name }) => names.length === 0 || wanted.has(name));
}

/** Runs every stage once all that it needs is done, and gives their results in the order in which they finished. */
export async function runStages({ stages, cores, onFinished, now }: StageRun): Promise<FinishedStage[]> {
	const finished: FinishedStage[] = [];
	const waiting = new Set(stages);
	const running = new Map<Stage, Promise<void>>();
	const finish = (result: FinishedStage) => {
		finished.push(result);
		onFinished(result);
	};
	const start = async (stage: Stage): Promise<void> => {
		const begun = now();
		const result = await stage.run().then((outcome) => withoutEmptySuccess(stage, outcome), failedResult);
		running.delete(stage);
		finish({ ...result, name: stage.name, took: now() - begun });
	};
	while (waiting.size > 0 || running.size > 0) {
		for (const stage of waiting) {
			const needed = finished.filter(({ name }) => stage.needs?.includes(name));
			const blocked = needed.find(({ blocks }) => blocks);
			const busy = [...running.keys()].reduce((sum, other) => sum + other.cores, 0);
			if (blocked !== undefined) {
				waiting.delete(stage);
				const output = `Not run, because "${blocked.name}" did not make what it stands on.`;
				finish({ passed: 0, failed: 1, output, blocks: true, name: stage.name, took: 0 });
			} else if (needed.length === (stage.needs?.length ?? 0) && (running.size === 0 || busy + stage.cores <= cores)) {
				waiting.delete(stage);
				running.set(stage, start(stage));
			}
		}
		// Nothing runs when the last ones were blocked; what needs these is looked at next.
		if (running.size > 0) {
			await Promise.race(running.values());
		}
	}
	return finished;
}

/** A stage that found nothing to run proves nothing, so it failed. */
function withoutEmptySuccess(stage: Stage, result: StageResult): StageResult {
	return stage.preparation || result.passed + result.failed > 0
		? result
		: { ...result, failed: 1, output: `${result.output}\nNo test was run.` };
}

function failedResult(error: unknown): StageResult {
	return { passed: 0, failed: 1, output: error instanceof Error ? (error.stack ?? error.message) : String(error), blocks: true };
}

/** The last line of a run. */
export function totalLine(results: readonly StageResult[]): string {
	const sum = (count: (result: StageResult) => number) => results.reduce((total, result) => total + count(result), 0);
	return `${sum(({ passed }) => passed)} passed, ${sum(({ failed }) => failed)} failed`;
}
