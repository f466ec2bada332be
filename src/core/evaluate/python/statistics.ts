import { pythonFloat } from '../../format/digits';
import { complex, toComplex } from '../../values/complex';
import { type DType, isComplexType, isFloatType, promote } from '../../values/dtype';
import {
  asType,
  broadcastTo,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../values/ndarray';
import { arrayValue, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { applyUfunc, ufuncArrays } from './apply';
import { axisOf, elementsOf, int, integerOf, needInteger, resultType, toArray, unwrap } from './coerce';
import { ufuncNamed } from './elementwise';
import { concatenate } from './joining';
import { axesOf, extreme, isTrue, lanesOf, mean, sum } from './reductions';
import { before } from './sorting';
import { isWhole, NO_BOOLEAN_SUBTRACT } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';
const realOnly = (a: NDArray, name: string): NDArray =>
  isComplexType(a.dtype) ? unknown(`np.${name} of complex numbers is not covered yet`) : a;

type Quantile = (sorted: Float64Array, q: number) => number;

/** NumPy's interpolation between two order statistics: from the nearer end, so that both ends are exact where they are finite. */
function lerp(a: number, b: number, t: number): number {
  const d = b - a;
  return t >= 0.5 ? b - d * (1 - t) : a + d * t;
}

/** Where the quantile lies among n sorted values, by method (Hyndman and Fan, 1996), and how the neighbours combine. */
const METHODS: Readonly<Record<string, (n: number, q: number) => readonly [number, number]>> = {
  linear: (n, q) => at((n - 1) * q),
  lower: (n, q) => [Math.floor((n - 1) * q), 0],
  higher: (n, q) => [Math.ceil((n - 1) * q), 0],
  midpoint: (n, q) => {
    const v = (n - 1) * q;
    return v % 1 === 0 ? [v, 0] : [Math.floor(v), 0.5];
  },
  nearest: (n, q) => {
    const v = (n - 1) * q;
    const r = Math.round(v);
    return [Math.abs(v % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r, 0];
  },
  inverted_cdf: (n, q) => {
    const v = n * q - 1;
    return [Math.max(Math.ceil(v), 0), 0];
  },
  closest_observation: (n, q) => {
    const [k, t] = at(n * q - 1.5);
    if (t === 0 && k >= 0) return unknown('this method between two observations differs between versions of NumPy');
    return [Math.max(k + 1, 0), 0];
  },
  averaged_inverted_cdf: (n, q) => {
    if (q === 0 || q === 1) return unknown('this method at 0 and 1 differs between versions of NumPy');
    const [k, t] = at(n * q - 1);
    return [k, t === 0 ? 0.5 : 1];
  },
  interpolated_inverted_cdf: (n, q) => at(n * q + (0 + q * (1 - 0 - 1)) - 1),
  hazen: (n, q) => at(n * q + (0.5 + q * (1 - 0.5 - 0.5)) - 1),
  weibull: (n, q) => at(n * q + (0 + q * (1 - 0 - 0)) - 1),
  median_unbiased: (n, q) => at(n * q + (1 / 3 + q * (1 - 1 / 3 - 1 / 3)) - 1),
  normal_unbiased: (n, q) => at(n * q + (3 / 8 + q * (1 - 3 / 8 - 3 / 8)) - 1),
};
const at = (v: number): readonly [number, number] => [Math.floor(v), v - Math.floor(v)];

/** Quantiles by a method; where all places are whole numbers by their type, `taken`, elements are as they are. */
function quantileOf(method: string, taken: boolean): Quantile {
  const place =
    METHODS[method] ??
    fail(
      `ValueError: '${method}' is not a valid method. Use one of: dict_keys(['inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'interpolated_inverted_cdf', 'hazen', 'weibull', 'linear', 'median_unbiased', 'normal_unbiased', 'lower', 'higher', 'midpoint', 'nearest'])`,
    );
  return (x, q) => {
    const n = x.length;
    if (n === 0 || Number.isNaN(x[n - 1])) return Number.NaN;
    const [k, t] = place(n, q);
    const low = Math.min(Math.max(k, 0), n - 1);
    const high = Math.min(low + 1, n - 1);
    if (k < 0 || taken) return x[low];
    return lerp(x[low], x[high], t);
  };
}

/** Functions written in Python know no axis of a number, where ufuncs let 0 and -1 pass, and name a repeated axis so. */
function needAxes(a: NDArray, axis: Value | undefined): void {
  if (axis?.kind === 'scalar' && a.shape.length === 0)
    fail(`AxisError: axis ${needInteger(axis)} is out of bounds for array of dimension 0`);
  if (axis?.kind !== 'tuple' && axis?.kind !== 'list') return;
  const axes = axis.items.map(v => axisOf(v, a.shape.length));
  if (new Set(axes).size !== axes.length) fail('ValueError: repeated axis');
}

/** Sorted lanes reduced one by one. NaN sorts last; `skipNan` leaves it out. */
function bySortedLane(
  v: Value,
  name: string,
  axis: Value | undefined,
  keepdims: Value | undefined,
  skipNan: boolean,
  f: (sorted: Float64Array) => number,
  wide = false,
): NDArray {
  const a = realOnly(toArray(v), name);
  needAxes(a, axis);
  const lanes = lanesOf(a, axis, keepdims);
  const x = toFloat64(lanes.array);
  const out = generate(lanes.count, k => {
    const lane = x.slice(k * lanes.length, (k + 1) * lanes.length);
    return f((skipNan ? lane.filter(e => !Number.isNaN(e)) : lane).sort());
  });
  return asType(ndarray('float64', lanes.shape, out), isFloatType(a.dtype) && !wide ? a.dtype : 'float64');
}

function medianOf(x: Float64Array): number {
  const n = x.length;
  if (n === 0 || Number.isNaN(x[n - 1])) return Number.NaN;
  return n % 2 === 1 ? x[(n - 1) / 2] : (x[n / 2 - 1] + x[n / 2]) / 2;
}

/** The median; complex numbers are in order by their real, then their imaginary parts. */
function median(x: Bound): Value {
  const a = toArray(need(x.a));
  if (!isComplexType(a.dtype)) {
    const out = bySortedLane(need(x.a), 'median', x.axis, x.keepdims, false, medianOf);
    return isTrue(x.keepdims) ? arrayValue(out) : unwrap(out);
  }
  needAxes(a, x.axis);
  const lanes = lanesOf(a, x.axis, x.keepdims);
  const items = elementsOf(lanes.array).map(toComplex);
  const out = Array.from({ length: lanes.count }, (_, k) => {
    const lane = items.slice(k * lanes.length, (k + 1) * lanes.length).sort(before);
    const last = lane.at(-1);
    if (last === undefined || Number.isNaN(last.re) || Number.isNaN(last.im))
      return last ?? complex(Number.NaN, Number.NaN);
    const [p, q] = [lane[(lane.length - 1) >> 1], lane[lane.length >> 1]];
    return lane.length % 2 === 1 ? p : { re: (p.re + q.re) / 2, im: (p.im + q.im) / 2 };
  });
  return unwrap(fromElements(a.dtype, lanes.shape, out));
}

function quantiles(x: Bound, name: string, per: number, skipNan: boolean): Value {
  const q = toArray(need(x.q));
  const values = toFloat64(q).map(v => v / per);
  if (values.some(v => !(v >= 0 && v <= 1)))
    fail(`ValueError: ${per === 100 ? 'Percentiles' : 'Quantiles'} must be in the range [0, ${per}]`);
  const old = given(x.interpolation) ? x.interpolation : x.method;
  const method = old?.kind === 'string' ? old.value : 'linear';
  const a = toArray(need(x.a));
  if (isComplexType(a.dtype)) return fail('TypeError: a must be an array of real numbers');
  needAxes(a, x.axis);
  if (!skipNan && sizeOf(a.shape) === 0) return fail('IndexError: cannot do a non-empty take from an empty axes.');
  if (skipNan && sizeOf(a.shape) === 0)
    return unwrap(bySortedLane(arrayValue(a), name, x.axis, x.keepdims, true, medianOf));
  // Elements are taken as they are where the place is a whole number by its type; else neighbours are combined.
  const taken =
    ['lower', 'higher', 'nearest', 'inverted_cdf', 'closest_observation'].includes(method) ||
    (method === 'linear' && per === 1 && isWhole(q.dtype));
  const f = quantileOf(method, taken);
  if (a.dtype === 'bool' && !taken) return fail(NO_BOOLEAN_SUBTRACT);
  const single = a.dtype === 'float32' || a.dtype === 'float16';
  // Places in numbers of NumPy's own widen the result; a number of Python's does not.
  const own = q.shape.length > 0 || !(x.q?.kind === 'scalar' && x.q.weak);
  const wide = !taken && single && own && promote(q.dtype, a.dtype) === 'float64';
  const parts = Array.from(values, v => {
    const part = bySortedLane(need(x.a), name, x.axis, x.keepdims, skipNan, s => f(s, v), wide);
    return taken && isWhole(a.dtype) ? asType(part, a.dtype) : part;
  });
  // Of a number, `keepdims` makes an array of no dimension.
  if (q.shape.length === 0) return isTrue(x.keepdims) ? arrayValue(parts[0]) : unwrap(parts[0]);
  if (parts.length === 0) {
    const one = bySortedLane(need(x.a), name, x.axis, x.keepdims, skipNan, medianOf);
    return arrayValue(ndarray('float64', [...q.shape, ...one.shape], new Float64Array(0)));
  }
  const lifted = parts.map(p => reshape(p, [1, ...p.shape]));
  const all = concatenate(lifted, 0, parts[0].dtype);
  return unwrap(reshape(all, [...q.shape, ...parts[0].shape]));
}

function average(x: Bound, c: Context): Value {
  const a = toArray(need(x.a));
  if (!given(x.weights)) {
    const m = mean(need(x.a), x.axis, x.keepdims);
    if (!isTrue(x.returned)) return m;
    const shape = toArray(m).shape;
    const n = axesOf(x.axis, a.shape.length).reduce((p, i) => p * a.shape[i], 1);
    return tuple([m, unwrap(ndarray('float64', shape, new Float64Array(sizeOf(shape)).fill(n)))]);
  }
  let w = toArray(x.weights);
  const sameShape = w.shape.length === a.shape.length && w.shape.every((n, i) => n === a.shape[i]);
  if (!sameShape) {
    if (!given(x.axis)) return fail('TypeError: Axis must be specified when shapes of a and weights differ.');
    const axes = axesOf(x.axis, a.shape.length);
    if (axes.length === 1 && w.shape.length !== 1)
      return fail('TypeError: 1D weights expected when shapes of a and weights differ.');
    if (axes.length === 1 && w.shape[0] !== a.shape[axes[0]])
      return fail('ValueError: Length of weights not compatible with specified axis.');
    if (w.shape.length !== axes.length || axes.some((axis, k) => w.shape[k] !== a.shape[axis]))
      return fail('ValueError: Shape of weights must be consistent with shape of a along specified axis.');
    const sorted = axes.map((_, k) => k).sort((p, q) => axes[p] - axes[q]);
    w = broadcastTo(
      reshape(
        transpose(w, sorted),
        a.shape.map((n, i) => (axes.includes(i) ? n : 1)),
      ),
      a.shape,
    );
  }
  const dtype = isWhole(a.dtype)
    ? resultType([arrayValue(a), arrayValue(w), arrayValue(fromElements('float64', [1], [0]))])
    : resultType([arrayValue(a), arrayValue(w)]);
  const total = sum(arrayValue(w), x.axis, x.keepdims, dtype);
  if (toFloat64(toArray(total)).some(v => v === 0))
    return fail("ZeroDivisionError: Weights sum to zero, can't be normalized");
  const products = ufuncArrays(ufuncNamed('multiply'), [a, w], dtype)[0];
  const out = applyUfunc(ufuncNamed('divide'), [sum(arrayValue(products), x.axis, x.keepdims), total], c);
  return isTrue(x.returned) ? tuple([out, unwrap(broadcastTo(toArray(total), toArray(out).shape))]) : out;
}

/** How many bins a rule of thumb gives (NumPy's estimators; Freedman and Diaconis 1981, Scott 1979, Sturges 1926). */
function binCount(rule: string, all: Float64Array, x: Bound, whole: boolean): number {
  if (given(x.weights))
    return fail('TypeError: Automated estimation of the number of bins is not supported for weighted data');
  const least = (d: Float64Array): number => d.reduce((p, v) => Math.min(p, v), Number.POSITIVE_INFINITY);
  const most = (d: Float64Array): number => d.reduce((p, v) => Math.max(p, v), Number.NEGATIVE_INFINITY);
  const [low, high] = given(x.range) ? toFloat64(toArray(x.range)) : [least(all), most(all)];
  const data = all.filter(v => v >= low && v <= high);
  const n = data.length;
  if (n === 0) return 1;
  const spread = most(data) - least(data);
  const sorted = Float64Array.from(data).sort();
  const quartile = (q: number): number => {
    const place = (n - 1) * q;
    return lerp(sorted[Math.floor(place)], sorted[Math.ceil(place)], place % 1);
  };
  const mean = data.reduce((s, v) => s + v, 0) / n;
  const deviation = Math.sqrt(data.reduce((s, v) => s + (v - mean) ** 2, 0) / n);
  const widths: Readonly<Record<string, () => number>> = {
    sqrt: () => spread / Math.sqrt(n),
    sturges: () => spread / (Math.log2(n) + 1),
    rice: () => spread / (2 * n ** (1 / 3)),
    scott: () => ((24 * Math.PI ** 0.5) / n) ** (1 / 3) * deviation,
    fd: () => (2 * (quartile(0.75) - quartile(0.25))) / n ** (1 / 3),
    early: () => Math.min(widths.fd() || Number.POSITIVE_INFINITY, widths.sturges()),
    auto: () => Math.min(Math.max(widths.fd(), widths.sqrt() / 2), widths.sturges()),
  };
  if (rule === 'early' || !(rule in widths)) {
    if (rule === 'doane' || rule === 'stone') return unknown(`bins='${rule}' is not covered yet`);
    return fail(`ValueError: '${rule}' is not a valid estimator for \`bins\``);
  }
  const bins = (width: number): number => (width > 0 ? Math.max(Math.ceil((high - low) / width), 1) : 1);
  const [early, width] = [rule === 'auto' ? widths.early() : widths[rule](), widths[rule]()];
  // NumPy 2 gives whole numbers no bins narrower than 1, and limits their number.
  const late = bins(whole && width > 0 ? Math.max(width, 1) : width);
  return bins(early) === late ? late : unknown('the number of these bins differs between versions of NumPy');
}

/** The type of equal bins: Python's own numbers as the range leave it as it is. */
function edgeType({ range }: Bound, dtype: DType): DType {
  if (!given(range)) return dtype;
  const own =
    (range.kind === 'list' || range.kind === 'tuple') && range.items.every(v => v.kind === 'scalar' && v.weak);
  return own ? dtype : 'float64';
}

/** Edges of equal bins, in the type of the data where that is a narrower float, or the edges that were given. */
function binEdges(x: Bound, data: Float64Array, c: Context, dtype: DType = 'float64'): NDArray {
  const bins = x.bins;
  const asked =
    bins === undefined ? int(10) : bins.kind === 'string' ? int(binCount(bins.value, data, x, isWhole(dtype))) : bins;
  const edges = toArray(asked);
  if (edges.shape.length === 1) {
    const e = toFloat64(edges);
    if (e.some((v, k) => k > 0 && e[k - 1] > v)) fail('ValueError: `bins` must increase monotonically, when an array');
    return edges;
  }
  if (edges.shape.length > 1) fail('ValueError: `bins` must be 1d, when an array');
  const n = integerOf(asked) ?? fail('TypeError: `bins` must be an integer, a string, or an array');
  if (n < 1) fail('ValueError: `bins` must be positive, when an integer');
  c.budget.claim(n + 1);
  let low = data.length === 0 ? 0 : data.reduce((p, v) => Math.min(p, v));
  let high = data.length === 0 ? 1 : data.reduce((p, v) => Math.max(p, v));
  if (given(x.range)) [low, high] = toFloat64(toArray(x.range));
  if (!Number.isFinite(low) || !Number.isFinite(high))
    fail(
      `ValueError: ${given(x.range) ? 'supplied' : 'autodetected'} range of [${pythonFloat(low)}, ${pythonFloat(high)}] is not finite`,
    );
  if (low > high) fail('ValueError: max must be larger than min in range parameter.');
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const step = (high - low) / n;
  const made = ndarray(
    'float64',
    [n + 1],
    generate(n + 1, k => (k === n ? high : k * step + low)),
  );
  const typed = asType(made, isFloatType(dtype) ? dtype : 'float64');
  const e = toFloat64(typed);
  if (e.some((v, k) => k > 0 && e[k - 1] >= v))
    fail(`ValueError: Too many bins for data range. Cannot create ${n} finite-sized bins.`);
  return typed;
}

function checkWeights(x: Bound, a: NDArray): void {
  if (given(x.weights) && toArray(x.weights).shape.join() !== a.shape.join())
    fail('ValueError: weights should have the same shape as a.');
}

function histogram(x: Bound, c: Context): Value {
  const a = realOnly(toArray(need(x.a)), 'histogram');
  const data = toFloat64(a);
  const weighted = given(x.weights);
  checkWeights(x, a);
  if (weighted) realOnly(toArray(x.weights as Value), 'histogram');
  const edges = binEdges(x, data, c, edgeType(x, a.dtype));
  const e = toFloat64(edges);
  const n = Math.max(e.length - 1, 0);
  const w = weighted ? toFloat64(toArray(x.weights as Value)) : undefined;
  const counts = new Float64Array(n);
  data.forEach((v, k) => {
    if (!(v >= e[0] && v <= e[n])) return;
    let bin = n - 1;
    while (bin > 0 && v < e[bin]) bin--;
    counts[bin] += w ? w[k] : 1;
  });
  const whole = !weighted || isWhole(toArray(x.weights as Value).dtype);
  if (!isTrue(x.density))
    return tuple([arrayValue(ndarray(whole ? 'int64' : 'float64', [n], counts)), arrayValue(edges)]);
  const total = counts.reduce((s, v) => s + v, 0);
  const density = counts.map((v, k) => v / (e[k + 1] - e[k]) / total);
  return tuple([arrayValue(ndarray('float64', [n], density)), arrayValue(edges)]);
}

/** The edges along one axis of a grid of bins, with the words of np.histogramdd. */
function gridEdges(bins: Value, range: Value | undefined, data: Float64Array, k: number, c: Context): NDArray {
  const asked = toArray(bins);
  if (asked.shape.length > 1) fail(`ValueError: \`bins[${k}]\` must be a scalar or 1d array`);
  if (asked.shape.length === 0) {
    if (toFloat64(asked)[0] < 1) fail(`ValueError: \`bins[${k}]\` must be positive, when an integer`);
    if (integerOf(bins) === undefined) fail(`TypeError: \`bins[${k}]\` must be an integer, when a scalar`);
    return binEdges({ bins, range }, data, c);
  }
  const e = toFloat64(asked);
  if (e.some((v, i) => i > 0 && e[i - 1] > v))
    fail(`ValueError: \`bins[${k}]\` must be monotonically increasing, when an array`);
  return asked;
}

/** Counts of points in a grid of bins: (counts, edges of every axis). */
function histogramGrid(columns: readonly Float64Array[], x: Bound, c: Context): readonly [NDArray, NDArray[]] {
  const several = (v: Value | undefined, k: number): Value | undefined =>
    (v?.kind === 'list' || v?.kind === 'tuple') && v.items.length === columns.length ? v.items[k] : v;
  const edges = columns.map((data, k) =>
    gridEdges(several(x.bins, k) ?? int(10), given(x.range) ? several(x.range, k) : undefined, data, k, c),
  );
  if (edges.some(e => e.shape[0] === 0)) fail('IndexError: index -1 is out of bounds for axis 0 with size 0');
  const shape = edges.map(e => e.shape[0] - 1);
  c.budget.claim(sizeOf(shape));
  const counts = new Float64Array(sizeOf(shape));
  const weights = given(x.weights) ? toArray(x.weights) : undefined;
  if (weights && weights.shape.length !== 1)
    fail(`ValueError: object ${weights.shape.length > 1 ? 'too deep' : 'of too small depth'} for desired array`);
  if (weights && weights.shape[0] !== columns[0].length)
    fail("ValueError: The weights and list don't have the same length.");
  const w = weights && toFloat64(weights);
  columns[0].forEach((_, i) => {
    let at = 0;
    for (let k = 0; k < columns.length; k++) {
      const e = toFloat64(edges[k]);
      const v = columns[k][i];
      if (!(v >= e[0] && v <= e[e.length - 1])) return;
      let bin = shape[k] - 1;
      while (bin > 0 && v < e[bin]) bin--;
      at = at * shape[k] + bin;
    }
    counts[at] += w ? w[i] : 1;
  });
  if (isTrue(x.density)) return unknown('density= of several axes is not covered yet');
  return [ndarray('float64', shape, counts), edges];
}

const QUANTILE =
  'a, q, axis=None, out=None, overwrite_input=False, method=linear, keepdims=False, *, interpolation=None';
const MEDIAN = 'a, axis=None, out=None, overwrite_input=False, keepdims=False';
export const STATISTICS: readonly LibraryFunction[] = [
  { path: 'numpy.median', signature: MEDIAN, evaluate: median },
  {
    path: 'numpy.nanmedian',
    signature: MEDIAN,
    evaluate: x => unwrap(bySortedLane(need(x.a), 'nanmedian', x.axis, x.keepdims, true, medianOf)),
  },
  { path: 'numpy.quantile', signature: QUANTILE, evaluate: x => quantiles(x, 'quantile', 1, false) },
  { path: 'numpy.percentile', signature: QUANTILE, evaluate: x => quantiles(x, 'percentile', 100, false) },
  { path: 'numpy.nanquantile', signature: QUANTILE, evaluate: x => quantiles(x, 'nanquantile', 1, true) },
  { path: 'numpy.nanpercentile', signature: QUANTILE, evaluate: x => quantiles(x, 'nanpercentile', 100, true) },
  {
    path: 'numpy.average',
    signature: 'a, axis=None, weights=None, returned=False, *, keepdims=False',
    evaluate: average,
  },
  {
    path: 'numpy.ptp',
    signature: 'a, axis=None, out=None, keepdims=False',
    evaluate: (x, c) =>
      applyUfunc(
        ufuncNamed('subtract'),
        [extreme(need(x.a), 'max', x.axis, x.keepdims), extreme(need(x.a), 'min', x.axis, x.keepdims)],
        c,
      ),
  },
  {
    path: 'numpy.histogram',
    signature: 'a, bins=10, range=None, density=None, weights=None',
    evaluate: histogram,
  },
  {
    path: 'numpy.histogram2d',
    signature: 'x, y, bins=10, range=None, density=None, weights=None',
    evaluate: (x, c) => {
      const columns = [need(x.x), need(x.y)].map(v => toFloat64(toArray(v)));
      if (columns[0].length !== columns[1].length) return fail('ValueError: x and y must have the same length.');
      const [counts, edges] = histogramGrid(columns, x, c);
      return tuple([counts, ...edges].map(arrayValue));
    },
  },
  {
    path: 'numpy.histogramdd',
    signature: 'sample, bins=10, range=None, density=None, weights=None',
    evaluate: (x, c) => {
      const sample = need(x.sample);
      const a = toArray(sample);
      if (a.shape.length !== 2) return unknown('histogramdd of this sample is not covered yet');
      // A list holds the coordinates one after the other, an array has a row a point.
      const rows = toFloat64(sample.kind === 'array' ? transpose(a) : a);
      const [axes, n] = sample.kind === 'array' ? [a.shape[1], a.shape[0]] : a.shape;
      const columns = Array.from({ length: axes }, (_, k) => rows.slice(k * n, (k + 1) * n));
      const [counts, edges] = histogramGrid(columns, x, c);
      return tuple([arrayValue(counts), { kind: 'list', items: edges.map(arrayValue) }]);
    },
  },
  {
    path: 'numpy.histogram_bin_edges',
    signature: 'a, bins=10, range=None, weights=None',
    evaluate: (x, c) => {
      const a = realOnly(toArray(need(x.a)), 'histogram_bin_edges');
      checkWeights(x, a);
      return arrayValue(binEdges(x, toFloat64(a), c, edgeType(x, a.dtype)));
    },
  },
];
