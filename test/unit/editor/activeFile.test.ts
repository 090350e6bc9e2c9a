// Which file "Keys in this file" is about, as the user turns from editors to panels and back.
import assert from 'node:assert/strict';
import { ActiveFile } from '../../../src/editor/activeFile.ts';
import { showEditor, showTabs, Uri } from '../../fake-vscode/vscode.ts';

const documentOf = (scheme: string, path: string) => ({ uri: Uri.from({ scheme, path }) });
const sale = documentOf('file', '/src/sale.ts');
const refund = documentOf('file', '/src/refund.ts');
const tabOf = ({ uri }: ReturnType<typeof documentOf>) => ({ uri });
const details = { viewType: 'partnero.customer' };

describe('The file of "Keys in this file"', () => {
	let file: ActiveFile;
	let changes: number;

	beforeEach(() => {
		showTabs(tabOf(sale), tabOf(refund), details);
		showEditor({ document: sale });
		file = new ActiveFile();
		changes = 0;
		file.onDidChange(() => changes++);
	});
	afterEach(() => {
		file.dispose();
		showEditor(undefined);
		showTabs();
	});

	it('is the active one', () => {
		assert.equal(file.document, sale);
		showEditor({ document: refund });
		assert.equal(file.document, refund);
		assert.equal(changes, 1);
	});

	it('stays while details or the text of an output channel have the focus', () => {
		showEditor(undefined);
		showEditor({ document: documentOf('output', 'extension-output-partnero') });
		assert.equal(file.document, sale);
		assert.equal(changes, 0);
	});

	it('is none any more when its tab is closed, whichever of both VS Code tells first', () => {
		showEditor(undefined);
		showTabs(tabOf(refund), details);
		assert.equal(file.document, undefined);
		showTabs(tabOf(sale));
		showEditor({ document: sale });
		showTabs();
		showEditor(undefined);
		assert.equal(file.document, undefined);
		assert.equal(changes, 3);
	});

	for (const [what, document, input] of [
		[
			'a comparison',
			documentOf('git', '/src/sale.ts'),
			{ original: Uri.file('/src/sale.ts'), modified: Uri.from({ scheme: 'git', path: '/src/sale.ts' }) },
		],
		[
			'a cell of a notebook',
			documentOf('vscode-notebook-cell', '/sales.ipynb'),
			{ uri: Uri.file('/sales.ipynb'), notebookType: 'jupyter' },
		],
	] as const) {
		it(`may be part of ${what}`, () => {
			showTabs(input, details);
			showEditor({ document });
			showEditor(undefined);
			assert.equal(file.document, document);
		});
	}
});
