import { describe, expect, test } from 'vitest';
import { NumberReader } from '../../../src/core/text/decimal';
import { random } from '../../support/random';

/** Texts that are read otherwise than the runtime reads them, or not to their end. */
const misread = (texts: readonly string[]): string[] =>
  texts.filter(t => {
    const reader = new NumberReader(t);
    return !Object.is(reader.read(0), Number(t)) || reader.end !== t.length;
  });

describe('numbers are read correctly rounded', () => {
  test('of every form', () => {
    expect(
      misread(
        '0 0.0 .5 5. 00.1 1e5 1E+5 1e-5 0e999 0.1 3.14 1e22 1e23 8.5e22 1e-23 123456789012345678 0.000001'.split(' '),
      ),
    ).toEqual([]);
  });

  test('at the edges of what a double holds', () => {
    expect(
      misread(
        '1.7976931348623157e308 1.7976931348623159e308 1e400 4.9e-324 2.4e-324 1e-400 2.2250738585072011e-308 2.2250738585072014e-308'.split(
          ' ',
        ),
      ),
    ).toEqual([]);
  });

  test('half way between two doubles, and next to it', () => {
    const next = random(7);
    const texts: string[] = [];
    for (let k = 0; k < 3000; k++) {
      const middle = (BigInt(Math.floor(next() * 2 ** 53)) + 2n ** 53n) * 2n + 1n;
      const scaled = middle * 2n ** BigInt(Math.floor(next() * 6));
      texts.push(`${scaled}`, `${scaled + 1n}`, `${scaled - 1n}`, `${scaled}.0`);
      const fraction = `${(BigInt(Math.floor(next() * 2 ** 53)) * 2n + 1n) * 125n}`;
      texts.push(`${fraction.slice(0, -3)}.${fraction.slice(-3)}`);
    }
    expect(misread(texts)).toEqual([]);
  });

  test('with any number of digits and any exponent', () => {
    const next = random(8);
    const texts: string[] = [];
    for (let k = 0; k < 20_000; k++) {
      const digits = Array.from({ length: 1 + Math.floor(next() * 26) }, () => Math.floor(next() * 10));
      const point = Math.floor(next() * (digits.length + 1));
      const mantissa = `${digits.slice(0, point).join('')}.${digits.slice(point).join('')}`;
      texts.push(next() < 0.5 ? mantissa : `${mantissa}e${Math.floor(next() * 140 - 70)}`);
      texts.push(String((next() + next() * 2 ** -32) * 10 ** Math.floor(next() * 60 - 30)));
    }
    expect(misread(texts.filter(t => t !== '.' && !t.startsWith('.e')))).toEqual([]);
  });
});

describe('the end of a number', () => {
  const end = (text: string): number => {
    const reader = new NumberReader(text);
    reader.read(0);
    return reader.end;
  };

  test('an exponent needs digits', () => {
    expect(end('12e')).toBe(2);
    expect(end('12e+x')).toBe(2);
    expect(end('12e+1x')).toBe(5);
  });

  test('a second point is not part of it', () => expect(end('1.2.3')).toBe(3));

  test('there may be none', () => {
    expect(new NumberReader('x').read(0)).toBeNaN();
    expect(end('.')).toBe(0);
    expect(end('')).toBe(0);
  });

  test('nothing beyond the limit is read', () => {
    const reader = new NumberReader('x12345', { start: 1, end: 4 });
    expect(reader.read(1)).toBe(123);
    expect(reader.end).toBe(4);
    expect(reader.read(2, 3)).toBe(2);
    expect(reader.end).toBe(3);
  });
});
