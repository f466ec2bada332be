import { dot } from '../kernels/vectors';
import type { Take } from '../kernels/wasm';
import { divide } from '../values/complex';
import type { Spend } from './matrix';
import type { Spectrum } from './real-schur';

const ULP = 2 ** -52;
const TINY = 2 ** -1022 / ULP;
const LARGE = 1e150;

/**
 * Eigenvectors of the real quasi-triangular Schur form `t` (n×n, rows `ld` apart in a room) as rows of the answer, laid out
 * likewise, by back substitution (dtrevc): a complex pair takes two rows, the real and the imaginary part of the vector of
 * the value with positive imaginary part. A pivot too small to divide by is replaced by ulp · |eigenvalue|, so a defective
 * matrix repeats a direction up to rounding.
 */
export function schurVectors(
  t: Float64Array,
  ld: number,
  { re, im }: Spectrum,
  n: number,
  take: Take,
  spend?: Spend,
): Float64Array {
  const out = take(n * ld);
  const smallest = TINY * n;
  for (let k = n - 1; k >= 0; k--) {
    spend?.(2 * k * k * (im[k] === 0 ? 1 : 2));
    const x = out.subarray(k * ld, k * ld + n);
    if (im[k] === 0) {
      x[k] = 1;
      solveReal(t, re[k], Math.max(ULP * Math.abs(re[k]), smallest), im, ld, k, x);
    } else if (im[k] < 0) {
      const j = k - 1;
      const wi = im[j];
      const y = x;
      const z = out.subarray(j * ld, j * ld + n);
      const b = t[j * ld + k];
      const c = t[k * ld + j];
      if (Math.abs(b) >= Math.abs(c)) {
        z[j] = 1;
        y[k] = wi / b;
      } else {
        z[j] = -wi / c;
        y[k] = 1;
      }
      const floor = Math.max(ULP * (Math.abs(re[j]) + Math.abs(wi)), smallest);
      solveComplex(t, re[j], wi, floor, im, ld, j, k, z, y);
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
  ld: number,
  k: number,
  x: Float64Array,
): void {
  for (let i = k - 1; i >= 0; i--) {
    const rest = (row: number): number => -dot(t, row * ld + i + 1, x, i + 1, k - i);
    let top: number;
    if (im[i] === 0) {
      let d = t[i * ld + i] - w;
      if (Math.abs(d) < floor) d = floor;
      x[i] = rest(i) / d;
      top = Math.abs(x[i]);
    } else {
      const r1 = rest(i - 1);
      const r2 = rest(i);
      const d1 = t[(i - 1) * ld + i - 1] - w;
      const d2 = t[i * ld + i] - w;
      const b = t[(i - 1) * ld + i];
      const c = t[i * ld + i - 1];
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
  ld: number,
  j0: number,
  k: number,
  x: Float64Array,
  y: Float64Array,
): void {
  for (let i = j0 - 1; i >= 0; i--) {
    const rest = (row: number): { re: number; im: number } => ({
      re: -dot(t, row * ld + i + 1, x, i + 1, k - i),
      im: -dot(t, row * ld + i + 1, y, i + 1, k - i),
    });
    let top: number;
    if (im[i] === 0) {
      let d = { re: t[i * ld + i] - wr, im: -wi };
      if (Math.abs(d.re) + Math.abs(d.im) < floor) d = { re: floor, im: 0 };
      const z = divide(rest(i), d);
      x[i] = z.re;
      y[i] = z.im;
      top = Math.abs(z.re) + Math.abs(z.im);
    } else {
      const r1 = rest(i - 1);
      const r2 = rest(i);
      const d1 = t[(i - 1) * ld + i - 1] - wr;
      const d2 = t[i * ld + i] - wr;
      const b = t[(i - 1) * ld + i];
      const c = t[i * ld + i - 1];
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
