import { exp } from './exponential';

/**
 * Loops over contiguous float64 numbers, one for each function: with a function as an argument every element would cost
 * a call and the numbers would be allocated.
 */
export type RealLoop = (x: Float64Array, out: Float64Array) => void;
export type RealLoop2 = (x: Float64Array, y: Float64Array, out: Float64Array) => void;

/** How far to go on in an operand with each element of the result: a single number stays where it is. */
const step = (x: Float64Array): 0 | 1 => (x.length === 1 ? 0 : 1);

/** Operands have the length of the result or are a single number. */
export const REAL_LOOPS_2: Readonly<Record<'add' | 'subtract' | 'multiply' | 'divide', RealLoop2>> = {
  add(x, y, out) {
    const [dx, dy] = [step(x), step(y)];
    for (let k = 0, i = 0, j = 0; k < out.length; k++, i += dx, j += dy) out[k] = x[i] + y[j];
  },
  subtract(x, y, out) {
    const [dx, dy] = [step(x), step(y)];
    for (let k = 0, i = 0, j = 0; k < out.length; k++, i += dx, j += dy) out[k] = x[i] - y[j];
  },
  multiply(x, y, out) {
    const [dx, dy] = [step(x), step(y)];
    for (let k = 0, i = 0, j = 0; k < out.length; k++, i += dx, j += dy) out[k] = x[i] * y[j];
  },
  divide(x, y, out) {
    const [dx, dy] = [step(x), step(y)];
    for (let k = 0, i = 0, j = 0; k < out.length; k++, i += dx, j += dy) out[k] = x[i] / y[j];
  },
};

/** By the names of NumPy's functions. */
export const REAL_LOOPS: Readonly<Record<string, RealLoop | undefined>> = {
  exp(x, out) {
    for (let k = 0; k < out.length; k++) out[k] = exp(x[k]);
  },
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

/**
 * The sum of squares: one after the other while they are few, as the BLAS behind NumPy does; of many in eight sums side by
 * side, which is as exact and several times as fast.
 */
export function sumOfSquares(x: Float64Array): number {
  const n = x.length;
  let s = 0;
  let k = 0;
  if (n >= 32) {
    let [a, b, c, d, e, f, g, h] = [0, 0, 0, 0, 0, 0, 0, 0];
    for (const whole = n - (n % 8); k < whole; k += 8) {
      a += x[k] * x[k];
      b += x[k + 1] * x[k + 1];
      c += x[k + 2] * x[k + 2];
      d += x[k + 3] * x[k + 3];
      e += x[k + 4] * x[k + 4];
      f += x[k + 5] * x[k + 5];
      g += x[k + 6] * x[k + 6];
      h += x[k + 7] * x[k + 7];
    }
    s = a + b + (c + d) + (e + f + (g + h));
  }
  for (; k < n; k++) s += x[k] * x[k];
  return s;
}

/** The largest of `n` numbers from `start` on; NaN where there is one among them. */
export function largest(x: Float64Array, start: number, n: number): number {
  let best = Number.NEGATIVE_INFINITY;
  for (let k = start; k < start + n; k++) {
    const v = x[k];
    if (v > best) best = v;
    else if (Number.isNaN(v)) return v;
  }
  return best;
}

/** The smallest, likewise. */
export function smallest(x: Float64Array, start: number, n: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = start; k < start + n; k++) {
    const v = x[k];
    if (v < best) best = v;
    else if (Number.isNaN(v)) return v;
  }
  return best;
}
