import { adjoint, EPSILON, type Matrix, matrix, multiply, type Spend } from './matrix';
import { type SVD, svd } from './svd';

/** Matrix rank: singular values above s_max · max(m, n) · ε count (numpy.linalg.matrix_rank). */
export function rankOf(s: Float64Array, rows: number, columns: number, epsilon = EPSILON): number {
  const tolerance = (s[0] ?? 0) * Math.max(rows, columns) * epsilon;
  return s.reduce((n, x) => n + (x > tolerance ? 1 : 0), 0);
}

/** The Moore–Penrose inverse: singular values at most rcond · s_max count as zero (numpy.linalg.pinv: 1e-15). */
export function pseudoInverse(a: Matrix, rcond = 1e-15, spend?: Spend): Matrix | undefined {
  const f = svd(a, false, spend);
  return f.kind === 'ok' ? inverseOfFactors(f, rcond) : undefined;
}

/** V diag(1/s) Uᴴ over the singular values that count. */
export function inverseOfFactors(f: Extract<SVD, { kind: 'ok' }>, rcond: number): Matrix {
  const cutoff = rcond * (f.s[0] ?? 0);
  const uh = adjoint(f.u);
  const m = uh.columns;
  const by = (x: Float64Array): Float64Array =>
    x.map((e, i) => {
      const s = f.s[Math.floor(i / m)];
      return s > cutoff ? e / s : 0;
    });
  return multiply(adjoint(f.vh), matrix(uh.rows, m, by(uh.re), uh.im && by(uh.im)));
}

export interface LeastSquares {
  readonly x: Matrix;
  /** Sums of squared residuals by column of B; empty unless A is tall with full rank, as numpy.linalg.lstsq. */
  readonly residuals: Float64Array;
  readonly rank: number;
  readonly s: Float64Array;
}

/** The solution of least norm that minimises ‖A X − B‖ by columns (numpy.linalg.lstsq with rcond = ε·max(m, n) by default). */
export function leastSquares(
  a: Matrix,
  b: Matrix,
  rcond = EPSILON * Math.max(a.rows, a.columns),
  spend?: Spend,
): LeastSquares | undefined {
  const f = svd(a, false, spend);
  if (f.kind !== 'ok') return undefined;
  const cutoff = rcond * (f.s[0] ?? 0);
  const rank = f.s.reduce((n, x) => n + (x > cutoff ? 1 : 0), 0);
  // Uᴴ B first: the pseudo-inverse itself would amplify its rounding by B.
  const c = multiply(adjoint(f.u), b);
  const by = (x: Float64Array): Float64Array =>
    x.map((e, i) => {
      const s = f.s[Math.floor(i / b.columns)];
      return s > cutoff ? e / s : 0;
    });
  const x = multiply(adjoint(f.vh), matrix(c.rows, c.columns, by(c.re), c.im && by(c.im)));
  let residuals = new Float64Array(0);
  if (rank === a.columns && a.rows > a.columns) {
    const r = multiply(a, x);
    residuals = Float64Array.from({ length: b.columns }, (_, j) => {
      let s = 0;
      for (let k = j; k < a.rows * b.columns; k += b.columns)
        s += (r.re[k] - b.re[k]) ** 2 + ((r.im?.[k] ?? 0) - (b.im?.[k] ?? 0)) ** 2;
      return s;
    });
  }
  return { x, residuals, rank, s: f.s };
}

/** Orthonormal columns that span the null space: singular values at most rcond · s_max count as zero (scipy.linalg.null_space). */
export function nullSpace(a: Matrix, rcond = EPSILON * Math.max(a.rows, a.columns), spend?: Spend): Matrix | undefined {
  const f = svd(a, true, spend);
  if (f.kind !== 'ok') return undefined;
  return columnsOf(adjoint(f.vh), countAbove(f.s, rcond), a.columns);
}

/** Orthonormal columns that span the range (scipy.linalg.orth). */
export function rangeSpace(
  a: Matrix,
  rcond = EPSILON * Math.max(a.rows, a.columns),
  spend?: Spend,
): Matrix | undefined {
  const f = svd(a, false, spend);
  return f.kind === 'ok' ? columnsOf(f.u, 0, countAbove(f.s, rcond)) : undefined;
}

const countAbove = (s: Float64Array, rcond: number): number =>
  s.reduce((n, x) => n + (x > rcond * (s[0] ?? 0) ? 1 : 0), 0);

/** Columns from … to − 1. */
function columnsOf(m: Matrix, from: number, to: number): Matrix {
  const n = to - from;
  const part = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: m.rows * n }, (_, k) => x[Math.floor(k / n) * m.columns + from + (k % n)]);
  return matrix(m.rows, n, part(m.re), m.im && part(m.im));
}
