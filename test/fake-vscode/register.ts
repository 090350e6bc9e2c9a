// Lets unit tests run on plain Node what imports `vscode`: the import resolves to the fake beside this file.
// `node --import ./test/fake-vscode/register.ts`, or Mocha's `--import`.
import { registerHooks } from 'node:module';

registerHooks({
	resolve(specifier, context, next) {
		return specifier === 'vscode' ? { url: new URL('./vscode.ts', import.meta.url).href, shortCircuit: true } : next(specifier, context);
	},
});
