/**
 * Turns columns of row-major X (`rows` rows, `ldx` bytes apart) by `count` sweeps, one after the other. A sweep is three
 * numbers, first, last and 1 (forwards) or −1, and then a cosine and a sine for each pair of columns k and k + 1 in the
 * order in which it takes them. Eight rows at a time stand transposed in `panel`, columns low … high of X.
 */
export function turnColumns(
  x: usize,
  ldx: usize,
  rows: i32,
  low: i32,
  high: i32,
  sweeps: usize,
  count: i32,
  panel: usize,
): void {
  x += (<usize>low) << 3;
  const wide = high - low + 1;
  for (let r: i32 = 0; r < rows; r += 8, x += 8 * ldx) {
    const tall = min(8, rows - r);
    if (tall === 8) enter(x, ldx, wide, panel);
    else for (let i: i32 = 0; i < tall; i++) move(x + <usize>i * ldx, 8, panel + ((<usize>i) << 3), 64, wide);
    let s = sweeps;
    for (let k: i32 = 0; k < count; k++) s = sweep(s, panel, low);
    if (tall === 8) leave(panel, x, ldx, wide);
    else for (let i: i32 = 0; i < tall; i++) move(panel + ((<usize>i) << 3), 64, x + <usize>i * ldx, 8, wide);
  }
}

function move(from: usize, step: usize, to: usize, toStep: usize, n: i32): void {
  for (let k: i32 = 0; k < n; k++, from += step, to += toStep) store<f64>(to, load<f64>(from));
}

/** Eight rows of X become columns of the panel. */
function enter(x: usize, ldx: usize, wide: i32, panel: usize): void {
  for (let i: i32 = 0; i < 4; i++, x += 2 * ldx, panel += 16) {
    let a = x;
    let b = x + ldx;
    let to = panel;
    let k: i32 = 0;
    for (; k + 2 <= wide; k += 2, a += 16, b += 16, to += 128) {
      const p = v128.load(a);
      const q = v128.load(b);
      v128.store(to, v128.shuffle<f64>(p, q, 0, 2));
      v128.store(to, v128.shuffle<f64>(p, q, 1, 3), 64);
    }
    if (k < wide) {
      store<f64>(to, load<f64>(a));
      store<f64>(to, load<f64>(b), 8);
    }
  }
}

/** And back. */
function leave(panel: usize, x: usize, ldx: usize, wide: i32): void {
  for (let i: i32 = 0; i < 4; i++, x += 2 * ldx, panel += 16) {
    let a = x;
    let b = x + ldx;
    let from = panel;
    let k: i32 = 0;
    for (; k + 2 <= wide; k += 2, a += 16, b += 16, from += 128) {
      const p = v128.load(from);
      const q = v128.load(from, 64);
      v128.store(a, v128.shuffle<f64>(p, q, 0, 2));
      v128.store(b, v128.shuffle<f64>(p, q, 1, 3));
    }
    if (k < wide) {
      store<f64>(a, load<f64>(from));
      store<f64>(b, load<f64>(from, 8));
    }
  }
}

/**
 * One sweep over the panel; returns where the next one begins. The line that goes on to the next pair stays in registers;
 * eight rows hide the time that its chain takes.
 */
function sweep(s: usize, panel: usize, low: i32): usize {
  const first = <i32>load<f64>(s);
  const last = <i32>load<f64>(s, 8);
  const forward = load<f64>(s, 16) > 0;
  s += 24;
  const end = s + ((<usize>(last - first)) << 4);
  const step: usize = forward ? 64 : -64;
  let at = panel + ((<usize>((forward ? first : last) - low)) << 6);
  let x0 = v128.load(at);
  let x1 = v128.load(at, 16);
  let x2 = v128.load(at, 32);
  let x3 = v128.load(at, 48);
  for (; s < end; s += 16) {
    const c = v128.load64_splat(s);
    const t = v128.load64_splat(s, 8);
    const next = at + step;
    let y: v128;
    y = v128.load(next);
    v128.store(at, f64x2.add(f64x2.mul(c, x0), f64x2.mul(t, y)));
    x0 = f64x2.sub(f64x2.mul(c, y), f64x2.mul(t, x0));
    y = v128.load(next, 16);
    v128.store(at, f64x2.add(f64x2.mul(c, x1), f64x2.mul(t, y)), 16);
    x1 = f64x2.sub(f64x2.mul(c, y), f64x2.mul(t, x1));
    y = v128.load(next, 32);
    v128.store(at, f64x2.add(f64x2.mul(c, x2), f64x2.mul(t, y)), 32);
    x2 = f64x2.sub(f64x2.mul(c, y), f64x2.mul(t, x2));
    y = v128.load(next, 48);
    v128.store(at, f64x2.add(f64x2.mul(c, x3), f64x2.mul(t, y)), 48);
    x3 = f64x2.sub(f64x2.mul(c, y), f64x2.mul(t, x3));
    at = next;
  }
  v128.store(at, x0);
  v128.store(at, x1, 16);
  v128.store(at, x2, 32);
  v128.store(at, x3, 48);
  return s;
}

/**
 * Applies `count` reflections I − t (1, v, w)ᵀ (1, v, w) of three rows each, the k-th to rows k, k + 1, k + 2 of row-major X,
 * `columns` wide and `ldx` bytes apart. `factors` holds v, w, t, and t v, t w of each; a last one of w = 0 may lack a third row.
 */
export function reflectTriples(x: usize, ldx: usize, columns: i32, factors: usize, count: i32): void {
  for (let j: i32 = 0; j < columns; j += 32, x += 256) {
    let a = x;
    let f = factors;
    const wide = min(32, columns - j);
    for (let k: i32 = 0; k < count; k++, a += ldx, f += 40) {
      if (load<f64>(f, 8) === 0) reflectPair(a, a + ldx, wide, f);
      else reflectTriple(a, a + ldx, a + 2 * ldx, wide, f);
    }
  }
}

function reflectTriple(a: usize, b: usize, c: usize, wide: i32, f: usize): void {
  const v = v128.load64_splat(f);
  const w = v128.load64_splat(f, 8);
  const t = v128.load64_splat(f, 16);
  const tv = v128.load64_splat(f, 24);
  const tw = v128.load64_splat(f, 32);
  const end = a + ((<usize>wide) << 3);
  for (; a + 16 <= end; a += 16, b += 16, c += 16) {
    const p = v128.load(a);
    const q = v128.load(b);
    const r = v128.load(c);
    const sum = f64x2.add(f64x2.add(p, f64x2.mul(v, q)), f64x2.mul(w, r));
    v128.store(a, f64x2.sub(p, f64x2.mul(sum, t)));
    v128.store(b, f64x2.sub(q, f64x2.mul(sum, tv)));
    v128.store(c, f64x2.sub(r, f64x2.mul(sum, tw)));
  }
  if (a < end) {
    const sum = load<f64>(a) + load<f64>(f) * load<f64>(b) + load<f64>(f, 8) * load<f64>(c);
    store<f64>(a, load<f64>(a) - sum * load<f64>(f, 16));
    store<f64>(b, load<f64>(b) - sum * load<f64>(f, 24));
    store<f64>(c, load<f64>(c) - sum * load<f64>(f, 32));
  }
}

function reflectPair(a: usize, b: usize, wide: i32, f: usize): void {
  const v = v128.load64_splat(f);
  const t = v128.load64_splat(f, 16);
  const tv = v128.load64_splat(f, 24);
  const end = a + ((<usize>wide) << 3);
  for (; a + 16 <= end; a += 16, b += 16) {
    const p = v128.load(a);
    const q = v128.load(b);
    const sum = f64x2.add(p, f64x2.mul(v, q));
    v128.store(a, f64x2.sub(p, f64x2.mul(sum, t)));
    v128.store(b, f64x2.sub(q, f64x2.mul(sum, tv)));
  }
  if (a < end) {
    const sum = load<f64>(a) + load<f64>(f) * load<f64>(b);
    store<f64>(a, load<f64>(a) - sum * load<f64>(f, 16));
    store<f64>(b, load<f64>(b) - sum * load<f64>(f, 24));
  }
}

/** The same for the columns of X (`rows` rows, reflection k on columns k, k + 1, k + 2), 32 rows at a time in `panel`. */
export function reflectColumnTriples(
  x: usize,
  ldx: usize,
  rows: i32,
  factors: usize,
  count: i32,
  columns: i32,
  panel: usize,
): void {
  for (let r: i32 = 0; r < rows; r += 32, x += 32 * ldx) {
    const tall = min(32, rows - r);
    for (let i: i32 = 0; i < tall; i++) move(x + <usize>i * ldx, 8, panel + ((<usize>i) << 3), 256, columns);
    reflectTriples(panel, 256, tall, factors, count);
    for (let i: i32 = 0; i < tall; i++) move(panel + ((<usize>i) << 3), 256, x + <usize>i * ldx, 8, columns);
  }
}
