// `npm run sandbox`: the local Partnero by itself, for a look with curl or with the extension.
//
//   npm run sandbox -- [--port N] [--kind affiliate|referral] [--paging links|no-links|ignored|single] [--key API_KEY] [--seed N] [--customers N]
import { parseArgs } from 'node:util';
import { type ProgramKind, type SandboxOptions, sampleKeys, startSandbox } from './index.ts';
import type { PagingHabit } from './paging.ts';

const usage = `Starts a local Partnero with sample data, on the loopback interface.

  npm run sandbox -- [options]

  --port N       port to listen on (default: a free one)
  --kind KIND    affiliate (default) or referral
  --paging HABIT what the call for a customer's transactions does with limit and page:
                 links (default), no-links, ignored or single
  --key KEY      API key to ask for (default: a random one)
  --seed N       decides the generated data (default: 1)
  --customers N  number of customers (default: 600)
  --help         shows this
`;

const kinds: readonly ProgramKind[] = ['affiliate', 'referral'];
const habits: readonly PagingHabit[] = ['links', 'no-links', 'ignored', 'single'];

/** A mistake in the command line, with the sentence that says what to do. */
class UsageError extends Error {}

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

function readOptions(args: readonly string[]): SandboxOptions | 'help' {
	const { values } = parsed(args);
	if (values.help) {
		return 'help';
	}
	return {
		...(values.port !== undefined && { port: readNumber('port', values.port, 65_535) }),
		...(values.seed !== undefined && { seed: readNumber('seed', values.seed, Number.MAX_SAFE_INTEGER) }),
		...(values.customers !== undefined && { customers: readNumber('customers', values.customers, 1_000_000) }),
		...(values.kind !== undefined && { kind: readOneOf('kind', values.kind, kinds) }),
		...(values.paging !== undefined && { paging: readOneOf('paging', values.paging, habits) }),
		...(values.key !== undefined && { apiKey: readKey(values.key) }),
	};
}

function parsed(args: readonly string[]) {
	const text = { type: 'string' } as const;
	try {
		return parseArgs({
			args: [...args],
			options: { port: text, kind: text, paging: text, key: text, seed: text, customers: text, help: { type: 'boolean' } },
		});
	} catch (error) {
		throw new UsageError(error instanceof Error ? `${error.message.split('.')[0]}.` : String(error));
	}
}

function readNumber(name: string, text: string, largest: number): number {
	if (!/^\d+$/.test(text) || Number(text) > largest) {
		throw new UsageError(`--${name} takes a whole number from 0 to ${largest}, not "${text}".`);
	}
	return Number(text);
}

function readOneOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
	const word = words.find((candidate) => candidate === text);
	if (word === undefined) {
		throw new UsageError(`--${name} takes ${words.slice(0, -1).join(', ')} or ${words.at(-1)}, not "${text}".`);
	}
	return word;
}

function readKey(text: string): string {
	if (!/^[\x21-\x7e]+$/.test(text)) {
		throw new UsageError('--key takes an API key of visible ASCII characters without spaces.');
	}
	return text;
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
