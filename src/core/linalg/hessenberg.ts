import { applyReflectors, reflector } from './householder';
import type { Spend } from './matrix';

/**
 * Reduces rows and columns low … high of the n×n row-major `a` to upper Hessenberg form in place and returns Q with
 * A = Q H Qᵀ (gehrd and orghr). Both updates of a step share one pass over the matrix.
 */
export function hessenberg(a: Float64Array, n: number, low: number, high: number, spend?: Spend): Float64Array {
  const count = Math.max(high - low, 0);
  const tau = new Float64Array(count);
  const v = new Float64Array(n);
  const tv = new Float64Array(n);
  const w = new Float64Array(n);
  for (let j = low; j < high; j++) {
    spend?.(8 * n * (high - j));
    const t = reflector(a, (j + 1) * n + j, n, high - j);
    tau[j - low] = t;
    if (t === 0) continue;
    v[j + 1] = 1;
    for (let r = j + 2; r <= high; r++) v[r] = a[r * n + j];
    for (let r = j + 1; r <= high; r++) tv[r] = t * v[r];
    w.fill(0);
    for (let r = 0; r <= high; r++) {
      const at = r * n;
      let dot = 0;
      for (let c = j + 1; c <= high; c++) dot += a[at + c] * v[c];
      for (let c = j + 1; c <= high; c++) a[at + c] -= dot * tv[c];
      if (r <= j) continue;
      const x = v[r];
      for (let c = j + 1; c < n; c++) w[c] += x * a[at + c];
    }
    for (let c = j + 1; c < n; c++) w[c] *= t;
    for (let r = j + 1; r <= high; r++) {
      const x = v[r];
      const at = r * n;
      for (let c = j + 1; c < n; c++) a[at + c] -= x * w[c];
    }
  }
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  spend?.(2 * n * n * count);
  if (count > 0) {
    const start = (low + 1) * n + low;
    const reflectors = { data: a, at: start, rowStep: n, columnStep: 1, tau, count, size: count };
    applyReflectors(reflectors, q, (low + 1) * (n + 1), n, count, false, true);
  }
  for (let i = 2; i < n; i++) for (let j = 0; j < i - 1; j++) a[i * n + j] = 0;
  return q;
}
