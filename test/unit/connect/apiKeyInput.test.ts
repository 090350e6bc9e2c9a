// Giving an API key: masked, cleaned of what is pasted around it, checked before anything else happens, and never shown again.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ApiKeyInputOptions, askForApiKey, cleanApiKey, type VerifiedApiKey } from '../../../src/connect/apiKeyInput.ts';
import type { Program } from '../../../src/partnero/types.ts';
import { type FakeInputBox, shownInputBox } from '../../fake-vscode/vscode.ts';
import { settled } from '../customers/scriptedClient.ts';

describe('The API key that is meant', () => {
	it('is found in what people paste around it', () => {
		const pasted = [
			'abc.def',
			'  abc.def\n',
			'Bearer abc.def',
			'bearer   abc.def',
			'Authorization: Bearer abc.def',
			'PARTNERO_API_KEY=abc.def',
			'export PARTNERO_API_KEY="abc.def"',
			"'Authorization: Bearer abc.def'",
			'"Bearer abc.def"',
			'`abc.def`',
		];
		for (const text of pasted) {
			assert.equal(cleanApiKey(text), 'abc.def', text);
		}
	});

	it('is left as it is where nothing stands around it', () => {
		const key = fc.stringMatching(/^[\w.-]{10,80}$/);
		fc.assert(fc.property(key, (text) => assert.equal(cleanApiKey(text), text)));
	});
});

describe('The box for an API key', () => {
	let box: FakeInputBox;
	let asked: {
		readonly apiKey: string;
		readonly signal: AbortSignal;
		readonly accept: (program: Program) => void;
		readonly refuse: (error: Error) => void;
	}[];
	let result: Promise<VerifiedApiKey | undefined>;

	beforeEach(() => {
		asked = [];
		const verify: ApiKeyInputOptions['verify'] = (apiKey, signal) =>
			new Promise((accept, refuse) => {
				asked.push({ apiKey, signal, accept, refuse });
			});
		result = askForApiKey({ title: 'Connect', verify, describe: (error) => `Refused: ${(error as Error).message}` });
		assert.ok(shownInputBox !== undefined);
		box = shownInputBox;
	});

	it('is masked and survives a look at another window, where the key is copied', () => {
		assert.deepEqual([box.password, box.ignoreFocusOut, box.visible], [true, true, true]);
	});

	it('says where the key goes where that is not Partnero itself, also before the key of the environment is sent', () => {
		assert.doesNotMatch(box.prompt ?? '', /sent to/);
		askForApiKey({
			title: 'Connect',
			environmentKey: 'abc',
			sentTo: 'http://127.0.0.1:8080',
			verify: async () => ({}),
			describe: String,
		}).catch(() => undefined);
		assert.match(shownInputBox?.prompt ?? '', / It is sent to http:\/\/127\.0\.0\.1:8080\.$/);
		assert.match(shownInputBox?.buttons[0]?.tooltip ?? '', /It is sent to http:\/\/127\.0\.0\.1:8080\.$/);
		shownInputBox?.dispose();
	});

	it('gives the key that was accepted, and closes', async () => {
		box.type(' Bearer abc ');
		box.enter();
		assert.equal(box.busy, true);
		asked[0]?.accept({ name: 'ACME' });
		assert.deepEqual(await result, { apiKey: 'abc', program: { name: 'ACME' } });
		assert.equal(box.visible, false);
	});

	it('offers the environment variable by a button, and takes it only when that is pressed', async () => {
		assert.deepEqual(box.buttons, [], 'without the variable there is no button');
		const verify: ApiKeyInputOptions['verify'] = async (apiKey) => ({ name: `program of ${apiKey}` });
		const verified = askForApiKey({ title: 'Connect', environmentKey: 'key-of-env', verify, describe: String });
		const offering = shownInputBox;
		assert.equal(offering?.value, '');
		offering?.press('Use PARTNERO_API_KEY of the environment');
		assert.deepEqual(await verified, { apiKey: 'key-of-env', program: { name: 'program of key-of-env' } });
	});

	it('stays open with the reason when the key is refused, so that a wrong paste costs one more paste', async () => {
		box.type('wrong');
		box.enter();
		asked[0]?.refuse(new Error('401'));
		await settled();
		assert.deepEqual([box.validationMessage, box.busy, box.visible], ['Refused: 401', false, true]);
		box.type('right');
		assert.equal(box.validationMessage, undefined);
		box.enter();
		asked[1]?.accept({});
		assert.equal((await result)?.apiKey, 'right');
	});

	it('asks nothing for an empty key', async () => {
		box.type(' "" ');
		box.enter();
		await settled();
		assert.equal(asked.length, 0);
		assert.match(box.validationMessage ?? '', /Paste the API key/);
	});

	it('ends the question about a key that was changed, and takes no late answer for the new one', async () => {
		box.type('first');
		box.enter();
		box.type('second');
		assert.equal(asked[0]?.signal.aborted, true);
		asked[0]?.accept({ name: 'First' });
		await settled();
		assert.equal(box.visible, true);
		box.enter();
		asked[1]?.accept({ name: 'Second' });
		assert.deepEqual(await result, { apiKey: 'second', program: { name: 'Second' } });
	});

	it('gives nothing, and ends the question, when the user presses Escape', async () => {
		box.type('abc');
		box.enter();
		box.hide();
		assert.equal(await result, undefined);
		assert.equal(asked[0]?.signal.aborted, true);
	});
});
