import type { Trace } from '../evaluate/trace';
import { type Elimination, eliminate, nullSpace } from '../exact/elimination';
import { isZero, type Rational, rational, rationalLatex, toNumber } from '../exact/rational';
import {
  beside,
  columnOf,
  identity,
  isReadable,
  isZeroRow,
  multiply,
  type RationalMatrix,
  transpose,
} from '../exact/rational-matrix';
import { agrees, columnLatex, exactLatex, exactMatrix, operationLatex, operationSentence } from './exact-notation';
import type { Step } from './step';

/** A worked method: its outer line, and the finer steps below it. */
export type Method = (node: Trace) => Step | undefined;

/** Every row operation with the matrix that it leaves. Pivots are framed in the last one. */
export function rowSteps(found: Elimination, bar?: number): Step[] {
  return found.steps.map(({ operation, after }, k) => ({
    sentence: operationSentence(operation),
    latex: `${operationLatex(operation)}: \\quad ${exactLatex(after, bar, k + 1 === found.steps.length ? found.pivots : [])}`,
  }));
}

const readable = (e: Elimination): boolean => e.steps.every(s => isReadable(s.after));

/** The inverse by its formula for 2×2, and by Gauss–Jordan elimination of [A | I]. */
export const inverse: Method = node => {
  const a = exactMatrix(node.operands[0]);
  if (!a || a.length !== a[0].length) return undefined;
  const n = a.length;
  const start = beside(a, identity(n));
  const found = eliminate(start, n, true);
  if (found.pivots.length < n || !readable(found)) return undefined;
  const result = found.result.map(row => row.slice(n));
  const jordan: Step = {
    sentence: 'Gauss–Jordan elimination turns [A | I] into [I | A⁻¹].',
    latex: `${exactLatex(start, n)} \\to ${exactLatex(found.result, n)}`,
    children: rowSteps(found, n),
  };
  if (n !== 2) return { ...jordan, latex: `${exactLatex(a)}^{-1} = ${exactLatex(result)}`, children: [{ ...jordan }] };
  const [[p, q], [r, s]] = a;
  const det = p.mul(s).sub(q.mul(r));
  const adjugate = [
    [s, q.neg()],
    [r.neg(), p],
  ];
  return {
    sentence: 'Inverse of a 2×2 matrix: swap the diagonal, negate the others, divide by the determinant.',
    latex: `${exactLatex(a)}^{-1} = \\frac{1}{${rationalLatex(det)}} ${exactLatex(adjugate)} = ${exactLatex(result)}`,
    children: [jordan],
  };
};

/** A linear system by elimination of [A | b]. Rows without a pivot say whether there are many solutions or none. */
export const solve: Method = node => {
  const a = exactMatrix(node.operands[0]);
  const b = exactMatrix(node.operands[1]);
  if (!a || !b || a.length !== b.length) return undefined;
  const start = beside(a, b);
  const columns = a[0].length;
  const found = eliminate(start, columns, true);
  if (!readable(found)) return undefined;
  const { pivots, result } = found;
  const inconsistent = result.findIndex((row, i) => i >= pivots.length && !isZeroRow(row.slice(columns)));
  if (inconsistent >= 0 || pivots.length < columns) return undefined;
  const x = result.slice(0, columns).map(row => row.slice(columns));
  return {
    sentence:
      'Solve the system: eliminate in [A | b] until the left part is the identity; the right part is the solution.',
    latex: `${exactLatex(start, columns)} \\to ${exactLatex(result, columns)} \\quad\\Rightarrow\\quad x = ${exactLatex(x)}`,
    children: rowSteps(found, columns),
  };
};

/** Least squares by the normal equations. */
export const leastSquares: Method = node => {
  const a = exactMatrix(node.operands[0]);
  const b = exactMatrix(node.operands[1]);
  if (!a || !b || a.length !== b.length || a.length < a[0].length) return undefined;
  const at = transpose(a);
  const normal = multiply(at, a);
  const right = multiply(at, b);
  const n = normal.length;
  const start = beside(normal, right);
  const found = eliminate(start, n, true);
  if (found.pivots.length < n || !readable(found)) return undefined;
  const x = found.result.map(row => row.slice(n));
  const value = node.result.kind === 'tuple' ? node.result.items[0] : node.result;
  // With a coarse `rcond` the solution is another one.
  if (!value || !agrees(x, value)) return undefined;
  return {
    sentence: 'Least squares: the residual is orthogonal to the columns of A, so AᵀA x = Aᵀb.',
    latex: `A^T A = ${exactLatex(normal)}, \\quad A^T b = ${exactLatex(right)}, \\quad x = ${exactLatex(x)}`,
    children: rowSteps(found, n),
  };
};

/** The rank as the number of pivots, with bases of the column space and the null space. */
export const rank: Method = node => {
  const a = exactMatrix(node.operands[0]);
  if (!a) return undefined;
  const found = eliminate(a, a[0].length, true);
  // A tolerance may take small pivots for zero.
  if (!readable(found) || !agrees([[rational(found.pivots.length)]], node.result)) return undefined;
  const basis = nullSpace(a);
  const spaces: Step[] = [
    {
      sentence: 'The columns of A where the pivots stand span its column space.',
      latex: spanLatex(found.pivots.map(j => columnOf(a, j))),
    },
    {
      sentence: 'Each column without pivot gives a vector that A takes to zero.',
      latex: spanLatex(basis),
    },
  ];
  return {
    sentence: `Rank: the number of pivots after elimination, ${found.pivots.length}.`,
    latex: `${exactLatex(a)} \\to ${exactLatex(found.result, undefined, found.pivots)}`,
    children: [...rowSteps(found), ...spaces],
  };
};

/** The reduced row echelon form. */
export const reducedForm: Method = node => {
  const a = exactMatrix(node.operands[0]);
  if (!a) return undefined;
  const found = eliminate(a, a[0].length, true);
  if (!readable(found)) return undefined;
  return {
    sentence: 'Reduced row echelon form: every pivot is 1 and stands alone in its column.',
    latex: `${exactLatex(a)} \\to ${exactLatex(found.result, undefined, found.pivots)}`,
    children: rowSteps(found),
  };
};

const spanLatex = (vectors: readonly (readonly Rational[])[]): string =>
  vectors.length === 0 ? '\\{0\\}' : `\\operatorname{span}\\left\\{ ${vectors.map(columnLatex).join(', ')} \\right\\}`;

/** P A = L U with the largest entry of each column as its pivot, as LAPACK chooses it. */
export function luOf(a: RationalMatrix): {
  readonly p: number[];
  readonly l: RationalMatrix;
  readonly u: RationalMatrix;
  readonly steps: Step[];
} {
  const n = a.length;
  const columns = a[0].length;
  const p = Array.from({ length: n }, (_, i) => i);
  const u = a.map(row => [...row]);
  const l: Rational[][] = identity(n).map(row => [...row]);
  const steps: Step[] = [];
  for (let k = 0; k < Math.min(n, columns); k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(toNumber(u[i][k])) > Math.abs(toNumber(u[best][k]))) best = i;
    if (isZero(u[best][k])) continue;
    if (best !== k) {
      [u[k], u[best]] = [u[best], u[k]];
      [p[k], p[best]] = [p[best], p[k]];
      for (let j = 0; j < k; j++) [l[k][j], l[best][j]] = [l[best][j], l[k][j]];
      steps.push({
        sentence: `Row ${best + 1} has the largest entry of column ${k + 1}: swap it up.`,
        latex: `R_{${k + 1}} \\leftrightarrow R_{${best + 1}}: \\quad ${exactLatex(u)}`,
      });
    }
    for (let i = k + 1; i < n; i++) {
      if (isZero(u[i][k])) continue;
      const times = u[i][k].div(u[k][k]);
      l[i][k] = times;
      u[i] = u[i].map((x, j) => x.sub(times.mul(u[k][j])));
      steps.push({
        sentence: `The factor that clears row ${i + 1} goes into L.`,
        latex: `${operationLatex({ kind: 'subtract', row: i, times, source: k })}, \\quad \\ell_{${i + 1}${k + 1}} = ${exactLatex(
          [[times]],
        )
          .replace(/\\(begin|end)\{bmatrix\}/g, '')
          .trim()}: \\quad ${exactLatex(u)}`,
      });
    }
  }
  return { p, l, u, steps };
}

/** The LU factorisation with its permutation. */
export const lu: Method = node => {
  const a = exactMatrix(node.operands[0]);
  if (!a || a.length !== a[0].length) return undefined;
  const { p, l, u, steps } = luOf(a);
  if (!isReadable(l) || !isReadable(u)) return undefined;
  const permutation = p.map(k => identity(a.length)[k]);
  return {
    sentence: 'LU factorisation: elimination as a product, with the factors of the row operations in L.',
    latex: `${exactLatex(permutation)} ${exactLatex(a)} = ${exactLatex(l)} ${exactLatex(u)}`,
    children: steps,
  };
};
