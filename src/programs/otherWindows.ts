// What the windows of one user tell each other of the programs, at once and in every build of VS Code: globalState arrives in other windows some
// time later and without an event, and in a browser a secret arrives at a reload alone. Each piece of news is a small file for a few seconds,
// in a folder that all windows watch; so two that write at once overwrite nothing. No API key and nothing of a customer is in it.
import { randomUUID } from 'node:crypto';
import { type FSWatcher, watch } from 'node:fs';
import { lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { Disposable } from '../lifecycle/disposable.ts';

/** Milliseconds for which news are kept: longer than any window needs to read them. */
const lifetime = 10_000;
/** Bytes of the longest news: what is larger was not written by a window. */
const mostBytes = 65_536;

export interface OtherWindowsOptions {
	/** Exists when the first news are told, or is made. */
	readonly folder: string;
	/** Whose windows these are: another browser may share the disk, but neither secrets nor state. */
	readonly user: string;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	/** Told of failures. */
	readonly log: (line: string) => void;
}

export class OtherWindows extends Disposable {
	readonly #news = this._register(new vscode.EventEmitter<unknown>());
	/** Fires with what another window told, in the order of telling. What it is, is for the listener to check. */
	readonly onDidHear = this.#news.event;
	readonly #options: OtherWindowsOptions;
	readonly #ready: Promise<void>;
	#watcher: FSWatcher | undefined;
	#read: ReadonlySet<string> = new Set();
	readonly #own = new Set<string>();
	#reading: Promise<void> = Promise.resolve();
	#count = 0;

	constructor(options: OtherWindowsOptions) {
		super();
		this.#options = options;
		this.#ready = this.#listen().catch((error: unknown) => this.#logFailure(error));
	}

	/** Tells the other windows. Never rejects: without this they hear of it later. */
	async tell(news: object): Promise<void> {
		const { folder, user, now } = this.#options;
		await this.#ready;
		// Sorted by name, news are in the order of telling.
		const name = `${now()}-${String(this.#count++).padStart(6, '0')}-${randomUUID()}.json`;
		const file = path.join(folder, name);
		this.#own.add(name);
		try {
			// Whoever reads it reads all of it.
			await writeFile(`${file}.part`, JSON.stringify({ user, news }));
			await rename(`${file}.part`, file);
		} catch (error) {
			this.#logFailure(error);
		}
		this.#removeLater(name);
	}

	override dispose(): void {
		super.dispose();
		this.#watcher?.close();
	}

	async #listen(): Promise<void> {
		await mkdir(this.#options.folder, { recursive: true });
		if (!this.disposed) {
			this.#watcher = watch(this.#options.folder, { persistent: false }, () => this.#look());
			this.#watcher.on('error', (error) => this.#logFailure(error));
			this.#look();
		}
	}

	/** One after the other, or the same news would be read twice. */
	#look(): void {
		this.#reading = this.#reading.then(() => this.#readNew()).catch((error: unknown) => this.#logFailure(error));
	}

	async #readNew(): Promise<void> {
		const { folder, now } = this.#options;
		const names = this.disposed ? [] : (await readdir(folder)).sort();
		const before = this.#read;
		this.#read = new Set(names);
		for (const name of names.filter((other) => !before.has(other))) {
			if (!(Math.abs(now() - Number.parseInt(name, 10)) < lifetime)) {
				// Of a window that ended before it could, or whose clock was wrong: each new window would hear of it again.
				await this.#remove(name);
			} else if (name.endsWith('.json') && !this.#own.has(name)) {
				// Whoever told it may have ended before it could take it away.
				this.#removeLater(name);
				this.#hear(await readNews(path.join(folder, name)).catch(() => ''));
			}
		}
	}

	#hear(text: string): void {
		try {
			const { user, news } = Object(JSON.parse(text)) as { readonly user?: unknown; readonly news?: unknown };
			if (user === this.#options.user && !this.disposed) {
				this.#news.fire(news);
			}
		} catch {
			// Of nobody who writes whole files.
		}
	}

	#removeLater(name: string): void {
		setTimeout(() => this.#remove(name), lifetime).unref();
	}

	async #remove(name: string): Promise<void> {
		this.#own.delete(name);
		await rm(path.join(this.#options.folder, name), { force: true }).catch((error: unknown) => this.#logFailure(error));
	}

	#logFailure(error: unknown): void {
		this.#options.log(`Other windows may hear of programs late: ${String(Reflect.get(Object(error), 'code'))}`);
	}
}

/** The text of a file; nothing of a pipe, which would never end, or of a file that would fill the memory. */
async function readNews(file: string): Promise<string> {
	const stats = await lstat(file);
	return stats.isFile() && stats.size <= mostBytes ? readFile(file, 'utf8') : '';
}
