// What a row of the bench finds out, and the little statistics that it needs.

/** One measured figure, as it is written to `bench-results.json`. */
export interface Figure {
	/** `ROW` or `ROW: what of it`. */
	readonly name: string;
	readonly value: number;
	readonly unit: string;
	/** What the value may be, in the same unit; null for what is told and not judged. */
	readonly budget: number | null;
	/** `most`, the default: the value may be at most the budget. */
	readonly limit?: 'most' | 'least' | 'below';
	/** Whether the budget is kept; true where there is none. */
	readonly ok: boolean;
	/** What was measured, in the order of the runs; the value is their median where nothing else is said. */
	readonly runs: readonly number[];
	/** What the figure stands on: baselines, phases. */
	readonly note?: string;
}

/** A figure before it is judged. */
export type Measured = Omit<Figure, 'ok' | 'budget' | 'value'> & { readonly value?: number; readonly budget?: number };

/** Judges a figure. Without a value it is the median of the runs. */
export function figure({ value, budget, limit = 'most', ...rest }: Measured): Figure {
	const found = rounded(value ?? median(rest.runs));
	const runs = rest.runs.map(rounded);
	return { ...rest, ...(limit === 'most' ? {} : { limit }), value: found, budget: budget ?? null, ok: keeps(found, budget, limit), runs };
}

function keeps(value: number, budget: number | undefined, limit: Figure['limit']): boolean {
	if (Number.isNaN(value)) {
		return false;
	}
	if (budget === undefined) {
		return true;
	}
	return limit === 'least' ? value >= budget : limit === 'below' ? value < budget : value <= budget;
}

export function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

/** The value that this share of the others is not above; between two of them where it falls there. NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((one, other) => one - other);
	const place = (sorted.length - 1) * share;
	const below = sorted[Math.floor(place)] ?? Number.NaN;
	const above = sorted[Math.ceil(place)] ?? Number.NaN;
	return below + (above - below) * (place - Math.floor(place));
}

/** Four digits that count, which is more than any of them is worth. */
function rounded(value: number): number {
	return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}

/** Lowest and highest of the runs, for people. */
export function spread(runs: readonly number[]): string {
	return runs.length < 2 ? '' : `${Math.min(...runs)} … ${Math.max(...runs)}`;
}
