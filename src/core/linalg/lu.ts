import { addProduct } from '../kernels/product';
import { divide, multiply as times } from '../values/complex';
import { log } from '../values/exponential';
import { identity, type Matrix, matrix, type Spend } from './matrix';
import { swapRows } from './rotations';

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

/** Up to this side elimination sums each entry's products before it subtracts, which rounds as OpenBLAS's getrf does. */
const SMALL = 48;
const PANEL = 16;

interface State {
  readonly n: number;
  readonly pivots: Int32Array;
  sign: 1 | -1;
  singular: boolean;
}

/** LU of an m×n matrix. */
export function lu(a: Matrix, spend?: Spend): LU {
  const m = a.rows;
  const n = a.columns;
  const re = a.re.slice();
  const im = a.im?.slice();
  const state: State = { n, pivots: Int32Array.from({ length: m }, (_, i) => i), sign: 1, singular: false };
  const count = Math.min(m, n);
  if (im) eliminateComplex(re, im, m, state, spend);
  else if (count <= SMALL) {
    spend?.(2 * m * n * count);
    eliminateBySums(re, m, count, state);
  } else {
    recurse(re, m, 0, count, state, spend);
    if (n > count) {
      solveUnitLower(re, 0, n, re, count, n, count, n - count);
    }
  }
  return { lu: matrix(m, n, re, im), pivots: state.pivots, sign: state.sign, singular: state.singular };
}

function exchange(parts: readonly Float64Array[], state: State, i: number, j: number): void {
  if (i === j) return;
  for (const x of parts) swapRows(x, state.n, state.n, i, j);
  [state.pivots[i], state.pivots[j]] = [state.pivots[j], state.pivots[i]];
  state.sign = -state.sign as 1 | -1;
}

/** The row from `j` on whose entry in column j is largest, brought to row j; nothing where all are zero. */
function pivot(a: Float64Array, m: number, j: number, state: State): boolean {
  const { n } = state;
  let p = j;
  let top = Math.abs(a[j * n + j]);
  for (let i = j + 1; i < m; i++) {
    const size = Math.abs(a[i * n + j]);
    if (size > top) {
      p = i;
      top = size;
    }
  }
  if (a[p * n + j] === 0) {
    state.singular = true;
    return false;
  }
  exchange([a], state, p, j);
  return true;
}

/** Divides column j below the diagonal by its pivot: by the reciprocal, as LAPACK does, where there is one. */
function scaleColumn(a: Float64Array, m: number, j: number, n: number): void {
  const d = a[j * n + j];
  const reciprocal = 1 / d;
  const scale = Number.isFinite(reciprocal);
  for (let at = (j + 1) * n + j; at < m * n; at += n) a[at] = scale ? a[at] * reciprocal : a[at] / d;
}

/** Crout's order: column after column, each entry less the dot product of its row of L and its column of U. */
function eliminateBySums(a: Float64Array, m: number, count: number, state: State): void {
  const { n } = state;
  for (let j = 0; j < n; j++) {
    for (let i = 1; i < m; i++) {
      let sum = 0;
      for (let k = 0; k < Math.min(i, j, count); k++) {
        // A zero of U takes no part, so that 0·∞ makes no NaN.
        if (a[k * n + j] !== 0) sum += a[i * n + k] * a[k * n + j];
      }
      a[i * n + j] -= sum;
    }
    if (j < count && pivot(a, m, j, state)) scaleColumn(a, m, j, n);
  }
}

/** Eliminates columns from … to − 1 of a panel. */
function eliminate(a: Float64Array, m: number, from: number, to: number, state: State): void {
  const { n } = state;
  for (let j = from; j < to; j++) {
    if (!pivot(a, m, j, state)) continue;
    scaleColumn(a, m, j, n);
    for (let i = j + 1; i < m; i++) {
      const f = a[i * n + j];
      if (f !== 0) for (let k = j + 1; k < to; k++) a[i * n + k] -= f * a[j * n + k];
    }
  }
}

/** Toledo's recursion (1997; getrf2): the left half, then the right half updated by products. */
function recurse(a: Float64Array, m: number, from: number, to: number, state: State, spend?: Spend): void {
  const { n } = state;
  if (to - from <= PANEL) {
    spend?.(2 * (m - from) * (to - from) ** 2);
    eliminate(a, m, from, to, state);
    return;
  }
  const middle = from + Math.floor((to - from) / 2 / PANEL + 0.5) * PANEL;
  recurse(a, m, from, middle, state, spend);
  const k = middle - from;
  spend?.(2 * (m - from) * k * (to - middle));
  solveUnitLower(a, from * n + from, n, a, from * n + middle, n, k, to - middle);
  addProduct(
    m - middle,
    to - middle,
    k,
    -1,
    a,
    middle * n + from,
    n,
    1,
    a,
    from * n + middle,
    n,
    1,
    a,
    middle * n + middle,
    n,
  );
  recurse(a, m, middle, to, state, spend);
}

/** B := L⁻¹ B for unit lower triangular L (k×k) and B (k×columns), both inside larger row-major arrays. */
function solveUnitLower(
  l: Float64Array,
  lo: number,
  ldl: number,
  b: Float64Array,
  bo: number,
  ldb: number,
  k: number,
  columns: number,
): void {
  if (k > 32) {
    const half = Math.floor(k / 2);
    const lower = bo + half * ldb;
    solveUnitLower(l, lo, ldl, b, bo, ldb, half, columns);
    addProduct(k - half, columns, half, -1, l, lo + half * ldl, ldl, 1, b, bo, ldb, 1, b, lower, ldb);
    solveUnitLower(l, lo + half * (ldl + 1), ldl, b, lower, ldb, k - half, columns);
    return;
  }
  for (let p = 0; p < k; p++)
    for (let i = p + 1; i < k; i++) subtractRow(b, bo + i * ldb, bo + p * ldb, columns, l[lo + i * ldl + p]);
}

/** B := U⁻¹ B for upper triangular U. */
export function solveUpper(
  u: Float64Array,
  uo: number,
  ldu: number,
  b: Float64Array,
  bo: number,
  ldb: number,
  k: number,
  columns: number,
): void {
  if (k > 32) {
    const half = Math.floor(k / 2);
    const lower = bo + half * ldb;
    solveUpper(u, uo + half * (ldu + 1), ldu, b, lower, ldb, k - half, columns);
    addProduct(half, columns, k - half, -1, u, uo + half, ldu, 1, b, lower, ldb, 1, b, bo, ldb);
    solveUpper(u, uo, ldu, b, bo, ldb, half, columns);
    return;
  }
  for (let p = k - 1; p >= 0; p--) {
    const d = u[uo + p * ldu + p];
    const from = bo + p * ldb;
    // OpenBLAS divides one right side (trsv) but multiplies several by the reciprocal (trsm).
    const reciprocal = columns > 1 ? 1 / d : Number.NaN;
    const scale = Number.isFinite(reciprocal);
    // A zero stays as it is, with its sign, whatever stands in U (trsm).
    for (let j = from; j < from + columns; j++) if (b[j] !== 0) b[j] = scale ? b[j] * reciprocal : b[j] / d;
    for (let i = 0; i < p; i++) subtractRow(b, bo + i * ldb, from, columns, u[uo + i * ldu + p]);
  }
}

/** Row at `to` −= f · row at `from`; zeros of `from` take no part, so that 0·∞ makes no NaN (trsm). */
function subtractRow(b: Float64Array, to: number, from: number, columns: number, f: number): void {
  if (f === 0) return;
  if (Number.isFinite(f)) for (let j = 0; j < columns; j++) b[to + j] -= f * b[from + j];
  else for (let j = 0; j < columns; j++) if (b[from + j] !== 0) b[to + j] -= f * b[from + j];
}

function eliminateComplex(re: Float64Array, im: Float64Array, m: number, state: State, spend?: Spend): void {
  const { n } = state;
  for (let j = 0; j < Math.min(m, n); j++) {
    spend?.(8 * (m - j) * (n - j));
    let p = j;
    let top = -1;
    for (let i = j; i < m; i++) {
      const size = Math.abs(re[i * n + j]) + Math.abs(im[i * n + j]);
      if (size > top) {
        p = i;
        top = size;
      }
    }
    if (top === 0) {
      state.singular = true;
      continue;
    }
    exchange([re, im], state, p, j);
    const d = { re: re[j * n + j], im: im[j * n + j] };
    for (let i = j + 1; i < m; i++) {
      const f = divide({ re: re[i * n + j], im: im[i * n + j] }, d);
      re[i * n + j] = f.re;
      im[i * n + j] = f.im;
      subtractMultiple(re, im, i * n + j + 1, j * n + j + 1, n - j - 1, f.re, f.im);
    }
  }
}

/** x −= f y for `count` complex entries of one array. */
function subtractMultiple(
  re: Float64Array,
  im: Float64Array,
  x: number,
  y: number,
  count: number,
  fr: number,
  fi: number,
): void {
  if (fr === 0 && fi === 0) return;
  for (let k = 0; k < count; k++) {
    re[x + k] -= fr * re[y + k] - fi * im[y + k];
    im[x + k] -= fr * im[y + k] + fi * re[y + k];
  }
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

export interface SignedLog {
  /** A unit number: ±1 for real matrices; 0 when singular. */
  readonly sign: { readonly re: number; readonly im: number };
  readonly logabs: number;
}

/** sign × exp(logabs): the determinant that does not overflow. */
export function slogdet(a: Matrix, spend?: Spend): SignedLog {
  const f = lu(a, spend);
  if (f.singular) return { sign: { re: 0, im: 0 }, logabs: Number.NEGATIVE_INFINITY };
  let sign = { re: f.sign as number, im: 0 };
  let logabs = 0;
  for (let i = 0; i < a.rows; i++) {
    const re = f.lu.re[i * a.rows + i];
    const im = f.lu.im?.[i * a.rows + i];
    if (im === undefined) {
      if (re < 0) sign = { re: -sign.re, im: 0 };
      logabs += log(Math.abs(re));
    } else {
      const size = Math.hypot(re, im);
      sign = times(sign, { re: re / size, im: im / size });
      logabs += log(size);
    }
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
    const from = f.pivots[i] * m;
    re.set(b.re.subarray(from, from + m), i * m);
    if (im && b.im) im.set(b.im.subarray(from, from + m), i * m);
  }
  spend?.((im ? 8 : 2) * n * n * m);
  const { lu: L } = f;
  if (!im || !L.im) {
    solveUnitLower(L.re, 0, n, re, 0, m, n, m);
    solveUpper(L.re, 0, n, re, 0, m, n, m);
    return { kind: 'ok', x: matrix(n, m, re) };
  }
  const { im: li } = L;
  const clear = (i: number, k: number): void =>
    subtractMultiple(re, im, i * m, k * m, m, L.re[i * n + k], li[i * n + k]);
  for (let k = 0; k < n; k++) for (let i = k + 1; i < n; i++) clear(i, k);
  for (let k = n - 1; k >= 0; k--) {
    const d = { re: L.re[k * n + k], im: li[k * n + k] };
    for (let j = k * m; j < (k + 1) * m; j++) {
      const t = divide({ re: re[j], im: im[j] }, d);
      re[j] = t.re;
      im[j] = t.im;
    }
    for (let i = 0; i < k; i++) clear(i, k);
  }
  return { kind: 'ok', x: matrix(n, m, re, im) };
}

/** The inverse, as NumPy computes it: the solution of A X = I. */
export const inverse = (a: Matrix, spend?: Spend): Solved => solve(a, identity(a.rows), spend);
