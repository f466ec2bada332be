import { isComplexType, isFloatType } from '../../../values/dtype';
import { eachLane, softmax as softmaxOf } from '../../../values/lanes';
import { asType, generate, type NDArray, ndarray, sizeOf, toFloat64, transpose } from '../../../values/ndarray';
import type { Value } from '../../../values/value';
import type { Bound, LibraryFunction } from '../../catalogue';
import type { Context } from '../../dialect';
import { fail, unknown } from '../../stop';
import { real, toArray, unwrap } from '../coerce';
import { axesOf, isTrue } from '../reductions';
import { erf, erfc, gamma } from '../special-functions';

/** Functions of scipy.special and distances of scipy.spatial.distance. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** Numbers in floating point: float32 stays, integers become float64. */
function floats(v: Value | undefined): NDArray {
  const a = toArray(need(v));
  if (isComplexType(a.dtype) || a.dtype === 'float16') return unknown(`${a.dtype} is not covered here`);
  return isFloatType(a.dtype) ? a : asType(a, 'float64');
}

/** A function of every element. */
const mapped = (name: string, f: (x: number) => number): LibraryFunction => ({
  path: `scipy.special.${name}`,
  signature: 'x, out=None',
  evaluate: (x, c) => {
    const a = floats(x.x);
    c.budget.claim(sizeOf(a.shape));
    return unwrap(asType(ndarray('float64', a.shape, toFloat64(a).map(f)), a.dtype));
  },
});

/** Lanes over axes, each turned into as many numbers. */
function alongAxes(a: NDArray, axis: Value | undefined, f: (lane: Float64Array) => Float64Array): NDArray {
  const axes = axesOf(axis, a.shape.length);
  const kept = a.shape.map((_, k) => k).filter(k => !axes.includes(k));
  const order = [...kept, ...axes];
  const moved = transpose(a, order);
  const x = toFloat64(moved);
  const n = axes.reduce((p, k) => p * a.shape[k], 1);
  const whole = asType(ndarray('float64', moved.shape, eachLane(x, n, f)), a.dtype);
  return transpose(
    whole,
    a.shape.map((_, k) => order.indexOf(k)),
  );
}

const sum = (v: Float64Array): number => v.reduce((s, e) => s + e, 0);
const peak = (v: Float64Array): number => v.reduce((m, e) => Math.max(m, e), Number.NEGATIVE_INFINITY);

function logSoftmaxOf(lane: Float64Array): Float64Array {
  const most = peak(lane);
  const log = Math.log(sum(lane.map(v => Math.exp(v - most))));
  return lane.map(v => v - most - log);
}

const softmax =
  (log: boolean) =>
  (x: Bound, c: Context): Value => {
    const a = floats(x.x);
    if (a.shape.length === 0) return unknown('softmax of a number is not covered');
    c.budget.spend(20 * sizeOf(a.shape));
    const out = alongAxes(a, x.axis, log ? logSoftmaxOf : softmaxOf);
    c.record(log ? 'log_softmax' : 'softmax', given(x.axis) ? [need(x.x), x.axis] : [need(x.x)]);
    return unwrap(out);
  };

function logSumExp(x: Bound): Value {
  const a = floats(x.a);
  if (given(x.b) || isTrue(x.return_sign)) return unknown('logsumexp with weights is not covered yet');
  const axes = axesOf(x.axis, a.shape.length);
  const kept = a.shape.map((_, k) => k).filter(k => !axes.includes(k));
  const v = toFloat64(transpose(a, [...kept, ...axes]));
  const n = axes.reduce((p, k) => p * a.shape[k], 1);
  const shape = isTrue(x.keepdims) ? a.shape.map((m, k) => (axes.includes(k) ? 1 : m)) : kept.map(k => a.shape[k]);
  const out = generate(sizeOf(shape), k => {
    const lane = v.subarray(k * n, (k + 1) * n);
    const most = peak(lane);
    const shift = Number.isFinite(most) ? most : 0;
    return Math.log(sum(lane.map(e => Math.exp(e - shift)))) + shift;
  });
  return unwrap(asType(ndarray('float64', shape, out), a.dtype));
}

const vector = (v: Value | undefined): Float64Array => {
  const a = toArray(need(v));
  if (a.shape.length !== 1) return fail('ValueError: Input vector should be 1-D.');
  if (isComplexType(a.dtype)) return unknown('distances of complex vectors are not covered');
  return toFloat64(a);
};

const distance = (name: string, f: (u: Float64Array, v: Float64Array) => number): LibraryFunction => ({
  path: `scipy.spatial.distance.${name}`,
  signature: 'u, v, w=None',
  evaluate: x => {
    if (given(x.w)) return unknown('weighted distances are not covered yet');
    const [u, v] = [vector(x.u), vector(x.v)];
    if (u.length !== v.length)
      return fail(`ValueError: operands could not be broadcast together with shapes (${u.length},) (${v.length},) `);
    return unwrap(ndarray('float64', [], Float64Array.of(f(u, v))));
  },
});

const dot = (u: Float64Array, v: Float64Array): number => sum(u.map((e, k) => e * v[k]));
const apart = (u: Float64Array, v: Float64Array): Float64Array => u.map((e, k) => e - v[k]);
const centred = (u: Float64Array): Float64Array => {
  const mean = sum(u) / u.length;
  return u.map(e => e - mean);
};
const cosine = (u: Float64Array, v: Float64Array): number => 1 - dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v));

/** Distances between all rows of two matrices. */
function cdist(x: Bound, c: Context): Value {
  const [a, b] = [floats(x.XA), floats(x.XB)].map(e => asType(e, 'float64'));
  const metric = x.metric?.kind === 'string' ? x.metric.value : 'euclidean';
  const f = METRICS[metric] ?? unknown(`cdist with metric='${metric}' is not covered yet`);
  if (a.shape.length !== 2 || b.shape.length !== 2 || a.shape[1] !== b.shape[1])
    return unknown('cdist takes two matrices of equally long rows');
  const [m, n, k] = [a.shape[0], b.shape[0], a.shape[1]];
  c.budget.claim(m * n);
  c.budget.spend(3 * m * n * k);
  const [p, q] = [toFloat64(a), toFloat64(b)];
  const row = (v: Float64Array, i: number): Float64Array => v.slice(i * k, (i + 1) * k);
  return unwrap(
    ndarray(
      'float64',
      [m, n],
      generate(m * n, at => f(row(p, Math.floor(at / n)), row(q, at % n))),
    ),
  );
}

const METRICS: Readonly<Record<string, (u: Float64Array, v: Float64Array) => number>> = {
  euclidean: (u, v) => Math.sqrt(dot(apart(u, v), apart(u, v))),
  sqeuclidean: (u, v) => dot(apart(u, v), apart(u, v)),
  cityblock: (u, v) => sum(apart(u, v).map(Math.abs)),
  chebyshev: (u, v) => apart(u, v).reduce((m, e) => Math.max(m, Math.abs(e)), 0),
  cosine,
  correlation: (u, v) => cosine(centred(u), centred(v)),
};

const expit = (x: number): number => 1 / (1 + Math.exp(-x));

export const SCIPY_SPECIAL: readonly LibraryFunction[] = [
  { path: 'scipy.special.softmax', signature: 'x, axis=None', evaluate: softmax(false) },
  { path: 'scipy.special.log_softmax', signature: 'x, axis=None', evaluate: softmax(true) },
  {
    path: 'scipy.special.logsumexp',
    signature: 'a, axis=None, b=None, keepdims=False, return_sign=False',
    evaluate: logSumExp,
  },
  mapped('expit', expit),
  mapped('logit', p => Math.log(p / (1 - p))),
  mapped('log_expit', x => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x)))),
  mapped('erf', erf),
  mapped('erfc', erfc),
  mapped('gamma', gamma),
  mapped('entr', x => (x > 0 ? -x * Math.log(x) : x === 0 ? 0 : Number.NEGATIVE_INFINITY)),
  mapped('exp10', x => 10 ** x),
  mapped('exp2', x => 2 ** x),
  mapped('cbrt', Math.cbrt),
  mapped('expm1', Math.expm1),
  mapped('log1p', Math.log1p),
  ...Object.entries(METRICS).map(([name, f]) => distance(name, f)),
  {
    path: 'scipy.spatial.distance.minkowski',
    signature: 'u, v, p=2, w=None',
    evaluate: x => {
      const [u, v] = [vector(x.u), vector(x.v)];
      const p = real(x.p, 2);
      if (given(x.w) || u.length !== v.length || p < 1) return unknown('this distance is not covered yet');
      return unwrap(ndarray('float64', [], Float64Array.of(sum(apart(u, v).map(e => Math.abs(e) ** p)) ** (1 / p))));
    },
  },
  { path: 'scipy.spatial.distance.cdist', signature: 'XA, XB, metric=euclidean', evaluate: cdist },
];
