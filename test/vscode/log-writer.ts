// Stands in for the package `@vscode/spdlog` in an installed VS Code server, where that package's native module is not compiled. Without it the
// server and its extension host write no log file, and every log channel ("Partnero: Show log" too) stays empty.
//
// Only what the server calls is here. Each message is in the file when the call returns: a log is read by tests while the server runs.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const levelNames = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

class Logger {
	readonly #file: string;
	#level = 2;
	#plain = false;
	#dropped = false;

	constructor(file: string) {
		this.#file = file;
	}

	#write(level: number, message: string): void {
		if (level < this.#level || this.#dropped) {
			return;
		}
		const time = new Date().toISOString().replace('T', ' ').replace('Z', '');
		appendFileSync(this.#file, this.#plain ? message : `${time} [${levelNames[level]}] ${message}\n`);
	}

	trace(message: string): void {
		this.#write(0, message);
	}

	debug(message: string): void {
		this.#write(1, message);
	}

	info(message: string): void {
		this.#write(2, message);
	}

	warn(message: string): void {
		this.#write(3, message);
	}

	error(message: string): void {
		this.#write(4, message);
	}

	critical(message: string): void {
		this.#write(5, message);
	}

	getLevel(): number {
		return this.#level;
	}

	setLevel(level: number): void {
		this.#level = level;
	}

	/** The one pattern that VS Code sets is the one written above. */
	setPattern(): void {
		this.#plain = false;
	}

	clearFormatters(): void {
		this.#plain = true;
	}

	flush(): void {}

	drop(): void {
		this.#dropped = true;
	}
}

export function setFlushOn(): void {}

export function setLevel(): void {}

export async function createAsyncRotatingLogger(_name: string, file: string): Promise<Logger> {
	mkdirSync(path.dirname(file), { recursive: true });
	return new Logger(file);
}

export { createAsyncRotatingLogger as createRotatingLogger };
