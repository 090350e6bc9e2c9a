// How an answer reaches the client: whole and in order, or late, in pieces, cut short, or not at all.
import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { TLSSocket } from 'node:tls';
import type { Reply } from './reply.ts';

/** An answer together with what befalls it on the way. */
export interface Delivery {
	readonly status: number;
	/** Names in lower case. Without a content-length the right one is sent. */
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
	/** What to wait for before the first byte: milliseconds, or a promise to be settled. */
	readonly waits: readonly (number | Promise<unknown>)[];
	/** Pauses inside the body: after how many bytes, how many milliseconds. */
	readonly pauses: readonly { readonly at: number; readonly ms: number }[];
	/** The answer does not come to its end: what happens before which byte, counted from 0 in the whole answer or in the body. */
	readonly ending?: { readonly how: 'reset' | 'close' | 'stall'; readonly at: number; readonly counted: 'answer' | 'body' };
	/** Closes the connection after the answer, unannounced. */
	readonly hangUp: boolean;
	/** Written to the socket in place of all that; then the connection is closed. */
	readonly raw?: Buffer;
}

/** The honest delivery of a reply, to be spoiled. */
export function wholeDelivery({ status, headers, body }: Reply): Delivery {
	const text = typeof body === 'string' ? body : [...body].join('');
	return { status, headers, body: Buffer.from(text), waits: [], pauses: [], hangUp: false };
}

/** Sends a reply as it is. A body that comes in pieces is made no faster than the client reads it. */
export async function send({ status, headers, body }: Reply, outgoing: ServerResponse): Promise<void> {
	if (typeof body === 'string') {
		outgoing.writeHead(status, { ...headers, ...contentLength(status, Buffer.byteLength(body)) }).end(body);
		return;
	}
	outgoing.writeHead(status, headers);
	if (outgoing.req.method === 'HEAD') {
		outgoing.end();
		return;
	}
	await orHangUp(pipeline(Readable.from(body, { highWaterMark: 1 }), outgoing), outgoing);
}

/**
 * Delivers what a fault has made of an answer. Ends when the answer does, or the connection.
 *
 * @param started called when the first byte is about to be sent
 */
export async function deliver(delivery: Delivery, outgoing: ServerResponse, started: () => void): Promise<void> {
	const gone = new AbortController();
	outgoing.once('close', () => gone.abort());
	await orHangUp(deliverUntil(gone.signal, delivery, outgoing, started), outgoing);
}

async function deliverUntil(gone: AbortSignal, delivery: Delivery, outgoing: ServerResponse, started: () => void): Promise<void> {
	for (const wait of delivery.waits) {
		await (typeof wait === 'number' ? setTimeout(wait, undefined, { signal: gone }) : Promise.allSettled([wait]));
	}
	gone.throwIfAborted();
	started();
	const { socket } = outgoing;
	if (delivery.raw !== undefined && socket !== null) {
		await write(socket, delivery.raw, gone);
		socket.destroySoon();
		return;
	}
	await (delivery.ending === undefined ? deliverWhole(delivery, outgoing, gone) : deliverPart(delivery, outgoing, gone));
}

async function deliverWhole(
	{ status, headers, body, pauses, hangUp }: Delivery,
	outgoing: ServerResponse,
	signal: AbortSignal,
): Promise<void> {
	const { socket } = outgoing;
	if (hangUp) {
		outgoing.once('finish', () => socket?.destroySoon());
	}
	outgoing.writeHead(status, { ...contentLength(status, body.length), ...headers });
	await writeWithPauses(outgoing, body, pauses, signal);
	outgoing.end();
}

/** What ends badly is written to the socket by hand: only there can an answer stop at any byte, its status line included. */
async function deliverPart(delivery: Delivery, outgoing: ServerResponse, signal: AbortSignal): Promise<void> {
	const { socket } = outgoing;
	const { ending, body, pauses } = delivery;
	if (socket === null || ending === undefined) {
		return;
	}
	const head = Buffer.from(headOf(delivery), 'latin1');
	const end = ending.counted === 'body' ? head.length + ending.at : ending.at;
	const part = Buffer.concat([head, body]).subarray(0, end);
	await writeWithPauses(
		socket,
		part,
		pauses.map(({ at, ms }) => ({ at: head.length + at, ms })),
		signal,
	);
	await stopAs(ending.how, socket, signal);
}

function headOf({ status, headers, body }: Delivery): string {
	const all = { ...contentLength(status, body.length), ...headers, date: new Date().toUTCString(), connection: 'keep-alive' };
	const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
	return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${lines.join('')}\r\n`;
}

async function stopAs(how: 'reset' | 'close' | 'stall', socket: Socket, signal: AbortSignal): Promise<void> {
	switch (how) {
		case 'close':
			socket.destroySoon();
			return;
		case 'reset':
			// A reset throws away what the peer has not read yet; a moment lets it read.
			await setTimeout(20, undefined, { signal });
			if (socket instanceof TLSSocket) {
				socket.destroy();
			} else {
				socket.resetAndDestroy();
			}
			return;
		case 'stall':
			return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
	}
}

async function writeWithPauses(
	stream: ServerResponse | Socket,
	bytes: Buffer,
	pauses: Delivery['pauses'],
	signal: AbortSignal,
): Promise<void> {
	let written = 0;
	for (const { at, ms } of [...pauses].sort((a, b) => a.at - b.at)) {
		if (at > written && at < bytes.length) {
			await write(stream, bytes.subarray(written, at), signal);
			written = at;
			await setTimeout(ms, undefined, { signal });
		}
	}
	await write(stream, bytes.subarray(written), signal);
}

/** Resolves when the bytes were handed to the network. */
function write(stream: ServerResponse | Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const abandon = () => reject(signal.reason);
		signal.addEventListener('abort', abandon, { once: true });
		stream.write(bytes, (error) => {
			signal.removeEventListener('abort', abandon);
			return error ? reject(error) : resolve();
		});
	});
}

function contentLength(status: number, length: number): Record<string, string> {
	return status === 204 || status === 304 ? {} : { 'content-length': String(length) };
}

/** The client may leave at any moment, and a sandbox may be closed: that is no failure. What cannot be sent ends the connection, so that nobody waits for it. */
async function orHangUp(sending: Promise<void>, outgoing: ServerResponse): Promise<void> {
	try {
		await sending;
	} catch {
		outgoing.destroy();
	}
}
