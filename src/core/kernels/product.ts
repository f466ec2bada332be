import { dot } from './vectors';
import { copyIn, inRoom, reach } from './wasm';

/** Depth and height of the packed blocks: a block of A stays in the second-level cache, a sliver of B in the first. */
const DEPTH = 256;
const HEIGHT = 96;
const TILE = 4;

let packedA: Float64Array = new Float64Array(0);
let packedB: Float64Array = new Float64Array(0);

const room = (buffer: Float64Array, size: number): Float64Array =>
  buffer.length >= size ? buffer : new Float64Array(size);

/**
 * C += alpha A B for real A (m×k), B (k×n) and row-major C (m×n) inside larger arrays. Entry (i, p) of A stands at
 * `ao + i·ars + p·acs`, so that transposes need no copy; likewise B; C has rows `ldc` apart. C must not overlap A or B.
 * Operands are packed into slivers of four, as Goto and van de Geijn (2008) do; every entry sums in ascending order of p
 * within blocks of 256.
 */
export function addProduct(
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: Float64Array,
  ao: number,
  ars: number,
  acs: number,
  b: Float64Array,
  bo: number,
  brs: number,
  bcs: number,
  c: Float64Array,
  co: number,
  ldc: number,
): void {
  if (m === 0 || n === 0 || k === 0) return;
  if (n === 1 && acs === 1 && brs === 1) {
    for (let i = 0; i < m; i++) c[co + i * ldc] += alpha * dot(a, ao + i * ars, b, bo, k);
    return;
  }
  const kernels = reach(a, b, c);
  if (kernels) {
    const [x, y, z] = [a.byteOffset + 8 * ao, b.byteOffset + 8 * bo, c.byteOffset + 8 * co];
    kernels.addProduct(m, n, k, alpha, x, 8 * ars, 8 * acs, y, 8 * brs, 8 * bcs, z, 8 * ldc);
  } else addPlainProduct(m, n, k, alpha, a, ao, ars, acs, b, bo, brs, bcs, c, co, ldc);
}

/** The product of row-major a (m×k) and b (k×n), in compiled kernels from sides of about 32. */
export function product(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  const compiled = m * k * n >= 32 ** 3 && Math.min(m, n) >= 4;
  return inRoom(compiled ? m * k + k * n + m * n : 0, take => {
    const enter = (x: Float64Array): Float64Array => (compiled ? copyIn(take, x) : x);
    const out = take(m * n);
    addProduct(m, n, k, 1, enter(a), 0, k, 1, enter(b), 0, n, 1, out, 0, n);
    return compiled ? out.slice() : out;
  });
}

/** The product of complex a and b by four real ones; real and imaginary part of an entry stand side by side. */
export function complexProduct(a: Float64Array, b: Float64Array, m: number, k: number, n: number): Float64Array {
  return inRoom(2 * (m * k + k * n + m * n), take => {
    const [x, y] = [copyIn(take, a), copyIn(take, b)];
    const [re, im] = [take(m * n), take(m * n)];
    const add = (alpha: number, partOfA: number, partOfB: number, to: Float64Array): void =>
      addProduct(m, n, k, alpha, x, partOfA, 2 * k, 2, y, partOfB, 2 * n, 2, to, 0, n);
    add(1, 0, 0, re);
    add(-1, 1, 1, re);
    add(1, 0, 1, im);
    add(1, 1, 0, im);
    const out = new Float64Array(2 * m * n);
    for (let i = 0; i < m * n; i++) {
      out[2 * i] = re[i];
      out[2 * i + 1] = im[i];
    }
    return out;
  });
}

function addPlainProduct(
  m: number,
  n: number,
  k: number,
  alpha: number,
  a: Float64Array,
  ao: number,
  ars: number,
  acs: number,
  b: Float64Array,
  bo: number,
  brs: number,
  bcs: number,
  c: Float64Array,
  co: number,
  ldc: number,
): void {
  const columns = Math.ceil(n / TILE) * TILE;
  packedA = room(packedA, (Math.min(m, HEIGHT) + TILE) * Math.min(k, DEPTH));
  packedB = room(packedB, columns * Math.min(k, DEPTH));
  for (let p0 = 0; p0 < k; p0 += DEPTH) {
    const depth = Math.min(DEPTH, k - p0);
    pack(packedB, b, bo + p0 * brs, bcs, brs, n, depth, 1);
    for (let i0 = 0; i0 < m; i0 += HEIGHT) {
      const height = Math.min(HEIGHT, m - i0);
      pack(packedA, a, ao + i0 * ars + p0 * acs, ars, acs, height, depth, alpha);
      for (let j = 0; j < n; j += TILE) {
        for (let i = 0; i < height; i += TILE) {
          const at = co + (i0 + i) * ldc + j;
          if (i + TILE <= height && j + TILE <= n) tile(packedA, i * depth, packedB, j * depth, depth, c, at, ldc);
          else {
            edge.fill(0);
            tile(packedA, i * depth, packedB, j * depth, depth, edge, 0, TILE);
            const rows = Math.min(TILE, height - i);
            const wide = Math.min(TILE, n - j);
            for (let r = 0; r < rows; r++) for (let s = 0; s < wide; s++) c[at + r * ldc + s] += edge[r * TILE + s];
          }
        }
      }
    }
  }
}

const edge = new Float64Array(TILE * TILE);

/** Slivers of four lines (`lineStep` apart), entry by entry (`step` apart); lines beyond `lines` are zero. */
function pack(
  to: Float64Array,
  from: Float64Array,
  start: number,
  lineStep: number,
  step: number,
  lines: number,
  depth: number,
  alpha: number,
): void {
  let t = 0;
  for (let i = 0; i < lines; i += TILE) {
    const f0 = start + i * lineStep;
    if (i + TILE <= lines) {
      const f1 = f0 + lineStep;
      const f2 = f1 + lineStep;
      const f3 = f2 + lineStep;
      for (let p = 0, o = 0; p < depth; p++, o += step) {
        to[t] = alpha * from[f0 + o];
        to[t + 1] = alpha * from[f1 + o];
        to[t + 2] = alpha * from[f2 + o];
        to[t + 3] = alpha * from[f3 + o];
        t += TILE;
      }
    } else {
      for (let p = 0; p < depth; p++) {
        for (let r = 0; r < TILE; r++) to[t++] = i + r < lines ? alpha * from[f0 + r * lineStep + p * step] : 0;
      }
    }
  }
}

/** The 4×4 tile of C at `at`, in two halves of eight sums each, which fit the registers. */
function tile(
  a: Float64Array,
  ao: number,
  b: Float64Array,
  bo: number,
  depth: number,
  c: Float64Array,
  at: number,
  ldc: number,
): void {
  for (let half = 0; half < 2; half++) {
    let s00 = 0;
    let s01 = 0;
    let s02 = 0;
    let s03 = 0;
    let s10 = 0;
    let s11 = 0;
    let s12 = 0;
    let s13 = 0;
    const end = bo + depth * TILE;
    for (let p = ao + 2 * half, q = bo; q < end; p += TILE, q += TILE) {
      const x0 = a[p];
      const x1 = a[p + 1];
      const y0 = b[q];
      const y1 = b[q + 1];
      const y2 = b[q + 2];
      const y3 = b[q + 3];
      s00 += x0 * y0;
      s01 += x0 * y1;
      s02 += x0 * y2;
      s03 += x0 * y3;
      s10 += x1 * y0;
      s11 += x1 * y1;
      s12 += x1 * y2;
      s13 += x1 * y3;
    }
    const r0 = at + 2 * half * ldc;
    const r1 = r0 + ldc;
    c[r0] += s00;
    c[r0 + 1] += s01;
    c[r0 + 2] += s02;
    c[r0 + 3] += s03;
    c[r1] += s10;
    c[r1 + 1] += s11;
    c[r1 + 2] += s12;
    c[r1 + 3] += s13;
  }
}
