// Whether a document speaks of Partnero at all. Without that, a `customer` in it is somebody else's.

/** Words of other languages that begin like the name: partnerorganisation, Partneroffice, partneroverzicht. */
const OTHER_WORD = /[rfvpunRFVPUN]/;
const SNIPPET = /^\s*["'`](?:customers["'`]\s*,\s*["'`]sign_?up|createCustomer)["'`]/;

/**
 * True when a text names Partnero, calls its browser snippet, or has a field that only its API has (`amount_units`, see "Transaction" in the
 * API page, beside a `customer`). Reads the whole text once at most; a caller that asks often for the same text can keep the answer and hand
 * it in as the option `aboutPartnero`.
 */
export function aboutPartnero(text: string): boolean {
	if (names(text, 'artnero') || names(text, 'ARTNERO')) {
		return true;
	}
	if (text.includes('amount_units') && text.includes('customer')) {
		return true;
	}
	return callsSnippet(text, 'po(') || callsSnippet(text, 'po?.(');
}

function callsSnippet(text: string, call: string): boolean {
	for (let at = text.indexOf(call); at >= 0; at = text.indexOf(call, at + call.length)) {
		const before = at === 0 ? ' ' : text.charAt(at - 1);
		if (!/[\w$]/.test(before) && SNIPPET.test(text.slice(at + call.length, at + call.length + 60))) {
			return true;
		}
	}
	return false;
}

function names(text: string, name: string): boolean {
	for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) {
		const before = text.charCodeAt(at - 1) | 32;
		if (before === 112 && !OTHER_WORD.test(text.charAt(at + name.length))) {
			return true;
		}
	}
	return false;
}
