import { EPSILON, type Matrix, matrix, multiply, type Spend } from './matrix';
import { type SVD, svd } from './svd';

/** Matrix rank: singular values above s_max · max(m, n) · ε count (numpy.linalg.matrix_rank). */
export function rankOf(s: Float64Array, rows: number, columns: number): number {
  const tolerance = (s[0] ?? 0) * Math.max(rows, columns) * EPSILON;
  return s.reduce((n, x) => n + (x > tolerance ? 1 : 0), 0);
}

/** The Moore–Penrose inverse: singular values at most rcond · s_max count as zero (numpy.linalg.pinv: 1e-15). */
export function pseudoInverse(a: Matrix, rcond = 1e-15, spend?: Spend): Matrix | undefined {
  const f = svd(a, false, spend);
  return f.kind === 'ok' ? fromFactors(f, rcond) : undefined;
}

function fromFactors(f: Extract<SVD, { kind: 'ok' }>, rcond: number): Matrix {
  const cutoff = rcond * (f.s[0] ?? 0);
  const k = f.s.length;
  const { rows: m } = f.u;
  const n = f.vh.columns;
  const out = new Float64Array(n * m);
  for (let p = 0; p < k; p++) {
    if (!(f.s[p] > cutoff)) continue;
    for (let i = 0; i < n; i++) {
      const v = f.vh.re[p * n + i] / f.s[p];
      for (let j = 0; j < m; j++) out[i * m + j] += v * f.u.re[j * k + p];
    }
  }
  return matrix(n, m, out);
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
  const x = multiply(fromFactors(f, rcond), b);
  let residuals = new Float64Array(0);
  if (rank === a.columns && a.rows > a.columns) {
    const r = multiply(a, x);
    residuals = Float64Array.from({ length: b.columns }, (_, j) => {
      let s = 0;
      for (let i = 0; i < a.rows; i++) s += (r.re[i * b.columns + j] - b.re[i * b.columns + j]) ** 2;
      return s;
    });
  }
  return { x, residuals, rank, s: f.s };
}
