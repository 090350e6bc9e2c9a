/// <reference lib="dom" />
// Finds text on a screen that was never translated, when all that was translated is in the pseudo language.

/**
 * All texts below elements that can be seen or are read out, shadow roots included. It is carried into a page, so it uses nothing from outside.
 */
export function shownTexts(roots: readonly Node[]): string[] {
	const spoken = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext', 'title', 'placeholder', 'alt'];
	const texts: string[] = [];
	const visit = (node: Node): void => {
		if (node instanceof Text) {
			texts.push(node.data);
		} else if (node instanceof Element && !/^(?:style|script|template)$/i.test(node.localName)) {
			if (node.localName !== 'slot' && !node.checkVisibility({ visibilityProperty: true })) {
				return;
			}
			texts.push(...spoken.map((name) => node.getAttribute(name) ?? ''));
			for (const child of [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes]) {
				visit(child);
			}
		}
	};
	roots.forEach(visit);
	return texts.map((text) => text.trim()).filter((text) => text !== '');
}

/** The texts that have a word which neither was translated nor stands in what Partnero answered. */
export function untranslatedIn(texts: readonly string[], answered: string): string[] {
	// Names that are the same in every language.
	const known = `${answered} UTC JSON CSV cURL Partnero VS Code API https`.toLowerCase();
	// In the pseudo language each vowel has an accent.
	const words = (text: string) => (text.match(/\p{Script=Latin}{3,}/gu) ?? []).filter((word) => /[aeiou]/i.test(word));
	return [...new Set(texts)].filter((text) => words(text).some((word) => !known.includes(word.toLowerCase())));
}
