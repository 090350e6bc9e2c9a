// Amounts for people. Money is formatted as money only where Partnero says that it is a currency and the unit is an ISO 4217 code
// (Partnero's page "Create transaction"); everything else is a number and its units. No digit is rounded away: a reward of 29.997 USD
// is shown as that.
import type { Amount } from '../partnero/types.ts';

type UnitKind = 'money' | 'units';

/** What an amount is counted in. Two amounts may be added only if their units have the same `id`. */
export interface Unit {
	readonly id: string;
	readonly kind: UnitKind;
	/** The ISO 4217 code in upper case, or the units as answered; empty where the answer had none. */
	readonly name: string;
}

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** The ISO 4217 code of an amount of money, in upper case; undefined where the amount is not money. */
export function currencyOf(amount: Pick<Amount, 'isCurrency' | 'units'>): string | undefined {
	if (!amount.isCurrency || amount.units?.length !== 3) {
		return undefined;
	}
	const code = amount.units.toUpperCase();
	return currencies.has(code) ? code : undefined;
}

/** What an amount is counted in. A `USD` that Partnero does not call a currency is another unit than the dollar. */
export function unitOf(amount: Pick<Amount, 'isCurrency' | 'units'>): Unit {
	const code = currencyOf(amount);
	return code === undefined
		? { id: `units:${amount.units ?? ''}`, kind: 'units', name: amount.units ?? '' }
		: { id: `money:${code}`, kind: 'money', name: code };
}

/** `Intl.NumberFormat` takes at most this many fraction digits. */
const mostFractionDigits = 100;

/** Formats amounts in one locale, with every digit that they have. Keep one and use it again: making `Intl` formats is slow. */
export class AmountFormat {
	readonly #locale: string;
	readonly #formats = new Map<string, Intl.NumberFormat>();

	/** `locale` is a BCP 47 tag; one that the runtime does not know falls back to its default. */
	constructor(locale: string) {
		this.#locale = knownLocale(locale);
	}

	/** An amount as Partnero answered it; undefined where the answer had no value. */
	amount(amount: Amount): string | undefined {
		return amount.value === undefined ? undefined : this.value(amount.value, unitOf(amount));
	}

	/** A number in plain decimal notation, in its unit. Text that is no number is given back as it is, with its unit. */
	value(value: string, unit: Unit): string {
		const fractionDigits = fractionDigitsOf(value);
		if (fractionDigits === undefined || fractionDigits > mostFractionDigits) {
			return unit.name === '' ? value : `${value} ${unit.name}`;
		}
		const currency = unit.kind === 'money' ? unit.name : undefined;
		const number = this.#format(currency, fractionDigits).format(value as Intl.StringNumericLiteral);
		return currency !== undefined || unit.name === '' ? number : `${number} ${unit.name}`;
	}

	/** A rounded number for the axis of a chart, where there is room for a few characters: `$12K`. Never for an amount that somebody relies on. */
	compact(value: number, unit: Unit): string {
		const currency = unit.kind === 'money' ? { style: 'currency' as const, currency: unit.name } : {};
		const notation = Math.abs(value) < 1e15 ? 'compact' : 'scientific';
		const id = `${unit.id}/${notation}`;
		const format = this.#formats.get(id) ?? new Intl.NumberFormat(this.#locale, { ...currency, notation, maximumSignificantDigits: 3 });
		this.#formats.set(id, format);
		return format.format(value);
	}

	/** A count of things. */
	count(count: number): string {
		return this.#format(undefined, 0).format(count);
	}

	#format(currency: string | undefined, fractionDigits: number): Intl.NumberFormat {
		const id = `${currency ?? ''}/${fractionDigits}`;
		const known = this.#formats.get(id);
		if (known !== undefined) {
			return known;
		}
		const made = new Intl.NumberFormat(this.#locale, currency === undefined ? {} : { style: 'currency', currency });
		const fewest = made.resolvedOptions().minimumFractionDigits ?? 0;
		const format = new Intl.NumberFormat(this.#locale, {
			...(currency === undefined ? {} : { style: 'currency', currency }),
			minimumFractionDigits: fewest,
			maximumFractionDigits: Math.max(fewest, fractionDigits),
		});
		this.#formats.set(id, format);
		return format;
	}
}

/** A locale that `Intl` takes: the given one, or the runtime's own. */
export function knownLocale(locale: string): string {
	try {
		return Intl.getCanonicalLocales(locale)[0] ?? runtimeLocale();
	} catch {
		return runtimeLocale();
	}
}

function runtimeLocale(): string {
	return new Intl.NumberFormat().resolvedOptions().locale;
}

/** Digits after the point that are not trailing zeros; undefined where the text is no plain decimal number. */
function fractionDigitsOf(value: string): number | undefined {
	const parts = /^-?\d+(?:\.(\d*?)0*)?$/.exec(value);
	return parts === null ? undefined : (parts[1]?.length ?? 0);
}
