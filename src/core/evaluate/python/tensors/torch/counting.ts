import { isComplexType, isFloatType } from '../../../../values/dtype';
import {
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../../../values/ndarray';
import { tuple, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { needInteger, real, toArray } from '../../coerce';
import { isTrue } from '../../reductions';
import { isWhole } from '../../ufuncs';
import { arrayOf, dimOf, given, isTensor, namedResult, tensor } from '../tensor';
import { both, functions, need } from './define';

/** Counts, places in sorted numbers, quantiles, and distances between rows. */

const T = (a: NDArray): Value => tensor(a, 'torch');
const real64 = (shape: readonly number[], data: Float64Array): NDArray => ndarray('float64', shape, data);
const whole = (shape: readonly number[], data: Float64Array): Value => T(ndarray('int64', shape, data));

/** The lanes of a tensor along a dimension, or one of all its numbers. */
interface Lanes {
  readonly lanes: readonly Float64Array[];
  /** The shape of one number for each lane. */
  readonly shape: (keep: boolean) => readonly number[];
}

function lanesOf(a: NDArray, dim: Value | undefined): Lanes {
  if (!given(dim) || a.shape.length === 0)
    return {
      lanes: [toFloat64(contiguous(a))],
      shape: keep => (keep && given(dim) === (a.shape.length === 0) ? [] : keep ? a.shape.map(() => 1) : []),
    };
  const axis = dimOf(needInteger(dim), a.shape.length);
  const rest = a.shape.map((_, k) => k).filter(k => k !== axis);
  const v = toFloat64(transpose(a, [...rest, axis]));
  const n = a.shape[axis];
  return {
    lanes: Array.from({ length: sizeOf(rest.map(k => a.shape[k])) }, (_, k) => v.subarray(k * n, (k + 1) * n)),
    shape: keep => (keep ? a.shape.map((m, k) => (k === axis ? 1 : m)) : rest.map(k => a.shape[k])),
  };
}

function bincount(x: Bound): Value {
  const a = arrayOf(x.input);
  if (!isWhole(a.dtype) || a.dtype === 'bool' || a.shape.length !== 1)
    return unknown('bincount takes a vector of integers');
  const v = toFloat64(a);
  if (v.some(e => e < 0)) return fail('RuntimeError: bincount only supports 1-d non-negative integral inputs.');
  const n = Math.max(
    v.reduce((m, e) => Math.max(m, e + 1), 0),
    x.minlength ? needInteger(x.minlength) : 0,
  );
  if (n > 1e7) return unknown('as many bins are not covered');
  const out = new Float64Array(n);
  const weights = given(x.weights) ? arrayOf(x.weights) : undefined;
  const w = weights && toFloat64(weights);
  v.forEach((e, k) => {
    out[e] += w ? w[k] : 1;
  });
  if (!weights) return whole([n], out);
  return T(asType(real64([n], out), weights.dtype === 'float32' ? 'float32' : 'float64'));
}

function histogram(x: Bound): Value {
  const a = arrayOf(x.input);
  if (!isFloatType(a.dtype)) return unknown('histc takes floats');
  const bins = x.bins ? needInteger(x.bins) : 100;
  const v = toFloat64(a);
  let [low, high] = [real(x.min, 0), real(x.max, 0)];
  if (low === high && v.length > 0) {
    low = v.reduce((m, e) => Math.min(m, e), Number.POSITIVE_INFINITY);
    high = v.reduce((m, e) => Math.max(m, e), Number.NEGATIVE_INFINITY);
  }
  if (low === high) [low, high] = [low - 1, high + 1];
  if (!Number.isFinite(high - low) || bins < 1 || low > high) return unknown('this histogram is refused');
  const out = new Float64Array(bins);
  for (const e of v) {
    if (!(e >= low && e <= high)) continue;
    const place = Math.floor(((e - low) / (high - low)) * bins);
    out[Math.min(place, bins - 1)]++;
  }
  return T(asType(real64([bins], out), a.dtype));
}

/** The first place where a number can be put into sorted ones; behind equal ones where `right`. */
function place(sorted: Float64Array, e: number, right: boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const before = Number.isNaN(e)
      ? !Number.isNaN(sorted[middle]) || right
      : right
        ? sorted[middle] <= e
        : sorted[middle] < e;
    if (before) low = middle + 1;
    else high = middle;
  }
  return low;
}

function searched(sequence: NDArray, values: Value, x: Bound): Value {
  const right = x.right !== undefined && isTrue(x.right);
  const side = x.side?.kind === 'string' ? x.side.value === 'right' : right;
  if (given(x.sorter)) return unknown('a sorter is not covered');
  const type = x.out_int32 !== undefined && isTrue(x.out_int32) ? 'int32' : 'int64';
  const a = isTensor(values) ? values.array : toArray(values);
  const s = toFloat64(contiguous(sequence));
  const v = toFloat64(contiguous(a));
  const n = sequence.shape[sequence.shape.length - 1];
  if (sequence.shape.length !== 1) {
    if (sequence.shape.length !== a.shape.length || sequence.shape.slice(0, -1).join() !== a.shape.slice(0, -1).join())
      return unknown('places in lanes of other shapes are refused');
    const m = a.shape[a.shape.length - 1];
    const out = v.map((e, k) => place(s.subarray(Math.floor(k / m) * n, (Math.floor(k / m) + 1) * n), e, side));
    return T(asType(real64(a.shape, out), type));
  }
  return T(
    asType(
      real64(
        a.shape,
        v.map(e => place(s, e, side)),
      ),
      type,
    ),
  );
}

function quantile(x: Bound, skips: boolean): Value {
  const a = arrayOf(x.input);
  if (a.dtype !== 'float32' && a.dtype !== 'float64')
    return fail('RuntimeError: quantile() input tensor must be either float or double dtype');
  const q = need(x.q);
  if (isTensor(q) && q.array.dtype !== a.dtype)
    return fail('RuntimeError: quantile() q tensor must be same dtype as the input tensor');
  const asked = toFloat64(toArray(q));
  if (asked.some(e => !(e >= 0 && e <= 1)))
    return fail('RuntimeError: quantile() q values must be in the range [0, 1]');
  const how = x.interpolation?.kind === 'string' ? x.interpolation.value : 'linear';
  const round = a.dtype === 'float32' ? Math.fround : (e: number): number => e;
  const { lanes, shape } = lanesOf(a, x.dim);
  const values = Array.from(asked, e =>
    lanes.map(lane => {
      const nan = lane.some(Number.isNaN);
      if (nan && !skips) return Number.NaN;
      const sorted = lane.filter(f => !Number.isNaN(f)).sort();
      if (sorted.length === 0) return Number.NaN;
      const rank = round(round(e) * (sorted.length - 1));
      const [low, high] = [sorted[Math.floor(rank)], sorted[Math.ceil(rank)]];
      switch (how) {
        case 'lower':
          return low;
        case 'higher':
          return high;
        case 'nearest': {
          const even =
            Math.round(rank) - rank === 0.5 && Math.round(rank) % 2 === 1 ? Math.round(rank) - 1 : Math.round(rank);
          return sorted[even];
        }
        case 'midpoint':
          return (low + high) / 2;
        default: {
          const share = round(rank - Math.floor(rank));
          const step = round(high - low);
          return share < 0.5 ? round(low + round(share * step)) : round(high - round(step * round(1 - share)));
        }
      }
    }),
  );
  const own = shape(x.keepdim !== undefined && isTrue(x.keepdim));
  const lead = isTensor(q) && q.array.shape.length === 1 ? [asked.length] : [];
  return T(asType(real64([...lead, ...own], Float64Array.from(values.flat())), a.dtype));
}

function kthValue(x: Bound): Value {
  const a = arrayOf(x.input);
  if (isComplexType(a.dtype) || a.dtype === 'bool') return unknown('kthvalue of this is not covered');
  const k = needInteger(need(x.k));
  const { lanes, shape } = lanesOf(a, x.dim ?? { kind: 'scalar', dtype: 'int64', value: -1, weak: true });
  const found = lanes.map(lane => {
    if (k < 1 || k > lane.length) return fail('RuntimeError: kthvalue(): selected number k out of range for dimension');
    if (lane.some(Number.isNaN)) return unknown('kthvalue of NaN is not covered');
    const value = lane.slice().sort()[k - 1];
    if (lane.filter(e => e === value).length > 1)
      return unknown('which of several equal numbers is taken is not certain');
    return [value, lane.indexOf(value)] as const;
  });
  const own = shape(x.keepdim !== undefined && isTrue(x.keepdim));
  const of = (i: 0 | 1): Float64Array => Float64Array.from(found, e => e[i]);
  return namedResult('kthvalue', ['values', 'indices'], [T(asType(real64(own, of(0)), a.dtype)), whole(own, of(1))]);
}

/** The most frequent number of each lane, the smallest of several, and its place. */
function mode(x: Bound): Value {
  const a = arrayOf(x.input);
  if (isComplexType(a.dtype)) return unknown('mode of complex numbers is not covered');
  const { lanes, shape } = lanesOf(a, x.dim ?? { kind: 'scalar', dtype: 'int64', value: -1, weak: true });
  const found = lanes.map(lane => {
    const counts = new Map<number, number>();
    for (const e of lane) counts.set(e, (counts.get(e) ?? 0) + 1);
    const most = Math.max(...counts.values());
    if (lane.length === 0 || lane.some(Number.isNaN)) return unknown('mode of this is not covered');
    const value = Math.min(...[...counts].filter(([, n]) => n === most).map(([e]) => e));
    if (most > 1) return unknown('which of several equal numbers is taken is not certain');
    return [value, lane.indexOf(value)] as const;
  });
  const own = shape(x.keepdim !== undefined && isTrue(x.keepdim));
  const of = (i: 0 | 1): Float64Array => Float64Array.from(found, e => e[i]);
  return namedResult('mode', ['values', 'indices'], [T(asType(real64(own, of(0)), a.dtype)), whole(own, of(1))]);
}

/** Runs of equal numbers, each once. */
function consecutive(x: Bound): Value {
  const a = arrayOf(x.input);
  if (given(x.dim)) return unknown('runs along a dimension are not covered yet');
  const v = toFloat64(contiguous(a));
  const values: number[] = [];
  const counts: number[] = [];
  const inverse = v.map((e, k) => {
    if (k > 0 && e === v[k - 1]) counts[counts.length - 1]++;
    else {
      values.push(e);
      counts.push(1);
    }
    return values.length - 1;
  });
  const out: Value[] = [T(asType(real64([values.length], Float64Array.from(values)), a.dtype))];
  if (isTrue(x.return_inverse)) out.push(whole(a.shape, inverse));
  if (isTrue(x.return_counts)) out.push(whole([counts.length], Float64Array.from(counts)));
  return out.length === 1 ? out[0] : tuple(out);
}

function isIn(x: Bound): Value {
  const [a, b] = [need(x.elements), need(x.test_elements)].map(v => toArray(v));
  if ([a, b].some(e => e.dtype === 'bool' || isComplexType(e.dtype))) return unknown('isin of these types is refused');
  const among = new Set(toFloat64(contiguous(b)));
  const turned = x.invert !== undefined && isTrue(x.invert);
  const flags = Uint8Array.from(toFloat64(contiguous(a)), e => (among.has(e) !== turned ? 1 : 0));
  return T(ndarray('bool', a.shape, flags));
}

/** Rows and columns of a triangle, row by row. */
function triangle(x: Bound, keeps: (i: number, j: number, k: number) => boolean): Value {
  const [rows, columns] = [needInteger(need(x.row)), needInteger(need(x.col))];
  const shift = x.offset ? needInteger(x.offset) : 0;
  const at: [number, number][] = [];
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) if (keeps(i, j, shift)) at.push([i, j]);
  return whole([2, at.length], Float64Array.from([...at.map(([i]) => i), ...at.map(([, j]) => j)]));
}

const length = (d: readonly number[], p: number): number => {
  if (p === 0) return d.filter(e => e !== 0).length;
  if (p === Number.POSITIVE_INFINITY) return d.reduce((m, e) => Math.max(m, Math.abs(e)), 0);
  if (p === 1) return d.reduce((s, e) => s + Math.abs(e), 0);
  if (p === 2) return Math.sqrt(d.reduce((s, e) => s + e * e, 0));
  return d.reduce((s, e) => s + Math.abs(e) ** p, 0) ** (1 / p);
};

/** Distances between all rows of two matrices. */
function distances(x: Bound, c: Context): Value {
  const [a, b] = [arrayOf(x.x1), arrayOf(x.x2)];
  if (!isFloatType(a.dtype) || a.dtype !== b.dtype) return unknown('cdist takes floats of one type');
  const lead = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2));
  const [m, k] = a.shape.slice(-2);
  const [n, own] = b.shape.slice(-2);
  if (!lead || a.shape.length < 2 || b.shape.length < 2 || own !== k)
    return unknown('cdist of these shapes is refused');
  // Of many rows torch takes the squares apart, which leaves more of rounding than of the distance.
  if (m > 25 || n > 25) return unknown('distances of many rows are rounded in a way of their own');
  const p = real(x.p, 2);
  const [u, v] = [a, b].map((e, i) => toFloat64(contiguous(broadcastTo(e, [...lead, i === 0 ? m : n, k]))));
  c.budget.claim(sizeOf(lead) * m * n);
  c.budget.spend(2 * sizeOf(lead) * m * n * k);
  const round = a.dtype === 'float32' ? Math.fround : (e: number): number => e;
  const out = generate(sizeOf(lead) * m * n, at => {
    const [plane, i, j] = [Math.floor(at / (m * n)), Math.floor(at / n) % m, at % n];
    const [from, to] = [(plane * m + i) * k, (plane * n + j) * k];
    return length(
      Array.from({ length: k }, (_, d) => round(u[from + d] - v[to + d])),
      p,
    );
  });
  return T(asType(real64([...lead, m, n], out), a.dtype));
}

/** Distances between all pairs of rows. */
function pairDistances(x: Bound): Value {
  const a = arrayOf(x.input);
  if (a.shape.length !== 2 || !isFloatType(a.dtype)) return unknown('pdist takes a matrix of floats');
  const [n, k] = a.shape;
  const v = toFloat64(contiguous(a));
  const out: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++)
      out.push(
        length(
          Array.from({ length: k }, (_, d) => v[i * k + d] - v[j * k + d]),
          real(x.p, 2),
        ),
      );
  return T(asType(real64([out.length], Float64Array.from(out)), a.dtype));
}

/** Parts along a dimension, made shorter where they are longer than allowed. */
function renormed(x: Bound): Value {
  const a = arrayOf(x.input);
  const [p, most] = [real(need(x.p), 2), real(need(x.maxnorm), 1)];
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  if (!isFloatType(a.dtype)) return unknown('renorm takes floats');
  if (a.shape.length < 2)
    return fail(`RuntimeError: renorm: input needs at least 2 dimensions, got ${a.shape.length} dimensions`);
  const order = [axis, ...a.shape.map((_, k) => k).filter(k => k !== axis)];
  const moved = transpose(a, order);
  const v = toFloat64(moved).slice();
  const n = v.length / a.shape[axis];
  for (let k = 0; k < v.length; k += n) {
    const size = length([...v.subarray(k, k + n)], p);
    if (size > most) for (let i = k; i < k + n; i++) v[i] *= most / (size + 1e-7);
  }
  const back = a.shape.map((_, k) => order.indexOf(k));
  return T(contiguous(transpose(asType(real64(moved.shape, v), a.dtype), back)));
}

/** Running logarithms of sums of exponentials. */
function logCumulated(x: Bound): Value {
  const a = arrayOf(x.input);
  if (!isFloatType(a.dtype) || a.shape.length === 0) return unknown('logcumsumexp takes floats along a dimension');
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  const order = [...a.shape.map((_, k) => k).filter(k => k !== axis), axis];
  const moved = transpose(a, order);
  const v = toFloat64(moved).slice();
  const n = a.shape[axis];
  for (let k = 0; k < v.length; k++) {
    if (k % n === 0) continue;
    const [p, q] = [v[k - 1], v[k]];
    const high = Math.max(p, q);
    v[k] = high === Number.NEGATIVE_INFINITY ? high : high + Math.log1p(Math.exp(Math.min(p, q) - high));
  }
  const back = a.shape.map((_, k) => order.indexOf(k));
  return T(contiguous(transpose(asType(real64(moved.shape, v), a.dtype), back)));
}

/** Repeats of different counts. */
export function repeatedEach(a: NDArray, counts: Float64Array, axis: number): NDArray {
  if (isComplexType(a.dtype)) return unknown('repeats of complex numbers are not covered');
  const places = Array.from(counts).flatMap((n, k) => Array<number>(n).fill(k));
  const order = [axis, ...a.shape.map((_, k) => k).filter(k => k !== axis)];
  const moved = contiguous(transpose(a, order));
  const step = sizeOf(moved.shape.slice(1));
  const v = toFloat64(moved);
  const out = generate(places.length * step, k => v[places[Math.floor(k / step)] * step + (k % step)]);
  const shape = [places.length, ...moved.shape.slice(1)];
  const back = a.shape.map((_, k) => order.indexOf(k));
  return contiguous(transpose(asType(reshape(real64([out.length], out), shape), a.dtype), back));
}

const QUANTILE = 'input, q, dim=None, keepdim=False, *, interpolation=linear';

export const TORCH_COUNTING: readonly LibraryFunction[] = [
  ...both('bincount', 'input, weights=None, minlength=0', bincount),
  ...both('histc', 'input, bins=100, min=0, max=0', histogram),
  ...functions('searchsorted', 'sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None', x =>
    searched(arrayOf(x.sorted_sequence), need(x.input), x),
  ),
  ...functions('bucketize', 'input, boundaries, *, out_int32=False, right=False', x =>
    searched(arrayOf(x.boundaries), need(x.input), x),
  ),
  ...both('quantile', QUANTILE, x => quantile(x, false)),
  ...both('nanquantile', QUANTILE, x => quantile(x, true)),
  ...both('kthvalue', 'input, k, dim=-1, keepdim=False', kthValue),
  ...both('mode', 'input, dim=-1, keepdim=False', mode),
  ...both('unique_consecutive', 'input, return_inverse=False, return_counts=False, dim=None', consecutive),
  ...functions('isin', 'elements, test_elements, *, assume_unique=False, invert=False', isIn),
  ...functions('tril_indices', 'row, col, offset=0, *, dtype=None', x => triangle(x, (i, j, k) => j - i <= k)),
  ...functions('triu_indices', 'row, col, offset=0, *, dtype=None', x => triangle(x, (i, j, k) => j - i >= k)),
  ...functions('cdist', 'x1, x2, p=2.0, compute_mode=None', distances),
  ...functions('pdist', 'input, p=2.0', pairDistances),
  ...functions('nn.functional.pdist', 'input, p=2.0', pairDistances),
  ...both('renorm', 'input, p, dim, maxnorm', renormed),
  ...both('logcumsumexp', 'input, dim', logCumulated),
];
