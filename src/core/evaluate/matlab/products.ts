import { cholesky, determinant, frobenius, type Matrix, matrix, svd, multiply as times } from '../../linalg/index';
import * as c from '../../values/complex';
import type { Complex } from '../../values/dtype';
import { asType, ndarray, sizeOf } from '../../values/ndarray';
import { scalar, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fromMatrix, interleave, toMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { inverted, oneNorm } from './divide';
import { refuseLogical } from './elementary';
import { collected, define, text } from './library';
import { isSymmetric } from './matrix-functions';
import {
  complexElements,
  dimensions,
  fromNumbers,
  isVector,
  LAST_DIGITS,
  layoutOf,
  matrixOf,
  numbers,
  real,
  realMatrix,
  realParts,
  realScalar,
  stored,
  withDoubt,
  withLayout,
} from './numbers';
import { elementwise, onDiagonal } from './operators';
import { powers } from './power';
import { lines } from './reductions';
import { count } from './shapes';

/** Sums of products of columns, the first factor conjugated; of any two vectors of equal length. */
function dot({ x, y, dim }: Bound, context: Context): Value {
  let a = numbers(x as Value);
  let b = numbers(y as Value);
  if ([x as Value, y as Value].some(v => v.kind === 'string' || stored(v).dtype === 'bool'))
    fail('dot: X and Y must be numeric');
  const vectors = isVector(a) && isVector(b) && sizeOf(a.shape) === sizeOf(b.shape) && dim === undefined;
  if (vectors) [a, b] = [a, b].map(v => ({ ...v, shape: [sizeOf(v.shape), 1], strides: [1, 1] }));
  if (dimensions(a) !== dimensions(b)) fail('dot: sizes of X and Y must match');
  const along = dim ? realScalar(dim, 'dot') : a.shape[0] === 1 ? 2 : 1;
  if (along !== 1 && along !== 2) unknown('dot along this dimension is not covered');
  context.budget.spend(2 * sizeOf(a.shape));
  if (vectors) context.record('dot', [x as Value, y as Value]);
  const shape = along === 1 ? [1, a.shape[1]] : [a.shape[0], 1];
  const [first, second] = [lines(complexElements(a), a.shape, along), lines(complexElements(b), b.shape, along)];
  const found = first.map((line, k) =>
    line.reduce((s, z, i) => c.add(s, c.multiply(c.conjugate(z), second[k][i])), c.complex(0)),
  );
  const complex = ndarray(
    'complex128',
    shape,
    interleave(
      Float64Array.from(found, z => z.re),
      Float64Array.from(found, z => z.im),
    ),
  );
  if (a.dtype === 'complex128' || b.dtype === 'complex128') return fromNumbers(complex);
  return fromNumbers(
    asType(
      ndarray('float64', shape, realParts(complex)),
      a.dtype === 'float32' || b.dtype === 'float32' ? 'float32' : 'float64',
    ),
  );
}

function cross({ x, y }: Bound, context: Context): Value {
  const [a, b] = [numbers(x as Value), numbers(y as Value)];
  const three = (v: typeof a): boolean => isVector(v) && sizeOf(v.shape) === 3;
  if (!three(a) || !three(b)) {
    if (!a.shape.includes(3)) fail('cross: must have at least one dimension with 3 elements');
    if (dimensions(a) !== dimensions(b)) fail('cross: X and Y must have the same dimensions');
    unknown('cross products of several vectors at once are not covered');
  }
  context.record('cross', [x as Value, y as Value]);
  const [u, v] = [complexElements(a), complexElements(b)];
  const at = (i: number, j: number): Complex => c.subtract(c.multiply(u[i], v[j]), c.multiply(u[j], v[i]));
  const found = [at(1, 2), at(2, 0), at(0, 1)];
  // Of a row and a column Octave makes a column.
  const shape = a.shape[0] === 1 && b.shape[0] === 1 ? [1, 3] : [3, 1];
  return fromNumbers(
    ndarray(
      'complex128',
      shape,
      interleave(
        Float64Array.from(found, z => z.re),
        Float64Array.from(found, z => z.im),
      ),
    ),
  );
}

function kron({ first, rest }: Bound, context: Context): Value {
  const all = [first as Value, ...collected(rest)].map(numbers);
  if (all.length < 2) fail('Invalid call to kron');
  const diagonal = [first as Value, ...collected(rest)].every(v => layoutOf(v) === 'diagonal');
  const found = fromNumbers(
    all.reduce((a, b) => {
      const [m, n] = a.shape;
      const [p, q] = b.shape;
      context.budget.claim(m * n * p * q);
      const spreadOut = ndarray(a.dtype, [m, 1, n, 1], a.data);
      const inner = ndarray(b.dtype, [1, p, 1, q], b.data);
      return { ...elementwise('multiply', spreadOut, inner), shape: [m * p, n * q], strides: [n * q, 1] };
    }),
  );
  return withLayout(found, diagonal ? 'diagonal' : undefined);
}

function norm({ x, p, q }: Bound, context: Context): Value {
  const v = x as Value;
  if (v.kind === 'string') fail('norm: X must be a numeric matrix');
  if (q) unknown('this form of norm is not covered');
  const a = numbers(v);
  const option = text(p);
  const kind =
    option === undefined ? (p ? realScalar(p, 'norm') : 2) : option === 'inf' ? Number.POSITIVE_INFINITY : option;
  if (typeof kind === 'string' && kind !== 'fro') fail(`norm: unrecognized option: ${kind}`);
  refuseLogical(kind === 'fro' ? 'xfrobnorm' : 'xnorm', a);
  context.record('norm', p ? [v, p] : [v]);
  context.budget.spend(4 * sizeOf(a.shape));
  const single = a.dtype === 'float32';
  if (sizeOf(a.shape) === 0) return real(0);
  const value = isVector(a) ? vectorNorm(complexElements(a).map(c.abs), kind) : matrixNorm(toMatrix(a), kind, context);
  const result = scalar(single ? 'float32' : 'float64', single ? Math.fround(value) : value);
  return withDoubt(result, isVector(a) || kind !== 2 ? undefined : LAST_DIGITS);
}

function vectorNorm(magnitudes: readonly number[], p: number | string): number {
  if (p === 'fro' || p === 2) return euclidean(magnitudes);
  if (p === 1) return magnitudes.reduce((s, x) => s + x, 0);
  if (p === Number.POSITIVE_INFINITY) return magnitudes.reduce((m, x) => (x > m || Number.isNaN(x) ? x : m), 0);
  if (p === Number.NEGATIVE_INFINITY)
    return magnitudes.reduce((m, x) => (x < m || Number.isNaN(x) ? x : m), Number.POSITIVE_INFINITY);
  if (p === 0) return magnitudes.filter(x => x !== 0).length;
  const exponent = Number(p);
  return magnitudes.reduce((s, x) => s + x ** exponent, 0) ** (1 / exponent);
}

/** Scaled sum of squares (the classic BLAS nrm2), in which no square overflows. */
function euclidean(magnitudes: readonly number[]): number {
  let scale = 0;
  let sum = 1;
  for (const x of magnitudes) {
    if (Number.isNaN(x)) return Number.NaN;
    if (x === Number.POSITIVE_INFINITY) return magnitudes.some(Number.isNaN) ? Number.NaN : x;
    if (x === 0) continue;
    if (scale === x) sum += 1;
    else if (scale < x) {
      sum = sum * (scale / x) ** 2 + 1;
      scale = x;
    } else sum += (x / scale) ** 2;
  }
  return scale * Math.sqrt(sum);
}

function matrixNorm(a: Matrix, p: number | string, context: Context): number {
  if (p === 'fro') return frobenius(a);
  if (p === 1) return oneNorm(a);
  if (p === Number.POSITIVE_INFINITY) {
    const rows = lines(complexElements(fromMatrix(a)).map(c.abs), [a.rows, a.columns], 2);
    return rows.reduce(
      (m, row) =>
        Math.max(
          m,
          row.reduce((s, x) => s + x, 0),
        ),
      0,
    );
  }
  if (!a.im && !a.re.every(Number.isFinite) && p === 2) return Number.NaN;
  if (p !== 2 || a.im) return unknown('this norm of a matrix is not covered');
  return singularValues(a, context)[0] ?? 0;
}

export function singularValues(a: Matrix, context: Context): Float64Array {
  if (a.im) return unknown('singular values of complex matrices are not covered');
  if (!a.re.every(Number.isFinite)) return fail('svd: cannot take SVD of matrix containing Inf or NaN values');
  const f = svd(a, false, n => context.budget.spend(n));
  return f.kind === 'ok' ? f.s : unknown('the singular values do not converge');
}

function det({ a: given }: Bound, context: Context): Value {
  const a = numbers(given as Value);
  if (sizeOf(a.shape) === 0) return real(1);
  if (a.shape[0] !== a.shape[1]) fail('det: A must be a square matrix');
  context.record('determinant', [given as Value]);
  const A = toMatrix(a);
  const d = positiveDeterminant(A, context) ?? determinant(A, n => context.budget.spend(n));
  return a.dtype === 'complex128'
    ? fromNumbers(ndarray('complex128', [1, 1], Float64Array.of(d.re, d.im)))
    : fromNumbers(matrixOf(1, 1, Float64Array.of(d.re), a.dtype === 'float32' ? 'float32' : 'float64'));
}

/** Of a symmetric positive definite matrix Octave squares the product of its Cholesky diagonal. */
function positiveDeterminant(a: Matrix, context: Context): { readonly re: number; readonly im: number } | undefined {
  const n = a.rows;
  const diagonal = Array.from({ length: n }, (_, i) => a.re[i * n + i]);
  if (n < 2 || !isSymmetric(a) || !diagonal.every(x => x > 0) || diagonal.every((_, i) => isDiagonalRow(a, i)))
    return undefined;
  const f = cholesky(a, k => context.budget.spend(k));
  if (f.kind !== 'ok') return undefined;
  const root = diagonal.reduce((p, _, i) => p * f.l.re[i * n + i], 1);
  return { re: root * root, im: 0 };
}

const isDiagonalRow = (a: Matrix, i: number): boolean =>
  count(a.columns).every(j => j === i || a.re[i * a.columns + j] === 0);

function inv({ a: given }: Bound, context: Context): Value {
  const v = given as Value;
  if (v.kind === 'string') fail('invalid conversion from string to real matrix');
  const a = numbers(v);
  if (a.shape[0] !== a.shape[1]) fail('inverse: A must be a square matrix');
  context.record('inverse', [v]);
  const layout = layoutOf(v);
  if (layout === 'permutation') return withLayout(fromNumbers({ ...a, strides: [a.strides[1], a.strides[0]] }), layout);
  if (layout === 'diagonal')
    return withLayout(fromNumbers(onDiagonal(powers(a, matrixOf(1, 1, Float64Array.of(-1))))), layout);
  return withDoubt(fromNumbers(inverted(a, context)), isSymmetric(toMatrix(a)) ? LAST_DIGITS : undefined);
}

function trace({ a: given }: Bound): Value {
  const a = numbers(given as Value);
  // Of a vector Octave takes the first element.
  const [rows, columns] = a.shape;
  if (rows !== columns && !isVector(a)) fail('trace: only valid on square matrix');
  if (sizeOf(a.shape) === 0) return real(0);
  const length = isVector(a) ? 1 : rows;
  const items = complexElements(a);
  let sum = c.complex(0);
  for (let i = 0; i < length; i++) sum = c.add(sum, items[i * columns + i]);
  return fromNumbers(
    a.dtype === 'complex128'
      ? ndarray('complex128', [1, 1], Float64Array.of(sum.re, sum.im))
      : matrixOf(1, 1, Float64Array.of(sum.re), a.dtype === 'float32' ? 'float32' : 'float64'),
  );
}

/** e^A by scaling, the diagonal Padé approximant of degree 8 and squaring (Golub and Van Loan, algorithm 9.3.1). */
function expm({ a: given }: Bound, context: Context): Value {
  const v = given as Value;
  const a = realMatrix(v, 'expm');
  const n = a.shape[0];
  if (n !== a.shape[1]) fail('expm: A must be a square matrix');
  const diagonal = layoutOf(v) === 'diagonal' || count(n).every(i => isDiagonalRow(toMatrix(a), i));
  if (diagonal) {
    const image = onDiagonal(
      asType(ndarray('float64', a.shape, realParts(a).map(Math.exp)), a.dtype === 'float32' ? 'float32' : 'float64'),
    );
    return withLayout(fromNumbers(image), 'diagonal');
  }
  const A = toMatrix(a);
  if (!A.re.every(Number.isFinite)) unknown('expm of matrices that are not finite is not covered');
  const squarings = Math.max(0, Math.ceil(Math.log2(Math.max(oneNorm(A), 1e-300))) + 1);
  if (squarings > 60) unknown('expm of numbers this large is not covered');
  context.budget.spend(2 * n ** 3 * (squarings + 10));
  const scaled = matrix(
    n,
    n,
    A.re.map(x => x / 2 ** squarings),
  );
  const q = 8;
  let term = matrix(n, n, identityData(n));
  const top = matrix(n, n, identityData(n));
  const bottom = matrix(n, n, identityData(n));
  let coefficient = 1;
  for (let k = 1; k <= q; k++) {
    coefficient *= (q - k + 1) / (k * (2 * q - k + 1));
    term = times(scaled, term);
    for (let i = 0; i < n * n; i++) {
      top.re[i] += coefficient * term.re[i];
      bottom.re[i] += (k % 2 === 0 ? 1 : -1) * coefficient * term.re[i];
    }
  }
  let result = times(toMatrix(inverted(fromMatrix(bottom), context)), top);
  for (let s = 0; s < squarings; s++) result = times(result, result);
  return fromNumbers(asType(fromMatrix(result), a.dtype === 'float32' ? 'float32' : 'float64'));
}

const identityData = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, k) => (k % (n + 1) === 0 ? 1 : 0));

/** The value of a polynomial by Horner's rule. */
function polyval({ p, x }: Bound): Value {
  const given = realMatrix(p as Value, 'polyval');
  const text = (p as Value).kind === 'string';
  if (given.dtype === 'bool' || text || (!isVector(given) && sizeOf(given.shape) > 0))
    fail('polyval: P must be a numeric floating point vector');
  const coefficients = realParts(given);
  const a = realMatrix(x as Value, 'polyval');
  if (a.dtype === 'bool' || (x as Value).kind === 'string') fail('polyval: X must be numeric floating point');
  return fromNumbers(
    ndarray(
      'float64',
      a.shape,
      realParts(a).map(t => (coefficients.length === 0 ? 0 : coefficients.reduce((s, k) => s * t + k))),
    ),
  );
}

function conv({ a: first, b: second }: Bound): Value {
  const [a, b] = [realMatrix(first as Value, 'conv'), realMatrix(second as Value, 'conv')];
  if (!isVector(a) || !isVector(b)) fail('conv: both arguments A and B must be vectors');
  const [u, v] = [realParts(a), realParts(b)];
  const out = new Float64Array(u.length + v.length - 1);
  u.forEach((x, i) => {
    v.forEach((y, j) => {
      out[i + j] += x * y;
    });
  });
  // The result lies as the longer of the two.
  const longer = u.length > v.length ? a : b;
  const stands = longer.shape[1] === 1 && longer.shape[0] > 1;
  return fromNumbers(stands ? matrixOf(out.length, 1, out) : matrixOf(1, out.length, out));
}

export const PRODUCTS: readonly LibraryFunction[] = [
  define('dot', 'x, y, dim=', dot),
  define('cross', 'x, y', cross),
  define('kron', 'first, *rest', kron),
  define('norm', 'x, p=, q=', norm),
  define('det', 'a', det),
  define('inv', 'a', inv),
  define('inverse', 'a', inv),
  define('trace', 'a', trace),
  define('expm', 'a', expm),
  define('polyval', 'p, x', polyval),
  define('conv', 'a, b', conv),
];
