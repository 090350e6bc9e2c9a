// The command line that `@vscode/test-electron` gives a VS Code program.
import { type VsCodeVersion, vsCodeVersions } from './install.ts';

export interface EditorArguments {
	readonly version: VsCodeVersion;
	/** The folder that the window shows. */
	readonly workspace: string;
	/** The folder of the extension under test. */
	readonly extension: string;
	/** The file whose `run()` is called. */
	readonly tests: string;
	/** The folder of the user's data, with `User/settings.json` in it. */
	readonly userData: string;
}

/**
 * Reads what matters to us; everything else is for the desktop VS Code.
 *
 * @throws Error that names the argument which is missing.
 */
export function readEditorArguments(args: readonly string[]): EditorArguments {
	const given = (name: string): string => {
		const prefix = `--${name}=`;
		const value = args.find((arg) => arg.startsWith(prefix))?.slice(prefix.length);
		if (value === undefined || value === '') {
			throw new Error(`The argument ${prefix} is missing`);
		}
		return value;
	};
	const workspace = args.find((arg) => !arg.startsWith('-'));
	if (workspace === undefined) {
		throw new Error('The folder to show is missing');
	}
	const wanted = given('version');
	const version = vsCodeVersions.find((known) => known === wanted);
	if (version === undefined) {
		throw new Error(`VS Code ${wanted} is not one of the pinned versions`);
	}
	return {
		version,
		workspace,
		extension: given('extensionDevelopmentPath'),
		tests: given('extensionTestsPath'),
		userData: given('user-data-dir'),
	};
}
