import { isZero, ONE, type Rational, rationalLatex, sizeOf, ZERO } from '../exact/rational';
import { dotOf, MAX_SIZE, primitive, transpose } from '../exact/rational-matrix';
import { isRational, negative, rootOf, type Surd, surd, surdLatex, surdNumber, times } from '../exact/surd';
import type { Value } from '../values/value';
import { columnLatex, decimals, surdApproximation, surdMatrixLatex } from './exact-notation';
import { exactly, GROWN, type Method } from './method';
import { gridOfValue } from './notation';
import { inverseRoot, unit } from './singular';
import type { Step } from './step';

/** Numbers with more digits than these are not read under a root. */
const MAX_ROOT = 30;

/** Gram–Schmidt: each column less its projections on those before it, then scaled to length 1; R holds the shares. */
export const gramSchmidt: Method = exactly(1, (node, a) => {
  if (a.length < a[0].length) return undefined;
  const columns = transpose(a);
  const found: Rational[][] = [];
  const children: Step[] = [];
  for (const [k, column] of columns.entries()) {
    let u = [...column];
    const terms: string[] = [];
    for (const [j, earlier] of found.entries()) {
      const share = dotOf(column, earlier).div(dotOf(earlier, earlier));
      u = u.map((x, i) => x.sub(share.mul(earlier[i])));
      const adds = share.s < 0n;
      const size = share.abs();
      if (!isZero(share))
        terms.push(`${adds ? '+' : '-'} ${size.equals(ONE) ? '' : `${rationalLatex(size)} `}u_{${j + 1}}`);
    }
    if (u.every(isZero)) return undefined;
    if (u.some(x => sizeOf(x) > MAX_SIZE) || sizeOf(dotOf(u, u)) > MAX_ROOT) return GROWN;
    found.push(u);
    const norm = rootOf(dotOf(u, u));
    children.push({
      sentence:
        k === 0
          ? 'The first direction is the first column.'
          : `Column ${k + 1} less its projections on the directions before it.`,
      latex: `u_{${k + 1}} = ${[`a_{${k + 1}}`, ...terms].join(' ')} = ${columnLatex(u)}, \\quad \\|u_{${k + 1}}\\| = ${surdLatex(norm)}${surdApproximation(norm)}`,
    });
  }
  const q = found.map(u => unit(primitive(u)));
  // The part of column j along direction i: (u · a) / ‖u‖.
  const r = found.map((u, i) => {
    const inverse = inverseRoot(dotOf(u, u));
    return columns.map((column, j) => (j < i ? surd(ZERO) : times(surd(dotOf(column, u)), inverse)));
  });
  const signs = found.map((_, k) => signIn(node.result, q[k], k));
  const turned = signs.includes(-1);
  const signed = (x: Surd, k: number): Surd => (signs[k] === -1 ? negative(x) : x);
  const given = {
    q: transposed(q.map((v, k) => v.map(x => signed(x, k)))),
    r: r.map((row, k) => row.map(x => signed(x, k))),
  };
  const scaled = found.map((u, k) => {
    const whole = primitive(u);
    const length = rootOf(dotOf(whole, whole));
    const direction = isRational(length)
      ? columnLatex(whole.map(x => x.div(length.a)))
      : `\\frac{1}{${surdLatex(length)}}${columnLatex(whole)}`;
    return `q_{${k + 1}} = ${direction}`;
  });
  return {
    sentence: `QR by Gram–Schmidt: orthogonal columns of length 1, and R = QᵀA.${turned ? ' The library turns the sign of some columns of Q and rows of R.' : ''}`,
    latex: `Q = ${surdMatrixLatex(given.q)}${decimals(given.q)}, \\quad R = ${surdMatrixLatex(given.r)}${decimals(given.r)}`,
    children: [
      ...children,
      { sentence: 'Each direction divided by its length.', latex: scaled.join(', \\quad ') },
      {
        sentence: 'R holds the lengths on its diagonal and the shares of the directions above it.',
        latex: `R = Q^T A = ${surdMatrixLatex(r)}`,
      },
    ],
  };
});

const transposed = (m: readonly (readonly Surd[])[]): Surd[][] => m[0].map((_, j) => m.map(row => row[j]));

/** The sign with which the library gives column k of Q. */
function signIn(result: Value, q: readonly Surd[], k: number): number {
  const grid = result.kind === 'tuple' ? gridOfValue(result.items[0]) : undefined;
  if (!grid || grid.rows !== q.length || grid.columns <= k) return 1;
  const product = q.reduce((s, x, i) => s + surdNumber(x).re * Number(grid.at(i, k)), 0);
  return product < 0 ? -1 : 1;
}
