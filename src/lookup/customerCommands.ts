// What can be done with one customer, wherever it is shown: the tree, the panel, the hover and the look-up call these commands with a
// customer ref. Commands are the seam between the rooms that show things.
import * as vscode from 'vscode';
import type { KeyHistory } from '../customers/history.ts';
import { customerRefOf, customerRefOfUri, customerScheme, customerUri } from '../customers/ref.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { Disposable } from '../lifecycle/disposable.ts';
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
	/** The setting `partnero.apiBaseUrl`. */
	readonly baseUrl: () => string;
}

export class CustomerCommands extends Disposable {
	private readonly options: CustomerCommandsOptions;

	constructor(options: CustomerCommandsOptions) {
		super();
		this.options = options;
		const commands: Readonly<Record<string, (ref: CustomerRef) => Promise<unknown>>> = {
			'partnero.openDetails': (ref) => options.showPanel(ref),
			'partnero.openJson': (ref) => this.openJson(ref),
			'partnero.copyKey': (ref) => this.copy(ref.key, vscode.l10n.t('Customer key copied.')),
			'partnero.copyEmail': (ref) => this.copyEmail(ref),
			'partnero.copyAsCurl': (ref) => this.copy(curlOf(options.baseUrl(), ref.key), vscode.l10n.t('cURL command copied.')),
			'partnero.pin': (ref) => options.history.pin(ref),
			'partnero.unpin': (ref) => options.history.unpin(ref),
			'partnero.removeFromRecent': (ref) => options.history.removeFromRecent(ref),
		};
		for (const [id, run] of Object.entries(commands)) {
			this._register(
				vscode.commands.registerCommand(id, async (argument: unknown) => {
					const ref = customerRefOf(argument) ?? options.activePanel();
					return ref === undefined ? undefined : run(ref);
				}),
			);
		}
		this._register(vscode.workspace.registerTextDocumentContentProvider(customerScheme, new CustomerJson(options)));
	}

	private async openJson(ref: CustomerRef): Promise<void> {
		await vscode.window.showTextDocument(customerUri(ref), { preview: true });
	}

	private async copyEmail(ref: CustomerRef): Promise<void> {
		const { customer } = await this.options.store.get(ref).catch(() => this.options.store.peek(ref));
		if (customer?.email === undefined) {
			vscode.window.setStatusBarMessage(vscode.l10n.t('{0} has no e-mail address.', ref.key), 4000);
			return;
		}
		await this.copy(customer.email, vscode.l10n.t('E-mail address copied.'));
	}

	private async copy(text: string, told: string): Promise<void> {
		await vscode.env.clipboard.writeText(text);
		vscode.window.setStatusBarMessage(`$(check) ${told}`, 3000);
	}
}

/** The customer's answer as a read-only document. */
class CustomerJson implements vscode.TextDocumentContentProvider {
	private readonly options: CustomerCommandsOptions;

	constructor(options: CustomerCommandsOptions) {
		this.options = options;
	}

	async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
		const ref = customerRefOfUri(uri);
		if (ref === undefined) {
			return `// ${vscode.l10n.t('This address names no customer.')}\n`;
		}
		const program = this.options.programs.get(ref.programId)?.name ?? '?';
		const abort = new AbortController();
		const cancelling = token.onCancellationRequested(() => abort.abort());
		try {
			const { customer } = await this.options.store.get(ref, { signal: abort.signal });
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
	// Encoded keys hold no quote but the apostrophe, which would end the shell's string.
	const url = `${baseUrl.replace(/\/+$/, '')}/customers/${encodeCustomerKey(key).replaceAll("'", '%27')}`;
	return [
		`curl --location '${url}' \\`,
		"  --header 'Accept: application/json' \\",
		'  --header "Authorization: Bearer $PARTNERO_API_KEY"',
	].join('\n');
}
