import { agreesWith, isReal, onGrids } from './grids';
import type { Method } from './method';
import { bracket, factor, type Grid, relation, typeset } from './notation';

/** Longer sides are not written block by block. */
const MAX_SIDE = 6;

/** The Kronecker product: every entry of the first times the whole second. */
export const kronecker: Method = onGrids(([a, b, ...more], result) => {
  if (!b || more.length > 0 || !isReal(a) || !isReal(b)) return undefined;
  const [rows, columns] = [a.rows * b.rows, a.columns * b.columns];
  // A 1-D array of NumPy's is written as a column and comes out as one.
  if (result.rows !== rows || result.columns !== columns || rows * columns === 0) return undefined;
  if (Math.max(a.rows, a.columns) > MAX_SIDE) return undefined;
  const worked = (i: number, j: number): number =>
    Number(a.at(Math.floor(i / b.rows), Math.floor(j / b.columns))) * Number(b.at(i % b.rows, j % b.columns));
  if (!agreesWith(result, worked)) return undefined;
  const blocks = bracket(a.rows, a.columns, (i, j) => `${factor(a.at(i, j))}\\, B`);
  const block = (i: number, j: number): Grid => ({
    rows: b.rows,
    columns: b.columns,
    at: (r, c) => result.at(i * b.rows + r, j * b.columns + c),
  });
  const children = Array.from({ length: Math.min(a.rows * a.columns, MAX_SIDE) }, (_, k) => {
    const [i, j] = [Math.floor(k / a.columns), k % a.columns];
    return {
      sentence: `Block (${i + 1}, ${j + 1}) is entry (${i + 1}, ${j + 1}) of the first times the second.`,
      latex: `${factor(a.at(i, j))} ${typeset(b)} ${relation(block(i, j))} ${typeset(block(i, j))}`,
    };
  });
  return {
    sentence: `Kronecker product: every entry of the ${a.rows}×${a.columns} matrix becomes a ${b.rows}×${b.columns} block.`,
    latex: `${typeset(a)} \\otimes ${typeset(b)} = ${blocks} ${relation(result)} ${typeset(result)}`,
    children,
  };
});
