// What a model reads where a tool gives no data: what is wrong, whether another try is worth it, and what to ask the user for. Written for
// models, so it is English whatever language the editor speaks, and nothing that a server said is in it.
import { singleLine } from '../format/names.ts';
import { type CustomerKeyProblem, maxCustomerKeyLength } from '../partnero/customerKey.ts';
import type { PartneroError } from '../partnero/errors.ts';

/** Ends a call with a sentence for the model. */
export class Refusal extends Error {}

const keyIsAnApiKey =
	'The text holds an API key of Partnero. It was sent nowhere. Never ask for an API key and never repeat one; tell the user that one got into this conversation and should be replaced in Partnero.';
const askForKey = 'Ask the user for the customer key as it stands in their own system; do not guess one.';

export const refusals = {
	noKey: `customer_key is missing, or is no string. Give it as a string, in quotes even if it is a number. ${askForKey}`,
	badKey: {
		empty: `customer_key is empty. ${askForKey}`,
		dots: `"." and ".." are no customer keys. ${askForKey}`,
		'too-long': `A customer key has at most ${maxCustomerKeyLength} characters; this one is longer. ${askForKey}`,
		'broken-unicode': `customer_key has broken characters. ${askForKey}`,
		'api-key': keyIsAnApiKey,
	} satisfies Readonly<Record<CustomerKeyProblem, string>>,
	notText: 'program and cursor must be strings, or be left out.',
	noProgram:
		'No Partnero program is connected in this editor, so nothing can be looked up. Ask the user to run the command "Partnero: Connect a program", or "Partnero: Explore sample data" to try it without an account. Never ask for an API key in the conversation.',
	whichProgram: (names: readonly string[]) =>
		`Several Partnero programs are connected. A customer belongs to one of them: call again with program set to one of ${list(names)}. Ask the user which one, if you cannot tell.`,
	unknownProgram: (names: readonly string[]) =>
		`No program of that name is connected in this editor. Connected: ${list(names)}. Only the user can connect another one, by the command "Partnero: Connect a program".`,
	turnedOff:
		'The user has turned the Partnero tools off (setting "partnero.languageModelTools.enabled"). Do not call them again unless the user turns them on.',
	badCursor:
		'This cursor was not made by an answer for this customer, or the list has changed since. Call again without cursor to start over.',
	cursorNotReached: 'The list was not loaded that far yet. Call again with the same cursor to go on.',
	holdsApiKey:
		'Partnero\'s answer holds an API key of the user, so it is not given to you. Tell the user so; they can look at the customer by the command "Partnero: Look up customer".',
	tooLarge: 'The answer does not fit into the number of tokens that this call may use. Call again without detail, or with a smaller limit.',
	unexpected: 'The Partnero extension failed. Do not call again; tell the user, who finds more by the command "Partnero: Show log".',
} as const;

/** A failed question to Partnero, for a model. `program` is the name of the program that was asked. */
export function refusalOf(error: PartneroError, program: string): Refusal {
	return new Refusal(sentenceOf(error, quoted(program)));
}

/** The ordinary answer for a key that is no customer of the program. */
export function notFound(key: string, program: string): string {
	return `${quoted(key)} is not a customer of ${quoted(program)}. That is an ordinary answer: somebody who was never referred is not in Partnero, and the customer may belong to another program. Do not try other spellings; ask the user for the key or the program.`;
}

function sentenceOf(error: PartneroError, program: string): string {
	switch (error.kind) {
		case 'invalid-key':
			return refusals.badKey[error.code === 'api-key' ? 'api-key' : 'broken-unicode'];
		case 'key-rejected':
		case 'key-missing':
		case 'invalid-api-key':
		case 'origin-changed':
			return `The API key of ${program} cannot be used: ${keyTrouble[error.kind]}. Only the user can mend that, by the command "Partnero: Replace API key". Do not call again before they have, and never ask for the key in the conversation.`;
		case 'no-permission':
			return `The API key of ${program} may not read this (403). Calling again does not help. Tell the user to ask the program's owner whether its plan has API access.`;
		case 'no-program':
		case 'cancelled':
			return `${program} was disconnected or changed while it was asked. Ask the user whether to go on; then call again.`;
		case 'rate-limited':
			return `Too many requests: Partnero asks to wait ${waitOf(error.retryAfter)}. Do not call either Partnero tool for ${program} before that has passed.`;
		case 'busy':
			return 'Too many questions wait for Partnero already, so this one was not asked. Call again once, in a minute.';
		case 'server-fault':
			return `Partnero has a fault of its own (${error.status ?? '5xx'}), after several tries. Nothing is wrong with the call. Tell the user; one more try in a few minutes may work.`;
		case 'unreachable':
		case 'timed-out':
			return 'Partnero could not be reached, or did not answer in time, after several tries. Tell the user to check the network; do not call again before they say so.';
		case 'invalid-base-url':
		case 'redirected':
		case 'not-understood':
		case 'too-large':
		case 'refused':
		case 'not-found':
			return `What answered did not give what Partnero documents${error.status === undefined ? '' : ` (${error.status})`}, so it is not passed on. The same call will fail again. Tell the user to check the setting "partnero.apiBaseUrl".`;
	}
}

const keyTrouble = {
	'key-rejected': 'Partnero does not accept it (401)',
	'key-missing': 'it is no longer in the secret storage of this machine',
	'invalid-api-key': 'it has characters that cannot be sent',
	'origin-changed': 'it was given for another server than the one in the setting "partnero.apiBaseUrl"',
} as const;

function waitOf(milliseconds: number | undefined): string {
	return milliseconds === undefined || !Number.isFinite(milliseconds)
		? 'a minute'
		: `${Math.max(1, Math.ceil(milliseconds / 1000))} seconds`;
}

/** Users name programs; a model is told of at most so many. */
const mostNames = 20;

function list(names: readonly string[]): string {
	return names.slice(0, mostNames).map(quoted).join(', ') + (names.length > mostNames ? ', …' : '');
}

function quoted(text: string): string {
	return JSON.stringify(singleLine(text, 100));
}
