import { type Matrix, matrix, type Spend } from './matrix';

export type Cholesky = { readonly kind: 'ok'; readonly l: Matrix } | { readonly kind: 'not-positive-definite' };

/** A = L Lᴴ with lower triangular L and positive diagonal; only the lower triangle of A is read (LAPACK potrf). */
export function cholesky(a: Matrix, spend?: Spend): Cholesky {
  const n = a.rows;
  const re = new Float64Array(n * n);
  const im = a.im && new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    spend?.(2 * (n - j) * j * (im ? 4 : 1));
    let d = a.re[j * n + j];
    for (let k = 0; k < j; k++) d -= re[j * n + k] ** 2 + (im ? im[j * n + k] ** 2 : 0);
    if (!(d > 0)) return { kind: 'not-positive-definite' };
    const root = Math.sqrt(d);
    re[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let x = a.re[i * n + j];
      let y = a.im?.[i * n + j] ?? 0;
      for (let k = 0; k < j; k++) {
        x -= re[i * n + k] * re[j * n + k];
        if (im) {
          x -= im[i * n + k] * im[j * n + k];
          y -= im[i * n + k] * re[j * n + k] - re[i * n + k] * im[j * n + k];
        }
      }
      re[i * n + j] = x / root;
      if (im) im[i * n + j] = y / root;
    }
  }
  return { kind: 'ok', l: matrix(n, n, re, im) };
}
