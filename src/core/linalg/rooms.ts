import { copyIn, type Take } from '../kernels/wasm';

/** Row-major matrices inside a room of `kernels/wasm`: m×n with rows `ld` apart. */

/** A row length whose rows do not all fall into the same cache lines. */
export const paddedStride = (n: number): number => (n > 64 && n % 16 === 0 ? n + 8 : n);

/** A copy of the dense m×n `x` in the room. */
export function enter(take: Take, x: Float64Array, m: number, n: number, ld = paddedStride(n)): Float64Array {
  if (ld === n) return copyIn(take, x);
  const to = take(m * ld);
  for (let i = 0; i < m; i++) to.set(x.subarray(i * n, (i + 1) * n), i * ld);
  return to;
}

/** A dense copy outside of the room. */
export function leave(x: Float64Array, m: number, n: number, ld = paddedStride(n)): Float64Array {
  if (ld === n) return x.slice(0, m * n);
  const out = new Float64Array(m * n);
  for (let i = 0; i < m; i++) out.set(x.subarray(i * ld, i * ld + n), i * n);
  return out;
}

/** The first `n` columns of the identity. */
export function identityIn(take: Take, m: number, n: number, ld = paddedStride(n)): Float64Array {
  const x = take(m * ld);
  for (let i = 0; i < n; i++) x[i * ld + i] = 1;
  return x;
}
