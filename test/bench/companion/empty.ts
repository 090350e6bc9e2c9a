// An extension that does nothing: what VS Code itself needs to activate one.
export function activate(): void {
	// Nothing: that is what it is for.
}
