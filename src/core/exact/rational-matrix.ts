import type { Element } from '../values/dtype';
import { isZero, ONE, type Rational, rational, rationalOf, sizeOf, ZERO } from './rational';

/** Rows of fractions. */
export type RationalMatrix = readonly (readonly Rational[])[];

/** Sides up to which working by hand is worth reading: of a square matrix, and of the longer side of another one. */
export const MAX_SIDE = 6;
export const MAX_LENGTH = 10;

export const isSmall = (rows: number, columns: number): boolean =>
  Math.min(rows, columns) <= MAX_SIDE && Math.max(rows, columns) <= MAX_LENGTH;
/** Fractions with more digits than these end a derivation. */
export const MAX_SIZE = 60;

/** The matrix of fractions that was meant, or undefined where an entry is no short decimal or a side is too long. */
export function rationalMatrix(
  rows: number,
  columns: number,
  at: (i: number, j: number) => Element,
): RationalMatrix | undefined {
  if (rows === 0 || columns === 0 || !isSmall(rows, columns)) return undefined;
  const out: Rational[][] = [];
  for (let i = 0; i < rows; i++) {
    const row: Rational[] = [];
    for (let j = 0; j < columns; j++) {
      const r = rationalOf(at(i, j));
      if (!r) return undefined;
      row.push(r);
    }
    out.push(row);
  }
  return out;
}

export const identity = (n: number): RationalMatrix =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (i === j ? ONE : ZERO)));

export const transpose = (m: RationalMatrix): RationalMatrix => m[0].map((_, j) => m.map(row => row[j]));

export const multiply = (a: RationalMatrix, b: RationalMatrix): RationalMatrix =>
  a.map(row => b[0].map((_, j) => row.reduce((s, x, k) => s.add(x.mul(b[k][j])), ZERO)));

export const beside = (a: RationalMatrix, b: RationalMatrix): RationalMatrix => a.map((row, i) => [...row, ...b[i]]);

export const columnOf = (m: RationalMatrix, j: number): Rational[] => m.map(row => row[j]);

export const dotOf = (a: readonly Rational[], b: readonly Rational[]): Rational =>
  a.reduce((s, x, k) => s.add(x.mul(b[k])), ZERO);

/** The same direction with whole entries that share no factor. */
export function primitive(u: readonly Rational[]): Rational[] {
  const gcd = (x: bigint, y: bigint): bigint => (y === 0n ? x : gcd(y, x % y));
  const denominator = u.reduce((l, x) => (l * x.d) / gcd(l, x.d), 1n);
  const divisor = u.reduce((g, x) => gcd(g, (x.n * denominator) / x.d), 0n);
  return divisor === 0n ? [...u] : u.map(x => x.mul(rational(denominator, divisor)));
}

/** Whether all fractions are still short enough to be read. */
export const isReadable = (m: RationalMatrix): boolean => m.every(row => row.every(r => sizeOf(r) <= MAX_SIZE));

export const isZeroRow = (row: readonly Rational[]): boolean => row.every(isZero);
