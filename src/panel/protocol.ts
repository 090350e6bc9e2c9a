// What the detail panel's two sides say to each other: the extension host, which asks Partnero, and the app in the webview, which shows.
// Both sides check what they receive with the guards below. Nothing secret crosses here: no API key, no header, no URL.
import type { PartneroErrorKind } from '../partnero/errors.ts';
import type { Amount } from '../partnero/types.ts';
import type { PanelStrings } from './strings.ts';

/** The panel's identity, and all that is stored of it beside the state of its controls. */
export interface PanelRef {
	readonly programId: string;
	readonly key: string;
}

/** A field without a place of its own: its name, and its value as text. */
export interface FieldView {
	readonly name: string;
	readonly value: string;
}

export interface RewardView extends Amount {
	readonly key?: string;
	readonly action?: string;
	readonly status?: string;
	readonly partner?: string;
	readonly createdAt?: string;
	readonly deletedAt?: string;
	/** Product data and fields that we do not know. */
	readonly fields: readonly FieldView[];
}

export interface TransactionView extends Amount {
	/** Unique in the list. */
	readonly id: string;
	readonly key?: string;
	readonly action?: string;
	readonly partner?: string;
	readonly customer?: string;
	readonly createdAt?: string;
	readonly deletedAt?: string;
	readonly rewards: readonly RewardView[];
	readonly fields: readonly FieldView[];
	/** It came while the customer was watched. */
	readonly arrived?: true;
}

export interface CustomerView {
	readonly kind: 'affiliate' | 'referral';
	readonly key: string;
	readonly referralCode?: string;
	readonly name?: string;
	readonly email?: string;
	readonly status?: string;
	readonly partner?: string;
	readonly partnerName?: string;
	readonly referringCustomer?: { readonly id?: string; readonly key?: string; readonly email?: string };
	readonly deleted: boolean;
	readonly createdAt?: string;
	readonly updatedAt?: string;
	readonly deletedAt?: string;
	readonly tags: readonly string[];
	readonly fields: readonly FieldView[];
	/** The object as answered, indented; cut where it is very long. */
	readonly json: string;
	readonly jsonCut: boolean;
}

export interface ProgramView {
	readonly name: string;
	readonly sample: boolean;
	/** Partnero does not accept the program's API key any more. */
	readonly rejected: boolean;
	readonly connected: boolean;
}

/** Why a question failed, in words for the user. */
export interface ErrorView {
	readonly kind: PartneroErrorKind;
	readonly message: string;
	/** Milliseconds from the moment the message was sent until asking again is worth it. */
	readonly retryIn?: number;
}

/** Everything about the customer but the transactions. Ages are in milliseconds, as of the moment the message was sent. */
export interface CustomerMessage {
	readonly type: 'customer';
	readonly program: ProgramView;
	readonly pinned: boolean;
	readonly customer?: CustomerView;
	readonly absent: boolean;
	/** Where else somebody who is absent may be: the other programs that are connected. */
	readonly others?: readonly OtherProgram[];
	readonly age?: number;
	readonly error?: ErrorView;
	readonly loading: boolean;
}

export interface OtherProgram {
	readonly id: string;
	readonly name: string;
}

/**
 * A part of the transactions that are loaded. Lists travel in parts, the next one after the app has taken the one before, so that a click
 * never waits behind 100,000 rows. A new `epoch` starts the list anew.
 */
export interface TransactionsMessage {
	readonly type: 'transactions';
	readonly epoch: number;
	/** Position of the first row of this part. */
	readonly start: number;
	readonly rows: readonly TransactionView[];
	/** How many rows the host has, those that have not travelled yet included. */
	readonly loaded: number;
	/** Every page is loaded. */
	readonly complete: boolean;
	readonly unreadable: number;
	readonly age?: number;
	readonly error?: ErrorView;
	readonly loading: boolean;
	/** "Load all" is running. */
	readonly loadingAll: boolean;
	/** New transactions are asked for from time to time. */
	readonly watched: boolean;
}

interface InitMessage {
	readonly type: 'init';
	readonly ref: PanelRef;
	readonly locale: string;
	readonly strings: PanelStrings;
}

/** Something that happened on the other side and that a screen reader should say. */
interface AnnounceMessage {
	readonly type: 'announce';
	readonly what: 'copied' | 'loadAllStopped';
}

export type ToApp = InitMessage | CustomerMessage | TransactionsMessage | AnnounceMessage;

/** Commands that the panel may run, on its own customer alone. */
const panelCommands = [
	'partnero.pin',
	'partnero.unpin',
	'partnero.copyKey',
	'partnero.copyEmail',
	'partnero.copyAsCurl',
	'partnero.openJson',
	'partnero.exportTransactions',
	'partnero.watchCustomer',
	'partnero.replaceApiKey',
	'partnero.connectProgram',
	'partnero.lookUpCustomer',
	'partnero.showLog',
] as const;
export type PanelCommand = (typeof panelCommands)[number];

export type ToHost =
	/** The app is there and knows nothing yet. */
	| { readonly type: 'ready' }
	/** Ask Partnero anew, for the customer and the first page. */
	| { readonly type: 'refresh' }
	| { readonly type: 'loadMore' }
	| { readonly type: 'loadAll' }
	| { readonly type: 'cancelLoadAll' }
	/** The app has all rows up to here; the next part may come. */
	| { readonly type: 'received'; readonly epoch: number; readonly count: number }
	/** The app lost track of the list and wants it from the start. */
	| { readonly type: 'resend' }
	| { readonly type: 'run'; readonly command: PanelCommand }
	| { readonly type: 'copyText'; readonly text: string }
	/** Copy a transaction as answered, as JSON. */
	| { readonly type: 'copyTransaction'; readonly id: string }
	/** Look the key up in another program. */
	| { readonly type: 'lookIn'; readonly programId: string };

const plainRequests: ReadonlySet<unknown> = new Set(['ready', 'refresh', 'loadMore', 'loadAll', 'cancelLoadAll', 'resend']);
const longestCopy = 1_000_000;

/** Whether a message from the webview is one that the host knows. */
export function isToHost(message: unknown): message is ToHost {
	if (!isRecord(message)) {
		return false;
	}
	switch (message.type) {
		case 'received':
			return Number.isSafeInteger(message.epoch) && Number.isSafeInteger(message.count);
		case 'run':
			return panelCommands.some((command) => command === message.command);
		case 'copyText':
			return typeof message.text === 'string' && message.text.length <= longestCopy;
		case 'copyTransaction':
			return typeof message.id === 'string';
		case 'lookIn':
			return typeof message.programId === 'string';
		default:
			return plainRequests.has(message.type);
	}
}

/** Whether a message from the host is one that the app knows. */
export function isToApp(message: unknown): message is ToApp {
	if (!isRecord(message)) {
		return false;
	}
	switch (message.type) {
		case 'init':
			return isPanelRef(message.ref) && typeof message.locale === 'string' && isRecord(message.strings);
		case 'customer':
			return isRecord(message.program) && typeof message.absent === 'boolean' && isCustomerViewOrNothing(message.customer);
		case 'transactions':
			return (
				Number.isSafeInteger(message.epoch) &&
				Number.isSafeInteger(message.start) &&
				Number.isSafeInteger(message.loaded) &&
				Array.isArray(message.rows) &&
				message.rows.every(isTransactionView)
			);
		case 'announce':
			return message.what === 'copied' || message.what === 'loadAllStopped';
		default:
			return false;
	}
}

/** Whether a value names a panel: what VS Code hands back after a reload has to be checked as any other input. */
export function isPanelRef(value: unknown): value is PanelRef {
	return isRecord(value) && typeof value.programId === 'string' && typeof value.key === 'string' && value.key !== '';
}

function isCustomerViewOrNothing(value: unknown): boolean {
	return (
		value === undefined || (isRecord(value) && typeof value.key === 'string' && Array.isArray(value.tags) && Array.isArray(value.fields))
	);
}

function isTransactionView(value: unknown): value is TransactionView {
	return isRecord(value) && typeof value.id === 'string' && Array.isArray(value.rewards) && Array.isArray(value.fields);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
