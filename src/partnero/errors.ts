// The one error that leaves the client. A caller tells failures apart by `kind`, never by message text; the sentences that users read are
// made of it in `wording/`. Nothing in here holds the API key, a request header or a response body.

/** Every way in which a question to Partnero can fail. The union is closed: adding one makes the compiler ask for its sentence. */
export type PartneroErrorKind =
	/** The key cannot be one (a `CustomerKeyProblem`, named by `code`): no request was made. */
	| 'invalid-key'
	/** The base URL cannot be used: no request was made. */
	| 'invalid-base-url'
	/** The API key cannot be sent in a header (control characters, non-ASCII): no request was made. */
	| 'invalid-api-key'
	/** The program's API key is not in the secret storage of this machine: no request was made. */
	| 'key-missing'
	/** The API key was given for another origin than the one that is configured now: no request was made. */
	| 'origin-changed'
	/** The program is not connected (any more): no request was made. */
	| 'no-program'
	/** 10,000 questions wait for their turn already: no request was made. */
	| 'busy'
	/** 401: Partnero does not accept the API key. */
	| 'key-rejected'
	/** 403: the API key lacks the permission, or the plan has no API access. */
	| 'no-permission'
	/** 404: an ordinary answer. For a customer it means "not a customer of this program". */
	| 'not-found'
	/** 429, after the retries; or known to come, while a wait lasts that Partnero asked for: then no request was made. */
	| 'rate-limited'
	/** Another 4xx, 422 included; or a 2xx with the documented error body. */
	| 'refused'
	/** 5xx, after the retries. */
	| 'server-fault'
	/** 3xx: redirects are never followed, because the token would travel. */
	| 'redirected'
	/** No answer: DNS, connection refused or reset, TLS; or one of the network's proxy alone, with its status. */
	| 'unreachable'
	| 'timed-out'
	/** An answer that is no JSON, or not of the documented shape; a list that goes in circles (`PAGE_LOOP`). */
	| 'not-understood'
	/** An answer of more than 10 MB, or a page of more than 50,000 rows. */
	| 'too-large'
	/** The caller's own signal, or the client was closed. */
	| 'cancelled';

export interface PartneroErrorFacts {
	/** The HTTP status, where an answer came. */
	readonly status?: number;
	/** Milliseconds to wait before asking again is worth it, where Partnero says so; at most a day. */
	readonly retryAfter?: number;
	/** What Partnero said (its `message`, or the first of its `errors`), redacted, one line, at most 300 characters. */
	readonly serverMessage?: string;
	/** A system code such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`, or what is wrong with a key or an address. */
	readonly code?: string;
	/** True where the network's proxy failed or refused, and not Partnero. */
	readonly proxy?: boolean;
}

const brand = Symbol.for('partnero.PartneroError');

/** A failed question to Partnero. */
export class PartneroError extends Error {
	readonly kind: PartneroErrorKind;
	readonly status: number | undefined;
	/** Milliseconds. */
	readonly retryAfter: number | undefined;
	readonly serverMessage: string | undefined;
	readonly code: string | undefined;
	readonly proxy: boolean;

	constructor(kind: PartneroErrorKind, facts: PartneroErrorFacts = {}) {
		super(facts.status === undefined ? kind : `${kind} (${facts.status})`);
		this.name = 'PartneroError';
		this.kind = kind;
		this.status = facts.status;
		this.retryAfter = facts.retryAfter;
		this.serverMessage = facts.serverMessage;
		this.code = facts.code;
		this.proxy = facts.proxy === true;
		Object.defineProperty(this, brand, { value: true });
	}

	/**
	 * Whether a caught value is a PartneroError, of the given kind if one is named. Works across bundles, where `instanceof` does not:
	 * the client is a bundle of its own and brings its own copy of this class.
	 */
	static is(value: unknown, kind?: PartneroErrorKind): value is PartneroError {
		return value instanceof Error && Reflect.get(value, brand) === true && (kind === undefined || Reflect.get(value, 'kind') === kind);
	}
}
