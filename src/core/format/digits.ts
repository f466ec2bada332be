import { roundHalf } from '../values/dtype';

/** Bits of the type whose shortest digits are asked for. */
export type Precision = 16 | 32 | 64;

/** Shortest decimal digits that read back as the same number in their type. */
export interface Digits {
  readonly negative: boolean;
  /** Significant digits without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** The decimal point stands behind this many digits: 0.12 has digits 12 and point 0. */
  readonly point: number;
}

const ROUND: Readonly<Record<Precision, (x: number) => number>> = { 16: roundHalf, 32: Math.fround, 64: x => x };

/** The shortest digits of a finite number, in the precision of its type. */
export function shortestDigits(x: number, type: Precision): Digits {
  const negative = x < 0 || Object.is(x, -0);
  const magnitude = Math.abs(x);
  if (magnitude === 0) return { negative, digits: '', point: 1 };
  let text = magnitude.toExponential();
  if (type !== 64) {
    for (let precision = 1; precision <= 9; precision++) {
      text = magnitude.toExponential(precision - 1);
      if (ROUND[type](Number(text)) === magnitude) break;
    }
    text = evenOfTie(magnitude, text, type);
  }
  const [mantissa, exponent] = text.split('e');
  return { negative, digits: mantissa.replace('.', '').replace(/0+$/, ''), point: Number(exponent) + 1 };
}

/** Of two shortest numbers equally near, the one that ends in an even digit: 50.125 in float16 is 50.12. */
function evenOfTie(x: number, text: string, type: Precision): string {
  const [mantissa, exponent] = text.split('e');
  const digits = mantissa.replace('.', '');
  const longer = x.toExponential(digits.length).split('e')[0].replace('.', '');
  const point = Number(exponent) + 1;
  if (Number(digits.at(-1)) % 2 === 0 || !longer.endsWith('5')) return text;
  if (beside(x, { negative: false, digits: longer, point }) !== 0) return text;
  const lower = String(BigInt(digits) - 1n);
  const even = `${lower[0]}.${lower.slice(1)}e${exponent}`;
  return lower.length === digits.length && ROUND[type](Number(even)) === x ? even : text;
}

/** The sign of |x| minus the decimal number that its shortest digits say. */
function beside(x: number, { digits, point }: Digits): number {
  let n = Math.abs(x);
  let twos = 0n;
  while (!Number.isInteger(n)) {
    n *= 2;
    twos++;
  }
  const tens = BigInt(point - digits.length);
  const left = BigInt(n) * (tens < 0n ? 10n ** -tens : 1n);
  const right = (BigInt(digits) << twos) * (tens > 0n ? 10n ** tens : 1n);
  return left > right ? 1 : left < right ? -1 : 0;
}

/** The digits rounded to the first `count` of them: by the exact value, a tie to the even digit. */
function cut(x: number, found: Digits, count: number): Digits {
  if (found.digits.length <= count) return found;
  if (count < 0) return { negative: found.negative, digits: '', point: 1 };
  const kept = found.digits.slice(0, count);
  const rest = found.digits.slice(count);
  let up = rest[0] >= '5';
  if (rest === '5') {
    // The shortest digits may themselves be rounded, up to a 5 or down to it.
    const side = beside(x, found);
    up = side === 0 ? Number(kept[count - 1] ?? 0) % 2 === 1 : side > 0;
  }
  const whole = String(BigInt(kept || '0') + (up ? 1n : 0n));
  if (whole === '0') return { negative: found.negative, digits: '', point: 1 };
  const carried = whole.length > count;
  return { ...found, digits: whole.replace(/0+$/, ''), point: found.point + (carried ? 1 : 0) };
}

/** `12.`, `0.5`: digits in positional form, at most `precision` behind the point, trailing zeros trimmed, the point kept. */
export function positional(x: number, type: Precision, precision: number): string {
  const found = shortestDigits(x, type);
  const { digits, point } = cut(x, found, found.point + precision);
  const sign = found.negative ? '-' : '';
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  return `${sign}${padded.slice(0, at) || '0'}.${padded.slice(at)}`;
}

/** Exactly `precision` digits behind the point, rounded from the exact value, ties to even. */
export function fixed(x: number, precision: number): string {
  let n = Math.abs(x);
  let twos = 0n;
  while (!Number.isInteger(n)) {
    n *= 2;
    twos++;
  }
  const scaled = BigInt(n) * 10n ** BigInt(precision);
  const unit = 1n << twos;
  let whole = scaled / unit;
  const rest = 2n * (scaled % unit);
  if (rest > unit || (rest === unit && whole % 2n === 1n)) whole += 1n;
  const text = whole.toString().padStart(precision + 1, '0');
  const sign = x < 0 || Object.is(x, -0) ? '-' : '';
  return precision === 0 ? `${sign}${text}.` : `${sign}${text.slice(0, -precision)}.${text.slice(-precision)}`;
}

/** `1.5e-05` with at most `precision` digits behind the point, trimmed: mantissa and exponent apart. */
export function scientific(
  x: number,
  type: Precision,
  precision: number,
): { readonly mantissa: string; readonly exponent: number } {
  const found = shortestDigits(x, type);
  const { digits, point } = cut(x, found, precision + 1);
  const sign = found.negative ? '-' : '';
  return { mantissa: `${sign}${digits[0] ?? '0'}.${digits.slice(1)}`, exponent: digits === '' ? 0 : point - 1 };
}

export const exponentText = (e: number): string => `e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;

/** A float as Python's repr writes it (and NumPy 1.24 for its scalars): `2.0`, `1e-05`, `1e+16`, `nan`, `inf`. */
export function pythonFloat(x: number, type: Precision = 64): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  const { digits, point } = shortestDigits(x, type);
  if (digits !== '' && (point <= -4 || point > 16)) {
    const { mantissa, exponent } = scientific(x, type, 17);
    return `${mantissa.replace(/\.$/, '')}${exponentText(exponent)}`;
  }
  const text = positional(x, type, 400);
  return text.endsWith('.') ? `${text}0` : text;
}
