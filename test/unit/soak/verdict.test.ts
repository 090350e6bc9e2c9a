// What a soak holds against the extension, and that its chance can be had again.
import assert from 'node:assert/strict';
import { chanceOf } from '../../soak/chance.ts';
import type { Sample } from '../../soak/probe.ts';
import { type End, type Minute, objections, table } from '../../soak/verdict.ts';

function sampleOf(heap: number, changes: Partial<Sample> = {}): Sample {
	return {
		heap: heap * 1e6,
		code: 8e6,
		handles: { TCPSocketWrap: 2, Timeout: 10 },
		ours: { FSEVENTWRAP: 1 },
		places: [],
		unhandled: [],
		...changes,
	};
}

function minutesOf(...heaps: readonly number[]): readonly Minute[] {
	return heaps.map((heap, minute) => ({ minute, acts: 20, unfinished: 1, requests: 40, connections: 0, sample: sampleOf(heap) }));
}

const clean: End = { sample: sampleOf(50), connections: 0, stacks: [] };

describe('The verdict on a soak', () => {
	it('holds nothing against steady memory with nothing left, whatever the start was', () => {
		assert.deepEqual(objections(minutesOf(70, 50, 53, 54.9), clean), []);
		assert.deepEqual(objections(minutesOf(20, 50, 50), clean), []);
	});

	it('tells of a heap that is more than 10 % above the first minute, in the last minute and at the end', () => {
		assert.match(objections(minutesOf(50, 50, 50, 55.1), clean).join(), /55\.10 MB in the last minute, more than 10 % above the 50\.00 MB/);
		assert.match(objections(minutesOf(50, 50), { ...clean, sample: sampleOf(56) }).join(), /56\.00 MB at the end/);
	});

	const left: readonly (readonly [string, End, RegExp])[] = [
		['a socket', { ...clean, sample: sampleOf(50, { handles: { TCPSocketWrap: 3 } }) }, /TCPSocketWrap: 3, 2 at the start/],
		[
			'a timer of ours',
			{ ...clean, sample: sampleOf(50, { ours: { Timeout: 1 }, places: ['Timeout at x'] }) },
			/of ours, Timeout: 1.*Timeout at x/s,
		],
		['a connection', { ...clean, connections: 1 }, /1 connections to Partnero/],
		['an unhandled rejection', { ...clean, sample: sampleOf(50, { unhandled: ['Error: a'] }) }, /without being handled: Error: a/],
		['a stack in a log', { ...clean, stacks: ['at y'] }, /log: at y/],
	];
	for (const [what, end, sentence] of left) {
		it(`tells of ${what} that is left`, () => {
			assert.match(objections(minutesOf(50, 50), end).join('\n'), sentence);
		});
	}

	it('leaves to VS Code what its own extensions start meanwhile', () => {
		const handles = { TCPSocketWrap: 2, Timeout: 20, ProcessWrap: 1 };
		assert.deepEqual(objections(minutesOf(50, 50), { ...clean, sample: sampleOf(50, { handles }) }), []);
	});

	it('does not take a soak for good that ended before its first minute', () => {
		assert.equal(objections(minutesOf(50), clean).length, 1);
	});

	it('shows a line for each minute', () => {
		assert.deepEqual(table(minutesOf(50, 51)).split('\n').slice(1), [
			' start    20           1        40    50.00     8.00            0  FSEVENTWRAP 1  TCPSocketWrap 2, Timeout 10',
			'     1    20           1        40    51.00     8.00            0  FSEVENTWRAP 1  TCPSocketWrap 2, Timeout 10',
		]);
	});
});

describe('The chance of a soak', () => {
	it('is the same for the same seed and another one for another', () => {
		const draws = (seed: number) => Array.from({ length: 20 }, chanceOf(seed).next);
		assert.deepEqual(draws(1), draws(1));
		assert.notDeepEqual(draws(1), draws(2));
		assert.ok(draws(3).every((draw) => draw >= 0 && draw < 1));
	});

	it('comes to every choice', () => {
		const { oneOf } = chanceOf(1);
		assert.deepEqual(new Set(Array.from({ length: 100 }, () => oneOf(['a', 'b', 'c']))), new Set(['a', 'b', 'c']));
	});
});
