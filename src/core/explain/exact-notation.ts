import type { RowOperation } from '../exact/elimination';
import { isZero, ONE, type Rational, rationalLatex, toNumber } from '../exact/rational';
import { type RationalMatrix, rationalMatrix } from '../exact/rational-matrix';
import { isRational, type Surd, surdLatex, surdNumber } from '../exact/surd';
import type { Value } from '../values/value';
import { type Grid, gridOfValue, relation, rowsLatex, typeset, written } from './notation';

export const exactGrid = (g: Grid): RationalMatrix | undefined =>
  rationalMatrix(g.rows, g.columns, (i, j) => g.at(i, j));

/** A bracketed matrix of fractions, with a rule before the column `bar` and the pivots framed. */
export function exactLatex(m: RationalMatrix, bar?: number, pivots: readonly number[] = []): string {
  const body = rowsLatex(
    m.map((row, i) =>
      row.map((x, j) => (pivots[i] === j ? `\\boxed{${rationalLatex(x)}}` : rationalLatex(x))).join(' & '),
    ),
  );
  if (bar === undefined) return `\\begin{bmatrix} ${body} \\end{bmatrix}`;
  const columns = `${'c'.repeat(bar)}|${'c'.repeat(m[0].length - bar)}`;
  return `\\left[\\begin{array}{${columns}} ${body} \\end{array}\\right]`;
}

/** The matrix between bars. */
export const determinantLatex = (m: RationalMatrix): string => exactLatex(m).replaceAll('bmatrix', 'vmatrix');

export const columnLatex = (v: readonly Rational[]): string => exactLatex(v.map(x => [x]));

/** `R_2 \leftarrow R_2 - 3R_1` */
export function operationLatex(op: RowOperation): string {
  const name = (row: number): string => (row < 9 ? `R_${row + 1}` : `R_{${row + 1}}`);
  const row = name(op.row);
  switch (op.kind) {
    case 'swap':
      return `${row} \\leftrightarrow ${name(op.with)}`;
    case 'scale':
      return `${row} \\leftarrow ${times(op.by)}${row}`;
    case 'subtract': {
      const plus = op.times.s < 0n;
      return `${row} \\leftarrow ${row} ${plus ? '+' : '-'} ${times(plus ? op.times.neg() : op.times)}${name(op.source)}`;
    }
  }
}

/** The sentence of a row operation; rows count from 1. */
export function operationSentence(op: RowOperation): string {
  switch (op.kind) {
    case 'swap':
      return `Swap rows ${op.row + 1} and ${op.with + 1}.`;
    case 'scale':
      return `Make the pivot of row ${op.row + 1} a 1.`;
    case 'subtract':
      return `Clear the entry of row ${op.row + 1} with the pivot of row ${op.source + 1}.`;
  }
}

const times = (r: Rational): string => (r.equals(ONE) ? '' : r.equals(ONE.neg()) ? '-' : rationalLatex(r));

/** In parentheses where its sign would run into what stands before it. */
export const factorLatex = (r: Rational): string =>
  r.s < 0n && !isZero(r) ? `(${rationalLatex(r)})` : rationalLatex(r);

/** ` \approx 0.33` behind a fraction that its decimals say better; nothing behind a whole number. */
export function approximation(r: Rational): string {
  return r.d === 1n
    ? ''
    : ` ${toNumber(r) === Number(written(toNumber(r)).latex) ? '=' : '\\approx'} ${written(toNumber(r)).latex}`;
}

/** ` \\approx` and the decimals of exact entries, behind those that are not all whole numbers; nothing otherwise. */
export function decimals(m: readonly (readonly (Rational | Surd)[])[]): string {
  const number = (x: Rational | Surd): number => ('radicand' in x ? surdNumber(x).re : toNumber(x));
  const whole = m.every(row => row.every(x => Number.isInteger(number(x)) && !('radicand' in x && !isRational(x))));
  if (whole || m.some(row => row.some(x => 'radicand' in x && x.radicand < 0n && !isRational(x)))) return '';
  const grid: Grid = { rows: m.length, columns: m[0].length, at: (i, j) => number(m[i][j]) };
  return ` ${relation(grid)} ${typeset(grid)}`;
}

/** Whether a value is what exact arithmetic gives, but for rounding. */
export function agrees(exact: RationalMatrix, value: Value): boolean {
  const grid = gridOfValue(value);
  return (
    grid !== undefined &&
    grid.rows * grid.columns === exact.length * exact[0].length &&
    exact.flat().every((x, k) => {
      const found = Number(grid.at(Math.floor(k / grid.columns), k % grid.columns));
      return Math.abs(found - toNumber(x)) <= 1e-6 * Math.max(1, Math.abs(found));
    })
  );
}

/** A bracketed matrix of numbers with roots. */
export const surdMatrixLatex = (m: readonly (readonly Surd[])[]): string =>
  `\\begin{bmatrix} ${rowsLatex(m.map(row => row.map(surdLatex).join(' & ')))} \\end{bmatrix}`;

/** ` \approx 5.37` behind a root; nothing behind a rational number. */
export function surdApproximation(s: Surd): string {
  if (isRational(s)) return '';
  const { re, im } = surdNumber(s);
  if (im === 0) return ` \\approx ${written(re).latex}`;
  return s.radicand === -1n && s.b.d === 1n && s.a.d === 1n ? '' : ` \\approx ${written({ re, im }).latex}`;
}
