// The partners of the sandbox's affiliate program. A partner has an id (opaque) and a referral key (readable): mixing them up finds nobody.
import { locales } from './names.ts';
import { samplePartners } from './sampleKeys.ts';
import { choice, pick } from './seeded.ts';

const numbers: readonly [number, ...number[]] = [123, ...Array.from({ length: 24 }, (_, index) => 201 + index)];

/** The ids of all partners, the documented one first. */
export const partnerIds: readonly [string, ...string[]] = [
	samplePartners.documented.id,
	...numbers.slice(1).map((number) => `partner_${number}`),
];

/** Finds a partner by one of the three things that Partnero's `GET /partner` takes. */
export function findPartner(seed: number, by: 'id' | 'key' | 'email', value: string): Readonly<Record<string, unknown>> | undefined {
	for (const number of numbers) {
		const partner = partnerOf(seed, number);
		const wanted = by === 'key' ? `ref_${number}` : partner[by];
		if (wanted === value) {
			return partner;
		}
	}
	return undefined;
}

/** The object of Partnero's page "Get partner"; the documented one is its John Doe. */
function partnerOf(seed: number, number: number) {
	const locale = pick(locales, seed, number);
	const given = number === 123 ? (['John', 'john'] as const) : pick(locale.given, seed, number, 1);
	const family = number === 123 ? (['Doe', 'doe'] as const) : pick(locale.family, seed, number, 2);
	const signups = 12 + choice(200, seed, number, 3);
	const link = `https://shop.example.com?aff=ref_${number}`;
	return {
		email: number === 123 ? samplePartners.documented.email : `${given[1]}.${family[1]}.${number}@partners.example.com`,
		created_at: '2025-04-30T16:44:13.000000Z',
		updated_at: '2025-04-30T16:44:13.000000Z',
		name: given[0],
		id: `partner_${number}`,
		surname: family[0],
		tos: false,
		approved: true,
		status: 'active',
		referrals: {
			clicks: signups * 12,
			signups,
			revenue: [{ currency: 'USD', amount: signups * 104.5 }],
			sales_count: signups - 4,
			paid_accounts: signups - 7,
		},
		commissions: { paid: signups * 31.25, pending: [{ currency: 'USD', amount: 125 }], not_paid: [{ currency: 'USD', amount: 50 }] },
		custom_field_values: [],
		custom_fields: [],
		referrals_count: signups,
		tags: [{ value: 'premium' }],
		referral_link: link,
		referral_links: [link],
	};
}
