// Lets the tests of the client ask the packed one, in which parts of got are replaced (`unusedParts` of esbuild.js).
// `node --import ./test/fake-vscode/register.ts --import ./test/packed-client/register.ts test/mocha-main.ts …`, after `npm run package`.
import { registerHooks } from 'node:module';

const client = new URL('../../src/partnero/index.ts', import.meta.url).href;

registerHooks({
	load(url, context, next) {
		const source = "import packed from '../../dist/client.js'; export const { createPartneroClient } = packed;";
		return url === client ? { format: 'module', source, shortCircuit: true } : next(url, context);
	},
});
