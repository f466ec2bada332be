import { type DType, isComplexType, isFloatType, narrowing } from '../../../../values/dtype';
import {
  asType,
  contiguous,
  generate,
  type NDArray,
  ndarray,
  reshape,
  sizeOf,
  toFloat64,
  transpose,
} from '../../../../values/ndarray';
import { arrayValue, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import type { Context } from '../../../dialect';
import { fail, unknown } from '../../../stop';
import { int, needInteger, real, toArray } from '../../coerce';
import { argExtreme, cumulative, extreme, isTrue, prod, quantifier, sum } from '../../reductions';
import { isWhole } from '../../ufuncs';
import { elementwise } from '../operators';
import { arrayOf, dimOf, floating, given, isTensor, namedResult, TORCH_NAMES, tensor, typeArgument } from '../tensor';
import { both, dimsOf, need } from './define';
import { torchSums } from './sums';

const axesValue = (axes: readonly number[]): Value => ({ kind: 'tuple', items: axes.map(int) });
const tagged = (v: Value): Value => tensor(toArray(v), 'torch');

const keptShape = (a: NDArray, axes: readonly number[], keep: boolean): number[] =>
  keep ? a.shape.map((n, i) => (axes.includes(i) ? 1 : n)) : a.shape.filter((_, i) => !axes.includes(i));

/** Float results of a reduction in the tensor's own type. */
const made = (a: NDArray, axes: readonly number[], keep: boolean, out: Float64Array, dtype: DType = a.dtype): NDArray =>
  asType(ndarray('float64', keptShape(a, axes, keep), out), dtype);

/** The sum over dimensions of an array, in torch's own order where it is of floats. */
export function sumOver(a: NDArray, axes: readonly number[], keep: boolean): NDArray {
  if (isFloatType(a.dtype)) return made(a, axes, keep, torchSums(a, axes));
  const kept: Value = { kind: 'scalar', dtype: 'bool', value: keep };
  return toArray(sum(arrayValue(a), axesValue(axes), kept));
}

function sumOf(x: Bound, c: Context): Value {
  const given = arrayOf(x.input);
  const a = asType(given, typeArgument(x.dtype) ?? (isWhole(given.dtype) ? 'int64' : given.dtype));
  c.budget.spend(2 * sizeOf(a.shape));
  const total = sumOver(a, dimsOf(x.dim, a.shape.length), isTrue(x.keepdim));
  c.record('sum', [need(x.input)]);
  return tensor(total, 'torch');
}

/** Numbers that a mean can be taken of; torch refuses integers. */
function inexact(v: Value | undefined, name: string, dtype?: DType): NDArray {
  const a = asType(arrayOf(v), dtype ?? arrayOf(v).dtype);
  if (isWhole(a.dtype))
    return name === 'mean'
      ? fail(
          `RuntimeError: mean(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${TORCH_NAMES[a.dtype] ?? a.dtype}`,
        )
      : fail(`RuntimeError: ${name} only support floating point and complex dtypes`);
  if (isComplexType(a.dtype)) unknown(`${name} of complex tensors is not covered yet`);
  return a;
}

export function meanOver(a: NDArray, axes: readonly number[], keep: boolean): NDArray {
  const n = axes.reduce((p, i) => p * a.shape[i], 1);
  const narrow = narrowing(a.dtype);
  if (narrow) {
    // Versions of torch differ in whether the sum is rounded before it is divided.
    const exact = torchSums(asType(a, 'float64'), axes);
    const means = torchSums(a, axes).map((s, k) =>
      narrow(s / n) === narrow(exact[k] / n)
        ? s / n
        : unknown('the last digit of this mean depends on the version of torch'),
    );
    return made(a, axes, keep, means);
  }
  const round = a.dtype === 'float64' ? (s: number): number => s : Math.fround;
  return made(
    a,
    axes,
    keep,
    torchSums(a, axes).map(s => round(s) / n),
  );
}

/** Variances over dimensions: the squared distances from the mean over n − correction. */
export function varianceOver(a: NDArray, axes: readonly number[], keep: boolean, correction: number): Float64Array {
  const kept = a.shape.map((_, i) => i).filter(i => !axes.includes(i));
  const x = toFloat64(transpose(a, [...kept, ...axes]));
  const n = sizeOf(axes.map(i => a.shape[i]));
  return generate(sizeOf(keptShape(a, axes, keep)), k => {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += x[k * n + i];
    mean /= n;
    let squares = 0;
    for (let i = 0; i < n; i++) squares += (x[k * n + i] - mean) ** 2;
    return n - correction <= 0 ? (n === correction ? squares / 0 : Number.NaN) : squares / (n - correction);
  });
}

function spread(x: Bound, root: boolean, name: string): Value {
  const a = inexact(x.input, name);
  // `x.var(False)`: the second argument may be `unbiased` instead of a dimension.
  const flag = x.dim?.kind === 'scalar' && x.dim.dtype === 'bool' ? x.dim : undefined;
  const unbiased = flag ?? x.unbiased;
  const axes = dimsOf(flag ? undefined : x.dim, a.shape.length);
  const correction = given(x.correction)
    ? needInteger(x.correction)
    : unbiased === undefined || isTrue(unbiased)
      ? 1
      : 0;
  const keep = isTrue(x.keepdim);
  const v = varianceOver(a, axes, keep, correction);
  return tensor(made(a, axes, keep, root ? v.map(Math.sqrt) : v), 'torch');
}

function extremeOf(x: Bound, which: 'max' | 'min', c: Context): Value {
  if (isTensor(x.dim)) return elementwise(`${which}imum`, [need(x.input), x.dim], c);
  if (isTensor(x.other)) return elementwise(`${which}imum`, [need(x.input), x.other], c);
  const a = arrayOf(x.input);
  if (isComplexType(a.dtype)) return unknown('complex numbers have no order');
  if (!given(x.dim)) {
    if (sizeOf(a.shape) === 0)
      return fail(
        `RuntimeError: ${which}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
      );
    return tagged(extreme(arrayValue(a), which));
  }
  const axis = dimOf(needInteger(x.dim), a.shape.length);
  if (a.shape.length === 0) return namedResult(which, ['values', 'indices'], [tagged(arrayValue(a)), tagged(int(0))]);
  if (a.shape[axis] === 0) return fail(`IndexError: ${which}(): Expected reduction dim ${axis} to have non-zero size.`);
  const at = int(axis);
  return namedResult(
    which,
    ['values', 'indices'],
    [tagged(extreme(arrayValue(a), which, at, x.keepdim)), tagged(argExtreme(arrayValue(a), which, at, x.keepdim))],
  );
}

const simpleExtreme = (which: 'max' | 'min') => (x: Bound) => {
  const a = arrayOf(x.input);
  if (sizeOf(a.shape) === 0) return unknown('the extreme of an empty tensor is not covered');
  return tagged(extreme(arrayValue(a), which, axesValue(dimsOf(x.dim, a.shape.length)), x.keepdim));
};

/** The lower middle of the sorted numbers, NaN where there is one. */
function medianOf(x: Bound): Value {
  const a = arrayOf(x.input);
  if (a.dtype === 'bool') return unknown('the median of truth values is refused');
  const whole = !given(x.dim);
  const axis = whole ? 0 : dimOf(needInteger(need(x.dim)), a.shape.length);
  const source = whole ? reshape(contiguous(a), [sizeOf(a.shape)]) : a;
  if (source.shape.length === 0 || source.shape[axis] === 0) return unknown('the median of this is not covered');
  const rest = source.shape.map((_, i) => i).filter(i => i !== axis);
  const v = toFloat64(transpose(source, [...rest, axis]));
  const n = source.shape[axis];
  const places = generate(v.length / n, k => {
    const order = Array.from({ length: n }, (_, i) => i).sort((p, q) => v[k * n + p] - v[k * n + q]);
    const nan = order.find(i => Number.isNaN(v[k * n + i]));
    return nan ?? order[Math.floor((n - 1) / 2)];
  });
  const shape = keptShape(source, [axis], !whole && isTrue(x.keepdim));
  const values = ndarray(
    'float64',
    shape,
    places.map((p, k) => v[k * n + p]),
  );
  const result = tensor(asType(values, a.dtype), 'torch');
  if (whole) return result;
  const ties = places.some((p, k) => v.subarray(k * n, (k + 1) * n).filter(e => e === v[k * n + p]).length > 1);
  if (ties) return unknown('which of several equal numbers is the median is not certain');
  return namedResult('median', ['values', 'indices'], [result, tensor(ndarray('int64', shape, places), 'torch')]);
}

function logSumExp(x: Bound): Value {
  const a = arrayOf(x.input);
  if (isWhole(a.dtype) || isComplexType(a.dtype)) return unknown('logsumexp takes floats');
  const axes = dimsOf(x.dim, a.shape.length);
  const kept = a.shape.map((_, i) => i).filter(i => !axes.includes(i));
  const v = toFloat64(transpose(a, [...kept, ...axes]));
  const n = sizeOf(axes.map(i => a.shape[i]));
  const shape = keptShape(a, axes, isTrue(x.keepdim));
  const out = generate(sizeOf(shape), k => {
    const lane = v.subarray(k * n, (k + 1) * n);
    const most = lane.reduce((m, e) => (Number.isNaN(e) ? e : Math.max(m, e)), Number.NEGATIVE_INFINITY);
    const shift = Number.isFinite(most) ? most : 0;
    return Math.log(lane.reduce((s, e) => s + Math.exp(e - shift), 0)) + shift;
  });
  return tensor(made(a, axes, isTrue(x.keepdim), out), 'torch');
}

function cumulated(x: Bound, op: 'sum' | 'prod'): Value {
  const a = arrayOf(x.input);
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  const d = typeArgument(x.dtype) ?? (isWhole(a.dtype) ? 'int64' : a.dtype);
  const out = toArray(cumulative(arrayValue(a), op, int(a.shape.length === 0 ? 0 : axis), d));
  return tensor(reshape(out, a.shape), 'torch');
}

/** Running extremes and the places where they were met last. */
function running(x: Bound, which: 'max' | 'min'): Value {
  const a = arrayOf(x.input);
  const axis = dimOf(needInteger(need(x.dim)), a.shape.length);
  if (a.shape.length === 0 || isComplexType(a.dtype)) return unknown(`cum${which} of this is not covered`);
  const order = [...a.shape.map((_, i) => i).filter(i => i !== axis), axis];
  const v = toFloat64(transpose(a, order));
  if (v.some(Number.isNaN)) return unknown(`cum${which} of NaN is not covered`);
  const n = a.shape[axis];
  const places = new Float64Array(v.length);
  for (let k = 0; k < v.length; k++) {
    const best = places[k - 1];
    const start = k - (k % n);
    const better = k % n === 0 || (which === 'max' ? v[k] >= v[start + best] : v[k] <= v[start + best]);
    places[k] = better ? k % n : best;
  }
  const values = places.map((p, k) => v[k - (k % n) + p]);
  const back = (data: Float64Array, d: DType): Value =>
    tensor(
      contiguous(
        transpose(
          asType(
            ndarray(
              'float64',
              order.map(i => a.shape[i]),
              data,
            ),
            d,
          ),
          a.shape.map((_, i) => order.indexOf(i)),
        ),
      ),
      'torch',
    );
  return namedResult(`cum${which}`, ['values', 'indices'], [back(values, a.dtype), back(places, 'int64')]);
}

const REDUCE = 'input, dim=None, keepdim=False';
const TYPED = `${REDUCE}, *, dtype=None`;

export const TORCH_REDUCTIONS: readonly LibraryFunction[] = [
  ...both('sum', TYPED, sumOf),
  ...both('nansum', TYPED, (x, c) => {
    if (isWhole(arrayOf(x.input).dtype)) return sumOf(x, c);
    const a = inexact(x.input, 'nansum', typeArgument(x.dtype));
    const clean = asType(
      ndarray(
        'float64',
        a.shape,
        toFloat64(a).map(e => (Number.isNaN(e) ? 0 : e)),
      ),
      a.dtype,
    );
    return tensor(sumOver(clean, dimsOf(x.dim, a.shape.length), isTrue(x.keepdim)), 'torch');
  }),
  ...both('mean', TYPED, (x, c) => {
    const a = inexact(x.input, 'mean', typeArgument(x.dtype));
    c.record('mean', [need(x.input)]);
    return tensor(meanOver(a, dimsOf(x.dim, a.shape.length), isTrue(x.keepdim)), 'torch');
  }),
  ...both('nanmean', TYPED, x => {
    const a = inexact(x.input, 'nanmean', typeArgument(x.dtype));
    const axes = dimsOf(x.dim, a.shape.length);
    const v = toFloat64(a);
    const of = (f: (e: number) => number): Float64Array =>
      torchSums(asType(ndarray('float64', a.shape, v.map(f)), a.dtype), axes);
    const counts = of(e => (Number.isNaN(e) ? 0 : 1));
    const sums = of(e => (Number.isNaN(e) ? 0 : e));
    return tensor(
      made(
        a,
        axes,
        isTrue(x.keepdim),
        sums.map((s, k) => s / counts[k]),
      ),
      'torch',
    );
  }),
  ...both('prod', TYPED, x => {
    const a = arrayOf(x.input);
    const d = typeArgument(x.dtype) ?? (isWhole(a.dtype) ? 'int64' : a.dtype);
    if (given(x.dim)) needInteger(x.dim);
    return tagged(prod(arrayValue(a), axesValue(dimsOf(x.dim, a.shape.length)), x.keepdim, d));
  }),
  ...both('var', 'input, dim=None, unbiased=None, keepdim=False, *, correction=None', x =>
    spread(x, false, 'std and var'),
  ),
  ...both('std', 'input, dim=None, unbiased=None, keepdim=False, *, correction=None', x =>
    spread(x, true, 'std and var'),
  ),
  ...both('max', 'input, dim=None, keepdim=False, *, other=None', (x, c) => extremeOf(x, 'max', c)),
  ...both('min', 'input, dim=None, keepdim=False, *, other=None', (x, c) => extremeOf(x, 'min', c)),
  ...both('amax', 'input, dim=(), keepdim=False', simpleExtreme('max')),
  ...both('amin', 'input, dim=(), keepdim=False', simpleExtreme('min')),
  ...(['max', 'min'] as const).flatMap(which =>
    both(`arg${which}`, REDUCE, x => {
      const a = arrayOf(x.input);
      if (isComplexType(a.dtype) || a.dtype === 'bool') return unknown(`arg${which} of this type is not covered`);
      if (!given(x.dim))
        return sizeOf(a.shape) === 0
          ? fail(
              `IndexError: arg${which}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
            )
          : tagged(argExtreme(arrayValue(reshape(contiguous(a), [sizeOf(a.shape)])), which));
      const axis = dimOf(needInteger(x.dim), a.shape.length);
      if (a.shape.length === 0) return tagged(int(0));
      if (a.shape[axis] === 0) return unknown('the place of an extreme in an empty dimension is not covered');
      return tagged(argExtreme(arrayValue(a), which, int(axis), x.keepdim));
    }),
  ),
  ...(['all', 'any'] as const).flatMap(which =>
    both(which, REDUCE, x => {
      const a = arrayOf(x.input);
      if (a.dtype === 'uint8') return unknown(`${which} of uint8 gives uint8, which is not covered`);
      return tagged(quantifier(arrayValue(a), which, axesValue(dimsOf(x.dim, a.shape.length)), x.keepdim));
    }),
  ),
  ...both('median', REDUCE, medianOf),
  ...both('logsumexp', 'input, dim, keepdim=False', logSumExp),
  ...both('cumsum', 'input, dim, *, dtype=None', x => cumulated(x, 'sum')),
  ...both('cumprod', 'input, dim, *, dtype=None', x => cumulated(x, 'prod')),
  ...both('cummax', 'input, dim', x => running(x, 'max')),
  ...both('cummin', 'input, dim', x => running(x, 'min')),
  ...both('count_nonzero', 'input, dim=None', x => {
    const a = arrayOf(x.input);
    return tagged(sum(arrayValue(asType(contiguous(a), 'bool')), axesValue(dimsOf(x.dim, a.shape.length))));
  }),
  ...both('aminmax', 'input, *, dim=None, keepdim=False', x => {
    const axes: Bound = { input: x.input, dim: x.dim, keepdim: x.keepdim };
    return namedResult('aminmax', ['min', 'max'], [simpleExtreme('min')(axes), simpleExtreme('max')(axes)]);
  }),
  ...both('dist', 'input, other, p=2', x => {
    const [a, b] = [arrayOf(x.input), arrayOf(x.other)];
    if (isWhole(a.dtype) || isWhole(b.dtype)) return unknown('dist takes floats');
    if (isComplexType(a.dtype) || isComplexType(b.dtype))
      return unknown('distances of complex tensors are not covered');
    if (real(x.p, 2) !== 2 || a.shape.join() !== b.shape.join()) return unknown('this distance is not covered yet');
    const [p, q] = [toFloat64(a), toFloat64(b)];
    const s = p.reduce((t, e, k) => t + (e - q[k]) ** 2, 0);
    return tensor(asType(ndarray('float64', [], Float64Array.of(Math.sqrt(s))), floating(a.dtype)), 'torch');
  }),
];
