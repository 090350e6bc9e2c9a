// The command line of `npm run sandbox`: its options, read and checked, and what is said of a wrong one.
import { parseArgs } from 'node:util';
import type { ProgramKind } from './customers.ts';
import type { SandboxOptions } from './index.ts';
import type { PagingHabit } from './paging.ts';

export const usage = `Starts a local Partnero with sample data, on the loopback interface.

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

/** A mistake in the command line; its message is the sentence that says so. */
export class UsageError extends Error {}

/** Reads the arguments behind the script's name. Throws a UsageError for what cannot be meant. */
export function readOptions(args: readonly string[]): SandboxOptions | 'help' {
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
