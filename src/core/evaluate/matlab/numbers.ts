import { type Complex, type DType, integerRange } from '../../values/dtype';
import {
  asType,
  contiguous,
  elementAt,
  fromElements,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
} from '../../values/ndarray';
import { arrayValue, type Doubt, type Scalar, type StringValue, scalar, type Value } from '../../values/value';
import type { Context } from '../dialect';
import { fail, unknown } from '../stop';

/** MATLAB's view of values: everything numeric is a matrix, a scalar is 1×1, a string is a row of character codes. */

/** A real or complex matrix in row-major storage. */
export type Numbers = NDArray;

/** The classes of integers that are covered; int64 stands for doubles, as other front ends write whole numbers. */
const INTEGER_CLASSES: ReadonlySet<DType> = new Set(['int8', 'int16', 'int32', 'uint8', 'uint16', 'uint32']);
export const isIntegerClass = (dtype: DType): boolean => INTEGER_CLASSES.has(dtype);

/** The matrix that a value is, for functions that compute with doubles, singles and logicals only. */
export function numbers(v: Value): Numbers {
  const a = stored(v);
  return isIntegerClass(a.dtype) ? unknown(`this is not covered for the class ${a.dtype}`) : a;
}

/** The same, with integer classes taken as doubles. */
export function doubles(v: Value): Numbers {
  const a = stored(v);
  return isIntegerClass(a.dtype) ? asType(a, 'float64') : a;
}

/** The nearest whole number, halves away from zero. */
export function roundAway(x: number): number {
  const down = Math.floor(Math.abs(x));
  return Number.isFinite(x) ? Math.sign(x) * (Math.abs(x) - down >= 0.5 ? down + 1 : down) : x;
}

/** Numbers as a class of integers takes them: rounded, halves away from zero, and kept within its range. */
export function toClass(a: NDArray, dtype: DType): NDArray {
  if (a.dtype === dtype || !isIntegerClass(dtype)) return asType(a, dtype);
  if (a.dtype === 'complex128') return unknown('integers of complex numbers are not covered');
  const [low, high] = integerRange(dtype).map(Number);
  const whole = (x: number): number => (Number.isNaN(x) ? 0 : Math.min(high, Math.max(low, roundAway(x))) + 0);
  return ndarray(dtype, a.shape, toFloat64(a).map(whole));
}

/** The matrix that a value is, in its own class; strings give their character codes. Stops on what is not numeric. */
export function stored(v: Value): Numbers {
  switch (v.kind) {
    case 'scalar':
      return fromElements(v.dtype === 'int64' ? 'float64' : v.dtype, [1, 1], [v.value]);
    case 'array':
      return flat(v.array);
    case 'string':
      return ndarray('float64', [v.value === '' ? 0 : 1, v.value.length], characterCodes(v));
    case 'function':
      return unknown(`${v.path.slice(v.path.indexOf('.') + 1)}: a function, whose value is not followed here`);
    case 'none':
      return fail('value on the right hand side of the assignment not defined');
    case 'list':
    case 'tuple':
    case 'slice':
    case 'ellipsis':
    case 'module':
    case 'strings':
    case 'vector':
    case 'string-type':
    case 'polynomial':
    case 'dtype':
    case 'dict':
    case 'set':
    case 'object':
    case 'cell':
    case 'struct':
    case 'generator':
      return unknown('this kind of value is not covered');
  }
}

function flat(a: NDArray): NDArray {
  const typed = a.dtype === 'int64' ? asType(a, 'float64') : a;
  if (typed.shape.length === 2) return contiguous(typed);
  if (typed.shape.length < 2) return ndarray(typed.dtype, [1, sizeOf(typed.shape)], contiguous(typed).data);
  return unknown('more than two dimensions are not covered');
}

const characterCodes = (v: StringValue): Float64Array =>
  Float64Array.from({ length: v.value.length }, (_, i) => v.value.charCodeAt(i));

/** The value of a matrix: 1×1 is a scalar, and complex numbers without imaginary parts become real. */
export function fromNumbers(a: NDArray): Value {
  const narrowed = a.dtype === 'complex128' ? narrow(a) : a;
  if (narrowed.shape.every(n => n === 1)) return scalar(narrowed.dtype, elementAt(narrowed, narrowed.offset));
  return arrayValue(narrowed);
}

/** A matrix that Octave keeps and prints as diagonal or as a permutation. */
export function withLayout(v: Value, layout: 'diagonal' | 'permutation' | undefined): Value {
  return layout && v.kind === 'array' && sizeOf(v.array.shape) > 0 ? { ...v, layout } : v;
}

/** A value whose last digits are in doubt, for the first of the reasons. */
export function withDoubt(v: Value, ...reasons: readonly (Doubt | undefined)[]): Value {
  const doubt = reasons.find(r => r !== undefined);
  return doubt && (v.kind === 'array' || v.kind === 'scalar') ? { ...v, doubt } : v;
}

export const inDoubt = (reason: string): Doubt => ({ reason, from: 'short' });

/** Iterations end in digits that depend on the order in which LAPACK rounds. */
export const LAST_DIGITS: Doubt = {
  reason: 'the last digits of this are not known: they depend on the order of rounding',
  from: 'long',
};

function narrow(a: NDArray): NDArray {
  const c = contiguous(a);
  const data = c.data as Float64Array;
  for (let k = 1; k < data.length; k += 2) if (data[k] !== 0) return c;
  return ndarray('float64', c.shape, realParts(c));
}

export const realParts = (a: NDArray): Float64Array =>
  a.dtype === 'complex128' ? everySecond(contiguous(a).data as Float64Array, 0) : toFloat64(a);

export const imaginaryParts = (a: NDArray): Float64Array =>
  a.dtype === 'complex128' ? everySecond(contiguous(a).data as Float64Array, 1) : new Float64Array(sizeOf(a.shape));

const everySecond = (data: Float64Array, from: number): Float64Array =>
  Float64Array.from({ length: data.length / 2 }, (_, k) => data[2 * k + from]);

export const layoutOf = (v: Value): 'diagonal' | 'permutation' | undefined =>
  v.kind === 'array' ? v.layout : undefined;

export const real = (x: number): Scalar => scalar('float64', x);
export const logical = (x: boolean): Scalar => scalar('bool', x);
export const isOne = (a: NDArray): boolean => a.shape[0] === 1 && a.shape[1] === 1;
export const dimensions = (a: NDArray): string => a.shape.join('x');
export const isVector = (a: NDArray): boolean => a.shape[0] === 1 || a.shape[1] === 1;

/** The class of a result of arithmetic: integers win over all others, single wins over double; logical and characters count as double. */
export function arithmeticType(a: NDArray, b: NDArray = a): DType {
  const classes = [a.dtype, b.dtype].filter(isIntegerClass);
  if (classes.length > 0) {
    if (classes[0] !== classes[classes.length - 1])
      unknown('arithmetic between two classes of integers is not covered');
    if (a.dtype === 'complex128' || b.dtype === 'complex128') unknown('integers with complex numbers are not covered');
    return classes[0];
  }
  const single = a.dtype === 'float32' || b.dtype === 'float32';
  const complex = a.dtype === 'complex128' || b.dtype === 'complex128';
  if (single && complex) unknown('complex numbers of single precision are not covered');
  return complex ? 'complex128' : single ? 'float32' : 'float64';
}

/** A matrix of doubles, row-major. */
export const matrixOf = (
  rows: number,
  columns: number,
  data: Float64Array,
  dtype: 'float64' | 'float32' = 'float64',
): NDArray => asType(ndarray('float64', [rows, columns], data), dtype);

export const rowOf = (items: readonly number[]): Value =>
  fromNumbers(matrixOf(1, items.length, Float64Array.from(items)));

/** The real number an argument is; `name` is the function's, for the reason. */
export function realScalar(v: Value, name: string): number {
  const a = numbers(v);
  if (!isOne(a) || a.dtype === 'complex128') unknown(`${name}: an argument that is not a real scalar is not covered`);
  return realParts(a)[0];
}

/** A real matrix, or the reason that complex ones are not covered. */
export function realMatrix(v: Value, name: string): NDArray {
  const a = numbers(v);
  if (a.dtype === 'complex128') unknown(`${name} of complex numbers is not covered`);
  return a;
}

/** The same in its own class. */
export function realStored(v: Value, name: string): NDArray {
  const a = stored(v);
  return isIntegerClass(a.dtype) ? a : realMatrix(v, name);
}

/** The elements in row-major order as complex numbers. */
export function complexElements(a: NDArray): Complex[] {
  const re = realParts(a);
  const im = imaginaryParts(a);
  return Array.from(re, (x, k) => ({ re: x, im: im[k] }));
}

/** Claims room for a matrix and returns it filled. */
export function filled(rows: number, columns: number, value: number, context: Context): NDArray {
  context.budget.claim(rows * columns);
  return ndarray('float64', [rows, columns], new Float64Array(rows * columns).fill(value));
}
