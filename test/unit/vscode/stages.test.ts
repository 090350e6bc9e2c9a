// `npm test` as its user sees it: what runs, in which order, and what the last line says.
import assert from 'node:assert/strict';
import { chosenStages, type FinishedStage, runStages, type Stage, type StageResult, totalLine } from '../../stages.ts';

const fine: StageResult = { passed: 1, failed: 0, output: '' };

function stage(name: string, options: Partial<Stage> = {}): Stage {
	return { name, cores: 1, run: async () => fine, ...options };
}

function runAll(stages: readonly Stage[], cores = 2): Promise<FinishedStage[]> {
	return runStages({ stages, cores, onFinished: () => undefined, now: () => 0 });
}

describe('The stages of npm test', () => {
	it('all run when none is named', () => {
		assert.deepEqual(
			chosenStages([stage('types'), stage('unit')], []).map(({ name }) => name),
			['types', 'unit'],
		);
	});

	it('run with what they need when they are named', () => {
		const stages = [stage('package'), stage('unit'), stage('e2e', { needs: ['package'] })];
		assert.deepEqual(
			chosenStages(stages, ['e2e']).map(({ name }) => name),
			['package', 'e2e'],
		);
	});

	it('are listed when a name is not known', () => {
		assert.throws(() => chosenStages([stage('types'), stage('unit')], ['units']), /no stage "units"; there are types, unit/);
	});

	it('wait for what they need', async () => {
		const order: string[] = [];
		const noted = (name: string, needs: readonly string[]) => {
			const run = async () => {
				order.push(name);
				return fine;
			};
			return stage(name, { needs, run });
		};
		await runAll([noted('e2e', ['package', 'editors']), noted('package', ['editors']), noted('editors', [])]);
		assert.deepEqual(order, ['editors', 'package', 'e2e']);
	});

	it('keep no more cores busy than there are, but a bigger one runs all the same', async () => {
		let busy = 0;
		const most: number[] = [];
		const working = (name: string, cores: number) =>
			stage(name, {
				cores,
				run: async () => {
					busy += cores;
					most.push(busy);
					await new Promise(setImmediate);
					busy -= cores;
					return fine;
				},
			});
		const results = await runAll([working('a', 1), working('b', 1), working('c', 1), working('d', 3)]);
		assert.equal(results.length, 4);
		assert.deepEqual(most, [1, 2, 2, 3]);
	});

	it('count as failed, and are not run, when what they stand on was not made', async () => {
		const results = await runAll([
			stage('package', { run: async () => ({ passed: 0, failed: 1, output: 'no', blocks: true }) }),
			stage('e2e', { needs: ['package'], run: () => assert.fail('was run') }),
			stage('screenshots', { needs: ['e2e'], run: () => assert.fail('was run') }),
		]);
		assert.equal(totalLine(results), '0 passed, 3 failed');
		assert.match(results[1]?.output ?? '', /"package" did not make/);
	});

	it('run all the same when a stage before them failed but made what they stand on', async () => {
		const results = await runAll([
			stage('package', { run: async () => ({ passed: 3, failed: 1, output: 'too big' }) }),
			stage('e2e', { needs: ['package'] }),
		]);
		assert.equal(totalLine(results), '4 passed, 1 failed');
	});

	it('count as failed when they found no test to run', async () => {
		const [result] = await runAll([stage('unit', { run: async () => ({ passed: 0, failed: 0, output: '' }) })]);
		assert.equal(result?.failed, 1);
		assert.match(result?.output ?? '', /No test was run/);
	});

	it('count nothing when they only prepare', async () => {
		const results = await runAll([stage('editors', { preparation: true, run: async () => ({ passed: 0, failed: 0, output: '' }) })]);
		assert.equal(totalLine(results), '0 passed, 0 failed');
	});

	it('count as failed, with the reason, when they break', async () => {
		const [result] = await runAll([stage('knip', { run: () => Promise.reject(new Error('no such program')) })]);
		assert.equal(result?.failed, 1);
		assert.match(result?.output ?? '', /no such program/);
	});
});
