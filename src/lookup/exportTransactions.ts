// "Export transactions": all pages of one customer as CSV or JSON. The file appears as a whole or not at all.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { customerRefOf } from '../customers/ref.ts';
import type { CustomerStore } from '../customers/store.ts';
import type { CustomerRef } from '../customers/types.ts';
import { transactionCsv, transactionCsvHeader, transactionJson, transactionsJsonEnd } from '../format/csv.ts';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import type { Commands } from '../lifecycle/commands.ts';
import { PartneroError } from '../partnero/errors.ts';
import type { Transaction } from '../partnero/types.ts';
import type { ProgramRegistry } from '../programs/registry.ts';
import { describeError } from '../wording/errors.ts';

export interface ExportCommandOptions {
	readonly store: CustomerStore;
	readonly programs: ProgramRegistry;
	/** The customer of the detail panel that has the focus. */
	readonly activePanel: () => CustomerRef | undefined;
}

export class ExportCommand {
	readonly #options: ExportCommandOptions;
	readonly commands: Commands<'partnero.exportTransactions'> = {
		'partnero.exportTransactions': (argument) => {
			const ref = argument === undefined ? this.#options.activePanel() : customerRefOf(argument);
			return ref === undefined ? undefined : this.#export(ref);
		},
	};

	constructor(options: ExportCommandOptions) {
		this.#options = options;
	}

	async #export(ref: CustomerRef): Promise<void> {
		const target = await vscode.window.showSaveDialog({
			title: vscode.l10n.t('Export the transactions of {0}', inert(singleLine(ref.key, 80))),
			saveLabel: vscode.l10n.t('Export'),
			filters: { CSV: ['csv'], JSON: ['json'] },
			...defaultTarget(ref),
		});
		if (target === undefined) {
			return;
		}
		const program = this.#options.programs.get(ref.programId)?.name ?? '';
		try {
			const rows = await this.#loadAll(ref);
			if (rows !== undefined) {
				await writeWhole(target, exportBytes(rows, target.path.toLowerCase().endsWith('.json')));
				await this.#tellDone(target, rows.length);
			}
		} catch (error) {
			await vscode.window.showErrorMessage(vscode.l10n.t('Nothing was exported. {0}', reasonOf(error, program, ref.key)));
		}
	}

	/** Pages of its own: the list that the store shares may be loaded anew at any time. Undefined where the user cancelled. */
	async #loadAll(ref: CustomerRef): Promise<readonly Transaction[] | undefined> {
		const title = vscode.l10n.t('Exporting the transactions of {0}', inert(singleLine(ref.key, 80)));
		return vscode.window.withProgress(
			{ location: vscode.ProgressLocation.Notification, title, cancellable: true },
			async (progress, token) => {
				const abort = new AbortController();
				const cancelling = token.onCancellationRequested(() => abort.abort());
				const rows: Transaction[] = [];
				try {
					for await (const page of this.#options.store.eachTransactionPage(ref, abort.signal)) {
						for (const row of page.items) {
							rows.push(row);
						}
						progress.report({ message: vscode.l10n.t('{0} loaded', rows.length) });
					}
					return rows;
				} catch (error) {
					if (token.isCancellationRequested) {
						return undefined;
					}
					throw error;
				} finally {
					cancelling.dispose();
				}
			},
		);
	}

	async #tellDone(target: vscode.Uri, count: number): Promise<void> {
		const open = vscode.l10n.t('Open');
		const choice = await vscode.window.showInformationMessage(vscode.l10n.t('Transactions exported: {0}', count), open);
		if (choice === open) {
			await vscode.commands.executeCommand('vscode.open', target);
		}
	}
}

function reasonOf(error: unknown, program: string, key: string): string {
	if (PartneroError.is(error, 'cancelled')) {
		return vscode.l10n.t('The program was changed or disconnected meanwhile.');
	}
	// What the file system says is a sentence for the user.
	return PartneroError.is(error) || !(error instanceof Error) ? describeError(error, { program, key }) : inert(error.message);
}

function defaultTarget(ref: CustomerRef): { readonly defaultUri?: vscode.Uri } {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
	const name = `${ref.key.replaceAll(/[^\p{L}\p{N}._@+-]/gu, '_').slice(0, 80)}-transactions.csv`;
	return folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) };
}

/** Pieces of the file, so that 100,000 rows are never one string. */
function exportBytes(rows: readonly Transaction[], asJson: boolean): Uint8Array {
	const pieces = asJson
		? [...rows.map((row, index) => transactionJson(row, index === 0)), transactionsJsonEnd(rows.length === 0)]
		: [transactionCsvHeader(), ...rows.map(transactionCsv)];
	return Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'utf8')));
}

/** Written beside the target first: what fails half-way leaves the old file, and no half of a new one. */
async function writeWhole(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
	const partial = target.with({ path: `${target.path}.${randomUUID()}.partial` });
	try {
		await vscode.workspace.fs.writeFile(partial, bytes);
		await vscode.workspace.fs.rename(partial, target, { overwrite: true });
	} catch (error) {
		await vscode.workspace.fs.delete(partial).then(undefined, () => undefined);
		throw error;
	}
}
