import { expect, test } from 'vitest';
import { evaluateSource, inspect } from '../../../src/core/index';

const PYTHON = `import numpy as np
F = np.array([[1, 0.1], [0, 1]])
H = np.array([[1, 0]])
b = np.array([1, 2, 3])
`;

function hint(head: string, languageId: string, expression: string): string | undefined {
  const text = `${head}${expression}\n`;
  const found = inspect(text, languageId, { start: head.length, end: head.length + expression.length });
  expect(found?.status).toBe('error');
  return found?.hint;
}

test.each([
  ['F @ H', 'F is 2×2 and H is 1×2: 2 columns on the left do not meet 1 row on the right. H.T would fit.'],
  ['F @ b', 'F is 2×2 and b is 3: 2 columns on the left do not meet 3 entries on the right.'],
  ['1 + (b @ F)', 'b is 3 and F is 2×2: 3 entries on the left do not meet 2 rows on the right.'],
  ['F + b', 'F is 2×2 and b is 3: counted from the last, lengths must be the same, or one of them 1.'],
  ['np.linalg.inv(np.ones((2, 2)))', undefined],
])('python: %s', (expression, expected) => {
  expect(hint(PYTHON, 'python', expression)).toBe(expected);
});

test('MATLAB and mathematics', () => {
  expect(hint('A = [1 2; 3 4];\nB = [1 2 3];\n', 'matlab', 'A * B')).toBe(
    'A is 2×2 and B is 1×3: 2 columns on the left do not meet 1 row on the right.',
  );
  expect(hint('A = [1 2; 3 4];\nB = [1 2];\n', 'matlab', 'A * B')).toContain("B' would fit.");
  expect(hint('A = [1 2; 3 4];\nB = [1 2 3];\n', 'matlab', 'A + B')).toBe('A is 2×2 and B is 1×3.');
});

test('statements of a file have it too, and what is unpacked stands under its names', () => {
  const text = `${PYTHON}F @ H\nq, r = divmod(7, 2)\n`;
  const all = evaluateSource(text, 'python', { assignments: true });
  expect(all.find(e => e.status === 'error')?.hint).toContain('H.T would fit.');
  expect(all.at(-1)?.inline).toBe('q = 3, r = 1');
});

test('several results of MATLAB print as its prompt prints them, each under its name', () => {
  const text = 'A = [2 0; 0 3];\n[L, U] = lu(A)';
  const at = text.indexOf('lu(A)');
  const found = inspect(text, 'matlab', { start: at, end: at });
  expect(found?.text).toBe('L =\n\n   1   0\n   0   1\n\nU =\n\n   2   0\n   0   3');
});
