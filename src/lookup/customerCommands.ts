// What can be done with one customer, wherever it is shown: the tree, the panel, the hover and the look-up call these commands with a
// customer ref. Commands are the seam between the rooms that show things.
import * as vscode from 'vscode';
import type { KeyHistory } from '../customers/history.ts';
import { customerRefOf, customerRefOfUri, customerUri } from '../customers/ref.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { encodeCustomerKey } from '../partnero/customerKey.ts';
import type { ProgramRegistry } from '../programs/registry.ts';
import { describeError, notACustomer } from '../wording/errors.ts';

export interface CustomerCommandsOptions {
	readonly store: CustomerStore;
	readonly history: KeyHistory;
	readonly programs: ProgramRegistry;
	/** Opens or reveals the detail panel. */
	readonly showPanel: (ref: CustomerRef) => Promise<void>;
	/** The customer of the detail panel that has the focus, for commands without an argument. */
	readonly activePanel: () => CustomerRef | undefined;
}

export type CustomerCommandId =
	| 'partnero.openDetails'
	| 'partnero.openJson'
	| 'partnero.copyKey'
	| 'partnero.copyEmail'
	| 'partnero.copyAsCurl'
	| 'partnero.pin'
	| 'partnero.unpin'
	| 'partnero.removeFromRecent';

export class CustomerCommands {
	readonly #options: CustomerCommandsOptions;
	readonly commands: Commands<CustomerCommandId> = {
		'partnero.openDetails': this.#forCustomer((ref) => this.#options.showPanel(ref)),
		'partnero.openJson': this.#forCustomer((ref) => this.#openJson(ref)),
		'partnero.copyKey': (argument, selection) => this.#copyKeys(argument, selection),
		'partnero.copyEmail': this.#forCustomer((ref) => this.#copyEmail(ref)),
		'partnero.copyAsCurl': this.#forCustomer((ref) => this.#copyAsCurl(ref)),
		'partnero.pin': this.#forCustomer((ref) => this.#options.history.pin(ref)),
		'partnero.unpin': this.#forCustomer((ref) => this.#options.history.unpin(ref)),
		'partnero.removeFromRecent': this.#forCustomer((ref) => this.#options.history.removeFromRecent(ref)),
	};

	constructor(options: CustomerCommandsOptions) {
		this.#options = options;
	}

	/** The customer is the argument's, or without one that of the detail panel in front. An argument that names none means no other customer. */
	#forCustomer(run: (ref: CustomerRef) => unknown): (argument?: unknown) => unknown {
		return (argument) => {
			const ref = argument === undefined ? this.#options.activePanel() : customerRefOf(argument);
			return ref === undefined ? undefined : run(ref);
		};
	}

	/** One key, or those of all selected rows, one a line, where the row that was called is one of them. */
	async #copyKeys(argument: unknown, selection: unknown): Promise<void> {
		const rows: readonly unknown[] = Array.isArray(selection) && selection.includes(argument) ? selection : [argument];
		const called = argument === undefined ? [this.#options.activePanel()] : rows.map(customerRefOf);
		const keys = [...new Set(called.flatMap((ref) => (ref === undefined ? [] : [ref.key])))];
		if (keys.length > 0) {
			const told = keys.length === 1 ? vscode.l10n.t('Customer key copied.') : vscode.l10n.t('{0} customer keys copied.', keys.length);
			await copy(keys.join('\n'), told);
		}
	}

	async #openJson(ref: CustomerRef): Promise<void> {
		// The document shows what is known; this is the question behind it. A failure is told by the document.
		await this.#options.store.get(ref).catch(() => undefined);
		await vscode.window.showTextDocument(customerUri(ref), { preview: true });
	}

	async #copyAsCurl(ref: CustomerRef): Promise<void> {
		const baseUrl = await this.#options.programs.baseUrlOf(ref.programId);
		await copy(curlOf(baseUrl, ref.key), vscode.l10n.t('cURL command copied.'));
	}

	async #copyEmail(ref: CustomerRef): Promise<void> {
		const { customer } = await this.#options.store.get(ref).catch(() => this.#options.store.peek(ref));
		if (customer?.email === undefined) {
			vscode.window.setStatusBarMessage(vscode.l10n.t('{0} has no e-mail address.', inert(singleLine(ref.key, 80))), 4000);
			return;
		}
		await copy(customer.email, vscode.l10n.t('E-mail address copied.'));
	}
}

async function copy(text: string, told: string): Promise<void> {
	await vscode.env.clipboard.writeText(text);
	vscode.window.setStatusBarMessage(`$(check) ${told}`, 3000);
}

/** The customer's answer as a read-only document. */
export class CustomerJson implements vscode.TextDocumentContentProvider {
	readonly #options: Pick<CustomerCommandsOptions, 'store' | 'programs'>;

	constructor(options: Pick<CustomerCommandsOptions, 'store' | 'programs'>) {
		this.#options = options;
	}

	async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
		const ref = customerRefOfUri(uri);
		if (ref === undefined) {
			return `// ${vscode.l10n.t('This link does not point to a customer.')}\n`;
		}
		const program = this.#options.programs.get(ref.programId)?.name ?? '?';
		const abort = new AbortController();
		const cancelling = token.onCancellationRequested(() => abort.abort());
		try {
			const known = this.#options.store.peek(ref);
			if (known.error !== undefined && known.customer === undefined) {
				throw known.error;
			}
			// What is known is shown as it is: asking here would answer a change with a question, and that with a change.
			const { customer } = known.loadedAt === undefined ? await this.#options.store.get(ref, { signal: abort.signal }) : known;
			return customer === undefined ? `// ${notACustomer(ref.key, program)}\n` : `${JSON.stringify(customer.raw, null, 2)}\n`;
		} catch (error) {
			return `// ${describeError(error, { program, key: ref.key })}\n`;
		} finally {
			cancelling.dispose();
		}
	}
}

/** The page's own cURL line for this customer. The API key stays a variable. */
export function curlOf(baseUrl: string, key: string): string {
	// An address holds no quote but the apostrophe, which would end the shell's string.
	const url = `${baseUrl}/customers/${encodeCustomerKey(key)}`.replaceAll("'", '%27');
	return [
		`curl --location '${url}' \\`,
		"  --header 'Accept: application/json' \\",
		'  --header "Authorization: Bearer $PARTNERO_API_KEY"',
	].join('\n');
}
