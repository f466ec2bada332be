import { fusedSingle as fused } from '../../../values/fused';

/**
 * Pairs of normal float32 numbers as torch's vectorised kernel for x86-64 makes them: Box and Muller's method with Cephes' logarithm,
 * sine and cosine in single precision, in the order in which the compiled kernel rounds.
 */

const round = Math.fround;
const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);
const horner = (terms: readonly number[], x: number): number =>
  terms.slice(1).reduce((sum, term) => fused(sum, x, term), terms[0]);
const singles = (...terms: readonly number[]): readonly number[] => terms.map(round);

const LOG_TERMS = singles(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);
const ROOT_HALF = round(Math.SQRT1_2);

/** The logarithm of a number in (0, 1]. */
function log(x: number): number {
  single[0] = x;
  let exponent = (bits[0] >>> 23) - 126;
  bits[0] = (bits[0] & 0x007fffff) | 0x3f000000;
  let r = single[0];
  if (r < ROOT_HALF) {
    exponent -= 1;
    r = round(round(r - 1) + r);
  } else r = round(r - 1);
  const square = round(r * r);
  const series = round(horner(LOG_TERMS, r) * r);
  const corrected = fused(series, square, round(exponent * round(-2.1219444e-4)));
  return fused(exponent, 0.693359375, round(r + fused(-0.5, square, corrected)));
}

const SINE_TERMS = singles(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1);
const COSINE_TERMS = singles(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2);
const PARTS = singles(-0.78515625, -2.4187564849853516e-4, -3.774894977445941e-8);
const FOUR_OVER_PI = round(1.27323954473516);

/** The sine and cosine of an angle from 0 on. */
function turn(angle: number): { readonly sine: number; readonly cosine: number } {
  const eighth = (Math.trunc(round(angle * FOUR_OVER_PI)) + 1) & ~1;
  const x = PARTS.reduce((rest, part) => fused(eighth, part, rest), angle);
  const square = round(x * x);
  const high = round(horner(COSINE_TERMS, square) * square);
  const cosine = round(fused(high, square, -round(square * 0.5)) + 1);
  const sine = fused(round(horner(SINE_TERMS, square) * square), x, x);
  const [first, second] = eighth & 2 ? [cosine, sine] : [sine, cosine];
  return { sine: eighth & 4 ? -first : first, cosine: (eighth - 2) & 4 ? second : -second };
}

const TWO_PI = round(2 * Math.PI);

/** Two normal numbers from two uniform ones in [0, 1). */
export function normalPair(u: number, v: number): readonly [number, number] {
  const radius = round(Math.sqrt(round(-2 * log(round(1 - u)))));
  const { sine, cosine } = turn(round(TWO_PI * v));
  return [round(radius * cosine), round(radius * sine)];
}
