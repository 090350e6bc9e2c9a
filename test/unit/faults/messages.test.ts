// Messages between the panel's two sides that are nearly right: one part of a good one is gone or is something else.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isPanelRef, isToApp, isToHost, type ToHost } from '../../../src/panel/protocol.ts';
import { scenarios } from '../../panel/scenarios.ts';

const toHost: readonly ToHost[] = [
	{ type: 'ready' },
	{ type: 'loadAll' },
	{ type: 'received', epoch: 1, count: 100 },
	{ type: 'run', command: 'partnero.copyKey' },
	{ type: 'copyText', text: 'customer_123' },
	{ type: 'copyTransaction', id: 'a@b#1' },
];
const toApp: readonly unknown[] = scenarios.flatMap(({ messages }) => messages);

/** The message with one of its parts replaced, or without it where the replacement is `gone`. */
const gone = Symbol('gone');
function spoiled(message: unknown, path: readonly number[], replacement: unknown): unknown {
	if (typeof message !== 'object' || message === null || path.length === 0 || Object.keys(message).length === 0) {
		return replacement === gone ? undefined : replacement;
	}
	const [turn = 0, ...further] = path;
	const name = Object.keys(message).at(turn % Object.keys(message).length) ?? '';
	const changed = spoiled(Reflect.get(message, name), further, replacement);
	const copy = Object.assign(Array.isArray(message) ? [] : {}, message);
	if (changed === undefined) {
		Reflect.deleteProperty(copy, name);
	} else {
		Object.defineProperty(copy, name, { value: changed, enumerable: true, configurable: true, writable: true });
	}
	return copy;
}

const path = fc.array(fc.nat(40), { minLength: 1, maxLength: 4 });
const replacement = fc.oneof(
	fc.constant(gone),
	fc.anything(),
	fc.constantFrom('__proto__', 'partnero.disconnectProgram', -1, 1.5, Number.NaN, null, [], {}),
);

describe('A message that is nearly right', () => {
	it('is refused by the host, or means something that the host does', () => {
		fc.assert(
			fc.property(fc.constantFrom(...toHost), path, replacement, (message, way, other) => {
				const changed = spoiled(message, way, other);
				if (!isToHost(changed)) {
					return;
				}
				switch (changed.type) {
					case 'received':
						assert.ok(Number.isSafeInteger(changed.epoch) && Number.isSafeInteger(changed.count));
						break;
					case 'run':
						assert.match(changed.command, /^partnero\.\w+$/);
						assert.notEqual(changed.command, 'partnero.disconnectProgram');
						break;
					case 'copyText':
						assert.equal(typeof changed.text, 'string');
						break;
					case 'copyTransaction':
						assert.equal(typeof changed.id, 'string');
						break;
				}
			}),
			{ numRuns: 2000 },
		);
	});

	it('is refused by the app, or has all that its kind must have', () => {
		fc.assert(
			fc.property(fc.constantFrom(...toApp), path, replacement, (message, way, other) => {
				const changed = spoiled(message, way, other);
				if (!isToApp(changed)) {
					return;
				}
				switch (changed.type) {
					case 'init':
						assert.ok(isPanelRef(changed.ref));
						assert.equal(typeof changed.locale, 'string');
						break;
					case 'customer':
						assert.equal(typeof changed.absent, 'boolean');
						assert.ok(changed.customer === undefined || Array.isArray(changed.customer.tags));
						break;
					case 'transactions':
						assert.ok([changed.epoch, changed.start, changed.loaded].every(Number.isSafeInteger));
						assert.ok(changed.rows.every(({ id, rewards }) => typeof id === 'string' && Array.isArray(rewards)));
						break;
					case 'announce':
						assert.ok(['copied', 'loadAllStopped'].includes(changed.what));
						break;
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
