import { addProduct } from '../kernels/product';
import { inRoom, type Take } from '../kernels/wasm';
import { balance, unbalance } from './balance';
import { partsOf } from './complex-householder';
import { complexHessenberg, complexSchur, triangularVectors } from './complex-schur';
import { hessenberg } from './hessenberg';
import { applyingRoom } from './householder';
import { adjoint, allFinite, type Matrix, matrix, maxAbs, multiply, type Spend, ulpOf } from './matrix';
import { realSchur, type Spectrum } from './real-schur';
import { enter, leave, paddedStride } from './rooms';
import { schurVectors } from './schur-vectors';

/** Eigenvalues in LAPACK's order and unit eigenvectors (columns); a real matrix's complex ones come in conjugate pairs. */
export type Eigen =
  | {
      readonly kind: 'ok';
      readonly values: { readonly re: Float64Array; readonly im: Float64Array };
      readonly vectors: Matrix;
    }
  | { readonly kind: 'not-converged' }
  | { readonly kind: 'not-finite' };

/** A = Q T Qᴴ with (quasi-)upper triangular T. */
export type Schur =
  | { readonly kind: 'ok'; readonly t: Matrix; readonly q: Matrix }
  | { readonly kind: 'not-converged' }
  | { readonly kind: 'not-finite' };

/** What to divide by before the work: a power of 2 that brings extreme entries to where geev brings them. */
const scaleOf = (a: Matrix): number => {
  const top = maxAbs(a);
  if (top === 0 || (top >= SMALLEST && top <= 1 / SMALLEST)) return 1;
  return 2 ** Math.floor(Math.log2(top)) / (top < 1 ? SMALLEST : 1 / SMALLEST);
};
const SMALLEST = 2 ** -459;

const scaledBy = (a: Matrix, factor: number): Matrix => {
  const by = (x: Float64Array): Float64Array => (factor === 1 ? x.slice() : x.map(e => e * factor));
  return matrix(a.rows, a.columns, by(a.re), a.im && by(a.im));
};

/**
 * Eigenvalues and right eigenvectors of a square matrix: balancing, Householder reduction to Hessenberg form, the shifted
 * QR algorithm and back substitution (LAPACK geev). Vectors have 2-norm 1; of a complex one the largest component is real.
 * For a real matrix `vectors` is complex exactly when a value is.
 */
export function generalEigen(a: Matrix, spend?: Spend): Eigen {
  if (!allFinite(a)) return { kind: 'not-finite' };
  const scale = scaleOf(a);
  const n = a.rows;
  const { re, im } = scaledBy(a, 1 / scale);
  const back = (x: Float64Array): Float64Array => (scale === 1 ? x : x.map(e => e * scale));
  if (im) {
    const h = { re, im, columns: n };
    const b = balance({ n, re, im });
    const q = complexHessenberg(h, b.low, b.high, spend);
    if (!complexSchur(h, q, b.low, b.high, spend)) return { kind: 'not-converged' };
    const x = triangularVectors(h, spend);
    const v = multiply(matrix(n, n, q.re, q.im), matrix(n, n, x.re, x.im));
    const parts = { re: v.re, im: v.im ?? new Float64Array(n * n) };
    unbalance(b, { n, ...parts });
    for (let j = 0; j < n; j++) normalise(parts.re, j, parts.im, j, n);
    const diagonal = (part: Float64Array): Float64Array => Float64Array.from({ length: n }, (_, i) => part[i * n + i]);
    return {
      kind: 'ok',
      values: { re: back(diagonal(h.re)), im: back(diagonal(h.im)) },
      vectors: matrix(n, n, parts.re, parts.im),
    };
  }
  const b = balance({ n, re });
  return inRoom(roomOf(n), take => {
    const { h, z, w, ld } = schurIn(take, re, n, b.low, b.high, spend, ulpOf(a));
    if (!w) return { kind: 'not-converged' };
    const x = schurVectors(h, ld, w, n, take, spend);
    // Vectors are rows here; the first so many have no entries beyond.
    h.fill(0);
    for (let k = 0; k < n; k += 64) {
      const end = Math.min(k + 64, n);
      addProduct(end - k, n, end, 1, x, k * ld, ld, 1, z, 0, ld, 1, h, k * ld, ld);
    }
    const v = transposed(leave(h, n, n, ld), n);
    unbalance(b, { n, re: v });
    return { kind: 'ok', values: { re: back(w.re), im: back(w.im) }, vectors: unitVectors(v, w.im, n) };
  });
}

const roomOf = (n: number): number => 5 * n * paddedStride(n) + 8 * n + applyingRoom(n, n) + 2000;

/** The Schur form of a real matrix in a room, rows `ld` apart; the rows of `z` are the Schur vectors. */
function schurIn(
  take: Take,
  a: Float64Array,
  n: number,
  low: number,
  high: number,
  spend?: Spend,
  ulp?: number,
): { readonly h: Float64Array; readonly z: Float64Array; readonly w: Spectrum | undefined; readonly ld: number } {
  const ld = paddedStride(n);
  const h = enter(take, a, n, n);
  const q = hessenberg(h, ld, n, low, high, take, spend);
  const z = take(n * ld);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) z[j * ld + i] = q[i * ld + j];
  return { h, z, w: realSchur(h, z, ld, n, low, high, take, spend, ulp), ld };
}

const transposed = (x: Float64Array, n: number): Float64Array => adjoint(matrix(n, n, x)).re;

/** The Schur form without balancing (gees). `complex` asks a real matrix for its triangular, complex form. */
export function schur(a: Matrix, complex = a.im !== undefined, spend?: Spend): Schur {
  if (!allFinite(a)) return { kind: 'not-finite' };
  const scale = scaleOf(a);
  const n = a.rows;
  const m = scaledBy(a, 1 / scale);
  if (complex) {
    const h = partsOf(m);
    const q = complexHessenberg(h, 0, n - 1, spend);
    if (!complexSchur(h, q, 0, n - 1, spend)) return { kind: 'not-converged' };
    return { kind: 'ok', t: scaledBy(matrix(n, n, h.re, h.im), scale), q: matrix(n, n, q.re, q.im) };
  }
  return inRoom(roomOf(n), take => {
    const { h, z, w } = schurIn(take, m.re, n, 0, n - 1, spend);
    if (!w) return { kind: 'not-converged' };
    const q = transposed(leave(z, n, n), n);
    return { kind: 'ok', t: scaledBy(matrix(n, n, leave(h, n, n)), scale), q: matrix(n, n, q) };
  });
}

/** Scales column p of `re` with column q of `im` to norm 1 and turns its largest component real. */
function normalise(re: Float64Array, p: number, im: Float64Array, q: number, n: number): void {
  let top = 0;
  for (let i = 0; i < n; i++) top = Math.max(top, Math.abs(re[i * n + p]), Math.abs(im[i * n + q]));
  if (top === 0) return;
  let sum = 0;
  let best = -1;
  let largest = 0;
  for (let i = 0; i < n; i++) {
    const size = (re[i * n + p] / top) ** 2 + (im[i * n + q] / top) ** 2;
    sum += size;
    if (size > best) {
      best = size;
      largest = i;
    }
  }
  const norm = top * Math.sqrt(sum);
  const x = re[largest * n + p];
  const y = im[largest * n + q];
  const length = Math.hypot(x, y);
  const c = x / length;
  const s = y / length;
  for (let i = 0; i < n; i++) {
    const u = re[i * n + p] / norm;
    const v = im[i * n + q] / norm;
    re[i * n + p] = c * u + s * v;
    im[i * n + q] = i === largest ? 0 : c * v - s * u;
  }
}

function unitVectors(v: Float64Array, im: Float64Array, n: number): Matrix {
  const complex = im.some(x => x !== 0);
  const re = v;
  const imag = complex ? new Float64Array(n * n) : undefined;
  for (let j = 0; j < n; j++) {
    if (im[j] === 0) {
      let sum = 0;
      let top = 0;
      for (let i = 0; i < n; i++) top = Math.max(top, Math.abs(v[i * n + j]));
      for (let i = 0; i < n; i++) sum += (v[i * n + j] / top) ** 2;
      const norm = top * Math.sqrt(sum);
      for (let i = 0; i < n; i++) re[i * n + j] /= norm;
    } else if (im[j] > 0 && imag) {
      // Columns j and j + 1 hold the parts of one vector; dgeev keeps the sign of the largest component's real part.
      normalisePair(re, imag, j, n);
    }
  }
  return matrix(n, n, re, imag);
}

/** Column j as real part and j + 1 as imaginary part of one vector: unit, largest component real, then its conjugate beside it. */
function normalisePair(re: Float64Array, im: Float64Array, j: number, n: number): void {
  for (let i = 0; i < n; i++) im[i * n + j] = re[i * n + j + 1];
  const best = largestOf(re, im, j, n);
  const sign = re[best * n + j] < 0 ? -1 : 1;
  normalise(re, j, im, j, n);
  for (let i = 0; i < n; i++) {
    re[i * n + j] *= sign;
    im[i * n + j] *= sign;
    re[i * n + j + 1] = re[i * n + j];
    im[i * n + j + 1] = -im[i * n + j];
  }
}

/** The real part of the component of column j that is largest in magnitude. */
function largestOf(re: Float64Array, im: Float64Array, j: number, n: number): number {
  let best = 0;
  for (let i = 1; i < n; i++)
    if (Math.hypot(re[i * n + j], im[i * n + j]) > Math.hypot(re[best * n + j], im[best * n + j])) best = i;
  return best;
}
