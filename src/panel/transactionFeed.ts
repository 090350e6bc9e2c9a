// Sends a list of transactions to the app in parts, the next one after the app has taken the one before: a click never queues behind
// 100,000 rows, and a list that grew is continued rather than sent again.
import type { LoadedTransaction } from '../customers/types.ts';
import type { TransactionsMessage, TransactionView } from './protocol.ts';
import { transactionView } from './view.ts';

/** The first part fills any screen; those after it are small enough that a click is answered between two of them. */
const firstPart = 100;
const laterPart = 4000;

/** What a message says beside the rows. */
export type ListFacts = Omit<TransactionsMessage, 'type' | 'epoch' | 'start' | 'rows' | 'loaded'>;

export class TransactionFeed {
	readonly #post: (message: TransactionsMessage) => void;
	#epoch = 0;
	/** The list that is being sent. */
	#list: readonly LoadedTransaction[] = [];
	#sent = 0;
	#received = 0;
	#facts: ListFacts | undefined;

	constructor(post: (message: TransactionsMessage) => void) {
		this.#post = post;
	}

	/** Sends what is new in a list. One that does not continue the list before starts a new epoch. */
	update(list: readonly LoadedTransaction[], facts: ListFacts): void {
		this.#facts = facts;
		if (this.#epoch === 0 || !continues(list, this.#list, this.#sent)) {
			this.#start();
		}
		this.#list = list;
		this.#sendPart();
	}

	/** The app has taken all rows up to `count`. */
	received(epoch: number, count: number): void {
		if (epoch === this.#epoch && count === this.#sent && count > this.#received) {
			this.#received = count;
			if (this.#sent < this.#list.length) {
				this.#sendPart();
			}
		}
	}

	/** The app has nothing, or lost track: the next update sends all of the list. */
	forget(): void {
		this.#start();
	}

	#start(): void {
		this.#epoch += 1;
		this.#sent = 0;
		this.#received = 0;
	}

	/** Sends the facts, and as many rows as may travel now: none while a part is under way. */
	#sendPart(): void {
		if (this.#facts === undefined) {
			return;
		}
		const start = this.#sent;
		const end = this.#received < start ? start : Math.min(this.#list.length, start + (start === 0 ? firstPart : laterPart));
		const rows: TransactionView[] = this.#list.slice(start, end).map(transactionView);
		this.#sent = end;
		this.#post({ type: 'transactions', epoch: this.#epoch, start, rows, loaded: this.#list.length, ...this.#facts });
	}
}

function continues(list: readonly LoadedTransaction[], before: readonly LoadedTransaction[], sent: number): boolean {
	if (list.length < sent) {
		return false;
	}
	for (let index = 0; index < sent; index += 1) {
		if (list[index] !== before[index]) {
			return false;
		}
	}
	return true;
}
