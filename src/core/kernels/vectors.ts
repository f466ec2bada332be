import { at, inRoom, reach } from './wasm';

/** Up to this length sums go in plain order. */
const SHORT = 32;

/** Σ x y over n entries from `xo` and `yo` on; sums of more than 32 in eight parts. */
export function dot(x: Float64Array, xo: number, y: Float64Array, yo: number, n: number): number {
  const kernels = n > SHORT ? reach(x, y) : undefined;
  return kernels ? kernels.dot(at(x, xo), at(y, yo), n) : plainDot(x, xo, y, yo, n);
}

function plainDot(x: Float64Array, xo: number, y: Float64Array, yo: number, n: number): number {
  let s = 0;
  let p = xo;
  let q = yo;
  const end = xo + n;
  if (n > SHORT) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    let s4 = 0;
    let s5 = 0;
    let s6 = 0;
    let s7 = 0;
    for (; p + 8 <= end; p += 8, q += 8) {
      s0 += x[p] * y[q];
      s1 += x[p + 1] * y[q + 1];
      s2 += x[p + 2] * y[q + 2];
      s3 += x[p + 3] * y[q + 3];
      s4 += x[p + 4] * y[q + 4];
      s5 += x[p + 5] * y[q + 5];
      s6 += x[p + 6] * y[q + 6];
      s7 += x[p + 7] * y[q + 7];
    }
    s = s0 + s2 + (s4 + s6) + (s1 + s3 + (s5 + s7));
  }
  for (; p < end; p++, q++) s += x[p] * y[q];
  return s;
}

/** out = A x for row-major A from `ao` on, rows `lda` apart. */
export function multiplyRows(
  a: Float64Array,
  ao: number,
  lda: number,
  rows: number,
  columns: number,
  x: Float64Array,
  xo: number,
  out: Float64Array,
  oo: number,
): void {
  const kernels = reach(a, x, out);
  if (kernels) kernels.multiplyRows(at(a, ao), 8 * lda, rows, columns, at(x, xo), at(out, oo));
  else for (let r = 0; r < rows; r++) out[oo + r] = plainDot(a, ao + r * lda, x, xo, columns);
}

/** Numbers that go into the kernels' memory at a time, and from how many on that pays. */
const BLOCK = 8192;
const MANY = 2048;

/**
 * The sum of squares: one after the other while they are few, as the BLAS behind NumPy does; of many in eight sums side by
 * side, which is as exact and several times as fast.
 */
export function sumOfSquares(x: Float64Array): number {
  const n = x.length;
  let s = 0;
  let k = 0;
  if (n >= SHORT) {
    k = n - (n % 8);
    const [a, b, c, d, e, f, g, h] =
      n < MANY
        ? squaresByEight(x, k)
        : inRoom(BLOCK + 8, take => {
            const sums = take(8);
            const block = take(BLOCK, false);
            const kernels = reach(sums, block);
            if (!kernels) return squaresByEight(x, k);
            for (let from = 0; from < k; from += BLOCK) {
              const size = Math.min(BLOCK, k - from);
              block.set(x.subarray(from, from + size));
              kernels.addSquares(at(block, 0), size, at(sums, 0));
            }
            return sums.slice();
          });
    s = a + b + (c + d) + (e + f + (g + h));
  }
  for (; k < n; k++) s += x[k] * x[k];
  return s;
}

/** Eight sums of every eighth of the first n squares. */
function squaresByEight(x: Float64Array, n: number): Float64Array {
  let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let k = 0; k < n; k += 8) {
    a += x[k] * x[k];
    b += x[k + 1] * x[k + 1];
    c += x[k + 2] * x[k + 2];
    d += x[k + 3] * x[k + 3];
    e += x[k + 4] * x[k + 4];
    f += x[k + 5] * x[k + 5];
    g += x[k + 6] * x[k + 6];
    h += x[k + 7] * x[k + 7];
  }
  return Float64Array.of(a, b, c, d, e, f, g, h);
}
