// What the simulation tells its server, and what that tells back.

export interface ServerSetup {
	readonly customers: number;
	/** Transactions of one customer, {@link whale}. */
	readonly transactions: number;
	/** Requests that are answered in each stretch; without it all are. */
	readonly limit?: number;
	/** The length of a stretch. */
	readonly perSeconds: number;
	/** How many simulated seconds pass in a real one. */
	readonly clock: number;
}

/** Since it was last asked for. */
export interface ServerState {
	readonly requests: number;
	readonly refused: number;
}

/** The customer with very many transactions, in the middle of the list. */
export const whale = 'customer_5001001';
