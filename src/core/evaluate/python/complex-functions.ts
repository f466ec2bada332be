import * as cx from '../../values/complex';
import type { Complex } from '../../values/dtype';
import { unknown } from '../stop';

/**
 * Elementary functions of complex numbers. What they are of infinities and NaN is as glibc has it, after C99, Annex G; inverse functions
 * after Kahan, "Branch Cuts for Complex Elementary Functions" (1987).
 */

const { abs, PI } = Math;
const INF = Number.POSITIVE_INFINITY;
const NAN: Complex = { re: Number.NaN, im: Number.NaN };

export const copySign = (x: number, y: number): number => (y < 0 || Object.is(y, -0) ? -abs(x) : abs(x));
/** A number whose sign decides; that of a NaN, which processors choose, cannot be seen elsewhere. */
export const signed = (x: number): number =>
  Number.isNaN(x) ? unknown('the sign of nan decides here, which is known only when the code runs') : x;

const isInfinite = (x: number): boolean => abs(x) === INF;
const bounded = ({ re, im }: Complex): boolean => Number.isFinite(re) && Number.isFinite(im);

/** Beyond this the size may be too large where the parts are not. */
const LARGEST = 709;

export function exp(z: Complex): Complex {
  const { re, im } = z;
  if (Number.isFinite(im) && !isInfinite(re)) {
    if (re <= LARGEST || im === 0) return cx.exp(z);
    const { re: x, im: y } = cx.exp({ re: re - LARGEST, im });
    const size = Math.exp(LARGEST);
    return { re: x * size, im: y * size };
  }
  if (re === INF) return im === 0 || !Number.isFinite(im) ? { re, im: im === 0 ? im : Number.NaN } : towards(INF, im);
  if (re === -INF) return Number.isFinite(im) ? towards(0, im) : { re: 0, im: copySign(0, signed(im)) };
  return NAN;
}

/** A size, 0 or infinite, along an angle. */
const towards = (size: number, angle: number): Complex => ({
  re: copySign(size, Math.cos(angle)),
  im: copySign(size, Math.sin(angle)),
});

/** After NumPy, which rounds less than exp(z) - 1 does. */
export function expm1({ re, im }: Complex): Complex {
  const half = Math.sin(im / 2);
  return { re: Math.expm1(re) * Math.cos(im) - 2 * half * half, im: Math.exp(re) * Math.sin(im) };
}

export function sinh(z: Complex): Complex {
  const { re, im } = z;
  if (bounded(z))
    return im === 0
      ? { re: Math.sinh(re), im }
      : { re: Math.sinh(re) * Math.cos(im), im: Math.cosh(re) * Math.sin(im) };
  if (Number.isFinite(re)) return { re: re === 0 ? re : Number.NaN, im: Number.NaN };
  if (im === 0) return { re, im };
  if (Number.isNaN(re)) return NAN;
  if (!Number.isFinite(im)) return { re: INF, im: Number.NaN };
  const w = towards(INF, im);
  return { re: re < 0 ? -w.re : w.re, im: w.im };
}

export function cosh(z: Complex): Complex {
  const { re, im } = z;
  if (bounded(z)) return { re: Math.cosh(re) * Math.cos(im), im: Math.sinh(re) * Math.sin(im) };
  if (Number.isFinite(re)) return { re: Number.NaN, im: re === 0 ? 0 : Number.NaN };
  if (im === 0) return { re: abs(re), im: Number.isNaN(re) ? im : im * copySign(1, re) };
  if (Number.isNaN(re)) return NAN;
  if (!Number.isFinite(im)) return { re: INF, im: Number.NaN };
  const w = towards(INF, im);
  return { re: w.re, im: re < 0 ? -w.im : w.im };
}

/** Beyond this the square of cosh overflows. */
const STEEP = 354;

export function tanh(z: Complex): Complex {
  const { re, im } = z;
  if (isInfinite(re)) {
    const turn = Number.isFinite(im) && abs(im) > 1 ? Math.sin(im) * Math.cos(im) : signed(im);
    return { re: copySign(1, re), im: copySign(0, turn) };
  }
  if (im === 0) return { re: Math.tanh(re), im };
  if (!bounded(z)) return { re: re === 0 ? re : Number.NaN, im: Number.NaN };
  const [sine, cosine] = [Math.sin(im), Math.cos(im)];
  if (abs(re) > STEEP) return { re: copySign(1, re), im: 4 * sine * cosine * Math.exp(-abs(re)) * Math.exp(-abs(re)) };
  const [s, c] = [Math.sinh(re), Math.cosh(re)];
  const size = s * s + cosine * cosine;
  return { re: (s * c) / size, im: (sine * cosine) / size };
}

/** f(z) by -i·g(i·z). */
const turned =
  (g: (z: Complex) => Complex) =>
  (z: Complex): Complex => {
    const w = g({ re: -z.im, im: z.re });
    return { re: w.im, im: -w.re };
  };

/** Where both parts are without end, glibc gives an imaginary part above. */
export const sin = (z: Complex): Complex =>
  !Number.isFinite(z.re) && isInfinite(z.im) ? { re: Number.NaN, im: INF } : turned(sinh)(z);
export const cos = (z: Complex): Complex => cosh({ re: -z.im, im: z.re });
export const tan = turned(tanh);

export function sqrt(z: Complex): Complex {
  const { re, im } = z;
  if (isInfinite(im)) return { re: INF, im };
  if (re === -INF)
    return Number.isNaN(im) ? { re: im, im: copySign(INF, signed(im)) } : { re: 0, im: copySign(INF, im) };
  if (re === INF) return { re, im: Number.isNaN(im) ? im : copySign(0, im) };
  return cx.sqrt(z);
}

/** 1 / z as NumPy's loop has it, by Smith's algorithm without a look at zeros, every operation rounded. */
export function reciprocal({ re, im }: Complex, round: cx.Rounding): Complex {
  const wide = abs(re) >= abs(im);
  const [p, q] = wide ? [re, im] : [im, re];
  const r = round(q / p);
  const d = round(p + round(q * r));
  const [near, far] = [round(1 / d), round(r / d)];
  return wide ? { re: near, im: -far } : { re: far, im: -near };
}

/** 1 + z and 1 - z with the sign of a zero imaginary part, which tells the side of a cut. */
const above = (z: Complex): Complex => ({ re: 1 + z.re, im: z.im });
const below = (z: Complex): Complex => ({ re: 1 - z.re, im: -z.im });
/** The imaginary part of conj(p)·q. */
const crossed = (p: Complex, q: Complex): number => p.re * q.im - p.im * q.re;

export function arcsin(z: Complex): Complex {
  const { re, im } = z;
  if (Number.isNaN(re) || Number.isNaN(im)) {
    if (re === 0) return z;
    return isInfinite(re) || isInfinite(im) ? { re: Number.NaN, im: copySign(INF, signed(im)) } : NAN;
  }
  if (!bounded(z)) return { re: Math.atan2(re, abs(im)), im: copySign(INF, im) };
  const [p, q] = [cx.sqrt(below(z)), cx.sqrt(above(z))];
  return { re: Math.atan2(re, p.re * q.re - p.im * q.im), im: copySign(Math.asinh(crossed(p, q)), im) };
}

export function arccos(z: Complex): Complex {
  const { re, im } = z;
  if (Number.isNaN(re) || Number.isNaN(im)) {
    const w = arcsin(z);
    return { re: PI / 2 - w.re, im: -w.im };
  }
  if (!bounded(z)) return { re: Math.atan2(abs(im), re), im: copySign(INF, -im) };
  const [p, q] = [cx.sqrt(below(z)), cx.sqrt(above(z))];
  return { re: 2 * Math.atan2(p.re, q.re), im: copySign(Math.asinh(crossed(q, p)), -im) };
}

export function arcsinh(z: Complex): Complex {
  const { re, im } = z;
  if (isInfinite(im) && Number.isNaN(re)) return { re: copySign(INF, signed(re)), im: Number.NaN };
  if (isInfinite(re) && Number.isNaN(im)) return z;
  if (Number.isNaN(re) || Number.isNaN(im)) return { re: Number.NaN, im: im === 0 ? im : Number.NaN };
  return turned(arcsin)(z);
}

export function arccosh(z: Complex): Complex {
  const { re, im } = z;
  if (isInfinite(re) || isInfinite(im)) return { re: INF, im: Math.atan2(im, re) };
  if (Number.isNaN(re) || Number.isNaN(im)) return { re: Number.NaN, im: re === 0 ? PI / 2 : Number.NaN };
  const [p, q] = [cx.sqrt({ re: re - 1, im }), cx.sqrt(above(z))];
  return { re: Math.asinh(p.re * q.re + p.im * q.im), im: 2 * Math.atan2(p.im, q.re) };
}

export function arctanh(z: Complex): Complex {
  const { re, im } = z;
  if (isInfinite(im)) return { re: copySign(0, signed(re)), im: copySign(PI / 2, im) };
  if (isInfinite(re) || (re === 0 && Number.isNaN(im)))
    return { re: copySign(0, re), im: Number.isNaN(im) ? im : copySign(PI / 2, im) };
  if (!bounded(z)) return NAN;
  const x = abs(re);
  const size = Math.log1p((4 * x) / ((1 - x) ** 2 + im * im)) / 4;
  return { re: copySign(size, re), im: Math.atan2(2 * im, (1 - x) * (1 + x) - im * im) / 2 };
}

export function arctan(z: Complex): Complex {
  const { re, im } = z;
  if (isInfinite(re)) return { re: copySign(PI / 2, re), im: copySign(0, signed(im)) };
  if (Number.isNaN(re)) return isInfinite(im) || im === 0 ? { re, im: copySign(0, im) } : NAN;
  return turned(arctanh)(z);
}
