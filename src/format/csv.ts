// Transactions as CSV (RFC 4180) and as JSON, piece by piece, so that an export of 100,000 rows is never held as one text. A cell that a
// spreadsheet would take for a formula is defused; numbers stay exact and stay numbers.
import type { Json, Reward, Transaction } from '../partnero/types.ts';
import { isDecimal } from './decimals.ts';

const columns = [
	'type',
	'transaction_key',
	'reward_key',
	'action',
	'status',
	'amount',
	'amount_units',
	'is_currency',
	'credit',
	'partner',
	'customer',
	'created_at',
	'deleted_at',
	'product',
	'other',
] as const;

type Row = Readonly<Record<(typeof columns)[number], string>>;

/** What starts a formula in a spreadsheet (OWASP, "CSV Injection"); full-width forms included, which some programs take for them. */
const formulaStart = /^[\s\p{Cc}]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/u;

/** What would start a formula behind a separator: where lists are separated by semicolons, spreadsheets cut there, quotes or not. */
const innerFormula = /([;\t|])(?=\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/g;

/** Text in which no spreadsheet finds a formula. A negative number is none, and an apostrophe would make it a text. */
export function defused(text: string): string {
	if (isDecimal(text)) {
		return text;
	}
	const whole = formulaStart.test(text) ? `'${text}` : text;
	return whole.replace(innerFormula, "$1'");
}

/** One cell: defused where it would be a formula, quoted where RFC 4180 wants it and where other separators stand in it. */
export function csvCell(text: string): string {
	const safe = defused(text);
	return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** One line, with its line break. */
export function csvLine(cells: readonly string[]): string {
	return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The line of column names. Starts with a byte order mark, without which spreadsheets misread names that are not ASCII. */
export function transactionCsvHeader(): string {
	return `\uFEFF${csvLine(columns)}`;
}

/** The lines of one transaction: its own, then one for each of its rewards. */
export function transactionCsv(transaction: Transaction): string {
	const rows = [transactionRow(transaction), ...transaction.rewards.map((reward) => rewardRow(transaction, reward))];
	return rows.map((row) => csvLine(columns.map((column) => row[column]))).join('');
}

/** One transaction as answered, as an element of the JSON array that an export writes; `first` where nothing was written before it. */
export function transactionJson(transaction: Transaction, first: boolean): string {
	return `${first ? '[\n' : ',\n'}${JSON.stringify(transaction.raw)}`;
}

/** What closes the JSON array of an export; `empty` where no transaction was written. */
export function transactionsJsonEnd(empty: boolean): string {
	return empty ? '[]\n' : '\n]\n';
}

function transactionRow(transaction: Transaction): Row {
	return {
		...amountCells(transaction),
		type: 'transaction',
		transaction_key: transaction.key ?? '',
		reward_key: '',
		status: '',
		product: '',
		other: jsonCell(transaction.other),
	};
}

function rewardRow(transaction: Transaction, reward: Reward): Row {
	return {
		...amountCells(reward),
		type: 'reward',
		transaction_key: transaction.key ?? '',
		reward_key: reward.key ?? '',
		status: reward.status ?? '',
		product: reward.product === undefined ? '' : jsonCell(reward.product),
		other: jsonCell(reward.other),
	};
}

function amountCells(from: Transaction | Reward) {
	return {
		action: from.action ?? '',
		amount: from.value ?? '',
		amount_units: from.units ?? '',
		is_currency: String(from.isCurrency),
		credit: String(from.credit),
		partner: from.partner ?? '',
		customer: from.customer ?? '',
		created_at: from.createdAt ?? '',
		deleted_at: from.deletedAt ?? '',
	};
}

function jsonCell(value: Json): string {
	const text = JSON.stringify(value);
	return text === '{}' ? '' : text;
}
