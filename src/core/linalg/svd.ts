import { adjoint, EPSILON, type Matrix, matrix, maxAbs, multiply, type Spend } from './matrix';
import { qr } from './qr';

export type SVD =
  | { readonly kind: 'ok'; readonly u: Matrix; readonly s: Float64Array; readonly vh: Matrix }
  | { readonly kind: 'not-converged' };

/**
 * A = U diag(s) Vᵀ of a real m×n matrix, reduced: U m×k, s descending, Vᵀ k×n, k = min(m, n). One-sided Jacobi
 * (Hestenes; Demmel and Veselić 1992), which finds small singular values to high relative accuracy. `full` completes U
 * and Vᵀ to square orthogonal matrices. The signs of a pair of vectors are unspecified together.
 */
export function svd(a: Matrix, full = false, spend?: Spend): SVD {
  if (a.rows < a.columns) {
    const t = svd(adjoint(a), full, spend);
    return t.kind === 'ok' ? { kind: 'ok', u: adjoint(t.vh), s: t.s, vh: adjoint(t.u) } : t;
  }
  const m = a.rows;
  const n = a.columns;
  const top = maxAbs(a);
  const scale = top > 0 ? 2 ** Math.floor(Math.log2(top)) : 1;
  // Columns of the working matrix and of V lie contiguously. A tall matrix is first reduced to its triangle.
  const pre = m > n ? qr({ ...a, re: a.re.map(x => x / scale) }, 'reduced', spend) : undefined;
  const rows = pre ? n : m;
  const source = pre ? pre.r.re : a.re.map(x => x / scale);
  const u: Float64Array[] = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => source[i * n + j]),
  );
  const v: Float64Array[] = Array.from({ length: n }, (_, j) =>
    Float64Array.from({ length: n }, (_, i) => (i === j ? 1 : 0)),
  );
  if (!orthogonaliseColumns(u, v, n, rows, spend)) return { kind: 'not-converged' };
  const norms = u.map(column => Math.sqrt(column.reduce((s, x) => s + x * x, 0)));
  const order = norms.map((_, j) => j).sort((i, j) => norms[j] - norms[i]);
  const s = Float64Array.from(order, j => norms[j] * scale);
  const left = new Float64Array(rows * n);
  const vh = new Float64Array(n * n);
  const negligible = (norms[order[0]] ?? 0) * EPSILON * Math.max(m, n) * 1e-8;
  const missing: number[] = [];
  order.forEach((from, k) => {
    if (norms[from] > negligible) for (let i = 0; i < rows; i++) left[i * n + k] = u[from][i] / norms[from];
    else missing.push(k);
    for (let i = 0; i < n; i++) vh[k * n + i] = v[from][i];
  });
  completeColumns(left, rows, n, missing);
  let U = matrix(rows, n, left);
  if (pre) U = multiply(pre.q, U);
  if (full && m > n) U = completed(U);
  return { kind: 'ok', u: U, s, vh: matrix(n, n, vh) };
}

function orthogonaliseColumns(u: Float64Array[], v: Float64Array[], n: number, rows: number, spend?: Spend): boolean {
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false;
    for (let p = 0; p < n - 1; p++) {
      spend?.(6 * rows * (n - p));
      for (let q = p + 1; q < n; q++) {
        const x = u[p];
        const y = u[q];
        let alpha = 0;
        let beta = 0;
        let gamma = 0;
        for (let i = 0; i < rows; i++) {
          alpha += x[i] * x[i];
          beta += y[i] * y[i];
          gamma += x[i] * y[i];
        }
        if (gamma === 0 || Math.abs(gamma) <= EPSILON * Math.sqrt(alpha) * Math.sqrt(beta)) continue;
        rotated = true;
        const zeta = (beta - alpha) / (2 * gamma);
        const t = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const c = 1 / Math.hypot(1, t);
        const s = c * t;
        rotate(x, y, c, s, rows);
        rotate(v[p], v[q], c, s, n);
      }
    }
    if (!rotated) return true;
  }
  return false;
}

function rotate(x: Float64Array, y: Float64Array, c: number, s: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const t = x[i];
    x[i] = c * t - s * y[i];
    y[i] = s * t + c * y[i];
  }
}

/** Fills the columns `missing` with unit vectors orthogonal to all others (Gram–Schmidt on the standard basis, twice). */
function completeColumns(data: Float64Array, rows: number, columns: number, missing: readonly number[]): void {
  const open = new Set(missing);
  for (const k of missing) {
    for (let trial = 0; trial < rows; trial++) {
      const x = new Float64Array(rows);
      x[trial] = 1;
      for (let pass = 0; pass < 2; pass++) {
        for (let j = 0; j < columns; j++) {
          if (open.has(j)) continue;
          let dot = 0;
          for (let i = 0; i < rows; i++) dot += x[i] * data[i * columns + j];
          for (let i = 0; i < rows; i++) x[i] -= dot * data[i * columns + j];
        }
      }
      const norm = Math.sqrt(x.reduce((s, e) => s + e * e, 0));
      if (norm > 0.5 / Math.sqrt(rows)) {
        for (let i = 0; i < rows; i++) data[i * columns + k] = x[i] / norm;
        break;
      }
    }
    open.delete(k);
  }
}

function completed(u: Matrix): Matrix {
  const out = new Float64Array(u.rows * u.rows);
  for (let i = 0; i < u.rows; i++) for (let j = 0; j < u.columns; j++) out[i * u.rows + j] = u.re[i * u.columns + j];
  completeColumns(
    out,
    u.rows,
    u.rows,
    Array.from({ length: u.rows - u.columns }, (_, k) => u.columns + k),
  );
  return matrix(u.rows, u.rows, out);
}
