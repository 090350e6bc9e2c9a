// The packed client against the least that a request can be, both in the extension host, where VS Code has its own hand in `http` and `fetch`.
import { Agent, get } from 'node:http';
import type * as client from '../../../src/partnero/index.ts';
import { loadBundle } from './installed.ts';
import type { Asked, ClientTimes, TaskResult } from './tasks.ts';

/** A request over a connection that is kept, its answer as text. */
function bareRequest(url: string, headers: Readonly<Record<string, string>>, agent: Agent): Promise<string> {
	return new Promise((resolve, reject) => {
		get(url, { headers, agent }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () => resolve(Buffer.concat(chunks).toString()));
			answer.on('error', reject);
		}).on('error', reject);
	});
}

export async function measureClient({ baseUrl, apiKey, keys, warmUp }: Asked<'client'>): Promise<ClientTimes> {
	const { createPartneroClient } = loadBundle<typeof client>('client');
	const ours = createPartneroClient({ baseUrl, apiKey });
	const agent = new Agent({ keepAlive: true });
	const headers = { accept: 'application/json', authorization: `Bearer ${apiKey}`, connection: 'keep-alive' };
	const ways = {
		client: (key: string) => ours.getCustomer(key),
		bare: (key: string) => bareRequest(`${baseUrl}/customers/${encodeURIComponent(key)}`, headers, agent),
		fetch: async (key: string) => (await fetch(`${baseUrl}/customers/${encodeURIComponent(key)}`, { headers })).json(),
	};
	const times = { client: [] as number[], bare: [] as number[], fetch: [] as number[] };
	const order = ['client', 'bare', 'fetch'] as const;
	for (const [index, key] of keys.entries()) {
		// Each comes after each of the others as often: one may leave work to the next.
		const turn = index % 6;
		const inTurn = [0, 1, 2].map((step) => order[((turn % 3) + (turn < 3 ? step : 2 * step)) % 3] ?? 'client');
		for (const way of inTurn) {
			const begun = performance.now();
			await ways[way](key);
			if (index >= warmUp) {
				times[way].push(performance.now() - begun);
			}
		}
	}
	ours.close();
	agent.destroy();
	return times;
}

export async function measureSequence({ baseUrl, apiKey, keys }: Asked<'sequence'>): Promise<TaskResult<'sequence'>> {
	const { createPartneroClient } = loadBundle<typeof client>('client');
	const ours = createPartneroClient({ baseUrl, apiKey });
	let count = 0;
	for (const key of keys) {
		count += (await ours.getCustomer(key)).key === key ? 1 : 0;
	}
	ours.close();
	return { count };
}
