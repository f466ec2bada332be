import { type DType, isComplexType } from '../../values/dtype';
import {
  allocate,
  asType,
  fromElements,
  integersFrom,
  isBig,
  type NDArray,
  ndarray,
  sizeOf,
} from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { Bound, LibraryFunction } from '../catalogue';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { elementsOf, integersOf, needInteger, real, resultType, toArray, unwrap } from './coerce';
import { dtypeOf } from './dtypes';

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');

function shapeOf(v: Value, context: Context): number[] {
  const shape = integersOf(v);
  if (shape.some(n => n < 0)) fail('ValueError: negative dimensions are not allowed');
  context.budget.claim(sizeOf(shape));
  return shape;
}

function filled(shape: readonly number[], dtype: DType, value: NDArray): NDArray {
  const count = sizeOf(shape);
  const one = asType(value, dtype);
  if (isBig(one.data)) return integersFrom(new Array<bigint>(count).fill(one.data[one.offset]), shape, dtype);
  const data = allocate(dtype, count);
  if (isComplexType(dtype)) for (let k = 0; k < count; k++) data.set([Number(one.data[0]), Number(one.data[1])], 2 * k);
  else data.fill(Number(one.data[one.offset]));
  return ndarray(dtype, shape, data);
}

const number = (x: number): NDArray => ndarray('float64', [], Float64Array.of(x));

const likeOf = (x: Bound, fill: number): Value => {
  const a = toArray(need(x.a));
  return unwrap(filled(a.shape, dtypeOf(x.dtype) ?? a.dtype, number(fill)));
};

function arange(x: Bound, context: Context): Value {
  const values = [x.start, x.stop, x.step].filter(v => v !== undefined && v.kind !== 'none') as Value[];
  const [start, stop] =
    x.stop === undefined || x.stop.kind === 'none' ? [0, real(x.start, 0)] : [real(x.start, 0), real(x.stop, 0)];
  const step = real(x.step, 1);
  if (step === 0) fail('ZeroDivisionError: division by zero');
  const dtype = dtypeOf(x.dtype) ?? resultType(values);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  if (Number.isNaN(count)) fail('ValueError: arange: cannot compute length');
  context.budget.claim(count);
  if (dtype === 'bool' || isComplexType(dtype)) unknown(`arange of ${dtype} is not covered yet`);
  // NumPy fills with start + i·delta, where delta is the difference of the first two.
  const delta = start + step - start;
  return arrayValue(
    asType(
      ndarray(
        'float64',
        [count],
        Float64Array.from({ length: count }, (_, i) => start + i * delta),
      ),
      dtype,
    ),
  );
}

function linspace(x: Bound, context: Context): Value {
  const start = real(x.start, 0);
  const stop = real(x.stop, 0);
  const num = x.num ? needInteger(x.num) : 50;
  if (num < 0) fail(`ValueError: Number of samples, ${num}, must be non-negative.`);
  context.budget.claim(num);
  const endpoint = x.endpoint === undefined || (x.endpoint.kind === 'scalar' && Boolean(x.endpoint.value));
  const div = endpoint ? num - 1 : num;
  const delta = stop - start;
  const step = delta / div;
  const data = Float64Array.from({ length: num }, (_, i) =>
    div > 0 ? (step === 0 ? (i / div) * delta : i * step) + start : i * delta + start,
  );
  if (endpoint && num > 1) data[num - 1] = stop;
  const dtype = dtypeOf(x.dtype);
  const out = ndarray('float64', [num], dtype === 'int64' ? data.map(Math.floor) : data);
  return arrayValue(dtype ? asType(out, dtype) : out);
}

function diag(v: Value, k: number, context: Context): Value {
  const a = toArray(v);
  if (a.shape.length === 1) {
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

function triangle(v: Value, keep: (i: number, j: number) => boolean): Value {
  const a = toArray(v);
  if (a.shape.length !== 2) unknown('tril and triu of other than 2-D arrays are not covered yet');
  const n = a.shape[1];
  const zero = a.dtype === 'bool' ? false : 0;
  return arrayValue(
    fromElements(
      a.dtype,
      a.shape,
      elementsOf(a).map((e, p) => (keep(Math.floor(p / n), p % n) ? e : zero)),
    ),
  );
}

export const CREATION: readonly LibraryFunction[] = [
  ...['numpy.array', 'numpy.asarray', 'numpy.asanyarray', 'numpy.ascontiguousarray'].map(
    (path): LibraryFunction => ({
      path,
      signature:
        path === 'numpy.array'
          ? 'object, dtype=None, *, copy=True, order=K, subok=False, ndmin=0'
          : 'object, dtype=None, order=None',
      evaluate: x => {
        const v = need(x.object);
        let a = toArray(v);
        const dtype = dtypeOf(x.dtype);
        if (dtype) a = asType(a, dtype);
        const ndmin = x.ndmin ? needInteger(x.ndmin) : 0;
        if (a.shape.length < ndmin)
          a = {
            ...a,
            shape: [...new Array<number>(ndmin - a.shape.length).fill(1), ...a.shape],
            strides: [...new Array<number>(ndmin - a.strides.length).fill(0), ...a.strides],
          };
        return arrayValue(a);
      },
    }),
  ),
  {
    path: 'numpy.zeros',
    signature: 'shape, dtype=float',
    evaluate: (x, c) => arrayValue(filled(shapeOf(need(x.shape), c), dtypeOf(x.dtype) ?? 'float64', number(0))),
  },
  {
    path: 'numpy.ones',
    signature: 'shape, dtype=None',
    evaluate: (x, c) => arrayValue(filled(shapeOf(need(x.shape), c), dtypeOf(x.dtype) ?? 'float64', number(1))),
  },
  {
    path: 'numpy.empty',
    signature: 'shape, dtype=float',
    evaluate: () => unknown('np.empty: uninitialised memory, known only when the code runs'),
  },
  {
    path: 'numpy.full',
    signature: 'shape, fill_value, dtype=None',
    evaluate: (x, c) => {
      const fill = toArray(need(x.fill_value));
      if (fill.shape.length > 0) unknown('np.full with an array is not covered yet');
      return arrayValue(filled(shapeOf(need(x.shape), c), dtypeOf(x.dtype) ?? fill.dtype, fill));
    },
  },
  { path: 'numpy.zeros_like', signature: 'a, dtype=None', evaluate: x => likeOf(x, 0) },
  { path: 'numpy.ones_like', signature: 'a, dtype=None', evaluate: x => likeOf(x, 1) },
  {
    path: 'numpy.full_like',
    signature: 'a, fill_value, dtype=None',
    evaluate: x => {
      const a = toArray(need(x.a));
      return unwrap(filled(a.shape, dtypeOf(x.dtype) ?? a.dtype, toArray(need(x.fill_value))));
    },
  },
  {
    path: 'numpy.eye',
    signature: 'N, M=None, k=0, dtype=float',
    evaluate: (x, c) => {
      const n = needInteger(need(x.N));
      const m = x.M && x.M.kind !== 'none' ? needInteger(x.M) : n;
      const k = x.k ? needInteger(x.k) : 0;
      c.budget.claim(n * m);
      return arrayValue(
        asType(
          ndarray(
            'float64',
            [n, m],
            Float64Array.from({ length: n * m }, (_, p) => ((p % m) - Math.floor(p / m) === k ? 1 : 0)),
          ),
          dtypeOf(x.dtype) ?? 'float64',
        ),
      );
    },
  },
  {
    path: 'numpy.identity',
    signature: 'n, dtype=None',
    evaluate: (x, c) => {
      const n = needInteger(need(x.n));
      c.budget.claim(n * n);
      return arrayValue(
        asType(
          ndarray(
            'float64',
            [n, n],
            Float64Array.from({ length: n * n }, (_, p) => (p % (n + 1) === 0 ? 1 : 0)),
          ),
          dtypeOf(x.dtype) ?? 'float64',
        ),
      );
    },
  },
  { path: 'numpy.arange', signature: 'start, stop=None, step=None, dtype=None', evaluate: arange },
  {
    path: 'numpy.linspace',
    signature: 'start, stop, num=50, endpoint=True, retstep=False, dtype=None',
    evaluate: (x, c) => (x.retstep ? unknown('linspace with retstep is not covered yet') : linspace(x, c)),
  },
  { path: 'numpy.diag', signature: 'v, k=0', evaluate: (x, c) => diag(need(x.v), x.k ? needInteger(x.k) : 0, c) },
  {
    path: 'numpy.tril',
    signature: 'm, k=0',
    evaluate: x => triangle(need(x.m), (i, j) => j - i <= (x.k ? needInteger(x.k) : 0)),
  },
  {
    path: 'numpy.triu',
    signature: 'm, k=0',
    evaluate: x => triangle(need(x.m), (i, j) => j - i >= (x.k ? needInteger(x.k) : 0)),
  },
];
