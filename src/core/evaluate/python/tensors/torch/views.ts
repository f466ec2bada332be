import type { DType } from '../../../../values/dtype';
import type { NDArray } from '../../../../values/ndarray';
import { stringValue, tuple, type Value } from '../../../../values/value';
import type { Bound, LibraryFunction } from '../../../catalogue';
import { ownOrder } from '../../../heap';
import { fail, unknown } from '../../../stop';
import { int, integersOf, needInteger } from '../../coerce';
import { arrayOf, dimOf, given, TORCH_NAMES, tensor } from '../tensor';
import { both, methods, need } from './define';

/** Views by their steps in memory, and what a tensor says of how it lies there. */

const T = (a: NDArray): Value => tensor(a, 'torch');

/** A tensor whose steps are torch's own: along sides of 1 they say nothing here. */
function laid(a: NDArray): NDArray {
  if (a.shape.length > 1 && ownOrder.has(a.data))
    return unknown('how torch lays out this tensor in memory is not known');
  return a.shape.length > 1 && a.shape.includes(1) ? unknown('the step along a side of 1 is not followed') : a;
}

/** The diagonals of two dimensions, along a last one. */
export function diagonals(a: NDArray, x: Bound, first: number, second: number): NDArray {
  const n = a.shape.length;
  const [p, q] = [x.dim1, x.dim2].map((v, k) => dimOf(given(v) ? needInteger(v) : [first, second][k], n));
  if (n < 2) return fail('RuntimeError: diagonal needs at least two dimensions');
  if (p === q) return fail(`RuntimeError: diagonal dimensions cannot be identical ${p}, ${q}`);
  const k = x.offset ? needInteger(x.offset) : 0;
  const [row, column] = [Math.max(-k, 0), Math.max(k, 0)];
  const count = Math.max(0, Math.min(a.shape[p] - row, a.shape[q] - column));
  const rest = a.shape.map((_, i) => i).filter(i => i !== p && i !== q);
  return {
    ...a,
    shape: [...rest.map(i => a.shape[i]), count],
    strides: [...rest.map(i => a.strides[i]), a.strides[p] + a.strides[q]],
    offset: a.offset + (count > 0 ? row * a.strides[p] + column * a.strides[q] : 0),
  };
}

/** Windows of a size along a dimension, a last one for what they see. */
function windows(x: Bound): Value {
  const a = arrayOf(x.input);
  const axis = dimOf(needInteger(need(x.dimension)), a.shape.length);
  const [size, step] = [needInteger(need(x.size)), needInteger(need(x.step))];
  const n = a.shape[axis] ?? 1;
  if (size > n) return fail(`RuntimeError: maximum size for tensor at dimension ${axis} is ${n} but size is ${size}`);
  if (step < 1 || size < 0) return unknown('windows of this size or step are refused');
  const stride = a.strides[axis] ?? 1;
  return T({
    ...a,
    shape: [...a.shape.map((m, k) => (k === axis ? Math.floor((n - size) / step) + 1 : m)), size],
    strides: [...a.strides.map((s, k) => (k === axis ? s * step : s)), stride],
  });
}

/** A view by sizes and steps over the memory of a tensor. */
function strided(x: Bound): Value {
  const a = laid(arrayOf(x.input));
  const [size, stride] = [integersOf(need(x.size)), integersOf(need(x.stride))];
  const offset = given(x.storage_offset) ? needInteger(x.storage_offset) : a.offset;
  const last = offset + size.reduce((s, n, k) => s + Math.max(n - 1, 0) * stride[k], 0);
  if (size.length !== stride.length || stride.some(s => s < 0)) return unknown('these sizes and steps are refused');
  if (last >= a.data.length || a.dtype.startsWith('complex')) return unknown('a view beyond what is there is refused');
  return T({ ...a, shape: size, strides: stride, offset });
}

const typeName = (d: DType): string =>
  `torch.${TORCH_NAMES[d] ?? unknown('the name of this type is not covered')}Tensor`;

export const TORCH_VIEWS: readonly LibraryFunction[] = [
  ...both('diagonal', 'input, offset=0, dim1=0, dim2=1', x => T(diagonals(arrayOf(x.input), x, 0, 1))),
  ...methods('unfold', 'input, dimension, size, step', windows),
  ...both('as_strided', 'input, size, stride, storage_offset=None', strided),
  ...methods('stride', 'input, dim=None', x => {
    const a = laid(arrayOf(x.input));
    return given(x.dim) ? int(a.strides[dimOf(needInteger(x.dim), a.shape.length)]) : tuple(a.strides.map(int));
  }),
  ...methods('storage_offset', 'input', x => int(laid(arrayOf(x.input)).offset)),
];

/** `tensor.type()`. */
export const typeText = (a: NDArray): Value => stringValue(typeName(a.dtype));
