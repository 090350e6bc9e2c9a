// Many keys before a call: each ends in a person, in nobody or in a failure that can be tried again, in the program that was asked and no other.
import assert from 'node:assert/strict';
import { mock } from 'node:test';
import { CustomerStore } from '../../../src/customers/store.ts';
import type { CustomerRef } from '../../../src/customers/types.ts';
import { CheckKeysCommand, type CheckKeysOptions } from '../../../src/lookup/checkKeys.ts';
import { PartneroError } from '../../../src/partnero/errors.ts';
import { type FakeQuickPick, shownQuickPick } from '../../fake-vscode/vscode.ts';
import { type Call, customerOf, ScriptedClient, settled } from '../customers/scriptedClient.ts';

const acme = { id: 'acme', name: 'ACME', sample: false };
const beta = { id: 'beta', name: 'BETA', sample: false };

describe('Several keys that are checked together', () => {
	let clients: Record<string, ScriptedClient>;
	let store: CustomerStore;
	let opened: CustomerRef[];
	let command: CheckKeysCommand;

	beforeEach(() => {
		mock.timers.enable({ apis: ['setTimeout'] });
		clients = { acme: new ScriptedClient(), beta: new ScriptedClient() };
		store = new CustomerStore({
			client: async (id) => clients[id] ?? assert.fail(id),
			timeToLive: () => 60_000,
			now: () => 0,
		});
		opened = [];
		const options = { store, programs: { elsewhere: () => [beta], active: acme }, showPanel: async (ref: CustomerRef) => opened.push(ref) };
		command = new CheckKeysCommand(options as unknown as CheckKeysOptions);
	});
	afterEach(() => {
		pick().dispose();
		store.dispose();
		mock.timers.reset();
	});

	function pick(): FakeQuickPick {
		return shownQuickPick ?? assert.fail('there is no list');
	}

	/** Answers what is asked of a program until nothing more is asked. */
	async function answerAll(program: string, answer: (call: Call) => void): Promise<void> {
		const calls = clients[program]?.calls ?? [];
		for (let next = calls.length, done = 0; done < next || calls.length > done; next = calls.length) {
			for (const call of calls.slice(done, next)) {
				answer(call);
			}
			done = next;
			await settled();
		}
		mock.timers.tick(1000);
		await settled();
	}

	async function check(keys: readonly string[], answer: (call: Call) => void): Promise<void> {
		command.commands['partnero.checkKeys'](keys);
		await settled();
		await answerAll('acme', answer);
	}

	/** Alice and Bob are customers of ACME; jane@ is the address of two more. */
	function acmeAnswers({ question, about, answer, fail }: Call): void {
		if (question === 'search') {
			answer(about === 'jane@example.com' ? [customerOf('j1', { name: 'Jane' }), customerOf('j2', { name: 'Jane II' })] : []);
		} else if (about === 'alice' || about === 'bob') {
			answer(customerOf(about, { name: about.toUpperCase(), status: 'active', partner: 'p1' }));
		} else {
			fail(new PartneroError('not-found', { status: 404 }));
		}
	}

	it('are said to be asked for from the first moment, not to be unchecked', async () => {
		command.commands['partnero.checkKeys'](['alice', 'bob']);
		assert.deepEqual([pick().busy, pick().rows, pick().title], [true, ['alice', 'bob'], '0 of 2 keys checked in ACME']);
	});

	it('end in a person or in nobody, an e-mail address in all who have it', async () => {
		await check(['alice', 'nobody', 'jane@example.com', 'no@example.com'], acmeAnswers);
		assert.deepEqual(pick().rows, [
			'alice | ALICE · active · partner p1',
			'nobody | not a customer of ACME',
			'jane@example.com | j1 · Jane · no partner',
			'jane@example.com | j2 · Jane II · no partner',
			'no@example.com | not a customer of ACME',
			'Look in BETA | nobody, no@example.com',
		]);
		assert.equal(pick().title, 'ACME · Keys: 4. Found: 2, not found: 2, failed: 0, not checked: 0');
		pick().choose('jane@example.com');
		assert.deepEqual(opened, [{ programId: 'acme', key: 'j1' }]);
	});

	it('are looked for in another program where they are not found, and only these', async () => {
		await check(['alice', 'nobody', 'no@example.com'], acmeAnswers);
		pick().choose('Look in BETA');
		await settled();
		await answerAll('beta', ({ question, about, answer, fail }) =>
			question === 'customer' && about === 'nobody'
				? answer(customerOf('nobody', { name: 'Nora' }))
				: fail(new PartneroError('key-rejected')),
		);
		assert.match(pick().title ?? '', /^BETA · Keys: 2\. Found: 1, not found: 0, failed: 1/);
		assert.deepEqual(pick().rows[0], 'nobody | Nora · no partner');
		assert.match(pick().rows[1] ?? '', /^no@example\.com \| Partnero does not accept the API key of BETA/);
		pick().choose('nobody');
		assert.deepEqual(opened, [{ programId: 'beta', key: 'nobody' }]);
	});

	it('are tried again where they failed, and only these', async () => {
		await check(['alice', 'bob', 'nobody', 'jane@example.com'], (call) =>
			call.about === 'alice' ? acmeAnswers(call) : call.fail(new PartneroError('timed-out')),
		);
		assert.match(pick().title ?? '', /Found: 1, not found: 0, failed: 3/);
		const before = clients.acme?.calls.length ?? 0;
		pick().press('Try again');
		assert.equal(pick().busy, true);
		await settled();
		const asked = clients.acme?.calls.slice(before).map(({ about }) => about);
		assert.deepEqual(asked, ['bob', 'nobody', 'jane@example.com']);
		await answerAll('acme', acmeAnswers);
		assert.match(pick().title ?? '', /Found: 3, not found: 1, failed: 0/);
		assert.deepEqual(
			pick().buttons.map(({ tooltip }) => tooltip),
			['Copy the list with its results'],
		);
	});
});
