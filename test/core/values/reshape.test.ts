import { expect, test } from 'vitest';
import { evaluateSource } from '../../../src/core/index';

/** Whether a change of `b` is seen in `a`, as NumPy's `shares_memory` tells (1.24.2). */
test.each([
  ['np.arange(3)[::-1]', '.reshape(3, 1)', true],
  ['np.arange(3)[::-1]', '.ravel()', false],
  ['np.arange(6).reshape(2, 3).T', '.reshape(6)', false],
  ['np.arange(6).reshape(2, 3).T', ".reshape(6, order='F')", true],
  ['np.arange(6).reshape(2, 3).T', ".ravel(order='F')", true],
  ['np.arange(24).reshape(2, 3, 4)[:, :, ::2]', '.reshape(6, 2)', true],
  ['np.arange(24).reshape(2, 3, 4)[:, ::2]', '.reshape(4, 4)', false],
  ['np.arange(24).reshape(4, 6)[::2]', '.reshape(2, 3, 2)', true],
  ['np.arange(24).reshape(4, 6)[1:]', '.ravel()', true],
  ['np.arange(6)', '.flatten()', false],
])('%s%s is a view: %s', (a, b, shared) => {
  const lines = evaluateSource(
    `import numpy as np\na = ${a}\nc = a.copy()\nb = a${b}\nb += 100\n(a != c).any()`,
    'python',
  );
  expect(lines.at(-1)?.text).toBe(shared ? 'True' : 'False');
});
