// C += alpha A B after Goto and van de Geijn (2008): packed slivers of four lines, tiles of 4×4 in registers. Tiles of 5×4
// are 5 percent faster from sides of 100 on and 10 to 30 percent slower below 64; 6×4 and 4×6 do not fit the registers.
// The order of additions is that of ../product.ts, so both give the same bits; for that no fused multiply-add is used. With
// two numbers to a vector that leaves 8 operations a cycle at best, half of what OpenBLAS reaches with AVX2.

/** Depth and height of a packed block of A, width of one of B. */
const DEPTH: i32 = 256;
const HEIGHT: i32 = 96;
const WIDTH: i32 = 1024;

const packedA = memory.data(96 * 256 * 8, 16);
const packedB = memory.data(1024 * 256 * 8, 16);
const edge = memory.data(4 * 4 * 8, 16);

/** Addresses and steps are in bytes. */
export function addProduct(
  m: i32,
  n: i32,
  k: i32,
  alpha: f64,
  a: usize,
  ars: usize,
  acs: usize,
  b: usize,
  brs: usize,
  bcs: usize,
  c: usize,
  ldc: usize,
): void {
  for (let j0: i32 = 0; j0 < n; j0 += WIDTH) {
    const width = min(WIDTH, n - j0);
    for (let p0: i32 = 0; p0 < k; p0 += DEPTH) {
      const depth = min(DEPTH, k - p0);
      pack(packedB, b + <usize>p0 * brs + <usize>j0 * bcs, bcs, brs, width, depth, 1);
      for (let i0: i32 = 0; i0 < m; i0 += HEIGHT) {
        const height = min(HEIGHT, m - i0);
        pack(packedA, a + <usize>i0 * ars + <usize>p0 * acs, ars, acs, height, depth, alpha);
        block(height, width, depth, c + <usize>i0 * ldc + ((<usize>j0) << 3), ldc);
      }
    }
  }
}

function block(height: i32, width: i32, depth: i32, c: usize, ldc: usize): void {
  const sliver = (<usize>depth) << 3;
  for (let j: i32 = 0; j < width; j += 4) {
    const b = packedB + <usize>j * sliver;
    for (let i: i32 = 0; i < height; i += 4) {
      const a = packedA + <usize>i * sliver;
      const at = c + <usize>i * ldc + ((<usize>j) << 3);
      if (i + 4 <= height && j + 4 <= width) tile(a, b, depth, at, ldc);
      else {
        memory.fill(edge, 0, 128);
        tile(a, b, depth, edge, 32);
        const rows = min(4, height - i);
        const wide = min(4, width - j);
        for (let r: i32 = 0; r < rows; r++) {
          for (let s: i32 = 0; s < wide; s++) {
            const to = at + <usize>r * ldc + ((<usize>s) << 3);
            store<f64>(to, load<f64>(to) + load<f64>(edge + ((<usize>(r * 4 + s)) << 3)));
          }
        }
      }
    }
  }
}

/** Slivers of four lines (`lineStep` apart), entry by entry (`step` apart); lines beyond `lines` are zero. */
function pack(to: usize, from: usize, lineStep: usize, step: usize, lines: i32, depth: i32, alpha: f64): void {
  const factor = f64x2.splat(alpha);
  for (let i: i32 = 0; i < lines; i += 4) {
    const f0 = from + <usize>i * lineStep;
    if (i + 4 > lines) {
      for (let p: i32 = 0; p < depth; p++) {
        for (let r: i32 = 0; r < 4; r++) {
          store<f64>(to, i + r < lines ? alpha * load<f64>(f0 + <usize>r * lineStep + <usize>p * step) : 0);
          to += 8;
        }
      }
    } else if (lineStep === 8) {
      for (let p: i32 = 0, f = f0; p < depth; p++, f += step, to += 32) {
        v128.store(to, f64x2.mul(factor, v128.load(f)));
        v128.store(to, f64x2.mul(factor, v128.load(f, 16)), 16);
      }
    } else {
      let f = f0;
      let g = f + lineStep;
      let h = g + lineStep;
      let l = h + lineStep;
      let p: i32 = 0;
      if (step === 8) {
        for (; p + 2 <= depth; p += 2, to += 64) {
          const x = f64x2.mul(factor, v128.load(f));
          const y = f64x2.mul(factor, v128.load(g));
          const z = f64x2.mul(factor, v128.load(h));
          const w = f64x2.mul(factor, v128.load(l));
          v128.store(to, v128.shuffle<f64>(x, y, 0, 2));
          v128.store(to, v128.shuffle<f64>(z, w, 0, 2), 16);
          v128.store(to, v128.shuffle<f64>(x, y, 1, 3), 32);
          v128.store(to, v128.shuffle<f64>(z, w, 1, 3), 48);
          f += 16;
          g += 16;
          h += 16;
          l += 16;
        }
      }
      for (; p < depth; p++, to += 32) {
        store<f64>(to, alpha * load<f64>(f));
        store<f64>(to, alpha * load<f64>(g), 8);
        store<f64>(to, alpha * load<f64>(h), 16);
        store<f64>(to, alpha * load<f64>(l), 24);
        f += step;
        g += step;
        h += step;
        l += step;
      }
    }
  }
}

/** The 4×4 tile of C at `c`. Several steps a turn are slower: V8 loads ahead for all of them and runs out of registers. */
function tile(a: usize, b: usize, depth: i32, c: usize, ldc: usize): void {
  let c00 = f64x2.splat(0);
  let c01 = f64x2.splat(0);
  let c10 = f64x2.splat(0);
  let c11 = f64x2.splat(0);
  let c20 = f64x2.splat(0);
  let c21 = f64x2.splat(0);
  let c30 = f64x2.splat(0);
  let c31 = f64x2.splat(0);
  for (const end = b + ((<usize>depth) << 5); b < end; a += 32, b += 32) {
    const y0 = v128.load(b);
    const y1 = v128.load(b, 16);
    let x = v128.load64_splat(a);
    c00 = f64x2.add(c00, f64x2.mul(x, y0));
    c01 = f64x2.add(c01, f64x2.mul(x, y1));
    x = v128.load64_splat(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(x, y0));
    c11 = f64x2.add(c11, f64x2.mul(x, y1));
    x = v128.load64_splat(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(x, y0));
    c21 = f64x2.add(c21, f64x2.mul(x, y1));
    x = v128.load64_splat(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(x, y0));
    c31 = f64x2.add(c31, f64x2.mul(x, y1));
  }
  addTo(c, c00, c01);
  addTo(c + ldc, c10, c11);
  addTo(c + 2 * ldc, c20, c21);
  addTo(c + 3 * ldc, c30, c31);
}

function addTo(c: usize, x: v128, y: v128): void {
  v128.store(c, f64x2.add(v128.load(c), x));
  v128.store(c, f64x2.add(v128.load(c, 16), y), 16);
}
