import { fused, productError, sumError } from '../values/fused';
import { length2, withSign } from './rotations';

/**
 * Householder reductions of matrices up to 5×5 to the last bit as NumPy's LAPACK makes them (dgebd2, dgeqr2 and dgelq2 over
 * OpenBLAS's kernels for AVX2 processors). Which vectors belong to singular values that are zero but for rounding depends
 * on exactly that rounding.
 */

/** The longest side that is reduced so. */
export const LONGEST = 5;

/** Aᵀ x for one column of A (dgemv 'T'). */
function alongColumn(x: readonly number[], a: readonly number[]): number {
  const p = a.map((e, k) => e * x[k]);
  switch (a.length) {
    case 1:
      return p[0];
    case 2:
      return fused(a[0], x[0], p[1]);
    case 3:
      return fused(a[2], x[2], fused(a[0], x[0], p[1]));
    default: {
      const four = p[0] + p[2] + (p[1] + p[3]);
      return a.length === 4 ? four : fused(a[4], x[4], four);
    }
  }
}

/** A x for row `k` of the `rows` of A (dgemv 'N'): four rows go together where there are four columns. */
function alongRow(x: readonly number[], a: readonly number[], k: number, rows: number): number {
  let sum = 0;
  let from = 0;
  if (rows >= 4 && k < 4 && a.length >= 4) {
    sum = fused(a[2], x[2], a[0] * x[0]) + fused(a[3], x[3], a[1] * x[1]);
    from = 4;
  }
  for (let j = from; j < a.length; j++) sum += a[j] * x[j];
  return sum;
}

/** The 2-norm as an extended accumulator gives it. */
function norm(x: readonly number[]): number {
  let high = 0;
  let low = 0;
  for (const e of x) {
    const square = e * e;
    const sum = high + square;
    low += sumError(high, square, sum) + productError(e, e, square);
    high = sum;
  }
  if (high === 0) return 0;
  const root = Math.sqrt(high + low);
  const square = root * root;
  return root + (high - square - productError(root, root, square) + low) / (2 * root);
}

/** The reflection that takes x to (beta, 0, …), as `reflector` makes it: v over x, and tau. */
function reflection(x: readonly number[]): {
  readonly beta: number;
  readonly v: readonly number[];
  readonly tau: number;
} {
  const below = norm(x.slice(1));
  if (below === 0) return { beta: x[0], v: [1, ...x.slice(1)], tau: 0 };
  const beta = -withSign(length2(x[0], below), x[0]);
  const scale = 1 / (x[0] - beta);
  return { beta, v: [1, ...x.slice(1).map(e => e * scale)], tau: (beta - x[0]) / beta };
}

/** Lines of a matrix that lie side by side: entry k of line i by a getter and a setter. */
interface Lines {
  readonly count: number;
  get(line: number, k: number): number;
  set(line: number, k: number, value: number): void;
}

/** Applies H = I − tau v vᵀ to every line; `across` where the lines are rows of what LAPACK holds by columns. */
function reflectLines(lines: Lines, v: readonly number[], tau: number, across: boolean): void {
  if (tau === 0) return;
  let size = v.length;
  while (size > 0 && v[size - 1] === 0) size--;
  const head = v.slice(0, size);
  const line = (i: number): number[] => head.map((_, k) => lines.get(i, k));
  let { count } = lines;
  while (count > 0 && line(count - 1).every(e => e === 0)) count--;
  const w = Array.from({ length: count }, (_, i) =>
    across ? alongRow(head, line(i), i, count) : alongColumn(head, line(i)),
  );
  for (let i = 0; i < count; i++)
    for (let k = 0; k < size; k++)
      lines.set(i, k, lines.get(i, k) + (across ? w[i] * (-tau * v[k]) : -tau * w[i] * v[k]));
}

/**
 * Reduces the row-major m×n `a` (m ≥ n, rows `ld` apart) in place: its columns below the diagonal, and with `tauP` its rows
 * beside the superdiagonal too. The vectors stay where the zeros would, as LAPACK leaves them. `mirrored` where `a` is the
 * transpose of what was asked for.
 */
export function reduceSmall(
  a: Float64Array,
  ld: number,
  m: number,
  n: number,
  mirrored: boolean,
  tauQ: Float64Array,
  tauP?: Float64Array,
): void {
  const keep = (at: number, step: number, size: number): { readonly v: readonly number[]; readonly tau: number } => {
    const { beta, v, tau } = reflection(Array.from({ length: size }, (_, k) => a[at + k * step]));
    a[at] = beta;
    for (let k = 1; k < size; k++) a[at + k * step] = v[k];
    return { v, tau };
  };
  /** Lines that begin at `at`, `line` apart, their entries `step` apart. */
  const lines = (at: number, line: number, step: number, count: number): Lines => ({
    count,
    get: (i, k) => a[at + i * line + k * step],
    set: (i, k, value) => {
      a[at + i * line + k * step] = value;
    },
  });
  for (let i = 0; i < n; i++) {
    const corner = i * (ld + 1);
    const column = keep(corner, ld, m - i);
    tauQ[i] = column.tau;
    reflectLines(lines(corner + 1, 1, ld, n - i - 1), column.v, column.tau, mirrored);
    if (!tauP || i === n - 1) continue;
    const row = keep(corner + 1, 1, n - i - 1);
    tauP[i] = row.tau;
    reflectLines(lines(corner + ld + 1, ld, 1, m - i - 1), row.v, row.tau, !mirrored);
  }
}
