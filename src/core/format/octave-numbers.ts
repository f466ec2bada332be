import type { Complex } from '../values/dtype';
import { exponentText, fixedText, generalText } from './printf';

/** How a number is set in a field of `width` characters, 0 for no padding. */
export interface Format {
  readonly notation: 'general' | 'fixed' | 'exponent';
  readonly width: number;
  readonly precision: number;
}

export interface ComplexFormat {
  readonly real: Format;
  readonly imaginary: Format;
}

/** What `format short` and `format long` differ in. */
export interface NumberStyle {
  /** Significant digits. */
  readonly precision: number;
  /** From this width on a field of a fixed number of decimals gives way to exponents. */
  readonly widest: number;
  /** Integers of more digits are set with exponents. */
  readonly scalarDigits: number;
  readonly matrixDigits: number;
}

export const SHORT: NumberStyle = { precision: 5, widest: 10, scalarDigits: 7, matrixDigits: 6 };
export const LONG: NumberStyle = { precision: 16, widest: 19, scalarDigits: 16, matrixDigits: 15 };

/** ` + ` or ` - ` between the parts and the `i` behind them. */
export const COMPLEX_GAP = 4;

/** Decimal digits before the point; 0 for 0.1 … 0.99, negative below; 0 for zero. */
const digitsOf = (x: number): number => (x === 0 ? 0 : Math.floor(Math.log10(Math.abs(x))) + 1);

export const padded = (text: string, width: number): string => text.padStart(width);

export function numberText(x: number, { notation, width, precision }: Format): string {
  if (Number.isNaN(x)) return padded('NaN', width);
  if (!Number.isFinite(x)) return padded(x > 0 ? 'Inf' : '-Inf', width);
  // A zero of either sign is a bare 0.
  if (x === 0) return padded('0', width);
  switch (notation) {
    case 'general':
      return padded(generalText(x, precision), width);
    case 'fixed':
      return padded(fixedText(x, precision), width);
    case 'exponent':
      return padded(exponentText(x, precision), width);
  }
}

export function complexText(z: Complex, format: ComplexFormat): string {
  const negative = z.im < 0 || Object.is(z.im, -0);
  return `${numberText(z.re, format.real)} ${negative ? '-' : '+'} ${numberText(Math.abs(z.im), format.imaginary)}i`;
}

/** Digits before the point and decimals that show the significant digits of numbers with these digit counts. */
function decimals(
  { precision }: NumberStyle,
  ...digits: readonly number[]
): { readonly lead: number; readonly decimals: number } {
  const of = (d: number): number => (d === 0 ? precision - 1 : d >= precision ? precision : precision - d);
  return { lead: Math.max(1, ...digits), decimals: Math.max(...digits.map(of)) };
}

/** Exponents of three digits widen the field; Octave looks at the digit counts, not at the numbers. */
const exponentWidth = ({ precision }: NumberStyle, ...digits: readonly number[]): number =>
  precision + (digits.some(d => Math.abs(d) >= 100) ? 7 : 6);

const exponent = ({ precision }: NumberStyle, width: number): Format => ({
  notation: 'exponent',
  width,
  precision: precision - 1,
});

export function realScalarFormat(x: number, style: NumberStyle): Format {
  const digits = Number.isFinite(x) ? digitsOf(x) : 0;
  if (Number.isInteger(x)) {
    return digits > style.scalarDigits ? exponent(style, 0) : { notation: 'general', width: 0, precision: digits + 1 };
  }
  const d = decimals(style, digits);
  return 2 + d.lead + d.decimals >= style.widest
    ? exponent(style, 0)
    : { notation: 'fixed', width: 0, precision: d.decimals };
}

/** The extent of finite magnitudes, and what else decides the format. */
interface Survey {
  /** Digit counts of the largest and smallest finite magnitude. */
  readonly most: number;
  readonly least: number;
  /** Every finite entry is an integer in single precision, which is what Octave tests. */
  readonly whole: boolean;
  readonly finite: boolean;
}

function survey(data: ArrayLike<number>, start = 0, step = 1): Survey {
  let max = -1;
  let min = Number.POSITIVE_INFINITY;
  let whole = true;
  let finite = true;
  for (let k = start; k < data.length; k += step) {
    const x = Math.abs(data[k]);
    if (!(x < Number.POSITIVE_INFINITY)) {
      finite = false;
      continue;
    }
    if (x > max) max = x;
    if (x < min) min = x;
    if (whole && Math.fround(x) !== Math.floor(Math.fround(x))) whole = false;
  }
  return max < 0 ? { most: 0, least: 0, whole, finite } : { most: digitsOf(max), least: digitsOf(min), whole, finite };
}

export function realMatrixFormat(data: ArrayLike<number>, style: NumberStyle): Format {
  const { most, least, whole, finite } = survey(data);
  if (whole) {
    if (most > style.matrixDigits) return exponent(style, exponentWidth(style, most, least));
    const width = Math.max(most <= 0 ? 2 : most + 1, finite ? 0 : 4);
    return { notation: 'general', width, precision: width };
  }
  const d = decimals(style, most, least);
  const width = 2 + d.lead + d.decimals;
  return width >= style.widest
    ? exponent(style, exponentWidth(style, most, least))
    : { notation: 'fixed', width, precision: d.decimals };
}

/** A range is set by its base and its limit as written, and fractions with room for the sign of the increment. */
export function rangeFormat(
  range: { readonly base: number; readonly increment: number; readonly limit: number },
  style: NumberStyle,
): Format {
  const first = digitsOf(range.base);
  const last = digitsOf(range.limit);
  if (Number.isInteger(range.base) && Number.isInteger(range.increment)) {
    const digits = Math.max(first, last);
    if (digits > style.matrixDigits) return exponent(style, exponentWidth(style, first, last) + 1);
    const width = digits <= 0 ? 2 : digits + 1;
    return { notation: 'general', width, precision: width };
  }
  const d = decimals(style, first, last);
  const width = 2 + d.lead + d.decimals;
  return width >= style.widest
    ? exponent(style, exponentWidth(style, first, last) + 1)
    : { notation: 'fixed', width: width + 1, precision: d.decimals };
}

const both = (notation: Format['notation'], imaginaryWidth: number, precision: number): ComplexFormat => ({
  real: { notation, width: imaginaryWidth + 1, precision },
  imaginary: { notation, width: imaginaryWidth, precision },
});

const complexExponent = (style: NumberStyle, ...digits: readonly number[]): ComplexFormat =>
  both('exponent', exponentWidth(style, ...digits) - 1, style.precision - 1);

export function complexScalarFormat({ re, im }: Complex, style: NumberStyle): ComplexFormat {
  const finite = Number.isFinite(re) && Number.isFinite(im);
  const first = Number.isFinite(re) ? digitsOf(re) : 0;
  const second = Number.isFinite(im) ? digitsOf(im) : 0;
  const whole = Math.floor(re) === re && Math.floor(im) === im;
  if (whole || !finite) {
    const digits = Math.max(first, second);
    if (digits > style.scalarDigits + (whole ? 0 : 1)) return complexExponent(style, first, second);
    const width = Math.max(1, digits, finite ? 0 : 3);
    // Octave shows one significant digit beside a NaN, or of a fraction beside an infinity.
    return both('general', width, whole ? width + 1 : 1);
  }
  const d = decimals(style, first, second);
  const width = 1 + d.lead + d.decimals;
  return width + 1 >= style.widest ? complexExponent(style, first, second) : both('fixed', width, d.decimals);
}

/** For (re, im) pairs interleaved in `data`. */
export function complexMatrixFormat(data: Float64Array, style: NumberStyle): ComplexFormat {
  const re = survey(data, 0, 2);
  const im = survey(data, 1, 2);
  const most = Math.max(re.most, im.most);
  const least = Math.max(re.least, im.least);
  if (re.whole && im.whole) {
    const digits = Math.max(most, least);
    if (digits > style.matrixDigits) return complexExponent(style, most, least);
    const width = Math.max(1, digits, re.finite && im.finite ? 0 : 3);
    return both('general', width, width + 1);
  }
  const d = decimals(style, most, least);
  const width = 1 + d.lead + d.decimals;
  return width + 1 >= style.widest ? complexExponent(style, most, least) : both('fixed', width, d.decimals);
}
