// What `npm start` reads and says.
import { parseArgs } from 'node:util';

export interface StartArguments {
	/** The port for the browser; a free one if undefined. */
	readonly port?: number;
}

/** @throws Error in one sentence, for an argument that is not known or no port */
export function readStartArguments(args: readonly string[]): StartArguments {
	const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } } });
	if (values.port === undefined) {
		return {};
	}
	const port = Number(values.port);
	if (!/^\d+$/.test(values.port) || port > 65_535) {
		throw new Error(`--port wants a number from 0 to 65535, not "${values.port}"`);
	}
	return { port };
}

export interface Started {
	readonly version: string;
	/** What to open in a browser. */
	readonly address: string;
	/** The local Partnero. */
	readonly baseUrl: string;
	readonly apiKey: string;
}

/** What to do now, for somebody who sees it for the first time. */
export function welcome({ version, address, baseUrl, apiKey }: Started): string {
	return `
VS Code ${version} with the extension:

    ${address}

A local Partnero with invented customers, which the extension is set to ask: ${baseUrl}
Its API key:

    ${apiKey}

1. Open the first address in a browser, press F1, run "Partnero: Connect a program" and paste the API key.
2. Press F1, run "Partnero: Look up customer" and type customer_123. She is in the side bar too, with her transactions.
3. Open src/attribution.ts and rest the mouse on customer_123.

Ctrl+C ends everything.`;
}
