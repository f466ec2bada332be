import { isComplexType } from '../values/dtype';
import { type NDArray, ndarray, toFloat64 } from '../values/ndarray';
import type { Value } from '../values/value';

/** Real numbers in reading order, with their shape. */
export interface RealNumbers {
  readonly shape: readonly number[];
  readonly data: ArrayLike<number>;
}

/** Real numbers of an array of up to two dimensions or of a list of numbers, with its shape; several arrays in a tuple are no matrix. */
export function realOf(value: Value): RealNumbers | undefined {
  if (value.kind === 'array') {
    if (isComplexType(value.array.dtype) || value.array.shape.length > 2) return undefined;
    return { shape: value.array.shape, data: toFloat64(value.array) };
  }
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  if (value.dense) return realOf({ kind: 'array', array: value.dense });
  if (value.kind === 'tuple' && value.items.some(i => i.kind === 'array')) return undefined;
  const rows = value.items.map(realOf);
  if (value.items.every(i => i.kind === 'scalar' && typeof i.value !== 'object')) {
    return {
      shape: [value.items.length],
      data: value.items.map(i => (i.kind === 'scalar' ? Number(i.value) : Number.NaN)),
    };
  }
  const width = rows[0]?.shape.length === 1 ? rows[0].shape[0] : undefined;
  if (width === undefined || rows.some(r => r?.shape.length !== 1 || r.shape[0] !== width)) return undefined;
  return { shape: [rows.length, width], data: rows.flatMap(r => Array.from(r?.data ?? [])) };
}

/** The array that a value is, or that a list of numbers would make. */
export function arrayOf(value: Value, real = realOf(value)): NDArray | undefined {
  if (value.kind === 'array') return value.array;
  if (value.kind !== 'list' && value.kind !== 'tuple') return undefined;
  if (value.dense || !real) return value.dense;
  const data = Float64Array.from(real.data);
  return ndarray(data.every(Number.isSafeInteger) ? 'int64' : 'float64', real.shape, data);
}
