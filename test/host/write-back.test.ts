import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { api, closeAll, openText, putCursor } from './editor';

const TEXT = 'import numpy as np\nA = np.array([[1, 2],   # first\n              [3, 4]])\nA @ A\n';

describe('write back', () => {
  afterEach(closeAll);

  async function inspected() {
    const { inspector } = await api();
    const editor = await openText(TEXT, 'python');
    putCursor(editor, 'A = np');
    await commands.executeCommand('matrixInspector.inspect');
    const [editable] = inspector.current?.editable ?? [];
    const { subject } = inspector;
    assert.ok(editable && subject);
    const message = {
      type: 'write-back',
      uri: subject.uri,
      version: subject.version,
      span: editable.span,
      shape: editable.shape,
      values: [1.5, 2, 3, -4],
    };
    return { inspector, editor, message };
  }

  it('changes the numbers of the literal and nothing else, and one undo brings them back', async () => {
    const { inspector, editor, message } = await inspected();
    await inspector.accept(message);
    assert.equal(editor.document.getText(), TEXT.replace('[[1, 2],', '[[1.5, 2],').replace('[3, 4]]', '[3, -4]]'));
    await commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await commands.executeCommand('undo');
    assert.equal(editor.document.getText(), TEXT);
  });

  it('refuses when the document has changed meanwhile', async () => {
    const { inspector, editor, message } = await inspected();
    await editor.edit(edit => edit.insert(editor.document.positionAt(0), '# new\n'));
    await inspector.accept(message);
    assert.equal(editor.document.getText(), `# new\n${TEXT}`);
  });

  it('refuses what is not a literal of the inspection, and drops what is no message', async () => {
    const { inspector, editor, message } = await inspected();
    await inspector.accept({ ...message, span: { start: 0, end: 6 } });
    await inspector.accept({ ...message, values: ['1', 2, 3, 4] });
    await inspector.accept({ ...message, values: [1, 2, 3, Number.NaN] });
    await inspector.accept({ ...message, uri: 'file:///elsewhere.py' });
    await inspector.accept('write-back');
    assert.equal(editor.document.getText(), TEXT);
  });
});
