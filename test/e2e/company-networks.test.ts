// Company networks: a proxy that asks for a password, refuses or is not there, and certificates that nobody outside knows. UI journeys, since a
// program is connected by a box that asks for its API key: the packaged extension in the real extension host, whose `http` VS Code has patched
// for proxies and certificates.
//
// Partnero has a name that no DNS knows: whoever reaches it was led there by the proxy. Where the way past the proxy is shown it has the address
// 0.0.0.0, which leads to this machine and which VS Code, other than 127.0.0.1, would ask the proxy for.
import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts';
import { oldestVersion } from '../vscode/install.ts';
import { useSession } from './journey.ts';
import { authorities, servers } from './network/certificates.ts';
import { TestProxy } from './network/proxy.ts';
import { retry } from './pages/retry.ts';
import type { Session } from './session.ts';

type ServerName = keyof typeof servers;

const apiKey = 'the_api_key_of_a_company_0123456789';
const credentials = 'somebody:a_pass-word';

describe('A developer in a company network', () => {
	const network = useNetwork();
	const session = useSession(() => ({
		userSettings: { 'partnero.apiBaseUrl': network().baseUrl('partnero.test'), 'http.proxy': network().proxy.address(credentials) },
		environment: { ...network().certificateVariables, NO_PROXY: '0.0.0.0' },
	}));
	const connecting = connectingIn(session);

	it('is told that the proxy does not take the name and password', async () => {
		network().proxy.credentials = 'somebody:another_pass-word';
		await connecting.open();
		await connecting.isTold(/The proxy of this network asks for a name and password \(407\)\. Set them in "http\.proxy"/);
		assert.ok(network().proxy.questions.length > 0);
	});

	it('reads that the proxy did not let the question through, not that Partnero has a fault', async () => {
		network().proxy.refuses = 502;
		await connecting.isTold(/The proxy of this network did not let the question through to Partnero \(502\)\. Ask whoever runs the proxy/);
		network().proxy.refuses = 403;
		await connecting.isTold(/did not let the question through to Partnero \(403\)/);
	});

	it('reads what to do about each certificate that cannot be trusted, and the API key was sent to none of these servers', async () => {
		const { proxy, sandboxes } = network();
		proxy.refuses = undefined;
		proxy.credentials = undefined;
		const sentences: readonly (readonly [ServerName, RegExp])[] = [
			['selfSigned', /certificate was not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. .*add the company's certificate authority/],
			['expired', /certificate of the server is not valid today \(CERT_HAS_EXPIRED\)\. Check the clock/],
			['otherName', /has a certificate for another name \(ERR_TLS_CERT_ALTNAME_INVALID\).*"partnero\.apiBaseUrl"/],
		];
		for (const [name, sentence] of sentences) {
			proxy.leadsTo = sandboxes[name].port;
			await connecting.isTold(sentence);
			assert.equal(sandboxes[name].requests.count, 0);
		}
	});

	it('whose proxy is not there reads which setting names it', async () => {
		await network().proxy.close();
		await connecting.isTold(/The proxy of this network could not be reached \(ECONNREFUSED\)\. Check the setting "http\.proxy"/);
		await network().proxy.listen();
	});

	it("connects through a proxy that asks for a name and password, to a server that only the company's authority vouches for", async () => {
		const { proxy, sandboxes } = network();
		proxy.credentials = credentials;
		proxy.leadsTo = sandboxes.byCompany.port;
		await connecting.succeeds();
		assert.ok(proxy.questions.some(({ status, credentials }) => status === 200 && credentials?.startsWith('Basic ')));
	});

	it('looks customers up through the proxy, which reads neither the API key nor whom it is about', async () => {
		const { proxy, sandboxes } = network();
		const { workbench } = session();
		await workbench.lookUp('customer_123');
		const panel = workbench.webviewPanel('customer_123');
		await panel.content.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
		await panel.content.getByText('transaction_252').first().waitFor();
		const { requests } = sandboxes.byCompany;
		assert.ok(requests.entries.some(({ path }) => path === '/v1/customers/customer_123'));
		assert.ok(requests.entries.every(({ authorization }) => authorization === 'accepted'));
		const tunnels = proxy.questions.filter(({ status }) => status === 200);
		assert.ok(tunnels.length >= requests.connections, 'No connection went another way than through the proxy');
		assert.ok(proxy.questions.every(({ tunnel }) => tunnel));
		for (const secret of [apiKey, Buffer.from(apiKey).toString('base64'), 'Bearer', 'customer_123', '/v1/']) {
			assert.ok(!proxy.heard.includes(secret), `The proxy could read ${secret}`);
		}
	});

	it('reaches a server that an authority among the certificates of the machine vouches for', async () => {
		const { proxy, sandboxes } = network();
		proxy.leadsTo = sandboxes.byMachine.port;
		const panel = session().workbench.webviewPanel('customer_123');
		await panel.content.getByRole('button', { name: 'Refresh' }).click();
		await sandboxes.byMachine.requests.until(({ entries }) => entries.some(({ status }) => status === 200));
	});

	it('keeps no way through the proxy open when the answers are there', async () => {
		await retry(async () => {
			await session().page.waitForTimeout(50);
			assert.equal(network().proxy.openTunnels, 0);
		});
	});

	for (const [place, noProxy] of [
		// As long as the setting names somebody, the variable does not count.
		['"http.noProxy"', ['0.0.0.0']],
		['NO_PROXY', []],
	] as const) {
		it(`goes past the proxy to a server that ${place} names`, async function () {
			if (process.platform === 'win32') {
				// There 0.0.0.0 leads nowhere.
				this.skip();
			}
			const { proxy, sandboxes, baseUrl } = network();
			const { workbench, server } = session();
			const settings = { 'partnero.apiBaseUrl': baseUrl('0.0.0.0'), 'http.proxy': proxy.address(credentials), 'http.noProxy': noProxy };
			// The server takes up settings of this scope when a window opens.
			await writeFile(path.join(server.dataFolder, 'data/User/settings.json'), JSON.stringify(settings));
			await workbench.reload();
			proxy.questions.length = 0;
			sandboxes.byCompany.requests.clear();
			await connecting.open();
			await connecting.succeeds(`ACME, by ${place}`);
			assert.ok(sandboxes.byCompany.requests.count > 0);
			assert.deepEqual(proxy.questions, []);
		});
	}
});

describe('A developer in a company network, with the oldest VS Code', () => {
	const network = useNetwork();
	const session = useSession(() => ({
		version: oldestVersion,
		userSettings: { 'partnero.apiBaseUrl': network().baseUrl('partnero.test') },
		environment: { ...network().certificateVariables, HTTPS_PROXY: network().proxy.address(credentials) },
	}));
	const connecting = connectingIn(session);

	it('is told of the password that the proxy asks for, of a certificate that cannot be trusted, and connects in the end', async () => {
		const { proxy, sandboxes } = network();
		proxy.credentials = 'somebody:another_pass-word';
		await connecting.open();
		await connecting.isTold(/The proxy of this network asks for a name and password \(407\)/);
		proxy.credentials = credentials;
		proxy.leadsTo = sandboxes.selfSigned.port;
		await connecting.isTold(/certificate was not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/);
		proxy.leadsTo = sandboxes.byCompany.port;
		await connecting.succeeds();
		assert.ok(!proxy.heard.includes(apiKey));
	});
});

/** "Connect a program", whose box stays open until Partnero has accepted the API key. */
function connectingIn(session: () => Session) {
	return {
		open: async () => {
			const { workbench } = session();
			await workbench.runCommand('Partnero: Connect a program');
			await workbench.quickInput.type(apiKey);
		},
		isTold: async (sentence: RegExp) => {
			const { quickInput } = session().workbench;
			await quickInput.accept();
			await quickInput.expectValidationMessage(sentence);
		},
		succeeds: async (name = 'ACME') => {
			const { workbench } = session();
			await workbench.quickInput.accept();
			await workbench.nameProgram(name);
			await workbench.programItem(name).waitFor();
		},
	};
}

interface Network {
	/** Of Partnero, as the extension is set to ask it. */
	readonly baseUrl: (host: string) => string;
	readonly proxy: TestProxy;
	/** The same Partnero behind each of the certificates. The port in the base URL is that of `byCompany`. */
	readonly sandboxes: Readonly<Record<ServerName, Sandbox>>;
	/** Make one authority known to Node, and put the other among the certificates of the machine. */
	readonly certificateVariables: Readonly<Record<string, string>>;
}

function useNetwork(): () => Network {
	const stack = new AsyncDisposableStack();
	let network: Network | undefined;
	before(async () => {
		const folder = await mkdtemp(path.join(tmpdir(), 'partnero-network-'));
		stack.defer(() => rm(folder, { recursive: true, force: true }));
		for (const [name, certificate] of Object.entries(authorities)) {
			await writeFile(path.join(folder, `${name}.pem`), certificate);
		}
		const start = async (name: ServerName) => [name, stack.use(await startSandbox({ tls: servers[name], apiKey, customers: 1 }))] as const;
		const names = Object.keys(servers) as ServerName[];
		const sandboxes = Object.fromEntries(await Promise.all(names.map(start))) as Record<ServerName, Sandbox>;
		const proxy = stack.use(await TestProxy.start({ hosts: ['partnero.test', '0.0.0.0'] }));
		proxy.leadsTo = sandboxes.byCompany.port;
		network = {
			baseUrl: (host) => `https://${host}:${sandboxes.byCompany.port}/v1`,
			proxy,
			sandboxes,
			certificateVariables: { NODE_EXTRA_CA_CERTS: path.join(folder, 'company.pem'), SSL_CERT_FILE: path.join(folder, 'machine.pem') },
		};
	});
	after(() => stack.disposeAsync());
	return () => {
		assert.ok(network);
		return network;
	};
}
