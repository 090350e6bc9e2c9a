// An answer before it goes on the wire.

export interface Reply {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	/** A list that is made while it is sent comes in pieces, and without a content-length. */
	readonly body: string | Iterable<string>;
}

export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
	return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** A refusal with a sentence, in the form that Partnero's clients read: `{ "status": 0, "message": … }`. */
export function refusal(status: number, message: string, headers?: Readonly<Record<string, string>>): Reply {
	return json(status, { status: 0, message }, headers);
}
