// One program's line to Partnero: one origin, one token, GET alone. Everything that has to do with how a question travels is solved here
// once: at most four at a time, one pause for all after a 429, back-off, time-outs, size, and which error came of it. Only this file knows got.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import got, { type Got, RequestError, TimeoutError } from 'got';
import PQueue from 'p-queue';
import type { BaseUrl } from './baseUrl.ts';
import { PartneroError, type PartneroErrorFacts, type PartneroErrorKind } from './errors.ts';
import { isJsonObject, parseJson } from './json.ts';
import { createRedactor } from './redaction.ts';
import type { Json } from './types.ts';

/** Requests of one program that may be under way at the same time. */
const maxInFlight = 4;
/** Attempts after the first. */
const maxRetries = 2;
/** Bytes of an answer, after decompression. */
const maxAnswerBytes = 10 * 1024 * 1024;
/** Longest wait that the server can ask for, milliseconds. */
const maxPause = 60_000;
const retryStatuses: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);

export interface TransportOptions {
	readonly baseUrl: BaseUrl;
	readonly apiKey: string;
	/** Milliseconds that one attempt may take. */
	readonly timeout: number;
	/** Sent as `User-Agent`. */
	readonly userAgent: string;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** From 0 up to 1: spreads the back-off. */
	readonly random: () => number;
	/** Waits, or rejects with the signal's reason. */
	readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
	/** Told when all requests wait because of a 429, with the time when they go on (milliseconds since 1970). */
	readonly onPause?: (until: number) => void;
	/** Told when Partnero rejects the API key (401). Nothing more is sent after it. */
	readonly onKeyRejected?: () => void;
	/** Told after each attempt, for the log: never with a header, a body or a key in it. */
	readonly onAttempt?: (attempt: { readonly resource: string; readonly outcome: string; readonly milliseconds: number }) => void;
}

interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: Uint8Array;
}

/** Sends GET requests below one base URL. */
export class Transport {
	private readonly options: TransportOptions;
	private readonly client: Got;
	private readonly agents: { readonly http: HttpAgent; readonly https: HttpsAgent };
	private readonly queue = new PQueue({ concurrency: maxInFlight });
	private readonly closed = new AbortController();
	private readonly redact: (text: string) => string;
	private pausedUntil = 0;
	private rejected: PartneroError | undefined;

	constructor(options: TransportOptions) {
		this.options = options;
		this.redact = createRedactor(options.apiKey);
		this.agents = {
			http: new HttpAgent({ keepAlive: true, maxSockets: maxInFlight }),
			https: new HttpsAgent({ keepAlive: true, maxSockets: maxInFlight }),
		};
		this.client = got.extend({
			agent: this.agents,
			headers: {
				accept: 'application/json',
				authorization: `Bearer ${options.apiKey}`,
				'user-agent': options.userAgent,
				// VS Code's patched `http` closes the connection after each answer unless this is said: six times the latency.
				connection: 'keep-alive',
			},
			followRedirect: false,
			throwHttpErrors: false,
			// Retrying is done below: a 429 concerns all requests of the program, got's retries know only their own.
			retry: { limit: 0 },
			responseType: 'buffer',
			timeout: { request: options.timeout },
		});
	}

	/**
	 * Asks for `path` (which starts with a slash and is already encoded) and returns the parsed answer of a 2xx.
	 * `resource` names the kind of question in the log, for example `customers/{key}`.
	 * @throws PartneroError always, and nothing else.
	 */
	async get(path: string, resource: string, signal?: AbortSignal): Promise<Json> {
		const anyEnd = signal === undefined ? this.closed.signal : AbortSignal.any([signal, this.closed.signal]);
		for (let attempt = 0; ; attempt++) {
			const outcome = await this.attempt(path, resource, anyEnd);
			if (!(outcome instanceof PartneroError)) {
				return outcome;
			}
			const wait = attempt < maxRetries ? this.retryDelay(outcome, attempt) : undefined;
			if (outcome.kind === 'rate-limited') {
				this.pause(outcome.retryAfter ?? this.backOff(attempt));
			}
			if (wait === undefined) {
				throw outcome;
			}
			// After a 429 the queue itself waits, for everyone at once.
			if (outcome.kind !== 'rate-limited') {
				await this.options.sleep(wait, anyEnd).catch(() => {
					throw new PartneroError('cancelled');
				});
			}
		}
	}

	/** Ends all requests and connections. Later questions fail with `cancelled`. */
	close(): void {
		this.closed.abort();
		this.queue.clear();
		this.agents.http.destroy();
		this.agents.https.destroy();
	}

	/** One request when it is its turn. Failures are returned, since most of them are decided on. */
	private async attempt(path: string, resource: string, signal: AbortSignal): Promise<Json | PartneroError> {
		try {
			return await this.queue.add(() => this.send(path, resource, signal), { signal });
		} catch (error) {
			if (PartneroError.is(error)) {
				return error;
			}
			return signal.aborted ? new PartneroError('cancelled') : new PartneroError('unreachable');
		}
	}

	private async send(path: string, resource: string, signal: AbortSignal): Promise<Json> {
		if (this.rejected !== undefined) {
			throw this.rejected;
		}
		const started = this.options.now();
		const tell = (outcome: string) => this.options.onAttempt?.({ resource, outcome, milliseconds: this.options.now() - started });
		try {
			const answer = await this.exchange(path, signal);
			tell(String(answer.status));
			return this.read(answer);
		} catch (error) {
			const failure = PartneroError.is(error) ? error : this.networkError(error, signal);
			if (failure.status === undefined) {
				tell(failure.code ?? failure.kind);
			}
			if (failure.kind === 'key-rejected') {
				this.rejected = failure;
				this.options.onKeyRejected?.();
			}
			throw failure;
		}
	}

	private async exchange(path: string, signal: AbortSignal): Promise<Answer> {
		const tooLarge = new AbortController();
		const request = this.client(this.options.baseUrl.href + path, { signal: AbortSignal.any([signal, tooLarge.signal]) });
		request.on('downloadProgress', ({ transferred }) => {
			if (transferred > maxAnswerBytes) {
				tooLarge.abort();
			}
		});
		try {
			const response = await request;
			if (response.rawBody.byteLength > maxAnswerBytes) {
				throw new PartneroError('too-large', { status: response.statusCode });
			}
			return { status: response.statusCode, headers: response.headers, body: response.rawBody };
		} catch (error) {
			throw tooLarge.signal.aborted && !signal.aborted ? new PartneroError('too-large') : error;
		}
	}

	private read(answer: Answer): Json {
		if (answer.status >= 200 && answer.status < 300) {
			return readBody(answer.body, answer.status);
		}
		throw new PartneroError(kindOfStatus(answer.status), this.factsOf(answer));
	}

	private factsOf(answer: Answer): PartneroErrorFacts {
		const retryAfter = readRetryAfter(answer.headers, this.options.now());
		const serverMessage = this.serverMessage(answer.body);
		return {
			status: answer.status,
			...(retryAfter === undefined ? {} : { retryAfter }),
			...(serverMessage === undefined ? {} : { serverMessage }),
		};
	}

	/** What an error body says: `message`, or the first of `errors` as a map or a list. An HTML page or anything else says nothing. */
	private serverMessage(body: Uint8Array): string | undefined {
		let parsed: Json;
		try {
			parsed = readBody(body, 0);
		} catch {
			return undefined;
		}
		if (!isJsonObject(parsed)) {
			return undefined;
		}
		const said = typeof parsed.message === 'string' && parsed.message !== '' ? parsed.message : firstString(parsed.errors ?? null);
		return said === undefined ? undefined : oneLine(this.redact(said.slice(0, 2000)));
	}

	private networkError(error: unknown, signal: AbortSignal): PartneroError {
		if (signal.aborted) {
			return new PartneroError('cancelled');
		}
		if (error instanceof TimeoutError) {
			return new PartneroError('timed-out');
		}
		const code = error instanceof RequestError ? error.code : undefined;
		const facts = code === undefined ? {} : { code };
		// A body that cannot be unpacked or a head that is no HTTP came from a server that can be reached.
		return new PartneroError(
			code !== undefined && /^(?:HPE_|Z_|ERR_BROTLI|ERR__ERROR_FORMAT)/.test(code) ? 'not-understood' : 'unreachable',
			facts,
		);
	}

	/** Milliseconds until the next attempt, or undefined where another one has no chance. */
	private retryDelay(error: PartneroError, attempt: number): number | undefined {
		const retried =
			error.status === undefined ? error.kind === 'unreachable' || error.kind === 'timed-out' : retryStatuses.has(error.status);
		if (!retried || isPermanent(error.code) || (error.retryAfter ?? 0) > maxPause) {
			return undefined;
		}
		return error.retryAfter ?? this.backOff(attempt);
	}

	/** 0.5–1 s, then 1–2 s: exponential, with jitter so that many clients do not come back together. */
	private backOff(attempt: number): number {
		return 500 * 2 ** attempt * (1 + this.options.random());
	}

	/** Nothing of this program leaves before the time is up, whoever asks. */
	private pause(milliseconds: number): void {
		const wait = Math.min(milliseconds, maxPause);
		const until = this.options.now() + wait;
		if (until <= this.pausedUntil) {
			return;
		}
		this.pausedUntil = until;
		this.queue.pause();
		this.options.onPause?.(until);
		this.options.sleep(wait, this.closed.signal).then(
			() => {
				if (this.pausedUntil === until) {
					this.queue.start();
				}
			},
			// Closed: what is still queued fails by its own signal.
			() => this.queue.start(),
		);
	}
}

function readBody(body: Uint8Array, status: number): Json {
	try {
		return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(body));
	} catch {
		throw new PartneroError('not-understood', { status });
	}
}

function kindOfStatus(status: number): PartneroErrorKind {
	switch (status) {
		case 401:
			return 'key-rejected';
		case 403:
			return 'no-permission';
		case 404:
			return 'not-found';
		case 408:
			return 'timed-out';
		case 429:
			return 'rate-limited';
	}
	if (status >= 500) {
		return 'server-fault';
	}
	return status >= 300 && status < 400 ? 'redirected' : 'refused';
}

/** Milliseconds that the server asks to wait: `Retry-After` in seconds or as a date, else `X-RateLimit-Reset` (seconds, or a Unix time). */
function readRetryAfter(headers: Answer['headers'], now: number): number | undefined {
	const after = headers['retry-after'];
	if (typeof after === 'string' && after.trim() !== '') {
		const seconds = Number(after);
		const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - now;
		if (!Number.isNaN(wait)) {
			return Math.max(0, wait);
		}
	}
	const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN);
	if (!Number.isFinite(reset) || reset <= 0) {
		return undefined;
	}
	// No window lasts 30 years: a larger number is a point in time.
	return reset > 1e9 ? Math.max(0, reset * 1000 - now) : reset * 1000;
}

/** Certificates and addresses that are wrong now are wrong in a second as well. */
function isPermanent(code: string | undefined): boolean {
	return code !== undefined && /CERT|SSL|TLS|ERR_INVALID|UNSUPPORTED/.test(code);
}

/** The first string in a value, breadth first to a small depth: `errors` may be a map of lists, a list, or a string. */
function firstString(value: Json, depth = 3): string | undefined {
	if (typeof value === 'string') {
		return value === '' ? undefined : value;
	}
	if (typeof value !== 'object' || value === null || depth === 0) {
		return undefined;
	}
	for (const element of Object.values(value)) {
		const found = firstString(element, depth - 1);
		if (found !== undefined) {
			return found;
		}
	}
	return undefined;
}

/** Control and bidirectional characters would let a server draw over our own words. */
function oneLine(text: string): string | undefined {
	const line = text
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
		.trim()
		.slice(0, 300)
		.toWellFormed();
	return line === '' ? undefined : line;
}
