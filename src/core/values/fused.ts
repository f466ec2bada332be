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
  // The error of the sum (Knuth's TwoSum).
  const back = sum - product;
  const error = product - (sum - back) + (c - back);
  return error === 0 || error > 0 !== apart > 0 ? near : other;
}
