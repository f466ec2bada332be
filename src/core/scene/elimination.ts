/** One equation: the coefficients of the unknowns, and the right side last. */
export type Equation = readonly number[];

/** One move of the elimination: `row` loses the unknown `column` by `factor` times the row `pivot`. */
export interface Move {
  readonly row: number;
  readonly pivot: number;
  readonly column: number;
  readonly factor: number;
}

export interface Elimination {
  readonly moves: readonly Move[];
  /** The row that each unknown was found with, where there was one. */
  readonly pivots: readonly (number | undefined)[];
  /** All solutions: `at` plus any mix of `along`; undefined where there is none. */
  readonly solution?: { readonly at: readonly number[]; readonly along: readonly (readonly number[])[] };
}

const reduced = (row: Equation, pivot: Equation, factor: number): Equation => row.map((x, k) => x - factor * pivot[k]);

/** Gauss and Jordan's elimination with partial pivoting; rows keep their places, so that each can be followed. */
export function eliminate(equations: readonly Equation[]): Elimination {
  const unknowns = equations[0].length - 1;
  const rows = [...equations];
  const small = 1e-12 * Math.max(...rows.flatMap(row => row.slice(0, unknowns).map(Math.abs)), 1e-300);
  const moves: Move[] = [];
  const pivots: (number | undefined)[] = [];
  for (let column = 0; column < unknowns; column++) {
    let pivot = -1;
    for (const k of rows.keys())
      if (!pivots.includes(k) && Math.abs(rows[k][column]) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = k;
    if (pivot < 0 || Math.abs(rows[pivot][column]) <= small) {
      pivots.push(undefined);
      continue;
    }
    pivots.push(pivot);
    for (const row of rows.keys()) {
      if (row === pivot || Math.abs(rows[row][column]) <= small) continue;
      const factor = rows[row][column] / rows[pivot][column];
      moves.push({ row, pivot, column, factor });
      rows[row] = reduced(rows[row], rows[pivot], factor).map((x, k) => (k === column ? 0 : x));
    }
  }
  const size = Math.max(...rows.map(row => Math.abs(row[unknowns])), small);
  const consistent = rows.every((row, k) => pivots.includes(k) || Math.abs(row[unknowns]) <= 1e-12 * size);
  if (!consistent) return { moves, pivots };
  const value = (column: number, right: (row: Equation) => number): number => {
    const pivot = pivots[column];
    return pivot === undefined ? 0 : right(rows[pivot]) / rows[pivot][column];
  };
  const at = pivots.map((_, k) => value(k, row => row[unknowns]));
  const along = pivots.flatMap((pivot, free) =>
    pivot === undefined ? [pivots.map((_, k) => (k === free ? 1 : value(k, row => -row[free])))] : [],
  );
  return { moves, pivots, solution: { at, along } };
}

/** The rows at a time: the moves follow each other, each taking its share of the time. */
export function rowsAt(equations: readonly Equation[], moves: readonly Move[], time: number): Equation[] {
  const rows = [...equations];
  moves.forEach(({ row, pivot, factor, column }, k) => {
    const share = Math.max(0, Math.min(1, time * moves.length - k));
    if (share > 0)
      rows[row] = reduced(rows[row], rows[pivot], share * factor).map((x, j) => (share === 1 && j === column ? 0 : x));
  });
  return rows;
}
