import { isFloatType, promote } from '../../values/dtype';
import { asType, type NDArray, reshape, transpose } from '../../values/ndarray';
import { arrayValue, scalar, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { type Context, unrecorded } from '../dialect';
import { fail } from '../stop';
import { applyUfunc } from './apply';
import { int, real, toArray } from './coerce';
import { vander } from './creation';
import { ufuncNamed } from './elementwise';
import { inverse, lstsq } from './linalg';
import { dot } from './products';
import { isTrue, sum } from './reductions';
import { epsilonOf } from './stacks';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** In floats; complex numbers stay as they are. */
const inexact = (a: NDArray): NDArray => asType(a, promote(a.dtype, isFloatType(a.dtype) ? a.dtype : 'float64'));

const upright = (a: NDArray): Value => arrayValue(reshape(a, [a.shape[0], 1]));

/**
 * numpy.polyfit: least squares in columns of powers that are scaled to length one. `y` of shape (m,) or (m, k) gives
 * coefficients of shape (deg + 1,) or (deg + 1, k), the highest power first; `w` weighs the rows. `full` adds what
 * lstsq tells, `cov` the covariance of the coefficients.
 */
function polyfit(x: Bound, context: Context): Value {
  const c = unrecorded(context);
  const apply = (name: 'multiply' | 'divide' | 'sqrt', ...operands: readonly Value[]): Value =>
    applyUfunc(ufuncNamed(name), operands, c);
  const degree = Math.trunc(real(need(x.deg), 0));
  const [px, py] = [inexact(toArray(need(x.x))), inexact(toArray(need(x.y)))];
  if (degree < 0) return fail('ValueError: expected deg >= 0');
  if (px.shape.length !== 1) return fail('TypeError: expected 1D vector for x');
  if (px.shape[0] === 0) return fail('TypeError: expected non-empty vector for x');
  if (py.shape.length < 1 || py.shape.length > 2) return fail('TypeError: expected 1D or 2D array for y');
  const [m, order] = [px.shape[0], degree + 1];
  if (m !== py.shape[0]) return fail('TypeError: expected x and y to have same length');
  const rcond = given(x.rcond) ? x.rcond : scalar('float64', m * epsilonOf(px.dtype));
  let columns = vander({ x: arrayValue(px), N: int(order) }, c);
  let right: Value = arrayValue(py);
  if (given(x.w)) {
    const w = inexact(toArray(x.w));
    if (w.shape.length !== 1) return fail('TypeError: expected a 1-d array for weights');
    if (w.shape[0] !== m) return fail('TypeError: expected w and y to have the same length');
    columns = apply('multiply', columns, upright(w));
    right = apply('multiply', right, py.shape.length === 2 ? upright(w) : arrayValue(w));
  }
  const scale = apply('sqrt', sum(apply('multiply', columns, columns), int(0)));
  columns = apply('divide', columns, scale);
  const fit = lstsq({ a: columns, b: right, rcond }, c);
  const [found, residuals, rank, s] = fit.kind === 'tuple' ? fit.items : [];
  const turned = (v: Value): Value => arrayValue(transpose(toArray(v)));
  const coefficients = turned(apply('divide', turned(found), scale));
  if (isTrue(x.full)) return tuple([coefficients, residuals, rank, s, rcond]);
  if (!x.cov || !(isTrue(x.cov) || x.cov.kind === 'string')) return coefficients;
  const base = inverse(dot(turned(columns), columns, c), c);
  const rescaled = apply('divide', base, apply('multiply', upright(toArray(scale)), scale));
  const unscaled = x.cov.kind === 'string' && x.cov.value === 'unscaled';
  if (!unscaled && m <= order)
    return fail('ValueError: the number of data points must exceed order to scale the covariance matrix');
  const factor = unscaled ? int(1) : apply('divide', residuals, int(m - order));
  const wide = py.shape.length === 1 ? rescaled : arrayValue(reshape(toArray(rescaled), [order, order, 1]));
  return tuple([coefficients, apply('multiply', wide, factor)]);
}

export const POLYNOMIAL_FITS: readonly LibraryFunction[] = [
  { path: 'numpy.polyfit', signature: 'x, y, deg, rcond=None, full=False, w=None, cov=False', evaluate: polyfit },
];
