/** Shortest decimal digits that read back as the same number, for float64 and float32. */
export interface Digits {
  readonly negative: boolean;
  /** Significant digits without leading or trailing zeros; empty for zero. */
  readonly digits: string;
  /** The decimal point stands behind this many digits: 0.12 has digits 12 and point 0. */
  readonly point: number;
}

/** The shortest digits of a finite number, in the precision of its type. */
export function shortestDigits(x: number, single: boolean): Digits {
  const negative = x < 0 || Object.is(x, -0);
  const magnitude = Math.abs(x);
  if (magnitude === 0) return { negative, digits: '', point: 1 };
  let text = magnitude.toExponential();
  if (single) {
    for (let precision = 1; precision <= 9; precision++) {
      text = magnitude.toExponential(precision - 1);
      if (Math.fround(Number(text)) === magnitude) break;
    }
  }
  const [mantissa, exponent] = text.split('e');
  return { negative, digits: mantissa.replace('.', '').replace(/0+$/, ''), point: Number(exponent) + 1 };
}

/** `12.`, `0.5`: digits in positional form, at most `precision` behind the point, trailing zeros trimmed, the point kept. */
export function positional(x: number, single: boolean, precision: number): string {
  const { negative, digits, point } = shortestDigits(x, single);
  const sign = negative ? '-' : '';
  if (digits.length - point > precision) {
    const [whole, fraction = ''] = fixed(Math.abs(x), precision).split('.');
    return `${sign}${whole}.${fraction.replace(/0+$/, '')}`;
  }
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  return `${sign}${padded.slice(0, at) || '0'}.${padded.slice(at)}`;
}

/** toFixed gives at most 21 digits before the point without an exponent; larger numbers have no fraction. */
const fixed = (x: number, precision: number): string => (x < 1e21 ? x.toFixed(precision) : String(BigInt(x)));

/** `1.5e-05` with at most `precision` digits behind the point, trimmed: mantissa and exponent apart. */
export function scientific(
  x: number,
  single: boolean,
  precision: number,
): { readonly mantissa: string; readonly exponent: number } {
  const { negative, digits, point } = shortestDigits(x, single);
  const sign = negative ? '-' : '';
  if (digits.length - 1 > precision) {
    const [m, e] = Math.abs(x).toExponential(precision).split('e');
    return { mantissa: `${sign}${m.replace(/0+$/, '')}`, exponent: Number(e) };
  }
  return { mantissa: `${sign}${digits[0] ?? '0'}.${digits.slice(1)}`, exponent: digits === '' ? 0 : point - 1 };
}

export const exponentText = (e: number): string => `e${e < 0 ? '-' : '+'}${String(Math.abs(e)).padStart(2, '0')}`;

/** A float as Python's repr writes it (and NumPy 1.24 for its scalars): `2.0`, `1e-05`, `1e+16`, `nan`, `inf`. */
export function pythonFloat(x: number, single = false): string {
  if (Number.isNaN(x)) return 'nan';
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf';
  const { digits, point } = shortestDigits(x, single);
  if (digits !== '' && (point <= -4 || point > 16)) {
    const { mantissa, exponent } = scientific(x, single, 17);
    return `${mantissa.replace(/\.$/, '')}${exponentText(exponent)}`;
  }
  const text = positional(x, single, 400);
  return text.endsWith('.') ? `${text}0` : text;
}
