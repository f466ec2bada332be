import { bidiagonalQR } from './bidiagonal-qr';
import {
  type ComplexReflector,
  complexQ,
  complexReflector,
  partsOf,
  reflectLeft,
  reflectRight,
} from './complex-householder';
import { applyReflectors, type Reflectors, reflector } from './householder';
import { adjoint, allFinite, type Matrix, matrix, maxAbs, multiply, type Spend } from './matrix';
import { qr } from './qr';
import { paddedStride } from './rotations';

export type SVD =
  | { readonly kind: 'ok'; readonly u: Matrix; readonly s: Float64Array; readonly vh: Matrix }
  | { readonly kind: 'not-converged' };

/**
 * A = U diag(s) Vᴴ of an m×n matrix, reduced: U m×k, s descending, Vᴴ k×n, k = min(m, n). Householder bidiagonalisation
 * (gebrd) and implicit QR (bdsqr), with LAPACK's signs for k up to 25; beyond, gesdd divides and conquers and may choose
 * others. `full` completes U and Vᴴ to square unitary matrices. NaN or infinite entries do not converge.
 */
export function svd(a: Matrix, full = false, spend?: Spend): SVD {
  if (!allFinite(a)) return { kind: 'not-converged' };
  const top = maxAbs(a);
  const scale = top > 0 && (top < 1e-140 || top > 1e140) ? 2 ** Math.floor(Math.log2(top)) : 1;
  const scaled =
    scale === 1
      ? a
      : matrix(
          a.rows,
          a.columns,
          a.re.map(x => x / scale),
          a.im?.map(x => x / scale),
        );
  const wide = a.rows < a.columns;
  const f = tall(wide ? adjoint(scaled) : scaled, full, wide, spend);
  if (!f) return { kind: 'not-converged' };
  const s = f.s.map(x => x * scale);
  return wide ? { kind: 'ok', u: adjoint(f.vh), s, vh: adjoint(f.u) } : { kind: 'ok', u: f.u, s, vh: f.vh };
}

interface Factors {
  readonly u: Matrix;
  readonly s: Float64Array;
  readonly vh: Matrix;
}

/** The case m ≥ n. `mirrored`: the matrix is the adjoint of what was asked, so its bidiagonal form is to be read as lower. */
function tall(a: Matrix, full: boolean, mirrored: boolean, spend?: Spend): Factors | undefined {
  const { rows: m, columns: n } = a;
  // A much taller matrix is reduced to its triangle first, at the ratios where gesdd does; of a mirrored one, gesdd takes
  // the lower triangle.
  if (m > n && m >= Math.floor(a.im ? (n * 17) / 9 : (n * 11) / 6)) {
    const first = qr(a, full ? 'complete' : 'reduced', spend);
    const r = matrix(n, n, first.r.re.slice(0, n * n), first.r.im?.slice(0, n * n));
    const inner = tall(mirrored ? adjoint(r) : r, false, false, spend);
    if (!inner) return undefined;
    const [u, vh] = mirrored ? [adjoint(inner.vh), adjoint(inner.u)] : [inner.u, inner.vh];
    return { u: leading(first.q, u), s: inner.s, vh };
  }
  const { d, e, q, p } = a.im ? complexBidiagonal(a, full, spend) : realBidiagonal(a, full, spend);
  const stride = paddedStride(n);
  const followers = [0, 1].map(() => {
    const rows = new Float64Array(n * stride);
    for (let i = 0; i < n; i++) rows[i * stride + i] = 1;
    return { rows, stride, width: n };
  });
  const [u, v] = followers;
  if (n === 1 && d[0] < 0) {
    // A single value gives its sign to the left side (dbdsdc).
    d[0] = -d[0];
    (mirrored ? v : u).rows[0] = -1;
  }
  const done = mirrored ? bidiagonalQR(d, e, v, u, true, spend) : bidiagonalQR(d, e, u, v, false, spend);
  if (!done) return undefined;
  const dense = (rows: Float64Array, transposed: boolean): Matrix => {
    const out = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) out[i * n + j] = transposed ? rows[j * stride + i] : rows[i * stride + j];
    return matrix(n, n, out);
  };
  spend?.(4 * n * n * (m + n));
  return { u: leading(q, dense(u.rows, true)), s: d, vh: multiply(dense(v.rows, false), adjoint(p)) };
}

/** Q times diag(small, I). */
function leading(q: Matrix, small: Matrix): Matrix {
  const k = small.rows;
  if (q.columns === k) return multiply(q, small);
  const part = (x: Float64Array): Float64Array => {
    const out = new Float64Array(q.rows * k);
    for (let i = 0; i < q.rows; i++) for (let j = 0; j < k; j++) out[i * k + j] = x[i * q.columns + j];
    return out;
  };
  const product = multiply(matrix(q.rows, k, part(q.re), q.im && part(q.im)), small);
  const whole = (x: Float64Array, y: Float64Array): Float64Array => {
    const out = x.slice();
    for (let i = 0; i < q.rows; i++) for (let j = 0; j < k; j++) out[i * q.columns + j] = y[i * k + j];
    return out;
  };
  return matrix(
    q.rows,
    q.columns,
    whole(q.re, product.re),
    product.im && whole(q.im ?? new Float64Array(q.re.length), product.im),
  );
}

/** A = Q B Pᴴ with upper bidiagonal B of diagonal `d` and off-diagonal `e`; Q is m×n, or m×m when full. */
interface Bidiagonal {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly q: Matrix;
  readonly p: Matrix;
}

function realBidiagonal(m: Matrix, full: boolean, spend?: Spend): Bidiagonal {
  const { rows, columns: n } = m;
  const a = m.re.slice();
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(n - 1, 0));
  const tauQ = new Float64Array(n);
  const tauP = new Float64Array(Math.max(n - 1, 0));
  const v = new Float64Array(rows);
  const u = new Float64Array(n);
  const w = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    spend?.(8 * (rows - i) * (n - i));
    const t = reflector(a, i * n + i, n, rows - i);
    tauQ[i] = t;
    d[i] = a[i * n + i];
    v[i] = 1;
    for (let r = i + 1; r < rows; r++) v[r] = a[r * n + i];
    w.fill(0);
    if (t !== 0) {
      for (let r = i; r < rows; r++) {
        const x = v[r];
        const at = r * n;
        for (let c = i + 1; c < n; c++) w[c] += x * a[at + c];
      }
      for (let c = i + 1; c < n; c++) w[c] *= t;
    }
    if (i >= n - 1) continue;
    for (let c = i + 1; c < n; c++) a[i * n + c] -= w[c];
    const tp = i < n - 1 ? reflector(a, i * n + i + 1, 1, n - i - 1) : 0;
    tauP[i] = tp;
    e[i] = a[i * n + i + 1];
    u[i + 1] = 1;
    for (let c = i + 2; c < n; c++) u[c] = a[i * n + c];
    // Each row takes the update from the left, then its own from the right, while it is in the cache.
    for (let r = i + 1; r < rows; r++) {
      const at = r * n;
      const x = v[r];
      let dot = 0;
      for (let c = i + 1; c < n; c++) {
        const z = a[at + c] - x * w[c];
        a[at + c] = z;
        dot += z * u[c];
      }
      dot *= tp;
      if (dot !== 0) for (let c = i + 1; c < n; c++) a[at + c] -= dot * u[c];
    }
  }
  const width = full ? rows : n;
  const q = new Float64Array(rows * width);
  for (let i = 0; i < width; i++) q[i * width + i] = 1;
  spend?.(4 * rows * n * width);
  const left: Reflectors = { data: a, at: 0, rowStep: n, columnStep: 1, tau: tauQ, count: n, size: rows };
  applyReflectors(left, q, 0, width, width, false, true);
  const p = new Float64Array(n * n);
  for (let i = 0; i < n; i++) p[i * n + i] = 1;
  if (n > 1) {
    const right: Reflectors = { data: a, at: 1, rowStep: 1, columnStep: n, tau: tauP, count: n - 1, size: n - 1 };
    applyReflectors(right, p, n + 1, n, n - 1, false, true);
  }
  return { d, e, q: matrix(rows, width, q), p: matrix(n, n, p) };
}

function complexBidiagonal(m: Matrix, full: boolean, spend?: Spend): Bidiagonal {
  const { rows, columns: n } = m;
  const a = partsOf(m);
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(n - 1, 0));
  const left: ComplexReflector[] = [];
  const right: ComplexReflector[] = [];
  for (let i = 0; i < n; i++) {
    spend?.(32 * (rows - i) * (n - i));
    const h = complexReflector(a, i * n + i, n, rows - i);
    d[i] = h.beta;
    reflectLeft(h, a, i, i + 1, n, true);
    left.push(h);
    if (i >= n - 1) continue;
    const g = complexReflector(a, i * n + i + 1, 1, n - i - 1, true);
    e[i] = g.beta;
    reflectRight(g, a, i + 1, rows, i + 1, false);
    right.push(g);
  }
  spend?.(16 * rows * n * (full ? rows : n));
  const q = complexQ(left, 0, rows, full ? rows : n);
  const p = complexQ(right, 1, n, n);
  return { d, e, q: matrix(rows, q.columns, q.re, q.im), p: matrix(n, n, p.re, p.im) };
}

/** The singular values alone. */
export function singularValues(a: Matrix, spend?: Spend): Float64Array | undefined {
  if (!allFinite(a)) return undefined;
  if (a.rows < a.columns) return singularValues(adjoint(a), spend);
  const top = maxAbs(a);
  const scale = top > 0 && (top < 1e-140 || top > 1e140) ? 2 ** Math.floor(Math.log2(top)) : 1;
  const m =
    scale === 1
      ? a
      : matrix(
          a.rows,
          a.columns,
          a.re.map(x => x / scale),
          a.im?.map(x => x / scale),
        );
  const none = { rows: new Float64Array(0), stride: 0, width: 0 };
  const { d, e } = m.im ? complexBidiagonal(m, false, spend) : realBidiagonal(m, false, spend);
  return bidiagonalQR(d, e, none, none, false, spend) ? d.map(x => x * scale) : undefined;
}
