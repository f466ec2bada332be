import Fraction from 'fraction.js';
import { type Element, isComplex } from '../values/dtype';

/** An exact fraction of whole numbers of any size, in lowest terms. */
export type Rational = Fraction;

export const ZERO = new Fraction(0);
export const ONE = new Fraction(1);

/** Decimals of so many significant digits are taken for what was written; longer ones come from rounding. */
const MAX_DIGITS = 9;

export const rational = (n: number | bigint, d: number | bigint = 1): Rational => new Fraction(n, d);

/** The number that was meant: a whole number, or a short decimal (0.1 is a tenth). Undefined for others. */
export function rationalOf(e: Element): Rational | undefined {
  if (isComplex(e)) return undefined;
  if (typeof e === 'boolean' || typeof e === 'bigint') return new Fraction(BigInt(e));
  if (!Number.isFinite(e)) return undefined;
  if (Number.isSafeInteger(e)) return new Fraction(e);
  const text = String(e);
  return text.includes('e') || text.replace(/^-?0*\.?0*|\./g, '').length > MAX_DIGITS ? undefined : new Fraction(text);
}

export const isZero = (r: Rational): boolean => r.n === 0n;
export const isWhole = (r: Rational): boolean => r.d === 1n;
export const numerator = (r: Rational): bigint => r.s * r.n;

/** The nearest double, to its last digit or the one before. */
export const toNumber = (r: Rational): number => r.valueOf();

/** How many digits it takes to write the fraction down. */
export const sizeOf = (r: Rational): number => r.n.toString().length + (r.d === 1n ? 0 : r.d.toString().length);

/** `-\frac{3}{4}` */
export function rationalLatex(r: Rational): string {
  const sign = r.s < 0n && r.n !== 0n ? '-' : '';
  return isWhole(r) ? `${sign}${r.n}` : `${sign}\\frac{${r.n}}{${r.d}}`;
}
