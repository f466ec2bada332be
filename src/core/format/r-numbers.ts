import type { Complex } from '../values/dtype';
import { highest } from '../values/r-vector';

/** How the numbers of a vector or a column are written alike: their width, the digits behind the point, those of the exponent. */
export interface NumberLayout {
  readonly width: number;
  readonly decimals: number;
  /** 0 for the fixed notation, otherwise one less than the digits of the exponent. */
  readonly exponent: number;
}

/** Significant digits that are shown. */
export const DIGITS = 7;

/** The digits of |x| to so many significant ones, half to even, without zeros behind: `x = 0.digits × 10^(power + 1)`. */
interface Significant {
  readonly power: number;
  readonly count: number;
}

/** Whether the digits behind the n-th one are exactly a half. */
function isTie(x: number, digits: number): boolean {
  const more = x
    .toExponential(Math.min(100, digits + 24))
    .split('e')[0]
    .replace('.', '')
    .slice(digits);
  if (!/^50{10,}/.test(more)) return false;
  return /^50*$/.test(x.toExponential(100).split('e')[0].replace('.', '').slice(digits));
}

/** The mantissa's digits and the exponent of |x| rounded to `digits` significant digits, half to even. */
function mantissa(x: number, digits: number): readonly [string, number] {
  const a = Math.abs(x);
  const [m, e] = a.toExponential(digits - 1).split('e');
  let whole = m.replace('.', '');
  if (isTie(a, digits) && Number(whole[whole.length - 1]) % 2 === 1) {
    const below = BigInt(whole) - 1n;
    whole = String(below);
  }
  return [whole, Number(e)];
}

function significant(x: number, digits: number): Significant {
  if (x === 0) return { power: 0, count: 1 };
  const [whole, power] = mantissa(x, digits);
  return { power, count: Math.max(1, whole.replace(/0+$/, '').length) };
}

const isFiniteNumber = (x: number | null): x is number => x !== null && Number.isFinite(x);

/** R's formatReal: the fixed notation unless the one with exponents is shorter. */
export function layoutOf(values: readonly (number | null)[], digits = DIGITS, least = 0): NumberLayout {
  let [right, left, most, low, high] = [
    Number.NEGATIVE_INFINITY,
    1,
    1,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ];
  let negative = 0;
  let any = false;
  for (const x of values) {
    if (!isFiniteNumber(x)) continue;
    any = true;
    const { power, count } = significant(x, digits);
    const sign = x < 0 ? 1 : 0;
    // A number that rounds up to a power of ten at so many digits is no wider than it is.
    const widens =
      power > 0 && power <= 22 && Math.abs(x) < 10 ** power - 0.5 / 10 ** Math.max(0, digits - power) ? 1 : 0;
    const whole = power + 1 - widens;
    right = Math.max(right, count - power - 1);
    left = Math.max(left, sign + Math.max(1, whole));
    most = Math.max(most, count);
    low = Math.min(low, power);
    high = Math.max(high, power);
    negative = Math.max(negative, sign);
  }
  const special = highest(
    values.map(x =>
      x === null
        ? 2
        : Number.isNaN(x)
          ? 3
          : x === Number.POSITIVE_INFINITY
            ? 3
            : x === Number.NEGATIVE_INFINITY
              ? 4
              : 0,
    ),
  );
  if (!any) return { width: special, decimals: 0, exponent: 0 };
  const decimals = Math.max(0, right);
  const fixed = left + (decimals > 0 ? decimals + 1 : 0);
  const exponent = high >= 100 || low <= -100 ? 2 : 1;
  const scientific = negative + (most > 1 ? 1 : 0) + (most - 1) + 4 + exponent;
  if (fixed > scientific) return { width: Math.max(scientific, special), decimals: most - 1, exponent };
  const shown = Math.max(decimals, least);
  const wider = shown > decimals ? left + shown + 1 : fixed;
  return { width: Math.max(wider, special), decimals: shown, exponent: 0 };
}

/** `x` with so many digits behind the point, half to even. */
export function fixed(x: number, decimals: number): string {
  if (x === 0) return (0).toFixed(decimals);
  const a = Math.abs(x);
  const sign = x < 0 ? '-' : '';
  if (a >= 1e21) {
    const whole = BigInt(a).toString();
    return `${sign}${whole}${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`;
  }
  if (decimals > 100) return `${sign}${a.toFixed(100)}${'0'.repeat(decimals - 100)}`;
  const text = a.toFixed(decimals);
  const power = Math.floor(Math.log10(a));
  const digits = power + 1 + decimals;
  const half = digits <= 0 ? a * 2 === 10 ** -decimals : digits < 30 && isTie(a, digits);
  if (!half || Number(text[text.length - 1]) % 2 === 0) return sign + text;
  const even = (BigInt(text.replace('.', '')) - 1n).toString().padStart(decimals + 1, '0');
  return sign + (decimals > 0 ? `${even.slice(0, -decimals)}.${even.slice(-decimals)}` : even);
}

/** `x` with so many digits behind the point of its mantissa and an exponent of at least two digits. */
export function scientific(x: number, decimals: number): string {
  const [whole, power] = x === 0 ? ['0'.repeat(decimals + 1), 0] : mantissa(x, decimals + 1);
  const head = decimals > 0 ? `${whole[0]}.${whole.slice(1)}` : whole;
  return `${x < 0 ? '-' : ''}${head}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** One number as the layout says, without blanks before it. */
export function numberText(x: number | null, { decimals, exponent }: NumberLayout): string {
  if (x === null) return 'NA';
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Inf' : '-Inf';
  return exponent > 0 ? scientific(x, decimals) : fixed(x, decimals);
}

/** A number by itself. */
export const soleNumber = (x: number | null, digits = DIGITS): string => numberText(x, layoutOf([x], digits));

/** A complex number rounded to so many digits of its larger part. */
function roundedComplex(z: Complex, digits: number): Complex {
  const larger = Math.max(Number.isFinite(z.re) ? Math.abs(z.re) : 0, Number.isFinite(z.im) ? Math.abs(z.im) : 0);
  if (larger === 0) return z;
  const places = digits - 1 - Math.floor(Math.log10(larger));
  if (places > 306) return z;
  const round = (x: number): number => {
    if (!Number.isFinite(x)) return x;
    if (places < 0) {
      const unit = 10 ** -places;
      return unit * halfEven(x / unit);
    }
    const unit = 10 ** places;
    return halfEven(x * unit) / unit;
  };
  return { re: round(z.re), im: round(z.im) };
}

const halfEven = (x: number): number => {
  const r = Math.round(x);
  return Math.abs(x % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
};

/** How complex numbers of a vector or column are written alike. */
export interface ComplexLayout {
  readonly width: number;
  readonly re: NumberLayout;
  readonly im: NumberLayout;
}

/** R's formatComplex: both parts in one notation, the shorter one. */
export function complexLayoutOf(values: readonly (Complex | null)[], digits = DIGITS): ComplexLayout {
  const known = values.filter(z => z !== null).map(z => roundedComplex(z, digits));
  const parts = [known.map(z => z.re), known.map(z => Math.abs(z.im))];
  const fixedLayouts = parts.map(p => forced(p, digits, false));
  const scientificLayouts = parts.map(p => forced(p, digits, true));
  const widthOf = (l: readonly NumberLayout[]): number => l[0].width + l[1].width;
  const zero = (k: number): boolean => parts[k].every(x => x === 0);
  const shorter = (k: number): NumberLayout =>
    fixedLayouts[k].width <= scientificLayouts[k].width ? fixedLayouts[k] : scientificLayouts[k];
  const both = widthOf(fixedLayouts) < widthOf(scientificLayouts) ? fixedLayouts : scientificLayouts;
  // Parts that are all zero are one digit wide.
  const [re, im] = zero(0) || zero(1) ? [shorter(0), shorter(1)] : both;
  const width = known.length === 0 ? 2 : re.width + im.width + 2;
  return { width: values.includes(null) ? Math.max(width, 2) : width, re, im };
}

function forced(values: readonly number[], digits: number, scientificOnly: boolean): NumberLayout {
  const finite = values.filter(Number.isFinite);
  const special = highest(values.map(x => (Number.isFinite(x) ? 0 : x === Number.NEGATIVE_INFINITY ? 4 : 3)));
  if (finite.length === 0) return { width: special, decimals: 0, exponent: 0 };
  const all = finite.map(x => ({ x, ...significant(x, digits) }));
  const negative = finite.some(x => x < 0) ? 1 : 0;
  if (scientificOnly) {
    const most = highest(all.map(s => s.count));
    const exponent = all.some(s => Math.abs(s.power) >= 100) ? 2 : 1;
    const width = negative + (most > 1 ? 1 : 0) + (most - 1) + 4 + exponent;
    return { width: Math.max(width, special), decimals: most - 1, exponent };
  }
  const decimals = highest(all.map(s => s.count - s.power - 1));
  const left = highest(all.map(s => (s.x < 0 ? 1 : 0) + Math.max(1, s.power + 1)));
  return { width: Math.max(left + (decimals > 0 ? decimals + 1 : 0), special), decimals, exponent: 0 };
}

export function complexText(z: Complex | null, { re, im }: ComplexLayout): string {
  if (z === null) return 'NA';
  const imaginary = numberText(Math.abs(z.im), im).padStart(im.width);
  return `${numberText(z.re, re).padStart(re.width)}${z.im < 0 ? '-' : '+'}${imaginary}i`;
}
