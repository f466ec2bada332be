import { isZero, type Rational, rationalLatex, ZERO } from '../exact/rational';
import { identity } from '../exact/rational-matrix';
import { rootOf, type Surd, surd, surdLatex, surdNumber, times } from '../exact/surd';
import { decimals, factorLatex, surdApproximation, surdMatrixLatex } from './exact-notation';
import { agreesWith } from './grids';
import { exactly, GROWN, isSquare, type Method, readable } from './method';
import { gridOfValue } from './notation';
import type { Step } from './step';

/** Larger factors have too many entries to be told one by one. */
const MAX_TOLD = 4;

/**
 * The Cholesky factor A = L Lᵀ. With A = M D Mᵀ, M triangular with ones on its diagonal, all is rational but the roots of
 * D, so that every entry of L is a fraction times a root.
 */
export const cholesky: Method = exactly(1, (node, a) => {
  const n = a.length;
  if (!isSquare(a) || n > MAX_TOLD) return undefined;
  // Only one triangle is read, so the factor of a matrix that is not symmetric belongs to another one.
  if (!a.every((row, i) => row.every((x, j) => x.equals(a[j][i])))) return undefined;
  const m: Rational[][] = identity(n).map(row => [...row]);
  const d: Rational[] = [];
  const children: Step[] = [];
  const l = (i: number, j: number): Surd => (i < j ? surd(ZERO) : times(surd(m[i][j]), rootOf(d[j])));
  for (let j = 0; j < n; j++)
    for (let i = j; i < n; i++) {
      const shares = Array.from({ length: j }, (_, k) => m[i][k].mul(m[j][k]).mul(d[k]));
      const rest = shares.reduce((s, x) => s.sub(x), a[i][j]);
      if (i === j) {
        if (rest.compare(ZERO) <= 0) return undefined;
        d.push(rest);
      } else m[i][j] = rest.div(d[j]);
      const top = [rationalLatex(a[i][j]), ...shares.filter(x => !isZero(x)).map(x => `- ${factorLatex(x)}`)].join(' ');
      const value = l(i, j);
      const end = `${surdLatex(value)}${surdApproximation(value)}`;
      children.push({
        sentence:
          i === j
            ? 'A diagonal entry is a root of what the squares before it leave.'
            : 'An entry below it: what the products before it leave, divided by the diagonal entry.',
        latex: `\\ell_{${i + 1}${j + 1}} = ${i === j ? `\\sqrt{${top}}` : `\\frac{${top}}{${surdLatex(l(j, j))}}`} = ${end}`,
      });
    }
  if (!readable(m, [d])) return GROWN;
  const lower = Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => l(i, j)));
  const upper = lower.map((_, i) => lower.map(row => row[i]));
  const result = gridOfValue(node.result);
  const is = (f: readonly (readonly Surd[])[]): boolean =>
    result !== undefined && result.rows === n && agreesWith(result, (i, j) => surdNumber(f[i][j]).re);
  // MATLAB gives the upper factor.
  const given = [lower, upper].find(is);
  if (!given) return undefined;
  return {
    sentence: 'Cholesky factorisation A = L Lᵀ, column by column.',
    latex: `${given === lower ? 'L' : 'L^T'} = ${surdMatrixLatex(given)}${decimals(given)}`,
    children,
  };
});
