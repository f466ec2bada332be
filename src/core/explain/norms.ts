import { rootOfInteger } from '../exact/surd';
import { allEntries, allNumbers, isReal, isScalar, isVector, near, onGrids } from './grids';
import { exactly, type Method } from './method';
import { factor, type Grid, gridOfValue, relation, sum, typeset, written } from './notation';
import { rootLatex, singularValues, singularValuesOf } from './singular';
import type { Step } from './step';

/** ` = \sqrt{8}`, or nothing when the sum of squares is no exact integer. */
const rootOf = (squares: number): string => (Number.isSafeInteger(squares) ? ` = \\sqrt{${squares}}` : '');

function rootResult(squares: number, value: number): string {
  if (Number.isInteger(value) && Number.isSafeInteger(squares) && value * value === squares) return ` = ${value}`;
  const text = written(value).latex;
  return ` \\approx ${/\./.test(text) && !text.includes('\\times') ? value.toFixed(2) : text}`;
}

/** A finer step where a square comes out of the root: `\\sqrt{8} = 2\\sqrt{2}`. */
function simplified(squares: number): { readonly children?: readonly Step[] } {
  if (!Number.isSafeInteger(squares)) return {};
  const { factor: outside, radicand } = rootOfInteger(BigInt(squares));
  if (outside <= 1n || radicand === 1n) return {};
  const latex = `\\sqrt{${squares}} = \\sqrt{${outside}^2 \\cdot ${radicand}} = ${outside}\\sqrt{${radicand}}`;
  return { children: [{ sentence: 'A square comes out of the root.', latex }] };
}

/** The distance of two vectors. */
export const distance: Method = onGrids(([a, b], result) => {
  if (!isReal(a) || !isReal(b)) return undefined;
  const [x, y] = [allEntries(a), allEntries(b)];
  const work = sum(x.length, k => `(${written(x[k]).latex}-${factor(y[k])})^2`).replace(/ \+ /g, '+');
  const squares = x.reduce<number>((s, _, k) => s + (Number(x[k]) - Number(y[k])) ** 2, 0);
  return {
    sentence: 'Distance: the length of the difference, the root of the summed squares.',
    latex: `\\sqrt{${work}}${rootOf(squares)}${rootResult(squares, Number(result.at(0, 0)))}`,
    ...simplified(squares),
  };
});

/** The 2-norm of a vector, or the Frobenius norm of a matrix: the root of all squares. */
function rootOfSquares(a: Grid, value: number): Step | undefined {
  const x = allEntries(a);
  const squares = x.reduce<number>((s, y) => s + Number(y) ** 2, 0);
  if (!near(Math.sqrt(squares), value)) return undefined;
  return {
    sentence: isVector(a)
      ? 'Length: the root of the summed squares.'
      : 'Frobenius norm: the root of the summed squares of all entries.',
    latex: `\\sqrt{${sum(x.length, k => `${factor(x[k])}^2`)}}${rootOf(squares)}${rootResult(squares, value)}`,
    ...simplified(squares),
  };
}

const size = (x: number): string => `\\left|${written(x).latex}\\right|`;

const ending = (result: Grid): string => `${relation(result)} ${typeset(result)}`;

/** Sums of magnitudes: of all entries of a vector, or the largest of all columns (1-norm) or rows (∞-norm) of a matrix. */
function magnitudes(a: Grid, result: Grid, order: 1 | 'inf'): Step | undefined {
  const value = Number(result.at(0, 0));
  const x = allNumbers(a);
  if (isVector(a)) {
    const expected = order === 1 ? x.reduce((s, y) => s + Math.abs(y), 0) : Math.max(...x.map(Math.abs));
    if (!near(expected, value)) return undefined;
    const list = sum(x.length, k => size(x[k]));
    return order === 1
      ? { sentence: '1-norm: the sum of the magnitudes.', latex: `${list} ${ending(result)}` }
      : {
          sentence: '∞-norm: the largest magnitude.',
          latex: `\\max\\left(${list.replaceAll(' + ', ', ')}\\right) ${ending(result)}`,
        };
  }
  const lines =
    order === 1
      ? Array.from({ length: a.columns }, (_, j) => x.filter((_, k) => k % a.columns === j))
      : Array.from({ length: a.rows }, (_, i) => x.slice(i * a.columns, (i + 1) * a.columns));
  const sums = lines.map(line => line.reduce((s, y) => s + Math.abs(y), 0));
  if (!near(Math.max(...sums), value)) return undefined;
  const what = order === 1 ? 'column' : 'row';
  return {
    sentence: `${order === 1 ? '1' : '∞'}-norm of a matrix: the largest sum of magnitudes of a ${what}.`,
    latex: `\\max\\left(${sum(sums.length, k => written(sums[k]).latex).replaceAll(' + ', ', ')}\\right) ${ending(result)}`,
    children: lines.slice(0, 6).map((line, k) => ({
      sentence: `The sum of ${what} ${k + 1}.`,
      latex: `${sum(line.length, i => size(line[i]))} = ${written(sums[k]).latex}`,
    })),
  };
}

/** The 2-norm of a matrix, its largest singular value. */
const spectral: Method = node =>
  exactly(1, (_, a) => {
    const found = singularValuesOf(a);
    if (typeof found !== 'object') return found;
    const step = singularValues({ ...node, operands: node.operands.slice(0, 1) });
    return (
      step && {
        sentence: '2-norm of a matrix: its largest singular value.',
        latex: `\\sigma_{1} = ${rootLatex(found.sorted[0])}`,
        children: [step],
      }
    );
  })(node);

/** The norm by its order; without one the length of a vector, and of a matrix what the library takes. */
export const norm: Method = node => {
  const a = node.operands[0] && gridOfValue(node.operands[0]);
  const result = gridOfValue(node.result);
  if (!a || !result || !isScalar(result) || a.rows * a.columns === 0 || !isReal(a)) return undefined;
  const value = Number(result.at(0, 0));
  const order = node.operands[1];
  const named =
    order?.kind === 'string' ? order.value.toLowerCase() : order?.kind === 'scalar' ? order.value : undefined;
  if (order && named === undefined && order.kind !== 'none') return undefined;
  if (named === undefined || named === 'fro' || named === 2) {
    const squares = named === 2 && !isVector(a) ? undefined : rootOfSquares(a, value);
    return squares ?? (isVector(a) || named === 'fro' ? undefined : spectral(node));
  }
  if (named === 1) return magnitudes(a, result, 1);
  if (named === 'inf' || named === Number.POSITIVE_INFINITY) return magnitudes(a, result, 'inf');
  return undefined;
};
