import {
  cholesky,
  svd as decompose,
  lu as factorise,
  type Matrix,
  matrix,
  qr as orthogonalise,
  pseudoInverse,
  rankOf,
} from '../../linalg/index';
import type { Complex } from '../../values/dtype';
import { asType, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import type { Doubt, Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fromMatrix, interleave, toMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { smallEntries } from './divide';
import { define, results } from './library';
import { eigen } from './matrix-functions';
import {
  fromNumbers,
  inDoubt,
  isVector,
  LAST_DIGITS,
  layoutOf,
  matrixOf,
  numbers,
  real,
  realMatrix,
  realParts,
  realScalar,
  withDoubt,
  withLayout,
} from './numbers';
import { singularValues } from './products';

const EPSILON = 2 ** -52;
const wide = (a: NDArray): 'float32' | 'float64' => (a.dtype === 'float32' ? 'float32' : 'float64');

/** A real matrix for a decomposition; single precision is rounded at the end. */
function given(
  v: Value,
  name: string,
  refusal: string,
): { readonly a: NDArray; readonly A: Matrix; readonly wrap: (m: Matrix) => Value } {
  if (v.kind === 'string') unknown(`${name} of text is not covered`);
  const a = realMatrix(v, name);
  const A = toMatrix(a);
  if (!A.re.every(Number.isFinite)) fail(refusal);
  return { a, A, wrap: m => fromNumbers(asType(fromMatrix(m), m.im ? 'complex128' : wide(a))) };
}

function eig({ a: v, b }: Bound, context: Context): Value {
  if (b) unknown('this form of eig is not covered');
  const { a, A, wrap } = given(v as Value, 'eig', 'eig: matrix contains Inf or NaN values; cannot compute eigenvalues');
  if (A.rows !== A.columns) fail('eig: A must be a square matrix');
  if (context.outputs > 2) unknown('left eigenvectors are not covered');
  const { values, vectors } = eigen(A, context);
  const n = values.length;
  const complex = values.some(z => z.im !== 0);
  const place = (shape: readonly number[], at: (k: number) => number): Value => {
    const re = new Float64Array(sizeOf(shape));
    const im = new Float64Array(sizeOf(shape));
    values.forEach((z: Complex, k) => {
      re[at(k)] = z.re;
      im[at(k)] = z.im;
    });
    return fromNumbers(
      complex ? ndarray('complex128', shape, interleave(re, im)) : asType(ndarray('float64', shape, re), wide(a)),
    );
  };
  if (context.outputs < 2)
    return withDoubt(
      place([n, 1], k => k),
      isSparse(A) ? undefined : LAST_DIGITS,
    );
  return {
    kind: 'tuple',
    items: [
      wrap(vectors),
      withLayout(
        place([n, n], k => k * n + k),
        'diagonal',
      ),
    ],
  };
}

/** Singular values that are zero, whole or a power of ten but for rounding print in ways that nobody can tell. */
function noise(a: Matrix, s: Float64Array): Doubt | undefined {
  if (isSparse(a)) return undefined;
  const near = (x: number, y: number): boolean => Math.abs(x - y) <= 1e-13 * Math.abs(y);
  if (s.some(x => x < 4 * EPSILON * s[0]))
    return inDoubt('a singular value is zero up to rounding, and its digits are not known');
  const edge = s.some(x => x > 5 && near(x, 10 ** Math.round(Math.log10(x))));
  return edge || s.every(x => near(x, Math.round(x)))
    ? inDoubt('a singular value is a round number up to rounding, whose last digits are not known')
    : undefined;
}

/** Whether no row and no column has two numbers: nothing is rounded then. */
const isSparse = (a: Matrix): boolean => {
  const taken = new Set<string>();
  return a.re.every((x, k) => {
    if (x === 0) return true;
    const places = [`r${Math.floor(k / a.columns)}`, `c${k % a.columns}`];
    if (places.some(p => taken.has(p))) return false;
    for (const p of places) taken.add(p);
    return true;
  });
};

function svd({ a: v, economy }: Bound, context: Context): Value {
  const { a, A, wrap } = given(v as Value, 'svd', 'svd: cannot take SVD of matrix containing Inf or NaN values');
  if (context.outputs < 2) {
    const s = singularValues(A, context);
    return withDoubt(fromNumbers(matrixOf(s.length, 1, s, wide(a))), noise(A, s), LAST_DIGITS);
  }
  const f = decompose(A, economy === undefined, n => context.budget.spend(n));
  if (f.kind !== 'ok') return unknown('the singular values do not converge');
  const [m, n] = [f.u.columns, f.vh.rows];
  const s = new Float64Array(m * n);
  f.s.forEach((x, i) => {
    s[i * n + i] = x;
  });
  return results(
    context,
    wrap(f.u),
    () => withDoubt(withLayout(fromNumbers(matrixOf(m, n, s, wide(a))), 'diagonal'), noise(A, f.s), LAST_DIGITS),
    () => wrap(turned(f.vh)),
  );
}

const turned = (m: Matrix): Matrix =>
  matrix(
    m.columns,
    m.rows,
    Float64Array.from(m.re, (_, k) => m.re[(k % m.rows) * m.columns + Math.floor(k / m.rows)]),
  );

function qr({ a: v, economy }: Bound, context: Context): Value {
  const { A, wrap } = given(v as Value, 'qr', 'qr: matrix contains Inf or NaN values');
  if (context.outputs > 2) unknown('qr with pivoting is not covered');
  if (economy && (economy.kind === 'string' ? economy.value !== 'econ' : realScalar(economy, 'qr') !== 0))
    unknown('this form of qr is not covered');
  const f = orthogonalise(A, economy ? 'reduced' : 'complete', n => context.budget.spend(n));
  if (context.outputs < 2 && !economy) unknown("qr with one result is LAPACK's packed form, which is not covered");
  if (context.outputs < 2) return wrap(f.r);
  return results(context, wrap(f.q), () => wrap(f.r));
}

/** L and U with P A = L U; with two results L has its rows put back, with one they are packed together. */
function lu({ a: v }: Bound, context: Context): Value {
  const { A, wrap } = given(v as Value, 'lu', 'lu: matrix contains Inf or NaN values');
  const f = factorise(A, n => context.budget.spend(n));
  const [m, n] = [A.rows, A.columns];
  const k = Math.min(m, n);
  if (context.outputs < 2) return wrap(f.lu);
  const l = matrix(m, k);
  const u = matrix(k, n);
  for (let i = 0; i < m; i++) {
    const row = context.outputs === 2 ? f.pivots[i] : i;
    for (let j = 0; j < k; j++) l.re[row * k + j] = j < i ? f.lu.re[i * n + j] : i === j ? 1 : 0;
    if (i < k) for (let j = i; j < n; j++) u.re[i * n + j] = f.lu.re[i * n + j];
  }
  const permutation = (): Value => {
    const p = new Float64Array(m * m);
    f.pivots.forEach((from, i) => {
      p[i * m + from] = 1;
    });
    return withLayout(fromNumbers(matrixOf(m, m, p)), 'permutation');
  };
  return results(context, wrap(l), () => wrap(u), permutation);
}

/** The upper R with Rᵀ R = A; only the upper triangle of A is read. */
function chol({ a: v, lower }: Bound, context: Context): Value {
  const { A, wrap } = given(v as Value, 'chol', 'chol: input matrix must be positive definite');
  if (A.rows !== A.columns) fail('chol: A must be a square matrix');
  const below = lower?.kind === 'string' && lower.value.toLowerCase() === 'lower';
  if (lower && !below && !(lower.kind === 'string' && lower.value.toLowerCase() === 'upper'))
    unknown('this form of chol is not covered');
  const f = cholesky(below ? A : turned(A), n => context.budget.spend(n));
  if (f.kind !== 'ok') {
    if (context.outputs > 1) unknown('the factor of a matrix that is not positive definite is not covered');
    fail('chol: input matrix must be positive definite');
  }
  const factor = withDoubt(wrap(below ? f.l : turned(f.l)), LAST_DIGITS);
  return results(context, factor, () => real(0));
}

function rank({ a: v, tolerance }: Bound, context: Context): Value {
  const { A } = given(v as Value, 'rank', 'svd: cannot take SVD of matrix containing Inf or NaN values');
  const s = singularValues(A, context);
  if (tolerance) {
    const least = realScalar(tolerance, 'rank');
    return real(s.filter(x => x > least).length);
  }
  return real(rankOf(s, A.rows, A.columns));
}

function pinv({ a: v, tolerance }: Bound, context: Context): Value {
  const { A, wrap } = given(v as Value, 'pinv', 'svd: cannot take SVD of matrix containing Inf or NaN values');
  if (tolerance) unknown('pinv with a tolerance is not covered');
  const found = pseudoInverse(A, Math.max(A.rows, A.columns) * EPSILON, n => context.budget.spend(n));
  if (!found) return unknown('the singular values do not converge');
  return withDoubt(
    withLayout(wrap(found), layoutOf(v as Value) === 'diagonal' ? 'diagonal' : undefined),
    isSparse(A) ? undefined : smallEntries(found),
    LAST_DIGITS,
  );
}

function cond({ a: v, p }: Bound, context: Context): Value {
  if (p && realScalar(p, 'cond') !== 2) unknown('cond in this norm is not covered');
  const { A } = given(v as Value, 'cond', 'cond: A must not contain Inf or NaN values');
  const s = singularValues(A, context);
  if (s.length === 0) return real(0);
  const least = s[s.length - 1];
  const c = least === 0 ? Number.POSITIVE_INFINITY : s[0] / least;
  return withDoubt(
    real(c),
    c > 1e15 && !isSparse(A)
      ? inDoubt('the matrix is singular to rounding: the digits of this number are not known')
      : undefined,
    LAST_DIGITS,
  );
}

/** Orthonormal bases of the null space and of the range, from the singular vectors. */
function basis(name: 'null' | 'orth'): LibraryFunction {
  return define(name, 'a', ({ a: v }, context) => {
    const { A } = given(v as Value, name, 'svd: cannot take SVD of matrix containing Inf or NaN values');
    const f = decompose(A, true, n => context.budget.spend(n));
    if (f.kind !== 'ok') return unknown('the singular values do not converge');
    const r = rankOf(f.s, A.rows, A.columns);
    const source = name === 'orth' ? f.u : turned(f.vh);
    const [from, to] = name === 'orth' ? [0, r] : [r, A.columns];
    const width = to - from;
    const data = Float64Array.from({ length: source.rows * width }, (_, k) => {
      const x = source.re[Math.floor(k / width) * source.columns + from + (k % width)];
      if (name === 'orth') return -x;
      return Math.abs(x) < EPSILON ? 0 : x;
    });
    return withDoubt(fromNumbers(matrixOf(source.rows, width, data)), LAST_DIGITS);
  });
}

/** Gauss–Jordan elimination with partial pivoting; what is below the tolerance counts as zero. */
function rref({ a: v, tolerance }: Bound): Value {
  const a = realMatrix(v as Value, 'rref');
  if (tolerance) unknown('rref with a tolerance is not covered');
  const [m, n] = a.shape;
  const x = realParts(a).slice();
  let largest = 0;
  for (let i = 0; i < m; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s += Math.abs(x[i * n + j]);
    largest = Math.max(largest, s);
  }
  const least = EPSILON * Math.max(m, n) * largest;
  let row = 0;
  for (let j = 0; j < n && row < m; j++) {
    let p = row;
    for (let i = row + 1; i < m; i++) if (Math.abs(x[i * n + j]) > Math.abs(x[p * n + j])) p = i;
    if (Math.abs(x[p * n + j]) <= least) {
      for (let i = row; i < m; i++) x[i * n + j] = 0;
      continue;
    }
    for (let k = j; k < n; k++) [x[p * n + k], x[row * n + k]] = [x[row * n + k], x[p * n + k]];
    const pivot = x[row * n + j];
    for (let k = j; k < n; k++) x[row * n + k] /= pivot;
    for (let i = 0; i < m; i++) {
      const f = x[i * n + j];
      if (i === row || f === 0) continue;
      for (let k = j; k < n; k++) x[i * n + k] -= f * x[row * n + k];
    }
    row++;
  }
  return fromNumbers(matrixOf(m, n, x));
}

/** The roots of a polynomial: eigenvalues of its companion matrix. */
function roots({ p }: Bound, context: Context): Value {
  const a = numbers(p as Value);
  if (!isVector(a) && sizeOf(a.shape) > 0) fail('Invalid call to roots');
  if (a.dtype === 'complex128') unknown('roots of complex polynomials are not covered');
  const c = [...realParts(a)];
  while (c.length > 0 && c[0] === 0) c.shift();
  let zeros = 0;
  while (c.length > 0 && c[c.length - 1] === 0) {
    c.pop();
    zeros++;
  }
  const n = c.length - 1;
  if (n < 1) return fromNumbers(matrixOf(zeros, n === 0 ? 1 : 0, new Float64Array(zeros)));
  const companion = matrix(n, n);
  for (let j = 0; j < n; j++) companion.re[j] = -c[j + 1] / c[0];
  for (let i = 1; i < n; i++) companion.re[i * n + i - 1] = 1;
  const { values } = eigen(companion, context);
  const all = [...values, ...Array.from({ length: zeros }, () => ({ re: 0, im: 0 }))];
  return fromNumbers(
    ndarray(
      'complex128',
      [all.length, 1],
      interleave(
        Float64Array.from(all, z => z.re),
        Float64Array.from(all, z => z.im),
      ),
    ),
  );
}

export const DECOMPOSITIONS: readonly LibraryFunction[] = [
  define('eig', 'a, b=', eig),
  define('svd', 'a, economy=', svd),
  define('qr', 'a, economy=', qr),
  define('lu', 'a', lu),
  define('chol', 'a, lower=', chol),
  define('rank', 'a, tolerance=', rank),
  define('pinv', 'a, tolerance=', pinv),
  define('cond', 'a, p=', cond),
  basis('null'),
  basis('orth'),
  define('rref', 'a, tolerance=', rref),
  define('roots', 'p', roots),
];
