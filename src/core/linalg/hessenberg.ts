import { type Update, updateAndMultiply } from '../kernels/updates';
import type { Take } from '../kernels/wasm';
import { applyReflectors, reflector } from './householder';
import type { Spend } from './matrix';
import { identityIn } from './rooms';

/**
 * Reduces rows and columns low … high of the n×n `a`, rows `ld` apart in a room, to upper Hessenberg form in place and
 * returns Q, laid out likewise, with A = Q H Qᵀ (gehrd and orghr). A step's updates from both sides are put off until the
 * next one, which goes over the matrix once for them and its products.
 */
export function hessenberg(
  a: Float64Array,
  ld: number,
  n: number,
  low: number,
  high: number,
  take: Take,
  spend?: Spend,
): Float64Array {
  const count = Math.max(high - low, 0);
  const tau = new Float64Array(count);
  const w = take(n);
  let [p, dots, x, v] = [take(n), take(n), take(n), take(n)];
  // A still lacks p qᵀ + x yᵀ.
  const [q, y] = [take(n), take(n)];
  const pass = (from: number): void => {
    const update: Update = { p, q, x, y };
    updateAndMultiply(a, ld, [0, high + 1], [from, n], update, v, dots, v, w);
  };
  for (let j = low; j < high; j++) {
    spend?.(8 * n * (high - j));
    if (j > low) for (let r = 0; r <= high; r++) a[r * ld + j] -= p[r] * q[j] + x[r] * y[j];
    const t = reflector(a, (j + 1) * ld + j, ld, high - j);
    tau[j - low] = t;
    v[j] = 0;
    v[j + 1] = 1;
    for (let r = j + 2; r <= high; r++) v[r] = a[r * ld + j];
    w.fill(0);
    pass(j + 1);
    let both = 0;
    for (let r = j + 1; r <= high; r++) both += v[r] * dots[r];
    for (let c = j + 1; c < n; c++) {
      q[c] = t * v[c];
      y[c] = t * (w[c] - both * q[c]);
    }
    [p, dots] = [dots, p];
    [x, v] = [v, x];
    v.fill(0, 0, j + 2);
  }
  if (count > 0) pass(high);
  const z = identityIn(take, n, n, ld);
  spend?.(2 * n * n * count);
  if (count > 0) {
    const start = (low + 1) * ld + low;
    const reflectors = { data: a, at: start, rowStep: ld, columnStep: 1, tau, count, size: count };
    applyReflectors(reflectors, z, (low + 1) * (ld + 1), ld, count, false, true);
  }
  for (let i = 2; i < n; i++) a.fill(0, i * ld, i * ld + i - 1);
  return z;
}
