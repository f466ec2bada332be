import type { Trace } from '../evaluate/trace';
import { isReadable, isSmall, MAX_LENGTH, MAX_SIDE, MAX_SIZE, type RationalMatrix } from '../exact/rational-matrix';
import { expressionLatex } from '../format/expression-latex';
import { valueLatex } from '../format/latex';
import { isComplex } from '../values/dtype';
import { exactGrid } from './exact-notation';
import { type Grid, gridOfValue } from './notation';
import type { Step } from './step';

/** A worked method: its outer line with the finer steps below it; undefined where it does not fit. */
export type Method = (node: Trace) => Step | undefined;

/** What a method gives up with when its fractions grow too long. */
export const GROWN = 'grown';

/** A method on the exact matrices of the first `count` operands. Where they are too large to work by hand, a step says so. */
export const exactly =
  (count: number, work: (node: Trace, ...m: readonly RationalMatrix[]) => Step | typeof GROWN | undefined): Method =>
  node => {
    const grids = node.operands.slice(0, count).map(gridOfValue);
    if (grids.length < count || !grids.every((g): g is Grid => g !== undefined && isReal(g))) return undefined;
    const large = grids.find(g => !isSmall(g.rows, g.columns));
    if (large)
      return note(
        node,
        `Steps are written out up to ${MAX_SIDE}×${MAX_SIDE} or ${MAX_SIDE}×${MAX_LENGTH}; this matrix is ${large.rows}×${large.columns}.`,
      );
    const matrices = grids.flatMap(g => {
      const m = exactGrid(g);
      return m ? [m] : [];
    });
    if (matrices.length < count)
      return note(node, 'Exact steps need whole numbers or short decimals; these numbers have more digits.');
    const step = work(node, ...matrices);
    return step === GROWN ? note(node, `The fractions grow beyond ${MAX_SIZE} digits, too long to read.`) : step;
  };

/** Reads every entry only as far as a matrix may be worked at all. */
function isReal(g: Grid): boolean {
  if (g.rows === 0 || g.columns === 0) return false;
  for (let i = 0; i < Math.min(g.rows, MAX_LENGTH); i++)
    for (let j = 0; j < Math.min(g.columns, MAX_LENGTH); j++) {
      const x = g.at(i, j);
      if (isComplex(x) || !Number.isFinite(Number(x))) return false;
    }
  return true;
}

/** A step that only states the value, and why it is not worked out. */
const note = (node: Trace, sentence: string): Step => ({
  sentence,
  latex: `${expressionLatex(node.expression)} \\approx ${valueLatex(node.result, { maxRows: 6, maxColumns: 6 })}`,
});

/** Whether every matrix is still short enough to be read. */
export const readable = (...m: readonly RationalMatrix[]): boolean => m.every(isReadable);

export const isSquare = (m: RationalMatrix): boolean => m.length === m[0].length;
