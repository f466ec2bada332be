// Updates of row-major matrices by one or two outer products; the order of additions is that of ../updates.ts.

/** C := (I − tau v vᵀ) C on `rows` rows, `ldc` bytes apart; `w` takes tau Cᵀ v. */
export function reflectRows(v: usize, tau: f64, rows: i32, c: usize, ldc: usize, columns: i32, w: usize): void {
  const factor = f64x2.splat(tau);
  let j: i32 = 0;
  for (; j + 8 <= columns; j += 8, c += 64, w += 64) {
    let w0 = f64x2.splat(0);
    let w1 = f64x2.splat(0);
    let w2 = f64x2.splat(0);
    let w3 = f64x2.splat(0);
    let x = v;
    let at = c;
    for (let i: i32 = 0; i < rows; i++, x += 8, at += ldc) {
      const f = v128.load64_splat(x);
      w0 = f64x2.add(w0, f64x2.mul(f, v128.load(at)));
      w1 = f64x2.add(w1, f64x2.mul(f, v128.load(at, 16)));
      w2 = f64x2.add(w2, f64x2.mul(f, v128.load(at, 32)));
      w3 = f64x2.add(w3, f64x2.mul(f, v128.load(at, 48)));
    }
    w0 = f64x2.mul(w0, factor);
    v128.store(w, w0);
    w1 = f64x2.mul(w1, factor);
    v128.store(w, w1, 16);
    w2 = f64x2.mul(w2, factor);
    v128.store(w, w2, 32);
    w3 = f64x2.mul(w3, factor);
    v128.store(w, w3, 48);
    x = v;
    at = c;
    for (let i: i32 = 0; i < rows; i++, x += 8, at += ldc) {
      const f = v128.load64_splat(x);
      v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(f, w0)));
      v128.store(at, f64x2.sub(v128.load(at, 16), f64x2.mul(f, w1)), 16);
      v128.store(at, f64x2.sub(v128.load(at, 32), f64x2.mul(f, w2)), 32);
      v128.store(at, f64x2.sub(v128.load(at, 48), f64x2.mul(f, w3)), 48);
    }
  }
  for (; j + 2 <= columns; j += 2, c += 16, w += 16) {
    let w0 = f64x2.splat(0);
    let x = v;
    let at = c;
    for (let i: i32 = 0; i < rows; i++, x += 8, at += ldc) {
      const f = v128.load64_splat(x);
      w0 = f64x2.add(w0, f64x2.mul(f, v128.load(at)));
    }
    w0 = f64x2.mul(w0, factor);
    v128.store(w, w0);
    x = v;
    at = c;
    for (let i: i32 = 0; i < rows; i++, x += 8, at += ldc) {
      const f = v128.load64_splat(x);
      v128.store(at, f64x2.sub(v128.load(at), f64x2.mul(f, w0)));
    }
  }
  if (j < columns) {
    let s: f64 = 0;
    for (let i: i32 = 0, x = v, at = c; i < rows; i++, x += 8, at += ldc) s += load<f64>(x) * load<f64>(at);
    s *= tau;
    store<f64>(w, s);
    for (let i: i32 = 0, x = v, at = c; i < rows; i++, x += 8, at += ldc)
      store<f64>(at, load<f64>(at) - load<f64>(x) * s);
  }
}

/**
 * A −= p qᵀ + x yᵀ, and with the new A: dots = A u and w += Aᵀ v, in one pass over the rows.
 */
export function updateAndMultiply(
  a: usize,
  lda: usize,
  rows: i32,
  columns: i32,
  p: usize,
  q: usize,
  x: usize,
  y: usize,
  u: usize,
  dots: usize,
  v: usize,
  w: usize,
): void {
  for (let r: i32 = 0; r < rows; r++, a += lda, p += 8, x += 8, v += 8, dots += 8)
    store<f64>(dots, updateRow(a, columns, load<f64>(p), q, load<f64>(x), y, u, load<f64>(v), w));
}

/** The same for the lower triangle of a symmetric A −= v wᵀ + w vᵀ: y += A x. */
export function updateTriangle(a: usize, lda: usize, size: i32, v: usize, w: usize, x: usize, y: usize): void {
  for (let r: i32 = 0; r < size; r++, a += lda) {
    const at = (<usize>r) << 3;
    const vr = load<f64>(v + at);
    const wr = load<f64>(w + at);
    const xr = load<f64>(x + at);
    const dot = updateRow(a, r, vr, w, wr, v, x, xr, y);
    const z = load<f64>(a + at) - 2 * vr * wr;
    store<f64>(a + at, z);
    store<f64>(y + at, load<f64>(y + at) + (dot + z * xr));
  }
}

/** One row: z = a − (p q + x y), w += v z; the answer is Σ z u, in four parts from 33 columns on. */
function updateRow(a: usize, columns: i32, p: f64, q: usize, x: f64, y: usize, u: usize, v: f64, w: usize): f64 {
  let s: f64 = 0;
  const end = a + ((<usize>columns) << 3);
  if (columns > 32) {
    const pp = f64x2.splat(p);
    const xx = f64x2.splat(x);
    const vv = f64x2.splat(v);
    let s0 = f64x2.splat(0);
    let s1 = f64x2.splat(0);
    while (a + 32 <= end) {
      let z0 = f64x2.add(f64x2.mul(pp, v128.load(q)), f64x2.mul(xx, v128.load(y)));
      z0 = f64x2.sub(v128.load(a), z0);
      v128.store(a, z0);
      s0 = f64x2.add(s0, f64x2.mul(z0, v128.load(u)));
      v128.store(w, f64x2.add(v128.load(w), f64x2.mul(vv, z0)));
      let z1 = f64x2.add(f64x2.mul(pp, v128.load(q, 16)), f64x2.mul(xx, v128.load(y, 16)));
      z1 = f64x2.sub(v128.load(a, 16), z1);
      v128.store(a, z1, 16);
      s1 = f64x2.add(s1, f64x2.mul(z1, v128.load(u, 16)));
      v128.store(w, f64x2.add(v128.load(w, 16), f64x2.mul(vv, z1)), 16);
      a += 32;
      q += 32;
      y += 32;
      u += 32;
      w += 32;
    }
    const t = f64x2.add(s0, s1);
    s = f64x2.extract_lane(t, 0) + f64x2.extract_lane(t, 1);
  }
  for (; a < end; a += 8, q += 8, y += 8, u += 8, w += 8) {
    const z = load<f64>(a) - (p * load<f64>(q) + x * load<f64>(y));
    store<f64>(a, z);
    s += z * load<f64>(u);
    store<f64>(w, load<f64>(w) + v * z);
  }
  return s;
}
