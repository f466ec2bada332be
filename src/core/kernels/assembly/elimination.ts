/**
 * Gaussian elimination of columns from … to − 1 of row-major A (m rows, `columns` wide, `lda` bytes apart), those columns
 * alone updated. The row taken for each pivot goes to `taken`, −1 where the column is 0.
 */
export function eliminate(a: usize, lda: usize, m: i32, columns: i32, from: i32, to: i32, taken: usize): void {
  let largest = search(a, lda, m, from);
  for (let j: i32 = from; j < to; j++, taken += 8) {
    const p = largest;
    const pivotRow = a + <usize>j * lda;
    const column = (<usize>j) << 3;
    const d = load<f64>(a + <usize>p * lda + column);
    if (d === 0) {
      store<f64>(taken, -1);
      if (j + 1 < to) largest = search(a, lda, m, j + 1);
      continue;
    }
    store<f64>(taken, p);
    if (p !== j) swap(pivotRow, a + <usize>p * lda, columns);
    const reciprocal = 1 / d;
    const finite = abs(reciprocal) < Infinity;
    const width = to - j - 1;
    const from = pivotRow + column + 8;
    largest = j + 1;
    let top: f64 = -1;
    for (let i: i32 = j + 1, at = pivotRow + lda + column; i < m; i++, at += lda) {
      const f = finite ? load<f64>(at) * reciprocal : load<f64>(at) / d;
      store<f64>(at, f);
      subtractMultiple(at + 8, f, from, width);
      // The next pivot is looked for on the way.
      const size = abs(load<f64>(at, 8));
      if (size > top || i === j + 1) {
        largest = i;
        top = size;
      }
    }
  }
}

/** The row from j on whose entry in column j is largest. */
function search(a: usize, lda: usize, m: i32, j: i32): i32 {
  let at = a + <usize>j * lda + ((<usize>j) << 3);
  let p = j;
  let top = abs(load<f64>(at));
  for (let i: i32 = j + 1; i < m; i++) {
    at += lda;
    const size = abs(load<f64>(at));
    if (size > top) {
      p = i;
      top = size;
    }
  }
  return p;
}

function swap(x: usize, y: usize, n: i32): void {
  for (; n >= 2; n -= 2, x += 16, y += 16) {
    const t = v128.load(x);
    v128.store(x, v128.load(y));
    v128.store(y, t);
  }
  if (n > 0) {
    const t = load<f64>(x);
    store<f64>(x, load<f64>(y));
    store<f64>(y, t);
  }
}

/** y −= f x for a number f. */
function subtractMultiple(y: usize, f: f64, x: usize, n: i32): void {
  const factor = f64x2.splat(f);
  for (; n >= 4; n -= 4, x += 32, y += 32) {
    v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(factor, v128.load(x))));
    v128.store(y, f64x2.sub(v128.load(y, 16), f64x2.mul(factor, v128.load(x, 16))), 16);
  }
  if (n >= 2) {
    v128.store(y, f64x2.sub(v128.load(y), f64x2.mul(factor, v128.load(x))));
    x += 16;
    y += 16;
  }
  if (n & 1) store<f64>(y, load<f64>(y) - f * load<f64>(x));
}

/** Row-major B (k × columns) := L⁻¹ B, unit lower triangular; eight columns of B at a time. */
export function solveUnitLower(l: usize, ldl: usize, b: usize, ldb: usize, k: i32, columns: i32): void {
  let j: i32 = 0;
  for (; j + 8 <= columns; j += 8, b += 64) {
    for (let i: i32 = 1; i < k; i++) {
      const to = b + <usize>i * ldb;
      let x0 = v128.load(to);
      let x1 = v128.load(to, 16);
      let x2 = v128.load(to, 32);
      let x3 = v128.load(to, 48);
      let f = l + <usize>i * ldl;
      let from = b;
      for (let p: i32 = 0; p < i; p++, f += 8, from += ldb) {
        const factor = v128.load64_splat(f);
        x0 = f64x2.sub(x0, f64x2.mul(factor, v128.load(from)));
        x1 = f64x2.sub(x1, f64x2.mul(factor, v128.load(from, 16)));
        x2 = f64x2.sub(x2, f64x2.mul(factor, v128.load(from, 32)));
        x3 = f64x2.sub(x3, f64x2.mul(factor, v128.load(from, 48)));
      }
      v128.store(to, x0);
      v128.store(to, x1, 16);
      v128.store(to, x2, 32);
      v128.store(to, x3, 48);
    }
  }
  for (; j + 2 <= columns; j += 2, b += 16) {
    for (let i: i32 = 1; i < k; i++) {
      const to = b + <usize>i * ldb;
      let x0 = v128.load(to);
      let f = l + <usize>i * ldl;
      let from = b;
      for (let p: i32 = 0; p < i; p++, f += 8, from += ldb) {
        const factor = v128.load64_splat(f);
        x0 = f64x2.sub(x0, f64x2.mul(factor, v128.load(from)));
      }
      v128.store(to, x0);
    }
  }
  if (j < columns) {
    for (let i: i32 = 1; i < k; i++) {
      const to = b + <usize>i * ldb;
      let x = load<f64>(to);
      let f = l + <usize>i * ldl;
      let from = b;
      for (let p: i32 = 0; p < i; p++, f += 8, from += ldb) x -= load<f64>(f) * load<f64>(from);
      store<f64>(to, x);
    }
  }
}

/**
 * Row-major B (k × columns) := U⁻¹ B, upper triangular; several columns are multiplied by reciprocals.
 */
export function solveUpper(u: usize, ldu: usize, b: usize, ldb: usize, k: i32, columns: i32): void {
  const last = <usize>(k - 1);
  let j: i32 = 0;
  for (; j + 8 <= columns; j += 8, b += 64) {
    for (let i: i32 = k - 1; i >= 0; i--) {
      const to = b + <usize>i * ldb;
      const row = u + <usize>i * ldu;
      let x0 = v128.load(to);
      let x1 = v128.load(to, 16);
      let x2 = v128.load(to, 32);
      let x3 = v128.load(to, 48);
      let f = row + (last << 3);
      let from = b + last * ldb;
      for (let p: i32 = k - 1; p > i; p--, f -= 8, from -= ldb) {
        const factor = v128.load64_splat(f);
        x0 = f64x2.sub(x0, f64x2.mul(factor, v128.load(from)));
        x1 = f64x2.sub(x1, f64x2.mul(factor, v128.load(from, 16)));
        x2 = f64x2.sub(x2, f64x2.mul(factor, v128.load(from, 32)));
        x3 = f64x2.sub(x3, f64x2.mul(factor, v128.load(from, 48)));
      }
      const reciprocal = 1 / load<f64>(f);
      const finite = abs(reciprocal) < Infinity;
      const d = f64x2.splat(finite ? reciprocal : load<f64>(f));
      v128.store(to, finite ? f64x2.mul(x0, d) : f64x2.div(x0, d));
      v128.store(to, finite ? f64x2.mul(x1, d) : f64x2.div(x1, d), 16);
      v128.store(to, finite ? f64x2.mul(x2, d) : f64x2.div(x2, d), 32);
      v128.store(to, finite ? f64x2.mul(x3, d) : f64x2.div(x3, d), 48);
    }
  }
  for (; j + 2 <= columns; j += 2, b += 16) {
    for (let i: i32 = k - 1; i >= 0; i--) {
      const to = b + <usize>i * ldb;
      const row = u + <usize>i * ldu;
      let x0 = v128.load(to);
      let f = row + (last << 3);
      let from = b + last * ldb;
      for (let p: i32 = k - 1; p > i; p--, f -= 8, from -= ldb) {
        const factor = v128.load64_splat(f);
        x0 = f64x2.sub(x0, f64x2.mul(factor, v128.load(from)));
      }
      const reciprocal = 1 / load<f64>(f);
      const finite = abs(reciprocal) < Infinity;
      const d = f64x2.splat(finite ? reciprocal : load<f64>(f));
      v128.store(to, finite ? f64x2.mul(x0, d) : f64x2.div(x0, d));
    }
  }
  if (j < columns) {
    for (let i: i32 = k - 1; i >= 0; i--) {
      const to = b + <usize>i * ldb;
      let x = load<f64>(to);
      let f = u + <usize>i * ldu + (last << 3);
      let from = b + last * ldb;
      for (let p: i32 = k - 1; p > i; p--, f -= 8, from -= ldb) x -= load<f64>(f) * load<f64>(from);
      const d = load<f64>(f);
      const reciprocal = 1 / d;
      const finite = columns > 1 && abs(reciprocal) < Infinity;
      store<f64>(to, finite ? x * reciprocal : x / d);
    }
  }
}
