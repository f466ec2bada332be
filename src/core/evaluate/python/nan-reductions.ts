import * as cx from '../../values/complex';
import {
  type Complex,
  type DType,
  type Element,
  isComplex,
  isComplexType,
  isFloatType,
  partType,
} from '../../values/dtype';
import { asType, fromElements, generate, type NDArray, ndarray, sizeOf, toFloat64 } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { applyUfunc } from './apply';
import { elementsOf, toArray, unwrap } from './coerce';
import { dtypeOf } from './dtypes';
import { ufuncNamed } from './elementwise';
import {
  cumulative,
  degrees,
  extreme,
  lanesOf,
  mean,
  outerRoundingOf,
  pairwiseSum,
  partOf,
  prod,
  roundingOf,
  sum,
  variance,
} from './reductions';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

const isNan = (e: Element): boolean => (isComplex(e) ? Number.isNaN(e.re) || Number.isNaN(e.im) : Number.isNaN(e));

/** NaN replaced by `by`; other arrays as they are. */
function withoutNan(v: Value, by: number): Value {
  const a = toArray(v);
  if (!isFloatType(a.dtype) && !isComplexType(a.dtype)) return v.kind === 'array' ? v : unwrap(a);
  return unwrap(
    fromElements(
      a.dtype,
      a.shape,
      elementsOf(a).map(e => (isNan(e) ? by : e)),
    ),
  );
}

const hasNan = (a: NDArray): boolean => isFloatType(a.dtype) || isComplexType(a.dtype);

/** The type that is asked for, in which numbers that may be NaN can be. */
function inexactType(x: Bound): DType | undefined {
  const dtype = dtypeOf(x.dtype);
  if (dtype && !isFloatType(dtype) && !isComplexType(dtype))
    fail('TypeError: If a is inexact, then dtype must be inexact');
  return dtype;
}

function nanMean(x: Bound, c: Context): Value {
  const a = toArray(need(x.a));
  if (!hasNan(a)) return mean(need(x.a), x.axis, x.keepdims, dtypeOf(x.dtype));
  const dtype = inexactType(x);
  const flags = Float64Array.from(elementsOf(a), e => (isNan(e) ? 0 : 1));
  const counts = sum(arrayValue(ndarray('int64', a.shape, flags)), x.axis, x.keepdims);
  const total = sum(withoutNan(arrayValue(a), 0), x.axis, x.keepdims, dtype);
  const means = applyUfunc(ufuncNamed('divide'), [total, counts], c);
  return unwrap(asType(toArray(means), dtype ?? a.dtype));
}

function nanVariance(x: Bound, root: boolean): Value {
  const ddof = degrees(x);
  const source = toArray(need(x.a));
  if (!hasNan(source)) return variance(need(x.a), root, x.axis, x.keepdims, ddof, dtypeOf(x.dtype));
  const a = asType(source, inexactType(x) ?? source.dtype);
  const lanes = lanesOf(a, x.axis, x.keepdims);
  const parts = (isComplexType(a.dtype) ? ([0, 1] as const) : ([0] as const)).map(k =>
    toFloat64(partOf(lanes.array, k)),
  );
  const kept = elementsOf(lanes.array).map(e => !isNan(e));
  const inner = partType(a.dtype);
  // Every step is rounded to the type; only the sums of half-precision numbers are taken in single precision.
  const [within, round] = [roundingOf(inner), outerRoundingOf(inner)];
  const total = (p: Float64Array): number => round(pairwiseSum(p, 0, p.length, within));
  const out = generate(lanes.count, k => {
    const start = k * lanes.length;
    const lane = parts.map(p => p.slice(start, start + lanes.length).filter((_, i) => kept[start + i]));
    const n = lane[0].length;
    const means = lane.map(p => round(total(p) / n));
    const square = (e: number, m: number): number => round(round(e - m) ** 2);
    const squares = generate(n, i => round(lane.reduce((s, p, part) => s + square(p[i], means[part]), 0)));
    const v = n - ddof <= 0 ? Number.NaN : round(total(squares) / (n - ddof));
    return root ? Math.sqrt(v) : v;
  });
  return unwrap(asType(ndarray('float64', lanes.shape, out), isComplexType(source.dtype) ? inner : a.dtype));
}

function nanExtreme(x: Bound, which: 'max' | 'min'): Value {
  const a = toArray(need(x.a));
  if (sizeOf(a.shape) === 0)
    return fail(`ValueError: zero-size array to reduction operation f${which} which has no identity`);
  if (isComplexType(a.dtype)) return complexExtreme(a, x, which);
  const filled = withoutNan(arrayValue(a), which === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const found = toArray(extreme(filled, which, x.axis, x.keepdims));
  if (!isFloatType(a.dtype)) return unwrap(found);
  const lanes = lanesOf(a, x.axis, x.keepdims);
  const data = toFloat64(lanes.array);
  const out = toFloat64(found).map((v, k) =>
    data.subarray(k * lanes.length, (k + 1) * lanes.length).every(Number.isNaN) ? Number.NaN : v,
  );
  return unwrap(asType(ndarray('float64', found.shape, out), a.dtype));
}

/** The largest or smallest complex number of every lane, blind to those with a NaN while there are others. */
function complexExtreme(a: NDArray, x: Bound, which: 'max' | 'min'): Value {
  const pick = ufuncNamed(`f${which}`).complex as (p: Complex, q: Complex) => Complex;
  const lanes = lanesOf(a, x.axis, x.keepdims);
  const items = elementsOf(lanes.array).map(cx.toComplex);
  const out = Array.from({ length: lanes.count }, (_, k) =>
    items.slice(k * lanes.length, (k + 1) * lanes.length).reduce((p, q) => pick(p, q)),
  );
  return unwrap(fromElements(a.dtype, lanes.shape, out));
}

function nanArgExtreme(x: Bound, which: 'max' | 'min'): Value {
  const a = toArray(need(x.a));
  if (isComplexType(a.dtype)) return unknown(`np.nanarg${which} of complex numbers is not covered yet`);
  const lanes = lanesOf(a, x.axis, x.keepdims);
  const data = toFloat64(lanes.array);
  const out = generate(lanes.count, k => {
    let best = -1;
    for (let i = 0; i < lanes.length; i++) {
      const v = data[k * lanes.length + i];
      if (Number.isNaN(v)) continue;
      const b = data[k * lanes.length + best];
      if (best < 0 || (which === 'max' ? v > b : v < b)) best = i;
    }
    return best < 0 ? fail('ValueError: All-NaN slice encountered') : best;
  });
  return unwrap(ndarray('int64', lanes.shape, out));
}

const covered =
  (f: (x: Bound, c: Context) => Value) =>
  (x: Bound, c: Context): Value => {
    for (const name of ['initial', 'where']) if (given(x[name])) unknown(`${name}= is not covered yet`);
    return f(x, c);
  };

const TYPED = 'a, axis=None, dtype=None, out=None, keepdims=False, initial=None, where=None';
const SPREAD = 'a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=None, correction=None';
const CUMULATIVE = 'a, axis=None, dtype=None, out=None';

/** The reductions that leave NaN out. */
export const NAN_REDUCTIONS: readonly LibraryFunction[] = [
  {
    path: 'numpy.nansum',
    signature: TYPED,
    evaluate: covered(x => sum(withoutNan(need(x.a), 0), x.axis, x.keepdims, dtypeOf(x.dtype))),
  },
  {
    path: 'numpy.nanprod',
    signature: TYPED,
    evaluate: covered(x => prod(withoutNan(need(x.a), 1), x.axis, x.keepdims, dtypeOf(x.dtype))),
  },
  {
    path: 'numpy.nancumsum',
    signature: CUMULATIVE,
    evaluate: x => cumulative(withoutNan(need(x.a), 0), 'sum', x.axis, dtypeOf(x.dtype)),
  },
  {
    path: 'numpy.nancumprod',
    signature: CUMULATIVE,
    evaluate: x => cumulative(withoutNan(need(x.a), 1), 'prod', x.axis, dtypeOf(x.dtype)),
  },
  { path: 'numpy.nanmean', signature: TYPED, evaluate: covered(nanMean) },
  {
    path: 'numpy.nanvar',
    signature: SPREAD,
    evaluate: covered(x => nanVariance(x, false)),
  },
  {
    path: 'numpy.nanstd',
    signature: SPREAD,
    evaluate: covered(x => nanVariance(x, true)),
  },
  ...(['max', 'min'] as const).flatMap(which => [
    {
      path: `numpy.nan${which}`,
      signature: 'a, axis=None, out=None, keepdims=False, initial=None, where=None',
      evaluate: covered(x => nanExtreme(x, which)),
    },
    {
      path: `numpy.nanarg${which}`,
      signature: 'a, axis=None, out=None, *, keepdims=False',
      evaluate: (x: Bound): Value => nanArgExtreme(x, which),
    },
  ]),
];
