// The detail panel in a browser: by keyboard alone, over reloads, under attack.
import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { panelStrings } from '../../src/panel/strings.ts';
import { launchBrowser } from '../vscode/browser.ts';
import { type BuiltApp, buildApp, type OpenPanel, openPanel, openScenario, type PanelPage } from './lab.ts';
import { alice, customerMessage, initMessage, scenario, transactions, transactionsMessage } from './scenarios.ts';

const strings = panelStrings();

describe('The detail panel', function () {
	this.timeout(60_000);
	let browser: Browser;
	let app: BuiltApp;
	const open: PanelPage[] = [];

	before(async () => {
		browser = await launchBrowser();
		app = await buildApp();
	});
	after(async () => browser.close());
	afterEach(async () => {
		for (const panel of open.splice(0)) {
			assert.deepEqual(panel.complaints, []);
			await panel.page.context().close();
		}
	});

	const show = async (name: string, options: OpenPanel = {}): Promise<PanelPage> => {
		const panel = await openScenario(browser, app, scenario(name), options);
		open.push(panel);
		return panel;
	};
	const announced = async (panel: PanelPage) => (await panel.page.locator('[role=status]').textContent())?.trim();
	const activeCell = async (panel: PanelPage) => {
		const id = await panel.page.locator('[role=treegrid]').getAttribute('aria-activedescendant');
		return id === null ? undefined : panel.page.locator(`#${id}`);
	};

	describe('by keyboard', () => {
		it('is walked through in the order of reading, with the focus visible at every step', async () => {
			const panel = await show('partial');
			const seen: string[] = [];
			for (let step = 0; step < 30; step += 1) {
				await panel.page.keyboard.press('Tab');
				const { name, visible } = await panel.page.evaluate<{ name: string; visible: boolean }>(focusedControl);
				if (name === '') {
					break;
				}
				assert.ok(visible, `the focus on ${name} is visible`);
				seen.push(name);
			}
			const { actions, tabs, filter, table } = strings;
			const expected = [
				actions.refresh,
				actions.unpin,
				actions.copyKey,
				actions.export,
				tabs.overview,
				filter.text,
				filter.more,
				table.label,
				table.loadMore,
				table.loadAll,
			];
			const places = expected.map((name) => seen.indexOf(name));
			assert.ok(
				places.every((place, index) => place >= 0 && place > (places[index - 1] ?? -1)),
				seen.join(' | '),
			);
		});

		it('is moved through cell by cell, and the page follows', async () => {
			const panel = await show('many', { height: 500 });
			const { page } = panel;
			await page.locator('[role=treegrid]').focus();
			for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) {
				await page.keyboard.press(key);
			}
			await panel.settle();
			const cell = await activeCell(panel);
			assert.match((await cell?.textContent()) ?? '', /^txn_/);
			assert.equal(await cell?.getAttribute('aria-colindex'), '3');
			await page.keyboard.press('Control+End');
			await panel.settle();
			const last = await activeCell(panel);
			assert.equal(await last?.locator('xpath=..').getAttribute('aria-rowindex'), '241');
			const box = await last?.boundingBox();
			assert.ok(box !== null && box !== undefined && box.y > 0 && box.y + box.height <= 500, JSON.stringify(box));
			await page.keyboard.press('Control+Home');
			await panel.settle();
			assert.equal(await (await activeCell(panel))?.locator('xpath=..').getAttribute('aria-rowindex'), '2');
		});

		it('opens a transaction to its rewards, copies a cell and a transaction', async () => {
			const panel = await show('one');
			const { page } = panel;
			await page.locator('[role=treegrid]').focus();
			await page.keyboard.press('Enter');
			await panel.settle();
			assert.equal(await page.locator('.row.transaction').getAttribute('aria-expanded'), 'true');
			assert.equal(await page.locator('.sub-reward').count(), 1);
			await page.getByText('prod_123').waitFor();
			await page.keyboard.press('End');
			await page.keyboard.press('ArrowLeft');
			await page.keyboard.press('Control+c');
			await page.keyboard.press('Control+Shift+c');
			const sent = await panel.sent();
			assert.deepEqual(sent.slice(-2), [
				{ type: 'copyText', text: '$29.997' },
				{ type: 'copyTransaction', id: 'transaction_123#1' },
			]);
		});

		it('sorts by a column head and stays on the same transaction', async () => {
			const panel = await show('many', { height: 500 });
			const { page } = panel;
			await page.locator('[role=treegrid]').focus();
			await page.keyboard.press('ArrowDown');
			await panel.settle();
			const before = await (await activeCell(panel))?.locator('xpath=..').textContent();
			await page.locator('[role=columnheader]').nth(3).click();
			await panel.settle();
			assert.equal(await page.locator('[role=columnheader]').nth(3).getAttribute('aria-sort'), 'descending');
			await page.keyboard.press('Enter');
			await panel.settle();
			assert.equal(await page.locator('[role=columnheader]').nth(3).getAttribute('aria-sort'), 'ascending');
			assert.ok(before);
		});

		it('goes to the filter by Ctrl+F, and clears it by Escape', async () => {
			const panel = await show('many');
			await panel.page.keyboard.press('Control+f');
			await panel.page.keyboard.type('txn_00000');
			await panel.settle();
			assert.equal(await panel.page.locator('.count').textContent(), '9 of 240 shown');
			await panel.page.keyboard.press('Escape');
			await panel.settle();
			assert.equal(await panel.page.locator('.count').textContent(), '240 transactions');
			assert.equal(await panel.page.locator('.filter-text input').inputValue(), '');
		});

		it('presses a button by Enter and by Space, once each', async () => {
			const panel = await show('partial');
			const { page } = panel;
			const pressed = async (type: string) => (await panel.sent()).filter((message) => message.type === type).length;
			await page.getByRole('button', { name: strings.table.loadAll }).focus();
			await page.keyboard.press('Enter');
			assert.equal(await pressed('loadAll'), 1);
			await page.keyboard.press('Space');
			assert.equal(await pressed('loadAll'), 2);
			const more = page.getByRole('switch', { name: strings.filter.more });
			await more.focus();
			for (const [key, checked] of [
				['Space', 'true'],
				['Enter', 'false'],
			] as const) {
				await page.keyboard.press(key);
				await panel.settle();
				assert.equal(await more.getAttribute('aria-checked'), checked);
				assert.equal(await page.getByLabel(strings.filter.from).count(), checked === 'true' ? 1 : 0);
			}
		});

		it('changes the tab by arrow keys', async () => {
			const panel = await show('one');
			await panel.page.getByRole('tab', { name: strings.tabs.overview }).focus();
			await panel.page.keyboard.press('ArrowRight');
			await panel.settle();
			assert.equal(await panel.page.getByRole('tab', { name: strings.tabs.json }).getAttribute('aria-selected'), 'true');
			await panel.page.getByText('"customer_123"').waitFor();
		});
	});

	describe('to a screen reader', () => {
		it('names the keys of the machine that the user sits at', async () => {
			for (const [platform, keys] of [
				['Linux x86_64', /, Ctrl\+C copies a cell, Ctrl\+Shift\+C copies/],
				['MacIntel', /, ⌘C copies a cell, ⇧⌘C copies/],
			] as const) {
				const panel = await show('many', { platform });
				assert.match((await panel.page.locator('#grid-help').textContent()) ?? '', keys);
			}
		});

		it('says what a filter leaves', async () => {
			const panel = await show('many');
			await panel.page.locator('.filter-text input').fill('txn_00000');
			await panel.settle();
			assert.equal(await announced(panel), '9 of 240 shown');
			assert.equal(await panel.page.locator('.count').textContent(), '9 of 240 shown');
		});

		it('says what came while the customer is watched, once, and marks it in its row', async () => {
			const panel = await show('one');
			const [first, second, third] = transactions(3);
			assert.ok(first !== undefined && second !== undefined && third !== undefined);
			const rows = [{ ...first, arrived: true as const }, second, third];
			await panel.send(transactionsMessage(rows, { epoch: 2, watched: true }));
			assert.equal(await announced(panel), '1 new transaction');
			const marks = panel.page.locator('[role=row]', { has: panel.page.getByText('new', { exact: true }) });
			assert.deepEqual(await marks.locator('.cell.key').allTextContents(), [first.key]);
			await panel.page.getByRole('button', { name: strings.actions.unwatch }).waitFor();
			await panel.send({ type: 'announce', what: 'copied' });
			await panel.send(transactionsMessage(rows, { epoch: 3, watched: true }));
			assert.equal(await announced(panel), 'Copied');
		});

		it('says why asking failed, each time, also where two questions fail in the same words', async () => {
			const panel = await openPanel(browser, app);
			open.push(panel);
			await panel.send(initMessage('customer_123'));
			const error = { kind: 'rate-limited' as const, message: 'Too many requests.' };
			const said: (string | null)[] = [];
			for (let round = 0; round < 3; round += 1) {
				await panel.send(customerMessage(undefined, { loading: true }), transactionsMessage([], { epoch: round + 1, loading: true }));
				await panel.send(customerMessage(undefined, { error }), transactionsMessage([], { epoch: round + 1, error }));
				said.push(await panel.page.locator('[role=status]').textContent());
			}
			assert.deepEqual(
				said.map((text) => text?.trim()),
				Array(3).fill('Too many requests.'),
			);
			assert.ok(said[0] !== said[1] && said[1] !== said[2], 'what stays the same is not read out');
		});

		it('says that something was copied, twice if it was twice', async () => {
			const panel = await show('one');
			await panel.send({ type: 'announce', what: 'copied' });
			const first = await panel.page.locator('[role=status]').textContent();
			await panel.send({ type: 'announce', what: 'copied' });
			assert.notEqual(await panel.page.locator('[role=status]').textContent(), first);
			assert.equal(await announced(panel), 'Copied');
		});
	});

	describe('while more is loaded', () => {
		it('keeps the progress bar still where the user wants no motion, and shows it all the same', async () => {
			const bar = `(() => {
				const host = document.querySelector('[role=progressbar]');
				const { animationName, width } = getComputedStyle(host, '::before');
				return { moves: animationName !== 'none', whole: parseFloat(width) > host.clientWidth - 1 };
			})()`;
			const moving = await show('loading-all');
			assert.deepEqual(await moving.page.evaluate(bar), { moves: true, whole: false });
			await moving.page.evaluate('document.body.classList.add("vscode-reduce-motion")');
			assert.deepEqual(await moving.page.evaluate(bar), { moves: false, whole: true });
			const still = await show('loading-all', { reducedMotion: true });
			assert.deepEqual(await still.page.evaluate(bar), { moves: false, whole: true });
		});

		it('calls sums totals only when every transaction is there', async () => {
			const rows = transactions(150);
			const panel = await openPanel(browser, app);
			open.push(panel);
			const scope = panel.page.locator('.summary-scope');
			await panel.send(
				initMessage('customer_123'),
				customerMessage(alice),
				transactionsMessage(rows.slice(0, 100), { loaded: 150, complete: true }),
			);
			assert.equal(await scope.textContent(), 'Of the 100 loaded');
			await panel.send(transactionsMessage(rows.slice(100), { start: 100, loaded: 150, complete: true }));
			assert.equal(await scope.textContent(), 'Totals');
			await panel.send(transactionsMessage([], { start: 150, loaded: 150, complete: false }));
			assert.equal(await scope.textContent(), 'Of the 150 loaded');
		});

		it('asks for the next page when the user scrolls to the end, once, and never behind a filter', async () => {
			const panel = await show('partial', { height: 500 });
			const asked = async () => (await panel.sent()).filter(({ type }) => type === 'loadMore').length;
			assert.equal(await asked(), 0);
			await panel.page.locator('.filter-text input').fill('txn_00001');
			await panel.page.mouse.wheel(0, 10_000);
			await panel.until('scrollY > 0');
			await panel.settle();
			assert.equal(await asked(), 0);
			await panel.page.getByRole('button', { name: strings.filter.clear }).first().click();
			await panel.page.mouse.wheel(0, 20_000);
			await panel.until('sentToHost.some(({ type }) => type === "loadMore")');
			const [message] = [transactionsMessage([], { start: 100, loaded: 100, complete: false, loading: true })];
			await panel.send(message);
			const before = await asked();
			await panel.page.mouse.wheel(0, 20_000);
			await panel.settle();
			assert.equal(await asked(), before);
		});

		it('drops a part that does not follow, and asks for the list from the start', async () => {
			const panel = await show('partial');
			await panel.send(transactionsMessage(transactions(10), { epoch: 7, start: 400, loaded: 500 }));
			assert.deepEqual((await panel.sent()).at(-1), { type: 'resend' });
			assert.equal(await panel.page.locator('.count').textContent(), '100 transactions loaded');
		});

		it('counts down to the next try and then makes it, at most three times in a row', async () => {
			const panel = await openPanel(browser, app);
			open.push(panel);
			const limited = { kind: 'rate-limited' as const, message: 'Too many requests.', retryIn: 1500 };
			for (let round = 0; round < 4; round += 1) {
				await panel.send(initMessage('customer_123'), customerMessage(undefined, { error: { ...limited } }));
				const wait = panel.page.locator('.wait');
				if (round < 3) {
					await panel.until(`sentToHost.filter(({ type }) => type === 'refresh').length === ${round + 1}`);
				} else {
					assert.equal(await wait.textContent(), strings.states.retryNow);
				}
			}
		});
	});

	describe('after a reload', () => {
		it("comes back with the user's tab, sort, filter and place, and has nothing of the customer in its state", async () => {
			const panel = await show('many', { height: 500 });
			await panel.page.locator('[role=columnheader]').nth(2).click();
			await panel.page.locator('.filter-text input').fill('sale');
			await panel.page.evaluate('window.scrollTo(0, 1500)');
			await panel.until('keptState.ui.scroll === 1500');
			const kept = await panel.keptState();
			assert.doesNotMatch(JSON.stringify(kept), /Alice|Brown|alice\.brown|partner_123|txn_/);
			const { ui } = kept as { readonly ui: Readonly<Record<string, unknown>> };

			const again = await openPanel(browser, app, { height: 500, ui });
			open.push(again);
			await again.send(...scenario('many').messages);
			await again.until('scrollY === 1500');
			assert.equal(await again.page.locator('[role=columnheader]').nth(2).getAttribute('aria-sort'), 'ascending');
			assert.equal(await again.page.locator('.filter-text input').inputValue(), 'sale');
		});

		it('takes no harm from a state that another version left', async () => {
			for (const ui of [
				{ tab: 7, sort: 'x', filter: [], scroll: 'far' },
				{ sort: { column: '__proto__' }, filter: { from: '<b>' } },
			]) {
				const panel = await show('one', { ui });
				await panel.page.getByRole('heading', { level: 1, name: 'Alice Brown' }).waitFor();
			}
		});
	});

	describe('under attack', () => {
		it('shows hostile text as text, in every field', async () => {
			const panel = await show('hostile');
			const { page } = panel;
			assert.equal(await page.locator('img, iframe, object, form, a, script:not([nonce])').count(), 0);
			assert.equal(await page.evaluate('document.querySelectorAll("script").length'), 1);
			assert.equal(await page.title(), 'customer_123');
			await page.getByText('"><script>alert(1)</script>', { exact: true }).first().waitFor();
		});

		it('runs no inline script, no eval, loads nothing and sends nothing', async () => {
			const panel = await show('one');
			await panel.page.evaluate(attack);
			await panel.until('violations.length >= 8');
			const refused = (await panel.violations()).map((violation) => violation.split(' ')[0]);
			for (const directive of [
				'script-src-elem',
				'script-src-attr',
				'script-src',
				'img-src',
				'connect-src',
				'form-action',
				'style-src-elem',
			]) {
				assert.ok(refused.includes(directive), `${directive} in ${refused.join(', ')}`);
			}
			assert.equal(await panel.page.evaluate('window.attacked'), undefined);
			panel.complaints.length = 0;
		});
	});
});

/** The name of the control that has the focus, and whether an outline shows it. */
const focusedControl = `(() => {
	const element = document.activeElement;
	if (!element || element === document.body) return { name: '', visible: true };
	const name = element.getAttribute('aria-label') ?? (element.title || element.textContent.trim());
	const shows = (candidate) => candidate && getComputedStyle(candidate).outlineStyle !== 'none' && parseFloat(getComputedStyle(candidate).outlineWidth) > 0;
	return { name, visible: Boolean(shows(element) || shows(document.querySelector('.cell.active'))) };
})()`;

/** Everything that the content security policy is to refuse. */
const attack = `(() => {
	const script = document.createElement('script');
	script.textContent = 'window.attacked = "script"';
	document.body.append(script);
	const div = document.createElement('div');
	div.innerHTML = '<img src="https://evil.test/x.png" onerror="window.attacked = 1"><div onclick="window.attacked = 2"></div><style>body { display: none }</style>';
	document.body.append(div);
	div.querySelector('div').click();
	setTimeout(() => { new Function('window.attacked = "eval"')(); }, 0);
	fetch('https://evil.test/').catch(() => undefined);
	const form = document.createElement('form');
	form.action = 'https://evil.test/';
	document.body.append(form);
	form.submit();
})()`;
