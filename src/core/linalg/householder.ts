import { addProduct } from '../kernels/product';
import { reflectRows } from '../kernels/updates';
import { inRoom } from '../kernels/wasm';
import { length2, withSign } from './rotations';

/** Reflections H = I − tau v vᵀ with v₀ = 1, one by one and in blocks (compact WY form of Schreiber and Van Loan, 1989). */

const BLOCK = 32;
/** The smallest normal number over the rounding error, as dlarfg has it. */
const SMALLEST = 2 ** -969;

/** The 2-norm of entries `step` apart, scaled where squares would overflow or vanish. */
export function norm2(x: Float64Array, at: number, step: number, count: number): number {
  let sum = 0;
  for (let i = 0, p = at; i < count; i++, p += step) sum += x[p] * x[p];
  if ((sum > 1e-280 && sum < 1e280) || Number.isNaN(sum)) return Math.sqrt(sum);
  let top = 0;
  for (let i = 0, p = at; i < count; i++, p += step) top = Math.max(top, Math.abs(x[p]));
  if (top === 0 || top === Number.POSITIVE_INFINITY) return top;
  sum = 0;
  for (let i = 0, p = at; i < count; i++, p += step) sum += (x[p] / top) ** 2;
  return top * Math.sqrt(sum);
}

/**
 * The reflection that takes the vector at `at` to (beta, 0, …); beta and the rest of v replace the vector, tau is
 * returned (dlarfg): beta has the sign opposite to the first entry.
 */
export function reflector(x: Float64Array, at: number, step: number, count: number): number {
  const below = norm2(x, at + step, step, count - 1);
  if (count <= 1 || below === 0) return 0;
  const alpha = x[at];
  const beta = -withSign(length2(alpha, below), alpha);
  if (Math.abs(beta) < SMALLEST) {
    // Numbers this small have lost digits: H would not be orthogonal.
    for (let i = 0, p = at; i < count; i++, p += step) x[p] *= 2 ** 600;
    const tau = reflector(x, at, step, count);
    x[at] *= 2 ** -600;
    return tau;
  }
  const reciprocal = 1 / (alpha - beta);
  const fits = Number.isFinite(reciprocal);
  for (let i = 1, p = at + step; i < count; i++, p += step) x[p] = fits ? x[p] * reciprocal : x[p] / (alpha - beta);
  x[at] = beta;
  return (beta - alpha) / beta;
}

/** `count` reflections of vectors of length `size`: entry r > j of vector j stands at `at + r·rowStep + j·columnStep`. */
export interface Reflectors {
  readonly data: Float64Array;
  readonly at: number;
  readonly rowStep: number;
  readonly columnStep: number;
  readonly tau: Float64Array;
  readonly count: number;
  readonly size: number;
}

/**
 * C := Q C, or Qᵀ C, for Q = H₀ H₁ … of `r` and row-major C (size × columns, rows `ldc` apart, beginning at `co`).
 * With `identity`, C holds the identity at first, which saves the products with its zeros.
 */
export function applyReflectors(
  r: Reflectors,
  c: Float64Array,
  co: number,
  ldc: number,
  columns: number,
  transposed = false,
  identity = false,
): void {
  const blocks = Math.ceil(r.count / BLOCK);
  for (let k = 0; k < blocks; k++) {
    const j0 = BLOCK * (transposed ? k : blocks - 1 - k);
    const width = Math.min(BLOCK, r.count - j0);
    const from = identity ? j0 : 0;
    applyBlock(r, j0, width, c, co + j0 * ldc + from, ldc, columns - from, transposed);
  }
}

/** Applies reflections j0 … j0 + width − 1 to rows j0 … of C, which begins at `co`. */
export function applyBlock(
  r: Reflectors,
  j0: number,
  width: number,
  c: Float64Array,
  co: number,
  ldc: number,
  columns: number,
  transposed: boolean,
): void {
  const rows = r.size - j0;
  if (columns <= 0) return;
  inRoom(applyingRoom(rows, columns), take => {
    if (width < 8 || columns < 8) {
      const v = take(rows);
      const w = take(columns);
      for (let k = 0; k < width; k++) {
        const j = j0 + (transposed ? k : width - 1 - k);
        if (r.tau[j] === 0) continue;
        v[0] = 1;
        for (let i = 1; i < r.size - j; i++) v[i] = r.data[r.at + (j + i) * r.rowStep + j * r.columnStep];
        reflectRows(v, r.tau[j], r.size - j, c, co + (j - j0) * ldc, ldc, columns, w);
      }
      return;
    }
    // V explicitly, unit lower trapezoidal, vector by vector.
    const v = take(rows * width);
    for (let j = 0; j < width; j++) {
      v[j * rows + j] = 1;
      const vector = r.at + (j0 + j) * r.columnStep;
      for (let i = j + 1; i < rows; i++) v[j * rows + i] = r.data[vector + (j0 + i) * r.rowStep];
    }
    const products = take(width * width);
    addProduct(width, width, rows, 1, v, 0, rows, 1, v, 0, 1, rows, products, 0, width);
    const t = triangle(products, width, r.tau, j0, take(width * width));
    const w = take(width * columns);
    addProduct(width, columns, rows, 1, v, 0, rows, 1, c, co, ldc, 1, w, 0, columns);
    const tw = take(width * columns);
    const [rs, cs] = transposed ? [1, width] : [width, 1];
    addProduct(width, columns, width, 1, t, 0, rs, cs, w, 0, columns, 1, tw, 0, columns);
    addProduct(rows, columns, width, -1, v, 0, 1, rows, tw, 0, columns, 1, c, co, ldc);
  });
}

/** The numbers that `applyBlock` takes room for. */
export const applyingRoom = (rows: number, columns: number): number => BLOCK * (rows + 2 * columns + 2 * BLOCK);

/** The upper triangle T of H₀ H₁ … = I − V T Vᵀ (dlarft), from the products VᵀV of the vectors. */
function triangle(products: Float64Array, width: number, tau: Float64Array, j0: number, t: Float64Array): Float64Array {
  for (let j = 0; j < width; j++) {
    const factor = tau[j0 + j];
    t[j * width + j] = factor;
    for (let i = 0; i < j; i++) {
      let s = 0;
      for (let p = i; p < j; p++) s += t[i * width + p] * (-factor * products[p * width + j]);
      t[i * width + j] = s;
    }
  }
  return t;
}
