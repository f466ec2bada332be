import { type DType, integerRange, isFloatType } from '../../../values/dtype';
import { ndarray, sizeOf, toFloat64, toIntegers } from '../../../values/ndarray';
import { scalar, type Value } from '../../../values/value';
import { fail } from '../../stop';
import { singleShape } from '../apply';
import { int, toArray, typeName } from '../coerce';
import { dtypeOf } from '../dtypes';
import { boundedIntegers, type Width } from './bounded';
import { type Drawing, isNone, shapeOf, spread, wholeArray } from './drawing';

const WIDTHS: Readonly<Partial<Record<DType, Width>>> = {
  int64: 64,
  uint64: 64,
  int32: 32,
  uint32: 32,
  int16: 16,
  uint16: 16,
  int8: 8,
  uint8: 8,
  bool: 1,
};

interface Bounds {
  readonly shape: readonly number[];
  readonly values: readonly bigint[];
}

/** A bound as whole numbers; floats are cut towards 0, as `int` does. */
function boundsOf(v: Value | number): Bounds {
  if (typeof v === 'number') return { shape: [], values: [BigInt(v)] };
  if (v.kind === 'scalar' && typeof v.value === 'bigint') return { shape: [], values: [v.value] };
  if (v.kind === 'string' || v.kind === 'none')
    return fail(
      `TypeError: int() argument must be a string, a bytes-like object or a real number, not '${typeName(v)}'`,
    );
  const array = toArray(v);
  if (!isFloatType(array.dtype)) return { shape: array.shape, values: toIntegers(array) };
  const numbers = toFloat64(array);
  if (!numbers.every(Number.isFinite)) fail('OverflowError: cannot convert float infinity to integer');
  return { shape: array.shape, values: Array.from(numbers, x => BigInt(Math.trunc(x))) };
}

/**
 * Whole numbers from `low` to below `high`, or to `high` itself when `closed`; with one bound, from 0. The one or the other
 * may be an array. `dtype` is the argument of that name: Python's own int and bool make Python numbers of a single draw.
 */
export function integers(
  drawing: Drawing,
  given: { readonly low: Value | number | undefined; readonly high?: Value; readonly size?: Value },
  type: { readonly dtype: Value | undefined; readonly otherwise: DType; readonly python: boolean },
  method: 'mask' | 'lemire',
  closed: boolean,
): Value {
  const dtype = dtypeOf(type.dtype) ?? type.otherwise;
  const width = WIDTHS[dtype];
  if (width === undefined)
    return fail(`TypeError: Unsupported dtype dtype('${dtype}') for ${method === 'mask' ? 'randint' : 'integers'}`);
  const first = boundsOf(given.low ?? fail('TypeError: missing argument low'));
  const [low, high] = isNone(given.high) ? [{ shape: [], values: [0n] }, first] : [first, boundsOf(given.high)];
  const wanted = shapeOf(given.size);
  if (wanted !== undefined && sizeOf(wanted) === 0) return wholeArray(wanted, [], dtype);
  const top = { shape: high.shape, values: closed ? high.values : high.values.map(value => value - 1n) };
  const [least, most] = dtype === 'bool' ? [0n, 1n] : integerRange(dtype);
  if (low.values.some(value => value < least)) fail(`ValueError: low is out of bounds for ${dtype}`);
  if (top.values.some(value => value > most)) fail(`ValueError: high is out of bounds for ${dtype}`);
  const pick = boundedIntegers(drawing.source, width, method);
  if (low.shape.length === 0 && high.shape.length === 0) {
    const from = low.values[0];
    const next = pick(reach(from, top.values[0], low.values, closed));
    const count = wanted === undefined ? 1 : sizeOf(wanted);
    drawing.claim(count);
    if (wanted === undefined) {
      const value = sum(from, next());
      if (dtype === 'bool') return scalar('bool', value === 1, isPython(type));
      return isPython(type) ? int(value) : scalar(dtype, value);
    }
    const values = Array.from({ length: count }, () => sum(from, next()));
    return wholeArray(wanted, values, dtype);
  }
  const bounds = singleShape(low.shape, high.shape);
  const limits = entries(top, bounds);
  entries(low, bounds).forEach((value, k) => reach(value, limits[k], low.values, closed));
  // NumPy fills an array of the size from what the bounds broadcast to, be that larger or not.
  const shape = singleShape(low.shape, high.shape, ...(wanted === undefined ? [] : [wanted]));
  const count = sizeOf(wanted ?? shape);
  drawing.claim(sizeOf(shape));
  const [from, to] = [low, top].map(bound => entries(bound, shape).slice(0, count));
  return wholeArray(
    wanted ?? shape,
    from.map((value, k) => sum(value, pick(to[k] - value)())),
    dtype,
  );
}

const isPython = ({ dtype, python }: { readonly dtype: Value | undefined; readonly python: boolean }): boolean =>
  isNone(dtype) ? python : dtype.kind === 'function';

/** How far the upper bound is; NumPy's error where it is below. A lower bound of 0 was probably not written. */
function reach(from: bigint, to: bigint, low: readonly bigint[], closed: boolean): bigint {
  if (from <= to) return to - from;
  return fail(
    `ValueError: ${low.every(value => value === 0n) ? `high ${closed ? '<' : '<='} 0` : `low ${closed ? '>' : '>='} high`}`,
  );
}

function sum(low: bigint, offset: number | bigint): number | bigint {
  if (typeof offset === 'number' && low === 0n) return offset;
  const total = low + BigInt(offset);
  const small = Number(total);
  return Number.isSafeInteger(small) ? small : total;
}

/** The bounds of all entries, as they broadcast. */
function entries({ shape: own, values }: Bounds, shape: readonly number[]): readonly bigint[] {
  const places = ndarray('float64', own, Float64Array.from(values.keys()));
  return Array.from(spread(places, shape), at => values[at]);
}
