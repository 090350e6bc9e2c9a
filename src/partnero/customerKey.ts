// Customer keys as part of an address. A key is whatever string the integrator chose, so nearly everything is allowed.

/** Longest key that is asked for, in UTF-16 units. */
export const maxCustomerKeyLength = 512;

/** Why a text cannot be a customer key. `api-key`: it holds the API key, which only those who have that can tell. */
export type CustomerKeyProblem = 'empty' | 'dots' | 'too-long' | 'broken-unicode' | 'api-key';

/**
 * Tells why `key` cannot be put into a path, or undefined if it can. `.` and `..` would be taken for path steps by every URL library, even
 * percent-encoded.
 */
export function customerKeyProblem(key: string): CustomerKeyProblem | undefined {
	if (key.trim() === '') {
		return 'empty';
	}
	if (key === '.' || key === '..') {
		return 'dots';
	}
	if (key.length > maxCustomerKeyLength) {
		return 'too-long';
	}
	return key.isWellFormed() ? undefined : 'broken-unicode';
}

/** The key as one path segment. Expects a key that `customerKeyProblem` accepts. */
export function encodeCustomerKey(key: string): string {
	return encodeURIComponent(key);
}
