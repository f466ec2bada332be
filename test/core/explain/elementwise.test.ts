import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { evaluateSource, inspect, readDocument } from '../../../src/core/index';
import { random } from '../../support/random';

function workOf(text: string, language: string) {
  const document = readDocument(text, language);
  const e = evaluateSource(document, language).at(-1);
  if (!e) throw new Error(text);
  const steps = inspect(document, language, e.span, { orStatement: true })?.steps ?? [];
  const { value } = e;
  const numbers =
    value?.kind === 'array'
      ? Array.from(value.array.data as Float64Array, Number)
      : value?.kind === 'scalar'
        ? [Number(value.value)]
        : [];
  return { steps, latex: steps.map(s => s.latex), value: numbers };
}

const python = (lines: string) => workOf(`import numpy as np\n${lines}`, 'python');

describe('forms', () => {
  test('softmax: powers, their sum, the shares', () => {
    const { steps, latex } = python('x = np.array([0.0, 1])\nnp.exp(x) / np.sum(np.exp(x))');
    expect(steps[0].sentence).toBe('Softmax: powers of e divided by their sum.');
    expect(latex.at(1)).toBe(
      '\\begin{bmatrix} e^{0} \\\\ e^{1} \\end{bmatrix} \\approx \\begin{bmatrix} 1 \\\\ 2.7183 \\end{bmatrix}',
    );
    expect(steps[2].children?.map(s => s.latex)).toContain('1 + 2.7183 \\approx 3.7183');
    expect(latex.at(-1)).toContain('\\dfrac{1}{3.7183} \\\\[10pt] \\dfrac{2.7183}{3.7183}');
  });

  test('cosine similarity', () => {
    const { steps, latex } = python(
      'a = np.array([1, 2])\nb = np.array([3, 4])\nnp.dot(a, b) / (np.linalg.norm(a) * np.linalg.norm(b))',
    );
    expect(steps[2].children?.at(-1)?.latex).toBe('2.2361 \\cdot 5 \\approx 11.1803');
    expect(latex.at(-1)).toBe('\\dfrac{11}{11.1803} \\approx 0.9839');
  });

  test('entry by entry in MATLAB', () => {
    expect(workOf('[1 -2; 3 4] .* [5 6; 7 8]', 'matlab').latex).toEqual([
      '\\begin{bmatrix} 1 \\cdot 5 & (-2) \\cdot 6 \\\\ 3 \\cdot 7 & 4 \\cdot 8 \\end{bmatrix} = \\begin{bmatrix} 5 & -12 \\\\ 21 & 32 \\end{bmatrix}',
    ]);
  });

  test('the mean of a vector', () => {
    expect(python('np.mean(np.array([1, -2, 4]))').latex).toEqual(['\\dfrac{1 + (-2) + 4}{3} = 1']);
  });
});

test('the factor that MATLAB gives is the upper one', () => {
  expect(workOf('chol([4 2; 2 3])', 'matlab').latex).toEqual([
    'L^T = \\begin{bmatrix} 2 & 1 \\\\ 0 & \\sqrt{2} \\end{bmatrix} \\approx \\begin{bmatrix} 2 & 1 \\\\ 0 & 1.4142 \\end{bmatrix}',
  ]);
});

describe('what is not told', () => {
  test.each([
    ['rank([1 2; 3 4], 10)', 'matlab'],
    ['import numpy as np\nnp.linalg.matrix_rank([[1, 2], [3, 4]], tol=10)', 'python'],
    ['import numpy as np\nnp.array([[1, 2], [3, 4]]).trace(offset=1)', 'python'],
    ['import numpy as np\nnp.linalg.eigvalsh([[1, 2], [3, 4]])', 'python'],
    ['import numpy as np\nnp.linalg.cholesky([[4, 9], [2, 3]])', 'python'],
    ['import numpy as np\nnp.linalg.lstsq([[1, 2], [3, 4]], [1, 2], rcond=0.9)', 'python'],
    ['import numpy as np\nnp.array([1.0, 2]) / 0', 'python'],
    ['import numpy as np\nnp.array([200], dtype=np.uint8) * np.array([2], dtype=np.uint8)', 'python'],
  ])('%s', (text, language) => expect(workOf(text, language).latex).toEqual([]));
});

test('the last line is the value on random vectors', () => {
  const next = random(77);
  const vector = (n: number): string =>
    `np.array([${Array.from({ length: n }, () => Math.floor(next() * 19) - 9 || 1).join(', ')}])`;
  let told = 0;
  for (let k = 0; k < 80; k++) {
    const n = 2 + (k % 4);
    const before = `x = ${vector(n)}\ny = ${vector(n)}\n`;
    for (const line of [
      'x * y',
      'x / y',
      'np.exp(x / 4)',
      'np.sum(x)',
      'np.mean(y)',
      'np.exp(x) / np.sum(np.exp(x))',
    ]) {
      const { latex, value } = python(before + line);
      const last = latex.at(-1) ?? '';
      katex.renderToString(last, { strict: 'error', throwOnError: true });
      const shown = (last.split(/= |\\approx /).at(-1) ?? '')
        .replace(/\\(begin|end)\{bmatrix\}/g, '')
        .split('\\\\')
        .map(t => Number(t.trim().replace(/ \\times 10\^\{(-?\d+)\}/, 'e$1')));
      expect(shown.length, last).toBe(value.length);
      for (const [i, x] of shown.entries())
        expect(Math.abs(x - value[i]), `${before}${line}\n${last}`).toBeLessThanOrEqual(
          6e-5 + 1e-3 * Math.abs(value[i]),
        );
      told++;
    }
  }
  expect(told).toBe(480);
});

test.each([
  [
    'sum([1 2; 3 4])',
    'matlab',
    '\\begin{bmatrix} 1 + 3 & 2 + 4 \\end{bmatrix} = \\begin{bmatrix} 4 & 6 \\end{bmatrix}',
  ],
  ['norm([1 2; 3 4])', 'matlab', '\\sigma_{1} = \\sqrt{15 + \\sqrt{221}} \\approx 5.465'],
  ['norm([1 -2; 3 4], 1)', 'matlab', '\\max\\left(4, 6\\right) = 6'],
  ['norm([1 -2; 3 4], Inf)', 'matlab', '\\max\\left(3, 7\\right) = 7'],
  [
    'import numpy as np\nnp.mean(np.array([[1, 2], [3, 4]]), axis=1)',
    'python',
    '\\begin{bmatrix} \\dfrac{1 + 2}{2} \\\\[10pt] \\dfrac{3 + 4}{2} \\end{bmatrix} = \\begin{bmatrix} 1.5 \\\\ 3.5 \\end{bmatrix}',
  ],
  [
    'import numpy as np\nnp.array([1.0, 2, 6]).var()',
    'python',
    '\\frac{(1 - 3)^2 + (2 - 3)^2 + (6 - 3)^2}{3} \\approx 4.6667',
  ],
])('%s', (text, language, latex) => expect(workOf(text, language).latex.at(-1)).toBe(latex));

test.each([
  ['import numpy as np\nnp.array([[4, 2], [2, 3]]).mean(axis=0)', 'python', 'for every column'],
  ['import numpy as np\nnp.array([[4, 2], [2, 3]]).mean(axis=-1)', 'python', 'for every row'],
  ['import numpy as np\nnp.sum([[4, 2], [2, 3]], axis=1)', 'python', 'for every row'],
  ['sum([4 2; 2 3])', 'matlab', 'for every column'],
  ['sum([4 2; 2 3], 2)', 'matlab', 'for every row'],
])('a symmetric matrix by the axis that was asked for: %s', (text, language, part) =>
  expect(workOf(text, language).steps.at(-1)?.sentence).toContain(part),
);

test('a 1-D array meets a matrix as a row, also where both are as long', () => {
  const { latex } = python('A = np.array([[1, 2], [3, 4]])\nv = np.array([10, 20])\nA - v');
  expect(latex.at(-1)).toContain(
    '\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} - \\begin{bmatrix} 10 & 20 \\end{bmatrix} =',
  );
});
