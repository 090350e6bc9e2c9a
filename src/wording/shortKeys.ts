// In the package, the translations of the code's texts stand under short keys: the English sentences, which the code holds anyway, would be half
// of what five languages need. The build puts this in the place of VS Code's `l10n` and writes the bundles; sources and tests use VS Code's own.
import type { l10n as VsCodeL10n } from 'vscode';

/** The key of an English text in a packed bundle: 20 bits of FNV-1a. The build fails where two texts would share one. */
export function shortKey(message: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < message.length; index++) {
		hash = Math.imul(hash ^ message.charCodeAt(index), 0x01000193);
	}
	return (hash >>> 12).toString(36);
}

/** `l10n.t` of VS Code, for bundles with short keys. A bundle with the English texts as keys is as good. */
export function withShortKeys(own: Pick<typeof VsCodeL10n, 't' | 'bundle'>) {
	return {
		t: (message: string, ...values: (string | number | boolean)[]): string => own.t(own.bundle?.[shortKey(message)] ?? message, ...values),
	};
}
