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
      summary: ['1×2 float64', 'rank 1'],
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
