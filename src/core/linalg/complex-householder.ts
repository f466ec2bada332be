import type { Matrix } from './matrix';

/** Complex reflections H = I − tau v vᴴ with v₀ = 1, one by one. */

/** A complex matrix under way: row-major parts that its routine may write. */
export interface Parts {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly columns: number;
}

export const partsOf = (a: Matrix): Parts => ({
  re: a.re.slice(),
  im: a.im?.slice() ?? new Float64Array(a.re.length),
  columns: a.columns,
});

export interface ComplexReflector {
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly tau: { readonly re: number; readonly im: number };
  /** What the first entry becomes under Hᴴ; the others become 0. */
  readonly beta: number;
}

/** A power of 2 that brings a length whose square would overflow, vanish or lack digits to where it does not. */
const scaleOf = (size: number): number =>
  size === 0 || !Number.isFinite(size) || (size > 2 ** -400 && size < 2 ** 400)
    ? 1
    : 2 ** Math.max(-900, Math.min(900, -Math.floor(Math.log2(size))));

/**
 * The reflection with Hᴴ x = (beta, 0, …), beta real, for x read by `at(k)` (zlarfg); `conjugate` reads the conjugate of x.
 */
export function complexReflector(
  a: Parts,
  start: number,
  step: number,
  count: number,
  conjugate = false,
): ComplexReflector {
  const re = new Float64Array(count);
  const im = new Float64Array(count);
  for (let k = 0; k < count; k++) {
    re[k] = a.re[start + k * step];
    im[k] = conjugate ? -a.im[start + k * step] : a.im[start + k * step];
  }
  let below = 0;
  for (let k = 1; k < count; k++) below = Math.hypot(below, re[k], im[k]);
  const scale = scaleOf(Math.hypot(re[0] ?? 0, im[0] ?? 0, below));
  if (scale !== 1) {
    for (let k = 0; k < count; k++) {
      re[k] *= scale;
      im[k] *= scale;
    }
    below = 0;
    for (let k = 1; k < count; k++) below = Math.hypot(below, re[k], im[k]);
  }
  if (count === 0) return { re, im, tau: { re: 0, im: 0 }, beta: 0 };
  const x = re[0];
  const y = im[0];
  re[0] = 1;
  im[0] = 0;
  if (below === 0 && y === 0) {
    re.fill(0, 1);
    im.fill(0, 1);
    return { re, im, tau: { re: 0, im: 0 }, beta: x / scale };
  }
  const size = Math.hypot(x, y, below);
  const beta = x < 0 || Object.is(x, -0) ? size : -size;
  const dx = x - beta;
  const d = dx * dx + y * y;
  for (let k = 1; k < count; k++) {
    const p = re[k];
    const q = im[k];
    re[k] = (p * dx + q * y) / d;
    im[k] = (q * dx - p * y) / d;
  }
  return { re, im, tau: { re: (beta - x) / beta, im: -y / beta }, beta: beta / scale };
}

/** A := H A, or Hᴴ A, on rows r0 … and columns c0 … c1 − 1. */
export function reflectLeft(h: ComplexReflector, a: Parts, r0: number, c0: number, c1: number, adjoint: boolean): void {
  const tr = h.tau.re;
  const ti = adjoint ? -h.tau.im : h.tau.im;
  if (tr === 0 && ti === 0) return;
  const width = c1 - c0;
  const wr = new Float64Array(width);
  const wi = new Float64Array(width);
  for (let k = 0; k < h.re.length; k++) {
    const p = h.re[k];
    const q = h.im[k];
    const at = (r0 + k) * a.columns + c0;
    for (let j = 0; j < width; j++) {
      wr[j] += p * a.re[at + j] + q * a.im[at + j];
      wi[j] += p * a.im[at + j] - q * a.re[at + j];
    }
  }
  for (let k = 0; k < h.re.length; k++) {
    const p = tr * h.re[k] - ti * h.im[k];
    const q = tr * h.im[k] + ti * h.re[k];
    const at = (r0 + k) * a.columns + c0;
    for (let j = 0; j < width; j++) {
      a.re[at + j] -= p * wr[j] - q * wi[j];
      a.im[at + j] -= p * wi[j] + q * wr[j];
    }
  }
}

/** A := A H, or A Hᴴ, on rows r0 … r1 − 1 and columns c0 …. */
export function reflectRight(
  h: ComplexReflector,
  a: Parts,
  r0: number,
  r1: number,
  c0: number,
  adjoint: boolean,
): void {
  const tr = h.tau.re;
  const ti = adjoint ? -h.tau.im : h.tau.im;
  if (tr === 0 && ti === 0) return;
  for (let i = r0; i < r1; i++) {
    const at = i * a.columns + c0;
    let sr = 0;
    let si = 0;
    for (let k = 0; k < h.re.length; k++) {
      sr += a.re[at + k] * h.re[k] - a.im[at + k] * h.im[k];
      si += a.re[at + k] * h.im[k] + a.im[at + k] * h.re[k];
    }
    const p = tr * sr - ti * si;
    const q = tr * si + ti * sr;
    for (let k = 0; k < h.re.length; k++) {
      a.re[at + k] -= p * h.re[k] + q * h.im[k];
      a.im[at + k] -= q * h.re[k] - p * h.im[k];
    }
  }
}

/** Q = H₀ H₁ … with reflection j acting on rows j + `shift` …: the first `columns` columns of a `size`-square matrix. */
export function complexQ(reflectors: readonly ComplexReflector[], shift: number, size: number, columns: number): Parts {
  const q: Parts = { re: new Float64Array(size * columns), im: new Float64Array(size * columns), columns };
  for (let i = 0; i < Math.min(size, columns); i++) q.re[i * columns + i] = 1;
  for (let j = reflectors.length - 1; j >= 0; j--) reflectLeft(reflectors[j], q, j + shift, 0, columns, false);
  return q;
}
