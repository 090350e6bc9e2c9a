// Where the user stands with a program: what the Customers view says first.
import assert from 'node:assert/strict';
import { type ConnectionState, connectionState } from '../../../src/programs/connectionState.ts';
import type { ConnectedProgram, ProgramState } from '../../../src/programs/registry.ts';

const acme: ConnectedProgram = { id: 'acme', name: 'ACME', sample: false };
const fine: ProgramState = { rejected: false };

describe('The state of the connection', () => {
	const states: readonly (readonly [string, ConnectedProgram | undefined, boolean, ProgramState, ConnectionState])[] = [
		['there is no program', undefined, false, fine, 'none'],
		['the key of the first program is being checked', undefined, true, fine, 'checking'],
		['all is well', acme, false, fine, 'ready'],
		['requests wait because of a rate limit', acme, false, { rejected: false, pausedUntil: 1 }, 'ready'],
		['a further program is being connected', acme, true, fine, 'ready'],
		['the key was rejected', acme, false, { rejected: true }, 'rejected'],
		['a new key for the rejected one is being checked', acme, true, { rejected: true }, 'checking'],
		['another window replaced the key', acme, false, { rejected: false, keyElsewhere: true }, 'outdated'],
		['Partnero cannot be reached', acme, false, { rejected: false, offline: true }, 'offline'],
		['the key was rejected before the network went', acme, false, { rejected: true, offline: true }, 'rejected'],
	];
	for (const [when, active, checking, state, expected] of states) {
		it(`is "${expected}" when ${when}`, () => {
			assert.equal(connectionState({ active, checking, state: () => state }), expected);
		});
	}
});
