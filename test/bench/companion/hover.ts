// A hover by the packed editor features over the editor's own document, all that it needs being in the cache.
import * as vscode from 'vscode';
import { KeyHistory } from '../../../src/customers/history.ts';
import { KnownKeys } from '../../../src/customers/knownKeys.ts';
import { CustomerStore } from '../../../src/customers/store.ts';
import type * as editor from '../../../src/editor/index.ts';
import type { PartneroClient } from '../../../src/partnero/index.ts';
import type { Customer } from '../../../src/partnero/types.ts';
import type { ConnectedProgram } from '../../../src/programs/registry.ts';
import { Settings } from '../../../src/settings/settings.ts';
import { loadBundle } from './installed.ts';
import type { Asked, TaskResult } from './tasks.ts';

const program: ConnectedProgram = { id: 'bench', name: 'Bench', sample: false };

/** A client that knows everybody at once. */
function knowingClient(): PartneroClient {
	const unasked = (): never => {
		throw new Error('Not asked for here');
	};
	const getCustomer = async (key: string): Promise<Customer> => ({
		kind: 'affiliate',
		key,
		name: 'Alice',
		surname: 'Brown',
		email: 'alice.brown@example.com',
		status: 'active',
		partner: 'partner_123',
		tags: ['premium', 'early'],
		deleted: false,
		other: {},
		raw: {},
	});
	return {
		getCustomer,
		listCustomerTransactions: unasked,
		listCustomers: unasked,
		searchCustomers: unasked,
		getPartner: unasked,
		verify: unasked,
		close: () => undefined,
	};
}

export async function measureHover({ file, hovers, edits }: Asked<'hover'>): Promise<TaskResult<'hover'>> {
	const { EditorFeatures } = loadBundle<typeof editor>('editor');
	const document = await vscode.workspace.openTextDocument(file);
	const settings = new Settings();
	const storage = { keys: () => [], get: () => undefined, update: async () => undefined } as unknown as vscode.Memento;
	const store = new CustomerStore({ client: async () => knowingClient(), timeToLive: () => 3_600_000, now: Date.now });
	const history = new KeyHistory({ storage, enabled: () => true, size: () => 25 });
	const known = new KnownKeys(store, history);
	const features = new EditorFeatures({
		store,
		activeProgram: () => program,
		knownKeys: (id) => known.of(id),
		settings,
		onDidChangeProgram: () => ({ dispose: () => undefined }),
	});
	const token = new vscode.CancellationTokenSource().token;
	const text = document.getText();
	const places = [...text.matchAll(/(?<=key: ')user_\d+/g)].map(({ index }) => document.positionAt(index + 2));
	const hoverAt = async (position: vscode.Position) => {
		const begun = performance.now();
		const hover = await features.hover(document, position, token);
		return { took: performance.now() - begun, hover };
	};
	let cards = 0;
	const one = async (index: number, times: number[]) => {
		const place = places[(index * 7919) % places.length];
		if (place !== undefined) {
			const { took, hover } = await hoverAt(place);
			times.push(took);
			cards += hover === undefined ? 0 : 1;
		}
	};
	// Each is asked for once, so that all are in the cache.
	const before: number[] = [];
	for (let index = 0; index < places.length; index += 1) {
		await one(index, before);
	}
	cards = 0;
	const cached: number[] = [];
	for (let index = 0; index < hovers; index += 1) {
		await one(index, cached);
	}
	const afterEdit: number[] = [];
	for (let index = 0; index < edits; index += 1) {
		const edit = new vscode.WorkspaceEdit();
		edit.insert(document.uri, new vscode.Position(document.lineCount - 1, 0), 'x');
		await vscode.workspace.applyEdit(edit);
		await one(index, afterEdit);
	}
	// A file that is not saved would stay open.
	await document.save();
	for (const part of [features, known, history, store, settings]) {
		part.dispose();
	}
	return { cached, afterEdit, cards, keys: places.length };
}
