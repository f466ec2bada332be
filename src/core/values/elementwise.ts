import * as c from './complex';
import {
  type ArrayData,
  type Complex,
  type DType,
  type FloatType,
  integerRange,
  isComplexType,
  isFloatType,
  isIntegerType,
  MAX_SAFE_INTEGER,
  narrowing,
  wrapInteger,
} from './dtype';
import {
  allocate,
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  fromReal,
  integersFrom,
  isBig,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
  toIntegers,
} from './ndarray';
import { REAL_LOOPS_2 } from './real-loops';
import { unwritten } from './unwritten';

export type Arithmetic = 'add' | 'subtract' | 'multiply' | 'divide' | 'power' | 'floor-divide' | 'modulo';
export type ComparisonKind = 'equal' | 'not-equal' | 'less' | 'less-equal' | 'greater' | 'greater-equal';

/** Python's floor division and modulo: the remainder takes the divisor's sign. */
export const floorDivide = (x: number, y: number): number => {
  if (y === 0) return x / y;
  const rest = x % y;
  let quotient = (x - rest) / y;
  if (rest !== 0 && rest < 0 !== y < 0) quotient -= 1;
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const whole = Math.floor(quotient);
  return quotient - whole > 0.5 ? whole + 1 : whole;
};
export const modulo = (x: number, y: number): number => {
  const m = x % y;
  if (m === 0) return y < 0 ? -0 : 0;
  return m < 0 !== y < 0 ? m + y : m;
};

export const REAL: Readonly<Record<Arithmetic, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  divide: (x, y) => x / y,
  // As C has it: 1 to any power, and −1 to an infinite one, is 1.
  power: (x, y) => (x === 1 || y === 0 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y),
  'floor-divide': floorDivide,
  modulo,
};

type ComplexOperation = (x: Complex, y: Complex, round: c.Rounding) => Complex;

const COMPLEX: Readonly<Record<Arithmetic, ComplexOperation | undefined>> = {
  add: c.add,
  subtract: c.subtract,
  multiply: c.multiplyRounding,
  divide: c.divideRounding,
  power: c.pow,
  'floor-divide': undefined,
  modulo: undefined,
};

const floorBig = (x: bigint, y: bigint): bigint => {
  const q = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? q - 1n : q;
};

/** Integer arithmetic on exact integers; division by zero gives 0 as NumPy's does. */
const INTEGER: Readonly<Record<Exclude<Arithmetic, 'divide'>, (x: bigint, y: bigint) => bigint>> = {
  add: (x, y) => x + y,
  subtract: (x, y) => x - y,
  multiply: (x, y) => x * y,
  power: (x, y) => (y < 0n ? 0n : powerModulo(x, y)),
  'floor-divide': (x, y) => (y === 0n ? 0n : floorBig(x, y)),
  modulo: (x, y) => (y === 0n ? 0n : x - y * floorBig(x, y)),
};

/** x^y modulo 2^64, so that a huge exponent costs only its digits. */
function powerModulo(x: bigint, y: bigint): bigint {
  let result = 1n;
  let base = BigInt.asIntN(64, x);
  for (let n = y; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return result;
}

/** Both operands laid out row-major under their common shape, or undefined when they do not broadcast. */
function aligned(
  a: NDArray,
  b: NDArray,
): { readonly shape: readonly number[]; readonly a: NDArray; readonly b: NDArray } | undefined {
  const shape = broadcastShapes(a.shape, b.shape);
  return shape && { shape, a: contiguous(broadcastTo(a, shape)), b: contiguous(broadcastTo(b, shape)) };
}

/**
 * `a op b` with broadcasting, computed in `dtype`: integers exactly and modulo 2^bits, narrow floats rounded after
 * the operation. Undefined when the shapes do not broadcast. Complex has no floor division: callers refuse it first;
 * `complexly` says how complex numbers do it, which is as NumPy's loops do where nothing is said.
 */
export function arithmetic(
  op: Arithmetic,
  a: NDArray,
  b: NDArray,
  dtype: DType,
  complexly: ComplexOperation | undefined = COMPLEX[op],
): NDArray | undefined {
  const [left, right] = [asType(a, dtype), asType(b, dtype)];
  const real = isFloatType(dtype) ? realArithmetic(op, left, right, dtype) : undefined;
  if (real) return real;
  const pair = aligned(left, right);
  if (!pair) return undefined;
  const { shape } = pair;
  const n = sizeOf(shape);
  if (isComplexType(dtype)) {
    if (!complexly) throw new Error(`${op} of complex numbers`);
    const round = c.partRounding(dtype);
    const x = pair.a.data as Float64Array;
    const y = pair.b.data as Float64Array;
    const out = allocate(dtype, n);
    for (let k = 0; k < n; k++) {
      const z = complexly({ re: x[2 * k], im: x[2 * k + 1] }, { re: y[2 * k], im: y[2 * k + 1] }, round);
      out[2 * k] = z.re;
      out[2 * k + 1] = z.im;
    }
    return ndarray(dtype, shape, out);
  }
  if (isIntegerType(dtype)) return integerArithmetic(op, pair.a, pair.b, shape, dtype);
  const x = toFloat64(pair.a);
  const y = toFloat64(pair.b);
  const out = allocate(dtype, n);
  const f = REAL[op];
  for (let k = 0; k < n; k++) out[k] = f(x[k], y[k]);
  if (dtype === 'bool') for (let k = 0; k < n; k++) out[k] = out[k] ? 1 : 0;
  const round = narrowing(dtype);
  if (round) for (let k = 0; k < n; k++) out[k] = round(out[k]);
  return ndarray(dtype, shape, out);
}

/** The four basic operations of floats; a single number is not spread over an array first. Undefined for all else. */
function realArithmetic(op: Arithmetic, a: NDArray, b: NDArray, dtype: FloatType): NDArray | undefined {
  if (op !== 'add' && op !== 'subtract' && op !== 'multiply' && op !== 'divide') return undefined;
  const shape = broadcastShapes(a.shape, b.shape);
  if (!shape) return undefined;
  const operand = (v: NDArray): Float64Array => toFloat64(sizeOf(v.shape) === 1 ? v : broadcastTo(v, shape));
  const out = unwritten(sizeOf(shape));
  REAL_LOOPS_2[op](operand(a), operand(b), out);
  return fromReal(dtype, shape, out);
}

function integerArithmetic(op: Arithmetic, a: NDArray, b: NDArray, shape: readonly number[], dtype: DType): NDArray {
  if (op === 'divide') throw new Error('true division of integers gives floats');
  const n = sizeOf(shape);
  if (a.data instanceof Float64Array && b.data instanceof Float64Array) {
    const x = a.data;
    const y = b.data;
    const f = REAL[op];
    const out = new Float64Array(n);
    let exact = true;
    const [low, high] = integerRange(dtype).map(Number);
    const [least, most] = [Math.max(low, -MAX_SAFE_INTEGER), Math.min(high, MAX_SAFE_INTEGER)];
    for (let k = 0; k < n && exact; k++) {
      const z = f(x[k], y[k]);
      exact = Number.isInteger(z) && z >= least && z <= most;
      out[k] = z + 0;
    }
    if (exact) return ndarray(dtype, shape, out);
  }
  const f = INTEGER[op];
  return integersFrom(
    Array.from({ length: n }, (_, k) => wrapInteger(dtype, f(BigInt(a.data[k]), BigInt(b.data[k])))),
    shape,
    dtype,
  );
}

/** Whether two numbers, exact integers among them, are the same one. */
export function sameNumber(x: number | bigint, y: number | bigint): boolean {
  // biome-ignore lint/suspicious/noDoubleEquals: only == compares a bigint with a number by value, without rounding.
  return x == y;
}

const COMPARE: Readonly<Record<ComparisonKind, (x: number | bigint, y: number | bigint) => boolean>> = {
  equal: sameNumber,
  'not-equal': (x, y) => !sameNumber(x, y),
  less: (x, y) => x < y,
  'less-equal': (x, y) => x <= y,
  greater: (x, y) => x > y,
  'greater-equal': (x, y) => x >= y,
};

/** Elementwise comparison with broadcasting; complex numbers compare by real, then imaginary part, as NumPy does. */
export function compare(op: ComparisonKind, a: NDArray, b: NDArray): NDArray | undefined {
  const pair = aligned(a, b);
  if (!pair) return undefined;
  const n = sizeOf(pair.shape);
  const out = new Uint8Array(n);
  const f = COMPARE[op];
  if (isComplexType(a.dtype) || isComplexType(b.dtype)) {
    const x = asType(pair.a, 'complex128').data as Float64Array;
    const y = asType(pair.b, 'complex128').data as Float64Array;
    for (let k = 0; k < n; k++) {
      const sameReal = x[2 * k] === y[2 * k];
      if (op === 'equal' || op === 'not-equal')
        out[k] = (sameReal && x[2 * k + 1] === y[2 * k + 1]) === (op === 'equal') ? 1 : 0;
      else out[k] = (sameReal ? f(x[2 * k + 1], y[2 * k + 1]) : f(x[2 * k], y[2 * k])) ? 1 : 0;
    }
    return ndarray('bool', pair.shape, out);
  }
  const x = pair.a.data;
  const y = pair.b.data;
  for (let k = 0; k < n; k++) out[k] = f(x[k], y[k]) ? 1 : 0;
  return ndarray('bool', pair.shape, out);
}

/** A real function of every element, computed in float64 and stored as `dtype`. */
export function mapReal(a: NDArray, dtype: FloatType, f: (x: number) => number): NDArray {
  const round = narrowing(dtype);
  const x = toFloat64(a);
  const out = allocate(dtype, x.length);
  for (let k = 0; k < x.length; k++) out[k] = round ? round(f(x[k])) : f(x[k]);
  return ndarray(dtype, a.shape, out);
}

/** A complex function of every element: complex64 for complex64, otherwise complex128. */
export function mapComplex(a: NDArray, f: (z: Complex) => Complex): NDArray {
  const dtype = a.dtype === 'complex64' ? 'complex64' : 'complex128';
  const x = contiguous(asType(a, dtype)).data as Float64Array;
  const out = allocate(dtype, x.length / 2);
  for (let k = 0; k < x.length; k += 2) {
    const z = f({ re: x[k], im: x[k + 1] });
    out[k] = z.re;
    out[k + 1] = z.im;
  }
  return ndarray(dtype, a.shape, out);
}

/** Picks elements of `a` by storage positions in row-major order of a new shape. */
export function gather(a: NDArray, from: ArrayLike<number>, shape: readonly number[]): NDArray {
  const n = from.length;
  if (isBig(a.data)) {
    const out = a.data instanceof BigInt64Array ? new BigInt64Array(n) : new BigUint64Array(n);
    for (let k = 0; k < n; k++) out[k] = a.data[from[k]];
    return ndarray(a.dtype, shape, out);
  }
  const source = a.data;
  const out = allocate(a.dtype, n);
  if (isComplexType(a.dtype)) {
    for (let k = 0; k < n; k++) {
      out[2 * k] = source[2 * from[k]];
      out[2 * k + 1] = source[2 * from[k] + 1];
    }
  } else for (let k = 0; k < n; k++) out[k] = source[from[k]];
  return ndarray(a.dtype, shape, out);
}

/** A copy of `a` with the elements at `places` (indices into row-major order) replaced by `values`, converted to a's dtype. */
export function scatter(a: NDArray, places: ArrayLike<number>, values: NDArray): NDArray {
  const v = contiguous(asType(values, a.dtype));
  const own = contiguous(a);
  const base = own.data === a.data ? ndarray(a.dtype, a.shape, own.data.slice()) : own;
  if (isBig(base.data) || isBig(v.data)) {
    const all = toIntegers(base);
    for (let k = 0; k < places.length; k++) all[places[k]] = BigInt(v.data[k]);
    return integersFrom(all, a.shape, a.dtype);
  }
  place(base, places, v.data);
  return base;
}

/** Puts elements as they are stored into the storage of `a`, at positions in it; neither holds integers beyond 2^53. */
export function place(a: NDArray, places: ArrayLike<number>, source: ArrayData): void {
  const data = a.data as Float64Array;
  const from = source as Float64Array;
  if (isComplexType(a.dtype)) {
    for (let k = 0; k < places.length; k++) {
      data[2 * places[k]] = from[2 * k];
      data[2 * places[k] + 1] = from[2 * k + 1];
    }
  } else for (let k = 0; k < places.length; k++) data[places[k]] = from[k];
}
