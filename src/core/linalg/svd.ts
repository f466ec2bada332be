import { Turns } from '../kernels/rotations';
import { updateAndMultiply } from '../kernels/updates';
import { dot, multiplyRows } from '../kernels/vectors';
import { inRoom, type Take } from '../kernels/wasm';
import { generate } from '../values/ndarray';
import { bidiagonalQR } from './bidiagonal-qr';
import {
  type ComplexReflector,
  complexQ,
  complexReflector,
  partsOf,
  reflectLeft,
  reflectRight,
} from './complex-householder';
import { applyingRoom, applyReflectors, type Reflectors, reflector } from './householder';
import { adjoint, allFinite, type Matrix, matrix, maxAbs, multiply, type Spend, ulpOf } from './matrix';
import { type QR, qr } from './qr';
import { enter, identityIn, leave, paddedStride } from './rooms';
import { LONGEST, reduceSmall } from './small-reflections';

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
  const f = tall(wide ? adjoint(scaled) : scaled, full, wide, ulpOf(a) / 2, spend);
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
function tall(a: Matrix, full: boolean, mirrored: boolean, eps: number, spend?: Spend): Factors | undefined {
  const { rows: m, columns: n } = a;
  // A much taller matrix is reduced to its triangle first, at the ratios where gesdd does; of a mirrored one, gesdd takes
  // the lower triangle.
  if (isMuchTaller(a)) {
    const first = isSmall(a) ? smallQR(a, full, mirrored) : qr(a, full ? 'complete' : 'reduced', spend);
    const r = matrix(n, n, first.r.re.slice(0, n * n), first.r.im?.slice(0, n * n));
    const inner = tall(mirrored ? adjoint(r) : r, false, false, eps, spend);
    if (!inner) return undefined;
    const [u, vh] = mirrored ? [adjoint(inner.vh), adjoint(inner.u)] : [inner.u, inner.vh];
    return { u: leading(first.q, u), s: inner.s, vh };
  }
  const width = full ? m : n;
  const sides = m * paddedStride(n) + m * paddedStride(width) + n * paddedStride(n);
  return inRoom(sides + 3 * (m + n) + 2 * Turns.room(n) + applyingRoom(m, width), take => {
    const { d, e, left, right } = a.im
      ? complexBidiagonal(a, full, take, spend)
      : realBidiagonal(a, full, mirrored, take, spend);
    // A single value gives its sign to the left side (dbdsdc).
    if (n === 1 && d[0] < 0) {
      d[0] = -d[0];
      (mirrored ? right : left).x[0] = -1;
    }
    const turns = (side: Side): Turns => new Turns(side.x, side.ld, side.rows, n, take);
    const [u, v] = [turns(left), turns(right)];
    const found = mirrored ? bidiagonalQR(d, e, v, u, true, spend, eps) : bidiagonalQR(d, e, u, v, false, spend, eps);
    if (!found) return undefined;
    spend?.(4 * n * n * (m + n));
    const { order, signs } = found;
    return {
      u: arranged(left, order, mirrored ? signs : undefined),
      s: d,
      vh: adjoint(arranged(right, order, mirrored ? undefined : signs)),
    };
  });
}

/** Where gesdd takes the triangle first. */
const isMuchTaller = ({ rows: m, columns: n, im }: Matrix): boolean =>
  m > n && m >= Math.floor(im ? (n * 17) / 9 : (n * 11) / 6);

/** Columns that the rotations turn, rows `ld` apart: those of a factor itself, or the identity's, with the factor `outer`. */
interface Side {
  readonly x: Float64Array;
  readonly ld: number;
  readonly rows: number;
  readonly columns: number;
  readonly outer?: Matrix;
}

const identitySide = (n: number, outer: Matrix, take: Take): Side => ({
  x: identityIn(take, n, n),
  ld: paddedStride(n),
  rows: n,
  columns: n,
  outer,
});

/** The turned columns in their order and with their signs, those beyond as they are. */
function arranged({ x, ld, rows, columns, outer }: Side, order: Int32Array, signs?: Int8Array): Matrix {
  const out = matrix(rows, columns);
  for (let i = 0; i < rows; i++) {
    const to = i * columns;
    for (let j = 0; j < order.length; j++) out.re[to + j] = x[i * ld + order[j]] * (signs?.[j] ?? 1);
    for (let j = order.length; j < columns; j++) out.re[to + j] = x[i * ld + j];
  }
  return outer ? leading(outer, out) : out;
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
  readonly left: Side;
  readonly right: Side;
}

/** Up to this side the rotations turn the identity, as LAPACK has it, and the factors are multiplied in the end. */
const SMALL = 32;

function realBidiagonal(m: Matrix, full: boolean, mirrored: boolean, take: Take, spend?: Spend): Bidiagonal {
  const { rows, columns: n } = m;
  const { d, e, left, right } = isSmall(m) ? smallBidiagonal(m, mirrored, take) : bidiagonalise(m, take, spend);
  const width = full ? rows : n;
  const [lq, lp] = [paddedStride(width), paddedStride(n)];
  const q = identityIn(take, rows, width);
  spend?.(4 * rows * n * width);
  applyReflectors(left, q, 0, lq, width, false, true);
  const p = identityIn(take, n, n);
  if (n > 1) applyReflectors(right, p, lp + 1, lp, n - 1, false, true);
  const sides = { left: { x: q, ld: lq, rows, columns: width }, right: { x: p, ld: lp, rows: n, columns: n } };
  if (n > SMALL) return { d, e, ...sides };
  const itself = Int32Array.from(d, (_, k) => k);
  const outer = (side: Side): Side => identitySide(n, arranged(side, itself), take);
  return { d, e, left: outer(sides.left), right: outer(sides.right) };
}

const isSmall = (m: Matrix): boolean => !m.im && m.columns > 0 && m.rows <= LONGEST;

/** Q and R of a small matrix, to the last bit as LAPACK has it. */
function smallQR(m: Matrix, full: boolean, mirrored: boolean): QR {
  const { rows, columns: n } = m;
  const width = full ? rows : n;
  const a = m.re.slice();
  const tau = new Float64Array(n);
  reduceSmall(a, n, rows, n, mirrored, tau);
  const upper = generate(n * n, k => (k % n < Math.floor(k / n) ? 0 : a[k]));
  return inRoom(2 * rows * rows + applyingRoom(rows, width), take => {
    const q = identityIn(take, rows, width, width);
    applyReflectors(reflectorsOf(a, n, rows, n, tau, tau).left, q, 0, width, width, false, true);
    return { q: matrix(rows, width, leave(q, rows, width, width)), r: matrix(n, n, upper) };
  });
}

function smallBidiagonal(m: Matrix, mirrored: boolean, take: Take): Reduced {
  const { rows, columns: n } = m;
  const a = enter(take, m.re, rows, n, n);
  const tauQ = new Float64Array(n);
  const tauP = new Float64Array(Math.max(n - 1, 0));
  reduceSmall(a, n, rows, n, mirrored, tauQ, tauP);
  return {
    d: generate(n, i => a[i * (n + 1)]),
    e: generate(n - 1, i => a[i * (n + 1) + 1]),
    ...reflectorsOf(a, n, rows, n, tauQ, tauP),
  };
}

/** The diagonals of a bidiagonal form and the reflections of both sides. */
interface Reduced {
  readonly d: Float64Array;
  readonly e: Float64Array;
  readonly left: Reflectors;
  readonly right: Reflectors;
}

const reflectorsOf = (
  a: Float64Array,
  ld: number,
  rows: number,
  n: number,
  tauQ: Float64Array,
  tauP: Float64Array,
): Pick<Reduced, 'left' | 'right'> => ({
  left: { data: a, at: 0, rowStep: ld, columnStep: 1, tau: tauQ, count: n, size: rows },
  right: { data: a, at: 1, rowStep: 1, columnStep: ld, tau: tauP, count: Math.max(n - 1, 0), size: n - 1 },
});

/**
 * The diagonals and the reflections of both sides. A step's updates are put off until the next one, which goes over the
 * matrix once for them and its first product (Howell and others, 2008).
 */
function bidiagonalise(m: Matrix, take: Take, spend?: Spend): Reduced {
  const { rows, columns: n } = m;
  const ld = paddedStride(n);
  const a = enter(take, m.re, rows, n);
  const d = new Float64Array(n);
  const e = new Float64Array(Math.max(n - 1, 0));
  const tauQ = new Float64Array(n);
  const tauP = new Float64Array(Math.max(n - 1, 0));
  const dots = take(rows);
  // A still lacks v wᵀ + x uᵀ.
  const x = take(rows);
  const u = take(n);
  let [v, nextV] = [take(rows), take(rows)];
  let [w, nextW] = [take(n), take(n)];
  for (let i = 0; i < n; i++) {
    spend?.(8 * (rows - i) * (n - i));
    if (i > 0) for (let r = i; r < rows; r++) a[r * ld + i] -= v[r] * w[i] + x[r] * u[i];
    const t = reflector(a, i * (ld + 1), ld, rows - i);
    tauQ[i] = t;
    d[i] = a[i * (ld + 1)];
    if (i === n - 1) break;
    nextV[i] = 1;
    for (let r = i + 1; r < rows; r++) nextV[r] = a[r * ld + i];
    nextW.fill(0);
    updateAndMultiply(a, ld, [i, rows], [i + 1, n], { p: v, q: w, x, y: u }, u, dots, nextV, nextW);
    const row = i * ld;
    for (let c = i + 1; c < n; c++) {
      nextW[c] *= t;
      a[row + c] -= nextW[c];
    }
    const s = reflector(a, row + i + 1, 1, n - i - 1);
    tauP[i] = s;
    e[i] = a[row + i + 1];
    u[i + 1] = 1;
    for (let c = i + 2; c < n; c++) u[c] = a[row + c];
    multiplyRows(a, (i + 1) * (ld + 1), ld, rows - i - 1, n - i - 1, u, i + 1, dots, i + 1);
    const both = dot(nextW, i + 1, u, i + 1, n - i - 1);
    for (let r = i + 1; r < rows; r++) x[r] = s * (dots[r] - nextV[r] * both);
    [v, nextV] = [nextV, v];
    [w, nextW] = [nextW, w];
  }
  return { d, e, ...reflectorsOf(a, ld, rows, n, tauQ, tauP) };
}

function complexBidiagonal(m: Matrix, full: boolean, take: Take, spend?: Spend): Bidiagonal {
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
  const sides = [matrix(rows, q.columns, q.re, q.im), matrix(n, n, p.re, p.im)] as const;
  return { d, e, left: identitySide(n, sides[0], take), right: identitySide(n, sides[1], take) };
}

/** The singular values alone; those of small real matrices by LAPACK's own steps. */
export function singularValues(a: Matrix, spend?: Spend): Float64Array | undefined {
  if (!allFinite(a)) return undefined;
  const wide = a.rows < a.columns;
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
  return valuesOfTall(wide ? adjoint(scaled) : scaled, wide, spend)?.map(x => x * scale);
}

/** The case m ≥ n, `mirrored` as in `tall`. */
function valuesOfTall(m: Matrix, mirrored: boolean, spend?: Spend): Float64Array | undefined {
  const small = isSmall(m);
  if (small && isMuchTaller(m)) {
    const { r } = smallQR(m, false, mirrored);
    return valuesOfTall(mirrored ? adjoint(r) : r, false, spend);
  }
  const size = m.rows * paddedStride(m.columns) + 3 * (m.rows + m.columns);
  return inRoom(m.im ? 0 : size, take => {
    const { d, e } = m.im
      ? complexBidiagonal(m, false, take, spend)
      : small
        ? smallBidiagonal(m, mirrored, take)
        : bidiagonalise(m, take, spend);
    return bidiagonalQR(d, e, undefined, undefined, small && mirrored, spend) && d.slice();
  });
}
