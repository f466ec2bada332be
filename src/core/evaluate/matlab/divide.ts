import {
  cholesky,
  inverse,
  leastSquares,
  lu,
  type Matrix,
  matrix,
  multiply,
  type Spend,
  solve,
} from '../../linalg/index';
import { subtract } from '../../linalg/matrix';
import { asType, contiguous, type NDArray, transpose } from '../../values/ndarray';
import type { Doubt, Value } from '../../values/value';
import type { Context } from '../dialect';
import { fromMatrix, toMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { isSymmetric } from './matrix-functions';
import {
  arithmeticType,
  filled,
  fromNumbers,
  inDoubt,
  LAST_DIGITS,
  layoutOf,
  numbers,
  withDoubt,
  withLayout,
} from './numbers';
import { nonconformant } from './operators';

const EPSILON = 2 ** -52;
const SINGULAR = 'matrix singular to machine precision';

/**
 * `a \ b`: the solution of a x = b for square a, by substitution when it is triangular, by Cholesky's factors when it
 * is symmetric and positive definite, by LU otherwise; the least squares solution of least norm when a is not square.
 */
export function divideLeft(left: Value, right: Value, context: Context): Value {
  const a = numbers(left);
  const b = numbers(right);
  if (a.shape[0] !== b.shape[0]) fail(nonconformant('operator \\', a, b));
  context.record('solve', [left, right]);
  const dtype = arithmeticType(a, b);
  if (layoutOf(left) === 'diagonal') {
    const both = layoutOf(right) === 'diagonal';
    return withLayout(
      fromNumbers(asType(fromMatrix(byDiagonal(toMatrix(a), toMatrix(b))), dtype)),
      both ? 'diagonal' : undefined,
    );
  }
  const A = toMatrix(a);
  const B = toMatrix(b);
  const x = solution(A, B, context);
  return withDoubt(fromNumbers(asType(fromMatrix(x), dtype)), ...doubtsOf(A, B, x));
}

/** `a / b`, the solution of x b = a, found as (bᵀ \ aᵀ)ᵀ. */
export function divideRight(left: Value, right: Value, context: Context): Value {
  const a = numbers(left);
  const b = numbers(right);
  if (a.shape[1] !== b.shape[1]) fail(nonconformant('operator /', a, b));
  context.record('mrdivide', [left, right]);
  const dtype = arithmeticType(a, b);
  const [bt, at] = [toMatrix(transpose(b)), toMatrix(transpose(a))];
  if (layoutOf(right) === 'diagonal') {
    const both = layoutOf(left) === 'diagonal';
    return withLayout(
      fromNumbers(asType(transpose(fromMatrix(byDiagonal(bt, at))), dtype)),
      both ? 'diagonal' : undefined,
    );
  }
  const x = solution(bt, at, context);
  return withDoubt(fromNumbers(contiguous(asType(transpose(fromMatrix(x)), dtype))), ...doubtsOf(bt, at, x));
}

/** Division by a diagonal matrix: rows that it has nothing for become zero. */
function byDiagonal(d: Matrix, b: Matrix): Matrix {
  if (d.im || b.im) unknown('division by complex diagonal matrices is not covered');
  const x = matrix(d.columns, b.columns);
  for (let i = 0; i < Math.min(d.rows, d.columns); i++) {
    const pivot = d.re[i * d.columns + i];
    for (let j = 0; j < b.columns; j++) x.re[i * b.columns + j] = pivot === 0 ? 0 : b.re[i * b.columns + j] / pivot;
  }
  return x;
}

function solution(a: Matrix, b: Matrix, context: Context): Matrix {
  const spend: Spend = n => context.budget.spend(n);
  if (a.rows !== a.columns) {
    if (a.im || b.im) unknown('least squares with complex numbers is not covered');
    if (!a.re.every(Number.isFinite) || !b.re.every(Number.isFinite))
      unknown('least squares with NaN or infinities is not covered');
    const found = leastSquares(a, b, EPSILON, spend);
    if (!found) return unknown('the singular values do not converge');
    // One step of refinement: rounding of the first solution is corrected by the solution for its residual.
    const correction = leastSquares(a, subtract(b, multiply(a, found.x)), EPSILON, spend);
    const x = correction
      ? matrix(
          a.columns,
          b.columns,
          found.x.re.map((v, k) => v + correction.x.re[k]),
        )
      : found.x;
    return x;
  }
  if (a.rows === 0) return matrix(a.columns, b.columns);
  if (!a.im && !b.im) {
    if (isTriangular(a, 'lower')) return substitute(a, b, 'lower');
    if (isTriangular(a, 'upper')) return substitute(a, b, 'upper');
    if (isSymmetric(a) && hasPositiveDiagonal(a)) {
      const f = cholesky(a, spend);
      if (f.kind === 'ok') {
        refuseSingular(a, spend);
        return substitute(turned(f.l), substitute(f.l, b, 'lower'), 'upper');
      }
    }
  }
  refuseSingular(a, spend);
  const found = solve(a, b, spend);
  return found.kind === 'ok' ? found.x : unknown(SINGULAR);
}

/** An entry that is zero up to rounding beside others decides how all are printed, and its digits are not known. */
export function smallEntries(x: Matrix): Doubt | undefined {
  const most = x.re.reduce((m, v) => Math.max(m, Math.abs(v)), 0);
  return x.re.some(v => Math.abs(v) < 1e-14 * most)
    ? inDoubt('an entry is zero up to rounding, and its digits are not known')
    : undefined;
}

/** Whole numbers up to rounding print as such or not. */
const wholeEntries = (x: Matrix): Doubt | undefined =>
  x.re.every(v => Math.abs(v - Math.round(v)) <= 1e-13 * Math.max(1, Math.abs(v)))
    ? inDoubt('a least squares solution of whole numbers up to rounding, whose last digits are not known')
    : undefined;

/** What is in doubt of a solution: the last digits with a matrix that is not square, or that is divided by itself. */
const doubtsOf = (a: Matrix, b: Matrix, x: Matrix): readonly (Doubt | undefined)[] =>
  isSymmetric(a) && hasPositiveDiagonal(a) && !isTriangular(a, 'lower') && x.re.some(v => !Number.isInteger(v))
    ? [LAST_DIGITS]
    : a.rows === a.columns && (b.columns === 1 || b.re.some((v, k) => v !== a.re[k]))
      ? []
      : [smallEntries(x), wholeEntries(x), LAST_DIGITS];

const turned = (m: Matrix): Matrix =>
  matrix(
    m.columns,
    m.rows,
    Float64Array.from({ length: m.re.length }, (_, k) => m.re[(k % m.rows) * m.columns + Math.floor(k / m.rows)]),
  );

const hasPositiveDiagonal = (a: Matrix): boolean =>
  Array.from({ length: a.rows }, (_, i) => a.re[i * a.rows + i]).every(x => x > 0);

function isTriangular(a: Matrix, part: 'upper' | 'lower'): boolean {
  const n = a.rows;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) if ((part === 'upper' ? a.re[i * n + j] : a.re[j * n + i]) !== 0) return false;
  }
  return true;
}

function substitute(t: Matrix, b: Matrix, part: 'upper' | 'lower'): Matrix {
  const n = t.rows;
  const x = b.re.slice();
  for (let s = 0; s < n; s++) {
    const k = part === 'lower' ? s : n - 1 - s;
    const pivot = t.re[k * n + k];
    if (pivot === 0) unknown(SINGULAR);
    for (let j = 0; j < b.columns; j++) {
      x[k * b.columns + j] /= pivot;
      const v = x[k * b.columns + j];
      const [from, to] = part === 'lower' ? [k + 1, n] : [0, k];
      for (let i = from; i < to; i++) x[i * b.columns + j] -= v * t.re[i * n + k];
    }
  }
  return matrix(n, b.columns, x);
}

/** Octave warns, and answers otherwise, when the reciprocal condition number in the 1-norm is below the rounding unit. */
function refuseSingular(a: Matrix, spend: Spend): void {
  const found = inverse(a, spend);
  if (found.kind !== 'ok') unknown(SINGULAR);
  const reciprocal = 1 / (oneNorm(a) * oneNorm(found.x));
  if (!(reciprocal >= EPSILON)) unknown(SINGULAR);
}

/** The largest sum of magnitudes of a column. */
export function oneNorm(a: Matrix): number {
  const sums = new Float64Array(a.columns);
  for (let k = 0; k < a.re.length; k++) sums[k % a.columns] += a.im ? Math.hypot(a.re[k], a.im[k]) : Math.abs(a.re[k]);
  return sums.reduce((m, x) => (x > m || Number.isNaN(x) ? x : m), 0);
}

/** The inverse, by LU (LAPACK getrf, trtri and getri). A singular 2×2 matrix or number gives infinities, as Octave does. */
export function inverted(a: NDArray, context: Context): NDArray {
  const n = a.shape[0];
  if (n !== a.shape[1]) fail('inverse: A must be a square matrix');
  const A = toMatrix(a);
  const spend: Spend = k => context.budget.spend(k);
  const dtype = arithmeticType(a);
  const found = inverse(A, spend);
  if (found.kind !== 'ok') {
    if (n <= 2)
      return asType(filled(n, n, Number.POSITIVE_INFINITY, context), dtype === 'complex128' ? 'float64' : dtype);
    return unknown(SINGULAR);
  }
  if (!(1 / (oneNorm(A) * oneNorm(found.x)) >= EPSILON) && n > 0) unknown(SINGULAR);
  return asType(fromMatrix(A.im ? found.x : inverseByFactors(A)), dtype);
}

/** getri: the inverse of U, then X L = U⁻¹ from the last column to the first, then the columns back in order. */
function inverseByFactors(a: Matrix): Matrix {
  const n = a.rows;
  const f = lu(a);
  const x = f.lu.re.slice();
  for (let j = 0; j < n; j++) {
    x[j * n + j] = 1 / x[j * n + j];
    for (let p = 0; p < j; p++) {
      const t = x[p * n + j];
      for (let i = 0; i < p; i++) x[i * n + j] += t * x[i * n + p];
      x[p * n + j] = t * x[p * n + p];
    }
    for (let i = 0; i < j; i++) x[i * n + j] *= -x[j * n + j];
  }
  for (let j = n - 1; j >= 0; j--) {
    const l = Float64Array.from({ length: n }, (_, i) => (i > j ? x[i * n + j] : 0));
    for (let i = j + 1; i < n; i++) x[i * n + j] = 0;
    for (let p = j + 1; p < n; p++) for (let i = 0; i < n; i++) x[i * n + j] -= l[p] * x[i * n + p];
  }
  const out = matrix(n, n);
  f.pivots.forEach((column, j) => {
    for (let i = 0; i < n; i++) out.re[i * n + column] = x[i * n + j];
  });
  return out;
}
