import assert from 'node:assert/strict';
import { LanguageModelTextPart, lm } from 'vscode';
import { api } from './editor';

const invoke = async (input: object): Promise<string> => {
  const { content } = await lm.invokeTool('inspect_matrix', { input, toolInvocationToken: undefined });
  return content.map(part => (part instanceof LanguageModelTextPart ? part.value : '')).join('');
};

describe('the tool for language models', () => {
  before(api);

  it('is offered with its schema', () => {
    const tool = lm.tools.find(t => t.name === 'inspect_matrix');
    assert.ok(tool);
    assert.ok(tool.description.length > 100 && tool.inputSchema);
  });

  it('tells what the last statement comes to', async () => {
    const text = await invoke({ code: 'A = np.array([[2, 1], [1, 3]])\nnp.linalg.det(A)', language: 'python' });
    assert.match(text, /^`np\.linalg\.det\(A\)`\n\nValue:\n\n```\n5\.000000000000001\n```\n\n- type: float64/);
    assert.match(text, /Steps:\n\n1\. /);
    assert.match(await invoke({ code: '[1 2; 3 4] * [1; 1]', language: 'matlab' }), /```\nans =\n\n {3}3\n {3}7\n/);
    assert.match(
      await invoke({ code: '$\\det \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$', language: 'latex' }),
      /-2/,
    );
  });

  it('says why something is not known, and what the language would say', async () => {
    assert.match(await invoke({ code: 'np.random.rand(3)', language: 'python' }), /Unknown: .*random/);
    assert.match(await invoke({ code: 'np.ones(2) @ np.ones(3)', language: 'python' }), /Error: ValueError: matmul/);
    assert.match(await invoke({ code: '# nothing', language: 'python' }), /no expression/);
  });

  it('refuses other input', async () => {
    await assert.rejects(invoke({ code: '1', language: 'cobol' }));
    await assert.rejects(invoke({ code: 1, language: 'python' }));
  });
});
