import { type DType, isComplexType, isFloatType, isIntegerType, promote } from '../../values/dtype';
import { arithmetic } from '../../values/elementwise';
import {
  allocate,
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromElements,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, stringValue, tuple, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { tightShape } from './apply';
import { elementsOf, int, integersOf, needFit, needInteger, real, resultType, toArray, unwrap } from './coerce';
import { dtypeOf } from './dtypes';
import { concatenate } from './joining';
import { laidOut } from './memory-order';
import { isTrue } from './reductions';
import { isWhole } from './ufuncs';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

function shapeOf(v: Value, context: Context): number[] {
  if (v.kind === 'scalar' && v.weak && v.dtype === 'bool')
    fail(`TypeError: expected a sequence of integers or a single integer, got '${v.value ? 'True' : 'False'}'`);
  const shape = integersOf(v);
  if (shape.some(n => n < 0)) fail('ValueError: negative dimensions are not allowed');
  context.budget.claim(sizeOf(shape));
  return shape;
}

/** An array of a shape filled with what broadcasts to it. */
function filled(shape: readonly number[], dtype: DType, value: NDArray): NDArray {
  const fits = broadcastShapes(value.shape, shape);
  if (!fits || fits.length !== shape.length || fits.some((n, i) => n !== shape[i]))
    fail(
      `ValueError: could not broadcast input array from shape ${tightShape(value.shape)} into shape ${tightShape(shape)}`,
    );
  return contiguous(broadcastTo(asType(value, dtype), shape));
}

const number = (x: number): NDArray => ndarray('float64', [], Float64Array.of(x));

const LIKE = "dtype=None, order='K', subok=True, shape=None";

const like = (name: string, fill: (x: Bound) => NDArray, more = ''): LibraryFunction => ({
  path: `numpy.${name}_like`,
  signature: `a, ${more}${LIKE}`,
  evaluate: (x, c) => {
    const a = toArray(need(x.a));
    const shape = given(x.shape) ? shapeOf(x.shape, c) : a.shape;
    c.budget.claim(sizeOf(shape));
    return arrayValue(laidOut(filled(shape, dtypeOf(x.dtype) ?? a.dtype, fill(x)), x.order));
  },
});

/** `order=` of a new array, which has none to keep. */
function newOrder(v: Value | undefined): Value | undefined {
  if (v?.kind === 'string' && /^[AK]$/i.test(v.value)) fail("ValueError: only 'C' or 'F' order is permitted");
  return v;
}

const fresh = (name: string, fill: number, signature: string): LibraryFunction => ({
  path: `numpy.${name}`,
  signature,
  evaluate: (x, c) =>
    arrayValue(
      laidOut(filled(shapeOf(need(x.shape), c), dtypeOf(x.dtype) ?? 'float64', number(fill)), newOrder(x.order)),
    ),
});

/** Nothing is known of uninitialised memory unless there is none of it. */
function uninitialised(shape: readonly number[], dtype: DType, name: string): Value {
  if (sizeOf(shape) > 0) unknown(`np.${name}: uninitialised memory, known only when the code runs`);
  return arrayValue(ndarray(dtype, shape, allocate(dtype, 0)));
}

function asArray(x: Bound, name: string): Value {
  const v = need(x.object ?? x.a);
  // A type that is not covered, such as object, takes what numbers refuse; so it is read first.
  let dtype = dtypeOf(x.dtype);
  let a = toArray(v);
  if (name === 'asfarray') dtype = dtype === undefined ? (isComplexType(a.dtype) ? a.dtype : undefined) : dtype;
  if (name === 'asfarray' && (dtype === undefined || isWhole(dtype)))
    dtype = isWhole(dtype ?? a.dtype) ? 'float64' : a.dtype;
  if (dtype) {
    if (isIntegerType(dtype)) fitting(v, dtype);
    if (dtype !== 'bool' && isOfNumbers(v)) convertible(a, dtype);
    a = asType(a, dtype);
  }
  const ndmin = x.ndmin ? needInteger(x.ndmin) : 0;
  if (a.shape.length < ndmin)
    a = {
      ...a,
      shape: [...new Array<number>(ndmin - a.shape.length).fill(1), ...a.shape],
      strides: [...new Array<number>(ndmin - a.strides.length).fill(0), ...a.strides],
    };
  if (a.shape.length === 0 && (name === 'ascontiguousarray' || name === 'asfortranarray')) a = reshape(a, [1]);
  if (name === 'ascontiguousarray') a = contiguous(a);
  a = laidOut(a, name === 'asfortranarray' ? stringValue('F') : x.order, name !== 'array');
  return arrayValue(a);
}

/** A number, or a list of such without an array in it. */
const isOfNumbers = (v: Value): boolean =>
  v.kind === 'scalar' ||
  ((v.kind === 'list' || v.kind === 'tuple') && (v.dense !== undefined || v.items.every(isOfNumbers)));

/** Python converts what a list holds one by one, which it refuses for complex numbers, and for NaN and infinity to integers. */
function convertible(a: NDArray, dtype: DType): void {
  const whole = isIntegerType(dtype);
  if (isComplexType(a.dtype) && !isComplexType(dtype))
    fail(
      whole
        ? "TypeError: int() argument must be a string, a bytes-like object or a real number, not 'complex'"
        : "TypeError: float() argument must be a string or a real number, not 'complex'",
    );
  const odd = whole && isFloatType(a.dtype) ? toFloat64(a).find(x => !Number.isFinite(x)) : undefined;
  if (odd !== undefined)
    fail(
      Number.isNaN(odd)
        ? 'ValueError: cannot convert float NaN to integer'
        : 'OverflowError: cannot convert float infinity to integer',
    );
}

/** Python integers that an integer type cannot hold are refused by NumPy 2. */
function fitting(v: Value, dtype: DType): void {
  if (v.kind === 'scalar') needFit([v], dtype);
  if ((v.kind === 'list' || v.kind === 'tuple') && dtype !== 'int64') {
    if (v.dense && dtype !== 'bool') {
      const [low, high] = [
        toFloat64(v.dense).reduce((p, q) => Math.min(p, q), 0),
        toFloat64(v.dense).reduce((p, q) => Math.max(p, q), 0),
      ];
      if (v.dense.dtype === 'int64') needFit([int(low), int(high)], dtype);
    } else for (const item of v.items) fitting(item, dtype);
  }
}

function arange(x: Bound, context: Context): Value {
  if (!given(x.start) && !given(x.stop)) fail('TypeError: arange() requires stop to be specified.');
  const values = [x.start, x.stop, x.step].filter(given);
  const wanted = dtypeOf(x.dtype);
  const [start, stop] = given(x.stop) ? [real(x.start, 0), real(x.stop, 0)] : [0, real(x.start, 0)];
  const step = real(x.step, 1);
  if (step === 0) {
    const whole = values.every(v => isWhole(toArray(v).dtype));
    fail(`ZeroDivisionError: ${whole ? '' : 'float '}division by zero`);
  }
  const dtype = wanted ?? values.map(v => toArray(v).dtype).reduce(promote, 'int64');
  const steps = (stop - start) / step;
  // A step too large to count, such as np.inf, still gives the first number.
  const count = steps === 0 && stop !== start ? (Object.is(steps, -0) ? 0 : 1) : Math.max(0, Math.ceil(steps));
  if (Number.isNaN(count)) fail('ValueError: arange: cannot compute length');
  context.budget.claim(count);
  if (dtype === 'bool' || isComplexType(dtype)) unknown(`arange of ${dtype} is not covered yet`);
  // NumPy converts the first two numbers to the type and continues with their difference.
  const first = isWhole(dtype) ? Math.trunc(start) : start;
  const second = isWhole(dtype) ? Math.trunc(start + step) : start + step;
  const [a, b] = dtype === 'float32' ? [Math.fround(first), Math.fround(second)] : [first, second];
  const delta = b - a;
  const data = new Float64Array(count);
  for (let i = 2; i < count; i++) data[i] = a + i * delta;
  data.set([a, b].slice(0, count));
  return arrayValue(asType(ndarray('float64', [count], data), dtype));
}

/** Evenly spaced values; start and stop may be arrays, whose values then stand behind the new axis. */
function spaced(
  x: Bound,
  context: Context,
  start: Value,
  stop: Value,
): { readonly values: NDArray; readonly step: NDArray } {
  const num = x.num ? needInteger(x.num) : 50;
  if (num < 0) fail(`ValueError: Number of samples, ${num}, must be non-negative.`);
  const endpoint = x.endpoint === undefined || isTrue(x.endpoint);
  const div = endpoint ? num - 1 : num;
  const dtype = resultType([start, stop, { kind: 'scalar', dtype: 'float64', value: 0, weak: true }]);
  const [a, b] = [asType(toArray(start), dtype), asType(toArray(stop), dtype)];
  const delta = arithmetic('subtract', b, a, dtype) ?? fail('ValueError: operands could not be broadcast together');
  const shape = delta.shape;
  context.budget.claim(num * sizeOf(shape));
  const at = (v: NDArray): NDArray => contiguous(broadcastTo(v, shape));
  const step = arithmetic('divide', delta, number(div), dtype) ?? delta;
  const zero = isComplexType(dtype) ? false : toFloat64(step).some(s => s === 0);
  const line = reshape(
    ndarray(
      'float64',
      [num],
      generate(num, i => i),
    ),
    [num, ...shape.map(() => 1)],
  );
  const times = (p: NDArray, q: NDArray): NDArray => arithmetic('multiply', p, q, dtype) ?? p;
  const ramp =
    div > 0
      ? zero
        ? times(arithmetic('divide', line, number(div), dtype) ?? line, delta)
        : times(line, step)
      : times(line, delta);
  let values = arithmetic('add', ramp, at(a), dtype) ?? ramp;
  if (endpoint && num > 1)
    values = concatenate([{ ...values, shape: [num - 1, ...shape] }, reshape(at(b), [1, ...shape])], 0, dtype);
  return {
    values: contiguous(values),
    step: div > 0 ? step : ndarray('float64', shape, new Float64Array(sizeOf(shape)).fill(Number.NaN)),
  };
}

const floored = (a: NDArray, dtype: DType | undefined): NDArray => {
  if (!dtype) return a;
  return isWhole(dtype) && !isComplexType(a.dtype)
    ? asType(ndarray('float64', a.shape, toFloat64(a).map(Math.floor)), dtype)
    : asType(a, dtype);
};

function linspace(x: Bound, context: Context): Value {
  if (given(x.axis) && needInteger(x.axis) !== 0) unknown('linspace along another axis is not covered yet');
  const { values, step } = spaced(x, context, need(x.start), need(x.stop));
  const out = arrayValue(floored(values, dtypeOf(x.dtype)));
  return isTrue(x.retstep) ? tuple([out, unwrap(step)]) : out;
}

function logspace(x: Bound, context: Context): Value {
  const { values } = spaced(x, context, need(x.start), need(x.stop));
  if (isComplexType(values.dtype)) return unknown('logspace of complex numbers is not covered yet');
  const out = arithmetic('power', x.base ? toArray(x.base) : number(10), values, 'float64') ?? values;
  return arrayValue(x.dtype ? asType(out, dtypeOf(x.dtype) ?? 'float64') : out);
}

/** Numbers in geometric progression: powers of ten between the logarithms, the ends put back exactly. */
function geomspace(x: Bound, context: Context): Value {
  const [a, b] = [toArray(need(x.start)), toArray(need(x.stop))];
  if (a.shape.length > 0 || b.shape.length > 0 || isComplexType(a.dtype) || isComplexType(b.dtype))
    return unknown('geomspace of arrays or complex numbers is not covered yet');
  let [start, stop] = [Number(toFloat64(a)[0]), Number(toFloat64(b)[0])];
  if (start === 0 || stop === 0) return fail('ValueError: Geometric sequence cannot include zero');
  const sign = start < 0 && stop < 0 ? -1 : 1;
  if (start < 0 !== stop < 0) return unknown('geomspace between numbers of opposite sign is complex');
  [start, stop] = [start * sign, stop * sign];
  const log = (v: number): Value => ({ kind: 'scalar', dtype: 'float64', value: Math.log10(v), weak: true });
  const { values } = spaced(x, context, log(start), log(stop));
  const data = toFloat64(values).map(v => 10 ** v);
  if (data.length > 0) {
    data[0] = start;
    if (data.length > 1 && (x.endpoint === undefined || isTrue(x.endpoint))) data[data.length - 1] = stop;
  }
  const out = ndarray(
    'float64',
    [data.length],
    data.map(v => v * sign),
  );
  return arrayValue(x.dtype ? asType(out, dtypeOf(x.dtype) ?? 'float64') : out);
}

/** A square matrix with the values on its k-th diagonal. */
function diagonalMatrix(a: NDArray, k: number, context: Context): Value {
  const n = a.shape[0] + Math.abs(k);
  context.budget.claim(n * n);
  const items = elementsOf(a);
  const zero = a.dtype === 'bool' ? false : 0;
  return arrayValue(
    fromElements(
      a.dtype,
      [n, n],
      Array.from({ length: n * n }, (_, p) => {
        const [i, j] = [Math.floor(p / n), p % n];
        return j - i === k ? items[k >= 0 ? i : j] : zero;
      }),
    ),
  );
}

function diag(v: Value, k: number, context: Context): Value {
  const a = toArray(v);
  if (a.shape.length === 1) return diagonalMatrix(a, k, context);
  if (a.shape.length !== 2) return fail('ValueError: Input must be 1- or 2-d.');
  const [m, n] = a.shape;
  const count = Math.max(0, k >= 0 ? Math.min(m, n - k) : Math.min(m + k, n));
  return arrayValue({
    ...a,
    shape: [count],
    strides: [a.strides[0] + a.strides[1]],
    offset: a.offset + (k >= 0 ? k * a.strides[1] : -k * a.strides[0]),
  });
}

/** The entries of the last two axes that `keep` accepts, zero elsewhere; a vector is repeated as rows. */
function triangle(v: Value, keep: (i: number, j: number) => boolean): Value {
  const given = toArray(v);
  if (given.shape.length === 0) return fail("TypeError: tri() missing 1 required positional argument: 'N'");
  const a = given.shape.length === 1 ? broadcastTo(given, [given.shape[0], given.shape[0]]) : given;
  const [m, n] = a.shape.slice(-2);
  const zero = a.dtype === 'bool' ? false : 0;
  return arrayValue(
    fromElements(
      a.dtype,
      a.shape,
      elementsOf(a).map((e, p) => (keep(Math.floor(p / n) % m, p % n) ? e : zero)),
    ),
  );
}

function eye(x: Bound, c: Context): Value {
  const n = needInteger(need(x.N ?? x.n));
  const m = given(x.M) ? needInteger(x.M) : n;
  if (n < 0 || m < 0) fail('ValueError: negative dimensions are not allowed');
  const k = x.k ? needInteger(x.k) : 0;
  newOrder(x.order);
  c.budget.claim(n * m);
  const data = generate(n * m, p => ((p % m) - Math.floor(p / m) === k ? 1 : 0));
  return arrayValue(laidOut(asType(ndarray('float64', [n, m], data), dtypeOf(x.dtype) ?? 'float64'), x.order));
}

/** Columns of powers, the highest first unless `increasing`. */
export function vander(x: Bound, c: Context): Value {
  const a = toArray(need(x.x));
  if (a.shape.length !== 1) return fail('ValueError: x must be a one-dimensional array or sequence.');
  const n = given(x.N) ? needInteger(x.N) : a.shape[0];
  if (n < 0) return fail('ValueError: negative dimensions are not allowed');
  c.budget.claim(n * a.shape[0]);
  const dtype = promote(a.dtype, 'int64');
  if (n === 0) return arrayValue(asType(ndarray('float64', [a.shape[0], 0], new Float64Array(0)), dtype));
  const columns: NDArray[] = [];
  let power = asType(ndarray('float64', a.shape, new Float64Array(a.shape[0]).fill(1)), dtype);
  for (let k = 0; k < n; k++) {
    columns.push(reshape(power, [a.shape[0], 1]));
    power = arithmetic('multiply', power, a, dtype) ?? power;
  }
  if (n === 0) return arrayValue(ndarray(dtype, [a.shape[0], 0], allocate(dtype, 0)));
  if (!isTrue(x.increasing)) columns.reverse();
  return arrayValue(concatenate(columns, 1, dtype));
}

const offset = (v: Value | undefined): number => (v ? needInteger(v) : 0);

export const CREATION: readonly LibraryFunction[] = [
  ...['array', 'asarray', 'asanyarray', 'ascontiguousarray', 'asarray_chkfinite', 'asfortranarray'].map(
    (name): LibraryFunction => ({
      path: `numpy.${name}`,
      signature:
        name === 'array'
          ? 'object, dtype=None, *, copy=True, order=K, subok=False, ndmin=0, like=None'
          : `a, dtype=None, ${name === 'ascontiguousarray' || name === 'asfortranarray' ? '' : 'order=None, '}*, like=None`,
      evaluate: x => {
        if (name !== 'asarray_chkfinite') return asArray(x, name);
        const v = asArray(x, name);
        if (toFloat64(toArray(v)).some(e => !Number.isFinite(e)))
          return fail('ValueError: array must not contain infs or NaNs');
        return v;
      },
    }),
  ),
  { path: 'numpy.asfarray', signature: 'a, dtype=None', evaluate: x => asArray(x, 'asfarray') },
  {
    path: 'numpy.copy',
    signature: 'a, order=K, subok=False',
    evaluate: x => arrayValue(laidOut(toArray(need(x.a)), x.order)),
  },
  fresh('zeros', 0, 'shape, dtype=float, order=C, *, like=None'),
  fresh('ones', 1, 'shape, dtype=None, order=C, *, like=None'),
  {
    path: 'numpy.empty',
    signature: 'shape, dtype=float, order=C, *, like=None',
    evaluate: (x, c) => uninitialised(shapeOf(need(x.shape), c), dtypeOf(x.dtype) ?? 'float64', 'empty'),
  },
  {
    path: 'numpy.empty_like',
    signature: `prototype, ${LIKE}`,
    evaluate: x => {
      const a = toArray(need(x.prototype));
      return uninitialised(a.shape, dtypeOf(x.dtype) ?? a.dtype, 'empty_like');
    },
  },
  {
    path: 'numpy.full',
    signature: 'shape, fill_value, dtype=None, order=C, *, like=None',
    evaluate: (x, c) => {
      const fill = toArray(need(x.fill_value));
      return arrayValue(
        laidOut(filled(shapeOf(need(x.shape), c), dtypeOf(x.dtype) ?? fill.dtype, fill), newOrder(x.order)),
      );
    },
  },
  like('zeros', () => number(0)),
  like('ones', () => number(1)),
  like('full', x => toArray(need(x.fill_value)), 'fill_value, '),
  { path: 'numpy.eye', signature: 'N, M=None, k=0, dtype=float, order=C, *, like=None', evaluate: eye },
  { path: 'numpy.identity', signature: 'n, dtype=None, *, like=None', evaluate: eye },
  { path: 'numpy.arange', signature: 'start=None, stop=None, step=None, dtype=None, *, like=None', evaluate: arange },
  {
    path: 'numpy.linspace',
    signature: 'start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0',
    evaluate: linspace,
  },
  {
    path: 'numpy.logspace',
    signature: 'start, stop, num=50, endpoint=True, base=10.0, dtype=None',
    evaluate: logspace,
  },
  {
    path: 'numpy.geomspace',
    signature: 'start, stop, num=50, endpoint=True, dtype=None',
    evaluate: geomspace,
  },
  {
    path: 'numpy.fromstring',
    signature: 'string, dtype=float, count=-1, *, sep, like=None',
    evaluate: x => {
      const text = x.string?.kind === 'string' ? x.string.value : undefined;
      const sep = x.sep?.kind === 'string' ? x.sep.value.trim() : undefined;
      if (text === undefined || sep === undefined || x.count) return unknown('this text is not read as an array yet');
      const parts = (sep === '' ? text.trim().split(/\s+/) : text.split(sep)).map(p => p.trim());
      if (parts.some(p => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(p)))
        return unknown('this text is not read as an array yet');
      const dtype = dtypeOf(x.dtype) ?? 'float64';
      if (isIntegerType(dtype) && parts.some(p => !/^[-+]?\d+$/.test(p)))
        return unknown('this text is not read as an array yet');
      return arrayValue(asType(ndarray('float64', [parts.length], Float64Array.from(parts, Number)), dtype));
    },
  },
  { path: 'numpy.diag', signature: 'v, k=0', evaluate: (x, c) => diag(need(x.v), offset(x.k), c) },
  {
    path: 'numpy.diagflat',
    signature: 'v, k=0',
    evaluate: (x, c) => {
      const a = toArray(need(x.v));
      return diagonalMatrix(reshape(a, [sizeOf(a.shape)]), offset(x.k), c);
    },
  },
  { path: 'numpy.tril', signature: 'm, k=0', evaluate: x => triangle(need(x.m), (i, j) => j - i <= offset(x.k)) },
  { path: 'numpy.triu', signature: 'm, k=0', evaluate: x => triangle(need(x.m), (i, j) => j - i >= offset(x.k)) },
  {
    path: 'numpy.tri',
    signature: 'N, M=None, k=0, dtype=float, *, like=None',
    evaluate: (x, c) => {
      const n = Math.max(needInteger(need(x.N)), 0);
      const m = given(x.M) ? Math.max(needInteger(x.M), 0) : n;
      c.budget.claim(n * m);
      const data = generate(n * m, p => ((p % m) - Math.floor(p / m) <= offset(x.k) ? 1 : 0));
      return arrayValue(asType(ndarray('float64', [n, m], data), dtypeOf(x.dtype) ?? 'float64'));
    },
  },
  { path: 'numpy.vander', signature: 'x, N=None, increasing=False', evaluate: vander },
];
