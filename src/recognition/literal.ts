// Literals: what a written value stands for, and which values can be no key, whatever their position (holes, schema words, nothing).

/** A key longer than this is refused before a request is made, so it is no key here either. In UTF-16 units. */
export const MAX_KEY_LENGTH = 512;

/** Words that stand where a value would stand in a schema, a validation rule or a declaration. */
const SCHEMA_WORDS = new Set(
	'string str text varchar char integer int int32 int64 bigint long number numeric float double bool boolean uuid uid object array any unknown null nil none undefined nan true false required optional nullable sometimes date datetime timestamp key customerkey customer_key customer-key customer.key id ...'.split(
		' ',
	),
);

const HOLE =
	/\$[A-Za-z_{(<]|#\{|\{\{|\}\}|\\\(|<%|%>|%(?:\d+\$)?[sv@]|%[dif](?![0-9A-Fa-f])|%\([a-z_]+\)|\{[\w.$]*\}|^[{<[(].*[}>\])]$|^:[A-Za-z_]\w*$|^%[A-Za-z_]\w*%$|^\*+$/;
const PLACEHOLDER =
	/^(?:(?:your|my|the|some|any)[ _-])?(?:[A-Z]+_)*(?:CUSTOMER|USER)_?(?:KEY|ID)$|^(?:your|my)[ _-].*(?:key|id)$|^[.*_…?-]+$/;
const VALIDATION = /^(?:required|nullable|sometimes|present|filled|string|integer|bail|max|min|uuid|size)(?:[|:,]|$)/;

/** False for what can be no key wherever it stands: empty, too long, over several lines, a template hole, a placeholder, a schema word. */
export function canBeKey(raw: string): boolean {
	if (raw.length === 0 || raw.length > MAX_KEY_LENGTH || raw.trim() !== raw || /[\r\n]/.test(raw)) {
		return false;
	}
	if (HOLE.test(raw) || PLACEHOLDER.test(raw) || VALIDATION.test(raw)) {
		return false;
	}
	return !SCHEMA_WORDS.has(raw.toLowerCase()) && raw !== '.' && raw !== '..';
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', '0': '\0' };

/** Undoes one layer of backslash escapes, those of JSON and of most languages; an unknown escape stands for its second character. */
function undoEscapes(raw: string): string {
	return raw.replace(
		/\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|([\s\S]))/g,
		(_, braced?: string, four?: string, two?: string, plain?: string) => {
			const hex = braced ?? four ?? two;
			if (hex !== undefined) {
				const code = Number.parseInt(hex, 16);
				return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
			}
			return SIMPLE_ESCAPES[plain ?? ''] ?? plain ?? '';
		},
	);
}

/** The value of a string literal: `layers` layers of escapes undone, `doubled` being a quote that escapes itself by doubling. */
export function decodeString(raw: string, layers: number, doubled: string): string {
	let value = doubled === '' ? raw : raw.replaceAll(doubled + doubled, doubled);
	for (let layer = 0; layer < layers && value.includes('\\'); layer += 1) {
		value = undoEscapes(value);
	}
	return value;
}

/** The value of a path segment or of a form field; what is no valid percent-encoding stays as it is. */
export function decodePercent(raw: string): string {
	if (!raw.includes('%')) {
		return raw;
	}
	try {
		return decodeURIComponent(raw);
	} catch {
		return raw;
	}
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The value of a piece of XML or HTML text. */
export function decodeEntities(raw: string): string {
	return raw.replace(/&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(\w{2,4}));/g, (whole, hex?: string, decimal?: string, name?: string) => {
		const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16);
		if (Number.isNaN(code)) {
			return ENTITIES[name ?? ''] ?? whole;
		}
		return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
	});
}
