// Where a text stands on the screen, whatever pieces its line is drawn in.
import type { Locator } from 'playwright-core';

/** The middle of a text of a line that is in view, in pixels of the window. A line may show it in several pieces, in their colours. */
export function middleOfText(line: Locator, text: string): Promise<{ x: number; y: number }> {
	return line.evaluate((element, wanted) => {
		const document = element.ownerDocument;
		// VS Code shows a space as a no-break space.
		const start = (element.textContent ?? '').replaceAll('\u00a0', ' ').indexOf(wanted);
		const range = document.createRange();
		const walker = document.createTreeWalker(element, 4);
		let offset = 0;
		const middle = start + Math.floor(wanted.length / 2);
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
			const length = node.textContent?.length ?? 0;
			if (middle < offset + length) {
				range.setStart(node, middle - offset);
				range.setEnd(node, middle - offset + 1);
				break;
			}
			offset += length;
		}
		const { left, right, top, bottom } = range.getBoundingClientRect();
		return { x: (left + right) / 2, y: (top + bottom) / 2 };
	}, text);
}
