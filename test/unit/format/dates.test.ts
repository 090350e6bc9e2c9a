// Dates are the user's, and the exact moment is there as well.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateFormat, exactUtc } from '../../../src/format/dates.ts';

describe('A date', () => {
	it('is shown in the locale and time zone of the user', () => {
		assert.equal(
			new DateFormat('en', 'Europe/Berlin').dateTime('2025-05-02T16:12:39.000000Z').replaceAll('\u202F', ' '),
			'May 2, 2025, 6:12 PM',
		);
		assert.equal(new DateFormat('de', 'Asia/Tokyo').date('2025-05-02T16:12:39.000000Z'), '03.05.2025');
	});

	it('has its exact moment in UTC, to the microsecond that Partnero gave', () => {
		assert.equal(exactUtc('2025-05-02T16:12:39.123456Z'), '2025-05-02 16:12:39.123456 UTC');
		assert.equal(exactUtc('2025-05-02T18:12:39+02:00'), '2025-05-02 16:12:39.000 UTC');
	});

	it('that cannot be read is shown as it came', () => {
		const dates = new DateFormat('en');
		for (const text of ['', 'soon', '2025-99-99', 'null']) {
			assert.equal(dates.dateTime(text), text);
			assert.equal(exactUtc(text), text);
		}
		fc.assert(fc.property(fc.string(), (text) => assert.equal(typeof dates.dateTime(text), 'string')));
	});

	it('of an answer is told as its age', () => {
		const dates = new DateFormat('en');
		assert.equal(dates.age(4_000), 'now');
		assert.equal(dates.age(150_000), '2 minutes ago');
		assert.equal(dates.age(3 * 3_600_000), '3 hours ago');
		assert.equal(dates.age(49 * 3_600_000), '2 days ago');
	});
});
