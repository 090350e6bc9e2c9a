// What a message from the extension host to the panel costs the host: making it, and copying it on its way.
import { serialize } from 'node:v8';
import type { TransactionsMessage } from '../../../src/panel/protocol.ts';
import { TransactionFeed } from '../../../src/panel/transactionFeed.ts';
import { customerView } from '../../../src/panel/view.ts';
import { alice, transactions } from '../../panel/scenarios.ts';
import type { Row } from '../bench.ts';
import { figure } from '../figures.ts';

const rounds = 200;

function times(work: () => unknown): number[] {
	const all: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const begun = performance.now();
		serialize(work());
		all.push(performance.now() - begun);
	}
	return all.slice(rounds / 10);
}

const nine = (all: readonly number[]) => all.toSorted((one, other) => one - other).filter((_, index) => index % 20 === 10);

export const message: Row = {
	name: 'message',
	measure: async () => {
		const rows = transactions(100_000);
		const facts = { complete: true, unreadable: 0, age: 0, loading: false, loadingAll: false, watched: false };
		let last: TransactionsMessage | undefined;
		const whole = new TransactionFeed((sent) => {
			last = sent;
		});
		whole.update(rows, facts);
		for (let sent = last; sent !== undefined && sent.start + sent.rows.length < rows.length; sent = last) {
			whole.received(sent.epoch, sent.start + sent.rows.length);
		}
		if (last !== undefined) {
			whole.received(last.epoch, rows.length);
		}
		const first = times(() => {
			let sent: TransactionsMessage | undefined;
			new TransactionFeed((one) => {
				sent = one;
			}).update(rows, facts);
			return sent;
		});
		const same = times(() => {
			whole.update(rows, { ...facts, loading: true });
			return last;
		});
		const customer = times(() => ({ type: 'customer', customer: customerView(alice, undefined) }));
		return [
			figure({ name: 'message to the panel, the customer', unit: 'ms', runs: nine(customer) }),
			figure({ name: 'message to the panel, the first 100 transactions', unit: 'ms', runs: nine(first) }),
			figure({ name: 'message to the panel, nothing new among 100,000 transactions', unit: 'ms', runs: nine(same) }),
		];
	},
};
