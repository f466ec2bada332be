import { fused } from '../../../values/fused';
import { SINE_COSINE } from './c-library-tables';

/**
 * Sine and cosine to the last bit as the GNU C library gives them on x86-64 processors with fused multiplication (IBM's Accurate
 * Mathematical Library), for angles below 10^8.
 */

/** Adding this rounds to a multiple of 1/128. */
const GRID = 52776558133248;
const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/** Where the table has the nearest multiple of 1/128, and the rest. */
function onGrid(x: number): { readonly at: number; readonly rest: number } {
  number[0] = GRID + x;
  const at = words[0] << 2;
  return { at, rest: x - (number[0] - GRID) };
}

const cubic = (x: number, square: number, extra: number): number =>
  fused(x * square, fused(square, 0.00833333214285722, -0.16666666666666488), extra);
const even = (square: number): number =>
  square * fused(square, fused(square, 0.001388888740079376, -0.04166666666666644), 0.5);

/** cos(x + extra) for |x| up to about 0.86. */
function smallCosine(x: number, extra: number): number {
  const { at, rest: grid } = onGrid(Math.abs(x));
  const rest = grid + (x < 0 ? -extra : extra);
  const square = rest * rest;
  const sine = cubic(rest, square, rest);
  const { [at]: sn, [at + 1]: ssn, [at + 2]: cs, [at + 3]: ccs } = SINE_COSINE;
  return cs + fused(-sn, sine, fused(-cs, even(square), fused(-sine, ssn, ccs)));
}

/** sin(x + extra) for |x| up to about 0.86. */
function smallSine(x: number, extra: number): number {
  if (Math.abs(x) < 0.126) return taylorSine(x, extra);
  const tail = x <= 0 ? -extra : extra;
  const { at, rest } = onGrid(Math.abs(x));
  const square = rest * rest;
  const sine = rest + cubic(rest, square, tail);
  const { [at]: sn, [at + 1]: ssn, [at + 2]: cs, [at + 3]: ccs } = SINE_COSINE;
  const size = sn + fused(sine, cs, fused(-fused(rest, tail, even(square)), sn, fused(sine, ccs, ssn)));
  return x < 0 ? -size : size;
}

function taylorSine(x: number, extra: number): number {
  const square = x * x;
  let sum = fused(-2.5022014848318398e-8, square, 2.755729806860771e-6);
  for (const term of [-0.00019841269834414642, 0.008333333333332329, -0.16666666666666666])
    sum = fused(sum, square, term);
  return x + fused(fused(sum, x, -0.5 * extra), square, extra);
}

const TO_WHOLE = 6755399441055744;

/** x less a multiple of π/2, in two parts, and that multiple. */
function reduced(x: number): { readonly quarter: number; readonly high: number; readonly low: number } {
  const quarters = fused(x, 0.6366197723675814, TO_WHOLE) - TO_WHOLE;
  const first = fused(-quarters, -1.3909067564377153e-8, fused(-quarters, 1.5707963407039642, x));
  const second = fused(-quarters, -4.97899623147991e-17, first);
  const lost = fused(-quarters, -4.97899623147991e-17, first - second);
  const high = fused(-quarters, -1.9034889620193266e-25, second);
  return { quarter: quarters & 3, high, low: lost + fused(-quarters, -1.9034889620193266e-25, second - high) };
}

function inQuarter(quarter: number, high: number, low: number): number {
  const value = quarter & 1 ? smallCosine(high, low) : smallSine(high, low);
  return quarter & 2 ? -value : value;
}

const HALF_PI = 1.5707963267948966;
const HALF_PI_REST = 6.123233995736766e-17;
const FIRST = 0.85546875;
const SECOND = 2.4262638092041016;

/** The sine of an angle below 10^8. */
export function sin(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -26) return x;
  if (size < FIRST) return smallSine(x, 0);
  if (size < SECOND) return Math.sign(x) * smallCosine(HALF_PI - size, HALF_PI_REST);
  const { quarter, high, low } = reduced(x);
  return inQuarter(quarter, high, low);
}

/** The cosine of an angle below 10^8. */
export function cos(x: number): number {
  const size = Math.abs(x);
  if (size < 2 ** -27) return 1;
  if (size < FIRST) return smallCosine(x, 0);
  if (size < SECOND) {
    const first = HALF_PI - size;
    const high = first + HALF_PI_REST;
    return smallSine(high, first - high + HALF_PI_REST);
  }
  const { quarter, high, low } = reduced(x);
  return inQuarter(quarter + 1, high, low);
}
