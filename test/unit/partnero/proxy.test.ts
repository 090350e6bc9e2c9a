// A proxy of the network that does not let a question through: its answer counts for nothing that Partnero would have said. VS Code's patched
// `http` tells of the proxy by an event of the request, which is raised here in its place; `test/e2e/company-networks.test.ts` has the real one.
import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';
import { Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createPartneroClient, type PartneroClientOptions } from '../../../src/partnero/index.ts';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { selfSigned } from '../sandbox/selfSigned.ts';
import { FastClock, failureOf, useLab } from './lab.ts';

/** Raises the event `proxy` of each request that starts until it is disposed of. */
function proxyTells(event: unknown): Disposable {
	const started = (message: unknown) => {
		const { request } = message as { readonly request: ClientRequest };
		queueMicrotask(() => request.emit('proxy', event));
	};
	diagnostics.subscribe('http.client.request.start', started);
	return {
		[Symbol.dispose]: () => {
			diagnostics.unsubscribe('http.client.request.start', started);
		},
	};
}

describe('Where the proxy of the network answers in the place of Partnero', () => {
	const authorities = getCACertificates('default');

	/** What a client makes of the status: it asks a server that shows a certificate and, as the event says, was never reached. */
	async function askThrough(status: number, options: Partial<PartneroClientOptions> = {}) {
		await using sandbox = await startSandbox({ tls: selfSigned });
		sandbox.faults.add({ faults: [{ kind: 'status', status, body: '{"message":"says the proxy"}' }] });
		using _ = proxyTells({ proxy: 'PROXY proxy.test:3128', socket: new Socket() });
		const { now, sleep } = new FastClock();
		const client = createPartneroClient({ baseUrl: sandbox.baseUrl, apiKey: sandbox.apiKey, now, sleep, ...options });
		try {
			const error = await failureOf(client.getCustomer('customer_123'), 'unreachable');
			return { error, count: sandbox.requests.count };
		} finally {
			client.close();
		}
	}

	before(() => {
		setDefaultCACertificates([selfSigned.cert]);
	});
	after(() => {
		setDefaultCACertificates(authorities);
	});

	for (const [status, requests] of [
		[200, 1],
		[401, 1],
		[403, 1],
		[404, 1],
		[407, 1],
		[429, 1],
		[502, 3],
		[503, 3],
	] as const) {
		it(`a ${status} is a proxy's and says nothing of the customer, the API key or Partnero; ${requests} tries`, async () => {
			const { error, count } = await askThrough(status, {
				onKeyRejected: () => assert.fail('The API key was not even seen'),
				onPause: () => assert.fail('Partnero did not ask for a pause'),
			});
			assert.deepEqual({ status: error.status, proxy: error.proxy, said: error.serverMessage }, { status, proxy: true, said: undefined });
			assert.equal(count, requests);
		});
	}
});

describe('Where the proxy of the network cannot be reached', () => {
	const lab = useLab();

	it('the proxy is named as what failed, with its own code', async () => {
		lab.sandbox.faults.add({ faults: [{ kind: 'reset', atByte: 0 }] });
		using _ = proxyTells({ proxy: 'PROXY proxy.test:3128', error: Object.assign(new Error('secret'), { code: 'ENOTFOUND' }) });
		const error = await failureOf(lab.client().getCustomer('customer_123'), 'unreachable');
		assert.deepEqual({ code: error.code, proxy: error.proxy }, { code: 'ENOTFOUND', proxy: true });
		assert.doesNotMatch(JSON.stringify(error) + error.message, /secret/);
	});
});
