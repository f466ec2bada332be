import { exponentials } from './exponential';
import { largest, pairwise, REAL_LOOPS_2 } from './real-loops';
import { unwritten } from './unwritten';

/** exp(x − max) over its sum. A lane of −∞ alone has no softmax: NaN. */
export function softmax(x: Float64Array): Float64Array {
  const out = unwritten(x.length);
  exponentials(x, out, largest(x, 0, x.length));
  REAL_LOOPS_2.divide(out, Float64Array.of(pairwise(out, 0, out.length)), out);
  return out;
}

/** Every lane of `n` numbers replaced by what `f` makes of it; `f` leaves the numbers that it gets as they are. */
export function eachLane(x: Float64Array, n: number, f: (lane: Float64Array) => Float64Array): Float64Array {
  if (n === x.length) return f(x);
  const out = unwritten(x.length);
  for (let k = 0; k < x.length; k += Math.max(n, 1)) out.set(f(x.subarray(k, k + n)), k);
  return out;
}
