import { Turns } from '../kernels/rotations';
import { updateTriangle } from '../kernels/updates';
import { inRoom, type Take } from '../kernels/wasm';
import { type ComplexReflector, complexQ, complexReflector, partsOf } from './complex-householder';
import { applyingRoom, applyReflectors, reflector } from './householder';
import { type Matrix, matrix, maxAbs, multiply, type Spend, ulpOf } from './matrix';
import { identityIn, paddedStride } from './rooms';
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
  const ld = paddedStride(n);
  return inRoom(2 * n * ld + 4 * n + applyingRoom(n, n) + Turns.room(n), take => {
    const { d, e, q, complex } = scaled.im
      ? hermitianTridiagonal(scaled, take, spend)
      : tridiagonal(scaled, ld, take, spend);
    const order = tridiagonalQL(d, e, new Turns(q, ld, n, n, take), n, spend, ulpOf(a) / 2);
    if (!order) return { kind: 'not-converged' };
    const vectors = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) vectors[i * n + j] = q[i * ld + order[j]];
    const real = matrix(n, n, vectors);
    return { kind: 'ok', values: d.map(x => x * scale), vectors: complex ? multiply(complex, real) : real };
  });
}

interface Tridiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
  /** The columns that the rotations shall turn: Q, or the identity when `complex` is Q; rows `ld` apart. */
  readonly q: Float64Array;
  readonly complex?: Matrix;
}

/** T = Qᵀ A Q. The update of one step and the matrix–vector product of the next go over the triangle together. */
function tridiagonal(m: Matrix, ld: number, take: Take, spend?: Spend): Tridiagonal {
  const n = m.rows;
  const a = take(n * ld);
  for (let i = 0; i < n; i++) a.set(m.re.subarray(i * n, i * n + i + 1), i * ld);
  const d = new Float64Array(n);
  const e = new Float64Array(n);
  const tau = new Float64Array(Math.max(n - 1, 0));
  let [v, w, nextV, y] = [take(n), take(n), take(n), take(n)];
  for (let i = 0; i < n - 1; i++) {
    spend?.(4 * (n - i) * (n - i));
    // Column i still lacks the previous step's update.
    if (i > 0) for (let r = i; r < n; r++) a[r * ld + i] -= v[r] * w[i] + w[r] * v[i];
    d[i] = a[i * ld + i];
    tau[i] = reflector(a, (i + 1) * ld + i, ld, n - i - 1);
    e[i] = a[(i + 1) * ld + i];
    const t = tau[i];
    nextV.fill(0);
    nextV[i + 1] = 1;
    for (let r = i + 2; r < n; r++) nextV[r] = a[r * ld + i];
    y.fill(0);
    updateTriangle(a, ld, i + 1, n, v, w, nextV, y);
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
  if (n > 0) d[n - 1] = a[(n - 1) * (ld + 1)] - (n > 1 ? 2 * v[n - 1] * w[n - 1] : 0);
  const q = identityIn(take, n, n);
  spend?.(2 * n * n * n);
  if (n > 1) {
    const reflectors = { data: a, at: ld, rowStep: ld, columnStep: 1, tau, count: n - 1, size: n - 1 };
    applyReflectors(reflectors, q, ld + 1, ld, n - 1, false, true);
  }
  return { d, e, q };
}

function hermitianTridiagonal(m: Matrix, take: Take, spend?: Spend): Tridiagonal {
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
  return { d, e, q: identityIn(take, n, n), complex: matrix(n, n, parts.re, parts.im) };
}
