import { addProduct, product } from '../kernels/product';
import { copyIn, inRoom } from '../kernels/wasm';

/** A dense matrix, row-major; `im` is present when it is complex. Kernels never write to their arguments. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly re: Float64Array;
  readonly im?: Float64Array;
  /** Whether the numbers are of single precision: what is found by steps ends as soon as LAPACK's single precision does. */
  readonly single?: true;
}

/** Twice the rounding unit of a matrix's numbers. */
export const ulpOf = (m: Matrix): number => (m.single ? 2 ** -23 : EPSILON);

/** Called with about the floating-point operations of each outer loop; may throw to stop the work. */
export type Spend = (operations: number) => void;

export const EPSILON = 2 ** -52;

export const matrix = (
  rows: number,
  columns: number,
  re: Float64Array = new Float64Array(rows * columns),
  im?: Float64Array,
): Matrix => (im ? { rows, columns, re, im } : { rows, columns, re });

export function identity(n: number): Matrix {
  const m = matrix(n, n);
  for (let i = 0; i < n; i++) m.re[i * n + i] = 1;
  return m;
}

export const allFinite = (m: Matrix): boolean => finite(m.re) && (!m.im || finite(m.im));

/** 0 times what is not finite is NaN. */
function finite(x: Float64Array): boolean {
  let s = 0;
  let t = 0;
  let i = 0;
  for (; i + 3 < x.length; i += 4) {
    s += 0 * x[i] + 0 * x[i + 1];
    t += 0 * x[i + 2] + 0 * x[i + 3];
  }
  for (; i < x.length; i++) s += 0 * x[i];
  return s + t === 0;
}

/** The conjugate transpose; for real matrices the transpose. */
export function adjoint(m: Matrix): Matrix {
  const re = new Float64Array(m.re.length);
  const im = m.im && new Float64Array(m.re.length);
  for (let i = 0; i < m.rows; i++) {
    for (let j = 0; j < m.columns; j++) {
      re[j * m.rows + i] = m.re[i * m.columns + j];
      if (im && m.im) im[j * m.rows + i] = -m.im[i * m.columns + j];
    }
  }
  return matrix(m.columns, m.rows, re, im);
}

/** The product; a complex one by four real ones. Small products sum in plain order. */
export function multiply(a: Matrix, b: Matrix): Matrix {
  const { rows: m, columns: k } = a;
  const n = b.columns;
  if (!a.im && !b.im) return matrix(m, n, product(a.re, b.re, m, k, n));
  return inRoom(2 * (m * k + k * n + m * n), take => {
    const [ar, ai, br, bi] = [a.re, a.im, b.re, b.im].map(x => x && copyIn(take, x));
    const [re, im] = [take(m * n), take(m * n)];
    const add = (alpha: number, x: Float64Array | undefined, y: Float64Array | undefined, to: Float64Array): void => {
      if (x && y) addProduct(m, n, k, alpha, x, 0, k, 1, y, 0, n, 1, to, 0, n);
    };
    add(1, ar, br, re);
    add(-1, ai, bi, re);
    add(1, ar, bi, im);
    add(1, ai, br, im);
    return matrix(m, n, re.slice(), im.slice());
  });
}

export function subtract(a: Matrix, b: Matrix): Matrix {
  const re = a.re.map((x, i) => x - b.re[i]);
  if (!a.im && !b.im) return matrix(a.rows, a.columns, re);
  return matrix(
    a.rows,
    a.columns,
    re,
    re.map((_, i) => (a.im?.[i] ?? 0) - (b.im?.[i] ?? 0)),
  );
}

/** The largest absolute entry, by which callers scale against overflow. */
export function maxAbs(m: Matrix): number {
  let top = 0;
  for (let i = 0; i < m.re.length; i++) top = Math.max(top, Math.abs(m.re[i]), m.im ? Math.abs(m.im[i]) : 0);
  return top;
}

/** The Frobenius norm, scaled so that it neither overflows nor vanishes. */
export function frobenius(m: Matrix): number {
  const top = maxAbs(m);
  if (top === 0 || !Number.isFinite(top)) return top;
  let s = 0;
  for (let i = 0; i < m.re.length; i++) s += (m.re[i] / top) ** 2 + (m.im ? (m.im[i] / top) ** 2 : 0);
  return top * Math.sqrt(s);
}
