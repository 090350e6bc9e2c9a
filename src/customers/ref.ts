// How a customer is named outside of this process's memory: as a command's argument and as the address of its read-only JSON document.
import * as vscode from 'vscode';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import type { CustomerRef } from './types.ts';

/** Scheme of the read-only JSON documents. */
export const customerScheme = 'partnero-customer';

/**
 * The customer that a command's argument names: a ref, or a tree node or other object that carries one in `ref`. Undefined for anything
 * else, since keybindings and other extensions can pass what they like.
 */
export function customerRefOf(argument: unknown): CustomerRef | undefined {
	try {
		return refIn(argument) ?? refIn(Reflect.get(Object(argument), 'ref'));
	} catch {
		// A getter or a proxy of somebody else.
		return undefined;
	}
}

/** The address of the customer's JSON. Its last path segment is what VS Code shows as the title. */
export function customerUri(ref: CustomerRef): vscode.Uri {
	const query = new URLSearchParams({ program: ref.programId, key: ref.key });
	return vscode.Uri.from({ scheme: customerScheme, path: `/${ref.key.replaceAll(/[/\\]/g, '∕')}.json`, query: query.toString() });
}

/** The customer whose JSON stands at that address, or undefined where the address was not made by `customerUri`. */
export function customerRefOfUri(uri: vscode.Uri): CustomerRef | undefined {
	const query = new URLSearchParams(uri.query);
	return uri.scheme === customerScheme ? customerRefOf({ programId: query.get('program'), key: query.get('key') }) : undefined;
}

function refIn(value: unknown): CustomerRef | undefined {
	const { programId, key } = Object(value) as { readonly programId?: unknown; readonly key?: unknown };
	return typeof programId === 'string' && typeof key === 'string' && customerKeyProblem(key) === undefined ? { programId, key } : undefined;
}
