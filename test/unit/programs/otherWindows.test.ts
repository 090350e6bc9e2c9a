// News between windows on a real disk: each is heard once, by the others alone, at once and whole, and nothing is left behind.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { OtherWindows } from '../../../src/programs/otherWindows.ts';

/** A window that notes what it hears. */
class Listener extends OtherWindows {
	readonly heard: unknown[] = [];
	private waiting: (() => void)[] = [];

	constructor(folder: string, { user = 'me', log = [] as string[], now = Date.now } = {}) {
		super({ folder, user, now, log: (line) => log.push(line) });
		this.onDidHear((news) => {
			this.heard.push(news);
			for (const check of this.waiting) {
				check();
			}
		});
	}

	/** Resolves when so many news were heard. */
	async until(count: number): Promise<readonly unknown[]> {
		await new Promise<void>((resolve) => {
			const check = () => (this.heard.length >= count ? resolve() : undefined);
			this.waiting.push(check);
			check();
		});
		return this.heard;
	}
}

describe('OtherWindows', () => {
	let folder: string;
	const open: OtherWindows[] = [];
	const listen = (...rest: ConstructorParameters<typeof Listener> extends [string, ...infer Rest] ? Rest : never) => {
		const window = new Listener(path.join(folder, 'windows'), ...rest);
		open.push(window);
		return window;
	};

	beforeEach(async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'partnero-windows-'));
	});
	afterEach(async () => {
		for (const window of open.splice(0)) {
			window.dispose();
		}
		await rm(folder, { recursive: true, force: true });
	});

	it('are told at once and in order, and do not hear themselves', async () => {
		const [one, other, third] = [listen(), listen(), listen()];
		await one.tell({ id: 'a' });
		await one.tell({ id: 'b' });
		assert.deepEqual(await other.until(2), [{ id: 'a' }, { id: 'b' }]);
		assert.deepEqual(await third.until(2), [{ id: 'a' }, { id: 'b' }]);
		await other.tell({ id: 'c' });
		assert.deepEqual(await one.until(1), [{ id: 'c' }]);
		assert.equal(other.heard.length, 2);
	});

	it('lose nothing and hear nothing twice when all tell at once', async () => {
		const windows = Array.from({ length: 4 }, () => listen());
		const told = windows.flatMap((window, index) =>
			Array.from({ length: 25 }, (_, count) => ({ window, news: { id: `${index}-${count}` } })),
		);
		await Promise.all(told.map(({ window, news }) => window.tell(news)));
		for (const window of windows) {
			const expected = told.filter((one) => one.window !== window).map(({ news }) => news.id);
			const heard = (await window.until(75)).map((news) => (news as { id: string }).id);
			assert.deepEqual([...heard].sort(), expected.sort());
		}
	});

	it('are told when they open a moment later, but not of what another browser of the same disk did', async () => {
		const one = listen();
		await one.tell({ id: 'a' });
		const late = listen();
		const stranger = listen({ user: 'somebody else' });
		assert.deepEqual(await late.until(1), [{ id: 'a' }]);
		await one.tell({ id: 'b' });
		await late.until(2);
		await late.tell({ id: 'c' });
		await one.until(1);
		assert.deepEqual(stranger.heard, []);
	});

	it('pay no heed to files that are broken, not whole, endless, foreign, old or of the future, and take away what is of another time', async () => {
		const one = listen();
		await one.tell({ id: 'before' });
		const inside = path.join(folder, 'windows');
		const now = Date.now();
		await writeFile(path.join(inside, `${now}-000000-x.json`), '{"user":"me","news":{"id":"hal');
		await writeFile(path.join(inside, `${now}-000001-x.json`), 'null');
		await writeFile(path.join(inside, `${now}-000002-x.json.part`), '{"user":"me","news":{"id":"not yet"}}');
		await writeFile(path.join(inside, `${now - 60_000}-000000-x.json`), '{"user":"me","news":{"id":"old"}}');
		await writeFile(path.join(inside, `${now + 3_600_000}-000000-x.json`), '{"user":"me","news":{"id":"of a clock that was wrong"}}');
		await writeFile(path.join(inside, `${now}-000003-x.json`), `{"user":"me","news":{"id":"${'x'.repeat(100_000)}"}}`);
		await symlink('/dev/zero', path.join(inside, `${now}-000004-x.json`)).catch(() => undefined);
		await writeFile(path.join(inside, 'readme.txt'), 'hello');
		const other = listen();
		await other.until(1);
		await one.tell({ id: 'after' });
		assert.deepEqual(await other.until(2), [{ id: 'before' }, { id: 'after' }]);
		const left = await readdir(inside);
		assert.ok(!left.some((name) => Math.abs(Number.parseInt(name, 10) - now) >= 60_000 || name === 'readme.txt'), left.join());
	});

	it('work without the news where the disk cannot be used, and the log says so without anything in it', async () => {
		const log: string[] = [];
		await writeFile(path.join(folder, 'windows'), 'a file where the folder should be');
		const window = listen({ log });
		await window.tell({ id: 'secret name' });
		assert.ok(log.length > 0);
		assert.doesNotMatch(log.join(), /secret name/);
	});

	it('leave no news behind where the window that told them was closed at once: another takes them away', async () => {
		mock.timers.enable({ apis: ['setTimeout'] });
		try {
			const inside = path.join(folder, 'windows');
			const gone = listen();
			await gone.tell({ id: 'a' });
			gone.dispose();
			// As its process ended, so did its timers.
			mock.timers.reset();
			mock.timers.enable({ apis: ['setTimeout'] });
			await listen().until(1);
			assert.equal((await readdir(inside)).length, 1);
			mock.timers.tick(10_000);
			while ((await readdir(inside)).length > 0) {
				await setImmediate();
			}
		} finally {
			mock.timers.reset();
		}
	});

	it('hear nothing any more after disposal', async () => {
		const [one, other, gone] = [listen(), listen(), listen()];
		await one.tell({ id: 'a' });
		await gone.until(1);
		gone.dispose();
		await one.tell({ id: 'b' });
		await other.until(2);
		assert.equal(gone.heard.length, 1);
	});
});
