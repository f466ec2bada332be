import type { Trace } from '../evaluate/trace';
import { isZero, ONE, rational, rationalLatex, toNumber, ZERO } from '../exact/rational';
import { identity, multiply, type RationalMatrix } from '../exact/rational-matrix';
import { rationalDiagonalForm } from './eigen';
import { agrees, exactLatex } from './exact-notation';
import { near } from './grids';
import { exactly, isSquare, type Method } from './method';
import { gridOfValue, relation, rowsLatex, typeset } from './notation';
import type { Step } from './step';

/** The matrix exponential: a series that ends, a multiple of the identity beside one, or the diagonal form. */
export const matrixExponential: Method = exactly(1, (node, a) => {
  if (!isSquare(a) || a.length < 2) return undefined;
  return nilpotent(node, a) ?? shifted(node, a) ?? diagonalised(node, a);
});

/** I + A + A²/2! + …, where a power of A is zero. */
function series(a: RationalMatrix): readonly RationalMatrix[] | undefined {
  const terms = [identity(a.length)];
  for (let k = 1; k <= a.length; k++) {
    const next = multiply(terms[k - 1], a).map(row => row.map(x => x.div(rational(k))));
    if (next.every(row => row.every(isZero))) return terms;
    terms.push(next);
  }
  return undefined;
}

const added = (terms: readonly RationalMatrix[]): RationalMatrix =>
  terms.reduce((s, t) => s.map((row, i) => row.map((x, j) => x.add(t[i][j]))));

const termLatex = (k: number): string => (k === 0 ? 'I' : k === 1 ? 'A' : `\\frac{1}{${k}!} A^{${k}}`);

function termSteps(terms: readonly RationalMatrix[], name = 'A'): Step[] {
  return terms.slice(1).map((t, k) => ({
    sentence: `The term of power ${k + 1}.`,
    latex: `${termLatex(k + 1).replace('A', name)} = ${exactLatex(t)}`,
  }));
}

function nilpotent(node: Trace, a: RationalMatrix): Step | undefined {
  const terms = series(a);
  const result = terms && added(terms);
  if (!result || !agrees(result, node.result)) return undefined;
  return {
    sentence: `A to the power ${terms.length} is zero, so the series of the exponential ends after ${terms.length} term${terms.length === 1 ? '' : 's'}.`,
    latex: `e^{A} = ${terms.map((_, k) => termLatex(k)).join(' + ')} = ${exactLatex(result)}`,
    children: termSteps(terms),
  };
}

/** A = λ I + N, whose parts commute: e^A = e^λ e^N. */
function shifted(node: Trace, a: RationalMatrix): Step | undefined {
  const n = a.length;
  const mean = a.reduce((s, row, i) => s.add(row[i]), ZERO).div(rational(n));
  if (isZero(mean)) return undefined;
  const rest = a.map((row, i) => row.map((x, j) => (i === j ? x.sub(mean) : x)));
  const terms = series(rest);
  if (!terms || terms.length < 2) return undefined;
  const factor = Math.exp(toNumber(mean));
  const inner = added(terms);
  return checked(
    node,
    inner.map(row => row.map(x => factor * toNumber(x))),
    {
      sentence: 'A is a multiple of the identity and a part N of which a power is zero: the exponentials multiply.',
      latex: `e^{A} = e^{${rationalLatex(mean)}} e^{N} = e^{${rationalLatex(mean)}} ${exactLatex(inner)}`,
      children: [
        {
          sentence: 'Split off the multiple of the identity.',
          latex: `A = ${rationalLatex(mean)} I + N, \\quad N = ${exactLatex(rest)}`,
        },
        ...termSteps(terms, 'N'),
      ],
    },
  );
}

/** A = P D P⁻¹: only the eigenvalues are raised to e. */
function diagonalised(node: Trace, a: RationalMatrix): Step | undefined {
  const form = rationalDiagonalForm(a);
  if (!form) return undefined;
  const { p, d, inverse } = form;
  const n = a.length;
  const images = d.map(x => Math.exp(toNumber(x)));
  const value = a.map((_, i) =>
    a.map((__, j) => images.reduce((s, e, k) => s + toNumber(p[i][k]) * e * toNumber(inverse[k][j]), 0)),
  );
  const diagonal = (entries: readonly string[]): string =>
    `\\begin{bmatrix} ${rowsLatex(entries.map((x, i) => entries.map((_, j) => (i === j ? x : '0')).join(' & ')))} \\end{bmatrix}`;
  const raised = d.map(x => (isZero(x) ? '1' : `e^{${x.equals(ONE) ? '' : rationalLatex(x)}}`.replace('e^{}', 'e')));
  const given = d.every((x, i) => p[i].every((y, j) => y.equals(i === j ? ONE : ZERO)) && x === d[i]);
  const factors = given ? diagonal(raised) : `${exactLatex(p)} ${diagonal(raised)} ${exactLatex(inverse)}`;
  const split: Step[] = given
    ? []
    : [
        {
          sentence: 'A = P D P⁻¹ with the eigenvectors in P.',
          latex: `${exactLatex(a)} = ${exactLatex(p)} ${diagonal(d.map(rationalLatex))} ${exactLatex(inverse)}`,
        },
        { sentence: 'Raise e to the eigenvalues.', latex: `e^{D} = ${diagonal(raised)}` },
      ];
  return n === 0
    ? undefined
    : checked(node, value, {
        sentence: given
          ? 'Of a diagonal matrix e is raised to every entry of the diagonal.'
          : 'By diagonalisation: e is raised to the eigenvalues, e^A = P e^D P⁻¹.',
        latex: `e^{A} = ${factors}`,
        ...(split.length > 0 ? { children: split } : {}),
      });
}

/** The step with its value in decimals, where it is the one that was computed. */
function checked(node: Trace, value: readonly (readonly number[])[], step: Step): Step | undefined {
  const grid = gridOfValue(node.result);
  if (!grid || grid.rows !== value.length || grid.columns !== value.length) return undefined;
  if (!value.every((row, i) => row.every((x, j) => near(Number(grid.at(i, j)), x)))) return undefined;
  return { ...step, latex: `${step.latex} ${relation(grid)} ${typeset(grid)}` };
}
