import assert from 'node:assert/strict';
import { ConfigurationTarget, workspace } from 'vscode';
import { closeAll, hoverAt, openSample, openText } from './editor';

const decoded = (markdown: string): string => {
  const [, base64] = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(markdown) ?? [];
  assert.ok(base64, markdown.slice(0, 300));
  return Buffer.from(base64, 'base64').toString('utf8');
};

describe('hover', () => {
  afterEach(closeAll);

  it('sums up a name that holds an array, shows its entries, and links', async () => {
    const { document } = await openSample('first.py');
    const markdown = await hoverAt(document, 'np.dot(W, a)', 7);
    assert.match(markdown, /\*\*W\*\*.*2×2.*int64.*rank 2.*det \\-2.*κ/);
    const svg = decoded(markdown);
    for (const entry of ['3', '4', '5', '6']) assert.ok(svg.includes(`>${entry}<`), `${entry} in the picture`);
    assert.match(markdown, /command:matrixInspector\.inspect\?/);
    assert.match(markdown, /command:matrixInspector\.copyLatex\?/);
  });

  it('evaluates the operator under the cursor, and links to its steps', async () => {
    const { document } = await openSample('first.py');
    const markdown = await hoverAt(document, 'print("W @ a:", W @ a)', 'print("W @ a:", W '.length);
    assert.match(markdown, /W @ a/);
    const svg = decoded(markdown);
    assert.ok(svg.includes('>11<') && svg.includes('>17<'));
    assert.match(markdown, /command:matrixInspector\.showSteps\?/);
  });

  it('evaluates literals and calls', async () => {
    const { document } = await openSample('first.py');
    assert.match(await hoverAt(document, '[[3, 4], [5, 6]]', 2), /2×2/);
    assert.match(await hoverAt(document, 'np.linalg.norm(a - b)', 11), /2\.8284271247461903/);
  });

  it('answers in Markdown, LaTeX and MATLAB', async () => {
    const page = await openSample('linear-algebra.md');
    assert.match(await hoverAt(page.document, '\\begin{bmatrix}', 20), /×/);
    const tex = await openSample('notes.tex');
    assert.match(await hoverAt(tex.document, '\\begin{pmatrix} 2 & 1', 18), /2×2/);
    const matlab = await openSample('example.m');
    assert.match(await hoverAt(matlab.document, 'A * [3; 4]', 2), /2×1/);
  });

  it('answers on array literals of other languages, and only there', async () => {
    const script = await openText('const A = [[2, 1], [1, 3]];\nconst b = f(A[0], [x, 2, 3]);\n', 'typescript');
    assert.match(await hoverAt(script.document, '[[2, 1]', 3), /2×2.*rank 2.*det 5/);
    assert.match(await hoverAt(script.document, 'A =', 0), /\*\*A\*\*.*2×2/);
    for (const text of ['const', 'A[0]', '[x, 2, 3]', '2, 3]'])
      assert.equal(await hoverAt(script.document, text, 1), '', text);
    const shader = await openText('glm::mat2 m = glm::mat2(1, 2, 3, 4);\nint main() { return 0; }\n', 'cpp');
    assert.match(await hoverAt(shader.document, 'mat2(', 1), /2×2.*det \\-2/);
    for (const text of ['main', 'return 0', '0;']) assert.equal(await hoverAt(shader.document, text, 0), '', text);
  });

  it('is silent on ordinary code', async () => {
    const { document } = await openText(
      'import os\nname = "x"\ncount = 3\n\ndef f(x):\n    """Words [1, 2]."""\n    return x + count\n\nprint(name)\nfor i in range(3):\n    f(i)\n',
      'python',
    );
    for (const text of ['os', 'name', 'count = 3', 'def f', 'Words', 'x + count', 'print', 'range', 'f(i)'])
      assert.equal(await hoverAt(document, text, 1), '', text);
  });

  it('says in one sentence why a value is not known', async () => {
    const { document } = await openText(
      'import numpy as np\nA = np.array([[1, 2], [3, 4]])\n\ndef f(x):\n    return A @ np.linalg.inv(x)\n\nA @ np.ones(3)\n',
      'python',
    );
    const { executeCommand } = (await import('vscode')).commands;
    const at = document.positionAt(document.getText().indexOf('A @ np.ones') + 2);
    const hovers = await executeCommand<{ contents: { value: string }[] }[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const text = hovers.flatMap(h => h.contents.map(c => c.value)).join('\n');
    assert.match(text, /mismatch/);
    const inner = document.positionAt(document.getText().indexOf('A @ np.linalg') + 2);
    const unknown = await executeCommand<{ contents: { value: string }[] }[]>(
      'vscode.executeHoverProvider',
      document.uri,
      inner,
    );
    assert.match(unknown.flatMap(h => h.contents.map(c => c.value)).join('\n'), /parameter/);
  });

  it('shows the last of the times that a function or a loop runs', async () => {
    const { document } = await openText(
      'import numpy as np\n\ndef scaled(v):\n    return v * 2\n\nx = np.array([1.0, 3.0])\nfor k in range(5):\n    x = scaled(x)\n    n = k + 1\n',
      'python',
    );
    const inner = await hoverAt(document, 'v * 2', 2);
    assert.match(inner, /Pass 5 of 5, called from line 7/);
    assert.match(decoded(inner), />96</);
    assert.match(await hoverAt(document, 'scaled(v)', 7), /Pass 5 of 5.*48/s);
    assert.equal(await hoverAt(document, 'k + 1', 2), '');
  });

  it('waits a moment for what takes more work', async () => {
    const { document } = await openText(
      'import numpy as np\nA = np.eye(60) * 0.5 + 0.001\nB = np.eye(60)\nfor k in range(150):\n    B = B @ A\n',
      'python',
    );
    assert.match(await hoverAt(document, 'B @ A', 2), /60×60.*Pass 150 of 150/s);
  });

  it('can be turned off and reduced to parts', async () => {
    const settings = workspace.getConfiguration('matrixInspector');
    const { document } = await openSample('first.py');
    try {
      await settings.update('hover.parts', ['summary'], ConfigurationTarget.Global);
      const { executeCommand } = (await import('vscode')).commands;
      const at = document.positionAt(document.getText().indexOf('W @ a)') + 2);
      const found = await executeCommand<{ contents: { value: string }[] }[]>(
        'vscode.executeHoverProvider',
        document.uri,
        at,
      );
      const text = found.flatMap(h => h.contents.map(c => c.value)).join('\n');
      assert.match(text, /int64/);
      assert.doesNotMatch(text, /img|command:/);
      await settings.update('hover.enabled', false, ConfigurationTarget.Global);
      assert.equal(await hoverAt(document, 'W @ a)', 2), '');
    } finally {
      await settings.update('hover.parts', undefined, ConfigurationTarget.Global);
      await settings.update('hover.enabled', undefined, ConfigurationTarget.Global);
    }
  });
});
