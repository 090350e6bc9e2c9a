// How many connections 200 look-ups one after another take, inside the extension host.
import { startSandbox } from '../../../src/sandbox/index.ts';
import type { Row } from '../bench.ts';
import { figure } from '../figures.ts';

const lookUps = 200;

export const connections: Row = {
	name: 'connections',
	measure: async (bench) => {
		const window = await bench.window();
		await using sandbox = await startSandbox();
		const keys = Array.from({ length: lookUps }, () => 'customer_123');
		const { baseUrl, apiKey } = sandbox;
		const { count } = await window.runTask({ task: 'sequence', baseUrl, apiKey, keys });
		if (count !== lookUps || sandbox.requests.count !== lookUps) {
			throw new Error(`${count} of ${lookUps} look-ups gave a customer, by ${sandbox.requests.count} requests`);
		}
		const { connections: opened } = sandbox.requests;
		return [figure({ name: 'connections for 200 look-ups', value: opened, unit: 'connections', budget: 1, runs: [opened] })];
	},
};
