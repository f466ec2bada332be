import { describe, expect, it } from 'vitest';
import { inspect } from '../../../src/core/index';

describe('facts are in the words of the dialect', () => {
  const at = (text: string, languageId: string, where: string) => {
    const offset = text.indexOf(where);
    const found = inspect(text, languageId, { start: offset, end: offset });
    return { summary: found?.summary, labels: found?.facts.slice(0, 2).map(f => `${f.label}: ${f.text}`) };
  };

  it('NumPy says dtype', () => {
    expect(at('import numpy as np\nA = np.array([[1.5, 2]])', 'python', 'A =')).toEqual({
      summary: ['1×2 float64', 'norm 2.5'],
      labels: ['shape: 1×2', 'dtype: float64'],
    });
  });

  it('MATLAB says class', () => {
    const text = 'A = [1 2; 3 4];\nt = A > 2\nz = [1i 2];\nn = 3';
    expect(at(text, 'matlab', 'A =')).toEqual({
      summary: ['2×2 double', 'rank 2', 'det -2', 'κ 14.9'],
      labels: ['shape: 2×2', 'class: double'],
    });
    expect(at(text, 'matlab', 't =').summary?.[0]).toBe('2×2 logical');
    expect(at(text, 'matlab', 'z =').summary?.[0]).toBe('1×2 complex double');
    expect(at(text, 'matlab', 'n =').summary).toEqual(['double']);
  });

  it('mathematics has no types; Python within Markdown is Python', () => {
    const text = '$W = \\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix}$\n\n```python\nA = [[1, 2], [3, 4]]\n```\n';
    expect(at(text, 'markdown', 'W =')).toEqual({
      summary: ['2×2', 'rank 2', 'det -2', 'κ 14.9'],
      labels: ['shape: 2×2', 'rank: 2'],
    });
    expect(at(text, 'markdown', 'A =').labels?.[0]).toBe('type: list');
  });
});

describe('what is special about a matrix', () => {
  const facts = (source: string, languageId = 'python') => {
    const text = languageId === 'python' ? `import numpy as np\nimport torch\n${source}` : source;
    const found = inspect(text, languageId, { start: text.lastIndexOf('\n') + 1, end: text.length });
    return {
      structure: found?.facts.find(f => f.label === 'structure')?.text,
      rotation: found?.facts.find(f => f.label === 'rotation')?.text,
      summary: found?.summary.slice(1) ?? [],
      facts: new Map(found?.facts.map(f => [f.label, f.text])),
      pictures: found?.pictures.map(p => p.kind) ?? [],
    };
  };

  it.each([
    ['np.eye(3)', 'identity'],
    ['np.diag([1, 2, 3])', 'diagonal, positive definite'],
    ['np.array([[0, 1, 0], [0, 0, 1], [1, 0, 0]])', 'permutation'],
    ['np.array([[2.0, 1], [1, 2]])', 'symmetric, positive definite'],
    ['np.array([[1, 1], [1, 1]])', 'symmetric, positive semidefinite'],
    ['np.array([[1, 2], [2, 1]])', 'symmetric, indefinite'],
    ['-np.array([[2.0, 1], [1, 2]])', 'symmetric, negative definite'],
    ['np.array([[0, -1], [1, 0]])', 'skew-symmetric, orthogonal'],
    ['np.array([[1, 2], [0, 3]])', 'upper triangular'],
    ['np.ones((2, 2)) / 2', 'symmetric, orthogonal projection, rows sum to 1'],
    ['np.array([[1, 1], [0, 0]])', 'upper triangular, projection'],
    ['np.linalg.qr(np.array([[1.0, 2], [3, 4], [5, 7]]))[0]', 'orthonormal columns'],
    ['np.array([[0.25, 0.75, 0], [0.5, 0.25, 0.25]])', 'rows sum to 1'],
    ['torch.softmax(torch.tensor([[1.0, 2.0, 4.0], [0.0, 1.0, 3.0]]), dim=1)', 'rows sum to 1'],
    ['np.array([[1, 0, 0, 2], [0, 1, 0, 3], [0, 0, 1, 4], [0, 0, 0, 1]])', 'translation'],
    ['np.array([[0, -1, 0, 2], [1, 0, 0, 3], [0, 0, 1, 4], [0, 0, 0, 1]])', 'rigid motion'],
    ['np.array([[0, -2, 0, 2], [1, 0, 0, 3], [0, 0, 1, 4], [0, 0, 0, 1]])', undefined],
    ['np.array([[1, 2], [3, 4]])', undefined],
    ['np.zeros((2, 2))', undefined],
  ])('%s', (source, expected) => {
    expect(facts(source).structure).toBe(expected);
  });

  it('tells the angle and the axis of a turn', () => {
    const turn = (axes: string) => facts(`t = np.radians(30)\nc, s = np.cos(t), np.sin(t)\nnp.array(${axes})`);
    expect(turn('[[c, -s], [s, c]]').rotation).toBe('30°');
    expect(turn('[[c, -s], [s, c]]').summary[0]).toBe('rotation 30°');
    expect(turn('[[1, 0, 0], [0, c, s], [0, -s, c]]').rotation).toBe('30° about (-1, 0, 0)');
    // Mirrors turn nothing.
    expect(turn('[[c, s], [s, -c]]')).toMatchObject({ structure: 'symmetric, orthogonal', rotation: undefined });
    expect(turn('[[1, 0, 0], [0, 1, 0], [0, 0, -1]]').rotation).toBeUndefined();
  });

  it('counts truths instead of calculating with them', () => {
    const { summary, facts: table, pictures } = facts('np.array([[True, False], [True, True]])');
    expect(summary).toEqual(['3 of 4 true']);
    expect([...table.keys()]).toEqual(['shape', 'dtype', 'true']);
    expect(pictures).toEqual(['array-heatmap']);
  });

  it('says no more digits than single precision has', () => {
    const { facts: table } = facts('torch.tensor([[0.1, 0.3], [0.9, -0.4]])');
    expect(table.get('range')).toBe('-0.4 to 0.9');
    expect(table.get('determinant')).toBe('-0.31');
  });

  it('says whole determinants of whole numbers, and only where rounding leaves no doubt', () => {
    expect(facts('A = magic(4);\nA', 'matlab').facts.get('determinant')).toBe('0');
    expect(facts('np.array([[1e9, 1], [1e9 - 1, 3]])').facts.get('determinant')).toBe('2000000001');
  });

  it('takes a single row or column for a vector', () => {
    const { summary, facts: table } = facts('A = [1; 2; 2];\nA', 'matlab');
    expect(summary).toEqual(['norm 3']);
    expect([...table.keys()]).toEqual(['shape', 'class', 'norm', 'range', 'mean']);
  });

  it('draws nothing of a single number in an array', () => {
    const { facts: table, pictures } = facts('torch.tensor([1.0, 2.0]).mean()');
    expect([...table.keys()]).toEqual(['shape', 'dtype']);
    expect(pictures.every(kind => kind !== 'eigenvalue-plane')).toBe(true);
  });
});
