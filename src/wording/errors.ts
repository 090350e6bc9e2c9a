// The sentences for failures, one place for all surfaces: what happened, whose fault it may be, what to do next.
import { l10n } from 'vscode';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import type { BaseUrlProblem } from '../partnero/baseUrl.ts';
import { type CustomerKeyProblem, maxCustomerKeyLength } from '../partnero/customerKey.ts';
import { PartneroError } from '../partnero/errors.ts';

export interface ErrorContext {
	/** Name of the program that was asked. */
	readonly program: string;
	/** The customer key that was asked for. */
	readonly key?: string;
}

/** A failure as plain text for the user: one to three sentences, no stack, no body, no secret; no link or icon comes of it anywhere. */
export function describeError(error: unknown, context: ErrorContext): string {
	return inert(sentenceOf(error, context));
}

function sentenceOf(error: unknown, context: ErrorContext): string {
	if (!PartneroError.is(error)) {
		return l10n.t('Something went wrong inside the extension. Run "Partnero: Show log" for the details.');
	}
	const { serverMessage } = error;
	const said =
		typeof serverMessage === 'string' && serverMessage !== '' ? ` ${l10n.t('It said: {0}', singleLine(serverMessage, 300))}` : '';
	const status = Number.isInteger(error.status) ? error.status : undefined;
	const program = nameOf(context.program);
	switch (error.kind) {
		case 'invalid-key':
			return describeKeyProblem(error.code as CustomerKeyProblem | undefined);
		case 'invalid-base-url':
			return describeBaseUrlProblem(error.code as BaseUrlProblem | undefined);
		case 'invalid-api-key':
			return l10n.t('This API key has characters that cannot be sent. Copy it again from Partnero: Integration → API.');
		case 'key-missing':
			if (error.code === 'elsewhere') {
				return keyElsewhere(context.program);
			}
			return l10n.t(
				'The API key of {0} is no longer in the secret storage of this machine. Run "Partnero: Replace API key" to enter it again.',
				program,
			);
		case 'origin-changed':
			return l10n.t(
				'The setting "partnero.apiBaseUrl" names another server than the one that the API key of {0} was given for, so nothing was sent. Set it back, or run "Partnero: Replace API key" to give the key to the new server.',
				program,
			);
		case 'no-program':
			return l10n.t('This program is not connected. Run "Partnero: Connect a program".');
		case 'busy':
			return l10n.t('Too many questions wait for Partnero already, so this one was not asked. Try again when they are answered.');
		case 'key-rejected':
			return l10n.t(
				'Partnero does not accept the API key of {0} (401): it may have been revoked or replaced. Run "Partnero: Replace API key".',
				program,
			);
		case 'no-permission':
			return (
				l10n.t("The API key of {0} is not allowed to read this (403). Ask the program's owner whether its plan has API access.", program) +
				said
			);
		case 'not-found':
			return context.key === undefined
				? l10n.t('Partnero has nothing under this address (404). Check the setting "partnero.apiBaseUrl".')
				: notACustomer(context.key, context.program);
		case 'rate-limited':
			return describeRateLimit(error.retryAfter);
		case 'refused':
			if (status === 407) {
				return describeProxy(status);
			}
			return l10n.t('Partnero refused the question ({0}). The same question will be refused again.', status ?? '4xx') + said;
		case 'server-fault':
			if (status === 511) {
				return describeProxy(status);
			}
			return (
				l10n.t('Partnero has a fault of its own ({0}). Nothing is wrong with your setup: try again in a while.', status ?? '5xx') + said
			);
		case 'redirected':
			return l10n.t(
				'The server answered with a redirect ({0}), which is not followed so that the API key stays with one server. Check the setting "partnero.apiBaseUrl".',
				status ?? '3xx',
			);
		case 'unreachable':
			return error.proxy ? describeProxy(status, wordOf(error.code)) : describeUnreachable(wordOf(error.code));
		case 'timed-out':
			return l10n.t('Partnero did not answer in time. Try again, or raise the setting "partnero.requestTimeoutSeconds".');
		case 'not-understood':
			if (error.code === 'PAGE_LOOP') {
				return l10n.t('Partnero sent the same page again in place of the next one. What is loaded stays; refresh to start over.');
			}
			return l10n.t(
				'The answer was not what Partnero documents, so it is not shown. A proxy may have answered instead; the setting "partnero.apiBaseUrl" may be wrong.',
			);
		case 'too-large':
			return l10n.t(
				'The answer was larger than 10 MB, or had more than 50,000 rows on one page, and was not read. Partnero answers in small pages, so a proxy may have answered instead: check the setting "partnero.apiBaseUrl".',
			);
		case 'cancelled':
			return l10n.t('Cancelled.');
	}
}

/** What helps where another window stored an API key, since VS Code hands it to this one at a reload alone. */
export const reloadWindow = 'workbench.action.reloadWindow';

/** A key that another window stored, and that this one does not see yet. */
export function keyElsewhere(program: string): string {
	return l10n.t('The API key of {0} was entered in another window. Reload this window to use it here.', nameOf(program));
}

/** The quiet line for a 404, which is an ordinary answer. */
export function notACustomer(key: string, program: string): string {
	return inert(l10n.t('{0} is not a customer of {1}.', singleLine(key, 100), nameOf(program)));
}

/** Users name programs, and so can other windows and damaged storage: the name must not break the sentence that it stands in. */
function nameOf(program: string): string {
	return singleLine(program, 80) || l10n.t('this program');
}

/** Why a text cannot be looked up. */
export function describeKeyProblem(problem: CustomerKeyProblem | undefined): string {
	switch (problem) {
		case 'empty':
			return l10n.t('Type or paste a customer key.');
		case 'dots':
			return l10n.t('"." and ".." cannot be customer keys.');
		case 'api-key':
			return l10n.t('This is an API key. It is not looked up, so that it is shown and sent nowhere.');
		case 'too-long':
			return l10n.t('A customer key has at most {0} characters.', maxCustomerKeyLength);
		default:
			return l10n.t('This text has broken characters and cannot be a customer key. Copy it again.');
	}
}

/** Why the setting `partnero.apiBaseUrl` cannot be used. */
export function describeBaseUrlProblem(problem: BaseUrlProblem | undefined): string {
	switch (problem) {
		case 'not-https':
			return l10n.t(
				'The setting "partnero.apiBaseUrl" must start with https://, so that the API key travels encrypted. Plain http is for this machine alone.',
			);
		case 'credentials':
			return l10n.t('The setting "partnero.apiBaseUrl" must not hold a user name or password.');
		case 'query-or-fragment':
			return l10n.t('The setting "partnero.apiBaseUrl" must not hold a "?" or "#".');
		default:
			return l10n.t('The setting "partnero.apiBaseUrl" is not an address such as https://api.partnero.com/v1.');
	}
}

function describeRateLimit(retryAfter: number | undefined): string {
	return retryAfter === undefined || !Number.isFinite(retryAfter)
		? l10n.t('Too many requests (429): Partnero asks to slow down. Try again in a minute.')
		: l10n.t('Too many requests (429): Partnero asks to wait {0} before the next try.', describeWait(retryAfter));
}

/** A wait as people say it: seconds up to two minutes, then minutes, then hours. */
function describeWait(milliseconds: number): string {
	const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
	if (seconds <= 120) {
		return l10n.t('{0} s', seconds);
	}
	return seconds <= 7200 ? l10n.t('{0} min', Math.ceil(seconds / 60)) : l10n.t('{0} h', Math.ceil(seconds / 3600));
}

function describeProxy(status: number | undefined, code?: string): string {
	if (status === 407) {
		return l10n.t('The proxy of this network asks for a name and password (407). Set them in "http.proxy", or ask whoever runs the proxy.');
	}
	if (status === 511) {
		return l10n.t('This network wants you to sign in first (511). Open any page in a browser to do so, then try again.');
	}
	return status === undefined
		? l10n.t(
				'The proxy of this network could not be reached ({0}). Check the setting "http.proxy" and the variable HTTPS_PROXY, or ask whoever runs the proxy.',
				code ?? l10n.t('no answer'),
			)
		: l10n.t(
				'The proxy of this network did not let the question through to Partnero ({0}). Ask whoever runs the proxy to allow the server, or name the server in "http.noProxy".',
				status,
			);
}

/** Codes of Node (OpenSSL's own names) for a certificate that was not accepted, as a company's proxy shows one. */
const certificateProblem = /CERT|SIGNATURE|SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|CRL|ISSUER/;

/** A word such as ECONNRESET; anything else is not for a reader. */
function wordOf(code: string | undefined): string | undefined {
	return typeof code === 'string' && /^\w{1,60}$/.test(code) ? code : undefined;
}

function describeUnreachable(code: string | undefined): string {
	if (code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID') {
		return l10n.t(
			'The certificate of the server is not valid today ({0}). Check the clock of this machine. If it is right, whoever runs the server or the proxy before it has to renew the certificate.',
			code,
		);
	}
	if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
		return l10n.t(
			'The server that answered has a certificate for another name ({0}), so the API key was not sent. Check the setting "partnero.apiBaseUrl"; a proxy may have answered in its place.',
			code,
		);
	}
	if (code !== undefined && certificateProblem.test(code)) {
		return l10n.t(
			'Partnero\'s certificate was not trusted ({0}). In a company network, add the company\'s certificate authority to the certificates of this machine, which VS Code reads ("http.systemCertificates"), and restart VS Code.',
			code,
		);
	}
	return code === undefined
		? l10n.t('Partnero could not be reached. Check the network, and the settings "http.proxy" and "partnero.apiBaseUrl".')
		: l10n.t('Partnero could not be reached ({0}). Check the network, and the settings "http.proxy" and "partnero.apiBaseUrl".', code);
}
