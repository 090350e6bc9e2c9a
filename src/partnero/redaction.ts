// The one place that removes secrets from text which others may read: error texts of the server and log lines.

const replacement = '[API key removed]';
/** A bearer token or a JWT that is not ours is a secret as well. */
const tokenShapes = /\b(?:Bearer\s+\S+|eyJ[\w-]{6,}\.[\w-]+\.[\w-]*)/gi;
/** Shorter pieces of a key would take ordinary words with them. */
const shortestPiece = 8;

/** Makes a function that replaces the secret, in the spellings that servers echo it in, and everything that looks like a bearer token. */
export function createRedactor(secret: string): (text: string) => string {
	const spellings = secret.length < shortestPiece ? [] : spellingsOf(secret);
	return (text) => {
		const shown = spellings.reduce((rest, spelling) => rest.replaceAll(spelling, () => replacement), text);
		return shown.replace(tokenShapes, () => replacement);
	};
}

function spellingsOf(secret: string): readonly string[] {
	const base64 = Buffer.from(secret, 'utf8').toString('base64');
	const all = [
		secret,
		encodeURIComponent(secret),
		JSON.stringify(secret).slice(1, -1),
		base64,
		base64.replace(/=+$/, ''),
		base64url(secret),
	];
	// Longest first: a spelling that holds another one must not be cut in half. Echoes of the first half are common ("key abcd1234… is unknown").
	const half = secret.slice(0, Math.max(shortestPiece, Math.ceil(secret.length / 2)));
	return [...new Set([...all, half])].sort((a, b) => b.length - a.length);
}

function base64url(text: string): string {
	return Buffer.from(text, 'utf8').toString('base64url');
}
