import type { Trace } from '../evaluate/trace';
import { nullSpace } from '../exact/elimination';
import { characteristicPolynomial, type Polynomial, rootsOf } from '../exact/polynomial';
import { isZero, ONE, type Rational, rational, rationalLatex, sizeOf, ZERO } from '../exact/rational';
import { MAX_SIZE, multiply, type RationalMatrix, transpose } from '../exact/rational-matrix';
import { isRational, rootOf, type Surd, surdLatex, surdNumber } from '../exact/surd';
import type { Method } from './elimination';
import { columnLatex, exactLatex, exactMatrix } from './exact-notation';
import { written } from './notation';
import type { Step } from './step';

/** `\lambda^2 - 5\lambda - 2` */
function polynomialLatex(p: Polynomial): string {
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

const lambdaMinus = (a: RationalMatrix): string => {
  const body = a
    .map((row, i) =>
      row
        .map((x, j) =>
          i !== j
            ? rationalLatex(x.neg())
            : isZero(x)
              ? '\\lambda'
              : `\\lambda ${x.s < 0n ? '+' : '-'} ${rationalLatex(x.abs())}`,
        )
        .join(' & '),
    )
    .join(' \\\\ ');
  return `\\begin{vmatrix} ${body} \\end{vmatrix}`;
};

/** ` \approx 5.37` behind a root that is no short number. */
export function surdApproximation(s: Surd): string {
  if (isRational(s)) return '';
  const { re, im } = surdNumber(s);
  if (im === 0) return ` \\approx ${written(re).latex}`;
  return '';
}

/** Eigenvalues as roots of the characteristic polynomial, eigenvectors as null spaces. */
export const eigenvalues: Method = node => {
  const a = exactMatrix(node.operands[0]);
  if (!a || a.length !== a[0].length || a.length > 4) return undefined;
  // The Hermitian routines read one triangle: of a matrix that is not symmetric they tell another one's eigenvalues.
  const symmetric = a.every((row, i) => row.every((x, j) => x.equals(a[j][i])));
  if (/(eigh|eigvalsh)$/.test(node.operation) && !symmetric) return undefined;
  const p = characteristicPolynomial(a);
  const roots = p.every(c => sizeOf(c) <= MAX_SIZE) ? rootsOf(p) : undefined;
  if (!roots) return undefined;
  const list = roots.map((r, k) => `\\lambda_{${k + 1}} = ${surdLatex(r)}${surdApproximation(r)}`).join(', \\quad ');
  const children: Step[] = [
    {
      sentence: 'The characteristic polynomial is the determinant of λI − A.',
      latex: `${lambdaMinus(a)} = ${polynomialLatex(p)}`,
    },
    { sentence: 'Its roots are the eigenvalues.', latex: list },
    ...eigenvectorSteps(a, roots),
  ];
  return { sentence: 'Eigenvalues: the roots of the characteristic polynomial.', latex: list, children };
};

function eigenvectorSteps(a: RationalMatrix, roots: readonly Surd[]): Step[] {
  const seen = new Set<string>();
  return roots.flatMap((root): Step[] => {
    const latex = surdLatex(root);
    if (seen.has(latex)) return [];
    seen.add(latex);
    if (isRational(root)) {
      const shifted = a.map((row, i) => row.map((x, j) => (i === j ? x.sub(root.a) : x)));
      const basis = nullSpace(shifted);
      return [
        {
          sentence: `Eigenvectors: what A − λI takes to zero${basis.length > 1 ? `, ${basis.length} directions` : ''}.`,
          latex: `\\lambda = ${latex}: \\quad ${exactLatex(shifted)} v = 0 \\quad\\Rightarrow\\quad v = ${basis.map(columnLatex).join(', ')}`,
        },
      ];
    }
    if (a.length !== 2 || isZero(a[0][1])) return [];
    // (A − λI) v = 0 holds for v = (b, λ − a), by the first row.
    const entry = surdLatex({ ...root, a: root.a.sub(a[0][0]) });
    return [
      {
        sentence: 'Eigenvectors: the first row of (A − λI) v = 0 gives the direction.',
        latex: `\\lambda = ${latex}: \\quad v = \\begin{bmatrix} ${rationalLatex(a[0][1])} \\\\ ${entry} \\end{bmatrix}`,
      },
    ];
  });
}

/** Singular values as roots of the eigenvalues of AᵀA. */
export const singularValues: Method = node => {
  const a = exactMatrix(node.operands[0]);
  if (!a) return undefined;
  const wide = a.length < a[0].length;
  const gram = wide ? multiply(a, transpose(a)) : multiply(transpose(a), a);
  if (gram.length > 3) return undefined;
  const roots = rootsOf(characteristicPolynomial(gram));
  if (!roots) return undefined;
  const sorted = [...roots].sort((x, y) => surdNumber(y).re - surdNumber(x).re);
  const name = wide ? 'A A^T' : 'A^T A';
  const sigma = (r: Surd, k: number): string => {
    const root = isRational(r) ? rootOf(r.a) : undefined;
    const exact = root ? surdLatex(root) : `\\sqrt{${surdLatex(r)}}`;
    const value = Math.sqrt(Math.max(surdNumber(r).re, 0));
    return `\\sigma_{${k + 1}} = ${exact}${root && isRational(root) ? '' : ` \\approx ${written(value).latex}`}`;
  };
  const list = sorted.map(sigma).join(', \\quad ');
  return {
    sentence: `Singular values: the roots of the eigenvalues of ${wide ? 'AAᵀ' : 'AᵀA'}.`,
    latex: list,
    children: [
      { sentence: `Form ${wide ? 'AAᵀ' : 'AᵀA'}, which is symmetric.`, latex: `${name} = ${exactLatex(gram)}` },
      {
        sentence: 'Its eigenvalues are the roots of its characteristic polynomial.',
        latex: `${polynomialLatex(characteristicPolynomial(gram))} = 0 \\quad\\Rightarrow\\quad ${sorted.map((r, k) => `\\lambda_{${k + 1}} = ${surdLatex(r)}${surdApproximation(r)}`).join(', \\quad ')}`,
      },
      { sentence: 'The singular values are their square roots.', latex: list },
    ],
  };
};

const lengthSquared = (v: readonly Rational[]): Rational => v.reduce((s, x) => s.add(x.mul(x)), ZERO);

/** Gram–Schmidt: each column less its projections on those before it, then scaled to length 1. */
export const gramSchmidt: Method = (node: Trace) => {
  const a = exactMatrix(node.operands[0]);
  if (!a || a.length < a[0].length || a[0].length > 4) return undefined;
  const columns = transpose(a);
  const found: Rational[][] = [];
  const children: Step[] = [];
  const q: string[] = [];
  for (const [k, column] of columns.entries()) {
    let u = [...column];
    const terms: string[] = [];
    for (const [j, earlier] of found.entries()) {
      const share = dot(column, earlier).div(lengthSquared(earlier));
      u = u.map((x, i) => x.sub(share.mul(earlier[i])));
      const plus = share.s < 0n;
      if (!isZero(share)) terms.push(`${plus ? '+' : '-'} ${rationalLatex(share.abs())} u_{${j + 1}}`);
    }
    if (u.every(isZero) || u.some(x => sizeOf(x) > MAX_SIZE)) return undefined;
    found.push(u);
    const norm = rootOf(lengthSquared(u));
    const whole = primitive(u);
    const length = rootOf(lengthSquared(whole));
    q.push(
      isRational(length)
        ? columnLatex(whole.map(x => x.div(length.a)))
        : `\\frac{1}{${surdLatex(length)}}${columnLatex(whole)}`,
    );
    children.push({
      sentence:
        k === 0
          ? 'The first direction is the first column.'
          : `Column ${k + 1} less its projections on the directions before it.`,
      latex: `u_{${k + 1}} = a_{${k + 1}} ${terms.join(' ')} = ${columnLatex(u)}, \\quad \\|u_{${k + 1}}\\| = ${surdLatex(norm)}${surdApproximation(norm)}`,
    });
  }
  return {
    sentence:
      'QR by Gram–Schmidt. NumPy and Octave may turn the sign of a column of Q and of the row of R that goes with it.',
    latex: q.map((e, k) => `q_{${k + 1}} = ${e}`).join(', \\quad '),
    children,
  };
};

const dot = (a: readonly Rational[], b: readonly Rational[]): Rational =>
  a.reduce((s, x, i) => s.add(x.mul(b[i])), ZERO);

/** The same direction with whole entries that share no factor. */
function primitive(u: readonly Rational[]): Rational[] {
  const gcd = (x: bigint, y: bigint): bigint => (y === 0n ? x : gcd(y, x % y));
  const denominator = u.reduce((l, x) => (l * x.d) / gcd(l, x.d), 1n);
  const divisor = u.reduce((g, x) => gcd(g, (x.n * denominator) / x.d), 0n);
  return u.map(x => x.mul(rational(denominator, divisor)));
}
