/** Up to this length sums go in plain order. */
const SHORT: i32 = 32;

/** Σ x y; long sums in eight parts, as in ../vectors.ts. */
export function dot(x: usize, y: usize, n: i32): f64 {
  let s: f64 = 0;
  const end = x + ((<usize>n) << 3);
  if (n > SHORT) {
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    let s2 = f64x2.splat(0);
    let s3 = f64x2.splat(0);
    for (; x + 64 <= end; x += 64, y += 64) {
      s0 = f64x2.add(s0, f64x2.mul(v128.load(x), v128.load(y)));
      s1 = f64x2.add(s1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
      s2 = f64x2.add(s2, f64x2.mul(v128.load(x, 32), v128.load(y, 32)));
      s3 = f64x2.add(s3, f64x2.mul(v128.load(x, 48), v128.load(y, 48)));
    }
    const t = f64x2.add(f64x2.add(s0, s1), f64x2.add(s2, s3));
    s = f64x2.extract_lane(t, 0) + f64x2.extract_lane(t, 1);
  }
  for (; x < end; x += 8, y += 8) s += load<f64>(x) * load<f64>(y);
  return s;
}

/** out = A x for row-major A, rows `lda` bytes apart. */
export function multiplyRows(a: usize, lda: usize, rows: i32, columns: i32, x: usize, out: usize): void {
  for (let r: i32 = 0; r < rows; r++, a += lda, out += 8) store<f64>(out, dot(a, x, columns));
}

/** Adds the squares of n numbers, a multiple of eight, to eight sums side by side. */
export function addSquares(x: usize, n: i32, sums: usize): void {
  let s0 = v128.load(sums);
  let s1 = v128.load(sums, 16);
  let s2 = v128.load(sums, 32);
  let s3 = v128.load(sums, 48);
  for (const end = x + ((<usize>n) << 3); x < end; x += 64) {
    const a = v128.load(x);
    const b = v128.load(x, 16);
    const c = v128.load(x, 32);
    const d = v128.load(x, 48);
    s0 = f64x2.add(s0, f64x2.mul(a, a));
    s1 = f64x2.add(s1, f64x2.mul(b, b));
    s2 = f64x2.add(s2, f64x2.mul(c, c));
    s3 = f64x2.add(s3, f64x2.mul(d, d));
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
}
