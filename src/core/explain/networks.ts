import type { Trace } from '../evaluate/trace';
import { agreesWith, allNumbers, gridFrom, isScalar, near, realGrids, transposed } from './grids';
import type { Method } from './method';
import { bracket, factor, type Grid, relation, sum, typeset, written } from './notation';
import type { Step } from './step';

/** Worked forms of what networks are made of, for library functions that do it in one call. */

/** Larger ones are not worked out. */
const MAX_SIDE = 12;

const small = (...grids: readonly Grid[]): boolean => grids.every(g => Math.max(g.rows, g.columns) <= MAX_SIDE);

const ending = (g: Grid): string => `${relation(g)} ${typeset(g)}`;

const rowsOf = (g: Grid): number[][] => {
  const all = allNumbers(g);
  return Array.from({ length: g.rows }, (_, i) => all.slice(i * g.columns, (i + 1) * g.columns));
};

const fromRows = (rows: readonly (readonly number[])[]): Grid =>
  gridFrom(rows.length, rows[0].length, (i, j) => rows[i][j]);

const sumOf = (x: readonly number[]): number => x.reduce((s, y) => s + y, 0);

/** Softmax of every row, or with `turned` of every column: shift by the largest, powers, sums, shares. */
function softmaxSteps(x: Grid, turned = false): { readonly steps: Step[]; readonly value: Grid } {
  const back = (rows: readonly (readonly number[])[]): Grid => (turned ? transposed(fromRows(rows)) : fromRows(rows));
  const rows = rowsOf(turned ? transposed(x) : x);
  const shifted = rows.map(r => r.map(y => y - Math.max(...r)));
  const powers = shifted.map(r => r.map(Math.exp));
  const sums = powers.map(sumOf);
  const value = back(powers.map((r, i) => r.map(y => y / sums[i])));
  const [s, p] = [back(shifted), back(powers)];
  const sumAt = (i: number, j: number): string => written(sums[turned ? j : i]).latex;
  return {
    value,
    steps: [
      {
        sentence: 'Subtract the largest entry: the shares stay the same, and no power is too large.',
        latex: typeset(s),
      },
      {
        sentence: 'Raise e to every entry.',
        latex: `${bracket(s.rows, s.columns, (i, j) => `e^{${written(s.at(i, j)).latex}}`)} ${ending(p)}`,
      },
      {
        sentence: 'Add the powers.',
        latex: sums
          .map((t, i) => `${sum(powers[i].length, k => written(powers[i][k]).latex)} ${valueLatex(t)}`)
          .join(', \\quad '),
      },
      {
        sentence: 'Divide each power by its sum.',
        latex: `${bracket(p.rows, p.columns, (i, j) => `\\frac{${written(p.at(i, j)).latex}}{${sumAt(i, j)}}`)} ${ending(value)}`,
      },
    ],
  };
}

/** `= 3`, `\\approx 2.7183` */
const valueLatex = (x: number): string => `${written(x).rounded ? '\\approx' : '='} ${written(x).latex}`;

/** Softmax along the line that was asked for: of a vector, of every row, or of every column. */
export const softmax: Method = node => {
  const found = realGrids([node.operands[0], node.result]);
  if (!found || !small(...found)) return undefined;
  const [x, result] = found;
  if (isScalar(x) || x.rows !== result.rows || x.columns !== result.columns) return undefined;
  for (const turned of x.columns === 1 ? [true] : [false, true]) {
    const { steps, value } = softmaxSteps(x, turned);
    if (!agreesWith(result, (i, j) => Number(value.at(i, j)))) continue;
    return {
      sentence: `Softmax${x.columns === 1 || x.rows === 1 ? '' : turned ? ' of every column' : ' of every row'}: powers of e divided by their sum.`,
      latex: `\\operatorname{softmax}\\left(${typeset(x)}\\right) ${ending(result)}`,
      children: steps,
    };
  }
  return undefined;
};

const productOf = (a: Grid, b: Grid): Grid => {
  const [x, y] = [rowsOf(a), rowsOf(transposed(b))];
  return gridFrom(a.rows, b.columns, (i, j) => x[i].reduce((s, v, k) => s + v * y[j][k], 0));
};

/** Scaled dot-product attention of queries, keys and values. */
export const attention: Method = node => {
  const found = realGrids([...node.operands.slice(0, 3), node.result]);
  if (found?.length !== 4 || !small(...found)) return undefined;
  const [q, k, v, result] = found;
  if (q.columns !== k.columns || k.rows !== v.rows) return undefined;
  const scores = productOf(q, transposed(k));
  const scaled = gridFrom(scores.rows, scores.columns, (i, j) => Number(scores.at(i, j)) / Math.sqrt(q.columns));
  const { steps, value: weights } = softmaxSteps(scaled);
  const mixed = productOf(weights, v);
  // A mask or another scale gives another value.
  if (mixed.rows !== result.rows || !agreesWith(result, (i, j) => Number(mixed.at(i, j)))) return undefined;
  return {
    sentence: 'Attention: every query weighs the values by how well its key fits.',
    latex: `\\underbrace{\\operatorname{softmax}\\left(\\tfrac{1}{\\sqrt{${q.columns}}} Q K^T\\right)}_{${weights.rows} \\times ${weights.columns}} \\underbrace{V}_{${v.rows} \\times ${v.columns}} ${ending(result)}`,
    children: [
      {
        sentence: 'Every query times every key.',
        latex: `Q K^T = ${typeset(q)} ${typeset(transposed(k))} ${ending(scores)}`,
      },
      {
        sentence: 'Divide by the root of the length of a key.',
        latex: `\\frac{1}{\\sqrt{${q.columns}}} ${typeset(scores)} ${ending(scaled)}`,
      },
      { sentence: 'Softmax of every row gives the weights.', latex: `W ${ending(weights)}`, children: steps },
      {
        sentence: 'Mix the rows of V by the weights.',
        latex: `W V = ${typeset(weights)} ${typeset(v)} ${ending(result)}`,
      },
    ],
  };
};

/** Every row less its mean, divided by its standard deviation. */
export const layerNorm: Method = (node: Trace) => {
  const found = realGrids([node.operands[0], node.result]);
  if (!found || !small(...found)) return undefined;
  const x = found[0].columns === 1 ? transposed(found[0]) : found[0];
  const result = found[1].columns === 1 ? transposed(found[1]) : found[1];
  if (x.rows !== result.rows || x.columns !== result.columns || isScalar(x)) return undefined;
  const rows = rowsOf(x);
  const means = rows.map(r => sumOf(r) / r.length);
  const centred = fromRows(rows.map((r, i) => r.map(y => y - means[i])));
  const variances = rowsOf(centred).map(r => sumOf(r.map(y => y * y)) / r.length);
  const epsilon = [1e-5, 0, 1e-6, 1e-8, 1e-12].find(e =>
    agreesWith(result, (i, j) => Number(centred.at(i, j)) / Math.sqrt(variances[i] + e)),
  );
  // Weights and a bias of its own give another value.
  if (epsilon === undefined) return undefined;
  const list = (name: string, values: readonly number[]): string =>
    `${name} ${ending(gridFrom(values.length, 1, i => values[i]))}`;
  return {
    sentence: 'Layer norm: subtract the mean, divide by the standard deviation.',
    latex: `\\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\varepsilon}} ${ending(result)}`,
    children: [
      { sentence: 'The mean of every row.', latex: list('\\mu', means) },
      { sentence: 'Subtract it.', latex: `x - \\mu ${ending(centred)}` },
      { sentence: 'The variance of every row.', latex: list('\\sigma^2', variances) },
      {
        sentence:
          epsilon === 0
            ? 'Divide by its root.'
            : 'Divide by its root, with a small number added against division by 0.',
        latex: `\\frac{1}{\\sqrt{\\sigma^2 + ${written(epsilon).latex}}} ${typeset(centred)} ${ending(result)}`,
      },
    ],
  };
};

/** The dot product divided by both lengths. */
export const cosineSimilarity: Method = node => {
  const found = realGrids([node.operands[0], node.operands[1], node.result]);
  if (!found) return undefined;
  const [a, b, result] = found;
  const [x, y] = [allNumbers(a), allNumbers(b)];
  if (x.length !== y.length || !isScalar(result) || x.length > MAX_SIDE) return undefined;
  const product = x.reduce((s, v, k) => s + v * y[k], 0);
  const lengths = [x, y].map(v => Math.sqrt(sumOf(v.map(t => t * t))));
  if (!near(product / (lengths[0] * lengths[1]), Number(result.at(0, 0)))) return undefined;
  const length = (v: readonly number[], name: string, value: number): Step => ({
    sentence: 'A length: the root of the summed squares.',
    latex: `\\|${name}\\| = \\sqrt{${sum(v.length, k => `${factor(v[k])}^2`)}} ${valueLatex(value)}`,
  });
  return {
    sentence: 'Cosine similarity: the dot product divided by both lengths.',
    latex: `\\frac{${written(product).latex}}{${written(lengths[0]).latex} \\cdot ${written(lengths[1]).latex}} \\approx ${typeset(result)}`,
    children: [
      {
        sentence: 'The dot product.',
        latex: `a \\cdot b = ${sum(x.length, k => `${factor(x[k])} \\cdot ${factor(y[k])}`)} ${valueLatex(product)}`,
      },
      length(x, 'a', lengths[0]),
      length(y, 'b', lengths[1]),
    ],
  };
};
