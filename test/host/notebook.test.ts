import assert from 'node:assert/strict';
import {
  commands,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  type NotebookDocument,
  NotebookEdit,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { closeAll, hoverAt } from './editor';

const code = (text: string): NotebookCellData => new NotebookCellData(NotebookCellKind.Code, text, 'python');

async function openNotebook(...cells: readonly NotebookCellData[]): Promise<NotebookDocument> {
  const notebook = await workspace.openNotebookDocument('jupyter-notebook', new NotebookData([...cells]));
  await window.showNotebookDocument(notebook);
  return notebook;
}

describe('a notebook', () => {
  afterEach(async () => {
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await closeAll();
  });

  it('shares names from cell to cell, in order', async () => {
    const notebook = await openNotebook(
      code('import numpy as np\nA = np.array([[1, 2], [3, 4]])'),
      new NotebookCellData(NotebookCellKind.Markup, 'Words between $A$.', 'markdown'),
      code('A @ A'),
      code('A = np.eye(2)'),
    );
    const markdown = await hoverAt(notebook.cellAt(2).document, 'A @ A', 2);
    assert.match(markdown, /2×2.*int64/);
    assert.match(markdown, /det 4/);
  });

  it('takes an edit of an earlier cell into account', async () => {
    const notebook = await openNotebook(code('import numpy as np\nA = np.array([[1, 2], [3, 4]])'), code('A @ A'));
    assert.match(await hoverAt(notebook.cellAt(1).document, 'A @ A', 2), /det 4/);
    const edit = new WorkspaceEdit();
    edit.set(notebook.uri, [NotebookEdit.insertCells(1, [code('A = 3 * np.eye(2)')])]);
    await workspace.applyEdit(edit);
    assert.match(await hoverAt(notebook.cellAt(2).document, 'A @ A', 2), /float64.*det 81/);
  });
});
