import { eliminate, determinant as exactDeterminant } from '../exact/elimination';
import { isZero, type Rational, rationalLatex } from '../exact/rational';
import type { RationalMatrix } from '../exact/rational-matrix';
import { isWorkable, rowSteps } from './elimination';
import { approximation, determinantLatex, exactLatex, factorLatex } from './exact-notation';
import { minorOf } from './inverse';
import { exactly, GROWN, isSquare, type Method } from './method';
import type { Step } from './step';

const product = (factors: readonly Rational[]): string => factors.map(factorLatex).join(' \\cdot ');

const value = (a: RationalMatrix): string => {
  const d = exactDeterminant(a);
  return `${rationalLatex(d)}${approximation(d)}`;
};

/** The determinant by the 2×2 or 3×3 rule, by cofactors and by elimination. */
export const determinant: Method = exactly(1, (_, a) => {
  if (!isSquare(a)) return undefined;
  const byElimination = eliminated(a);
  if (!byElimination) return GROWN;
  switch (a.length) {
    case 1:
      return {
        sentence: 'The determinant of a 1×1 matrix is its entry.',
        latex: `${determinantLatex(a)} = ${value(a)}`,
      };
    case 2:
      return { ...rule2(a), alternatives: [byElimination] };
    case 3:
      return { ...rule3(a), alternatives: [byCofactors(a), byElimination] };
    default:
      return { ...byElimination, alternatives: [byCofactors(a)] };
  }
});

function rule2(a: RationalMatrix): Step {
  const [[p, q], [r, s]] = a;
  return {
    sentence: 'Determinant of a 2×2 matrix: the product of the diagonal less that of the other diagonal.',
    latex: `${determinantLatex(a)} = ${product([p, s])} - ${product([q, r])} = ${value(a)}`,
    method: '2×2 rule',
  };
}

/** The rule of Sarrus. */
function rule3(a: RationalMatrix): Step {
  const [[p, q, r], [s, t, u], [v, w, x]] = a;
  const down = [
    [p, t, x],
    [q, u, v],
    [r, s, w],
  ];
  const up = [
    [r, t, v],
    [p, u, w],
    [q, s, x],
  ];
  return {
    sentence: 'Determinant of a 3×3 matrix: the three falling products less the three rising ones.',
    latex: `${determinantLatex(a)} = ${down.map(product).join(' + ')} - ${up.map(product).join(' - ')} = ${value(a)}`,
    method: '3×3 rule',
  };
}

/** Minors of larger matrices are not opened: there are too many. */
const MAX_OPENED = 4;

/** Along the row with the most zeros, each minor with its own finer step. */
function byCofactors(a: RationalMatrix): Step {
  const zeros = a.map(row => row.filter(isZero).length);
  const i = zeros.indexOf(Math.max(...zeros));
  const used = a[i].flatMap((x, j) => (isZero(x) ? [] : [{ x, j, minor: minorOf(a, i, j) }]));
  const sign = (j: number): string => ((i + j) % 2 === 0 ? '+' : '-');
  const sum = used.map(({ x, j, minor }) => `${sign(j)} ${factorLatex(x)} ${determinantLatex(minor)}`).join(' ');
  const values = used
    .map(({ x, j, minor }) => `${sign(j)} ${factorLatex(x)} \\cdot ${factorLatex(exactDeterminant(minor))}`)
    .join(' ');
  const tidy = (terms: string): string => (terms === '' ? '0' : terms.replace(/^\+ /, ''));
  const opened = a.length <= MAX_OPENED && a.length > 2 ? used : [];
  return {
    sentence: `By cofactors along row ${i + 1}, with alternating signs.`,
    latex: `${determinantLatex(a)} = ${tidy(sum)} = ${tidy(values)} = ${value(a)}`,
    method: 'Cofactors',
    children: opened.map(({ minor, j }) => ({
      ...(minor.length === 2 ? rule2(minor) : rule3(minor)),
      sentence: `The minor without row ${i + 1} and column ${j + 1}.`,
      method: undefined,
    })),
  };
}

function eliminated(a: RationalMatrix): Step | undefined {
  const found = eliminate(a, a.length, false);
  if (!isWorkable(found)) return undefined;
  const { swaps, result } = found;
  const diagonal = product(result.map((row, i) => row[i]));
  const turned = swaps === 0 ? '' : ` ${swaps} row ${swaps === 1 ? 'swap changes' : 'swaps change'} the sign.`;
  const signed = swaps % 2 === 0 ? diagonal : `-\\left(${diagonal}\\right)`;
  return {
    sentence: `By elimination: the product of the diagonal of the triangular form.${turned}`,
    latex: `${exactLatex(a)} \\to ${exactLatex(result)}, \\quad ${determinantLatex(a)} = ${signed} = ${value(a)}`,
    method: 'Elimination',
    children: rowSteps(found),
  };
}
