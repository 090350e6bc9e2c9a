// Tries again what the window sometimes swallows: a key pressed, or a mouse moved, while it still puts its parts together.

/** Milliseconds after which the last error is the answer. */
const patience = 30_000;

/**
 * Calls `attempt` until it succeeds. Each attempt must wait for its own condition with a limit of about a second, and leave nothing behind
 * that disturbs the next.
 */
export async function retry<T>(attempt: () => Promise<T>, limit = patience): Promise<T> {
	const deadline = Date.now() + limit;
	for (;;) {
		try {
			return await attempt();
		} catch (error) {
			if (Date.now() > deadline) {
				throw error;
			}
		}
	}
}
