/** Element types, by NumPy's names. MATLAB's double, single and logical are float64, float32 and bool. */
export type DType = 'bool' | 'int64' | 'float32' | 'float64' | 'complex128';

/** The typed array that stores a dtype. */
export type ArrayData = Uint8Array | Float32Array | Float64Array | BigInt64Array;

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** One element: a boolean for bool, a bigint for an int64 beyond 2^53, a Complex for complex128, a number else. */
export type Element = number | bigint | boolean | Complex;

export const MAX_SAFE_INTEGER = 2 ** 53;

export const isComplex = (e: Element): e is Complex => typeof e === 'object';

const ORDER: readonly DType[] = ['bool', 'int64', 'float32', 'float64', 'complex128'];

/** The dtype of a result of array operands, as NumPy's `promote_types`: int64 with float32 gives float64. */
export function promote(a: DType, b: DType): DType {
  const high = ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b;
  const low = high === a ? b : a;
  return high === 'float32' && low === 'int64' ? 'float64' : high;
}
