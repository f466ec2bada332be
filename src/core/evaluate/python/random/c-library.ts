import { fused } from '../../../values/fused';
import {
  EXP_SCALE,
  EXP_TAIL,
  LOG_INVERSE,
  LOG_VALUE,
  POWER_INVERSE,
  POWER_LOG,
  POWER_LOG_TAIL,
} from './c-library-tables';

/**
 * log, log10, exp, cosh, power and log1p to the last bit as the GNU C library gives them on x86-64 processors with fused multiplication
 * (version 2.36), which NumPy and Python call when they draw. Arguments are finite; log and power take positive ones.
 */

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
const STEPS = 128;

const LN2_HIGH = 0.6931471805598903;
const LN2_LOW = 5.497923018708371e-14;

/** x as z · 2^exponent with z from `from` on, whose high word is `fromHigh`, and the place of z among 128 parts. */
function reduced(
  x: number,
  fromHigh: number,
): { readonly z: number; readonly exponent: number; readonly part: number } {
  // Numbers below the normal ones are scaled first.
  const scaling = x < 2.2250738585072014e-308 ? 52 : 0;
  number[0] = scaling > 0 ? x * 2 ** 52 : x;
  const difference = (words[1] - fromHigh) | 0;
  words[1] -= difference & 0xfff00000;
  return { z: number[0], exponent: (difference >> 20) - scaling, part: (difference >> 13) & (STEPS - 1) };
}

/** The natural logarithm of a positive number. */
export function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x >= 0.9375 && x < 1.064697265625) return logNearOne(x - 1);
  const { z, exponent, part } = reduced(x, 0x3fe60000);
  const r = fused(z, LOG_INVERSE[part], -1);
  const base = fused(exponent, LN2_HIGH, LOG_VALUE[part]);
  const high = r + base;
  const low = fused(exponent, LN2_LOW, base - high + r);
  const square = r * r;
  const inner = fused(
    fused(r, -0.16667054827627667, 0.20000304511814496),
    square,
    fused(r, -0.2499999999622955, 0.33333333331825593),
  );
  return fused(r * square, inner, fused(square, -0.5000000000000001, low)) + high;
}

function logNearOne(r: number): number {
  if (r === 0) return 0;
  const square = r * r;
  const cube = r * square;
  const first = fused(square, 0.19999999999320328, fused(r, -0.24999999999998432, 0.3333333333333352));
  const second = fused(square, -0.12499997863982555, fused(r, 0.14285715076560868, -0.16666666669929706));
  const third = fused(square, 0.09181994006195467, fused(r, -0.10000486757818193, 0.11110712032936046));
  const series = fused(fused(fused(cube, -0.08328363062289341, third), cube, second), cube, first);
  const high = fused(-(2 ** 27), r, fused(r, 2 ** 27, r));
  const sum = fused(high * high, -0.5, r);
  const rest = fused(high * high, -0.5, r - sum);
  return sum + fused(series, cube, fused(-0.5 * (r - high), high + r, rest));
}

/** A number of this size has no room for a fraction: what is added to it is rounded to a whole number. */
const ROUNDER = 6755399441055744;

/** e^(x + extra), where `extra` is small or 0. */
function exponential(x: number, extra: number): number {
  if (Math.abs(x) < 2 ** -54) return 1 + x;
  if (x >= 1024) return Number.POSITIVE_INFINITY;
  if (x <= -1024) return 0;
  const k = fused(x, 184.6649652337873, ROUNDER) - ROUNDER;
  const r = fused(k, -1.2864023111638346e-14, fused(k, -0.005415212348111709, x)) + extra;
  const part = k & (STEPS - 1);
  const power = k >> 7;
  const square = r * r;
  const first = fused(fused(r, 0.16666666666665886, 0.49999999999996786), square, r + EXP_TAIL[part]);
  const rest = fused(square * square, fused(r, 0.008333335853059549, 0.0416666808410674), first);
  if (Math.abs(x) < 512) {
    const scale = EXP_SCALE[part] * 2 ** power;
    return fused(scale, rest, scale);
  }
  return power > 0
    ? large(EXP_SCALE[part] * 2 ** (power - 1009), rest)
    : small(EXP_SCALE[part] * 2 ** (power + 1022), rest);
}

const large = (scale: number, rest: number): number => fused(scale, rest, scale) * 2 ** 1009;

/** scale · (1 + rest) · 2^-1022, rounded once where the result is below the normal numbers. */
function small(scale: number, rest: number): number {
  const part = rest * scale;
  const y = scale + part;
  if (y >= 1) return y * 2 ** -1022;
  const high = 1 + y;
  return (1 - high + y + (scale - y + part) + high - 1) * 2 ** -1022;
}

/** e^x. */
export const exp = (x: number): number => exponential(x, 0);

/** x^y for a finite x ≥ 0 and a finite y. */
export function power(x: number, y: number): number {
  if (x === 0 || x === 1 || y === 0 || Math.abs(y) < 2 ** -65 || Math.abs(y) >= 2 ** 63) return x ** y;
  const { z, exponent, part } = reduced(x, 0x3fe69555);
  const r = fused(z, POWER_INVERSE[part], -1);
  const base = fused(exponent, LN2_HIGH, POWER_LOG[part]);
  const sum = r + base;
  const half = r * -0.5;
  const square = r * half;
  const cube = r * square;
  const high = sum + square;
  const inner = fused(
    fused(fused(r, 1.0000415263675542, -1.142909628459501), square, fused(r, -0.6666666663487739, 0.7999999995323976)),
    square,
    fused(r, 0.5000000000000007, -0.6666666666666679),
  );
  const parts =
    fused(exponent, LN2_LOW, POWER_LOG_TAIL[part]) + (base - sum + r) + fused(half, r, -square) + (sum - high + square);
  const low = fused(cube, inner, parts);
  const logarithm = high + low;
  const tail = high - logarithm + low;
  const product = logarithm * y;
  return exponential(product, fused(y, tail, fused(logarithm, y, -product)));
}

/** log(1 + x) for −1 < x < 2^53 (after fdlibm, with the terms of the polynomial in the order of the C library). */
export function log1p(x: number): number {
  if (Math.abs(x) < 2 ** -54) return x;
  if (Math.abs(x) < 2 ** -29) return fused(-(x * x), 0.5, x);
  number[0] = x;
  const high = words[1] | 0;
  if (high < 0x3fda827a && (high > 0 || high <= (0xbfd2bec3 | 0))) return x - (0.5 * x * x - quotient(x, 0.5 * x * x));
  const u = 1 + x;
  number[0] = u;
  let exponent = (words[1] >> 20) - 1023;
  const correction = (exponent > 0 ? 1 - (u - x) : x - (u - 1)) / u;
  const mantissa = words[1] & 0x000fffff;
  const lower = mantissa < 0x6a09e;
  words[1] = mantissa | (lower ? 0x3ff00000 : 0x3fe00000);
  if (!lower) exponent += 1;
  const f = number[0] - 1;
  const half = 0.5 * f * f;
  const rest = fused(exponent, 1.9082149292705877e-10, correction);
  if ((lower ? mantissa : (0x00100000 - mantissa) >> 2) === 0) {
    if (f === 0) return exponent === 0 ? 0 : fused(exponent, 0.6931471803691238, rest);
    const short = fused(-0.6666666666666666, f, 1) * half;
    return exponent === 0 ? f - short : fused(exponent, 0.6931471803691238, -(short - rest - f));
  }
  const series = quotient(f, half);
  return exponent === 0 ? f - (half - series) : fused(exponent, 0.6931471803691238, -(half - (rest + series) - f));
}

/** s · (f²/2 + R(s²)) with s = f / (2 + f). */
function quotient(f: number, half: number): number {
  const s = f / (2 + f);
  const z = s * s;
  const z2 = z * z;
  const z4 = z2 * z2;
  const second = fused(z, 0.2857142874366239, 0.3999999999940942);
  const third = fused(z, 0.1818357216161805, 0.22222198432149784);
  const fourth = fused(z, 0.14798198605116586, 0.15313837699209373);
  const sum = fused(z, 0.6666666666666735, z2 * second);
  return (fused(z2 * z4, fourth, fused(z4, third, sum)) + half) * s;
}

/** The logarithm to the base 10 of a positive number (after fdlibm, over the C library's log). */
export function log10(x: number): number {
  const scaling = x < 2.2250738585072014e-308 ? 54 : 0;
  number[0] = scaling > 0 ? x * 2 ** 54 : x;
  const exponent = (words[1] >> 20) - 1023;
  const below = exponent - scaling < 0 ? 1 : 0;
  words[1] = (words[1] & 0x000fffff) | ((0x3ff - below) << 20);
  const whole = exponent - scaling + below;
  return whole * 3.694239077158931e-13 + Math.LOG10E * log(number[0]) + whole * 0.30102999566361177;
}

/** The hyperbolic cosine (after fdlibm, over the C library's exp). */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (size < 0.34657359027997264) {
    const t = Math.expm1(size);
    return 1 + (t * t) / (1 + t + (1 + t));
  }
  if (size >= 710.4758600739439) return Number.POSITIVE_INFINITY;
  if (size < 22) return 0.5 * exp(size) + 0.5 / exp(size);
  return size < 709.782712893384 ? 0.5 * exp(size) : 0.5 * exp(0.5 * size) * exp(0.5 * size);
}
