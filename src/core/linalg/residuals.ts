import type { Eigen } from './general-eigen';
import { frobenius, type Matrix, matrix, multiply, subtract } from './matrix';
import type { SVD } from './svd';

const relative = (difference: Matrix, whole: Matrix): number => {
  const size = frobenius(whole);
  return size === 0 ? frobenius(difference) : frobenius(difference) / size;
};

/** ‖A − B C‖ / ‖A‖. */
export const productResidual = (a: Matrix, b: Matrix, c: Matrix): number => relative(subtract(a, multiply(b, c)), a);

/** ‖A − U diag(s) Vᴴ‖ / ‖A‖. */
export function svdResidual(a: Matrix, f: Extract<SVD, { kind: 'ok' }>): number {
  const k = f.s.length;
  const n = f.vh.columns;
  const rows = (x: Float64Array): Float64Array => x.slice(0, k * n).map((e, i) => e * f.s[Math.floor(i / n)]);
  const left = (x: Float64Array): Float64Array =>
    Float64Array.from({ length: f.u.rows * k }, (_, i) => x[Math.floor(i / k) * f.u.columns + (i % k)]);
  const u = f.u.columns === k ? f.u : matrix(f.u.rows, k, left(f.u.re), f.u.im && left(f.u.im));
  return productResidual(a, u, matrix(k, n, rows(f.vh.re), f.vh.im && rows(f.vh.im)));
}

/** ‖A V − V diag(w)‖ / ‖A‖. */
export function eigenResidual(a: Matrix, e: Extract<Eigen, { kind: 'ok' }>): number {
  const n = a.rows;
  const { re, im } = e.vectors;
  const right = matrix(
    n,
    n,
    re.map((x, i) => x * e.values.re[i % n] - (im ? im[i] * e.values.im[i % n] : 0)),
    im && re.map((x, i) => x * e.values.im[i % n] + im[i] * e.values.re[i % n]),
  );
  return relative(subtract(multiply(a, e.vectors), right), a);
}
