import { type DType, promote } from '../../values/dtype';
import { asType, type NDArray, ndarray, sizeOf, toFloat64 } from '../../values/ndarray';
import type { Value } from '../../values/value';
import { stringValue } from '../../values/value';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';
import { dimensions, fromNumbers, isIntegerClass, numbers, stored, toClass } from './numbers';

/** `[a b; c d]`: entries side by side, rows on top of each other, empty ones passed over. Errors in Octave's words. */
export function matrix(rows: readonly (readonly Value[])[], context: Context): Value {
  if (rows.some(row => row.some(v => v.kind === 'string'))) return text(rows);
  const parts = rows.map(row => horizontal(row.map(stored), context));
  return fromNumbers(vertical(parts, context));
}

/** A row of strings and character codes. Several rows would be a character matrix. */
function text(rows: readonly (readonly Value[])[]): Value {
  if (rows.length > 1) unknown('character matrices are not covered');
  const pieces = rows[0].map(v => {
    if (v.kind === 'string') return v.value;
    const a = numbers(v);
    if (a.shape[0] > 1 || a.dtype === 'complex128') unknown('character matrices are not covered');
    return String.fromCharCode(...toFloat64(a));
  });
  return stringValue(pieces.join(''));
}

const isVoid = (a: NDArray): boolean => a.shape[0] === 0 && a.shape[1] === 0;

export function horizontal(parts: readonly NDArray[], context: Context, error = mismatch('horizontal')): NDArray {
  // Octave passes over empty vectors too, but not over 2x0 beside a scalar.
  const kept = parts.filter(a => !isVoid(a) && !(sizeOf(a.shape) === 0 && a.shape.includes(1)));
  if (kept.length === 0) return parts.find(a => !isVoid(a)) ?? ndarray(typeOf(parts), [0, 0], new Float64Array(0));
  return join(kept, 1, typeOf(parts), context, error);
}

export function vertical(parts: readonly NDArray[], context: Context, error = mismatch('vertical')): NDArray {
  const kept = parts.filter(a => !isVoid(a) && !(sizeOf(a.shape) === 0 && a.shape.includes(1)));
  if (kept.length === 0) return parts.find(a => !isVoid(a)) ?? ndarray(typeOf(parts), [0, 0], new Float64Array(0));
  return join(kept, 0, typeOf(parts), context, error);
}

type Mismatch = (so: string, next: string) => string;
const mismatch =
  (direction: string): Mismatch =>
  (so, next) =>
    `${direction} dimensions mismatch (${so} vs ${next})`;

/** Logical only among logicals; single wins over double. */
function typeOf(parts: readonly NDArray[]): DType {
  if (parts.length === 0) return 'float64';
  const types = parts.map(a => a.dtype);
  // The first class of integers takes all the others.
  const whole = types.find(isIntegerClass);
  if (whole) return whole;
  if (types.includes('float32')) {
    if (types.includes('complex128')) unknown('complex numbers of single precision are not covered');
    return 'float32';
  }
  return types.reduce(promote);
}

function join(parts: readonly NDArray[], axis: 0 | 1, dtype: DType, context: Context, error: Mismatch): NDArray {
  const other = 1 - axis;
  const shape = [...parts[0].shape];
  for (const a of parts.slice(1)) {
    if (a.shape[other] !== shape[other]) fail(error(shape.join('x'), dimensions(a)));
    shape[axis] += a.shape[axis];
  }
  if (parts.length === 1) return toClass(parts[0], dtype);
  context.budget.claim(sizeOf(shape));
  const width = dtype === 'complex128' ? 2 : 1;
  const [rows, columns] = shape;
  const data = new Float64Array(rows * columns * width);
  let at = 0;
  for (const part of parts) {
    const a = toClass(part, dtype);
    const run = a.shape[1] * width;
    const source = a.data as Float64Array;
    if (axis === 0) data.set(source, at * columns * width);
    else for (let i = 0; i < rows; i++) data.set(source.subarray(i * run, (i + 1) * run), (i * columns + at) * width);
    at += a.shape[axis];
  }
  if (dtype === 'complex128') return ndarray(dtype, shape, data);
  return asType(ndarray('float64', shape, data), dtype);
}
