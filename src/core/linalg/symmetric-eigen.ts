import { EPSILON, type Matrix, matrix, maxAbs, type Spend } from './matrix';

export type SymmetricEigen =
  | { readonly kind: 'ok'; readonly values: Float64Array; readonly vectors: Matrix }
  | { readonly kind: 'not-converged' };

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors (columns) of a real symmetric matrix, of which only the lower
 * triangle is read. Householder tridiagonalisation and implicit QL (tred2 and tql2 of Wilkinson and Reinsch, Handbook
 * for Automatic Computation II, 1971). Signs of vectors: the largest entry of a vector may have either sign.
 */
export function symmetricEigen(a: Matrix, spend?: Spend): SymmetricEigen {
  const n = a.rows;
  const top = maxAbs(a);
  const scale = top > 0 && (top < 1e-140 || top > 1e140) ? top : 1;
  const v: Float64Array[] = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => a.re[Math.max(i, j) * n + Math.min(i, j)] / scale),
  );
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  if (n > 0) tridiagonalise(v, d, e, n, spend);
  if (!implicitQL(v, d, e, n, spend)) return { kind: 'not-converged' };
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => d[i] - d[j]);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    order.forEach((from, j) => {
      vectors[i * n + j] = v[i][from];
    });
  return { kind: 'ok', values: Float64Array.from(order, i => d[i] * scale), vectors: matrix(n, n, vectors) };
}

function tridiagonalise(v: Float64Array[], d: Float64Array, e: Float64Array, n: number, spend?: Spend): void {
  d.set(v[n - 1]);
  for (let i = n - 1; i > 0; i--) {
    spend?.(8 * i * i);
    let scale = 0;
    let h = 0;
    for (let k = 0; k < i; k++) scale += Math.abs(d[k]);
    if (scale === 0) {
      e[i] = d[i - 1];
      for (let j = 0; j < i; j++) {
        d[j] = v[i - 1][j];
        v[i][j] = 0;
        v[j][i] = 0;
      }
    } else {
      for (let k = 0; k < i; k++) {
        d[k] /= scale;
        h += d[k] * d[k];
      }
      let f = d[i - 1];
      let g = f > 0 ? -Math.sqrt(h) : Math.sqrt(h);
      e[i] = scale * g;
      h -= f * g;
      d[i - 1] = f - g;
      for (let j = 0; j < i; j++) e[j] = 0;
      for (let j = 0; j < i; j++) {
        f = d[j];
        v[j][i] = f;
        g = e[j] + v[j][j] * f;
        for (let k = j + 1; k <= i - 1; k++) {
          g += v[k][j] * d[k];
          e[k] += v[k][j] * f;
        }
        e[j] = g;
      }
      f = 0;
      for (let j = 0; j < i; j++) {
        e[j] /= h;
        f += e[j] * d[j];
      }
      const hh = f / (h + h);
      for (let j = 0; j < i; j++) e[j] -= hh * d[j];
      for (let j = 0; j < i; j++) {
        f = d[j];
        g = e[j];
        for (let k = j; k <= i - 1; k++) v[k][j] -= f * e[k] + g * d[k];
        d[j] = v[i - 1][j];
        v[i][j] = 0;
      }
    }
    d[i] = h;
  }
  for (let i = 0; i < n - 1; i++) {
    spend?.(4 * i * i);
    v[n - 1][i] = v[i][i];
    v[i][i] = 1;
    const h = d[i + 1];
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = v[k][i + 1] / h;
      for (let j = 0; j <= i; j++) {
        let g = 0;
        for (let k = 0; k <= i; k++) g += v[k][i + 1] * v[k][j];
        for (let k = 0; k <= i; k++) v[k][j] -= g * d[k];
      }
    }
    for (let k = 0; k <= i; k++) v[k][i + 1] = 0;
  }
  for (let j = 0; j < n; j++) {
    d[j] = v[n - 1][j];
    v[n - 1][j] = 0;
  }
  v[n - 1][n - 1] = 1;
  e[0] = 0;
}

function implicitQL(v: Float64Array[], d: Float64Array, e: Float64Array, n: number, spend?: Spend): boolean {
  for (let i = 1; i < n; i++) e[i - 1] = e[i];
  if (n > 0) e[n - 1] = 0;
  let f = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]) + Math.abs(e[l]));
    let m = l;
    while (m < n - 1 && Math.abs(e[m]) > EPSILON * largest) m++;
    let iterations = 0;
    while (m > l) {
      if (++iterations > 60) return false;
      spend?.(6 * n * (m - l));
      let g = d[l];
      let p = (d[l + 1] - g) / (2 * e[l]);
      let r = Math.hypot(p, 1);
      if (p < 0) r = -r;
      d[l] = e[l] / (p + r);
      d[l + 1] = e[l] * (p + r);
      const dl1 = d[l + 1];
      let h = g - d[l];
      for (let i = l + 2; i < n; i++) d[i] -= h;
      f += h;
      p = d[m];
      let c = 1;
      let c2 = 1;
      let c3 = 1;
      const el1 = e[l + 1];
      let s = 0;
      let s2 = 0;
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        g = c * e[i];
        h = c * p;
        r = Math.hypot(p, e[i]);
        e[i + 1] = s * r;
        s = e[i] / r;
        c = p / r;
        p = c * d[i] - s * g;
        d[i + 1] = h + s * (c * g + s * d[i]);
        for (let k = 0; k < n; k++) {
          const row = v[k];
          h = row[i + 1];
          row[i + 1] = s * row[i] + c * h;
          row[i] = c * row[i] - s * h;
        }
      }
      p = (-s * s2 * c3 * el1 * e[l]) / dl1;
      e[l] = s * p;
      d[l] = c * p;
      if (Math.abs(e[l]) <= EPSILON * largest) break;
    }
    d[l] += f;
    e[l] = 0;
  }
  return true;
}
