// The one place that removes secrets from text which others may read: error texts of the server and log lines.

/** Stands where a secret was. */
export const replacement = '[API key removed]';
/** Shortest key that is looked for in answers; a shorter one may be a word of theirs. */
const shortestEcho = 16;
/** A bearer token or a JWT that is not ours is a secret as well. */
const tokenShapes = /\b(?:Bearer\s+\S+|eyJ[\w-]{6,}\.[\w-]+\.[\w-]*)/gi;
/** So many characters of the key in a row give it away; fewer would take ordinary words with them. */
const pieceLength = 8;
/** One character, however it is written: percent-encoded, as a JSON escape, as a character reference, or plain. */
const writtenCharacter = /%[0-9a-f]{2}|\\u[0-9a-f]{4}|&#(?:x[0-9a-f]{1,6}|\d{1,7});|&(?:amp|lt|gt|quot|apos);|./gisu;

/**
 * Makes a function that replaces the secret and every piece of it that is worth something, in the spellings that servers echo it in, and
 * everything that looks like a bearer token.
 */
export function createRedactor(secret: string): (text: string) => string {
	const pieces = new Map<number, Set<string>>();
	for (const spelling of spellingsOf(secret)) {
		// A short secret counts as a whole.
		const length = Math.min(pieceLength, spelling.length);
		const known = pieces.get(length) ?? new Set();
		for (let start = 0; start + length <= spelling.length; start++) {
			known.add(spelling.slice(start, start + length));
		}
		pieces.set(length, known);
	}
	return (text) => withoutPieces(text, pieces).replace(tokenShapes, () => replacement);
}

/**
 * JSON text in which no text has the whole secret in it: what an answer says is shown, copied and exported. Escapes that no serialiser makes
 * are not looked for.
 */
export function withoutEcho(json: string, secret: string): string {
	const written = JSON.stringify(secret).slice(1, -1);
	// PHP, which Partnero is written in, escapes slashes too.
	const escaped = written.replaceAll('/', '\\/');
	if (secret.length < shortestEcho || !(json.includes(written) || (escaped !== written && json.includes(escaped)))) {
		return json;
	}
	const pattern = written.replace(/\W/g, '\\$&').replaceAll('\\/', '\\\\?\\/');
	// Escapes are read as pairs, so that none is cut in two.
	return json.replace(new RegExp(`(${pattern})|\\\\.`, 'g'), (found, echo?: string) => (echo === undefined ? found : replacement));
}

/** Replaces each stretch of the text that is covered by pieces. Case, white space and the way a character is written do not matter. */
function withoutPieces(text: string, pieces: ReadonlyMap<number, ReadonlySet<string>>): string {
	const written = charactersOf(text).map((character, at) => ({ ...character, at, secret: false }));
	const visible = written.filter(({ read }) => read !== '');
	const plain = visible.map((character) => character.read).join('');
	for (const [length, known] of pieces) {
		for (let start = 0; start + length <= plain.length; start++) {
			if (known.has(plain.slice(start, start + length))) {
				// From the first to the last, with what is invisible between them.
				for (const character of written.slice(visible[start]?.at, (visible[start + length - 1]?.at ?? 0) + 1)) {
					character.secret = true;
				}
			}
		}
	}
	return written.map(({ token, at, secret }) => (secret ? (written[at - 1]?.secret ? '' : replacement) : token)).join('');
}

const namedCharacters: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };

function charactersOf(text: string): readonly { readonly token: string; readonly read: string }[] {
	return [...text.matchAll(writtenCharacter)].map(([token]) => ({ token, read: read(token) }));
}

/** The character in lower case and as one UTF-16 unit; nothing for one that is not seen. */
function read(token: string): string {
	const code = token.length === 1 ? undefined : codeOf(token);
	const character = (code === undefined ? (namedCharacters[token.toLowerCase()] ?? token) : String.fromCharCode(code)).toLowerCase();
	return /[\s\p{Cc}\p{Cf}]/u.test(character) ? '' : (character[0] ?? '');
}

function codeOf(token: string): number | undefined {
	const hexadecimal = /^(?:%|\\u|&#x)([0-9a-f]+);?$/i.exec(token)?.[1];
	const decimal = /^&#(\d+);$/.exec(token)?.[1];
	return hexadecimal === undefined ? (decimal === undefined ? undefined : Number(decimal)) : Number.parseInt(hexadecimal, 16);
}

/** In lower case. */
function spellingsOf(secret: string): readonly string[] {
	const bytes = Buffer.from(secret, 'utf8');
	const base64 = [bytes.toString('base64').replace(/=+$/, ''), ...(secret.length < pieceLength ? [] : base64Inside(bytes))];
	const base64url = base64.map((spelling) => spelling.replaceAll('+', '-').replaceAll('/', '_'));
	const all = [secret, encodeURIComponent(secret), ...base64, ...base64url, bytes.toString('hex')];
	// A secret may itself hold what reads as an encoded character.
	const asRead = all.map((spelling) =>
		charactersOf(spelling)
			.map(({ read }) => read)
			.join(''),
	);
	return [...new Set([...all.map((spelling) => spelling.toLowerCase()), ...asRead])].filter((spelling) => spelling !== '');
}

/** How the secret looks inside a longer text that was encoded as a whole ("Bearer …"): it may start at any of the three places of a group. */
function base64Inside(bytes: Buffer): readonly string[] {
	return [0, 1, 2].map((before) => {
		const shifted = Buffer.concat([Buffer.alloc(before), bytes])
			.toString('base64')
			.replace(/=+$/, '');
		// Characters that the neighbours share in are left out.
		return shifted.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1);
	});
}
