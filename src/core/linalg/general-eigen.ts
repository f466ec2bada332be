import { divide } from '../values/complex';
import { EPSILON, type Matrix, matrix, maxAbs, type Spend } from './matrix';

/** Eigenvalues in no particular order and unit eigenvectors (columns); complex ones come in conjugate pairs. */
export type Eigen =
  | {
      readonly kind: 'ok';
      readonly values: { readonly re: Float64Array; readonly im: Float64Array };
      readonly vectors: Matrix;
    }
  | { readonly kind: 'not-converged' }
  | { readonly kind: 'not-finite' };

/**
 * Eigenvalues and right eigenvectors of a real square matrix: Householder reduction to Hessenberg form and the shifted
 * QR algorithm (orthes and hqr2 of Martin and Wilkinson, Handbook II/13 and II/15). Vectors have 2-norm 1; of a complex
 * one the largest component is made real, as LAPACK's geev does. `vectors` is complex exactly when a value is.
 */
export function generalEigen(a: Matrix, spend?: Spend): Eigen {
  const n = a.rows;
  if (!a.re.every(Number.isFinite)) return { kind: 'not-finite' };
  const top = maxAbs(a);
  const scale = top > 0 && (top < 1e-140 || top > 1e140) ? top : 1;
  const h: Float64Array[] = Array.from({ length: n }, (_, i) => a.re.slice(i * n, (i + 1) * n).map(x => x / scale));
  const v: Float64Array[] = Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: n }, (_, j) => (i === j ? 1 : 0)),
  );
  const re = new Float64Array(n);
  const im = new Float64Array(n);
  hessenberg(h, v, n, spend);
  if (!schur(h, v, re, im, n, spend)) return { kind: 'not-converged' };
  backSubstitute(h, v, re, im, n, spend);
  return {
    kind: 'ok',
    values: { re: re.map(x => x * scale), im: im.map(x => x * scale) },
    vectors: normalised(v, im, n),
  };
}

function hessenberg(h: Float64Array[], v: Float64Array[], n: number, spend?: Spend): void {
  const ort = new Float64Array(n);
  for (let m = 1; m <= n - 2; m++) {
    spend?.(8 * n * (n - m));
    let scale = 0;
    for (let i = m; i < n; i++) scale += Math.abs(h[i][m - 1]);
    if (scale === 0 || onlyFirst(h, m, n)) continue;
    let sum = 0;
    for (let i = n - 1; i >= m; i--) {
      ort[i] = h[i][m - 1] / scale;
      sum += ort[i] * ort[i];
    }
    const g = ort[m] > 0 ? -Math.sqrt(sum) : Math.sqrt(sum);
    sum -= ort[m] * g;
    ort[m] -= g;
    for (let j = m; j < n; j++) {
      let f = 0;
      for (let i = n - 1; i >= m; i--) f += ort[i] * h[i][j];
      f /= sum;
      for (let i = m; i < n; i++) h[i][j] -= f * ort[i];
    }
    for (let i = 0; i < n; i++) {
      let f = 0;
      for (let j = n - 1; j >= m; j--) f += ort[j] * h[i][j];
      f /= sum;
      for (let j = m; j < n; j++) h[i][j] -= f * ort[j];
    }
    // V accumulates the same reflection from the right.
    for (let i = 0; i < n; i++) {
      let f = 0;
      for (let j = m; j < n; j++) f += ort[j] * v[i][j];
      f /= sum;
      for (let j = m; j < n; j++) v[i][j] -= f * ort[j];
    }
    h[m][m - 1] = scale * g;
    for (let i = m + 1; i < n; i++) h[i][m - 1] = 0;
  }
}

/** Column m - 1 is in Hessenberg form already: a reflection would only flip a sign. */
function onlyFirst(h: Float64Array[], m: number, n: number): boolean {
  for (let i = m + 1; i < n; i++) if (h[i][m - 1] !== 0) return false;
  return true;
}

/** Francis' double-shift QR to real Schur form; false when an eigenvalue takes more than 60 sweeps. */
function schur(
  h: Float64Array[],
  v: Float64Array[],
  re: Float64Array,
  im: Float64Array,
  size: number,
  spend?: Spend,
): boolean {
  let norm = 0;
  for (let i = 0; i < size; i++) for (let j = Math.max(i - 1, 0); j < size; j++) norm += Math.abs(h[i][j]);
  let n = size - 1;
  let shift = 0;
  let iterations = 0;
  while (n >= 0) {
    let l = n;
    while (l > 0) {
      let s = Math.abs(h[l - 1][l - 1]) + Math.abs(h[l][l]);
      if (s === 0) s = norm;
      if (Math.abs(h[l][l - 1]) < EPSILON * s) break;
      l--;
    }
    if (l === n) {
      h[n][n] += shift;
      re[n] = h[n][n];
      im[n] = 0;
      n--;
      iterations = 0;
      continue;
    }
    if (l === n - 1) {
      standardise(h, v, re, im, n, shift, size);
      n -= 2;
      iterations = 0;
      continue;
    }
    if (++iterations > 60) return false;
    spend?.(20 * size * (n - l));
    let x = h[n][n];
    let y = h[n - 1][n - 1];
    let w = h[n][n - 1] * h[n - 1][n];
    if (iterations === 10 || iterations === 20 || iterations === 40) {
      shift += x;
      for (let i = 0; i <= n; i++) h[i][i] -= x;
      const s = Math.abs(h[n][n - 1]) + Math.abs(h[n - 1][n - 2]);
      x = y = 0.75 * s;
      w = -0.4375 * s * s;
    } else if (iterations === 30) {
      let s = (y - x) / 2;
      s = s * s + w;
      if (s > 0) {
        s = y < x ? -Math.sqrt(s) : Math.sqrt(s);
        s = x - w / ((y - x) / 2 + s);
        for (let i = 0; i <= n; i++) h[i][i] -= s;
        shift += s;
        x = y = w = 0.964;
      }
    }
    sweep(h, v, n, l, x, y, w, size);
  }
  return true;
}

/** The 2×2 block that has split off at n - 1, n: two real values and its rotation, or a complex pair. */
function standardise(
  h: Float64Array[],
  v: Float64Array[],
  re: Float64Array,
  im: Float64Array,
  n: number,
  shift: number,
  size: number,
): void {
  const w = h[n][n - 1] * h[n - 1][n];
  let p = (h[n - 1][n - 1] - h[n][n]) / 2;
  let q = p * p + w;
  let z = Math.sqrt(Math.abs(q));
  h[n][n] += shift;
  h[n - 1][n - 1] += shift;
  let x = h[n][n];
  if (q < 0) {
    re[n - 1] = re[n] = x + p;
    im[n - 1] = z;
    im[n] = -z;
    return;
  }
  z = p >= 0 ? p + z : p - z;
  re[n - 1] = x + z;
  re[n] = z !== 0 ? x - w / z : re[n - 1];
  im[n - 1] = im[n] = 0;
  x = h[n][n - 1];
  const s = Math.abs(x) + Math.abs(z);
  p = x / s;
  q = z / s;
  const r = Math.hypot(p, q);
  p /= r;
  q /= r;
  for (let j = n - 1; j < size; j++) {
    z = h[n - 1][j];
    h[n - 1][j] = q * z + p * h[n][j];
    h[n][j] = q * h[n][j] - p * z;
  }
  for (const m of [h, v]) {
    for (let i = 0; i <= (m === h ? n : size - 1); i++) {
      z = m[i][n - 1];
      m[i][n - 1] = q * z + p * m[i][n];
      m[i][n] = q * m[i][n] - p * z;
    }
  }
}

function sweep(
  h: Float64Array[],
  v: Float64Array[],
  n: number,
  l: number,
  x0: number,
  y0: number,
  w0: number,
  size: number,
): void {
  let p = 0;
  let q = 0;
  let r = 0;
  let m = n - 2;
  for (; m >= l; m--) {
    const z = h[m][m];
    const rr = x0 - z;
    const ss = y0 - z;
    p = (rr * ss - w0) / h[m + 1][m] + h[m][m + 1];
    q = h[m + 1][m + 1] - z - rr - ss;
    r = h[m + 2][m + 1];
    const s = Math.abs(p) + Math.abs(q) + Math.abs(r);
    p /= s;
    q /= s;
    r /= s;
    if (m === l) break;
    if (
      Math.abs(h[m][m - 1]) * (Math.abs(q) + Math.abs(r)) <
      EPSILON * (Math.abs(p) * (Math.abs(h[m - 1][m - 1]) + Math.abs(z) + Math.abs(h[m + 1][m + 1])))
    )
      break;
  }
  for (let i = m + 2; i <= n; i++) {
    h[i][i - 2] = 0;
    if (i > m + 2) h[i][i - 3] = 0;
  }
  for (let k = m; k <= n - 1; k++) {
    const last = k === n - 1;
    let x = 0;
    if (k !== m) {
      p = h[k][k - 1];
      q = h[k + 1][k - 1];
      r = last ? 0 : h[k + 2][k - 1];
      x = Math.abs(p) + Math.abs(q) + Math.abs(r);
      if (x === 0) continue;
      p /= x;
      q /= x;
      r /= x;
    }
    const s = p < 0 ? -Math.sqrt(p * p + q * q + r * r) : Math.sqrt(p * p + q * q + r * r);
    if (s === 0) continue;
    if (k !== m) h[k][k - 1] = -s * x;
    else if (l !== m) h[k][k - 1] = -h[k][k - 1];
    p += s;
    x = p / s;
    const y = q / s;
    const z = r / s;
    q /= p;
    r /= p;
    for (let j = k; j < size; j++) {
      const t = h[k][j] + q * h[k + 1][j] + (last ? 0 : r * h[k + 2][j]);
      h[k][j] -= t * x;
      h[k + 1][j] -= t * y;
      if (!last) h[k + 2][j] -= t * z;
    }
    for (const a of [h, v]) {
      const end = a === h ? Math.min(n, k + 3) : size - 1;
      for (let i = 0; i <= end; i++) {
        const row = a[i];
        const t = x * row[k] + y * row[k + 1] + (last ? 0 : z * row[k + 2]);
        row[k] -= t;
        row[k + 1] -= t * q;
        if (!last) row[k + 2] -= t * r;
      }
    }
  }
}

/** Eigenvectors of the Schur form by back substitution, then of the matrix: columns of `v`; a complex pair takes two. */
function backSubstitute(
  h: Float64Array[],
  v: Float64Array[],
  re: Float64Array,
  im: Float64Array,
  size: number,
  spend?: Spend,
): void {
  let norm = 0;
  for (let i = 0; i < size; i++) for (let j = Math.max(i - 1, 0); j < size; j++) norm += Math.abs(h[i][j]);
  if (norm === 0) return;
  for (let n = size - 1; n >= 0; n--) {
    spend?.(2 * n * n);
    if (im[n] === 0) realVector(h, re, im, n, norm);
    else if (im[n] < 0) complexVector(h, re, im, n, norm);
  }
  for (let j = size - 1; j >= 0; j--) {
    spend?.(2 * size * j);
    for (let i = 0; i < size; i++) {
      let z = 0;
      for (let k = 0; k <= j; k++) z += v[i][k] * h[k][j];
      v[i][j] = z;
    }
  }
}

function realVector(h: Float64Array[], re: Float64Array, im: Float64Array, n: number, norm: number): void {
  const p = re[n];
  let l = n;
  let z = 0;
  let s = 0;
  h[n][n] = 1;
  for (let i = n - 1; i >= 0; i--) {
    const w = h[i][i] - p;
    let r = 0;
    for (let j = l; j <= n; j++) r += h[i][j] * h[j][n];
    if (im[i] < 0) {
      z = w;
      s = r;
      continue;
    }
    l = i;
    if (im[i] === 0) h[i][n] = w !== 0 ? -r / w : -r / (EPSILON * norm);
    else {
      const x = h[i][i + 1];
      const y = h[i + 1][i];
      const q = (re[i] - p) ** 2 + im[i] ** 2;
      const t = (x * s - z * r) / q;
      h[i][n] = t;
      h[i + 1][n] = Math.abs(x) > Math.abs(z) ? (-r - w * t) / x : (-s - y * t) / z;
    }
    const t = Math.abs(h[i][n]);
    if (EPSILON * t * t > 1) for (let j = i; j <= n; j++) h[j][n] /= t;
  }
}

function complexVector(h: Float64Array[], re: Float64Array, im: Float64Array, n: number, norm: number): void {
  const p = re[n];
  const q = im[n];
  let l = n - 1;
  if (Math.abs(h[n][n - 1]) > Math.abs(h[n - 1][n])) {
    h[n - 1][n - 1] = q / h[n][n - 1];
    h[n - 1][n] = -(h[n][n] - p) / h[n][n - 1];
  } else {
    const d = divide({ re: 0, im: -h[n - 1][n] }, { re: h[n - 1][n - 1] - p, im: q });
    h[n - 1][n - 1] = d.re;
    h[n - 1][n] = d.im;
  }
  h[n][n - 1] = 0;
  h[n][n] = 1;
  let z = 0;
  let r = 0;
  let s = 0;
  for (let i = n - 2; i >= 0; i--) {
    let ra = 0;
    let sa = 0;
    for (let j = l; j <= n; j++) {
      ra += h[i][j] * h[j][n - 1];
      sa += h[i][j] * h[j][n];
    }
    const w = h[i][i] - p;
    if (im[i] < 0) {
      z = w;
      r = ra;
      s = sa;
      continue;
    }
    l = i;
    if (im[i] === 0) {
      const d = divide({ re: -ra, im: -sa }, { re: w, im: q });
      h[i][n - 1] = d.re;
      h[i][n] = d.im;
    } else {
      const x = h[i][i + 1];
      const y = h[i + 1][i];
      let vr = (re[i] - p) ** 2 + im[i] ** 2 - q * q;
      const vi = (re[i] - p) * 2 * q;
      if (vr === 0 && vi === 0)
        vr = EPSILON * norm * (Math.abs(w) + Math.abs(q) + Math.abs(x) + Math.abs(y) + Math.abs(z));
      const d = divide({ re: x * r - z * ra + q * sa, im: x * s - z * sa - q * ra }, { re: vr, im: vi });
      h[i][n - 1] = d.re;
      h[i][n] = d.im;
      if (Math.abs(x) > Math.abs(z) + Math.abs(q)) {
        h[i + 1][n - 1] = (-ra - w * h[i][n - 1] + q * h[i][n]) / x;
        h[i + 1][n] = (-sa - w * h[i][n] - q * h[i][n - 1]) / x;
      } else {
        const e = divide({ re: -r - y * h[i][n - 1], im: -s - y * h[i][n] }, { re: z, im: q });
        h[i + 1][n - 1] = e.re;
        h[i + 1][n] = e.im;
      }
    }
    const t = Math.max(Math.abs(h[i][n - 1]), Math.abs(h[i][n]));
    if (EPSILON * t * t > 1) {
      for (let j = i; j <= n; j++) {
        h[j][n - 1] /= t;
        h[j][n] /= t;
      }
    }
  }
}

function normalised(v: Float64Array[], im: Float64Array, n: number): Matrix {
  const anyComplex = im.some(x => x !== 0);
  const re = new Float64Array(n * n);
  const imag = anyComplex ? new Float64Array(n * n) : undefined;
  for (let j = 0; j < n; j++) {
    if (im[j] === 0) {
      let norm = 0;
      for (let i = 0; i < n; i++) norm = Math.hypot(norm, v[i][j]);
      for (let i = 0; i < n; i++) re[i * n + j] = v[i][j] / norm;
      continue;
    }
    if (im[j] < 0) continue;
    // Columns j and j + 1 hold the real and the imaginary part of the vector of the value with positive imaginary part.
    let norm = 0;
    let largest = 0;
    for (let i = 0; i < n; i++) {
      norm = Math.hypot(norm, v[i][j], v[i][j + 1]);
      if (Math.hypot(v[i][j], v[i][j + 1]) > Math.hypot(v[largest][j], v[largest][j + 1])) largest = i;
    }
    const size = Math.hypot(v[largest][j], v[largest][j + 1]);
    const c = v[largest][j] / size;
    const s = v[largest][j + 1] / size;
    for (let i = 0; i < n; i++) {
      const x = (v[i][j] * c + v[i][j + 1] * s) / norm;
      const y = i === largest ? 0 : (v[i][j + 1] * c - v[i][j] * s) / norm;
      re[i * n + j] = re[i * n + j + 1] = x;
      if (imag) {
        imag[i * n + j] = y;
        imag[i * n + j + 1] = -y;
      }
    }
  }
  return matrix(n, n, re, imag);
}
