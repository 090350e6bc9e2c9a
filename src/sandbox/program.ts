// The program of the sandbox, as `GET /program` describes it.
import type { ProgramKind } from './customers.ts';

export interface SampleProgram {
	readonly id: number;
	readonly publicId: string;
	readonly name: string;
	/** As Partnero writes the kind of a program. */
	readonly type: 'Affiliate' | 'Referral';
	readonly website: string;
	/** ISO 4217. */
	readonly currency: string;
}

export function sampleProgram(kind: ProgramKind, name: string | undefined): SampleProgram {
	const type = kind === 'affiliate' ? 'Affiliate' : 'Referral';
	const common = { type, website: 'https://shop.example.com', currency: 'USD' } as const;
	return kind === 'affiliate'
		? { id: 1, publicId: 'SAMPLEAF', name: name ?? 'Sample affiliate program', ...common }
		: { id: 2, publicId: 'SAMPLERF', name: name ?? 'Sample refer-a-friend program', ...common };
}

/** The body of Partnero's page "Get program details", as far as it is of use here. */
export function programAnswer(
	{ id, publicId, name, type, website, currency }: SampleProgram,
	customers: number,
): Readonly<Record<string, unknown>> {
	return {
		status: 1,
		data: {
			program: { id, public_id: publicId, website, initial: 'SP', type, name, created_at: '2025-04-30', last_edited: '2025-04-30' },
			stats: { total_partners: '25', total_partners_growth: 0, total_signups: String(customers), total_signups_growth: 0 },
			program_settings: { currency, cookie_lifetime: '90', commission_description: '30% of each sale' },
			portal_settings: {},
		},
	};
}
