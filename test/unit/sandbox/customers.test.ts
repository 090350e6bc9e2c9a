// The people of the sandbox: that they are the same every time, and that each customer made for a purpose serves it.
import assert from 'node:assert/strict';
import { type Sandbox, sampleKeys, startSandbox } from '../../../src/sandbox/index.ts';
import { ask, askJson, askRows, customerPath } from './bareClient.ts';

async function fieldsOf(sandbox: Sandbox, key: string): Promise<Record<string, unknown>> {
	return Object((await askJson(sandbox, customerPath(key))).data);
}

function transactionsOf(sandbox: Sandbox, key: string): Promise<readonly Record<string, unknown>[]> {
	return askRows(sandbox, customerPath(key, '/transactions?limit=250'));
}

function rewardsOf(row: Readonly<Record<string, unknown>>): readonly Record<string, unknown>[] {
	return Array.isArray(row.rewards) ? row.rewards : [];
}

describe('Sandbox: customers', function () {
	this.timeout(10_000);
	let sandbox: Sandbox;

	before(async () => {
		sandbox = await startSandbox();
	});
	after(() => sandbox.close());

	it('answers the same bytes for the same seed, and others for another', async () => {
		await using again = await startSandbox({ seed: 1 });
		await using other = await startSandbox({ seed: 2 });
		const paths = [
			'/customers?limit=250&page=2',
			customerPath(sampleKeys.hundredThousand, '/transactions?limit=250&page=77'),
			'/partners/partner_210',
		];
		for (const path of paths) {
			const answerOf = async (program: Sandbox) => (await ask(program, path)).text.replaceAll(program.baseUrl, 'BASE');
			assert.equal(await answerOf(again), await answerOf(sandbox));
			assert.notEqual(await answerOf(other), await answerOf(sandbox));
		}
	});

	it('makes a customer the same way when asked for alone and in the list', async () => {
		const [row] = await askRows(sandbox, '/customers?limit=1&page=300');
		const { tags: _tags, status: _status, ...alone } = await fieldsOf(sandbox, String(row?.key));
		assert.deepEqual(row, alone);
	});

	it('has as many customers as wanted, each with a key of its own, and never fewer than those with a purpose', async () => {
		await using few = await startSandbox({ customers: 0 });
		await using many = await startSandbox({ customers: 20_000 });
		const purposeful = Object.values(sampleKeys);
		assert.deepEqual(new Set(few.customerKeys()), new Set(purposeful));
		assert.equal(new Set(many.customerKeys()).size, 20_000);
		assert.equal(new Set(purposeful).size, purposeful.length);
		assert.equal((await fieldsOf(many, sampleKeys.keyLongest)).key, sampleKeys.keyLongest);
	});

	it('has keys of every look: prefixed, e-mail address, UUID, integer', () => {
		const keys = [...sandbox.customerKeys()];
		for (const look of [
			/^customer_\d+$/,
			/^[^@\s]+@example\.(com|org|net)$/,
			/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/,
			/^\d+$/,
		]) {
			assert.ok(keys.filter((key) => look.test(key)).length > 20, String(look));
		}
	});

	it('dates nothing generated after its day', async () => {
		const now = new Date('2026-01-15T10:00:00Z');
		await using own = await startSandbox({ now });
		for (const row of [
			...(await askRows(own, '/customers?limit=250&page=2')),
			...(await transactionsOf(own, sampleKeys.hundredThousand)),
		]) {
			assert.ok(Date.parse(String(row.created_at)) <= now.getTime(), String(row.created_at));
			assert.match(String(row.created_at), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/);
		}
	});

	it('has active, suspended and deleted customers, and says when one was deleted', async () => {
		const deleted = await fieldsOf(sandbox, sampleKeys.deleted);
		assert.deepEqual([deleted.deleted, deleted.status, typeof deleted.deleted_at], [true, 'deleted', 'string']);
		assert.equal((await fieldsOf(sandbox, sampleKeys.suspended)).status, 'suspended');
		assert.notEqual((await fieldsOf(sandbox, sampleKeys.unknownStatus)).status, 'active');
		const rows = await askRows(sandbox, '/customers?limit=250&page=2');
		assert.ok(rows.some((row) => row.deleted === true && row.deleted_at !== null));
		assert.ok(rows.filter((row) => row.deleted === false && row.deleted_at === null).length > 150);
	});

	it('has customers whose fields are null, absent, unknown or many', async () => {
		const nulls = await fieldsOf(sandbox, sampleKeys.nullFields);
		assert.deepEqual([nulls.name, nulls.surname, nulls.email, nulls.partner, nulls.tags], [null, null, null, null, null]);
		assert.deepEqual(Object.keys(await fieldsOf(sandbox, sampleKeys.absentFields)), ['key', 'created_at']);
		assert.equal((await fieldsOf(sandbox, sampleKeys.unknownFields)).lifetime_value, 1234.5);
		assert.equal(Object((await fieldsOf(sandbox, sampleKeys.manyTags)).tags).length, 120);
		assert.ok((await askRows(sandbox, '/customers?limit=250&page=2')).some((row) => row.email === null));
	});

	it('has names in the scripts of the world', async () => {
		const scripts = {
			[sampleKeys.arabic]: /\p{Script=Arabic}/u,
			[sampleKeys.hebrew]: /\p{Script=Hebrew}/u,
			[sampleKeys.chinese]: /\p{Script=Han}/u,
			[sampleKeys.japanese]: /\p{Script=Han}/u,
			[sampleKeys.korean]: /\p{Script=Hangul}/u,
			[sampleKeys.thai]: /\p{Script=Thai}/u,
			[sampleKeys.devanagari]: /\p{Script=Devanagari}/u,
			[sampleKeys.cyrillic]: /\p{Script=Cyrillic}/u,
			[sampleKeys.greek]: /\p{Script=Greek}/u,
			[sampleKeys.emoji]: /\p{RGI_Emoji}/v,
			[sampleKeys.combiningMarks]: /\p{Mark}/u,
		};
		for (const [key, script] of Object.entries(scripts)) {
			const { name, surname } = await fieldsOf(sandbox, key);
			assert.match(`${name} ${surname}`, script);
		}
	});

	it('has hostile text in names, e-mail addresses, tags and status, unharmed on its way', async () => {
		const hostile = {
			[sampleKeys.hostileMarkdown]: '[click me](command:workbench.action.quit)',
			[sampleKeys.hostileHtml]: '<img src=x onerror=alert(1)>',
			[sampleKeys.hostileIcons]: '$(alert) $(sync~spin)',
			[sampleKeys.hostileBidi]: '\u202Enimda\u202C',
			[sampleKeys.hostileControls]: 'a\u0000b\u0007c\u0008d\tE',
			[sampleKeys.hostileAnsi]: '\u001B[31mred\u001B[0m',
			[sampleKeys.hostileTable]: '| a | b |',
			[sampleKeys.hostileFormula]: "=cmd|' /C calc'!A0",
			[sampleKeys.hostileLoneSurrogate]: 'lone \uD83D high',
		};
		for (const [key, text] of Object.entries(hostile)) {
			const { name, email, tags, status } = await fieldsOf(sandbox, key);
			assert.deepEqual([name, email, Object(tags)[0]?.value, status], [text, `${text}@example.com`, text, text]);
		}
		assert.equal(String((await fieldsOf(sandbox, sampleKeys.longName)).name).length, 100_000);
	});

	it('shows people first and hostile ones last', async () => {
		const firstPage = await askRows(sandbox, '/customers?limit=100');
		assert.ok(firstPage.every(({ name }) => typeof name === 'string' && !/[<>[\]$|]/.test(name)));
	});

	it('has transactions in several currencies, in any case of their codes', async () => {
		const units = new Set((await transactionsOf(sandbox, sampleKeys.currencies)).map((row) => row.amount_units));
		for (const unit of ['USD', 'EUR', 'GBP', 'JPY', 'KWD', 'usd']) {
			assert.ok(units.has(unit), unit);
		}
		const yen = (await transactionsOf(sandbox, sampleKeys.currencies)).filter((row) => row.amount_units === 'JPY');
		assert.ok(yen.every(({ amount }) => Number.isInteger(amount)));
	});

	it('has credits, other units, archived transactions and rewards in every state', async () => {
		const credits = await transactionsOf(sandbox, sampleKeys.credits);
		assert.ok(credits.some((row) => row.credit === true) && credits.some((row) => row.credit === false));
		const units = await transactionsOf(sandbox, sampleKeys.units);
		assert.ok(units.every((row) => row.is_currency === false) && units.some((row) => row.amount_units === 'points'));
		const archived = await transactionsOf(sandbox, sampleKeys.archived);
		assert.equal(archived.filter((row) => row.deleted_at !== null).length, 10);
		const rows = await transactionsOf(sandbox, sampleKeys.rewards);
		const states = new Set(rows.flatMap(rewardsOf).map((reward) => reward.status));
		for (const state of ['ok', 'review_period', 'rejected', 'paid_out_by_hand']) {
			assert.ok(states.has(state), state);
		}
		assert.ok(
			rows.some((row) => !('rewards' in row)) &&
				rows.some((row) => row.rewards === null) &&
				rows.some((row) => rewardsOf(row).length === 3),
		);
		assert.ok(rows.some((row) => Array.isArray(row.rewards) && row.rewards.length === 0));
		assert.ok(rows.flatMap(rewardsOf).some((reward) => JSON.stringify(reward.product_type_data) === '{}'));
	});

	it('has amounts as text, amounts with more digits than a double holds, and transactions under one key', async () => {
		assert.ok((await transactionsOf(sandbox, sampleKeys.stringAmounts)).every((row) => typeof row.amount === 'string'));
		const { text } = await ask(sandbox, customerPath(sampleKeys.extremeAmounts, '/transactions?limit=250'));
		for (const digits of ['0.1234567890123456789', '9007199254740993', '123456789012345678901234567890.12', '1E+400', '-99.99']) {
			assert.ok(text.includes(`"amount":${digits},`), digits);
		}
		const doubled = (await transactionsOf(sandbox, sampleKeys.duplicateTransactionKeys)).map((row) => row.key);
		assert.ok(new Set(doubled).size < doubled.length);
		assert.deepEqual(Object.keys(Object((await transactionsOf(sandbox, sampleKeys.sparseTransactions))[0])), ['key', 'amount']);
	});

	it('has all of the ordinary kinds among the hundred thousand', async () => {
		const rows = await transactionsOf(sandbox, sampleKeys.hundredThousand);
		assert.ok(
			rows.some((row) => row.credit === true) &&
				rows.some((row) => row.is_currency === false) &&
				rows.some((row) => row.deleted_at !== null),
		);
		assert.ok(new Set(rows.map((row) => row.amount_units)).size > 5);
	});
});
