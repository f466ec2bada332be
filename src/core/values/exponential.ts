/**
 * exp and log to the nearest double but for a few hundredths of its last place, as the C library's are. The runtime's own
 * may be off by the last place, which shows in a determinant that NumPy finds by logarithms.
 */
import { LN2_HIGH, LN2_LOW, MAX_EXPONENT } from '../kernels/exponential';

export { exp, exponentials } from '../kernels/exponential';

/** exp(x) as 2^k · (1 + high + low), after Cody and Waite's reduction of x by multiples of ln 2. */
function reduced(x: number): { readonly k: number; readonly high: number; readonly low: number } {
  const k = Math.round(x / Math.LN2);
  const first = x - k * LN2_HIGH;
  const second = k * LN2_LOW;
  const r = first - second;
  const rest = first - r - second;
  // The terms of the series from r²/2 on, by Horner's rule; |r| ≤ 0.35, so that 14 terms are more than enough.
  let sum = 0;
  for (let n = 16; n >= 3; n--) sum = ((1 + sum) * r) / n;
  const square = 0.5 * r * r * (1 + sum) + rest * (1 + r);
  const high = r + square;
  return { k, high, low: r - high + square };
}

/** The natural logarithm, by one step of Newton's method from the runtime's own. */
export function log(x: number): number {
  const y = Math.log(x);
  if (!(Math.abs(y) < MAX_EXPONENT) || y === 0) return y;
  const { k, high, low } = reduced(y);
  const scaled = x / 2 ** k;
  // scaled − (1 + high + low), largest parts first.
  const difference = scaled - 1 - high - low;
  return y + difference / (1 + high);
}
