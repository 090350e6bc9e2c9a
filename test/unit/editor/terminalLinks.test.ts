// Customer keys in the lines of a terminal, which no document stands behind.
import assert from 'node:assert/strict';
import { EventEmitter } from 'vscode';
import { EditorFeatures, type EditorFeaturesOptions } from '../../../src/editor/index.ts';
import { Settings } from '../../../src/settings/settings.ts';

function features(program: { id: string; name: string; sample: boolean } | undefined): EditorFeatures {
	const options: Partial<EditorFeaturesOptions> = {
		activeProgram: () => program,
		knownKeys: () => new Set(),
		settings: new Settings(),
		onDidChangeProgram: new EventEmitter<void>().event,
	};
	return new EditorFeatures(options as EditorFeaturesOptions);
}

describe('A key in a line of a terminal', () => {
	const acme = { id: 'acme', name: 'ACME', sample: false };

	it('is a link of exactly its length, to this customer of the active program', () => {
		const line = 'GET https://api.partnero.com/v1/customers/jane%40example.com/transactions 200';
		const [link, ...others] = features(acme).terminalLinks(line);
		assert.deepEqual(others, []);
		assert.equal(line.slice(link?.startIndex, (link?.startIndex ?? 0) + (link?.length ?? 0)), 'jane%40example.com');
		assert.deepEqual(link?.ref, { programId: 'acme', key: 'jane@example.com' });
	});

	it('is none where the line has nothing to do with Partnero, and without a program', () => {
		assert.deepEqual(features(acme).terminalLinks('GET https://api.stripe.com/v1/customers/cus_123 200'), []);
		assert.deepEqual(features(undefined).terminalLinks('https://api.partnero.com/v1/customers/customer_123'), []);
	});
});
