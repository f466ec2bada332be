import { identity, type Matrix, matrix, multiply, qr } from '../../../src/core/linalg/index';

/** Matrices on which linear algebra goes wrong, as far as known: names after Higham's gallery. */

/** Numbers in [-1, 1) from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  };
}

const from = (rows: number, columns: number, at: (i: number, j: number) => number): Matrix =>
  matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, (_, k) => at(Math.floor(k / columns), k % columns)),
  );

export function random(rows: number, columns: number, seed: number, complex = false): Matrix {
  const next = randomFrom(seed);
  const re = from(rows, columns, next);
  return complex ? matrix(rows, columns, re.re, from(rows, columns, next).re) : re;
}

export const hilbert = (n: number): Matrix => from(n, n, (i, j) => 1 / (i + j + 1));
const orthogonal = (n: number, seed: number): Matrix => qr(random(n, n, seed)).q;
const scaled = (m: Matrix, f: number): Matrix =>
  matrix(
    m.rows,
    m.columns,
    m.re.map(x => x * f),
    m.im?.map(x => x * f),
  );
const diagonal = (d: readonly number[]): Matrix => from(d.length, d.length, (i, j) => (i === j ? d[i] : 0));
const similar = (q: Matrix, d: Matrix): Matrix =>
  multiply(
    multiply(q, d),
    from(q.columns, q.rows, (i, j) => q.re[j * q.columns + i]),
  );
const jordan = (n: number, value: number): Matrix => from(n, n, (i, j) => (i === j ? value : j === i + 1 ? 1 : 0));
const kahan = (n: number, theta: number): Matrix =>
  from(n, n, (i, j) => (i > j ? 0 : Math.sin(theta) ** i * (i === j ? 1 : -Math.cos(theta))));

const SQUARE: readonly (readonly [string, Matrix])[] = [
  ['0×0', matrix(0, 0)],
  ['1×1', from(1, 1, () => -3)],
  ['1×1 zero', matrix(1, 1)],
  ['zero', matrix(6, 6)],
  ['identity', identity(9)],
  ['random 2', random(2, 2, 1)],
  ['random 7', random(7, 7, 2)],
  ['random 40', random(40, 40, 3)],
  ['random 97, blocked', random(97, 97, 4)],
  ['complex random 9', random(9, 9, 5, true)],
  ['complex random 40', random(40, 40, 6, true)],
  ['Hilbert 10', hilbert(10)],
  ['Vandermonde', from(10, 10, (i, j) => ((i + 1) / 10) ** (9 - j))],
  ['Kahan', kahan(30, 1.2)],
  ['Frank', from(12, 12, (i, j) => (j < i - 1 ? 0 : 12 - Math.max(i, j)))],
  ['Grcar', from(20, 20, (i, j) => (j === i - 1 ? -1 : j >= i && j <= i + 3 ? 1 : 0))],
  ['Wilkinson 21', from(21, 21, (i, j) => (i === j ? Math.abs(i - 10) : Math.abs(i - j) === 1 ? 1 : 0))],
  ['Jordan block', jordan(8, 2)],
  ['nilpotent Jordan block', jordan(6, 0)],
  ['companion of (x - 1) … (x - 8)', companion([1, 2, 3, 4, 5, 6, 7, 8])],
  ['rank 2 of 8', multiply(random(8, 2, 7), random(2, 8, 8))],
  ['graded', from(10, 10, (i, j) => 10 ** -(i + j))],
  ['graded the other way', from(10, 10, (i, j) => 10 ** (i + j - 18))],
  ['times 1e-150', scaled(random(6, 6, 9), 1e-150)],
  ['times 1e150', scaled(random(6, 6, 10), 1e150)],
  ['times 1e-300', scaled(random(6, 6, 11), 1e-300)],
  ['nearly defective', from(2, 2, (i, j) => (i === j ? 1 : j > i ? 1 : 1e-14))],
  ['repeated eigenvalues', similar(orthogonal(9, 12), diagonal([1, 1, 1, 2, 2, 3, 3, 3, 3]))],
  ['orthogonal', orthogonal(15, 13)],
  ['cyclic permutation', from(4, 4, (i, j) => (j === (i + 1) % 4 ? 1 : 0))],
  ['rotation', from(2, 2, (i, j) => (i === j ? 0 : i > j ? 1 : -1))],
  ['skew-symmetric', from(7, 7, (i, j) => (j - i) / (1 + i * j))],
  ['all ones', from(9, 9, () => 1)],
  // Elimination leaves numbers that dwindle beyond the smallest normal one.
  ['all ones, blocked', from(131, 131, () => 1)],
  ['all 1 + i/2', matrix(50, 50, new Float64Array(2500).fill(1), new Float64Array(2500).fill(0.5))],
];

/** The matrix whose characteristic polynomial has these roots. */
function companion(roots: readonly number[]): Matrix {
  const p = roots.reduce<number[]>((c, r) => c.concat(0).map((x, k) => x - r * (c[k - 1] ?? 0)), [1]);
  const n = roots.length;
  return from(n, n, (i, j) => (i === 0 ? -p[j + 1] : j === i - 1 ? 1 : 0));
}

const OBLONG: readonly (readonly [string, Matrix])[] = [
  ['0×4', matrix(0, 4)],
  ['4×0', matrix(4, 0)],
  ['1×6', random(1, 6, 20)],
  ['6×1', random(6, 1, 21)],
  ['zero 5×3', matrix(5, 3)],
  ['7×5', random(7, 5, 22)],
  ['5×7', random(5, 7, 23)],
  ['30×4', random(30, 4, 24)],
  ['4×30', random(4, 30, 25)],
  ['110×70, blocked', random(110, 70, 26)],
  ['complex 8×5', random(8, 5, 27, true)],
  ['complex 3×11', random(3, 11, 28, true)],
  ['tall Vandermonde', from(20, 8, (i, j) => (i / 20) ** j)],
  ['rank 1', from(6, 4, (i, j) => (i + 1) * (j - 2))],
  ['7×5 times 1e160', scaled(random(7, 5, 29), 1e160)],
  ['5×7 times 1e-160', scaled(random(5, 7, 30), 1e-160)],
];

export const square = SQUARE;
export const all = [...SQUARE, ...OBLONG];
