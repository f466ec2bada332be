import { bytesOf } from '../../values/dtype';
import {
  contiguous,
  isRowMajor,
  type NDArray,
  ravelled,
  rowMajorStrides,
  sizeOf,
  transpose,
} from '../../values/ndarray';
import { tuple, type Value } from '../../values/value';
import type { LibraryFunction } from '../catalogue';
import { heldInPart, ownOrder } from '../heap';
import { fail, unknown } from '../stop';
import { bool, int, toArray } from './coerce';

/** The order of an array's elements in memory, as far as it is known: see `ownOrder`. */

const isColumnMajor = (a: NDArray): boolean => isRowMajor(transpose(a));

/** The array, whose order in memory is known. */
function known(a: NDArray): NDArray {
  if (a.shape.length > 1 && ownOrder.has(a.data))
    unknown("the order of this array's elements in memory is NumPy's choice");
  return a;
}

const isFortran = (a: NDArray): boolean => isColumnMajor(known(a)) && !isRowMajor(a);

/** `order=` of an array: 'A' is the array's own, column by column only where it lies so. */
export function orderOf(v: Value | undefined, a: NDArray): 'C' | 'F' {
  const name = v === undefined || v.kind === 'none' ? 'C' : v.kind === 'string' ? v.value.toUpperCase() : '';
  if (name === 'C' || name === 'F') return name;
  if (name === 'A') return isFortran(a) ? 'F' : 'C';
  return unknown('this order is not covered yet');
}

/** The sizes of the strides of an array that lies as they say. */
export const memoryStrides = (a: NDArray): number[] => known(a).strides.map(Math.abs);

/** The elements in one row; with 'K' as they lie in memory, along axes that run backwards by their index. */
export function ravelledIn(a: NDArray, v: Value | undefined): NDArray {
  if (v?.kind !== 'string' || v.value.toUpperCase() !== 'K') return ravelled(a, orderOf(v, a));
  const strides = memoryStrides(a);
  if (a.shape.some((n, i) => n > 1 && strides[i] === 0))
    return unknown('the order of a broadcast array is not covered');
  const axes = a.shape.map((_, i) => i).sort((i, j) => strides[j] - strides[i] || i - j);
  return ravelled(transpose(a, axes));
}

/** The array in memory of its own, along the axes in this order, the last of which is the innermost. */
function laidAlong(a: NDArray, axes: readonly number[]): NDArray {
  const { data } = contiguous(transpose(a, axes));
  const strides = [...a.strides];
  rowMajorStrides(axes.map(axis => a.shape[axis])).forEach((step, k) => {
    strides[axes[k]] = step;
  });
  return { ...a, strides, offset: 0, data: data === a.data ? data.slice() : data };
}

/**
 * A new array laid out column by column for order 'F', row by row for 'C', and as it is otherwise; with `same` it stays the array that
 * it is where it lies so already.
 */
export function laidOut(a: NDArray, v: Value | undefined, same = false): NDArray {
  const name = v?.kind === 'string' ? v.value.toUpperCase() : '';
  const axes = [...a.shape.keys()];
  if (name === 'F') return same && isColumnMajor(a) ? a : laidAlong(a, axes.reverse());
  if (name === 'C') return same && isRowMajor(a) ? a : laidAlong(a, axes);
  return a;
}

/** The axes by falling steps, the order of an array that is made like another one (order 'K'). */
const axesByStep = (a: NDArray): number[] =>
  [...a.shape.keys()].sort((i, j) => Math.abs(a.strides[j]) - Math.abs(a.strides[i]) || i - j);

/** A result laid out as NumPy lays out an array that is like another of its shape. */
export function laidLike(result: NDArray, model: NDArray): NDArray {
  if (isRowMajor(model)) return laidAlong(result, [...result.shape.keys()]);
  return laidAlong(result, isColumnMajor(model) ? [...result.shape.keys()].reverse() : axesByStep(model));
}

/**
 * The result of an elementwise operation laid out as NumPy's iterator does: the axes are sorted by the steps of the operands, from
 * the order of rows; where operands disagree, that order stays (`npyiter_find_best_axis_ordering`).
 */
export function laidByOperands(result: NDArray, operands: readonly NDArray[]): NDArray {
  const ndim = result.shape.length;
  const steps = operands.map(a => {
    const lead = ndim - a.shape.length;
    return result.shape.map((_, i) => (i < lead || a.shape[i - lead] === 1 ? 0 : Math.abs(a.strides[i - lead])));
  });
  // From the innermost axis outwards.
  const axes: number[] = [];
  for (let axis = ndim - 1; axis >= 0; axis--) {
    let place = axes.length;
    for (let k = axes.length - 1; k >= 0; k--) {
      const pairs = steps.map(s => [s[axes[k]], s[axis]] as const).filter(([p, q]) => p !== 0 && q !== 0);
      if (pairs.length === 0) continue;
      if (pairs.some(([p, q]) => p <= q)) break;
      place = k;
    }
    axes.splice(place, 0, axis);
  }
  return laidAlong(result, axes.reverse());
}

/** Attributes of `a.flags`, by the names that the object and its subscripts take. */
export function flag(a: NDArray, name: string): Value {
  const of = known(a);
  switch (name.toLowerCase()) {
    case 'c_contiguous':
    case 'contiguous':
    case 'c':
      return bool(sizeOf(of.shape) === 0 || isRowMajor(of));
    case 'f_contiguous':
    case 'f':
      return bool(sizeOf(of.shape) === 0 || isColumnMajor(of));
    case 'fortran':
    case 'fnc':
      return bool(isFortran(of));
    case 'forc':
      return bool(isRowMajor(of) || isColumnMajor(of));
    case 'aligned':
    case 'a':
      return bool(true);
    default:
      return unknown(`the flag ${name} is not covered yet`);
  }
}

/** `a.strides`, in bytes. */
export function stridesOf(a: NDArray): Value {
  if (heldInPart.has(a.data) || ownOrder.has(a.data) || sizeOf(a.shape) === 0)
    return unknown('the strides of this array are not known');
  return tuple(a.strides.map(s => int(s * bytesOf(a.dtype))));
}

export const MEMORY_ORDER: readonly LibraryFunction[] = [
  {
    path: 'numpy.isfortran',
    signature: 'a',
    evaluate: x => {
      const a = x.a ?? fail('TypeError: an argument is missing');
      return bool(isFortran(toArray(a)));
    },
  },
];
