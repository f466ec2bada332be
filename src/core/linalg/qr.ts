import { reflectRows } from '../kernels/updates';
import { inRoom, type Take } from '../kernels/wasm';
import { type ComplexReflector, complexQ, complexReflector, partsOf, reflectLeft } from './complex-householder';
import { applyBlock, applyingRoom, applyReflectors, norm2, type Reflectors, reflector } from './householder';
import { type Matrix, matrix, type Spend } from './matrix';
import { enter, identityIn, leave, paddedStride } from './rooms';

export interface QR {
  readonly q: Matrix;
  readonly r: Matrix;
}

/** What LAPACK's geqrf leaves: R above, the vectors v below the diagonal, and the factors tau. */
export interface RawQR {
  readonly h: Matrix;
  readonly tau: Matrix;
}

export type QRMode = 'reduced' | 'complete';

/**
 * A = Q R of an m×n matrix by Householder reflections (LAPACK geqrf and orgqr): the diagonal of R is real and has the
 * sign opposite to the column's first entry. 'reduced' gives m×k and k×n with k = min(m, n); 'complete' m×m and m×n.
 */
export function qr(a: Matrix, mode: QRMode = 'reduced', spend?: Spend): QR {
  const m = a.rows;
  const n = a.columns;
  const columns = mode === 'complete' ? m : Math.min(m, n);
  if (a.im) return complexQR(a, columns, spend);
  const ld = paddedStride(columns);
  return withFactor(a, m * ld + applyingRoom(m, columns), spend, (f, take) => {
    const q = identityIn(take, m, columns);
    spend?.(4 * m * columns * f.count);
    applyReflectors(f, q, 0, ld, columns, false, true);
    return { q: matrix(m, columns, leave(q, m, columns)), r: upperOf(f.data, f.rowStep, columns, n) };
  });
}

/** The factorisation in LAPACK's compact form; `tau` is a row. */
export function rawQR(a: Matrix, spend?: Spend): RawQR {
  const k = Math.min(a.rows, a.columns);
  if (!a.im) {
    return withFactor(a, 0, spend, f => ({
      h: matrix(a.rows, a.columns, leave(f.data, a.rows, a.columns)),
      tau: matrix(1, k, f.tau),
    }));
  }
  const { work, reflectors } = complexFactor(a, spend);
  reflectors.forEach((h, j) => {
    for (let i = 1; i < h.re.length; i++) {
      work.re[(j + i) * a.columns + j] = h.re[i];
      work.im[(j + i) * a.columns + j] = h.im[i];
    }
  });
  return {
    h: matrix(a.rows, a.columns, work.re, work.im),
    tau: matrix(
      1,
      k,
      Float64Array.from(reflectors, h => h.tau.re),
      Float64Array.from(reflectors, h => h.tau.im),
    ),
  };
}

const PANEL = 32;

/** Runs `then` on R above and the vectors below the diagonal, in a room with space for `more` numbers. */
function withFactor<T>(a: Matrix, more: number, spend: Spend | undefined, then: (f: Reflectors, take: Take) => T): T {
  const { rows: m, columns: n } = a;
  const ld = paddedStride(n);
  return inRoom(m * ld + m + n + applyingRoom(m, n) + more, take => {
    return then(factor(enter(take, a.re, m, n), ld, m, n, take, spend), take);
  });
}

/** Factors `data` (m×n, rows `ld` apart) in place, panel by panel. */
function factor(data: Float64Array, ld: number, m: number, n: number, take: Take, spend?: Spend): Reflectors {
  const count = Math.min(m, n);
  const tau = new Float64Array(count);
  const all: Reflectors = { data, at: 0, rowStep: ld, columnStep: 1, tau, count, size: m };
  const v = take(m);
  const w = take(n);
  // Few columns gain nothing from blocks, and one by one they round as LAPACK's small case does.
  const panel = count <= 48 ? count : PANEL;
  for (let j0 = 0; j0 < count; j0 += panel) {
    const width = Math.min(panel, count - j0);
    spend?.(4 * (m - j0) * width * (n - j0));
    const end = panel === count ? n : j0 + width;
    for (let j = j0; j < j0 + width; j++) {
      tau[j] = reflector(data, j * ld + j, ld, m - j);
      if (tau[j] === 0) continue;
      v[0] = 1;
      for (let i = 1; i < m - j; i++) v[i] = data[(j + i) * ld + j];
      reflectRows(v, tau[j], m - j, data, j * ld + j + 1, ld, end - j - 1, w);
    }
    if (end < n) applyBlock(all, j0, width, data, j0 * ld + j0 + width, ld, n - j0 - width, true);
  }
  return all;
}

function upperOf(data: Float64Array, ld: number, rows: number, n: number): Matrix {
  const r = new Float64Array(rows * n);
  for (let i = 0; i < rows; i++) for (let j = i; j < n; j++) r[i * n + j] = data[i * ld + j];
  return matrix(rows, n, r);
}

function complexFactor(
  a: Matrix,
  spend?: Spend,
): { readonly work: ReturnType<typeof partsOf>; readonly reflectors: ComplexReflector[] } {
  const { rows: m, columns: n } = a;
  const work = partsOf(a);
  const reflectors: ComplexReflector[] = [];
  for (let j = 0; j < Math.min(m, n); j++) {
    spend?.(16 * (m - j) * (n - j));
    const h = complexReflector(work, j * n + j, n, m - j);
    work.re[j * n + j] = h.beta;
    work.im[j * n + j] = 0;
    reflectLeft(h, work, j, j + 1, n, true);
    reflectors.push(h);
  }
  return { work, reflectors };
}

function complexQR(a: Matrix, columns: number, spend?: Spend): QR {
  const { rows: m, columns: n } = a;
  const { work, reflectors } = complexFactor(a, spend);
  spend?.(16 * m * columns * reflectors.length);
  const q = complexQ(reflectors, 0, m, columns);
  const im = upperOf(work.im, n, columns, n).re;
  return { q: matrix(m, columns, q.re, q.im), r: { ...upperOf(work.re, n, columns, n), im } };
}

/**
 * A[:, p] = Q R with the column of largest remaining norm taken next, so that |R₀₀| ≥ |R₁₁| ≥ … (LAPACK geqp3). `order`
 * holds p.
 */
export function pivotedQR(a: Matrix, mode: QRMode = 'reduced', spend?: Spend): QR & { readonly order: Int32Array } {
  const { rows: m, columns: n } = a;
  const order = Int32Array.from({ length: n }, (_, j) => j);
  // The order is found on a copy; the factors are then those of the permuted matrix.
  const re = a.re.slice();
  const im = a.im?.slice();
  const work = im ? { re, im, columns: n } : undefined;
  const v = new Float64Array(m);
  const w = new Float64Array(n);
  for (let j = 0; j < Math.min(m, n); j++) {
    spend?.((im ? 24 : 6) * (m - j) * (n - j));
    const size = (k: number): number => {
      const x = norm2(re, j * n + k, n, m - j);
      return im ? Math.hypot(x, norm2(im, j * n + k, n, m - j)) : x;
    };
    let best = j;
    let top = size(j);
    for (let k = j + 1; k < n; k++) {
      const s = size(k);
      // A rounding-sized lead is no reason to exchange equal columns.
      if (s > top * (1 + 1e-14)) {
        best = k;
        top = s;
      }
    }
    if (best !== j) {
      [order[j], order[best]] = [order[best], order[j]];
      for (const part of im ? [re, im] : [re])
        for (let i = 0; i < m; i++) [part[i * n + j], part[i * n + best]] = [part[i * n + best], part[i * n + j]];
    }
    if (work) reflectLeft(complexReflector(work, j * n + j, n, m - j), work, j, j, n, true);
    else {
      const tau = reflector(re, j * n + j, n, m - j);
      v[0] = 1;
      for (let i = 1; i < m - j; i++) v[i] = re[(j + i) * n + j];
      if (tau !== 0) reflectRows(v, tau, m - j, re, j * n + j + 1, n, n - j - 1, w);
    }
  }
  const permuted = (x: Float64Array): Float64Array => Float64Array.from(x, (_, k) => x[k - (k % n) + order[k % n]]);
  return { ...qr(matrix(m, n, permuted(a.re), a.im && permuted(a.im)), mode, spend), order };
}
