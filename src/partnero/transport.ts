// One GET to Partnero: one origin, one token, one time-out, one limit of size, and which error came of it. Only this file knows got.
import * as http from 'node:http';
import * as https from 'node:https';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { urlToHttpOptions } from 'node:url';
import got, { type Got, ReadError, RequestError, TimeoutError } from 'got';
import type { BaseUrl } from './baseUrl.ts';
import { PartneroError } from './errors.ts';

/** Bytes of an answer, after decompression. */
const maxAnswerBytes = 10 * 1024 * 1024;

export interface TransportOptions {
	readonly baseUrl: BaseUrl;
	readonly apiKey: string;
	/** Milliseconds that one request may take, from its start to the last byte of its answer. A finite number: got's own checks are not in the package. */
	readonly timeout: number;
	/** Sent as `User-Agent`. */
	readonly userAgent: string;
	/** Connections to keep at the most. */
	readonly connections: number;
}

/** What came back, whatever its status. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	/** Decompressed. Of a status other than 2xx it may be missing or cut short. */
	readonly body: Uint8Array;
	/** The network's proxy answered, and let nothing through to Partnero. */
	readonly byProxy: boolean;
}

/** What VS Code's patched `http` tells of the way that a request took (the event `proxy` of `@vscode/proxy-agent`). Node itself tells nothing. */
interface Passage {
	/** Why the proxy cannot be reached. */
	readonly error?: unknown;
	/** To the server, through the proxy; where the proxy refuses, one that only plays back its answer. */
	readonly socket?: unknown;
}

/** Sends GET requests below one base URL, over connections that it keeps. */
export class Transport {
	readonly #base: string;
	readonly #client: Got;
	readonly #agent: http.Agent;

	constructor({ baseUrl, apiKey, timeout, userAgent, connections }: TransportOptions) {
		this.#base = baseUrl.href;
		const { protocol, hostname, port } = urlToHttpOptions(new URL(baseUrl.href));
		const { Agent, request } = protocol === 'https:' ? https : http;
		const agent = new Agent({ keepAlive: true, maxSockets: connections });
		const own = {
			accept: 'application/json',
			authorization: `Bearer ${apiKey}`,
			'user-agent': userAgent,
			// VS Code's patched `http` closes the connection after each answer unless this is said: six times the latency.
			connection: 'keep-alive',
		};
		this.#agent = agent;
		this.#client = got.extend({
			// got hands on some forty options, nearly all of them as Node has them anyway, and each is copied several times on its way. Of the headers,
			// `accept-encoding` is its own; those that it does not know are in no error of its.
			request: ({ pathname, search }, { headers }) =>
				request({ protocol, hostname, port, path: pathname + search, agent, headers: { ...headers, ...own } }),
			followRedirect: false,
			throwHttpErrors: false,
			// A 429 concerns all requests of the program; got's retries know only their own.
			retry: { limit: 0, methods: [], statusCodes: [], errorCodes: [] },
			timeout: { request: timeout },
			mutableDefaults: true,
		});
		// TLS is as Node and VS Code have it. got copies twenty empty options for it at each request, unless there are none.
		this.#client.defaults.options.https = {};
	}

	/**
	 * Asks for `path`, which starts with a slash and is already encoded.
	 * @throws PartneroError `unreachable`, `timed-out`, `not-understood` (no HTTP, or not to be unpacked), `too-large`, `cancelled`.
	 */
	async send(path: string, signal: AbortSignal): Promise<Answer> {
		// As a URL, which got looks at less closely than at a text.
		const request = this.#client.stream(new URL(this.#base + path));
		let passage: Passage = {};
		request.once('request', (sent) => {
			sent.once('proxy', (told: Passage) => {
				passage = told;
			});
		});
		let chunks: readonly Uint8Array[] = [];
		try {
			chunks = await bodyOf(request, signal);
		} catch (error) {
			const failure = signal.aborted ? new PartneroError('cancelled') : networkError(error, passage);
			// A refusal is told by its status, whatever becomes of its body: a 401 that breaks off is still a 401.
			if (failure.kind === 'cancelled' || request.response === undefined || isSuccess(request.response.statusCode)) {
				throw failure;
			}
		}
		if (request.response === undefined) {
			throw new PartneroError('unreachable');
		}
		const { statusCode, headers } = request.response;
		const byProxy = this.#isByProxy(passage);
		if (byProxy) {
			// It could never be written to its end, so that it would still be there, and fail with nobody to listen, when the client is closed.
			request.destroy();
		}
		return { status: statusCode, headers, body: Buffer.concat(chunks), byProxy };
	}

	/** An answer to an https question that came without TLS is not the server's. */
	#isByProxy({ socket }: Passage): boolean {
		return this.#base.startsWith('https:') && socket instanceof Socket && !(socket instanceof TLSSocket);
	}

	/** Ends all connections. */
	close(): void {
		this.#agent.destroy();
	}
}

/**
 * What a stream brings until it ends or the signal ends it. By its events, and with a listener of our own on the signal: an async iterator and
 * got's `signal` would take a fifth of the time that a whole look-up takes.
 */
function bodyOf(stream: Readable, signal: AbortSignal): Promise<readonly Uint8Array[]> {
	return new Promise((resolve, reject) => {
		const chunks: Uint8Array[] = [];
		let size = 0;
		const abort = () => fail(new PartneroError('cancelled'));
		const fail = (error: unknown) => {
			signal.removeEventListener('abort', abort);
			stream.destroy();
			reject(error);
		};
		stream.on('data', (chunk: Uint8Array) => {
			chunks.push(chunk);
			size += chunk.byteLength;
			if (size > maxAnswerBytes) {
				fail(new PartneroError('too-large'));
			}
		});
		stream.on('end', () => {
			signal.removeEventListener('abort', abort);
			resolve(chunks);
		});
		stream.on('error', fail);
		stream.on('close', () => fail(new PartneroError('unreachable')));
		signal.addEventListener('abort', abort);
		if (signal.aborted) {
			abort();
		}
	});
}

/** Whether the status is one of the 2xx. */
export function isSuccess(status: number | undefined): boolean {
	return status !== undefined && status >= 200 && status < 300;
}

/** Of got's error the code alone goes on: the error itself carries the request, and with it the API key. */
function networkError(error: unknown, passage: Passage): PartneroError {
	if (PartneroError.is(error)) {
		return error;
	}
	if (error instanceof TimeoutError) {
		return new PartneroError('timed-out');
	}
	if (passage.error !== undefined) {
		const code: unknown = Reflect.get(Object(passage.error), 'code');
		return new PartneroError('unreachable', { proxy: true, ...(typeof code === 'string' && { code }) });
	}
	const given = codeOf(error);
	// got's word for a connection that broke off in the body.
	const code = given === 'ERR_HTTP_CONTENT_LENGTH_MISMATCH' ? 'ECONNRESET' : given;
	const facts = code === undefined ? {} : { code };
	// A head that is no HTTP, or a body that cannot be unpacked, came from a server that can be reached.
	const unreadable = code !== undefined && /^(?:HPE_|Z_|ZSTD_|ERR_BROTLI|ERR__ERROR_|ERR_PADDING)/.test(code);
	return new PartneroError(unreadable ? 'not-understood' : 'unreachable', facts);
}

function codeOf(error: unknown): string | undefined {
	// What was wrong with the body stands behind got's own error.
	const code: unknown = error instanceof ReadError && error.cause instanceof Error ? Reflect.get(error.cause, 'code') : undefined;
	return typeof code === 'string' ? code : error instanceof RequestError ? error.code : undefined;
}
