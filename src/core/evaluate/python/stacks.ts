import * as L from '../../linalg/index';
import { type DType, isComplexType, promote } from '../../values/dtype';
import { asType, contiguous, type NDArray, ndarray, reshape, sizeOf } from '../../values/ndarray';
import type { ListValue, Value } from '../../values/value';
import type { Context } from '../dialect';
import { interleave, toMatrix } from '../matrices';
import { fail } from '../stop';
import { toArray } from './coerce';

/** Arguments and results of numpy.linalg: stacks of matrices over the last two axes. */

export interface Stack {
  readonly array: NDArray;
  /** The axes before the last two. */
  readonly lead: readonly number[];
  readonly matrices: readonly L.Matrix[];
  /** What results have: float32 stays, integers become float64, complex stays. */
  readonly dtype: DType;
}

/** The dtype that numpy.linalg computes in (_commonType). */
export function linalgType(...arrays: readonly NDArray[]): DType {
  return arrays
    .map(({ dtype }): DType => {
      if (dtype === 'float16') return fail('TypeError: array type float16 is unsupported in linalg');
      return dtype === 'float32' || isComplexType(dtype) ? dtype : 'float64';
    })
    .reduce(promote);
}

export const realType = (d: DType): DType => (d === 'complex64' || d === 'float32' ? 'float32' : 'float64');
export const complexType = (d: DType): DType => (realType(d) === 'float32' ? 'complex64' : 'complex128');

/** Half the spacing of 1 is LAPACK's unit roundoff; this is the spacing, NumPy's eps. */
export const epsilonOf = (d: DType): number => (realType(d) === 'float32' ? 2 ** -23 : 2 ** -52);

/** Stops unless the array has at least two axes, and the last two agree if `square`. */
export function checkStack(a: NDArray, square: boolean): void {
  const d = a.shape.length;
  if (d < 2) fail(`LinAlgError: ${d}-dimensional array given. Array must be at least two-dimensional`);
  if (square && a.shape[d - 1] !== a.shape[d - 2]) fail('LinAlgError: Last 2 dimensions of the array must be square');
}

export function stackOf(v: Value, square: boolean, single = false): Stack {
  const array = toArray(v);
  checkStack(array, square);
  const all = matricesOf(array);
  const matrices = single ? all.map(m => ({ ...m, single })) : all;
  return { array, lead: array.shape.slice(0, -2), matrices, dtype: linalgType(array) };
}

export function matricesOf(a: NDArray): L.Matrix[] {
  const [rows, columns] = a.shape.slice(-2);
  if (a.shape.length === 2) return [toMatrix(a)];
  const c = contiguous(a);
  const width = isComplexType(a.dtype) ? 2 : 1;
  const step = rows * columns;
  return Array.from({ length: sizeOf(a.shape.slice(0, -2)) }, (_, k) =>
    toMatrix(ndarray(a.dtype, [rows, columns], c.data.slice(k * step * width, (k + 1) * step * width))),
  );
}

/** One row of numbers per matrix of a stack, `im` where complex. */
export interface Part {
  readonly re: Float64Array;
  readonly im?: Float64Array;
}

/** Lays the results of a stack behind one another: each fills `core`. */
export function assemble(
  parts: readonly Part[],
  lead: readonly number[],
  core: readonly number[],
  dtype: DType,
): NDArray {
  const size = sizeOf(core);
  const re = new Float64Array(size * parts.length);
  parts.forEach((p, k) => {
    re.set(p.re, k * size);
  });
  const shape = [...lead, ...core];
  if (!isComplexType(dtype)) return asType(ndarray('float64', shape, re), dtype);
  const im = new Float64Array(size * parts.length);
  parts.forEach((p, k) => {
    if (p.im) im.set(p.im, k * size);
  });
  return asType(ndarray('complex128', shape, interleave(re, im)), dtype);
}

export const spender =
  (c: Context): L.Spend =>
  n =>
    c.budget.spend(n);

export const finite = (s: Stack): void => {
  if (!s.matrices.every(L.allFinite)) fail('LinAlgError: Array must not contain infs or NaNs');
};

export const singular = (): never => fail('LinAlgError: Singular matrix');
export const notConverged = (what: string): never => fail(`LinAlgError: ${what} did not converge`);

/** A tuple whose parts NumPy 2 also gives by name. */
export const parted = (path: string, fields: readonly string[], items: readonly Value[]): ListValue => ({
  kind: 'tuple',
  items,
  named: { path, fields, form: 'plain' },
});

export const asColumn = (b: NDArray): NDArray => reshape(b, [b.shape[0], 1]);
