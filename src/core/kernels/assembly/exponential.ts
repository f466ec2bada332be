/**
 * x = e^(x − shift) for n numbers, by the operations of ../exponential.ts in the same order, in pairs: an odd last one has
 * room for another after it. Whether all were within the reach of the method: the others hold nothing of use.
 * `constants` come after the table: read, they stay in registers, while V8 makes those that are written here anew every turn.
 */
export function exponentials(x: usize, n: i32, shift: f64, table: usize, constants: usize): bool {
  const less = f64x2.splat(shift);
  const limit = v128.load(constants);
  const steps = v128.load(constants, 16);
  const rounder = v128.load(constants, 32);
  const lnHigh = v128.load(constants, 48);
  const lnLow = v128.load(constants, 64);
  const half = v128.load(constants, 80);
  const sixth = v128.load(constants, 96);
  const fourth = v128.load(constants, 112);
  const fifth = v128.load(constants, 128);
  let within = i64x2.splat(-1);
  for (const end = x + ((<usize>n) << 3); x < end; x += 16) {
    const y = f64x2.sub(v128.load(x), less);
    within = v128.and(within, f64x2.lt(f64x2.abs(y), limit));
    // The whole number k stands in the low bits of the sum.
    const sum = f64x2.add(f64x2.mul(y, steps), rounder);
    const k = f64x2.sub(sum, rounder);
    const r = f64x2.sub(f64x2.sub(y, f64x2.mul(k, lnHigh)), f64x2.mul(k, lnLow));
    const first = v128.load(table + ((<usize>(i32x4.extract_lane(sum, 0) & 127)) << 4));
    const second = v128.load(table + ((<usize>(i32x4.extract_lane(sum, 2) & 127)) << 4));
    const high = v128.shuffle<f64>(first, second, 0, 2);
    const low = v128.shuffle<f64>(first, second, 1, 3);
    // high · 2^(k / 128, rounded down): what is above the last seven bits of k goes into the exponent.
    const power = i64x2.add(high, i64x2.shl(i64x2.shr_u(sum, 7), 52));
    const square = f64x2.mul(r, r);
    const near = f64x2.mul(square, f64x2.add(half, f64x2.mul(r, sixth)));
    const far = f64x2.mul(f64x2.mul(square, square), f64x2.add(fourth, f64x2.mul(r, fifth)));
    const rest = f64x2.add(f64x2.add(f64x2.add(low, r), near), far);
    v128.store(x, f64x2.add(power, f64x2.mul(power, rest)));
  }
  return i64x2.all_true(within);
}
