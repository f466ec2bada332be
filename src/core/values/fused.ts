/** Exact errors of sums and products, and multiplication with addition rounded once, as processors have it. */

/** Splits a double into halves whose products are exact (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

const word = new Float64Array(1);
const bits = new BigInt64Array(word.buffer);

/** What the rounded sum of a and b lacks (Knuth's TwoSum). */
export function sumError(a: number, b: number, sum: number): number {
  const back = sum - a;
  return a - (sum - back) + (b - back);
}

/** What the rounded product of a and b lacks (Dekker 1971); not finite where an operand is too large to be split. */
export function productError(a: number, b: number, product: number): number {
  const bigA = SPLITTER * a;
  const highA = bigA - (bigA - a);
  const lowA = a - highA;
  const bigB = SPLITTER * b;
  const highB = bigB - (bigB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

/** a·b + c rounded once (Boldo and Melquiond 2008), for a product far from underflow; where an operand is too large to be split, rounded twice. */
export function fused(a: number, b: number, c: number): number {
  const product = a * b;
  const low = productError(a, b, product);
  if (low === 0 || !Number.isFinite(low)) return product + c;
  const t = c + low;
  const v = product + t;
  if (!Number.isFinite(v)) return v;
  const [lowRest, highRest] = [sumError(c, low, t), sumError(product, t, v)];
  const rest = lowRest + highRest;
  const error = sumError(lowRest, highRest, rest);
  word[0] = rest;
  // Rounded to odd, so that the last sum rounds as the whole would.
  if (error !== 0 && (bits[0] & 1n) === 0n) bits[0] += error > 0 === rest > 0 ? 1n : -1n;
  return v + word[0];
}

/**
 * a·b + c of float32 numbers, rounded once (IEEE 754 fused multiply-add). The product is exact in float64; where their sum
 * lies half way between two float32 numbers only after it was rounded to float64, its error says which is nearer.
 */
export function fusedSingle(a: number, b: number, c: number): number {
  const product = a * b;
  const sum = product + c;
  const near = Math.fround(sum);
  const apart = sum - near;
  if (apart === 0) return near;
  const other = near + 2 * apart;
  if (Math.fround(other) !== other) return near;
  const error = sumError(product, c, sum);
  return error === 0 || error > 0 !== apart > 0 ? near : other;
}
