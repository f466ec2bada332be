import { determinant, eliminate } from '../exact/elimination';
import { rationalLatex } from '../exact/rational';
import { beside, identity, type RationalMatrix, transpose } from '../exact/rational-matrix';
import { freeColumns, isWorkable, rowSteps } from './elimination';
import { decimals, exactLatex } from './exact-notation';
import { exactly, GROWN, isSquare, type Method } from './method';
import type { Step } from './step';

/** Larger adjugates have too many minors to be read. */
const MAX_ADJUGATE = 4;

/** The inverse by its formula for 2×2, by Gauss–Jordan elimination of [A | I], and by the adjugate. */
export const inverse: Method = exactly(1, (_, a) => {
  if (!isSquare(a)) return undefined;
  const n = a.length;
  const start = beside(a, identity(n));
  const found = eliminate(start, n, true);
  if (!isWorkable(found)) return GROWN;
  if (found.pivots.length < n) return noInverse(a);
  const result = found.result.map(row => row.slice(n));
  const jordan: Step = {
    sentence: 'Gauss–Jordan elimination turns [A | I] into [I | A⁻¹].',
    latex: `${exactLatex(a)}^{-1} = ${exactLatex(result)}${decimals(result)}`,
    method: 'Gauss–Jordan',
    children: [
      { sentence: 'Write the identity beside A.', latex: `[A \\mid I] = ${exactLatex(start, n)}` },
      ...rowSteps(found, n),
      { sentence: 'The right part is the inverse.', latex: `[I \\mid A^{-1}] = ${exactLatex(found.result, n)}` },
    ],
  };
  const adjugate = n > 1 && n <= MAX_ADJUGATE ? byAdjugate(a, result) : undefined;
  if (!adjugate) return { ...jordan, method: undefined };
  return n === 2 ? { ...adjugate, alternatives: [jordan] } : { ...jordan, alternatives: [adjugate] };
});

/** Why a matrix has no inverse: elimination finds a column without pivot. */
export function noInverse(a: RationalMatrix): Step | undefined {
  const found = eliminate(a, a.length, true);
  const [free] = freeColumns(found, a.length);
  if (free === undefined || !isWorkable(found)) return undefined;
  return {
    sentence: `No inverse: column ${free + 1} has no pivot, so A takes a direction to zero, and that cannot be undone.`,
    latex: `${exactLatex(a)} \\to ${exactLatex(found.result, undefined, found.pivots)}`,
    children: rowSteps(found),
  };
}

/** The matrix without one row and one column. */
export const minorOf = (a: RationalMatrix, i: number, j: number): RationalMatrix =>
  a.filter((_, r) => r !== i).map(row => row.filter((_, c) => c !== j));

function byAdjugate(a: RationalMatrix, result: RationalMatrix): Step {
  const det = determinant(a);
  const cofactors = a.map((row, i) =>
    row.map((_, j) => {
      const minor = determinant(minorOf(a, i, j));
      return (i + j) % 2 === 0 ? minor : minor.neg();
    }),
  );
  const latex = `${exactLatex(a)}^{-1} = \\frac{1}{${rationalLatex(det)}} ${exactLatex(transpose(cofactors))} = ${exactLatex(result)}${decimals(result)}`;
  if (a.length === 2)
    return {
      sentence: 'Inverse of a 2×2 matrix: swap the diagonal, negate the others, divide by the determinant.',
      latex,
      method: 'Adjugate',
    };
  return {
    sentence: 'By the adjugate: the transposed matrix of the cofactors, divided by the determinant.',
    latex,
    method: 'Adjugate',
    children: [
      { sentence: 'The determinant.', latex: `\\det A = ${rationalLatex(det)}` },
      {
        sentence: 'Cofactor (i, j) is the determinant without row i and column j, with alternating signs.',
        latex: `C = ${exactLatex(cofactors)}`,
      },
      {
        sentence: 'Its transpose is the adjugate.',
        latex: `\\operatorname{adj} A = C^T = ${exactLatex(transpose(cofactors))}`,
      },
    ],
  };
}
