// What the store knows of a customer, as surfaces see it: immutable snapshots, replaced as a whole whenever something changes.
import type { PartneroError } from '../partnero/errors.ts';
import type { Customer, Transaction } from '../partnero/types.ts';

/** A customer of one program. The same key in another program is another person. */
export interface CustomerRef {
	readonly programId: string;
	readonly key: string;
}

/** What is known of one customer. `customer` and `error` may stand together: the last good answer, and why there is no newer one. */
export interface CustomerSnapshot {
	readonly ref: CustomerRef;
	/** The last good answer. */
	readonly customer?: Customer;
	/** Partnero answered 404: not a customer of this program. */
	readonly absent: boolean;
	/**
	 * When a question for this customer was answered: milliseconds since 1970. Absent before, also where `customer` is known from a list, which
	 * may leave fields out.
	 */
	readonly loadedAt?: number;
	/** Why the newest question failed. */
	readonly error?: PartneroError;
	readonly loading: boolean;
}

/** A transaction with an identity of its own, since Partnero's transaction keys are not unique. */
export interface LoadedTransaction extends Transaction {
	/** Unique within the customer's list, and the same after a reload of the same rows. */
	readonly id: string;
	/** It came while the customer was watched. */
	readonly arrived?: true;
}

/** What is loaded of one customer's transactions, in the order that Partnero gave. */
export interface TransactionsSnapshot {
	readonly ref: CustomerRef;
	readonly rows: readonly LoadedTransaction[];
	/** Every page is loaded: only then is a sum a total. */
	readonly complete: boolean;
	/** Rows of the answers that could not be read. */
	readonly unreadable: number;
	/** When the first page was answered: milliseconds since 1970. Absent before. */
	readonly loadedAt?: number;
	readonly error?: PartneroError;
	readonly loading: boolean;
}

/** What changed. Surfaces read the new snapshot with `peek` or `peekTransactions`. */
export interface CustomerChange {
	readonly ref: CustomerRef;
	readonly what: 'customer' | 'transactions';
}
