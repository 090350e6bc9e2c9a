// Times as Partnero writes them: ISO 8601, UTC, six fractional digits (page "Get customer": `2025-05-02T16:12:39.000000Z`).

/** Writes milliseconds since 1970, whole seconds only. */
export function timestamp(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 19)}.000000Z`;
}
