import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** NumPy 2.4's answers: 1.24 looks at the values of Python's numbers, and gives the same types here. */
test.each([
  ['np.select([a > 8, a < 0], [a, -1], 9)', 'array([9, 9], dtype=int32)'],
  ['np.select([a > 8, a < 0], [a, a], 9)', 'array([9, 9], dtype=int32)'],
  ['np.select([b > 4, b < 0], [b, -1.5], 9)', 'array([5., 9.], dtype=float32)'],
  ['np.select([b > 4], [1], 0)', 'array([1, 0])'],
])('%s', (call, text) => {
  const source = `import numpy as np\na = np.array([7, 9], dtype=np.int32)\nb = np.array([5, 3], dtype=np.float32)\n${call}\n`;
  expect(evaluateSource(source, 'python').at(-1)?.text).toBe(text);
});
