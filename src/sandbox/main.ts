// `npm run sandbox`: the local Partnero by itself, for a look with curl or with the extension.
//
//   npm run sandbox -- [--port N] [--kind affiliate|referral] [--paging links|no-links|ignored|single] [--key API_KEY] [--seed N] [--customers N]
import { readOptions, UsageError, usage } from './commandLine.ts';
import { sampleKeys, startSandbox } from './index.ts';

async function main(args: readonly string[]): Promise<void> {
	const options = readOptions(args);
	if (options === 'help') {
		process.stdout.write(usage);
		return;
	}
	const sandbox = await startSandbox(options);
	process.stdout.write(greeting(sandbox.baseUrl, sandbox.apiKey, sandbox.program.name));
	const stop = () => {
		process.off('SIGINT', stop).off('SIGTERM', stop);
		sandbox.close().catch(fail);
	};
	process.on('SIGINT', stop).on('SIGTERM', stop);
}

function greeting(baseUrl: string, apiKey: string, program: string): string {
	const authorization = `Authorization: Bearer ${apiKey}`.replaceAll("'", `'\\''`);
	const curl = (path: string) => `curl '${baseUrl}${path}' --header 'Accept: application/json' --header '${authorization}'`;
	const customer = `/customers/${encodeURIComponent(sampleKeys.documented)}`;
	return `${program}, until Ctrl+C

  Base URL  ${baseUrl}
  API key   ${apiKey}

  ${curl(customer)}
  ${curl(`${customer}/transactions`)}
`;
}

/** One sentence, not a stack: whoever typed the command has to know what to type instead. */
function fail(error: unknown): void {
	process.exitCode = 1;
	process.stderr.write(`${sentenceFor(error)}\n`);
}

function sentenceFor(error: unknown): string {
	const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
	if (error instanceof UsageError) {
		return `${error.message} --help shows all options.`;
	}
	if (code === 'EADDRINUSE') {
		return 'The port is in use. Choose another one with --port, or leave --port out for a free one.';
	}
	if (code === 'EACCES') {
		return 'The port needs rights that this user has not. Choose one above 1023 with --port.';
	}
	return `The sandbox could not start: ${error instanceof Error ? error.message : String(error)}`;
}

main(process.argv.slice(2)).catch(fail);
