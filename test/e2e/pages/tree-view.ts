// A tree view in the side bar, such as "Customers".
import type { Locator, Page } from 'playwright-core';

/** A row as the user reads it. */
export interface TreeRow {
	readonly label: string;
	readonly description: string;
	/** 1 for a root. */
	readonly level: number;
}

export class TreeView {
	readonly #page: Page;
	readonly #header: Locator;
	/** The view with its header. */
	readonly pane: Locator;

	constructor(page: Page, name: string) {
		this.#page = page;
		this.#header = page.locator('.pane-header').filter({ has: page.locator('h3.title').getByText(name, { exact: true }) });
		this.pane = page.locator('.pane').filter({ has: this.#header });
	}

	/** Shows the view container with this title, and unfolds the view in it. */
	async open(container: string): Promise<void> {
		// A badge adds its words to the name.
		const tab = this.#page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${container}(?: |$)`) });
		await tab.waitFor();
		if ((await tab.getAttribute('aria-selected')) !== 'true') {
			await tab.click();
		}
		// The only view of a container has no header of its own.
		await this.#header.waitFor({ state: 'attached' });
		if ((await this.#header.isVisible()) && (await this.#header.getAttribute('aria-expanded')) === 'false') {
			await this.#header.click();
		}
	}

	/** The row with this label; a path of labels finds it under its parents, which must be expanded. */
	row(label: string): Locator {
		return this.pane.getByRole('treeitem').filter({ has: this.#page.locator('.label-name').getByText(label, { exact: true }) });
	}

	async expand(label: string): Promise<void> {
		const row = this.row(label);
		await row.waitFor();
		if ((await row.getAttribute('aria-expanded')) === 'false') {
			await row.locator('.monaco-tl-twistie').click();
			await this.pane.locator('[role=treeitem][aria-expanded=true]').filter({ hasText: label }).first().waitFor();
		}
	}

	/** What is shown now, from top to bottom. */
	async rows(): Promise<TreeRow[]> {
		return this.pane.getByRole('treeitem').evaluateAll((rows) =>
			rows
				.map((row) => ({ row, index: Number(row.getAttribute('data-index')) }))
				.sort((one, other) => one.index - other.index)
				.map(({ row }) => ({
					label: row.querySelector('.label-name')?.textContent ?? '',
					description: row.querySelector('.label-description')?.textContent ?? '',
					level: Number(row.getAttribute('aria-level')),
				})),
		);
	}

	/** The rows one level below a row that is expanded. */
	async children(label: string): Promise<TreeRow[]> {
		const rows = await this.rows();
		const start = rows.findIndex((row) => row.label === label);
		const level = rows[start]?.level ?? 0;
		const after = rows.slice(start + 1);
		const end = after.findIndex((row) => row.level <= level);
		return (end === -1 ? after : after.slice(0, end)).filter((row) => row.level === level + 1);
	}

	/** Presses one of the icons that a row shows under the mouse. */
	async pressInlineAction(label: string, action: string): Promise<void> {
		const row = this.row(label);
		await row.hover();
		await row.locator('.actions').getByRole('button', { name: action }).click();
	}

	/** Presses one of the icons in the header of the view. */
	async pressTitleAction(action: string): Promise<void> {
		await this.pane.locator('.pane-header').hover();
		await this.pane.locator('.pane-header').getByRole('button', { name: action }).click();
	}

	/** The text of the hover that a row shows. */
	async tooltip(label: string): Promise<string> {
		await this.row(label).locator('.label-name').hover();
		const hover = this.#page.locator('.workbench-hover:visible');
		await hover.waitFor();
		return hover.innerText();
	}

	/** Chooses an entry of a row's context menu. A menu that has just opened takes no click yet, but it takes Enter. */
	async pickFromContextMenu(label: string, entry: string): Promise<void> {
		await this.row(label).click({ button: 'right' });
		const item = this.#page.locator('.context-view').getByRole('menuitem', { name: entry, exact: true });
		await item.hover();
		await item.press('Enter');
		await item.waitFor({ state: 'detached' });
	}
}
