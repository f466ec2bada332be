import {
  type DType,
  type FloatType,
  integerRange,
  isComplexType,
  isFloatType,
  isIntegerType,
  partType,
} from '../../values/dtype';
import { mapComplex, mapReal } from '../../values/elementwise';
import {
  asType,
  broadcastTo,
  contiguous,
  fromElements,
  type NDArray,
  ndarray,
  partView,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { applyUfunc, commonShape, ufuncArrays } from './apply';
import {
  axisOf,
  bool,
  int,
  integerOf,
  needFit,
  needInteger,
  real,
  resultType,
  toArray,
  typeName,
  unwrap,
} from './coerce';
import { isTrue, partOf } from './reductions';
import { isWhole, loopType, roundEven, type Ufunc, ufuncOf } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

export const ufuncNamed = (name: string): Ufunc => {
  const u = ufuncOf(`numpy.${name}`);
  if (!u) throw new Error(`no ufunc ${name}`);
  return u;
};

/** numpy.round: scale, round half to even, scale back. */
export function rounded(a: NDArray, decimals: number): NDArray {
  if (isComplexType(a.dtype)) return mapComplex(a, z => ({ re: roundTo(z.re, decimals), im: roundTo(z.im, decimals) }));
  if (a.dtype === 'bool' && decimals !== 0)
    fail(
      `UFuncTypeError: Cannot cast ufunc '${decimals > 0 ? 'multiply' : 'divide'}' output from dtype('float64') to dtype('bool') with casting rule 'same_kind'`,
    );
  if (a.dtype === 'bool') return mapReal(a, 'float16', x => roundTo(x, decimals));
  if (isFloatType(a.dtype)) return mapReal(a, a.dtype, x => roundTo(x, decimals));
  if (decimals >= 0) return a;
  const scale = 10 ** -decimals;
  return asType(
    mapReal(a, 'float64', x => roundEven(x / scale) * scale),
    a.dtype,
  );
}

const roundTo = (x: number, decimals: number): number => {
  if (decimals === 0) return roundEven(x);
  const scale = 10 ** Math.abs(decimals);
  return decimals > 0 ? roundEven(x * scale) / scale : roundEven(x / scale) * scale;
};

/** |x| of every element; the modulus of complex numbers. */
export function absolute(v: Value): Value {
  const a = toArray(v);
  return unwrap(ufuncArrays(ufuncNamed('absolute'), [a], a.dtype)[0]);
}

/** np.clip after NumPy 2: Python's integers at or beyond the ends of an integer type are no bounds. */
function clip(x: Bound, c: Context): Value {
  const [low, high] = [x.a_min ?? x.min, x.a_max ?? x.max];
  const stated = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';
  const a = toArray(need(x.a));
  if (!stated(low) && !stated(high)) return unwrap(a);
  const ends = isIntegerType(a.dtype) ? integerRange(a.dtype) : undefined;
  const bounds = (v: Value | undefined, beyond: (value: number | bigint) => boolean): v is Value => {
    if (!stated(v)) return false;
    const python = ends && v.kind === 'scalar' && v.weak && v.dtype === 'int64';
    return !(python && beyond(v.value as number | bigint));
  };
  const given: Value[] = [];
  if (bounds(low, v => ends !== undefined && v <= ends[0])) given.push(low);
  if (bounds(high, v => ends !== undefined && v >= ends[1])) given.push(high);
  const dtype = resultType([arrayValue(a), ...given]);
  needFit(given, dtype);
  const out = asType(a, dtype);
  if (given.length === 0) return unwrap(out);
  if (given.length === 2) commonShape(a, ...given.map(toArray));
  const bounded = given.map(v => [v, ufuncNamed(v === low ? 'maximum' : 'minimum')] as const);
  return bounded.reduce((v: Value, [by, u]) => applyUfunc(u, [v, by], c), unwrap(out));
}

function isClose(x: Bound): NDArray {
  const a = toArray(need(x.a));
  const b = toArray(need(x.b));
  const rtol = real(x.rtol, 1e-5);
  const atol = real(x.atol, 1e-8);
  const shape = commonShape(a, b);
  const parts = (v: NDArray): readonly [Float64Array, Float64Array] => {
    const full = contiguous(broadcastTo(v, shape));
    return [toFloat64(partOf(full, 0)), toFloat64(partOf(full, 1))];
  };
  const [p, pi] = parts(a);
  const [q, qi] = parts(b);
  const equalNan = isTrue(x.equal_nan);
  const close = (k: number): boolean => {
    const nans = [p[k], pi[k]].some(Number.isNaN);
    const nans2 = [q[k], qi[k]].some(Number.isNaN);
    if (nans || nans2) return equalNan && nans && nans2;
    if (p[k] === q[k] && pi[k] === qi[k]) return true;
    const size = Math.hypot(q[k], qi[k]);
    const distance = Math.hypot(p[k] - q[k], pi[k] - qi[k]);
    return Number.isFinite(size) && Number.isFinite(distance) && distance <= atol + rtol * size;
  };
  return fromElements(
    'bool',
    shape,
    Array.from({ length: sizeOf(shape) }, (_, k) => close(k)),
  );
}

/** NaN and the infinities replaced by numbers: 0 and the ends of the type unless told otherwise. */
function nanToNum(x: Bound): Value {
  const a = toArray(need(x.x));
  if (isWhole(a.dtype)) return unwrap(a);
  const single = a.dtype === 'float32' || a.dtype === 'complex64';
  const largest = a.dtype === 'float16' ? 65504 : single ? 3.4028234663852886e38 : Number.MAX_VALUE;
  const nan = real(x.nan, 0);
  const high = real(x.posinf, largest);
  const low = real(x.neginf, -largest);
  const f = (v: number): number =>
    Number.isNaN(v) ? nan : v === Number.POSITIVE_INFINITY ? high : v === Number.NEGATIVE_INFINITY ? low : v;
  if (isComplexType(a.dtype)) return unwrap(mapComplex(a, z => ({ re: f(z.re), im: f(z.im) })));
  return unwrap(mapReal(a, a.dtype as 'float64', f));
}

/** The principal branch: values beyond half a period from the one before are moved by whole periods. */
function unwrapAngles(x: Bound): Value {
  const p = toArray(need(x.p));
  if (x.axis && x.axis.kind !== 'none') axisOf(x.axis, p.shape.length);
  if (p.shape.length !== 1 || isComplexType(p.dtype)) return unknown('np.unwrap of this array is not covered yet');
  const whole = isWhole(p.dtype) && x.period !== undefined && isWhole(toArray(x.period).dtype);
  const period = real(x.period, 2 * Math.PI);
  const limit =
    x.discont === undefined || x.discont.kind === 'none' ? period / 2 : Math.max(period / 2, real(x.discont, 0));
  const v = toFloat64(p);
  const out = Float64Array.from(v);
  const [high, low] = whole ? [Math.floor(period / 2), -Math.floor(period / 2)] : [period / 2, -period / 2];
  const boundary = whole ? period % 2 === 0 : true;
  let total = 0;
  for (let k = 1; k < v.length; k++) {
    const d = v[k] - v[k - 1];
    let m = d - low - Math.floor((d - low) / period) * period + low;
    if (boundary && m === low && d > 0) m = high;
    total += Math.abs(d) < limit ? 0 : m - d;
    out[k] = v[k] + total;
  }
  return arrayValue(asType(ndarray('float64', p.shape, out), whole ? p.dtype : 'float64'));
}

/** np.sinc: sin(πx)/(πx), 1 at 0. */
const sinc = (x: number): number => {
  const y = Math.PI * (x === 0 ? 1e-20 : x);
  return Math.sin(y) / y;
};

const floatOf = (d: DType): FloatType => (isFloatType(d) ? d : 'float64');

const realMap = (name: string, f: (x: number) => number): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: 'x',
  evaluate: v => {
    const a = toArray(need(v.x));
    if (isComplexType(a.dtype)) unknown(`np.${name} of complex numbers is not covered yet`);
    return unwrap(mapReal(a, floatOf(a.dtype), f));
  },
});

const flags = (a: NDArray, f: (re: number, im: number) => boolean): Value => {
  const [re, im] = [toFloat64(partOf(a, 0)), toFloat64(partOf(a, 1))];
  return unwrap(
    fromElements(
      'bool',
      a.shape,
      Array.from(re, (x, k) => f(x, im[k])),
    ),
  );
};

const rounding = (name: string): LibraryFunction => ({
  path: `numpy.${name}`,
  signature: 'a, decimals=0, out=None',
  evaluate: x => unwrap(rounded(toArray(need(x.a)), x.decimals ? needInteger(x.decimals) : 0)),
});

/** The real or the imaginary part; of Python's truths, which are whole numbers to it, a whole number. */
const part = (v: Value, which: 0 | 1): Value =>
  v.kind === 'scalar' && v.weak && v.dtype === 'bool'
    ? int(which === 0 ? Number(v.value) : 0)
    : v.kind === 'array' && isComplexType(v.array.dtype)
      ? arrayValue(partView(v.array, which))
      : v.kind === 'array'
        ? { ...v, array: partOf(v.array, which) }
        : unwrap(partOf(toArray(v), which));

/** A number that a text of its digits is asked for. */
const wholeNumber = (v: Value): bigint => {
  const n = v.kind === 'scalar' && typeof v.value === 'bigint' ? v.value : integerOf(v);
  if (n !== undefined) return BigInt(n);
  return fail(
    v.kind === 'array'
      ? 'TypeError: only integer scalar arrays can be converted to a scalar index'
      : `TypeError: '${typeName(v)}' object cannot be interpreted as an integer`,
  );
};

function infinite(x: Bound, which: number): Value {
  const a = toArray(need(x.x));
  return isComplexType(a.dtype)
    ? fail(`TypeError: This operation is not supported for ${a.dtype} values because it would be ambiguous.`)
    : flags(a, re => re === which);
}

export const ELEMENTWISE: readonly LibraryFunction[] = [
  rounding('round'),
  rounding('around'),
  rounding('round_'),
  {
    path: 'numpy.fix',
    signature: 'x, out=None',
    // NumPy rounds up first, so that its words for what it refuses name that.
    evaluate: (x, c) =>
      applyUfunc(ufuncNamed(isComplexType(toArray(need(x.x)).dtype) ? 'ceil' : 'trunc'), [need(x.x)], c),
  },
  realMap('sinc', sinc),
  {
    ...realMap('i0', besselI0),
    // A number gives an array of no dimension.
    evaluate: (x, c) => arrayValue(toArray(realMap('i0', besselI0).evaluate(x, c))),
  },
  { path: 'numpy.clip', signature: 'a, a_min=None, a_max=None, out=None, *, min=None, max=None', evaluate: clip },
  { path: 'numpy.real', signature: 'val', evaluate: x => part(need(x.val), 0) },
  { path: 'numpy.imag', signature: 'val', evaluate: x => part(need(x.val), 1) },
  {
    path: 'numpy.angle',
    signature: 'z, deg=False',
    evaluate: x => {
      const a = toArray(need(x.z));
      const [re, im] = [toFloat64(partOf(a, 0)), toFloat64(partOf(a, 1))];
      const factor = isTrue(x.deg) ? 180 / Math.PI : 1;
      return unwrap(
        asType(
          ndarray(
            'float64',
            a.shape,
            re.map((u, k) => Math.atan2(im[k], u) * factor),
          ),
          isComplexType(a.dtype)
            ? partType(a.dtype)
            : ((a.dtype === 'bool' ? undefined : loopType(ufuncNamed('arctan2'), a.dtype)) ?? 'float64'),
        ),
      );
    },
  },
  { path: 'numpy.isreal', signature: 'x', evaluate: x => flags(toArray(need(x.x)), (_, im) => im === 0) },
  { path: 'numpy.iscomplex', signature: 'x', evaluate: x => flags(toArray(need(x.x)), (_, im) => im !== 0) },
  {
    path: 'numpy.isposinf',
    signature: 'x, out=None',
    evaluate: x => infinite(x, Number.POSITIVE_INFINITY),
  },
  {
    path: 'numpy.isneginf',
    signature: 'x, out=None',
    evaluate: x => infinite(x, Number.NEGATIVE_INFINITY),
  },
  {
    path: 'numpy.isclose',
    signature: 'a, b, rtol=1e-05, atol=1e-08, equal_nan=False',
    evaluate: x => unwrap(isClose(x)),
  },
  {
    path: 'numpy.allclose',
    signature: 'a, b, rtol=1e-05, atol=1e-08, equal_nan=False',
    evaluate: x => bool(isClose(x).data.every((v: number | bigint) => v !== 0)),
  },
  { path: 'numpy.nan_to_num', signature: 'x, copy=True, nan=0.0, posinf=None, neginf=None', evaluate: nanToNum },
  {
    path: 'numpy.real_if_close',
    signature: 'a, tol=100',
    evaluate: x => {
      const a = toArray(need(x.a));
      if (!isComplexType(a.dtype)) return arrayValue(a);
      const tol = real(x.tol, 100);
      const eps = a.dtype === 'complex64' ? 2 ** -23 : 2 ** -52;
      const limit = tol > 1 ? tol * eps : tol;
      return arrayValue(toFloat64(partOf(a, 1)).every(y => Math.abs(y) < limit) ? partOf(a, 0) : a);
    },
  },
  {
    path: 'numpy.unwrap',
    signature: 'p, discont=None, axis=-1, *, period=6.283185307179586',
    evaluate: unwrapAngles,
  },
  {
    path: 'numpy.binary_repr',
    signature: 'num, width=None',
    evaluate: x => {
      const n = wholeNumber(need(x.num));
      const width = x.width === undefined || x.width.kind === 'none' ? undefined : needInteger(x.width);
      if (n >= 0n) return { kind: 'string', value: n.toString(2).padStart(width ?? 0, '0') };
      if (width === undefined) return { kind: 'string', value: n.toString(2) };
      const needed = (-n - 1n).toString(2).length + (n === -1n ? 0 : 1);
      if (needed > width) return unknown('binary_repr with too small a width is not covered');
      return { kind: 'string', value: BigInt.asUintN(width, n).toString(2).padStart(width, '1') };
    },
  },
  {
    path: 'numpy.base_repr',
    signature: 'number, base=2, padding=0',
    evaluate: x => {
      const base = x.base ? needInteger(x.base) : 2;
      if (base < 2 || base > 36)
        return fail(`ValueError: Bases ${base > 36 ? 'greater than 36' : 'less than 2'} not handled in base_repr.`);
      const n = wholeNumber(need(x.number));
      const text = (n < 0n ? -n : n).toString(base).toUpperCase();
      const zeros = '0'.repeat(x.padding ? needInteger(x.padding) : 0);
      return { kind: 'string', value: `${n < 0n ? '-' : ''}${zeros}${n === 0n && zeros !== '' ? '' : text}` };
    },
  },
  {
    path: 'numpy.array_equal',
    signature: 'a1, a2, equal_nan=False',
    evaluate: x => {
      const [a, b] = [toArray(need(x.a1)), toArray(need(x.a2))];
      if (a.shape.length !== b.shape.length || a.shape.some((n, k) => n !== b.shape[k])) return bool(false);
      return bool(sameElements(a, b, isTrue(x.equal_nan)));
    },
  },
  {
    path: 'numpy.array_equiv',
    signature: 'a1, a2',
    evaluate: x => {
      const [a, b] = [toArray(need(x.a1)), toArray(need(x.a2))];
      const fits = a.shape.length === 0 || b.shape.length === 0 || sameTail(a.shape, b.shape);
      return bool(fits && sameElements(a, b, false));
    },
  },
];

const sameTail = (p: readonly number[], q: readonly number[]): boolean =>
  p.toReversed().every((n, k) => n === 1 || (q.toReversed()[k] ?? 1) === 1 || n === q.toReversed()[k]);

function sameElements(a: NDArray, b: NDArray, equalNan: boolean): boolean {
  const dtype = resultType([arrayValue(a), arrayValue(b)]);
  const [equal] = ufuncArrays(ufuncNamed('equal'), [a, b], dtype);
  if (!equalNan) return equal.data.every((v: number | bigint) => v !== 0);
  const isNan = (v: NDArray): boolean[] => {
    const [re, im] = [toFloat64(partOf(v, 0)), toFloat64(partOf(v, 1))];
    return Array.from(re, (x, k) => Number.isNaN(x) || Number.isNaN(im[k]));
  };
  const [p, q] = [isNan(a), isNan(b)];
  return Array.from(equal.data as Uint8Array).every((v, k) => v !== 0 || (p[k] && q[k]));
}

/** Modified Bessel function of order 0: its power series, which converges for every x of moderate size. */
export function besselI0(x: number): number {
  // NumPy multiplies an infinite exponential by the root of nothing.
  if (!Number.isFinite(x)) return Number.NaN;
  const quarter = (x * x) / 4;
  let term = 1;
  let s = 1;
  for (let k = 1; k < 500 && term > s * 1e-17; k++) {
    term *= quarter / (k * k);
    s += term;
  }
  return s;
}
