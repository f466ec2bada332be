import type { Trace } from '../evaluate/trace';
import { eliminate, nullSpace, surdNullSpace } from '../exact/elimination';
import { characteristicPolynomial, type Factor, factorsOf, type Polynomial, rootsOf } from '../exact/polynomial';
import { isZero, ONE, type Rational, rationalLatex, sizeOf, ZERO } from '../exact/rational';
import { beside, identity, MAX_SIZE, type RationalMatrix, transpose } from '../exact/rational-matrix';
import { isRational, negative, plus, type Surd, surd, surdLatex } from '../exact/surd';
import { expressionLatex } from '../format/expression-latex';
import { valueLatex } from '../format/latex';
import { determinantLatex, exactLatex, surdApproximation, surdMatrixLatex } from './exact-notation';
import { exactly, GROWN, isSquare, type Method, readable } from './method';
import { rowsLatex } from './notation';
import type { Step } from './step';

/** `\lambda^2 - 5\lambda - 2` */
export function polynomialLatex(p: Polynomial): string {
  const terms: string[] = [];
  for (let k = p.length - 1; k >= 0; k--) {
    const c = p[k];
    if (isZero(c)) continue;
    const size = c.abs();
    const power = k === 0 ? '' : k === 1 ? '\\lambda' : `\\lambda^{${k}}`;
    const number = size.equals(ONE) && k > 0 ? '' : rationalLatex(size);
    terms.push(`${c.s < 0n ? '-' : terms.length === 0 ? '' : '+'} ${number}${power}`.trim());
  }
  return terms.join(' ');
}

/** `(\lambda - 2)^{2} (\lambda^{2} + 1)` */
const factoredLatex = (factors: readonly Factor[]): string =>
  factors
    .map(({ polynomial, times }) => {
      const text = polynomialLatex(polynomial);
      const part = text === '\\lambda' ? text : `(${text})`;
      return times === 1 ? part : `${part}^{${times}}`;
    })
    .join(' ');

function lambdaMinus(a: RationalMatrix): string {
  const onDiagonal = (x: Rational): string =>
    isZero(x) ? '\\lambda' : `\\lambda ${x.s < 0n ? '+' : '-'} ${rationalLatex(x.abs())}`;
  const rows = a.map((row, i) => row.map((x, j) => (i === j ? onDiagonal(x) : rationalLatex(x.neg()))).join(' & '));
  return `\\begin{vmatrix} ${rowsLatex(rows)} \\end{vmatrix}`;
}

export const rootList = (roots: readonly Surd[]): string =>
  roots.map((r, k) => `\\lambda_{${k + 1}} = ${surdLatex(r)}${surdApproximation(r)}`).join(', \\quad ');

/** Eigenvalues as roots of the characteristic polynomial, eigenvectors as null spaces, and the diagonal form. */
export const eigenvalues: Method = exactly(1, (node, a) => {
  // A second matrix makes it another problem.
  if (!isSquare(a) || node.operands.slice(1).some(v => v.kind === 'array' || v.kind === 'list')) return undefined;
  // The Hermitian routines read one triangle: of a matrix that is not symmetric they tell another one's eigenvalues.
  const symmetric = a.every((row, i) => row.every((x, j) => x.equals(a[j][i])));
  if (/(eigh|eigvalsh)$/.test(node.operation) && !symmetric) return undefined;
  const p = characteristicPolynomial(a);
  if (p.some(c => sizeOf(c) > MAX_SIZE)) return GROWN;
  const polynomial: Step = {
    sentence: 'The characteristic polynomial is the determinant of λI − A.',
    latex: `${lambdaMinus(a)} = ${polynomialLatex(p)}`,
    ...(a.length === 2 || a.length === 3 ? { children: coefficientSteps(a, p) } : {}),
  };
  const factors = factorsOf(p);
  const roots = factors && rootsOf(p);
  if (!factors || !roots) return numerical(node, polynomial);
  const list = rootList(roots);
  const factored: Step = {
    sentence: 'It splits into parts of degree 1 and 2 with rational coefficients.',
    latex: `${polynomialLatex(p)} = ${factoredLatex(factors)}`,
  };
  const spaces = eigenspaces(a, roots);
  return {
    sentence: 'Eigenvalues: the roots of the characteristic polynomial.',
    latex: list,
    children: [
      polynomial,
      ...(a.length > 1 && (factors.length > 1 || factors[0].times > 1) ? [factored] : []),
      { sentence: 'Its roots are the eigenvalues.', latex: list },
      ...spaces.map(s => eigenvectorStep(a, s)),
      diagonalForm(a, spaces),
    ],
  };
});

/** What there is to tell where the roots have no such form. */
const numerical = (node: Trace, polynomial: Step): Step => ({
  sentence:
    'The characteristic polynomial does not split into parts of degree 1 and 2; its roots are found numerically.',
  latex: `${expressionLatex(node.expression)} \\approx ${valueLatex(node.result, { maxRows: 6, maxColumns: 6 })}`,
  children: [polynomial],
});

/** The coefficients of a small characteristic polynomial, from the trace to the determinant. */
function coefficientSteps(a: RationalMatrix, p: Polynomial): Step[] {
  const n = a.length;
  const diagonal = a
    .map((row, i) => rationalLatex(row[i]))
    .join(' + ')
    .replace(/\+ -/g, '- ');
  const pairs =
    n === 3
      ? [
          [0, 1],
          [0, 2],
          [1, 2],
        ]
      : [];
  const minors = pairs.map(pair => determinantLatex(pair.map(r => pair.map(c => a[r][c]))));
  return [
    {
      sentence: 'The trace gives the second coefficient.',
      latex: `\\operatorname{tr} A = ${diagonal} = ${rationalLatex(p[n - 1].neg())}`,
    },
    ...(n === 3
      ? [
          {
            sentence: 'The minors on the diagonal add up to the third.',
            latex: `${minors.join(' + ')} = ${rationalLatex(p[1])}`,
          },
        ]
      : []),
    {
      sentence: 'The determinant gives the last one.',
      latex: `\\det A = ${rationalLatex(n === 2 ? p[0] : p[0].neg())}`,
    },
  ];
}

interface Eigenspace {
  readonly root: Surd;
  readonly times: number;
  readonly basis: readonly (readonly Surd[])[];
}

function eigenspaces(a: RationalMatrix, roots: readonly Surd[]): Eigenspace[] {
  const distinct = new Map<string, Surd[]>();
  for (const r of roots) distinct.set(surdLatex(r), [...(distinct.get(surdLatex(r)) ?? []), r]);
  return [...distinct.values()].map(same => {
    const [root] = same;
    const basis = isRational(root)
      ? nullSpace(shifted(a, root.a)).map(v => v.map(surd))
      : surdNullSpace(a.map((row, i) => row.map((x, j) => (i === j ? plus(surd(x), negative(root)) : surd(x)))));
    return { root, times: same.length, basis };
  });
}

const shifted = (a: RationalMatrix, root: Rational): RationalMatrix =>
  a.map((row, i) => row.map((x, j) => (i === j ? x.sub(root) : x)));

function eigenvectorStep(a: RationalMatrix, { root, basis }: Eigenspace): Step {
  const vectors = basis.map(v => surdMatrixLatex(v.map(x => [x]))).join(', \\; ');
  const name = surdLatex(root);
  const plural = basis.length > 1 ? `, ${basis.length} directions` : '';
  if (!isRational(root))
    return {
      sentence: 'Eigenvectors: what A − λI takes to zero.',
      latex: `\\lambda = ${name}: \\quad v = ${vectors}`,
    };
  const m = shifted(a, root.a);
  const { result, pivots } = eliminate(m, m.length, true);
  return {
    sentence: `Eigenvectors: what A − λI takes to zero${plural}.`,
    latex: `\\lambda = ${name}: \\quad ${exactLatex(m)} v = 0 \\quad\\Rightarrow\\quad v = ${vectors}`,
    children: [
      {
        sentence: 'Eliminate; each column without pivot gives one direction.',
        latex: `${exactLatex(m)} \\to ${exactLatex(result, undefined, pivots)}`,
      },
    ],
  };
}

/** A = P D P⁻¹, or why there is none. */
function diagonalForm(a: RationalMatrix, spaces: readonly Eigenspace[]): Step {
  const poor = spaces.find(s => s.basis.length < s.times);
  if (poor)
    return {
      sentence: `A cannot be diagonalised: an eigenvalue counts ${poor.times} times and has only ${poor.basis.length} direction${poor.basis.length > 1 ? 's' : ''}.`,
      latex: `\\lambda = ${surdLatex(poor.root)}: \\quad ${poor.basis.length} < ${poor.times}`,
    };
  const columns = spaces.flatMap(s => s.basis.map(v => ({ v, root: s.root })));
  const n = a.length;
  const p = Array.from({ length: n }, (_, i) => columns.map(c => c.v[i]));
  const d = columns.map((c, i) => columns.map((_, j) => (i === j ? c.root : surd(ZERO))));
  const inverse = rationalInverse(p);
  return {
    sentence: 'Diagonalisation: with the eigenvectors as columns of P, A = P D P⁻¹.',
    latex: inverse
      ? `${exactLatex(a)} = ${surdMatrixLatex(p)} ${surdMatrixLatex(d)} ${exactLatex(inverse)}`
      : `P = ${surdMatrixLatex(p)}, \\quad D = ${surdMatrixLatex(d)}`,
  };
}

function rationalInverse(p: readonly (readonly Surd[])[]): RationalMatrix | undefined {
  if (!p.every(row => row.every(isRational))) return undefined;
  const n = p.length;
  const m = p.map(row => row.map(x => x.a));
  const inverse = eliminate(beside(m, identity(n)), n, true).result.map(row => row.slice(n));
  return readable(inverse) ? inverse : undefined;
}

/** P, D and P⁻¹ of a matrix with rational eigenvalues and a full set of eigenvectors; undefined otherwise. */
export function rationalDiagonalForm(
  a: RationalMatrix,
): { readonly p: RationalMatrix; readonly d: readonly Rational[]; readonly inverse: RationalMatrix } | undefined {
  const roots = rootsOf(characteristicPolynomial(a));
  if (!roots?.every(isRational)) return undefined;
  const columns = eigenspaces(a, roots).flatMap(s => s.basis.map(v => ({ v: v.map(x => x.a), root: s.root.a })));
  if (columns.length < a.length) return undefined;
  const p = transpose(columns.map(c => c.v));
  const inverse = rationalInverse(p.map(row => row.map(surd)));
  return inverse && { p, d: columns.map(c => c.root), inverse };
}
