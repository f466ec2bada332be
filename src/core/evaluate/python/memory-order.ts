import { bytesOf } from '../../values/dtype';
import { contiguous, isRowMajor, type NDArray, ravelled, sizeOf, transpose } from '../../values/ndarray';
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

/** The array laid out column by column for order 'F', row by row for 'C'; as it is otherwise. */
export function laidOut(a: NDArray, v: Value | undefined): NDArray {
  const name = v?.kind === 'string' ? v.value.toUpperCase() : '';
  if (name === 'F') return isColumnMajor(a) ? a : transpose(contiguous(transpose(a)));
  return name === 'C' ? contiguous(a) : a;
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
  if (heldInPart.has(a.data) || ownOrder.has(a.data)) return unknown('the strides of this array are not known');
  // Along a side of 1 NumPy's stride may be any.
  if (sizeOf(a.shape) === 0 || a.shape.includes(1)) return unknown('the strides of this array are not known');
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
