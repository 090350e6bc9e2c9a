// The address that questions go to. It decides where a secret travels, so what is accepted is narrow.

/** Where Partnero's API stands (page "Get customer"). */
export const defaultBaseUrl = 'https://api.partnero.com/v1';

/** Why a text cannot be the base URL. */
export type BaseUrlProblem = 'not-a-url' | 'not-https' | 'credentials' | 'query-or-fragment';

export interface BaseUrl {
	/** Without a slash at the end. */
	readonly href: string;
	/** What an API key is bound to. */
	readonly origin: string;
}

/**
 * Reads a base URL: https, or http for `localhost`, `127.0.0.1` and `[::1]` alone; no credentials, query or fragment. Returns the problem
 * instead of throwing, because the text is a user's setting and the problem is told in their words.
 */
export function parseBaseUrl(text: string): BaseUrl | { readonly problem: BaseUrlProblem } {
	const trimmed = text.trim();
	const url = URL.parse(trimmed);
	if (!url?.hostname) {
		return { problem: 'not-a-url' };
	}
	if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
		return { problem: 'not-https' };
	}
	if (url.username || url.password) {
		return { problem: 'credentials' };
	}
	// `url.search` is empty for a bare "?", which would still swallow the path of every request.
	if (trimmed.includes('?') || trimmed.includes('#')) {
		return { problem: 'query-or-fragment' };
	}
	return { href: url.origin + url.pathname.replace(/\/+$/, ''), origin: url.origin };
}

function isLoopback(hostname: string): boolean {
	// VS Code sends what goes to the rest of 127/8 through a proxy. WHATWG URL has already turned every spelling of an address into one of these.
	return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}
