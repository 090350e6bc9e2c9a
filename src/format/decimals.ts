// Exact decimal arithmetic for sums of money. A binary double cannot hold 0.1, so sums go through the language's own big integers, one
// running integer per number of fraction digits: exact, and fast enough to sum 100,000 rows while the user types into a filter.

const plainDecimal = /^-?\d+(?:\.\d+)?$/;

/** Whether a text is a decimal number in plain notation (`-12.50`): the only form in which sums take numbers. */
export function isDecimal(text: string): boolean {
	return plainDecimal.test(text);
}

/** A running sum of decimal numbers, right to the last digit. */
export class DecimalSum {
	/** Position n holds the sum, in units of 10⁻ⁿ, of all numbers that came with n fraction digits. */
	readonly #byFractionDigits: bigint[] = [];

	/** Adds a number in plain decimal notation; answers false, and adds nothing, where the text is none. */
	add(text: string): boolean {
		if (!isDecimal(text)) {
			return false;
		}
		const point = text.indexOf('.');
		const fractionDigits = point < 0 ? 0 : text.length - point - 1;
		const digits = point < 0 ? text : text.slice(0, point) + text.slice(point + 1);
		this.#byFractionDigits[fractionDigits] = (this.#byFractionDigits[fractionDigits] ?? 0n) + BigInt(digits);
		return true;
	}

	/** Adds another sum. */
	addSum(other: DecimalSum): void {
		other.#byFractionDigits.forEach((sum, fractionDigits) => {
			this.#byFractionDigits[fractionDigits] = (this.#byFractionDigits[fractionDigits] ?? 0n) + sum;
		});
	}

	/** The sum in plain decimal notation, without trailing zeros after the point. */
	toString(): string {
		const fractionDigits = Math.max(0, this.#byFractionDigits.length - 1);
		let whole = 0n;
		this.#byFractionDigits.forEach((sum, digits) => {
			whole += sum * 10n ** BigInt(fractionDigits - digits);
		});
		const negative = whole < 0n;
		const digits = (negative ? -whole : whole).toString().padStart(fractionDigits + 1, '0');
		const integer = digits.slice(0, digits.length - fractionDigits);
		const fraction = digits.slice(digits.length - fractionDigits).replace(/0+$/, '');
		return `${negative ? '-' : ''}${integer}${fraction === '' ? '' : `.${fraction}`}`;
	}
}

/** Which of two decimal numbers in plain notation is larger: negative, zero or positive, as `Array.prototype.sort` wants it. */
export function compareDecimals(left: string, right: string): number {
	const byDouble = Number(left) - Number(right);
	// Doubles decide unless they are too close, or too large, to tell the two apart.
	if (Math.abs(byDouble) > Number.EPSILON * 4 * Math.max(Math.abs(Number(left)), Math.abs(Number(right)))) {
		return byDouble;
	}
	const difference = new DecimalSum();
	difference.add(left);
	difference.add(right.startsWith('-') ? right.slice(1) : `-${right}`);
	const sign = difference.toString();
	return sign === '0' ? 0 : sign.startsWith('-') ? -1 : 1;
}
