import type { Trace } from '../evaluate/trace';
import { isComplex } from '../values/dtype';
import type { Value } from '../values/value';
import { agreesWith, allEntries, isReal, isScalar, realGrids, transposed } from './grids';
import type { Method } from './method';
import {
  bracket,
  factor,
  fraction,
  type Grid,
  gridOfValue,
  provenance,
  relation,
  sum,
  typeset,
  written,
} from './notation';
import type { Provenance } from './provenance';
import type { Step } from './step';

/** Steps entry by entry. A step is told only where plain arithmetic on its operands gives the value of the engine. */

/** Sums of more entries are not checked and not told. */
const MAX_ENTRIES = 4096;

/** An operand as it meets a result: a number stands for every entry, a 1-D array for every row, one line for all lines. */
function spread(value: Value, g: Grid, result: Grid): Grid | undefined {
  if (isScalar(g)) return { ...result, at: () => g.at(0, 0) };
  if (g.rows === result.rows && g.columns === result.columns) return g;
  const flat = value.kind === 'array' && value.array.shape.length === 1;
  if (flat && g.rows === result.columns) return { ...result, at: (_, j) => g.at(j, 0) };
  if (g.rows === 1 && g.columns === result.columns) return { ...result, at: (_, j) => g.at(0, j) };
  if (g.columns === 1 && !flat && g.rows === result.rows) return { ...result, at: i => g.at(i, 0) };
  return undefined;
}

interface Entrywise {
  readonly sentence: string;
  readonly count: number;
  readonly value: (...x: readonly number[]) => number;
  readonly latex: (...x: readonly Grid[]) => (i: number, j: number) => string;
  /** The sign between the operands, where they stand before the work. */
  readonly sign?: string;
  readonly rule?: Provenance['rule'];
}

/** A step whose entries are each worked out by themselves. */
const entrywise =
  ({ sentence, count, value, latex, sign, rule }: Entrywise): Method =>
  node => {
    const operands = node.operands.map(gridOfValue);
    const result = gridOfValue(node.result);
    if (!result || result.rows * result.columns === 0 || operands.length !== count) return undefined;
    if (!operands.every((g): g is Grid => g !== undefined)) return undefined;
    const met = operands.map((g, k) => spread(node.operands[k], g, result));
    if (!met.every((g): g is Grid => g !== undefined)) return undefined;
    const real = [...met, result].every(isReal);
    if (real && !agreesWith(result, (i, j) => value(...met.map(g => Number(g.at(i, j)))))) return undefined;
    if (!real && !sign) return undefined;
    const entry = latex(...met);
    const end = `${relation(result)} ${typeset(result)}`;
    if (isScalar(result)) {
      const alone = sentence.replace(', entry by entry', '').replace(' entry by entry', '');
      return { sentence: alone.replace('every entry', 'the number'), latex: `${entry(0, 0)} ${end}` };
    }
    const work = bracket(result.rows, result.columns, entry);
    const shown = operands.map((g, k): Grid => (isRow(node.operands[k], node.result) ? transposed(g) : g));
    const head = sign
      ? `${shown.map((g, k) => (k > 0 && isScalar(g) ? factor(g.at(0, 0)) : typeset(g))).join(` ${sign} `)} = `
      : '';
    return {
      sentence,
      latex: `${head}${work} ${end}`,
      ...(rule ? provenance(rule, result, ...shown.map(g => [g, 'entry'] as const)) : {}),
    };
  };

/** Whether an operand meets the others as a row: a 1-D array does so where the result is a matrix. */
const isRow = (operand: Value, result: Value): boolean =>
  operand.kind === 'array' &&
  operand.array.shape.length === 1 &&
  result.kind === 'array' &&
  result.array.shape.length === 2;

const infix =
  (operator: string) =>
  (a: Grid, b: Grid) =>
  (i: number, j: number): string =>
    `${written(a.at(i, j)).latex} ${operator} ${factor(b.at(i, j))}`;

export const add = entrywise({
  sentence: 'Add entry by entry.',
  count: 2,
  value: (x, y) => x + y,
  latex: infix('+'),
  sign: '+',
  rule: 'add',
});

export const subtract = entrywise({
  sentence: 'Subtract entry by entry.',
  count: 2,
  value: (x, y) => x - y,
  latex: infix('-'),
  sign: '-',
  rule: 'subtract',
});

const dotted = (a: Grid, b: Grid) => (i: number, j: number) => `${factor(a.at(i, j))} \\cdot ${factor(b.at(i, j))}`;

/** Entry times entry, not the product of matrices. */
export const multiply = entrywise({
  sentence: 'Multiply entry by entry.',
  count: 2,
  value: (x, y) => x * y,
  latex: dotted,
  rule: 'multiply',
});

/** A number times every entry. */
export const scale: Method = node => {
  const [c, a] = node.operands.map(gridOfValue);
  const result = gridOfValue(node.result);
  if (!c || !a || !result || !isScalar(c) || isScalar(a)) return undefined;
  if (a.rows !== result.rows || a.columns !== result.columns || a.rows * a.columns === 0) return undefined;
  const work = bracket(a.rows, a.columns, (i, j) => `${factor(c.at(0, 0))} \\cdot ${factor(a.at(i, j))}`);
  return {
    sentence: 'Multiply every entry by the number.',
    latex: `${isComplex(c.at(0, 0)) ? factor(c.at(0, 0)) : written(c.at(0, 0)).latex} ${typeset(a)} = ${work} ${relation(result)} ${typeset(result)}`,
    ...provenance('multiply', result, [c, 'entry'], [a, 'entry']),
  };
};

export const divide = entrywise({
  sentence: 'Divide entry by entry.',
  count: 2,
  value: (x, y) => x / y,
  latex: (a, b) => (i, j) => fraction(written(a.at(i, j)).latex, written(b.at(i, j)).latex),
  rule: 'divide',
});

export const exponential = entrywise({
  sentence: 'Raise e to every entry.',
  count: 1,
  value: Math.exp,
  latex: a => (i, j) => `e^{${written(a.at(i, j)).latex}}`,
});

export const squareRoot = entrywise({
  sentence: 'Take the root of every entry.',
  count: 1,
  value: Math.sqrt,
  latex: a => (i, j) => `\\sqrt{${written(a.at(i, j)).latex}}`,
});

/** Every entry raised by itself. */
export const raised = entrywise({
  sentence: 'Raise every entry to its power.',
  count: 2,
  value: (x, y) => x ** y,
  latex: (a, b) => (i, j) => `${factor(a.at(i, j))}^{${written(b.at(i, j)).latex}}`,
});

const larger = entrywise({
  sentence: 'Take the larger of the two, entry by entry.',
  count: 2,
  value: Math.max,
  latex: (a, b) => (i, j) => `\\max(${written(a.at(i, j)).latex}, ${written(b.at(i, j)).latex})`,
});

const isNought = (v: Value | undefined): boolean => v?.kind === 'scalar' && Number(v.value) === 0;

/** The larger of two, entry by entry; beside 0 it is a rectified linear unit. */
export const maximum: Method = node => {
  if (node.operands.length !== 2) return undefined;
  const step = larger(node);
  const cut = node.operands.some(isNought);
  return step && cut ? { ...step, sentence: 'ReLU: entries below 0 become 0, the others stay.' } : step;
};

export const relu: Method = node =>
  node.operands.length === 1
    ? maximum({ ...node, operands: [...node.operands, { kind: 'scalar', dtype: 'float64', value: 0 }] })
    : undefined;

/** A sum, mean or spread over all entries, or over every column or row, whichever was computed. */
const folded =
  (
    sentence: string,
    value: (x: readonly number[]) => number,
    latex: (x: readonly (number | bigint | boolean)[]) => string,
    rule?: Provenance['rule'],
  ): Method =>
  (node: Trace): Step | undefined => {
    const found = node.operands.length > 0 ? realGrids([node.operands[0], node.result]) : undefined;
    if (!found) return undefined;
    const [a, result] = found;
    if (isScalar(a) || a.rows * a.columns > MAX_ENTRIES) return undefined;
    const entries = allEntries(a) as (number | bigint | boolean)[];
    const lines = linesOf(entries, a);
    const sides = downwards(node) ? [lines.columns, lines.rows] : [lines.rows, lines.columns];
    const right = [lines.all, ...sides].find(
      l =>
        l.length === result.rows * result.columns &&
        l.every((line, k) => isNear(line, value, Number(allEntries(result)[k]))),
    );
    if (!right) return undefined;
    const end = `${relation(result)} ${typeset(result)}`;
    const takes = right === lines.all ? 'all' : right === lines.rows ? 'row' : 'column';
    const from = (g: Grid) => (rule ? provenance(rule, g, [a, takes]) : {});
    if (right.length === 1) return { sentence, latex: `${latex(right[0])} ${end}`, ...from(result) };
    const work = bracket(result.rows, result.columns, (i, j) => latex(right[i * result.columns + j]));
    // One number a column: NumPy's 1-D result lies under its columns.
    const laid = takes === 'column' && result.columns === 1 ? transposed(result) : result;
    return {
      sentence: `${sentence.slice(0, -1)}, for every ${takes}.`,
      latex: `${work} ${end}`,
      ...from(laid),
    };
  };

const linesOf = <T>(entries: readonly T[], { rows, columns }: Grid) => ({
  all: [entries],
  rows: Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns)),
  columns: Array.from({ length: columns }, (_, j) => entries.filter((_, k) => k % columns === j)),
});

/** Whether a reduction was asked for column by column: of a symmetric matrix both ways give the same. */
function downwards({ operation, operands }: Trace): boolean {
  const [, given] = operands;
  const axis = given?.kind === 'scalar' ? Number(given.value) : undefined;
  // MATLAB's axes count from 1, and columns are its own choice.
  return operation.startsWith('octave.') ? axis !== 2 : axis === 0 || axis === -2;
}

/** What cancels leaves rounding that is large beside the result. */
function isNear(line: readonly unknown[], value: (x: readonly number[]) => number, found: number): boolean {
  const x = line.map(Number);
  const size = x.reduce((s, y) => s + Math.abs(y), 0);
  return Math.abs(found - value(x)) <= 1e-6 * Math.max(size, Math.abs(found));
}

const total = (x: readonly number[]): number => x.reduce((s, y) => s + y, 0);
const average = (x: readonly number[]): number => total(x) / x.length;
const variance = (x: readonly number[]): number => total(x.map(y => (y - average(x)) ** 2)) / x.length;

const terms = (x: readonly (number | bigint | boolean)[]): string =>
  sum(x.length, k => (k === 0 ? written(x[k]).latex : factor(x[k])));

const squares = (x: readonly (number | bigint | boolean)[]): string => {
  const mean = average(x.map(Number));
  return sum(x.length, k => `(${written(x[k]).latex} - ${factor(mean)})^2`);
};

export const summed = folded('Add all entries.', total, terms, 'add');

export const mean = folded('Mean: the sum of the entries divided by how many there are.', average, x =>
  fraction(terms(x), String(x.length)),
);

const populationVariance = folded(
  'Variance: the mean of the squared differences from the mean.',
  variance,
  x => `\\frac{${squares(x)}}{${x.length}}`,
);

const sampleVariance = folded(
  'Variance: the squared differences from the mean, divided by one less than their count.',
  x => (variance(x) * x.length) / (x.length - 1),
  x => `\\frac{${squares(x)}}{${x.length - 1}}`,
);

export const spreadOf: Method = node => populationVariance(node) ?? sampleVariance(node);

const populationDeviation = folded(
  'Standard deviation: the root of the mean squared difference from the mean.',
  x => Math.sqrt(variance(x)),
  x => `\\sqrt{\\frac{${squares(x)}}{${x.length}}}`,
);

const sampleDeviation = folded(
  'Standard deviation: the root of the squared differences from the mean, divided by one less than their count.',
  x => Math.sqrt((variance(x) * x.length) / (x.length - 1)),
  x => `\\sqrt{\\frac{${squares(x)}}{${x.length - 1}}}`,
);

export const deviation: Method = node => populationDeviation(node) ?? sampleDeviation(node);
