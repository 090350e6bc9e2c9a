// What an answer says: its JSON, or the error that its status stands for, with what the server told about it.
import { PartneroError, type PartneroErrorFacts, type PartneroErrorKind } from './errors.ts';
import { isJsonObject, parseJson } from './json.ts';
import { withoutEcho } from './redaction.ts';
import { type Answer, isSuccess } from './transport.ts';
import type { Json } from './types.ts';

/** Longest wait that is told, milliseconds: beyond a day a number is a mistake. */
const longestWait = 24 * 60 * 60 * 1000;

export interface Reading {
	/** Milliseconds since 1970. */
	readonly now: number;
	/** Takes secrets out of what the server says. */
	readonly redact: (text: string) => string;
	/** What no text of an answer may hold. */
	readonly apiKey: string;
}

/**
 * The JSON of a 2xx.
 * @throws PartneroError for what a proxy answered in Partnero's place, for every other status, for a body that is no JSON, and for the documented error body (`"status": 0` without data).
 */
export function readAnswer(answer: Answer, reading: Reading): Json {
	if (answer.byProxy) {
		throw new PartneroError('unreachable', { status: answer.status, proxy: true });
	}
	if (!isSuccess(answer.status)) {
		throw new PartneroError(kindOfStatus(answer.status), factsOf(answer, reading));
	}
	const body = parseBody(answer.body, reading.apiKey);
	if (body === undefined) {
		throw new PartneroError('not-understood', { status: answer.status });
	}
	if (isJsonObject(body) && body.status === 0 && (body.data ?? null) === null) {
		throw new PartneroError('refused', factsOf(answer, reading));
	}
	return body;
}

function parseBody(body: Uint8Array, apiKey: string): Json | undefined {
	try {
		return parseJson(withoutEcho(new TextDecoder('utf-8', { fatal: true }).decode(body), apiKey));
	} catch {
		return undefined;
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

function factsOf(answer: Answer, { now, redact, apiKey }: Reading): PartneroErrorFacts {
	const retryAfter = readRetryAfter(answer, now);
	const serverMessage = readServerMessage(answer.body, redact, apiKey);
	return {
		status: answer.status,
		...(retryAfter === undefined ? {} : { retryAfter }),
		...(serverMessage === undefined ? {} : { serverMessage }),
	};
}

/** Milliseconds that the server asks to wait: `Retry-After`, or where a 429 has none, `X-RateLimit-Reset` (seconds, or a Unix time). */
function readRetryAfter({ status, headers }: Answer, now: number): number | undefined {
	const here = serverTime(headers, now);
	const wait = waitOf(textOf(headers['retry-after']), here);
	// Servers send the end of the window with every answer; only where it was exceeded is there something to wait for.
	const reset = status === 429 ? Number(textOf(headers['x-ratelimit-reset']) ?? Number.NaN) : Number.NaN;
	// No window lasts 30 years: a larger number is a point in time.
	const asked = wait ?? (reset > 1e9 ? reset * 1000 - here : reset > 0 ? reset * 1000 : undefined);
	return asked === undefined || Number.isNaN(asked) ? undefined : Math.min(Math.max(0, asked), longestWait);
}

/** A date that the server names is meant by its own clock; ours may be wrong. */
function serverTime(headers: Answer['headers'], now: number): number {
	const date = Date.parse(textOf(headers.date) ?? '');
	return Number.isNaN(date) ? now : date;
}

function waitOf(retryAfter: string | undefined, now: number): number | undefined {
	if (retryAfter === undefined) {
		return undefined;
	}
	if (/^\d+(?:\.\d*)?$/.test(retryAfter)) {
		return Number(retryAfter) * 1000;
	}
	// `Date.parse` takes "-5" for a month of 2001.
	const date = /[a-z]/i.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
	return Number.isNaN(date) ? undefined : date - now;
}

function textOf(header: Answer['headers'][string]): string | undefined {
	return typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined;
}

/** What an error body says: `message`, or the first of `errors` as a map or a list. An HTML page or anything else says nothing. */
function readServerMessage(body: Uint8Array, redact: (text: string) => string, apiKey: string): string | undefined {
	const parsed = parseBody(body, apiKey);
	if (!isJsonObject(parsed)) {
		return undefined;
	}
	const said = firstString(parsed.message ?? null, 0) ?? firstString(parsed.errors ?? null, 3);
	// Taken out before it is cut, so that no half of a secret is left at the end.
	const line = said === undefined ? '' : redact(oneLine(said.slice(0, 2000)));
	return line === '' ? undefined : line.slice(0, 300).toWellFormed();
}

/** The first string in a value, breadth first to a small depth: `errors` may be a map of lists, a list, or a string. */
function firstString(value: Json, depth: number): string | undefined {
	if (typeof value === 'string') {
		return value.trim() === '' ? undefined : value;
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
function oneLine(text: string): string {
	return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
}
