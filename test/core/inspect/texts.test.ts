import { expect, test } from 'vitest';
import { inspect } from '../../../src/core/index';

const SOURCE = `import numpy as np
labels = np.array([['setosa', 'v_1'], ['setosa', 'x']])
mask = labels == 'setosa'
`;

const found = (part: string) => {
  const start = SOURCE.indexOf(part);
  return inspect(SOURCE, 'python', { start, end: start + part.length });
};

test('an array of texts shows its shape, type and texts, and no picture of numbers', () => {
  const labels = found('labels');
  expect(labels?.status).toBe('ok');
  expect(labels?.text).toBe("array([['setosa', 'v_1'],\n       ['setosa', 'x']], dtype='<U6')");
  expect(labels?.summary).toEqual(['2×2 <U6']);
  expect(labels?.facts.map(f => f.label)).toEqual(['shape', 'dtype', 'distinct']);
  expect(labels?.pictures).toEqual([]);
  expect(labels?.latex).toBe(
    '\\begin{bmatrix} \\text{setosa} & \\text{v\\_1} \\\\ \\text{setosa} & \\text{x} \\end{bmatrix}',
  );
});

test('what texts are compared with gives truths', () => {
  expect(found('mask')?.text).toBe('array([[ True, False],\n       [ True, False]])');
});
