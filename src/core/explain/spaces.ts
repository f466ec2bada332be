import { type Elimination, eliminate, nullSpace } from '../exact/elimination';
import { type Rational, rational } from '../exact/rational';
import { columnOf, type RationalMatrix } from '../exact/rational-matrix';
import { isWorkable, rowSteps } from './elimination';
import { agrees, columnLatex, exactLatex } from './exact-notation';
import { exactly, GROWN, type Method } from './method';
import type { Step } from './step';

const spanLatex = (vectors: readonly (readonly Rational[])[]): string =>
  vectors.length === 0 ? '\\{0\\}' : `\\operatorname{span}\\left\\{ ${vectors.map(columnLatex).join(', ')} \\right\\}`;

/** Bases of the column space, the row space and the null space, read from the reduced form. */
const spaceSteps = (a: RationalMatrix, found: Elimination): { column: Step; row: Step; null: Step } => ({
  column: {
    sentence: 'The columns of A where the pivots stand span its column space.',
    latex: `C(A) = ${spanLatex(found.pivots.map(j => columnOf(a, j)))}`,
  },
  row: {
    sentence: 'The rows of the reduced form that are not 0 span the row space.',
    latex: `C(A^T) = ${spanLatex(found.result.slice(0, found.pivots.length))}`,
  },
  null: {
    sentence: 'Each column without pivot gives a vector that A takes to zero.',
    latex: `N(A) = ${spanLatex(nullSpace(a))}`,
  },
});

const outline = (a: RationalMatrix, found: Elimination): string =>
  `${exactLatex(a)} \\to ${exactLatex(found.result, undefined, found.pivots)}`;

/** The rank as the number of pivots, with bases of the three spaces. */
export const rank: Method = exactly(1, (node, a) => {
  const found = eliminate(a, a[0].length, true);
  if (!isWorkable(found)) return GROWN;
  // A tolerance may take small pivots for zero.
  if (!agrees([[rational(found.pivots.length)]], node.result)) return undefined;
  const spaces = spaceSteps(a, found);
  return {
    sentence: `Rank: the number of pivots after elimination, ${found.pivots.length}.`,
    latex: outline(a, found),
    children: [...rowSteps(found), spaces.column, spaces.row, spaces.null],
  };
});

/** A basis of the null space. Libraries give an orthonormal basis of the same space. */
export const kernel: Method = exactly(1, (node, a) => {
  const found = eliminate(a, a[0].length, true);
  if (!isWorkable(found)) return GROWN;
  if (!hasColumns(node.result, a[0].length - found.pivots.length)) return undefined;
  return {
    sentence: 'Null space: what A takes to zero. The library gives an orthonormal basis of the same space.',
    latex: spaceSteps(a, found).null.latex,
    children: [
      {
        sentence: 'Eliminate; the columns without pivot are free.',
        latex: outline(a, found),
        children: rowSteps(found),
      },
      spaceSteps(a, found).null,
    ],
  };
});

/** A basis of the column space. */
export const range: Method = exactly(1, (node, a) => {
  const found = eliminate(a, a[0].length, true);
  if (!isWorkable(found)) return GROWN;
  if (!hasColumns(node.result, found.pivots.length)) return undefined;
  return {
    sentence: 'Column space: what A reaches. The library gives an orthonormal basis of the same space.',
    latex: spaceSteps(a, found).column.latex,
    children: [
      { sentence: 'Eliminate to find the pivots.', latex: outline(a, found), children: rowSteps(found) },
      spaceSteps(a, found).column,
    ],
  };
});

const hasColumns = (v: Parameters<typeof agrees>[1], n: number): boolean =>
  v.kind === 'array' ? v.array.shape[1] === n : n === 1;
