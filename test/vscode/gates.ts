// What the packaged extension must keep to: its sizes, what is loaded at activation, and exactly which files are in it.

/** What esbuild says of the bundles, as far as it is asked here. */
export interface Metafile {
	readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

export interface PackagedExtension {
	readonly metafile: Metafile;
	/** Bytes of `dist/extension.js`, minified. */
	readonly activationBytes: number;
	/** Bytes of the VSIX. */
	readonly vsixBytes: number;
	/** What `vsce package` said. */
	readonly packagingOutput: string;
	/** The files that `vsce ls` lists. */
	readonly files: readonly string[];
	/** The files that are meant to be in it. */
	readonly intendedFiles: readonly string[];
}

/** A promise about the package, and what speaks against it. */
export interface Gate {
	readonly promise: string;
	readonly findings: readonly string[];
}

const limits = { activationBytes: 40_000, vsixBytes: 250_000 };

/** Packages that are loaded on first use, never at activation. */
const lazyPackages = ['got', 'valibot', 'quick-lru', 'lit'];

/** Every promise about the package; one without findings is kept. */
export function gates(extension: PackagedExtension): Gate[] {
	return [
		atMost('extension.js, loaded at activation, is at most 40 kB minified', extension.activationBytes, limits.activationBytes),
		{
			promise: `extension.js holds none of ${lazyPackages.join(', ')}`,
			findings: lazyPackages.filter((name) => bundledPackages(extension.metafile, 'dist/extension.js').has(name)),
		},
		atMost('the VSIX is at most 250 kB', extension.vsixBytes, limits.vsixBytes),
		{
			promise: 'vsce packages without a warning',
			findings: extension.packagingOutput.split('\n').filter((line) => /^\s*WARNING\b/.test(line)),
		},
		{
			promise: 'the VSIX has exactly the files that are meant to be in it',
			findings: differences(extension.intendedFiles, extension.files),
		},
	];
}

function atMost(promise: string, bytes: number, limit: number): Gate {
	return { promise: `${promise} (${bytes} bytes)`, findings: bytes <= limit ? [] : [`${bytes - limit} bytes too many`] };
}

/** The npm packages whose code is in a bundle. */
export function bundledPackages(metafile: Metafile, output: string): Set<string> {
	const bundle = metafile.outputs[output];
	if (bundle === undefined) {
		throw new Error(`The build made no ${output}`);
	}
	const names = Object.keys(bundle.inputs).map((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
	return new Set(names.filter((name) => name !== undefined));
}

function differences(intended: readonly string[], found: readonly string[]): string[] {
	return [
		...intended.filter((file) => !found.includes(file)).map((file) => `missing: ${file}`),
		...found.filter((file) => !intended.includes(file)).map((file) => `not meant to be in it: ${file}`),
	];
}
