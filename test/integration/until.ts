/** Lets VS Code settle until something holds. */
export async function until(holds: () => boolean): Promise<void> {
	while (!holds()) {
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
