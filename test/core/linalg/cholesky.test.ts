import { expect, test } from 'vitest';
import * as L from '../../../src/core/linalg/index';
import { random } from './gallery';

test.each([
  [1, false],
  [33, false],
  [100, false],
  [20, true],
  [75, true],
] as const)('Cholesky of side %d beyond one panel, complex: %s', (n, complex) => {
  const a = random(n, n, n, complex);
  const h = L.multiply(a, L.adjoint(a));
  const f = L.cholesky(h);
  if (f.kind !== 'ok') throw new Error(f.kind);
  expect(L.productResidual(h, f.l, L.adjoint(f.l))).toBeLessThan(n * 1e-15);
  expect(f.l.re.every((x, k) => k % n <= Math.floor(k / n) || x === 0)).toBe(true);
  expect(f.l.im?.every((x, k) => k % n < Math.floor(k / n) || x === 0) ?? true).toBe(true);
  h.re[(n - 1) * (n + 1)] -= 1e6;
  expect(L.cholesky(h).kind).toBe('not-positive-definite');
});
