import { divide, multiply as times } from '../values/complex';
import { identity, type Matrix, matrix, type Spend } from './matrix';

/**
 * P A = L U by partial pivoting, columns from left to right (LAPACK getf2): `lu` holds U on and above the diagonal and
 * the unit lower L below it; row i of P A is row `pivots[i]` of A. `sign` is the permutation's. `singular` when a pivot is 0.
 */
export interface LU {
  readonly lu: Matrix;
  readonly pivots: Int32Array;
  readonly sign: 1 | -1;
  readonly singular: boolean;
}

/** LU of an m×n matrix. */
export function lu(a: Matrix, spend?: Spend): LU {
  const m = a.rows;
  const n = a.columns;
  const re = a.re.slice();
  const im = a.im?.slice();
  const pivots = Int32Array.from({ length: m }, (_, i) => i);
  let sign: 1 | -1 = 1;
  let singular = false;
  const size = (k: number): number => (im ? Math.abs(re[k]) + Math.abs(im[k]) : Math.abs(re[k]));
  for (let j = 0; j < Math.min(m, n); j++) {
    spend?.(2 * (m - j) * (n - j) * (im ? 4 : 1));
    let p = j;
    for (let i = j + 1; i < m; i++) if (size(i * n + j) > size(p * n + j)) p = i;
    if (size(p * n + j) === 0) {
      singular = true;
      continue;
    }
    if (p !== j) {
      for (let k = 0; k < n; k++) {
        [re[p * n + k], re[j * n + k]] = [re[j * n + k], re[p * n + k]];
        if (im) [im[p * n + k], im[j * n + k]] = [im[j * n + k], im[p * n + k]];
      }
      [pivots[p], pivots[j]] = [pivots[j], pivots[p]];
      sign = -sign as 1 | -1;
    }
    const d = j * n + j;
    if (!im) {
      // LAPACK scales the column by the pivot's reciprocal.
      const reciprocal = 1 / re[d];
      const scale = Number.isFinite(reciprocal);
      for (let i = j + 1; i < m; i++) {
        const f = scale ? re[i * n + j] * reciprocal : re[i * n + j] / re[d];
        re[i * n + j] = f;
        if (f !== 0) for (let k = j + 1; k < n; k++) re[i * n + k] -= f * re[j * n + k];
      }
    } else {
      for (let i = j + 1; i < m; i++) {
        const f = divide({ re: re[i * n + j], im: im[i * n + j] }, { re: re[d], im: im[d] });
        re[i * n + j] = f.re;
        im[i * n + j] = f.im;
        for (let k = j + 1; k < n; k++) {
          const t = times(f, { re: re[j * n + k], im: im[j * n + k] });
          re[i * n + k] -= t.re;
          im[i * n + k] -= t.im;
        }
      }
    }
  }
  return { lu: matrix(m, n, re, im), pivots, sign, singular };
}

/** The determinant: the signed product of the pivots. 1 for 0×0. */
export function determinant(a: Matrix, spend?: Spend): { readonly re: number; readonly im: number } {
  const f = lu(a, spend);
  const n = a.rows;
  let d = { re: f.sign as number, im: 0 };
  if (f.singular) return { re: 0, im: 0 };
  for (let i = 0; i < n; i++) {
    const k = i * n + i;
    d = f.lu.im ? times(d, { re: f.lu.re[k], im: f.lu.im[k] }) : { re: d.re * f.lu.re[k], im: 0 };
  }
  return d;
}

/** sign × exp(logabs): the determinant that does not overflow. Real matrices only have sign ±1 or 0. */
export function slogdet(a: Matrix, spend?: Spend): { readonly sign: number; readonly logabs: number } {
  const f = lu(a, spend);
  if (f.singular) return { sign: 0, logabs: Number.NEGATIVE_INFINITY };
  let sign: number = f.sign;
  let logabs = 0;
  for (let i = 0; i < a.rows; i++) {
    const d = f.lu.re[i * a.rows + i];
    if (d < 0) sign = -sign;
    logabs += Math.log(Math.abs(d));
  }
  return { sign, logabs };
}

export type Solved = { readonly kind: 'ok'; readonly x: Matrix } | { readonly kind: 'singular' };

/** Solves A X = B for square A by LU (LAPACK gesv). */
export function solve(a: Matrix, b: Matrix, spend?: Spend): Solved {
  const complexSystem = a.im || b.im;
  const f = lu(complexSystem && !a.im ? { ...a, im: new Float64Array(a.re.length) } : a, spend);
  if (f.singular) return { kind: 'singular' };
  const n = a.rows;
  const m = b.columns;
  const re = new Float64Array(n * m);
  const im = complexSystem ? new Float64Array(n * m) : undefined;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      re[i * m + j] = b.re[f.pivots[i] * m + j];
      if (im && b.im) im[i * m + j] = b.im[f.pivots[i] * m + j];
    }
  }
  const L = f.lu;
  const eliminate = (i: number, k: number): void => {
    const q = i * n + k;
    if (!im || !L.im) {
      const s = L.re[q];
      if (s !== 0) for (let j = 0; j < m; j++) re[i * m + j] -= s * re[k * m + j];
      return;
    }
    for (let j = 0; j < m; j++) {
      const t = times({ re: L.re[q], im: L.im[q] }, { re: re[k * m + j], im: im[k * m + j] });
      re[i * m + j] -= t.re;
      im[i * m + j] -= t.im;
    }
  };
  for (let k = 0; k < n; k++) {
    spend?.(2 * (n - k) * m);
    for (let i = k + 1; i < n; i++) eliminate(i, k);
  }
  for (let k = n - 1; k >= 0; k--) {
    spend?.(2 * k * m);
    const d = k * n + k;
    for (let j = 0; j < m; j++) {
      if (!im || !L.im) re[k * m + j] /= L.re[d];
      else {
        const t = divide({ re: re[k * m + j], im: im[k * m + j] }, { re: L.re[d], im: L.im[d] });
        re[k * m + j] = t.re;
        im[k * m + j] = t.im;
      }
    }
    for (let i = 0; i < k; i++) eliminate(i, k);
  }
  return { kind: 'ok', x: matrix(n, m, re, im) };
}

/** The inverse, as NumPy computes it: the solution of A X = I. */
export const inverse = (a: Matrix, spend?: Spend): Solved => solve(a, identity(a.rows), spend);
