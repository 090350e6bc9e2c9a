// The bench's own extension: opens an empty webview panel, which is what VS Code itself needs for one, and works off the task that lies in the
// folder of the window.
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { measureClient, measureSequence } from './client.ts';
import { measureHover } from './hover.ts';
import { loadedBundles, lookUpAll, memoryInUse } from './installed.ts';
import { measureStore } from './store.ts';
import type { Asked, Task, TaskName, TaskResult } from './tasks.ts';

const page =
	'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Empty</title></head><body><p id="bench-empty">Empty</p></body></html>';

const work: { readonly [Name in TaskName]: (asked: Asked<Name>) => Promise<TaskResult<Name>> } = {
	client: measureClient,
	sequence: measureSequence,
	hover: measureHover,
	memory: memoryInUse,
	lookUpAll,
	loaded: loadedBundles,
	store: measureStore,
};

function workOff<Name extends TaskName>(name: Name, asked: Asked<Name>): Promise<TaskResult<Name>> {
	return work[name](asked);
}

async function runTask(): Promise<void> {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
	const { task, ...asked } = JSON.parse(await readFile(path.join(folder, 'bench-task.json'), 'utf8')) as Task;
	const answer = await workOff(task, asked as Asked<TaskName>).then(
		(result) => ({ result }),
		(error: unknown) => ({ error: error instanceof Error ? error.stack : String(error) }),
	);
	// By one rename, so that who waits for it never reads half of it.
	await writeFile(path.join(folder, 'bench-answer.unfinished'), JSON.stringify(answer));
	await rename(path.join(folder, 'bench-answer.unfinished'), path.join(folder, 'bench-answer.json'));
}

export function activate(context: vscode.ExtensionContext): void {
	context.subscriptions.push(
		vscode.commands.registerCommand('bench.openEmptyPanel', () => {
			const panel = vscode.window.createWebviewPanel('bench.empty', 'Empty panel', vscode.ViewColumn.Active, { enableScripts: true });
			panel.webview.html = page;
		}),
		vscode.commands.registerCommand('bench.runTask', runTask),
	);
}
