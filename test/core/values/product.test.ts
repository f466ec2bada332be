import { expect, test } from 'vitest';
import { ndarray } from '../../../src/core/values/ndarray';
import { matrixProduct } from '../../../src/core/values/product';
import { randomFrom } from '../linalg/gallery';

test.each([
  [3, 4, 5],
  [40, 33, 50],
  [1, 40000, 2],
])('a complex product %d×%d×%d is the sum of its terms', (m, k, n) => {
  const next = randomFrom(m * k * n);
  const [x, y] = [2 * m * k, 2 * k * n].map(length => Float64Array.from({ length }, next));
  const product = matrixProduct(ndarray('complex128', [m, k], x), ndarray('complex128', [k, n], y), 'complex128');
  const data = product.data as Float64Array;
  for (const [i, j] of [
    [0, 0],
    [m - 1, n - 1],
    [m >> 1, n >> 1],
  ]) {
    let [re, im] = [0, 0];
    for (let p = 0; p < k; p++) {
      const [a, b] = [2 * (i * k + p), 2 * (p * n + j)];
      re += x[a] * y[b] - x[a + 1] * y[b + 1];
      im += x[a] * y[b + 1] + x[a + 1] * y[b];
    }
    expect(Math.hypot(data[2 * (i * n + j)] - re, data[2 * (i * n + j) + 1] - im)).toBeLessThan(k * 1e-14);
  }
});
