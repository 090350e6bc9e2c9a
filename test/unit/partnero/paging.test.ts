// Lists: every habit that a server may have ends in the same pages. None is shown twice, none is lost, none is asked for without end.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPages } from '../../../src/partnero/paging.ts';
import type { Json, PageCursor } from '../../../src/partnero/types.ts';
import { type Fault, type PagingHabit, sampleKeys } from '../../../src/sandbox/index.ts';
import { all, failureOf, type Lab, useLab } from './lab.ts';

/** Keys and dates of all transactions of the documented customer, in the server's order. */
function rowsOf(lab: Lab, key: string = sampleKeys.documented, from?: PageCursor) {
	return all(lab.client().listCustomerTransactions(key, { from })).then((pages) =>
		pages.flatMap(({ items }) => items.map((row) => `${row.key} ${row.createdAt}`)),
	);
}

function assertNoneTwice(rows: readonly string[]): void {
	assert.deepEqual(rows, [...new Set(rows)]);
}

for (const habit of ['links', 'no-links', 'ignored', 'single'] satisfies PagingHabit[]) {
	describe(`A server that has the habit "${habit}"`, () => {
		const lab = useLab({ paging: habit });
		const wanted: readonly (readonly [string, number, number])[] = [
			[sampleKeys.noTransactions, 0, 1],
			[sampleKeys.oneTransaction, 1, 1],
			[sampleKeys.documented, 130, habit === 'links' || habit === 'no-links' ? 2 : 1],
			[sampleKeys.fullPage, 250, habit === 'links' || habit === 'no-links' ? 3 : 1],
		];
		for (const [key, count, requests] of wanted) {
			it(`has all ${count} transactions read by ${requests} requests`, async () => {
				const pages = await all(lab.client().listCustomerTransactions(key));
				assert.equal(pages.flatMap(({ items }) => items).length, count);
				assert.equal(lab.sandbox.requests.count, requests);
				assert.deepEqual(
					pages.map(({ number }) => number),
					pages.map((_page, index) => index + 1),
				);
				assert.ok(pages.every(({ next, unreadable }, index) => (next === undefined) === (index === pages.length - 1) && unreadable === 0));
			});
		}

		for (const exactly of [15, 100, 200]) {
			it(`has a list of exactly ${exactly} rows read once`, async () => {
				const client = lab.client();
				for (let count = lab.sandbox.transactionCount(sampleKeys.noTransactions); count < exactly; count++) {
					lab.sandbox.addTransaction(sampleKeys.noTransactions);
				}
				const pages = await all(client.listCustomerTransactions(sampleKeys.noTransactions));
				assert.equal(pages.flatMap(({ items }) => items).length, exactly);
				assert.ok(lab.sandbox.requests.count <= 4);
			});
		}

		for (const by of [1, 3, 40, 99, 100, 101, 150, -1, -30]) {
			it(`shows no row twice when ${by > 0 ? `${by} are added` : `${-by} are removed`} at the top between two pages`, async () => {
				lab.sandbox.faults.add({ path: /\/transactions\?/, when: { nth: 2 }, faults: [{ kind: 'shift-pages', by }] });
				const before = await rowsOf(lab, sampleKeys.fullPage);
				assertNoneTwice(before);
				// Those that were there all the time, and were not pulled onto a page that was read already.
				assert.ok(before.length >= Math.min(250, lab.sandbox.transactionCount(sampleKeys.fullPage)) - Math.max(-by, 0));
			});
		}

		const loops: readonly (readonly [string, Fault])[] = [
			['leads to page 1', { kind: 'next-link', to: 'first' }],
			['leads to the page itself', { kind: 'next-link', to: 'self' }],
			['leads on for ever', { kind: 'next-link', to: 'further' }],
			['leads to another host', { kind: 'next-link-value', value: 'https://evil.example/v1/customers?page=2' }],
			['leads to plain http', { kind: 'next-link-value', value: 'http://api.partnero.com/v1/customers?page=2' }],
			['leads to another scheme', { kind: 'next-link-value', value: 'javascript:alert(1)?page=2' }],
			['is a relative address', { kind: 'next-link-value', value: '?page=2' }],
			['is no address', { kind: 'next-link-value', value: '//[' }],
			['is a huge text', { kind: 'next-link-value', value: `?cursor=${'x'.repeat(100_000)}` }],
			['is a number', { kind: 'next-link-value', value: 42 }],
			['is an object', { kind: 'next-link-value', value: { page: 2 } }],
		];
		for (const [name, fault] of loops) {
			it(`gives each row once, from the one server alone, when links.next ${name}`, async () => {
				lab.sandbox.faults.add({ path: /\/transactions\?/, faults: [fault] });
				let failed: string | undefined;
				const rows: string[] = [];
				try {
					for await (const page of lab.client().listCustomerTransactions(sampleKeys.documented)) {
						rows.push(...page.items.map((row) => `${row.key} ${row.createdAt}`));
					}
				} catch (error) {
					failed = (await failureOf(Promise.reject(error), 'not-understood')).code;
				}
				assertNoneTwice(rows);
				assert.equal(rows.length, 130);
				// Only a server that ignores the page and yet names a next one contradicts itself.
				assert.equal(
					failed,
					habit === 'ignored' && typeof Reflect.get(fault, 'value') !== 'number' && typeof Reflect.get(fault, 'value') !== 'object'
						? 'PAGE_LOOP'
						: undefined,
				);
				assert.ok(lab.sandbox.requests.count <= 4);
				assert.ok(lab.sandbox.requests.entries.every(({ path }) => path.startsWith('/v1/customers/customer_123/transactions?')));
			});
		}

		it('is told to repeat itself where it answers page 1 to every page and yet leads on', async () => {
			lab.sandbox.faults.add({ path: /\/transactions\?/, faults: [{ kind: 'same-page' }] });
			const error = await failureOf(rowsOf(lab), 'not-understood');
			assert.equal(error.code, 'PAGE_LOOP');
			assert.ok(lab.sandbox.requests.count <= 3);
		});
	});
}

describe('A list', () => {
	const lab = useLab();

	it('of 100,000 transactions costs one request for its first page', async () => {
		for await (const page of lab.client().listCustomerTransactions(sampleKeys.hundredThousand)) {
			assert.equal(page.items.length, 100);
			assert.ok(page.next);
			break;
		}
		assert.equal(lab.sandbox.requests.count, 1);
	});

	it('goes on where it was left, also after an error, twice, and a while later', async () => {
		const whole = await rowsOf(lab, sampleKeys.fullPage);
		const [first] = await all(firstOf(lab.client().listCustomerTransactions(sampleKeys.fullPage)));
		assert.ok(first?.next);
		const failing = lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 500 }] });
		await failureOf(rowsOf(lab, sampleKeys.fullPage, first.next), 'server-fault');
		failing.remove();
		for (let time = 0; time < 2; time++) {
			assert.deepEqual(await rowsOf(lab, sampleKeys.fullPage, first.next), whole.slice(100));
		}
	});

	it('has a row that was edited while it moved only once', async () => {
		const row = (index: number, status: string): Json => ({
			key: `t${index}`,
			created_at: `2026-01-01T00:00:${index}Z`,
			amount: 1,
			status,
		});
		const rows = Array.from({ length: 150 }, (_, index) => row(index, 'review_period'));
		const server = pagingServer(rows, () => {
			rows.unshift(row(1000, 'ok'));
			rows[100] = row(99, 'edited');
		});
		const keys = (await readAll(server)).map((element) => JSON.stringify(Reflect.get(Object(element), 'key')));
		assert.equal(new Set(keys).size, keys.length);
		assert.equal(keys.length, 150);
	});

	it('keeps twins that stand on both sides of a page break, as a second POST of one transaction makes them', async () => {
		const rows: Json[] = Array.from({ length: 250 }, (_, index) => ({ key: `t${index}`, created_at: 'today', amount: 1 }));
		for (const at of [100, 200, 249]) {
			rows[at] = rows[at - 1] ?? null;
		}
		assert.deepEqual(await readAll(pagingServer(rows)), rows);
	});

	it('keeps such twins after it moved, too', async () => {
		const rows: Json[] = Array.from({ length: 350 }, (_, index) => ({ key: `t${index}`, created_at: 'today', amount: 1 }));
		let asked = 0;
		const server = pagingServer(rows, () => {
			// Two are added before the second page; after that, the list has twins where its third and fourth page meet.
			if (asked++ === 0) {
				rows.unshift({ key: 'new1' }, { key: 'new2' });
				rows[300] = rows[299] ?? null;
			}
		});
		const shown = await readAll(server);
		assert.equal(shown.length, 350);
		assert.deepEqual(shown.slice(100), rows.slice(102));
	});

	it('keeps a last page of nothing but twins', async () => {
		const rows: Json[] = Array.from({ length: 101 }, (_, index) => ({ key: `t${Math.min(index, 99)}`, amount: 1 }));
		assert.deepEqual(await readAll(pagingServer(rows)), rows);
	});

	it('that moves by exactly a page, again and again, has not come round', async () => {
		const rows: Json[] = Array.from({ length: 101 }, (_, index) => ({ key: `t${index}` }));
		let shifts = 3;
		const server = pagingServer(rows, () => {
			for (let number = shifts-- > 0 ? 100 : 0; number > 0; number--) {
				rows.unshift({ key: `new${shifts}.${number}` });
			}
		});
		const pages = await all(readPages(server));
		const rowsShown = pages.flatMap(({ rows: shown }) => shown);
		assert.deepEqual(
			rowsShown.filter((row) => /"t\d/.test(JSON.stringify(row))),
			rows.slice(-101),
		);
		assert.ok(
			pages.every(({ rows: shown }) => shown.length > 0),
			'a page that brings nothing new is not shown',
		);
	});

	it('that is always another permutation of the same rows ends', async () => {
		let asked = 0;
		const server = async () => {
			const data = Array.from({ length: 100 }, (_, index) => ({ key: `t${(index * 7 + asked) % 100}` }));
			asked++;
			return { data, links: { next: '?page=2' } };
		};
		await failureOf(readAll(server), 'not-understood');
		assert.ok(asked < 150);
	});

	it('ends at an empty page, even if a next one is named', async () => {
		let asked = 0;
		const server = async () => {
			asked++;
			return { data: asked === 1 ? [{ key: 'a' }] : [], links: { next: 'https://api.partnero.com/v1/x?page=9' } };
		};
		assert.deepEqual(await readAll(server), [{ key: 'a' }]);
		assert.equal(asked, 2);
	});

	it('follows the cursor of a link, and sends nothing else of it', async () => {
		const queries: string[] = [];
		const server = async (query: string) => {
			queries.push(query);
			const next = queries.length < 3 ? `https://evil.example/?cursor=c${queries.length}%26&page=7&token=x` : null;
			return { data: [{ key: `t${queries.length}` }], links: { next } };
		};
		await readAll(server);
		assert.deepEqual(queries, ['limit=100&page=1', 'limit=100&cursor=c1%26', 'limit=100&cursor=c2%26']);
	});

	it('takes the page size that the server names, as a number or as text', async () => {
		for (const size of [10, '10']) {
			const rows: Json[] = Array.from({ length: 25 }, (_, index) => ({ key: `t${index}` }));
			const server = async (query: string) => {
				const page = Number(new URLSearchParams(query).get('page'));
				return { data: rows.slice((page - 1) * 10, page * 10), meta: { per_page: size } };
			};
			assert.deepEqual(await readAll(server), rows);
		}
	});

	it('may be a bare array', async () => {
		assert.deepEqual(await readAll(async () => [{ key: 'a' }]), [{ key: 'a' }]);
	});

	it('of rows that cannot be read counts them, and ends', async () => {
		lab.sandbox.faults.add({
			faults: [{ kind: 'status', status: 200, body: JSON.stringify({ data: [null, 1, 'x', [], ...Array(96).fill(7)] }) }],
		});
		const pages = await all(lab.client().listCustomers());
		assert.equal(pages[0]?.unreadable, 100);
		assert.equal(pages.flatMap(({ items }) => items).length, 0);
		assert.ok(lab.sandbox.requests.count <= 3);
	});

	it('of 50,000 rows on its one page is read whole, while the editor goes on working', async () => {
		const rows = Array.from({ length: 50_000 }, (_, index) => ({ key: `t${index}` }));
		lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 200, body: JSON.stringify({ data: rows }) }] });
		let turns = 0;
		const turn = (): void => {
			turns++;
			next = setImmediate(turn);
		};
		let next = setImmediate(turn);
		const pages = await all(lab.client().listCustomerTransactions('a'));
		clearImmediate(next);
		assert.equal(pages.flatMap(({ items }) => items).length, 50_000);
		assert.ok(turns >= 499, `${turns} turns`);
	});

	it('of more rows than that on one page is too large, and asked for once', async () => {
		const body = `{"data":[${Array<string>(50_001).fill('{}').join()}]}`;
		lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 200, body }] });
		await failureOf(all(lab.client().listCustomerTransactions('a')), 'too-large');
		await failureOf(all(lab.client().listCustomers()), 'too-large');
		assert.equal(lab.sandbox.requests.count, 2);
	});

	it('that is given up in the middle of a large page ends there', async () => {
		const abort = new AbortController();
		const rows = Array.from({ length: 30_000 }, (_, index) => ({ key: `t${index}` }));
		lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 200, body: JSON.stringify({ data: rows }) }] });
		const client = lab.client({ onAttempt: () => setImmediate(() => setImmediate(() => abort.abort())) });
		await failureOf(all(client.listCustomerTransactions('a', { signal: abort.signal })), 'cancelled');
	});

	it('of customers counts those without a key', async () => {
		lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 200, body: '{"data":[{"name":"x"},{"key":"a"}]}' }] });
		const [page] = await all(lab.client().listCustomers());
		assert.deepEqual([page?.items.map(({ key }) => key), page?.unreadable], [['a'], 1]);
	});

	for (const body of ['{"data":{}}', '{"data":null}', '{}', '"text"', 'null', '7', '{"status":1}']) {
		it(`is not understood where the answer is ${body}`, async () => {
			lab.sandbox.faults.add({ faults: [{ kind: 'status', status: 200, body }] });
			await failureOf(all(lab.client().listCustomers()), 'not-understood');
			await failureOf(all(lab.client().listCustomerTransactions('a')), 'not-understood');
		});
	}
});

describe('A list that changes while it is read', () => {
	const habits = fc.constantFrom<PagingHabit>('links', 'no-links', 'ignored', 'single');
	/** How many rows are added at the top before each answer after the first. */
	const additions = fc.array(fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 250 })), { maxLength: 12 });
	const length = fc.oneof(fc.integer({ min: 0, max: 450 }), fc.constantFrom(15, 100, 101, 200, 300));

	it('shows no row twice and loses none, whatever is added at the top and whatever habit the server has', async () => {
		await fc.assert(
			fc.asyncProperty(length, additions, habits, async (count, added, habit) => {
				const rows: Json[] = Array.from({ length: count }, (_, index) => ({ key: `old${index}`, created_at: `t${index}` }));
				const old = [...rows];
				const shifts = [...added];
				const server = pagingServer(
					rows,
					() => {
						for (let number = shifts.shift() ?? 0; number > 0; number--) {
							rows.unshift({ key: `new${shifts.length}.${number}`, created_at: 'now' });
						}
					},
					habit,
				);
				const shown = await readAll(server);
				const texts = shown.map((row) => JSON.stringify(row));
				assert.equal(new Set(texts).size, texts.length, 'a row was shown twice');
				const kept = shown.filter((row) => String(Reflect.get(Object(row), 'key')).startsWith('old'));
				assert.deepEqual(kept, old, 'a row was lost or is out of its order');
			}),
			{ numRuns: 200 },
		);
	});

	it('ends, and shows no row twice, whatever the server answers', async () => {
		const row = fc.oneof(
			fc.integer({ min: 0, max: 5 }),
			fc.record({ key: fc.constantFrom('a', 'b', 'c') }),
			fc.json().map((text) => JSON.parse(text) as Json),
		);
		const answer = fc.record({
			data: fc.oneof(
				fc.array(row, { maxLength: 6 }),
				fc.tuple(row, fc.constantFrom(15, 100)).map(([one, size]): Json[] => Array<Json>(size).fill(one)),
			),
			links: fc.option(fc.record({ next: fc.constantFrom<Json>(null, '', '?page=1', 'https://evil.example/?cursor=a', '?cursor=b', 3) }), {
				nil: null,
			}),
			meta: fc.option(fc.record({ per_page: fc.constantFrom<Json>(1, 3, '2', 15, null, 'x', -1) }), { nil: null }),
		});
		await fc.assert(
			fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 4 }), async (answers) => {
				let asked = 0;
				const byQuery = new Map<string, Json>();
				const server = async (query: string): Promise<Json> => {
					assert.ok(++asked < 100, 'it does not end');
					const known = byQuery.get(query) ?? answers[byQuery.size % answers.length] ?? null;
					byQuery.set(query, known);
					return known;
				};
				await readAll(server).catch((error: unknown) => failureOf(Promise.reject(error), 'not-understood'));
			}),
			{ numRuns: 200 },
		);
	});
});

async function* firstOf<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
	for await (const item of items) {
		yield item;
		return;
	}
}

async function readAll(server: (query: string) => Promise<Json>): Promise<readonly Json[]> {
	return (await all(readPages(server))).flatMap(({ rows }) => rows);
}

/** A server of these rows, which may change before each answer but the first. */
function pagingServer(rows: readonly Json[], change: () => void = () => {}, habit: PagingHabit = 'links') {
	let asked = 0;
	return async (query: string): Promise<Json> => {
		if (asked++ > 0) {
			change();
		}
		const params = new URLSearchParams(query);
		const page = Number(params.get('page'));
		const limit = Number(params.get('limit'));
		switch (habit) {
			case 'ignored':
				return { data: [...rows], status: 1 };
			case 'single':
				return { data: page === 1 ? [...rows] : [], links: { next: null }, status: 1 };
		}
		const data = rows.slice((page - 1) * limit, page * limit);
		return habit === 'no-links' ? { data } : { data, links: { next: rows.length > page * limit ? `?page=${page + 1}` : null }, status: 1 };
	};
}
