import { type Complex, type DType, type Element, isComplex } from '../src/core/panel';
import type { NumberFormat } from '../src/protocol/panel';

export const NUMBER_FORMATS: readonly { readonly format: NumberFormat; readonly label: string }[] = [
  { format: 'rounded', label: 'Rounded' },
  { format: 'shortest', label: 'All digits' },
  { format: 'fixed2', label: '2 decimals' },
  { format: 'fixed4', label: '4 decimals' },
  { format: 'scientific', label: 'Scientific' },
];

/** The fewest digits that read back as the same number of `dtype`. */
function shortest(x: number, dtype: DType): string {
  if (Object.is(x, -0)) return '-0';
  if (dtype !== 'float32') return String(x);
  for (let digits = 1; digits < 9; digits++) {
    const text = x.toPrecision(digits);
    if (Math.fround(Number(text)) === x) return String(Number(text));
  }
  return String(x);
}

/** Whole numbers in full as far as they have all their digits, others to six significant digits. */
function rounded(x: number): string {
  if (Object.is(x, -0)) return '-0';
  if (Math.abs(x) >= FIXED_LIMIT) return Number(x.toPrecision(6)).toExponential();
  return String(Number.isInteger(x) ? x : Number(x.toPrecision(6)));
}

/** From here on fixed decimals would print digits that the number does not have. */
const FIXED_LIMIT = 1e15;

function real(x: number, dtype: DType, format: NumberFormat): string {
  if (Number.isNaN(x)) return 'NaN';
  if (!Number.isFinite(x)) return x > 0 ? 'Infinity' : '-Infinity';
  switch (format) {
    case 'rounded':
      return rounded(x);
    case 'shortest':
      return shortest(x, dtype);
    case 'fixed2':
      return Math.abs(x) < FIXED_LIMIT ? x.toFixed(2) : x.toExponential(2);
    case 'fixed4':
      return Math.abs(x) < FIXED_LIMIT ? x.toFixed(4) : x.toExponential(4);
    case 'scientific':
      return x.toExponential(4);
  }
}

const isNegative = (x: number): boolean => x < 0 || Object.is(x, -0);

function complex({ re, im }: Complex, format: NumberFormat): string {
  const size = real(Math.abs(im), 'float64', format);
  return `${real(re, 'float64', format)} ${isNegative(im) ? '-' : '+'} ${size}i`;
}

/** One element as text. Integers and truth values are exact in every format but the scientific one. */
export function formatElement(e: Element, dtype: DType, format: NumberFormat): string {
  if (typeof e === 'boolean') return e ? 'True' : 'False';
  if (isComplex(e)) return complex(e, format);
  if (typeof e === 'bigint') return e.toString();
  return dtype === 'int64' && format !== 'scientific' ? String(e) : real(e, dtype, format);
}

function latexOfNumber(text: string): string {
  const [mantissa, exponent] = text.split('e');
  const sign = mantissa.startsWith('-') ? '-' : '';
  const body = mantissa.slice(sign.length);
  if (body === 'Infinity') return `${sign}\\infty`;
  if (body === 'NaN') return '\\mathrm{NaN}';
  if (exponent === undefined) return mantissa;
  return `${mantissa} \\times 10^{${Number(exponent)}}`;
}

/** The same element as LaTeX. */
export function latexElement(e: Element, dtype: DType, format: NumberFormat): string {
  const text = formatElement(e, dtype, format);
  if (typeof e === 'boolean') return `\\mathrm{${text}}`;
  if (!isComplex(e)) return latexOfNumber(text);
  const [re, sign, im] = text.split(' ');
  const size = latexOfNumber(im.slice(0, -1));
  return `${latexOfNumber(re)} ${sign} ${size}${size.endsWith('infty') ? ' ' : ''}i`;
}

/** Whether the number formats make a difference for elements of this type. */
export const hasFormats = (dtype: DType): boolean => dtype !== 'bool';
