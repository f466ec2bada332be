import { generalEigen, type Matrix, matrix, multiply, solve, symmetricEigen } from '../../linalg/index';
import type { Complex } from '../../values/dtype';
import type { NDArray } from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { fromMatrix, toMatrix } from '../matrices';
import { unknown } from '../stop';
import { fromNumbers, inDoubt, LAST_DIGITS, withDoubt } from './numbers';

/** Eigenvalues and eigenvectors (columns) of a real square matrix: ascending and orthonormal when it is symmetric. */
export function eigen(
  a: Matrix,
  context: Context,
): { readonly values: readonly Complex[]; readonly vectors: Matrix; readonly symmetric: boolean } {
  const spend = (n: number): void => context.budget.spend(n);
  const symmetric = isSymmetric(a);
  if (symmetric) {
    const e = symmetricEigen(a, spend);
    if (e.kind !== 'ok') return unknown('the eigenvalues do not converge');
    return { values: Array.from(e.values, re => ({ re, im: 0 })), vectors: e.vectors, symmetric };
  }
  const e = generalEigen(a, spend);
  if (e.kind !== 'ok') return unknown('the eigenvalues do not converge');
  return { values: Array.from(e.values.re, (re, k) => ({ re, im: e.values.im[k] })), vectors: e.vectors, symmetric };
}

export function isSymmetric(a: Matrix): boolean {
  if (a.rows !== a.columns || a.im) return false;
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < i; j++) if (a.re[i * a.rows + j] !== a.re[j * a.rows + i]) return false;
  return true;
}

/** f(A) = V f(D) V⁻¹ for a diagonalisable A (Golub and Van Loan, section 9.1). */
export function functionOfMatrix(a: NDArray, f: (z: Complex) => Complex, context: Context): Value {
  const A = toMatrix(a);
  if (!A.re.every(Number.isFinite)) unknown('powers of matrices that are not finite are not covered');
  const { values, vectors } = eigen(A, context);
  const n = A.rows;
  const images = values.map(f);
  const im = vectors.im ?? new Float64Array(n * n);
  const scaled = matrix(n, n, new Float64Array(n * n), new Float64Array(n * n));
  const complexVectors = matrix(n, n, vectors.re, im);
  images.forEach((z, j) => {
    for (let i = 0; i < n; i++) {
      const k = i * n + j;
      scaled.re[k] = vectors.re[k] * z.re - im[k] * z.im;
      if (scaled.im) scaled.im[k] = vectors.re[k] * z.im + im[k] * z.re;
    }
  });
  // X V = S is Vᵀ Xᵀ = Sᵀ.
  const solved = solve(transposed(complexVectors), transposed(scaled), k => context.budget.spend(k));
  if (solved.kind !== 'ok') return unknown('this power of a matrix without a basis of eigenvectors is not covered');
  const result = transposed(solved.x);
  const restored = solve(transposed(complexVectors), transposed(multiply(complexVectors, diagonal(values))));
  const size = Math.max(...A.re.map(Math.abs), Number.MIN_VALUE);
  const error =
    restored.kind === 'ok'
      ? Math.max(...transposed(restored.x).re.map((x, k) => Math.abs(x - A.re[k])))
      : Number.POSITIVE_INFINITY;
  if (!(error <= 1e-10 * size)) unknown('this power of a matrix without a good basis of eigenvectors is not covered');
  if (result.re.some(Number.isNaN)) unknown('a power that is not a number is not covered');
  const real = withoutNoise(result);
  const noisy = real !== result && result.im?.some(x => x !== 0);
  return withDoubt(
    fromNumbers(fromMatrix(real)),
    noisy ? inDoubt('the imaginary parts of this are only rounding, whose digits are not known') : undefined,
    LAST_DIGITS,
  );
}

const diagonal = (values: readonly Complex[]): Matrix => {
  const n = values.length;
  const d = matrix(n, n, new Float64Array(n * n), new Float64Array(n * n));
  values.forEach((z, i) => {
    d.re[i * n + i] = z.re;
    if (d.im) d.im[i * n + i] = z.im;
  });
  return d;
};

const transposed = (m: Matrix): Matrix => {
  const turn = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: x.length }, (_, k) => x[(k % m.rows) * m.columns + Math.floor(k / m.rows)]);
  return matrix(m.columns, m.rows, turn(m.re), m.im && turn(m.im));
};

/** Imaginary parts at the level of rounding belong to a real result. */
function withoutNoise(m: Matrix): Matrix {
  const size = Math.max(...m.re.map(Math.abs), 0);
  return m.im?.every(x => Math.abs(x) <= 1e-14 * size) ? matrix(m.rows, m.columns, m.re) : m;
}
