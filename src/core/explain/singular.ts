import type { Trace } from '../evaluate/trace';
import { nullSpace } from '../exact/elimination';
import { characteristicPolynomial, rootsOf } from '../exact/polynomial';
import { isZero, type Rational, sizeOf } from '../exact/rational';
import { dotOf, MAX_SIZE, multiply, primitive, type RationalMatrix, transpose } from '../exact/rational-matrix';
import { isRational, rootOf, type Surd, surd, surdLatex, surdNumber, times } from '../exact/surd';
import { expressionLatex } from '../format/expression-latex';
import { valueLatex } from '../format/latex';
import { polynomialLatex, rootList } from './eigen';
import { exactLatex, surdMatrixLatex } from './exact-notation';
import { exactly, GROWN, type Method } from './method';
import { written } from './notation';
import type { Step } from './step';

/** Singular values as roots of the eigenvalues of AᵀA (or A Aᵀ where that is smaller), with the singular vectors. */
export const singularValues: Method = exactly(1, (node, a) => {
  const found = singularValuesOf(a);
  if (!found) return numerical(node);
  if (found === GROWN) return GROWN;
  const { gram, sorted, wide } = found;
  const list = sorted.map(sigma).join(', \\quad ');
  return {
    sentence: `Singular values: the roots of the eigenvalues of ${wide ? 'AAᵀ' : 'AᵀA'}.`,
    latex: list,
    children: [
      {
        sentence: `Form ${wide ? 'AAᵀ' : 'AᵀA'}, which is symmetric.`,
        latex: `${wide ? 'A A^T' : 'A^T A'} = ${exactLatex(gram)}`,
      },
      {
        sentence: 'Its eigenvalues are the roots of its characteristic polynomial.',
        latex: `${polynomialLatex(characteristicPolynomial(gram))} = 0 \\quad\\Rightarrow\\quad ${rootList(sorted)}`,
      },
      { sentence: 'The singular values are their square roots.', latex: list },
      ...vectorSteps(a, found),
    ],
  };
});

interface Singular {
  readonly gram: RationalMatrix;
  /** Eigenvalues of the Gram matrix, the largest first. */
  readonly sorted: readonly Surd[];
  readonly wide: boolean;
}

export function singularValuesOf(a: RationalMatrix): Singular | typeof GROWN | undefined {
  const wide = a.length < a[0].length;
  const gram = wide ? multiply(a, transpose(a)) : multiply(transpose(a), a);
  const p = characteristicPolynomial(gram);
  if (p.some(c => sizeOf(c) > MAX_SIZE)) return GROWN;
  const roots = rootsOf(p);
  return roots && { gram, wide, sorted: [...roots].sort((x, y) => surdNumber(y).re - surdNumber(x).re) };
}

/** `\sigma_{1} = \sqrt{45} \approx 6.7082` */
function sigma(r: Surd, k: number): string {
  return `\\sigma_{${k + 1}} = ${rootLatex(r)}`;
}

/** The root of a number, with its decimals where it is no whole one. */
export function rootLatex(r: Surd): string {
  const root = isRational(r) ? rootOf(r.a) : undefined;
  const exact = root ? surdLatex(root) : `\\sqrt{${surdLatex(r)}}`;
  const value = Math.sqrt(Math.max(surdNumber(r).re, 0));
  return `${exact}${root && isRational(root) && root.a.d === 1n ? '' : ` \\approx ${written(value).latex}`}`;
}

const numerical = (node: Trace): Step => ({
  sentence:
    'The characteristic polynomial of AᵀA does not split into parts of degree 1 and 2; the singular values are found numerically.',
  latex: `${expressionLatex(node.expression)} \\approx ${valueLatex(node.result, { maxRows: 6, maxColumns: 6 })}`,
});

/** Unit vectors of one side as eigenvectors, of the other by A, where the eigenvalues are rational and all different. */
function vectorSteps(a: RationalMatrix, { gram, sorted, wide }: Singular): Step[] {
  const used = sorted.filter(r => isRational(r) && !isZero(r.a));
  const distinct = new Set(sorted.map(surdLatex)).size === sorted.length;
  if (!distinct || used.length < sorted.filter(r => surdNumber(r).re > 1e-12).length) return [];
  const vectors = used.map(r => {
    const [v] = nullSpace(gram.map((row, i) => row.map((x, j) => (i === j ? x.sub(r.a) : x))));
    const whole = primitive(v);
    const other = (
      wide
        ? multiply(
            transpose(a),
            whole.map(x => [x]),
          )
        : multiply(
            a,
            whole.map(x => [x]),
          )
    ).map(([x]) => x);
    return { own: unit(whole), other: unit(other) };
  });
  const [own, other] = wide ? ['u', 'v'] : ['v', 'u'];
  return [
    {
      sentence: `Its eigenvectors, scaled to length 1, are the ${wide ? 'left' : 'right'} singular vectors. Libraries may turn signs.`,
      latex: vectors.map((x, k) => `${own}_{${k + 1}} = ${columnOf(x.own)}`).join(', \\quad '),
    },
    {
      sentence: `The ${wide ? 'right' : 'left'} ones follow by A.`,
      latex: vectors
        .map(
          (x, k) =>
            `${other}_{${k + 1}} = \\tfrac{1}{\\sigma_{${k + 1}}} ${wide ? 'A^T' : 'A'} ${own}_{${k + 1}} = ${columnOf(x.other)}`,
        )
        .join(', \\quad '),
    },
  ];
}

const columnOf = (v: readonly Surd[]): string => surdMatrixLatex(v.map(x => [x]));

/** 1 / √r */
export const inverseRoot = (r: Rational): Surd => rootOf(r.inverse());

/** The direction with length 1. */
export function unit(v: readonly Rational[]): Surd[] {
  const inverse = inverseRoot(dotOf(v, v));
  return v.map(x => times(surd(x), inverse));
}
