import { type DType, isComplexType, isFloatType } from '../../values/dtype';
import { arithmetic } from '../../values/elementwise';
import {
  asType,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { applyUfunc, ufuncArrays } from './apply';
import {
  axisOf,
  float,
  int,
  integerOf,
  integersOf,
  needInteger,
  real,
  resultType,
  toArray,
  typeName,
  unwrap,
} from './coerce';
import { ufuncNamed } from './elementwise';
import { concatenate, concatenated } from './joining';
import { partOf, sum } from './reductions';
import { canCast } from './types';
import { isWhole, NO_BOOLEAN_SUBTRACT } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** The part of an axis from `from` up to `to`, as a view. */
const range = (a: NDArray, axis: number, from: number, to: number, step = 1): NDArray => ({
  ...a,
  shape: a.shape.map((n, i) => (i === axis ? Math.max(0, Math.ceil((to - from) / step)) : n)),
  strides: a.strides.map((s, i) => (i === axis ? s * step : s)),
  offset: a.offset + from * a.strides[axis],
});

const combine = (op: 'add' | 'subtract' | 'multiply' | 'divide', a: NDArray, b: NDArray, d: DType): NDArray =>
  arithmetic(op, a, b, d) ?? fail('ValueError: operands could not be broadcast together');

function diff(x: Bound, c: Context): Value {
  let a = toArray(need(x.a));
  const times = x.n ? needInteger(x.n) : 1;
  if (times === 0) return need(x.a);
  if (times < 0) return fail(`ValueError: order must be non-negative but got ${times}`);
  if (a.shape.length === 0) return fail('ValueError: diff requires input that is at least one dimensional');
  const axis = axisOf(x.axis ?? int(-1), a.shape.length);
  const { shape } = a;
  const edge = (v: Value | undefined): NDArray[] => {
    if (!given(v)) return [];
    const e = toArray(v);
    if (e.shape.length > 0) return [e];
    return [{ ...e, shape: shape.map((n, i) => (i === axis ? 1 : n)), strides: shape.map(() => 0) }];
  };
  const parts = [...edge(x.prepend), a, ...edge(x.append)];
  if (parts.length > 1) a = toArray(concatenated(parts.map(arrayValue), int(axis), c));
  const u = ufuncNamed(a.dtype === 'bool' ? 'not_equal' : 'subtract');
  for (let k = 0; k < times; k++) {
    const n = a.shape[axis];
    [a] = ufuncArrays(u, [range(a, axis, Math.min(1, n), n), range(a, axis, 0, Math.max(n - 1, 0))], a.dtype);
  }
  return arrayValue(a);
}

function ediff1d(x: Bound): Value {
  const given1 = toArray(need(x.ary));
  for (const [name, v] of [
    ['to_begin', x.to_begin],
    ['to_end', x.to_end],
  ] as const)
    if (given(v) && !canCast(toArray(v).dtype, given1.dtype, 'same_kind'))
      return fail(
        `TypeError: dtype of \`${name}\` must be compatible with input \`ary\` under the \`same_kind\` rule.`,
      );
  if (given1.dtype === 'bool') return fail(NO_BOOLEAN_SUBTRACT);
  const a = reshape(given1, [sizeOf(given1.shape)]);
  const n = a.shape[0];
  const inner = combine('subtract', range(a, 0, Math.min(1, n), n), range(a, 0, 0, Math.max(n - 1, 0)), a.dtype);
  const end = (v: Value | undefined): NDArray[] => {
    if (!given(v)) return [];
    const e = asType(toArray(v), a.dtype);
    return [reshape(e, [sizeOf(e.shape)])];
  };
  return arrayValue(concatenate([...end(x.to_begin), inner, ...end(x.to_end)], 0, a.dtype));
}

/** Second-order central differences inside, one-sided ones at the ends, along every axis asked for. */
function gradient(x: Bound): Value {
  const f0 = toArray(need(x.f));
  const dtype: DType = isFloatType(f0.dtype) || isComplexType(f0.dtype) ? f0.dtype : 'float64';
  const f = asType(f0, dtype);
  const axes = given(x.axis) ? integersOf(x.axis).map(k => axisOf(int(k), f.shape.length)) : f.shape.map((_, i) => i);
  const spacings = x.varargs?.kind === 'tuple' ? x.varargs.items : [];
  const single = spacings.length === 1 && toArray(spacings[0]).shape.length === 0;
  if (spacings.length !== 0 && !single && spacings.length !== axes.length)
    return fail('TypeError: invalid number of arguments');
  const edge = x.edge_order ? needInteger(x.edge_order) : 1;
  if (edge > 2) return fail("ValueError: 'edge_order' greater than 2 not supported");
  const out = axes.map((axis, k) => {
    const n = f.shape[axis];
    if (n < edge + 1)
      return fail(
        'ValueError: Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.',
      );
    if (f0.dtype === 'bool') return fail(NO_BOOLEAN_SUBTRACT);
    const h = spacings.length === 0 ? float(1) : spacings[spacings.length === 1 ? 0 : k];
    const steps = toArray(h);
    if (steps.shape.length === 0) return arrayValue(uniform(f, axis, Number(toFloat64(steps)[0]), edge, dtype));
    if (steps.shape.length !== 1) return fail('ValueError: distances must be either scalars or 1d');
    if (steps.shape[0] !== n)
      return fail('ValueError: when 1d, distances must match the length of the corresponding dimension');
    const at = toFloat64(steps);
    const d = generate(n - 1, i => at[i + 1] - at[i]);
    return arrayValue(d.every(v => v === d[0]) ? uniform(f, axis, d[0], edge, dtype) : uneven(f, axis, d, edge, dtype));
  });
  return out.length === 1 ? out[0] : { kind: 'list', items: out };
}

const number = (v: number): NDArray => ndarray('float64', [], Float64Array.of(v));

function uniform(f: NDArray, axis: number, h: number, edge: number, d: DType): NDArray {
  const n = f.shape[axis];
  const at = (i: number): NDArray => range(f, axis, i, i + 1);
  const scaled = (a: NDArray, by: number): NDArray => combine('multiply', a, number(by), d);
  const middle = combine(
    'divide',
    combine('subtract', range(f, axis, 2, n), range(f, axis, 0, n - 2), d),
    number(2 * h),
    d,
  );
  let first: NDArray;
  let last: NDArray;
  if (edge === 1) {
    first = combine('divide', combine('subtract', at(1), at(0), d), number(h), d);
    last = combine('divide', combine('subtract', at(n - 1), at(n - 2), d), number(h), d);
  } else {
    const three = (p: NDArray, a: number, q: NDArray, b: number, r: NDArray, e: number): NDArray =>
      combine('add', combine('add', scaled(p, a), scaled(q, b), d), scaled(r, e), d);
    first = three(at(0), -1.5 / h, at(1), 2 / h, at(2), -0.5 / h);
    last = three(at(n - 3), 0.5 / h, at(n - 2), -2 / h, at(n - 1), 1.5 / h);
  }
  return concatenate([first, middle, last], axis, d);
}

function uneven(f: NDArray, axis: number, h: Float64Array, edge: number, d: DType): NDArray {
  const n = f.shape[axis];
  const along = (v: Float64Array): NDArray =>
    ndarray(
      'float64',
      f.shape.map((_, i) => (i === axis ? v.length : 1)),
      v,
    );
  const [h1, h2] = [h.subarray(0, n - 2), h.subarray(1, n - 1)];
  const a = h1.map((p, i) => -h2[i] / (p * (p + h2[i])));
  const b = h1.map((p, i) => (h2[i] - p) / (p * h2[i]));
  const e = h1.map((p, i) => p / (h2[i] * (p + h2[i])));
  const part = (k: number, w: Float64Array): NDArray => combine('multiply', along(w), range(f, axis, k, n - 2 + k), d);
  const middle = combine('add', combine('add', part(0, a), part(1, b), d), part(2, e), d);
  const at = (i: number): NDArray => range(f, axis, i, i + 1);
  if (edge === 1)
    return concatenate(
      [
        combine('divide', combine('subtract', at(1), at(0), d), number(h[0]), d),
        middle,
        combine('divide', combine('subtract', at(n - 1), at(n - 2), d), number(h[n - 2]), d),
      ],
      axis,
      d,
    );
  const three = (i: number, p: number, q: number, r: number): NDArray =>
    combine(
      'add',
      combine('add', combine('multiply', at(i), number(p), d), combine('multiply', at(i + 1), number(q), d), d),
      combine('multiply', at(i + 2), number(r), d),
      d,
    );
  const [p, q] = [h[0], h[1]];
  const first = three(0, -(2 * p + q) / (p * (p + q)), (p + q) / (p * q), -p / (q * (p + q)));
  const [r, s] = [h[n - 3], h[n - 2]];
  const last = three(n - 3, s / (r * (r + s)), -(s + r) / (r * s), (2 * s + r) / (s * (r + s)));
  return concatenate([first, middle, last], axis, d);
}

function trapezoid(x: Bound, c: Context): Value {
  const y = toArray(need(x.y));
  if (y.shape.length === 0) return fail('IndexError: list assignment index out of range');
  const axis = axisOf(x.axis ?? int(-1), y.shape.length);
  const n = y.shape[axis];
  let d: Value = x.dx ?? float(1);
  if (given(x.x)) {
    const p = toArray(x.x);
    const at = p.shape.length === 1 ? 0 : axis;
    let steps = toArray(diff({ a: arrayValue(p), axis: int(at) }, c));
    if (p.shape.length === 1)
      steps = reshape(
        steps,
        y.shape.map((_, i) => (i === axis ? steps.shape[0] : 1)),
      );
    d = arrayValue(steps);
  }
  const pairs = applyUfunc(
    ufuncNamed('add'),
    [arrayValue(range(y, axis, 1, n)), arrayValue(range(y, axis, 0, n - 1))],
    c,
  );
  const weighted = applyUfunc(ufuncNamed('multiply'), [d, pairs], c);
  return sum(applyUfunc(ufuncNamed('divide'), [weighted, float(2)], c), int(axis));
}

/** Piecewise linear interpolation; beyond the ends the end values. */
/**
 * The last place whose sample is not beyond `t`, searched from `guess` on as NumPy does: where the samples do not increase,
 * which NumPy does not refuse, the order of the search decides. -1 before the first sample, their number behind the last.
 */
function placeBetween(xp: Float64Array, t: number, guess: number): number {
  const n = xp.length;
  if (t > xp[n - 1]) return n;
  if (t < xp[0]) return -1;
  if (n <= 4) {
    let k = 1;
    while (k < n && t >= xp[k]) k++;
    return k - 1;
  }
  const near = Math.max(Math.min(guess, n - 3), 1);
  let low = 0;
  let high = n;
  if (t < xp[near]) {
    if (t >= xp[near - 1]) return near - 1;
    high = near - 1;
    if (near > CLOSE && t >= xp[near - CLOSE]) low = near - CLOSE;
  } else {
    if (t < xp[near + 1]) return near;
    if (t < xp[near + 2]) return near + 1;
    low = near + 2;
    if (near < n - CLOSE - 1 && t < xp[near + CLOSE]) high = near + CLOSE;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (t >= xp[middle]) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** How far from the last place NumPy looks before it bisects all. */
const CLOSE = 8;

function interp(x: Bound): Value {
  const v = toArray(need(x.x));
  for (const { shape } of [toArray(need(x.fp)), toArray(need(x.xp))])
    if (shape.length !== 1)
      fail(`ValueError: object ${shape.length > 1 ? 'too deep' : 'of too small depth'} for desired array`);
  if ([v, toArray(need(x.xp))].some(a => isComplexType(a.dtype)))
    return fail(
      "TypeError: Cannot cast array data from dtype('complex128') to dtype('float64') according to the rule 'safe'",
    );
  let xp = toFloat64(toArray(need(x.xp)));
  const fpArray = toArray(need(x.fp));
  const complex = isComplexType(fpArray.dtype);
  let parts = [toFloat64(partOf(fpArray, 0)), ...(complex ? [toFloat64(partOf(fpArray, 1))] : [])];
  let points = toFloat64(v);
  if (xp.length !== parts[0].length)
    return fail(`ValueError: fp and xp are not of the same length${given(x.period) ? '' : '.'}`);
  if (xp.length === 0) return fail('ValueError: array of sample points is empty');
  if (complex && (given(x.left) || given(x.right))) return unknown('complex interp with ends is not covered yet');
  let ends: readonly [number | undefined, number | undefined] = [
    given(x.left) ? real(x.left, 0) : undefined,
    given(x.right) ? real(x.right, 0) : undefined,
  ];
  if (given(x.period)) {
    const period = Math.abs(real(x.period, 0));
    if (period === 0) return fail('ValueError: period must be a non-zero value');
    const into = (t: number): number => ((t % period) + period) % period;
    ends = [undefined, undefined];
    points = points.map(into);
    const order = Array.from(xp, into);
    const rank = order.map((_, i) => i).sort((i, j) => order[i] - order[j] || i - j);
    const last = rank[rank.length - 1];
    xp = Float64Array.from([order[last] - period, ...rank.map(i => order[i]), order[rank[0]] + period]);
    parts = parts.map(p => Float64Array.from([p[last], ...rank.map(i => p[i]), p[rank[0]]]));
  }
  const n = xp.length;
  let guess = 0;
  const value = (fp: Float64Array, t: number): number => {
    if (Number.isNaN(t)) return t;
    guess = placeBetween(xp, t, guess);
    if (guess === n) return ends[1] ?? fp[n - 1];
    if (guess < 0) return ends[0] ?? fp[0];
    const low = guess;
    if (low === n - 1 || xp[low] === t) return fp[low];
    const slope = (fp[low + 1] - fp[low]) / (xp[low + 1] - xp[low]);
    const found = slope * (t - xp[low]) + fp[low];
    if (!Number.isNaN(found)) return found;
    const other = slope * (t - xp[low + 1]) + fp[low + 1];
    return Number.isNaN(other) && fp[low] === fp[low + 1] ? fp[low] : other;
  };
  const out = parts.map(fp => {
    guess = 0;
    return Array.from(points, t => value(fp, t));
  });
  return unwrap(
    complex
      ? fromElements(
          'complex128',
          v.shape,
          out[0].map((re, k) => ({ re, im: out[1][k] })),
        )
      : ndarray('float64', v.shape, Float64Array.from(out[0])),
  );
}

const MODES = ['valid', 'same', 'full'] as const;
type Mode = (typeof MODES)[number];

/** A mode of sliding by its name, the beginning of its name, or its number. */
function modeOf(v: Value | undefined, otherwise: Mode): Mode {
  if (v === undefined) return otherwise;
  const found =
    v.kind === 'string'
      ? MODES.find(m => v.value !== '' && m[0] === v.value[0].toLowerCase())
      : MODES[integerOf(v) ?? 3];
  const text = v.kind === 'string' ? `'${v.value}'` : (integerOf(v) ?? typeName(v));
  return found ?? fail(`ValueError: mode must be one of 'valid', 'same', or 'full' (got ${text})`);
}

/** Sums of products of one sequence against the other slid along it. */
function slid(a: NDArray, v: NDArray, mode: Mode, dtype: DType): NDArray {
  const [n, m] = [a.shape[0], v.shape[0]];
  const pad = mode === 'full' ? m - 1 : mode === 'same' ? Math.floor(m / 2) : 0;
  const length = mode === 'full' ? n + m - 1 : mode === 'same' ? n : n - m + 1;
  const parts = (w: NDArray): Float64Array[] =>
    isComplexType(dtype) ? [toFloat64(partOf(w, 0)), toFloat64(partOf(w, 1))] : [toFloat64(w)];
  const [p, q] = [parts(contiguous(a)), parts(contiguous(v))];
  const at = (f: Float64Array, g: Float64Array, k: number): number => {
    let s = 0;
    for (let j = 0; j < m; j++) {
      const i = k - pad + j;
      if (i >= 0 && i < n) s += f[i] * g[j];
    }
    return s;
  };
  const line = Array.from({ length }, (_, k) => k);
  if (p.length === 1)
    return asType(
      ndarray(
        'float64',
        [length],
        Float64Array.from(line, k => at(p[0], q[0], k)),
      ),
      dtype,
    );
  return fromElements(
    dtype,
    [length],
    line.map(k => ({
      re: at(p[0], q[0], k) - at(p[1], q[1], k),
      im: at(p[0], q[1], k) + at(p[1], q[0], k),
    })),
  );
}

function convolution(x: Bound, c: Context, conjugate: boolean): Value {
  if (conjugate && [x.a, x.v].some(v => toArray(need(v)).shape.length === 0))
    return fail('ValueError: object of too small depth for desired array');
  let [left, right] = [toArray(need(x.a)), toArray(need(x.v))].map(w => (w.shape.length === 0 ? reshape(w, [1]) : w));
  if (!conjugate && right.shape[0] > left.shape[0]) [left, right] = [right, left];
  const deep = (): never => fail('ValueError: object too deep for desired array');
  if (conjugate && (left.shape.length > 1 || right.shape.length > 1)) return deep();
  if (left.shape[0] === 0) return fail(`ValueError: ${conjugate ? 'first array argument' : 'a'} cannot be empty`);
  if (right.shape[0] === 0) return fail(`ValueError: ${conjugate ? 'second array argument' : 'v'} cannot be empty`);
  if (left.shape.length > 1 || right.shape.length > 1) return deep();
  const dtype = resultType([arrayValue(left), arrayValue(right)]);
  if (dtype === 'bool' || dtype === 'int64' ? false : isWhole(dtype)) unknown('this dtype is not covered here yet');
  c.budget.spend(2 * left.shape[0] * right.shape[0]);
  const mode = modeOf(x.mode, conjugate ? 'valid' : 'full');
  if (!conjugate) {
    const reversed = {
      ...right,
      strides: [-right.strides[0]],
      offset: right.offset + (right.shape[0] - 1) * right.strides[0],
    };
    return arrayValue(slid(left, contiguous(reversed), mode, dtype));
  }
  const [conjugated] = ufuncArrays(ufuncNamed('conjugate'), [right], right.dtype === 'bool' ? 'int64' : right.dtype);
  if (left.shape[0] >= right.shape[0]) return arrayValue(slid(left, conjugated, mode, dtype));
  const swapped = slid(conjugated, left, mode, dtype);
  const n = swapped.shape[0];
  return arrayValue({ ...swapped, strides: [-1], offset: n - 1 });
}

export const CALCULUS: readonly LibraryFunction[] = [
  { path: 'numpy.diff', signature: 'a, n=1, axis=-1, prepend=None, append=None', evaluate: diff },
  { path: 'numpy.ediff1d', signature: 'ary, to_end=None, to_begin=None', evaluate: ediff1d },
  { path: 'numpy.gradient', signature: 'f, *varargs, axis=None, edge_order=1', evaluate: gradient },
  { path: 'numpy.trapz', signature: 'y, x=None, dx=1.0, axis=-1', evaluate: trapezoid },
  { path: 'numpy.interp', signature: 'x, xp, fp, left=None, right=None, period=None', evaluate: interp },
  { path: 'numpy.convolve', signature: 'a, v, mode=full', evaluate: (x, c) => convolution(x, c, false) },
  { path: 'numpy.correlate', signature: 'a, v, mode=valid', evaluate: (x, c) => convolution(x, c, true) },
];
