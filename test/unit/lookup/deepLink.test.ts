import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readDeepLink } from '../../../src/lookup/deepLink.ts';

const acme = { id: 'a', name: 'ACME', sample: false };
const beta = { id: 'b', name: 'BETA & Söhne + Co', sample: false };
const programs = { all: [acme, beta], active: acme };
const link = (path: string, query = '', fragment = '') => readDeepLink({ path, query, fragment }, programs);

describe('A link from outside', () => {
	it('opens the customer in the active program, or in the one that it names', () => {
		assert.deepEqual(link('/customers/customer_123'), { ref: { programId: 'a', key: 'customer_123' } });
		assert.deepEqual(link('/customers/customer_123', `program=${beta.name}`), {
			ref: { programId: 'b', key: 'customer_123' },
		});
	});

	it('may name any key that can be looked up, slashes included', () => {
		assert.deepEqual(link('/customers/tenant/42/x'), { ref: { programId: 'a', key: 'tenant/42/x' } });
	});

	for (const [why, path, query, fragment] of [
		['another path', '/partners/x', '', ''],
		['no key', '/customers/', '', ''],
		['a path step for a key', '/customers/..', '', ''],
		['a key that is too long', `/customers/${'x'.repeat(513)}`, '', ''],
		['an API key', '/customers/x', 'apiKey=secret', ''],
		['a command', '/customers/x', 'command=workbench.action.quit', ''],
		['a base URL', '/customers/x', 'program=ACME&baseUrl=https://evil.example', ''],
		['two programs', '/customers/x', 'program=ACME&program=BETA', ''],
		['a fragment', '/customers/x', '', 'y'],
		['a program that is not connected', '/customers/x', 'program=GAMMA', ''],
	] as const) {
		it(`is refused with a reason when it has ${why}`, () => {
			const read = link(path, query, fragment);
			assert.ok('problem' in read && read.problem.length > 10);
			assert.doesNotMatch(read.problem, /undefined|secret/);
		});
	}

	it('can put no link or icon of its own into the sentence that refuses it', () => {
		const name = '[click](command:workbench.action.quit) $(alert)';
		for (const query of [`program=${name}`, `${name}=x`]) {
			const read = link('/customers/x', query);
			assert.ok('problem' in read);
			assert.doesNotMatch(read.problem, /\]\(|\$\(/);
		}
	});

	it('says what to do where no program is connected', () => {
		const read = readDeepLink({ path: '/customers/x', query: '', fragment: '' }, { all: [], active: undefined });
		assert.ok('problem' in read && /Connect a Partnero program/.test(read.problem));
	});

	it('ends in a customer or a reason, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), fc.string(), (path, query, fragment) => {
				const read = link(path, query, fragment);
				assert.ok('ref' in read ? read.ref.key.length > 0 : read.problem.length > 0);
			}),
		);
	});
});
