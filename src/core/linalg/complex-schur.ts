import { divide, sqrt } from '../values/complex';
import type { Complex } from '../values/dtype';
import {
  type ComplexReflector,
  complexQ,
  complexReflector,
  type Parts,
  reflectLeft,
  reflectRight,
} from './complex-householder';
import type { Spend } from './matrix';

const ULP = 2 ** -52;
const TINY = 2 ** -1022 / ULP;

/** Reduces rows and columns low … high of `a` to upper Hessenberg form in place; returns Q with A = Q H Qᴴ (gehrd). */
export function complexHessenberg(a: Parts, low: number, high: number, spend?: Spend): Parts {
  const n = a.columns;
  const reflectors: ComplexReflector[] = [];
  for (let j = low; j < high; j++) {
    spend?.(32 * n * (high - j));
    const h = complexReflector(a, (j + 1) * n + j, n, high - j);
    a.re[(j + 1) * n + j] = h.beta;
    a.im[(j + 1) * n + j] = 0;
    for (let r = j + 2; r <= high; r++) a.re[r * n + j] = a.im[r * n + j] = 0;
    reflectRight(h, a, 0, high + 1, j + 1, false);
    reflectLeft(h, a, j + 1, j + 1, n, true);
    reflectors.push(h);
  }
  return complexQ(reflectors, low + 1, n, n);
}

/**
 * Takes the upper Hessenberg `h` to upper triangular Schur form in place, updating Q, by the QR algorithm with Wilkinson's
 * shift and Givens rotations (as zlahqr does with reflections). False when an eigenvalue takes more than 30·n steps.
 */
export function complexSchur(h: Parts, q: Parts, low: number, high: number, spend?: Spend): boolean {
  const n = h.columns;
  const limit = 30 * Math.max(10, high - low + 1);
  let steps = 0;
  let stuck = 0;
  let i = high;
  while (i > low) {
    let l = i;
    while (l > low && !negligible(h, l)) l--;
    if (l > low) h.re[l * n + l - 1] = h.im[l * n + l - 1] = 0;
    if (l === i) {
      i--;
      stuck = 0;
      continue;
    }
    if (++steps > limit) return false;
    stuck++;
    spend?.(40 * n * (i - l));
    const shift = stuck % 10 === 0 ? exceptional(h, i) : wilkinson(h, i);
    step(h, q, startOf(h, l, i, shift), i, shift, l);
  }
  for (let r = 1; r < n; r++) h.re.fill(0, r * n, r * n + r);
  for (let r = 1; r < n; r++) h.im.fill(0, r * n, r * n + r);
  return true;
}

/** The size that is quick to find: |re| + |im|. */
const size1 = (z: Complex): number => Math.abs(z.re) + Math.abs(z.im);
const minus = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });

/** Whether the subdiagonal entry above row k may be taken for 0 (Ahues and Tisseur, 1997). */
function negligible(h: Parts, k: number): boolean {
  const below = size1(entry(h, k, k - 1));
  if (below <= TINY) return true;
  const own = entry(h, k, k);
  const before = entry(h, k - 1, k - 1);
  if (below > ULP * (size1(own) + size1(before))) return false;
  const above = size1(entry(h, k - 1, k));
  const gap = size1(minus(before, own));
  const aa = Math.max(size1(own), gap);
  const bb = Math.min(size1(own), gap);
  const s = aa + Math.max(below, above);
  return Math.min(below, above) * (Math.max(below, above) / s) <= Math.max(TINY, ULP * (bb * (aa / s)));
}

/** Where a step may begin: two small subdiagonal entries in a row part what is above. */
function startOf(h: Parts, l: number, i: number, shift: Complex): number {
  for (let m = i - 1; m > l; m--) {
    const own = entry(h, m, m);
    const a = size1(minus(own, shift));
    const b = size1(entry(h, m + 1, m));
    const near = size1(own) + size1(entry(h, m + 1, m + 1));
    if (size1(entry(h, m, m - 1)) * b <= ULP * a * near) return m;
  }
  return l;
}

const entry = (h: Parts, r: number, c: number): Complex => ({
  re: h.re[r * h.columns + c],
  im: h.im[r * h.columns + c],
});
const times = (a: Complex, b: Complex): Complex => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re });

function exceptional(h: Parts, i: number): Complex {
  const below = entry(h, i, i - 1);
  const own = entry(h, i, i);
  return { re: own.re + 0.75 * (Math.abs(below.re) + Math.abs(below.im)), im: own.im };
}

/** The eigenvalue of the last 2×2 block that is nearer to its last entry. */
function wilkinson(h: Parts, i: number): Complex {
  const d = entry(h, i, i);
  const a = entry(h, i - 1, i - 1);
  const bc = times(entry(h, i - 1, i), entry(h, i, i - 1));
  if (bc.re === 0 && bc.im === 0) return d;
  const half = { re: (a.re - d.re) / 2, im: (a.im - d.im) / 2 };
  const square = times(half, half);
  const root = sqrt({ re: square.re + bc.re, im: square.im + bc.im });
  const same = half.re * root.re + half.im * root.im >= 0;
  const sum = same
    ? { re: half.re + root.re, im: half.im + root.im }
    : { re: half.re - root.re, im: half.im - root.im };
  const t = divide(bc, sum);
  return { re: d.re - t.re, im: d.im - t.im };
}

/** One implicit single-shift step on rows l … i of the block that begins at `top`. */
function step(h: Parts, q: Parts, l: number, i: number, shift: Complex, top: number): void {
  const n = h.columns;
  let x = { re: h.re[l * n + l] - shift.re, im: h.im[l * n + l] - shift.im };
  let y = entry(h, l + 1, l);
  for (let k = l; k < i; k++) {
    if (k > l) {
      x = entry(h, k, k - 1);
      y = entry(h, k + 1, k - 1);
    }
    // G = [[c, s], [−s̄, c]] with c real takes (x, y) to (r, 0).
    const ax = Math.hypot(x.re, x.im);
    const norm = Math.hypot(ax, y.re, y.im);
    if (norm === 0) continue;
    const c = ax / norm;
    const phase = ax === 0 ? { re: 1, im: 0 } : { re: x.re / ax, im: x.im / ax };
    const s = times(phase, { re: y.re / norm, im: -y.im / norm });
    turnRows(h, k, Math.max(k - 1, 0), c, s);
    if (k > top) h.re[(k + 1) * n + k - 1] = h.im[(k + 1) * n + k - 1] = 0;
    turnColumns(h, k, Math.min(k + 2, i) + 1, c, s);
    turnColumns(q, k, n, c, s);
  }
}

function turnRows(a: Parts, k: number, from: number, c: number, s: Complex): void {
  const n = a.columns;
  for (let j = from, p = k * n + from, q = p + n; j < n; j++, p++, q++) {
    const xr = a.re[p];
    const xi = a.im[p];
    const yr = a.re[q];
    const yi = a.im[q];
    a.re[p] = c * xr + s.re * yr - s.im * yi;
    a.im[p] = c * xi + s.re * yi + s.im * yr;
    a.re[q] = c * yr - s.re * xr - s.im * xi;
    a.im[q] = c * yi - s.re * xi + s.im * xr;
  }
}

/** Columns k, k + 1 under Gᴴ from the right, rows 0 … end − 1. */
function turnColumns(a: Parts, k: number, end: number, c: number, s: Complex): void {
  const n = a.columns;
  for (let r = 0, p = k; r < end; r++, p += n) {
    const xr = a.re[p];
    const xi = a.im[p];
    const yr = a.re[p + 1];
    const yi = a.im[p + 1];
    a.re[p] = c * xr + s.re * yr + s.im * yi;
    a.im[p] = c * xi + s.re * yi - s.im * yr;
    a.re[p + 1] = c * yr - s.re * xr + s.im * xi;
    a.im[p + 1] = c * yi - s.re * xi - s.im * xr;
  }
}

/** Eigenvectors (columns) of the upper triangular `t`, by back substitution (ztrevc). */
export function triangularVectors(t: Parts, spend?: Spend): Parts {
  const n = t.columns;
  const out: Parts = { re: new Float64Array(n * n), im: new Float64Array(n * n), columns: n };
  for (let k = n - 1; k >= 0; k--) {
    spend?.(8 * k * k);
    const w = entry(t, k, k);
    const floor = Math.max(ULP * (Math.abs(w.re) + Math.abs(w.im)), TINY * n);
    const xr = new Float64Array(k + 1);
    const xi = new Float64Array(k + 1);
    xr[k] = 1;
    for (let i = k - 1; i >= 0; i--) {
      let sr = 0;
      let si = 0;
      for (let j = i + 1; j <= k; j++) {
        const p = i * n + j;
        sr -= t.re[p] * xr[j] - t.im[p] * xi[j];
        si -= t.re[p] * xi[j] + t.im[p] * xr[j];
      }
      let d = { re: t.re[i * n + i] - w.re, im: t.im[i * n + i] - w.im };
      if (Math.abs(d.re) + Math.abs(d.im) < floor) d = { re: floor, im: 0 };
      const z = divide({ re: sr, im: si }, d);
      xr[i] = z.re;
      xi[i] = z.im;
      const top = Math.abs(z.re) + Math.abs(z.im);
      if (top > 1e150) {
        for (let j = i; j <= k; j++) {
          xr[j] /= top;
          xi[j] /= top;
        }
      }
    }
    for (let i = 0; i <= k; i++) {
      out.re[i * n + k] = xr[i];
      out.im[i * n + k] = xi[i];
    }
  }
  return out;
}
