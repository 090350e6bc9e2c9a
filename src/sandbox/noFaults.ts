// What stands in the place of the fault laboratory in the package: the sample program never fails, and nobody could ask it to.

/** No rules. */
export class FaultRules {
	take(): readonly never[] {
		return [];
	}
}

/** The delivery as it is. */
export function withFault<Delivery>(delivery: Delivery): Delivery {
	return delivery;
}
