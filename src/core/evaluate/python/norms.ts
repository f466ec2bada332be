import { isComplexType, isFloatType, roundHalf } from '../../values/dtype';
import { mapComplex } from '../../values/elementwise';
import { asType, contiguous, type NDArray, ndarray, reshape, sizeOf, toFloat64, transpose } from '../../values/ndarray';
import { sumOfSquares } from '../../values/real-loops';
import { arrayValue, type Value } from '../../values/value';
import type { Bound } from '../catalogue';
import type { Context } from '../dialect';
import { fail } from '../stop';
import { axisOf, int, integersOf, real, toArray, unwrap } from './coerce';
import { singularStack } from './decompositions';
import { absolute } from './elementwise';
import { extreme, isTrue, partOf, sum } from './reductions';
import { realType } from './stacks';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

const mapReal = (a: NDArray, f: (x: number) => number): NDArray =>
  asType(ndarray('float64', a.shape, toFloat64(a).map(f)), a.dtype);

/** √Σ|x|² over all entries, as two plain dot products: it overflows where NumPy's does. */
function euclidean(a: NDArray): number {
  // A dot product of half-precision numbers adds in single precision.
  if (a.dtype === 'float16')
    return Math.sqrt(roundHalf(toFloat64(a).reduce((s, v) => Math.fround(s + Math.fround(v * v)), 0)));
  if (!isComplexType(a.dtype)) return Math.sqrt(sumOfSquares(toFloat64(a)));
  return Math.sqrt(sumOfSquares(toFloat64(partOf(a, 0))) + sumOfSquares(toFloat64(partOf(a, 1))));
}

/** |x|² without a root in between. */
const squares = (a: NDArray): NDArray =>
  isComplexType(a.dtype)
    ? asType(
        partOf(
          mapComplex(a, z => ({ re: z.re * z.re + z.im * z.im, im: 0 })),
          0,
        ),
        realType(a.dtype),
      )
    : mapReal(a, x => x * x);

/** numpy.linalg.norm: vectors over one axis, matrices over two. */
export function norm(x: Bound, c: Context): Value {
  const given = toArray(need(x.x));
  const a = isFloatType(given.dtype) || isComplexType(given.dtype) ? given : asType(given, 'float64');
  const ord = x.ord === undefined || x.ord.kind === 'none' ? undefined : x.ord;
  const keep = isTrue(x.keepdims);
  c.budget.spend(4 * sizeOf(a.shape));
  const ndim = a.shape.length;
  const whole = x.axis === undefined || x.axis.kind === 'none';
  if (whole) {
    c.record('norm', ord ? [need(x.x), ord] : [need(x.x)]);
    const plain =
      ord === undefined ||
      (ord.kind === 'string' && (ord.value === 'fro' || ord.value === 'f') && ndim === 2) ||
      (ord.kind === 'scalar' && Number(ord.value) === 2 && ndim === 1);
    if (plain) {
      const type = a.dtype === 'float16' ? 'float16' : realType(a.dtype);
      const value = asType(ndarray('float64', [], Float64Array.of(euclidean(a))), type);
      return unwrap(
        keep
          ? reshape(
              value,
              a.shape.map(() => 1),
            )
          : value,
      );
    }
  }
  const axes = whole ? a.shape.map((_, k) => k) : integersOf(need(x.axis)).map(k => axisOf(int(k), ndim));
  if (axes.length === 1) return vectorNorm(a, ord, axes[0], x.keepdims);
  if (axes.length === 2) return matrixNorm(a, ord, axes[0], axes[1], keep, c);
  return fail('ValueError: Improper number of dimensions to norm.');
}

function vectorNorm(a: NDArray, ord: Value | undefined, axis: number, keepdims: Value | undefined): Value {
  const at = int(axis);
  if (ord?.kind === 'string') return fail(`ValueError: Invalid norm order '${ord.value}' for vectors`);
  const p = real(ord, 2);
  const root = (v: Value, f: (s: number) => number): Value => unwrap(mapReal(toArray(v), f));
  if (p === 2) return root(sum(arrayValue(squares(a)), at, keepdims), Math.sqrt);
  const sizes = toArray(absolute(arrayValue(a)));
  const value = arrayValue(sizes);
  if (p === Number.POSITIVE_INFINITY) return extreme(value, 'max', at, keepdims);
  if (p === Number.NEGATIVE_INFINITY) return extreme(value, 'min', at, keepdims);
  if (p === 0) return sum(arrayValue(mapReal(sizes, e => (e !== 0 ? 1 : 0))), at, keepdims);
  if (p === 1) return sum(value, at, keepdims);
  return root(sum(arrayValue(mapReal(sizes, e => e ** p)), at, keepdims), s => s ** (1 / p));
}

function matrixNorm(a: NDArray, ord: Value | undefined, row: number, column: number, keep: boolean, c: Context): Value {
  if (row === column) fail('ValueError: Duplicate axes given.');
  const name = ord?.kind === 'string' ? ord.value : undefined;
  const p = ord === undefined || name !== undefined ? Number.NaN : real(ord, 2);
  // Columns and rows last, so that each order is a reduction of the last axes.
  const rest = a.shape.map((_, k) => k).filter(k => k !== row && k !== column);
  const m = contiguous(transpose(a, [...rest, row, column]));
  const last = rest.length;
  const kept = (v: Value): Value => {
    if (!keep) return v;
    return arrayValue(
      reshape(
        toArray(v),
        a.shape.map((n, k) => (k === row || k === column ? 1 : n)),
      ),
    );
  };
  if (ord === undefined || name === 'fro' || name === 'f') {
    const total = sum(arrayValue(squares(m)), { kind: 'tuple', items: [int(last), int(last + 1)] });
    return kept(unwrap(mapReal(toArray(total), Math.sqrt)));
  }
  if (name === 'nuc' || Math.abs(p) === 2) {
    const s = arrayValue(singularStack(arrayValue(m), c));
    if (name === 'nuc') return kept(sum(s, int(-1)));
    return kept(extreme(s, p > 0 ? 'max' : 'min', int(-1)));
  }
  if (Math.abs(p) === 1 || Math.abs(p) === Number.POSITIVE_INFINITY) {
    const sums = sum(absolute(arrayValue(m)), int(Math.abs(p) === 1 ? last : last + 1));
    return kept(extreme(sums, p > 0 ? 'max' : 'min', int(-1)));
  }
  return fail('ValueError: Invalid norm order for matrices.');
}
