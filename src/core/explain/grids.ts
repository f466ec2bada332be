import type { Trace } from '../evaluate/trace';
import { isComplex } from '../values/dtype';
import type { Value } from '../values/value';
import { type Grid, gridOfValue, shown } from './notation';
import type { Step } from './step';

/** Rounding that plain arithmetic on the operands may differ by from the engine. */
const TOLERANCE = 1e-6;

export const isScalar = (g: Grid): boolean => g.rows === 1 && g.columns === 1;

export const isVector = (g: Grid): boolean => g.rows === 1 || g.columns === 1;

export const transposed = (g: Grid): Grid => ({ rows: g.columns, columns: g.rows, at: (i, j) => g.at(j, i) });

/** A grid of computed numbers. */
export const gridFrom = (rows: number, columns: number, at: (i: number, j: number) => number): Grid => ({
  rows,
  columns,
  at,
});

/** All entries in reading order. */
export const allEntries = (g: Grid) =>
  Array.from({ length: g.rows * g.columns }, (_, k) => g.at(Math.floor(k / g.columns), k % g.columns));

/** The same as numbers. */
export const allNumbers = (g: Grid): number[] => allEntries(g).map(Number);

export const entry = (g: Grid, k: number) => g.at(Math.floor(k / g.columns), k % g.columns);

/** Of larger grids only what is shown is looked at. */
const MAX_CHECKED = 4096;

const lines = (g: Grid, n: number): number[] =>
  g.rows * g.columns > MAX_CHECKED ? shown(n).filter(i => i >= 0) : Array.from({ length: n }, (_, i) => i);

const everyEntry = (g: Grid, test: (i: number, j: number) => boolean): boolean =>
  lines(g, g.rows).every(i => lines(g, g.columns).every(j => test(i, j)));

export const isReal = (g: Grid): boolean => everyEntry(g, (i, j) => !isComplex(g.at(i, j)));

/** Grids of finite real numbers; undefined where a value is none. */
export function realGrids(values: readonly (Value | undefined)[]): Grid[] | undefined {
  const grids = values.map(v => v && gridOfValue(v));
  const real = (g: Grid): boolean =>
    g.rows * g.columns > 0 && everyEntry(g, (i, j) => Number.isFinite(Number(g.at(i, j))));
  return grids.every((g): g is Grid => g !== undefined && real(g)) ? grids : undefined;
}

export const near = (x: number, y: number): boolean =>
  Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));

/** Whether every entry of a result is what `expected` gives, but for rounding. */
export function agreesWith(result: Grid, expected: (i: number, j: number) => number): boolean {
  // What cancels leaves rounding that is large beside an entry, not beside the largest one.
  let size = 0;
  everyEntry(result, (i, j) => {
    size = Math.max(size, Math.abs(Number(result.at(i, j))));
    return true;
  });
  return everyEntry(result, (i, j) => {
    const [x, y] = [Number(result.at(i, j)), expected(i, j)];
    return near(x, y) || Math.abs(x - y) <= TOLERANCE * size;
  });
}

/** What a method on grids of real or complex numbers gets: one grid per operand, and the result. */
export type GridWork = (operands: readonly Grid[], result: Grid, node: Trace) => Step | undefined;

/** A method on the grids of all operands and of the result. */
export const onGrids =
  (work: GridWork) =>
  (node: Trace): Step | undefined => {
    const operands = node.operands.map(gridOfValue);
    const result = gridOfValue(node.result);
    return result && operands.every((g): g is Grid => g !== undefined) ? work(operands, result, node) : undefined;
  };
