import { type Matrix, matrix } from '../../linalg/index';
import type { Complex } from '../../values/dtype';
import { type Atomic, toValue, type Uncertain, type Vector, vectorOf } from '../../values/r-vector';
import type { Value } from '../../values/value';
import { unknown } from '../stop';
import { plain } from './arithmetic';
import { reject } from './errors';
import { largest, noisy } from './uncertainty';
import { atomic, complexes, numbers } from './vectors';

export { NOISE } from './uncertainty';

/** A matrix argument: its numbers row by row, and the vector that it came from. */
export interface Given {
  readonly A: Matrix;
  readonly v: Atomic;
}

/** The matrix of a value; a vector is one column. NA stops. */
export function given(value: Value, refusal: string, square?: string): Given {
  if (value.kind === 'list' || value.kind === 'function' || value.kind === 'none') reject(refusal);
  const v = plain(atomic(value));
  if (v.type === 'character') reject(refusal);
  if (v.dim && v.dim.length > 2) reject(refusal);
  const [rows, columns] = v.dim?.length === 2 ? v.dim : [v.values.length, 1];
  if (square !== undefined && rows !== columns) reject(square);
  return { A: toMatrix(v, rows, columns), v };
}

export function toMatrix(v: Atomic, rows: number, columns: number): Matrix {
  const turn = (x: readonly number[]): Float64Array => {
    const out = new Float64Array(rows * columns);
    for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) out[i * columns + j] = x[j * rows + i];
    return out;
  };
  if (v.type === 'complex') {
    const z = complexes(v).map(x => x ?? unknown('missing values are not followed here'));
    return matrix(rows, columns, turn(z.map(x => x.re)), turn(z.map(x => x.im)));
  }
  return matrix(rows, columns, turn(numbers(v).map(x => x ?? unknown('missing values are not followed here'))));
}

export const allFinite = (m: Matrix): boolean => m.re.every(Number.isFinite) && (m.im?.every(Number.isFinite) ?? true);

/** Numbers of a matrix column by column. */
export function columnsOf(m: Matrix): number[] {
  const out = new Array<number>(m.rows * m.columns);
  for (let j = 0; j < m.columns; j++) for (let i = 0; i < m.rows; i++) out[j * m.rows + i] = m.re[i * m.columns + j];
  return out;
}

export function complexColumnsOf(m: Matrix): Complex[] {
  const out = new Array<Complex>(m.rows * m.columns);
  for (let j = 0; j < m.columns; j++)
    for (let i = 0; i < m.rows; i++) {
      const k = i * m.columns + j;
      out[j * m.rows + i] = { re: m.re[k], im: m.im?.[k] ?? 0 };
    }
  return out;
}

/** Whether an entry is so small beside the others that it may be nothing but rounding. */
export function hasNoise(values: readonly (number | null)[], bound = 1e-11): boolean {
  let most = 0;
  for (const x of values) most = Math.max(most, Math.abs(x ?? 0));
  return values.some(x => x !== null && x !== 0 && Math.abs(x) < bound * most);
}

/** How far numbers found by LAPACK may be off. */
export const lapackDoubt = (values: readonly number[], size: number, condition = 1): Uncertain =>
  noisy(2 ** -52 * size * Math.max(1, condition) * largest(values), !hasNoise(values));

/** The vector of a matrix that LAPACK has found, with its shape; `condition` says how much errors grow. */
export function fromMatrix(m: Matrix, shaped: Parameters<typeof vectorOf>[2] = {}, condition = 1): Vector {
  const dim = { dim: [m.rows, m.columns], ...shaped };
  const size = Math.max(m.rows, m.columns);
  if (m.im) {
    const z = complexColumnsOf(m);
    return vectorOf('complex', z, {
      doubt: lapackDoubt(
        z.flatMap(x => [x.re, x.im]),
        size,
        condition,
      ),
      ...dim,
    });
  }
  const x = columnsOf(m);
  return vectorOf('double', x, { doubt: lapackDoubt(x, size, condition), ...dim });
}

export const matrixValue = (m: Matrix, shaped: Parameters<typeof vectorOf>[2] = {}): Value =>
  toValue(fromMatrix(m, shaped));

/** Rows and columns of names, where there are any. */
export const named = (
  rows: readonly (string | null)[] | undefined,
  columns: readonly (string | null)[] | undefined,
): object => (rows || columns ? { dimnames: [rows, columns] } : {});
