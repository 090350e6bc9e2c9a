// A list of any length reaches the app whole, in parts that never pile up.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TransactionsMessage } from '../../../src/panel/protocol.ts';
import { TransactionFeed } from '../../../src/panel/transactionFeed.ts';
import { transactions } from '../../panel/scenarios.ts';

const facts = { complete: false, unreadable: 0, loading: false, loadingAll: false, watched: false };
const many = transactions(5000);

/** The app's side: takes parts as the model does. */
class Receiver {
	readonly sent: TransactionsMessage[] = [];
	rows: string[] = [];
	epoch = 0;
	readonly feed = new TransactionFeed((message) => this.sent.push(message));

	/** Takes one part; false where none is under way. */
	take(): boolean {
		const message = this.sent.shift();
		if (message === undefined) {
			return false;
		}
		if (message.start === 0 && message.epoch !== this.epoch) {
			this.rows = [];
			this.epoch = message.epoch;
		}
		assert.equal(message.epoch, this.epoch);
		assert.equal(message.start, this.rows.length);
		this.rows.push(...message.rows.map(({ id }) => id));
		if (message.rows.length > 0) {
			this.feed.received(message.epoch, this.rows.length);
		}
		return true;
	}
}

describe('A list of transactions on its way to the panel', () => {
	it('begins with as many rows as a screen has, and goes on only when those were taken', () => {
		const receiver = new Receiver();
		receiver.feed.update(many, facts);
		assert.equal(receiver.sent.length, 1);
		assert.equal(receiver.sent[0]?.rows.length, 100);
		assert.equal(receiver.sent[0]?.loaded, 5000);
		receiver.feed.update(many, { ...facts, loading: true });
		assert.equal(receiver.sent[1]?.rows.length, 0);
	});

	it('arrives whole and in order, whatever happens meanwhile: pages, refreshes, a reload of the webview', () => {
		const act = fc.oneof(
			fc.record({ to: fc.nat({ max: many.length }) }),
			fc.constant('take' as const),
			fc.constant('refresh' as const),
			fc.constant('reload' as const),
		);
		fc.assert(
			fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
				const receiver = new Receiver();
				let list = many.slice(0, 50);
				receiver.feed.update(list, facts);
				for (const next of acts) {
					if (next === 'take') {
						receiver.take();
					} else if (next === 'reload') {
						receiver.sent.length = 0;
						receiver.feed.forget();
						receiver.feed.update(list, facts);
					} else {
						list =
							next === 'refresh'
								? many.slice(0, 100).map((row) => ({ ...row }))
								: [...list, ...many.slice(list.length, Math.max(list.length, next.to))];
						receiver.feed.update(list, facts);
					}
				}
				while (receiver.take()) {
					// Until nothing is under way.
				}
				assert.deepEqual(
					receiver.rows,
					list.map(({ id }) => id),
				);
			}),
		);
	});
});
