import { at, reach } from './wasm';

/** C := (I − tau v vᵀ) C on `count` rows of row-major C, `ldc` apart; `w` takes tau Cᵀ v. */
export function reflectRows(
  v: Float64Array,
  tau: number,
  count: number,
  c: Float64Array,
  co: number,
  ldc: number,
  columns: number,
  w: Float64Array,
): void {
  const kernels = reach(v, c, w);
  if (kernels) {
    kernels.reflectRows(at(v, 0), tau, count, at(c, co), 8 * ldc, columns, at(w, 0));
    return;
  }
  w.fill(0, 0, columns);
  for (let i = 0; i < count; i++) {
    const x = v[i];
    const row = co + i * ldc;
    for (let j = 0; j < columns; j++) w[j] += x * c[row + j];
  }
  for (let j = 0; j < columns; j++) w[j] *= tau;
  for (let i = 0; i < count; i++) {
    const x = v[i];
    const row = co + i * ldc;
    for (let j = 0; j < columns; j++) c[row + j] -= x * w[j];
  }
}

/** Vectors of one update: A −= p qᵀ + x yᵀ. */
export interface Update {
  readonly p: Float64Array;
  readonly q: Float64Array;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Updates the block of row-major A (rows `lda` apart) whose rows are r0 … r1 − 1 and columns c0 … c1 − 1, and multiplies it
 * in the same pass: dots = A u, and w += Aᵀ v. All vectors are indexed as the rows and columns of A are.
 */
export function updateAndMultiply(
  a: Float64Array,
  lda: number,
  [r0, r1]: readonly [number, number],
  [c0, c1]: readonly [number, number],
  { p, q, x, y }: Update,
  u: Float64Array,
  dots: Float64Array,
  v: Float64Array,
  w: Float64Array,
): void {
  const kernels = reach(a, p, q) && reach(x, y, u) && reach(dots, v, w);
  const start = r0 * lda + c0;
  if (kernels) {
    const sides = [8 * lda, r1 - r0, c1 - c0];
    const update = [at(p, r0), at(q, c0), at(x, r0), at(y, c0)];
    kernels.updateAndMultiply(at(a, start), ...sides, ...update, at(u, c0), at(dots, r0), at(v, r0), at(w, c0));
    return;
  }
  for (let r = r0; r < r1; r++) dots[r] = updateRow(a, r * lda, c0, c1, p[r], q, x[r], y, u, v[r], w);
}

/**
 * The same for rows and columns `from` … to − 1 of the lower triangle of a symmetric A −= v wᵀ + w vᵀ: y += A x.
 */
export function updateTriangle(
  a: Float64Array,
  lda: number,
  from: number,
  to: number,
  v: Float64Array,
  w: Float64Array,
  x: Float64Array,
  y: Float64Array,
): void {
  const kernels = reach(a, v, w) && reach(a, x, y);
  if (kernels) {
    const vectors = [at(v, from), at(w, from), at(x, from), at(y, from)];
    kernels.updateTriangle(at(a, from * (lda + 1)), 8 * lda, to - from, ...vectors);
    return;
  }
  for (let r = from; r < to; r++) {
    const dot = updateRow(a, r * lda, from, r, v[r], w, w[r], v, x, x[r], y);
    const z = a[r * lda + r] - 2 * v[r] * w[r];
    a[r * lda + r] = z;
    y[r] += dot + z * x[r];
  }
}

/** One row: z = a − (p q + x y), w += v z; the answer is Σ z u, in four parts from 33 columns on. */
function updateRow(
  a: Float64Array,
  row: number,
  from: number,
  to: number,
  p: number,
  q: Float64Array,
  x: number,
  y: Float64Array,
  u: Float64Array,
  v: number,
  w: Float64Array,
): number {
  const parts = [0, 0, 0, 0];
  let s = 0;
  let c = from;
  if (to - from > 32) {
    for (; c + 4 <= to; c += 4) {
      for (let k = 0; k < 4; k++) {
        const z = a[row + c + k] - (p * q[c + k] + x * y[c + k]);
        a[row + c + k] = z;
        parts[k] += z * u[c + k];
        w[c + k] += v * z;
      }
    }
    s = parts[0] + parts[2] + (parts[1] + parts[3]);
  }
  for (; c < to; c++) {
    const z = a[row + c] - (p * q[c] + x * y[c]);
    a[row + c] = z;
    s += z * u[c];
    w[c] += v * z;
  }
  return s;
}
