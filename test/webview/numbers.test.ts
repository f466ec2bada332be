import { describe, expect, it } from 'vitest';
import { formatElement, latexElement } from '../../webview/numbers';

describe('formatElement', () => {
  it('writes the fewest digits that read back as the same number', () => {
    expect(formatElement(1 / 3, 'float64', 'rounded')).toBe('0.333333');
    expect(formatElement(1234567, 'int32', 'rounded')).toBe('1234567');
    expect(formatElement(-0, 'float64', 'rounded')).toBe('-0');
    expect(formatElement(81479925656622620, 'float64', 'rounded')).toBe('8.14799e+16');
    expect(formatElement(1.5e-9, 'float64', 'rounded')).toBe('1.5e-9');
    expect(formatElement(0.1, 'float64', 'shortest')).toBe('0.1');
    expect(formatElement(Math.fround(0.1), 'float32', 'shortest')).toBe('0.1');
    expect(formatElement(-0, 'float64', 'shortest')).toBe('-0');
  });

  it('rounds to fixed decimals and leaves integers alone', () => {
    expect(formatElement(2.8284271247461903, 'float64', 'fixed2')).toBe('2.83');
    expect(formatElement(7, 'int64', 'fixed4')).toBe('7');
    expect(formatElement(7, 'float64', 'fixed4')).toBe('7.0000');
    expect(formatElement(1e300, 'float64', 'fixed2')).toBe('1.00e+300');
  });

  it('keeps large integers exact', () => {
    expect(formatElement(9007199254740993n, 'int64', 'shortest')).toBe('9007199254740993');
  });

  it('names what is not finite', () => {
    expect(formatElement(Number.NaN, 'float64', 'fixed2')).toBe('NaN');
    expect(formatElement(Number.NEGATIVE_INFINITY, 'float64', 'scientific')).toBe('-Infinity');
  });

  it('writes complex numbers with the sign of the imaginary part', () => {
    expect(formatElement({ re: 1, im: -0.5 }, 'complex128', 'shortest')).toBe('1 - 0.5i');
    expect(formatElement({ re: 0, im: 1 }, 'complex128', 'fixed2')).toBe('0.00 + 1.00i');
  });
});

describe('latexElement', () => {
  it('writes exponents as powers of ten', () => {
    expect(latexElement(1.5e-9, 'float64', 'shortest')).toBe('1.5 \\times 10^{-9}');
  });

  it('writes infinities, NaN and truth values', () => {
    expect(latexElement(Number.NEGATIVE_INFINITY, 'float64', 'shortest')).toBe('-\\infty');
    expect(latexElement(Number.NaN, 'float64', 'shortest')).toBe('\\mathrm{NaN}');
    expect(latexElement(true, 'bool', 'shortest')).toBe('\\mathrm{True}');
  });

  it('writes both parts of a complex number', () => {
    expect(latexElement({ re: 1e-9, im: Number.POSITIVE_INFINITY }, 'complex128', 'shortest')).toBe(
      '1 \\times 10^{-9} + \\infty i',
    );
  });
});
