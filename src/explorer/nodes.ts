// What stands in the Customers view. Nodes carry identities and snapshots alone; what they look like is in `items.ts`.
import { hash } from 'node:crypto';
import type { CustomerRef, LoadedTransaction } from '../customers/types.ts';
import type { Reward } from '../partnero/types.ts';

export const groupNames = ['pinned', 'recent', 'all'] as const;
export type GroupName = (typeof groupNames)[number];

export interface GroupNode {
	readonly kind: 'group';
	readonly group: GroupName;
	readonly programId: string;
}

/** The same customer may stand in several groups, so the group belongs to the node's identity. */
export interface CustomerNode {
	readonly kind: 'customer';
	readonly ref: CustomerRef;
	readonly group: GroupName;
}

export interface TransactionNode {
	readonly kind: 'transaction';
	readonly parent: CustomerNode;
	readonly row: LoadedTransaction;
}

export interface RewardNode {
	readonly kind: 'reward';
	readonly parent: TransactionNode;
	readonly reward: Reward;
	readonly index: number;
}

/** "Load more…": the last row of a list that goes on. */
export interface MoreNode {
	readonly kind: 'more';
	readonly of: CustomerNode | GroupNode;
	/** Nothing of the list was asked for yet: it was left open by a window that is no more. */
	readonly first?: true;
}

/** A line that says why there is nothing, and what to do about it. */
export interface MessageNode {
	readonly kind: 'message';
	readonly of: CustomerNode | GroupNode;
	/** Tells it from other messages of the same list, where there may be several. */
	readonly about?: string;
	readonly text: string;
	readonly icon: 'info' | 'warning' | 'error';
	/** What a click does. */
	readonly command?: { readonly id: string; readonly title: string; readonly argument?: unknown };
}

/** The first row of a view whose program needs attention. */
export interface StateNode {
	readonly kind: 'state';
	readonly programId: string;
	readonly state: 'rejected' | 'outdated' | 'offline' | 'checking';
}

export type ExplorerNode = StateNode | GroupNode | CustomerNode | TransactionNode | RewardNode | MoreNode | MessageNode;

/** The program that a row belongs to. */
export function programOf(node: GroupNode | CustomerNode | TransactionNode): string {
	return node.kind === 'group' ? node.programId : node.kind === 'customer' ? node.ref.programId : node.parent.ref.programId;
}

/** The stable identity of a node within its view. */
export function nodeId(node: ExplorerNode): string {
	switch (node.kind) {
		case 'state':
			return `${node.programId}/state`;
		case 'group':
			return `${node.programId}/${node.group}`;
		case 'customer':
			// Quoted, so that a key with slashes cannot take the identity of another customer's row.
			return `${node.ref.programId}/${node.group}/${JSON.stringify(node.ref.key)}`;
		case 'transaction':
			return `${nodeId(node.parent)}/t/${node.row.id}`;
		case 'reward':
			return `${nodeId(node.parent)}/r/${node.index}`;
		case 'more':
			return `${nodeId(node.of)}/more`;
		case 'message':
			return `${nodeId(node.of)}/message${node.about ?? ''}`;
	}
}

/** An identity that names no customer, for what is kept or may be logged. */
export function fingerprintOf(id: string): string {
	return hash('sha256', id, 'base64url').slice(0, 12);
}
