// Reward statuses in words and icons. `ok`, `review_period` and `rejected` are documented; any other is shown as it came.
import type { TransactionView } from '../protocol.ts';
import type { PanelStrings } from '../strings.ts';
import type { IconName } from './icon.ts';

/** A status in the user's language, or as answered where it is not documented. */
export function statusText({ status: texts }: PanelStrings, status: string): string {
	switch (status) {
		case 'ok':
			return texts.ok;
		case 'review_period':
			return texts.review_period;
		case 'rejected':
			return texts.rejected;
		case 'archived':
			return texts.archived;
		case '':
			return texts.unknown;
		default:
			return status;
	}
}

export function statusIcon(status: string): IconName {
	switch (status) {
		case 'ok':
			return 'check';
		case 'review_period':
			return 'history';
		case 'rejected':
			return 'circle-slash';
		case 'archived':
			return 'archive';
		default:
			return 'question';
	}
}

/** Statuses of a transaction's rewards, each once; archived ones are `archived`, whatever they were before. */
export function statusesOf(transaction: TransactionView): string[] {
	return [...new Set(transaction.rewards.map((reward) => (reward.deletedAt === undefined ? (reward.status ?? '') : 'archived')))];
}

const documented = ['ok', 'review_period', 'rejected'];

/** What is kept by status, the documented ones first. */
export function inStatusOrder<T>(byStatus: ReadonlyMap<string, T>): [string, T][] {
	const rank = (status: string) => (documented.includes(status) ? documented.indexOf(status) : documented.length);
	return [...byStatus].sort(([left], [right]) => rank(left) - rank(right) || (left < right ? -1 : 1));
}
