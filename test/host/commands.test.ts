import assert from 'node:assert/strict';
import {
  ConfigurationTarget,
  commands,
  DiagnosticSeverity,
  env,
  languages,
  Position,
  Selection,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { ToPanel } from '../../src/protocol/panel';
import { api, closeAll, openSample, openText, putCursor, rangeOf, select, until } from './editor';

const evaluate = () => commands.executeCommand<string[]>('matrixInspector.evaluateSelection');

describe('Evaluate Selection', () => {
  afterEach(closeAll);

  it('evaluates every line of the samples as NumPy would', async () => {
    const editor = await openSample('first.py');
    const rows: readonly (readonly [string, string])[] = [
      ['np.dot(a, b)', '11'],
      ['np.dot(W, a)', '[11 17]'],
      ['np.linalg.norm(a)', '2.23606797749979'],
      ['np.linalg.norm(a - b)', '2.8284271247461903'],
      ['W1 @ W2', '[[1 2 0] [2 3 -1] [0 3 3]]'],
      ['W1 @ W2 @ x', '[1 0 6]'],
    ];
    for (const [text, value] of rows) {
      select(editor, text);
      assert.deepEqual(await evaluate(), [value], text);
    }
    putCursor(editor, ', a + b', 4);
    assert.deepEqual(await evaluate(), ['[4 6]']);
    select(editor, 'print("W @ a:", W @ a)');
    assert.deepEqual(await evaluate(), ['W @ a: [11 17]']);
  });

  it("gives the language's own error", async () => {
    const editor = await openSample('first.py');
    select(editor, 'np.ones((2, 3)) @ np.ones((2, 2))');
    const [text] = await evaluate();
    assert.match(text, /ValueError: matmul: Input operand 1 has a mismatch in its core dimension 0/);
  });

  it('takes the expression at the cursor without a selection, and the statement at its end', async () => {
    const editor = await openSample('first.py');
    putCursor(editor, 'a - b', 2);
    assert.deepEqual(await evaluate(), ['[-2 -2]']);
    putCursor(editor, 'W1 @ W2 @ x', 'W1 @ W2 @ x'.length);
    assert.deepEqual(await evaluate(), ['[1 0 2]']);
    putCursor(editor, 'W = np', 2);
    assert.deepEqual(await evaluate(), ['[[3 4] [5 6]]']);
  });

  it('takes several selections, and one across lines', async () => {
    const editor = await openText(
      'import numpy as np\nA = np.array([\n  [1, 2],\n  [3, 4],\n])\nA + 1\nA.T\n',
      'python',
    );
    select(editor, 'A + 1', 'A.T');
    assert.deepEqual(await evaluate(), ['[[2 3] [4 5]]', '[[1 3] [2 4]]']);
    select(editor, 'np.array([\n  [1, 2],\n  [3, 4],\n])');
    assert.deepEqual(await evaluate(), ['[[1 2] [3 4]]']);
  });

  it('reads a selection in any file by a formula mode', async () => {
    const editor = await openText(
      'notes: [1 2; 3 4] * [5; 6]\nand [[1,2],[3,4]] @ [5,6]\nand \\begin{bmatrix} 1 & 2 \\end{bmatrix}\n',
      'plaintext',
    );
    select(editor, '[1 2; 3 4] * [5; 6]', '[[1,2],[3,4]] @ [5,6]', '\\begin{bmatrix} 1 & 2 \\end{bmatrix}', 'notes');
    const texts = await evaluate();
    assert.deepEqual(texts.slice(0, 3), ['[17; 39]', '[17 39]', '[[1, 2]]']);
    assert.doesNotMatch(texts[3], /\d/);
  });

  it('evaluates MATLAB and LaTeX as they mean it', async () => {
    const matlab = await openSample('example.m');
    select(matlab, "[1 -2] * [3 4]'");
    assert.deepEqual(await evaluate(), ['-5']);
    const tex = await openSample('notes.tex');
    putCursor(tex, 'A^{-1}', 0);
    const [text] = await evaluate();
    assert.match(text, /^\[0\.8, 1\.4\]|^\[\[/);
  });

  it('shows the value in the inspector', async () => {
    const { inspector } = await api();
    const editor = await openSample('first.py');
    select(editor, 'np.dot(W, a)');
    await evaluate();
    assert.ok(inspector.isOpen);
    assert.equal(inspector.current?.text, 'array([11, 17])');
    assert.ok((inspector.current?.steps.length ?? 0) > 0);
    assert.equal(window.activeTextEditor?.document, editor.document, 'the focus stays in the editor');
  });

  it('says so where nothing is to be evaluated', async () => {
    const editor = await openText('# only words\n\nimport numpy\n', 'python');
    editor.selection = new Selection(new Position(1, 0), new Position(1, 0));
    assert.deepEqual(await evaluate(), ['nothing to evaluate here']);
  });
});

describe('Copy', () => {
  afterEach(closeAll);

  it('copies the value as its language prints it', async () => {
    const editor = await openSample('first.py');
    select(editor, 'W1 @ W2');
    await commands.executeCommand('matrixInspector.copyValue');
    assert.equal(await env.clipboard.readText(), 'array([[ 1,  2,  0],\n       [ 2,  3, -1],\n       [ 0,  3,  3]])');
  });

  it('copies LaTeX', async () => {
    const editor = await openSample('first.py');
    select(editor, 'W1 @ W2');
    await commands.executeCommand('matrixInspector.copyLatex');
    assert.equal(
      await env.clipboard.readText(),
      '\\begin{bmatrix} 1 & 2 & 0 \\\\ 2 & 3 & -1 \\\\ 0 & 3 & 3 \\end{bmatrix}',
    );
  });

  it('copies in the form of another language', async () => {
    const editor = await openSample('first.py');
    select(editor, 'W1 @ W2');
    const form = (id: string) => commands.executeCommand('matrixInspector.copyAs', undefined, undefined, id);
    assert.equal(await form('matlab'), '[1 2 0; 2 3 -1; 0 3 3]');
    assert.equal(await env.clipboard.readText(), '[1 2 0; 2 3 -1; 0 3 3]');
    assert.equal(await form('braces'), '{{1, 2, 0}, {2, 3, -1}, {0, 3, 3}}');
    assert.equal(await form('nothing'), undefined);
  });

  it('copies nothing where there is no value', async () => {
    const editor = await openText('def f(x):\n    return x @ x\n', 'python');
    await env.clipboard.writeText('before');
    putCursor(editor, 'x @ x', 2);
    assert.equal(await commands.executeCommand('matrixInspector.copyValue'), undefined);
    assert.equal(await env.clipboard.readText(), 'before');
  });
});

describe('Evaluate File', () => {
  afterEach(closeAll);
  const toggle = () => commands.executeCommand<number>('matrixInspector.evaluateFile');

  it('is a toggle, and counts the lines that it shows', async () => {
    await openSample('first.py');
    const shown = await toggle();
    assert.ok(shown >= 10, `${shown} lines`);
    assert.equal(await toggle(), 0);
  });

  it('shows what functions and loops leave the last time', async () => {
    const { document } = await openSample('descent.py');
    const shown = await toggle();
    const inside = document.getText().match(/^ +(return|\w+ =|v \/=)/gm)?.length ?? 0;
    assert.ok(inside >= 9 && shown >= inside + 4, `${shown} lines, ${inside} inside`);
    assert.equal(await toggle(), 0);
  });

  it('works in a Markdown page', async () => {
    await openSample('linear-algebra.md');
    assert.ok((await toggle()) >= 5);
    await toggle();
  });

  it('lists what fails as problems, each where it is, until it is mended', async () => {
    const { document } = await openText(
      'import numpy as np\nA = np.ones((2, 3))\nb = A @ np.ones(2)\nc = b + 1\nd = np.linalg.inv(A)\n',
      'python',
    );
    const problems = () => languages.getDiagnostics(document.uri).filter(p => p.source === 'Matrix Inspector');
    assert.deepEqual(problems(), []);
    await toggle();
    const found = problems();
    assert.deepEqual(
      found.map(p => [document.getText(p.range), p.severity === DiagnosticSeverity.Error]),
      [
        ['A @ np.ones(2)', true],
        ['np.linalg.inv(A)', true],
      ],
    );
    assert.match(found[0].message, /^ValueError: matmul: .*size 2 is different from 3/);
    assert.match(found[1].message, /^LinAlgError|^numpy.linalg.LinAlgError/);
    const edit = new WorkspaceEdit();
    edit.replace(document.uri, rangeOf(document, '(2, 3)'), '(2, 2)');
    await workspace.applyEdit(edit);
    await until(() => problems().length === 1, 'the product fits');
    assert.match(problems()[0].message, /Singular matrix/);
    await toggle();
    assert.deepEqual(problems(), []);
  });

  it('notes what is rarely meant', async () => {
    const { document } = await openText(
      'import numpy as np\ny = np.ones((3, 1))\np = np.array([1.0, 2, 3])\nloss = np.mean((y - p) ** 2)\n',
      'python',
    );
    await toggle();
    const [note, ...more] = languages.getDiagnostics(document.uri).filter(p => p.source === 'Matrix Inspector');
    assert.equal(document.getText(note.range), '(y - p)');
    assert.equal(note.severity, DiagnosticSeverity.Information);
    assert.deepEqual(more, []);
    await toggle();
  });

  it('lists links of equalities that do not hold', async () => {
    const { document } = await openText('$W = \\begin{bmatrix} 1 & 2 \\end{bmatrix}$\n\n$1 + 1 = 2 = 3$\n', 'markdown');
    await toggle();
    const found = languages.getDiagnostics(document.uri).filter(p => p.source === 'Matrix Inspector');
    assert.equal(found.length, 1);
    assert.equal(found[0].severity, DiagnosticSeverity.Warning);
    assert.ok(document.getText(found[0].range).includes('3'), document.getText(found[0].range));
    await toggle();
  });

  it('shows nothing in a language that is not read', async () => {
    await openText('[1, 2]', 'plaintext');
    assert.equal(await toggle(), 0);
  });
});

describe('Inspect at Cursor and Show Steps', () => {
  afterEach(closeAll);

  it('opens the panel beside the editor and shows the expression', async () => {
    const { inspector } = await api();
    const editor = await openSample('first.py');
    putCursor(editor, 'W @ a)', 2);
    await commands.executeCommand('matrixInspector.inspect');
    assert.equal(inspector.current?.source, 'W @ a');
    assert.equal(inspector.current?.status, 'ok');
    const columns = () => window.tabGroups.all.map(group => group.tabs.map(tab => tab.label).join());
    await until(() => columns().join('|') === 'first.py|Matrix Inspector', 'the panel is in the second column');
  });

  it('shows an expression from the top, and one that was left again', async () => {
    const { inspector } = await api();
    const editor = await openSample('first.py');
    const posted: ToPanel[] = [];
    const listening = inspector.onPost(message => posted.push(message));
    putCursor(editor, 'W @ a)', 2);
    await commands.executeCommand('matrixInspector.inspect');
    const [shown] = posted.filter(m => m.type === 'inspection');
    assert.equal(shown.focus, 'top');
    putCursor(editor, 'a - b', 2);
    await until(() => inspector.current?.source === 'a - b', 'it follows the cursor');
    assert.equal(posted.filter(m => m.type === 'inspection').at(-1)?.focus, undefined);
    const { uri, label } = shown.subject;
    const { span, source } = shown.inspection;
    await inspector.accept({ type: 'return', place: { uri, label, span, source } });
    assert.equal(inspector.current?.source, 'W @ a');
    await inspector.accept({ type: 'return', place: { uri, label, span, source: 'no such text' } });
    assert.equal(posted.at(-1)?.type, 'written');
    assert.equal(inspector.current?.source, 'W @ a');
    listening.dispose();
  });

  it('shows the steps of an expression', async () => {
    const { inspector } = await api();
    const editor = await openSample('first.py');
    putCursor(editor, 'np.linalg.norm(a - b)', 3);
    await commands.executeCommand('matrixInspector.showSteps');
    const latex = inspector.current?.steps.map(step => JSON.stringify(step)).join('\n') ?? '';
    assert.match(latex, /sqrt\{8\}/);
  });

  it('follows the cursor until it is pinned', async () => {
    const { inspector } = await api();
    const editor = await openSample('first.py');
    putCursor(editor, 'W = np');
    await commands.executeCommand('matrixInspector.inspect');
    await until(() => inspector.follows, 'the panel is shown and follows');
    putCursor(editor, 'np.dot(a, b)', 3);
    await until(() => inspector.current?.source === 'np.dot(a, b)', 'it follows the cursor');
    await inspector.accept({ type: 'pin', pinned: true });
    putCursor(editor, 'W @ a)', 2);
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.equal(inspector.current?.source, 'np.dot(a, b)');
    await inspector.accept({ type: 'pin', pinned: false });
    putCursor(editor, 'W1 @ W2 @ x', 9);
    await until(() => inspector.current?.source === 'W1 @ W2 @ x', 'it follows again');
  });

  it('follows an edit of the document', async () => {
    const { inspector } = await api();
    const editor = await openText('import numpy as np\nv = np.array([1, 2])\nv * 2\n', 'python');
    putCursor(editor, 'v * 2', 2);
    await commands.executeCommand('matrixInspector.inspect');
    assert.equal(inspector.current?.text, 'array([2, 4])');
    await editor.edit(edit => edit.insert(new Position(1, 'v = np.array(['.length), '10'));
    await until(
      () => inspector.current?.text === 'array([202, 4])' || inspector.current?.text === 'array([202,   4])',
      'the new value',
    );
  });
});

describe('a long evaluation', () => {
  afterEach(closeAll);
  const LONG = 'import numpy as np\nB = np.arange(640000.0).reshape(800, 800)\nnp.linalg.svd(B @ B)\n';

  it('goes on beside the editor, and is cancelled on request', async () => {
    const { inspector } = await api();
    const editor = await openText(LONG, 'python');
    putCursor(editor, 'np.linalg.svd', 12);
    const running = commands.executeCommand('matrixInspector.inspect');
    await new Promise(resolve => setTimeout(resolve, 300));
    await inspector.accept({ type: 'cancel' });
    await running;
    assert.equal(inspector.current?.status, 'unknown');
    assert.equal(inspector.current?.message, 'cancelled');
    putCursor(editor, 'B = np');
    await commands.executeCommand('matrixInspector.inspect');
    assert.equal(inspector.current?.summary[0], '800×800 float64', 'the next question is answered');
  });

  it('ends at the time limit', async () => {
    const { inspector } = await api();
    const settings = workspace.getConfiguration('matrixInspector');
    await settings.update('evaluation.timeLimit', 1, ConfigurationTarget.Global);
    try {
      const editor = await openText(LONG.replaceAll('800', '2000').replace('640000', '4000000'), 'python');
      putCursor(editor, 'np.linalg.svd', 12);
      await commands.executeCommand('matrixInspector.inspect');
      assert.equal(inspector.current?.status, 'unknown');
      assert.match(inspector.current?.message ?? '', /not finished in 1 s|more work|memory|operations/);
    } finally {
      await settings.update('evaluation.timeLimit', undefined, ConfigurationTarget.Global);
    }
  });
});
