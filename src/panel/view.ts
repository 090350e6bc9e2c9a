// What the store knows, made into what the app shows: no field dropped, no text longer than a person reads, nothing of the transport.
import type { LoadedTransaction } from '../customers/types.ts';
import { fullName, shorten } from '../format/names.ts';
import type { Customer, Json, JsonObject, Partner, Reward } from '../partnero/types.ts';
import type { CustomerView, FieldView, RewardView, TransactionView } from './protocol.ts';

/** Characters of one text in the app; the whole of it is in "Open as JSON", in copies of a row, and in exports. */
const longestText = 4000;
/** Characters of the JSON view. */
const longestJson = 200_000;
const mostFields = 200;
const mostTags = 500;
const mostRewards = 200;

/** A customer as the app shows it; `partner` is what is known of the referring partner, if anything. */
export function customerView(customer: Customer, partner: Partner | undefined): CustomerView {
	const json = JSON.stringify(customer.raw, undefined, 2);
	const partnerName = partner === undefined || customer.partner === undefined ? undefined : (fullName(partner) ?? partner.email);
	return {
		...texts({
			referralCode: customer.referralCode,
			name: fullName(customer),
			email: customer.email,
			status: customer.status,
			partner: customer.partner,
			partnerName,
			createdAt: customer.createdAt,
			updatedAt: customer.updatedAt,
			deletedAt: customer.deletedAt,
		}),
		...(customer.referringCustomer === undefined
			? {}
			: {
					referringCustomer: texts({
						id: customer.referringCustomer.id,
						key: customer.referringCustomer.key,
						email: customer.referringCustomer.email,
					}),
				}),
		kind: customer.kind,
		key: customer.key,
		deleted: customer.deleted,
		tags: customer.tags.slice(0, mostTags).map((tag) => shorten(tag, longestText)),
		fields: fieldViews(customer.other),
		json: shorten(json, longestJson),
		jsonCut: json.length > longestJson,
	};
}

/** A transaction as the app shows it. */
export function transactionView(transaction: LoadedTransaction): TransactionView {
	return {
		...texts({
			key: transaction.key,
			action: transaction.action,
			partner: transaction.partner,
			customer: transaction.customer,
			createdAt: transaction.createdAt,
			deletedAt: transaction.deletedAt,
			units: transaction.units,
		}),
		...(transaction.value === undefined ? {} : { value: transaction.value }),
		...(transaction.arrived && { arrived: true }),
		id: transaction.id,
		isCurrency: transaction.isCurrency,
		credit: transaction.credit,
		rewards: transaction.rewards.slice(0, mostRewards).map(rewardView),
		fields: fieldViews(transaction.other),
	};
}

function rewardView(reward: Reward): RewardView {
	return {
		...texts({
			key: reward.key,
			action: reward.action,
			status: reward.status,
			partner: reward.partner,
			createdAt: reward.createdAt,
			deletedAt: reward.deletedAt,
			units: reward.units,
		}),
		...(reward.value === undefined ? {} : { value: reward.value }),
		isCurrency: reward.isCurrency,
		credit: reward.credit,
		fields: [...(reward.product === undefined ? [] : fieldViews(reward.product)), ...fieldViews(reward.other)],
	};
}

const noFields: readonly FieldView[] = [];

/** Fields of an object as names and texts. Empty ones say nothing and are left out. */
function fieldViews(fields: JsonObject): readonly FieldView[] {
	const names = Object.keys(fields);
	if (names.length === 0) {
		return noFields;
	}
	return names.slice(0, mostFields).flatMap((name) => {
		const value = fields[name];
		return value === undefined || isEmpty(value) ? [] : [{ name: shorten(name, 200), value: shorten(fieldText(value), longestText) }];
	});
}

function fieldText(value: Json): string {
	return typeof value === 'string' ? value : JSON.stringify(value);
}

function isEmpty(value: Json): boolean {
	return value === null || value === '' || (typeof value === 'object' && Object.keys(value).length === 0);
}

type Texts<T> = { [Name in keyof T]?: string };

/** The texts that are there, none of them longer than is shown. */
function texts<T extends Record<string, string | undefined>>(from: T): Texts<T> {
	const to: Texts<T> = {};
	for (const name in from) {
		const text = from[name];
		if (text !== undefined) {
			to[name] = shorten(text, longestText);
		}
	}
	return to;
}
