import { isZero, type Rational, rationalLatex } from '../exact/rational';
import { identity, multiply, type RationalMatrix, transpose } from '../exact/rational-matrix';
import type { Value } from '../values/value';
import { agrees, exactLatex, operationLatex } from './exact-notation';
import { exactly, GROWN, isSquare, type Method, readable } from './method';
import type { Step } from './step';

/** P A = L U with the largest entry of each column as its pivot, as LAPACK chooses it. */
function luOf(a: RationalMatrix): {
  readonly p: number[];
  readonly l: RationalMatrix;
  readonly u: RationalMatrix;
  readonly steps: Step[];
} {
  const n = a.length;
  const p = Array.from({ length: n }, (_, i) => i);
  const u = a.map(row => [...row]);
  const l: Rational[][] = identity(n).map(row => [...row]);
  const steps: Step[] = [];
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (u[i][k].abs().compare(u[best][k].abs()) > 0) best = i;
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
        latex: `${operationLatex({ kind: 'subtract', row: i, times, source: k })}, \\quad \\ell_{${i + 1}${k + 1}} = ${rationalLatex(times)}: \\quad ${exactLatex(u)}`,
      });
    }
  }
  return { p, l, u, steps };
}

/** The LU factorisation with its permutation. */
export const lu: Method = exactly(1, (node, a) => {
  if (!isSquare(a)) return undefined;
  const { p, l, u, steps } = luOf(a);
  if (!readable(l, u)) return GROWN;
  const permutation = p.map(k => identity(a.length)[k]);
  const found: readonly Value[] = node.result.kind === 'tuple' ? node.result.items : [];
  // Libraries give P or its transpose, and some multiply it into L.
  const given = (m: RationalMatrix): boolean => found.some(v => agrees(m, v));
  if (found.length > 0 && !(given(u) && (given(l) || given(multiply(transpose(permutation), l))))) return undefined;
  return {
    sentence: 'LU factorisation P A = L U: elimination as a product, with the factors of the row operations in L.',
    latex: `${exactLatex(permutation)} ${exactLatex(a)} = ${exactLatex(l)} ${exactLatex(u)}`,
    children: [
      ...steps,
      {
        sentence: p.every((k, i) => k === i)
          ? 'No rows were swapped: P is the identity.'
          : 'P holds the order in which the rows were taken.',
        latex: `P = ${exactLatex(permutation)}, \\quad L = ${exactLatex(l)}, \\quad U = ${exactLatex(u)}`,
      },
    ],
  };
});
