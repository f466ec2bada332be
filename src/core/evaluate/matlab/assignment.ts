import type { DType } from '../../values/dtype';
import { asType, type NDArray, ndarray, sizeOf } from '../../values/ndarray';
import { stringValue, type Value } from '../../values/value';
import type { Context, SubscriptValue } from '../dialect';
import { fail, unknown } from '../stop';
import {
  arithmeticType,
  fromNumbers,
  isIntegerClass,
  layoutOf,
  realParts,
  stored,
  toClass,
  withLayout,
} from './numbers';
import { largest, type Places, places } from './subscripts';

/** `a(…) = value`: a new value. Places beyond the end grow the matrix with zeros; `[]` deletes. */
export function assign(object: Value, subscripts: readonly SubscriptValue[], value: Value, context: Context): Value {
  if (subscripts.length === 0) fail('invalid empty index list');
  if (object.kind === 'string' && value.kind === 'string') return assignText(object.value, subscripts, value, context);
  if (object.kind === 'string' && isVoid(stored(value))) {
    const left = remove(stored(object), subscripts);
    return stringValue(String.fromCharCode(...realParts(left)));
  }
  if (object.kind === 'string' || object.kind === 'function')
    unknown('an assignment into this kind of value is not covered');
  const a = stored(object);
  const b = stored(value);
  if (isVoid(b)) return fromNumbers(remove(a, subscripts));
  if (layoutOf(object) === 'diagonal' && subscripts.length === 1 && beyond(subscripts[0], a))
    fail('ind2sub: index out of range');
  const dtype = typeAfter(a, b);
  const result =
    subscripts.length === 1
      ? assignLinear(a, subscripts[0], b, dtype, context)
      : assignGrid(a, subscripts, b, dtype, context);
  if (sizeOf(b.shape) === 1 && subscripts.length === 1 && isColon(subscripts[0])) return fromNumbers(result);
  const keeps = layoutOf(object) === 'diagonal' && dtype === 'float64' && sizeOf(b.shape) === 1;
  return withLayout(plain(result), keeps && isOnDiagonal(subscripts, a.shape) ? 'diagonal' : undefined);
}

const isColon = (s: SubscriptValue): boolean =>
  s.kind === 'slice' || (s.value.kind === 'string' && s.value.value === ':');

/** Whether a single number names a place behind the last one. */
const beyond = (s: SubscriptValue, a: NDArray): boolean =>
  s.kind === 'at' && s.value.kind === 'scalar' && Number(s.value.value) > sizeOf(a.shape);

/** Whether the subscripts are numbers that name one place on the diagonal. */
function isOnDiagonal(subscripts: readonly SubscriptValue[], [rows, columns]: readonly number[]): boolean {
  const at = subscripts.map(s =>
    s.kind === 'at' && s.value.kind === 'scalar' && s.value.dtype === 'float64'
      ? Number(s.value.value) - 1
      : Number.NaN,
  );
  const [i, j] = at.length === 1 ? [at[0] % rows, Math.floor(at[0] / rows)] : at;
  return i === j && i < rows && j < columns;
}

const isVoid = (a: NDArray): boolean => a.shape[0] === 0 && a.shape[1] === 0;

/** Octave keeps an assigned matrix complex until it is used; it is 1×1 that becomes a scalar. */
const plain = (a: NDArray): Value => fromNumbers(a);

/** The class that the matrix keeps or takes; an empty one takes that of the values. */
function typeAfter(a: NDArray, b: NDArray): DType {
  if (isVoid(a) && (b.dtype === 'bool' || b.dtype === 'float32' || isIntegerClass(b.dtype)))
    unknown('the class of this matrix is not known here');
  if (b.dtype === 'complex128') {
    if (a.dtype === 'bool') unknown('complex numbers in a logical matrix are not covered');
    return arithmeticType(a, b);
  }
  if (a.dtype === 'bool' && isIntegerClass(b.dtype)) unknown('integers in a logical matrix are not covered');
  return a.dtype;
}

function assignText(text: string, subscripts: readonly SubscriptValue[], value: Value, context: Context): Value {
  const a = stored(stringValue(text));
  const result =
    subscripts.length === 1
      ? assignLinear(a, subscripts[0], stored(value), 'float64', context)
      : unknown('character matrices are not covered');
  const codes = realParts(result);
  return stringValue(String.fromCharCode(...codes));
}

const mismatch = (m: number, n: number, b: NDArray): never =>
  fail(`=: nonconformant arguments (op1 is ${m}x${n}, op2 is ${b.shape.join('x')})`);

/** Elements in column-major order, as pairs of numbers when complex. */
function columnMajor(a: NDArray, dtype: DType): Float64Array {
  const c = toClass(a, dtype);
  const [rows, columns] = c.shape;
  const width = dtype === 'complex128' ? 2 : 1;
  const data = new Float64Array(rows * columns * width);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) {
      for (let w = 0; w < width; w++) data[(j * rows + i) * width + w] = Number(c.data[(i * columns + j) * width + w]);
    }
  }
  return data;
}

function fromColumnMajor(data: Float64Array, rows: number, columns: number, dtype: DType): NDArray {
  const width = dtype === 'complex128' ? 2 : 1;
  const out = new Float64Array(rows * columns * width);
  for (let j = 0; j < columns; j++) {
    for (let i = 0; i < rows; i++) {
      for (let w = 0; w < width; w++) out[(i * columns + j) * width + w] = data[(j * rows + i) * width + w];
    }
  }
  return width === 2 ? ndarray(dtype, [rows, columns], out) : toClass(ndarray('float64', [rows, columns], out), dtype);
}

function assignLinear(a: NDArray, subscript: SubscriptValue, b: NDArray, dtype: DType, context: Context): NDArray {
  let [rows, columns] = a.shape;
  const p = places(subscript, rows * columns, 0, 1);
  const count = p.at.length;
  const single = sizeOf(b.shape) === 1;
  if (!single && sizeOf(b.shape) !== count) mismatch(count, 1, b);
  const size = largest(p) + 1;
  if (size > rows * columns) {
    if (rows === 0 || rows === 1) [rows, columns] = [1, size];
    else if (columns === 1) rows = size;
    else fail('Invalid resizing operation or ambiguous assignment to an out-of-bounds array element');
  }
  context.budget.claim(rows * columns);
  const width = dtype === 'complex128' ? 2 : 1;
  const data = new Float64Array(rows * columns * width);
  data.set(columnMajor(a, dtype));
  const source = columnMajor(b, dtype);
  for (let k = 0; k < count; k++) {
    for (let w = 0; w < width; w++) data[p.at[k] * width + w] = source[(single ? 0 : k) * width + w];
  }
  return fromColumnMajor(data, rows, columns, dtype);
}

function assignGrid(
  a: NDArray,
  subscripts: readonly SubscriptValue[],
  b: NDArray,
  dtype: DType,
  context: Context,
): NDArray {
  const single = sizeOf(b.shape) === 1;
  const all = subscripts.map((s, i) => {
    const p = places(s, a.shape[i] ?? 1, i, subscripts.length);
    return p.colon && isVoid(a) && i < 2 ? colonOfEmpty(i, subscripts, b) : p;
  });
  if (all.slice(2).some(p => p.at.length !== 1 || p.at[0] !== 0)) unknown('more than two dimensions are not covered');
  const [r, c] = all;
  const [m, n] = [r.at.length, c.at.length];
  const [bm, bn] = b.shape;
  const vectors = (m === 1 || n === 1) && (bm === 1 || bn === 1) && m * n === bm * bn;
  if (!single && !(m === bm && n === bn) && !vectors) mismatch(m, n, b);
  const rows = Math.max(a.shape[0], largest(r) + 1);
  const columns = Math.max(a.shape[1], largest(c) + 1);
  context.budget.claim(rows * columns);
  const width = dtype === 'complex128' ? 2 : 1;
  const data = new Float64Array(rows * columns * width);
  const old = toClass(a, dtype);
  for (let i = 0; i < a.shape[0]; i++) {
    for (let k = 0; k < a.shape[1] * width; k++)
      data[i * columns * width + k] = Number(old.data[i * a.shape[1] * width + k]);
  }
  const source = columnMajor(b, dtype);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < m; i++) {
      const from = single ? 0 : j * m + i;
      for (let w = 0; w < width; w++) data[(r.at[i] * columns + c.at[j]) * width + w] = source[from * width + w];
    }
  }
  return width === 2 ? ndarray(dtype, [rows, columns], data) : asType(ndarray('float64', [rows, columns], data), dtype);
}

/** A colon along an empty matrix means as many places as the values need. */
function colonOfEmpty(position: number, subscripts: readonly SubscriptValue[], b: NDArray): Places {
  const other = subscripts[1 - position];
  const alone = other.kind === 'at' && sizeOf(stored(other.value).shape) === 1;
  const extent = alone && (b.shape[0] === 1 || b.shape[1] === 1) ? sizeOf(b.shape) : b.shape[position];
  return { at: Int32Array.from({ length: extent }, (_, i) => i), shape: [extent, 1], colon: true, plain: true };
}

/** `a(…) = []` */
function remove(a: NDArray, subscripts: readonly SubscriptValue[]): NDArray {
  const [rows, columns] = a.shape;
  if (subscripts.length === 1) {
    const p = places(subscripts[0], rows * columns, 0, 1);
    if (p.colon) return ndarray(a.dtype, [0, 0], new Float64Array(0));
    const top = largest(p);
    if (top >= rows * columns) fail(`A(I) = []: index out of bounds: value ${top + 1} out of bound ${rows * columns}`);
    const down = columns === 1 && rows !== 1;
    const [m, n] = down ? [rows, 1] : [1, rows * columns];
    const flat = fromColumnMajor(columnMajor(a, a.dtype), m, n, a.dtype);
    return without(flat, p, down ? 0 : 1);
  }
  if (subscripts.length > 2) unknown('more than two dimensions are not covered');
  const both = subscripts.map((s, i) => places(s, a.shape[i], i, 2));
  const axis = both[0].colon ? 1 : both[1].colon ? 0 : undefined;
  if (axis === undefined) return fail('a null assignment can only have one non-colon index');
  const top = largest(both[axis]);
  if (top >= a.shape[axis])
    fail(`A(..,I,..) = []: index out of bounds: value ${top + 1} out of bound ${a.shape[axis]}`);
  return without(a, both[axis], axis);
}

function without(a: NDArray, p: Places, axis: 0 | 1): NDArray {
  const gone = new Set(p.at);
  const kept = Array.from({ length: a.shape[axis] }, (_, i) => i).filter(i => !gone.has(i));
  const shape = axis === 0 ? [kept.length, a.shape[1]] : [a.shape[0], kept.length];
  const width = a.dtype === 'complex128' ? 2 : 1;
  const out = new Float64Array(sizeOf(shape) * width);
  for (let i = 0; i < shape[0]; i++) {
    for (let j = 0; j < shape[1]; j++) {
      const from = (axis === 0 ? kept[i] * a.shape[1] + j : i * a.shape[1] + kept[j]) * width;
      for (let w = 0; w < width; w++) out[(i * shape[1] + j) * width + w] = Number(a.data[from + w]);
    }
  }
  return width === 2 ? ndarray(a.dtype, shape, out) : asType(ndarray('float64', shape, out), a.dtype);
}
