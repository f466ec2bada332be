import { addProduct } from '../kernels/product';
import { inRoom } from '../kernels/wasm';
import { type Matrix, matrix, type Spend } from './matrix';
import { enter, paddedStride } from './rooms';

export type Cholesky = { readonly kind: 'ok'; readonly l: Matrix } | { readonly kind: 'not-positive-definite' };

/** Columns that are found one by one before the rest is updated by a product. */
const PANEL = 32;

/** A = L Lᴴ with lower triangular L and positive diagonal; only the lower triangle of A is read (LAPACK potrf). */
export function cholesky(a: Matrix, spend?: Spend): Cholesky {
  const n = a.rows;
  const ld = paddedStride(n);
  return inRoom((a.im ? 2 : 1) * n * ld, take => {
    const re = enter(take, a.re, n, n);
    const im = a.im && enter(take, a.im, n, n);
    for (let j0 = 0; j0 < n; j0 += PANEL) {
      const end = Math.min(j0 + PANEL, n);
      spend?.(2 * (n - j0) * (n - j0) * (end - j0) * (im ? 4 : 1));
      for (let j = j0; j < end; j++) if (!column(re, im, ld, n, j0, j)) return { kind: 'not-positive-definite' };
      // What is right of the panel, by blocks of columns, so that little beyond the triangle is computed.
      for (let k = end; k < n; k += PANEL) {
        const width = Math.min(PANEL, n - k);
        const add = (alpha: number, x: Float64Array, y: Float64Array, to: Float64Array): void =>
          addProduct(n - k, width, end - j0, alpha, x, k * ld + j0, ld, 1, y, k * ld + j0, 1, ld, to, k * (ld + 1), ld);
        add(-1, re, re, re);
        if (im) {
          add(-1, im, im, re);
          add(-1, im, re, im);
          add(1, re, im, im);
        }
      }
    }
    const lower = (x: Float64Array): Float64Array => {
      const out = new Float64Array(n * n);
      for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) out[i * n + j] = x[i * ld + j];
      return out;
    };
    return { kind: 'ok', l: matrix(n, n, lower(re), im && lower(im)) };
  });
}

/** Column j of L, to which columns from … j − 1 have still to be applied. False when the pivot is not positive. */
function column(
  re: Float64Array,
  im: Float64Array | undefined,
  ld: number,
  n: number,
  from: number,
  j: number,
): boolean {
  let d = re[j * ld + j];
  for (let k = from; k < j; k++) d -= re[j * ld + k] ** 2 + (im ? im[j * ld + k] ** 2 : 0);
  if (!(d > 0)) return false;
  const root = Math.sqrt(d);
  re[j * ld + j] = root;
  if (im) im[j * ld + j] = 0;
  for (let i = j + 1; i < n; i++) {
    let x = re[i * ld + j];
    let y = im?.[i * ld + j] ?? 0;
    for (let k = from; k < j; k++) {
      x -= re[i * ld + k] * re[j * ld + k];
      if (im) {
        x -= im[i * ld + k] * im[j * ld + k];
        y -= im[i * ld + k] * re[j * ld + k] - re[i * ld + k] * im[j * ld + k];
      }
    }
    re[i * ld + j] = x / root;
    if (im) im[i * ld + j] = y / root;
  }
  return true;
}
