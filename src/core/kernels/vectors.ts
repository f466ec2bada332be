import { at, reach } from './wasm';

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
