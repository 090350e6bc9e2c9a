// Links from outside: `vscode://partnero-community.partnero/customers/KEY?program=NAME` opens the details of a customer. Anybody can make such
// a link, so it can do nothing else, and what is not understood is refused rather than guessed.
import * as vscode from 'vscode';
import type { CustomerRef } from '../customers/types.ts';
import { inert } from '../format/labels.ts';
import { singleLine } from '../format/names.ts';
import { customerKeyProblem } from '../partnero/customerKey.ts';
import type { ConnectedProgram } from '../programs/registry.ts';
import { describeKeyProblem } from '../wording/errors.ts';

const customersPath = '/customers/';

/** What a link asks for, or the sentence that says why it is refused. */
export type DeepLink = { readonly ref: CustomerRef } | { readonly problem: string };

/** The programs that a link may name. */
export interface LinkPrograms {
	readonly all: readonly ConnectedProgram[];
	readonly active: ConnectedProgram | undefined;
}

/** Reads a link. Path and query of a `vscode.Uri` are percent-decoded already. */
export function readDeepLink(uri: Pick<vscode.Uri, 'path' | 'query' | 'fragment'>, programs: LinkPrograms): DeepLink {
	if (!uri.path.startsWith(customersPath) || uri.fragment !== '') {
		return { problem: vscode.l10n.t('This Partnero link leads nowhere. A link to a customer looks like {0}.', exampleLink) };
	}
	// VS Code has decoded the query as a whole, so `&` and `+` in it may belong to the name: all behind `program=` is the name.
	const name = uri.query === '' ? undefined : /^program=(.*)$/s.exec(uri.query)?.[1];
	if (uri.query !== '' && name === undefined) {
		return {
			problem: vscode.l10n.t(
				'This Partnero link has a part that is not known ({0}), so it was not opened.',
				inert(singleLine(uri.query.split('=')[0] ?? '', 40)),
			),
		};
	}
	const key = uri.path.slice(customersPath.length);
	const keyProblem = customerKeyProblem(key);
	if (keyProblem !== undefined) {
		return { problem: describeKeyProblem(keyProblem) };
	}
	const program = name === undefined ? programs.active : programs.all.find((candidate) => candidate.name === name);
	if (program === undefined) {
		return {
			problem:
				name === undefined
					? vscode.l10n.t('Connect a Partnero program first; then open the link again.')
					: vscode.l10n.t('No program called {0} is connected here. Run "Partnero: Connect a program".', inert(singleLine(name, 80))),
		};
	}
	return { ref: { programId: program.id, key } };
}

const exampleLink = 'vscode://partnero-community.partnero/customers/KEY?program=NAME';
