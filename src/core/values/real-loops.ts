import { exponentials } from '../kernels/exponential';

export { sumOfSquares } from '../kernels/vectors';

/**
 * Loops over contiguous float64 numbers, one for each function: with a function as an argument every element would cost
 * a call and the numbers would be allocated.
 */
export type RealLoop = (x: Float64Array, out: Float64Array) => void;
export type RealLoop2 = (x: Float64Array, y: Float64Array, out: Float64Array) => void;

/**
 * Operands have the length of the result or are a single number. Many elements a turn take half the time of one; a quotient
 * takes its time anyhow.
 */
export const REAL_LOOPS_2: Readonly<Record<'add' | 'subtract' | 'multiply' | 'divide', RealLoop2>> = {
  add(x, y, out) {
    const n = out.length;
    const [a, b] = [x[0], y[0]];
    if (y.length === 1) for (let k = 0; k < n; k++) out[k] = x[k] + b;
    else if (x.length === 1) for (let k = 0; k < n; k++) out[k] = a + y[k];
    else {
      let k = 0;
      for (; k + 16 <= n; k += 16) {
        out[k] = x[k] + y[k];
        out[k + 1] = x[k + 1] + y[k + 1];
        out[k + 2] = x[k + 2] + y[k + 2];
        out[k + 3] = x[k + 3] + y[k + 3];
        out[k + 4] = x[k + 4] + y[k + 4];
        out[k + 5] = x[k + 5] + y[k + 5];
        out[k + 6] = x[k + 6] + y[k + 6];
        out[k + 7] = x[k + 7] + y[k + 7];
        out[k + 8] = x[k + 8] + y[k + 8];
        out[k + 9] = x[k + 9] + y[k + 9];
        out[k + 10] = x[k + 10] + y[k + 10];
        out[k + 11] = x[k + 11] + y[k + 11];
        out[k + 12] = x[k + 12] + y[k + 12];
        out[k + 13] = x[k + 13] + y[k + 13];
        out[k + 14] = x[k + 14] + y[k + 14];
        out[k + 15] = x[k + 15] + y[k + 15];
      }
      for (; k < n; k++) out[k] = x[k] + y[k];
    }
  },
  subtract(x, y, out) {
    const n = out.length;
    const [a, b] = [x[0], y[0]];
    if (y.length === 1) for (let k = 0; k < n; k++) out[k] = x[k] - b;
    else if (x.length === 1) for (let k = 0; k < n; k++) out[k] = a - y[k];
    else {
      let k = 0;
      for (; k + 16 <= n; k += 16) {
        out[k] = x[k] - y[k];
        out[k + 1] = x[k + 1] - y[k + 1];
        out[k + 2] = x[k + 2] - y[k + 2];
        out[k + 3] = x[k + 3] - y[k + 3];
        out[k + 4] = x[k + 4] - y[k + 4];
        out[k + 5] = x[k + 5] - y[k + 5];
        out[k + 6] = x[k + 6] - y[k + 6];
        out[k + 7] = x[k + 7] - y[k + 7];
        out[k + 8] = x[k + 8] - y[k + 8];
        out[k + 9] = x[k + 9] - y[k + 9];
        out[k + 10] = x[k + 10] - y[k + 10];
        out[k + 11] = x[k + 11] - y[k + 11];
        out[k + 12] = x[k + 12] - y[k + 12];
        out[k + 13] = x[k + 13] - y[k + 13];
        out[k + 14] = x[k + 14] - y[k + 14];
        out[k + 15] = x[k + 15] - y[k + 15];
      }
      for (; k < n; k++) out[k] = x[k] - y[k];
    }
  },
  multiply(x, y, out) {
    const n = out.length;
    const [a, b] = [x[0], y[0]];
    if (y.length === 1) for (let k = 0; k < n; k++) out[k] = x[k] * b;
    else if (x.length === 1) for (let k = 0; k < n; k++) out[k] = a * y[k];
    else {
      let k = 0;
      for (; k + 16 <= n; k += 16) {
        out[k] = x[k] * y[k];
        out[k + 1] = x[k + 1] * y[k + 1];
        out[k + 2] = x[k + 2] * y[k + 2];
        out[k + 3] = x[k + 3] * y[k + 3];
        out[k + 4] = x[k + 4] * y[k + 4];
        out[k + 5] = x[k + 5] * y[k + 5];
        out[k + 6] = x[k + 6] * y[k + 6];
        out[k + 7] = x[k + 7] * y[k + 7];
        out[k + 8] = x[k + 8] * y[k + 8];
        out[k + 9] = x[k + 9] * y[k + 9];
        out[k + 10] = x[k + 10] * y[k + 10];
        out[k + 11] = x[k + 11] * y[k + 11];
        out[k + 12] = x[k + 12] * y[k + 12];
        out[k + 13] = x[k + 13] * y[k + 13];
        out[k + 14] = x[k + 14] * y[k + 14];
        out[k + 15] = x[k + 15] * y[k + 15];
      }
      for (; k < n; k++) out[k] = x[k] * y[k];
    }
  },
  divide(x, y, out) {
    const n = out.length;
    const [a, b] = [x[0], y[0]];
    if (y.length === 1) for (let k = 0; k < n; k++) out[k] = x[k] / b;
    else if (x.length === 1) for (let k = 0; k < n; k++) out[k] = a / y[k];
    else {
      let k = 0;
      for (; k + 4 <= n; k += 4) {
        out[k] = x[k] / y[k];
        out[k + 1] = x[k + 1] / y[k + 1];
        out[k + 2] = x[k + 2] / y[k + 2];
        out[k + 3] = x[k + 3] / y[k + 3];
      }
      for (; k < n; k++) out[k] = x[k] / y[k];
    }
  },
};

/** By the names of NumPy's functions. */
export const REAL_LOOPS: Readonly<Record<string, RealLoop | undefined>> = {
  exp: exponentials,
  sqrt(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = Math.sqrt(x[k]);
  },
  log(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = Math.log(x[k]);
  },
  sin(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = Math.sin(x[k]);
  },
  cos(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = Math.cos(x[k]);
  },
  tanh(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = Math.tanh(x[k]);
  },
  absolute(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = Math.abs(x[k]);
  },
  negative(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = -x[k];
  },
  square(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = x[k] * x[k];
  },
};

/**
 * The sum of `n` numbers from `start` on as NumPy adds them: eight accumulators in blocks of up to 128, halves above.
 */
export function pairwise(x: Float64Array, start: number, n: number): number {
  const end = start + n;
  if (n < 8) {
    let s = 0;
    for (let k = start; k < end; k++) s += x[k];
    return s;
  }
  if (n > 128) {
    const half = (n >> 1) - ((n >> 1) % 8);
    return pairwise(x, start, half) + pairwise(x, start + half, n - half);
  }
  let k = start;
  let [a, b, c, d] = [x[k], x[k + 1], x[k + 2], x[k + 3]];
  let [e, f, g, h] = [x[k + 4], x[k + 5], x[k + 6], x[k + 7]];
  const whole = end - (n % 8);
  for (k += 8; k < whole; k += 8) {
    a += x[k];
    b += x[k + 1];
    c += x[k + 2];
    d += x[k + 3];
    e += x[k + 4];
    f += x[k + 5];
    g += x[k + 6];
    h += x[k + 7];
  }
  let s = a + b + (c + d) + (e + f + (g + h));
  for (; k < end; k++) s += x[k];
  return s;
}

/** The largest of `n` numbers from `start` on; NaN where there is one among them. */
export function largest(x: Float64Array, start: number, n: number): number {
  let best = Number.NEGATIVE_INFINITY;
  const end = start + n;
  for (let k = start; k < end; k++) {
    // Four at a time while none of them is larger, or not a number.
    while (k + 4 <= end && x[k] <= best && x[k + 1] <= best && x[k + 2] <= best && x[k + 3] <= best) k += 4;
    if (k === end) break;
    const v = x[k];
    if (v > best) best = v;
    else if (Number.isNaN(v)) return v;
  }
  return best;
}

/** The smallest, likewise. */
export function smallest(x: Float64Array, start: number, n: number): number {
  let best = Number.POSITIVE_INFINITY;
  const end = start + n;
  for (let k = start; k < end; k++) {
    while (k + 4 <= end && x[k] >= best && x[k + 1] >= best && x[k + 2] >= best && x[k + 3] >= best) k += 4;
    if (k === end) break;
    const v = x[k];
    if (v < best) best = v;
    else if (Number.isNaN(v)) return v;
  }
  return best;
}
