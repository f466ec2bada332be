import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { entryWorking, evaluateSource, inspect, type Provenance, takenFrom } from '../../../src/core/index';

function of(text: string, language: string): { readonly provenance: Provenance; readonly text: string } {
  const span = evaluateSource(text, language).at(-1)?.span;
  const found = span && inspect(text, language, span, { orStatement: true });
  const provenance = found?.steps.at(-1)?.provenance;
  if (!provenance) throw new Error(text);
  return { provenance, text };
}

/** What an entry of the result came from, as it is written in the source. */
const sources = ({ provenance, text }: ReturnType<typeof of>, row: number, column: number): string[] =>
  provenance.operands.map(o =>
    takenFrom(o, { row, column })
      .map(p => o.places?.[p.row * o.columns + p.column])
      .map(s => (s ? text.slice(s.start, s.end) : '?'))
      .join(' '),
  );

const PYTHON = 'import numpy as np\nA = np.array([[1, 2], [3, -4]])\nx = np.array([5, 6])\n';

describe('an entry knows its row and column in the source', () => {
  test.each([
    [`${PYTHON}A @ A`, 'python', 1, 0, ['3 -4', '1 3'], '3 \\cdot 1 + (-4) \\cdot 3 = -9'],
    [`${PYTHON}A.T @ A`, 'python', 0, 1, ['1 3', '2 -4'], '1 \\cdot 2 + 3 \\cdot (-4) = -10'],
    [`${PYTHON}np.dot(A, x)`, 'python', 1, 0, ['3 -4', '5 6'], '3 \\cdot 5 + (-4) \\cdot 6 = -9'],
    [`${PYTHON}A.dot(x)`, 'python', 0, 0, ['1 2', '5 6'], '1 \\cdot 5 + 2 \\cdot 6 = 17'],
    [`${PYTHON}x @ A`, 'python', 0, 1, ['5 6', '2 -4'], '5 \\cdot 2 + 6 \\cdot (-4) = -14'],
    [`${PYTHON}x @ x`, 'python', 0, 0, ['5 6', '5 6'], '5 \\cdot 5 + 6 \\cdot 6 = 61'],
    [`${PYTHON}A - A.T`, 'python', 0, 1, ['2', '3'], '2 - 3 = -1'],
    [`${PYTHON}A.sum(axis=0)`, 'python', 0, 1, ['2 -4'], '2 + (-4) = -2'],
    [`${PYTHON}A.sum(axis=1)`, 'python', 1, 0, ['3 -4'], '3 + (-4) = -1'],
    [`${PYTHON}np.sum(A)`, 'python', 0, 0, ['1 2 3 -4'], '1 + 2 + 3 + (-4) = 2'],
    [`${PYTHON}2 * A`, 'python', 1, 1, ['?', '-4'], '2 \\cdot (-4) = -8'],
    ['A = [1 2; 3 -4]; B = [5; 6];\nA * B', 'matlab', 1, 0, ['3 -4', '5 6'], '3 \\cdot 5 + (-4) \\cdot 6 = -9'],
    ["A = [1 2; 3 -4];\nA' + A", 'matlab', 1, 0, ['2', '3'], '2 + 3 = 5'],
    [
      '$\\begin{bmatrix} 1 & 2 \\\\ 3 & 4 \\end{bmatrix} \\begin{bmatrix} 5 \\\\ 6 \\end{bmatrix}$',
      'latex',
      1,
      0,
      ['3 4', '5 6'],
      '3 \\cdot 5 + 4 \\cdot 6 = 39',
    ],
  ] as const)('%s', (text, language, row, column, taken, working) => {
    const found = of(text, language);
    expect(sources(found, row, column)).toEqual(taken);
    expect(entryWorking(found.provenance, { row, column })).toBe(working);
    katex.renderToString(working, { strict: 'error', throwOnError: true });
  });
});

test('a name whose numbers are not what is written has no places', () => {
  const { provenance } = of(`${PYTHON}A[0, 0] = 7\nA @ x`, 'python');
  expect(provenance.operands.map(o => o.places?.length)).toEqual([undefined, 2]);
});

test('an operand within a function of the document has the numbers it was given', () => {
  const text = `${PYTHON}B = np.array([[0, 1], [1, 0]])\ndef f(A):\n    return A @ A\nf(B)`;
  const found = inspect(text, 'python', { start: text.length - 4, end: text.length });
  const { provenance } = found?.steps.at(-1) ?? {};
  expect(provenance?.result.latex).toEqual(['1', '0', '0', '1']);
  expect(provenance?.operands.every(o => o.places === undefined)).toBe(true);
});

test('large products carry none', () => {
  const text = 'import numpy as np\nnp.ones((20, 20)) @ np.ones((20, 20))';
  const found = inspect(text, 'python', { start: 19, end: text.length });
  expect(found?.steps.length).toBe(1);
  expect(found?.steps[0].provenance).toBeUndefined();
});

test('is plain data', () => {
  const { provenance } = of(`${PYTHON}A @ A`, 'python');
  expect(structuredClone(provenance)).toEqual(provenance);
  expect(JSON.parse(JSON.stringify(provenance))).toEqual(provenance);
});
