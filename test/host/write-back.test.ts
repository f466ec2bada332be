import assert from 'node:assert/strict';
import { commands } from 'vscode';
import type { ToPanel } from '../../src/protocol/panel';
import { api, closeAll, openText, putCursor, select, until } from './editor';

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
      changes: [{ span: editable.span, shape: editable.shape, values: [1.5, 2, 3, -4] }],
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

  it('shows what the document says then, and again after undo, though the cursor goes elsewhere', async () => {
    const { inspector } = await api();
    const editor = await openText(TEXT, 'python');
    putCursor(editor, 'A @ A', 2);
    await commands.executeCommand('matrixInspector.inspect');
    const { subject } = inspector;
    const [editable] = inspector.current?.editable ?? [];
    assert.ok(subject && editable);
    const { uri, version } = subject;
    await inspector.accept({
      type: 'write-back',
      uri,
      version,
      changes: [{ span: editable.span, shape: editable.shape, values: [0, 2, 3, 4] }],
    });
    assert.equal(inspector.current?.inline, '[[6 8] [12 22]]');
    await commands.executeCommand('workbench.action.focusFirstEditorGroup');
    await commands.executeCommand('undo');
    await until(() => inspector.current?.inline === '[[7 10] [15 22]]', 'the value of before');
    assert.equal(inspector.current?.source, 'A @ A');
  });

  it('changes a formula in any text, where it stands', async () => {
    const { inspector } = await api();
    const editor = await openText('some words: [1 2; 3 4] * [5; 6] and more\n', 'plaintext');
    select(editor, '[1 2; 3 4] * [5; 6]');
    await commands.executeCommand('matrixInspector.evaluateSelection');
    const { subject } = inspector;
    const vector = inspector.current?.editable.find(e => e.operand === 'vector');
    assert.ok(subject && vector);
    const { uri, version } = subject;
    const answers: ToPanel[] = [];
    const listening = inspector.onPost(m => answers.push(m));
    const changes = [{ span: vector.span, shape: vector.shape, values: [7, 6.5] }];
    await inspector.accept({ type: 'try', serial: 1, uri, version, changes });
    listening.dispose();
    const tried = answers.find(m => m.type === 'tried');
    assert.equal(tried?.type === 'tried' && tried.inspection?.inline, '[20; 47]');
    await inspector.accept({ type: 'write-back', uri, version, changes });
    assert.equal(editor.document.getText(), 'some words: [1 2; 3 4] * [7; 6.5] and more\n');
    assert.equal(inspector.current?.inline, '[20; 47]');
  });

  it('answers what would be, with what else changes, and leaves the document alone', async () => {
    const { inspector, editor, message } = await inspected();
    const answers: ToPanel[] = [];
    const listening = inspector.onPost(m => answers.push(m));
    try {
      await Promise.all([1, 2, 3].map(serial => inspector.accept({ ...message, type: 'try', serial })));
      await until(() => answers.some(m => m.type === 'tried' && m.serial === 3), 'the last answer');
      const answer = answers.findLast(m => m.type === 'tried');
      assert.ok(answer?.type === 'tried');
      assert.equal(answer.inspection?.inline, '[[1.5 2.] [3. -4.]]');
      assert.deepEqual(
        answer.effects.map(e => [e.label, e.before]),
        [['A @ A', '[[7 10] [15 22]]']],
      );
      await inspector.accept({ ...message, type: 'try', serial: 4, version: message.version + 1 });
      assert.ok(!answers.some(m => m.type === 'tried' && m.serial === 4), 'another version is not answered');
      assert.equal(editor.document.getText(), TEXT);
    } finally {
      listening.dispose();
    }
  });

  it('refuses when the document has changed meanwhile', async () => {
    const { inspector, editor, message } = await inspected();
    await editor.edit(edit => edit.insert(editor.document.positionAt(0), '# new\n'));
    await inspector.accept(message);
    assert.equal(editor.document.getText(), `# new\n${TEXT}`);
  });

  it('refuses what is not a literal of the inspection, and drops what is no message', async () => {
    const { inspector, editor, message } = await inspected();
    const [change] = message.changes;
    const accept = (other: object) => inspector.accept({ ...message, changes: [{ ...change, ...other }] });
    await accept({ span: { start: 0, end: 6 } });
    await accept({ values: ['1', 2, 3, 4] });
    await accept({ values: [1, 2, 3, Number.NaN] });
    await inspector.accept({ ...message, changes: [] });
    await inspector.accept({ ...message, uri: 'file:///elsewhere.py' });
    await inspector.accept('write-back');
    assert.equal(editor.document.getText(), TEXT);
  });
});
