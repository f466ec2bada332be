import type { DType } from '../../values/dtype';
import {
  asType,
  contiguous,
  fromElements,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import { fail, unknown } from '../stop';
import { axisOf, elementsOf, integersOf, needInteger, real, toArray, truthOf, unwrap } from './coerce';
import { dtypeOf } from './creation';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

/** Lanes to reduce: the elements of each, contiguous in the last axis, and the shape of the result. */
interface Lanes {
  readonly array: NDArray;
  readonly count: number;
  readonly length: number;
  readonly shape: readonly number[];
}

function lanesOf(a: NDArray, axis: Value | undefined, keepdims: Value | undefined): Lanes {
  const ndim = a.shape.length;
  const keep = keepdims?.kind === 'scalar' && truthOf(keepdims);
  const axes =
    axis === undefined || axis.kind === 'none'
      ? a.shape.map((_, i) => i)
      : integersOf(axis).map(k => axisOf({ kind: 'scalar', dtype: 'int64', value: k }, ndim));
  if (new Set(axes).size !== axes.length) fail("ValueError: duplicate value in 'axis'");
  const rest = a.shape.map((_, i) => i).filter(i => !axes.includes(i));
  const moved = contiguous(transpose(a, [...rest, ...axes]));
  const length = axes.reduce((n, i) => n * a.shape[i], 1);
  const shape = keep ? a.shape.map((n, i) => (axes.includes(i) ? 1 : n)) : rest.map(i => a.shape[i]);
  return { array: moved, count: sizeOf(rest.map(i => a.shape[i])), length, shape };
}

/** NumPy's pairwise summation: eight accumulators in blocks of up to 128, halves above. */
export function pairwiseSum(x: Float64Array, start: number, n: number): number {
  if (n < 8) {
    let s = 0;
    for (let i = 0; i < n; i++) s += x[start + i];
    return s;
  }
  if (n <= 128) {
    const r = [0, 1, 2, 3, 4, 5, 6, 7].map(k => x[start + k]);
    let i = 8;
    for (; i < n - (n % 8); i += 8) for (let k = 0; k < 8; k++) r[k] += x[start + i + k];
    let s = r[0] + r[1] + (r[2] + r[3]) + (r[4] + r[5] + (r[6] + r[7]));
    for (; i < n; i++) s += x[start + i];
    return s;
  }
  let half = Math.floor(n / 2);
  half -= half % 8;
  return pairwiseSum(x, start, half) + pairwiseSum(x, start + half, n - half);
}

/** Sums along an axis other than the last run row by row in NumPy: plain order. */
function sumLanes(a: NDArray, lanes: Lanes, axis: Value | undefined): Float64Array {
  const x = toFloat64(lanes.array);
  const last =
    axis === undefined ||
    axis.kind === 'none' ||
    (axis.kind === 'scalar' && (Number(axis.value) === a.shape.length - 1 || Number(axis.value) === -1));
  return Float64Array.from({ length: lanes.count }, (_, k) => {
    if (last) return pairwiseSum(x, k * lanes.length, lanes.length);
    let s = 0;
    for (let i = 0; i < lanes.length; i++) s += x[k * lanes.length + i];
    return s;
  });
}

/** Exact integer folding. */
function foldIntegers(lanes: Lanes, f: (x: bigint, y: bigint) => bigint, start: bigint): NDArray {
  const data = lanes.array.data;
  const out: bigint[] = [];
  for (let k = 0; k < lanes.count; k++) {
    let s = start;
    for (let i = 0; i < lanes.length; i++) s = BigInt.asIntN(64, f(s, BigInt(data[k * lanes.length + i])));
    out.push(s);
  }
  return fromElements('int64', lanes.shape, out);
}

const integral = (d: DType): boolean => d === 'int64' || d === 'bool';

export function sum(v: Value, axis?: Value, keepdims?: Value, dtype?: DType): Value {
  let a = toArray(v);
  if (dtype) a = asType(a, dtype);
  if (a.dtype === 'complex128') {
    const parts = [0, 1].map(w => {
      const d = contiguous(a).data as Float64Array;
      const half = ndarray(
        'float64',
        a.shape,
        Float64Array.from({ length: d.length / 2 }, (_, k) => d[2 * k + w]),
      );
      return sumLanes(half, lanesOf(half, axis, keepdims), axis);
    });
    return unwrap(
      fromElements(
        'complex128',
        lanesOf(a, axis, keepdims).shape,
        Array.from(parts[0], (re, k) => ({ re, im: parts[1][k] })),
      ),
    );
  }
  const lanes = lanesOf(a, axis, keepdims);
  if (integral(a.dtype)) {
    const x = toFloat64(lanes.array);
    const sums = sumLanes(a, lanes, axis);
    const exact =
      !(lanes.array.data instanceof BigInt64Array) && x.every(e => Math.abs(e) * x.length < Number.MAX_SAFE_INTEGER);
    return unwrap(
      exact
        ? ndarray(
            'int64',
            lanes.shape,
            sums.map(s => s + 0),
          )
        : foldIntegers(lanes, (p, q) => p + q, 0n),
    );
  }
  return unwrap(
    asType(
      ndarray('float64', lanes.shape, a.dtype === 'float32' ? float32Sums(lanes) : sumLanes(a, lanes, axis)),
      a.dtype,
    ),
  );
}

function float32Sums(lanes: Lanes): Float64Array {
  const x = toFloat64(lanes.array);
  return Float64Array.from({ length: lanes.count }, (_, k) => {
    let s = 0;
    for (let i = 0; i < lanes.length; i++) s = Math.fround(s + x[k * lanes.length + i]);
    return s;
  });
}

function prod(v: Value, axis?: Value, keepdims?: Value): Value {
  const a = toArray(v);
  if (a.dtype === 'complex128') unknown('np.prod of complex numbers is not covered yet');
  const lanes = lanesOf(a, axis, keepdims);
  if (integral(a.dtype)) return unwrap(foldIntegers(lanes, (x, y) => x * y, 1n));
  const x = toFloat64(lanes.array);
  return unwrap(
    asType(
      ndarray(
        'float64',
        lanes.shape,
        Float64Array.from({ length: lanes.count }, (_, k) =>
          x.slice(k * lanes.length, (k + 1) * lanes.length).reduce((p, q) => p * q, 1),
        ),
      ),
      a.dtype,
    ),
  );
}

export function mean(v: Value, axis?: Value, keepdims?: Value): Value {
  const a = toArray(v);
  if (a.dtype === 'complex128') unknown('np.mean of complex numbers is not covered yet');
  const lanes = lanesOf(a, axis, keepdims);
  if (lanes.length === 0)
    return unwrap(ndarray('float64', lanes.shape, new Float64Array(lanes.count).fill(Number.NaN)));
  const sums = a.dtype === 'float32' ? float32Sums(lanes) : sumLanes(a, lanes, axis);
  return unwrap(
    asType(
      ndarray(
        'float64',
        lanes.shape,
        sums.map(s => s / lanes.length),
      ),
      a.dtype === 'float32' ? 'float32' : 'float64',
    ),
  );
}

function variance(x: Bound, root: boolean): Value {
  const a = toArray(need(x.a));
  if (a.dtype === 'complex128') unknown('variance of complex numbers is not covered yet');
  const ddof = real(x.ddof, 0);
  const lanes = lanesOf(a, x.axis, x.keepdims);
  const sums = sumLanes(a, lanes, x.axis);
  const data = toFloat64(lanes.array);
  const squares = data.map((e, p) => (e - sums[Math.floor(p / lanes.length)] / lanes.length) ** 2);
  const total = sumLanes(a, { ...lanes, array: ndarray('float64', [data.length], squares) }, x.axis);
  const out = total.map(s =>
    root ? Math.sqrt(s / Math.max(lanes.length - ddof, 0)) : s / Math.max(lanes.length - ddof, 0),
  );
  return unwrap(asType(ndarray('float64', lanes.shape, out), a.dtype === 'float32' ? 'float32' : 'float64'));
}

export function extreme(v: Value, which: 'max' | 'min', axis?: Value, keepdims?: Value): Value {
  const a = toArray(v);
  if (a.dtype === 'complex128') unknown(`np.${which} of complex numbers is not covered yet`);
  const lanes = lanesOf(a, axis, keepdims);
  if (lanes.length === 0) fail(`ValueError: zero-size array to reduction operation ${which}imum which has no identity`);
  const items = elementsOf(lanes.array);
  const better = (p: number | bigint, q: number | bigint): boolean =>
    Number.isNaN(p) || (!Number.isNaN(q) && (which === 'max' ? p >= q : p <= q));
  const out = Array.from({ length: lanes.count }, (_, k) => {
    const lane = items.slice(k * lanes.length, (k + 1) * lanes.length) as (number | bigint)[];
    return lane.reduce((p, q) => (better(p, q) ? p : q));
  });
  return unwrap(fromElements(a.dtype, lanes.shape, out));
}

export function argExtreme(v: Value, which: 'max' | 'min', axis?: Value, keepdims?: Value): Value {
  const a = toArray(v);
  if (a.dtype === 'complex128') unknown(`np.arg${which} of complex numbers is not covered yet`);
  const lanes = lanesOf(a, axis, keepdims);
  if (lanes.length === 0) fail(`ValueError: attempt to get arg${which} of an empty sequence`);
  const x = toFloat64(lanes.array);
  const out = Float64Array.from({ length: lanes.count }, (_, k) => {
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
    const lane = Array.from(lanes.array.data.slice(k * lanes.length, (k + 1) * lanes.length) as Uint8Array);
    return which === 'all' ? lane.every(e => e !== 0) : lane.some(e => e !== 0);
  });
  return unwrap(fromElements('bool', lanes.shape, out));
}

function cumulative(x: Bound, op: 'sum' | 'prod'): Value {
  let a = toArray(need(x.a));
  if (a.dtype === 'complex128') unknown(`np.cum${op} of complex numbers is not covered yet`);
  const flat = x.axis === undefined || x.axis.kind === 'none';
  if (flat) a = reshape(a, [sizeOf(a.shape)]);
  const axis = flat ? 0 : axisOf(need(x.axis), a.shape.length);
  const order = [...a.shape.map((_, i) => i).filter(i => i !== axis), axis];
  const moved = contiguous(transpose(a, order));
  const n = a.shape[axis];
  const whole = integral(a.dtype);
  const items = whole
    ? Array.from(moved.data as ArrayLike<number | bigint>, e => BigInt(e))
    : Array.from(toFloat64(moved));
  for (let k = 0; k < items.length; k++) {
    if (k % n === 0) continue;
    const p = items[k - 1];
    const q = items[k];
    if (typeof p === 'bigint' && typeof q === 'bigint') items[k] = BigInt.asIntN(64, op === 'sum' ? p + q : p * q);
    else items[k] = op === 'sum' ? Number(p) + Number(q) : Number(p) * Number(q);
  }
  const out = fromElements(whole ? 'int64' : a.dtype, moved.shape, items);
  return unwrap(
    contiguous(
      transpose(
        out,
        a.shape.map((_, i) => order.indexOf(i)),
      ),
    ),
  );
}

function median(v: Value, axis?: Value, keepdims?: Value): Value {
  const a = toArray(v);
  const lanes = lanesOf(a, axis, keepdims);
  const x = toFloat64(lanes.array);
  const n = lanes.length;
  const out = Float64Array.from({ length: lanes.count }, (_, k) => {
    const lane = x.slice(k * n, (k + 1) * n).sort();
    if (n === 0 || lane.some(Number.isNaN)) return Number.NaN;
    return n % 2 === 1 ? lane[(n - 1) / 2] : (lane[n / 2 - 1] + lane[n / 2]) / 2;
  });
  return unwrap(asType(ndarray('float64', lanes.shape, out), a.dtype === 'float32' ? 'float32' : 'float64'));
}

function sorted(v: Value, axis: Value | undefined, indices: boolean): Value {
  const a = toArray(v);
  if (a.dtype === 'complex128') unknown('sorting complex numbers is not covered yet');
  const flat = axis?.kind === 'none';
  const source = flat ? reshape(a, [sizeOf(a.shape)]) : a;
  const at = axis && !flat ? axisOf(axis, source.shape.length) : source.shape.length - 1;
  const order = [...source.shape.map((_, i) => i).filter(i => i !== at), at];
  const moved = contiguous(transpose(source, order));
  const n = source.shape[at];
  const items = elementsOf(moved) as (number | bigint)[];
  const before = (p: number | bigint, q: number | bigint): number =>
    Number.isNaN(p) ? (Number.isNaN(q) ? 0 : 1) : Number.isNaN(q) ? -1 : p < q ? -1 : p > q ? 1 : 0;
  const out: (number | bigint)[] = [];
  for (let k = 0; k < items.length; k += n) {
    const rank = Array.from({ length: n }, (_, i) => i).sort((i, j) => before(items[k + i], items[k + j]) || i - j);
    out.push(...rank.map(i => (indices ? i : items[k + i])));
  }
  const result = fromElements(indices ? 'int64' : a.dtype, moved.shape, out);
  return unwrap(
    contiguous(
      transpose(
        result,
        source.shape.map((_, i) => order.indexOf(i)),
      ),
    ),
  );
}

const AXIS = 'a, axis=None, out=None, keepdims=False';

export const REDUCTIONS: readonly LibraryFunction[] = [
  {
    path: 'numpy.sum',
    signature: 'a, axis=None, dtype=None, out=None, keepdims=False',
    evaluate: x => sum(need(x.a), x.axis, x.keepdims, dtypeOf(x.dtype)),
  },
  {
    path: 'numpy.prod',
    signature: 'a, axis=None, dtype=None, out=None, keepdims=False',
    evaluate: x => prod(need(x.a), x.axis, x.keepdims),
  },
  {
    path: 'numpy.mean',
    signature: 'a, axis=None, dtype=None, out=None, keepdims=False',
    evaluate: x => mean(need(x.a), x.axis, x.keepdims),
  },
  { path: 'numpy.average', signature: 'a, axis=None', evaluate: x => mean(need(x.a), x.axis) },
  {
    path: 'numpy.var',
    signature: 'a, axis=None, dtype=None, out=None, ddof=0, keepdims=False',
    evaluate: x => variance(x, false),
  },
  {
    path: 'numpy.std',
    signature: 'a, axis=None, dtype=None, out=None, ddof=0, keepdims=False',
    evaluate: x => variance(x, true),
  },
  {
    path: 'numpy.median',
    signature: 'a, axis=None, out=None, overwrite_input=False, keepdims=False',
    evaluate: x => median(need(x.a), x.axis, x.keepdims),
  },
  ...(['max', 'min'] as const).flatMap(which => [
    { path: `numpy.${which}`, signature: AXIS, evaluate: (x: Bound) => extreme(need(x.a), which, x.axis, x.keepdims) },
    { path: `numpy.a${which}`, signature: AXIS, evaluate: (x: Bound) => extreme(need(x.a), which, x.axis, x.keepdims) },
    {
      path: `numpy.arg${which}`,
      signature: AXIS,
      evaluate: (x: Bound) => argExtreme(need(x.a), which, x.axis, x.keepdims),
    },
  ]),
  ...(['all', 'any'] as const).map(which => ({
    path: `numpy.${which}`,
    signature: AXIS,
    evaluate: (x: Bound) => quantifier(need(x.a), which, x.axis, x.keepdims),
  })),
  {
    path: 'numpy.ptp',
    signature: 'a, axis=None',
    evaluate: x => {
      const [high, low] = [extreme(need(x.a), 'max', x.axis), extreme(need(x.a), 'min', x.axis)].map(v => toArray(v));
      const dtype = high.dtype;
      return unwrap(
        asType(
          ndarray(
            'float64',
            high.shape,
            toFloat64(high).map((h, k) => h - toFloat64(low)[k]),
          ),
          dtype,
        ),
      );
    },
  },
  { path: 'numpy.cumsum', signature: 'a, axis=None', evaluate: x => cumulative(x, 'sum') },
  { path: 'numpy.cumprod', signature: 'a, axis=None', evaluate: x => cumulative(x, 'prod') },
  {
    path: 'numpy.count_nonzero',
    signature: 'a',
    evaluate: x => ({
      kind: 'scalar',
      dtype: 'int64',
      weak: true,
      value: Array.from(asType(contiguous(toArray(need(x.a))), 'bool').data as Uint8Array).reduce((n, e) => n + e, 0),
    }),
  },
  { path: 'numpy.sort', signature: 'a, axis=-1', evaluate: x => sorted(need(x.a), x.axis, false) },
  { path: 'numpy.argsort', signature: 'a, axis=-1', evaluate: x => sorted(need(x.a), x.axis, true) },
  {
    path: 'numpy.unique',
    signature: 'ar',
    evaluate: x => {
      const a = toArray(need(x.ar));
      const all = toArray(sorted({ kind: 'array', array: a }, { kind: 'none' }, false));
      const items = elementsOf(all);
      const kept = items.filter((e, i) => i === 0 || e !== items[i - 1]);
      return { kind: 'array', array: fromElements(a.dtype, [kept.length], kept) };
    },
  },
  {
    path: 'numpy.diff',
    signature: 'a, n=1, axis=-1',
    evaluate: x => {
      const a = toArray(need(x.a));
      if (a.shape.length !== 1 || (x.n && needInteger(x.n) !== 1) || a.dtype === 'complex128' || a.dtype === 'bool')
        unknown('np.diff of this kind is not covered yet');
      const d = toFloat64(a);
      return {
        kind: 'array',
        array: asType(
          ndarray(
            'float64',
            [Math.max(d.length - 1, 0)],
            Float64Array.from({ length: Math.max(d.length - 1, 0) }, (_, k) => d[k + 1] - d[k]),
          ),
          a.dtype,
        ),
      };
    },
  },
];
