// How the questions of one program are put: at most four at a time, one pause for all after a 429, back-off, and silence after a 401.
import { readAnswer } from './answers.ts';
import { PartneroError, type PartneroErrorKind } from './errors.ts';
import { Queue } from './queue.ts';
import { createRedactor } from './redaction.ts';
import { Transport, type TransportOptions } from './transport.ts';
import type { Json } from './types.ts';

/** Requests of one program that may be under way at the same time. */
const maxInFlight = 4;
/** Questions that may wait for their turn: each takes some 5 kB, and no file has as many keys. */
const maxWaiting = 10_000;
/** Attempts after the first. */
const maxRetries = 2;
/** Once the attempts of a question took this many time-outs together, there is no further one: nobody waits three times for a server that is silent. */
const patience = 1.5;
/** Longest wait that the server can ask for, milliseconds. */
const maxPause = 60_000;
const retriedStatuses: ReadonlySet<number> = new Set([408, 502, 503, 504]);

export interface QuestionsOptions extends Omit<TransportOptions, 'connections'> {
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** From 0 up to 1: spreads the back-off. */
	readonly random: () => number;
	/** Waits, or rejects with the signal's reason. */
	readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
	/** No request leaves before this time (milliseconds since 1970): a pause that an earlier client of the program was told to make. */
	readonly pausedUntil?: number | undefined;
	/** Told when no request leaves because of a 429, with the time when they go on (milliseconds since 1970). */
	readonly onPause?: (until: number) => void;
	/** Told when Partnero rejects the API key (401). Nothing more is sent after it. */
	readonly onKeyRejected?: () => void;
	/** Told after each attempt, for the log: never with a header, a body or a key in it. */
	readonly onAttempt?: (attempt: Attempt) => void;
}

interface Attempt {
	readonly resource: string;
	/** The HTTP status, or what failed. */
	readonly outcome: string;
	readonly failure?: PartneroErrorKind;
	readonly milliseconds: number;
}

interface Question {
	readonly path: string;
	readonly resource: string;
	readonly signal: AbortSignal;
	/** Attempts before this one. */
	attempt: number;
	/** Milliseconds that its attempts took. */
	spent: number;
	/** How many questions were put, and how many were answered, when this one was. */
	readonly asked: number;
	readonly answered: number;
	/** It failed with the others that waited, without having been sent. */
	forlorn: boolean;
}

/** Puts the questions of one program. */
export class Questions {
	readonly #options: QuestionsOptions;
	readonly #transport: Transport;
	readonly #queue = new Queue(maxInFlight);
	readonly #closed = new AbortController();
	readonly #redact: (text: string) => string;
	/** What Partnero said when it rejected the API key. */
	#rejected: PartneroError | undefined;
	/** No request leaves before this time. */
	#resumeAt = 0;
	/** The 429 after which waiting is no use, and when Partnero allows the next request by its own word. */
	#limit: { readonly error: PartneroError; readonly until: number } | undefined;
	/** Pauses in a row after which the next answer was a 429 again. */
	#vainPauses = 0;
	/** Questions that were put, and answers that are no reason to ask again. */
	#asked = 0;
	#answered = 0;
	/** The newest failure of a question whose attempts are used up, and how many questions had been put by then. */
	#lost: { readonly error: PartneroError; readonly asked: number } | undefined;

	constructor(options: QuestionsOptions) {
		this.#options = options;
		this.#transport = new Transport({ ...options, connections: maxInFlight });
		this.#redact = createRedactor(options.apiKey);
		this.#hold(options.pausedUntil ?? 0, options.now());
	}

	/**
	 * Asks for `path` (which starts with a slash and is already encoded) and returns the parsed answer of a 2xx.
	 * `resource` names the kind of question in the log, for example `customers/{key}`.
	 *
	 * Its attempts take two and a half time-outs at the most, and no wait between them is longer than a minute. How long it waits for its turn
	 * depends on the others; but where nobody is answered any more, all that wait fail together (`assertAllowed`).
	 * @throws PartneroError always, and nothing else.
	 */
	async get(path: string, resource: string, signal?: AbortSignal): Promise<Json> {
		if (this.#queue.size >= maxWaiting) {
			throw new PartneroError('busy');
		}
		const anyEnd = signal === undefined ? this.#closed.signal : AbortSignal.any([signal, this.#closed.signal]);
		const answered = this.#answered;
		const question: Question = { path, resource, signal: anyEnd, attempt: 0, spent: 0, asked: ++this.#asked, answered, forlorn: false };
		for (;;) {
			const outcome = await this.#whenItsTurn(question);
			if (!(outcome instanceof PartneroError)) {
				return outcome;
			}
			if (!this.#isWorthRetrying(outcome, question)) {
				this.#lost = isPassing(outcome) && !question.forlorn ? { error: outcome, asked: this.#asked } : this.#lost;
				throw outcome;
			}
			// After a 429 the queue itself waits, for everyone at once.
			if (outcome.kind !== 'rate-limited') {
				await this.#wait(this.#delayAfter(outcome, question), question);
			}
			question.attempt++;
		}
	}

	/** Ends all requests and connections. Later questions fail with `cancelled`. */
	close(): void {
		this.#closed.abort();
		this.#transport.close();
	}

	/** One attempt, in turn. Failures are returned, since most of them are decided on. */
	async #whenItsTurn(question: Question): Promise<Json | PartneroError> {
		const { signal, attempt } = question;
		try {
			// Who was sent back goes first.
			return await this.#queue.add(() => this.#ask(question), signal, attempt);
		} catch (error) {
			return signal.aborted ? new PartneroError('cancelled') : PartneroError.is(error) ? error : new PartneroError('unreachable');
		}
	}

	/** What an answer means for the others is settled in here: as soon as it ends, the queue lets the next one go. */
	async #ask(question: Question): Promise<Json> {
		this.#assertAllowed(question);
		const { path, resource, signal } = question;
		const { now } = this.#options;
		const started = now();
		let outcome = '200';
		let failed: PartneroErrorKind | undefined;
		try {
			const answer = await this.#transport.send(path, signal);
			outcome = String(answer.status);
			this.#vainPauses = answer.status === 429 ? this.#vainPauses : 0;
			this.#answered += retriedStatuses.has(answer.status) ? 0 : 1;
			return readAnswer(answer, { now: now(), redact: this.#redact, apiKey: this.#options.apiKey });
		} catch (error) {
			const failure = PartneroError.is(error) ? error : new PartneroError('not-understood');
			failed = failure.kind;
			if (failure.status === undefined) {
				outcome = failure.code ?? failure.kind;
			}
			if (failure.kind === 'rate-limited') {
				this.#pause(failure, question);
			} else if (failure.kind === 'key-rejected' && this.#rejected === undefined) {
				this.#rejected = failure;
				this.#options.onKeyRejected?.();
			}
			throw failure;
		} finally {
			const milliseconds = now() - started;
			question.spent += milliseconds;
			this.#options.onAttempt?.({ resource, outcome, ...(failed && { failure: failed }), milliseconds });
		}
	}

	/** @throws PartneroError where the answer is known without asking. */
	#assertAllowed(question: Question): void {
		if (this.#rejected !== undefined) {
			throw this.#rejected;
		}
		// Nobody was answered while this one waited, and another one's attempts are used up: hundreds more would only wait in vain, one after the other.
		const lost = this.#lost;
		if (lost !== undefined && question.attempt === 0 && question.asked <= lost.asked && question.answered === this.#answered) {
			question.forlorn = true;
			throw lost.error;
		}
		const now = this.#options.now();
		if (this.#limit !== undefined && now < this.#resumeAt) {
			const { status, serverMessage } = this.#limit.error;
			throw new PartneroError('rate-limited', {
				retryAfter: this.#limit.until - now,
				...(status === undefined ? {} : { status }),
				...(serverMessage === undefined ? {} : { serverMessage }),
			});
		}
		this.#limit = undefined;
	}

	#isWorthRetrying(error: PartneroError, { attempt, spent, forlorn }: Question): boolean {
		if (forlorn || attempt >= maxRetries || spent >= patience * this.#options.timeout || (error.retryAfter ?? 0) > maxPause) {
			return false;
		}
		if (error.kind === 'rate-limited') {
			return this.#limit === undefined;
		}
		return isPassing(error);
	}

	/** Milliseconds: what the server asks for, else 0.5–1 s, then 1–2 s, with jitter so that many clients do not come back together. */
	#delayAfter(error: PartneroError, { attempt }: Question): number {
		return error.retryAfter || 500 * 2 ** attempt * (1 + this.#options.random());
	}

	/** Backs off. Where nobody has been answered since the question was put, its place stays taken: the others would only meet the same. */
	async #wait(milliseconds: number, { signal, answered }: Question): Promise<void> {
		const sleep = () => this.#options.sleep(milliseconds, signal);
		try {
			await (answered === this.#answered ? this.#queue.add(sleep, signal, maxRetries + 1) : sleep());
		} catch {
			throw new PartneroError('cancelled');
		}
	}

	/**
	 * Nothing of this program leaves before the time is up, whoever asks. Questions wait for it, unless the time is too long or waiting has
	 * brought nothing but another 429 before: then they fail at once, until the time is up.
	 */
	#pause(error: PartneroError, question: Question): void {
		const now = this.#options.now();
		const asked = this.#delayAfter(error, question);
		const until = now + Math.min(asked, maxPause);
		if (now >= this.#resumeAt) {
			this.#vainPauses++;
		}
		if (asked > maxPause || this.#vainPauses > maxRetries) {
			this.#limit = { error, until: Math.max(now + asked, this.#resumeAt) };
		}
		if (this.#hold(until, now)) {
			this.#options.onPause?.(until);
		}
		if (this.#limit !== undefined) {
			this.#queue.resume();
		}
	}

	/** Lets nothing leave before then. Returns false where that is so already. */
	#hold(until: number, now: number): boolean {
		if (until <= Math.max(this.#resumeAt, now)) {
			return false;
		}
		this.#resumeAt = until;
		this.#queue.hold();
		// Ends early where the client is closed; what is still queued then fails by its own signal.
		this.#options.sleep(until - now, this.#closed.signal).then(
			() => this.#resume(until),
			() => this.#resume(until),
		);
		return true;
	}

	#resume(until: number): void {
		if (this.#resumeAt === until) {
			this.#queue.resume();
		}
	}
}

/** Whether the same question may be answered in a moment. */
function isPassing({ kind, status, code }: PartneroError): boolean {
	return status === undefined ? kind === 'timed-out' || (kind === 'unreachable' && !isPermanent(code)) : retriedStatuses.has(status);
}

/** Certificates and addresses that are wrong now are wrong in a second as well. */
function isPermanent(code: string | undefined): boolean {
	return code !== undefined && /CERT|CRL|SSL|TLS|EPROTO|SIGNATURE|INVALID|PATH_LENGTH|HOSTNAME_MISMATCH|UNSUPPORTED/.test(code);
}
