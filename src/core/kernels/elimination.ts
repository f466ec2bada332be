import { at, reach } from './wasm';

/**
 * Gaussian elimination with partial pivoting of columns from … to − 1 of the row-major m×n matrix `a`, rows `lda` apart,
 * those columns alone updated (LAPACK getf2). `taken[j]` is the row exchanged with row j; −1 where the column holds zeros.
 */
export function eliminate(
  a: Float64Array,
  lda: number,
  m: number,
  n: number,
  from: number,
  to: number,
  taken: Float64Array,
): void {
  const kernels = reach(a, taken);
  if (kernels) {
    kernels.eliminate(at(a, 0), 8 * lda, m, n, from, to, at(taken, from));
    return;
  }
  for (let j = from; j < to; j++) {
    taken[j] = pivot(a, lda, m, n, j);
    if (taken[j] < 0) continue;
    for (let i = j + 1; i < m; i++) {
      const f = a[i * lda + j];
      for (let k = j + 1; k < to; k++) a[i * lda + k] -= f * a[j * lda + k];
    }
  }
}

/**
 * All of it in Crout's order: column after column, each entry less the dot product of its row of L and its column of U,
 * which rounds as OpenBLAS's getrf does.
 */
export function eliminateBySums(
  a: Float64Array,
  lda: number,
  m: number,
  n: number,
  count: number,
  taken: Float64Array,
): void {
  for (let j = 0; j < n; j++) {
    for (let i = 1; i < m; i++) {
      let sum = 0;
      for (let k = 0; k < Math.min(i, j, count); k++) sum += a[i * lda + k] * a[k * lda + j];
      a[i * lda + j] -= sum;
    }
    if (j < count) taken[j] = pivot(a, lda, m, n, j);
  }
}

/** Brings the row whose entry in column j is largest to row j and divides the column by it; −1 where all are zero. */
function pivot(a: Float64Array, lda: number, m: number, n: number, j: number): number {
  let p = j;
  let top = Math.abs(a[j * lda + j]);
  for (let i = j + 1; i < m; i++) {
    const size = Math.abs(a[i * lda + j]);
    if (size > top) {
      p = i;
      top = size;
    }
  }
  if (a[p * lda + j] === 0) return -1;
  if (p !== j) {
    for (let k = 0, x = p * lda, y = j * lda; k < n; k++, x++, y++) {
      const t = a[x];
      a[x] = a[y];
      a[y] = t;
    }
  }
  // LAPACK multiplies by the reciprocal where there is one.
  const d = a[j * lda + j];
  const reciprocal = 1 / d;
  const finite = Number.isFinite(reciprocal);
  for (let i = j + 1; i < m; i++) a[i * lda + j] = finite ? a[i * lda + j] * reciprocal : a[i * lda + j] / d;
  return p;
}

/** B := L⁻¹ B for unit lower triangular L (k×k) and B (k×columns), both inside larger row-major arrays. */
export function solveUnitLower(
  l: Float64Array,
  lo: number,
  ldl: number,
  b: Float64Array,
  bo: number,
  ldb: number,
  k: number,
  columns: number,
): void {
  const kernels = reach(l, b);
  if (kernels) {
    kernels.solveUnitLower(at(l, lo), 8 * ldl, at(b, bo), 8 * ldb, k, columns);
    return;
  }
  for (let p = 0; p < k; p++)
    for (let i = p + 1; i < k; i++) subtractRow(b, bo + i * ldb, bo + p * ldb, columns, l[lo + i * ldl + p]);
}

/** B := U⁻¹ B for upper triangular U. */
export function solveUpper(
  u: Float64Array,
  uo: number,
  ldu: number,
  b: Float64Array,
  bo: number,
  ldb: number,
  k: number,
  columns: number,
): void {
  const kernels = reach(u, b);
  if (kernels) {
    kernels.solveUpper(at(u, uo), 8 * ldu, at(b, bo), 8 * ldb, k, columns);
    return;
  }
  for (let p = k - 1; p >= 0; p--) {
    const d = u[uo + p * ldu + p];
    const from = bo + p * ldb;
    // OpenBLAS divides one right side (trsv) but multiplies several by the reciprocal (trsm).
    const reciprocal = columns > 1 ? 1 / d : Number.NaN;
    const scale = Number.isFinite(reciprocal);
    for (let j = from; j < from + columns; j++) b[j] = scale ? b[j] * reciprocal : b[j] / d;
    for (let i = 0; i < p; i++) subtractRow(b, bo + i * ldb, from, columns, u[uo + i * ldu + p]);
  }
}

/** Row at `to` −= f · row at `from`. */
function subtractRow(b: Float64Array, to: number, from: number, columns: number, f: number): void {
  for (let j = 0; j < columns; j++) b[to + j] -= f * b[from + j];
}
