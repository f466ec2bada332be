import { type ComplexReflector, complexQ, complexReflector, partsOf } from './complex-householder';
import { applyReflectors, reflector } from './householder';
import { type Matrix, matrix, maxAbs, multiply, type Spend } from './matrix';
import { paddedStride } from './rotations';
import { tridiagonalQL } from './tridiagonal-ql';

export type SymmetricEigen =
  | { readonly kind: 'ok'; readonly values: Float64Array; readonly vectors: Matrix }
  | { readonly kind: 'not-converged' };

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors (columns) of a real symmetric or complex Hermitian matrix, of which
 * only the lower triangle is read. Householder tridiagonalisation (sytrd and hetrd, 'L') and implicit QL or QR (steqr), so
 * that the signs of vectors are LAPACK's for sides up to 25; beyond, syevd divides and conquers and may choose others.
 */
export function symmetricEigen(a: Matrix, spend?: Spend): SymmetricEigen {
  const n = a.rows;
  const top = maxAbs(a);
  const scale = top > 0 && (top < 1e-140 || top > 1e140) ? 2 ** Math.floor(Math.log2(top)) : 1;
  const by = (x: Float64Array): Float64Array => (scale === 1 ? x : x.map(e => e / scale));
  const scaled = matrix(n, n, by(a.re), a.im && by(a.im));
  const { d, e, stride, q, complex } = scaled.im ? hermitianTridiagonal(scaled, spend) : tridiagonal(scaled, spend);
  if (!tridiagonalQL(d, e, q, stride, n, spend)) return { kind: 'not-converged' };
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) vectors[i * n + j] = q[j * stride + i];
  const real = matrix(n, n, vectors);
  return { kind: 'ok', values: d.map(x => x * scale), vectors: complex ? multiply(complex, real) : real };
}

interface Tridiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
  /** Rows that the rotations shall turn: Qᵀ, or the identity when `complex` is Q. */
  readonly q: Float64Array;
  readonly stride: number;
  readonly complex?: Matrix;
}

/** T = Qᵀ A Q. The update of one step and the matrix–vector product of the next go over the triangle together. */
function tridiagonal(m: Matrix, spend?: Spend): Tridiagonal {
  const n = m.rows;
  const a = m.re.slice();
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  const tau = new Float64Array(Math.max(n - 1, 0));
  let v = new Float64Array(n);
  let w = new Float64Array(n);
  let nextV = new Float64Array(n);
  let y = new Float64Array(n);
  for (let i = 0; i < n - 1; i++) {
    spend?.(4 * (n - i) * (n - i));
    // Column i still lacks the previous step's update.
    if (i > 0) for (let r = i; r < n; r++) a[r * n + i] -= v[r] * w[i] + w[r] * v[i];
    d[i] = a[i * n + i];
    tau[i] = reflector(a, (i + 1) * n + i, n, n - i - 1);
    e[i] = a[(i + 1) * n + i];
    const t = tau[i];
    nextV.fill(0);
    nextV[i + 1] = 1;
    for (let r = i + 2; r < n; r++) nextV[r] = a[r * n + i];
    y.fill(0);
    for (let r = i + 1; r < n; r++) {
      const at = r * n;
      const vr = v[r];
      const wr = w[r];
      const x = nextV[r];
      let dot = 0;
      for (let c = i + 1; c < r; c++) {
        const z = a[at + c] - (vr * w[c] + wr * v[c]);
        a[at + c] = z;
        dot += z * nextV[c];
        y[c] += z * x;
      }
      const z = a[at + r] - 2 * vr * wr;
      a[at + r] = z;
      y[r] += dot + z * x;
    }
    let dot = 0;
    for (let r = i + 1; r < n; r++) {
      y[r] *= t;
      dot += y[r] * nextV[r];
    }
    const alpha = -0.5 * t * dot;
    for (let r = i + 1; r < n; r++) y[r] += alpha * nextV[r];
    [v, nextV] = [nextV, v];
    [w, y] = [y, w];
    if (t === 0) v.fill(0);
  }
  if (n > 0) d[n - 1] = a[n * n - 1] - (n > 1 ? 2 * v[n - 1] * w[n - 1] : 0);
  const full = new Float64Array(n * n);
  for (let i = 0; i < n; i++) full[i * n + i] = 1;
  spend?.(2 * n * n * n);
  if (n > 1) {
    const reflectors = { data: a, at: n, rowStep: n, columnStep: 1, tau, count: n - 1, size: n - 1 };
    applyReflectors(reflectors, full, n + 1, n, n - 1, false, true);
  }
  const stride = paddedStride(n);
  const q = new Float64Array(n * stride);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) q[j * stride + i] = full[i * n + j];
  return { d, e, q, stride };
}

function hermitianTridiagonal(m: Matrix, spend?: Spend): Tridiagonal {
  const n = m.rows;
  const a = partsOf(m);
  // The upper triangle is the lower one's mirror, so that rank-2 updates may go over whole rows.
  for (let i = 0; i < n; i++) {
    a.im[i * n + i] = 0;
    for (let j = i + 1; j < n; j++) {
      a.re[i * n + j] = a.re[j * n + i];
      a.im[i * n + j] = -a.im[j * n + i];
    }
  }
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  const reflectors: ComplexReflector[] = [];
  const yr = new Float64Array(n);
  const yi = new Float64Array(n);
  for (let i = 0; i < n - 1; i++) {
    const size = n - i - 1;
    spend?.(16 * size * size);
    d[i] = a.re[i * n + i];
    const h = complexReflector(a, (i + 1) * n + i, n, size);
    e[i] = h.beta;
    reflectors.push(h);
    // y = tau A v − ½ tau (yᴴ v) v, then A − v yᴴ − y vᴴ (zhetd2).
    let dotR = 0;
    let dotI = 0;
    for (let r = 0; r < size; r++) {
      let sr = 0;
      let si = 0;
      const at = (i + 1 + r) * n + i + 1;
      for (let c = 0; c < size; c++) {
        sr += a.re[at + c] * h.re[c] - a.im[at + c] * h.im[c];
        si += a.re[at + c] * h.im[c] + a.im[at + c] * h.re[c];
      }
      yr[r] = h.tau.re * sr - h.tau.im * si;
      yi[r] = h.tau.re * si + h.tau.im * sr;
      dotR += yr[r] * h.re[r] + yi[r] * h.im[r];
      dotI += yr[r] * h.im[r] - yi[r] * h.re[r];
    }
    const pr = -0.5 * (h.tau.re * dotR - h.tau.im * dotI);
    const pi = -0.5 * (h.tau.re * dotI + h.tau.im * dotR);
    for (let r = 0; r < size; r++) {
      yr[r] += pr * h.re[r] - pi * h.im[r];
      yi[r] += pr * h.im[r] + pi * h.re[r];
    }
    for (let r = 0; r < size; r++) {
      const at = (i + 1 + r) * n + i + 1;
      for (let c = 0; c < size; c++) {
        a.re[at + c] -= h.re[r] * yr[c] + h.im[r] * yi[c] + yr[r] * h.re[c] + yi[r] * h.im[c];
        a.im[at + c] -= h.im[r] * yr[c] - h.re[r] * yi[c] + yi[r] * h.re[c] - yr[r] * h.im[c];
      }
    }
  }
  if (n > 0) d[n - 1] = a.re[n * n - 1];
  spend?.(16 * n * n * n);
  const parts = complexQ(reflectors, 1, n, n);
  const q = new Float64Array(n * n);
  for (let i = 0; i < n; i++) q[i * n + i] = 1;
  return { d, e, q, stride: n, complex: matrix(n, n, parts.re, parts.im) };
}
