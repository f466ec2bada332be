/**
 * exp and log to the nearest double but for a few hundredths of its last place, as the C library's are. The runtime's own
 * may be off by the last place, which shows in a determinant that NumPy finds by logarithms.
 */

/** Beyond these the result is 0 or infinite, or too near to it for the method. */
const MAX_EXPONENT = 700;

/** 2^(j / STEPS) is HIGH[j] · (1 + LOW[j]) to more than 100 bits. */
const STEPS = 128;
const HIGH = new Float64Array(STEPS);
const LOW = new Float64Array(STEPS);
const FIXED = 160n;
{
  // In fixed point: the root of 2 by seven square roots, then its powers.
  let root = 2n << FIXED;
  for (let k = 1; k < STEPS; k *= 2) root = squareRoot(root << FIXED);
  let power = 1n << FIXED;
  for (let j = 0; j < STEPS; j++) {
    HIGH[j] = Number(power) / 2 ** 160;
    const exact = BigInt(HIGH[j] * 2 ** 52) << (FIXED - 52n);
    LOW[j] = Number(power - exact) / 2 ** 160 / HIGH[j];
    power = (power * root) >> FIXED;
  }
}

/** The whole part of the root, by Newton's method from above. */
function squareRoot(n: bigint): bigint {
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (x + n / x) >> 1n;
    if (next >= x) return x;
    x = next;
  }
}

/** 2^(k − BIAS) for every exponent of a normal double. */
const BIAS = 1023;
const POWERS = new Float64Array(2 * BIAS + 1);
for (let k = 1; k < POWERS.length; k++) POWERS[k] = 2 ** (k - BIAS);

/** A number of this size has no room for a fraction: adding and subtracting it rounds to the nearest whole number. */
const ROUNDER = 1.5 * 2 ** 52;
/** ln 2 in two parts; whole multiples of the first are exact (fdlibm). */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/**
 * e to the x: x = k · ln 2 / 128 + r, so that e^x = 2^(k / 128) · e^r with a table and five terms (Tang 1989). The small
 * part is added last, which leaves an error of 0.51 of the last place.
 */
export function exp(x: number): number {
  if (!(x > -MAX_EXPONENT && x < MAX_EXPONENT)) return Math.exp(x);
  const k = x * (STEPS / Math.LN2) + ROUNDER - ROUNDER;
  const r = x - k * (LN2_HIGH / STEPS) - k * (LN2_LOW / STEPS);
  const n = k | 0;
  const j = n & (STEPS - 1);
  const power = HIGH[j] * POWERS[(n >> 7) + BIAS];
  const square = r * r;
  const rest = LOW[j] + r + square * (1 / 2 + r * (1 / 6)) + square * square * (1 / 24 + r * (1 / 120));
  return power + power * rest;
}

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
