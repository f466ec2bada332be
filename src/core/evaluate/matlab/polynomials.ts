import { leastSquares, matrix } from '../../linalg/index';
import { type NDArray, sizeOf } from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { toMatrix } from '../matrices';
import { fail, unknown } from '../stop';
import { smallEntries } from './divide';
import { define, results, text, whole } from './library';
import { eigen } from './matrix-functions';
import {
  fromNumbers,
  inDoubt,
  isVector,
  LAST_DIGITS,
  matrixOf,
  realMatrix,
  realParts,
  rowOf,
  withDoubt,
} from './numbers';

/** Polynomials by their coefficients, the highest power first, and the convolutions that multiply them. */

function coefficients(v: Value | undefined, name: string): Float64Array {
  const a = realMatrix(v as Value, name);
  if (!isVector(a) || a.dtype !== 'float64') return unknown(`${name} of this is not covered`);
  return realParts(a);
}

/** The quotient and the remainder of polynomials, by long division. */
function deconv({ y, a }: Bound, context: Context): Value {
  const [p, d] = [coefficients(y, 'deconv'), coefficients(a, 'deconv')];
  if (d.length === 0 || d[0] === 0) return fail('deconv: divisor cannot be zero');
  const left = [...p];
  const quotient: number[] = [];
  for (let k = 0; k + d.length <= p.length; k++) {
    const q = left[k] / d[0];
    quotient.push(q);
    d.forEach((c, i) => {
      left[k + i] -= q * c;
    });
  }
  if (quotient.length === 0) return unknown('deconv by a longer polynomial is not covered');
  return results(context, rowOf(quotient), () => rowOf(left.map(x => x + 0)));
}

/** The polynomial with these roots, or the characteristic one of a matrix. */
function poly({ x }: Bound, context: Context): Value {
  const a = realMatrix(x as Value, 'poly');
  const vector = isVector(a);
  if (!vector && a.shape[0] !== a.shape[1]) fail('Invalid call to poly');
  if (sizeOf(a.shape) === 0) return rowOf([1]);
  const roots =
    vector && a.shape[0] * a.shape[1] !== 1
      ? Array.from(realParts(a), re => ({ re, im: 0 }))
      : eigen(toMatrix(a), context).values;
  const c = [1];
  const ci = [0];
  for (const z of roots) {
    c.push(0);
    ci.push(0);
    for (let k = c.length - 1; k > 0; k--) {
      const [re, im] = [c[k - 1], ci[k - 1]];
      c[k] -= z.re * re - z.im * im;
      ci[k] -= z.re * im + z.im * re;
    }
  }
  const found = matrixOf(1, c.length, Float64Array.from(c));
  const doubt = vector ? undefined : (smallEntries(toMatrix(found)) ?? wholeDoubt(c));
  return withDoubt(fromNumbers(found), doubt, vector ? undefined : LAST_DIGITS);
}

const wholeDoubt = (c: readonly number[]): ReturnType<typeof inDoubt> | undefined =>
  c.every(x => Math.abs(x - Math.round(x)) <= 1e-12 * Math.max(1, Math.abs(x)))
    ? inDoubt('coefficients that are whole up to rounding, whose last digits are not known')
    : undefined;

/** The polynomial of a degree that is nearest to the points. */
function polyfit({ x, y, n }: Bound, context: Context): Value {
  if (context.outputs > 1) return unknown('polyfit with several results is not covered');
  const [u, v] = [coefficients(x, 'polyfit'), coefficients(y, 'polyfit')];
  if (u.length !== v.length) return fail('polyfit: X and Y must be vectors of the same size');
  const degree = whole(n as Value, 'polyfit');
  const a = matrix(
    u.length,
    degree + 1,
    Float64Array.from(
      { length: u.length * (degree + 1) },
      (_, k) => u[Math.floor(k / (degree + 1))] ** (degree - (k % (degree + 1))),
    ),
  );
  const found = leastSquares(a, matrix(v.length, 1, Float64Array.from(v)), 2 ** -52, k => context.budget.spend(k));
  if (!found) return unknown('the singular values do not converge');
  return withDoubt(rowOf([...found.x.re]), smallEntries(found.x), wholeDoubt([...found.x.re]), LAST_DIGITS);
}

/** A digital filter in the transposed direct form. */
function filter({ b, a, x }: Bound): Value {
  const given = realMatrix(x as Value, 'filter');
  const [p, q] = [coefficients(b, 'filter'), coefficients(a, 'filter')];
  if (q.length === 0 || q[0] === 0) return fail('filter: a(1) must be nonzero');
  if (!isVector(given)) return unknown('filter of matrices is not covered');
  const order = Math.max(p.length, q.length);
  const state = new Float64Array(order);
  const [bn, an] = [p, q].map(c => Float64Array.from({ length: order }, (_, k) => (c[k] ?? 0) / q[0]));
  const out = realParts(given).map(u => {
    const y = state[0] + bn[0] * u;
    for (let k = 1; k < order; k++) state[k - 1] = (k < order - 1 ? state[k] : 0) - an[k] * y + bn[k] * u;
    return y;
  });
  return fromNumbers(matrixOf(given.shape[0], given.shape[1], out));
}

/** The convolution of matrices: whole, of the size of the first, or where the second lies within it. */
function conv2({ a, b, shape }: Bound, context: Context): Value {
  const [x, k] = [realMatrix(a as Value, 'conv2'), realMatrix(b as Value, 'conv2')];
  const kind = text(shape) ?? 'full';
  const [[m, n], [p, q]] = [x.shape, k.shape];
  const [u, v] = [realParts(x), realParts(k)];
  const [rows, columns] = [m + p - 1, n + q - 1];
  if (m * n === 0 || p * q === 0) return unknown('conv2 of empty matrices is not covered');
  context.budget.spend(2 * m * n * p * q);
  const full = new Float64Array(rows * columns);
  for (let r = 0; r < p; r++)
    for (let s = 0; s < q; s++)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++) full[(i + r) * columns + j + s] += v[r * q + s] * u[i * n + j];
  const cut = (top: number, left: number, height: number, width: number): NDArray =>
    matrixOf(
      height,
      width,
      Float64Array.from(
        { length: height * width },
        (_, t) => full[(top + Math.floor(t / width)) * columns + left + (t % width)],
      ),
    );
  switch (kind) {
    case 'full':
      return fromNumbers(cut(0, 0, rows, columns));
    case 'same':
      return fromNumbers(cut(Math.ceil((p - 1) / 2), Math.ceil((q - 1) / 2), m, n));
    case 'valid':
      return m >= p && n >= q
        ? fromNumbers(cut(p - 1, q - 1, m - p + 1, n - q + 1))
        : unknown('conv2 of this size is not covered');
    default:
      return fail('conv2: SHAPE type not valid');
  }
}

export const POLYNOMIALS: readonly LibraryFunction[] = [
  define('deconv', 'y, a', deconv),
  define('poly', 'x', poly),
  define('polyfit', 'x, y, n', polyfit),
  define('polyder', 'p', ({ p }) => {
    const c = coefficients(p, 'polyder');
    const d = [...c.slice(0, -1)].map((x, k) => x * (c.length - 1 - k));
    while (d.length > 1 && d[0] === 0) d.shift();
    return rowOf(d.length === 0 ? [0] : d);
  }),
  define('polyint', 'p, k=', ({ p, k }) => {
    const c = coefficients(p, 'polyint');
    return rowOf([...Array.from(c, (x, i) => x / (c.length - i)), k ? realParts(realMatrix(k, 'polyint'))[0] : 0]);
  }),
  define('compan', 'c', ({ c: given }) => {
    const c = coefficients(given, 'compan');
    const n = c.length - 1;
    if (n < 1) return unknown('compan of this is not covered');
    return fromNumbers(
      matrixOf(
        n,
        n,
        Float64Array.from({ length: n * n }, (_, t) =>
          t < n ? -c[t + 1] / c[0] : t % n === Math.floor(t / n) - 1 ? 1 : 0,
        ),
      ),
    );
  }),
  define('filter', 'b, a, x', filter),
  define('conv2', 'a, b, shape=', conv2),
];
