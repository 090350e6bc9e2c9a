// What the bench asks its companion to do inside the extension host, and what comes back.

/** Milliseconds of each call, in the order in which they were interleaved. */
export interface ClientTimes {
	readonly client: readonly number[];
	readonly bare: readonly number[];
	readonly fetch: readonly number[];
}

interface Address {
	readonly baseUrl: string;
	readonly apiKey: string;
}

interface Tasks {
	/** Looks one customer up again and again: by the packed client, by a bare keep-alive request, and by `fetch`. */
	readonly client: {
		readonly asked: Address & { readonly keys: readonly string[]; readonly warmUp: number };
		readonly result: ClientTimes;
	};
	/** Looks customers up one after another by the packed client alone. */
	readonly sequence: { readonly asked: Address & { readonly keys: readonly string[] }; readonly result: { readonly count: number } };
	/** Hovers over keys of customers that are known, by the packed editor features, in a file. */
	readonly hover: {
		readonly asked: { readonly file: string; readonly hovers: number; readonly edits: number };
		readonly result: {
			readonly cached: readonly number[];
			readonly afterEdit: readonly number[];
			readonly cards: number;
			readonly keys: number;
		};
	};
	/** Memory after a collection, in bytes. */
	readonly memory: { readonly asked: object; readonly result: { readonly used: number; readonly rss: number } };
	/** Hovers over each of these keys by the installed extension, as VS Code asks for hovers. */
	readonly lookUpAll: { readonly asked: { readonly keys: readonly string[] }; readonly result: { readonly shown: number } };
	/** Which bundles of the installed extension are loaded. */
	readonly loaded: { readonly asked: object; readonly result: { readonly bundles: readonly string[] } };
	/** What the store costs with so many transactions of one customer, asked for page by page. */
	readonly store: {
		readonly asked: Address & { readonly key: string; readonly transactions: number };
		readonly result: {
			readonly rows: number;
			readonly bytes: number;
			readonly filling: number;
			readonly peek: readonly number[];
			readonly page: readonly number[];
		};
	};
}

export type TaskName = keyof Tasks;
export type Asked<Name extends TaskName> = Tasks[Name]['asked'];
export type TaskResult<Name extends TaskName> = Tasks[Name]['result'];
export type Task = { readonly [Name in TaskName]: { readonly task: Name } & Asked<Name> }[TaskName];
