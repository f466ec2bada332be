import { bytesOf, isComplexType } from '../../values/dtype';
import { type NDArray, sizeOf } from '../../values/ndarray';
import { arrayValue, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import { heldInPart, ownOrder } from '../heap';
import { fail, unknown } from '../stop';
import { axisOf, int, integersOf, toArray } from './coerce';

/** numpy.lib.stride_tricks: views of an array's memory under other shapes and strides. */

const need = (v: Value | undefined): Value => v ?? fail('TypeError: an argument is missing');
const given = (v: Value | undefined): v is Value => v !== undefined && v.kind !== 'none';

/** Windows that slide over axes: each is a view of the same elements as its neighbours. */
function windows(a: NDArray, sizes: readonly number[], axes: readonly number[]): NDArray {
  if (sizes.length !== axes.length)
    return fail(
      `ValueError: Must provide matching length window_shape and axis; got ${sizes.length} window_shape elements and ${axes.length} axes elements.`,
    );
  if (sizes.some(n => n < 0)) return fail('ValueError: `window_shape` cannot contain negative values');
  const shape = [...a.shape];
  axes.forEach((axis, k) => {
    if (shape[axis] < sizes[k]) fail('ValueError: window shape cannot be larger than input array shape');
    shape[axis] -= sizes[k] - 1;
  });
  return {
    ...a,
    shape: [...shape, ...sizes],
    strides: [...a.strides, ...axes.map(axis => a.strides[axis])],
    readOnly: true,
  };
}

/** The view with these strides, which must stay within the memory that the array lies in. */
function strided(a: NDArray, shape: readonly number[], bytes: readonly number[]): NDArray {
  if (shape.length !== bytes.length) return fail('ValueError: mismatch in length of strides and shape');
  const size = bytesOf(a.dtype);
  if (bytes.some(b => b % size !== 0)) return unknown('strides between the elements are not covered');
  if (ownOrder.has(a.data) || heldInPart.has(a.data)) return unknown('how this array lies in memory is not known');
  const strides = bytes.map(b => b / size);
  const reach = (sign: 1 | -1): number =>
    shape.reduce((p, n, i) => p + (Math.sign(strides[i]) === sign ? (n - 1) * strides[i] : 0), a.offset);
  const end = a.data.length / (isComplexType(a.dtype) ? 2 : 1);
  if (sizeOf(shape) > 0 && (reach(-1) < 0 || reach(1) >= end))
    return unknown('this view reaches memory beside the array, known only when the code runs');
  return { ...a, shape, strides };
}

export const STRIDED: readonly LibraryFunction[] = [
  {
    path: 'numpy.lib.stride_tricks.sliding_window_view',
    signature: 'x, window_shape, axis=None, *, subok=False, writeable=False',
    evaluate: (x, c) => {
      const a = toArray(need(x.x));
      const sizes = integersOf(need(x.window_shape));
      if (!given(x.axis) && sizes.length !== a.shape.length)
        return fail(
          `ValueError: Since axis is \`None\`, must provide window_shape for all dimensions of \`x\`; got ${sizes.length} window_shape elements and \`x.ndim\` is ${a.shape.length}.`,
        );
      const axes = given(x.axis)
        ? integersOf(x.axis).map(k => axisOf(int(k), a.shape.length))
        : a.shape.map((_, i) => i);
      const out = windows(a, sizes, axes);
      c.budget.claim(sizeOf(out.shape));
      return arrayValue(out);
    },
  },
  {
    path: 'numpy.lib.stride_tricks.as_strided',
    signature: 'x, shape=None, strides=None, subok=False, writeable=True',
    evaluate: (x, c) => {
      const a = toArray(need(x.x));
      const shape = given(x.shape) ? integersOf(x.shape) : a.shape;
      if (shape.some(n => n < 0)) return fail('ValueError: negative dimensions are not allowed');
      c.budget.claim(sizeOf(shape));
      const bytes = given(x.strides) ? integersOf(x.strides) : a.strides.map(s => s * bytesOf(a.dtype));
      return arrayValue(strided(a, shape, bytes));
    },
  },
];
