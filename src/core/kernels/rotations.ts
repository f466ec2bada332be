import { at, reach, type Take } from './wasm';

/** Numbers of sweeps that wait, at most where one alone is not longer. */
const WAITING = 2 ** 15;

/**
 * Rotations of neighbouring columns of a row-major matrix, which wait until there are enough of them to go over the matrix
 * once: eight rows stay in the cache for all.
 */
export class Turns {
  readonly #x: Float64Array;
  readonly #ldx: number;
  readonly #rows: number;
  readonly #sweeps: Float64Array;
  readonly #panel: Float64Array;
  #used = 0;
  #count = 0;
  #low = Number.POSITIVE_INFINITY;
  #high = 0;

  /** The numbers that rotations of so many columns take room for. */
  static room(columns: number): number {
    return Turns.#waiting(columns) + 8 * columns;
  }

  static #waiting(columns: number): number {
    return Math.max(Math.min(WAITING, columns * columns), 2 * columns + 1);
  }

  constructor(x: Float64Array, ldx: number, rows: number, columns: number, take: Take) {
    this.#x = x;
    this.#ldx = ldx;
    this.#rows = rows;
    this.#sweeps = take(Turns.#waiting(columns));
    this.#panel = take(8 * columns);
  }

  /**
   * Rotations k = first … last − 1, forwards or backwards (dlasr): column k becomes s·column(k+1) + c·column(k), column
   * k + 1 becomes c·column(k+1) − s·column(k).
   */
  add(first: number, last: number, c: Float64Array, s: Float64Array, forward: boolean): void {
    if (last <= first) return;
    if (this.#used + 3 + 2 * (last - first) > this.#sweeps.length) this.flush();
    const to = this.#sweeps;
    let p = this.#used;
    to[p++] = first;
    to[p++] = last;
    to[p++] = forward ? 1 : -1;
    for (let t = first; t < last; t++) {
      const k = forward ? t : first + last - 1 - t;
      to[p++] = c[k];
      to[p++] = forward ? s[k] : -s[k];
    }
    this.#used = p;
    this.#count++;
    this.#low = Math.min(this.#low, first);
    this.#high = Math.max(this.#high, last);
  }

  /** Turns the matrix by all that waits. */
  flush(): void {
    if (this.#count === 0) return;
    const kernels = reach(this.#x, this.#sweeps, this.#panel);
    if (kernels) {
      const [x, sweeps, panel] = [this.#x, this.#sweeps, this.#panel].map(array => at(array, 0));
      kernels.turnColumns(x, 8 * this.#ldx, this.#rows, this.#low, this.#high, sweeps, this.#count, panel);
    } else for (let r = 0; r < this.#rows; r++) this.#turnRow(r * this.#ldx);
    this.#used = this.#count = this.#high = 0;
    this.#low = Number.POSITIVE_INFINITY;
  }

  #turnRow(row: number): void {
    const x = this.#x;
    const s = this.#sweeps;
    for (let p = 0; p < this.#used; ) {
      const step = s[p + 2];
      let k = row + (step > 0 ? s[p] : s[p + 1]);
      const end = p + 3 + 2 * (s[p + 1] - s[p]);
      let carried = x[k];
      for (p += 3; p < end; p += 2, k += step) {
        const y = x[k + step];
        x[k] = s[p] * carried + s[p + 1] * y;
        carried = s[p] * y - s[p + 1] * carried;
      }
      x[k] = carried;
    }
  }
}

/** The numbers of one reflection in a list of them: v, w, t, t·v and t·w of I − t (1, v, w)ᵀ (1, v, w). */
export const TRIPLE = 5;

/**
 * Applies `count` reflections of `factors`, the k-th to rows k, k + 1 and k + 2 of row-major X from `xo` on, `columns` wide.
 * Where w is 0 the third row takes no part, and need not be there.
 */
export function reflectTriples(
  x: Float64Array,
  xo: number,
  ldx: number,
  columns: number,
  factors: Float64Array,
  count: number,
): void {
  if (columns <= 0) return;
  const kernels = reach(x, factors);
  if (kernels) kernels.reflectTriples(at(x, xo), 8 * ldx, columns, at(factors, 0), count);
  else plainTriples(x, xo, ldx, 1, columns, factors, count);
}

/** The same for columns k, k + 1 and k + 2 of `rows` rows; `panel` has room for 32 entries of each column. */
export function reflectColumnTriples(
  x: Float64Array,
  xo: number,
  ldx: number,
  rows: number,
  factors: Float64Array,
  count: number,
  columns: number,
  panel: Float64Array,
): void {
  if (rows <= 0) return;
  const kernels = reach(x, factors, panel);
  if (kernels) {
    kernels.reflectColumnTriples(at(x, xo), 8 * ldx, rows, at(factors, 0), count, columns, at(panel, 0));
  } else plainTriples(x, xo, 1, ldx, rows, factors, count);
}

/** Reflections of lines `step` apart whose `length` entries are `along` apart. */
function plainTriples(
  x: Float64Array,
  xo: number,
  step: number,
  along: number,
  length: number,
  factors: Float64Array,
  count: number,
): void {
  for (let k = 0, f = 0, a = xo; k < count; k++, f += TRIPLE, a += step)
    reflectLines(x, a, step, along, length, factors, f);
}

/** One reflection of `factors`, at `f`. */
export function reflectLines(
  x: Float64Array,
  a: number,
  step: number,
  along: number,
  length: number,
  factors: Float64Array,
  f: number,
): void {
  const v = factors[f];
  const w = factors[f + 1];
  const t = factors[f + 2];
  const tv = factors[f + 3];
  const tw = factors[f + 4];
  const end = a + length * along;
  if (w === 0) {
    for (let p = a; p < end; p += along) {
      const sum = x[p] + v * x[p + step];
      x[p] -= sum * t;
      x[p + step] -= sum * tv;
    }
    return;
  }
  for (let p = a, q = a + step, r = q + step; p < end; p += along, q += along, r += along) {
    const sum = x[p] + v * x[q] + w * x[r];
    x[p] -= sum * t;
    x[q] -= sum * tv;
    x[r] -= sum * tw;
  }
}
