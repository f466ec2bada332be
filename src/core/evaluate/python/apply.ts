import { partRounding } from '../../values/complex';
import { type DType, integerRange, isComplexType, MAX_SAFE_INTEGER, narrowing, partType } from '../../values/dtype';
import { arithmetic, compare } from '../../values/elementwise';
import {
  allocate,
  asType,
  broadcastShapes,
  broadcastTo,
  contiguous,
  generate,
  integersFrom,
  isBig,
  type NDArray,
  ndarray,
  sizeOf,
  toFloat64,
  toIntegers,
} from '../../values/ndarray';
import { REAL_LOOPS } from '../../values/real-loops';
import { unwritten } from '../../values/unwritten';
import { tuple, type Value } from '../../values/value';
import type { Context } from '../dialect';
import { fail } from '../stop';
import { needFit, operandArrays, resultType, shapeText, unwrap } from './coerce';
import { isWhole, loopType, noLoop, type Ufunc } from './ufuncs';

/** `(2,3)` as NumPy's broadcasting errors write a shape. */
export const tightShape = (shape: readonly number[]): string => shapeText(shape).replace(/ /g, '');

/** The common shape of arrays; NumPy's error when they do not broadcast. */
export function commonShape(...arrays: readonly NDArray[]): number[] {
  return (
    broadcastShapes(...arrays.map(a => a.shape)) ??
    fail(
      `ValueError: operands could not be broadcast together with shapes ${arrays.map(a => tightShape(a.shape)).join(' ')} `,
    )
  );
}

/** The shape that arrays broadcast to; where they do not, the error of `np.broadcast`, which counts them. */
export function singleShape(...shapes: readonly (readonly number[])[]): number[] {
  const common = broadcastShapes(...shapes);
  if (common !== undefined) return common;
  const rank = Math.max(...shapes.map(shape => shape.length));
  for (let axis = 0; axis < rank; axis++) {
    let first = 0;
    let length = 1;
    for (const [k, shape] of shapes.entries()) {
      const n = shape[axis - rank + shape.length] ?? 1;
      if (n === 1 || n === length) continue;
      if (length !== 1)
        fail(
          `ValueError: shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg ${first} with shape ${shapeText(shapes[first])} and arg ${k} with shape ${shapeText(shape)}.`,
        );
      first = k;
      length = n;
    }
  }
  return fail('ValueError: shape mismatch: objects cannot be broadcast to a single shape.');
}

/** A ufunc applied to its operands: broadcasting, type choice, and the value as NumPy gives it (0-d results as scalars). */
export function applyUfunc(u: Ufunc, operands: readonly Value[], context: Context, dtype?: DType): Value {
  const arrays = operandArrays(operands, u.comparison !== undefined);
  if (!u.comparison) {
    const d = dtype ?? resultType(operands);
    if (loopType(u, d) === undefined) fail(noLoop(u, d, arrays));
  }
  context.budget.claim(sizeOf(commonShape(...arrays)));
  recordStep(u, operands, arrays, context);
  if (u.comparison) return unwrap(compare(u.comparison, arrays[0], arrays[1]) ?? fail('ValueError'));
  const promoted = dtype ?? resultType(operands);
  if (u.arithmetic !== 'divide') needFit(operands, promoted);
  const results = ufuncArrays(u, arrays, promoted);
  return results.length === 1 ? unwrap(results[0]) : tuple(results.map(unwrap));
}

/** The same on arrays of one promoted type; two results for functions such as divmod. */
export function ufuncArrays(u: Ufunc, arrays: readonly NDArray[], promoted: DType): NDArray[] {
  if (u.comparison) return [compare(u.comparison, arrays[0], arrays[1]) ?? arrays[0]];
  const loop = loopType(u, promoted) ?? fail(noLoop(u, promoted, arrays));
  if (u.arithmetic) {
    if (
      u.arithmetic === 'power' &&
      isWhole(loop) &&
      sizeOf(commonShape(...arrays)) > 0 &&
      contiguous(arrays[1]).data.some((x: number | bigint) => x < 0)
    )
      fail('ValueError: Integers to negative integer powers are not allowed.');
    return [arithmetic(u.arithmetic, arrays[0], arrays[1], loop) ?? arrays[0]];
  }
  const shape = commonShape(...arrays);
  const full = arrays.map(a => contiguous(broadcastTo(asType(a, loop), shape)));
  if (u.name === 'divmod' && isWhole(loop))
    return (['floor-divide', 'modulo'] as const).map(op => arithmetic(op, arrays[0], arrays[1], loop) ?? arrays[0]);
  if (u.twice) {
    const [f, g] = u.twice;
    const second = u.name === 'frexp' ? 'int32' : loop;
    return [realLoop(full, shape, loop, f), realLoop(full, shape, second, g)];
  }
  if (isComplexType(loop) && u.complex) return [complexLoop(u, full, shape, loop)];
  if (loop !== 'bool' && isWhole(loop)) return [integerLoop(u, full, shape, loop)];
  if (u.integer && loop === 'bool' && !u.real) return [asType(integerLoop(u, full, shape, 'int64', true), 'bool')];
  const whole = loop === 'float64' && arrays.length === 1 && u.gives === undefined ? REAL_LOOPS[u.name] : undefined;
  if (whole) {
    const out = unwritten(sizeOf(shape));
    whole(toFloat64(full[0]), out);
    return [ndarray(loop, shape, out)];
  }
  const narrow = loop === 'float32' || narrowing(loop) !== undefined;
  const own = loop === 'float32' ? u.loop32 : undefined;
  const f = u.within?.(loop) ?? own ?? (narrow ? u.single : undefined) ?? u.real ?? fail(noLoop(u, promoted));
  return [realLoop(full, shape, u.gives === 'bool' ? 'bool' : loop, f)];
}

function realLoop(
  full: readonly NDArray[],
  shape: readonly number[],
  dtype: DType,
  f: (x: number, y: number) => number,
): NDArray {
  const x = toFloat64(full[0]);
  const y = full.length > 1 ? toFloat64(full[1]) : x;
  const n = sizeOf(shape);
  if (isWhole(dtype) && dtype !== 'bool')
    return asType(
      ndarray(
        'float64',
        shape,
        generate(n, k => f(x[k], y[k])),
      ),
      dtype,
    );
  const out = allocate(dtype, n);
  const round = narrowing(dtype);
  for (let k = 0; k < n; k++) out[k] = round ? round(f(x[k], y[k])) : f(x[k], y[k]);
  return ndarray(dtype, shape, out);
}

function complexLoop(u: Ufunc, full: readonly NDArray[], shape: readonly number[], loop: DType): NDArray {
  const x = full[0].data as Float64Array;
  const y = (full[1] ?? full[0]).data as Float64Array;
  const f = u.complex as NonNullable<Ufunc['complex']>;
  const round = partRounding(loop);
  const n = sizeOf(shape);
  const dtype = u.gives === 'part' ? partType(loop) : loop;
  const out = allocate(dtype, n);
  for (let k = 0; k < n; k++) {
    const z = f({ re: x[2 * k], im: x[2 * k + 1] }, { re: y[2 * k], im: y[2 * k + 1] }, round);
    if (u.gives === 'part') out[k] = z.re;
    else {
      out[2 * k] = z.re;
      out[2 * k + 1] = z.im;
    }
  }
  return ndarray(dtype, shape, out);
}

/** Integers: in float64 while every result is an integer in range, otherwise exactly. `flags` keeps only the lowest bit. */
function integerLoop(
  u: Ufunc,
  full: readonly NDArray[],
  shape: readonly number[],
  dtype: DType,
  flags = false,
): NDArray {
  const n = sizeOf(shape);
  const f = u.real;
  if (f && !full.some(a => isBig(a.data))) {
    const x = full[0].data as Float64Array;
    const y = (full[1] ?? full[0]).data as Float64Array;
    const [low, high] = integerRange(dtype).map(Number);
    const out = new Float64Array(n);
    let exact = true;
    for (let k = 0; k < n && exact; k++) {
      const z = f(x[k], y[k]);
      exact = Number.isInteger(z) && Math.abs(z) <= MAX_SAFE_INTEGER && z >= low && z <= high;
      out[k] = z + 0;
    }
    if (exact) return ndarray(dtype, shape, out);
  }
  const g =
    u.name === 'reciprocal' ? (x: bigint): bigint => reciprocal(x, dtype) : (u.integer ?? fail(noLoop(u, dtype)));
  const x = toIntegers(full[0]);
  const y = full.length > 1 ? toIntegers(full[1]) : x;
  return integersFrom(
    x.map((p, k) => (flags ? g(p, y[k]) & 1n : g(p, y[k]))),
    shape,
    dtype,
  );
}

/** 1 / x towards zero; of 0 what x86-64 makes of an infinity in the type. */
const reciprocal = (x: bigint, dtype: DType): bigint =>
  x !== 0n ? 1n / x : dtype === 'int64' || dtype === 'int32' ? BigInt(integerRange(dtype)[0]) : 0n;

/** Names the step for the explanations: the operations that have worked steps. */
function recordStep(u: Ufunc, operands: readonly Value[], arrays: readonly NDArray[], context: Context): void {
  if (u.name === 'sqrt') context.record('sqrt', operands);
  else if (u.name === 'negative') context.record('negate', operands);
  else if (u.name === 'multiply' && (arrays[0].shape.length === 0) !== (arrays[1].shape.length === 0))
    context.record('scale', arrays[0].shape.length === 0 ? operands : [operands[1], operands[0]]);
  else if (['add', 'subtract', 'multiply', 'divide', 'power'].includes(u.name)) context.record(u.name, operands);
}
