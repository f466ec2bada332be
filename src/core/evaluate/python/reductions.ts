import {
  type Complex,
  type DType,
  isComplexType,
  isFloatType,
  kindOf,
  partType,
  promote,
  roundHalf,
} from '../../values/dtype';
import { arithmetic } from '../../values/elementwise';
import {
  asType,
  contiguous,
  fromElements,
  generate,
  integersFrom,
  isBig,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  toIntegers,
  transpose,
} from '../../values/ndarray';
import { largest, pairwise, smallest } from '../../values/real-loops';
import { arrayValue, type Value } from '../../values/value';
import type { Bound } from '../catalogue';
import { fail, unknown } from '../stop';
import { axisOf, bool, elementsOf, float, int, integerOf, integersOf, real, toArray, truthOf, unwrap } from './coerce';
import { isWhole } from './ufuncs';

/** The axes that `axis=` names, all of them when it is absent or None. */
export function axesOf(axis: Value | undefined, ndim: number, lenient = false): number[] {
  if (axis === undefined || axis.kind === 'none') return Array.from({ length: ndim }, (_, i) => i);
  // Reductions take axis 0 or -1 of a number for no axis at all.
  if (
    lenient &&
    ndim === 0 &&
    axis.kind === 'scalar' &&
    integerOf(axis) !== undefined &&
    (axis.value === 0 || axis.value === -1)
  )
    return [];
  const axes = integersOf(axis).map(k => axisOf(int(k), ndim));
  if (new Set(axes).size !== axes.length) fail("ValueError: duplicate value in 'axis'");
  return axes;
}

export const isTrue = (v: Value | undefined): boolean => v?.kind === 'scalar' && truthOf(v);

/** Lanes to reduce: the elements of each, contiguous in the last axis, and the shape of the result. */
export interface Lanes {
  readonly array: NDArray;
  readonly count: number;
  readonly length: number;
  readonly shape: readonly number[];
}

export function lanesOf(a: NDArray, axis: Value | undefined, keepdims?: Value): Lanes {
  const axes = axesOf(axis, a.shape.length, true);
  const rest = a.shape.map((_, i) => i).filter(i => !axes.includes(i));
  const moved = contiguous(transpose(a, [...rest, ...axes]));
  const length = axes.reduce((n, i) => n * a.shape[i], 1);
  const shape = isTrue(keepdims) ? a.shape.map((n, i) => (axes.includes(i) ? 1 : n)) : rest.map(i => a.shape[i]);
  return { array: moved, count: sizeOf(rest.map(i => a.shape[i])), length, shape };
}

type Rounding = (x: number) => number;
const EXACT: Rounding = x => x;
/** Half-precision sums run in single precision. */
export const roundingOf = (d: DType): Rounding => (d === 'float32' || d === 'float16' ? Math.fround : EXACT);

/** Between the blocks that are summed they are rounded to half precision. */
export const outerRoundingOf = (d: DType): Rounding => (d === 'float16' ? roundHalf : roundingOf(d));

/** NumPy's pairwise summation: eight accumulators in blocks of up to 128, halves above. */
export function pairwiseSum(x: Float64Array, start: number, n: number, round: Rounding = EXACT): number {
  if (round === EXACT) return pairwise(x, start, n);
  if (n < 8) {
    let s = 0;
    for (let i = 0; i < n; i++) s = round(s + x[start + i]);
    return s;
  }
  if (n <= 128) {
    const r = [0, 1, 2, 3, 4, 5, 6, 7].map(k => x[start + k]);
    let i = 8;
    for (; i < n - (n % 8); i += 8) for (let k = 0; k < 8; k++) r[k] = round(r[k] + x[start + i + k]);
    const [p, q] = [round(round(r[0] + r[1]) + round(r[2] + r[3])), round(round(r[4] + r[5]) + round(r[6] + r[7]))];
    let s = round(p + q);
    for (; i < n; i++) s = round(s + x[start + i]);
    return s;
  }
  let half = Math.floor(n / 2);
  half -= half % 8;
  return round(pairwiseSum(x, start, half, round) + pairwiseSum(x, start + half, n - half, round));
}

/** Elements that NumPy's iterator hands to a summation at a time. */
const BUFFER = 8192;

/**
 * Sums of a real array over axes, in the order in which NumPy's iterator adds: memory order, the innermost block of
 * summed axes pairwise, the rest one after the other. One sum for every index of the kept axes, in row-major order.
 */
export function realSums(a: NDArray, axes: readonly number[]): Float64Array {
  const [round, outerRound] = [roundingOf(a.dtype), outerRoundingOf(a.dtype)];
  const byMemory = a.shape
    .map((_, i) => i)
    .filter(i => a.shape[i] !== 1)
    .sort((p, q) => Math.abs(a.strides[q]) - Math.abs(a.strides[p]) || p - q);
  const inner: number[] = [];
  for (let k = byMemory.length - 1; k >= 0; k--) {
    const axis = byMemory[k];
    if (!axes.includes(axis)) break;
    const next = inner[0];
    if (next !== undefined && a.strides[axis] !== a.strides[next] * a.shape[next]) break;
    inner.unshift(axis);
  }
  const outer = byMemory.filter(i => axes.includes(i) && !inner.includes(i));
  const kept = a.shape.map((_, i) => i).filter(i => !axes.includes(i));
  const ones = axes.filter(i => a.shape[i] === 1);
  const x = toFloat64(transpose(a, [...kept, ...ones, ...outer, ...inner]));
  const chunk = inner.reduce((n, i) => n * a.shape[i], 1);
  const chunks = outer.reduce((n, i) => n * a.shape[i], 1);
  const out = new Float64Array(kept.reduce((n, i) => n * a.shape[i], 1));
  if (x.length === 0) return out;
  for (let k = 0, p = 0; k < out.length; k++) {
    let s = 0;
    for (let j = 0; j < chunks; j++)
      for (let left = chunk; left > 0; left -= BUFFER) {
        const n = Math.min(left, BUFFER);
        s = outerRound(s + pairwiseSum(x, p, n, round));
        p += n;
      }
    out[k] = s;
  }
  return out;
}

/** The real (0) or imaginary (1) parts, as a view of a copy. */
export function partOf(a: NDArray, which: 0 | 1): NDArray {
  if (!isComplexType(a.dtype))
    return which === 0 ? a : asType(ndarray('float64', a.shape, new Float64Array(sizeOf(a.shape))), a.dtype);
  const d = contiguous(a).data;
  return asType(
    ndarray(
      'float64',
      a.shape,
      generate(d.length / 2, k => Number(d[2 * k + which])),
    ),
    partType(a.dtype),
  );
}

const keptShape = (a: NDArray, axes: readonly number[], keepdims: Value | undefined): number[] =>
  isTrue(keepdims) ? a.shape.map((n, i) => (axes.includes(i) ? 1 : n)) : a.shape.filter((_, i) => !axes.includes(i));

/** Sums as float64 pairs, for real and complex arrays alike. */
function sumsOf(a: NDArray, axes: readonly number[]): { readonly re: Float64Array; readonly im?: Float64Array } {
  if (!isComplexType(a.dtype)) return { re: realSums(a, axes) };
  return { re: realSums(partOf(a, 0), axes), im: realSums(partOf(a, 1), axes) };
}

function fromParts(re: Float64Array, im: Float64Array | undefined, shape: readonly number[], dtype: DType): NDArray {
  if (!im) return asType(ndarray('float64', shape, re), dtype);
  return fromElements(
    dtype,
    shape,
    Array.from(re, (x, k) => ({ re: x, im: im[k] })),
  );
}

/** The integer type that sums and products of a type run in. */
function accumulator(d: DType): DType {
  if (d === 'bool' || d === 'int8' || d === 'int16' || d === 'int32') return 'int64';
  return d === 'uint8' || d === 'uint16' || d === 'uint32' ? 'uint64' : d;
}

/** Exact integer folding over lanes, modulo 2^64. */
function foldIntegers(lanes: Lanes, dtype: DType, f: (x: bigint, y: bigint) => bigint, start: bigint): NDArray {
  const x = toIntegers(lanes.array);
  const out: bigint[] = [];
  for (let k = 0; k < lanes.count; k++) {
    let s = start;
    for (let i = 0; i < lanes.length; i++) s = BigInt.asIntN(64, f(s, x[k * lanes.length + i]));
    out.push(s);
  }
  return integersFrom(out, lanes.shape, dtype);
}

export function sum(v: Value, axis?: Value, keepdims?: Value, dtype?: DType): Value {
  const given = toArray(v);
  const a = asType(given, dtype ?? accumulator(given.dtype));
  if (isWhole(a.dtype)) {
    if (a.dtype === 'bool') return quantifier(v, 'any', axis, keepdims);
    const lanes = lanesOf(a, axis, keepdims);
    const x = toFloat64(lanes.array);
    let most = 0;
    for (let k = 0; k < x.length; k++) if (Math.abs(x[k]) > most) most = Math.abs(x[k]);
    if (isBig(lanes.array.data) || most * lanes.length > Number.MAX_SAFE_INTEGER)
      return unwrap(foldIntegers(lanes, a.dtype, (p, q) => p + q, 0n));
    const out = new Float64Array(lanes.count);
    for (let k = 0; k < lanes.count; k++) {
      let s = 0;
      for (let i = 0; i < lanes.length; i++) s += x[k * lanes.length + i];
      out[k] = s;
    }
    return unwrap(asType(ndarray('int64', lanes.shape, out), a.dtype));
  }
  const axes = axesOf(axis, a.shape.length, true);
  const { re, im } = sumsOf(a, axes);
  return unwrap(fromParts(re, im, keptShape(a, axes, keepdims), a.dtype));
}

export function prod(v: Value, axis?: Value, keepdims?: Value, dtype?: DType): Value {
  const given = toArray(v);
  const a = asType(given, dtype ?? accumulator(given.dtype));
  const lanes = lanesOf(a, axis, keepdims);
  if (isWhole(a.dtype)) return unwrap(foldIntegers(lanes, a.dtype, (x, y) => x * y, 1n));
  if (isComplexType(a.dtype)) {
    const [re, im] = [toFloat64(partOf(lanes.array, 0)), toFloat64(partOf(lanes.array, 1))];
    const out = Array.from({ length: lanes.count }, (_, k) => {
      let z = { re: 1, im: 0 };
      for (let i = k * lanes.length; i < (k + 1) * lanes.length; i++)
        z = { re: z.re * re[i] - z.im * im[i], im: z.re * im[i] + z.im * re[i] };
      return z;
    });
    return unwrap(fromElements(a.dtype, lanes.shape, out));
  }
  const x = toFloat64(lanes.array);
  const round = outerRoundingOf(a.dtype);
  const out = generate(lanes.count, k => {
    let p = 1;
    for (let i = k * lanes.length; i < (k + 1) * lanes.length; i++) p = round(p * x[i]);
    return p;
  });
  return unwrap(asType(ndarray('float64', lanes.shape, out), a.dtype));
}

/** The type a mean is taken in: floats and complex their own, integers float64. */
const meanType = (d: DType): DType => (isFloatType(d) || isComplexType(d) ? d : 'float64');

export function mean(v: Value, axis?: Value, keepdims?: Value, dtype?: DType): Value {
  const given = toArray(v);
  if (dtype && isWhole(dtype)) {
    // The sum is of that type, and so is what is left of its quotient.
    const total = toArray(sum(v, axis, keepdims, dtype));
    const count = axesOf(axis, given.shape.length).reduce((p, i) => p * given.shape[i], 1);
    const quotient = toFloat64(total).map(s => s / count);
    return unwrap(asType(ndarray('float64', total.shape, quotient), dtype));
  }
  const a = asType(given, dtype ?? meanType(given.dtype));
  const axes = axesOf(axis, a.shape.length);
  const n = axes.reduce((p, i) => p * a.shape[i], 1);
  // Means of half-precision numbers are taken in single precision.
  const narrow = a.dtype === 'float16';
  const { re, im } = sumsOf(narrow ? asType(a, 'float32') : a, axes);
  const by = (x: Float64Array): Float64Array => x.map(s => (narrow ? Math.fround(s / n) : s / n));
  // NumPy divides complex sums by n + 0i (Smith 1962): a part that is not finite leaves none in the other.
  const beside = (x: Float64Array, y: Float64Array, zero: number): Float64Array =>
    x.map((s, k) => (s + zero * y[k]) * (1 / n));
  const parts = im ? [beside(re, im, 0), beside(im, re, -0)] : [by(re)];
  return unwrap(fromParts(parts[0], parts[1], keptShape(a, axes, keepdims), a.dtype));
}

/** The variance whose sums are taken in `dtype`: only they are of that type, differences are as promotion has them. */
function varianceIn(dtype: DType, v: Value, root: boolean, axis?: Value, keepdims?: Value, ddof = 0): Value {
  const a = toArray(v);
  const over = (sums: NDArray, count: number): NDArray => {
    const loop = isWhole(dtype) ? 'float64' : dtype;
    const quotient = arithmetic('divide', asType(sums, loop), asType(toArray(float(count)), loop), loop) ?? sums;
    return asType(quotient, dtype);
  };
  const axes = axesOf(axis, a.shape.length);
  const n = axes.reduce((p, i) => p * a.shape[i], 1);
  const centre = over(toArray(sum(v, axis, bool(true), dtype)), n);
  const wide = promote(a.dtype, dtype);
  const d =
    arithmetic(
      'subtract',
      a,
      reshape(
        centre,
        a.shape.map((m, i) => (axes.includes(i) ? 1 : m)),
      ),
      wide,
    ) ?? a;
  if (isComplexType(a.dtype)) return unknown('dtype= of a variance of complex numbers is not covered yet');
  const squares = arrayValue(arithmetic('multiply', d, d, wide) ?? d);
  const out = over(toArray(sum(squares, axis, keepdims, dtype)), Math.max(n - ddof, 0));
  if (!root) return unwrap(out);
  if (isComplexType(dtype) || (isWhole(dtype) && out.shape.length > 0))
    return unknown('this dtype= of a deviation is not covered yet');
  return unwrap(asType(ndarray('float64', out.shape, toFloat64(out).map(Math.sqrt)), dtype));
}

/** The degrees of freedom that a variance takes away, `ddof` or in NumPy 2 `correction`. */
export function degrees({ ddof, correction }: Bound): number {
  if (ddof && correction && correction.kind !== 'none')
    return fail("ValueError: ddof and correction can't be provided simultaneously.");
  return real(correction && correction.kind !== 'none' ? correction : ddof, 0);
}

/** Variance, or its root: the mean squared distance from the mean over n − ddof. */
export function variance(v: Value, root: boolean, axis?: Value, keepdims?: Value, ddof = 0, dtype?: DType): Value {
  const given = toArray(v);
  if (dtype && (dtype !== given.dtype || isWhole(dtype)) && !(dtype === 'float64' && kindOf(given.dtype) !== 'complex'))
    return varianceIn(dtype, v, root, axis, keepdims, ddof);
  const a = asType(given, dtype ?? meanType(given.dtype));
  const axes = axesOf(axis, a.shape.length);
  const n = axes.reduce((p, i) => p * a.shape[i], 1);
  const round = outerRoundingOf(partType(a.dtype));
  const squares = (part: NDArray): NDArray => {
    const means = realSums(part, axes).map(s => round(s / n));
    const kept = a.shape.map((m, i) => (axes.includes(i) ? 1 : m));
    const strides = kept.map((m, i) => (m === 1 ? 0 : sizeOf(kept.slice(i + 1))));
    const x = toFloat64(part);
    const center: NDArray = { dtype: 'float64', shape: a.shape, strides, offset: 0, data: means };
    const m = toFloat64(contiguous(center));
    return ndarray(
      'float64',
      a.shape,
      x.map((e, k) => {
        const d = round(e - m[k]);
        return round(d * d);
      }),
    );
  };
  const re = squares(partOf(a, 0));
  let all = re;
  if (isComplexType(a.dtype)) {
    const im = toFloat64(squares(partOf(a, 1)));
    all = ndarray(
      'float64',
      a.shape,
      toFloat64(re).map((e, k) => e + im[k]),
    );
  }
  const left = Math.max(n - ddof, 0);
  const sums = realSums({ ...all, dtype: partType(a.dtype) }, axes);
  const out = sums.map(s => (root ? Math.sqrt(round(s / left)) : s / left));
  // A complex type that is asked for is kept.
  const type = dtype && isComplexType(dtype) ? dtype : partType(a.dtype);
  return unwrap(asType(ndarray('float64', keptShape(a, axes, keepdims), out), type));
}

export function extreme(v: Value, which: 'max' | 'min', axis?: Value, keepdims?: Value): Value {
  const a = toArray(v);
  const lanes = lanesOf(a, axis, keepdims);
  if (lanes.length === 0) fail(`ValueError: zero-size array to reduction operation ${which}imum which has no identity`);
  if (isComplexType(a.dtype)) return complexExtreme(lanes, which);
  if (lanes.array.data instanceof Float64Array) {
    const { data } = lanes.array;
    const find = which === 'max' ? largest : smallest;
    const out = new Float64Array(lanes.count);
    for (let k = 0; k < lanes.count; k++) out[k] = find(data, k * lanes.length, lanes.length);
    return unwrap(ndarray(a.dtype, lanes.shape, out));
  }
  const items = elementsOf(lanes.array) as (number | bigint | boolean)[];
  const better = (p: number | bigint | boolean, q: number | bigint | boolean): boolean =>
    Number.isNaN(p) || (!Number.isNaN(q) && (which === 'max' ? p >= q : p <= q));
  const out = Array.from({ length: lanes.count }, (_, k) => {
    let best = items[k * lanes.length];
    for (let i = k * lanes.length + 1; i < (k + 1) * lanes.length; i++) if (!better(best, items[i])) best = items[i];
    return best;
  });
  return unwrap(fromElements(a.dtype, lanes.shape, out));
}

/** Complex numbers compare by real, then imaginary part; the first with a NaN in it wins. */
function noLess(p: Complex, q: Complex, which: 'max' | 'min'): boolean {
  const nan = (z: Complex): boolean => Number.isNaN(z.re) || Number.isNaN(z.im);
  if (nan(p) || nan(q)) return nan(p);
  if (p.re !== q.re) return p.re > q.re === (which === 'max');
  return which === 'max' ? p.im >= q.im : p.im <= q.im;
}

function complexExtreme(lanes: Lanes, which: 'max' | 'min'): Value {
  const items = elementsOf(lanes.array) as Complex[];
  const out = Array.from({ length: lanes.count }, (_, k) =>
    items.slice(k * lanes.length, (k + 1) * lanes.length).reduce((p, q) => (noLess(p, q, which) ? p : q)),
  );
  return unwrap(fromElements(lanes.array.dtype, lanes.shape, out));
}

export function argExtreme(v: Value, which: 'max' | 'min', axis?: Value, keepdims?: Value): Value {
  const a = toArray(v);
  const single = a.shape.length === 0;
  const lanes = lanesOf(single && axis ? reshape(a, [1]) : a, axis, single ? undefined : keepdims);
  if (lanes.length === 0) fail(`ValueError: attempt to get arg${which} of an empty sequence`);
  if (isComplexType(a.dtype)) {
    const items = elementsOf(lanes.array) as Complex[];
    const places = generate(lanes.count, k => {
      let best = k * lanes.length;
      for (let i = best + 1; i < (k + 1) * lanes.length; i++) if (!noLess(items[best], items[i], which)) best = i;
      return best - k * lanes.length;
    });
    return unwrap(ndarray('int64', lanes.shape, places));
  }
  const x: readonly (number | bigint)[] | Float64Array = isBig(lanes.array.data)
    ? toIntegers(lanes.array)
    : toFloat64(lanes.array);
  const out = generate(lanes.count, k => {
    let best = 0;
    for (let i = 1; i < lanes.length; i++) {
      const p = x[k * lanes.length + best];
      const q = x[k * lanes.length + i];
      if (Number.isNaN(p)) break;
      if (Number.isNaN(q) || (which === 'max' ? q > p : q < p)) best = i;
    }
    return best;
  });
  return unwrap(ndarray('int64', lanes.shape, out));
}

export function quantifier(v: Value, which: 'all' | 'any', axis?: Value, keepdims?: Value): Value {
  const lanes = lanesOf(asType(contiguous(toArray(v)), 'bool'), axis, keepdims);
  const out = Array.from({ length: lanes.count }, (_, k) => {
    const lane = lanes.array.data.slice(k * lanes.length, (k + 1) * lanes.length) as Uint8Array;
    return which === 'all' ? lane.every(e => e !== 0) : lane.some(e => e !== 0);
  });
  return unwrap(fromElements('bool', lanes.shape, out));
}

/** Running sums or products along an axis, or over the flattened array. */
export function cumulative(v: Value, op: 'sum' | 'prod', axisValue?: Value, dtype?: DType): Value {
  const given = toArray(v);
  let a = asType(given, dtype ?? accumulator(given.dtype));
  const flat = axisValue === undefined || axisValue.kind === 'none';
  if (flat || a.shape.length === 0) a = reshape(a, [sizeOf(a.shape)]);
  const axis = flat ? 0 : axisOf(axisValue, a.shape.length);
  const order = [...a.shape.map((_, i) => i).filter(i => i !== axis), axis];
  const moved = contiguous(transpose(a, order));
  const n = a.shape[axis];
  const out = isWhole(a.dtype)
    ? runningIntegers(moved, op, n)
    : isComplexType(a.dtype)
      ? runningComplex(moved, op, n)
      : runningReals(moved, op, n);
  return unwrap(
    contiguous(
      transpose(
        out,
        a.shape.map((_, i) => order.indexOf(i)),
      ),
    ),
  );
}

function runningIntegers(a: NDArray, op: 'sum' | 'prod', n: number): NDArray {
  const x = toIntegers(a);
  for (let k = 0; k < x.length; k++)
    if (k % n !== 0) x[k] = BigInt.asIntN(64, op === 'sum' ? x[k - 1] + x[k] : x[k - 1] * x[k]);
  return a.dtype === 'bool' ? asType(integersFrom(x, a.shape, 'int64'), 'bool') : integersFrom(x, a.shape, a.dtype);
}

function runningReals(a: NDArray, op: 'sum' | 'prod', n: number): NDArray {
  const x = Float64Array.from(toFloat64(a));
  const round = outerRoundingOf(a.dtype);
  for (let k = 0; k < x.length; k++) if (k % n !== 0) x[k] = round(op === 'sum' ? x[k - 1] + x[k] : x[k - 1] * x[k]);
  return asType(ndarray('float64', a.shape, x), a.dtype);
}

function runningComplex(a: NDArray, op: 'sum' | 'prod', n: number): NDArray {
  const [re, im] = [Float64Array.from(toFloat64(partOf(a, 0))), Float64Array.from(toFloat64(partOf(a, 1)))];
  for (let k = 0; k < re.length; k++) {
    if (k % n === 0) continue;
    const [p, q, r, s] = [re[k - 1], im[k - 1], re[k], im[k]];
    re[k] = op === 'sum' ? p + r : p * r - q * s;
    im[k] = op === 'sum' ? q + s : p * s + q * r;
  }
  return fromParts(re, im, a.shape, a.dtype);
}
