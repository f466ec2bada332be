import { type Matrix, matrix, type Spend } from './matrix';

export interface QR {
  readonly q: Matrix;
  readonly r: Matrix;
}

/**
 * A = Q R of a real m×n matrix by Householder reflections (LAPACK geqrf and orgqr): the diagonal of R has the sign
 * opposite to the column's first entry. 'reduced' gives m×k and k×n with k = min(m, n); 'complete' m×m and m×n.
 */
export function qr(a: Matrix, mode: 'reduced' | 'complete' = 'reduced', spend?: Spend): QR {
  const m = a.rows;
  const n = a.columns;
  const k = Math.min(m, n);
  const r = a.re.slice();
  const tau = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    spend?.(4 * (m - j) * (n - j));
    let scale = 0;
    for (let i = j + 1; i < m; i++) scale = Math.max(scale, Math.abs(r[i * n + j]));
    if (scale === 0) continue;
    let below = 0;
    for (let i = j + 1; i < m; i++) below += (r[i * n + j] / scale) ** 2;
    const alpha = r[j * n + j];
    const beta = -Math.sign(alpha || 1) * Math.hypot(alpha, scale * Math.sqrt(below));
    tau[j] = (beta - alpha) / beta;
    for (let i = j + 1; i < m; i++) r[i * n + j] /= alpha - beta;
    r[j * n + j] = beta;
    for (let c = j + 1; c < n; c++) reflect(r, n, r, n, j, c, m, tau[j]);
  }
  const columns = mode === 'complete' ? m : k;
  const q = new Float64Array(m * columns);
  for (let i = 0; i < columns; i++) q[i * columns + i] = 1;
  for (let j = k - 1; j >= 0; j--) {
    spend?.(4 * (m - j) * (columns - j));
    if (tau[j] !== 0) for (let c = j; c < columns; c++) reflect(r, n, q, columns, j, c, m, tau[j]);
  }
  const rows = mode === 'complete' ? m : k;
  const upper = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) for (let j = i; j < n; j++) upper[i * n + j] = r[i * n + j];
  return { q: matrix(m, columns, q), r: matrix(rows, n, upper) };
}

/** Applies I - tau v vᵀ, v = (1, rows below j of column j of `v`), to column c of `x`. */
function reflect(
  v: Float64Array,
  vn: number,
  x: Float64Array,
  xn: number,
  j: number,
  c: number,
  m: number,
  tau: number,
): void {
  let s = x[j * xn + c];
  for (let i = j + 1; i < m; i++) s += v[i * vn + j] * x[i * xn + c];
  s *= tau;
  x[j * xn + c] -= s;
  for (let i = j + 1; i < m; i++) x[i * xn + c] -= s * v[i * vn + j];
}
