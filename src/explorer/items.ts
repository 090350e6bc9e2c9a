// What the nodes of the Customers view look like. Labels of a tree are plain text to VS Code; only tooltips are Markdown, and those are
// escaped.
import * as vscode from 'vscode';
import type { CustomerSnapshot } from '../customers/types.ts';
import { DateFormat, exactUtc } from '../format/dates.ts';
import { escapeMarkdown } from '../format/markdown.ts';
import { AmountFormat } from '../format/money.ts';
import { fullName, singleLine } from '../format/names.ts';
import type { Amount } from '../partnero/types.ts';
import { keyElsewhere, reloadWindow } from '../wording/errors.ts';
import { type ListedCustomer, listedOf } from './allCustomers.ts';
import {
	type CustomerNode,
	type ExplorerNode,
	fingerprintOf,
	type GroupNode,
	type MessageNode,
	type MoreNode,
	nodeId,
	type RewardNode,
	type StateNode,
	type TransactionNode,
} from './nodes.ts';

export interface ItemContext {
	readonly snapshot: (node: CustomerNode) => CustomerSnapshot;
	/** What "All customers" tells of the customer, which the store may have forgotten. */
	readonly listed: (node: CustomerNode) => ListedCustomer | undefined;
	readonly isPinned: (node: CustomerNode) => boolean;
	readonly programName: (node: StateNode) => string;
	readonly isWatched: (node: CustomerNode) => boolean;
	/** Whether what the row is about is on its way. */
	readonly isLoading: (node: MoreNode) => boolean;
	/** Whether the user opened or closed the row, if ever. */
	readonly isOpen: (node: GroupNode | CustomerNode | TransactionNode) => boolean | undefined;
}

/** Makes tree items in the user's locale. */
export class ExplorerItems {
	readonly #context: ItemContext;
	readonly #amounts = new AmountFormat(vscode.env.language);
	readonly #dates = new DateFormat(vscode.env.language);

	constructor(context: ItemContext) {
		this.#context = context;
	}

	item(node: ExplorerNode): vscode.TreeItem {
		const item = this.#make(node);
		// VS Code writes ids to its logs, and a customer's key belongs into none.
		item.id = fingerprintOf(nodeId(node));
		if (node.kind === 'group' || node.kind === 'customer' || node.kind === 'transaction') {
			item.collapsibleState = this.#collapsible(node, item.collapsibleState);
		}
		return item;
	}

	/** The tooltip, made when it is needed. */
	tooltip(node: ExplorerNode): vscode.MarkdownString | undefined {
		switch (node.kind) {
			case 'customer':
				return this.#customerTooltip(node);
			case 'transaction':
				return this.#rowTooltip(node.row, node.row.key, node.row.createdAt, node.row.deletedAt);
			case 'reward':
				return this.#rowTooltip(node.reward, node.reward.key, node.reward.createdAt, node.reward.deletedAt);
			default:
				return undefined;
		}
	}

	#collapsible(node: GroupNode | CustomerNode | TransactionNode, standard = vscode.TreeItemCollapsibleState.None) {
		const open = standard === vscode.TreeItemCollapsibleState.None ? undefined : this.#context.isOpen(node);
		const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
		return open === undefined ? standard : open ? Expanded : Collapsed;
	}

	#make(node: ExplorerNode): vscode.TreeItem {
		switch (node.kind) {
			case 'state':
				return stateItem(node, this.#context.programName(node));
			case 'group':
				return groupItem(node);
			case 'customer':
				return this.#customerItem(node);
			case 'transaction':
				return this.#transactionItem(node);
			case 'reward':
				return this.#rewardItem(node);
			case 'more':
				return moreItem(node, this.#context.isLoading(node));
			case 'message':
				return messageItem(node);
		}
	}

	#customerItem(node: CustomerNode): vscode.TreeItem {
		const { absent, error, loading } = this.#context.snapshot(node);
		const key = singleLine(node.ref.key, 200);
		const shown = this.#shown(node);
		const { label, status, deleted, hasEmail } = shown ?? { label: key, status: '', deleted: false, hasEmail: false };
		const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
		const state = absent
			? vscode.l10n.t('not a customer')
			: deleted
				? vscode.l10n.t('deleted')
				: status === 'active'
					? ''
					: singleLine(status ?? '', 40);
		const watched = this.#context.isWatched(node) ? vscode.l10n.t('watched') : '';
		item.description = [label === key ? '' : key, state, watched].filter((part) => part !== '').join(' · ');
		// What is known stays as it is while it is asked for again: two changes of the row would have all rows below it made anew twice.
		const unknown = error !== undefined || (shown === undefined && !absent);
		item.iconPath = customerIcon(loading && unknown, absent, deleted, error !== undefined);
		item.contextValue = ['customer', node.group, this.#context.isPinned(node) ? 'pinned' : 'unpinned', hasEmail ? 'email' : '']
			.filter((part) => part !== '')
			.join(' ');
		item.accessibilityInformation = { label: [label, item.description].filter((part) => part !== '').join(', ') };
		return item;
	}

	/** What is known of a customer, for a row; undefined where it is the key alone. */
	#shown(node: CustomerNode): ListedCustomer | undefined {
		const { customer, absent } = this.#context.snapshot(node);
		return customer === undefined ? (absent ? undefined : this.#context.listed(node)) : listedOf(customer);
	}

	#transactionItem({ row }: TransactionNode): vscode.TreeItem {
		const collapsible = row.rewards.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
		const amount = this.#amountOf(row);
		const item = new vscode.TreeItem(amount, collapsible);
		const archived = row.deletedAt === undefined ? '' : vscode.l10n.t('archived');
		const credit = row.credit ? vscode.l10n.t('credit') : '';
		const arrived = row.arrived ? vscode.l10n.t('new') : '';
		item.description = this.#details(
			arrived,
			row.action,
			credit,
			archived,
			row.createdAt === undefined ? '' : this.#dates.date(row.createdAt),
		);
		const icon = row.deletedAt !== undefined ? 'archive' : row.credit ? 'gift' : 'credit-card';
		item.iconPath = new vscode.ThemeIcon(icon, row.arrived && new vscode.ThemeColor('charts.green'));
		item.contextValue = 'transaction';
		item.accessibilityInformation = { label: vscode.l10n.t('Transaction {0}, {1}', amount, String(item.description)) };
		return item;
	}

	#rewardItem({ reward }: RewardNode): vscode.TreeItem {
		const amount = this.#amountOf(reward);
		const item = new vscode.TreeItem(amount);
		const archived = reward.deletedAt === undefined ? '' : vscode.l10n.t('archived');
		const partner = reward.partner === undefined ? '' : vscode.l10n.t('for {0}', singleLine(reward.partner, 80));
		item.description = this.#details(vscode.l10n.t('reward'), rewardStatus(reward.status), archived, partner);
		item.iconPath = new vscode.ThemeIcon(reward.deletedAt === undefined ? rewardIcon(reward.status) : 'archive');
		item.contextValue = 'reward';
		item.accessibilityInformation = { label: vscode.l10n.t('Reward {0}, {1}', amount, String(item.description)) };
		return item;
	}

	#amountOf(amount: Amount): string {
		return singleLine(this.#amounts.amount(amount) ?? vscode.l10n.t('no amount'), 100);
	}

	#details(...parts: readonly (string | undefined)[]): string {
		return parts
			.map((part) => singleLine(part ?? '', 80))
			.filter((part) => part !== '')
			.join(' · ');
	}

	#customerTooltip(node: CustomerNode): vscode.MarkdownString {
		const { customer, absent, loadedAt } = this.#context.snapshot(node);
		const lines: (readonly [string, string | undefined])[] = [
			[vscode.l10n.t('Customer key'), node.ref.key],
			[vscode.l10n.t('Name'), customer === undefined ? this.#context.listed(node)?.label : fullName(customer)],
			[vscode.l10n.t('E-mail'), customer?.email],
			[vscode.l10n.t('Status'), absent ? vscode.l10n.t('not a customer of this program') : customer?.status],
			[vscode.l10n.t('Partner'), customer?.partner],
			[vscode.l10n.t('Deleted'), customer?.deletedAt && exactUtc(customer.deletedAt)],
			[vscode.l10n.t('As of'), loadedAt === undefined ? undefined : this.#dates.dateTime(new Date(loadedAt).toISOString())],
		];
		return factsMarkdown(lines);
	}

	#rowTooltip(
		amount: Amount,
		key: string | undefined,
		createdAt: string | undefined,
		deletedAt: string | undefined,
	): vscode.MarkdownString {
		return factsMarkdown([
			[vscode.l10n.t('Key'), key],
			[vscode.l10n.t('Amount'), this.#amountOf(amount)],
			[vscode.l10n.t('Created'), createdAt && exactUtc(createdAt)],
			[vscode.l10n.t('Archived at'), deletedAt && exactUtc(deletedAt)],
		]);
	}
}

/** What is wrong with the program, and what a click does about it. */
function stateItem({ state }: StateNode, programName: string): vscode.TreeItem {
	const hints = {
		rejected: vscode.l10n.t(
			'Partnero does not accept the API key of {0} (401). Nothing is sent until it is replaced.',
			singleLine(programName, 80),
		),
		outdated: keyElsewhere(programName),
		offline: vscode.l10n.t('Check the network, and the settings "http.proxy" and "partnero.apiBaseUrl". What is known stays.'),
		checking: undefined,
	};
	const [text, icon] = {
		rejected: [vscode.l10n.t('API key rejected: replace it'), 'error'],
		outdated: [vscode.l10n.t('API key entered in another window: reload this one'), 'refresh'],
		offline: [vscode.l10n.t('Cannot reach Partnero: try again'), 'debug-disconnect'],
		checking: [vscode.l10n.t('Checking the API key…'), 'loading~spin'],
	}[state] as [string, string];
	const item = new vscode.TreeItem(text);
	item.iconPath = new vscode.ThemeIcon(icon);
	item.tooltip = hints[state] ?? text;
	item.contextValue = `state ${state}`;
	const command = {
		rejected: { command: 'partnero.replaceApiKey', title: vscode.l10n.t('Replace API key') },
		outdated: { command: reloadWindow, title: vscode.l10n.t('Reload window') },
		offline: { command: 'partnero.refresh', title: vscode.l10n.t('Refresh') },
		checking: undefined,
	}[state];
	if (command !== undefined) {
		item.command = command;
	}
	return item;
}

function groupItem({ group }: GroupNode): vscode.TreeItem {
	const labels = { pinned: vscode.l10n.t('Pinned'), recent: vscode.l10n.t('Recent'), all: vscode.l10n.t('All customers') };
	const icons = { pinned: 'pinned', recent: 'history', all: 'organization' };
	const item = new vscode.TreeItem(
		labels[group],
		// Expanding "All customers" asks Partnero, so it waits for the user.
		group === 'all' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
	);
	item.iconPath = new vscode.ThemeIcon(icons[group]);
	item.contextValue = `group ${group}`;
	return item;
}

function moreItem(node: MoreNode, loading: boolean): vscode.TreeItem {
	const label = node.first ? vscode.l10n.t('Load…') : vscode.l10n.t('Load more…');
	const item = new vscode.TreeItem(loading ? vscode.l10n.t('Loading…') : label);
	item.iconPath = new vscode.ThemeIcon(loading ? 'loading~spin' : 'ellipsis');
	item.contextValue = 'more';
	item.command = { command: 'partnero.loadMore', title: vscode.l10n.t('Load more'), arguments: [node] };
	return item;
}

function messageItem(node: MessageNode): vscode.TreeItem {
	const item = new vscode.TreeItem(node.text);
	item.iconPath = new vscode.ThemeIcon(node.icon);
	item.tooltip = node.text;
	item.contextValue = 'message';
	if (node.command !== undefined) {
		const { id, title, argument } = node.command;
		item.command = { command: id, title, arguments: [argument] };
	}
	return item;
}

function customerIcon(loading: boolean, absent: boolean, deleted: boolean, failed: boolean): vscode.ThemeIcon {
	if (loading) {
		return new vscode.ThemeIcon('loading~spin');
	}
	if (failed) {
		return new vscode.ThemeIcon('warning');
	}
	return new vscode.ThemeIcon(absent ? 'question' : deleted ? 'trash' : 'person');
}

function rewardIcon(status: string | undefined): string {
	return status === 'ok' ? 'pass' : status === 'review_period' ? 'clock' : status === 'rejected' ? 'circle-slash' : 'gift';
}

/** The documented statuses in words; any other as it is. */
function rewardStatus(status: string | undefined): string {
	switch (status) {
		case 'ok':
			return vscode.l10n.t('approved');
		case 'review_period':
			return vscode.l10n.t('in review');
		case 'rejected':
			return vscode.l10n.t('rejected');
		default:
			return status ?? '';
	}
}

/** Names and values, one a line. Nothing in a value takes effect. */
function factsMarkdown(facts: readonly (readonly [string, string | undefined])[]): vscode.MarkdownString {
	const lines = facts
		.filter((fact): fact is readonly [string, string] => fact[1] !== undefined && fact[1] !== '')
		.map(([name, value]) => `**${escapeMarkdown(name)}:** ${escapeMarkdown(singleLine(value, 300))}`);
	return new vscode.MarkdownString(lines.join('  \n'));
}
