import { eliminate, determinant as exactDeterminant } from '../exact/elimination';
import { isZero, type Rational, rationalLatex } from '../exact/rational';
import { isReadable, type RationalMatrix } from '../exact/rational-matrix';
import { type Method, rowSteps } from './elimination';
import { approximation, exactLatex, exactMatrix, factorLatex } from './exact-notation';
import type { Step } from './step';

const bars = (m: RationalMatrix): string => exactLatex(m).replaceAll('bmatrix', 'vmatrix');

const product = (factors: readonly Rational[]): string => factors.map(factorLatex).join(' \\cdot ');

/** The determinant by the 2×2 or 3×3 rule, with cofactors and elimination as finer steps. */
export const determinant: Method = node => {
  const a = exactMatrix(node.operands[0]);
  if (!a || a.length !== a[0].length) return undefined;
  const value = exactDeterminant(a);
  const end = `${rationalLatex(value)}${approximation(value)}`;
  const byElimination = eliminated(a, end);
  if (!byElimination) return undefined;
  switch (a.length) {
    case 1:
      return { sentence: 'The determinant of a 1×1 matrix is its entry.', latex: `${bars(a)} = ${end}` };
    case 2: {
      const [[p, q], [r, s]] = a;
      return {
        sentence: 'Determinant of a 2×2 matrix: the product of the diagonal less that of the other diagonal.',
        latex: `${bars(a)} = ${product([p, s])} - ${product([q, r])} = ${end}`,
        children: [byElimination],
      };
    }
    case 3: {
      const [[p, q, r], [s, t, u], [v, w, x]] = a;
      const down = [
        [p, t, x],
        [q, u, v],
        [r, s, w],
      ]
        .map(product)
        .join(' + ');
      const up = [
        [r, t, v],
        [p, u, w],
        [q, s, x],
      ]
        .map(product)
        .join(' - ');
      return {
        sentence: 'Determinant of a 3×3 matrix: the three falling products less the three rising ones.',
        latex: `${bars(a)} = ${down} - ${up} = ${end}`,
        children: [byCofactors(a, end), byElimination],
      };
    }
    default:
      return {
        ...byElimination,
        latex: `${bars(a)} = ${end}`,
        children: [byCofactors(a, end), byElimination],
      };
  }
};

function byCofactors(a: RationalMatrix, end: string): Step {
  const terms = a[0].flatMap((x, j) => {
    if (isZero(x)) return [];
    const minor = a.slice(1).map(row => row.filter((_, k) => k !== j));
    return [`${j % 2 === 0 ? '+' : '-'} ${factorLatex(x)} ${bars(minor)}`];
  });
  const sum = terms.length === 0 ? '0' : terms.join(' ').replace(/^\+ /, '');
  return { sentence: 'By cofactors along the first row, with alternating signs.', latex: `${sum} = ${end}` };
}

function eliminated(a: RationalMatrix, end: string): Step | undefined {
  const found = eliminate(a, a.length, false);
  if (!found.steps.every(s => isReadable(s.after))) return undefined;
  const diagonal = product(found.result.map((row, i) => row[i]));
  const swaps =
    found.swaps === 0 ? '' : `${found.swaps} row ${found.swaps === 1 ? 'swap changes' : 'swaps change'} the sign. `;
  return {
    sentence: `By elimination: the product of the diagonal of the triangular form. ${swaps}`.trim(),
    latex: `${exactLatex(a)} \\to ${exactLatex(found.result)}, \\quad ${found.swaps % 2 === 0 ? '' : '-'}${found.swaps % 2 === 0 ? diagonal : `\\left(${diagonal}\\right)`} = ${end}`,
    children: rowSteps(found),
  };
}
