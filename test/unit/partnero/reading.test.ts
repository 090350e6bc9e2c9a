// What becomes of an answer's JSON: whatever can be read is read, nothing is dropped, no digit changes.
import assert from 'node:assert/strict';
import Big from 'big.js';
import fc from 'fast-check';
import { parseJson } from '../../../src/partnero/json.ts';
import { readCustomer, readPartner, readProgram, readTransaction } from '../../../src/partnero/schemas.ts';
import type { Json, JsonObject } from '../../../src/partnero/types.ts';
import { sampleKeys } from '../../../src/sandbox/index.ts';
import { all, useLab } from './lab.ts';

function object(text: string): JsonObject {
	return parseJson(text) as JsonObject;
}

const pageCustomer = object(`{
	"key": "customer_123", "partner": "partner_123", "deleted": false, "name": "Alice", "surname": "Brown",
	"email": "alice.brown@partnero.com", "status": "active", "created_at": "2025-05-02T16:12:39.000000Z",
	"updated_at": "2025-05-02T16:12:39.000000Z", "deleted_at": null, "tags": [ { "value": "premium" } ] }`);

const documentedTransaction =
	object(`{ "key": "transaction_123", "action": "sale", "amount": 99.99, "amount_units": "USD", "is_currency": true,
	"credit": false, "partner": "partner_123", "customer": "customer_123",
	"created_at": "2025-05-07T05:32:48.000000Z", "deleted_at": null,
	"rewards": [ { "key": "transaction_123", "action": "sale", "status": "ok", "customer": "customer_123",
		"partner": "partner_123", "amount": 29.997, "amount_units": "USD", "is_currency": true, "credit": false,
		"created_at": "2025-05-07T05:32:48.000000Z", "deleted_at": null,
		"product_type_data": { "product_id": "prod_123", "product_type": "monthly" } } ] }`);

describe('The customer of the page "Get customer"', () => {
	it('is read field for field', () => {
		assert.deepEqual(readCustomer(pageCustomer, 'customer_123'), {
			kind: 'affiliate',
			key: 'customer_123',
			name: 'Alice',
			surname: 'Brown',
			email: 'alice.brown@partnero.com',
			status: 'active',
			partner: 'partner_123',
			deleted: false,
			createdAt: '2025-05-02T16:12:39.000000Z',
			updatedAt: '2025-05-02T16:12:39.000000Z',
			tags: ['premium'],
			other: {},
			raw: pageCustomer,
		});
	});

	it('has no name, address, partner or tag where the answer has an empty text for it', () => {
		const customer = readCustomer({ key: 'a', name: '', email: '', partner: '', deleted_at: '', tags: ['', { value: '' }, 'premium'] });
		assert.ok(customer);
		const { raw: _, other, ...read } = customer;
		assert.deepEqual(read, { kind: 'affiliate', key: 'a', deleted: false, tags: ['premium'] });
		assert.deepEqual(Object.keys(other), ['tags'], 'the list of which not all could be read');
	});

	for (const name of Object.keys(pageCustomer)) {
		for (const wrong of [null, 42, true, 'text', '', [1, 'two', null], [], { unexpected: { object: true } }, {}] satisfies Json[]) {
			it(`stays a customer with everything else when ${name} is ${JSON.stringify(wrong)}`, () => {
				const raw = { ...pageCustomer, [name]: wrong };
				const customer = readCustomer(raw, 'customer_123');
				const whole = readCustomer(pageCustomer, 'customer_123');
				assert.ok(customer && whole);
				const changed: Readonly<Record<string, string>> = { created_at: 'createdAt', updated_at: 'updatedAt', deleted_at: 'deletedAt' };
				const own = new Set([changed[name] ?? name, 'other', 'raw', ...(name === 'deleted_at' ? ['deleted'] : [])]);
				const rest = (from: object) => Object.fromEntries(Object.entries(from).filter(([field]) => !own.has(field)));
				assert.deepEqual(rest(customer), rest(whole));
				assert.equal(customer.raw, raw);
				const isSilent = wrong === null || wrong === '' || (typeof wrong === 'object' && Object.keys(wrong).length === 0);
				const shown = Object.hasOwn(customer.other, name) || JSON.stringify(Reflect.get(customer, changed[name] ?? name)) !== undefined;
				assert.ok(isSilent || shown, 'what has no place is shown with the other fields');
			});
		}

		it(`stays a customer without ${name}`, () => {
			const { [name]: _left, ...raw } = pageCustomer;
			assert.equal(readCustomer(raw, 'customer_123')?.key, 'customer_123');
		});
	}

	it('is deleted where a date of deletion stands, and where a database says 1', () => {
		assert.equal(readCustomer({ key: 'a', deleted_at: '2025-05-02T16:12:39.000000Z' })?.deleted, true);
		assert.equal(readCustomer({ key: 'a', deleted: 1 })?.deleted, true);
		assert.equal(readCustomer({ key: 'a', deleted: 0 })?.deleted, false);
		assert.equal(readCustomer({ key: 'a' })?.deleted, false);
	});

	it('counts the last of a field that stands twice, as every JSON reader does', () => {
		assert.equal(readCustomer(object('{"key":"decoy","key":"customer_123"}'))?.key, 'customer_123');
	});

	it('may have a number as its key, of any length', () => {
		assert.equal(readCustomer(object('{"key":40712}'))?.key, '40712');
		assert.equal(readCustomer(object('{"key":12345678901234567890123}'))?.key, '12345678901234567890123');
	});

	it('shows fields that no page describes, nested ones and one called __proto__ too, in their order', () => {
		const customer = readCustomer(object('{"zeta":1,"key":"a","__proto__":{"polluted":true},"alpha":{"b":[null]},"id":7}'));
		assert.equal(JSON.stringify(customer?.other), '{"zeta":1,"__proto__":{"polluted":true},"alpha":{"b":[null]},"id":7}');
		assert.equal(Reflect.get({}, 'polluted'), undefined);
	});

	it('has tags as plain strings too, and shows the list as it came where one of them cannot be read', () => {
		assert.deepEqual(readCustomer({ key: 'a', tags: ['x', { value: 'y' }, { value: 7 }] })?.tags, ['x', 'y', '7']);
		const tags = [{ value: 'x' }, { name: 'y' }, null];
		assert.deepEqual(readCustomer({ key: 'a', tags })?.tags, ['x']);
		assert.deepEqual(readCustomer({ key: 'a', tags })?.other, { tags });
	});
});

describe('A customer of a refer-a-friend program', () => {
	const raw =
		object(`{ "id": "customer_7", "key": "REF7", "name": "Bob", "referring_customer": { "id": "customer_1", "key": "REF1", "email": "a@b.c", "x": 1 },
		"referral_link": "https://example.com/?r=REF7", "referrals_count": 3, "tos": true, "approved": true, "custom_fields": { "a": 1 } }`);

	it('is known by its id, has the key as a public code, and keeps the rest', () => {
		const customer = readCustomer(raw, 'customer_7');
		assert.equal(customer?.kind, 'referral');
		assert.equal(customer?.key, 'customer_7');
		assert.equal(customer?.referralCode, 'REF7');
		assert.deepEqual(customer?.referringCustomer, { id: 'customer_1', key: 'REF1', email: 'a@b.c' });
		assert.deepEqual(Object.keys(customer?.other ?? {}), ['referral_link', 'referrals_count', 'tos', 'approved', 'custom_fields']);
	});

	it('is recognised with any one of its marks, a null among them', () => {
		for (const mark of ['referring_customer', 'referral_link', 'referral_links', 'referrals_count', 'tos', 'approved']) {
			assert.equal(readCustomer({ id: 'a', key: 'b', [mark]: null })?.key, 'a', mark);
		}
	});

	it('is recognised without a mark where it has an id alone, or was found by the id', () => {
		assert.equal(readCustomer({ id: 'a' })?.key, 'a');
		const found = readCustomer({ id: 'a', key: 'REF' }, 'a');
		assert.deepEqual([found?.kind, found?.key, found?.referralCode], ['referral', 'a', 'REF']);
		assert.equal(readCustomer({ id: 'a', key: 'b' }, 'b')?.key, 'b');
	});

	it('is never asked for again by its public code where the answer leaves the id out', () => {
		assert.equal(readCustomer({ key: 'REF7', tos: true }, 'customer_7')?.key, 'customer_7');
	});
});

describe('A transaction', () => {
	it('is read as documented, with its reward', () => {
		const { rewards, ...transaction } = readTransaction(documentedTransaction);
		const amount = { units: 'USD', isCurrency: true, credit: false };
		const common = {
			action: 'sale',
			partner: 'partner_123',
			customer: 'customer_123',
			createdAt: '2025-05-07T05:32:48.000000Z',
			other: {},
		};
		assert.deepEqual(transaction, { key: 'transaction_123', value: '99.99', ...amount, ...common, raw: documentedTransaction });
		const product = { product_id: 'prod_123', product_type: 'monthly' };
		const [reward, ...others] = rewards;
		assert.deepEqual(others, []);
		assert.deepEqual(
			{ ...reward, raw: 0 },
			{ key: 'transaction_123', status: 'ok', value: '29.997', ...amount, ...common, product, raw: 0 },
		);
	});

	it('needs no field at all', () => {
		assert.deepEqual(readTransaction({}), { isCurrency: false, credit: false, rewards: [], other: {}, raw: {} });
	});

	it('reads 1,000 rewards and shows a longer list as it came, however many there are', () => {
		const rewards = Array.from({ length: 1000 }, (_, index) => ({ key: `r${index}` }));
		assert.deepEqual(readTransaction({ rewards }).other, {});
		const more = [...rewards, { key: 'r1000' }];
		const transaction = readTransaction({ rewards: more });
		assert.equal(transaction.rewards.length, 1000);
		assert.deepEqual(transaction.other, { rewards: more });
	});

	it('shows rewards that are none as they came', () => {
		const rewards = [{ key: 'r' }, null, 'x', [1]];
		const transaction = readTransaction({ key: 'a', rewards });
		assert.equal(transaction.rewards.length, 1);
		assert.deepEqual(transaction.other, { rewards });
	});

	const amounts: readonly (readonly [string, string | undefined])[] = [
		['99.99', '99.99'],
		['29.997', '29.997'],
		['0', '0'],
		['-12.5', '-12.5'],
		['"99.990"', '99.990'],
		['" 7 "', '7'],
		['"+5"', '5'],
		['".5"', '0.5'],
		['"5."', '5'],
		['123456789012345678901234567890.123456789', '123456789012345678901234567890.123456789'],
		['0.10000000000000000000', '0.10000000000000000000'],
		['0.30000000000000004', '0.30000000000000004'],
		['9007199254740993', '9007199254740993'],
		['1e2', '100'],
		['9.99e1', '99.9'],
		['1e21', '1000000000000000000000'],
		['1.2345678e25', '12345678000000000000000000'],
		['1.5e-7', '0.00000015'],
		['1.23456789012345678e-9', '0.00000000123456789012345678'],
		['"1.5E+3"', '1500'],
		['1e999', undefined],
		['1e-999', undefined],
		['"abc"', undefined],
		['"1,5"', undefined],
		['"1 000"', undefined],
		['"0x10"', undefined],
		['"Infinity"', undefined],
		['"NaN"', undefined],
		['"--1"', undefined],
		['"."', undefined],
		['"1e"', undefined],
		[`"${'9'.repeat(65)}"`, undefined],
		['""', undefined],
		['null', undefined],
		['true', undefined],
		['[1]', undefined],
		['{"value":1}', undefined],
	];
	for (const [written, value] of amounts) {
		it(`of ${written.slice(0, 45)} has ${value === undefined ? 'no amount, and shows what came' : `the amount ${value}`}`, () => {
			const transaction = readTransaction(object(`{"amount":${written}}`));
			assert.equal(transaction.value, value);
			const isSilent = written === 'null' || written === '""';
			assert.equal(Object.hasOwn(transaction.other, 'amount'), value === undefined && !isSilent);
		});
	}

	it('has exactly the amount that was written, for every way to write a number', () => {
		const digits = fc.stringMatching(/^[0-9]{1,20}$/);
		const exponent = fc.option(fc.integer({ min: -20, max: 20 }), { nil: undefined });
		fc.assert(
			fc.property(
				fc.boolean(),
				digits,
				fc.option(digits, { nil: undefined }),
				exponent,
				fc.boolean(),
				(negative, whole, part, power, quoted) => {
					const number = `${negative ? '-' : ''}${whole.replace(/^0+(?=\d)/, '')}${part === undefined ? '' : `.${part}`}${power === undefined ? '' : `e${power}`}`;
					const { value } = readTransaction(object(`{"amount":${quoted ? `"${number}"` : number}}`));
					assert.match(value ?? '', /^-?\d+(?:\.\d+)?$/);
					assert.ok(new Big(value ?? '').eq(new Big(number)), `${number} became ${value}`);
				},
			),
		);
	});
});

describe('A program and a partner', () => {
	it('are read from their documented places', () => {
		const program = { id: 5, public_id: 'x', website: 'https://example.com', type: 'Affiliate', name: 'Example' };
		assert.deepEqual(readProgram({ program, program_settings: { currency: 'EUR' }, stats: {} }), {
			id: '5',
			name: 'Example',
			type: 'Affiliate',
		});
		const partner = { id: 'partner_123', key: 'ref_123', name: 'John', email: 'j@d.e', status: 'active', clicks: 1 };
		assert.deepEqual(readPartner(partner), {
			id: 'partner_123',
			key: 'ref_123',
			name: 'John',
			email: 'j@d.e',
			status: 'active',
			raw: partner,
		});
	});

	it('are read as far as they go from anything else', () => {
		assert.deepEqual(readProgram({ program: 'x', program_settings: null }), {});
		assert.deepEqual(readPartner({ id: null, key: [] }), { raw: { id: null, key: [] } });
	});
});

describe('JSON', () => {
	const jsonText = fc.json({ maxDepth: 6 });

	it('of any shape ends in a customer and a transaction that hold it as it was', () => {
		fc.assert(
			fc.property(
				jsonText,
				fc.option(fc.constantFrom(...Object.keys(pageCustomer), ...Object.keys(documentedTransaction)), { nil: undefined }),
				(text, field) => {
					const raw: JsonObject = { ...(field === undefined ? {} : { [field]: parseJson(text) }), x: parseJson(text) };
					const kept = JSON.stringify(raw);
					for (const read of [readCustomer(raw, 'asked'), readTransaction(raw), readPartner(raw)]) {
						assert.equal(read?.raw, raw);
					}
					readProgram(raw);
					assert.equal(JSON.stringify(raw), kept, 'reading changes nothing');
				},
			),
		);
	});

	it('is what every JSON reader makes of it, as long as no digit would be lost', () => {
		fc.assert(
			fc.property(jsonText, (text) => {
				assert.deepStrictEqual(parseJson(text), JSON.parse(text));
			}),
		);
	});

	it('keeps the digits of a number that a double would change, wherever it stands', () => {
		const text = '{"a":[12345678901234567890,{"b":-0.12345678901234567890}],"c":1E400,"d":1e-400,"e":"12345678901234567890"}';
		assert.deepEqual(parseJson(text), {
			a: ['12345678901234567890', { b: '-0.12345678901234567890' }],
			c: '1E400',
			d: '1e-400',
			e: '12345678901234567890',
		});
		assert.equal(parseJson('12345678901234567890'), '12345678901234567890');
		assert.equal(parseJson(' 1e2'), 100);
	});

	it('is read to a depth of 512 and no further, brackets in strings not counted', () => {
		const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
		assert.ok(parseJson(nested(512)));
		assert.throws(() => parseJson(nested(513)), RangeError);
		assert.throws(() => parseJson('{"a":'.repeat(1e6)), RangeError);
		assert.equal(parseJson(JSON.stringify('\\"[['.repeat(1000))), '\\"[['.repeat(1000));
		assert.deepEqual(parseJson(`[${Array(2000).fill('[],{}').join()}]`), Array(2000).fill([[], {}]).flat());
	});

	it('that breaks off or is none is told as such, wherever it breaks off', () => {
		const text = JSON.stringify({ data: pageCustomer, deep: { quote: '"\\', list: [1.5e10, true, null] } });
		for (let length = 0; length < text.length; length++) {
			assert.throws(() => parseJson(text.slice(0, length)), SyntaxError);
		}
	});
});

describe('The customers and transactions of the sandbox', () => {
	const affiliate = useLab();
	const referral = useLab({ kind: 'referral' });

	it('are all read, under their own keys, in both kinds of program', async () => {
		for (const lab of [affiliate, referral]) {
			const client = lab.client();
			const pages = await all(client.listCustomers());
			const customers = pages.flatMap(({ items }) => items);
			assert.deepEqual(
				customers.map(({ key }) => key),
				[...lab.sandbox.customerKeys()],
			);
			assert.equal(
				pages.reduce((sum, { unreadable }) => sum + unreadable, 0),
				0,
			);
		}
	});

	it('have amounts that a calculator takes', async () => {
		const client = affiliate.client();
		for (const key of [
			sampleKeys.extremeAmounts,
			sampleKeys.stringAmounts,
			sampleKeys.currencies,
			sampleKeys.units,
			sampleKeys.documented,
		]) {
			for (const { items } of await all(client.listCustomerTransactions(key))) {
				for (const { value } of items) {
					assert.ok(value === undefined || new Big(value));
				}
			}
		}
	});
});
