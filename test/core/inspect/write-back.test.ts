import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect, readDocument, writeBack } from '../../../src/core/index';
import { random } from '../../support/random';

function written(text: string, language: string, at: number, values: readonly number[]): string | undefined {
  const found = inspect(readDocument(text, language), language, { start: at, end: at });
  const [editable] = found?.editable ?? [];
  const edits = editable && writeBack(text, editable.span, values, language);
  return edits
    ?.toSorted((a, b) => b.span.start - a.span.start)
    .reduce((t, e) => t.slice(0, e.span.start) + e.text + t.slice(e.span.end), text);
}

describe('the layout of the literal stays', () => {
  test('Python, over lines, with comments and a trailing comma', () => {
    const text = 'import numpy as np\nA = np.array([\n    [1,  2],   # 5 is no entry\n    [3., 4],\n])\n';
    expect(written(text, 'python', text.indexOf('A ='), [10, 2, -3, 0.5])).toBe(
      'import numpy as np\nA = np.array([\n    [10,  2],   # 5 is no entry\n    [-3.0, 0.5],\n])\n',
    );
  });

  test('Python, negative numbers and exponents', () => {
    const text = 'import numpy as np\nA = np.array([[-1.5, 2e3], [ - 3, +4]])';
    expect(written(text, 'python', text.indexOf('A ='), [1.5, -2000, 3, 4])).toBe(
      'import numpy as np\nA = np.array([[1.5, -2000.0], [ 3, +4]])',
    );
  });

  test('MATLAB, rows by semicolon and by line', () => {
    expect(written('A = [1 2; 3 4]', 'matlab', 0, [1, -2, 3, 4.5])).toBe('A = [1 -2; 3 4.5]');
    expect(written('A = [1, 2\n     3, 4];', 'matlab', 0, [5, 2, 3, 8])).toBe('A = [5, 2\n     3, 8];');
  });

  test('LaTeX', () => {
    const text = '$A = \\begin{bmatrix} 1 & 2 \\\\ 3 & -4 \\end{bmatrix}$';
    expect(written(text, 'latex', 1, [1, 7, -3, 4])).toBe('$A = \\begin{bmatrix} 1 & 7 \\\\ -3 & 4 \\end{bmatrix}$');
  });
});

test('what is written is read as the new numbers', () => {
  const next = random(5);
  const texts = [
    ['python', 'import numpy as np\nA = np.array([[1, 2.0], [-3, 4e0]])\nA', 'A ='],
    ['matlab', 'A = [1 2.0; -3 4e0];\nA', 'A ='],
    ['latex', '$A = \\begin{bmatrix} 1 & 2.0 \\\\ -3 & 40 \\end{bmatrix}$ and $1 A$', 'A ='],
  ] as const;
  for (let k = 0; k < 300; k++) {
    const values = Array.from({ length: 4 }, () =>
      next() < 0.3 ? Math.floor(next() * 20) - 10 : (next() - 0.5) * 10 ** Math.floor(next() * 40 - 20),
    );
    for (const [language, text, at] of texts) {
      const after = written(text, language, text.indexOf(at), values) ?? '';
      const value = evaluateSource(after, language).at(-1)?.value;
      const data = value?.kind === 'array' ? Array.from(value.array.data as Float64Array, x => Number(x) + 0) : [];
      expect(data, after).toEqual(values.map(x => x + 0));
    }
  }
});

test('nothing is written where numbers and entries do not pair, or numbers are none', () => {
  const text = '[[1, 2], [3, 4]]';
  const span = { start: 0, end: text.length };
  expect(writeBack(text, span, [1, 2, 3], 'python')).toBeUndefined();
  expect(writeBack(text, span, [1, 2, 3, Number.NaN], 'python')).toBeUndefined();
  expect(writeBack(text, span, [1, 2, 3, 4], 'python')).toEqual([]);
});

test('only plain literals can be written', () => {
  const editable = (text: string): number =>
    inspect(text, 'python', { start: text.lastIndexOf('\n') + 1, end: text.length })?.editable.length ?? 0;
  expect(editable('import numpy as np\nnp.array([[1, 2], [3, 4]])')).toBe(1);
  expect(editable('import numpy as np\nnp.array([[1, 1 + 1], [3, 4]])')).toBe(0);
  expect(editable('import numpy as np\nnp.eye(2)')).toBe(0);
});
