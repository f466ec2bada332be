import { at, copyIn, inRoom, reach } from './wasm';

/** Beyond these the result is 0 or infinite, or too near to it for the method. */
export const MAX_EXPONENT = 700;

/** 2^(j / STEPS) is TABLE[2 j] · (1 + TABLE[2 j + 1]) to more than 100 bits. */
const STEPS = 128;
const TABLE = new Float64Array(2 * STEPS);
const FIXED = 160n;
{
  // In fixed point: the root of 2 by seven square roots, then its powers.
  let root = 2n << FIXED;
  for (let k = 1; k < STEPS; k *= 2) root = squareRoot(root << FIXED);
  let power = 1n << FIXED;
  for (let j = 0; j < 2 * STEPS; j += 2) {
    TABLE[j] = Number(power) / 2 ** 160;
    const exact = BigInt(TABLE[j] * 2 ** 52) << (FIXED - 52n);
    TABLE[j + 1] = Number(power - exact) / 2 ** 160 / TABLE[j];
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
export const LN2_HIGH = 0.6931471803691238;
export const LN2_LOW = 1.9082149292705877e-10;

/** e^x where the method does not reach. */
const end = (x: number): number => (x < -746 ? 0 : x > 710 ? Number.POSITIVE_INFINITY : Math.exp(x));

/**
 * e to the x: x = k · ln 2 / 128 + r, so that e^x = 2^(k / 128) · e^r with a table and five terms (Tang 1989). The small
 * part is added last, which leaves an error of 0.51 of the last place.
 */
export function exp(x: number): number {
  if (!(x > -MAX_EXPONENT && x < MAX_EXPONENT)) return end(x);
  const k = x * (STEPS / Math.LN2) + ROUNDER - ROUNDER;
  const r = x - k * (LN2_HIGH / STEPS) - k * (LN2_LOW / STEPS);
  const n = k | 0;
  const j = 2 * (n & (STEPS - 1));
  const power = TABLE[j] * POWERS[(n >> 7) + BIAS];
  const square = r * r;
  const rest = TABLE[j + 1] + r + square * (1 / 2 + r * (1 / 6)) + square * square * (1 / 24 + r * (1 / 120));
  return power + power * rest;
}

/** What the compiled loop reads of this, each number twice. */
const CONSTANTS = Float64Array.from(
  [MAX_EXPONENT, STEPS / Math.LN2, ROUNDER, LN2_HIGH / STEPS, LN2_LOW / STEPS, 1 / 2, 1 / 6, 1 / 24, 1 / 120].flatMap(
    c => [c, c],
  ),
);

/** Numbers that go into the kernels' memory and out again at a time, and from how many on that pays. */
const BLOCK = 4096;
const MANY = 256;

/** out = e^(x − shift) for every number of x, of which `out` may be the array. */
export function exponentials(x: Float64Array, out: Float64Array, shift = 0): void {
  if (x.length < MANY) plainExponentials(x, out, shift);
  else
    inRoom(TABLE.length + CONSTANTS.length + BLOCK, take => {
      const [table, constants] = [copyIn(take, TABLE), copyIn(take, CONSTANTS)];
      const block = take(BLOCK, false);
      const kernels = reach(table, block);
      if (!kernels) return plainExponentials(x, out, shift);
      for (let k = 0; k < x.length; k += BLOCK) {
        const from = x.subarray(k, k + BLOCK);
        const powers = block.subarray(0, from.length);
        powers.set(from);
        const all = kernels.exponentials(at(block, 0), from.length, shift, at(table, 0), at(constants, 0));
        if (!all) {
          for (let i = 0; i < from.length; i++) {
            const y = from[i] - shift;
            if (!(y > -MAX_EXPONENT && y < MAX_EXPONENT)) powers[i] = end(y);
          }
        }
        out.set(powers, k);
      }
    });
}

function plainExponentials(x: Float64Array, out: Float64Array, shift: number): void {
  for (let k = 0; k < x.length; k++) out[k] = exp(x[k] - shift);
}
