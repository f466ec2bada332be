// biome-ignore-all lint/correctness/noPrecisionLoss: coefficients as they are published

import { fusedSingle as fused } from '../../values/fused';

/**
 * exp, log, sin and cos of float32 numbers as NumPy's own vector loops compute them (numpy/core/src/umath, loops_exponent_log
 * and loops_trigonometric): reduction by Cody and Waite, then quotients or polynomials, each step rounded once. To the last
 * bit those of NumPy 1.24 and 2.4 on processors with fused multiply-add.
 */

const round = Math.fround;
const floats = (...list: readonly number[]): readonly number[] => list.map(round);

/** Adding and taking away 1.5·2²³ rounds to a whole number, halves to the even one. */
const MAGIC = 1.5 * 2 ** 23;
const whole = (x: number): number => round(round(x) + MAGIC) - MAGIC;

/** A polynomial from its highest coefficient down (Horner). */
const polynomial = (coefficients: readonly number[], x: number): number =>
  coefficients.slice(1).reduce((sum, c) => fused(sum, x, c), coefficients[0]);

const LOG2_E = round(Math.LOG2E);
const [LN2_HIGH, LN2_LOW] = floats(0.693145752, 1.42860677e-6);
const EXP_TOP = floats(
  0.0005082762527590694,
  0.006757896990527505,
  0.051145120816372985,
  0.24736154348955208,
  0.7257664613233125,
  0.9999999999980871,
);
const EXP_BOTTOM = floats(0.021595093756858297, -0.27423353904116676, 1);
const [EXP_MOST, EXP_LEAST] = floats(88.72283935546875, -103.97208404541016);

function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > EXP_MOST) return Number.POSITIVE_INFINITY;
  if (x < EXP_LEAST) return 0;
  const power = whole(x * LOG2_E);
  const r = fused(power, -LN2_LOW, fused(power, -LN2_HIGH, x));
  return round(round(polynomial(EXP_TOP, r) / polynomial(EXP_BOTTOM, r)) * 2 ** power);
}

const LN2 = round(Math.LN2);
const ROOT2 = round(Math.SQRT2);
const LOG_TOP = floats(
  0.025899791179079226,
  0.3808837741388408,
  1.4800006335765066,
  2.112677543073053,
  0.9999999999999999,
  0,
);
const LOG_BOTTOM = floats(
  0.005875095403124574,
  0.15464763749839067,
  0.9864942958519419,
  2.453006071784736,
  2.6126775430731093,
  1,
);

function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = Math.floor(Math.log2(x));
  let mantissa = x / 2 ** exponent;
  if (mantissa > ROOT2) {
    mantissa /= 2;
    exponent++;
  } else if (mantissa <= ROOT2 / 2) {
    mantissa *= 2;
    exponent--;
  }
  const r = round(mantissa - 1);
  return fused(exponent, LN2, round(polynomial(LOG_TOP, r) / polynomial(LOG_BOTTOM, r)));
}

const TWO_OVER_PI = round(2 / Math.PI);
/** π/2 in three parts. */
const HALF_PI = floats(1.570796, 3.1391647e-7, 5.3903025e-15);
const COS = floats(2.4372266e-5, -1.388652e-3, 4.166662e-2, -0.5, 1);
const SIN = floats(2.8404097e-6, -1.9856491e-4, 8.333397e-3, -0.16666667);
/** Beyond these the C library is asked. */
const MOST = { sin: 117435.992, cos: 71476.0625 } as const;

const turned =
  (name: 'sin' | 'cos') =>
  (x: number): number => {
    if (x === 0 || !(Math.abs(x) <= MOST[name])) return round(Math[name](x));
    const quarter = whole(x * TWO_OVER_PI);
    const r = HALF_PI.reduce((rest, part) => fused(quarter, -part, rest), x);
    const square = round(r * r);
    const turns = quarter + (name === 'cos' ? 1 : 0);
    const size =
      Math.abs(turns) % 2 === 1 ? polynomial(COS, square) : fused(round(polynomial(SIN, square) * square), r, r);
    return ((turns % 4) + 4) % 4 >= 2 ? -size : size;
  };

/** By the names of NumPy's functions. */
export const SINGLE_LOOPS: Readonly<Record<string, (x: number) => number>> = {
  exp,
  log,
  sin: turned('sin'),
  cos: turned('cos'),
};
