import assert from 'node:assert/strict';
import { complaintsAboutUs } from '../../vscode/server.ts';

const ours = `2026-11-22 14:11:13.928 [error] Error: lost
\tat st (/tmp/x/extensions/partnero-community.partnero-0.1.0/dist/extension.js:4:12821)
\tat gc._callActivate (file:///server/out/vs/workbench/api/node/extensionHostProcess.js:168:18448)
`;

describe('The log of the extension host', () => {
	it('fails a journey by errors with our code in their stack, and by no others', () => {
		const logs = `2026-11-22 14:11:12.001 [info] ExtensionService#_doActivateExtension partnero-community.partnero
2026-11-22 14:11:12.100 [error] Error: getaddrinfo ENOTFOUND mobile.events.data.microsoft.com
\tat GetAddrInfoReqWrap.onlookupall [as oncomplete] (node:dns:123:26)
${ours}2026-11-22 14:11:14.000 [info] Extension host with pid 1 exiting with code 0
`;
		assert.deepEqual(complaintsAboutUs(logs), [ours]);
	});
});
