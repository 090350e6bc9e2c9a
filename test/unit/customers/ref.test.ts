// A customer named in a command's argument or in an address: any allowed key comes back as it was, anything else is refused without harm.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Uri } from 'vscode';
import { customerRefOf, customerRefOfUri, customerUri } from '../../../src/customers/ref.ts';
import { customerKeyProblem } from '../../../src/partnero/customerKey.ts';

const hostileKeys = ['a/b', '//', '\\', 'a%2Fb', '%41', 'a+b c', 'ü😀', 'x?y#z', 'a&key=b', "it's", '"', '\n', 'a@b.example', '__proto__'];
const keys = fc
	.oneof(fc.constantFrom(...hostileKeys), fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }))
	.filter((key) => customerKeyProblem(key) === undefined);
const programIds = fc.string({ unit: 'binary' }).filter((id) => id.isWellFormed());

describe('The address of a customer', () => {
	it('leads back to the same customer of the same program, whatever key it has', () => {
		fc.assert(
			fc.property(programIds, keys, (programId, key) => {
				const uri = customerUri({ programId, key });
				assert.deepEqual(customerRefOfUri(uri), { programId, key });
				assert.deepEqual(customerRefOfUri(Uri.parse(uri.toString())), { programId, key }, 'also after VS Code has written it down');
			}),
		);
	});

	it('is titled by the key, with slashes that are no folders', () => {
		assert.equal(customerUri({ programId: 'p', key: 'a/b\\c' }).path, '/a∕b∕c.json');
	});

	it('is another one for the same key of another program', () => {
		assert.notEqual(customerUri({ programId: 'p', key: 'a' }).toString(), customerUri({ programId: 'q', key: 'a' }).toString());
	});

	it('names nobody where it is not ours, or where its key cannot be one', () => {
		const of = (text: string) => customerRefOfUri(Uri.parse(text));
		assert.equal(of('https://evil.example/?program=p&key=a'), undefined);
		assert.equal(of('partnero-customer:/a.json'), undefined);
		assert.equal(of('partnero-customer:/a.json?program%3Dp%26key%3D..'), undefined);
		assert.equal(of('partnero-customer:/a.json?program%3Dp'), undefined);
		assert.deepEqual(of('partnero-customer:/a.json?program%3Dp%26key%3Db'), { programId: 'p', key: 'b' });
	});
});

describe('A command’s argument', () => {
	it('names the customer that it is, or that it carries', () => {
		const ref = { programId: 'p', key: 'a' };
		assert.deepEqual(customerRefOf(ref), ref);
		assert.deepEqual(customerRefOf({ kind: 'customer', group: 'all', ref }), ref);
		assert.deepEqual(customerRefOf({ ...ref, email: 'more' }), ref, 'and nothing else of it');
	});

	it('names nobody where a key cannot be one', () => {
		for (const key of ['', ' ', '.', '..', 'x'.repeat(513), '\udfff']) {
			assert.equal(customerRefOf({ programId: 'p', key }), undefined);
			assert.equal(customerRefOf({ ref: { programId: 'p', key } }), undefined);
		}
	});

	it('may be anything at all', () => {
		const cyclic: Record<string, unknown> = {};
		cyclic.ref = cyclic;
		const trap = {
			get programId(): string {
				throw new Error('trap');
			},
		};
		const proxy = new Proxy({}, { get: () => cyclic, ownKeys: () => [] });
		const revoked = Proxy.revocable({}, {});
		revoked.revoke();
		const odd = [cyclic, trap, { ref: trap }, proxy, revoked.proxy, Uri.parse('file:///a'), [], () => 1, Symbol('s'), 1n, null, undefined];
		for (const value of odd) {
			assert.equal(customerRefOf(value), undefined);
		}
		fc.assert(
			fc.property(fc.anything({ withNullPrototype: true, withMap: true }), (value) => {
				assert.ok(customerRefOf(value) === undefined || typeof customerRefOf(value)?.key === 'string');
			}),
		);
	});
});
