// Questions that fail in all ways at once, are given up in the middle and stand in each other's way: each ends as it should, and the rules of the
// queue hold meanwhile.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { PartneroError, type PartneroErrorKind } from '../../../src/partnero/errors.ts';
import type { Fault } from '../../../src/sandbox/index.ts';
import { useLab } from '../partnero/lab.ts';

type Step = 'answer' | '404' | '500' | '502' | '429' | 'reset' | 'html';

const faults: Readonly<Record<Step, Fault | undefined>> = {
	answer: undefined,
	404: { kind: 'status', status: 404 },
	500: { kind: 'status', status: 500 },
	502: { kind: 'status', status: 502 },
	429: { kind: 'status', status: 429, headers: { 'retry-after': '5' } },
	reset: { kind: 'truncate', bytes: 5 },
	html: { kind: 'html' },
};
/** What ends a question, and what it is asked again for: its kind once the attempts are used up. */
const ends: Readonly<Partial<Record<Step, PartneroErrorKind | 'answered'>>> = {
	answer: 'answered',
	404: 'not-found',
	500: 'server-fault',
	html: 'not-understood',
};
const passing: Readonly<Partial<Record<Step, PartneroErrorKind>>> = { 502: 'server-fault', 429: 'rate-limited', reset: 'unreachable' };

interface Asked {
	readonly steps: readonly Step[];
	/** After how many milliseconds it is given up. */
	readonly givenUp: number | undefined;
}

const step = fc.constantFrom<Step>('answer', 'answer', '404', '500', '502', '429', 'reset', 'html');
const question: fc.Arbitrary<Asked> = fc.record({
	steps: fc.array(step, { minLength: 3, maxLength: 3 }),
	givenUp: fc.option(fc.nat(20), { nil: undefined, freq: 4 }),
});

/** What the question would come to if it were alone. */
function alone({ steps }: Asked): PartneroErrorKind | 'answered' {
	const last = steps.find((name) => ends[name] !== undefined) ?? steps.at(-1) ?? 'answer';
	return ends[last] ?? passing[last] ?? 'answered';
}

describe("Questions that stand in each other's way", () => {
	const lab = useLab({ customers: 2000 });

	it('all end, each as its own answers say or as one that another one ended with, four at a time, no more than thrice', async () => {
		const all = [...lab.sandbox.customerKeys()].filter((key) => /^customer_\d+$/.test(key));
		await fc.assert(
			fc.asyncProperty(fc.array(question, { minLength: 1, maxLength: 14 }), async (questions) => {
				const { sandbox } = lab;
				sandbox.faults.clear();
				sandbox.requests.clear();
				// A request that was given up may arrive late, so no customer is asked for in two runs.
				const keys = all.splice(0, questions.length);
				assert.equal(keys.length, questions.length);
				const client = lab.client({ now: () => Date.now() });
				const results = await Promise.all(
					questions.map(async (asked, index) => {
						const key = keys[index] ?? '';
						for (const [attempt, name] of asked.steps.entries()) {
							const fault = faults[name];
							sandbox.faults.add({ path: `/v1/customers/${key}`, when: { nth: attempt + 1 }, faults: fault === undefined ? [] : [fault] });
						}
						const signal = asked.givenUp === undefined ? undefined : AbortSignal.timeout(asked.givenUp);
						try {
							const customer = await client.getCustomer(key, signal === undefined ? {} : { signal });
							assert.equal(customer.key, key);
							return 'answered';
						} catch (error) {
							assert.ok(PartneroError.is(error), `${error}`);
							return error.kind;
						}
					}),
				);
				client.close();
				await sandbox.requests.until(({ inFlight }) => inFlight === 0);
				assert.ok(sandbox.requests.mostInFlight <= 4);
				const limited = questions.some(({ steps }) => steps.includes('429'));
				const lost = new Set(questions.map(alone).filter((kind) => kind === 'server-fault' || kind === 'unreachable'));
				for (const [index, asked] of questions.entries()) {
					const result = results[index];
					const sent = sandbox.requests.entries.filter(({ path }) => path === `/v1/customers/${keys[index]}`).length;
					assert.ok(sent <= 3);
					const shared =
						(limited && result === 'rate-limited') || (sent === 0 && result !== undefined && lost.has(result as 'unreachable'));
					const own = result === alone(asked) || (asked.givenUp !== undefined && result === 'cancelled');
					assert.ok(own || shared, `${asked.steps.join()} ended as ${result} after ${sent} requests`);
				}
			}),
			{ numRuns: 40 },
		);
	});
});
