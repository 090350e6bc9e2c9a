// From JSON to what the product shows. Tolerant by design (nothing here was checked against the live service): a field of an unexpected
// type counts as absent, a field without a place of its own stays in `other`, and everything stays in `raw`.
import * as v from 'valibot';
import { isJsonObject } from './json.ts';
import type { Amount, Customer, CustomerKind, Json, JsonObject, Partner, Program, Reward, Transaction } from './types.ts';

/** A field that `read` takes or, by `undefined`, does not. One step each: a customer is read for every hover. */
function field<Value>(read: (value: unknown) => Value | undefined) {
	return v.optional(
		v.pipe(
			v.unknown(),
			v.transform((value) => read(value)),
		),
	);
}

const text = field(readText);
/** A number or a numeric string, in plain decimal notation; `"abc"` and `"1,5"` are none. */
const decimal = field((value) => (typeof value === 'string' || typeof value === 'number' ? plainDecimal(value) : undefined));
/** PHP answers 1 and 0 where nobody told it that a column is a boolean. */
const flag = field((value) => (value === true || value === 1 ? true : value === false || value === 0 ? false : undefined));
const object = field((value) => (isJsonObject(value) ? value : undefined));
const list = field((value) => (Array.isArray(value) ? (value as readonly unknown[]) : undefined));

const customerFields = {
	key: text,
	name: text,
	surname: text,
	email: text,
	partner: text,
	status: text,
	deleted: flag,
	created_at: text,
	updated_at: text,
	deleted_at: text,
	tags: list,
};
const customerSchema = v.object(customerFields);
const referralSchema = v.object({ ...customerFields, id: text, referring_customer: object });
/** Fields that only the refer-a-friend object has. */
const referralMarks = ['referring_customer', 'referral_link', 'referral_links', 'referrals_count', 'tos', 'approved'];

const amountFields = { amount: decimal, amount_units: text, is_currency: flag, credit: flag };
const rowFields = { ...amountFields, key: text, action: text, partner: text, customer: text, created_at: text, deleted_at: text };
const transactionSchema = v.object({ ...rowFields, rewards: list });
const rewardSchema = v.object({ ...rowFields, status: text, product_type_data: object });

/** Tags of one customer, rewards of one transaction. The rest of a longer list is shown as it came. */
const maxListed = 1000;

const programSchema = v.object({ id: text, name: text, type: text });
const partnerSchema = v.object({ id: text, key: text, name: text, surname: text, email: text, status: text });

/** Reads a customer object. `askedKey` stands in where the answer names no key. Undefined where there is neither. */
export function readCustomer(raw: JsonObject, askedKey?: string): Customer | undefined {
	const fields = v.parse(referralSchema, raw);
	const kind = customerKind(raw, fields, askedKey);
	// In a refer-a-friend program `key` is a public code, which only stands in where there is nothing else.
	const key = kind === 'referral' ? (fields.id ?? askedKey ?? fields.key) : (fields.key ?? askedKey);
	if (key === undefined) {
		return undefined;
	}
	const tags = (fields.tags ?? [])
		.slice(0, maxListed)
		.map(readTag)
		.filter((tag) => tag !== undefined);
	return compact<Customer>({
		kind,
		key,
		referralCode: kind === 'referral' ? fields.key : undefined,
		name: fields.name,
		surname: fields.surname,
		email: fields.email,
		status: fields.status,
		partner: fields.partner,
		referringCustomer: kind === 'referral' ? readReferringCustomer(fields.referring_customer) : undefined,
		deleted: fields.deleted ?? fields.deleted_at !== undefined,
		createdAt: fields.created_at,
		updatedAt: fields.updated_at,
		deletedAt: fields.deleted_at,
		tags,
		other: otherFields(raw, kind === 'referral' ? referralSchema.entries : customerSchema.entries, {
			...fields,
			tags: isWhole(fields.tags, tags),
		}),
		raw,
	});
}

/** Reads a transaction object. Every field but the amount may be missing, so every object is one. */
export function readTransaction(raw: JsonObject): Transaction {
	const fields = v.parse(transactionSchema, raw);
	const rewards = (fields.rewards ?? []).slice(0, maxListed).filter(isJsonObject).map(readReward);
	return compact<Transaction>({
		...readRow(fields),
		rewards,
		other: otherFields(raw, transactionSchema.entries, { ...fields, rewards: isWhole(fields.rewards, rewards) }),
		raw,
	});
}

/** Reads `data` of `GET /program`: `{ program, program_settings, stats }`. */
export function readProgram(data: JsonObject): Program {
	return compact<Program>(v.parse(programSchema, isJsonObject(data.program) ? data.program : data));
}

/** Reads a partner object. */
export function readPartner(raw: JsonObject): Partner {
	return compact<Partner>({ ...v.parse(partnerSchema, raw), raw });
}

function customerKind(
	raw: JsonObject,
	{ id, key }: { id?: string | undefined; key?: string | undefined },
	askedKey?: string,
): CustomerKind {
	const marked = referralMarks.some((mark) => Object.hasOwn(raw, mark));
	// Without a mark: whoever was found by the id, or has nothing but an id.
	const known = id !== undefined && (key === undefined ? !Object.hasOwn(raw, 'partner') : id === askedKey && key !== askedKey);
	return marked || known ? 'referral' : 'affiliate';
}

function readReferringCustomer(raw: JsonObject | undefined): Customer['referringCustomer'] {
	if (raw === undefined) {
		return undefined;
	}
	return compact({ id: readText(raw.id), key: readText(raw.key), email: readText(raw.email) });
}

/** The page has `{ "value": "premium" }`; a plain string is understood as well. */
function readTag(tag: unknown): string | undefined {
	return readText(isJsonObject(tag) ? tag.value : tag);
}

/** A number is taken as it is written; an empty text says nothing. */
function readText(value: unknown): string | undefined {
	const text = typeof value === 'number' ? String(value) : value;
	return typeof text === 'string' && text !== '' ? text : undefined;
}

function readReward(raw: JsonObject): Reward {
	const fields = v.parse(rewardSchema, raw);
	const product = fields.product_type_data;
	return compact<Reward>({
		...readRow(fields),
		status: fields.status,
		product: product !== undefined && Object.keys(product).length > 0 ? product : undefined,
		other: otherFields(raw, rewardSchema.entries, fields),
		raw,
	});
}

type Row = v.InferOutput<v.ObjectSchema<typeof rowFields, undefined>>;

function readRow(fields: Row): Amount & Pick<Transaction, 'key' | 'action' | 'partner' | 'customer' | 'createdAt' | 'deletedAt'> {
	return compact({
		key: fields.key,
		action: fields.action,
		value: fields.amount,
		units: fields.amount_units,
		isCurrency: fields.is_currency ?? false,
		credit: fields.credit ?? false,
		partner: fields.partner,
		customer: fields.customer,
		createdAt: fields.created_at,
		deletedAt: fields.deleted_at,
	});
}

/** What has no place of its own, or came with a type that its place cannot take. Nulls and empty objects say nothing and are left out. */
function otherFields(raw: JsonObject, known: object, read: object): JsonObject {
	const rest: (readonly [string, Json])[] = [];
	for (const name of Object.keys(raw)) {
		const value = raw[name] ?? null;
		if (!Object.hasOwn(known, name) || (Reflect.get(read, name) === undefined && !isEmpty(value))) {
			rest.push([name, value]);
		}
	}
	// `fromEntries` defines properties, so that a field called `__proto__` stays a field.
	return Object.fromEntries(rest);
}

/** A list of which some elements could not be read is shown as it came as well. */
function isWhole(list: readonly unknown[] | undefined, read: readonly unknown[]): true | undefined {
	return list !== undefined && list.length === read.length ? true : undefined;
}

function isEmpty(value: Json): boolean {
	return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

const decimalShape = /^([+-]?)(\d*)(?:\.(\d*))?(?:e([+-]?\d{1,4}))?$/i;
/** Beyond that it is no amount but an attack on whoever computes with it. */
const maxDecimalLength = 64;

/** Exactly the number that was written, as digits with at most a sign before and a point among them: `1.5e-7` → `0.00000015`. */
function plainDecimal(value: string | number): string | undefined {
	const text = String(value).trim();
	const [, sign, whole = '', fraction = '', exponent = '0'] = text.length <= maxDecimalLength ? (decimalShape.exec(text) ?? []) : [];
	if (sign === undefined || whole + fraction === '') {
		return undefined;
	}
	if (exponent === '0' && whole !== '') {
		return (sign === '-' ? '-' : '') + whole + (fraction === '' ? '' : `.${fraction}`);
	}
	const point = whole.length + Number(exponent);
	if (Math.abs(point) > maxDecimalLength) {
		return undefined;
	}
	const digits = (whole + fraction).padEnd(point, '0').padStart(whole.length + fraction.length - Math.min(point, 0), '0');
	const start = Math.max(point, 0);
	const before = digits.slice(0, start).replace(/^0+(?=\d)/, '') || '0';
	const after = digits.slice(start);
	return (sign === '-' ? '-' : '') + before + (after === '' ? '' : `.${after}`);
}

/** Drops the properties that are undefined, so that "absent" has one spelling. */
function compact<T extends object>(value: { readonly [Name in keyof T]: T[Name] | undefined }): T {
	const present: Partial<T> = {};
	for (const name in value) {
		if (value[name] !== undefined) {
			present[name] = value[name];
		}
	}
	return present as T;
}
