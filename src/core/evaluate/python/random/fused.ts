/** Multiplication and addition with one rounding, as processors have it since 2013 and as compiled code uses it. */

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);
/** Splits a double into halves whose products are exact (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/** x + y to the nearest double of odd last bit, unless it is exact: rounding that once more never goes wrong. */
function oddSum(x: number, y: number): number {
  const sum = x + y;
  const part = sum - x;
  const error = x - (sum - part) + (y - part);
  if (error === 0) return sum;
  number[0] = sum;
  if ((words[0] & 1) === 1) return sum;
  // An even last bit: one step towards the exact sum.
  if (error > 0 === sum > 0) words[0] |= 1;
  else {
    if (words[0] === 0) words[1] -= 1;
    words[0] -= 1;
  }
  return number[0];
}

/** a · b + c rounded once, for operands far from overflow and underflow (Boldo and Melquiond 2008). */
export function fused(a: number, b: number, c: number): number {
  const product = a * b;
  const bigA = SPLITTER * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = SPLITTER * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  const rest = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
  // c + rest, then the product and the larger part of it; what is left of both decides the rounding.
  const low = c + rest;
  const lowPart = low - c;
  const lowError = c - (low - lowPart) + (rest - lowPart);
  const high = product + low;
  const highPart = high - product;
  const highError = product - (high - highPart) + (low - highPart);
  return high + oddSum(lowError, highError);
}

/** The same for float32 operands. */
export const fusedSingle = (a: number, b: number, c: number): number => Math.fround(oddSum(a * b, c));
