import {
  type DType,
  type Element,
  integerRange,
  isComplex,
  isIntegerType,
  kindOf,
  promote,
  promoteAll,
} from '../../values/dtype';
import { asType, elementAt, fromElements, isSafeInteger, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import { arrayValue, type Scalar, scalar, type Value } from '../../values/value';
import { fail, unknown } from '../stop';

/** Python's name for the type of a value, as its errors say it. */
export function typeName(v: Value): string {
  switch (v.kind) {
    case 'scalar':
      if (!v.weak) return v.dtype === 'bool' ? 'numpy.bool_' : `numpy.${v.dtype}`;
      return { bool: 'bool', signed: 'int', unsigned: 'int', float: 'float', complex: 'complex' }[kindOf(v.dtype)];
    case 'array':
      return v.library ? 'Tensor' : 'numpy.ndarray';
    case 'polynomial':
      return unknown('this is not covered for polynomials yet');
    case 'strings':
    case 'string-type':
      return unknown('this is not covered for arrays of text yet');
    case 'string':
      return 'str';
    case 'none':
      return 'NoneType';
    case 'ellipsis':
      return 'ellipsis';
    case 'dtype':
      return v.form === 'type' ? 'type' : `numpy.dtype[${v.dtype === 'bool' ? 'bool_' : v.dtype}]`;
    case 'object':
      return v.name;
    case 'set':
      return v.frozen ? 'frozenset' : 'set';
    case 'function':
      if (v.iterator !== undefined) return unknown('what this makes of an iterator is not followed');
      return v.class === undefined ? v.kind : 'type';
    default:
      return v.kind;
  }
}

/** Whether NumPy would read the value as an array or a number. */
export const isArrayLike = (v: Value): boolean =>
  v.kind === 'scalar' || v.kind === 'array' || v.kind === 'list' || v.kind === 'tuple';

/** A value as an array (numpy.asarray): numbers become 0-d, lists nest. Stops with NumPy's words for ragged lists. */
export function toArray(v: Value): NDArray {
  if (v.kind === 'array') return v.array;
  if (v.kind === 'scalar') {
    if (v.dtype === 'int64' && typeof v.value === 'bigint' && !(BigInt.asIntN(64, v.value) === v.value)) {
      if (BigInt.asUintN(64, v.value) === v.value) return fromElements('uint64', [], [v.value]);
      unknown('an integer beyond 64 bits makes an object array, which is not read');
    }
    return fromElements(v.dtype, [], [v.value]);
  }
  if (v.kind === 'list' || v.kind === 'tuple') {
    if (v.lazy === '') unknown('an array of an iterator is an object array, which is not read');
    if (v.dense) return v.dense;
    return fromNested(v);
  }
  if (v.kind === 'string') unknown('this is not covered for text yet');
  return unknown(`an array of ${typeName(v)} is not read`);
}

/** A list of numbers that need no looking into, straight into an array: lists may hold millions. */
function plainNumbers(items: readonly Value[]): NDArray | undefined {
  let dtype: DType | undefined;
  for (const v of items) {
    if (v.kind !== 'scalar' || typeof v.value === 'bigint') return undefined;
    if (v.dtype !== dtype) dtype = dtype === undefined ? v.dtype : promote(dtype, v.dtype);
  }
  return (
    dtype &&
    fromElements(
      dtype,
      [items.length],
      items.map(v => (v as Scalar).value),
    )
  );
}

function fromNested(v: Extract<Value, { kind: 'list' | 'tuple' }>): NDArray {
  if (v.items.length === 0) return ndarray('float64', [0], new Float64Array(0));
  const numbers = plainNumbers(v.items);
  if (numbers) return numbers;
  const parts = v.items.map(toArray);
  const first = parts[0].shape;
  if (parts.some(p => p.shape.length !== first.length || p.shape.some((n, i) => n !== first[i]))) {
    const common: number[] = [v.items.length];
    for (let i = 0; i < first.length && parts.every(p => p.shape[i] === first[i]); i++) common.push(first[i]);
    const shape = common.length === 1 ? `(${common[0]},)` : `(${common.join(', ')})`;
    fail(
      `ValueError: setting an array element with a sequence. The requested array has an inhomogeneous shape after ${common.length} dimensions. The detected shape was ${shape} + inhomogeneous part.`,
    );
  }
  const dtype = promoteAll(parts.map(p => p.dtype));
  return join(
    parts.map(p => asType(p, dtype)),
    dtype,
    [v.items.length, ...first],
  );
}

/** Lays row-major arrays of one dtype behind one another. */
export function join(parts: readonly NDArray[], dtype: DType, shape: readonly number[]): NDArray {
  const items: Element[] = [];
  for (const p of parts) for (const e of elementsOf(p)) items.push(e);
  return fromElements(dtype, shape, items);
}

export function elementsOf(a: NDArray): Element[] {
  const out = new Array<Element>(sizeOf(a.shape));
  const index = new Array<number>(a.shape.length).fill(0);
  for (let k = 0; k < out.length; k++) {
    let p = a.offset;
    for (let i = 0; i < index.length; i++) p += index[i] * a.strides[i];
    out[k] = elementAt(a, p);
    for (let i = index.length - 1; i >= 0 && ++index[i] === a.shape[i]; i--) index[i] = 0;
  }
  return out;
}

/** The result of a NumPy function: 0-d results are scalars. */
export const unwrap = (a: NDArray): Value =>
  a.shape.length === 0 ? scalar(a.dtype, elementAt(a, a.offset)) : arrayValue(a);

/** The result of a function that gives arrays back as arrays, of no dimension too, and NumPy's numbers as numbers. */
export const likeInput = (input: Value, a: NDArray): Value =>
  input.kind === 'scalar' && !input.weak ? unwrap(a) : arrayValue(a);

/**
 * The dtype of an operation on operands under NumPy 2's rules (NEP 50): a Python number takes the arrays' dtype unless
 * its kind is higher.
 */
export function resultType(values: readonly Value[]): DType {
  const strong: DType[] = [];
  const weak: DType[] = [];
  for (const v of values) {
    if (v.kind === 'scalar') (v.weak ? weak : strong).push(v.dtype);
    else strong.push(toArray(v).dtype);
  }
  if (strong.length === 0) return weak.reduce(promote);
  return weak.reduce((dtype: DType, w) => {
    if (w === 'bool') return dtype;
    if (w === 'int64') return dtype === 'bool' ? 'int64' : dtype;
    const inexact = kindOf(dtype) === 'float' || kindOf(dtype) === 'complex';
    if (w === 'complex128') return promote(inexact ? dtype : 'float64', 'complex64');
    return inexact ? dtype : 'float64';
  }, promoteAll(strong));
}

/** Stops where a Python integer does not fit the integer type that the other operand asks for. */
export function needFit(values: readonly Value[], dtype: DType): void {
  if (!isIntegerType(dtype)) return;
  const [low, high] = integerRange(dtype);
  for (const v of values) {
    if (v.kind !== 'scalar' || !v.weak || isComplex(v.value) || typeof v.value === 'boolean') continue;
    if (v.dtype !== 'int64') continue;
    if (v.value >= low && v.value <= high) continue;
    const long = v.value >= -(2n ** 63n) && v.value < (dtype === 'uint64' ? 2n ** 64n : 2n ** 63n);
    fail(
      !long
        ? 'OverflowError: Python int too large to convert to C long'
        : `OverflowError: Python integer ${v.value} out of bounds for ${dtype}`,
    );
  }
}

/** A Python number as a float, in which the largest integers are not. */
export function floatOf(e: number | bigint | boolean): number {
  const x = Number(e);
  return typeof e === 'bigint' && !Number.isFinite(x) ? fail('OverflowError: int too large to convert to float') : x;
}

const isLarge = (v: Value): v is Scalar & { value: bigint } =>
  v.kind === 'scalar' && v.weak === true && typeof v.value === 'bigint';

/**
 * The operands of an operation as arrays. Beside integers Python's larger integers must fit their type, beside floats they are floats;
 * comparisons are exact and take them as they are.
 */
export function operandArrays(values: readonly Value[], comparison = false): NDArray[] {
  if (comparison || !values.some(isLarge) || values.every(v => v.kind === 'scalar' && v.weak))
    return values.map(toArray);
  const dtype = resultType(values);
  needFit(values, dtype);
  return values.map(v =>
    isLarge(v) && !isIntegerType(dtype) ? fromElements('float64', [], [floatOf(v.value)]) : toArray(v),
  );
}

/** An exact integer out of a value, or undefined. */
export function integerOf(v: Value | undefined): number | undefined {
  if (v?.kind === 'array' && v.array.shape.length === 0) return integerOf(unwrap(v.array));
  if (v?.kind !== 'scalar' || !(isIntegerType(v.dtype) || v.dtype === 'bool')) return undefined;
  if (typeof v.value === 'bigint' && !isSafeInteger(v.value)) return undefined;
  return isComplex(v.value) ? undefined : Number(v.value);
}

/** An integer argument; NumPy's TypeError when it is something else, unknown when it is beyond 2^53. */
export function needInteger(v: Value, what = typeName(v)): number {
  const n = integerOf(v);
  if (n === undefined && v.kind === 'scalar' && typeof v.value === 'bigint')
    unknown('an integer this large is not followed here');
  if (n === undefined && v.kind === 'array' && !v.library)
    fail('TypeError: only integer scalar arrays can be converted to a scalar index');
  return n === undefined ? fail(`TypeError: '${what}' object cannot be interpreted as an integer`) : n;
}

/** An argument of which NumPy reads an attribute before it makes an array of it: a list has none. */
export const withAttribute = (v: Value, name: string): NDArray =>
  v.kind === 'array' || (v.kind === 'scalar' && !v.weak)
    ? toArray(v)
    : fail(`AttributeError: '${typeName(v)}' object has no attribute '${name}'`);

/** A list of integers out of an integer or a tuple of them: shapes, axes. */
export function integersOf(v: Value): number[] {
  if (v.kind === 'list' || v.kind === 'tuple') return v.items.map(item => needInteger(item));
  if (v.kind === 'array' && v.array.shape.length === 1) {
    const { dtype } = v.array;
    if (kindOf(dtype) === 'float' || kindOf(dtype) === 'complex')
      if (sizeOf(v.array.shape) > 0) fail(`TypeError: 'numpy.${dtype}' object cannot be interpreted as an integer`);
    return elementsOf(v.array).map(Number as (e: Element) => number);
  }
  return [needInteger(v)];
}

export const real = (v: Value | undefined, otherwise: number): number => {
  if (v === undefined || v.kind === 'none') return otherwise;
  const s = v.kind === 'array' && v.array.shape.length === 0 ? unwrap(v.array) : v;
  if (s.kind !== 'scalar' || isComplex(s.value)) return fail(`TypeError: must be real number, not ${typeName(v)}`);
  return Number(s.value);
};

/** Whether a number counts as true: NaN does. */
export const truthOf = (s: Scalar): boolean =>
  isComplex(s.value) ? s.value.re !== 0 || s.value.im !== 0 : s.value !== 0 && s.value !== 0n && s.value !== false;

/** Python's own numbers. */
export const int = (value: number | bigint): Scalar =>
  scalar('int64', typeof value === 'bigint' && isSafeInteger(value) ? Number(value) : value, true);
export const float = (value: number): Scalar => scalar('float64', value, true);
export const bool = (value: boolean): Scalar => scalar('bool', value, true);

/** `(2, 3)`, `(2,)`, `()`. */
export const shapeText = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

/** A normalised axis; NumPy's AxisError when out of range. */
export function axisOf(v: Value, ndim: number, named = ''): number {
  const axis = needInteger(v);
  if (axis < -ndim || axis >= ndim)
    fail(`AxisError: ${named}axis ${axis} is out of bounds for array of dimension ${ndim}`);
  return axis < 0 ? axis + ndim : axis;
}
