import { ndarray, sizeOf } from '../../values/ndarray';
import type { Value } from '../../values/value';
import type { Context } from '../dialect';
import { unknown } from '../stop';
import { fromNumbers, numbers, real, realParts } from './numbers';

const EPSILON = 2 ** -52;

/**
 * `base:increment:limit`. The count allows the quotient three ulps, so that 0:0.1:1 has eleven elements; an element is
 * base + k·increment, and the last one does not pass the limit.
 */
export function range(start: Value, step: Value | undefined, stop: Value, context: Context): Value {
  const [base, increment, limit] = [start, step ?? real(1), stop].map(end);
  if ([start, step, stop].some(v => v !== undefined && numbers(v).dtype === 'float32'))
    unknown('ranges of single precision are not covered');
  if (Number.isNaN(base) || Number.isNaN(increment) || Number.isNaN(limit)) return real(Number.NaN);
  const empty = increment === 0 || (increment > 0 ? base > limit : base < limit);
  const quotient = (limit - base) / increment;
  const count = empty ? 0 : Math.floor(quotient * (1 + 3 * EPSILON)) + 1;
  context.budget.claim(Number.isFinite(count) ? count : Number.MAX_SAFE_INTEGER);
  const data = Float64Array.from({ length: count }, (_, k) => base + k * increment);
  if (count > 0 && (increment > 0 ? data[count - 1] > limit : data[count - 1] < limit)) data[count - 1] = limit;
  const value = fromNumbers(ndarray('float64', [1, count], data));
  return value.kind === 'array' && count > 0 ? { ...value, range: { base, increment, limit } } : value;
}

/** An end of a range is a real scalar. */
function end(v: Value): number {
  const a = numbers(v);
  if (sizeOf(a.shape) !== 1 || a.dtype === 'complex128')
    unknown('a range between ends that are not real scalars is not covered');
  return realParts(a)[0];
}
