// Dates for people: Partnero's ISO 8601 timestamps in the user's locale and time zone, and the exact moment in UTC for a title.
import { knownLocale } from './money.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Formats dates in one locale and time zone. Keep one and use it again: making `Intl` formats is slow. */
export class DateFormat {
	readonly #dateTime: Intl.DateTimeFormat;
	readonly #date: Intl.DateTimeFormat;
	readonly #month: Intl.DateTimeFormat;
	readonly #age: Intl.RelativeTimeFormat;

	/** `timeZone` is an IANA name; without one the machine's own is used. */
	constructor(locale: string, timeZone?: string) {
		const known = knownLocale(locale);
		const zone = timeZone === undefined ? {} : { timeZone };
		this.#dateTime = new Intl.DateTimeFormat(known, { dateStyle: 'medium', timeStyle: 'short', ...zone });
		this.#date = new Intl.DateTimeFormat(known, { dateStyle: 'medium', ...zone });
		this.#month = new Intl.DateTimeFormat(known, { year: 'numeric', month: 'short', ...zone });
		this.#age = new Intl.RelativeTimeFormat(known, { numeric: 'auto', style: 'long' });
	}

	/** Day and time; a timestamp that cannot be read is given back as it is. */
	dateTime(iso: string): string {
		const at = Date.parse(iso);
		return Number.isNaN(at) ? iso : this.#dateTime.format(at);
	}

	/** The day alone; a timestamp that cannot be read is given back as it is. */
	date(iso: string): string {
		const at = Date.parse(iso);
		return Number.isNaN(at) ? iso : this.#date.format(at);
	}

	/** The day of a moment in milliseconds since 1970. */
	day(at: number): string {
		return this.#date.format(at);
	}

	/** Month and year of a moment in milliseconds since 1970. */
	month(at: number): string {
		return this.#month.format(at);
	}

	/** How long ago something was: "2 minutes ago". `elapsed` is in milliseconds. */
	age(elapsed: number): string {
		if (elapsed < minute) {
			return this.#age.format(0, 'second');
		}
		if (elapsed < hour) {
			return this.#age.format(-Math.floor(elapsed / minute), 'minute');
		}
		return elapsed < day ? this.#age.format(-Math.floor(elapsed / hour), 'hour') : this.#age.format(-Math.floor(elapsed / day), 'day');
	}
}

/** The exact moment for a title: `2025-05-02 16:12:39.000000 UTC`. A timestamp that cannot be read is given back as it is. */
export function exactUtc(iso: string): string {
	const at = Date.parse(iso);
	if (Number.isNaN(at)) {
		return iso;
	}
	const utc = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d(?:\.\d+)?)Z$/.exec(iso);
	// Partnero's own digits are kept where it is UTC already: a Date would cut microseconds off.
	return utc === null ? `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} UTC` : `${utc[1]} ${utc[2]} UTC`;
}
