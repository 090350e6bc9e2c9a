// Customers that are dragged into an editor, a terminal or any other text: what arrives is their keys, one a line.
import * as vscode from 'vscode';
import type { ExplorerNode } from './nodes.ts';

export const dragsKeys: vscode.TreeDragAndDropController<ExplorerNode> = {
	dragMimeTypes: ['text/plain'],
	dropMimeTypes: [],
	handleDrag(nodes, data) {
		const keys = nodes.flatMap((node) => (node.kind === 'customer' ? [node.ref.key] : []));
		if (keys.length > 0) {
			data.set('text/plain', new vscode.DataTransferItem([...new Set(keys)].join('\n')));
		}
	},
};
