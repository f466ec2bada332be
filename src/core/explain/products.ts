import { isReadable, multiply } from '../exact/rational-matrix';
import type { Method } from './elimination';
import { agrees, exactLatex, exactMatrix } from './exact-notation';
import { bracket, factor, type Grid, gridOfValue, relation, sum, typeset, written } from './notation';

const grids = (node: Parameters<Method>[0]): { readonly operands: Grid[]; readonly result: Grid } | undefined => {
  const operands = node.operands.map(gridOfValue);
  const result = gridOfValue(node.result);
  return result && operands.every(g => g !== undefined) ? { operands, result } : undefined;
};

const entry = (g: Grid, k: number) => g.at(Math.floor(k / g.columns), k % g.columns);

/** The cross product of two vectors of three entries. */
export const cross: Method = node => {
  const found = grids(node);
  if (!found) return undefined;
  const [a, b] = found.operands;
  if (!b || [a, b, found.result].some(g => g.rows * g.columns !== 3)) return undefined;
  const line = (i: number, j: number): string =>
    `${factor(entry(a, i))} \\cdot ${factor(entry(b, j))} - ${factor(entry(a, j))} \\cdot ${factor(entry(b, i))}`;
  const work = [line(1, 2), line(2, 0), line(0, 1)].join(' \\\\ ');
  return {
    sentence: 'Cross product: each entry is a 2×2 determinant of the other two rows.',
    latex: `\\begin{bmatrix} ${work} \\end{bmatrix} ${relation(found.result)} ${typeset(found.result)}`,
  };
};

/** Every entry of one vector times every entry of the other. */
export const outer: Method = node => {
  const found = grids(node);
  if (!found) return undefined;
  const [a, b] = found.operands;
  const { result } = found;
  if (!b || result.rows !== a.rows * a.columns || result.columns !== b.rows * b.columns) return undefined;
  const work = bracket(result.rows, result.columns, (i, j) => `${factor(entry(a, i))} \\cdot ${factor(entry(b, j))}`);
  return {
    sentence: 'Outer product: entry (i, j) is entry i of the first times entry j of the second.',
    latex: `${work} ${relation(result)} ${typeset(result)}`,
  };
};

/** The sum of the diagonal. */
export const trace: Method = node => {
  const found = grids(node);
  const a = found?.operands[0];
  if (!found || !a || a.rows !== a.columns || a.rows === 0 || found.operands.length !== 1) return undefined;
  const total = Array.from({ length: a.rows }, (_, k) => Number(a.at(k, k))).reduce((s, x) => s + x, 0);
  // Another diagonal may be meant.
  if (Math.abs(total - Number(found.result.at(0, 0))) > 1e-9 * Math.max(1, Math.abs(total))) return undefined;
  return {
    sentence: 'Trace: the sum of the diagonal.',
    latex: `${sum(a.rows, k => factor(a.at(k, k)))} ${relation(found.result)} ${typeset(found.result)}`,
  };
};

/** Highest power that is multiplied out. */
const MAX_POWER = 6;

/** A whole power of a matrix, one product after the other. */
export const power: Method = node => {
  const a = exactMatrix(node.operands[0]);
  const exponent = node.operands[1]?.kind === 'scalar' ? Number(node.operands[1].value) : Number.NaN;
  if (!a || a.length !== a[0].length || a.length < 2) return undefined;
  if (!Number.isInteger(exponent) || exponent < 2 || exponent > MAX_POWER) return undefined;
  let now = a;
  const children = [];
  for (let k = 2; k <= exponent; k++) {
    const next = multiply(now, a);
    if (!isReadable(next)) return undefined;
    children.push({
      sentence: k === 2 ? 'Multiply the matrix by itself.' : 'Multiply by the matrix once more.',
      latex: `A^{${k}} = ${exactLatex(now)} ${exactLatex(a)} = ${exactLatex(next)}`,
    });
    now = next;
  }
  // In NumPy `**` raises every entry by itself.
  if (!agrees(now, node.result)) return undefined;
  return {
    sentence: `Power: ${exponent - 1} product${exponent > 2 ? 's' : ''} of the matrix with itself.`,
    latex: `${exactLatex(a)}^{${exponent}} = ${exactLatex(now)}`,
    children,
  };
};

/** The Cholesky factor entry by entry, A = L Lᵀ. */
export const cholesky: Method = node => {
  const a = node.operands[0] && gridOfValue(node.operands[0]);
  if (!a || a.rows !== a.columns || a.rows === 0 || a.rows > 4) return undefined;
  const n = a.rows;
  // Only one triangle is read, so the factor of a matrix that is not symmetric belongs to another one.
  if (!sameEntries(a, { ...a, at: (i, j) => a.at(j, i) })) return undefined;
  const l = Array.from({ length: n }, () => new Array<number>(n).fill(0));
  const children = [];
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      const earlier = Array.from({ length: j }, (_, k) => k);
      const rest = Number(a.at(i, j)) - earlier.reduce((s, k) => s + l[i][k] * l[j][k], 0);
      const less = earlier.map(k => `- ${factor(l[i][k])} \\cdot ${factor(l[j][k])}`).join(' ');
      const top = `${written(a.at(i, j)).latex} ${less}`.trim();
      if (i === j) {
        if (!(rest > 0)) return undefined;
        l[i][j] = Math.sqrt(rest);
      } else l[i][j] = rest / l[j][j];
      const value = written(l[i][j]);
      const work = i === j ? `\\sqrt{${top}}` : `\\frac{${top}}{${written(l[j][j]).latex}}`;
      children.push({
        sentence:
          i === j
            ? 'A diagonal entry is a root of what is left of it.'
            : 'An entry below it is divided by the diagonal entry.',
        latex: `\\ell_{${i + 1}${j + 1}} = ${work} ${value.rounded ? '\\approx' : '='} ${value.latex}`,
      });
    }
  }
  const lower: Grid = { rows: n, columns: n, at: (i, j) => l[i][j] };
  const upper: Grid = { rows: n, columns: n, at: (i, j) => l[j][i] };
  // MATLAB gives the upper factor.
  const result = gridOfValue(node.result);
  const grid = result && [lower, upper].find(g => sameEntries(g, result));
  if (!grid) return undefined;
  return {
    sentence: 'Cholesky factorisation A = L Lᵀ, column by column.',
    latex: `${grid === lower ? 'L' : 'L^T'} ${relation(grid)} ${typeset(grid)}`,
    children,
  };
};

/** Whether two matrices are the same but for rounding. */
function sameEntries(a: Grid, b: Grid): boolean {
  if (a.rows !== b.rows || a.columns !== b.columns) return false;
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < a.columns; j++) {
      const [x, y] = [Number(a.at(i, j)), Number(b.at(i, j))];
      if (!(Math.abs(x - y) <= 1e-9 * Math.max(1, Math.abs(x)))) return false;
    }
  return true;
}
