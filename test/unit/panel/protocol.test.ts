// Neither side of the panel believes what it is sent before it has looked.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPanelRef, isToApp, isToHost } from '../../../src/panel/protocol.ts';
import { scenarios } from '../../panel/scenarios.ts';

describe("The panel's messages", () => {
	it('of every state are taken by the app, also after their way through JSON', () => {
		for (const { name, messages } of scenarios) {
			for (const message of messages) {
				assert.ok(isToApp(message), name);
				assert.ok(isToApp(JSON.parse(JSON.stringify(message))), name);
			}
		}
	});

	it('that are none are refused by both sides, and nothing throws', () => {
		fc.assert(
			fc.property(fc.anything(), (message) => {
				assert.equal(isToApp(message), false);
				assert.equal(isToHost(message), false);
			}),
		);
		fc.assert(
			fc.property(
				fc.constantFrom('init', 'customer', 'transactions', 'announce', 'run', 'copyText', 'received', 'copyTransaction', 'lookIn'),
				(type) => {
					assert.equal(isToApp({ type }), false);
					assert.equal(isToHost({ type }), false);
				},
			),
		);
	});

	it("cannot run any command but the panel's own", () => {
		assert.ok(isToHost({ type: 'run', command: 'partnero.copyKey' }));
		for (const command of ['workbench.action.quit', 'partnero.disconnectProgram', 'toString', '', undefined]) {
			assert.equal(isToHost({ type: 'run', command }), false);
		}
	});

	it('name a panel only with a program and a key', () => {
		assert.ok(isPanelRef({ programId: 'p1', key: 'customer_123', ui: {} }));
		for (const state of [undefined, null, {}, { programId: 'p1' }, { programId: 'p1', key: '' }, { programId: 1, key: 'k' }, 'p1']) {
			assert.equal(isPanelRef(state), false);
		}
	});
});
