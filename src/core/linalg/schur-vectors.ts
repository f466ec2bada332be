import { divide } from '../values/complex';
import type { Spend } from './matrix';
import type { Spectrum } from './real-schur';

const ULP = 2 ** -52;
const TINY = 2 ** -1022 / ULP;
const LARGE = 1e150;

/**
 * Eigenvectors of the real quasi-triangular Schur form `t` (n×n) as columns, by back substitution (dtrevc): a complex pair
 * takes two columns, the real and the imaginary part of the vector of the value with positive imaginary part. A pivot too
 * small to divide by is replaced by ulp · |eigenvalue|, so a defective matrix repeats a direction up to rounding.
 */
export function schurVectors(t: Float64Array, { re, im }: Spectrum, n: number, spend?: Spend): Float64Array {
  const out = new Float64Array(n * n);
  const smallest = TINY * n;
  for (let k = n - 1; k >= 0; k--) {
    spend?.(2 * k * k * (im[k] === 0 ? 1 : 2));
    if (im[k] === 0) {
      const x = new Float64Array(n);
      x[k] = 1;
      solveReal(t, re[k], Math.max(ULP * Math.abs(re[k]), smallest), im, n, k, x);
      for (let i = 0; i <= k; i++) out[i * n + k] = x[i];
    } else if (im[k] < 0) {
      const j = k - 1;
      const wi = im[j];
      const x = new Float64Array(n);
      const y = new Float64Array(n);
      const b = t[j * n + k];
      const c = t[k * n + j];
      if (Math.abs(b) >= Math.abs(c)) {
        x[j] = 1;
        y[k] = wi / b;
      } else {
        x[j] = -wi / c;
        y[k] = 1;
      }
      const floor = Math.max(ULP * (Math.abs(re[j]) + Math.abs(wi)), smallest);
      solveComplex(t, re[j], wi, floor, im, n, j, k, x, y);
      for (let i = 0; i <= k; i++) {
        out[i * n + j] = x[i];
        out[i * n + k] = y[i];
      }
      k--;
    }
  }
  return out;
}

function solveReal(
  t: Float64Array,
  w: number,
  floor: number,
  im: Float64Array,
  n: number,
  k: number,
  x: Float64Array,
): void {
  for (let i = k - 1; i >= 0; i--) {
    const dot = (row: number): number => {
      let s = 0;
      for (let j = k; j > i; j--) s -= t[row * n + j] * x[j];
      return s;
    };
    let top: number;
    if (im[i] === 0) {
      let d = t[i * n + i] - w;
      if (Math.abs(d) < floor) d = floor;
      x[i] = dot(i) / d;
      top = Math.abs(x[i]);
    } else {
      const r1 = dot(i - 1);
      const r2 = dot(i);
      const d1 = t[(i - 1) * n + i - 1] - w;
      const d2 = t[i * n + i] - w;
      const b = t[(i - 1) * n + i];
      const c = t[i * n + i - 1];
      const det = d1 * d2 - b * c;
      x[i - 1] = (r1 * d2 - b * r2) / det;
      x[i] = (d1 * r2 - c * r1) / det;
      top = Math.max(Math.abs(x[i - 1]), Math.abs(x[i]));
      i--;
    }
    if (top > LARGE) for (let j = i; j <= k; j++) x[j] /= top;
  }
}

function solveComplex(
  t: Float64Array,
  wr: number,
  wi: number,
  floor: number,
  im: Float64Array,
  n: number,
  j0: number,
  k: number,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i = j0 - 1; i >= 0; i--) {
    const dot = (row: number): { re: number; im: number } => {
      let s = 0;
      let u = 0;
      for (let j = k; j > i; j--) {
        s -= t[row * n + j] * x[j];
        u -= t[row * n + j] * y[j];
      }
      return { re: s, im: u };
    };
    let top: number;
    if (im[i] === 0) {
      let d = { re: t[i * n + i] - wr, im: -wi };
      if (Math.abs(d.re) + Math.abs(d.im) < floor) d = { re: floor, im: 0 };
      const z = divide(dot(i), d);
      x[i] = z.re;
      y[i] = z.im;
      top = Math.abs(z.re) + Math.abs(z.im);
    } else {
      const r1 = dot(i - 1);
      const r2 = dot(i);
      const d1 = t[(i - 1) * n + i - 1] - wr;
      const d2 = t[i * n + i] - wr;
      const b = t[(i - 1) * n + i];
      const c = t[i * n + i - 1];
      let det = { re: d1 * d2 - wi * wi - b * c, im: -wi * (d1 + d2) };
      // Equal pairs: the determinant vanishes, and the floor stands in for one factor of it.
      const size = Math.abs(d1) + Math.abs(d2) + 2 * Math.abs(wi) + Math.abs(b) + Math.abs(c);
      if (Math.abs(det.re) + Math.abs(det.im) < floor * size) det = { re: floor * size, im: 0 };
      const p = divide({ re: r1.re * d2 + r1.im * wi - b * r2.re, im: r1.im * d2 - r1.re * wi - b * r2.im }, det);
      const q = divide({ re: d1 * r2.re + wi * r2.im - c * r1.re, im: d1 * r2.im - wi * r2.re - c * r1.im }, det);
      x[i - 1] = p.re;
      y[i - 1] = p.im;
      x[i] = q.re;
      y[i] = q.im;
      top = Math.max(Math.abs(p.re) + Math.abs(p.im), Math.abs(q.re) + Math.abs(q.im));
      i--;
    }
    if (top > LARGE) {
      for (let j = i; j <= k; j++) {
        x[j] /= top;
        y[j] /= top;
      }
    }
  }
}
