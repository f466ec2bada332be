import { fromReal, type NDArray, sizeOf, toFloat64 } from '../../../../values/ndarray';

/**
 * Products of small float32 matrices in the order in which OpenBLAS adds them on a processor with vectors of eight: one entry
 * after the other, rounded once after each fused multiply-add. Of rows that are left over from blocks of twelve, blocks of
 * four have two sums in turns, in columns that fill a vector.
 */

/** Multiplications up to which the order is followed; beyond them speed tells. */
const SMALL = 1 << 16;
const ROWS = 12;
const BLOCK = 4;
const LANES = 8;

/** Whether the product of two tensors is one of two small matrices, the first of which may be a stack of rows. */
export function isSmallProduct(a: NDArray, b: NDArray): boolean {
  if (a.dtype !== 'float32' || b.dtype !== 'float32' || a.shape.length < 2 || b.shape.length !== 2) return false;
  return sizeOf(a.shape) * b.shape[1] <= SMALL;
}

export function smallProduct(a: NDArray, b: NDArray): NDArray {
  const [k, columns] = b.shape;
  const rows = sizeOf(a.shape.slice(0, -1));
  const [x, y] = [toFloat64(a), toFloat64(b)];
  const out = new Float64Array(rows * columns);
  const whole = Math.floor(rows / ROWS) * ROWS;
  const pairs = whole + Math.floor((rows - whole) / BLOCK) * BLOCK;
  const vectors = Math.floor(columns / LANES) * LANES;
  const turns = Math.floor(k / LANES) * LANES;
  const round = Math.fround;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const two = i >= whole && i < pairs && j < vectors;
      let [sum, other] = [0, 0];
      for (let l = 0; l < k; l++) {
        const product = x[i * k + l] * y[l * columns + j];
        if (two && l < turns && l % 2 === 1) other = round(other + product);
        else sum = round(sum + product);
      }
      out[i * columns + j] = two ? round(sum + other) : sum;
    }
  return fromReal('float32', [...a.shape.slice(0, -1), columns], out);
}
