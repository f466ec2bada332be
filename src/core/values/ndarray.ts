import {
  type ArrayData,
  type Complex,
  type DType,
  type Element,
  type FloatType,
  isComplex,
  isComplexType,
  isFloatType,
  isIntegerType,
  MAX_SAFE_INTEGER,
  narrowing,
  partType,
  wrapInteger,
} from './dtype';
import { unwritten } from './unwritten';

/**
 * An immutable N-dimensional array: a view (`shape`, `strides`, `offset`, all in elements) of `data`.
 * Nobody writes to `data` after construction, so views share it freely; an assignment in the user's program makes a
 * new buffer, which only the run that made it may write to (see evaluate/heap).
 *
 * Storage: bool in Uint8Array; float16, bfloat16 and float32 in Float32Array; float64 in Float64Array; complex64 in Float32Array
 * and complex128 in Float64Array with (re, im) interleaved, element k at 2k; integers in Float64Array while every entry
 * is at most 2^53 in magnitude, otherwise int64 in BigInt64Array and uint64 in BigUint64Array, so that integers are
 * exact and the common case stays fast.
 */
export interface NDArray {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
  /** A view that NumPy lets nobody write to, as `np.diagonal` gives it. */
  readonly readOnly?: true;
  readonly data: ArrayData;
}

export const sizeOf = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);

/** Strides, in elements, of a row-major array. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= Math.max(shape[axis], 1);
  }
  return strides;
}

/** A row-major array over `data`, which must hold exactly the elements of `shape` (twice as many numbers if complex). */
export function ndarray(dtype: DType, shape: readonly number[], data: ArrayData): NDArray {
  for (const n of shape) if (!(n >= 0)) throw new RangeError(`a side of ${n}`);
  return { dtype, shape, strides: rowMajorStrides(shape), offset: 0, data };
}

/** Zero-filled storage for `count` elements. */
export function allocate(dtype: DType, count: number): Uint8Array | Float32Array | Float64Array {
  switch (dtype) {
    case 'bool':
      return new Uint8Array(count);
    case 'float16':
    case 'bfloat16':
    case 'float32':
      return new Float32Array(count);
    case 'complex64':
      return new Float32Array(2 * count);
    case 'complex128':
      return new Float64Array(2 * count);
    default:
      return new Float64Array(count);
  }
}

/** `count` numbers by their places; a plain loop, which is many times faster than `Float64Array.from` with a function. */
export function generate(count: number, f: (k: number) => number): Float64Array<ArrayBuffer> {
  const out = unwritten(count);
  for (let k = 0; k < count; k++) out[k] = f(k);
  return out;
}

/** An array of floats from numbers in row-major order, rounded to the type; float64 keeps `data` itself. */
export function fromReal(dtype: FloatType, shape: readonly number[], data: Float64Array): NDArray {
  if (dtype === 'float64') return ndarray(dtype, shape, data);
  const round = narrowing(dtype);
  return ndarray(dtype, shape, Float32Array.from(round ? data.map(round) : data));
}

/** Storage of integers beyond 2^53. */
export const isBig = (data: ArrayData): data is BigInt64Array | BigUint64Array =>
  data instanceof BigInt64Array || data instanceof BigUint64Array;

/** Numbers that one element takes in storage. */
const widthOf = (dtype: DType): 1 | 2 => (isComplexType(dtype) ? 2 : 1);

/** The element at storage position `index` (offset and strides already applied). */
export function elementAt(a: NDArray, index: number): Element {
  switch (a.dtype) {
    case 'bool':
      return a.data[index] !== 0;
    case 'complex64':
    case 'complex128':
      return { re: Number(a.data[2 * index]), im: Number(a.data[2 * index + 1]) };
    default:
      return a.data[index];
  }
}

/** Storage position of a full index. */
export function position(a: NDArray, index: readonly number[]): number {
  let p = a.offset;
  for (let axis = 0; axis < index.length; axis++) p += index[axis] * a.strides[axis];
  return p;
}

export const get = (a: NDArray, ...index: number[]): Element => elementAt(a, position(a, index));

export function isRowMajor(a: NDArray): boolean {
  let step = 1;
  for (let axis = a.shape.length - 1; axis >= 0; axis--) {
    if (a.shape[axis] !== 1 && a.strides[axis] !== step) return false;
    step *= a.shape[axis];
  }
  return true;
}

/** Whether two elements of a view may lie at one place in memory: an axis steps within what those with shorter steps reach. */
export function overlaps(a: NDArray): boolean {
  const axes = a.shape.map((n, i) => ({ n, step: Math.abs(a.strides[i]) })).filter(({ n }) => n > 1);
  axes.sort((p, q) => p.step - q.step);
  let reach = 0;
  for (const { n, step } of axes) {
    if (step <= reach) return true;
    reach += (n - 1) * step;
  }
  return false;
}

/**
 * Storage positions of all elements in row-major order of the index (`order` 'C') or column-major ('F').
 * The array is new.
 */
export function positions(a: NDArray, order: 'C' | 'F' = 'C'): Int32Array {
  const count = sizeOf(a.shape);
  const out = new Int32Array(count);
  if (count === 0) return out;
  const axes = a.shape.map((_, axis) => axis);
  if (order === 'F') axes.reverse();
  const index = new Int32Array(a.shape.length);
  let p = a.offset;
  for (let k = 0; k < count; k++) {
    out[k] = p;
    for (let i = axes.length - 1; i >= 0; i--) {
      const axis = axes[i];
      p += a.strides[axis];
      if (++index[axis] < a.shape[axis]) break;
      p -= a.strides[axis] * a.shape[axis];
      index[axis] = 0;
    }
  }
  return out;
}

/** The same elements in row-major storage of their own (or `a` itself when it is so already). */
export function contiguous(a: NDArray): NDArray {
  const count = sizeOf(a.shape);
  const width = widthOf(a.dtype);
  if (isRowMajor(a)) {
    if (a.offset === 0 && a.data.length === count * width) return a;
    const start = a.offset * width;
    return ndarray(a.dtype, a.shape, a.data.slice(start, start + count * width));
  }
  const from = positions(a);
  if (isBig(a.data)) {
    const data = a.data instanceof BigInt64Array ? new BigInt64Array(count) : new BigUint64Array(count);
    for (let k = 0; k < count; k++) data[k] = a.data[from[k]];
    return ndarray(a.dtype, a.shape, data);
  }
  const source: Uint8Array | Float32Array | Float64Array = a.data;
  const data = allocate(a.dtype, count) as typeof source;
  if (width === 2) {
    for (let k = 0; k < count; k++) {
      data[2 * k] = source[2 * from[k]];
      data[2 * k + 1] = source[2 * from[k] + 1];
    }
  } else {
    for (let k = 0; k < count; k++) data[k] = source[from[k]];
  }
  return ndarray(a.dtype, a.shape, data);
}

/** Elements in row-major order. For small arrays and for printing; kernels read `data`. */
export function elements(a: NDArray): Element[] {
  const from = positions(a);
  return Array.from(from, p => elementAt(a, p));
}

/**
 * Builds an array from elements in row-major order. Integers choose their storage by magnitude and must be in the range
 * of their type; floats are rounded to theirs.
 */
export function fromElements(dtype: DType, shape: readonly number[], items: readonly Element[]): NDArray {
  if (isComplexType(dtype)) {
    const data = allocate(dtype, items.length);
    items.forEach((e, k) => {
      const z: Complex = isComplex(e) ? e : { re: Number(e), im: 0 };
      data[2 * k] = z.re;
      data[2 * k + 1] = z.im;
    });
    return ndarray(dtype, shape, data);
  }
  if (isIntegerType(dtype) && items.some(e => typeof e === 'bigint' && !isSafeInteger(e)))
    return integersFrom(
      (items as (number | bigint)[]).map(e => BigInt(e)),
      shape,
      dtype,
    );
  const data = allocate(dtype, items.length);
  const round = narrowing(dtype) ?? Number;
  items.forEach((e, k) => {
    data[k] = round(Number(e as number));
  });
  return ndarray(dtype, shape, data);
}

export const isSafeInteger = (e: bigint): boolean => e >= -BigInt(MAX_SAFE_INTEGER) && e <= BigInt(MAX_SAFE_INTEGER);

/** Integer storage from exact integers, taken modulo 2^bits as the machine does; Float64Array when all are small. */
export function integersFrom(items: readonly bigint[], shape: readonly number[], dtype: DType = 'int64'): NDArray {
  const wrapped = items.map(e => wrapInteger(dtype, e));
  if (wrapped.every(isSafeInteger)) return ndarray(dtype, shape, Float64Array.from(wrapped, Number));
  return ndarray(dtype, shape, dtype === 'uint64' ? BigUint64Array.from(wrapped) : BigInt64Array.from(wrapped));
}

/** The elements as float64 in row-major order. Complex arrays lose nothing only if real; callers check `dtype` first. */
export function toFloat64(a: NDArray): Float64Array {
  const c = contiguous(a);
  if (isComplexType(c.dtype)) return generate(sizeOf(c.shape), k => Number(c.data[2 * k]));
  if (c.data instanceof Float64Array) return c.data;
  return isBig(c.data) ? Float64Array.from(c.data as BigInt64Array, Number) : Float64Array.from(c.data);
}

/** The integers of an integer or bool array, exactly, in row-major order. */
export function toIntegers(a: NDArray): bigint[] {
  return Array.from(contiguous(a).data as ArrayLike<number | bigint>, e => BigInt(e));
}

/** The view with its axes permuted; reversed by default. */
export function transpose(
  a: NDArray,
  axes: readonly number[] = a.shape.map((_, i) => a.shape.length - 1 - i),
): NDArray {
  return { ...a, shape: axes.map(i => a.shape[i]), strides: axes.map(i => a.strides[i]) };
}

/** The real (0) or imaginary (1) parts of a complex array: a view of every second number of its storage. */
export function partView(a: NDArray, which: 0 | 1): NDArray {
  return { ...a, dtype: partType(a.dtype), strides: a.strides.map(s => 2 * s), offset: 2 * a.offset + which };
}

/** The same elements, read in `order`, under another shape of equal size. A view wherever NumPy gives one. */
export function reshape(a: NDArray, shape: readonly number[], order: 'C' | 'F' = 'C'): NDArray {
  if (order === 'F') return transpose(reshape(transpose(a), [...shape].reverse()));
  const strides = viewStrides(a, shape);
  return strides ? { ...a, shape, strides } : ndarray(a.dtype, shape, contiguous(a).data);
}

/** The elements in one row, read in `order`: a view only of what is stored so (`numpy.ravel`). */
export function ravelled(a: NDArray, order: 'C' | 'F' = 'C'): NDArray {
  if (order === 'F') return ravelled(transpose(a));
  return reshape(isRowMajor(a) ? a : contiguous(a), [sizeOf(a.shape)]);
}

/**
 * The strides under which the same storage shows another shape, or undefined where it must be copied: runs of old axes
 * and of new ones that hold equally many elements are matched, and each old run must be evenly spaced
 * (`_attempt_nocopy_reshape` of NumPy).
 */
export function viewStrides(a: NDArray, shape: readonly number[]): number[] | undefined {
  if (isRowMajor(a) || sizeOf(shape) === 0) return rowMajorStrides(shape);
  const kept = a.shape.flatMap((n, axis) => (n === 1 ? [] : [axis]));
  const strides = new Array<number>(shape.length).fill(0);
  let [k, axis] = [0, 0];
  while (k < kept.length && axis < shape.length) {
    const [firstOld, firstNew] = [k, axis];
    let [old, now] = [a.shape[kept[k++]], shape[axis++]];
    while (old !== now) {
      if (now < old) now *= shape[axis++];
      else old *= a.shape[kept[k++]];
    }
    for (let i = firstOld; i + 1 < k; i++)
      if (a.strides[kept[i]] !== a.shape[kept[i + 1]] * a.strides[kept[i + 1]]) return undefined;
    let step = a.strides[kept[k - 1]];
    for (let i = axis - 1; i >= firstNew; i--) {
      strides[i] = step;
      step *= shape[i];
    }
  }
  // Sides of 1 behind the others take the last step.
  return strides.fill(axis > 0 ? strides[axis - 1] : 1, axis);
}

/** The common shape of operands under broadcasting, or undefined when they do not fit. */
export function broadcastShapes(...shapes: readonly (readonly number[])[]): number[] | undefined {
  const rank = Math.max(0, ...shapes.map(s => s.length));
  const out = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    for (let i = 0; i < shape.length; i++) {
      const axis = rank - shape.length + i;
      if (shape[i] === out[axis] || shape[i] === 1) continue;
      if (out[axis] !== 1) return undefined;
      out[axis] = shape[i];
    }
  }
  return out;
}

/** A view of `a` under a shape that it broadcasts to: repeated axes have stride 0. */
export function broadcastTo(a: NDArray, shape: readonly number[]): NDArray {
  const lead = shape.length - a.shape.length;
  const strides = shape.map((_, axis) => (axis < lead || a.shape[axis - lead] === 1 ? 0 : a.strides[axis - lead]));
  return { ...a, shape, strides };
}

/**
 * Converts to another dtype: to bool by truth, to integers towards zero and modulo 2^bits, from complex by dropping the
 * imaginary part. Numbers that no int64 holds convert as on x86-64.
 */
export function asType(a: NDArray, dtype: DType): NDArray {
  if (a.dtype === dtype) return a;
  const c = contiguous(a);
  const count = sizeOf(c.shape);
  if (isComplexType(dtype)) {
    const data = allocate(dtype, count);
    if (isComplexType(c.dtype)) data.set(c.data as Float64Array);
    else for (let k = 0; k < count; k++) data[2 * k] = Number(c.data[k]);
    return ndarray(dtype, a.shape, data);
  }
  if (dtype === 'bool') {
    const truth = isComplexType(c.dtype)
      ? (k: number) => c.data[2 * k] !== 0 || c.data[2 * k + 1] !== 0
      : (k: number) => Number(c.data[k]) !== 0;
    return ndarray(
      dtype,
      a.shape,
      Uint8Array.from({ length: count }, (_, k) => (truth(k) ? 1 : 0)),
    );
  }
  if (isFloatType(dtype)) {
    return fromReal(dtype, a.shape, toFloat64(c));
  }
  if (isIntegerType(c.dtype) || c.dtype === 'bool') {
    if (!isBig(c.data) && (c.dtype === 'bool' || dtype === 'int64'))
      return ndarray(dtype, a.shape, Float64Array.from(c.data));
    return integersFrom(toIntegers(c), a.shape, dtype);
  }
  const real = toFloat64(c);
  if (dtype === 'int64') {
    const whole = new Float64Array(real.length);
    let small = true;
    for (let k = 0; k < real.length && small; k++) {
      small = Math.abs(real[k]) <= MAX_SAFE_INTEGER;
      whole[k] = Math.trunc(real[k]) + 0;
    }
    if (small) return ndarray(dtype, a.shape, whole);
  }
  const narrow = dtype !== 'int64' && dtype !== 'uint64' && dtype !== 'uint32';
  return integersFrom(
    Array.from(real, x => machineInteger(x, dtype, narrow)),
    a.shape,
    dtype,
  );
}

/**
 * What the x86-64 conversion instructions give: a 32-bit one for narrow types, else a 64-bit one. Out of their range both
 * give the lowest integer; uint64 has the upper half of its own.
 */
function machineInteger(x: number, dtype: DType, narrow: boolean): bigint {
  const limit = narrow ? 2 ** 31 : 2 ** 63;
  if (Number.isFinite(x) && Math.trunc(x) >= -limit && Math.trunc(x) < limit) return BigInt(Math.trunc(x));
  if (dtype === 'uint64' && x >= 2 ** 63) return x < 2 ** 64 ? BigInt(Math.trunc(x)) : 0n;
  return narrow ? -(2n ** 31n) : -(2n ** 63n);
}
