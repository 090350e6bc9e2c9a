// A client of the sandbox that hides nothing: bare node:http, so that what a test sees is what was on the wire.
import { type Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import type { Sandbox } from '../../../src/sandbox/index.ts';

export interface BareAnswer {
	readonly status: number;
	readonly headers: IncomingMessage['headers'];
	readonly body: Buffer;
	readonly text: string;
	/** Whether the body came to the end that its headers announced. */
	readonly complete: boolean;
	/** The system's code of what ended the connection early. */
	readonly error?: string;
}

export interface AskOptions {
	readonly method?: string;
	/** undefined sends the sandbox's key, null none. */
	readonly apiKey?: string | null;
	readonly headers?: Readonly<Record<string, string>>;
	readonly agent?: Agent | undefined;
	readonly signal?: AbortSignal;
}

/** Asks, and takes what comes, however it ends. Rejects only where no status line came, with the system's error. */
export function ask(
	sandbox: Sandbox,
	path: string,
	{ method = 'GET', apiKey, headers, agent, signal }: AskOptions = {},
): Promise<BareAnswer> {
	const authorization: Record<string, string> = apiKey === null ? {} : { authorization: `Bearer ${apiKey ?? sandbox.apiKey}` };
	const options = {
		method,
		agent: agent ?? false,
		headers: { accept: 'application/json', ...authorization, ...headers },
		...(signal && { signal }),
	};
	return new Promise((resolve, reject) => {
		const asking = request(`${sandbox.baseUrl}${path}`, options, (answer) => {
			const pieces: Buffer[] = [];
			const end = (error?: NodeJS.ErrnoException) => {
				const body = Buffer.concat(pieces);
				const { statusCode: status = 0, headers: received, complete } = answer;
				resolve({
					status,
					headers: received,
					body,
					text: body.toString(),
					complete,
					...(error?.code !== undefined && { error: error.code }),
				});
			};
			answer.on('data', (piece: Buffer) => pieces.push(piece));
			answer.on('end', () => end());
			answer.on('error', end);
			asking.off('error', reject).on('error', end);
		});
		asking.on('error', reject);
		asking.end();
	});
}

/** Asks for JSON and takes it for an object; a test that expects something else looks at the text. */
export async function askJson(sandbox: Sandbox, path: string, options?: AskOptions): Promise<Record<string, unknown>> {
	return objectOf((await ask(sandbox, path, options)).text);
}

/** The rows of a list's page. */
export async function askRows(sandbox: Sandbox, path: string): Promise<readonly Record<string, unknown>[]> {
	return rowsOf(await askJson(sandbox, path));
}

export function rowsOf({ data }: Readonly<Record<string, unknown>>): readonly Record<string, unknown>[] {
	return Array.isArray(data) ? data : [];
}

export function objectOf(text: string): Record<string, unknown> {
	const value: unknown = JSON.parse(text);
	return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** Sends bytes as they are and collects everything that comes until the connection ends, in order (FIN) or by a reset (RST). */
export function sendRaw(sandbox: Sandbox, bytes: string | Buffer): Promise<{ readonly text: string; readonly reset: boolean }> {
	return new Promise((resolve) => {
		const pieces: Buffer[] = [];
		let reset = false;
		const socket = connect(sandbox.port, '127.0.0.1', () => socket.write(bytes));
		socket.on('data', (piece) => pieces.push(piece));
		socket.on('error', ({ code }: NodeJS.ErrnoException) => {
			reset = code === 'ECONNRESET';
		});
		socket.on('close', () => resolve({ text: Buffer.concat(pieces).toString('latin1'), reset }));
	});
}

/** The path of a customer's call. */
export function customerPath(key: string, rest = ''): string {
	return `/customers/${encodeURIComponent(key)}${rest}`;
}
