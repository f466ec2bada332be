import * as c from '../../values/complex';
import type { Complex } from '../../values/dtype';
import { exp, log, power } from './random/c-library';
import { cos, sin } from './random/c-library-angles';

/** x^y of Python's own floats, as the C library rounds it. */
export function powerOf(x: number, y: number): number {
  if (x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY)) return 1;
  if (x < 0 && !Number.isInteger(y)) return x ** y;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return x ** y;
  const size = power(Math.abs(x), y);
  return x < 0 && Math.abs(y) % 2 === 1 ? -size : size;
}

/** Whole exponents up to this are products. */
const PRODUCTS = 100;

/** x^y of Python's own complex numbers: by products for a small whole y, else in polar form. */
export function complexPowerOf(x: Complex, y: Complex): Complex {
  const size = c.abs(x);
  const whole = y.im === 0 && Number.isInteger(y.re) && Math.abs(y.re) <= PRODUCTS;
  if (whole || size === 0 || !Number.isFinite(size)) return c.pow(x, y);
  const angle = Math.atan2(x.im, x.re);
  const long = y.im === 0 ? powerOf(size, y.re) : powerOf(size, y.re) / exp(angle * y.im);
  const phase = y.im === 0 ? angle * y.re : angle * y.re + y.im * log(size);
  return { re: long * cos(phase), im: long * sin(phase) };
}
