import * as base from '../kernels/elimination';
import { addProduct } from '../kernels/product';
import { inRoom, type Take } from '../kernels/wasm';
import { divide, multiply as times } from '../values/complex';
import { log } from '../values/exponential';
import { identity, type Matrix, matrix, type Spend } from './matrix';
import { enter, identityIn, leave, paddedStride } from './rooms';
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

function stateOf({ rows, columns }: Matrix): State {
  const pivots = new Int32Array(rows);
  for (let i = 0; i < rows; i++) pivots[i] = i;
  return { n: columns, pivots, sign: 1, singular: false };
}

/** LU of an m×n matrix. */
export function lu(a: Matrix, spend?: Spend): LU {
  const { rows: m, columns: n } = a;
  const state = stateOf(a);
  if (a.im) {
    const parts = [a.re.slice(), a.im.slice()] as const;
    eliminateComplex(...parts, m, state, spend);
    return { lu: matrix(m, n, ...parts), pivots: state.pivots, sign: state.sign, singular: state.singular };
  }
  const re = withFactors(a, state, x => leave(x, m, n), spend);
  return { lu: matrix(m, n, re), pivots: state.pivots, sign: state.sign, singular: state.singular };
}

/** Runs `then` on the factors of a real matrix, rows `ld` apart, in a room with space for `more` numbers. */
function withFactors<T>(
  a: Matrix,
  state: State,
  then: (factors: Float64Array, ld: number, take: Take) => T,
  spend?: Spend,
  more = 0,
): T {
  const { rows: m, columns: n, re } = a;
  const count = Math.min(m, n);
  const ld = paddedStride(n);
  return inRoom(count <= SMALL ? 0 : m * ld + count + more, take => {
    const x = enter(take, re, m, n);
    const taken = take(count);
    if (count <= SMALL) {
      spend?.(2 * m * n * count);
      base.eliminateBySums(x, ld, m, n, count, taken);
    } else {
      recurse(x, ld, m, 0, count, taken, spend);
      if (n > count) solveUnitLower(x, 0, ld, x, count, ld, count, n - count);
    }
    for (let j = 0; j < count; j++) {
      const i = taken[j];
      if (i < 0) state.singular = true;
      else exchange([], state, i, j);
    }
    return then(x, ld, take);
  });
}

function exchange(parts: readonly Float64Array[], state: State, i: number, j: number): void {
  if (i === j) return;
  for (const x of parts) swapRows(x, state.n, state.n, i, j);
  [state.pivots[i], state.pivots[j]] = [state.pivots[j], state.pivots[i]];
  state.sign = -state.sign as 1 | -1;
}

/** Toledo's recursion (1997; getrf2): the left half, then the right half updated by products. */
function recurse(
  a: Float64Array,
  ld: number,
  m: number,
  from: number,
  to: number,
  taken: Float64Array,
  spend?: Spend,
): void {
  if (to - from <= PANEL) {
    spend?.(2 * (m - from) * (to - from) ** 2);
    base.eliminate(a, ld, m, ld, from, to, taken);
    return;
  }
  const middle = from + Math.floor((to - from) / 2 / PANEL + 0.5) * PANEL;
  recurse(a, ld, m, from, middle, taken, spend);
  const k = middle - from;
  const width = to - middle;
  spend?.(2 * (m - from) * k * width);
  const corner = from * ld + from;
  const right = corner + k;
  const below = middle * ld + from;
  solveUnitLower(a, corner, ld, a, right, ld, k, width);
  addProduct(m - middle, width, k, -1, a, below, ld, 1, a, right, ld, 1, a, below + k, ld);
  recurse(a, ld, m, middle, to, taken, spend);
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
  base.solveUnitLower(l, lo, ldl, b, bo, ldb, k, columns);
}

/** B := L⁻¹ B where B holds the identity at first. */
function invertUnitLower(
  l: Float64Array,
  lo: number,
  ldl: number,
  b: Float64Array,
  bo: number,
  ldb: number,
  k: number,
): void {
  if (k <= 32) {
    base.solveUnitLower(l, lo, ldl, b, bo, ldb, k, k);
    return;
  }
  const half = Math.floor(k / 2);
  const lower = bo + half * ldb;
  const corner = lo + half * (ldl + 1);
  invertUnitLower(l, lo, ldl, b, bo, ldb, half);
  addProduct(k - half, half, half, -1, l, lo + half * ldl, ldl, 1, b, bo, ldb, 1, b, lower, ldb);
  solveUnitLower(l, corner, ldl, b, lower, ldb, k - half, half);
  invertUnitLower(l, corner, ldl, b, lower + half, ldb, k - half);
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
  base.solveUpper(u, uo, ldu, b, bo, ldb, k, columns);
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
  if (a.im || b.im) return solveComplex(a, b, spend);
  const n = a.rows;
  const m = b.columns;
  const state = stateOf(a);
  const ldb = paddedStride(m);
  const back = (factors: Float64Array, ld: number, take: Take): Float64Array | undefined => {
    if (state.singular) return undefined;
    spend?.(2 * n * n * m);
    const x = take(n * ldb, false);
    for (let i = 0; i < n; i++) {
      const from = state.pivots[i] * m;
      for (let j = 0; j < m; j++) x[i * ldb + j] = b.re[from + j];
    }
    solveUnitLower(factors, 0, ld, x, 0, ldb, n, m);
    solveUpper(factors, 0, ld, x, 0, ldb, n, m);
    return leave(x, n, m);
  };
  const x = withFactors(a, state, back, spend, n * ldb);
  return x ? { kind: 'ok', x: matrix(n, m, x) } : { kind: 'singular' };
}

/** The inverse, as NumPy computes it: the solution of A X = I. */
export function inverse(a: Matrix, spend?: Spend): Solved {
  if (a.im) return solveComplex(a, identity(a.rows), spend);
  const n = a.rows;
  const state = stateOf(a);
  const back = (factors: Float64Array, ld: number, take: Take): Float64Array | undefined => {
    if (state.singular) return undefined;
    spend?.(2 * n * n * n);
    // U⁻¹ L⁻¹ first: a permutation of the rows of I is one of the columns of the answer.
    const x = identityIn(take, n, n);
    invertUnitLower(factors, 0, ld, x, 0, ld, n);
    solveUpper(factors, 0, ld, x, 0, ld, n, n);
    const out = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[i * n + state.pivots[j]] = x[i * ld + j];
    return out;
  };
  const x = withFactors(a, state, back, spend, n * paddedStride(n));
  return x ? { kind: 'ok', x: matrix(n, n, x) } : { kind: 'singular' };
}

function solveComplex(a: Matrix, b: Matrix, spend?: Spend): Solved {
  const f = lu(a.im ? a : { ...a, im: new Float64Array(a.re.length) }, spend);
  if (f.singular) return { kind: 'singular' };
  const n = a.rows;
  const m = b.columns;
  const re = new Float64Array(n * m);
  const im = new Float64Array(n * m);
  for (let i = 0; i < n; i++) {
    const from = f.pivots[i] * m;
    re.set(b.re.subarray(from, from + m), i * m);
    if (b.im) im.set(b.im.subarray(from, from + m), i * m);
  }
  spend?.(8 * n * n * m);
  const { re: lr, im: li = new Float64Array(lr.length) } = f.lu;
  const clear = (i: number, k: number): void => subtractMultiple(re, im, i * m, k * m, m, lr[i * n + k], li[i * n + k]);
  for (let k = 0; k < n; k++) for (let i = k + 1; i < n; i++) clear(i, k);
  for (let k = n - 1; k >= 0; k--) {
    const d = { re: lr[k * n + k], im: li[k * n + k] };
    for (let j = k * m; j < (k + 1) * m; j++) {
      const t = divide({ re: re[j], im: im[j] }, d);
      re[j] = t.re;
      im[j] = t.im;
    }
    for (let i = 0; i < k; i++) clear(i, k);
  }
  return { kind: 'ok', x: matrix(n, m, re, im) };
}
