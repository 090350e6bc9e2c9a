// Nothing outlives its owner.
import assert from 'node:assert/strict';
import { Disposable } from '../../../src/lifecycle/disposable.ts';

class Owner extends Disposable {
	own(name: string, log: string[], also?: () => void): void {
		this._register({
			dispose: () => {
				log.push(name);
				also?.();
			},
		});
	}

	get over(): boolean {
		return this.disposed;
	}
}

describe('Disposable', () => {
	it('disposes of what it owns once, last first', () => {
		const log: string[] = [];
		const owner = new Owner();
		owner.own('first', log);
		owner.own('second', log);
		assert.equal(owner.over, false);
		owner.dispose();
		owner.dispose();
		assert.deepEqual(log, ['second', 'first']);
		assert.equal(owner.over, true);
	});

	it('disposes at once of what it is given too late, also while it is being disposed of', () => {
		const log: string[] = [];
		const owner = new Owner();
		owner.own('outer', log, () => owner.own('late', log));
		owner.dispose();
		owner.own('afterwards', log);
		assert.deepEqual(log, ['outer', 'late', 'afterwards']);
	});

	it('goes on with the others when one fails, and then says so', () => {
		const log: string[] = [];
		const owner = new Owner();
		owner.own('first', log);
		owner.own('failing', log, () => {
			throw new Error('cannot close');
		});
		owner.own('last', log);
		assert.throws(() => owner.dispose(), /cannot close/);
		assert.deepEqual(log, ['last', 'failing', 'first']);
	});
});
