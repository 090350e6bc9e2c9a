// What the customer store costs with very many transactions of one customer, in the extension host.
import { CustomerStore } from '../../../src/customers/store.ts';
import type * as client from '../../../src/partnero/index.ts';
import { loadBundle, memoryInUse } from './installed.ts';
import type { Asked, TaskResult } from './tasks.ts';

export async function measureStore({ baseUrl, apiKey, key, transactions }: Asked<'store'>): Promise<TaskResult<'store'>> {
	const { createPartneroClient } = loadBundle<typeof client>('client');
	const partnero = createPartneroClient({ baseUrl, apiKey });
	const store = new CustomerStore({ client: async () => partnero, timeToLive: () => 3_600_000, now: Date.now });
	const ref = { programId: 'bench', key };
	const before = await memoryInUse();
	const begun = performance.now();
	const page: number[] = [];
	let loaded = await store.loadTransactions(ref);
	while (!loaded.complete && loaded.rows.length < transactions) {
		const start = performance.now();
		loaded = await store.loadMoreTransactions(ref);
		page.push(performance.now() - start);
	}
	const filling = performance.now() - begun;
	const rows = loaded.rows.length;
	const peek = Array.from({ length: 200 }, () => {
		const start = performance.now();
		store.peekTransactions(ref);
		return performance.now() - start;
	});
	const after = await memoryInUse();
	store.dispose();
	partnero.close();
	return { rows, bytes: after.used - before.used, filling, peek, page };
}
