// The customers of the sandbox: a list of which any member is made when it is asked for, by its place, and found by its key.
import { locales } from './names.ts';
import { partnerIds } from './partners.ts';
import { hostile, type PurposefulCustomer, shown } from './purposeful.ts';
import { sampleKeys } from './sampleKeys.ts';
import { choice, mix, pick } from './seeded.ts';
import { timestamp } from './timestamps.ts';
import type { TransactionStyle } from './transactions.ts';

/** Which of Partnero's two kinds of program answers: their customer objects differ. */
export type ProgramKind = 'affiliate' | 'referral';

/** A customer as the sandbox knows it, before it takes the shape of an answer. */
export interface SampleCustomer {
	/** What it is made of: its place in the list, from 0, as long as nobody signs up. */
	readonly index: number;
	readonly key: string;
	/** As answered, in the order of the documented example. */
	readonly fields: Readonly<Record<string, unknown>>;
	readonly createdAt: number;
	readonly currency: string;
	readonly transactions: { readonly count: number; readonly style: TransactionStyle };
}

export interface CustomersOptions {
	readonly kind: ProgramKind;
	readonly seed: number;
	readonly count: number;
	/** Milliseconds since 1970; nothing is dated later. */
	readonly now: number;
}

const day = 86_400_000;
/** Purposes of a choice, so that two choices about one customer do not go together. */
const purpose = {
	locale: 1,
	given: 2,
	family: 3,
	key: 4,
	created: 5,
	status: 6,
	partner: 7,
	tags: 8,
	email: 9,
	count: 10,
	many: 11,
	uuid: 12,
};

export class Customers {
	/** Customers from the start. Those that signed up since are numbered on, and stand before them, the newest first. */
	readonly #first: number;
	#arrived = 0;
	readonly #kind: ProgramKind;
	readonly #seed: number;
	readonly #now: number;
	/** Made by the first look-up: a start that never looks one up does not pay for it. */
	#indexes: Map<string, number> | undefined;

	constructor({ kind, seed, count, now }: CustomersOptions) {
		this.#kind = kind;
		this.#seed = seed;
		this.#now = now;
		this.#first = Math.max(count, shown.length + hostile.length);
	}

	get count(): number {
		return this.#first + this.#arrived;
	}

	/** The customer at a place of the list, from 0. */
	at(place: number): SampleCustomer | undefined {
		const known = Number.isInteger(place) && place >= 0 && place < this.count;
		return known ? this.#make(this.#indexAt(place)) : undefined;
	}

	/** Somebody signs up, and stands at the top of the list. Returns the key. */
	add(): string {
		const index = this.#first + this.#arrived++;
		const key = this.#keyAt(index);
		this.#indexes?.set(key, index);
		return key;
	}

	#indexAt(place: number): number {
		return place < this.#arrived ? this.count - 1 - place : place - this.#arrived;
	}

	#make(index: number): SampleCustomer {
		const purposeful = this.#purposefulAt(index);
		const locale = pick(locales, this.#seed, index, purpose.locale);
		const affiliate: Record<string, unknown> = { ...this.#generatedFields(index), ...purposeful?.fields, key: this.#keyAt(index) };
		const fields = withoutAbsent(this.#kind === 'affiliate' ? affiliate : this.#asReferral(index, affiliate));
		return {
			index,
			key: this.#keyAt(index),
			fields,
			createdAt: Date.parse(String(affiliate.created_at)),
			currency: purposeful === undefined ? locale.currency : 'USD',
			transactions: purposeful?.transactions ?? { count: this.#transactionCount(index), style: 'plain' },
		};
	}

	*keys(): Generator<string> {
		for (let place = 0; place < this.count; place++) {
			yield this.#keyAt(this.#indexAt(place));
		}
	}

	find(key: string): SampleCustomer | undefined {
		this.#indexes ??= new Map([...this.keys()].map((key, place) => [key, this.#indexAt(place)]));
		const index = this.#indexes.get(key);
		return index === undefined ? undefined : this.#make(index);
	}

	*all(): Generator<SampleCustomer> {
		for (let index = 0; index < this.count; index++) {
			const customer = this.at(index);
			if (customer !== undefined) {
				yield customer;
			}
		}
	}

	#purposefulAt(index: number): PurposefulCustomer | undefined {
		return shown[index] ?? hostile[index - (this.#first - hostile.length)];
	}

	#keyAt(index: number): string {
		const purposeful = this.#purposefulAt(index);
		if (purposeful !== undefined) {
			return purposeful.key;
		}
		switch (choice(8, this.#seed, index, purpose.key)) {
			case 0:
				return this.#generatedEmail(index);
			case 1:
				return uuid(this.#seed, index);
			case 2:
				return String(100_000 + index);
			case 3:
				return `user-${mix(this.#seed, index, purpose.key).toString(36)}-${index}`;
			default:
				return `customer_${1000 + index}`;
		}
	}

	#generatedEmail(index: number): string {
		const { given, family } = this.#names(index);
		return `${given[1]}.${family[1]}${index}@example.${pick(['com', 'org', 'net'], this.#seed, index, purpose.email)}`;
	}

	#names(index: number) {
		const locale = pick(locales, this.#seed, index, purpose.locale);
		return { given: pick(locale.given, this.#seed, index, purpose.given), family: pick(locale.family, this.#seed, index, purpose.family) };
	}

	#generatedFields(index: number): Record<string, unknown> {
		const { given, family } = this.#names(index);
		const purposeful = this.#purposefulAt(index) !== undefined;
		const oldest = this.#now - 900 * day;
		const created = oldest + choice(880, this.#seed, index, purpose.created) * day + choice(86_400, this.#seed, index) * 1000;
		const status = purposeful
			? 'active'
			: pick(
					['active', 'active', 'active', 'active', 'active', 'active', 'active', 'suspended', 'deleted'],
					this.#seed,
					index,
					purpose.status,
				);
		const updated = created + choice(20 * 86_400, this.#seed, index, purpose.status) * 1000;
		const noEmail = !purposeful && choice(40, this.#seed, index, purpose.email) === 0;
		const noPartner = !purposeful && choice(20, this.#seed, index, purpose.partner) === 0;
		return {
			key: undefined,
			partner: noPartner ? null : pick(partnerIds, this.#seed, index, purpose.partner, 1),
			deleted: status === 'deleted',
			name: given[0],
			surname: family[0],
			email: noEmail ? null : this.#generatedEmail(index),
			status,
			created_at: timestamp(created),
			updated_at: timestamp(updated),
			deleted_at: status === 'deleted' ? timestamp(updated) : null,
			tags: this.#tags(index),
		};
	}

	/** The object of Partnero's page "Refer-a-friend: customers". The documented customer has exactly its fields; `key` and `tos` are of older pages. */
	#asReferral(
		index: number,
		{ key: id, partner: _partner, deleted: _deleted, deleted_at: _deletedAt, tags: _tags, ...fields }: Record<string, unknown>,
	) {
		const { name, surname, email, status, created_at, updated_at, ...unknown } = fields;
		const documented = id === sampleKeys.documented;
		const code = documented ? String(id) : `friend-${mix(this.#seed, index, purpose.key).toString(36)}`;
		const link = `https://shop.example.com?ref=${code}`;
		const referrals = documented ? 0 : choice(9, this.#seed, index, purpose.tags);
		return {
			email,
			created_at: documented ? '2025-05-09T17:42:13.000000Z' : created_at,
			updated_at: documented ? '2025-05-09T17:42:13.000000Z' : updated_at,
			id,
			key: documented || index % 5 === 4 ? undefined : code,
			name,
			surname,
			tos: documented ? undefined : index % 3 !== 0,
			approved: documented || index % 11 !== 3,
			status,
			referring_customer: this.#referrer(index),
			referrals_count: referrals,
			metadata: { date_of_birth: documented || index % 2 === 0 ? null : '1988-04-17' },
			referral_link: link,
			referral_links: [link],
			custom_fields: documented || index % 4 !== 1 ? {} : { company: 'Example Ltd', newsletter: true },
			...unknown,
		};
	}

	/** Every third customer was referred, by the documented one or by another. */
	#referrer(index: number) {
		if (index % 3 !== 1) {
			return null;
		}
		const referrer = index % 2 === 1 ? 0 : choice(index, this.#seed, index, purpose.partner);
		const email = referrer === 0 ? 'alice.brown@partnero.com' : this.#generatedEmail(referrer);
		return {
			id: this.#keyAt(referrer),
			key: referrer === 0 ? sampleKeys.documented : `friend-${mix(this.#seed, referrer, purpose.key).toString(36)}`,
			email,
		};
	}

	#tags(index: number): { value: string }[] {
		const words = ['premium', 'trial', 'annual', 'vip', 'newsletter', 'beta'];
		return words.filter((_, place) => choice(5, this.#seed, index, purpose.tags, place) === 0).map((value) => ({ value }));
	}

	/** Few transactions mostly, many seldom. */
	#transactionCount(index: number): number {
		const share = choice(100, this.#seed, index, purpose.count);
		const within = (from: number, to: number) => from + choice(to - from + 1, this.#seed, index, purpose.many);
		return share < 10 ? 0 : share < 70 ? within(1, 12) : share < 95 ? within(13, 60) : within(61, 400);
	}
}

/** A field set to `undefined` is left out, and its place in the order with it. */
function withoutAbsent(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function uuid(seed: number, index: number): string {
	const hex = [0, 1, 2, 3].map((part) => mix(seed, index, purpose.uuid, part).toString(16).padStart(8, '0')).join('');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
