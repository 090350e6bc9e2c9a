// The card of a customer over a recognised key. It never prompts, and everything in it that came from Partnero is escaped; the line with our
// own commands is a Markdown part of its own, the only one that may run any.
import * as vscode from 'vscode';
import type { CustomerSnapshot, TransactionsSnapshot } from '../customers/types.ts';
import { escapeMarkdown } from '../format/markdown.ts';
import { AmountFormat } from '../format/money.ts';
import { fullName, singleLine } from '../format/names.ts';
import { totalsOf, type UnitSums } from '../format/totals.ts';
import { describeError, notACustomer } from '../wording/errors.ts';

/** What a card shows of one customer. */
export interface CardFacts {
	readonly snapshot: CustomerSnapshot;
	/** As far as they are loaded: a hover asks for the customer alone. */
	readonly transactions: TransactionsSnapshot;
	readonly program: string;
}

const shownTags = 12;

/** The card of a customer, or the quiet line for a key that is none. */
export function customerCard({ snapshot, transactions, program }: CardFacts): vscode.MarkdownString[] {
	const { customer, absent, ref } = snapshot;
	if (absent || customer === undefined) {
		return [plain(notACustomer(singleLine(ref.key, 80), singleLine(program, 80)))];
	}
	const name = fullName(customer) ?? customer.email ?? customer.key;
	const deleted = customer.deleted ? ` · **${escapeMarkdown(vscode.l10n.t('deleted'))}**` : '';
	const status = customer.status === undefined ? '' : ` · ${shown(customer.status, 40)}`;
	const facts: readonly (readonly [string, string | undefined])[] = [
		[vscode.l10n.t('E-mail'), customer.email && shown(customer.email)],
		[vscode.l10n.t('Partner'), customer.partner === undefined ? escapeMarkdown(vscode.l10n.t('nobody')) : shown(customer.partner)],
		[vscode.l10n.t('Tags'), tagLine(customer.tags)],
		[vscode.l10n.t('Transactions'), transactionLine(transactions)],
	];
	const lines = facts
		.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '')
		.map(([label, value]) => vscode.l10n.t('{0}: {1}', escapeMarkdown(label), value));
	const heading = `**${shown(name)}**${status}${deleted}  \n${shown(ref.key)} · ${shown(program, 80)}`;
	return [new vscode.MarkdownString(`${heading}\n\n${lines.join('  \n')}`), actions(snapshot)];
}

/** The short line for a failure, below what was known before it, if anything was. */
export function failureCard(error: unknown, facts: CardFacts): vscode.MarkdownString[] {
	const { snapshot, program } = facts;
	const line = plain(describeError(error, { program, key: snapshot.ref.key }));
	return snapshot.customer === undefined ? [line] : [...customerCard(facts), line];
}

/** The only trusted part, made of our own words and an encoded ref. */
function actions({ ref }: CustomerSnapshot): vscode.MarkdownString {
	// VS Code decodes a command link twice: without the escape, the key `a%40b` would open the customer `a@b`.
	const json = JSON.stringify([{ programId: ref.programId, key: ref.key }]).replaceAll('%', '\\u0025');
	const argument = encodeURIComponent(json);
	const link = (label: string, command: string) =>
		`[${escapeMarkdown(label)}](command:${command}?${argument.replaceAll(/[()]/g, encodeParenthesis)})`;
	const line = new vscode.MarkdownString(
		[link(vscode.l10n.t('Open details'), 'partnero.openDetails'), link(vscode.l10n.t('Copy key'), 'partnero.copyKey')].join(' · '),
	);
	line.isTrusted = { enabledCommands: ['partnero.openDetails', 'partnero.copyKey'] };
	return line;
}

/** `encodeURIComponent` leaves parentheses, which would end a Markdown link. */
function encodeParenthesis(parenthesis: string): string {
	return `%${parenthesis.charCodeAt(0).toString(16)}`;
}

function tagLine(tags: readonly string[]): string {
	const some = tags.slice(0, shownTags).map((tag) => shown(tag, 40));
	return some.join(', ') + (tags.length > shownTags ? ` +${tags.length - shownTags}` : '');
}

/** Count and sums, called totals only when every page is loaded. */
function transactionLine(list: TransactionsSnapshot): string {
	if (list.loadedAt === undefined) {
		return '';
	}
	const amounts = new AmountFormat(vscode.env.language);
	const count = amounts.count(list.rows.length);
	const sums = sumLine(totalsOf(list.rows).sales, amounts);
	if (list.complete) {
		return escapeMarkdown([count, sums === '' ? '' : vscode.l10n.t('total {0}', sums)].filter((part) => part !== '').join(' · '));
	}
	return escapeMarkdown(sums === '' ? vscode.l10n.t('{0} loaded', count) : vscode.l10n.t('{0} of the {1} loaded', sums, count));
}

function sumLine(sums: UnitSums, amounts: AmountFormat): string {
	return sums
		.list()
		.slice(0, 4)
		.map(({ unit, value }) => singleLine(amounts.value(value, unit), 60))
		.join(', ');
}

function shown(text: string, most = 200): string {
	return escapeMarkdown(singleLine(text, most));
}

function plain(text: string): vscode.MarkdownString {
	return new vscode.MarkdownString(escapeMarkdown(singleLine(text, 600)));
}
