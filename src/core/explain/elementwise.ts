import type { Value } from '../values/value';
import type { Method } from './elimination';
import { bracket, factor, type Grid, gridOfValue, relation, sum, typeset, written } from './notation';

/** Steps entry by entry. A step is told only where plain arithmetic on its operands gives the value of the engine. */

const TOLERANCE = 1e-6;

const isScalar = (g: Grid): boolean => g.rows === 1 && g.columns === 1;

/** Grids of real numbers; undefined where a value is none. */
function realGrids(values: readonly Value[]): Grid[] | undefined {
  const grids = values.map(gridOfValue);
  const real = (g: Grid): boolean => {
    for (let i = 0; i < g.rows; i++)
      for (let j = 0; j < g.columns; j++) if (!Number.isFinite(Number(g.at(i, j)))) return false;
    return g.rows > 0 && g.columns > 0;
  };
  return grids.every((g): g is Grid => g !== undefined && real(g)) ? grids : undefined;
}

const near = (x: number, y: number): boolean => Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));

function agreesWith(result: Grid, expected: (i: number, j: number) => number): boolean {
  for (let i = 0; i < result.rows; i++)
    for (let j = 0; j < result.columns; j++) if (!near(Number(result.at(i, j)), expected(i, j))) return false;
  return true;
}

/** A step whose entries are each worked out by themselves. */
function entrywise(
  sentence: string,
  count: number,
  value: (...x: readonly number[]) => number,
  latex: (...x: readonly Grid[]) => (i: number, j: number) => string,
): Method {
  return node => {
    const found = node.operands.length === count ? realGrids([...node.operands, node.result]) : undefined;
    const result = found?.at(-1);
    const operands = found?.slice(0, -1);
    if (!result || !operands) return undefined;
    if (operands.some(g => !isScalar(g) && (g.rows !== result.rows || g.columns !== result.columns))) return undefined;
    // A number stands for every entry.
    const spread = operands.map((g): Grid => (isScalar(g) ? { ...result, at: () => g.at(0, 0) } : g));
    if (!agreesWith(result, (i, j) => value(...spread.map(g => Number(g.at(i, j)))))) return undefined;
    const entry = latex(...spread);
    const work = isScalar(result) ? entry(0, 0) : bracket(result.rows, result.columns, entry);
    return { sentence, latex: `${work} ${relation(result)} ${typeset(result)}` };
  };
}

/** Entry times entry, not the product of matrices. */
export const multiply = entrywise(
  'Multiply entry by entry.',
  2,
  (x, y) => x * y,
  (a, b) => (i, j) => `${factor(a.at(i, j))} \\cdot ${factor(b.at(i, j))}`,
);

export const divide = entrywise(
  'Divide entry by entry.',
  2,
  (x, y) => x / y,
  (a, b) => (i, j) => `\\frac{${written(a.at(i, j)).latex}}{${written(b.at(i, j)).latex}}`,
);

export const exponential = entrywise(
  'Raise e to every entry.',
  1,
  Math.exp,
  a => (i, j) => `e^{${written(a.at(i, j)).latex}}`,
);

const allEntries = (g: Grid) =>
  Array.from({ length: g.rows * g.columns }, (_, k) => g.at(Math.floor(k / g.columns), k % g.columns));

/** A step that makes one number of all entries. */
function folded(
  sentence: string,
  value: (x: readonly number[]) => number,
  latex: (terms: string, count: number) => string,
): Method {
  return node => {
    const found = node.operands.length === 1 ? realGrids([node.operands[0], node.result]) : undefined;
    if (!found) return undefined;
    const [a, result] = found;
    const entries = allEntries(a);
    if (!isScalar(result) || isScalar(a)) return undefined;
    // What cancels leaves rounding that is large beside the result.
    const size = entries.reduce<number>((s, x) => s + Math.abs(Number(x)), 0);
    if (Math.abs(Number(result.at(0, 0)) - value(entries.map(Number))) > TOLERANCE * size) return undefined;
    const terms = sum(entries.length, k => (k === 0 ? written(entries[k]).latex : factor(entries[k])));
    return { sentence, latex: `${latex(terms, entries.length)} ${relation(result)} ${typeset(result)}` };
  };
}

const total = (x: readonly number[]): number => x.reduce((s, y) => s + y, 0);

export const summed = folded('Add all entries.', total, terms => terms);

export const mean = folded(
  'Mean: the sum of the entries divided by how many there are.',
  x => total(x) / x.length,
  (terms, count) => `\\frac{${terms}}{${count}}`,
);
