import { isZero, ONE, type Rational, ZERO } from './rational';
import type { RationalMatrix } from './rational-matrix';
import { isNothing, negative, plus, reciprocal, type Surd, surd, times } from './surd';

/** One elementary row operation; rows count from 0. */
export type RowOperation =
  | { readonly kind: 'swap'; readonly row: number; readonly with: number }
  | { readonly kind: 'scale'; readonly row: number; readonly by: Rational }
  /** row ← row − times · source */
  | { readonly kind: 'subtract'; readonly row: number; readonly times: Rational; readonly source: number };

export interface RowStep {
  readonly operation: RowOperation;
  readonly after: RationalMatrix;
  /** Columns of the pivots so far, row by row; the last one is the pivot at work. */
  readonly pivots: readonly number[];
}

export interface Elimination {
  readonly steps: readonly RowStep[];
  readonly result: RationalMatrix;
  /** Columns of the pivots, row by row. */
  readonly pivots: readonly number[];
  readonly swaps: number;
}

function applied(m: RationalMatrix, op: RowOperation): RationalMatrix {
  const rows = [...m];
  switch (op.kind) {
    case 'swap':
      rows[op.row] = m[op.with];
      rows[op.with] = m[op.row];
      return rows;
    case 'scale':
      rows[op.row] = m[op.row].map(x => x.mul(op.by));
      return rows;
    case 'subtract':
      rows[op.row] = m[op.row].map((x, j) => x.sub(op.times.mul(m[op.source][j])));
      return rows;
  }
}

/**
 * Gaussian elimination in exact arithmetic over the first `columns` columns, each pivot being the first entry that is not
 * 0. To echelon form, or with `reduced` on to the reduced row echelon form (Gauss–Jordan).
 */
export function eliminate(m: RationalMatrix, columns: number, reduced: boolean): Elimination {
  const steps: RowStep[] = [];
  const pivots: number[] = [];
  let now = m;
  let swaps = 0;
  const run = (operation: RowOperation): void => {
    now = applied(now, operation);
    steps.push({ operation, after: now, pivots: [...pivots] });
  };
  for (let j = 0; j < columns && pivots.length < m.length; j++) {
    const row = pivots.length;
    const found = now.findIndex((r, i) => i >= row && !isZero(r[j]));
    if (found < 0) continue;
    pivots.push(j);
    if (found !== row) {
      run({ kind: 'swap', row, with: found });
      swaps++;
    }
    if (reduced && !now[row][j].equals(ONE)) run({ kind: 'scale', row, by: now[row][j].inverse() });
    for (let i = reduced ? 0 : row + 1; i < m.length; i++) {
      if (i === row || isZero(now[i][j])) continue;
      run({ kind: 'subtract', row: i, times: now[i][j].div(now[row][j]), source: row });
    }
  }
  return { steps, result: now, pivots, swaps };
}

/** The product of the diagonal after elimination, with the sign of the row swaps. */
export function determinant(m: RationalMatrix): Rational {
  const { result, swaps } = eliminate(m, m.length, false);
  const product = result.reduce((p, row, i) => p.mul(row[i]), ONE);
  return swaps % 2 === 0 ? product : product.neg();
}

/** A basis of { x : m x = 0 }, one vector for each column without pivot. */
export function nullSpace(m: RationalMatrix): Rational[][] {
  const columns = m[0].length;
  const { result, pivots } = eliminate(m, columns, true);
  const free = Array.from({ length: columns }, (_, j) => j).filter(j => !pivots.includes(j));
  return free.map(f =>
    Array.from({ length: columns }, (_, j) => {
      if (j === f) return ONE;
      const row = pivots.indexOf(j);
      return row < 0 ? ZERO : result[row][f].neg();
    }),
  );
}

/** The same over the numbers a + b√r of one field, by Gauss–Jordan elimination. */
export function surdNullSpace(m: readonly (readonly Surd[])[]): Surd[][] {
  let rows = m.map(row => [...row]);
  const columns = m[0].length;
  const pivots: number[] = [];
  for (let j = 0; j < columns; j++) {
    const at = rows.findIndex((row, i) => i >= pivots.length && !isNothing(row[j]));
    if (at < 0) continue;
    const row = pivots.length;
    [rows[row], rows[at]] = [rows[at], rows[row]];
    const scale = reciprocal(rows[row][j]);
    const pivot = rows[row].map(x => times(x, scale));
    rows = rows.map((r, i) => (i === row ? pivot : r.map((x, k) => plus(x, negative(times(r[j], pivot[k]))))));
    pivots.push(j);
  }
  const free = Array.from({ length: columns }, (_, j) => j).filter(j => !pivots.includes(j));
  return free.map(f =>
    Array.from({ length: columns }, (_, j) => {
      if (j === f) return surd(ONE);
      const row = pivots.indexOf(j);
      return row < 0 ? surd(ZERO) : negative(rows[row][f]);
    }),
  );
}
