// "Keys in this file": what its rows say, and when VS Code is told to make them anew.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import type { TreeItem } from 'vscode';
import { type KeyNode, KeysView, type KeysViewOptions } from '../../../src/editor/keysView.ts';
import { EventEmitter, Position } from '../../fake-vscode/vscode.ts';
import { customerOf } from '../customers/scriptedClient.ts';

const acme = { id: 'acme', name: 'ACME', sample: false };

describe('The view "Keys in this file"', () => {
	const document = { uri: 'file:///sale.ts', positionAt: (offset: number) => new Position(offset, 0) };
	const customers = new EventEmitter<{ readonly what: 'customer' | 'transactions' }>();
	const results = new EventEmitter<void>();
	const files = new EventEmitter<void>();
	const visibility = new EventEmitter<void>();
	let matches: { readonly key: string; readonly start: number; readonly end: number }[];
	let names: Record<string, string>;
	let found: Record<string, string>;
	let shown: { visible: boolean; description: string; onDidChangeVisibility: unknown };
	let view: KeysView;
	let told: (KeyNode[] | undefined)[];
	let rows: KeyNode[];

	/** VS Code asks for all rows. */
	function read(): TreeItem[] {
		rows = view.getChildren();
		return rows.map((node) => view.getTreeItem(node));
	}

	beforeEach(() => {
		mock.timers.enable({ apis: ['setTimeout'] });
		matches = ['alice', 'bob', 'alice'].map((key, index) => ({ key, start: index * 10, end: index * 10 + 5 }));
		names = {};
		found = {};
		shown = { visible: true, description: '', onDidChangeVisibility: visibility.event };
		view = new KeysView({
			store: {
				onDidChange: customers.event,
				peek: ({ key }: { readonly key: string }) => (names[key] === undefined ? {} : { customer: customerOf(key, { name: names[key] }) }),
			},
			keys: { all: () => matches },
			check: { onDidChange: results.event, result: (_: unknown, key: string) => found[key] },
			file: { document, onDidChange: files.event },
			activeProgram: () => acme,
			onDidChangeProgram: new EventEmitter<void>().event,
			view: shown,
		} as unknown as KeysViewOptions);
		told = [];
		view.onDidChangeTreeData((nodes) => told.push(nodes));
		read();
	});
	afterEach(() => {
		view.dispose();
		mock.timers.reset();
	});

	it('has a row for each place of a key', () => {
		assert.deepEqual(
			read().map(({ label, description }) => [label, description]),
			[
				['alice', 'line 1'],
				['bob', 'line 11'],
				['alice', 'line 21'],
			],
		);
	});

	it('has the rows of one customer made anew, and no other, when the name is known', () => {
		names = { alice: 'Alice Brown' };
		customers.fire({ what: 'customer' });
		customers.fire({ what: 'customer' });
		mock.timers.tick(50);
		assert.deepEqual(told, [[rows[0], rows[2]]]);
		assert.equal(view.getTreeItem(rows[0] as KeyNode).description, 'Alice Brown · found · line 1');
	});

	it('has no row made anew for what no row says', () => {
		customers.fire({ what: 'customer' });
		customers.fire({ what: 'transactions' });
		results.fire();
		mock.timers.tick(50);
		assert.deepEqual(told, []);
	});

	it('has the rows made anew that the check has a result for', () => {
		found = { bob: 'absent' };
		results.fire();
		mock.timers.tick(50);
		assert.deepEqual(told, [[rows[1]]]);
	});

	it('has all rows made anew when a key came, went or moved', () => {
		const [alice, bob, again] = matches as [(typeof matches)[0], (typeof matches)[0], (typeof matches)[0]];
		for (const next of [
			[alice, bob],
			[alice, again],
			[alice, { ...bob, start: 30 }, again],
		]) {
			matches = next;
			customers.fire({ what: 'customer' });
			mock.timers.tick(50);
			assert.deepEqual(told.splice(0), [undefined]);
			read();
		}
	});

	it('costs nothing while it is hidden, and is up to date when it is shown', () => {
		shown.visible = false;
		names = { bob: 'Bob' };
		customers.fire({ what: 'customer' });
		mock.timers.tick(1000);
		assert.deepEqual(told, []);
		shown.visible = true;
		visibility.fire();
		mock.timers.tick(0);
		assert.deepEqual(told, [[rows[1]]]);
	});
});
